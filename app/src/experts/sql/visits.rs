//! Bookings as calendars and search see them: where, when and whether; never the question.

use crate::{
    db::{Result, Tx},
    fetch_all,
};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, SchoolId, SpecialistId};
use std::collections::HashSet;
use uuid::Uuid;

/// A year of full days; a list never grows past this.
const VISITS_MAX: i64 = 2_000;

/// A booking that holds its time.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct VisitRow {
    pub id: Uuid,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    pub status: String,
    pub school: String,
    pub wijk: String,
    pub level: String,
}

/// Who worked at a school before.
pub async fn worked_at(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<HashSet<SpecialistId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        "select distinct specialist_id from bookings where partnership_id = $1 and school_id = $2 and status = 'done' limit 2000",
        partnership.0,
        school.0
    )?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// What a specialist has between two instants, in order of time.
pub async fn visits(
    tx: &mut Tx,
    partnership: PartnershipId,
    specialist: SpecialistId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<VisitRow>> {
    fetch_all!(
        tx,
        VisitRow,
        "select b.id, b.starts_at, b.minutes, b.status, c.name as school, w.name as wijk, b.level
         from bookings b
         join schools c on c.id = b.school_id
         join wijken w on w.id = c.wijk_id
         where b.partnership_id = $1 and b.specialist_id = $2
             and b.status in ('asked', 'accepted', 'registered', 'confirmed', 'done')
             and b.starts_at >= $3 and b.starts_at < $4
         order by b.starts_at, b.id
         limit $5",
        partnership.0,
        specialist.0,
        from,
        until,
        VISITS_MAX
    )
}
