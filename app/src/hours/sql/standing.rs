//! What every account was given by whoever divides, and what is idle in it. Always true here: what a reversal put right counts as never
//! given, and what a later count took back is taken off; both by the sum the database keeps beside the balance, so that no posting is read.

use crate::{
    db::{Result, Tx},
    fetch_all,
};
use domain::{
    BoardId, Minutes, PartnershipId,
    hours::{AccountKey, Bucket, Given, Holder, HolderKind, SchoolYear, Standing},
};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    supplier_id: Uuid,
    month: String,
    holder_kind: String,
    holder_id: Uuid,
    balance: i64,
    given: i64,
}

macro_rules! standing_sql {
    ($scope:literal) => {
        concat!(
            "select a.supplier_id, a.month, a.holder_kind, a.holder_id, a.balance, a.allotted as given
             from accounts a
             where a.partnership_id = $1 and a.school_year = $2 and (",
            $scope,
            ")
             order by a.supplier_id, a.month, a.holder_kind, a.holder_id"
        )
    };
}

/// How a school year stands with the boards and in the reserves.
pub async fn standing_of_boards(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Standing> {
    let rows: Vec<Row> = fetch_all!(tx, Row, standing_sql!("a.holder_kind in ('board', 'reserve')"), partnership.0, i64::from(year.0))?;
    Ok(standing(rows, year))
}

/// How a school year stands with a board and its schools.
pub async fn standing_of_board(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear, board: BoardId) -> Result<Standing> {
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        standing_sql!(
            "(a.holder_kind = 'board' and a.holder_id = $3)
             or (a.holder_kind = 'school' and a.holder_id in (select id from schools where board_id = $3))"
        ),
        partnership.0,
        i64::from(year.0),
        board.0
    )?;
    Ok(standing(rows, year))
}

fn standing(rows: Vec<Row>, year: SchoolYear) -> Standing {
    let account = |row: Row| {
        let bucket = Bucket::from_columns(row.supplier_id.into(), i64::from(year.0), &row.month)?;
        let holder = Holder { kind: HolderKind::from_code(&row.holder_kind)?, id: row.holder_id };
        Some((AccountKey::new(bucket, holder), Given { minutes: Minutes(row.given), idle: Minutes(row.balance) }))
    };
    rows.into_iter().filter_map(account).collect()
}
