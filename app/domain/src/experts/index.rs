//! The words that search knows: every term of every expertise, and the specialists' names.
//!
//! Always true here: an index is built once and only read; expertises keep the order in which they came.

use super::typing::{Letters, likeness};
use super::words::{fold, is_stop};
use crate::ids::{ExpertiseId, SpecialistId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What kind of word a term is, which decides how much it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// The expertise's own name.
    Name,
    /// A word of the field.
    Synonym,
    /// A word of the corridor.
    Everyday,
    /// An English word.
    English,
}

impl TermKind {
    /// Every kind, heaviest first.
    pub const ALL: [Self; 4] = [Self::Name, Self::Synonym, Self::English, Self::Everyday];

    /// The word in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Synonym => "synonym",
            Self::Everyday => "everyday",
            Self::English => "english",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// How much a term of this kind weighs, in tenths: a name says most, a word of the corridor least.
    #[must_use]
    pub const fn weight(self) -> u32 {
        match self {
            Self::Name => 10,
            Self::Synonym => 9,
            Self::English => 8,
            Self::Everyday => 7,
        }
    }

    /// Whether a part of such a term is a word of the field too: `beperking`, but not `best` of `doet zijn best niet`.
    const fn has_telling_parts(self) -> bool {
        matches!(self, Self::Name | Self::Synonym)
    }
}

/// A word, or a few words, that finds an expertise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As people read it.
    pub text: String,
    /// What it finds.
    pub expertise: ExpertiseId,
    /// What kind of word it is.
    pub kind: TermKind,
}

/// A term, folded, stemmed and ready to be compared.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) text: String,
    pub(super) folded: String,
    pub(super) words: Vec<Word>,
    pub(super) expertise: usize,
    pub(super) weight: u32,
    kind: TermKind,
}

/// One folded word with its stem.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) stem: String,
    pub(super) letters: Letters,
}

impl Word {
    pub(super) fn new(text: &str, stem: &dyn Fn(&str) -> String) -> Self {
        Self { text: text.to_owned(), stem: stem(text), letters: Letters::of(text) }
    }

    pub(super) fn is_stop(&self) -> bool {
        is_stop(&self.text)
    }
}

/// One word of a specialist's name.
#[derive(Debug)]
pub(super) struct NameWord {
    pub(super) specialist: SpecialistId,
    pub(super) shown: String,
    pub(super) word: Word,
}

/// Every word that search knows in one partnership.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) expertises: Vec<ExpertiseId>,
    pub(super) entries: Vec<Entry>,
    pub(super) names: Vec<NameWord>,
    pub(super) words_max: usize,
    exact: HashMap<String, Vec<usize>>,
    stems: HashMap<String, Vec<usize>>,
    parts: HashMap<String, Vec<usize>>,
    sorted: Vec<(String, usize)>,
}

impl Index {
    /// An index over these terms and these specialists' names. `stem` brings a folded Dutch word to its stem (`kleuters` to
    /// `kleuter`); queries must be parsed with the same one.
    #[must_use]
    pub fn build(
        terms: impl IntoIterator<Item = Term>,
        names: impl IntoIterator<Item = (SpecialistId, String)>,
        stem: &dyn Fn(&str) -> String,
    ) -> Self {
        let mut index = Self::default();
        for term in terms {
            index.add(&term, stem);
        }
        index.sorted.sort();
        for (specialist, name) in names {
            for shown in name.split_whitespace() {
                let word = Word::new(&fold(shown), stem);
                if !word.is_stop() && word.text.chars().count() > 1 {
                    index.names.push(NameWord { specialist, shown: shown.to_owned(), word });
                }
            }
        }
        index
    }

    fn add(&mut self, term: &Term, stem: &dyn Fn(&str) -> String) {
        let folded = fold(&term.text);
        if folded.is_empty() {
            return;
        }
        let expertise = self.expertises.iter().position(|known| *known == term.expertise).unwrap_or_else(|| {
            self.expertises.push(term.expertise);
            self.expertises.len() - 1
        });
        let words: Vec<Word> = folded.split(' ').map(|word| Word::new(word, stem)).collect();
        let place = self.entries.len();
        if words.len() > 1 && term.kind.has_telling_parts() {
            for word in words.iter().filter(|word| !word.is_stop() && word.text.chars().count() >= 4) {
                self.parts.entry(word.stem.clone()).or_default().push(place);
            }
        }
        if words.len() == 1 || term.kind.has_telling_parts() {
            self.sorted.push((folded.clone(), place));
        }
        self.words_max = self.words_max.max(words.len());
        self.exact.entry(folded.clone()).or_default().push(place);
        if let [word] = words.as_slice() {
            self.stems.entry(word.stem.clone()).or_default().push(place);
        }
        self.entries.push(Entry { text: term.text.clone(), folded, words, expertise, weight: term.kind.weight(), kind: term.kind });
    }

    /// Entries that are exactly this folded text.
    pub(super) fn exact(&self, folded: &str) -> impl Iterator<Item = &Entry> {
        self.exact.get(folded).into_iter().flatten().map(|place| &self.entries[*place])
    }

    /// Entries of one word with this stem.
    pub(super) fn stemmed(&self, stem: &str) -> impl Iterator<Item = &Entry> {
        self.stems.get(stem).into_iter().flatten().map(|place| &self.entries[*place])
    }

    /// Entries of several words that hold a telling word with this stem.
    pub(super) fn holding(&self, stem: &str) -> impl Iterator<Item = &Entry> {
        self.parts.get(stem).into_iter().flatten().map(|place| &self.entries[*place])
    }

    /// Entries that begin with this folded text.
    pub(super) fn beginning<'a>(&'a self, start: &str) -> impl Iterator<Item = &'a Entry> {
        let from = self.sorted.partition_point(|(text, _)| text.as_str() < start);
        self.sorted[from..].iter().take_while(move |(text, _)| text.starts_with(start)).map(|(_, place)| &self.entries[*place])
    }

    /// Entries of one word that a longer word is composed of: `schoolangst` ends in `angst`, `drukte` begins with `druk`.
    pub(super) fn composing<'a>(&'a self, word: &str) -> impl Iterator<Item = &'a Entry> {
        // A short ending is no word of its own: `vergeten` is not `eten`.
        const BEGIN_LETTERS: usize = 4;
        const END_LETTERS: usize = 5;
        self.entries.iter().filter(move |entry| {
            let length = entry.folded.len();
            entry.words.len() == 1
                && length < word.len()
                && ((length >= BEGIN_LETTERS && word.starts_with(&entry.folded))
                    || (length >= END_LETTERS && entry.kind.has_telling_parts() && word.ends_with(&entry.folded)))
        })
    }

    /// The expertises whose words look most like an unknown word, with how alike in thousandths: ways on from no results.
    #[must_use]
    pub fn nearest(&self, word: &str, limit: usize) -> Vec<(ExpertiseId, u32)> {
        // Less than a fifth in common is chance.
        const LIKENESS_MIN: u32 = 200;
        let word = fold(word);
        let mut best = vec![0; self.expertises.len()];
        for entry in &self.entries {
            best[entry.expertise] = likeness(&word, &entry.folded).max(best[entry.expertise]);
        }
        let mut near: Vec<_> = self.expertises.iter().copied().zip(best).filter(|(_, likeness)| *likeness >= LIKENESS_MIN).collect();
        near.sort_by_key(|(_, likeness)| std::cmp::Reverse(*likeness));
        near.truncate(limit);
        near
    }
}
