//! What an import did and what it could not read, in sentences.
//!
//! Always true here: every rejected line is named with its number and a reason; nothing is left out for length.

use std::{collections::HashMap, fmt::Write as _};

/// A line that was not read, or that deserves a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The physical line in the file, counted from 1.
    pub line: usize,
    /// Why, as a Dutch sentence.
    pub reason: String,
}

/// What became of a line that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// A row that was not there.
    New,
    /// A row that changed.
    Changed,
    /// A row that was so already.
    Unchanged,
}

impl Became {
    /// New, changed or unchanged.
    #[must_use]
    pub const fn of(is_new: bool, is_changed: bool) -> Self {
        match (is_new, is_changed) {
            (true, _) => Self::New,
            (false, true) => Self::Changed,
            (false, false) => Self::Unchanged,
        }
    }
}

/// What one file did.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// What it holds: `scholen`.
    pub what: &'static str,
    /// Its name.
    pub file: String,
    /// Lines that made a row.
    pub new: usize,
    /// Lines that changed a row.
    pub changed: usize,
    /// Lines that were so already.
    pub unchanged: usize,
    /// Lines that do not hold.
    pub rejected: Vec<Rejected>,
    /// Lines that were passed over for a reason that is not a fault.
    pub passed: Vec<Rejected>,
}

impl FileReport {
    /// A report of a file of which some lines could not be read at all.
    #[must_use]
    pub fn new(what: &'static str, sheet: &super::read::Sheet) -> Self {
        Self { what, file: sheet.file.clone(), rejected: sheet.rejected.clone(), ..Self::default() }
    }

    /// Counts a line.
    pub fn count(&mut self, became: Became) {
        match became {
            Became::New => self.new += 1,
            Became::Changed => self.changed += 1,
            Became::Unchanged => self.unchanged += 1,
        }
    }

    /// Writes a line off.
    pub fn reject(&mut self, line: usize, reason: impl Into<String>) {
        self.rejected.push(Rejected { line, reason: reason.into() });
    }

    /// Keeps what could be made of a line, or writes it off.
    pub fn sift<T>(&mut self, line: usize, read: Result<T, String>) -> Option<T> {
        read.map_err(|reason| self.reject(line, reason)).ok()
    }
}

/// What a whole command did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The partnerships, new and known.
    pub partnerships_new: usize,
    /// Partnerships that were there already.
    pub partnerships_known: usize,
    /// Each file, in the order in which they were read.
    pub files: Vec<FileReport>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
}

impl Report {
    /// How many lines do not hold.
    #[must_use]
    pub fn rejected(&self) -> usize {
        self.files.iter().map(|file| file.rejected.len()).sum()
    }

    /// Every line that was not read, in order: `people.csv, regel 12: …`.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for file in &self.files {
            let mut of_file: Vec<&Rejected> = file.rejected.iter().chain(&file.passed).collect();
            of_file.sort_by_key(|bad| bad.line);
            lines.extend(of_file.iter().map(|bad| format!("{}, regel {}: {}", file.file, bad.line, bad.reason)));
        }
        lines
    }

    /// What was done, a line per file.
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.partnerships_new + self.partnerships_known > 0 {
            lines.push(format!("samenwerkingsverbanden: {} nieuw, {} bekend", self.partnerships_new, self.partnerships_known));
        }
        for file in &self.files {
            let mut line = format!("{}: {} nieuw, {} gewijzigd, {} gelijk", file.what, file.new, file.changed, file.unchanged);
            let passed = file.rejected.len() + file.passed.len();
            if passed > 0 {
                let _ = write!(line, ", {passed} overgeslagen");
            }
            lines.push(format!("{line} ({})", file.file));
        }
        lines.extend(self.notes.iter().cloned());
        lines
    }
}

/// Keys that a file may name once.
#[derive(Debug, Default)]
pub struct Seen(HashMap<String, usize>);

impl Seen {
    /// Remembers a key.
    ///
    /// # Errors
    /// When an earlier line has it, with a sentence that names that line.
    pub fn first(&mut self, key: &str, shown: &str, line: usize) -> Result<(), String> {
        match self.0.insert(key.to_lowercase(), line) {
            None => Ok(()),
            Some(earlier) => {
                self.0.insert(key.to_lowercase(), earlier);
                Err(format!("{shown} staat al op regel {earlier}."))
            }
        }
    }
}
