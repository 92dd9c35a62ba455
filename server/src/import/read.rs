//! A file into lines with named columns, whatever its separator, encoding, order and extra columns.
//!
//! Always true here: a line that can not be read is a rejected line with its number, never a silent gap.

use super::{report::Rejected, split};
use anyhow::{Context, bail, ensure};
use domain::text::visible;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

/// DUO's file of every school site in the country is below two megabytes; fifty is another file, and would fill memory.
const FILE_BYTES_MAX: u64 = 50 * 1024 * 1024;

/// A column that a file may or must have.
#[derive(Debug)]
pub struct Column {
    /// What the code calls it.
    pub key: &'static str,
    /// How people should write it, for messages.
    pub shown: &'static str,
    /// Other headings for it, in lower case without signs. The first that the file has counts.
    pub also: &'static [&'static str],
    /// Whether the file is refused without it.
    pub must: bool,
}

impl Column {
    /// A column without which there is nothing to read.
    #[must_use]
    pub const fn must(key: &'static str, shown: &'static str, also: &'static [&'static str]) -> Self {
        Self { key, shown, also, must: true }
    }

    /// A column that may be absent; then every field is empty.
    #[must_use]
    pub const fn may(key: &'static str, shown: &'static str, also: &'static [&'static str]) -> Self {
        Self { key, shown, also, must: false }
    }
}

/// A file that was read.
#[derive(Debug)]
pub struct Sheet {
    /// Its name, for messages.
    pub file: String,
    columns: &'static [Column],
    places: Vec<Option<usize>>,
    lines: Vec<(usize, Vec<String>)>,
    /// Lines that could not be read.
    pub rejected: Vec<Rejected>,
}

/// One line of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The physical line in the file.
    pub line: usize,
    sheet: &'a Sheet,
    fields: &'a [String],
}

impl Row<'_> {
    /// The field in a column; empty when the file has no such column.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        let place = self.sheet.place(key);
        place.and_then(|place| self.fields.get(place)).map_or("", String::as_str)
    }
}

impl Sheet {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not there, too large, empty, or lacks columns; with a sentence that says which.
    pub fn open(path: &Path, columns: &'static [Column]) -> anyhow::Result<Self> {
        let file = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let found = std::fs::metadata(path).with_context(|| format!("Het bestand {} is niet te lezen.", path.display()))?;
        ensure!(found.is_file(), "{} is geen bestand.", path.display());
        ensure!(found.len() <= FILE_BYTES_MAX, "{file} is groter dan 50 MB. Dat is geen bestand dat Wijkpot kent.");
        let bytes = std::fs::read(path).with_context(|| format!("Het bestand {} is niet te lezen.", path.display()))?;
        Self::parse(file, &bytes, columns)
    }

    /// Reads a file if one is named.
    ///
    /// # Errors
    /// As [`Sheet::open`].
    pub fn maybe(path: Option<&PathBuf>, columns: &'static [Column]) -> anyhow::Result<Option<Self>> {
        path.map(|path| Self::open(path, columns)).transpose()
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// When it is empty or lacks columns.
    pub fn parse(file: String, bytes: &[u8], columns: &'static [Column]) -> anyhow::Result<Self> {
        // Signs that nobody sees would make two names of one, or turn the words behind them around.
        let text = visible(&decode(bytes));
        let (_, records) = split::records(&text);
        let mut records = records.into_iter();
        let Some(header) = records.next() else { bail!("{file} is leeg.") };
        let header = header.fields.map_err(|reason| anyhow::anyhow!("De kop van {file} is niet te lezen. {reason}"))?;
        let headings: Vec<String> = header.iter().map(|heading| bare(heading)).collect();
        let places: Vec<Option<usize>> = columns.iter().map(|column| place(column, &headings)).collect();
        let missing: Vec<&str> =
            columns.iter().zip(&places).filter(|(column, place)| column.must && place.is_none()).map(|(column, _)| column.shown).collect();
        if !missing.is_empty() {
            let verb = if missing.len() == 1 { "ontbreekt de kolom" } else { "ontbreken de kolommen" };
            bail!("In {file} {verb} {}. De kop is: {}.", listed(&missing), shortened(&header.join(", ")));
        }
        let mut sheet = Self { file, columns, places, lines: Vec::new(), rejected: Vec::new() };
        for record in records {
            match record.fields.and_then(|fields| sheet.fitted(fields, header.len())) {
                Ok(fields) => sheet.lines.push((record.line, fields)),
                Err(reason) => sheet.rejected.push(Rejected { line: record.line, reason }),
            }
        }
        Ok(sheet)
    }

    /// The fields of a line when they match the header. Spreadsheets drop empty fields at the end; what must be there may not be dropped.
    fn fitted(&self, fields: Vec<String>, width: usize) -> Result<Vec<String>, String> {
        let filled = fields.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
        if filled > width {
            return Err(format!("De regel heeft {filled} velden en de kop {width}."));
        }
        let lacks = self.columns.iter().zip(&self.places).any(|(column, place)| column.must && place.is_some_and(|at| at >= fields.len()));
        if lacks {
            return Err(format!("De regel heeft {} velden en de kop {width}.", fields.len()));
        }
        Ok(fields)
    }

    /// Every line that could be read.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.lines.iter().map(|(line, fields)| Row { line: *line, sheet: self, fields })
    }

    /// Whether the file has this column.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.place(key).is_some()
    }

    fn place(&self, key: &str) -> Option<usize> {
        let column = self.columns.iter().position(|column| column.key == key);
        debug_assert!(column.is_some(), "column {key} is declared");
        column.and_then(|column| self.places[column])
    }
}

/// Which heading is this column: its own name first, then its other names in order.
fn place(column: &Column, headings: &[String]) -> Option<usize> {
    let own = [bare(column.shown), bare(column.key)];
    let names = own.iter().map(String::as_str).chain(column.also.iter().copied());
    names.into_iter().find_map(|name| headings.iter().position(|heading| heading == name))
}

/// A heading or word without case, spaces, underscores and signs.
#[must_use]
pub fn bare(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// UTF-8 with or without a mark, UTF-16 with one, and otherwise what spreadsheets on Windows write.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let plain = if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 };
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((plain, 0));
    encoding.decode_without_bom_handling(&bytes[mark..]).0
}

/// `a`, `a en b`, `a, b en c`.
#[must_use]
pub fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} en {last}", first.join(", ")),
    }
}

/// A text short enough for a message.
#[must_use]
pub fn shortened(text: &str) -> String {
    const CHARS_MAX: usize = 200;
    if text.chars().count() <= CHARS_MAX { text.to_owned() } else { text.chars().take(CHARS_MAX).chain(['…']).collect() }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at a file that is not read")]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column::must("brin", "VESTIGINGSCODE", &["instellingscode"]),
        Column::must("name", "VESTIGINGSNAAM", &["naam"]),
        Column::may("town", "PLAATSNAAM", &[]),
    ];

    fn read(bytes: &[u8]) -> Vec<(usize, String, String, String)> {
        let sheet = Sheet::parse("proef.csv".into(), bytes, COLUMNS).unwrap();
        sheet.rows().map(|row| (row.line, row.text("brin").into(), row.text("name").into(), row.text("town").into())).collect()
    }

    #[test]
    fn the_same_file_reads_the_same_in_every_encoding_separator_and_order() {
        let expected = [(2, "99AA00".into(), "De Zoë".into(), "Één".into())];
        let (windows, _, _) = WINDOWS_1252.encode("Vestigings_code;VestigingsNaam;plaats naam\r\n99AA00;De Zoë;Één\r\n");
        assert_eq!(read(&windows), expected);
        assert_eq!(read("\u{feff}extra,naam,PLAATSNAAM,VESTIGINGSCODE,INSTELLINGSCODE\n?,De Zoë,Één,99AA00,99AA".as_bytes()), expected);
        let wide: Vec<u8> =
            "\u{feff}naam\tplaatsnaam\tinstellingscode\r\nDe Zoë\tÉén\t99AA00".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide), expected);
    }

    #[test]
    fn signs_that_nobody_sees_are_not_read() {
        let expected = [(2, "99AA00".into(), "De Eik".into(), "Dorp".into())];
        assert_eq!(read("brin;na\u{200b}am;plaatsnaam\n99AA00\u{feff};De \u{202e}E\u{ad}ik\u{2069};Dorp".as_bytes()), expected);
    }

    #[test]
    fn missing_columns_are_named_in_one_sentence() {
        let error = Sheet::parse("proef.csv".into(), b"a;b\n1;2", COLUMNS).unwrap_err();
        assert_eq!(error.to_string(), "In proef.csv ontbreken de kolommen VESTIGINGSCODE en VESTIGINGSNAAM. De kop is: a, b.");
        assert_eq!(Sheet::parse("leeg.csv".into(), b"\xef\xbb\xbf\r\n", COLUMNS).unwrap_err().to_string(), "leeg.csv is leeg.");
    }

    #[test]
    fn empty_fields_at_the_end_may_be_dropped_and_what_must_be_there_may_not() {
        let sheet =
            Sheet::parse("p.csv".into(), b"brin;naam;plaatsnaam\n99AA00;Eik\n99AA01\n99AA02;Es;Dorp;;\n99AA03;Es;Dorp;x", COLUMNS).unwrap();
        assert_eq!(sheet.rows().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(sheet.rejected.iter().map(|bad| bad.line).collect::<Vec<_>>(), [3, 5]);
    }
}
