//! A sentence in which an amount leads to what is behind it. Always true: read aloud or copied, it is the same sentence.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Words, and some of them with an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence(Vec<(String, Option<String>)>);

impl Sentence {
    /// Goes on with these words.
    #[must_use]
    pub fn and(mut self, words: impl Into<String>) -> Self {
        let words = words.into();
        match self.0.last_mut() {
            Some((last, None)) => last.push_str(&words),
            _ if words.is_empty() => {}
            _ => self.0.push((words, None)),
        }
        self
    }

    /// Goes on with words that lead somewhere; without an address they are words.
    #[must_use]
    pub fn leading(mut self, words: impl Into<String>, href: Option<String>) -> Self {
        match href {
            None => self.and(words),
            Some(href) => {
                self.0.push((words.into(), Some(href)));
                self
            }
        }
    }

    /// The words alone.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|(words, _)| words.as_str()).collect()
    }

    /// The words that lead somewhere, and where.
    pub fn ways(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(words, href)| Some((words.as_str(), href.as_deref()?)))
    }

    /// The sentence, to be shown.
    pub fn show(self) -> impl IntoView {
        self.0.into_iter().map(|(words, href)| linking(words, href)).collect_view()
    }
}

/// Words that lead somewhere, or words.
#[must_use]
pub fn linking(words: String, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <a href=href>{words}</a> }.into_any(),
        None => words.into_any(),
    }
}

impl From<String> for Sentence {
    fn from(words: String) -> Self {
        Self::default().and(words)
    }
}

impl From<&str> for Sentence {
    fn from(words: &str) -> Self {
        Self::default().and(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_an_address_stay_one_and_an_amount_keeps_its_way() {
        let said =
            Sentence::from("vrij van ").leading("2 u", Some("/uren".to_owned())).and(". ").and("").leading("Meer", None).and(" niet.");
        assert_eq!(said.text(), "vrij van 2 u. Meer niet.");
        assert_eq!(said.ways().collect::<Vec<_>>(), [("2 u", "/uren")]);
        assert_eq!(said.0.len(), 3);
        assert_eq!(Sentence::from(""), Sentence::default());
    }
}
