//! The proof that a partnership's ledger and calendar are sound: by hand with `wijkpot check`, and every night by the house itself.
//!
//! Always true here: proving reads one snapshot and changes nothing; what a night's proof found is kept once.

#[cfg(feature = "ssr")]
mod prove;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(feature = "ssr")]
pub mod verbs;

#[cfg(feature = "ssr")]
pub use prove::{Proof, prove};
