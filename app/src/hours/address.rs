//! The address of the postings behind a number. Always true here: a number gets it in this one place, as `PostingsAsk` reads it; the other
//! pages of such a list repeat what was asked.

use super::POSTINGS;
use domain::{
    SchoolId,
    hours::{AboutKind, HolderKind, Month, SchoolYear},
};
use uuid::Uuid;

/// Whose numbers, and of when; each number of them has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    query: String,
}

impl Behind {
    /// Those of one holder of a kind, or of all that a word names (`besturen`), in a school year.
    #[must_use]
    pub fn in_year(holder: &str, id: Option<Uuid>, year: SchoolYear) -> Self {
        Self { query: format!("houder={holder}") }.and("id", id).and("jaar", Some(year.0))
    }

    /// Those of a school in a month.
    #[must_use]
    pub fn of_school_in(school: SchoolId, month: Month) -> Self {
        Self::in_year(HolderKind::School.code(), Some(school.0), month.school_year()).in_month(Some(month))
    }

    /// The same in a calendar year.
    #[must_use]
    pub fn in_calendar_year(holder: &str, id: Option<Uuid>, year: i32) -> Self {
        Self { query: format!("houder={holder}") }.and("id", id).and("kalenderjaar", Some(year))
    }

    /// Those of one account.
    #[must_use]
    pub fn of_account(account: &str) -> Self {
        Self { query: format!("rekening={account}") }
    }

    /// Whatever was posted for one thing (a gift, a division) in the book of a school or a board, or in one's own; for an appointment
    /// whoever paid it.
    #[must_use]
    pub fn of_what_is_about(kind: AboutKind, id: Uuid, whose: Option<Uuid>) -> String {
        let query = format!("over={}-{id}", kind.code());
        format!("{POSTINGS}?{}", Self { query }.and("wie", whose).query)
    }

    /// Without these schools, which have lines of their own.
    #[must_use]
    pub fn without(self, schools: &[Uuid]) -> Self {
        let ids: Vec<String> = schools.iter().map(Uuid::to_string).collect();
        self.and("zonder", Some(ids.join(",")).filter(|ids| !ids.is_empty()))
    }

    /// At one supplier; at all of them without one.
    #[must_use]
    pub fn at(self, supplier: Option<Uuid>) -> Self {
        self.and("leverancier", supplier)
    }

    /// In one month; in all of them without one.
    #[must_use]
    pub fn in_month(self, month: Option<Month>) -> Self {
        self.and("maand", month)
    }

    /// From this month to the end of its school year.
    #[must_use]
    pub fn since(self, month: Month) -> Self {
        self.and("vanaf", Some(month))
    }

    /// Of a wijkpot only what these gave and took: a board's id, or a word.
    #[must_use]
    pub fn with(self, board: &str) -> Self {
        self.and("bestuur", Some(board))
    }

    fn and(mut self, name: &str, value: Option<impl std::fmt::Display>) -> Self {
        if let Some(value) = value {
            self.query.push_str(&format!("&{name}={value}"));
        }
        self
    }

    /// Where the postings of a number are, by its code.
    #[must_use]
    pub fn number(&self, code: &str) -> String {
        format!("{POSTINGS}?{}&wat={code}", self.query)
    }
}
