//! A partnership's policy: what the source documents leave open, and what this partnership chose.
//!
//! Always true here: every setting has a value. What was never chosen, or is kept in a way no version knows, is the default.

mod setting;
mod typed;

pub use setting::{Choices, Setting};

use crate::{
    Minutes,
    hours::{Month, SchoolYear, kinds::words, sources::POT_AUTOMATIC_MINUTES},
};
use serde::{Deserialize, Serialize};

words! {
    /// Whether a board has a say when one of its schools gives hours to a wijkpot (domain.md §3.3).
    BoardConsent:
    /// The school decides; the board finds it in the ledger.
    None = "none", "De school beslist zelf";
    /// The school decides and the board gets a message.
    Notified = "notified", "De school beslist zelf, het bestuur krijgt bericht";
    /// The board agrees first.
    Required = "required", "Het bestuur geeft eerst akkoord";
}

words! {
    /// Who decides on a draw from a wijkpot (domain.md §3.3).
    DrawDecision:
    /// Nobody within the cap, the district team above it.
    Automatic = "automatic", "Tot de grens gaat het vanzelf, daarboven beslist het stadsdeelteam";
    /// The district team, always.
    DistrictTeam = "district_team", "Het stadsdeelteam beslist altijd";
    /// Two coordinators of other schools of the pot agree.
    Network = "network", "Twee andere scholen van de wijkpot geven akkoord";
}

/// Every choice of a partnership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The calendar months, 1 to 12, in which hours are used, in the order of the school year.
    pub months: Vec<u32>,
    /// Whether boards let their schools book from board hours.
    pub board_mandate: bool,
    /// Whether a board has a say in donations of its schools.
    pub board_consent: BoardConsent,
    /// Who decides on draws.
    pub draw_decision: DrawDecision,
    /// What a school draws from pots in a month before the district team decides.
    pub draw_cap: Minutes,
    /// How many days after a month ends its booked minutes wait for what was really worked.
    pub record_wait_days: u32,
    /// The day of the month on which schools hear what is about to expire.
    pub notice_day: u32,
    /// How many days before the end of a month hours are donated for schools that asked for it.
    pub auto_donate_days: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            months: (9..=12).chain(1..=7).collect(),
            board_mandate: false,
            board_consent: BoardConsent::Notified,
            draw_decision: DrawDecision::Automatic,
            draw_cap: POT_AUTOMATIC_MINUTES,
            record_wait_days: 7,
            notice_day: 15,
            auto_donate_days: 5,
        }
    }
}

impl Policy {
    /// The policy that these rows of name and value tell.
    #[must_use]
    pub fn read<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut policy = Self::default();
        for (name, value) in rows {
            if let Some(setting) = Setting::from_code(name) {
                // A value that no rule accepts any more leaves the default.
                policy.set(setting, value).ok();
            }
        }
        policy
    }

    /// The months of a school year in which hours are used, in their order.
    #[must_use]
    pub fn months_of(&self, year: SchoolYear) -> Vec<Month> {
        year.months_numbered(&self.months)
    }
}

#[cfg(test)]
mod tests;
