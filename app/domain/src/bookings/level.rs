//! The four levels of support (002). Every wish and every booking is on exactly one.

use serde::{Deserialize, Serialize};

/// Whom the support is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// One pupil, whose parents know of it (004).
    #[serde(rename = "leerling")]
    Pupil,
    /// A group of pupils.
    #[serde(rename = "groep")]
    Group,
    /// A teacher.
    #[serde(rename = "leerkracht")]
    Teacher,
    /// The whole school.
    #[serde(rename = "school")]
    School,
}

impl Level {
    /// Every level, from one pupil to the whole school.
    pub const ALL: [Self; 4] = [Self::Pupil, Self::Group, Self::Teacher, Self::School];

    /// The word in forms, import files and the database: `leerling`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pupil => "leerling",
            Self::Group => "groep",
            Self::Teacher => "leerkracht",
            Self::School => "school",
        }
    }

    /// The level with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// What people read: `Leerling`.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::Pupil => "Leerling",
            Self::Group => "Groep",
            Self::Teacher => "Leerkracht",
            Self::School => "School",
        }
    }
}
