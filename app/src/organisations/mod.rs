//! Partnerships, boards, districts, wijken, schools and suppliers. Always true here: everything is found within its partnership.

mod api;
#[cfg(feature = "ssr")]
pub mod facts;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(feature = "ssr")]
pub mod verbs;

pub use api::SwitchDonation;
