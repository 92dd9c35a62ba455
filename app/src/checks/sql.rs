//! What the check reads of closed months, and the rows of nightly results. Always true here: a night has one result.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_optional,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Minutes, PartnershipId,
    hours::{
        Month,
        checks::{AgreementRow, ClosingRow, ExpiryRow, LeftRow},
    },
};
use uuid::Uuid;

/// Every month that was closed.
pub async fn closings(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<ClosingRow>> {
    let rows: Vec<(Uuid, String, DateTime<Utc>)> = fetch_all!(
        tx,
        (Uuid, String, DateTime<Utc>),
        "select id, month, last_round_at from month_closings where partnership_id = $1 order by month",
        partnership.0
    )?;
    let closing = |(id, month, last_round_at): (Uuid, String, _)| Some(ClosingRow { id, month: month.parse().ok()?, last_round_at });
    Ok(rows.into_iter().filter_map(closing).collect())
}

/// The postings by which hours perished, by closing and month.
pub async fn expiries(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<ExpiryRow>> {
    let rows: Vec<(Option<Uuid>, String, DateTime<Utc>, i64)> = fetch_all!(
        tx,
        (Option<Uuid>, String, DateTime<Utc>, i64),
        "select p.about_id, a.month, min(p.posted_at), count(*)
         from postings p
         join accounts a on a.id = p.from_account
         where p.partnership_id = $1 and p.kind = 'expiry'
         group by p.about_id, a.month
         order by a.month, p.about_id",
        partnership.0
    )?;
    let expiry = |(closing, month, first_at, postings): (_, String, _, _)| {
        Some(ExpiryRow { closing, month: month.parse::<Month>().ok()?, first_at, postings })
    };
    Ok(rows.into_iter().filter_map(expiry).collect())
}

/// What boards, schools and pots have left in closed months.
pub async fn left(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<LeftRow>> {
    let rows: Vec<(Uuid, String, i64, Option<DateTime<Utc>>)> = fetch_all!(
        tx,
        (Uuid, String, i64, Option<DateTime<Utc>>),
        "select a.id, a.month, a.balance, (select max(p.posted_at) from postings p where p.to_account = a.id)
         from accounts a
         join month_closings c on c.partnership_id = a.partnership_id and c.month = a.month
         where a.partnership_id = $1 and a.holder_kind in ('board', 'school', 'wijkpot') and a.balance > 0
         order by a.id",
        partnership.0
    )?;
    let left = |(id, month, minutes, arrived_at): (Uuid, String, i64, _)| {
        Some(LeftRow { account: id.into(), month: month.parse().ok()?, minutes: Minutes(minutes), arrived_at })
    };
    Ok(rows.into_iter().filter_map(left).collect())
}

/// One kind of agreement: its table, what a row of it must have moved, and which postings are about it.
macro_rules! agreed {
    ($tx:expr, $partnership:expr, $what:literal, $table:literal, $due:literal, $about:literal, $kinds:literal) => {{
        let rows: Vec<(Uuid, i64, i64)> = fetch_all!(
            $tx,
            (Uuid, i64, i64),
            concat!(
                "select r.id, cast(",
                $due,
                " as bigint), cast(coalesce(p.minutes, 0) as bigint)
                 from ",
                $table,
                " r
                 left join (
                     select about_id, sum(minutes) as minutes
                     from postings
                     where partnership_id = $1 and about_kind = '",
                $about,
                "' and kind in (",
                $kinds,
                ")
                     group by about_id
                 ) p on p.about_id = r.id
                 where r.partnership_id = $1
                 order by r.id"
            ),
            $partnership.0
        )?;
        rows.into_iter().map(|(id, due, posted)| AgreementRow { what: $what, id, due: Minutes(due), posted: Minutes(posted) })
    }};
}

/// Every agreement of the partnership with what was posted about it.
pub async fn agreements(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<AgreementRow>> {
    let given = agreed!(
        tx,
        partnership,
        "donation",
        "donations",
        "case when r.state in ('given', 'taken_back') then r.minutes else 0 end",
        "donation",
        "'donation'"
    );
    let back = agreed!(
        tx,
        partnership,
        "take-back of donation",
        "donations",
        "coalesce(r.taken_back_minutes, 0)",
        "donation",
        "'take_back', 'reversal'"
    );
    let draws = agreed!(tx, partnership, "draw", "draws", "coalesce(r.granted_minutes, 0)", "draw", "'draw'");
    let releases = agreed!(
        tx,
        partnership,
        "release",
        "reserve_requests",
        "case when r.state = 'granted' then r.minutes else 0 end",
        "release",
        "'reserve_release'"
    );
    let moves = agreed!(
        tx,
        partnership,
        "deviation",
        "deviations",
        "case when r.state = 'agreed' then r.minutes else 0 end",
        "deviation",
        "'deviating_move'"
    );
    Ok(given.chain(back).chain(draws).chain(releases).chain(moves).collect())
}

/// What a night's check found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ResultRow {
    pub night: NaiveDate,
    pub checked_at: DateTime<Utc>,
    /// `1.234 rekeningen, 5.678 boekingen`.
    pub counts: String,
    /// How much is wrong.
    pub wrong: i64,
    /// The first of each rule, one a line: the rule, a tab, what is wrong.
    pub violations: String,
}

/// The last result of a partnership.
pub async fn last_result(tx: &mut Tx, partnership: PartnershipId) -> Result<Option<ResultRow>> {
    fetch_optional!(
        tx,
        ResultRow,
        "select night, checked_at, counts, wrong, violations from check_results where partnership_id = $1 order by night desc limit 1",
        partnership.0
    )
}

/// Keeps a night's result; says no when that night has one already.
pub async fn keep(tx: &mut Tx, partnership: PartnershipId, result: &ResultRow) -> Result<bool> {
    let kept = execute!(
        tx,
        "insert into check_results (partnership_id, night, checked_at, counts, wrong, violations) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        partnership.0,
        result.night,
        result.checked_at,
        &result.counts,
        result.wrong,
        &result.violations
    )?;
    Ok(kept == 1)
}
