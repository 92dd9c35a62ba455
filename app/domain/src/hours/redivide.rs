//! A board's hours over its schools, the first time and every time after: what changes in each school's months.
//!
//! Always true here: no school gives back what it no longer has, each month hands out no more than there is in it, and what no school
//! gets stays with the board.

use super::{Given, Shortage, hours_gone, over_months, recount::shortage, take};
use crate::{Minutes, Refusal};

/// What each school gets (above zero) or gives back (below) in each month, so that its months together hold what is wanted.
///
/// `names` and `wanted` hold a value per school; `given` its months; `idle` what the board has in each month. All months are those that
/// still run, in their order. More is handed out in the rhythm of the months ([`over_months`]); less is taken as evenly as what is idle
/// allows ([`take`]).
///
/// # Errors
/// `hours_gone` naming every school that would give back more than it has, and what [`over_months`] refuses: hours below zero, beside the
/// grid, or together more than there are.
pub fn redivide(names: &[&str], wanted: &[Minutes], given: &[Vec<Given>], idle: &[Minutes]) -> Result<Vec<Vec<Minutes>>, Refusal> {
    let differences: Vec<Minutes> =
        wanted.iter().zip(given).map(|(wanted, months)| *wanted - months.iter().map(|given| given.minutes).sum::<Minutes>()).collect();
    let mut pools = idle.to_vec();
    let mut shortages: Vec<Shortage> = Vec::new();
    let mut changes = Vec::with_capacity(names.len());
    for ((name, difference), months) in names.iter().zip(&differences).zip(given) {
        let room: Vec<Minutes> = months.iter().map(Given::takeable).collect();
        let back = (-*difference).max(Minutes::ZERO);
        shortages.extend(shortage(|| (*name).to_owned(), back, room.iter().copied().sum()));
        let taken = take(back, &room);
        pools.iter_mut().zip(&taken).for_each(|(pool, taken)| *pool += *taken);
        changes.push(taken.into_iter().map(|taken| -taken).collect::<Vec<_>>());
    }
    if !shortages.is_empty() {
        return Err(hours_gone(&shortages));
    }
    let mut years: Vec<Minutes> = differences.iter().map(|difference| (*difference).max(Minutes::ZERO)).collect();
    let (there, more): (Minutes, Minutes) = (pools.iter().copied().sum(), years.iter().copied().sum());
    // The board itself is one more row, for what it keeps; with too little there is nothing to keep, and the rows do not fit.
    years.push((there - more).max(Minutes::ZERO));
    let rows = over_months(&years, &pools)?;
    for (change, row) in changes.iter_mut().zip(rows) {
        change.iter_mut().zip(row).for_each(|(change, more)| *change += more);
    }
    Ok(changes)
}

/// What each school gives back when its board keeps the hours: everything that is still there.
#[must_use]
pub fn keep(given: &[Vec<Given>]) -> Vec<Vec<Minutes>> {
    given.iter().map(|months| months.iter().map(|given| -given.takeable()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn given(hours: &[i64], idle: &[i64]) -> Vec<Given> {
        hours.iter().zip(idle).map(|(minutes, idle)| Given { minutes: Minutes::hours(*minutes), idle: Minutes::hours(*idle) }).collect()
    }

    fn hours(rows: &[Vec<Minutes>]) -> Vec<Vec<i64>> {
        rows.iter().map(|row| row.iter().map(|minutes| minutes.0 / 60).collect()).collect()
    }

    #[test]
    fn a_second_division_moves_only_the_difference() {
        let schools = [given(&[4, 4], &[4, 4]), given(&[2, 2], &[2, 2])];
        let changes = redivide(&["A", "B"], &[Minutes::hours(6), Minutes::hours(8)], &schools, &[Minutes::hours(1); 2]).expect("it fits");
        assert_eq!(hours(&changes), [[-1, -1], [2, 2]]);
    }

    #[test]
    fn what_no_school_gets_stays_with_the_board() {
        let changes = redivide(&["A"], &[Minutes::hours(4)], &[given(&[0, 0], &[0, 0])], &[Minutes::hours(4); 2]).expect("it fits");
        assert_eq!(hours(&changes), [[2, 2]]);
    }

    #[test]
    fn a_school_that_used_its_hours_is_named_and_too_much_is_told() {
        let refusal = redivide(&["De Meerpaal"], &[Minutes::hours(2)], &[given(&[4], &[1])], &[Minutes::ZERO]).expect_err("they are used");
        assert!(refusal.code == "hours_gone" && refusal.advice.contains("De Meerpaal 2\u{a0}u, daarvan is er nog 1\u{a0}u."), "{refusal}");
        let refusal = redivide(&["A"], &[Minutes::hours(3)], &[given(&[0], &[0])], &[Minutes::hours(1)]).expect_err("there is one hour");
        assert_eq!(refusal.heading, "Je verdeelt 2\u{a0}u te veel");
    }

    #[test]
    fn a_board_that_keeps_its_hours_takes_back_what_is_left() {
        assert_eq!(hours(&keep(&[given(&[4, 4], &[1, 9])])), [[-1, -4]]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn a_division_gives_what_is_wanted_from_what_there_is(
            idle in prop::collection::vec(0_i64..60, 1..12),
            schools in prop::collection::vec((prop::collection::vec((0_i64..30, 0_i64..=30), 12), 0_i64..300), 1..10),
        ) {
            let idle: Vec<Minutes> = idle.into_iter().map(Minutes::quarters).collect();
            let quarters = |(minutes, idle): &(i64, i64)| Given { minutes: Minutes::quarters(*minutes), idle: Minutes::quarters(*idle) };
            let given: Vec<Vec<Given>> = schools.iter().map(|(months, _)| months.iter().take(idle.len()).map(quarters).collect()).collect();
            let wanted: Vec<Minutes> = schools.iter().map(|(_, wanted)| Minutes::quarters(*wanted)).collect();
            match redivide(&vec!["School"; schools.len()], &wanted, &given, &idle) {
                Ok(changes) => {
                    for ((change, given), wanted) in changes.iter().zip(&given).zip(&wanted) {
                        let then: Minutes = change.iter().zip(given).map(|(change, given)| *change + given.minutes).sum();
                        prop_assert_eq!(then, *wanted);
                        prop_assert!(change.iter().zip(given).all(|(change, given)| *change + given.takeable() >= Minutes::ZERO));
                    }
                    for (month, idle) in idle.iter().enumerate() {
                        prop_assert!(changes.iter().map(|change| change[month]).sum::<Minutes>() <= *idle);
                    }
                }
                Err(refusal) => prop_assert!(["hours_gone", "division_does_not_fit"].contains(&refusal.code.as_ref()), "{}", refusal),
            }
        }
    }
}
