//! Everything that must hold in a partnership, over all its rows. Always true here: it only reads.

use super::sql;
use crate::{
    db::{Result, Tx},
    hours::sql as hours,
};
use domain::{
    PartnershipId,
    hours::checks::{Violation, agreements_match_postings, closed_months_are_empty, expiries_follow_closings},
    minutes::thousands,
};

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// How many of what: `(1.234, rekeningen)`.
    pub counts: Vec<(u64, &'static str)>,
    /// What is wrong; nothing when all is sound.
    pub violations: Vec<Violation>,
}

impl Proof {
    /// `1.234 rekeningen, 5.678 boekingen`.
    #[must_use]
    pub fn counted(&self) -> String {
        self.counts.iter().map(|(count, what)| format!("{} {what}", thousands(*count))).collect::<Vec<_>>().join(", ")
    }
}

/// Proves every invariant of one partnership. `tx` is a snapshot: what is written meanwhile does not show.
///
/// # Errors
/// When the database does not answer.
pub async fn prove(tx: &mut Tx, partnership: PartnershipId) -> Result<Proof> {
    let report = hours::check(tx, partnership).await?;
    let closings = sql::closings(tx, partnership).await?;
    let agreements = sql::agreements(tx, partnership).await?;
    let mut violations = report.violations;
    violations.extend(agreements_match_postings(&agreements));
    violations.extend(expiries_follow_closings(&closings, &sql::expiries(tx, partnership).await?));
    violations.extend(closed_months_are_empty(&closings, &sql::left(tx, partnership).await?));
    let count = |count: usize| u64::try_from(count).unwrap_or_default();
    let counts = vec![
        (count(report.accounts), "rekeningen"),
        (report.postings.unsigned_abs(), "boekingen"),
        (count(report.contracts), "contracten"),
        (count(report.bookings), "afspraken"),
        (count(report.quarters), "kwartieren"),
        (count(agreements.len()), "donaties en opnames"),
        (count(closings.len()), "afgesloten maanden"),
    ];
    Ok(Proof { counts, violations })
}
