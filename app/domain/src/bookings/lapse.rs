//! What becomes of a booking whose month has ended and that nobody settled (domain.md §3.2).
//!
//! Always true here: an agreed booking waits as long as the policy says, because only who was there knows how long it took; one that was
//! never answered cannot be recorded any more, and does not wait *(choice)*. What was reported as worked is used, never lost.

use super::{Booking, BookingState, Change, MinutesMove};
use crate::{hours::Month, hours::closing::record_until, minutes::Minutes, time::local_date};
use chrono::{DateTime, Utc};

impl Booking {
    /// The booking as it ends by itself. Called off by nobody, with all its minutes returned, which at this moment is to `expired`; or done
    /// with all that was set aside, when more was reported and the school can give nothing any more. None while its month runs, while it
    /// still waits, and once it is settled.
    #[must_use]
    pub fn lapse(&self, wait_days: u32, now: DateTime<Utc>) -> Option<Change> {
        let (month, today) = (Month::at(self.starts_at), local_date(now));
        let reason = match self.state {
            _ if !month.has_ended(today) => None,
            BookingState::Accepted if self.extra.is_some() => return Some(self.done_with_what_was_set_aside(now)),
            BookingState::Asked => Some(format!("Niemand antwoordde voor het einde van {}.", month.name())),
            BookingState::Accepted if record_until(month, wait_days) < today => {
                Some(format!("Niemand legde op tijd vast hoe lang het duurde. De uren van {} zijn vervallen.", month.name()))
            }
            _ => None,
        };
        let booking = Self { reason: Some(reason?), ..self.now_in(BookingState::Cancelled, now) };
        Some(Change { booking, minutes: MinutesMove::ReturnAll })
    }

    /// More was worked than this: the specialist said so by asking for extra minutes.
    fn done_with_what_was_set_aside(&self, now: DateTime<Utc>) -> Change {
        let booking = Self { minutes_used: Some(self.minutes), extra: None, ..self.now_in(BookingState::Done, now) };
        Change { booking, minutes: MinutesMove::Use { used: self.minutes, returned: Minutes::ZERO } }
    }
}
