//! What to show of all free slots: a handful a day, the first few, or the nearest to a moment that was refused.
//!
//! Always true here: this only leaves slots out. Whatever is not shown can still be booked when it is free.

use super::{
    Calendar, Place,
    slots::{Search, Slot},
};
use crate::{
    minutes::{Minutes, QUARTER},
    refusal::Choice,
    time,
};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

/// Four moments a day: more and a fortnight no longer fits a screen.
pub const OFFERS_A_DAY_MAX: usize = 4;
/// Three ways out of a refusal: enough to choose from, few enough to read.
pub const NEAREST_MAX: usize = 3;
/// Eight weeks ahead: a specialist without a free moment in two months is full, and saying so is more useful than looking on.
const FIRST_FREE_DAYS: u32 = 56;
/// How far around a refused moment we look: two weeks back, four weeks on.
const NEAREST_DAYS_BEFORE: u64 = 14;
const NEAREST_DAYS: u32 = 42;

/// A handful of slots a day, chosen so that what remains of a block stays whole: first the start of each free block, then its end,
/// then what fits against the start. Offered slots never overlap.
#[must_use]
pub fn offer(slots: &[Slot]) -> Vec<Slot> {
    let days = slots.chunk_by(|one, next| time::local_date(one.starts_at) == time::local_date(next.starts_at));
    days.flat_map(offer_day).collect()
}

fn offer_day(slots: &[Slot]) -> Vec<Slot> {
    let step = TimeDelta::minutes(QUARTER);
    let blocks: Vec<&[Slot]> = slots.chunk_by(|one, next| next.starts_at - one.starts_at == step).collect();
    let starts = blocks.iter().filter_map(|block| block.first());
    let ends = blocks.iter().filter_map(|block| block.last());
    let tiles = blocks.iter().flat_map(|block| {
        let length = block.first().map_or(1, |slot| (slot.minutes.0 / QUARTER).max(1));
        block.iter().step_by(usize::try_from(length).unwrap_or(1))
    });
    let mut offered: Vec<Slot> = Vec::with_capacity(OFFERS_A_DAY_MAX);
    for slot in starts.chain(ends).chain(tiles) {
        if offered.len() < OFFERS_A_DAY_MAX && !offered.iter().any(|taken| taken.overlaps(slot)) {
            offered.push(*slot);
        }
    }
    offered.sort_unstable();
    offered
}

/// The first few offers from a date on, at most eight weeks ahead: one a day, because who cannot come that day is not helped by another
/// hour of it; several a day only when there are too few days.
#[must_use]
pub fn first_free(calendar: &Calendar, minutes: Minutes, place: &Place, from: NaiveDate, limit: usize, now: DateTime<Utc>) -> Vec<Slot> {
    let Some(search) = Search::new(calendar, minutes, place, now) else { return Vec::new() };
    let from = from.max(time::local_date(now));
    let days: Vec<Vec<Slot>> =
        search.days(from, FIRST_FREE_DAYS).map(|day| offer_day(&day)).filter(|day| !day.is_empty()).take(limit).collect();
    let mut first: Vec<Slot> = days.iter().filter_map(|day| day.first().copied()).collect();
    first.extend(days.iter().flat_map(|day| day.iter().skip(1)).take(limit - first.len()));
    first.sort_unstable();
    first
}

/// Up to three free moments nearest to one that was wanted: first the nearest day, then the nearest time of day, because schools live by
/// weekdays and lesson times. They never overlap and stand in order of time.
#[must_use]
pub fn nearest(calendar: &Calendar, wanted: DateTime<Utc>, minutes: Minutes, place: &Place, now: DateTime<Utc>) -> Vec<Choice> {
    let Some(search) = Search::new(calendar, minutes, place, now) else { return Vec::new() };
    let today = time::local_date(now);
    let wanted = wanted.max(now);
    let from = time::local_date(wanted).checked_sub_days(Days::new(NEAREST_DAYS_BEFORE)).map_or(today, |date| date.max(today));
    let mut slots: Vec<Slot> = search.days(from, NEAREST_DAYS).flatten().collect();
    let hoped = time::local(wanted);
    slots.sort_by_cached_key(|slot| {
        let local = time::local(slot.starts_at);
        (time::days_between(hoped.date(), local.date()).abs(), (local.time() - hoped.time()).abs(), slot.starts_at)
    });
    let mut chosen: Vec<Slot> = Vec::with_capacity(NEAREST_MAX);
    for slot in slots {
        if chosen.len() < NEAREST_MAX && !chosen.iter().any(|taken| taken.overlaps(&slot)) {
            chosen.push(slot);
        }
    }
    chosen.sort_unstable();
    chosen.iter().map(Slot::choice).collect()
}
