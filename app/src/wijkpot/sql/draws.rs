//! Rows of draws and of what other schools say of them. Always true here: hours, a level and a category; never a question.

use crate::{
    AppError,
    db::{Result, Tx},
    execute, fetch_all, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{
    BookingId, DrawId, Minutes, PartnershipId, PersonId, SchoolId, SupplierId, WijkpotId,
    hours::{Bucket, Month},
    people::Object,
    wijkpot::{Decider, Draw, DrawState, Vote, Wanted},
};
use uuid::Uuid;

/// A draw with the names of everything it is about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DrawRow {
    pub id: Uuid,
    pub pot_id: Uuid,
    pub pot: String,
    pub school_id: Uuid,
    pub school: String,
    pub board_id: Option<Uuid>,
    pub district_id: Uuid,
    pub pupils: Option<i64>,
    pub supplier_id: Uuid,
    pub supplier: String,
    pub month: String,
    pub minutes: i64,
    pub urgency: String,
    pub level: String,
    pub category: String,
    pub booking_id: Option<Uuid>,
    pub state: String,
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    pub granted_minutes: Option<i64>,
    pub decider: String,
    pub decided_at: Option<DateTime<Utc>>,
    pub reason: String,
    /// What the school has idle itself in the bucket it asks from.
    pub own_idle: i64,
}

impl DrawRow {
    /// The draw as its rules want it.
    ///
    /// # Errors
    /// `Internal` when a column holds what domain does not know.
    pub fn draw(&self) -> Result<Draw, AppError> {
        Ok(Draw { minutes: Minutes(self.minutes), state: DrawState::from_code(&self.state).ok_or(AppError::Internal)? })
    }

    /// Of which month.
    ///
    /// # Errors
    /// As [`DrawRow::draw`].
    pub fn month(&self) -> Result<Month, AppError> {
        self.month.parse().map_err(|_| AppError::Internal)
    }

    /// Which hours.
    ///
    /// # Errors
    /// As [`DrawRow::draw`].
    pub fn bucket(&self) -> Result<Bucket, AppError> {
        Ok(Bucket::of_month(self.supplier_id.into(), self.month()?))
    }

    /// Where it belongs, for `may`.
    #[must_use]
    pub fn object(&self, partnership: PartnershipId) -> Object {
        Object::of(partnership).at_school(self.school_id.into(), self.board_id.map(Into::into), Some(self.district_id.into()))
    }
}

macro_rules! draws_where {
    ($rest:literal) => {
        concat!(
            "select d.id, d.pot_id, p.name as pot, d.school_id, s.name as school, s.board_id, w.district_id, s.pupils, d.supplier_id,
                 u.name as supplier, d.month, d.minutes, d.urgency, d.level, d.category, d.booking_id, d.state, d.asked_by, d.asked_at,
                 d.granted_minutes, d.decider, d.decided_at, d.reason, coalesce(o.balance, 0) as own_idle
             from draws d
             join wijkpots p on p.id = d.pot_id
             join schools s on s.id = d.school_id
             join wijken w on w.id = s.wijk_id
             join suppliers u on u.id = d.supplier_id
             left join accounts o on o.partnership_id = d.partnership_id and o.holder_kind = 'school' and o.holder_id = d.school_id
                 and o.month = d.month and o.supplier_id = d.supplier_id
             where d.partnership_id = $1 and ",
            $rest
        )
    };
}
pub(super) use draws_where;

/// A draw of this partnership.
pub async fn draw(tx: &mut Tx, partnership: PartnershipId, draw: DrawId) -> Result<Option<DrawRow>> {
    fetch_optional!(tx, DrawRow, draws_where!("d.id = $2"), partnership.0, draw.0)
}

/// The draw a form made before.
pub async fn draw_by_key(tx: &mut Tx, partnership: PartnershipId, key: &str) -> Result<Option<DrawRow>> {
    fetch_optional!(tx, DrawRow, draws_where!("d.form_key = $2"), partnership.0, key)
}

/// The school of a booking of this partnership.
pub async fn school_of_booking(tx: &mut Tx, partnership: PartnershipId, booking: BookingId) -> Result<Option<SchoolId>> {
    let row: Option<(Uuid,)> =
        fetch_optional!(tx, (Uuid,), "select school_id from bookings where partnership_id = $1 and id = $2", partnership.0, booking.0)?;
    Ok(row.map(|(school,)| school.into()))
}

/// A draw that is not stored yet.
#[derive(Clone, Copy, Debug)]
pub struct NewDraw<'a> {
    pub id: DrawId,
    pub pot: WijkpotId,
    pub school: SchoolId,
    pub supplier: SupplierId,
    pub month: Month,
    pub minutes: Minutes,
    pub wanted: Wanted,
    pub booking: Option<BookingId>,
    pub by: PersonId,
    pub key: &'a str,
}

/// Stores a draw that waits.
pub async fn insert_draw(tx: &mut Tx, partnership: PartnershipId, new: &NewDraw<'_>, now: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        "insert into draws (id, partnership_id, pot_id, school_id, supplier_id, month, minutes, urgency, level, category, booking_id, state,
             asked_by, asked_at, form_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'asked', $12, $13, $14)",
        new.id.0,
        partnership.0,
        new.pot.0,
        new.school.0,
        new.supplier.0,
        new.month.to_string(),
        new.minutes.0,
        new.wanted.urgency.code(),
        new.wanted.level.code(),
        new.wanted.category.code(),
        new.booking.map(|booking| booking.0),
        new.by.0,
        now,
        new.key
    )
    .map(drop)
}

/// Stores how a draw ended: how much was granted, who decided as what, and why.
pub async fn close_draw(
    tx: &mut Tx,
    partnership: PartnershipId,
    draw: DrawId,
    (state, granted): (DrawState, Option<Minutes>),
    decider: Option<Decider>,
    (by, reason): (Option<PersonId>, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "update draws
         set state = $3, granted_minutes = $4, decider = $5, decided_by = $6, reason = $7, decided_at = $8
         where partnership_id = $1 and id = $2",
        partnership.0,
        draw.0,
        state.code(),
        granted.map(|minutes| minutes.0),
        decider.map(Decider::code).unwrap_or_default(),
        by.map(|person| person.0),
        reason,
        now
    )
    .map(drop)
}

/// Every voice about draws that wait.
pub async fn votes(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<(DrawId, Vote)>> {
    let rows: Vec<(Uuid, Uuid, Uuid, bool)> = fetch_all!(
        tx,
        (Uuid, Uuid, Uuid, bool),
        "select v.draw_id, v.school_id, v.person_id, v.agrees
         from draws d
         join draw_votes v on v.draw_id = d.id
         where d.partnership_id = $1 and d.state = 'asked'
         order by v.draw_id, v.voted_at, v.school_id",
        partnership.0
    )?;
    let vote = |(draw, school, person, agrees): (Uuid, Uuid, Uuid, bool)| {
        (DrawId(draw), Vote { school: school.into(), person: person.into(), agrees })
    };
    Ok(rows.into_iter().map(vote).collect())
}

/// Stores a voice.
pub async fn add_vote(tx: &mut Tx, draw: DrawId, vote: &Vote, now: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        "insert into draw_votes (draw_id, school_id, person_id, agrees, voted_at) values ($1, $2, $3, $4, $5)",
        draw.0,
        vote.school.0,
        vote.person.0,
        vote.agrees,
        now
    )
    .map(drop)
}

/// Refuses what still waits for hours of a month that is over.
pub async fn end_draws(tx: &mut Tx, partnership: PartnershipId, month: Month, reason: &str, now: DateTime<Utc>) -> Result<u64> {
    execute!(
        tx,
        "update draws set state = 'refused', reason = $3, decided_at = $4 where partnership_id = $1 and month = $2 and state = 'asked'",
        partnership.0,
        month.to_string(),
        reason,
        now
    )
}
