//! Reading an exception as a form sends it. Always true: every refusal stands at the field it is about.

use super::pattern::clock;
use chrono::{Datelike, NaiveDate, NaiveTime};
use domain::{
    Refusal,
    availability::{Exception, ExceptionKind},
};

/// Two hundred exceptions ahead are not an agenda any more; the pattern is wrong.
const EXCEPTIONS_AHEAD_MAX: usize = 200;

/// What was typed.
pub(super) struct ExceptionTyped {
    pub soort: String,
    pub van: String,
    pub tot: String,
    pub tijd: String,
    pub tijd_tot: String,
    pub notitie: String,
}

/// Whether there is room for one more.
pub(super) fn room(known: usize) -> Result<(), Refusal> {
    if known < EXCEPTIONS_AHEAD_MAX {
        return Ok(());
    }
    let advice = "Haal weg wat niet meer nodig is, of pas de werkweek aan.";
    Err(Refusal::new("exceptions_too_many", "Er staan al 200 afwijkingen in de agenda", advice).at("van"))
}

impl ExceptionTyped {
    /// The exception it means. Without a last day it is one day; days that are over can not differ any more.
    pub(super) fn read(&self, today: NaiveDate) -> Result<Exception, Refusal> {
        let Some(kind) = ExceptionKind::from_code(self.soort.trim()) else {
            return Err(Refusal::new("exception_kind_missing", "Ben je er niet, of juist wel?", "Kies een van beide.").at("soort"));
        };
        let starts_on = date(&self.van)
            .ok_or_else(|| Refusal::new("exception_without_date", "Er staat nog geen dag", "Kies de eerste dag.").at("van"))?;
        let ends_on = match self.tot.trim() {
            "" => starts_on,
            text => date(text).ok_or_else(|| {
                Refusal::new("exception_end_unreadable", "We kunnen de laatste dag niet lezen", "Kies een dag of laat het leeg.").at("tot")
            })?,
        };
        if starts_on < today && ends_on < today {
            return Err(Refusal::new("exception_past", "Deze dagen zijn al voorbij", "Kies een dag vanaf vandaag.").at("van"));
        }
        let exception = Exception {
            starts_on,
            ends_on,
            from: time_of_day(&self.tijd)?,
            until: time_of_day(&self.tijd_tot)?,
            kind,
            note: self.notitie.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        exception.check()?;
        Ok(exception)
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    text.trim().parse::<NaiveDate>().ok().filter(|date| (2000..=2200).contains(&date.year()))
}

fn time_of_day(text: &str) -> Result<Option<NaiveTime>, Refusal> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let unreadable = || Refusal::new("time_unreadable", "We kunnen de tijd niet lezen", "Schrijf het zo: 8.30.").at("tijd");
    clock(text).map(Some).ok_or_else(unreadable)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at a wrong date")]
mod tests {
    use super::*;

    fn typed(van: &str, tot: &str, tijd: &str, tijd_tot: &str) -> Result<Exception, Refusal> {
        let text = |text: &str| text.to_owned();
        let typed = ExceptionTyped {
            soort: text("away"),
            van: text(van),
            tot: text(tot),
            tijd: text(tijd),
            tijd_tot: text(tijd_tot),
            notitie: text("  cursus \n in  Utrecht "),
        };
        typed.read("2026-11-17".parse().unwrap())
    }

    #[test]
    fn without_a_last_day_it_is_one_day() {
        let exception = typed("2026-11-19", "", "08:30", "12:00").unwrap();
        assert_eq!(exception.starts_on, exception.ends_on);
        assert_eq!(exception.note, "cursus in Utrecht");
    }

    #[test]
    fn every_refusal_names_its_field() {
        let field = |typed: Result<Exception, Refusal>| typed.unwrap_err().field.unwrap().into_owned();
        assert_eq!(field(typed("", "", "", "")), "van");
        assert_eq!(field(typed("2026-11-16", "", "", "")), "van");
        assert_eq!(field(typed("2026-11-19", "straks", "", "")), "tot");
        assert_eq!(field(typed("2026-11-19", "2026-11-18", "", "")), "tot");
        assert_eq!(field(typed("2026-11-19", "", "8.35", "12.00")), "tijd");
        assert_eq!(field(typed("2026-11-19", "", "8.30", "")), "tijd");
        assert_eq!(field(typed("2026-11-19", "", "vroeg", "")), "tijd");
        assert!(typed("2026-11-10", "2026-11-20", "", "").is_ok(), "it may have begun");
        assert_eq!(room(200).unwrap_err().field.unwrap(), "van");
    }
}
