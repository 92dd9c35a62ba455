//! Who is on turn: whose start page a booking waits on. At any moment that is one side, or nobody.

use super::{Booking, BookingState};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The two sides of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The school: its coordinator or head.
    School,
    /// The specialist, or the planner of the supplier for the specialist.
    Specialist,
}

impl Side {
    /// The word in the database: `school`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Specialist => "specialist",
        }
    }

    /// The side with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::School, Self::Specialist].into_iter().find(|side| side.code() == code)
    }

    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::School => Self::Specialist,
            Self::Specialist => Self::School,
        }
    }

    /// In a sentence: `de school`.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::School => "de school",
            Self::Specialist => "de expert",
        }
    }
}

/// Whose move it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The school answers.
    School,
    /// The specialist answers, or records what was done.
    Specialist,
    /// The partnership acts; no state of today waits on it, registering will.
    Partnership,
    /// Nothing to do.
    Nobody,
}

impl Turn {
    /// What people read: `de expert`.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::School => "de school",
            Self::Specialist => "de expert",
            Self::Partnership => "het samenwerkingsverband",
            Self::Nobody => "niemand",
        }
    }

    /// Whether this side is on turn.
    #[must_use]
    pub fn is(self, side: Side) -> bool {
        self == side.into()
    }
}

impl From<Side> for Turn {
    fn from(side: Side) -> Self {
        match side {
            Side::School => Self::School,
            Side::Specialist => Self::Specialist,
        }
    }
}

/// Who is on turn: whoever was asked; the school that is asked for extra minutes, while it has any to give; after an accepted booking ended
/// the specialist, who records it; otherwise nobody.
#[must_use]
pub fn turn(booking: &Booking, now: DateTime<Utc>) -> Turn {
    match booking.state {
        BookingState::Asked => booking.asked_by.other().into(),
        BookingState::Accepted if booking.waits_for_extra(now) => Turn::School,
        BookingState::Accepted if booking.ends_at() <= now => Turn::Specialist,
        BookingState::Accepted | BookingState::Done | BookingState::Declined | BookingState::Cancelled | BookingState::Moved => {
            Turn::Nobody
        }
    }
}
