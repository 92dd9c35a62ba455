//! What `/agenda` shows, ready to be read. Always true: a booking shows its school and time, and its question never.

use crate::experts::results::Way;
use serde::{Deserialize, Serialize};

/// Somebody's agenda, or for a planner whose there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// Whose; empty when a planner has yet to choose.
    pub expert: String,
    /// Their name, when it is somebody else's; empty for one's own.
    pub name: String,
    /// Whose agenda a planner may open.
    pub people: Vec<Way>,
    /// The weekly pattern, a line a day.
    pub days: Vec<DayLine>,
    /// Away and extra, soonest first.
    pub exceptions: Vec<ExceptionLine>,
    /// `Kerstvakantie, 19 december 2026 tot en met 3 januari 2027`.
    pub holidays: Vec<String>,
    /// Two weeks.
    pub weeks: Vec<WeekShown>,
    /// Earlier and later weeks.
    pub ways: Vec<Way>,
    /// Bookings outside working time.
    pub outside: Vec<Way>,
    /// The first day one can choose.
    pub today: String,
}

/// One day of the weekly pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayLine {
    /// The field's name: `maandag`.
    pub name: String,
    /// `Maandag`.
    pub label: String,
    /// `8.30–12.00, 12.45–16.00`; empty when not worked.
    pub value: String,
}

/// A day or days that differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionLine {
    /// What the form to remove it sends.
    pub id: String,
    /// `Afwezig`.
    pub kind: String,
    /// `do 19 nov, 9.00–12.00`.
    pub when: String,
    /// Its note.
    pub note: String,
}

/// A week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekShown {
    /// `Week 47, 16 tot en met 20 november`.
    pub name: String,
    /// Its days; Saturday and Sunday only when something is there.
    pub days: Vec<DayShown>,
}

/// A day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayShown {
    /// `do`.
    pub weekday: String,
    /// `19`.
    pub day: String,
    /// `donderdag 19 november`.
    pub spoken: String,
    /// Whether it is today.
    pub today: bool,
    /// Bookings and free time, in order.
    pub entries: Vec<Entry>,
    /// Why there is nothing: `werkt niet`.
    pub none: Option<String>,
}

/// A piece of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// `9.00–12.00`.
    pub time: String,
    /// `De Meerpaal`, or `vrij`.
    pub words: String,
    /// The booking's page.
    pub href: Option<String>,
}

/// What a piece of a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Nobody asked for it.
    Free,
    /// A school asked, and nobody answered yet.
    Asked,
    /// It goes on.
    Booked,
}
