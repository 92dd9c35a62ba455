//! A month and a school year. Hours belong to a bucket, supplier × month, and perish with it (000).

use crate::time::{month_name, month_short};
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A calendar month, as `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// Month 1 to 12 of a year; none when out of range.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1..=12).contains(&month) && (2000..=2200).contains(&year)).then_some(Self { year, month })
    }

    /// The month a date lies in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// The month an instant lies in, in the Netherlands.
    #[must_use]
    pub fn at(at: DateTime<Utc>) -> Self {
        Self::of(crate::time::local_date(at))
    }

    /// 1 to 12.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.month
    }

    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).expect("a month between 2000 and 2200 has a first day")
    }

    /// The last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().expect("a month has a last day")
    }

    /// Whether its last day has passed; then its hours perish (000).
    #[must_use]
    pub fn has_ended(self, today: NaiveDate) -> bool {
        self.last_day() < today
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 { Self { year: self.year + 1, month: 1 } } else { Self { month: self.month + 1, ..self } }
    }

    /// The month `n` months later.
    #[must_use]
    pub fn plus(self, n: u32) -> Self {
        Self::of(self.first_day() + Months::new(n))
    }

    /// The school year it lies in: August 2026 to July 2027 is 2026.
    #[must_use]
    pub const fn school_year(self) -> SchoolYear {
        SchoolYear(if self.month >= 8 { self.year } else { self.year - 1 })
    }

    /// `november`.
    #[must_use]
    pub fn name(self) -> &'static str {
        month_name(self.month)
    }

    /// `nov`.
    #[must_use]
    pub fn short(self) -> &'static str {
        month_short(self.month)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The text was not a month such as `2026-11`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month such as 2026-11")]
pub struct NotAMonth;

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, month) = text.split_once('-').filter(|(y, m)| y.len() == 4 && m.len() == 2).ok_or(NotAMonth)?;
        Self::new(year.parse().map_err(|_| NotAMonth)?, month.parse().map_err(|_| NotAMonth)?).ok_or(NotAMonth)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = NotAMonth;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A school year by the calendar year it starts in: 2026 is 2026–2027.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SchoolYear(pub i32);

impl SchoolYear {
    /// The eleven months hours are spread over, September to July (000 uses eleven; which ones is a setting, this the default).
    #[must_use]
    pub fn months(self) -> Vec<Month> {
        let september = Month { year: self.0, month: 9 };
        (0..11).map(|n| september.plus(n)).collect()
    }

    /// The twelve months of a school year, August to July.
    #[must_use]
    pub fn calendar(self) -> Vec<Month> {
        let august = Month { year: self.0, month: 8 };
        (0..12).map(|n| august.plus(n)).collect()
    }

    /// Its months with these numbers in the calendar, in their order.
    #[must_use]
    pub fn months_numbered(self, numbers: &[u32]) -> Vec<Month> {
        self.calendar().into_iter().filter(|month| numbers.contains(&month.number())).collect()
    }
}

/// `2026–2027`.
impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.0, self.0 + 1)
    }
}
