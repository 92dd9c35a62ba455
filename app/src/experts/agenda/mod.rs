//! `/agenda`: when a specialist is there. Always true: what is booked stays booked, whatever the pattern says next.

mod api;
mod page;
#[cfg(feature = "ssr")]
mod pattern;
mod shown;
mod two_weeks;
#[cfg(feature = "ssr")]
mod typed;
#[cfg(feature = "ssr")]
mod whose;

pub use api::{AddException, ReadAgenda, RemoveException, SetPattern};
pub use page::AgendaPage;
pub use shown::Agenda;

/// The fields of the weekly pattern, Monday first: the name a form sends is the day people read.
pub const DAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
