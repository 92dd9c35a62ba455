//! The months of an allotment: a year of hours in quarter-hours per month.
//!
//! Always true here: the months sum to the year, and two months of one year differ by at most a quarter-hour.

use crate::minutes::{Minutes, QUARTER};

/// Spreads `total` over `months`: of A quarter-hours, month k gets ⌊k·A/n⌋ − ⌊(k−1)·A/n⌋ (domain.md §3.1).
///
/// `total` lies on the fifteen-minute grid; minutes beside it, which no allotment has, go to the last month so that none are lost.
/// Without months there is nothing to spread over and the answer is empty.
#[must_use]
pub fn spread(total: Minutes, months: usize) -> Vec<Minutes> {
    let quarters = i128::from(total.0.div_euclid(QUARTER));
    let beside = total.0.rem_euclid(QUARTER);
    let until = |month: usize| (quarters * month as i128).div_euclid(months as i128);
    let mut spread: Vec<Minutes> =
        (1..=months).map(|month| Minutes::quarters(i64::try_from(until(month) - until(month - 1)).unwrap_or(i64::MAX))).collect();
    if let Some(last) = spread.last_mut() {
        *last += Minutes(beside);
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_year_of_191_hours_gives_months_of_17_hours_15_and_17_hours_30() {
        let months = spread(Minutes::hours(191), 11);
        assert_eq!(
            months.iter().map(|month| month.0).collect::<Vec<_>>(),
            [1035, 1035, 1050, 1035, 1050, 1035, 1050, 1035, 1050, 1035, 1050]
        );
        assert_eq!(months.into_iter().sum::<Minutes>(), Minutes::hours(191));
    }

    #[test]
    fn a_single_quarter_waits_for_the_last_month() {
        assert_eq!(spread(Minutes(15), 3), [Minutes(0), Minutes(0), Minutes(15)]);
    }

    #[test]
    fn no_months_give_no_spread_and_no_minutes_give_empty_months() {
        assert!(spread(Minutes::hours(5), 0).is_empty());
        assert_eq!(spread(Minutes::ZERO, 2), [Minutes::ZERO, Minutes::ZERO]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn months_sum_to_the_year_in_quarter_hours_that_differ_by_at_most_one(quarters in 0_i64..4_000_000, months in 1_usize..=12) {
            let spread = spread(Minutes::quarters(quarters), months);
            prop_assert_eq!(spread.len(), months);
            prop_assert_eq!(spread.iter().copied().sum::<Minutes>(), Minutes::quarters(quarters));
            let (least, most) = (spread.iter().min().copied(), spread.iter().max().copied());
            prop_assert!(most.zip(least).is_some_and(|(most, least)| (most - least).0 <= QUARTER));
            prop_assert!(spread.iter().all(|month| month.is_on_grid() && month.0 >= 0));
        }

        #[test]
        fn nothing_is_lost_whatever_is_asked(total: i64, months in 1_usize..=12) {
            prop_assert_eq!(spread(Minutes(total), months).iter().map(|month| i128::from(month.0)).sum::<i128>(), i128::from(total));
        }
    }
}
