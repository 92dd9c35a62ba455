//! A mandate: what a board lets one of its schools book from the board's own hours (000, spelregel 2).
//!
//! Always true here: a mandate is never more than the board has; it only says how much of that a school may take.

use crate::{Minutes, Refusal};
use serde::{Deserialize, Serialize};

/// The most a mandate can say for a month: no school books more specialists than this, so a slip of the keyboard shows.
pub const MANDATE_CAP_MAX: Minutes = Minutes::hours(1_000);

/// That a school may book from its board's hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// The most it takes in one month, at all suppliers together; none is no limit but what the board has.
    pub cap: Option<Minutes>,
}

impl Mandate {
    /// No limit but what the board has.
    pub const OPEN: Self = Self { cap: None };

    /// What a school may book: what its board gave it, once the board decided; giving nobody anything is a decision too. A board that did not
    /// decide follows the partnership's policy.
    #[must_use]
    pub fn that_holds(given: Option<Self>, has_decided: bool, policy_gives: bool) -> Option<Self> {
        given.or((policy_gives && !has_decided).then_some(Self::OPEN))
    }

    /// A mandate up to this much a month.
    ///
    /// # Errors
    /// `mandate_out_of_range` below zero, above [`MANDATE_CAP_MAX`] or beside the fifteen-minute grid.
    pub fn up_to(cap: Minutes) -> Result<Self, Refusal> {
        if (Minutes::ZERO..=MANDATE_CAP_MAX).contains(&cap) && cap.is_on_grid() {
            return Ok(Self { cap: Some(cap) });
        }
        let advice = format!("Er is niets veranderd. Vul hele kwartieren in, van 0 tot en met {MANDATE_CAP_MAX} per maand.");
        Err(Refusal::new("mandate_out_of_range", "Zoveel kan een school niet uit bestuursuren boeken", advice).at("mandaat"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_counts_until_the_board_decides_and_nobody_is_a_decision() {
        let given = Some(Mandate { cap: Some(Minutes::hours(4)) });
        for policy in [false, true] {
            assert_eq!(Mandate::that_holds(given, true, policy), given);
            assert_eq!(Mandate::that_holds(None, true, policy), None);
            assert_eq!(Mandate::that_holds(None, false, policy), policy.then_some(Mandate::OPEN));
        }
    }

    #[test]
    fn a_mandate_is_in_quarters_from_nothing_to_its_most() {
        assert_eq!(Mandate::up_to(Minutes::ZERO), Ok(Mandate { cap: Some(Minutes::ZERO) }));
        assert_eq!(Mandate::up_to(MANDATE_CAP_MAX), Ok(Mandate { cap: Some(MANDATE_CAP_MAX) }));
        for minutes in [-15, 20, MANDATE_CAP_MAX.0 + 15] {
            assert!(Mandate::up_to(Minutes(minutes)).is_err_and(|refusal| refusal.code == "mandate_out_of_range"), "{minutes}");
        }
    }
}
