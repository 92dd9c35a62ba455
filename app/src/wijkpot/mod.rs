//! Wijkpot: schools give idle hours and others draw them, across boards.
//!
//! Always true here: every rule of a pot is visible to all its schools, and nobody sees what hours are for beyond a level and a category.

#[cfg(feature = "ssr")]
mod acting;
mod api;
mod api_reserve;
#[cfg(feature = "ssr")]
mod give_view;
#[cfg(feature = "ssr")]
mod links;
#[cfg(feature = "ssr")]
mod mine_view;
#[cfg(feature = "ssr")]
mod picture;
#[cfg(feature = "ssr")]
mod pot_view;
#[cfg(feature = "ssr")]
mod pots_view;
#[cfg(feature = "ssr")]
mod queue_view;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
mod read_pots;
#[cfg(feature = "ssr")]
mod seat;
#[cfg(feature = "ssr")]
mod shown;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
pub mod verbs;
#[cfg(feature = "ssr")]
mod year;
#[cfg(feature = "ssr")]
mod year_view;

pub use api::{AskDraw, ConsentDonation, DecideDraw, DonateHours, TakeBackHours, VoteDraw, WithdrawDraw};
pub use api_reserve::{ArrangePot, AskReserve, DecideReserve};
#[cfg(feature = "ssr")]
pub use pot_view::PotView;
#[cfg(feature = "ssr")]
pub use pots_view::PotsView;
#[cfg(feature = "ssr")]
pub use read::{pot_shown, read_pot};
#[cfg(feature = "ssr")]
pub use read_pots::{Landing, read_pots};
#[cfg(feature = "ssr")]
pub use shown::{BoardNet, PotShown};

/// The page of the pots, or of the one pot of whoever works at a school.
pub const WIJKPOT: &str = "/wijkpot";

/// The page of all pots, also for whoever works at a school.
pub const ALL_POTS: &str = "/wijkpot/alle";

/// The page of a pot.
#[must_use]
pub fn pot(id: &str) -> String {
    format!("{WIJKPOT}/{id}")
}

/// The page of a pot in a month.
#[must_use]
pub fn pot_in(id: &str, month: domain::hours::Month) -> String {
    format!("{WIJKPOT}/{id}?maand={month}")
}
