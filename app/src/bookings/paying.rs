//! The minutes of a booking: set aside from its sources, used, and given back to them.
//!
//! Always true here: what a source paid for a booking is read from the postings about it, never remembered elsewhere.

use super::sql::{self, BookingRow};
use crate::{AppError, db::Tx, hours::sql as hours, wijkpot::verbs as wijkpot};
use chrono::{DateTime, Utc};
use domain::{
    BookingId, Minutes, PartnershipId, PersonId, SupplierId,
    bookings::Booking,
    hours::{
        AboutKind, AccountKey, Bucket, Holder, HolderKind, Month, PostingKind, Transfer,
        sources::{Part, SourceKind, give_back},
    },
    time,
};

/// Who pays what for a booking that is not stored yet.
pub(super) async fn parts(
    tx: &mut Tx,
    partnership: PartnershipId,
    booking: &Booking,
    supplier: SupplierId,
    month: Month,
) -> Result<Vec<Part>, AppError> {
    let payer = hours::payer(tx, partnership, booking.school).await?.ok_or(AppError::NotFound)?;
    let mut sources = hours::sources(tx, partnership, &payer, supplier, month).await?;
    if let Some(before) = booking.replaces
        && sql::booking(tx, partnership, before).await?.is_some_and(|row| row.month == month.to_string())
    {
        for (part, returned) in paid(tx, partnership, before).await? {
            sources.keep(part.holder, returned);
        }
    }
    Ok(sources.pay(booking.minutes)?)
}

/// Sets minutes aside for a booking, under a key of their own.
pub(super) async fn hold(
    tx: &mut Tx,
    partnership: PartnershipId,
    booking: BookingId,
    (supplier, month): (SupplierId, Month),
    parts: &[Part],
    by: PersonId,
    key: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let transfers: Vec<Transfer> = parts
        .iter()
        .map(|part| {
            let bucket = bucket(supplier, month, part.holder);
            let (from, to) = (AccountKey::new(bucket, part.holder), AccountKey::new(bucket, Holder::booking(booking)));
            Transfer::new(PostingKind::Hold, from, to, part.minutes).about(AboutKind::Booking, booking.0)
        })
        .collect();
    hours::post(tx, partnership, &transfers, Some(by), now, key).await?;
    // A school that has no hours of its own any more may be what its question to the pot waited for.
    wijkpot::grant_waiting(tx, partnership, Bucket::of_month(supplier, month), now).await
}

/// Ends what was set aside: some is used, the rest goes back to who paid last, first. Nobody ends it when the house does. Answers whether a
/// pot got any back, which [`pass_on`] gives to who waits for it.
pub(super) async fn settle(
    tx: &mut Tx,
    row: &BookingRow,
    used: Minutes,
    returned: Minutes,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let (partnership, id): (PartnershipId, BookingId) = (row.partnership_id.into(), row.id.into());
    let (supplier, month) = (row.supplier_id.into(), row.paid_in()?);
    let held = held(tx, partnership, id).await?;
    let month_has_ended = month.has_ended(time::local_date(now));
    let mut transfers = Vec::new();
    for (holder, minutes) in give_back(&held, returned, month_has_ended) {
        let bucket = bucket(supplier, month, holder);
        let (from, to) = (AccountKey::new(bucket, Holder::booking(id)), AccountKey::new(bucket, holder));
        transfers.push(Transfer::new(PostingKind::Return, from, to, minutes).because(row_reason(row)).about(AboutKind::Booking, id.0));
    }
    // What is used is what was paid first; give_back took from the end.
    let mut open = used;
    for part in &held {
        let minutes = part.minutes.min(open);
        if minutes > Minutes::ZERO {
            let bucket = bucket(supplier, month, part.holder);
            let (from, to) = (AccountKey::new(bucket, Holder::booking(id)), AccountKey::new(bucket, Holder::used(row.school_id.into())));
            transfers.push(Transfer::new(PostingKind::Use, from, to, minutes).about(AboutKind::Booking, id.0));
            open -= minutes;
        }
    }
    hours::post(tx, partnership, &transfers, by, now, &format!("booking/{id}/settle")).await?;
    Ok(transfers.iter().any(|transfer| transfer.to.holder.kind == HolderKind::Wijkpot))
}

/// What the school of a booking has of its own where the booking is paid.
pub(super) async fn own(tx: &mut Tx, row: &BookingRow) -> Result<Minutes, AppError> {
    let key = AccountKey::new(Bucket::of_month(row.supplier_id.into(), row.paid_in()?), Holder::school(row.school_id.into()));
    Ok(hours::balance(tx, row.partnership_id.into(), &key).await?)
}

/// After a booking gave hours back: what the school drew while its own were away goes back to the pot, and what came to a pot goes to who waits
/// for it. `before` is what the school had of its own, `in_pot` whether a pot got any back already.
pub(super) async fn pass_on(
    tx: &mut Tx,
    row: &BookingRow,
    (before, in_pot): (Minutes, bool),
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let (partnership, bucket) = (row.partnership_id.into(), Bucket::of_month(row.supplier_id.into(), row.paid_in()?));
    let came_back = own(tx, row).await? - before;
    let (own, key) = ((row.school_id.into(), bucket), format!("booking/{}/own", row.id));
    let went_back = wijkpot::own_again(tx, partnership, own, came_back, by, &key, now).await?;
    if in_pot || went_back { wijkpot::grant_waiting(tx, partnership, bucket, now).await } else { Ok(()) }
}

/// What each source still has in a booking: what it paid, less what came back, in the order it was paid.
pub(super) async fn held(tx: &mut Tx, partnership: PartnershipId, booking: BookingId) -> Result<Vec<Part>, AppError> {
    let paid = paid(tx, partnership, booking).await?;
    Ok(paid.into_iter().map(|(part, returned)| Part { minutes: part.minutes - returned, ..part }).collect())
}

/// What each source paid for a booking and what came back of it, in the order it was paid.
pub(super) async fn paid(tx: &mut Tx, partnership: PartnershipId, booking: BookingId) -> Result<Vec<(Part, Minutes)>, AppError> {
    let mut parts: Vec<(Part, Minutes)> = Vec::new();
    for posting in hours::postings_about(tx, partnership, AboutKind::Booking.code(), booking.0).await? {
        let kind = PostingKind::from_code(&posting.kind);
        let source = match kind {
            Some(PostingKind::Hold) => posting.from_account,
            Some(PostingKind::Return) => posting.to_account,
            _ => continue,
        };
        let account = hours::account(tx, partnership, source.into()).await?.and_then(|row| row.key()).ok_or(AppError::Internal)?;
        let minutes = Minutes(posting.minutes);
        if kind == Some(PostingKind::Hold) {
            let source = source_kind(account.holder.kind).ok_or(AppError::Internal)?;
            // What was given later comes from the same sources.
            match parts.iter_mut().find(|(part, _)| part.holder == account.holder) {
                Some((part, _)) => part.minutes += minutes,
                None => parts.push((Part { holder: account.holder, kind: source, minutes }, Minutes::ZERO)),
            }
        } else if let Some((_, returned)) = parts.iter_mut().find(|(part, _)| part.holder.id == account.holder.id) {
            *returned += minutes;
        }
    }
    Ok(parts)
}

/// A wijkpot and the city-wide one are both pots; which of them does not matter for what goes back.
const fn source_kind(kind: HolderKind) -> Option<SourceKind> {
    match kind {
        HolderKind::School => Some(SourceKind::School),
        HolderKind::Board => Some(SourceKind::Board),
        HolderKind::Wijkpot => Some(SourceKind::Wijkpot),
        HolderKind::Reserve => Some(SourceKind::Reserve),
        HolderKind::Contract | HolderKind::Booking | HolderKind::Used | HolderKind::Expired => None,
    }
}

/// A reserve lives in the year, every other source in the month.
fn bucket(supplier: SupplierId, month: Month, source: Holder) -> Bucket {
    let bucket = Bucket::of_month(supplier, month);
    if source.kind == HolderKind::Reserve { bucket.year() } else { bucket }
}

fn row_reason(row: &BookingRow) -> String {
    format!("Afspraak {}", row.number)
}
