//! Rows of bookings and of the quarters they take. Always true here: a quarter of a specialist belongs to one booking, which the
//! database itself refuses to break.

mod extras;

pub use extras::{ExtraRow, close_extra, extra, insert_extra, refused_extra};

use crate::{
    AppError,
    db::{Result, Tx},
    execute, fetch_all, fetch_one, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{
    BookingId, Minutes, PartnershipId, PersonId,
    again::is_again,
    availability::{Place, quarters},
    bookings::{Booking, BookingState, Level, Side},
    experts::SupportLevel,
    hours::Month,
    people::{Object, Scope},
};
use uuid::Uuid;

/// An id that tells nothing: one with the time in it would lead from a shielded booking to the posting, and so to the school, of that
/// moment (domain.md §2).
pub(super) fn new_id() -> BookingId {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).expect("the system gives random bytes");
    uuid::Builder::from_random_bytes(random).into_uuid().into()
}

/// What is open at once: more than the largest partnership has ahead of it in a busy month.
const OPEN_MAX: i64 = 500;

/// A booking with the names of everything it is about.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BookingRow {
    pub id: Uuid,
    pub partnership_id: Uuid,
    pub number: i64,
    pub school_id: Uuid,
    pub school: String,
    pub board_id: Option<Uuid>,
    pub wijk_id: Uuid,
    pub wijk: String,
    pub district_id: Uuid,
    pub specialist_id: Uuid,
    pub specialist: String,
    pub supplier_id: Uuid,
    pub supplier: String,
    pub supplier_position: i64,
    pub expertise_id: Option<Uuid>,
    pub expertise: Option<String>,
    pub expertise_slug: Option<String>,
    pub category: Option<String>,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    pub month: String,
    pub status: String,
    pub level: String,
    pub question: String,
    pub goal: String,
    pub parents_informed: bool,
    pub asked_by: Uuid,
    pub asked_by_name: String,
    pub asked_side: String,
    pub asked_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub answered_by: Option<Uuid>,
    pub closed_by: Option<Uuid>,
    pub closed_side: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
    pub reason: String,
    pub late: bool,
    pub done_minutes: Option<i64>,
    pub moved_from: Option<Uuid>,
    /// What the specialist asks on top, while the school has not answered.
    pub extra_minutes: Option<i64>,
    /// Since when.
    pub extra_at: Option<DateTime<Utc>>,
}

macro_rules! bookings_where {
    ($($rest:literal),+) => {
        concat!(
            "select b.id, b.partnership_id, b.number, b.school_id, s.name as school, s.board_id, s.wijk_id, w.name as wijk, w.district_id,
                 b.specialist_id, p.name as specialist, b.supplier_id, u.name as supplier, u.position as supplier_position, b.expertise_id,
                 e.name as expertise, e.slug as expertise_slug, e.category, b.starts_at, b.minutes, b.month, b.status, b.level, b.question, b.goal,
                 b.parents_informed, b.asked_by, a.name as asked_by_name, b.asked_side, b.asked_at, b.answered_at, b.answered_by,
                 b.closed_by, b.closed_side,
                 b.closed_at, b.reason, b.late, b.done_minutes, b.moved_from, q.extra_minutes, q.asked_at as extra_at
             from bookings b
             join schools s on s.id = b.school_id
             join wijken w on w.id = s.wijk_id
             join specialists x on x.id = b.specialist_id
             join people p on p.id = x.person_id
             join suppliers u on u.id = b.supplier_id
             join people a on a.id = b.asked_by
             left join expertises e on e.id = b.expertise_id
             left join booking_extras q on q.booking_id = b.id and q.state = 'asked'
             where b.partnership_id = $1 and ",
            $($rest),+
        )
    };
}

/// Runs one question as far as a scope reaches. A district team sees no pupil-level booking (domain.md §2).
macro_rules! by_scope {
    ($question:ident, $partnership:expr, $scope:expr) => {
        match $scope {
            Scope::School(id) => $question!("b.school_id = $2", id.0),
            Scope::Board(id) => $question!("s.board_id = $2", id.0),
            Scope::Specialist(id) => $question!("b.specialist_id = $2", id.0),
            Scope::Supplier(id) => $question!("b.supplier_id = $2", id.0),
            Scope::District(id) => $question!("w.district_id = $2 and b.level <> 'leerling'", id.0),
            Scope::Partnership => $question!("b.partnership_id = $2", $partnership.0),
        }
    };
}

impl BookingRow {
    /// The rule's own shape.
    ///
    /// # Errors
    /// `Internal` when a column holds a word this version does not know.
    pub fn booking(&self) -> Result<Booking, AppError> {
        let unknown = || {
            tracing::error!(booking = %self.id, "a booking with an unknown word");
            AppError::Internal
        };
        let state = BookingState::from_code(&self.status).ok_or_else(unknown)?;
        Ok(Booking {
            id: self.id.into(),
            specialist: self.specialist_id.into(),
            school: self.school_id.into(),
            starts_at: self.starts_at,
            minutes: Minutes(self.minutes),
            level: Level::from_code(&self.level).ok_or_else(unknown)?,
            expertise: self.expertise_id.map(Into::into),
            question: self.question.clone(),
            goal: self.goal.clone(),
            parents_informed: self.parents_informed,
            state,
            state_since: self.closed_at.or(self.extra_at).or(self.answered_at).unwrap_or(self.asked_at),
            asked_by: Side::from_code(&self.asked_side).ok_or_else(unknown)?,
            asked_at: self.asked_at,
            reason: (!self.reason.is_empty()).then(|| self.reason.clone()),
            cancelled_by: self.closed_side.as_deref().filter(|_| state == BookingState::Cancelled).and_then(Side::from_code),
            is_late: self.late,
            minutes_used: self.done_minutes.map(Minutes),
            replaces: self.moved_from.map(Into::into),
            extra: self.extra_minutes.map(Minutes),
        })
    }

    /// Whether this person brought it where it is, a moment ago: then the form that asks for it was sent twice.
    #[must_use]
    pub fn is_again(&self, by: PersonId, now: DateTime<Utc>) -> bool {
        let last = if self.closed_at.is_some() { (self.closed_by, self.closed_at) } else { (self.answered_by, self.answered_at) };
        is_again((last.0.map(PersonId), last.1), by, now)
    }

    /// Where it belongs, for the rule of who may what.
    #[must_use]
    pub fn object(&self) -> Object {
        let object = Object::of(self.partnership_id.into())
            .at_school(self.school_id.into(), self.board_id.map(Into::into), Some(self.district_id.into()))
            .with_specialist(self.specialist_id.into(), self.supplier_id.into());
        match Level::from_code(&self.level) {
            Some(Level::Pupil) => object.at_level(SupportLevel::Pupil),
            Some(Level::Group) => object.at_level(SupportLevel::Group),
            Some(Level::Teacher) => object.at_level(SupportLevel::Teacher),
            Some(Level::School) => object.at_level(SupportLevel::School),
            None => object,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { school: self.school_id.into(), wijk: Some(self.wijk_id.into()), district: Some(self.district_id.into()) }
    }

    /// The month that pays.
    ///
    /// # Errors
    /// `Internal` when the column holds no month.
    pub fn paid_in(&self) -> Result<Month, AppError> {
        self.month.parse().map_err(|_| AppError::Internal)
    }
}

/// A booking of this partnership.
pub async fn booking(tx: &mut Tx, partnership: PartnershipId, booking: BookingId) -> Result<Option<BookingRow>> {
    fetch_optional!(tx, BookingRow, bookings_where!("b.id = $2"), partnership.0, booking.0)
}

/// The booking that a form with this key made before.
pub async fn by_form_key(tx: &mut Tx, partnership: PartnershipId, key: &str) -> Result<Option<BookingRow>> {
    fetch_optional!(tx, BookingRow, bookings_where!("b.form_key = $2"), partnership.0, key)
}

/// Who came instead: the booking that replaced this one.
pub async fn moved_to(tx: &mut Tx, partnership: PartnershipId, booking: BookingId) -> Result<Option<Uuid>> {
    let row: Option<(Uuid,)> =
        fetch_optional!(tx, (Uuid,), "select id from bookings where partnership_id = $1 and moved_from = $2", partnership.0, booking.0)?;
    Ok(row.map(|(id,)| id))
}

/// What still holds its slot, as far as this scope reaches, soonest first.
pub async fn open(tx: &mut Tx, partnership: PartnershipId, scope: Scope) -> Result<Vec<BookingRow>> {
    macro_rules! open_where {
        ($scope:literal, $id:expr) => {
            fetch_all!(
                tx,
                BookingRow,
                bookings_where!($scope, " and b.status in ('asked', 'accepted') order by b.starts_at, b.id limit $3"),
                partnership.0,
                $id,
                OPEN_MAX
            )
        };
    }
    by_scope!(open_where, partnership, scope)
}

/// What still holds its minutes of a month, soonest first. Not limited: a closing leaves nothing out.
pub async fn open_in(tx: &mut Tx, partnership: PartnershipId, month: Month) -> Result<Vec<BookingRow>> {
    fetch_all!(
        tx,
        BookingRow,
        bookings_where!("b.month = $2 and b.status in ('asked', 'accepted') order by b.starts_at, b.number"),
        partnership.0,
        month.to_string()
    )
}

/// What no longer holds its slot, latest first: one page of it.
pub async fn closed(tx: &mut Tx, partnership: PartnershipId, scope: Scope, limit: i64, offset: i64) -> Result<Vec<BookingRow>> {
    macro_rules! closed_where {
        ($scope:literal, $id:expr) => {
            fetch_all!(
                tx,
                BookingRow,
                bookings_where!(
                    $scope,
                    " and b.status in ('done', 'declined', 'cancelled', 'moved') order by b.starts_at desc, b.id desc limit $3 offset $4"
                ),
                partnership.0,
                $id,
                limit,
                offset
            )
        };
    }
    by_scope!(closed_where, partnership, scope)
}

/// How many no longer hold their slot.
pub async fn count_closed(tx: &mut Tx, partnership: PartnershipId, scope: Scope) -> Result<i64> {
    macro_rules! count_where {
        ($scope:literal, $id:expr) => {
            fetch_one!(
                tx,
                (i64,),
                concat!(
                    "select count(*)
                     from bookings b
                     join schools s on s.id = b.school_id
                     join wijken w on w.id = s.wijk_id
                     where b.partnership_id = $1 and b.status in ('done', 'declined', 'cancelled', 'moved') and ",
                    $scope
                ),
                partnership.0,
                $id
            )
        };
    }
    let (count,): (i64,) = by_scope!(count_where, partnership, scope)?;
    Ok(count)
}

/// Who books, and under which form.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub partnership: PartnershipId,
    pub supplier: Uuid,
    pub month: Month,
    pub by: PersonId,
    pub form_key: &'a str,
}

/// Adds a booking under the next number of the partnership. `tx` must come from `db.write(partnership)`.
pub async fn insert(tx: &mut Tx, booking: &Booking, entry: Entry<'_>) -> Result<()> {
    execute!(
        tx,
        "insert into bookings (id, partnership_id, number, school_id, specialist_id, supplier_id, expertise_id, starts_at, minutes, month,
             status, level, question, goal, parents_informed, asked_by, asked_side, asked_at, moved_from, form_key)
         values ($1, $2, (select coalesce(max(number), 0) + 1 from bookings where partnership_id = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11,
             $12, $13, $14, $15, $16, $17, $18, $19)",
        booking.id.0,
        entry.partnership.0,
        booking.school.0,
        booking.specialist.0,
        entry.supplier,
        booking.expertise.map(|expertise| expertise.0),
        booking.starts_at,
        booking.minutes.0,
        entry.month.to_string(),
        booking.state.code(),
        booking.level.code(),
        &booking.question,
        &booking.goal,
        booking.parents_informed,
        entry.by.0,
        booking.asked_by.code(),
        booking.asked_at,
        booking.replaces.map(|replaces| replaces.0),
        entry.form_key
    )
    .map(drop)
}

/// Stores where a booking now stands, and who brought it there.
pub async fn update(tx: &mut Tx, partnership: PartnershipId, booking: &Booking, by: PersonId, side: Side) -> Result<()> {
    if booking.state == BookingState::Accepted {
        return execute!(
            tx,
            "update bookings set status = $3, answered_by = $4, answered_at = $5 where partnership_id = $1 and id = $2",
            partnership.0,
            booking.id.0,
            booking.state.code(),
            by.0,
            booking.state_since
        )
        .map(drop);
    }
    execute!(
        tx,
        "update bookings set status = $3, closed_by = $4, closed_side = $5, closed_at = $6, reason = $7, late = $8, done_minutes = $9
         where partnership_id = $1 and id = $2",
        partnership.0,
        booking.id.0,
        booking.state.code(),
        by.0,
        side.code(),
        booking.state_since,
        booking.reason.as_deref().unwrap_or_default(),
        booking.is_late,
        booking.minutes_used.map(|minutes| minutes.0)
    )
    .map(drop)
}

/// Stores where a booking now stands, when the house brought it there and no side.
pub async fn close(tx: &mut Tx, partnership: PartnershipId, booking: &Booking) -> Result<()> {
    execute!(
        tx,
        "update bookings set status = $3, closed_at = $4, reason = $5, done_minutes = $6 where partnership_id = $1 and id = $2",
        partnership.0,
        booking.id.0,
        booking.state.code(),
        booking.state_since,
        booking.reason.as_deref().unwrap_or_default(),
        booking.minutes_used.map(|minutes| minutes.0)
    )
    .map(drop)
}

/// Takes the quarters of a booking; says whether all of them were free. When not, drop the transaction.
pub async fn take(tx: &mut Tx, booking: &Booking) -> Result<bool> {
    let quarters = quarters(booking.starts_at, booking.minutes);
    let taken = execute!(
        tx,
        "with recursive wanted (quarter) as (
             select cast($2 as bigint) union all select quarter + 1 from wanted where quarter + 1 < cast($3 as bigint)
         )
         insert into booking_quarters (specialist_id, quarter, booking_id)
         select $1, quarter, $4 from wanted where true
         on conflict do nothing",
        booking.specialist.0,
        quarters.start,
        quarters.end,
        booking.id.0
    )?;
    Ok(i64::try_from(taken).is_ok_and(|taken| taken == quarters.end - quarters.start))
}

/// Frees the quarters of a booking.
pub async fn free(tx: &mut Tx, booking: BookingId) -> Result<()> {
    execute!(tx, "delete from booking_quarters where booking_id = $1", booking.0).map(drop)
}
