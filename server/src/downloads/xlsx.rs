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
