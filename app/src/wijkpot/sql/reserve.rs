//! Rows of questions for a reserve. Always true here: each has its reason from the start.

use crate::{
    AppError,
    db::{Result, Tx},
    execute, fetch_one, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, PersonId, ReserveRequestId, SchoolId, SupplierId,
    hours::{Bucket, Month},
    people::Object,
    wijkpot::DrawState,
};
use uuid::Uuid;

/// A question for a reserve with the names of everything it is about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReserveRow {
    pub id: Uuid,
    pub school_id: Uuid,
    pub school: String,
    pub board_id: Option<Uuid>,
    pub supplier_id: Uuid,
    pub supplier: String,
    pub month: String,
    pub minutes: i64,
    pub reason: String,
    pub state: String,
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_because: String,
}

impl ReserveRow {
    /// Where it stands: the same states as a draw.
    ///
    /// # Errors
    /// `Internal` when a column holds what domain does not know.
    pub fn state(&self) -> Result<DrawState, AppError> {
        DrawState::from_code(&self.state).ok_or(AppError::Internal)
    }

    /// For which month.
    ///
    /// # Errors
    /// As [`ReserveRow::state`].
    pub fn bucket(&self) -> Result<Bucket, AppError> {
        Ok(Bucket::of_month(self.supplier_id.into(), self.month.parse().map_err(|_| AppError::Internal)?))
    }

    /// Where it belongs, for `may`.
    #[must_use]
    pub fn object(&self, partnership: PartnershipId) -> Object {
        Object::of(partnership).at_school(self.school_id.into(), self.board_id.map(Into::into), None)
    }
}

macro_rules! reserve_where {
    ($rest:literal) => {
        concat!(
            "select r.id, r.school_id, s.name as school, s.board_id, r.supplier_id, u.name as supplier, r.month, r.minutes, r.reason, r.state,
                 r.asked_by, r.asked_at, r.decided_at, r.decided_because
             from reserve_requests r
             join schools s on s.id = r.school_id
             join suppliers u on u.id = r.supplier_id
             where r.partnership_id = $1 and ",
            $rest
        )
    };
}
pub(super) use reserve_where;

/// A question of this partnership.
pub async fn reserve_request(tx: &mut Tx, partnership: PartnershipId, request: ReserveRequestId) -> Result<Option<ReserveRow>> {
    fetch_optional!(tx, ReserveRow, reserve_where!("r.id = $2"), partnership.0, request.0)
}

/// The question a form asked before.
pub async fn reserve_by_key(tx: &mut Tx, partnership: PartnershipId, key: &str) -> Result<Option<ReserveRow>> {
    fetch_optional!(tx, ReserveRow, reserve_where!("r.form_key = $2"), partnership.0, key)
}

/// How many questions of a school wait, for this month or a later one.
pub async fn reserves_of_school_waiting(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, now: DateTime<Utc>) -> Result<usize> {
    let (count,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select count(*) from reserve_requests where partnership_id = $1 and school_id = $2 and state = 'asked' and month >= $3",
        partnership.0,
        school.0,
        Month::at(now).to_string()
    )?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// A question that is not stored yet.
#[derive(Clone, Copy, Debug)]
pub struct NewReserveRequest<'a> {
    pub id: ReserveRequestId,
    pub school: SchoolId,
    pub supplier: SupplierId,
    pub month: Month,
    pub minutes: Minutes,
    pub reason: &'a str,
    pub by: PersonId,
    pub key: &'a str,
}

/// Stores a question that waits.
pub async fn insert_reserve(tx: &mut Tx, partnership: PartnershipId, new: &NewReserveRequest<'_>, now: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        "insert into reserve_requests (id, partnership_id, school_id, supplier_id, month, minutes, reason, state, asked_by, asked_at, form_key)
         values ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9, $10)",
        new.id.0,
        partnership.0,
        new.school.0,
        new.supplier.0,
        new.month.to_string(),
        new.minutes.0,
        new.reason,
        new.by.0,
        now,
        new.key
    )
    .map(drop)
}

/// Stores how a question ended.
pub async fn close_reserve(
    tx: &mut Tx,
    partnership: PartnershipId,
    request: ReserveRequestId,
    state: DrawState,
    (by, because): (PersonId, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "update reserve_requests
         set state = $3, decided_by = $4, decided_at = $5, decided_because = $6
         where partnership_id = $1 and id = $2",
        partnership.0,
        request.0,
        state.code(),
        by.0,
        now,
        because
    )
    .map(drop)
}

/// Refuses what still waits for hours of a month that is over.
pub async fn end_reserves(tx: &mut Tx, partnership: PartnershipId, month: Month, reason: &str, now: DateTime<Utc>) -> Result<u64> {
    execute!(
        tx,
        "update reserve_requests
         set state = 'refused', decided_because = $3, decided_at = $4
         where partnership_id = $1 and month = $2 and state = 'asked'",
        partnership.0,
        month.to_string(),
        reason,
        now
    )
}
