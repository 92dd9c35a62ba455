//! What was typed for a year, or looked at by a board, and not posted yet. Always true here: a draft moves no hours.

use crate::{
    db::{Result, Tx},
    execute, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{BoardId, PartnershipId, PersonId, hours::SchoolYear};

/// The draft of a year, as JSON.
pub async fn draft(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Option<String>> {
    let row: Option<(String,)> = fetch_optional!(
        tx,
        (String,),
        "select typed from allotment_drafts where partnership_id = $1 and school_year = $2",
        partnership.0,
        i64::from(year.0)
    )?;
    Ok(row.map(|(typed,)| typed))
}

/// Keeps a draft in the place of the one before.
pub async fn put_draft(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    typed: &str,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "insert into allotment_drafts (partnership_id, school_year, typed, typed_by, typed_at) values ($1, $2, $3, $4, $5)
         on conflict (partnership_id, school_year)
             do update set typed = excluded.typed, typed_by = excluded.typed_by, typed_at = excluded.typed_at",
        partnership.0,
        i64::from(year.0),
        typed,
        by.0,
        at
    )
    .map(drop)
}

/// A draft that was posted is no draft any more.
pub async fn drop_draft(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<()> {
    execute!(tx, "delete from allotment_drafts where partnership_id = $1 and school_year = $2", partnership.0, i64::from(year.0)).map(drop)
}

/// The way a board looked at last, as JSON.
pub async fn division_draft(tx: &mut Tx, partnership: PartnershipId, board: BoardId, year: SchoolYear) -> Result<Option<String>> {
    let row: Option<(String,)> = fetch_optional!(
        tx,
        (String,),
        "select way from division_drafts where partnership_id = $1 and board_id = $2 and school_year = $3",
        partnership.0,
        board.0,
        i64::from(year.0)
    )?;
    Ok(row.map(|(way,)| way))
}

/// Keeps what a board looks at in the place of what it looked at before.
pub async fn put_division_draft(
    tx: &mut Tx,
    partnership: PartnershipId,
    (board, year): (BoardId, SchoolYear),
    way: &str,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "insert into division_drafts (partnership_id, board_id, school_year, way, looked_by, looked_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (partnership_id, board_id, school_year)
             do update set way = excluded.way, looked_by = excluded.looked_by, looked_at = excluded.looked_at",
        partnership.0,
        board.0,
        i64::from(year.0),
        way,
        by.0,
        at
    )
    .map(drop)
}

/// What was posted is not looked at any more.
pub async fn drop_division_draft(tx: &mut Tx, partnership: PartnershipId, board: BoardId, year: SchoolYear) -> Result<()> {
    execute!(
        tx,
        "delete from division_drafts where partnership_id = $1 and board_id = $2 and school_year = $3",
        partnership.0,
        board.0,
        i64::from(year.0)
    )
    .map(drop)
}
