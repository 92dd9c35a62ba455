//! What people agreed stands in the ledger as they agreed it: gifts, draws, releases and moves. Always true here: a row that promises
//! nothing has moved nothing.

use super::{Violation, violations};
use crate::Minutes;
use uuid::Uuid;

/// Something that people agreed, beside what was posted about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgreementRow {
    /// `donation`, `draw`.
    pub what: &'static str,
    /// Its row.
    pub id: Uuid,
    /// What must have moved.
    pub due: Minutes,
    /// What did.
    pub posted: Minutes,
}

/// Each agreement moved what it says, and no more.
#[must_use]
pub fn agreements_match_postings(agreements: &[AgreementRow]) -> Vec<Violation> {
    let wrong = agreements.iter().filter(|row| row.due != row.posted);
    violations(
        "agreements_match_postings",
        wrong.map(|row| format!("{} {} should have moved {} and moved {}", row.what, row.id, row.due.0, row.posted.0)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agreement_moves_what_it_says_and_no_more() {
        let row = |due, posted| AgreementRow { what: "draw", id: Uuid::from_u128(1), due: Minutes(due), posted: Minutes(posted) };
        assert_eq!(agreements_match_postings(&[row(60, 60), row(0, 0)]), []);
        assert_eq!(agreements_match_postings(&[row(60, 0), row(0, 15), row(60, 75)]).len(), 3);
    }
}
