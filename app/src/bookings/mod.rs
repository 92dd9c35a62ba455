//! Bookings: a school takes a specialist's time and pays for it in minutes.
//!
//! Always true here: a slot and its minutes are taken, moved and given back in one transaction, by the verbs alone.

mod act;
mod advice;
mod answers;
mod api;
mod ask_form;
#[cfg(feature = "ssr")]
mod asking;
mod booking_page;
#[cfg(feature = "ssr")]
mod contact;
mod expert_page;
#[cfg(feature = "ssr")]
mod list_page;
mod move_page;
#[cfg(feature = "ssr")]
mod pay_shown;
#[cfg(feature = "ssr")]
mod paying;
#[cfg(feature = "ssr")]
mod picker;
mod read;
#[cfg(feature = "ssr")]
mod show;
#[cfg(feature = "ssr")]
mod show_list;
mod shown;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
pub mod verbs;
#[cfg(feature = "ssr")]
mod visit;

pub use api::{AnswerBooking, AnswerExtra, AskBooking, CancelBooking, MoveBooking, RecordDone};
pub use booking_page::BookingPage;
pub use expert_page::ExpertPage;
#[cfg(feature = "ssr")]
pub use list_page::ListView;
pub use move_page::MovePage;
pub use read::{ReadBooking, ReadBookings, ReadExpert, ReadMove, bookings};

/// The list of bookings.
pub const BOOKINGS: &str = "/afspraken";

/// A booking's page.
#[must_use]
pub fn booking(id: &str) -> String {
    format!("{BOOKINGS}/{id}")
}

/// The page where a booking gets another moment.
#[must_use]
pub fn moving(id: &str) -> String {
    format!("{BOOKINGS}/{id}/verplaats")
}
