//! Division by largest remainder and rounding half up, in whole numbers.
//!
//! Always true here: the parts sum to the whole, and there is no floating point.

/// Divides `total` over `weights` in whole units: each part is its exact quota `total × weight / sum of weights` rounded down, and the
/// units that are left go one each to the largest remainders. Ties go to the weight listed first (domain.md §3.1).
///
/// The parts always sum to `total` and each lies less than one unit from its quota. A negative weight counts as zero; when every weight is
/// zero the parts are equal, as there is nothing to tell them apart. A negative total gives the parts of its opposite, negated.
/// Without weights there are no parts.
#[must_use]
pub fn largest_remainder(total: i64, weights: &[i64]) -> Vec<i64> {
    let mut weights: Vec<i128> = weights.iter().map(|&weight| i128::from(weight.max(0))).collect();
    if weights.iter().all(|&weight| weight == 0) {
        weights.fill(1);
    }
    let whole = i128::from(total.unsigned_abs());
    let sum: i128 = weights.iter().sum();

    let mut parts: Vec<i128> = weights.iter().map(|weight| whole * weight / sum).collect();
    let left = whole - parts.iter().sum::<i128>();

    // The sort is stable, so that equal remainders keep the order of the list.
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(whole * weights[place] % sum));
    for &place in order.iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[place] += 1;
    }
    let sign = i128::from(total.signum());
    parts.into_iter().map(|part| narrow(sign * part)).collect()
}

/// `numerator / denominator` rounded to the nearest whole number, a half upwards. The denominator is above zero.
pub(super) fn half_up(numerator: i128, denominator: i128) -> i64 {
    narrow((2 * numerator + denominator).div_euclid(2 * denominator))
}

/// Back to the size of everything else; a part is never larger than its whole, which already had this size.
fn narrow(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn eighty_eight_percent_by_pupils_is_27_20_22_19() {
        assert_eq!(largest_remainder(88, &[2940, 2240, 2480, 2070]), [27, 20, 22, 19]);
    }

    #[test]
    fn a_tie_goes_to_the_one_listed_first() {
        assert_eq!(largest_remainder(1, &[5, 5]), [1, 0]);
        assert_eq!(largest_remainder(5, &[1, 1, 1]), [2, 2, 1]);
    }

    #[test]
    fn weights_that_say_nothing_divide_equally_and_no_weights_give_no_parts() {
        assert_eq!(largest_remainder(7, &[0, 0, 0]), [3, 2, 2]);
        assert!(largest_remainder(7, &[]).is_empty());
        assert_eq!(largest_remainder(7, &[-3, 1]), [0, 7]);
        assert_eq!(largest_remainder(-7, &[1, 1]), [-4, -3]);
    }

    #[test]
    fn a_half_rounds_up() {
        assert_eq!(half_up(1, 2), 1);
        assert_eq!(half_up(49, 100), 0);
        assert_eq!(half_up(5152, 100), 52);
        assert_eq!(half_up(0, 11), 0);
    }

    fn remainders(total: i64, weights: &[i64]) -> Vec<i128> {
        let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
        weights.iter().map(|&weight| i128::from(total) * i128::from(weight) % sum.max(1)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn parts_sum_to_the_whole_whatever_is_asked(total: i64, weights in prop::collection::vec(any::<i64>(), 1..20)) {
            let parts = largest_remainder(total, &weights);
            prop_assert_eq!(parts.iter().map(|&part| i128::from(part)).sum::<i128>(), i128::from(total));
        }

        #[test]
        fn each_part_is_within_one_of_its_exact_quota(
            total in 0_i64..5_000_000, weights in prop::collection::vec(0_i64..1_000_000_000, 1..40)
        ) {
            let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
            prop_assume!(sum > 0);
            for (part, weight) in largest_remainder(total, &weights).into_iter().zip(&weights) {
                prop_assert!((i128::from(part) * sum - i128::from(total) * i128::from(*weight)).abs() < sum);
                prop_assert!(part >= 0 && (*weight > 0 || part == 0));
            }
        }

        #[test]
        fn order_matters_only_between_equal_remainders(
            total in 0_i64..10_000,
            listed in prop::collection::vec(0_i64..60, 1..12).prop_flat_map(|weights| {
                let places: Vec<usize> = (0..weights.len()).collect();
                (Just(weights), Just(places).prop_shuffle())
            })
        ) {
            let (weights, places) = listed;
            prop_assume!(weights.iter().sum::<i64>() > 0);
            let shuffled: Vec<i64> = places.iter().map(|&place| weights[place]).collect();
            let (before, after) = (largest_remainder(total, &weights), largest_remainder(total, &shuffled));
            let remainders = remainders(total, &weights);
            for (now, &place) in places.iter().enumerate() {
                let tied = remainders.iter().filter(|&&other| other == remainders[place]).count() > 1;
                prop_assert!(after[now] == before[place] || tied);
            }
        }
    }
}
