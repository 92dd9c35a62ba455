//! What became of hours per board, supplier and month, added up from the sums beside the balances. Always true here: no posting is read.

use crate::{
    db::{Result, Tx},
    fetch_all,
};
use domain::PartnershipId;
use uuid::Uuid;

/// Boards × suppliers × months, with the pots and the reserves: the largest partnership has some thousands.
const ROWS_MAX: i64 = 100_000;

/// One board's hours, with those of its schools, at one supplier in one month; or the pots', or a reserve.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FigureRow {
    /// `board`, `wijkpot` or `reserve`.
    pub holders: String,
    /// The board; none for schools without one, pots and reserves.
    pub board_id: Option<Uuid>,
    pub supplier_id: Uuid,
    pub month: String,
    pub allotted: i64,
    pub moved: i64,
    pub received: i64,
    pub released: i64,
    pub used: i64,
    pub set_aside: i64,
    pub donated: i64,
    pub expired: i64,
    pub idle: i64,
}

/// The months of a school year, or those of a calendar year, as their columns hold them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The school year; 0 for a calendar year.
    pub school_year: i64,
    /// The first month; empty to have the accounts of the year itself as well.
    pub first: String,
    /// The last month.
    pub last: String,
}

/// Everything that became of the hours of a span.
pub async fn figures(tx: &mut Tx, partnership: PartnershipId, span: &Span) -> Result<Vec<FigureRow>> {
    fetch_all!(
        tx,
        FigureRow,
        "select case a.holder_kind when 'school' then 'board' else a.holder_kind end as holders,
             case a.holder_kind when 'board' then a.holder_id when 'school' then s.board_id end as board_id,
             a.supplier_id, a.month,
             cast(sum(a.allotted) as bigint) as allotted, cast(sum(a.moved) as bigint) as moved,
             cast(sum(a.received) as bigint) as received, cast(sum(a.released) as bigint) as released,
             cast(sum(a.used) as bigint) as used, cast(sum(a.set_aside) as bigint) as set_aside,
             cast(sum(a.donated) as bigint) as donated, cast(sum(a.expired) as bigint) as expired,
             cast(sum(a.balance) as bigint) as idle
         from accounts a
         left join schools s on s.id = a.holder_id
         where a.partnership_id = $1 and ($2 = 0 or a.school_year = $2) and a.month between $3 and $4
             and a.holder_kind in ('board', 'school', 'wijkpot', 'reserve')
         group by 1, 2, 3, 4
         order by 1, 2, 3, 4
         limit $5",
        partnership.0,
        span.school_year,
        &span.first,
        &span.last,
        ROWS_MAX
    )
}

/// What bookings were paid for by a pot, without a draw between: for the schools of which board.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PaidByPot {
    pub board_id: Option<Uuid>,
    pub supplier_id: Uuid,
    pub minutes: i64,
}

/// What the pots paid for, by board of the school that booked.
pub async fn paid_by_pots(tx: &mut Tx, partnership: PartnershipId, span: &Span) -> Result<Vec<PaidByPot>> {
    fetch_all!(
        tx,
        PaidByPot,
        "select s.board_id, y.supplier_id, cast(sum(b.open_minutes + b.used_minutes) as bigint) as minutes
         from accounts y
         join booking_parts b on b.payer_account = y.id
         join accounts x on x.id = b.booking_account
         join bookings k on k.id = x.holder_id
         join schools s on s.id = k.school_id
         where y.partnership_id = $1 and ($2 = 0 or y.school_year = $2) and y.month between $3 and $4 and y.holder_kind = 'wijkpot'
         group by s.board_id, y.supplier_id
         order by s.board_id, y.supplier_id
         limit $5",
        partnership.0,
        span.school_year,
        &span.first,
        &span.last,
        ROWS_MAX
    )
}
