//! A visit that took longer. Always true here: the extra minutes are set aside and used in one transaction, by the school's own yes.

use super::{apply, load};
use crate::{
    AppError,
    bookings::{paying, sql},
    db::Tx,
};
use chrono::{DateTime, Utc};
use domain::{
    BookingExtraId, BookingId, Minutes, PartnershipId, PersonId,
    bookings::{Booking, ExtraState, Side},
};

/// The specialist worked longer than was set aside, and asks the school for the rest. Asking the same again answers the same question;
/// asking for another number takes its place.
///
/// # Errors
/// `Refused` when this much cannot be recorded, enough was set aside, or the month is over.
pub async fn ask_extra(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    booking: BookingId,
    worked: Minutes,
    now: DateTime<Utc>,
) -> Result<BookingExtraId, AppError> {
    let (_, booking) = load(tx, partnership, booking).await?;
    let missing = booking.ask_extra(worked, now)?;
    if let Some(open) = sql::extra(tx, partnership, booking.id).await? {
        if open.worked_minutes == worked.0 {
            return Ok(open.id.into());
        }
        sql::close_extra(tx, partnership, booking.id, ExtraState::Withdrawn, (Some(by), ""), now).await?;
    }
    Ok(sql::insert_extra(tx, partnership, booking.id, (worked, missing), by, now).await?)
}

/// The school gives what was asked, out of the same sources as any booking; the visit is done.
///
/// # Errors
/// `Refused` when nothing is asked, the sources do not have it, or the month is over.
pub async fn give_extra(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    booking: BookingId,
    now: DateTime<Utc>,
) -> Result<Booking, AppError> {
    let (row, booking) = load(tx, partnership, booking).await?;
    let change = booking.give_extra(now)?;
    let open = sql::extra(tx, partnership, booking.id).await?.ok_or(AppError::Internal)?;
    let extra = Booking { minutes: Minutes(open.extra_minutes), replaces: None, ..booking.clone() };
    let (supplier, month) = (row.supplier_id.into(), row.paid_in()?);
    let parts = paying::parts(tx, partnership, &extra, supplier, month).await?;
    let key = format!("booking/{}/extra/{}", booking.id, open.id);
    paying::hold(tx, partnership, booking.id, (supplier, month), &parts, by, &key, now).await?;
    sql::close_extra(tx, partnership, booking.id, ExtraState::Given, (Some(by), ""), now).await?;
    apply(tx, &row, change, by, Side::School, now).await
}

/// The school says no, with a reason; the specialist records at most what was set aside.
///
/// # Errors
/// `Refused` when nothing is asked, or without a reason.
pub async fn refuse_extra(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    booking: BookingId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let (_, booking) = load(tx, partnership, booking).await?;
    let reason = booking.refuse_extra(reason)?;
    sql::close_extra(tx, partnership, booking.id, ExtraState::Refused, (Some(by), &reason), now).await?;
    Ok(())
}
