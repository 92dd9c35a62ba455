//! Divisions as they were made: of a year over the boards (`allotments`), and of a board over its schools (`divisions`). Always true here:
//! a row is never removed; undoing one only writes down who did that, when and why.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{AllotmentId, BoardId, DivisionId, PartnershipId, PersonId, SchoolId, hours::SchoolYear};
use uuid::Uuid;

/// Divisions of one year: a count every week would still fit.
const RUNS_MAX: i64 = 100;

/// A division that was made.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RunRow {
    pub id: Uuid,
    pub school_year: i64,
    /// The first of its year is 1.
    pub number: i64,
    /// `pupils`, `hand` or `kept` for a board's division; empty for an allotment.
    pub way: String,
    /// What was decided, as JSON.
    pub inputs: String,
    /// What was decided before, as JSON; empty for a board's division.
    pub inputs_before: String,
    pub made_by: Option<String>,
    pub made_at: DateTime<Utc>,
    pub undone_by: Option<String>,
    pub undone_at: Option<DateTime<Utc>>,
    pub undone_because: String,
    /// How many postings it made.
    pub postings: i64,
    /// What those gave: to boards, or to schools.
    pub out_minutes: i64,
    /// What they took back.
    pub back_minutes: i64,
}

// Its own postings, without those that undid it: by their kind, for SQLite takes the index of what undoes what to find those that undo nothing.
macro_rules! runs_sql {
    ($table:literal, $about:literal, $columns:literal, $where:literal) => {
        concat!(
            "select x.id, x.school_year, x.number, x.inputs, ",
            $columns,
            ", n.name as made_by, x.made_at, u.name as undone_by, x.undone_at, x.undone_because,
                 (select count(*) from postings p where p.about_kind = '",
            $about,
            "' and p.about_id = x.id and p.kind <> 'reversal') as postings,
                 (select cast(coalesce(sum(p.minutes), 0) as bigint)
                  from postings p where p.about_kind = '",
            $about,
            "' and p.about_id = x.id and p.kind <> 'reversal' and p.kind <> 'reduction') as out_minutes,
                 (select cast(coalesce(sum(p.minutes), 0) as bigint)
                  from postings p where p.about_kind = '",
            $about,
            "' and p.about_id = x.id and p.kind <> 'reversal' and p.kind = 'reduction') as back_minutes
             from ",
            $table,
            " x
             left join people n on n.id = x.made_by
             left join people u on u.id = x.undone_by
             where x.partnership_id = $1 and ",
            $where
        )
    };
}

macro_rules! allotments_sql {
    ($where:literal) => {
        runs_sql!("allotments", "allotment", "'' as way, x.inputs_before", $where)
    };
}

macro_rules! divisions_sql {
    ($where:literal) => {
        runs_sql!("divisions", "division", "x.way, '' as inputs_before", $where)
    };
}

/// An allotment about to be written down, with what was decided and what the tables said before, as JSON.
#[derive(Clone, Debug)]
pub struct NewAllotment<'a> {
    pub id: AllotmentId,
    pub year: SchoolYear,
    pub inputs: &'a str,
    pub before: &'a str,
    pub key: &'a str,
}

/// A board's division about to be written down.
#[derive(Clone, Debug)]
pub struct NewDivision<'a> {
    pub id: DivisionId,
    pub year: SchoolYear,
    pub board: BoardId,
    pub way: &'a str,
    pub inputs: &'a str,
    pub key: &'a str,
}

/// Writes an allotment down, under the next number of its year.
pub async fn insert_allotment(
    tx: &mut Tx,
    partnership: PartnershipId,
    new: &NewAllotment<'_>,
    by: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "insert into allotments (id, partnership_id, school_year, number, inputs, inputs_before, made_by, made_at, idempotency_key)
         values ($1, $2, $3, (select count(*) + 1 from allotments where partnership_id = $2 and school_year = $3), $4, $5, $6, $7, $8)",
        new.id.0,
        partnership.0,
        i64::from(new.year.0),
        new.inputs,
        new.before,
        by.map(|person| person.0),
        at,
        new.key
    )
    .map(drop)
}

/// Writes a board's division down, under the next number of its board and year.
pub async fn insert_division(
    tx: &mut Tx,
    partnership: PartnershipId,
    new: &NewDivision<'_>,
    by: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "insert into divisions (id, partnership_id, school_year, board_id, number, way, inputs, made_by, made_at, idempotency_key)
         values ($1, $2, $3, $4,
             (select count(*) + 1 from divisions where partnership_id = $2 and board_id = $4 and school_year = $3), $5, $6, $7, $8, $9)",
        new.id.0,
        partnership.0,
        i64::from(new.year.0),
        new.board.0,
        new.way,
        new.inputs,
        by.map(|person| person.0),
        at,
        new.key
    )
    .map(drop)
}

/// The allotment that was made under this key.
pub async fn allotment_by_key(tx: &mut Tx, partnership: PartnershipId, key: &str) -> Result<Option<RunRow>> {
    fetch_optional!(tx, RunRow, allotments_sql!("x.idempotency_key = $2"), partnership.0, key)
}

/// The division that was made under this key, with its board.
pub async fn division_by_key(tx: &mut Tx, partnership: PartnershipId, key: &str) -> Result<Option<RunRow>> {
    fetch_optional!(tx, RunRow, divisions_sql!("x.idempotency_key = $2"), partnership.0, key)
}

/// The allotments of a year, the last one first.
pub async fn allotments(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Vec<RunRow>> {
    fetch_all!(
        tx,
        RunRow,
        allotments_sql!("x.school_year = $2 order by x.number desc limit $3"),
        partnership.0,
        i64::from(year.0),
        RUNS_MAX
    )
}

/// A board's divisions of a year, the last one first.
pub async fn divisions(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear, board: BoardId) -> Result<Vec<RunRow>> {
    fetch_all!(
        tx,
        RunRow,
        divisions_sql!("x.board_id = $2 and x.school_year = $3 order by x.number desc limit $4"),
        partnership.0,
        board.0,
        i64::from(year.0),
        RUNS_MAX
    )
}

/// Whether the board of a school keeps the hours of a year: it said so last, and that stands.
pub async fn board_keeps(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, year: SchoolYear) -> Result<bool> {
    let row: Option<(String,)> = fetch_optional!(
        tx,
        (String,),
        "select d.way
         from divisions d
         join schools s on s.board_id = d.board_id
         where d.partnership_id = $1 and s.partnership_id = $1 and s.id = $2 and d.school_year = $3 and d.undone_at is null
         order by d.number desc
         limit 1",
        partnership.0,
        school.0,
        i64::from(year.0)
    )?;
    Ok(row.is_some_and(|(way,)| way == "kept"))
}

/// The year an allotment is of.
pub async fn year_of_allotment(tx: &mut Tx, partnership: PartnershipId, id: AllotmentId) -> Result<Option<i64>> {
    let row: Option<(i64,)> =
        fetch_optional!(tx, (i64,), "select school_year from allotments where partnership_id = $1 and id = $2", partnership.0, id.0)?;
    Ok(row.map(|(year,)| year))
}

/// The board and year a division is of.
pub async fn place_of_division(tx: &mut Tx, partnership: PartnershipId, id: DivisionId) -> Result<Option<(BoardId, i64)>> {
    let row: Option<(Uuid, i64)> = fetch_optional!(
        tx,
        (Uuid, i64),
        "select board_id, school_year from divisions where partnership_id = $1 and id = $2",
        partnership.0,
        id.0
    )?;
    Ok(row.map(|(board, year)| (board.into(), year)))
}

/// Writes down that an allotment was undone.
pub async fn close_allotment(
    tx: &mut Tx,
    partnership: PartnershipId,
    id: AllotmentId,
    by: PersonId,
    at: DateTime<Utc>,
    because: &str,
) -> Result<()> {
    execute!(
        tx,
        "update allotments set undone_by = $3, undone_at = $4, undone_because = $5 where partnership_id = $1 and id = $2 and undone_at is null",
        partnership.0,
        id.0,
        by.0,
        at,
        because
    )
    .map(drop)
}

/// Writes down that a division was undone.
pub async fn close_division(
    tx: &mut Tx,
    partnership: PartnershipId,
    id: DivisionId,
    by: PersonId,
    at: DateTime<Utc>,
    because: &str,
) -> Result<()> {
    execute!(
        tx,
        "update divisions set undone_by = $3, undone_at = $4, undone_because = $5 where partnership_id = $1 and id = $2 and undone_at is null",
        partnership.0,
        id.0,
        by.0,
        at,
        because
    )
    .map(drop)
}
