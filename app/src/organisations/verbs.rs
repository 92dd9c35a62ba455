//! What an administrator decides for the partnership, and a school for itself. Always true here: `tx` comes from `db.write(partnership)`, and who decided what is
//! written down with it.

use super::sql;
use crate::{AppError, db::Tx, people::sql::audit, wijkpot::verbs::grant_all};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, PersonId, SchoolId, policy::Setting};

/// Chooses a value for one setting of the policy. Choosing what is chosen already changes nothing and is not written down. Where it says who
/// decides about draws, those that need nobody any more have their hours at once.
///
/// # Errors
/// `Refused` at the field `waarde`, with what can be chosen; then nothing changed.
pub async fn set_policy(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    setting: Setting,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let mut policy = sql::policy(tx, partnership).await?;
    let before = policy.value(setting);
    policy.set(setting, typed)?;
    let value = policy.value(setting);
    if value != before {
        sql::put_setting(tx, partnership, setting, &value, by, now).await?;
        audit(tx, partnership, Some(by), now, "policy_set", Some((setting.code(), partnership.0)), None).await?;
        if matches!(setting, Setting::DrawDecision | Setting::DrawCap) {
            grant_all(tx, partnership, now).await?;
        }
    }
    Ok(())
}

/// Lets a school give by itself what is idle shortly before the end of a month, or no longer. Once more of the same changes nothing.
///
/// # Errors
/// `NotFound` for a school of another partnership.
pub async fn switch_donation(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    school: SchoolId,
    on: bool,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    sql::school(tx, partnership, school).await?.ok_or(AppError::NotFound)?;
    let (changed, what) = if on {
        (sql::put_automatic_donation(tx, partnership, school, by, now).await?, "automatic_donation_on")
    } else {
        (sql::drop_automatic_donation(tx, partnership, school).await?, "automatic_donation_off")
    };
    if changed {
        audit(tx, partnership, Some(by), now, what, Some(("school", school.0)), Some(school.0)).await?;
    }
    Ok(())
}
