//! Rows of questions for more minutes. Always true here: a booking has one open question at most, which the database itself refuses to break.

use crate::{
    db::{Result, Tx},
    execute, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{BookingExtraId, BookingId, Minutes, PartnershipId, PersonId, bookings::ExtraState};
use uuid::Uuid;

/// An open question for more minutes.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ExtraRow {
    pub id: Uuid,
    pub worked_minutes: i64,
    pub extra_minutes: i64,
}

/// The open question of a booking.
pub async fn extra(tx: &mut Tx, partnership: PartnershipId, booking: BookingId) -> Result<Option<ExtraRow>> {
    fetch_optional!(
        tx,
        ExtraRow,
        "select id, worked_minutes, extra_minutes
         from booking_extras
         where partnership_id = $1 and booking_id = $2 and state = 'asked'",
        partnership.0,
        booking.0
    )
}

/// Why the school last said no to more minutes, and to how many.
pub async fn refused_extra(tx: &mut Tx, partnership: PartnershipId, booking: BookingId) -> Result<Option<(Minutes, String)>> {
    let row: Option<(i64, String)> = fetch_optional!(
        tx,
        (i64, String),
        "select extra_minutes, reason
         from booking_extras
         where partnership_id = $1 and booking_id = $2 and state = 'refused'
         order by decided_at desc, id desc
         limit 1",
        partnership.0,
        booking.0
    )?;
    Ok(row.map(|(minutes, reason)| (Minutes(minutes), reason)))
}

/// Stores a question.
pub async fn insert_extra(
    tx: &mut Tx,
    partnership: PartnershipId,
    booking: BookingId,
    (worked, extra): (Minutes, Minutes),
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<BookingExtraId> {
    let id = BookingExtraId(Uuid::now_v7());
    execute!(
        tx,
        "insert into booking_extras (id, partnership_id, booking_id, worked_minutes, extra_minutes, state, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, 'asked', $6, $7)",
        id.0,
        partnership.0,
        booking.0,
        worked.0,
        extra.0,
        by.0,
        now
    )?;
    Ok(id)
}

/// Ends the open question of a booking, when there is one. Nobody ends it when the house does.
pub async fn close_extra(
    tx: &mut Tx,
    partnership: PartnershipId,
    booking: BookingId,
    state: ExtraState,
    (by, reason): (Option<PersonId>, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "update booking_extras
         set state = $3, decided_by = $4, decided_at = $5, reason = $6
         where partnership_id = $1 and booking_id = $2 and state = 'asked'",
        partnership.0,
        booking.0,
        state.code(),
        by.map(|person| person.0),
        now,
        reason
    )
    .map(drop)
}
