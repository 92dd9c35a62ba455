//! Reading a weekly pattern as people type it: `8.30–12.00, 12.45–16.00` on a line per day.
//!
//! Always true here: whatever this reads, `domain::availability` judges; a refusal stands at the day it is about.

use super::DAYS;
use chrono::{NaiveTime, Weekday};
use domain::{
    Refusal,
    availability::{Weekly, WeeklyHours},
    time,
};

/// Six blocks with room to spare.
const LINE_CHARS_MAX: usize = 120;

/// A week from seven lines, Monday first. An empty line is a day off.
pub(super) fn read(lines: &[&str; 7]) -> Result<Weekly, Refusal> {
    let mut week = Vec::new();
    for ((line, day), number) in lines.iter().zip(DAYS).zip(0_u8..) {
        let weekday = Weekday::try_from(number).map_err(|_| unreadable(day))?;
        let blocks = blocks(line, weekday).ok_or_else(|| unreadable(day))?;
        Weekly::new(blocks.clone()).map_err(|refusal| refusal.at(day))?;
        week.extend(blocks);
    }
    Weekly::new(week)
}

/// One day of a week as `read` reads it.
pub(super) fn print(weekly: &Weekly, weekday: Weekday) -> String {
    let blocks = weekly.on(weekday).map(|block| format!("{}–{}", time::clock(block.from), time::clock(block.until)));
    blocks.collect::<Vec<_>>().join(", ")
}

/// A time as people write it: `8`, `8.30`, `08:30`.
pub(super) fn clock(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "00"));
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) || minute.len() != 2 {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

fn blocks(line: &str, weekday: Weekday) -> Option<Vec<WeeklyHours>> {
    if line.chars().count() > LINE_CHARS_MAX {
        return None;
    }
    let mut line = line.to_lowercase().replace(['–', '—', '−'], "-").replace(" tot ", "-").replace(" en ", ",").replace("uur", " ");
    while line.contains(" -") || line.contains("- ") {
        line = line.replace(" -", "-").replace("- ", "-");
    }
    line.split(|sign: char| matches!(sign, ',' | ';' | '+') || sign.is_whitespace())
        .filter(|part| !part.is_empty() && *part != "-")
        .map(|part| {
            let (from, until) = part.split_once('-')?;
            Some(WeeklyHours { weekday, from: clock(from)?, until: clock(until)? })
        })
        .collect()
}

fn unreadable(day: &'static str) -> Refusal {
    let advice = "Schrijf het zo: 8.30–12.00, 12.45–16.00. Laat het veld leeg als je dan niet werkt.";
    Refusal::new("weekly_unreadable", format!("We kunnen {day} niet lezen"), advice).at(day)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at a wrong week")]
mod tests {
    use super::*;

    fn monday(line: &str) -> Result<String, Refusal> {
        read(&[line, "", "", "", "", "", ""]).map(|weekly| print(&weekly, Weekday::Mon))
    }

    #[test]
    fn a_day_reads_as_people_write_it_and_prints_one_way() {
        for typed in ["8.30–12.00, 12.45–16.00", "8:30-12 12:45-16:00", "08.30 tot 12 uur en 12.45 - 16.00", "12.45-16;8.30 – 12.00 uur"]
        {
            assert_eq!(monday(typed).unwrap(), "8.30–12.00, 12.45–16.00", "{typed}");
        }
        assert_eq!(monday("").unwrap(), "");
        assert_eq!(monday(" – ").unwrap(), "");
    }

    #[test]
    fn a_refusal_stands_at_its_day() {
        let refused = |day: usize, line: &'static str| {
            let mut lines = [""; 7];
            lines[day] = line;
            let refusal = read(&lines).unwrap_err();
            (refusal.code.into_owned(), refusal.field.unwrap().into_owned())
        };
        assert_eq!(refused(0, "ochtend"), ("weekly_unreadable".into(), "maandag".into()));
        assert_eq!(refused(3, "8.30-12.00-13.00"), ("weekly_unreadable".into(), "donderdag".into()));
        assert_eq!(refused(4, "8.35-12.00"), ("hours_off_grid".into(), "vrijdag".into()));
        assert_eq!(refused(6, "8.00-12.00, 11.00-13.00"), ("weekly_overlap".into(), "zondag".into()));
        assert_eq!(refused(1, "12.00-8.00"), ("hours_backwards".into(), "dinsdag".into()));
    }
}
