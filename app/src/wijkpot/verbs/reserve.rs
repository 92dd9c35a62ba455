//! Asking for a reserve and releasing it. Always true here: a release is a posting with the school's reason.

use super::{check_key, form_used};
use crate::{
    AppError,
    db::Tx,
    hours::sql as hours,
    organisations::sql as organisations,
    wijkpot::sql::{self, NewReserveRequest, ReserveRow},
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, PersonId, ReserveRequestId, SchoolId, SupplierId,
    bookings::check_reason,
    hours::{AboutKind, AccountKey, Holder, Month, PostingKind, Transfer},
    wijkpot::{DrawState, ReserveWish, check_release},
};
use uuid::Uuid;

/// What a school asks from a reserve.
#[derive(Clone, Copy, Debug)]
pub struct AskReserve<'a> {
    /// For which school.
    pub school: SchoolId,
    /// Of whose contract.
    pub supplier: SupplierId,
    /// For which month.
    pub month: Month,
    /// How much.
    pub minutes: Minutes,
    /// Why.
    pub reason: &'a str,
}

/// A school asks for hours from the reserve.
///
/// # Errors
/// `Refused` while the other sources can pay it, when the month is over or far, too many wait, or without a reason; `NotFound` for another partnership.
pub async fn ask_reserve(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    ask: AskReserve<'_>,
    key: &str,
    now: DateTime<Utc>,
) -> Result<ReserveRequestId, AppError> {
    check_key(key)?;
    let AskReserve { school, supplier, month, minutes, reason } = ask;
    if let Some(before) = sql::reserve_by_key(tx, partnership, key).await? {
        let same = (before.school_id, before.supplier_id, before.minutes) == (school.0, supplier.0, minutes.0)
            && before.month == month.to_string()
            && check_reason(reason).is_ok_and(|reason| reason == before.reason);
        return if same { Ok(before.id.into()) } else { Err(form_used().into()) };
    }
    let payer = hours::payer(tx, partnership, school).await?.ok_or(AppError::NotFound)?;
    let known = organisations::suppliers(tx, partnership).await?;
    known.iter().find(|row| row.id == supplier.0).ok_or(AppError::NotFound)?;
    let sources = hours::sources(tx, partnership, &payer, supplier, month).await?;
    let waiting = sql::reserves_of_school_waiting(tx, partnership, school, now).await?;
    let reason = ReserveWish { month, minutes, reason }.ask(&sources, waiting, now)?;
    let id = ReserveRequestId(Uuid::now_v7());
    sql::insert_reserve(tx, partnership, &NewReserveRequest { id, school, supplier, month, minutes, reason: &reason, by, key }, now)
        .await?;
    Ok(id)
}

/// The registrar releases what was asked: from the reserve to the school's month.
///
/// # Errors
/// `Refused` when it no longer waits, the month is over, or the reserve does not hold it.
pub async fn release(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    request: ReserveRequestId,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let row = load(tx, partnership, request).await?;
    row.state()?.must_wait()?;
    let bucket = row.bucket()?;
    let from = AccountKey::new(bucket.year(), Holder::reserve(bucket.supplier));
    let in_reserve = hours::balance(tx, partnership, &from).await?;
    let minutes = Minutes(row.minutes);
    let month = bucket.month.ok_or(AppError::Internal)?;
    let payer = hours::payer(tx, partnership, row.school_id.into()).await?.ok_or(AppError::NotFound)?;
    let sources = hours::sources(tx, partnership, &payer, bucket.supplier, month).await?;
    check_release(month, minutes, in_reserve, &sources, now)?;
    let to = AccountKey::new(bucket, Holder::school(row.school_id.into()));
    let transfer = Transfer::new(PostingKind::ReserveRelease, from, to, minutes).about(AboutKind::Release, row.id).because(row.reason);
    hours::post(tx, partnership, &[transfer], Some(by), now, &format!("reserve/{request}/release")).await?;
    sql::close_reserve(tx, partnership, request, DrawState::Granted, (by, ""), now).await?;
    Ok(())
}

/// The registrar says no, with a reason.
///
/// # Errors
/// `Refused` when it no longer waits, or without a reason.
pub async fn refuse_reserve(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    request: ReserveRequestId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let reason = load(tx, partnership, request).await?.state()?.refuse(reason)?;
    sql::close_reserve(tx, partnership, request, DrawState::Refused, (by, &reason), now).await?;
    Ok(())
}

/// The school thought again.
///
/// # Errors
/// `Refused` when it no longer waits.
pub async fn withdraw_reserve(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    request: ReserveRequestId,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    load(tx, partnership, request).await?.state()?.must_wait()?;
    sql::close_reserve(tx, partnership, request, DrawState::Withdrawn, (by, ""), now).await?;
    Ok(())
}

async fn load(tx: &mut Tx, partnership: PartnershipId, request: ReserveRequestId) -> Result<ReserveRow, AppError> {
    sql::reserve_request(tx, partnership, request).await?.ok_or(AppError::NotFound)
}
