//! The start page: what waits for whoever opens it, what runs at others, what is coming, and the hours of this month.
//!
//! Always true here: it only reads, and what a booking is about at pupil level is shown to those who may read it and to nobody else.

mod api;
#[cfg(feature = "ssr")]
mod bookings;
mod notice;
mod page;
mod parts;
#[cfg(feature = "ssr")]
mod questions;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(feature = "ssr")]
mod sums;

pub use api::{Home, HoursCard, Meeting, Meetings, MeterData, News, ReadStart, Search, Start, Task, Waiting};
pub use page::StartView;
#[cfg(feature = "ssr")]
pub use read::{home, kept_home};

/// The start page.
pub const START: &str = "/";
