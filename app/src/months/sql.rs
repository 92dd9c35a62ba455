//! Rows of closings, tasks and notices. Always true here: a row stands for something that happened, and is written in the same
//! transaction.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_one, fetch_optional, insert_rows,
};
use chrono::{DateTime, Utc};
use domain::{DonationId, Minutes, PartnershipId, SchoolId, SupplierId, hours::Month};
use uuid::Uuid;

/// Something the house does once for a month, beside closing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Telling schools what is about to perish.
    Notices,
    /// Giving away what is idle, for schools that asked for it.
    Donations,
}

impl Task {
    const fn code(self) -> &'static str {
        match self {
            Self::Notices => "notices",
            Self::Donations => "donations",
        }
    }
}

/// A month that was closed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ClosingRow {
    pub id: Uuid,
    pub month: String,
    pub closed_at: DateTime<Utc>,
    /// How often something was left to perish.
    pub rounds: i64,
    pub last_round_at: DateTime<Utc>,
}

/// The closing of a month, opened when it is not there yet.
pub async fn closing(tx: &mut Tx, partnership: PartnershipId, month: Month, at: DateTime<Utc>) -> Result<ClosingRow> {
    execute!(
        tx,
        "insert into month_closings (id, partnership_id, month, closed_at, rounds, last_round_at) values ($1, $2, $3, $4, 0, $4)
         on conflict do nothing",
        Uuid::now_v7(),
        partnership.0,
        month.to_string(),
        at
    )?;
    fetch_one!(
        tx,
        ClosingRow,
        "select id, month, closed_at, rounds, last_round_at from month_closings where partnership_id = $1 and month = $2",
        partnership.0,
        month.to_string()
    )
}

/// Counts a round in which something perished.
pub async fn count_round(tx: &mut Tx, closing: &ClosingRow, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, "update month_closings set rounds = rounds + 1, last_round_at = $2 where id = $1", closing.id, at).map(drop)
}

/// The closings of a partnership, by month.
pub async fn closings(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<ClosingRow>> {
    fetch_all!(
        tx,
        ClosingRow,
        "select id, month, closed_at, rounds, last_round_at from month_closings where partnership_id = $1 order by month",
        partnership.0
    )
}

/// Months before this one in which a board, school or pot still has something.
pub async fn months_with_hours(tx: &mut Tx, partnership: PartnershipId, before: Month) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = fetch_all!(
        tx,
        (String,),
        "select distinct month
         from accounts
         where partnership_id = $1 and month <> '' and month < $2 and holder_kind in ('board', 'school', 'wijkpot') and balance > 0
         order by month",
        partnership.0,
        before.to_string()
    )?;
    Ok(rows.into_iter().map(|(month,)| month).collect())
}

/// Months before this one with bookings that nobody answered or recorded, and whether any of them was never answered.
pub async fn months_with_bookings(tx: &mut Tx, partnership: PartnershipId, before: Month) -> Result<Vec<(String, bool)>> {
    let rows: Vec<(String, i64)> = fetch_all!(
        tx,
        (String, i64),
        "select month, cast(sum(case when status = 'asked' then 1 else 0 end) as bigint)
         from bookings
         where partnership_id = $1 and status in ('asked', 'accepted') and month < $2
         group by month
         order by month",
        partnership.0,
        before.to_string()
    )?;
    Ok(rows.into_iter().map(|(month, unanswered)| (month, unanswered > 0)).collect())
}

/// Whether a task was done for a month.
pub async fn is_done(tx: &mut Tx, partnership: PartnershipId, month: Month, task: Task) -> Result<bool> {
    let row: Option<(String,)> = fetch_optional!(
        tx,
        (String,),
        "select task from month_tasks where partnership_id = $1 and month = $2 and task = $3",
        partnership.0,
        month.to_string(),
        task.code()
    )?;
    Ok(row.is_some())
}

/// Takes a task for a month; says no when it was done before.
pub async fn take(tx: &mut Tx, partnership: PartnershipId, month: Month, task: Task, at: DateTime<Utc>) -> Result<bool> {
    let taken = execute!(
        tx,
        "insert into month_tasks (partnership_id, month, task, done_at) values ($1, $2, $3, $4) on conflict do nothing",
        partnership.0,
        month.to_string(),
        task.code(),
        at
    )?;
    Ok(taken == 1)
}

/// Schools with idle hours in a month, and how many.
pub async fn idle_schools(tx: &mut Tx, partnership: PartnershipId, month: Month) -> Result<Vec<(SchoolId, Minutes)>> {
    let rows: Vec<(Uuid, i64)> = fetch_all!(
        tx,
        (Uuid, i64),
        "select holder_id, cast(sum(balance) as bigint)
         from accounts
         where partnership_id = $1 and month = $2 and holder_kind = 'school' and balance > 0
         group by holder_id
         order by holder_id",
        partnership.0,
        month.to_string()
    )?;
    Ok(rows.into_iter().map(|(school, minutes)| (school.into(), Minutes(minutes))).collect())
}

/// What a school has idle at a supplier in a month.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct IdleRow {
    supplier_id: Uuid,
    minutes: i64,
    /// What it drew from a pot itself.
    drawn: i64,
}

impl IdleRow {
    /// Whose hours.
    #[must_use]
    pub fn supplier(&self) -> SupplierId {
        self.supplier_id.into()
    }

    /// All of it.
    #[must_use]
    pub fn minutes(&self) -> Minutes {
        Minutes(self.minutes)
    }

    /// Less what the school drew itself: hours it asked for are not offered to others with one click. Own hours go first, so what is left
    /// is what was drawn, as far as it goes.
    #[must_use]
    pub fn own(&self) -> Minutes {
        Minutes((self.minutes - self.drawn).max(0))
    }
}

/// What a school has idle in a month, by supplier.
pub async fn idle_of(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, month: Month) -> Result<Vec<IdleRow>> {
    fetch_all!(
        tx,
        IdleRow,
        "select f.supplier_id, f.minutes, f.drawn
         from (
             select a.supplier_id, a.balance - (
                 select cast(coalesce(sum(d.minutes), 0) as bigint)
                 from donations d
                 where d.partnership_id = $1 and d.donor_kind = 'school' and d.donor_id = $2 and d.month = $3
                     and d.supplier_id = a.supplier_id and d.state = 'waiting'
             ) as minutes, (
                 select cast(coalesce(sum(p.minutes), 0) as bigint)
                 from postings p
                 where p.to_account = a.id and p.kind = 'draw' and not exists (select 1 from postings r where r.reversal_of = p.id)
             ) as drawn
             from accounts a
             where a.partnership_id = $1 and a.holder_kind = 'school' and a.holder_id = $2 and a.month = $3 and a.balance > 0
         ) f
         where f.minutes > 0
         order by f.supplier_id
         limit 100",
        partnership.0,
        school.0,
        month.to_string()
    )
}

/// The gifts of a school since then that can be taken back or withdrawn, the last one first: the form's key, the supplier, and the gift.
pub async fn gifts_since(
    tx: &mut Tx,
    partnership: PartnershipId,
    school: SchoolId,
    since: DateTime<Utc>,
) -> Result<Vec<(String, SupplierId, DonationId)>> {
    let rows: Vec<(String, Uuid, Uuid)> = fetch_all!(
        tx,
        (String, Uuid, Uuid),
        "select form_key, supplier_id, id
         from donations
         where partnership_id = $1 and donor_kind = 'school' and donor_id = $2 and donated_at >= $3 and donated_by is not null
             and state in ('waiting', 'given')
         order by donated_at desc, id desc
         limit 100",
        partnership.0,
        school.0,
        since
    )?;
    Ok(rows.into_iter().map(|(key, supplier, id)| (key, supplier.into(), id.into())).collect())
}

/// Writes a message to each of these schools.
pub async fn notify(
    tx: &mut Tx,
    partnership: PartnershipId,
    month: Month,
    schools: &[(SchoolId, Minutes)],
    at: DateTime<Utc>,
) -> Result<()> {
    insert_rows!(
        tx,
        "insert into notices (id, partnership_id, school_id, month, minutes, sent_at) ",
        schools,
        |row| Uuid::now_v7(),
        partnership.0,
        row.0.0,
        month.to_string(),
        row.1.0,
        at
    )
}

/// How much a school was told would perish in a month; none when it was not told.
pub async fn notice(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, month: Month) -> Result<Option<Minutes>> {
    let row: Option<(i64,)> = fetch_optional!(
        tx,
        (i64,),
        "select minutes from notices where partnership_id = $1 and school_id = $2 and month = $3",
        partnership.0,
        school.0,
        month.to_string()
    )?;
    Ok(row.map(|(minutes,)| Minutes(minutes)))
}
