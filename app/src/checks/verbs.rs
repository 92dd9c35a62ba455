//! The check of a night: for the jobs, the demo and the stories alike. Always true here: a night is checked once.

use super::{
    Proof,
    sql::{self, ResultRow},
};
use crate::{AppError, db::Tx};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, hours::checks::night};
use std::collections::BTreeMap;

/// How many violations of a rule are kept: enough to see where to look; `wijkpot check` names more.
const NAMED_MAX: usize = 5;
/// 300 characters name a row and what is wrong with it.
const LINE_MAX: usize = 300;

/// Whether this night was not checked yet.
///
/// # Errors
/// When the database does not answer.
pub async fn is_due(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<bool, AppError> {
    Ok(sql::last_result(tx, partnership).await?.is_none_or(|last| last.night < night(now)))
}

/// Keeps what the check of this night found; says no when another server was first. `tx` comes from `db.write(partnership)`.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &mut Tx, partnership: PartnershipId, proof: &Proof, now: DateTime<Utc>) -> Result<bool, AppError> {
    let result = ResultRow {
        night: night(now),
        checked_at: now,
        counts: proof.counted(),
        wrong: i64::try_from(proof.violations.len()).unwrap_or(i64::MAX),
        violations: first_of_each(proof),
    };
    Ok(sql::keep(tx, partnership, &result).await?)
}

fn first_of_each(proof: &Proof) -> String {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for violation in &proof.violations {
        let count = told.entry(violation.rule).or_default();
        *count += 1;
        if *count <= NAMED_MAX {
            let what: String = violation.what.chars().filter(|letter| *letter != '\n').take(LINE_MAX).collect();
            lines.push(format!("{}\t{what}", violation.rule));
        }
    }
    lines.join("\n")
}
