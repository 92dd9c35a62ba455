//! What became of hours, added up from the sums the database keeps per account. Always true here: for one account the numbers are
//! those of `domain::hours::lines::Line::fold`, corrections taken out of the number they put right; however many postings stand
//! behind them, none is read.

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

macro_rules! lines_sql {
    ($scope:literal, $by:literal, $columns:literal, $limit:literal) => {
        concat!(
            "select ",
            $columns,
            " cast(sum(a.allotted) as bigint) as allotted, cast(sum(a.received + a.released) as bigint) as received,
                 cast(sum(a.used) as bigint) as used, cast(sum(a.set_aside) as bigint) as set_aside,
                 cast(sum(a.donated) as bigint) as donated, cast(sum(a.expired) as bigint) as expired,
                 cast(sum(a.moved) as bigint) as moved, cast(sum(a.balance) as bigint) as idle
             from accounts a
             where a.partnership_id = $1 and a.school_year = $2 and (",
            $scope,
            ")
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
        lines_sql!("a.holder_kind = $3 and a.holder_id = $4", "a.supplier_id, a.month", "a.supplier_id, a.month,", "$5"),
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
        lines_sql!("a.holder_kind = $3 and a.holder_id = $4 and a.month = $5", "a.supplier_id, a.month", "a.supplier_id, a.month,", "$6"),
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
                "a.holder_kind, a.holder_id, in_month",
                "a.holder_kind, a.holder_id, cast(case when a.month = $3 then 1 else 0 end as bigint) as in_month,",
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
                "a.holder_kind, a.holder_id, in_month",
                "a.holder_kind, a.holder_id, cast(case when a.month = $3 then 1 else 0 end as bigint) as in_month,",
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
                "a.holder_kind, a.holder_id, in_month",
                "a.holder_kind, a.holder_id, cast(case when a.month = $3 then 1 else 0 end as bigint) as in_month,",
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
