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
use std::collections::BTreeMap;

/// Gives what is there to the approved draws of a bucket, in the order of their need. What a grant changes (a school's cap) may change who
/// decides about its next draw, so the queue is read again after each.
///
/// # Errors
/// When the database does not answer.
pub async fn grant_waiting(tx: &mut Tx, partnership: PartnershipId, bucket: Bucket, now: DateTime<Utc>) -> Result<(), AppError> {
    if has_ended(bucket, now) {
        return Ok(());
    }
    loop {
        let waiting = sql::queue_of(tx, partnership, bucket).await?;
        if !grant_first(tx, partnership, bucket, &waiting, now).await? {
            return Ok(());
        }
    }
}

/// Nobody waits for hours of a month that is over, or of no month.
fn has_ended(bucket: Bucket, now: DateTime<Utc>) -> bool {
    bucket.month.is_none_or(|month| must_run(month, now).is_err())
}

/// Gives the first who can be paid what it asked for; whether there was one.
async fn grant_first(
    tx: &mut Tx,
    partnership: PartnershipId,
    bucket: Bucket,
    waiting: &[Waiting],
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let paid = payable_now(tx, partnership, bucket, waiting, None).await?;
    let Some(next) = paid.first().and_then(|draw| waiting.iter().find(|one| one.need.draw == *draw)) else { return Ok(false) };
    let decider = next.standing.decider;
    grant(tx, partnership, &next.row, Minutes(next.row.minutes), decider, (None, ""), now).await?;
    Ok(true)
}

/// The same for every bucket that somebody waits for: what changed elsewhere (a cap, a policy, own hours that went) may have freed some.
///
/// # Errors
/// When the database does not answer.
pub async fn grant_all(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<(), AppError> {
    let all = sql::queue(tx, partnership, now).await?;
    // What was read holds until the first grant; a queue that is cut off is not read whole.
    let mut holds = i64::try_from(all.len()).is_ok_and(|count| count < sql::QUEUE_MAX);
    let mut buckets: BTreeMap<Bucket, Vec<Waiting>> = BTreeMap::new();
    for one in all {
        buckets.entry(one.row.bucket()?).or_default().push(one);
    }
    for (bucket, waiting) in buckets.into_iter().filter(|(bucket, _)| !has_ended(*bucket, now)) {
        if !holds || grant_first(tx, partnership, bucket, &waiting, now).await? {
            holds = false;
            grant_waiting(tx, partnership, bucket, now).await?;
        }
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
    let pots = approved.iter().map(|one| one.pot).chain(city).map(|pot| Holder::wijkpot(pot.0)).collect();
    let held = hours::balances(tx, partnership, bucket, &pots).await?;
    let mut there: BTreeMap<WijkpotId, Minutes> =
        pots.iter().map(|pot| (pot.id.into(), held.get(pot).copied().unwrap_or_default())).collect();
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
