//! The same form sent twice: a button that was tapped twice, or a page that was sent again after a connection broke (domain.md §3).
//!
//! Always true here: only who did it hears again that it is done; anybody else is told how things stand.

use crate::PersonId;
use chrono::{DateTime, TimeDelta, Utc};

/// As long as a form that was sent twice can be on its way; who comes back later wants to know how things stand.
pub const AGAIN_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// Whether this person asks again for what they did themselves a moment ago.
#[must_use]
pub fn is_again((did, at): (Option<PersonId>, Option<DateTime<Utc>>), by: PersonId, now: DateTime<Utc>) -> bool {
    did == Some(by) && at.is_some_and(|at| now - at <= AGAIN_WITHIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_the_same_person_does_something_again_and_only_soon() {
        let now: DateTime<Utc> = "2026-11-17T11:00:00Z".parse().expect("a moment");
        let (one, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        assert!(is_again((Some(one), Some(now - AGAIN_WITHIN)), one, now));
        assert!(!is_again((Some(one), Some(now - AGAIN_WITHIN - TimeDelta::seconds(1))), one, now));
        assert!(
            !is_again((Some(one), Some(now)), other, now)
                && !is_again((None, Some(now)), one, now)
                && !is_again((Some(one), None), one, now)
        );
    }
}
