//! `/uren/afwijking`: using hours in another month, asked by supplier or board and answered by the other.
//!
//! Always true here: who sees an agreement is of its supplier, of its board, or of the office; only the first two act.

mod api;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
mod view;

pub use api::{AnswerDeviation, AskDeviation, DeviationPage, DeviationShown, ReadDeviations, read_deviations};
#[cfg(feature = "ssr")]
pub use view::DeviationView;

/// The page.
pub const DEVIATION: &str = "/uren/afwijking";
