//! The way a board divides its hours over its schools (000, 003): by pupils, by hand, or not at all.
//!
//! Always true here: a division by hand names what a school is to have in the months that still run, so that saying the same again changes
//! nothing.

use super::Mandate;
use crate::{Minutes, SchoolId, SupplierId};
use serde::{Deserialize, Serialize};

/// How a board divides; kept with the division, to be read later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By the pupils of each school.
    Pupils,
    /// What each school named here is to have; the others keep what they have.
    Hand(Vec<SchoolPart>),
    /// The board keeps the hours, and its schools book from them within these mandates; a school that is not named may not.
    Kept(Vec<(SchoolId, Mandate)>),
}

/// What a school is to have of a supplier's hours in the months that still run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolPart {
    /// The supplier.
    pub supplier: SupplierId,
    /// The school.
    pub school: SchoolId,
    /// Of all months that still run together.
    pub minutes: Minutes,
}

impl Way {
    /// The word in the database and in a form.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Pupils => "pupils",
            Self::Hand(_) => "hand",
            Self::Kept(_) => "kept",
        }
    }

    /// What stands behind `Verdeling 2026–2027` in the ledger.
    #[must_use]
    pub const fn dutch(&self) -> &'static str {
        match self {
            Self::Pupils => "naar leerlingen",
            Self::Hand(_) => "met de hand",
            Self::Kept(_) => "uren blijven bij het bestuur",
        }
    }
}
