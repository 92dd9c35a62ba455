//! Dutch school holidays and public holidays, to start a partnership's own list with. An administrator edits that list; nothing here overrides it.

use super::Holiday;
use crate::hours::SchoolYear;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// The three regions that spread the school holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HolidayRegion {
    /// Regio Noord.
    Noord,
    /// Regio Midden.
    Midden,
    /// Regio Zuid.
    Zuid,
}

impl HolidayRegion {
    /// Every region, from north to south.
    pub const ALL: [Self; 3] = [Self::Noord, Self::Midden, Self::Zuid];

    /// The word in the database and in forms: `zuid`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Noord => "noord",
            Self::Midden => "midden",
            Self::Zuid => "zuid",
        }
    }

    /// The region with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.code() == code)
    }

    /// What people read: `Regio Zuid`.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::Noord => "Regio Noord",
            Self::Midden => "Regio Midden",
            Self::Zuid => "Regio Zuid",
        }
    }
}

/// The school holidays of a year, and whether the government set them or a rule of ours guessed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolHolidays {
    /// In order of time, weekends included.
    pub holidays: Vec<Holiday>,
    /// True for dates of the Rijksoverheid. False for a guess, which an administrator must look at.
    pub is_official: bool,
}

type MonthDay = (u32, u32);

/// First days (Saturdays) as the Rijksoverheid published them. Autumn and spring are its advice; schools may differ.
/// Autumn and spring last 9 days, Christmas 16, May 9, summer 44: each from a Saturday through a Sunday. Order: Noord, Midden, Zuid.
struct Official {
    starts_in: i32,
    autumn: [MonthDay; 3],
    christmas: MonthDay,
    spring: [MonthDay; 3],
    may: MonthDay,
    summer: [MonthDay; 3],
}

const OFFICIAL: [Official; 4] = [
    Official {
        starts_in: 2025,
        autumn: [(10, 18), (10, 18), (10, 11)],
        christmas: (12, 20),
        spring: [(2, 21), (2, 14), (2, 14)],
        may: (4, 25),
        summer: [(7, 4), (7, 18), (7, 11)],
    },
    Official {
        starts_in: 2026,
        autumn: [(10, 10), (10, 17), (10, 17)],
        christmas: (12, 19),
        spring: [(2, 20), (2, 20), (2, 13)],
        may: (4, 24),
        summer: [(7, 10), (7, 17), (7, 24)],
    },
    Official {
        starts_in: 2027,
        autumn: [(10, 16), (10, 16), (10, 23)],
        christmas: (12, 25),
        spring: [(2, 19), (2, 26), (2, 26)],
        may: (4, 29),
        summer: [(7, 15), (7, 8), (7, 22)],
    },
    Official {
        starts_in: 2028,
        autumn: [(10, 14), (10, 21), (10, 21)],
        christmas: (12, 23),
        spring: [(2, 17), (2, 17), (2, 10)],
        may: (4, 28),
        summer: [(7, 21), (7, 7), (7, 14)],
    },
];

/// The school holidays of a school year in a region: the government's where we have them, else a rule of thumb *(choice)*.
#[must_use]
pub fn school_holidays(school_year: SchoolYear, region: HolidayRegion) -> SchoolHolidays {
    let (first, second) = (school_year.0, school_year.0 + 1);
    let Some(official) = OFFICIAL.iter().find(|year| year.starts_in == first) else {
        return SchoolHolidays { holidays: by_rule(first), is_official: false };
    };
    let here = region as usize;
    let starts = [
        ("Herfstvakantie", first, official.autumn[here], 9),
        ("Kerstvakantie", first, official.christmas, 16),
        ("Voorjaarsvakantie", second, official.spring[here], 9),
        ("Meivakantie", second, official.may, 9),
        ("Zomervakantie", second, official.summer[here], 44),
    ];
    let holidays = starts.into_iter().filter_map(|(name, year, (month, day), days)| {
        let starts_on = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(holiday(name, starts_on, days))
    });
    SchoolHolidays { holidays: holidays.collect(), is_official: true }
}

/// A guess for years the government has not set, the same for every region: autumn in week 43, Christmas the two weeks from the Saturday on
/// or before 25 December, spring in week 8, May the two weeks from the Saturday on or before Koningsdag, summer six weeks from the Saturday
/// on or after 10 July.
fn by_rule(year: i32) -> Vec<Holiday> {
    let week = |year, week| NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).and_then(|monday| monday.checked_sub_days(Days::new(2)));
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let starts = [
        ("Herfstvakantie", week(year, 43), 9),
        ("Kerstvakantie", day(year, 12, 25).map(saturday_until), 16),
        ("Voorjaarsvakantie", week(year + 1, 8), 9),
        ("Meivakantie", day(year + 1, 4, 27).map(saturday_until), 16),
        ("Zomervakantie", day(year + 1, 7, 16).map(saturday_until), 44),
    ];
    starts.into_iter().filter_map(|(name, starts_on, days)| starts_on.map(|starts_on| holiday(name, starts_on, days))).collect()
}

/// The Saturday on or before a date.
fn saturday_until(date: NaiveDate) -> NaiveDate {
    date - Days::new((u64::from(date.weekday().num_days_from_monday()) + 2) % 7)
}

fn holiday(name: &str, starts_on: NaiveDate, days: u64) -> Holiday {
    Holiday { name: name.to_owned(), starts_on, ends_on: starts_on + Days::new(days - 1) }
}

/// Easter Sunday of a year from 1583 on: the anonymous Gregorian computus, in whole numbers.
#[must_use]
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year % 19;
    let (century, in_century) = (year / 100, year % 100);
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

/// The public holidays of a calendar year, in order. Koningsdag moves to the Saturday when 27 April is a Sunday; Bevrijdingsdag counts once
/// in five years, as in most schools *(choice)*.
#[must_use]
pub fn public_holidays(year: i32) -> Vec<Holiday> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let easter = |days: u64| easter_sunday(year).and_then(|sunday| sunday.checked_add_days(Days::new(days)));
    let king = day(4, 27).map(|date| if date.weekday() == Weekday::Sun { date - Days::new(1) } else { date });
    let days = [
        ("Nieuwjaarsdag", day(1, 1)),
        ("Eerste paasdag", easter(0)),
        ("Tweede paasdag", easter(1)),
        ("Koningsdag", king),
        ("Bevrijdingsdag", day(5, 5).filter(|_| year % 5 == 0)),
        ("Hemelvaartsdag", easter(39)),
        ("Eerste pinksterdag", easter(49)),
        ("Tweede pinksterdag", easter(50)),
        ("Eerste kerstdag", day(12, 25)),
        ("Tweede kerstdag", day(12, 26)),
    ];
    let mut days: Vec<Holiday> = days.into_iter().filter_map(|(name, date)| Some(holiday(name, date?, 1))).collect();
    days.sort_by_key(|day| day.starts_on);
    days
}

/// Everything to start a partnership's list with: the school holidays of a year, and the public holidays from August to July outside them.
#[must_use]
pub fn free_days(school_year: SchoolYear, region: HolidayRegion) -> Vec<Holiday> {
    let mut days = school_holidays(school_year, region).holidays;
    let public = [public_holidays(school_year.0), public_holidays(school_year.0 + 1)].concat();
    let in_year = |date: NaiveDate| crate::hours::Month::of(date).school_year() == school_year;
    for day in public {
        if in_year(day.starts_on) && !days.iter().any(|holiday| holiday.covers(day.starts_on)) {
            days.push(day);
        }
    }
    days.sort_by_key(|day| day.starts_on);
    days
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at a wrong date")]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn shown(year: i32, region: HolidayRegion) -> Vec<String> {
        let holidays = school_holidays(SchoolYear(year), region).holidays;
        holidays.iter().map(|holiday| format!("{} {}..{}", holiday.name, holiday.starts_on, holiday.ends_on)).collect()
    }

    #[test]
    fn the_school_year_2026_has_the_dates_of_the_government() {
        assert_eq!(
            shown(2026, HolidayRegion::Zuid),
            [
                "Herfstvakantie 2026-10-17..2026-10-25",
                "Kerstvakantie 2026-12-19..2027-01-03",
                "Voorjaarsvakantie 2027-02-13..2027-02-21",
                "Meivakantie 2027-04-24..2027-05-02",
                "Zomervakantie 2027-07-24..2027-09-05",
            ]
        );
        assert_eq!(shown(2025, HolidayRegion::Noord)[4], "Zomervakantie 2026-07-04..2026-08-16");
        assert_eq!(shown(2025, HolidayRegion::Midden)[4], "Zomervakantie 2026-07-18..2026-08-30");
    }

    #[test]
    fn every_holiday_starts_on_a_saturday_and_ends_on_a_sunday() {
        for year in 2024..2040 {
            for region in HolidayRegion::ALL {
                let found = school_holidays(SchoolYear(year), region);
                assert_eq!(found.is_official, (2025..=2028).contains(&year));
                assert_eq!(found.holidays.len(), 5);
                for holiday in &found.holidays {
                    assert_eq!(holiday.starts_on.weekday(), Weekday::Sat, "{holiday:?}");
                    assert_eq!(holiday.ends_on.weekday(), Weekday::Sun, "{holiday:?}");
                }
                assert!(found.holidays.windows(2).all(|pair| pair[0].ends_on < pair[1].starts_on));
            }
        }
    }

    #[test]
    fn the_rule_of_thumb_finds_the_official_christmas_and_covers_the_official_may() {
        for official in &OFFICIAL {
            let rule = by_rule(official.starts_in);
            let set = school_holidays(SchoolYear(official.starts_in), HolidayRegion::Midden).holidays;
            assert_eq!(rule[1], set[1]);
            assert!(rule[3].starts_on <= set[3].starts_on && set[3].ends_on <= rule[3].ends_on);
        }
    }

    #[test]
    fn easter_is_where_the_moon_puts_it() {
        for date in ["2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25"] {
            assert_eq!(easter_sunday(day(date).year()), Some(day(date)));
        }
    }

    #[test]
    fn public_holidays_of_2026_are_the_dutch_ones() {
        let names: Vec<String> = public_holidays(2026).iter().map(|day| format!("{} {}", day.starts_on, day.name)).collect();
        assert_eq!(
            names,
            [
                "2026-01-01 Nieuwjaarsdag",
                "2026-04-05 Eerste paasdag",
                "2026-04-06 Tweede paasdag",
                "2026-04-27 Koningsdag",
                "2026-05-14 Hemelvaartsdag",
                "2026-05-24 Eerste pinksterdag",
                "2026-05-25 Tweede pinksterdag",
                "2026-12-25 Eerste kerstdag",
                "2026-12-26 Tweede kerstdag",
            ]
        );
        assert!(public_holidays(2025).iter().any(|day| day.name == "Koningsdag" && day.starts_on == self::day("2025-04-26")));
        assert!(public_holidays(2030).iter().any(|day| day.name == "Bevrijdingsdag"));
    }

    #[test]
    fn the_list_of_a_year_names_each_day_once() {
        let days = free_days(SchoolYear(2026), HolidayRegion::Zuid);
        assert!(days.iter().any(|day| day.name == "Hemelvaartsdag" && day.starts_on == self::day("2027-05-06")));
        assert!(!days.iter().any(|day| day.name == "Nieuwjaarsdag"), "it lies in the Kerstvakantie");
        assert!(days.windows(2).all(|pair| pair[0].ends_on < pair[1].starts_on));
    }
}
