//! Hours: the ledger of minutes, who may spend what, and how a year is divided.
//!
//! Always true here: minutes move by postings alone, a posting is never changed, and only this slice writes one.

#[cfg(feature = "ssr")]
mod address;
pub mod allotment;
mod api;
#[cfg(feature = "ssr")]
mod automatic;
#[cfg(feature = "ssr")]
mod behind;
mod book;
#[cfg(feature = "ssr")]
mod by_supplier;
#[cfg(feature = "ssr")]
mod crossing;
pub mod deviation;
pub mod division;
#[cfg(feature = "ssr")]
mod entry;
#[cfg(feature = "ssr")]
mod journal;
#[cfg(feature = "ssr")]
mod journal_page;
#[cfg(feature = "ssr")]
mod journal_sheet;
#[cfg(feature = "ssr")]
mod links;
#[cfg(feature = "ssr")]
mod owner;
#[cfg(feature = "ssr")]
mod page;
mod parts;
#[cfg(feature = "ssr")]
mod picks;
#[cfg(feature = "ssr")]
mod posting;
#[cfg(feature = "ssr")]
mod posting_page;
#[cfg(feature = "ssr")]
mod postings_page;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
mod spent;
#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(feature = "ssr")]
mod tables;
#[cfg(feature = "ssr")]
mod typed;
#[cfg(feature = "ssr")]
pub mod verbs;
mod what;
#[cfg(feature = "ssr")]
mod year;

#[cfg(feature = "ssr")]
pub use address::Behind;
pub use api::{Automatic, Entry, HoursPage, Pick, PostingsPage, Street, SumRow, SumTable, read_hours, read_postings};
#[cfg(feature = "ssr")]
pub use behind::{
    ALL_BOARDS, ALL_BUT_RESERVES, ALL_CONTRACTS, ALL_POTS, ALL_RESERVES, BOARD_WITH_SCHOOLS, BOARDLESS, DISTRICT, EVERYBODY, PostingsAsk,
    behind,
};
pub use book::{Filter, JournalPage, PostingPage, Side, read_journal, read_posting};
#[cfg(feature = "ssr")]
pub use crossing::Crossing;
#[cfg(feature = "ssr")]
pub use journal::{JournalAsk, journal};
#[cfg(feature = "ssr")]
pub use journal_page::JournalView;
#[cfg(feature = "ssr")]
pub use journal_sheet::{FILE_ROWS_MAX, journal_sheet};
#[cfg(feature = "ssr")]
pub use page::HoursView;
pub use parts::{SumsTable, amount_cell, linked};
#[cfg(feature = "ssr")]
pub use posting::posting;
#[cfg(feature = "ssr")]
pub use posting_page::PostingView;
#[cfg(feature = "ssr")]
pub use postings_page::PostingsView;
#[cfg(feature = "ssr")]
pub use read::{HoursAsk, hours};
#[cfg(feature = "ssr")]
pub use spent::{BoardSays, board_says, went};
#[cfg(feature = "ssr")]
pub use tables::{Sums, by_holder, sums_table};
pub use what::{What, add, amount, total};

/// The page of a year's hours.
pub const HOURS: &str = "/uren";

/// The page of the postings behind a number.
pub const POSTINGS: &str = "/uren/boekingen";

/// The overview for the general meeting of members.
pub const OVERVIEW: &str = "/rapportage/alv";

/// The hours of one school.
#[must_use]
pub fn of_school(school: &str, year: i32) -> String {
    format!("{HOURS}?school={school}&jaar={year}")
}

/// The hours of one board and its schools.
#[must_use]
pub fn of_board(board: &str, year: i32) -> String {
    format!("{HOURS}?bestuur={board}&jaar={year}")
}

/// One posting, with everything that is known of it.
#[must_use]
pub fn of_posting(number: i64) -> String {
    format!("/uren/boeking/{number}")
}

/// The postings behind a number of one account.
#[cfg(feature = "ssr")]
#[must_use]
pub fn of_account(account: &str, what: What) -> String {
    Behind::of_account(account).number(what.code())
}
