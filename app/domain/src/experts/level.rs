//! Two kinds of level: how well somebody knows an expertise, and whom the support is for.
//!
//! Always true here: the codes are those of the database and the import files.

use serde::{Deserialize, Serialize};

/// How well a specialist knows an expertise (domain.md §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpertiseLevel {
    /// Knows the basics and supports others.
    Basic,
    /// Has done it more often.
    Experienced,
    /// It is their profession.
    Specialised,
}

impl ExpertiseLevel {
    /// Every level, from least to most.
    pub const ALL: [Self; 3] = [Self::Basic, Self::Experienced, Self::Specialised];

    /// The word in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Experienced => "experienced",
            Self::Specialised => "specialised",
        }
    }

    /// The level with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// What people read.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::Basic => "basis",
            Self::Experienced => "ervaren",
            Self::Specialised => "gespecialiseerd",
        }
    }

    /// The level with this Dutch word, as in import files.
    #[must_use]
    pub fn from_dutch(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.dutch() == word.trim().to_lowercase())
    }
}

/// Whom support is for: the four levels (002).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportLevel {
    /// One pupil: its text is for a small circle only.
    Pupil,
    /// A group.
    Group,
    /// A teacher.
    Teacher,
    /// The whole school.
    School,
}

impl SupportLevel {
    /// Every level, from the smallest to the widest.
    pub const ALL: [Self; 4] = [Self::Pupil, Self::Group, Self::Teacher, Self::School];

    /// The word in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pupil => "pupil",
            Self::Group => "group",
            Self::Teacher => "teacher",
            Self::School => "school",
        }
    }

    /// The level with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// What people read.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::Pupil => "leerling",
            Self::Group => "groep",
            Self::Teacher => "leerkracht",
            Self::School => "school",
        }
    }

    /// The level with this Dutch word, as in import files.
    #[must_use]
    pub fn from_dutch(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.dutch() == word.trim().to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_found_by_its_code_and_by_its_dutch_word() {
        for level in ExpertiseLevel::ALL {
            assert_eq!(ExpertiseLevel::from_code(level.code()), Some(level));
            assert_eq!(ExpertiseLevel::from_dutch(&format!(" {} ", level.dutch().to_uppercase())), Some(level));
        }
        for level in SupportLevel::ALL {
            assert_eq!(SupportLevel::from_code(level.code()), Some(level));
            assert_eq!(SupportLevel::from_dutch(level.dutch()), Some(level));
        }
        assert_eq!(SupportLevel::from_code("leerling"), None);
    }
}
