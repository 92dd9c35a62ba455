//! What people do with a year of hours: for the pages, the import, the demo and the stories alike.
//!
//! Always true here: `tx` comes from `db.write(partnership)`, and after an error it must be dropped and not committed.

mod allot;
mod deviate;
mod divide;
mod reverse;
mod undo;

pub use allot::{AllotOutcome, Changes, allot, allot_year, preview};
pub use deviate::{Wanted, agree, ask, refuse, withdraw};
pub(super) use divide::{Table, open_months};
pub use divide::{divide, division};
pub use reverse::reverse;
pub use undo::{undo_allotment, undo_division};

use crate::AppError;
use chrono::{DateTime, Utc};
use domain::{
    hours::{Month, SchoolYear},
    time,
};

/// What the `idempotency_key` column of a form's row holds.
const KEY_MAX: usize = 100;

fn check_key(key: &str) -> Result<(), AppError> {
    if key.is_empty() || key.len() > KEY_MAX { Err(AppError::Malformed) } else { Ok(()) }
}

/// The first month that still runs; none when the year was not divided before, so that all its months count.
fn first_open(was_divided: bool, now: DateTime<Utc>) -> Option<Month> {
    was_divided.then(|| Month::at(now))
}

/// Whether a school year is over.
fn is_over(year: SchoolYear, now: DateTime<Utc>) -> bool {
    year.calendar().last().is_some_and(|july| july.last_day() < time::local_date(now))
}
