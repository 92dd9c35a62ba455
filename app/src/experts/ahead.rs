//! What everybody in a partnership has to do, as far ahead as pages usually look; kept for as long as nobody writes there. Always true: it
//! is for showing who is free; choosing a moment reads it anew.

use super::sql::{self, BusyBy};
use crate::{
    AppError,
    db::{Revision, Snapshot, Tx},
    kept::Kept,
    session::Me,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    PartnershipId, SpecialistId,
    availability::{Busy, Calendar},
    time,
};
use std::{collections::HashMap, sync::Arc};

/// So many days ahead: the eight weeks in which search and an expert's page look for a first free moment, from each of the two weeks that
/// the page shows.
const DAYS: i64 = 80;
/// Each of the 76 partnerships; the largest has some thousands of bookings ahead, in half a megabyte.
const KEPT_MAX: usize = 76;

static KEPT: Kept<PartnershipId, (Revision, NaiveDate), BusyBy> = Kept::new(KEPT_MAX);

/// The bookings of everybody from today on.
///
/// # Errors
/// When the database does not answer.
pub async fn ahead(snapshot: &mut Snapshot, me: &Me, now: DateTime<Utc>) -> Result<Arc<BusyBy>, AppError> {
    let (partnership, today) = (me.partnership(), time::local_date(now));
    let (from, until) = (time::start_of_day(today), end(today));
    let read = async |tx: &mut Tx| Ok(sql::busy(tx, partnership, from, until).await?);
    KEPT.or_read(partnership, me.revision.map(|revision| (revision, today)), snapshot, read).await
}

fn end(today: NaiveDate) -> DateTime<Utc> {
    time::start_of_day(today + TimeDelta::days(DAYS))
}

/// The bookings of one specialist from now until then.
///
/// # Errors
/// When the database does not answer.
pub async fn busy_until(
    snapshot: &mut Snapshot,
    me: &Me,
    specialist: SpecialistId,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Busy>, AppError> {
    if until <= end(time::local_date(now)) {
        return Ok(ahead(snapshot, me, now).await?.get(&specialist).cloned().unwrap_or_default());
    }
    Ok(sql::busy_of(snapshot.tx().await?, me.partnership(), specialist, now, until).await?)
}

/// When these are there: as they always work, and without what they have to do.
#[must_use]
pub fn calendars(patterns: &HashMap<SpecialistId, Calendar>, busy: &BusyBy, who: &[SpecialistId]) -> HashMap<SpecialistId, Calendar> {
    let calendar = |one: &SpecialistId| {
        let busy = busy.get(one).cloned().unwrap_or_default();
        (*one, Calendar { busy, ..patterns.get(one).cloned().unwrap_or_default() })
    };
    who.iter().map(calendar).collect()
}
