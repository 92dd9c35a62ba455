//! Months go by: who waits for hours gets what was freed, schools hear what is about to perish, some give it away, and what is left when a month has ended perishes. Always true here: each step is a
//! transaction of its own, so that stopping between two of them loses nothing, and a partnership that fails holds up no other.

use super::Stop;
use app::{
    AppError,
    db::Db,
    months::giving::{give_for, giving_done, giving_due},
    months::verbs::{Closed, close_month, months_due, notices_due, send_notices},
    organisations::{self, sql::automatic_donors},
    wijkpot,
};
use chrono::{DateTime, Utc};
use domain::PartnershipId;

/// Does what is due in every partnership.
///
/// # Errors
/// When the partnerships cannot be read.
pub async fn run(db: &Db, now: DateTime<Utc>, stop: &Stop) -> Result<(), AppError> {
    for partnership in organisations::sql::partnerships(&mut db.read().await?).await? {
        if stop.is_told() {
            break;
        }
        if let Err(error) = of_partnership(db, PartnershipId(partnership.id), now).await {
            tracing::error!(partnership = partnership.code, %error, "months");
        }
    }
    Ok(())
}

async fn of_partnership(db: &Db, partnership: PartnershipId, now: DateTime<Utc>) -> Result<(), AppError> {
    let mut tx = db.read().await?;
    let due = months_due(&mut tx, partnership, now).await?;
    let has_news = notices_due(&mut tx, partnership, now).await?;
    let donors = if giving_due(&mut tx, partnership, now).await? { Some(automatic_donors(&mut tx, partnership).await?) } else { None };
    let somebody_waits = !wijkpot::sql::queue(&mut tx, partnership, now).await?.is_empty();
    drop(tx);
    if somebody_waits {
        let mut tx = db.write_much(partnership).await?;
        wijkpot::verbs::grant_all(&mut tx, partnership, now).await?;
        tx.commit().await?;
    }
    for month in due {
        let mut tx = db.write_much(partnership).await?;
        let closed = close_month(&mut tx, partnership, month, now).await?;
        tx.commit().await?;
        let Closed { lapsed, without_extra, waiting, .. } = closed;
        tracing::info!(%partnership, %month, minutes = closed.minutes().0, lapsed, without_extra, waiting, "month closed");
    }
    if has_news {
        let mut tx = db.write_much(partnership).await?;
        let schools = send_notices(&mut tx, partnership, now).await?;
        tx.commit().await?;
        tracing::info!(%partnership, schools, "schools heard what is about to perish");
    }
    if let Some(donors) = donors {
        for school in donors {
            let mut tx = db.write(partnership).await?;
            match give_for(&mut tx, partnership, school, now).await {
                Ok(minutes) => {
                    tx.commit().await?;
                    tracing::info!(%partnership, %school, minutes = minutes.0, "a school gave by itself");
                }
                // Without a pot, say. The hours stay where they are, and the others go on.
                Err(AppError::Refused(refusal)) => tracing::info!(%partnership, %school, %refusal, "a school could not give"),
                Err(error) => return Err(error),
            }
        }
        let mut tx = db.write(partnership).await?;
        giving_done(&mut tx, partnership, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
