//! The expertises a new partnership starts with. Administrators edit their own copy; this list only seeds it.
//!
//! Always true here: slugs are unique and never change meaning, because imports and links refer to them.

mod list;

use super::index::TermKind;
use super::words::fold;
use serde::{Deserialize, Serialize};

pub use list::STARTING;

/// The broad field of an expertise: all that outsiders see of a pupil-level request (domain.md §2), so it must stay broad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Learning and developing.
    Learning,
    /// Language and communication.
    Language,
    /// Behaviour.
    Behaviour,
    /// Feeling and growing up.
    Wellbeing,
    /// Body, senses and health.
    Health,
    /// Teacher, group and team.
    Team,
}

impl Category {
    /// Every category, in the order of the directory.
    pub const ALL: [Self; 6] = [Self::Learning, Self::Language, Self::Behaviour, Self::Wellbeing, Self::Health, Self::Team];

    /// The word in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Learning => "learning",
            Self::Language => "language",
            Self::Behaviour => "behaviour",
            Self::Wellbeing => "wellbeing",
            Self::Health => "health",
            Self::Team => "team",
        }
    }

    /// The category with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }

    /// What people read.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::Learning => "Leren en ontwikkelen",
            Self::Language => "Taal en communicatie",
            Self::Behaviour => "Gedrag",
            Self::Wellbeing => "Gevoel en opgroeien",
            Self::Health => "Lichaam, zintuigen en gezondheid",
            Self::Team => "Lesgeven en team",
        }
    }
}

/// An expertise with every word that finds it. The words are folded: lower case, without accents and signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartingExpertise {
    /// In URLs and import files: `syndroom-van-down`.
    pub slug: &'static str,
    /// What people read: `Syndroom van Down`.
    pub name: &'static str,
    /// Its broad field.
    pub category: Category,
    /// The field's own words: `trisomie 21`.
    pub synonyms: &'static [&'static str],
    /// What somebody in a corridor says: `boos`.
    pub everyday: &'static [&'static str],
    /// English words.
    pub english: &'static [&'static str],
}

impl StartingExpertise {
    /// Every term that finds it, its name first, with the kind of each.
    pub fn terms(&self) -> impl Iterator<Item = (&'static str, TermKind)> {
        let kinds = [(self.synonyms, TermKind::Synonym), (self.everyday, TermKind::Everyday), (self.english, TermKind::English)];
        let others = kinds.into_iter().flat_map(|(words, kind)| words.iter().map(move |word| (*word, kind)));
        std::iter::once((self.name, TermKind::Name)).chain(others)
    }
}

/// The expertise that a file or form means: by slug, name or one of the field's own words, whatever the case and accents.
#[must_use]
pub fn resolve(text: &str) -> Option<&'static StartingExpertise> {
    let word = fold(text);
    let by_name = STARTING.iter().find(|expertise| fold(expertise.name) == word || fold(expertise.slug) == word);
    by_name.or_else(|| STARTING.iter().find(|expertise| expertise.synonyms.contains(&word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    /// Words that honestly mean two things; a search for them shows both.
    const SHARED: [&str; 1] = ["druk"];

    #[test]
    fn there_are_at_least_thirty_two_expertises_and_two_hundred_synonyms() {
        let synonyms: usize = STARTING.iter().map(|expertise| expertise.terms().count() - 1).sum();
        assert!(STARTING.len() >= 32, "{} expertises", STARTING.len());
        assert!(synonyms >= 200, "{synonyms} synonyms");
        for expertise in STARTING {
            assert!(
                !expertise.synonyms.is_empty() && !expertise.everyday.is_empty() && !expertise.english.is_empty(),
                "{}",
                expertise.name
            );
        }
    }

    #[test]
    fn slugs_and_names_are_unique_and_a_slug_is_safe_in_a_url() {
        let slugs: HashSet<_> = STARTING.iter().map(|expertise| expertise.slug).collect();
        let names: HashSet<_> = STARTING.iter().map(|expertise| fold(expertise.name)).collect();
        assert_eq!((slugs.len(), names.len()), (STARTING.len(), STARTING.len()));
        assert!(slugs.iter().all(|slug| slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')));
    }

    #[test]
    fn every_word_is_folded_and_belongs_to_one_expertise_unless_it_is_meant_to_be_shared() {
        let mut owners: HashMap<String, &str> = HashMap::new();
        for expertise in STARTING {
            for (word, kind) in expertise.terms() {
                assert!(kind == TermKind::Name || fold(word) == word, "{word} is not folded");
                let other = owners.insert(fold(word), expertise.slug);
                assert!(other.is_none() || SHARED.contains(&word), "{word}: {} and {}", expertise.slug, other.unwrap_or_default());
            }
        }
    }

    #[test]
    fn every_expertise_that_the_sources_name_is_there() {
        let named = "hoogbegaafdheid; syndroom van Down; gedrag; autisme; ASS; TOS; NT2; taal; dyslexie; dyscalculie; angst; eetstoornis; \
            thuiszitters; langdurig zieken; lichamelijke beperking; ZML; slechtziend; slechthorend; leerlijnen; PBS; HGW; HGD; jonge kind; hechting; \
            motoriek; zelfredzaamheid; faalangst; executieve functies; rouw; trauma; ADHD; meervoudige beperking; epilepsie; groepsdynamica; pesten; \
            meldcode; onderpresteren; schrijven; spraak; coaching leerkracht; ondersteunde communicatie; gedragsproblematiek; \
            fysieke beperkingen; autisme spectrum stoornis; angststoornissen; eetstoornissen; chronisch zieken; jobcoaching; LG; LZ; MG; RT";
        for name in named.split(';') {
            assert!(resolve(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_expertise_in_the_import_file_resolves() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/po3002_specialists.csv");
        // The file lies beside the repository and not in it; where it is absent there is nothing to compare.
        let Ok(file) = std::fs::read_to_string(path) else { return };
        for line in file.lines().skip(1) {
            for name in line.split(',').nth(4).unwrap_or_default().split(';') {
                assert!(resolve(name).is_some(), "{name}");
            }
        }
    }
}
