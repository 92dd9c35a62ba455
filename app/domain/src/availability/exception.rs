//! Exceptions to the weekly pattern: away, or extra. Being away always wins, also from an extra day.

use super::weekly::{CLOSES, OPENS, check_times};
use crate::{refusal::Refusal, time};
use chrono::{NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

/// A year of leave; longer means the specialist has left, and that is another action.
pub const EXCEPTION_DAYS_MAX: i64 = 366;
/// One line in a calendar, in characters. A note needs no case content.
pub const EXCEPTION_NOTE_MAX: usize = 120;

/// Whether an exception takes time away or adds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionKind {
    /// Not there: leave, illness, a course.
    Away,
    /// There, on top of the weekly pattern; counts in holidays too.
    Extra,
}

impl ExceptionKind {
    /// The word in the database: `away`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Extra => "extra",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Away, Self::Extra].into_iter().find(|kind| kind.code() == code)
    }

    /// What people read.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::Away => "Afwezig",
            Self::Extra => "Extra beschikbaar",
        }
    }
}

/// One or more whole days, or the same hours on each of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// From this local time on each day; none for the whole day.
    pub from: Option<NaiveTime>,
    /// Until this local time on each day; none for the whole day.
    pub until: Option<NaiveTime>,
    /// Away or extra.
    pub kind: ExceptionKind,
    /// A note for the specialist and the planner, without case content.
    pub note: String,
}

impl Exception {
    /// Whether this exception can be kept; refusals name the fields `van`, `tot`, `tijd` and `notitie`.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.ends_on < self.starts_on {
            let advice = "Kies een laatste dag op of na de eerste dag.";
            return Err(Refusal::new("exception_backwards", "De laatste dag ligt voor de eerste", advice).at("tot"));
        }
        if time::days_between(self.starts_on, self.ends_on) >= EXCEPTION_DAYS_MAX {
            let advice = "Een uitzondering duurt hoogstens een jaar. Kies een eerdere laatste dag.";
            return Err(Refusal::new("exception_too_long", "Dit is langer dan een jaar", advice).at("tot"));
        }
        match (self.from, self.until) {
            (Some(from), Some(until)) => check_times(from, until).map_err(|refusal| refusal.at("tijd"))?,
            (None, None) if self.kind == ExceptionKind::Away => {}
            (None, None) => {
                let advice = "Vul in van hoe laat tot hoe laat je er bent.";
                return Err(Refusal::new("exception_without_hours", "Extra tijd heeft een begin en een eind", advice).at("tijd"));
            }
            _ => {
                let advice = "Vul beide tijden in, of geen van beide voor de hele dag.";
                return Err(Refusal::new("exception_half_open", "Er staat maar één tijd", advice).at("tijd"));
            }
        }
        if self.note.chars().count() > EXCEPTION_NOTE_MAX {
            let advice = format!("Een notitie heeft hoogstens {EXCEPTION_NOTE_MAX} tekens. Maak hem korter.");
            return Err(Refusal::new("exception_note_too_long", "De notitie is te lang", advice).at("notitie"));
        }
        Ok(())
    }

    /// Whether it says something about this date.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        (self.starts_on..=self.ends_on).contains(&date)
    }

    /// Minutes after midnight from and until which it counts on each of its days.
    pub(super) fn span(&self) -> (i64, i64) {
        let minute = |at: NaiveTime| i64::from(at.hour() * 60 + at.minute());
        (self.from.map_or(OPENS, minute), self.until.map_or(CLOSES, minute))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at a wrong date")]
mod tests {
    use super::*;

    fn leave() -> Exception {
        Exception {
            starts_on: "2026-11-19".parse().unwrap(),
            ends_on: "2026-11-20".parse().unwrap(),
            from: None,
            until: None,
            kind: ExceptionKind::Away,
            note: String::new(),
        }
    }

    fn refused(exception: Exception) -> (String, String) {
        let refusal = exception.check().unwrap_err();
        (refusal.code.into_owned(), refusal.field.unwrap().into_owned())
    }

    #[test]
    fn leave_of_whole_days_or_hours_can_be_kept() {
        assert_eq!(leave().check(), Ok(()));
        let hours = Exception { from: NaiveTime::from_hms_opt(9, 0, 0), until: NaiveTime::from_hms_opt(10, 30, 0), ..leave() };
        assert_eq!(hours.check(), Ok(()));
        assert_eq!(Exception { kind: ExceptionKind::Extra, ..hours }.check(), Ok(()));
        assert!(leave().covers("2026-11-20".parse().unwrap()) && !leave().covers("2026-11-21".parse().unwrap()));
    }

    #[test]
    fn an_exception_that_makes_no_sense_is_refused_at_its_field() {
        let nine = NaiveTime::from_hms_opt(9, 0, 0);
        let pair = |code: &str, field: &str| (code.to_owned(), field.to_owned());
        assert_eq!(refused(Exception { ends_on: "2026-11-18".parse().unwrap(), ..leave() }), pair("exception_backwards", "tot"));
        assert_eq!(refused(Exception { ends_on: "2028-11-18".parse().unwrap(), ..leave() }), pair("exception_too_long", "tot"));
        assert_eq!(refused(Exception { kind: ExceptionKind::Extra, ..leave() }), pair("exception_without_hours", "tijd"));
        assert_eq!(refused(Exception { from: nine, ..leave() }), pair("exception_half_open", "tijd"));
        assert_eq!(refused(Exception { from: nine, until: nine, ..leave() }), pair("hours_backwards", "tijd"));
        assert_eq!(refused(Exception { note: "a".repeat(121), ..leave() }), pair("exception_note_too_long", "notitie"));
    }

    #[test]
    fn kinds_read_back_from_their_codes() {
        for kind in [ExceptionKind::Away, ExceptionKind::Extra] {
            assert_eq!(ExceptionKind::from_code(kind.code()), Some(kind));
        }
    }
}
