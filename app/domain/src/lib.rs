//! Every rule of Wijkpot and every refusal, as pure functions over plain values.
//!
//! Always true here: no input or output, no clock and no randomness. `now`, ids and limits are parameters.

#![warn(missing_docs)]

pub mod again;
pub mod availability;
pub mod bookings;
pub mod experts;
pub mod hours;
pub mod ids;
pub mod minutes;
pub mod people;
pub mod policy;
pub mod refusal;
pub mod text;
pub mod time;
pub mod wijkpot;

pub use ids::*;
pub use minutes::Minutes;
pub use refusal::{Choice, Refusal};
