//! What an administrator decides for the partnership. Always true here: `tx` comes from `db.write(partnership)`, and who decided what is
//! written down with it.

use super::sql;
use crate::{AppError, db::Tx, people::sql::audit};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, PersonId, policy::Setting};

/// Chooses a value for one setting of the policy. Choosing what is chosen already changes nothing and is not written down.
///
/// # Errors
/// `Refused` at the field with the name of the setting, with what can be chosen; then nothing changed.
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
        sql::put_setting(tx, partnership, setting, &value).await?;
        audit(tx, partnership, Some(by), now, "policy_set", Some((setting.code(), partnership.0)), None).await?;
    }
    Ok(())
}
