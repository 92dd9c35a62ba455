//! When a month ends. Always true here: what waited for its hours waits no longer, and the hours themselves are the closing's.

use crate::{AppError, db::Tx, wijkpot::sql};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, hours::Month, wijkpot::must_run};

/// What whoever waited reads.
const REASON: &str = "De maand is voorbij.";

/// Ends what still waits for hours of this month: draws, gifts for a board's consent, questions for the reserve. Answers how many; before
/// the month is over none.
///
/// # Errors
/// When the database does not answer.
pub async fn end_month(tx: &mut Tx, partnership: PartnershipId, month: Month, now: DateTime<Utc>) -> Result<u64, AppError> {
    if must_run(month, now).is_ok() {
        return Ok(0);
    }
    let draws = sql::end_draws(tx, partnership, month, REASON, now).await?;
    let donations = sql::end_donations(tx, partnership, month, REASON, now).await?;
    Ok(draws + donations + sql::end_reserves(tx, partnership, month, REASON, now).await?)
}
