//! Every balance of a school year with the name of its holder, for spreadsheets. Always true here: the order does not depend on the
//! engine, because it is made in Rust.

use crate::{
    db::{Result, Tx},
    fetch_all, organisations,
};
use domain::{
    PartnershipId,
    hours::{AccountKey, Bucket, Holder, HolderKind, Month, SchoolYear},
};
use uuid::Uuid;

/// An account as a line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceLine {
    pub holder_kind: String,
    /// The board, supplier, pot or `00AP00 Naam` of a school; a booking's number.
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
    pot: Option<String>,
    number: Option<i64>,
}

/// Every account of a school year, by kind of holder, holder, supplier and month.
pub async fn balance_lines(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Vec<BalanceLine>> {
    let mut rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select a.holder_kind, a.holder_id, u.name as supplier, a.month, a.balance, b.name as board, s.brin, s.name as school,
             h.name as holder_supplier, p.name as pot, k.number
         from accounts a
         join suppliers u on u.id = a.supplier_id
         left join boards b on b.id = a.holder_id
         left join schools s on s.id = a.holder_id
         left join suppliers h on h.id = a.holder_id
         left join wijkpots p on p.id = a.holder_id
         left join bookings k on k.id = a.holder_id
         where a.partnership_id = $1 and a.school_year = $2",
        partnership.0,
        i64::from(year.0)
    )?;
    let place = |kind: &str| HolderKind::from_code(kind);
    rows.sort_by_cached_key(|row| (place(&row.holder_kind), row.number, name(row), row.holder_id, row.supplier.clone(), row.month.clone()));
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
        _ => {
            [&row.board, &row.holder_supplier, &row.pot].into_iter().flatten().next().cloned().unwrap_or_else(|| row.holder_id.to_string())
        }
    }
}

/// A board's part of a supplier's year, for spreadsheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllottedLine {
    pub board: String,
    pub supplier: String,
    /// Its share in whole percents; none when the year's shares do not add up any more, and for a board that is left out of them.
    pub share_percent: Option<i64>,
    pub year_minutes: i64,
    /// What it was given in each month of the file, in their order.
    pub months: Vec<i64>,
}

/// What every board was given of every supplier in a school year, less what was taken back: the boards of the division in their order, any
/// other that still has hours, and suppliers in theirs; and the months of the file: those in use by any contract,
/// and any other in which hours were given. Its columns sum to what the ledger says was given.
pub async fn allotted_lines(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<(Vec<Month>, Vec<AllottedLine>)> {
    let inputs = super::inputs(tx, partnership, year).await?;
    let standing = super::standing_of_boards(tx, partnership, year).await?;
    let boards = organisations::sql::boards(tx, partnership).await?;
    let shares = inputs.plan().map(|plan| plan.shares).unwrap_or_default();
    let in_use = |month: &Month| inputs.contracts.iter().any(|contract| contract.months.contains(&month.number()));
    let given = |supplier, holder, month: Month| {
        standing.get(&AccountKey::new(Bucket::of_month(supplier, month), holder)).map_or(0, |given| given.minutes.0)
    };
    let has_any = |month: &Month| standing.iter().any(|(account, given)| account.bucket.month == Some(*month) && given.minutes.0 != 0);
    let months: Vec<Month> = year.calendar().into_iter().filter(|month| in_use(month) || has_any(month)).collect();
    let mut lines = Vec::new();
    let divided = inputs.boards.iter().map(|share| share.board.0);
    let has_hours = |board: Uuid| standing.iter().any(|(account, given)| account.holder.id == board && given.minutes.0 != 0);
    let left_out =
        boards.iter().map(|board| board.id).filter(|id| has_hours(*id) && !inputs.boards.iter().any(|share| share.board.0 == *id));
    for board in divided.chain(left_out) {
        let holder = Holder::board(board.into());
        let percent = shares.iter().find(|computed| computed.board.0 == board).map(|computed| computed.percent);
        let name = boards.iter().find(|row| row.id == board).map(|row| row.name.clone()).unwrap_or_default();
        for contract in &inputs.contracts {
            let minutes: Vec<i64> = months.iter().map(|month| given(contract.supplier, holder, *month)).collect();
            lines.push(AllottedLine {
                board: name.clone(),
                supplier: contract.name.clone(),
                share_percent: percent,
                year_minutes: minutes.iter().sum(),
                months: minutes,
            });
        }
    }
    Ok((months, lines))
}
