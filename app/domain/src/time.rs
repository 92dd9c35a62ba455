//! Dutch time: instants are UTC, people live in Europe/Amsterdam. The only place that converts and that writes dates in words.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Europe::Amsterdam;

const WEEKDAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const MONTHS: [&str; 12] =
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
const MONTHS_SHORT: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// The local date and time of an instant in the Netherlands.
#[must_use]
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Amsterdam).naive_local()
}

/// The local date of an instant in the Netherlands.
#[must_use]
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    local(at).date()
}

/// The instant of a local date and time. In the hour that occurs twice (last Sunday of October) the first is meant;
/// in the hour that does not exist (last Sunday of March) there is none.
#[must_use]
pub fn instant(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    Amsterdam.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc))
}

/// The first instant of a local date.
#[must_use]
pub fn start_of_day(date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    instant(midnight).unwrap_or_else(|| {
        let offset = Amsterdam.offset_from_utc_datetime(&midnight).fix();
        DateTime::from_naive_utc_and_offset(midnight - offset, Utc)
    })
}

/// The Monday of the week a date lies in.
#[must_use]
pub fn monday_of(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

/// `maandag`.
#[must_use]
pub fn weekday_name(day: Weekday) -> &'static str {
    WEEKDAYS[day.num_days_from_monday() as usize]
}

/// `ma`.
#[must_use]
pub fn weekday_short(day: Weekday) -> &'static str {
    &weekday_name(day)[..2]
}

/// `november`, for months 1 to 12.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    MONTHS[(month as usize + 11) % 12]
}

/// `nov`, for months 1 to 12.
#[must_use]
pub fn month_short(month: u32) -> &'static str {
    MONTHS_SHORT[(month as usize + 11) % 12]
}

/// `do 19 nov`: a date in a list.
#[must_use]
pub fn date_short(date: NaiveDate) -> String {
    format!("{} {} {}", weekday_short(date.weekday()), date.day(), month_short(date.month()))
}

/// `donderdag 19 november`: a date in a sentence.
#[must_use]
pub fn date_long(date: NaiveDate) -> String {
    format!("{} {} {}", weekday_name(date.weekday()), date.day(), month_name(date.month()))
}

/// `19 november 2026`.
#[must_use]
pub fn date_full(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// `9.00`.
#[must_use]
pub fn clock(time: NaiveTime) -> String {
    format!("{}.{:02}", time.hour(), time.minute())
}

/// `9.00–12.00`, local time.
#[must_use]
pub fn clock_range(from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    format!("{}–{}", clock(local(from).time()), clock(local(until).time()))
}
