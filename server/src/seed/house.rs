//! What the house itself did in the demo's months: it closed them, told schools what was about to perish, and gave for those that asked.
//!
//! Always true here: the days are those of the demo's policy, which is the default one.

use super::{cast::MEERPAAL, world::World};
use app::{
    db::Tx,
    months::{giving, verbs},
    organisations::{sql::automatic_donors, verbs::switch_donation},
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    hours::{
        Month,
        closing::{donate_on, notice_on, record_until},
    },
    policy::Policy,
};

/// How many schools let the house give what they have left.
const DONORS: usize = 2;

/// Lets the last schools give by themselves; Fenna's decides for itself.
///
/// # Errors
/// When the database refuses.
pub async fn switch_on(tx: &mut Tx, world: &World, at: DateTime<Utc>) -> anyhow::Result<()> {
    for school in world.schools.iter().rev().filter(|school| school.name != MEERPAAL).take(DONORS) {
        switch_donation(tx, world.partnership, school.coordinator, school.id, true, at).await?;
    }
    Ok(())
}

/// The days around a month on which the house has something to do.
#[must_use]
pub fn days(month: Month) -> [NaiveDate; 4] {
    let policy = Policy::default();
    let waited = record_until(month, policy.record_wait_days) + Days::new(1);
    [notice_on(month, policy.notice_day), donate_on(month, policy.auto_donate_days), month.next().first_day(), waited]
}

/// Does what is due.
///
/// # Errors
/// When a rule or the database refuses.
pub async fn night(tx: &mut Tx, world: &World, at: DateTime<Utc>) -> anyhow::Result<()> {
    let partnership = world.partnership;
    for month in verbs::months_due(tx, partnership, at).await? {
        verbs::close_month(tx, partnership, month, at).await?;
    }
    verbs::send_notices(tx, partnership, at).await?;
    if giving::giving_due(tx, partnership, at).await? {
        for school in automatic_donors(tx, partnership).await? {
            giving::give_for(tx, partnership, school, at).await?;
        }
        giving::giving_done(tx, partnership, at).await?;
    }
    Ok(())
}
