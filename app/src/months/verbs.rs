//! What the house does with a month: for the jobs, the command line, the demo and the stories alike.
//!
//! Always true here: `tx` comes from `db.write(partnership)` where something is written, and doing it again does nothing.

use super::sql::{self, Task};
use crate::{
    AppError,
    bookings::{self, verbs::Ended},
    db::Tx,
    hours::sql as hours,
    organisations::sql as organisations,
    wijkpot,
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, SupplierId,
    hours::{
        Month,
        closing::{check_ended, expiries, notice_on, record_until},
    },
    time,
};
use std::collections::{BTreeMap, BTreeSet};

/// What closing a month did now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Which month.
    pub month: Month,
    /// What perished of boards, schools and pots, by supplier.
    pub perished: BTreeMap<SupplierId, Minutes>,
    /// Of how many accounts.
    pub accounts: usize,
    /// Bookings that nobody answered or recorded in time; their minutes perished too.
    pub lapsed: usize,
    /// Visits that were settled with what was set aside, while a question about extra hours was still open.
    pub without_extra: usize,
    /// Bookings that still wait for their record.
    pub waiting: usize,
}

impl Closed {
    /// What perished of boards, schools and pots together.
    #[must_use]
    pub fn minutes(&self) -> Minutes {
        self.perished.values().copied().sum()
    }
}

/// Closes a month that has ended: what boards, schools and pots have left perishes, and so does what was set aside for bookings that no
/// longer wait. What arrives in it later, by a correction, perishes with the next time.
///
/// # Errors
/// `Refused` while the month runs; then nothing changed.
pub async fn close_month(tx: &mut Tx, partnership: PartnershipId, month: Month, now: DateTime<Utc>) -> Result<Closed, AppError> {
    check_ended(month, time::local_date(now))?;
    let policy = organisations::policy(tx, partnership).await?;
    let closing = sql::closing(tx, partnership, month, now).await?;
    let Ended { lapsed, without_extra, waiting } = bookings::verbs::lapse(tx, partnership, month, policy.record_wait_days, now).await?;
    wijkpot::verbs::end_month(tx, partnership, month, now).await?;
    let left = hours::left_in(tx, partnership, month).await?;
    let accounts = left.iter().map(|row| row.key().map(|key| (key, Minutes(row.balance))).ok_or(AppError::Internal));
    let transfers = expiries(accounts.collect::<Result<Vec<_>, _>>()?, month, closing.id);
    let mut perished: BTreeMap<SupplierId, Minutes> = BTreeMap::new();
    for transfer in &transfers {
        *perished.entry(transfer.from.bucket.supplier).or_default() += transfer.minutes;
    }
    if !transfers.is_empty() {
        hours::post(tx, partnership, &transfers, None, now, &format!("month/{month}/{}", closing.rounds)).await?;
        sql::count_round(tx, &closing, now).await?;
    }
    Ok(Closed { month, perished, accounts: transfers.len(), lapsed, without_extra, waiting })
}

/// The months that have something to close now, the earliest first: those that ended and were never closed, those in which something was
/// left or arrived later, and those whose bookings need not be waited for any longer.
///
/// # Errors
/// When the database does not answer.
pub async fn months_due(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<Vec<Month>, AppError> {
    let (today, this_month) = (time::local_date(now), Month::at(now));
    let policy = organisations::policy(tx, partnership).await?;
    let closed: BTreeSet<String> = sql::closings(tx, partnership).await?.into_iter().map(|closing| closing.month).collect();
    let years = hours::school_years(tx, partnership).await?;
    let ended = years.into_iter().flat_map(|year| year.calendar()).filter(|month| month.has_ended(today));
    let mut due: BTreeSet<Month> = ended.filter(|month| !closed.contains(&month.to_string())).collect();
    due.extend(sql::months_with_hours(tx, partnership, this_month).await?.iter().filter_map(|month| month.parse::<Month>().ok()));
    for (month, has_unanswered) in sql::months_with_bookings(tx, partnership, this_month).await? {
        due.extend(month.parse().ok().filter(|month| has_unanswered || record_until(*month, policy.record_wait_days) < today));
    }
    Ok(due.into_iter().collect())
}

/// Whether schools should hear now what is about to perish this month, and did not yet.
///
/// # Errors
/// When the database does not answer.
pub async fn notices_due(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<bool, AppError> {
    let month = Month::at(now);
    let policy = organisations::policy(tx, partnership).await?;
    Ok(notice_on(month, policy.notice_day) <= time::local_date(now) && !sql::is_done(tx, partnership, month, Task::Notices).await?)
}

/// Tells each school with idle hours this month what is about to perish, from the day of the policy on and once. Answers how many heard.
///
/// # Errors
/// When the database refuses.
pub async fn send_notices(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<usize, AppError> {
    let month = Month::at(now);
    if !notices_due(tx, partnership, now).await? || !sql::take(tx, partnership, month, Task::Notices, now).await? {
        return Ok(0);
    }
    let schools = sql::idle_schools(tx, partnership, month).await?;
    sql::notify(tx, partnership, month, &schools, now).await?;
    Ok(schools.len())
}
