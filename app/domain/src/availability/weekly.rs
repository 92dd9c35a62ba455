//! The weekly pattern: on which days and between which times a specialist works. Its blocks lie on the quarter grid and never overlap.

use crate::{minutes::QUARTER, refusal::Refusal, time};
use chrono::{NaiveTime, Timelike, Weekday};
use serde::{Deserialize, Serialize};

/// Six blocks cut a day at every break a school has; more is a mistake in an import.
pub const BLOCKS_A_DAY_MAX: usize = 6;

/// Nobody is booked before 6.00: schools are closed.
const OPENS_HOUR: u32 = 6;
/// Nobody is booked after 22.00: the longest parents' evening is over. Sixteen hours are 64 quarters, so a day fits in one `u64`.
const CLOSES_HOUR: u32 = 22;
/// Minutes from midnight to 6.00.
pub(super) const OPENS: i64 = OPENS_HOUR as i64 * 60;
/// Minutes from midnight to 22.00.
pub(super) const CLOSES: i64 = CLOSES_HOUR as i64 * 60;

const DAYS: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// 6.00, the earliest a block may start.
#[must_use]
pub fn day_opens() -> NaiveTime {
    NaiveTime::from_hms_opt(OPENS_HOUR, 0, 0).unwrap_or(NaiveTime::MIN)
}

/// 22.00, the latest a block may end.
#[must_use]
pub fn day_closes() -> NaiveTime {
    NaiveTime::from_hms_opt(CLOSES_HOUR, 0, 0).unwrap_or(NaiveTime::MIN)
}

/// One block of a week: on this weekday from a time until another, local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklyHours {
    /// The day.
    pub weekday: Weekday,
    /// Where it starts.
    pub from: NaiveTime,
    /// Where it ends; not part of it.
    pub until: NaiveTime,
}

/// A checked week, ordered by day and time. An empty one means: only extra days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<WeeklyHours>", into = "Vec<WeeklyHours>")]
pub struct Weekly(Vec<WeeklyHours>);

impl Weekly {
    /// A week of these blocks, or why not: off the grid, backwards, outside 6.00–22.00, overlapping, or too many a day.
    pub fn new(mut blocks: Vec<WeeklyHours>) -> Result<Self, Refusal> {
        blocks.sort_by_key(|block| (block.weekday.num_days_from_monday(), block.from, block.until));
        for block in &blocks {
            check_times(block.from, block.until)?;
        }
        for pair in blocks.windows(2) {
            if pair[0].weekday == pair[1].weekday && pair[1].from < pair[0].until {
                let day = time::weekday_name(pair[0].weekday);
                return Err(Refusal::new(
                    "weekly_overlap",
                    format!("Twee blokken op {day} lopen door elkaar"),
                    format!("{} en {} overlappen. Maak er één blok van.", shown(pair[0]), shown(pair[1])),
                ));
            }
        }
        for day in DAYS {
            if blocks.iter().filter(|block| block.weekday == day).count() > BLOCKS_A_DAY_MAX {
                return Err(Refusal::new(
                    "weekly_too_many_blocks",
                    format!("Te veel blokken op {}", time::weekday_name(day)),
                    format!("Een dag heeft hoogstens {BLOCKS_A_DAY_MAX} blokken. Voeg er een paar samen."),
                ));
            }
        }
        Ok(Self(blocks))
    }

    /// The blocks, by day and time.
    #[must_use]
    pub fn blocks(&self) -> &[WeeklyHours] {
        &self.0
    }

    /// The blocks of one weekday.
    pub fn on(&self, weekday: Weekday) -> impl Iterator<Item = &WeeklyHours> {
        self.0.iter().filter(move |block| block.weekday == weekday)
    }

    /// One line per working day: `donderdag 8.30–12.00 en 12.45–16.00`.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        DAYS.into_iter()
            .filter_map(|day| {
                let blocks: Vec<String> = self.on(day).map(|block| shown(*block)).collect();
                (!blocks.is_empty()).then(|| format!("{} {}", time::weekday_name(day), and(&blocks)))
            })
            .collect()
    }
}

impl TryFrom<Vec<WeeklyHours>> for Weekly {
    type Error = Refusal;
    fn try_from(blocks: Vec<WeeklyHours>) -> Result<Self, Refusal> {
        Self::new(blocks)
    }
}

impl From<Weekly> for Vec<WeeklyHours> {
    fn from(weekly: Weekly) -> Self {
        weekly.0
    }
}

/// Whether two times make a block that can be worked; shared by the week and its exceptions.
pub(super) fn check_times(from: NaiveTime, until: NaiveTime) -> Result<(), Refusal> {
    let advice = |words: &str| format!("{}–{} kan niet. {words}", time::clock(from), time::clock(until));
    let on_grid = |at: NaiveTime| at.second() == 0 && at.nanosecond() == 0 && i64::from(at.minute()) % QUARTER == 0;
    if !on_grid(from) || !on_grid(until) {
        let words = advice("Kies tijden zoals 8.30 of 12.45.");
        return Err(Refusal::new("hours_off_grid", "Tijden gaan per kwartier", words));
    }
    if from >= until {
        return Err(Refusal::new("hours_backwards", "Het begin ligt niet voor het eind", advice("Draai de tijden om.")));
    }
    if from < day_opens() || until > day_closes() {
        let words = advice("Kies tijden tussen 6.00 en 22.00.");
        return Err(Refusal::new("hours_outside_day", "Werktijd ligt tussen 6.00 en 22.00", words));
    }
    Ok(())
}

/// The week in an import file: `do 8:30-12:00 12:45-16:00; vr 8:30-12:00`. Days may be written out, times may have a point.
/// An empty text is an empty week.
pub fn parse_weekly(text: &str) -> Result<Weekly, Refusal> {
    let mut blocks = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let mut words = part.split_whitespace();
        let day = words.next().unwrap_or_default();
        let weekday = weekday(day).ok_or_else(|| unreadable(part, &format!("‘{day}’ is geen dag.")))?;
        let before = blocks.len();
        for word in words {
            let (from, until) =
                word.split_once(['-', '–']).ok_or_else(|| unreadable(part, &format!("‘{word}’ is geen tijd van en tot.")))?;
            let read = |text: &str| clock(text).ok_or_else(|| unreadable(part, &format!("‘{text}’ is geen tijd.")));
            blocks.push(WeeklyHours { weekday, from: read(from)?, until: read(until)? });
        }
        if blocks.len() == before {
            return Err(unreadable(part, "Er staan geen tijden achter de dag."));
        }
    }
    Weekly::new(blocks)
}

/// The week as `parse_weekly` reads it.
#[must_use]
pub fn print_weekly(weekly: &Weekly) -> String {
    let time = |at: NaiveTime| format!("{}:{:02}", at.hour(), at.minute());
    let days = DAYS.into_iter().filter_map(|day| {
        let blocks: Vec<String> = weekly.on(day).map(|block| format!("{}-{}", time(block.from), time(block.until))).collect();
        (!blocks.is_empty()).then(|| format!("{} {}", time::weekday_short(day), blocks.join(" ")))
    });
    days.collect::<Vec<_>>().join("; ")
}

fn unreadable(part: &str, why: &str) -> Refusal {
    let advice = format!("Bij ‘{part}’: {why} Schrijf het zo: do 8:30-12:00 12:45-16:00; vr 8:30-12:00.");
    Refusal::new("weekly_unreadable", "We kunnen het weekrooster niet lezen", advice)
}

fn weekday(text: &str) -> Option<Weekday> {
    let text = text.trim_end_matches([':', '.']).to_lowercase();
    DAYS.into_iter().find(|day| text == time::weekday_short(*day) || text == time::weekday_name(*day))
}

fn clock(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once([':', '.'])?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) || minute.len() != 2 {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

fn shown(block: WeeklyHours) -> String {
    format!("{}–{}", time::clock(block.from), time::clock(block.until))
}

fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} en {last}", first.join(", ")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at a wrong week")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> String {
        parse_weekly(text).unwrap_err().code.into_owned()
    }

    #[test]
    fn an_imported_week_reads_and_prints_back() {
        let text = "do 8:30-12:00 12:45-16:00; vr 8:30-12:00";
        let weekly = parse_weekly(text).unwrap();
        assert_eq!(print_weekly(&weekly), text);
        assert_eq!(weekly.lines(), ["donderdag 8.30–12.00 en 12.45–16.00", "vrijdag 8.30–12.00"]);
        assert_eq!(parse_weekly("Vrijdag 8.30–12.00; DO 12:45-16:00 8:30-12:00;").unwrap(), weekly);
        assert_eq!(parse_weekly("").unwrap(), Weekly::default());
    }

    #[test]
    fn a_week_that_can_not_be_worked_is_refused() {
        assert_eq!(code("do 8:35-12:00"), "hours_off_grid");
        assert_eq!(code("do 12:00-8:30"), "hours_backwards");
        assert_eq!(code("do 8:30-8:30"), "hours_backwards");
        assert_eq!(code("do 5:45-12:00"), "hours_outside_day");
        assert_eq!(code("do 18:00-22:15"), "hours_outside_day");
        assert_eq!(code("do 8:30-12:00 11:45-16:00"), "weekly_overlap");
        assert_eq!(code("do 8:30-12:00; do 9:00-10:00"), "weekly_overlap");
        assert_eq!(code("do 8:00-8:30 9:00-9:30 10:00-10:30 11:00-11:30 12:00-12:30 13:00-13:30 14:00-14:30"), "weekly_too_many_blocks");
    }

    #[test]
    fn a_week_that_can_not_be_read_is_refused_with_the_word_that_stopped_it() {
        for (text, why) in [
            ("dag 8:30-12:00", "‘dag’ is geen dag"),
            ("do", "geen tijden"),
            ("do 8:30", "‘8:30’ is geen tijd van en tot"),
            ("do 8:30-12", "‘12’ is geen tijd"),
            ("do 8:30-25:00", "‘25:00’"),
            ("do +8:30-12:00", "‘+8:30’"),
        ] {
            let refusal = parse_weekly(text).unwrap_err();
            assert_eq!(refusal.code, "weekly_unreadable");
            assert!(refusal.advice.contains(why), "{}", refusal.advice);
        }
    }

    #[test]
    fn blocks_may_touch_and_end_the_day() {
        assert!(parse_weekly("ma 6:00-12:00 12:00-22:00").is_ok());
    }

    proptest! {
        #[test]
        fn every_week_reads_back_as_it_was_printed(picks in proptest::collection::vec((0_usize..7, 0_u32..64, 1_u32..64), 0..20)) {
            let mut weekly = Weekly::default();
            for (day, from, length) in picks {
                let time = |quarter: u32| NaiveTime::from_hms_opt(6 + quarter / 4, quarter % 4 * 15, 0).unwrap();
                let block = WeeklyHours { weekday: DAYS[day], from: time(from), until: time((from + length).min(64)) };
                let mut blocks = weekly.blocks().to_vec();
                blocks.push(block);
                if let Ok(longer) = Weekly::new(blocks) {
                    weekly = longer;
                }
            }
            prop_assert_eq!(parse_weekly(&print_weekly(&weekly)).unwrap(), weekly);
        }

        #[test]
        fn no_text_makes_the_reader_stop(text in "[a-z0-9 :;.–-]{0,40}") {
            if let Ok(weekly) = parse_weekly(&text) {
                prop_assert_eq!(parse_weekly(&print_weekly(&weekly)).unwrap(), weekly);
            }
        }
    }
}
