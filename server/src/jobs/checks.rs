//! The nightly check of every partnership. Always true here: it proves over a snapshot, and holds the partnership's turn only to keep what it
//! found.

use super::Stop;
use app::{AppError, checks, db::Db, organisations};
use chrono::{DateTime, Utc};
use domain::PartnershipId;

/// Checks every partnership that was not checked this night, and keeps the database's statistics.
///
/// # Errors
/// When the partnerships cannot be read.
pub async fn run(db: &Db, now: DateTime<Utc>, stop: &Stop) -> Result<(), AppError> {
    if let Err(error) = db.analyze_what_grew().await {
        tracing::warn!(%error, "statistics");
    }
    for partnership in organisations::sql::partnerships(&mut db.read().await?).await? {
        if stop.is_told() {
            break;
        }
        if let Err(error) = of_partnership(db, PartnershipId(partnership.id), now).await {
            tracing::error!(partnership = partnership.code, %error, "nightly check");
        }
    }
    Ok(())
}

async fn of_partnership(db: &Db, partnership: PartnershipId, now: DateTime<Utc>) -> Result<(), AppError> {
    let mut tx = db.read().await?;
    if !checks::verbs::is_due(&mut tx, partnership, now).await? {
        return Ok(());
    }
    let proof = checks::prove(&mut tx, partnership).await?;
    drop(tx);
    let mut tx = db.write(partnership).await?;
    let is_kept = checks::verbs::keep(&mut tx, partnership, &proof, now).await?;
    tx.commit().await?;
    if is_kept && !proof.violations.is_empty() {
        tracing::error!(%partnership, wrong = proof.violations.len(), "the nightly check found something wrong");
    }
    Ok(())
}
