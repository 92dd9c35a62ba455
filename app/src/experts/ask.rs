//! What somebody asks of the search page, as it stands in the address. Always true: reading an address and writing it again gives the
//! same question, and whatever stands in it is a question.

use super::SEARCH;
use crate::ui::percent;
use domain::{
    experts::QUERY_CHARS_MAX,
    text::{ARGUMENT_CHARS_MAX, cut},
};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// More values than a person ticks; an address can not ask for a thousand.
const VALUES_MAX: usize = 20;

/// The fields of the search form. Those that take several values hold them with commas, as slugs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// What was typed.
    pub q: String,
    /// `ja`: search for exactly what was typed.
    pub precies: String,
    /// Expertises, by slug.
    pub expertise: String,
    /// Levels of support: `leerling`.
    pub niveau: String,
    /// One wijk.
    pub wijk: String,
    /// Suppliers.
    pub leverancier: String,
    /// Parts of the day: `ochtend`.
    pub dagdeel: String,
    /// Free before this date: `2026-12-04`.
    pub voor: String,
    /// The page, from 1.
    pub pagina: String,
}

/// The fields in the order of the address.
const FIELDS: [&str; 9] = ["q", "precies", "expertise", "niveau", "wijk", "leverancier", "dagdeel", "voor", "pagina"];

impl Ask {
    /// The question in an address. A field that is there several times has several values.
    #[must_use]
    pub fn from_query(query: &ParamsMap) -> Self {
        let mut ask = Self::default();
        for field in FIELDS {
            let values = query.get_all(field).unwrap_or_default();
            if let Some(place) = ask.field_mut(field) {
                *place = if field == "q" { values.into_iter().next_back().unwrap_or_default() } else { values.join(",") };
            }
        }
        ask.cut()
    }

    /// The same question, no longer than questions are: an answer repeats it in every link it has.
    #[must_use]
    pub fn cut(mut self) -> Self {
        for field in FIELDS {
            let chars_max = if field == "q" { QUERY_CHARS_MAX } else { ARGUMENT_CHARS_MAX };
            if let Some(place) = self.field_mut(field).filter(|place| place.len() > chars_max) {
                *place = cut(place, chars_max);
            }
        }
        self
    }

    /// Its values of a field that takes several.
    pub fn values(text: &str) -> impl Iterator<Item = &str> {
        text.split(',').map(str::trim).filter(|value| !value.is_empty()).take(VALUES_MAX)
    }

    /// The same question without one value of one field, from the first page.
    #[must_use]
    pub fn without(&self, field: &str, value: &str) -> Self {
        let mut ask = Self { pagina: String::new(), ..self.clone() };
        if let Some(place) = ask.field_mut(field) {
            *place = Self::values(place).filter(|known| *known != value).collect::<Vec<_>>().join(",");
        }
        ask
    }

    /// The same question without any filter.
    #[must_use]
    pub fn unfiltered(&self) -> Self {
        let expertise = if self.q.trim().is_empty() { self.expertise.clone() } else { String::new() };
        Self { q: self.q.clone(), precies: self.precies.clone(), expertise, ..Self::default() }
    }

    /// The same question on another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self { pagina: if page > 1 { page.to_string() } else { String::new() }, ..self.clone() }
    }

    /// What stands behind the question mark: `q=hoogbegaafdheid&niveau=leerling`.
    #[must_use]
    pub fn query(&self) -> String {
        let pairs = FIELDS.iter().filter_map(|field| {
            let value = self.field(field)?;
            (!value.is_empty()).then(|| format!("{field}={}", percent(value)))
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The address of this question.
    #[must_use]
    pub fn href(&self) -> String {
        let query = self.query();
        if query.is_empty() { SEARCH.to_owned() } else { format!("{SEARCH}?{query}") }
    }

    fn field(&self, name: &str) -> Option<&str> {
        Some(match name {
            "q" => &self.q,
            "precies" => &self.precies,
            "expertise" => &self.expertise,
            "niveau" => &self.niveau,
            "wijk" => &self.wijk,
            "leverancier" => &self.leverancier,
            "dagdeel" => &self.dagdeel,
            "voor" => &self.voor,
            "pagina" => &self.pagina,
            _ => return None,
        })
    }

    fn field_mut(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "q" => &mut self.q,
            "precies" => &mut self.precies,
            "expertise" => &mut self.expertise,
            "niveau" => &mut self.niveau,
            "wijk" => &mut self.wijk,
            "leverancier" => &mut self.leverancier,
            "dagdeel" => &mut self.dagdeel,
            "voor" => &mut self.voor,
            "pagina" => &mut self.pagina,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&'static str, &str)]) -> ParamsMap {
        let mut map = ParamsMap::new();
        for (name, value) in pairs {
            map.insert(*name, (*value).to_owned());
        }
        map
    }

    #[test]
    fn a_question_longer_than_questions_are_is_cut() {
        let long = "é".repeat(240_000);
        let ask = Ask::from_query(&query(&[("q", &long), ("precies", &long), ("wijk", "noord")]));
        assert_eq!((ask.q.chars().count(), ask.precies.chars().count(), ask.wijk.as_str()), (100, 500, "noord"));
        assert_eq!(Ask { niveau: long, ..Ask::default() }.cut().niveau.chars().count(), 500);
    }

    #[test]
    fn boxes_that_are_ticked_twice_are_one_field_with_two_values() {
        let ask = Ask::from_query(&query(&[("q", "café & rust"), ("niveau", "leerling"), ("niveau", "groep"), ("vreemd", "x")]));
        assert_eq!(ask.niveau, "leerling,groep");
        assert_eq!(ask.href(), "/zoeken?q=caf%C3%A9%20%26%20rust&niveau=leerling%2Cgroep");
        assert_eq!(ask.without("niveau", "leerling").query(), "q=caf%C3%A9%20%26%20rust&niveau=groep");
    }

    #[test]
    fn taking_a_filter_away_starts_at_the_first_page() {
        let ask = Ask { q: "taal".into(), wijk: "haven".into(), pagina: "3".into(), ..Ask::default() };
        assert_eq!(ask.without("wijk", "haven").href(), "/zoeken?q=taal");
        assert_eq!(ask.on_page(1).query(), "q=taal&wijk=haven");
        assert_eq!(Ask::default().href(), "/zoeken");
    }

    #[test]
    fn an_expertise_that_is_the_question_stays_when_filters_go() {
        let ask = Ask { expertise: "angst".into(), wijk: "haven".into(), ..Ask::default() };
        assert_eq!(ask.unfiltered().query(), "expertise=angst");
        assert_eq!(Ask { q: "boos".into(), ..ask }.unfiltered().query(), "q=boos");
    }
}
