//! Every balance of a school year with the name of its holder, for spreadsheets. Always true here: the order does not depend on the
//! engine, because it is made in Rust.

use crate::{
    db::{Result, Tx},
    fetch_all,
};
use domain::{
    PartnershipId,
    hours::{HolderKind, SchoolYear},
};
use uuid::Uuid;

/// An account as a line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceLine {
    pub holder_kind: String,
    /// The board, supplier or `00AP00 Naam` of a school; a booking's number.
    pub holder: String,
    pub supplier: String,
    /// `2016-09`, or empty for an account of the year.
    pub month: String,
    pub minutes: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    holder_kind: String,
    holder_id: Uuid,
    supplier: String,
    month: String,
    balance: i64,
    board: Option<String>,
    brin: Option<String>,
    school: Option<String>,
    holder_supplier: Option<String>,
    number: Option<i64>,
}

/// Every account of a school year, by kind of holder, holder, supplier and month.
pub async fn balance_lines(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Vec<BalanceLine>> {
    let mut rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select a.holder_kind, a.holder_id, u.name as supplier, a.month, a.balance, b.name as board, s.brin, s.name as school,
             h.name as holder_supplier, k.number
         from accounts a
         join suppliers u on u.id = a.supplier_id
         left join boards b on b.id = a.holder_id
         left join schools s on s.id = a.holder_id
         left join suppliers h on h.id = a.holder_id
         left join bookings k on k.id = a.holder_id
         where a.partnership_id = $1 and a.school_year = $2",
        partnership.0,
        i64::from(year.0)
    )?;
    let place = |kind: &str| HolderKind::from_code(kind);
    rows.sort_by(|a, b| {
        let key = |row: &Row| (place(&row.holder_kind), row.number, name(row), row.holder_id, row.supplier.clone(), row.month.clone());
        key(a).cmp(&key(b))
    });
    Ok(rows
        .into_iter()
        .map(|row| BalanceLine {
            holder: name(&row),
            holder_kind: row.holder_kind,
            supplier: row.supplier,
            month: row.month,
            minutes: row.balance,
        })
        .collect())
}

fn name(row: &Row) -> String {
    match (&row.brin, &row.school, row.number) {
        (Some(brin), Some(school), _) => format!("{brin} {school}"),
        (_, _, Some(number)) => number.to_string(),
        _ => row.board.clone().or_else(|| row.holder_supplier.clone()).unwrap_or_else(|| row.holder_id.to_string()),
    }
}

/// What a board was allotted of a supplier's contract in a month.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AllottedLine {
    pub board_id: Uuid,
    pub board: String,
    pub board_position: i64,
    pub supplier: String,
    pub supplier_position: i64,
    pub month: String,
    pub minutes: i64,
}

/// What the boards were allotted of the contracts of a school year.
pub async fn allotted(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Vec<AllottedLine>> {
    fetch_all!(
        tx,
        AllottedLine,
        "select b.id as board_id, b.name as board, coalesce(h.position, b.position) as board_position, u.name as supplier,
             u.position as supplier_position, a.month, a.allotted as minutes
         from accounts a
         join boards b on b.id = a.holder_id
         join suppliers u on u.id = a.supplier_id
         left join board_shares h on h.partnership_id = a.partnership_id and h.school_year = a.school_year and h.board_id = b.id
         where a.partnership_id = $1 and a.school_year = $2 and a.holder_kind = 'board'
         order by a.month, a.id",
        partnership.0,
        i64::from(year.0)
    )
}
