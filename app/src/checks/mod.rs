//! The proof that a partnership's ledger and calendar are sound: by hand with `wijkpot check`, and every night by the house itself.
//!
//! Always true here: proving reads one snapshot and changes nothing; what a night's proof found is kept once.

mod api;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod prove;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(feature = "ssr")]
pub mod verbs;

pub use api::{ChecksPage, RuleLine, read_checks};
#[cfg(feature = "ssr")]
pub use page::ChecksView;
#[cfg(feature = "ssr")]
pub use prove::{Proof, prove};

/// The page of the nightly check.
pub const CHECKS: &str = "/beheer/controle";
