//! Hours: the ledger of minutes, who may spend what, and how a year is divided.
//!
//! Always true here: minutes move by postings alone, a posting is never changed, and only this slice writes one.

#[cfg(feature = "ssr")]
pub mod sql;
