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

/// `do 19 nov 2026`: a date in a list that outlives its year.
#[must_use]
pub fn date_short_year(date: NaiveDate) -> String {
    format!("{} {}", date_short(date), date.year())
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

/// `do 19 nov, 9.00–12.00`, local time: a moment in a list.
#[must_use]
pub fn moment_short(from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    format!("{}, {}", date_short(local_date(from)), clock_range(from, until))
}

/// `donderdag 19 november, 9.00–12.00`, local time: a moment in a sentence.
#[must_use]
pub fn moment_long(from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    format!("{}, {}", date_long(local_date(from)), clock_range(from, until))
}

/// The local date and time a form sends: `2026-11-19T09:00`; browsers may add seconds. Years from 2000 to 2200, as for a month: no
/// calculation with what a stranger sends leaves the calendar.
#[must_use]
pub fn parse_local(text: &str) -> Option<NaiveDateTime> {
    // By hand, because a browser reads one too, and would have to download a reader of every notation there is.
    let numbers = |text: &str, between: char| -> Option<Vec<u32>> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?;
        text.split(between).map(digits).collect()
    };
    let (date, clock) = text.trim().split_once('T')?;
    let date = match numbers(date, '-')?[..] {
        [year @ 2000..=2200, month, day] => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?,
        _ => return None,
    };
    match numbers(clock, ':')?[..] {
        [hour, minute] => date.and_hms_opt(hour, minute, 0),
        [hour, minute, second] => date.and_hms_opt(hour, minute, second),
        _ => None,
    }
}

/// What a form sends for an instant: `2026-11-19T09:00`, local time. `parse_local` and `instant` read it back.
#[must_use]
pub fn local_value(at: DateTime<Utc>) -> String {
    local(at).format("%Y-%m-%dT%H:%M").to_string()
}

/// Whole days from one date to another; negative when the second is earlier.
#[must_use]
pub fn days_between(from: NaiveDate, until: NaiveDate) -> i64 {
    (until - from).num_days()
}

/// How far away a date is, in words: `vandaag`, `morgen`, `over 13 dagen`, `gisteren`, `3 dagen geleden`.
#[must_use]
pub fn in_days(date: NaiveDate, today: NaiveDate) -> String {
    match days_between(today, date) {
        0 => "vandaag".into(),
        1 => "morgen".into(),
        -1 => "gisteren".into(),
        days if days > 0 => format!("over {days} dagen"),
        days => format!("{} dagen geleden", -days),
    }
}

/// `Goedemorgen` until noon, `Goedemiddag` until six, then `Goedenavond`; local time.
#[must_use]
pub fn greeting(now: DateTime<Utc>) -> &'static str {
    match local(now).hour() {
        0..12 => "Goedemorgen",
        12..18 => "Goedemiddag",
        _ => "Goedenavond",
    }
}

/// The number of the week a date lies in (ISO 8601, as Dutch calendars print it).
#[must_use]
pub fn week_number(date: NaiveDate) -> u32 {
    date.iso_week().week()
}

/// `Week 47, 16 tot en met 20 november`: the working week a date lies in. Month and year are repeated where they change.
#[must_use]
pub fn week_heading(date: NaiveDate) -> String {
    let monday = monday_of(date);
    let friday = monday + Days::new(4);
    let from = if monday.year() != friday.year() {
        date_full(monday)
    } else if monday.month() != friday.month() {
        format!("{} {}", monday.day(), month_name(monday.month()))
    } else {
        monday.day().to_string()
    };
    let until = if monday.year() == friday.year() { format!("{} {}", friday.day(), month_name(friday.month())) } else { date_full(friday) };
    format!("Week {}, {from} tot en met {until}", week_number(monday))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at a wrong date")]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn on_the_day_clocks_go_forward_the_skipped_hour_has_no_instant() {
        let clocks = |time: &str| instant(parse_local(&format!("2026-03-29T{time}")).unwrap());
        assert_eq!(clocks("01:45"), Some(at("2026-03-29T00:45:00Z")));
        assert_eq!(clocks("02:00"), None);
        assert_eq!(clocks("02:45"), None);
        assert_eq!(clocks("03:00"), Some(at("2026-03-29T01:00:00Z")));
        assert_eq!(clocks("09:00"), Some(at("2026-03-29T07:00:00Z")));
        assert_eq!((start_of_day(day("2026-03-30")) - start_of_day(day("2026-03-29"))).num_hours(), 23);
    }

    #[test]
    fn on_the_day_clocks_go_back_the_first_of_the_two_hours_is_meant() {
        let clocks = |time: &str| instant(parse_local(&format!("2026-10-25T{time}")).unwrap());
        assert_eq!(clocks("02:30"), Some(at("2026-10-25T00:30:00Z")));
        assert_eq!(clocks("03:00"), Some(at("2026-10-25T02:00:00Z")));
        assert_eq!((start_of_day(day("2026-10-26")) - start_of_day(day("2026-10-25"))).num_hours(), 25);
        assert_eq!(local_value(at("2026-10-25T01:30:00Z")), "2026-10-25T02:30");
    }

    #[test]
    fn a_local_date_begins_an_hour_or_two_before_utc() {
        assert_eq!(local_date(at("2026-11-18T23:00:00Z")), day("2026-11-19"));
        assert_eq!(local_date(at("2026-06-18T22:00:00Z")), day("2026-06-19"));
        assert_eq!(local_date(at("2026-06-18T21:59:59Z")), day("2026-06-18"));
    }

    #[test]
    fn a_form_value_reads_back() {
        assert_eq!(instant(parse_local("2026-11-19T09:00").unwrap()).map(local_value).unwrap(), "2026-11-19T09:00");
        assert_eq!(parse_local("2026-11-19T09:00:00"), parse_local(" 2026-11-19T09:00 "));
        for wrong in ["", "morgen", "2026-11-19", "2026-11-19 09:00", "2026-13-01T09:00", "2026-11-19T25:00", "+262142-12-31T23:59"] {
            assert_eq!(parse_local(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn moments_read_with_the_weekday_first() {
        let (from, until) = (at("2026-11-19T08:00:00Z"), at("2026-11-19T11:00:00Z"));
        assert_eq!(moment_short(from, until), "do 19 nov, 9.00–12.00");
        assert_eq!(moment_long(from, until), "donderdag 19 november, 9.00–12.00");
        assert_eq!(date_full(day("2027-03-01")), "1 maart 2027");
    }

    #[test]
    fn a_date_is_as_far_away_as_people_count_it() {
        let said = |date: &str| in_days(day(date), day("2026-11-17"));
        assert_eq!(said("2026-11-17"), "vandaag");
        assert_eq!(said("2026-11-18"), "morgen");
        assert_eq!(said("2026-11-30"), "over 13 dagen");
        assert_eq!(said("2026-11-16"), "gisteren");
        assert_eq!(said("2026-11-14"), "3 dagen geleden");
        assert_eq!(days_between(day("2026-03-28"), day("2026-03-30")), 2);
    }

    #[test]
    fn the_greeting_follows_the_dutch_clock() {
        assert_eq!(greeting(at("2026-11-19T10:59:00Z")), "Goedemorgen");
        assert_eq!(greeting(at("2026-11-19T11:00:00Z")), "Goedemiddag");
        assert_eq!(greeting(at("2026-11-19T17:00:00Z")), "Goedenavond");
        assert_eq!(greeting(at("2026-07-01T10:00:00Z")), "Goedemiddag");
    }

    #[test]
    fn a_week_has_a_heading() {
        assert_eq!(week_heading(day("2026-11-19")), "Week 47, 16 tot en met 20 november");
        assert_eq!(week_heading(day("2026-12-06")), "Week 49, 30 november tot en met 4 december");
        assert_eq!(week_heading(day("2026-12-31")), "Week 53, 28 december 2026 tot en met 1 januari 2027");
    }
}
