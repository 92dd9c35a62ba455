//! Text into records, for CSV as spreadsheets and people really write it.
//!
//! Always true here: every physical line ends up in exactly one record, and a record knows the physical line it starts on.

/// A cell with a paragraph of lines exists; more than this is a quote that somebody forgot to close.
const CELL_LINES_MAX: usize = 20;
/// Every column of ours at its longest is below five thousand characters; a line of four times that is another kind of file.
const LINE_CHARS_MAX: usize = 20_000;

/// A record, or why it is none.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    /// The physical line it starts on, counted from 1.
    pub line: usize,
    /// Its fields, tidied: single spaces, nothing around them.
    pub fields: Result<Vec<String>, String>,
}

/// The records of a text, the header first. Lines without any content are passed over.
#[must_use]
pub fn records(text: &str) -> (char, Vec<Record>) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let mut separator = None;
    let mut width = None;
    let mut records = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let here = at;
        at += 1;
        let line = lines[here];
        if let Some(chosen) = chosen_separator(line).filter(|_| separator.is_none()) {
            separator = Some(chosen);
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        let separator = *separator.get_or_insert_with(|| likeliest_separator(line));
        let fields = if line.chars().count() > LINE_CHARS_MAX {
            Err(format!("De regel is langer dan {LINE_CHARS_MAX} tekens."))
        } else if let Some(fields) = split(line, separator) {
            Ok(fields)
        } else if let Some((fields, taken)) = width.and_then(|width| over_lines(&lines[here..], separator, width)) {
            at = here + taken;
            Ok(fields)
        } else {
            Err("Een aanhalingsteken wordt niet gesloten.".to_owned())
        };
        let fields = fields.and_then(readable);
        if fields.as_ref().is_ok_and(|fields| fields.iter().all(String::is_empty)) {
            continue;
        }
        width = width.or_else(|| fields.as_ref().ok().map(Vec::len));
        records.push(Record { line: here + 1, fields });
    }
    (separator.unwrap_or(';'), records)
}

/// `sep=;` on a first line is how a spreadsheet is told its separator; it is no header.
fn chosen_separator(line: &str) -> Option<char> {
    let mut rest = line.trim().strip_prefix("sep=")?.chars();
    rest.next().filter(|_| rest.next().is_none())
}

/// The separator that a header uses most, outside quotes.
fn likeliest_separator(header: &str) -> char {
    let mut quoted = false;
    let mut counts = [(';', 0), (',', 0), ('\t', 0)];
    for letter in header.chars() {
        quoted ^= letter == '"';
        if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| !quoted && *separator == letter) {
            *count += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(';', |(separator, _)| separator)
}

/// A record whose quoted field runs over several lines. It counts only when it has as many fields as the header and none of the lines
/// it swallows is a whole record by itself: then a quote was forgotten, and the next line is to be read on its own.
fn over_lines(lines: &[&str], separator: char, width: usize) -> Option<(Vec<String>, usize)> {
    let mut joined = lines.first().copied()?.to_owned();
    for (taken, line) in lines.iter().enumerate().take(CELL_LINES_MAX).skip(1) {
        if split(line, separator).is_some_and(|fields| fields.len() == width) {
            return None;
        }
        joined.push('\n');
        joined.push_str(line);
        if joined.chars().count() > LINE_CHARS_MAX {
            return None;
        }
        if let Some(fields) = split(&joined, separator) {
            return (fields.len() == width).then_some((fields, taken + 1));
        }
    }
    None
}

/// The fields of a line; none when a quote stays open. A quote inside a field that does not end it is a quote to be read.
fn split(line: &str, separator: char) -> Option<Vec<String>> {
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let inner = rest.trim_start_matches(' ').strip_prefix('"');
        let (field, after) = match inner {
            Some(inner) => quoted(inner, separator)?,
            None => {
                let end = rest.find(separator).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        fields.push(field);
        match after.strip_prefix(separator) {
            Some(next) => rest = next,
            None => return Some(fields),
        }
    }
}

/// The field after its opening quote, and what follows its closing one.
fn quoted(mut rest: &str, separator: char) -> Option<(String, &str)> {
    let mut field = String::new();
    loop {
        let quote = rest.find('"')?;
        field.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        let after = rest.trim_start_matches(' ');
        if let Some(escaped) = rest.strip_prefix('"') {
            field.push('"');
            rest = escaped;
        } else if after.is_empty() || after.starts_with(separator) {
            return Some((field, after));
        } else {
            field.push('"');
        }
    }
}

/// Fields without line ends, tabs, hard spaces and double spaces; characters that no one can read are refused, databases refuse some too.
fn readable(fields: Vec<String>) -> Result<Vec<String>, String> {
    let tidy = fields.into_iter().map(|field| {
        if field.chars().any(|letter| letter.is_control() && !letter.is_whitespace()) {
            return Err("Er staan onleesbare tekens in.".to_owned());
        }
        Ok(field.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    tidy.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<(usize, Result<Vec<String>, String>)> {
        records(text).1.into_iter().map(|record| (record.line, record.fields)).collect()
    }

    fn ok(line: usize, fields: &[&str]) -> (usize, Result<Vec<String>, String>) {
        (line, Ok(fields.iter().map(|field| (*field).to_owned()).collect()))
    }

    #[test]
    fn a_line_keeps_its_physical_number_past_blank_lines_and_line_ends_of_every_kind() {
        assert_eq!(
            fields("a;b\r\n\r\n;;\r\n1;2\n3;4\r5;6"),
            [ok(1, &["a", "b"]), ok(4, &["1", "2"]), ok(5, &["3", "4"]), ok(6, &["5", "6"])]
        );
        assert_eq!(fields("sep=,\na,b\n1,2;3"), [ok(2, &["a", "b"]), ok(3, &["1", "2;3"])]);
    }

    #[test]
    fn quotes_are_read_as_meant_also_when_they_are_sloppy() {
        assert_eq!(fields("a;b\n\"BS \"\"De Maasparel\";x"), [ok(1, &["a", "b"]), ok(2, &["BS \"De Maasparel", "x"])]);
        assert_eq!(fields("a;b\n\"De \"Linde\" zuid\";x"), [ok(1, &["a", "b"]), ok(2, &["De \"Linde\" zuid", "x"])]);
        assert_eq!(fields("a;b\nBS \"De Eik\"; \"y;z\" "), [ok(1, &["a", "b"]), ok(2, &["BS \"De Eik\"", "y;z"])]);
        assert_eq!(fields("a;b\n\"\";\"twee\nregels\"\n3;4"), [ok(1, &["a", "b"]), ok(2, &["", "twee regels"]), ok(4, &["3", "4"])]);
    }

    #[test]
    fn a_quote_that_stays_open_costs_one_line_and_not_the_rest_of_the_file() {
        let read = fields("a;b\n\"De Eik;1\n\"De Linde\";2\n\"De Es\";3");
        assert!(read[1].1.is_err());
        assert_eq!(read[2..], [ok(3, &["De Linde", "2"]), ok(4, &["De Es", "3"])]);
    }

    #[test]
    fn unreadable_characters_and_endless_lines_are_refused_by_line() {
        let read = fields(&format!("a;b\n1\0;2\n{};2\n3;4", "x".repeat(LINE_CHARS_MAX)));
        assert!(read[1].1.is_err() && read[2].1.is_err());
        assert_eq!(read[3], ok(4, &["3", "4"]));
    }
}
