//! Months: what the house itself does with hours as a month goes by. It tells schools what is about to perish, gives away what they asked
//! it to, and closes the month.
//!
//! Always true here: each of these happens once for a month of a partnership, however often and on however many servers it is tried.

mod api;
#[cfg(feature = "ssr")]
pub mod giving;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(feature = "ssr")]
pub mod verbs;

pub use api::{DonateIdle, GiveIdle, GivenCard, NoticeCard, NoticeLine, TakeAllBack};
#[cfg(feature = "ssr")]
pub use notice::{given_card, notice_card};
