//! Bookings: a specialist's time at a school, from the wish to what was really done.
//!
//! Always true here: a rule takes a booking and answers with the changed booking and with what must happen to its minutes, or refuses and
//! changes nothing. Who pays, and posting it, is the ledger's.

mod booking;
mod extra;
mod fit;
mod lapse;
mod level;
mod place;
mod rules;
mod state;
#[cfg(test)]
mod tests;
mod turn;
mod wish;

pub use booking::{Booking, Change, MinutesMove, Moving};
pub use extra::{EXTRA_TOO_LATE, ExtraState};
pub use fit::{Proven, Reach, check_proven, check_subject, subjects};
pub use level::Level;
pub use place::{is_shielded, place_shown};
pub use rules::{LATE_HOURS, REASON_MAX, REASON_MIN, WORKED_MINUTES_MAX, check_reason};
pub use state::{BookingState, Chip};
pub use turn::{Side, Turn, turn};
pub use wish::{CheckedWish, GOAL_MAX, Offer, QUESTION_MAX, Wish, WishFields};
