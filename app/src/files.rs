//! Numbers that leave the house as a file: rows of cells that know what they are, so that each kind of file writes them in its own way.
//! Always true here: who may not see a number on a page does not find it in a file.

use chrono::NaiveDate;
use domain::Minutes;

/// A file before it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Of the file and the sheet in it, without an ending: `urenboek-2026`.
    pub name: String,
    /// The heads of the columns.
    pub heads: Vec<&'static str>,
    /// As many cells in each as there are heads.
    pub rows: Vec<Vec<SheetCell>>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetCell {
    /// Words; empty for nothing.
    Text(String),
    /// A whole number: of a posting.
    Number(i64),
    /// Hours with a decimal part: `2,25`.
    Hours(Minutes),
    /// A day.
    Day(NaiveDate),
}

impl SheetCell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number, or nothing.
    #[must_use]
    pub fn number(number: Option<i64>) -> Self {
        number.map_or_else(|| Self::text(""), Self::Number)
    }
}
