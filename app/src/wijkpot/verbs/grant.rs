//! Giving hours to those who wait. Always true here: whoever needs it most goes first, and nobody who has hours of their own gets any.

use super::draws::stock_of;
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
    wijkpot::{Approved, Decider, DrawState, must_run, payable, rank},
};
use std::collections::{BTreeMap, BTreeSet};

/// Gives what is there to the approved draws of a bucket, in the order of their need. What a grant changes (a school's cap) may change who
/// decides about its next draw, so the queue is read again after each.
///
/// # Errors
/// When the database does not answer.
pub async fn grant_waiting(tx: &mut Tx, partnership: PartnershipId, bucket: Bucket, now: DateTime<Utc>) -> Result<(), AppError> {
    loop {
        if bucket.month.is_none_or(|month| must_run(month, now).is_err()) {
            return Ok(());
        }
        let waiting = sql::queue_of(tx, partnership, bucket).await?;
        let paid = payable_now(tx, partnership, bucket, &waiting, None).await?;
        let Some(next) = paid.first().and_then(|draw| waiting.iter().find(|one| one.need.draw == *draw)) else { return Ok(()) };
        let decider = next.standing.decider;
        grant(tx, partnership, &next.row, Minutes(next.row.minutes), decider, (None, ""), now).await?;
    }
}

/// The same for every bucket that somebody waits for: what changed elsewhere (a cap, a policy, own hours that went) may have freed some.
///
/// # Errors
/// When the database does not answer.
pub async fn grant_all(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<(), AppError> {
    let waiting = sql::queue(tx, partnership, now).await?;
    let buckets = waiting.iter().map(|one| one.row.bucket()).collect::<Result<BTreeSet<_>, _>>()?;
    for bucket in buckets {
        grant_waiting(tx, partnership, bucket, now).await?;
    }
    Ok(())
}

/// The draws that can be paid now, the first one first; `also` is one that somebody is about to grant, with how much.
pub(super) async fn payable_now(
    tx: &mut Tx,
    partnership: PartnershipId,
    bucket: Bucket,
    waiting: &[Waiting],
    also: Option<(DrawId, Minutes)>,
) -> Result<Vec<DrawId>, AppError> {
    let is_also = |draw: DrawId| also.is_some_and(|(also, _)| also == draw);
    let ready = |one: &&Waiting| one.standing.is_ready() || is_also(one.need.draw);
    let ranked = rank(waiting.iter().filter(ready).map(|one| one.need.clone()).collect());
    let pot_of = |draw: DrawId| waiting.iter().find(|one| one.need.draw == draw).map(|one| WijkpotId(one.row.pot_id));
    let approved: Vec<Approved> = ranked
        .iter()
        .filter_map(|one| {
            let draw = one.need.draw;
            let minutes = also.filter(|(also, _)| *also == draw).map_or(one.need.minutes, |(_, minutes)| minutes);
            Some(Approved { draw, pot: pot_of(draw)?, minutes })
        })
        .collect();
    if approved.is_empty() {
        return Ok(Vec::new());
    }
    let city = sql::city_pot(tx, partnership).await?.map(|pot| WijkpotId(pot.id));
    let mut there = BTreeMap::new();
    for pot in approved.iter().map(|one| one.pot).chain(city) {
        let key = AccountKey::new(bucket, Holder::wijkpot(pot.0));
        there.insert(pot, hours::balance(tx, partnership, &key).await?);
    }
    // A school that belongs to the city-wide pot has it before it, not behind it.
    let behind = city.and_then(|city| there.remove(&city)).unwrap_or_default();
    Ok(payable(&approved, there, behind))
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
    let stock = stock_of(tx, partnership, row.school_id.into(), Some(row.pot_id.into()), row.supplier_id.into(), row.month()?).await?;
    let parts = row.draw()?.grant(&row.school, minutes, &stock, now)?;
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
