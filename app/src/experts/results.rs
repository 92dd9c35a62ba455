//! What the search page shows, ready to be read. Always true: every date and amount is a string that the server wrote, so that server and
//! browser show the same.

use super::Ask;
use crate::ui::{KeyItem, Part, State, Supplier};
use serde::{Deserialize, Serialize};

/// An answer to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// `6 experts voor hoogbegaafdheid`.
    pub title: String,
    /// The question as it was understood: corrected, and without what means nothing.
    pub ask: Ask,
    /// What was typed, for the field.
    pub typed: String,
    /// What we made of it, when we corrected it.
    pub meant: Option<Meant>,
    /// The filters that are on.
    pub chips: Vec<OnFilter>,
    /// The filters one can choose.
    pub filters: Filters,
    /// In which order they stand; empty when there is nothing to order.
    pub order: String,
    /// This page of experts.
    pub found: Vec<Found>,
    /// This page, from 1.
    pub page: u32,
    /// How many pages.
    pub pages: u32,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
    /// What to say and where to go when nobody was found.
    pub nothing: Option<Nothing>,
    /// Every expertise, by category, when there is no question or nothing was understood.
    pub browse: Vec<Shelf>,
}

/// A corrected question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meant {
    /// `hoogbegaafdheid`.
    pub corrected: String,
    /// `hoogbegaafheid`.
    pub typed: String,
    /// Searches for exactly that.
    pub href: String,
}

/// A filter that is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnFilter {
    /// `Vrij voor 4 december`.
    pub label: String,
    /// The same question without it.
    pub href: String,
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// The words.
    pub label: String,
    /// Where to.
    pub href: String,
}

/// One answer of a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// A fact at the right: `3`, `2 u vrij`.
    pub note: String,
    /// What readers hear after it: ` experts`.
    pub spoken: String,
    /// Whether it is on.
    pub on: bool,
}

/// The filters one can choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filters {
    /// Parts of the day.
    pub day_parts: Vec<Pick>,
    /// Levels of support.
    pub levels: Vec<Pick>,
    /// Suppliers.
    pub suppliers: Vec<Pick>,
    /// Wijken; the first means all of them.
    pub wijken: Vec<Pick>,
    /// The first day one can choose.
    pub today: String,
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Their page.
    pub href: String,
    /// Their name.
    pub name: String,
    /// Their supplier.
    pub supplier: Supplier,
    /// `, zelfde wijk`; empty for whoever asks from no school.
    pub travel: String,
    /// What proves it, at most two.
    pub proofs: Vec<ProofLine>,
    /// `leerling, groep`.
    pub levels: String,
    /// What the school can spend here this month; none for whoever asks from no school.
    pub hours: Option<HoursHere>,
    /// Reasons, each a whole sentence.
    pub why: Vec<String>,
    /// The first free moments.
    pub moments: Vec<Way>,
    /// Why there are none.
    pub no_moments: String,
}

/// A proof in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofLine {
    /// `ECHA-diploma, geldig tot aug 2028`.
    pub text: String,
    /// What to look at, when there is something.
    pub chip: Option<(State, String)>,
}

/// Hours at one supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursHere {
    /// `Jouw uren bij De Wissel in november`.
    pub term: String,
    /// The blocks.
    pub parts: Vec<Part>,
    /// What they mean.
    pub keys: Vec<KeyItem>,
    /// A sentence instead of an amount.
    pub note: Option<String>,
}

/// Nobody was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nothing {
    /// `Nog niemand voor ‘muziektherapie’`.
    pub heading: String,
    /// Why.
    pub why: String,
    /// Where to go; the first is the best.
    pub ways: Vec<Way>,
}

/// The expertises of one category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// `Leren en ontwikkelen`.
    pub name: String,
    /// Its expertises.
    pub expertises: Vec<Way>,
}
