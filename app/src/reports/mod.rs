//! Reports: what became of a year's hours, for the people who decide about them. Always true here: hours, never cases, and every total is
//! what the ledger says.

mod api;
#[cfg(feature = "ssr")]
mod chart;
#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod kept;
#[cfg(feature = "ssr")]
mod links;
#[cfg(feature = "ssr")]
mod overview;
#[cfg(feature = "ssr")]
mod overview_sheet;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod pots;
#[cfg(feature = "ssr")]
pub mod sql;

pub use api::{Bar, OverviewPage, PotRow, read_overview};
#[cfg(feature = "ssr")]
pub use figures::{Figure, OverviewAsk, Period, figures};
#[cfg(feature = "ssr")]
pub use overview::overview;
#[cfg(feature = "ssr")]
pub use overview_sheet::overview_sheet;
#[cfg(feature = "ssr")]
pub use page::OverviewView;
