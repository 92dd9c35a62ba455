//! The division of a board's hours over its schools, for the year by pupils and for each month.
//!
//! Always true here: each month's column sums to the board's month, each school's row sums to its year, in whole quarter-hours from zero up.

use super::{largest_remainder, spread};
use crate::{
    ids::SchoolId,
    minutes::{Minutes, QUARTER},
    refusal::Refusal,
};
use serde::{Deserialize, Serialize};

/// The schools of one board. The largest partnership has 389 sites in all (domain.md §10); more is an import that went wrong.
pub const SCHOOLS_MAX: usize = 1_000;

/// The pupils of one school. The largest primary school sites hold some two thousand; more is a slip of the keyboard.
pub const PUPILS_MAX: i64 = 10_000;

/// A school as the division by pupils sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolPupils {
    /// The school.
    pub school: SchoolId,
    /// Its pupils on the count date; none when nobody told.
    pub pupils: Option<i64>,
}

/// What one school gets of its board's hours with one supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolHours {
    /// The school.
    pub school: SchoolId,
    /// Its year.
    pub year: Minutes,
    /// Its months, in the order of the board's months; they sum to the year.
    pub months: Vec<Minutes>,
}

/// Divides a board's year `total` of one supplier over its schools by pupils, and over as many `months` as the board's own hours.
///
/// The schools' months sum to [`spread()`] of `total` over `months`.
///
/// # Errors
/// Refuses what [`by_pupils`] and [`over_months`] refuse.
pub fn divide(total: Minutes, months: usize, schools: &[SchoolPupils]) -> Result<Vec<SchoolHours>, Refusal> {
    let years = by_pupils(total, schools)?;
    let rows = over_months(&years, &spread(total, months))?;
    Ok(schools.iter().zip(years).zip(rows).map(|((row, year), months)| SchoolHours { school: row.school, year, months }).collect())
}

/// The year of each school, in the order of the schools: largest remainder in quarter-hours by pupils.
///
/// A school whose pupils are unknown counts as the average of the known ones; when none are known all count the same.
///
/// # Errors
/// Refuses no schools or too many, pupils outside 0 to [`PUPILS_MAX`], and a total below zero or beside the fifteen-minute grid.
pub fn by_pupils(total: Minutes, schools: &[SchoolPupils]) -> Result<Vec<Minutes>, Refusal> {
    hours_are_sound(&[total])?;
    if schools.is_empty() {
        return Err(Refusal::new(
            "no_schools",
            "Dit bestuur heeft nog geen scholen",
            "De uren blijven bij het bestuur. Voeg eerst een school toe.",
        ));
    }
    if schools.len() > SCHOOLS_MAX {
        return Err(Refusal::new(
            "too_many_schools",
            format!("Dit bestuur heeft meer dan {SCHOOLS_MAX} scholen"),
            "Er is niets verdeeld. Kijk na of elke school één keer in de lijst staat en onder het goede bestuur valt.",
        ));
    }
    if schools.iter().filter_map(|row| row.pupils).any(|pupils| !(0..=PUPILS_MAX).contains(&pupils)) {
        return Err(Refusal::new(
            "pupils_out_of_range",
            "Het aantal leerlingen van een school klopt niet",
            format!("Er is niets verdeeld. Vul per school een aantal van 0 tot en met {PUPILS_MAX} in, of laat het leeg."),
        )
        .at("pupils"));
    }
    let quarters = largest_remainder(total.0 / QUARTER, &pupil_weights(schools));
    Ok(quarters.into_iter().map(Minutes::quarters).collect())
}

/// Weights that make an unknown school exactly the average: everything times the number of known schools, so that no fraction is needed.
fn pupil_weights(schools: &[SchoolPupils]) -> Vec<i64> {
    let known: Vec<i64> = schools.iter().filter_map(|row| row.pupils).collect();
    let (sum, count) = (known.iter().sum::<i64>(), i64::try_from(known.len()).unwrap_or(i64::MAX));
    schools.iter().map(|row| row.pupils.map_or(sum, |pupils| pupils * count)).collect()
}

/// Divides each of a board's `months` over rows that get `years` in all; the answer holds for each row its months.
///
/// The rows are the schools and, when the board keeps hours for its schools to book from, the board itself as one more row. A division by
/// hand is given as `years`.
///
/// By the end of month k the board has handed out `C` of its `A` quarter-hours, and a row of `Y` ideally has `Y·C/A`. Here each row has that
/// ideal rounded down or up, at the end of every month, so it is always less than a quarter-hour off:
///
/// 1. each row first gets what it needs to reach its ideal rounded down;
/// 2. what is left of the month goes, one quarter-hour each, to rows whose ideal is not whole: first to those whose next quarter-hour falls
///    due soonest (number j of a row falls due at `j·A/Y`), ties to the row listed first.
///
/// That this never gets stuck is a known property of earliest-deadline-first on unit jobs, which needs only that no stretch of months has
/// more quarter-hours that must fall inside it than it can hold. After month a and up to month b a row has at most
/// `⌊Y·Cb/A⌋ − ⌈Y·Ca/A⌉ ≤ Y·(Cb − Ca)/A` of those; over all rows that is at most `Cb − Ca`, which is what those months hold.
///
/// # Errors
/// Refuses when rows and months do not sum to the same, or hold minutes below zero or beside the fifteen-minute grid.
pub fn over_months(years: &[Minutes], months: &[Minutes]) -> Result<Vec<Vec<Minutes>>, Refusal> {
    hours_are_sound(years)?;
    hours_are_sound(months)?;
    let (asked, held) = (exact_sum(years), exact_sum(months));
    if asked != held {
        return Err(unequal(asked - held));
    }
    let years: Vec<i128> = years.iter().map(|year| i128::from(year.0 / QUARTER)).collect();
    let all: i128 = held / i128::from(QUARTER);
    let mut given = vec![0_i128; years.len()];
    let mut rows = vec![Vec::with_capacity(months.len()); years.len()];
    let mut until = 0_i128;
    for month in months {
        until += i128::from(month.0 / QUARTER);
        let target = next_month(&years, all, &given, until);
        for ((row, given), target) in rows.iter_mut().zip(&mut given).zip(target) {
            row.push(Minutes::quarters(i64::try_from(target - *given).unwrap_or(i64::MAX)));
            *given = target;
        }
    }
    Ok(rows)
}

/// What each row has in all once the board has handed out `until` of its `all` quarter-hours, given what each had a month before.
fn next_month(years: &[i128], all: i128, given: &[i128], until: i128) -> Vec<i128> {
    let all = all.max(1);
    let down = |row: usize| years[row] * until / all;
    let is_whole = |row: usize| years[row] * until % all == 0;

    let mut target: Vec<i128> = (0..years.len()).map(|row| down(row).max(given[row])).collect();
    let left = until - target.iter().sum::<i128>();

    let mut open: Vec<usize> = (0..years.len()).filter(|&row| !is_whole(row) && target[row] == down(row)).collect();
    // j/Y against j'/Y', multiplied crosswise; the sort is stable, so that ties keep the order of the rows.
    open.sort_by(|&one, &two| ((target[one] + 1) * years[two]).cmp(&((target[two] + 1) * years[one])));
    for &row in open.iter().take(usize::try_from(left).unwrap_or(0)) {
        target[row] += 1;
    }
    target
}

fn exact_sum(minutes: &[Minutes]) -> i128 {
    minutes.iter().map(|minutes| i128::from(minutes.0)).sum()
}

fn hours_are_sound(minutes: &[Minutes]) -> Result<(), Refusal> {
    if minutes.iter().any(|minutes| minutes.0 < 0) {
        return Err(Refusal::new("hours_below_zero", "Uren kunnen niet onder nul", "Er is niets verdeeld. Vul 0 of meer in.").at("hours"));
    }
    if minutes.iter().any(|minutes| !minutes.is_on_grid()) {
        return Err(Refusal::new(
            "hours_off_grid",
            "Uren gaan per kwartier",
            "Er is niets verdeeld. Vul hele kwartieren in, zoals 2 u 15.",
        )
        .at("hours"));
    }
    Ok(())
}

/// `difference` is what the schools would get above what the board has, in minutes.
fn unequal(difference: i128) -> Refusal {
    let size = Minutes(i64::try_from(difference.abs()).unwrap_or(i64::MAX));
    let (heading, advice) = if difference > 0 {
        (format!("Je verdeelt {size} te veel"), "Er is niets verdeeld. Geef de scholen samen zoveel als het bestuur heeft.")
    } else {
        (format!("Je verdeelt {size} te weinig"), "Er is niets verdeeld. Geef de rest aan een school of houd die bij het bestuur.")
    };
    Refusal::new("division_does_not_fit", heading, advice).at("hours")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test names its line")]
#[path = "schools_tests.rs"]
mod tests;
