//! Giving hours to those who wait. Always true here: whoever needs it most goes first, and nobody who has hours of their own gets any.

use super::draws::stock;
use crate::{
    AppError,
    db::Tx,
    hours::sql as hours,
    wijkpot::sql::{self, DrawRow, Waiting},
};
use chrono::{DateTime, Utc};
use domain::{
    DrawId, Minutes, PartnershipId, PersonId, WijkpotId,
    hours::{AboutKind, AccountKey, Bucket, Holder, PostingKind, Transfer},
    wijkpot::{Approved, Decider, DrawState, payable, rank},
};
use std::collections::{BTreeMap, BTreeSet};

/// Gives what is there to the approved draws of a bucket, in the order of their need. What a grant changes (a school's cap) may change who
/// decides about its next draw, so the queue is read again after each.
///
/// # Errors
/// When the database does not answer.
pub async fn grant_waiting(tx: &mut Tx, partnership: PartnershipId, bucket: Bucket, now: DateTime<Utc>) -> Result<(), AppError> {
    loop {
        let waiting: Vec<Waiting> = sql::queue(tx, partnership, now).await?.into_iter().filter(|one| is_of(one, bucket)).collect();
        let Some(next) = next(tx, partnership, bucket, &waiting).await? else { return Ok(()) };
        let decider = next.decider;
        grant(tx, partnership, &next.row, Minutes(next.row.minutes), decider, (None, ""), now).await?;
    }
}

/// Gives what is there to everybody who waits for it. Most of it was given when the hours came; what is left waited for something that no
/// pot hears of: own hours that were used up, or another policy. Answers how many draws were granted.
///
/// # Errors
/// When the database does not answer.
pub async fn grant_all(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<usize, AppError> {
    let before = sql::queue(tx, partnership, now).await?;
    let buckets: BTreeSet<Bucket> = before.iter().filter_map(|one| one.row.bucket().ok()).collect();
    for bucket in buckets {
        grant_waiting(tx, partnership, bucket, now).await?;
    }
    Ok(before.len() - sql::queue(tx, partnership, now).await?.len())
}

fn is_of(one: &Waiting, bucket: Bucket) -> bool {
    one.row.bucket().is_ok_and(|of| of == bucket)
}

/// The draw that is paid first.
async fn next<'a>(
    tx: &mut Tx,
    partnership: PartnershipId,
    bucket: Bucket,
    waiting: &'a [Waiting],
) -> Result<Option<&'a Waiting>, AppError> {
    let ready = |one: &&Waiting| one.is_approved() && one.own_idle <= Minutes::ZERO;
    let ranked = rank(waiting.iter().filter(ready).map(|one| one.need.clone()).collect());
    let pot_of = |draw: DrawId| waiting.iter().find(|one| one.need.draw == draw).map(|one| WijkpotId(one.row.pot_id));
    let approved: Vec<Approved> = ranked
        .iter()
        .filter_map(|one| Some(Approved { draw: one.need.draw, pot: pot_of(one.need.draw)?, minutes: one.need.minutes }))
        .collect();
    if approved.is_empty() {
        return Ok(None);
    }
    let city = sql::city_pot(tx, partnership).await?.map(|pot| WijkpotId(pot.id));
    let mut there = BTreeMap::new();
    for pot in approved.iter().map(|one| one.pot).chain(city) {
        let key = AccountKey::new(bucket, Holder::wijkpot(pot.0));
        there.insert(pot, hours::balance(tx, partnership, &key).await?);
    }
    // A school that belongs to the city-wide pot has it before it, not behind it.
    let behind = city.and_then(|city| there.remove(&city)).unwrap_or_default();
    let paid = payable(&approved, there, behind);
    Ok(paid.first().and_then(|draw| waiting.iter().find(|one| one.need.draw == *draw)))
}

/// Gives a draw its hours, out of the pots.
pub(super) async fn grant(
    tx: &mut Tx,
    partnership: PartnershipId,
    row: &DrawRow,
    minutes: Minutes,
    decider: Decider,
    (by, reason): (Option<PersonId>, &str),
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let stock = stock(tx, partnership, row.school_id.into(), row.supplier_id.into(), row.month()?).await?;
    let parts = row.draw()?.grant(minutes, &stock, now)?;
    let bucket = row.bucket()?;
    let to = AccountKey::new(bucket, Holder::school(row.school_id.into()));
    let transfers: Vec<Transfer> = parts
        .iter()
        .map(|part| Transfer::new(PostingKind::Draw, AccountKey::new(bucket, part.holder), to, part.minutes).about(AboutKind::Draw, row.id))
        .collect();
    let draw = row.id.into();
    sql::close_draw(tx, partnership, draw, (DrawState::Granted, Some(minutes)), Some(decider), (by, reason), now).await?;
    // Who asked is who it is for, where nobody decided.
    hours::post(tx, partnership, &transfers, by.or(Some(row.asked_by.into())), now, &format!("draw/{draw}/grant")).await?;
    Ok(())
}
