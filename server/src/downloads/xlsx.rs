//! A sheet as a workbook: numbers are numbers, days are days, words are words and never a formula. Always true here: the first row names
//! the columns and stays in sight.

use app::files::{Sheet, SheetCell};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

/// The longest name a sheet in a workbook may have.
const NAME_CHARS_MAX: usize = 31;

/// The bytes of the workbook.
///
/// # Errors
/// When there are more rows than a workbook holds.
pub fn write(sheet: &Sheet) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let (bold, hours, day) = (Format::new().set_bold(), Format::new().set_num_format("0.00"), Format::new().set_num_format("yyyy-mm-dd"));
    let page = book.add_worksheet();
    page.set_name(sheet.name.chars().take(NAME_CHARS_MAX).collect::<String>())?;
    page.set_freeze_panes(1, 0)?;
    for (column, head) in (0_u16..).zip(&sheet.heads) {
        page.write_string_with_format(0, column, *head, &bold)?;
        page.set_column_width(column, 18)?;
    }
    for (line, row) in (1_u32..).zip(&sheet.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                SheetCell::Text(text) if text.is_empty() => {}
                SheetCell::Text(text) => drop(page.write_string(line, column, text)?),
                SheetCell::Number(number) => drop(page.write_number(line, column, *number as f64)?),
                SheetCell::Hours(minutes) => drop(page.write_number_with_format(line, column, minutes.0 as f64 / 60.0, &hours)?),
                SheetCell::Day(date) => drop(page.write_datetime_with_format(line, column, excel_day(*date)?, &day)?),
            }
        }
    }
    if let (Some(lines), Some(columns)) = (u32::try_from(sheet.rows.len()).ok(), u16::try_from(sheet.heads.len()).ok())
        && columns > 0
    {
        page.autofilter(0, 0, lines, columns - 1)?;
    }
    Ok(book.save_to_buffer()?)
}

fn excel_day(date: chrono::NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    use chrono::Datelike;
    let narrow = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(u16::MAX), narrow(date.month()), narrow(date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use chrono::NaiveDate;
    use domain::Minutes;
    use std::io::Cursor;

    #[test]
    fn a_workbook_opens_with_the_same_words_numbers_and_days_and_without_a_formula() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 9).expect("a day");
        let words = ["=1+1", "+31", "-2", "@x", "é"];
        let rows =
            words.map(|word| vec![SheetCell::text(word), SheetCell::Hours(Minutes(-135)), SheetCell::Day(day), SheetCell::number(Some(7))]);
        let sheet = Sheet { name: "proef".to_owned(), heads: vec!["Wie", "Uren", "Dag", "Nummer"], rows: rows.to_vec() };

        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(write(&sheet).expect("written"))).expect("a workbook");
        assert!(book.worksheet_formula("proef").expect("a sheet").is_empty());
        let read = book.worksheet_range("proef").expect("a sheet");
        assert_eq!(read.get_size(), (words.len() + 1, 4));
        let heads: Vec<String> = read.rows().next().expect("heads").iter().map(ToString::to_string).collect();
        assert_eq!(heads, sheet.heads);
        for (row, word) in read.rows().skip(1).zip(words) {
            assert_eq!(row[0], Data::String(word.to_owned()));
            assert_eq!((&row[1], &row[3]), (&Data::Float(-2.25), &Data::Float(7.0)));
            let Data::DateTime(date) = &row[2] else { panic!("{:?} is not a day", row[2]) };
            assert_eq!(date.as_f64(), f64::from(46_335), "days since 1900");
        }
    }
}
