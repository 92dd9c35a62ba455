//! Reading calendars: everything `domain::availability` needs, for one specialist or for a whole partnership, in four questions.

use crate::{
    db::{Result, Tx},
    execute, fetch_all,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use domain::{
    Minutes, PartnershipId, SpecialistId,
    availability::{Busy, Calendar, Exception, ExceptionKind, Holiday, Place, Weekly, WeeklyHours},
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// What one specialist can have of exceptions; more is not a calendar but a mistake.
const EXCEPTIONS_MAX: i64 = 500;

#[derive(sqlx::FromRow)]
struct WeeklyRow {
    specialist_id: Uuid,
    weekday: i64,
    from_minute: i64,
    until_minute: i64,
}

/// An exception with its id, as `/agenda` lists them.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ExceptionRow {
    pub id: Uuid,
    pub specialist_id: Uuid,
    pub kind: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub from_minute: Option<i64>,
    pub until_minute: Option<i64>,
    pub note: String,
}

#[derive(sqlx::FromRow)]
struct BusyRow {
    specialist_id: Uuid,
    id: Uuid,
    starts_at: DateTime<Utc>,
    minutes: i64,
    school_id: Uuid,
    wijk_id: Uuid,
    district_id: Uuid,
}

impl BusyRow {
    fn busy(self) -> Busy {
        let place = Place { school: self.school_id.into(), wijk: Some(self.wijk_id.into()), district: Some(self.district_id.into()) };
        Busy { from: self.starts_at, minutes: Minutes(self.minutes), place: Some(place), booking: Some(self.id.into()) }
    }
}

#[derive(sqlx::FromRow)]
struct HolidayRow {
    name: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
}

/// A minute of the day as a time; 1440 is the last minute a day has for us.
fn time(minute: i64) -> NaiveTime {
    let minute = u32::try_from(minute.clamp(0, 1439)).unwrap_or(0);
    NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or(NaiveTime::MIN)
}

fn minute(time: NaiveTime) -> i64 {
    (time - NaiveTime::MIN).num_minutes()
}

impl ExceptionRow {
    /// The rule's own shape.
    #[must_use]
    pub fn exception(&self) -> Exception {
        Exception {
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            from: self.from_minute.map(time),
            until: self.until_minute.map(time),
            kind: ExceptionKind::from_code(&self.kind).unwrap_or(ExceptionKind::Away),
            note: self.note.clone(),
        }
    }
}

/// The partnership's holidays from a day on.
pub async fn holidays(tx: &mut Tx, partnership: PartnershipId, from: NaiveDate) -> Result<Vec<Holiday>> {
    let rows: Vec<HolidayRow> = fetch_all!(
        tx,
        HolidayRow,
        "select name, starts_on, ends_on from holidays where partnership_id = $1 and ends_on >= $2 order by starts_on, id limit 500",
        partnership.0,
        from
    )?;
    Ok(rows.into_iter().map(|row| Holiday { name: row.name, starts_on: row.starts_on, ends_on: row.ends_on }).collect())
}

/// When the active specialists of a partnership work: calendars without bookings, from a day on.
pub async fn patterns(tx: &mut Tx, partnership: PartnershipId, first_day: NaiveDate) -> Result<HashMap<SpecialistId, Calendar>> {
    let holidays = holidays(tx, partnership, first_day).await?;
    let weekly: Vec<WeeklyRow> = fetch_all!(
        tx,
        WeeklyRow,
        "select h.specialist_id, h.weekday, h.from_minute, h.until_minute
         from specialists s
         join weekly_hours h on h.specialist_id = s.id
         where s.partnership_id = $1 and s.active
         order by h.specialist_id, h.weekday, h.from_minute",
        partnership.0
    )?;
    let exceptions: Vec<ExceptionRow> = fetch_all!(
        tx,
        ExceptionRow,
        "select e.id, e.specialist_id, e.kind, e.starts_on, e.ends_on, e.from_minute, e.until_minute, e.note
         from specialists s
         join availability_exceptions e on e.specialist_id = s.id
         where s.partnership_id = $1 and s.active and e.ends_on >= $2
         order by e.specialist_id, e.starts_on, e.id",
        partnership.0,
        first_day
    )?;
    Ok(gather(weekly, exceptions, &holidays.into()))
}

/// What specialists have to do, in order of time.
pub type BusyBy = HashMap<SpecialistId, Vec<Busy>>;

macro_rules! busy_sql {
    ($and:literal) => {
        concat!(
            "select b.specialist_id, b.id, b.starts_at, b.minutes, b.school_id, c.wijk_id, w.district_id
             from bookings b
             join schools c on c.id = b.school_id
             join wijken w on w.id = c.wijk_id
             where b.partnership_id = $1 and b.status in ('asked', 'accepted', 'registered', 'confirmed', 'done')
                 and b.starts_at >= $2 and b.starts_at < $3 ",
            $and,
            " order by b.specialist_id, b.starts_at, b.id"
        )
    };
}

/// The bookings of everybody in a partnership between two instants.
pub async fn busy(tx: &mut Tx, partnership: PartnershipId, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<BusyBy> {
    let (from, until) = with_margin(from, until);
    let rows: Vec<BusyRow> = fetch_all!(tx, BusyRow, busy_sql!(""), partnership.0, from, until)?;
    let mut all = BusyBy::new();
    for row in rows {
        all.entry(row.specialist_id.into()).or_default().push(row.busy());
    }
    Ok(all)
}

/// The bookings of one specialist between two instants.
pub async fn busy_of(
    tx: &mut Tx,
    partnership: PartnershipId,
    specialist: SpecialistId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Busy>> {
    let (from, until) = with_margin(from, until);
    let rows: Vec<BusyRow> = fetch_all!(tx, BusyRow, busy_sql!("and b.specialist_id = $4"), partnership.0, from, until, specialist.0)?;
    Ok(rows.into_iter().map(BusyRow::busy).collect())
}

/// With a day on both sides, for travel and for bookings that began before.
fn with_margin(from: DateTime<Utc>, until: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    (from - TimeDelta::days(1), until + TimeDelta::days(1))
}

/// One specialist's calendar, with bookings between two instants. Empty when they have no pattern.
pub async fn calendar(
    tx: &mut Tx,
    partnership: PartnershipId,
    specialist: SpecialistId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Calendar> {
    let first_day = domain::time::local_date(from);
    let holidays = holidays(tx, partnership, first_day).await?.into();
    let weekly: Vec<WeeklyRow> = fetch_all!(
        tx,
        WeeklyRow,
        "select specialist_id, weekday, from_minute, until_minute from weekly_hours where specialist_id = $1 order by weekday, from_minute",
        specialist.0
    )?;
    let exceptions = exceptions(tx, specialist, first_day).await?;
    let busy = busy_of(tx, partnership, specialist, from, until).await?;
    let pattern = gather(weekly, exceptions, &holidays).remove(&specialist);
    let calendar = pattern.unwrap_or_else(|| Calendar { holidays, ..Calendar::default() });
    Ok(Calendar { busy, ..calendar })
}

fn gather(weekly: Vec<WeeklyRow>, exceptions: Vec<ExceptionRow>, holidays: &Arc<[Holiday]>) -> HashMap<SpecialistId, Calendar> {
    let mut blocks: HashMap<Uuid, Vec<WeeklyHours>> = HashMap::new();
    for row in weekly {
        let Some(weekday) = u8::try_from(row.weekday - 1).ok().and_then(|day| Weekday::try_from(day).ok()) else { continue };
        let block = WeeklyHours { weekday, from: time(row.from_minute), until: time(row.until_minute) };
        blocks.entry(row.specialist_id).or_default().push(block);
    }
    let mut calendars: HashMap<SpecialistId, Calendar> = blocks
        .into_iter()
        .map(|(specialist, blocks)| {
            // What is stored was checked when it was written; a row that no longer fits gives no free time rather than a wrong one.
            let weekly = Weekly::new(blocks).unwrap_or_default();
            (specialist.into(), Calendar { weekly, holidays: holidays.clone(), ..Calendar::default() })
        })
        .collect();
    let empty = || Calendar { holidays: holidays.clone(), ..Calendar::default() };
    for row in exceptions {
        calendars.entry(row.specialist_id.into()).or_insert_with(empty).exceptions.push(row.exception());
    }
    calendars
}

/// A specialist's exceptions that are not over.
pub async fn exceptions(tx: &mut Tx, specialist: SpecialistId, from: NaiveDate) -> Result<Vec<ExceptionRow>> {
    fetch_all!(
        tx,
        ExceptionRow,
        "select id, specialist_id, kind, starts_on, ends_on, from_minute, until_minute, note
         from availability_exceptions
         where specialist_id = $1 and ends_on >= $2
         order by starts_on, id
         limit $3",
        specialist.0,
        from,
        EXCEPTIONS_MAX
    )
}

/// Replaces the weekly pattern.
pub async fn set_weekly(tx: &mut Tx, specialist: SpecialistId, weekly: &Weekly) -> Result<()> {
    execute!(tx, "delete from weekly_hours where specialist_id = $1", specialist.0)?;
    for block in weekly.blocks() {
        execute!(
            tx,
            "insert into weekly_hours (specialist_id, weekday, from_minute, until_minute) values ($1, $2, $3, $4)",
            specialist.0,
            i64::from(block.weekday.number_from_monday()),
            minute(block.from),
            minute(block.until)
        )?;
    }
    Ok(())
}

/// Adds an exception.
pub async fn insert_exception(tx: &mut Tx, specialist: SpecialistId, exception: &Exception) -> Result<Uuid> {
    let id = Uuid::now_v7();
    execute!(
        tx,
        "insert into availability_exceptions (id, specialist_id, kind, starts_on, ends_on, from_minute, until_minute, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        specialist.0,
        exception.kind.code(),
        exception.starts_on,
        exception.ends_on,
        exception.from.map(minute),
        exception.until.map(minute),
        &exception.note
    )?;
    Ok(id)
}

/// Removes an exception of this specialist; says whether it was there.
pub async fn delete_exception(tx: &mut Tx, specialist: SpecialistId, exception: Uuid) -> Result<bool> {
    execute!(tx, "delete from availability_exceptions where specialist_id = $1 and id = $2", specialist.0, exception).map(|rows| rows == 1)
}
