//! Where a booking stands. A booking holds its slot and its minutes exactly while it is asked or accepted.
//!
//! Registering and confirming (000) come between accepted and done; they will be states of their own here.

use serde::{Deserialize, Serialize};

/// Where a booking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// Asked by one side; the other has not answered.
    Asked,
    /// Both agree.
    Accepted,
    /// Carried out, with the real minutes recorded.
    Done,
    /// The side that was asked said no.
    Declined,
    /// Called off by either side.
    Cancelled,
    /// Replaced by a booking at another moment.
    Moved,
}

/// How a state looks (look.md, Chip).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chip {
    /// The reader is on turn.
    Turn,
    /// Somebody else is on turn.
    Wait,
    /// It holds, or it is done.
    Valid,
    /// It failed or ended early.
    Stop,
    /// Nothing to point at.
    Plain,
}

impl Chip {
    /// The class beside `chip`; empty for a plain one.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Wait => "wait",
            Self::Valid => "valid",
            Self::Stop => "stop",
            Self::Plain => "",
        }
    }
}

impl BookingState {
    /// Every state, in the order of a booking's life.
    pub const ALL: [Self; 6] = [Self::Asked, Self::Accepted, Self::Done, Self::Declined, Self::Cancelled, Self::Moved];

    /// The word in the database: `asked`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Done => "done",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Moved => "moved",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// What people read: `Aangevraagd`.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::Asked => "Aangevraagd",
            Self::Accepted => "Afgesproken",
            Self::Done => "Uitgevoerd",
            Self::Declined => "Afgewezen",
            Self::Cancelled => "Afgezegd",
            Self::Moved => "Verzet",
        }
    }

    /// Whether it holds its slot in the calendar and its minutes in the ledger.
    #[must_use]
    pub const fn holds_slot(self) -> bool {
        matches!(self, Self::Asked | Self::Accepted)
    }

    /// Its chip, for somebody who is or is not on turn.
    #[must_use]
    pub const fn chip(self, is_on_turn: bool) -> Chip {
        match self {
            Self::Asked | Self::Accepted if is_on_turn => Chip::Turn,
            Self::Asked => Chip::Wait,
            Self::Accepted | Self::Done => Chip::Valid,
            Self::Declined | Self::Cancelled => Chip::Stop,
            Self::Moved => Chip::Plain,
        }
    }
}
