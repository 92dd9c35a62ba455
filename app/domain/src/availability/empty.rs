//! Why a day has no free slot, in the words a picker shows. A day with a slot has no reason to be empty.

use super::{
    BOOKING_MINUTES_MIN, Calendar, ExceptionKind, LEAD_MINUTES_MIN, Place,
    slots::Search,
    weekly::{day_closes, day_opens},
};
use crate::{minutes::Minutes, time};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a day is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyEmpty {
    /// The day, or what was left of it, is over.
    Past,
    /// A holiday of several days, by name.
    Holiday(String),
    /// One free day, by name.
    FreeDay(String),
    /// No hours in the weekly pattern.
    NotWorking,
    /// Away all the time that would have been worked.
    Away,
    /// Some room, but not for this long.
    TooShort(Minutes),
    /// Worked, and no room at all.
    Full,
}

/// `voorbij`, `vakantie: Kerstvakantie`, `vrij: Koningsdag`, `werkt niet`, `afwezig`, `geen 6 u achter elkaar`, `vol`.
impl fmt::Display for WhyEmpty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Past => f.write_str("voorbij"),
            Self::Holiday(name) => write!(f, "vakantie: {name}"),
            Self::FreeDay(name) => write!(f, "vrij: {name}"),
            Self::NotWorking => f.write_str("werkt niet"),
            Self::Away => f.write_str("afwezig"),
            Self::TooShort(minutes) => write!(f, "geen {minutes} achter elkaar"),
            Self::Full => f.write_str("vol"),
        }
    }
}

/// Why there is no slot of this length on a date; none when there is one.
#[must_use]
pub fn why_empty(calendar: &Calendar, date: NaiveDate, minutes: Minutes, place: &Place, now: DateTime<Utc>) -> Option<WhyEmpty> {
    let has_room = |minutes| {
        let mut found = Vec::new();
        if let Some(search) = Search::new(calendar, minutes, place, now) {
            search.day(date, &mut found);
        }
        !found.is_empty()
    };
    (!has_room(minutes)).then(|| match why(calendar, date, now) {
        WhyEmpty::Full if has_room(BOOKING_MINUTES_MIN) => WhyEmpty::TooShort(minutes),
        why => why,
    })
}

fn why(calendar: &Calendar, date: NaiveDate, now: DateTime<Utc>) -> WhyEmpty {
    if date < time::local_date(now) {
        return WhyEmpty::Past;
    }
    let has_extra = calendar.exceptions_on(date, ExceptionKind::Extra).next().is_some();
    if let (Some(holiday), false) = (calendar.holiday_on(date), has_extra) {
        let name = holiday.name.clone();
        return if holiday.starts_on == holiday.ends_on { WhyEmpty::FreeDay(name) } else { WhyEmpty::Holiday(name) };
    }
    if !has_extra && calendar.weekly.on(date.weekday()).next().is_none() {
        return WhyEmpty::NotWorking;
    }
    let worked = |time: &NaiveTime| calendar.works(date, *time);
    let Some(last) = day_quarters().filter(worked).last() else { return WhyEmpty::Away };
    let soonest = now + TimeDelta::minutes(LEAD_MINUTES_MIN.0);
    if time::instant(date.and_time(last)).is_some_and(|last| last < soonest) { WhyEmpty::Past } else { WhyEmpty::Full }
}

fn day_quarters() -> impl Iterator<Item = NaiveTime> {
    std::iter::successors(Some(day_opens()), |time| {
        Some(*time + TimeDelta::minutes(crate::minutes::QUARTER)).filter(|next| *next < day_closes())
    })
}
