//! A booking as it is stored, and what a rule answers about it.

use super::{BookingState, CheckedWish, Level, Side};
use crate::{
    availability::Slot,
    ids::{BookingId, ExpertiseId, SchoolId, SpecialistId},
    minutes::Minutes,
};
use chrono::{DateTime, TimeDelta, Utc};

/// A specialist's time at a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Its name.
    pub id: BookingId,
    /// Who comes.
    pub specialist: SpecialistId,
    /// Where.
    pub school: SchoolId,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// For how long: these minutes are set aside while it holds its slot.
    pub minutes: Minutes,
    /// For whom.
    pub level: Level,
    /// Which expertise it is about.
    pub expertise: Option<ExpertiseId>,
    /// The question.
    pub question: String,
    /// The goal.
    pub goal: String,
    /// Whether the parents know.
    pub parents_informed: bool,
    /// Where it stands.
    pub state: BookingState,
    /// Since when it stands there.
    pub state_since: DateTime<Utc>,
    /// Who asked; the other side answers.
    pub asked_by: Side,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Why it was declined or cancelled.
    pub reason: Option<String>,
    /// Who cancelled it.
    pub cancelled_by: Option<Side>,
    /// Whether it was cancelled less than 24 hours before it started.
    pub is_late: bool,
    /// The minutes really worked, once done.
    pub minutes_used: Option<Minutes>,
    /// The booking this one came instead of.
    pub replaces: Option<BookingId>,
    /// What the specialist asks on top of what was set aside, while the school has not answered.
    pub extra: Option<Minutes>,
}

/// What the ledger must do with the minutes set aside for a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MinutesMove {
    /// Nothing: they stay set aside.
    None,
    /// All of them go back to where they came from.
    ReturnAll,
    /// Some are used; the rest goes back to where it came from. Together they are what was set aside.
    Use {
        /// To the account `used`.
        used: Minutes,
        /// Back to the sources.
        returned: Minutes,
    },
}

/// What a rule answers: the booking as it now is, and what happens to its minutes. Store both in one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The booking as it now is.
    pub booking: Booking,
    /// What the ledger must do.
    pub minutes: MinutesMove,
}

/// What moving answers: the old booking gives its minutes back and the new one sets minutes aside, in one transaction and in this order, so
/// that the old minutes may pay for the new moment. When the new one can not be paid nothing is stored, and the old slot stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moving {
    /// The old booking, moved; all its minutes return.
    pub old: Change,
    /// The new booking, asked by the side that moves. It must be paid as any other.
    pub new: Booking,
}

impl Booking {
    /// A booking from a wish that passed its rules.
    #[must_use]
    pub fn ask(id: BookingId, wish: CheckedWish, asked_by: Side, now: DateTime<Utc>) -> Self {
        let wish = wish.into_wish();
        Self {
            id,
            specialist: wish.specialist,
            school: wish.school,
            starts_at: wish.starts_at,
            minutes: wish.minutes,
            level: wish.level,
            expertise: wish.expertise,
            question: wish.question,
            goal: wish.goal,
            parents_informed: wish.parents_informed,
            state: BookingState::Asked,
            state_since: now,
            asked_by,
            asked_at: now,
            reason: None,
            cancelled_by: None,
            is_late: false,
            minutes_used: None,
            replaces: None,
            extra: None,
        }
    }

    /// Where it ends.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::minutes(self.minutes.0)
    }

    /// Its moment.
    #[must_use]
    pub fn slot(&self) -> Slot {
        Slot { starts_at: self.starts_at, minutes: self.minutes }
    }

    pub(super) fn now_in(&self, state: BookingState, now: DateTime<Utc>) -> Self {
        Self { state, state_since: now, ..self.clone() }
    }
}
