//! `/uren/toedeling`: a year over the boards, decided, looked at, posted and undone.
//!
//! Always true here: what is shown before posting and what is posted come from the same draft, so nobody posts what they did not see.

mod api;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
mod history;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
mod table;
#[cfg(feature = "ssr")]
mod typed;
#[cfg(feature = "ssr")]
mod view;

pub use api::{
    AllotmentPage, BoardTyped, ContractTyped, PostAllotment, Preview, PreviewAllotment, ReadAllotment, RunShown, Typed, UndoAllotment,
    read_allotment,
};
#[cfg(feature = "ssr")]
pub use history::{History, RunWords};
#[cfg(feature = "ssr")]
pub(in crate::hours) use history::{OVER_SCHOOLS, moved, posted, run_shown};
#[cfg(feature = "ssr")]
pub use view::AllotmentView;

/// The page.
pub const ALLOTMENT: &str = "/uren/toedeling";

/// The page of a school year.
#[must_use]
pub fn of_year(year: i32) -> String {
    format!("{ALLOTMENT}?jaar={year}")
}
