//! Names, keys and sentences. Always true here: model and application read the same.

use crate::model::cast::Cast;

pub const REASON: &str = "Zo is het afgesproken.";
pub const QUESTION: &str = "Hoe houden we een groep langer bij de les?";
pub const GOAL: &str = "De groep werkt een kwartier zelf.";

/// The reason somebody gives, or nothing.
pub const fn reason(given: bool) -> &'static str {
    if given { REASON } else { "" }
}

/// The key of a form; of number zero there is none.
pub fn key(number: u32) -> String {
    if number == 0 { String::new() } else { format!("form{number}") }
}

pub fn supplier_name(place: usize) -> String {
    format!("Leverancier {place}")
}

pub fn board_name(place: usize) -> String {
    format!("Bestuur {place}")
}

pub fn school_name(place: usize) -> String {
    format!("School {place}")
}

pub fn pot_name(place: usize) -> String {
    format!("Pot {place}")
}

/// The key of one supplier's part of a gift of all that is idle, in a cast's own ids.
pub fn part_key(key: &str, cast: &Cast, supplier: usize) -> String {
    format!("{key}/{}", cast.suppliers[supplier])
}

/// The key under which a school gives by itself.
pub fn automatic_key(cast: &Cast, month: domain::hours::Month, school: usize) -> String {
    format!("auto/{month}/{}", cast.schools[school])
}
