//! The free slots of a calendar: every quarter at which a booking of a given length may start.
//!
//! Always true here: a slot is in the answer exactly when [`is_free`](super::is_free) accepts it. A day from 6.00 to 22.00 is 64 quarters, one
//! bit each, so a week is seven words and a few shifts; the clocks change at night, so within a day a quarter is a quarter.

use super::{Calendar, Exception, ExceptionKind, LEAD_MINUTES_MIN, Place, check_duration, weekly};
use crate::{
    minutes::{Minutes, QUARTER},
    refusal::Choice,
    time,
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A school year and a bit; nobody chooses from more, and an address can not ask for a century.
pub const SLOT_DAYS_MAX: u32 = 400;

const QUARTER_SECONDS: i64 = QUARTER * 60;

/// A moment at which a specialist can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// Where it starts.
    pub starts_at: DateTime<Utc>,
    /// How long it takes.
    pub minutes: Minutes,
}

impl Slot {
    /// Where it ends.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::minutes(self.minutes.0)
    }

    /// Whether two slots share time.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.starts_at < other.ends_at() && other.starts_at < self.ends_at()
    }

    /// What a form sends: `2026-11-19T09:00`.
    #[must_use]
    pub fn value(&self) -> String {
        time::local_value(self.starts_at)
    }

    /// `do 19 nov, 9.00–12.00`.
    #[must_use]
    pub fn label(&self) -> String {
        time::moment_short(self.starts_at, self.ends_at())
    }

    /// The slot as a way out of a refusal.
    #[must_use]
    pub fn choice(&self) -> Choice {
        Choice { value: self.value(), label: self.label() }
    }
}

/// The quarters of an hour a booking takes, counted since 1970; the database keeps one unique row per specialist and quarter.
pub fn quarters(starts_at: DateTime<Utc>, minutes: Minutes) -> Range<i64> {
    let from = starts_at.timestamp();
    from.div_euclid(QUARTER_SECONDS)..quarter_after(from + minutes.0 * 60)
}

/// Every slot of this length on `days` days from a date, in order of time. None when the duration itself is refused.
#[must_use]
pub fn slots(calendar: &Calendar, minutes: Minutes, place: &Place, from: NaiveDate, days: u32, now: DateTime<Utc>) -> Vec<Slot> {
    let Some(search) = Search::new(calendar, minutes, place, now) else { return Vec::new() };
    let mut found = Vec::new();
    for date in from.iter_days().take(days.min(SLOT_DAYS_MAX) as usize) {
        search.day(date, &mut found);
    }
    found
}

/// One question to one calendar, with what is the same for every day worked out once.
pub(super) struct Search<'a> {
    calendar: &'a Calendar,
    minutes: Minutes,
    weekly: [u64; 7],
    /// Taken quarters, widened by the travel to the place that is asked for.
    taken: Vec<Range<i64>>,
    /// The first quarter that is not too soon.
    earliest: i64,
}

impl<'a> Search<'a> {
    /// None when the duration is refused.
    pub(super) fn new(calendar: &'a Calendar, minutes: Minutes, place: &Place, now: DateTime<Utc>) -> Option<Self> {
        check_duration(minutes).ok()?;
        let mut weekly = [0; 7];
        for block in calendar.weekly.blocks() {
            let minute = |at: NaiveTime| i64::from(at.hour() * 60 + at.minute());
            weekly[block.weekday.num_days_from_monday() as usize] |= whole_quarters(minute(block.from), minute(block.until));
        }
        let taken = calendar.taken().map(|busy| {
            let (from, travel) = (busy.from.timestamp(), busy.travel_to(place).0 * 60);
            (from - travel).div_euclid(QUARTER_SECONDS)..quarter_after(busy.until().timestamp() + travel)
        });
        let earliest = now + TimeDelta::minutes(LEAD_MINUTES_MIN.0);
        let earliest = quarter_after(earliest.timestamp() + i64::from(earliest.timestamp_subsec_nanos() > 0));
        Some(Self { calendar, minutes, weekly, taken: taken.collect(), earliest })
    }

    /// Adds the slots of one day.
    pub(super) fn day(&self, date: NaiveDate, found: &mut Vec<Slot>) {
        let mut free = self.worked(date);
        let opens = time::instant(date.and_time(weekly::day_opens())).map(|at| at.timestamp() / QUARTER_SECONDS);
        let (Some(opens), true) = (opens, free != 0) else { return };
        for taken in &self.taken {
            free &= !bits(taken.start - opens, taken.end - opens);
        }
        let mut starts = runs(free, self.minutes.0 / QUARTER) & !bits(0, self.earliest - opens);
        while starts != 0 {
            let quarter = opens + i64::from(starts.trailing_zeros());
            found.extend(DateTime::from_timestamp(quarter * QUARTER_SECONDS, 0).map(|starts_at| Slot { starts_at, minutes: self.minutes }));
            starts &= starts - 1;
        }
    }

    /// The quarters of a day that are worked, booked or not.
    fn worked(&self, date: NaiveDate) -> u64 {
        let holiday = self.calendar.holiday_on(date).is_some();
        let mut worked = if holiday { 0 } else { self.weekly[date.weekday().num_days_from_monday() as usize] };
        for exception in self.calendar.exceptions_on(date, ExceptionKind::Extra) {
            let (from, until) = exception.span();
            worked |= whole_quarters(from, until);
        }
        for exception in self.calendar.exceptions_on(date, ExceptionKind::Away) {
            worked &= !touched_quarters(exception);
        }
        worked
    }

    /// The slots of the days from a date, one day at a time.
    pub(super) fn days(&self, from: NaiveDate, days: u32) -> impl Iterator<Item = Vec<Slot>> {
        (0..days.min(SLOT_DAYS_MAX)).filter_map(move |n| from.checked_add_days(Days::new(u64::from(n)))).map(|date| {
            let mut found = Vec::new();
            self.day(date, &mut found);
            found
        })
    }
}

/// Bits `from` up to `until`, cut to the 64 of a day.
fn bits(from: i64, until: i64) -> u64 {
    let below = |n: i64| if n >= 64 { u64::MAX } else { (1_u64 << n.max(0)) - 1 };
    below(until) & !below(from)
}

/// The quarters that lie wholly between two minutes of a day.
fn whole_quarters(from: i64, until: i64) -> u64 {
    let (from, until) = (from - weekly::OPENS, until - weekly::OPENS);
    bits(-(-from).div_euclid(QUARTER), until.div_euclid(QUARTER))
}

/// The quarters an exception touches at all.
fn touched_quarters(exception: &Exception) -> u64 {
    let (from, until) = exception.span();
    let (from, until) = (from - weekly::OPENS, until - weekly::OPENS);
    bits(from.div_euclid(QUARTER), -(-until).div_euclid(QUARTER))
}

/// The bits from which `length` bits in a row are set. Each step doubles what is known, so eight hours take five steps.
fn runs(free: u64, length: i64) -> u64 {
    let (mut runs, mut known) = (free, 1);
    while known < length {
        let step = known.min(length - known);
        runs &= runs >> step;
        known += step;
    }
    runs
}

/// The first quarter that starts at or after a second.
fn quarter_after(second: i64) -> i64 {
    -(-second).div_euclid(QUARTER_SECONDS)
}
