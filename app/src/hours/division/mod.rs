//! `/uren/verdeling`: a board's hours over its schools: by pupils, by hand, or kept with mandates.
//!
//! Always true here: what a school is to have is said for the months that still run, so that saying it again changes nothing.

mod api;
#[cfg(feature = "ssr")]
mod preview;
#[cfg(feature = "ssr")]
mod preview_view;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
mod view;

pub use api::{
    ChangeLine, DivideBoard, DivisionPage, DivisionPreview, MandateTyped, PartTyped, PreviewDivision, ReadDivision, SchoolLine,
    SupplierLine, UndoDivision, read_division,
};
#[cfg(feature = "ssr")]
pub use view::DivisionView;

/// The page.
pub const DIVISION: &str = "/uren/verdeling";

/// The page of a board's school year.
#[must_use]
pub fn of_board_year(board: &str, year: i32) -> String {
    format!("{DIVISION}?bestuur={board}&jaar={year}")
}
