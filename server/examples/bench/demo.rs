//! Who and what the demo holds, as far as a measurement needs it: read from the database, as the server itself reads it.
//! Always true: nothing here is invented; without a demo there is nothing to measure, and that is an error.

use crate::engine::Engine;
use anyhow::{Context, Result};
use app::{
    db::{Db, Tx},
    experts::sql as experts,
    fetch_all,
    organisations::sql::{self as organisations, SchoolRow},
    people::sql as people,
    session::now,
};
use chrono::TimeDelta;
use domain::{
    Minutes, PartnershipId, SchoolId, SpecialistId, SupplierId,
    availability::{Place, Slot, slots},
    time,
};
use uuid::Uuid;

/// How far ahead bookings are made: far enough for a few hundred visits to each expert.
const DAYS_AHEAD: u32 = 240;
/// Half an hour, the shortest visit: the most bookings a calendar can hold.
pub const VISIT: Minutes = Minutes(30);

/// A coordinator of the demo and whom they can ask.
#[derive(Debug)]
pub struct Demo {
    pub partnership: PartnershipId,
    /// Who signs in.
    pub person: Uuid,
    pub school: SchoolRow,
    /// Every expert who comes to this school with a proof that counts, most free time first.
    pub experts: Vec<Expert>,
}

/// An expert and when they can come.
#[derive(Clone, Debug)]
pub struct Expert {
    pub id: SpecialistId,
    pub supplier: SupplierId,
    /// A level they offer, as its code in the form.
    pub level: String,
    /// Their free moments, one after another without overlap.
    pub slots: Vec<Slot>,
}

/// Reads the demo: the coordinator of the cast with most experts.
pub async fn read(engine: &Engine) -> Result<Demo> {
    let db = Db::connect(&engine.url).await?;
    let found = find(&db).await;
    db.close().await;
    found
}

async fn find(db: &Db) -> Result<Demo> {
    let mut tx = db.read().await?;
    let mut best: Option<Demo> = None;
    for member in people::cast(&mut tx).await?.into_iter().filter(|member| member.role == "coordinator") {
        let Some((partnership, school)) = school_of(&mut tx, member.id).await? else { continue };
        let school = organisations::school(&mut tx, partnership, school).await?.context("a coordinator has a school")?;
        let experts = experts_for(&mut tx, partnership, &school).await?;
        if best.as_ref().is_none_or(|best| best.experts.len() < experts.len()) {
            best = Some(Demo { partnership, person: member.id, school, experts });
        }
    }
    best.filter(|demo| !demo.experts.is_empty())
        .context("the demo has no coordinator with an expert to ask: does this binary tell the demo?")
}

async fn school_of(tx: &mut Tx, person: Uuid) -> Result<Option<(PartnershipId, SchoolId)>> {
    let rows: Vec<(Uuid, Uuid)> = fetch_all!(
        tx,
        (Uuid, Uuid),
        "select partnership_id, scope_id from roles where person_id = $1 and scope_kind = 'school' order by scope_id limit 1",
        person
    )?;
    Ok(rows.first().map(|(partnership, school)| ((*partnership).into(), (*school).into())))
}

async fn experts_for(tx: &mut Tx, partnership: PartnershipId, school: &SchoolRow) -> Result<Vec<Expert>> {
    let now = now();
    let today = time::local_date(now);
    let place = Place { school: school.id.into(), wijk: Some(school.wijk_id.into()), district: Some(school.district_id.into()) };
    let patterns = experts::patterns(tx, partnership, today).await?;
    let who: Vec<SpecialistId> = patterns.keys().copied().collect();
    let busy = experts::busy(tx, partnership, now, now + TimeDelta::days(i64::from(DAYS_AHEAD) + 1)).await?;
    let calendars = app::experts::calendars(&patterns, &busy, &who);
    let wijken = experts::wijken_of(tx, partnership, None).await?;
    let proven = experts::expertises_of(tx, partnership, None).await?;
    let mut found = Vec::new();
    for row in experts::specialists(tx, partnership).await?.into_iter().filter(|row| row.active) {
        let id: SpecialistId = row.id.into();
        let mut works_in = wijken.iter().filter(|(specialist, ..)| *specialist == row.id).map(|(_, wijk, _)| *wijk).peekable();
        let comes = works_in.peek().is_none() || works_in.any(|wijk| wijk == school.wijk_id);
        // A proof that lasts as long as the bookings that are made on it.
        let last = today + TimeDelta::days(i64::from(DAYS_AHEAD));
        let counts = proven.iter().any(|skill| skill.specialist_id == row.id && skill.proof_until.is_none_or(|until| until > last));
        let (Some(calendar), Some(level)) =
            (calendars.get(&id), row.levels.split(',').find(|level| *level != "leerling" && *level != "pupil"))
        else {
            continue;
        };
        if comes && counts {
            let mut apart: Vec<Slot> = Vec::new();
            for slot in slots(calendar, VISIT, &place, today + TimeDelta::days(1), DAYS_AHEAD, now) {
                if apart.last().is_none_or(|before| !before.overlaps(&slot)) {
                    apart.push(slot);
                }
            }
            found.push(Expert { id, supplier: row.supplier_id.into(), level: level.trim().to_owned(), slots: apart });
        }
    }
    found.sort_by_key(|expert| (std::cmp::Reverse(expert.slots.len()), expert.id.0));
    Ok(found)
}
