//! A specialist's calendar: everything that decides when this one person is free. Plain values, read once, for one question.

use super::{
    Exception, ExceptionKind, Place, TravelClass, Weekly, WeeklyHours,
    weekly::{self, day_closes, day_opens},
};
use crate::{ids::BookingId, minutes::Minutes};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A holiday or a free day of the partnership: nobody works then, unless somebody says so with an extra exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// `Kerstvakantie`, `Koningsdag`.
    pub name: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
}

impl Holiday {
    /// Whether a date lies in it.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        (self.starts_on..=self.ends_on).contains(&date)
    }
}

/// Time that is taken: a booking, or an appointment from an external calendar (which has no booking and no place).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Busy {
    /// Where it starts; external appointments may lie off the grid.
    pub from: DateTime<Utc>,
    /// How long it takes; nothing is taken when this is zero or less.
    pub minutes: Minutes,
    /// Where it is, for the travel around it; none when unknown.
    pub place: Option<Place>,
    /// The booking it is, so that moving can leave it out; none for an external appointment.
    pub booking: Option<BookingId>,
}

impl Busy {
    /// Where it ends.
    #[must_use]
    pub fn until(&self) -> DateTime<Utc> {
        self.from + TimeDelta::minutes(self.minutes.0)
    }

    /// The time that must lie free between this and a booking at a place.
    #[must_use]
    pub fn travel_to(&self, place: &Place) -> Minutes {
        self.place.map_or(Minutes::ZERO, |here| TravelClass::between(&here, place).minutes())
    }
}

/// Everything that decides when one specialist is free.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The weekly pattern.
    pub weekly: Weekly,
    /// Away and extra.
    pub exceptions: Vec<Exception>,
    /// The partnership's holidays: one list for everybody.
    pub holidays: Arc<[Holiday]>,
    /// Bookings that hold their slot, and external appointments. In any order.
    pub busy: Vec<Busy>,
}

impl Calendar {
    /// The same calendar as if a booking were not there: what a booking that moves may choose from.
    #[must_use]
    pub fn without(&self, booking: BookingId) -> Self {
        let mut calendar = self.clone();
        calendar.busy.retain(|busy| busy.booking != Some(booking));
        calendar
    }

    /// The longest that somebody works in one go, in the weekly pattern or on an extra day: no visit takes longer.
    #[must_use]
    pub fn longest(&self) -> Minutes {
        let mut longest = TimeDelta::zero();
        let mut began: Option<WeeklyHours> = None;
        for block in self.weekly.blocks() {
            // Blocks that touch are one stretch.
            let stretch = match began {
                Some(before) if before.weekday == block.weekday && before.until == block.from => {
                    WeeklyHours { until: block.until, ..before }
                }
                _ => *block,
            };
            longest = longest.max(stretch.until - stretch.from);
            began = Some(stretch);
        }
        for extra in self.exceptions.iter().filter(|exception| exception.kind == ExceptionKind::Extra) {
            let (from, until) = (extra.from.unwrap_or_else(day_opens), extra.until.unwrap_or_else(day_closes));
            longest = longest.max(until - from);
        }
        Minutes(longest.num_minutes())
    }

    /// The holiday a date lies in.
    #[must_use]
    pub fn holiday_on(&self, date: NaiveDate) -> Option<&Holiday> {
        self.holidays.iter().find(|holiday| holiday.covers(date))
    }

    /// The exceptions of a kind on a date.
    pub(super) fn exceptions_on(&self, date: NaiveDate, kind: ExceptionKind) -> impl Iterator<Item = &Exception> {
        self.exceptions.iter().filter(move |exception| exception.kind == kind && exception.covers(date))
    }

    /// What takes time at all.
    pub(super) fn taken(&self) -> impl Iterator<Item = &Busy> {
        self.busy.iter().filter(|busy| busy.minutes > Minutes::ZERO)
    }

    /// Whether the quarter of an hour that starts at this local time is worked. Bookings are no part of this question.
    pub(super) fn works(&self, date: NaiveDate, time: NaiveTime) -> bool {
        let starts = i64::from(time.hour() * 60 + time.minute());
        let ends = starts + 15;
        let holds = |(from, until): (i64, i64)| from <= starts && ends <= until;
        let touches = |(from, until): (i64, i64)| from < ends && starts < until;
        let minute = |at: NaiveTime| i64::from(at.hour() * 60 + at.minute());
        if !holds((weekly::OPENS, weekly::CLOSES)) || self.exceptions_on(date, ExceptionKind::Away).any(|away| touches(away.span())) {
            return false;
        }
        let weekly =
            self.holiday_on(date).is_none() && self.weekly.on(date.weekday()).any(|block| holds((minute(block.from), minute(block.until))));
        weekly || self.exceptions_on(date, ExceptionKind::Extra).any(|extra| holds(extra.span()))
    }
}
