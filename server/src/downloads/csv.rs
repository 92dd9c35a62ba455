//! A sheet as a file with separators, as Excel opens it in the Netherlands: `;` between cells, a comma in numbers, and a mark at the start
//! that says which letters these are. Always true here: what begins like a formula is text.

use app::files::{Sheet, SheetCell};
use domain::{Minutes, text::cell};
use std::io::Write;

/// Without it Excel reads é as Ã©.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes of the file.
///
/// # Errors
/// None in practice: it is written in memory.
pub fn write(sheet: &Sheet) -> anyhow::Result<Vec<u8>> {
    let mut bytes = MARK.to_vec();
    {
        let mut file = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
        file.write_record(&sheet.heads)?;
        for row in &sheet.rows {
            file.write_record(row.iter().map(words))?;
        }
        file.flush()?;
    }
    bytes.flush()?;
    Ok(bytes)
}

fn words(value: &SheetCell) -> String {
    match value {
        SheetCell::Text(text) => cell(text).into_owned(),
        SheetCell::Number(number) => number.to_string(),
        SheetCell::Hours(minutes) => hours(*minutes),
        SheetCell::Day(day) => day.to_string(),
    }
}

/// `2,25`; `-0,5`; `3`. Quarters of an hour never need more than two digits.
fn hours(minutes: Minutes) -> String {
    let hundredths = minutes.0.abs() * 100 / 60;
    let sign = if minutes.0 < 0 { "-" } else { "" };
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole},{}", part / 10),
        part => format!("{sign}{whole},{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_file_has_its_mark_its_separators_and_no_formula() {
        let sheet = Sheet {
            name: "proef".to_owned(),
            heads: vec!["Wie", "Uren", "Dag", "Nummer"],
            rows: vec![
                vec![
                    SheetCell::text("=1+1;\"é\""),
                    SheetCell::Hours(Minutes(-135)),
                    SheetCell::Day(NaiveDate::from_ymd_opt(2026, 11, 9).expect("a day")),
                    SheetCell::number(Some(-7)),
                ],
                vec![SheetCell::text("@x"), SheetCell::Hours(Minutes(30)), SheetCell::text(""), SheetCell::number(None)],
            ],
        };
        let bytes = write(&sheet).expect("written");
        assert!(bytes.starts_with(MARK));
        let text = String::from_utf8(bytes[3..].to_vec()).expect("text");
        assert_eq!(text, "Wie;Uren;Dag;Nummer\r\n\"'=1+1;\"\"é\"\"\";-2,25;2026-11-09;-7\r\n'@x;0,5;;\r\n");
    }

    #[test]
    fn what_begins_like_a_formula_in_wide_letters_is_text_too() {
        for text in ["＝1+1", "＋31", "－2", "＠som"] {
            assert_eq!(words(&SheetCell::text(text)), format!("'{text}"));
        }
        assert_eq!(words(&SheetCell::text("uur＝60 minuten")), "uur＝60 minuten");
    }

    #[test]
    fn hours_have_a_comma_and_no_digit_too_many() {
        let told = [0, 15, 30, 45, 60, 600, -15].map(|minutes| hours(Minutes(minutes)));
        assert_eq!(told, ["0", "0,25", "0,5", "0,75", "1", "10", "-0,25"]);
    }
}
