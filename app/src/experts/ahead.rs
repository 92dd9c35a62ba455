//! What everybody in a partnership has to do, as far ahead as pages look; kept for as long as nobody writes there. Always true: it is for
//! showing who is free; choosing a moment reads it anew.

use super::{
    find::SEARCH_DAYS,
    sql::{self, BusyBy},
};
use crate::{
    AppError,
    db::{Snapshot, Tx},
    kept::Kept,
    session::{Ground, Me},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    PartnershipId, SpecialistId,
    availability::{Busy, Calendar},
    time,
};
use std::{collections::HashMap, sync::Arc};

/// Each of the 76 partnerships; the largest has some thousands of bookings ahead, in half a megabyte.
const KEPT_MAX: usize = 76;
/// The experts whom people look at in a minute, in every partnership; one has some tens of bookings ahead.
const KEPT_OF_ONE_MAX: usize = 500;

static KEPT: Kept<PartnershipId, (Ground, NaiveDate), BusyBy> = Kept::new(KEPT_MAX);
static KEPT_OF_ONE: Kept<(PartnershipId, SpecialistId, [DateTime<Utc>; 2]), Ground, Vec<Busy>> = Kept::new(KEPT_OF_ONE_MAX);

/// The bookings of everybody from today on, as far ahead as search looks.
///
/// # Errors
/// When the database does not answer.
pub async fn ahead(snapshot: &mut Snapshot, me: &Me, now: DateTime<Utc>) -> Result<Arc<BusyBy>, AppError> {
    let (partnership, today) = (me.partnership(), time::local_date(now));
    let from = time::start_of_day(today);
    // As far as the last day that is asked for lasts.
    let until = from + TimeDelta::days(i64::from(SEARCH_DAYS) + 2);
    let read = async |tx: &mut Tx| Ok(sql::busy(tx, partnership, from, until).await?);
    KEPT.or_read(partnership, me.ground(now).map(|ground| (ground, today)), snapshot, read).await
}

/// The bookings of one specialist between two days: fewer than everybody's, for who looks at one alone after somebody wrote.
///
/// # Errors
/// When the database does not answer.
pub async fn ahead_of(
    snapshot: &mut Snapshot,
    me: &Me,
    specialist: SpecialistId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Arc<Vec<Busy>>, AppError> {
    let (partnership, from) = (me.partnership(), time::start_of_day(time::local_date(from)));
    let read = async |tx: &mut Tx| Ok(sql::busy_of(tx, partnership, specialist, from, until).await?);
    KEPT_OF_ONE.or_read((partnership, specialist, [from, until]), me.ground(now), snapshot, read).await
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
