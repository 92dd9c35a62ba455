//! Bookings: a school takes a specialist's time and pays for it in minutes.
//!
//! Always true here: a slot and its minutes are taken, moved and given back in one transaction, by the verbs alone.

#[cfg(feature = "ssr")]
mod paying;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(feature = "ssr")]
pub mod verbs;
