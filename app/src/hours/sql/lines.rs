//! What became of hours, summed by the database from the postings behind them. Always true here: for one account the numbers are
//! those of `domain::hours::lines::Line::fold`, corrections taken out of the number they put right.

use crate::{
    db::{Result, Tx},
    fetch_all,
};
use domain::{
    BoardId, DistrictId, Minutes, PartnershipId,
    hours::{Holder, Month, SchoolYear, lines::Line},
};
use uuid::Uuid;

/// One holder has some twelve months at a handful of suppliers.
const MONTHS_MAX: i64 = 2_000;
/// Every school of the largest partnership, with its boards, in and out of a month.
const HOLDERS_MAX: i64 = 10_000;

/// The sums of a line.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct LineRow {
    pub allotted: i64,
    pub received: i64,
    pub used: i64,
    pub set_aside: i64,
    pub donated: i64,
    pub expired: i64,
    pub moved: i64,
    pub idle: i64,
}

impl From<LineRow> for Line {
    fn from(row: LineRow) -> Self {
        Self {
            allotted: Minutes(row.allotted),
            used: Minutes(row.used),
            set_aside: Minutes(row.set_aside),
            donated: Minutes(row.donated),
            received: Minutes(row.received),
            expired: Minutes(row.expired),
            moved: Minutes(row.moved),
            idle: Minutes(row.idle),
        }
    }
}

/// One holder's line at a supplier in a month; the month is empty for the year's own account.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MonthLine {
    pub supplier_id: Uuid,
    pub month: String,
    #[sqlx(flatten)]
    pub sums: LineRow,
}

/// A holder's lines over all suppliers: of the month that was asked for (`in_month` 1) and of all others (0).
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HolderLine {
    pub holder_kind: String,
    pub holder_id: Uuid,
    pub in_month: i64,
    #[sqlx(flatten)]
    pub sums: LineRow,
}

// `scope` are the accounts; `touch` every posting of theirs as its kind means it (a reversal is what it puts right, by minus its
// minutes); `paid` the bookings they paid, `flow` what went in and out of those; `parts` what each payer holds there, `shares` how
// much of that was worked: in the order in which it was set aside. What perished of a booking carries the id of whose it was.
// `scope` is worked out once: folded into what follows, SQLite reads it again for every posting and takes minutes.
macro_rules! lines_sql {
    ($scope:literal, $by:literal, $columns:literal, $limit:literal) => {
        concat!(
            "with scope as materialized (
                 select a.id, a.supplier_id, a.month, a.holder_kind, a.holder_id, a.balance
                 from accounts a
                 where a.partnership_id = $1 and a.school_year = $2 and (",
            $scope,
            ")
             ),
             touch as (
                 select p.from_account as account, coalesce(r.kind, p.kind) as kind, case when r.id is null then 1 else 0 end as leaves,
                     case when r.id is null then p.minutes else -p.minutes end as minutes
                 from scope s
                 join postings p on p.from_account = s.id
                 left join postings r on r.id = p.reversal_of
                 union all
                 select p.to_account, coalesce(r.kind, p.kind), case when r.id is null then 0 else 1 end,
                     case when r.id is null then p.minutes else -p.minutes end
                 from scope s
                 join postings p on p.to_account = s.id
                 left join postings r on r.id = p.reversal_of
             ),
             paid as (
                 select distinct p.to_account as booking
                 from scope s
                 join postings p on p.from_account = s.id
                 where p.kind = 'hold'
             ),
             flow as (
                 select b.booking, p.to_account as other, coalesce(r.kind, p.kind) as kind,
                     case when r.id is null then p.minutes else -p.minutes end as minutes, p.seq
                 from paid b
                 join postings p on p.from_account = b.booking
                 left join postings r on r.id = p.reversal_of
                 union all
                 select b.booking, p.from_account, coalesce(r.kind, p.kind),
                     case when r.id is null then p.minutes else -p.minutes end, p.seq
                 from paid b
                 join postings p on p.to_account = b.booking
                 left join postings r on r.id = p.reversal_of
             ),
             parts as (
                 select f.booking, coalesce(y.id, f.other) as payer, min(f.seq) as first_seq,
                     sum(case f.kind when 'hold' then f.minutes else -f.minutes end) as held,
                     sum(case when x.holder_kind = 'expired' then f.minutes else 0 end) as perished
                 from flow f
                 join accounts x on x.id = f.other
                 left join accounts y on x.holder_kind = 'expired' and y.partnership_id = x.partnership_id and y.supplier_id = x.supplier_id
                     and y.school_year = x.school_year and y.month = x.month and y.holder_kind in ('school', 'board', 'wijkpot')
                     and y.holder_id = x.holder_id
                 where f.kind in ('hold', 'return')
                 group by f.booking, coalesce(y.id, f.other)
             ),
             worked as (
                 select booking, sum(minutes) as minutes
                 from flow
                 where kind = 'use'
                 group by booking
             ),
             shares as (
                 select p.payer, p.held, p.perished,
                     coalesce(w.minutes, 0) - (sum(p.held) over (partition by p.booking order by p.first_seq, p.payer) - p.held) as open
                 from parts p
                 left join worked w on w.booking = p.booking
             ),
             pieces as (
                 select account,
                     case when leaves = 0 and kind in ('allotment', 'contract_reserve', 'division') then minutes
                         when leaves = 1 and kind = 'reduction' then -minutes else 0 end as allotted,
                     case when leaves = 0 and kind in ('draw', 'donation', 'reserve_release') then minutes
                         when leaves = 1 and kind = 'take_back' then -minutes else 0 end as received,
                     0 as used, 0 as set_aside,
                     case when leaves = 1 and kind in ('draw', 'donation') then minutes
                         when leaves = 0 and kind = 'take_back' then -minutes else 0 end as donated,
                     case when leaves = 1 and kind = 'expiry' then minutes else 0 end as expired,
                     case when leaves = 1 and kind in ('allotment', 'contract_reserve', 'division', 'reserve_release', 'deviating_move')
                             then minutes
                         when leaves = 0 and kind in ('deviating_move', 'reduction') then -minutes else 0 end as moved,
                     0 as idle
                 from touch
                 union all
                 select payer, 0, 0,
                     case when open < 0 then 0 when open < held then open else held end,
                     held - case when open < 0 then 0 when open < held then open else held end,
                     0, perished, 0, 0
                 from shares
                 union all
                 select id, 0, 0, 0, 0, 0, 0, 0, balance
                 from scope
             )
             select ",
            $columns,
            " cast(sum(x.allotted) as bigint) as allotted, cast(sum(x.received) as bigint) as received,
                 cast(sum(x.used) as bigint) as used, cast(sum(x.set_aside) as bigint) as set_aside,
                 cast(sum(x.donated) as bigint) as donated, cast(sum(x.expired) as bigint) as expired,
                 cast(sum(x.moved) as bigint) as moved, cast(sum(x.idle) as bigint) as idle
             from pieces x
             join scope s on s.id = x.account
             group by ",
            $by,
            " order by ",
            $by,
            " limit ",
            $limit
        )
    };
}

/// One holder's lines of a school year, by supplier and month.
pub async fn lines_of(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear, holder: Holder) -> Result<Vec<MonthLine>> {
    fetch_all!(
        tx,
        MonthLine,
        lines_sql!("a.holder_kind = $3 and a.holder_id = $4", "s.supplier_id, s.month", "s.supplier_id, s.month,", "$5"),
        partnership.0,
        i64::from(year.0),
        holder.kind.code(),
        holder.id,
        MONTHS_MAX
    )
}

/// One holder's lines of one month, by supplier.
pub async fn lines_in(tx: &mut Tx, partnership: PartnershipId, month: Month, holder: Holder) -> Result<Vec<MonthLine>> {
    fetch_all!(
        tx,
        MonthLine,
        lines_sql!("a.holder_kind = $3 and a.holder_id = $4 and a.month = $5", "s.supplier_id, s.month", "s.supplier_id, s.month,", "$6"),
        partnership.0,
        i64::from(month.school_year().0),
        holder.kind.code(),
        holder.id,
        month.to_string(),
        MONTHS_MAX
    )
}

/// Whose holders a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// A board and its schools.
    Board(BoardId),
    /// The schools of a district.
    District(DistrictId),
    /// Boards, schools, pots and reserves of the whole partnership.
    Partnership,
}

/// The lines of a school year of many holders at once; those of `month` apart from the rest of the year.
pub async fn lines_among(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    among: Among,
    month: Option<Month>,
) -> Result<Vec<HolderLine>> {
    let (year, month) = (i64::from(year.0), month.map(|month| month.to_string()).unwrap_or_default());
    match among {
        Among::Board(board) => fetch_all!(
            tx,
            HolderLine,
            lines_sql!(
                "(a.holder_kind = 'board' and a.holder_id = $5)
                 or (a.holder_kind = 'school' and a.holder_id in (select id from schools where board_id = $5))",
                "s.holder_kind, s.holder_id, in_month",
                "s.holder_kind, s.holder_id, cast(case when s.month = $3 then 1 else 0 end as bigint) as in_month,",
                "$4"
            ),
            partnership.0,
            year,
            month,
            HOLDERS_MAX,
            board.0
        ),
        Among::District(district) => fetch_all!(
            tx,
            HolderLine,
            lines_sql!(
                "a.holder_kind = 'school'
                 and a.holder_id in (select c.id from schools c join wijken w on w.id = c.wijk_id where w.district_id = $5)",
                "s.holder_kind, s.holder_id, in_month",
                "s.holder_kind, s.holder_id, cast(case when s.month = $3 then 1 else 0 end as bigint) as in_month,",
                "$4"
            ),
            partnership.0,
            year,
            month,
            HOLDERS_MAX,
            district.0
        ),
        Among::Partnership => fetch_all!(
            tx,
            HolderLine,
            lines_sql!(
                "a.holder_kind in ('board', 'school', 'wijkpot', 'reserve')",
                "s.holder_kind, s.holder_id, in_month",
                "s.holder_kind, s.holder_id, cast(case when s.month = $3 then 1 else 0 end as bigint) as in_month,",
                "$4"
            ),
            partnership.0,
            year,
            month,
            HOLDERS_MAX
        ),
    }
}

/// What a supplier's accounts of a school year hold, by kind of holder.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SupplierSum {
    pub supplier_id: Uuid,
    pub holder_kind: String,
    pub minutes: i64,
}

/// The balances of a school year, by supplier and kind of holder. They sum to zero.
pub async fn supplier_sums(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Vec<SupplierSum>> {
    fetch_all!(
        tx,
        SupplierSum,
        "select supplier_id, holder_kind, cast(sum(balance) as bigint) as minutes
         from accounts
         where partnership_id = $1 and school_year = $2
         group by supplier_id, holder_kind
         order by supplier_id, holder_kind
         limit $3",
        partnership.0,
        i64::from(year.0),
        MONTHS_MAX
    )
}
