//! Search: from what somebody types to the expertises and people they mean, and how we read it.
//!
//! Always true here: whatever is typed gives an answer; a word that was corrected says so.

use super::index::{Entry, Index, NameWord, Word};
use super::words::fold;
use crate::ids::{ExpertiseId, SpecialistId};

/// A question is a few words; what is longer is cut off, the form says so.
pub const QUERY_CHARS_MAX: usize = 100;
/// Words beyond these are not looked at: they cost time and narrow nothing.
pub const QUERY_WORDS_MAX: usize = 12;

/// Letters that a beginning needs before it finds the whole word.
const PREFIX_LETTERS: usize = 3;

/// How well a word fits a term, in hundredths of a perfect fit; several words together fit better than one.
mod fit {
    pub(super) const PHRASE: u32 = 120;
    pub(super) const EXACT: u32 = 100;
    pub(super) const STEM: u32 = 92;
    pub(super) const PREFIX: u32 = 70;
    pub(super) const PART: u32 = 60;
    pub(super) const ONE_ERROR: u32 = 60;
    pub(super) const TWO_ERRORS: u32 = 45;
    pub(super) const COMPOUND: u32 = 45;
}

/// What somebody typed, ready to be understood.
#[derive(Debug)]
pub struct Query {
    /// What they typed, trimmed and at most 100 characters.
    pub text: String,
    words: Vec<Word>,
}

impl Query {
    /// Reads what somebody typed, with the stemmer the index was built with.
    #[must_use]
    pub fn parse(text: &str, stem: &dyn Fn(&str) -> String) -> Self {
        let text: String = text.trim().chars().take(QUERY_CHARS_MAX).collect();
        let words =
            fold(&text).split(' ').filter(|word| !word.is_empty()).take(QUERY_WORDS_MAX).map(|word| Word::new(word, stem)).collect();
        Self { text, words }
    }

    /// Whether nothing was typed, or only signs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// An expertise that was found, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpertiseFound {
    /// The expertise.
    pub expertise: ExpertiseId,
    /// How well it fits; only for comparing within one answer.
    pub score: u32,
    /// The term that found it.
    pub matched_word: String,
    /// What was typed, when that differs by typing errors.
    pub corrected_from: Option<String>,
}

/// A specialist whose name was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialistFound {
    /// The specialist.
    pub specialist: SpecialistId,
    /// How well the name fits; only for comparing within one answer.
    pub score: u32,
    /// The part of the name that was found.
    pub matched_word: String,
    /// What was typed, when that differs by typing errors.
    pub corrected_from: Option<String>,
}

/// How a query was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understanding {
    /// Best first; equals in the order of the index.
    pub expertises: Vec<ExpertiseFound>,
    /// Best first; equals in the order of the index.
    pub specialists: Vec<SpecialistFound>,
    /// Words that mean nothing here, folded: offer `Index::nearest`.
    pub unknown: Vec<String>,
    /// The whole query with its typing errors corrected, when there were any: `Bedoelde je …?`.
    pub corrected: Option<String>,
}

impl Understanding {
    /// Whether nothing was found at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.expertises.is_empty() && self.specialists.is_empty()
    }
}

/// What one word, or a few words together, were found to mean.
#[derive(Default)]
struct Reading<'a> {
    entries: Vec<(&'a Entry, u32)>,
    names: Vec<(&'a NameWord, u32)>,
    corrected: bool,
}

impl Reading<'_> {
    const fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.names.is_empty()
    }

    /// The best word to correct the typed one to.
    fn best_word(&self) -> Option<&str> {
        let entry = self.entries.iter().rev().max_by_key(|(entry, fit)| fit * entry.weight).map(|(entry, _)| entry.text.as_str());
        entry.or_else(|| self.names.first().map(|(name, _)| name.shown.as_str()))
    }
}

impl Index {
    /// What a query means, typing errors corrected.
    #[must_use]
    pub fn find(&self, query: &Query) -> Understanding {
        self.understand(query, true)
    }

    /// What a query means as it was typed, for `Zoek toch op ‘hoogbegaafheid’`.
    #[must_use]
    pub fn find_as_typed(&self, query: &Query) -> Understanding {
        self.understand(query, false)
    }

    fn understand(&self, query: &Query, correct: bool) -> Understanding {
        let mut answer = Understanding::default();
        let (mut rest, mut corrected, mut any_corrected) = (query.words.as_slice(), Vec::new(), false);
        while let [word, ..] = rest {
            let (length, reading) = self.several(rest, correct).unwrap_or_else(|| (1, self.one(word, correct)));
            let typed = rest[..length].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            if reading.is_empty() && !word.is_stop() {
                answer.unknown.push(typed.clone());
            }
            any_corrected |= reading.corrected;
            corrected.push(reading.best_word().filter(|_| reading.corrected).unwrap_or(&typed).to_owned());
            self.take_up(&mut answer, &reading, &typed);
            rest = &rest[length..];
        }
        answer.corrected = any_corrected.then(|| corrected.join(" "));
        answer.expertises.sort_by_key(|found| std::cmp::Reverse(found.score));
        answer.specialists.sort_by_key(|found| std::cmp::Reverse(found.score));
        answer
    }

    /// The longest run of words from here that is one term: `druk gedrag`, `trisomie 21`, also written apart: `hoog begaafd`.
    fn several<'a>(&'a self, words: &[Word], correct: bool) -> Option<(usize, Reading<'a>)> {
        for length in (2..=self.words_max.min(words.len())).rev() {
            let run = &words[..length];
            let mut entries: Vec<(&Entry, usize, u32)> = self
                .entries
                .iter()
                .filter(|entry| entry.words.len() == length)
                .filter_map(|entry| phrase_fit(run, entry, correct))
                .collect();
            let Some(errors) = entries.iter().map(|(_, errors, _)| *errors).min() else { continue };
            entries.retain(|(_, own, _)| *own == errors);
            let entries = entries.into_iter().map(|(entry, _, fit)| (entry, fit)).collect();
            return Some((length, Reading { entries, corrected: errors > 0, ..Reading::default() }));
        }
        if let [first, second, ..] = words {
            let joined = format!("{}{}", first.text, second.text);
            let entries: Vec<_> = self.exact(&joined).map(|entry| (entry, fit::STEM)).collect();
            if !entries.is_empty() {
                return Some((2, Reading { entries, ..Reading::default() }));
            }
        }
        None
    }

    /// One word: as it is, by its stem, as part of a term, as a beginning, with typing errors, as part of a compound. The first
    /// that finds anything counts, so that a word which is known never turns into another one.
    fn one(&self, word: &Word, correct: bool) -> Reading<'_> {
        let mut reading = Reading::default();
        reading.entries.extend(self.exact(&word.text).map(|entry| (entry, fit::EXACT)));
        reading.names.extend(self.names.iter().filter(|name| name.word.text == word.text).map(|name| (name, fit::EXACT)));
        if !reading.is_empty() || word.is_stop() {
            return reading;
        }
        reading.entries.extend(self.stemmed(&word.stem).map(|entry| (entry, fit::STEM)));
        if !reading.is_empty() {
            return reading;
        }
        reading.entries.extend(self.holding(&word.stem).map(|entry| (entry, fit::PART)));
        if !reading.is_empty() {
            return reading;
        }
        if word.text.chars().count() >= PREFIX_LETTERS {
            reading.entries.extend(self.beginning(&word.text).map(|entry| (entry, fit::PREFIX)));
            reading.names.extend(self.names.iter().filter(|name| name.word.text.starts_with(&word.text)).map(|name| (name, fit::PREFIX)));
        }
        if !reading.is_empty() {
            return reading;
        }
        if correct {
            reading = self.one_with_errors(word);
        }
        if reading.is_empty() {
            let longest = self.composing(&word.text).map(|entry| entry.folded.len()).max().unwrap_or(0);
            let composing = self.composing(&word.text).filter(|entry| entry.folded.len() == longest);
            reading.entries.extend(composing.map(|entry| (entry, fit::COMPOUND)));
        }
        reading
    }

    /// The terms and names of one word that lie nearest, within the typing errors that its length allows.
    fn one_with_errors(&self, word: &Word) -> Reading<'_> {
        let limit = word.letters.errors_allowed();
        let mut nearest = limit;
        let mut reading = Reading::default();
        if limit == 0 {
            return reading;
        }
        for entry in &self.entries {
            if let [only] = entry.words.as_slice()
                && let Some(errors) = word.letters.distance(&only.letters, nearest.min(only.letters.errors_allowed()))
            {
                reading.keep_nearest(&mut nearest, errors);
                reading.entries.push((entry, error_fit(errors)));
            }
        }
        for name in &self.names {
            if let Some(errors) = word.letters.distance(&name.word.letters, nearest.min(name.word.letters.errors_allowed())) {
                reading.keep_nearest(&mut nearest, errors);
                reading.names.push((name, error_fit(errors)));
            }
        }
        reading.corrected = !reading.is_empty();
        reading
    }

    /// Adds what a word means to the answer: once per expertise and specialist for this word, summed over words.
    fn take_up(&self, answer: &mut Understanding, reading: &Reading<'_>, typed: &str) {
        let corrected_from = reading.corrected.then(|| typed.to_owned());
        let mut entries: Vec<(&Entry, u32)> = reading.entries.iter().map(|(entry, fit)| (*entry, fit * entry.weight)).collect();
        // The best term of each expertise speaks for it; sorting is stable, so the name comes before a synonym of equal weight.
        entries.sort_by_key(|(entry, score)| (entry.expertise, std::cmp::Reverse(*score)));
        entries.dedup_by_key(|(entry, _)| entry.expertise);
        for (entry, score) in entries {
            let expertise = self.expertises[entry.expertise];
            match answer.expertises.iter_mut().find(|found| found.expertise == expertise) {
                Some(found) => found.score += score,
                None => answer.expertises.push(ExpertiseFound {
                    expertise,
                    score,
                    matched_word: entry.text.clone(),
                    corrected_from: corrected_from.clone(),
                }),
            }
        }
        for (name, score) in &reading.names {
            match answer.specialists.iter_mut().find(|found| found.specialist == name.specialist) {
                Some(found) => found.score += score,
                None => answer.specialists.push(SpecialistFound {
                    specialist: name.specialist,
                    score: *score,
                    matched_word: name.shown.clone(),
                    corrected_from: corrected_from.clone(),
                }),
            }
        }
    }
}

impl Reading<'_> {
    /// Forgets what lies further away than the errors just found.
    fn keep_nearest(&mut self, nearest: &mut usize, errors: usize) {
        if errors < *nearest {
            self.entries.retain(|(_, fit)| *fit >= error_fit(errors));
            self.names.retain(|(_, fit)| *fit >= error_fit(errors));
            *nearest = errors;
        }
    }
}

const fn error_fit(errors: usize) -> u32 {
    if errors <= 1 { fit::ONE_ERROR } else { fit::TWO_ERRORS }
}

/// How a run of words fits a term of as many words: with how many errors, and how well.
fn phrase_fit<'a>(run: &[Word], entry: &'a Entry, correct: bool) -> Option<(&'a Entry, usize, u32)> {
    let (mut errors, mut stemmed) = (0, false);
    for (typed, known) in run.iter().zip(&entry.words) {
        if typed.text == known.text {
            continue;
        }
        if typed.stem == known.stem {
            stemmed = true;
            continue;
        }
        let limit = typed.letters.errors_allowed().min(known.letters.errors_allowed());
        // A stop word is a real word: `niet` is no typing error for `nier`.
        if !correct || typed.is_stop() || limit == 0 {
            return None;
        }
        errors += typed.letters.distance(&known.letters, limit)?;
    }
    let fit = match (errors, stemmed) {
        (0, false) => fit::PHRASE,
        (0, true) => fit::STEM,
        (errors, _) => error_fit(errors),
    };
    Some((entry, errors, fit))
}

#[cfg(test)]
mod tests;
