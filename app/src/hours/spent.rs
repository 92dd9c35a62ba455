//! What is left of a month, what became of hours that are all gone, and what a school's board keeps or opens, in sentences. Always true:
//! it names only what is so.

use super::{
    address::Behind,
    sql::{self, Payer},
    what::What,
};
use crate::{AppError, db::Tx, ui::Sentence};
use chrono::{DateTime, Datelike, Utc};
use domain::{
    Minutes, PartnershipId,
    hours::{
        Month, SchoolYear,
        lines::{Line, days_left},
    },
    time,
};

/// What a board does with the hours its schools could use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoardSays {
    /// It keeps the hours: what the school had left went back to it.
    pub keeps: bool,
    /// What the school may book from it this month; none without a mandate.
    pub opens: Option<Minutes>,
}

impl BoardSays {
    /// `Je bestuur houdt de uren. Je kunt er nog 2 u uit boeken.`; empty when there is nothing to say.
    #[must_use]
    pub fn sentence(self) -> String {
        match (self.keeps, self.opens.filter(|minutes| *minutes > Minutes::ZERO)) {
            (true, Some(minutes)) => format!("Je bestuur houdt de uren. Je kunt er nog {minutes} uit boeken."),
            (true, None) => "Je bestuur houdt de uren.".to_owned(),
            (false, Some(minutes)) => format!("Je kunt nog {minutes} van je bestuur boeken."),
            (false, None) => String::new(),
        }
    }
}

/// What the board of a school says about this month.
///
/// # Errors
/// When the database does not answer.
pub async fn board_says(tx: &mut Tx, partnership: PartnershipId, payer: &Payer, month: Month) -> Result<BoardSays, AppError> {
    Ok(BoardSays {
        keeps: sql::board_keeps(tx, partnership, payer.school_id(), month.school_year()).await?,
        opens: sql::board_opens(tx, partnership, payer, month).await?,
    })
}

/// What is left of a month, under the title of a page of hours; `behind` is where its postings are.
#[must_use]
pub fn lede(year: SchoolYear, month: Month, line: &Line, behind: &Behind, now: DateTime<Utc>) -> Sentence {
    if month.school_year() != year {
        return format!("Schooljaar {year}.").into();
    }
    if *line == Line::default() {
        return format!("Schooljaar {year}. In {} zijn er geen uren.", month.name()).into();
    }
    if line.idle == Minutes::ZERO {
        return format!("Schooljaar {year}. Alle uren van {} zijn {}.", month.name(), went(line)).into();
    }
    let (day, today) = (month.last_day(), time::local_date(now));
    let far = days_left(month, today).map(|_| time::in_days(day, today)).unwrap_or_default();
    let until = format!("{} {}", day.day(), month.name());
    let free = behind.clone().in_month(Some(month)).number(What::Free.code());
    Sentence::from(format!("Schooljaar {year}. In {} is nog ", month.name()))
        .leading(line.idle.to_string(), Some(free))
        .and(format!(" vrij. Wat je niet gebruikt, vervalt na {until}, {far}."))
}

/// `gebruikt, gepland of gedoneerd`: what became of hours that are all gone.
#[must_use]
pub fn went(line: &Line) -> String {
    let ways = [(line.used, "gebruikt"), (line.set_aside, "gepland"), (line.donated, "gedoneerd"), (line.expired, "vervallen")];
    let mut words: Vec<&str> = ways.iter().filter(|(minutes, _)| *minutes > Minutes::ZERO).map(|(_, word)| *word).collect();
    let last = words.pop().unwrap_or("gebruikt");
    if words.is_empty() { last.to_owned() } else { format!("{} of {last}", words.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_that_are_gone_say_where_they_went_and_nothing_else() {
        let hour = Minutes::hours(1);
        assert_eq!(went(&Line { donated: hour, ..Line::default() }), "gedoneerd");
        assert_eq!(went(&Line { used: hour, set_aside: hour, donated: hour, ..Line::default() }), "gebruikt, gepland of gedoneerd");
        assert_eq!(went(&Line { used: hour, set_aside: hour, ..Line::default() }), "gebruikt of gepland");
    }

    #[test]
    fn a_school_reads_that_its_board_keeps_the_hours_and_what_it_opens() {
        let says = |keeps, opens| BoardSays { keeps, opens }.sentence().replace('\u{a0}', " ");
        assert_eq!(says(true, None), "Je bestuur houdt de uren.");
        assert_eq!(says(true, Some(Minutes::hours(2))), "Je bestuur houdt de uren. Je kunt er nog 2 u uit boeken.");
        assert_eq!(says(false, Some(Minutes::hours(2))), "Je kunt nog 2 u van je bestuur boeken.");
        assert_eq!(says(false, Some(Minutes::ZERO)), "");
    }
}
