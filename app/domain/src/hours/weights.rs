//! The bases of a division: what a board weighs, by its pupils, by school weights, by a base amount with a supplement, or freely.
//!
//! Always true here: every weight is a whole number of hundredths from zero up, on one scale for all boards of a division.

use super::{SCHOOLS_MAX, WEIGHT_MAX, kinds::words};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// A school weight (schoolweging), in hundredths. The statistics office publishes weights between 20 and 40; this leaves room to spare.
pub const SCHOOL_WEIGHT_MAX: i64 = 10_000;

/// The pupils of one board, in hundredths: ten times the largest board of the country. Or their part of all pupils, in percents.
pub(super) const BOARD_PUPILS_MAX: i64 = 1_000_000 * 100;

words! {
    /// The basis on which all boards of one division are weighed (003, "op basis van schoolweging", "een basisbudget … en een toeslag").
    Basis:
    /// Every pupil counts the same.
    Pupils = "pupils", "leerlingen";
    /// Every pupil counts as much as the average weight of the board's schools.
    SchoolWeights = "school_weights", "leerlingen en schoolweging";
    /// Every school counts for a base amount, and each pupil that needs one for a supplement.
    BaseAndSupplement = "base_and_supplement", "basis per school en toeslag";
    /// A number per board that somebody decides.
    Free = "free", "vrije gewichten";
}

/// What the bases need to know of one board; each reads what it needs. Counts are whole, everything else is in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardFacts {
    /// All pupils, or their percentage, in hundredths.
    pub pupils: i64,
    /// The average school weight of its schools, in hundredths: 29.41 is 2941.
    pub school_weight: i64,
    /// Its schools.
    pub schools: i64,
    /// Its pupils for whom a supplement counts.
    pub with_supplement: i64,
    /// A number that somebody decided, in hundredths.
    pub free: i64,
}

/// What a school and a pupil with a supplement count for, in hundredths; for [`Basis::BaseAndSupplement`] alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// Per school.
    pub base: i64,
    /// Per pupil with a supplement.
    pub supplement: i64,
}

impl Basis {
    /// The weight of a board with these facts, in hundredths.
    ///
    /// # Errors
    /// `weight_out_of_range` for numbers below zero or above their limit, and for a board heavier than [`WEIGHT_MAX`].
    pub fn weigh(self, amounts: Amounts, board: &BoardFacts) -> Result<i64, Refusal> {
        let schools_max = i64::try_from(SCHOOLS_MAX).unwrap_or(i64::MAX);
        let is_sound = (0..=BOARD_PUPILS_MAX).contains(&board.pupils)
            && (0..=SCHOOL_WEIGHT_MAX).contains(&board.school_weight)
            && (0..=schools_max).contains(&board.schools)
            && (0..=BOARD_PUPILS_MAX / 100).contains(&board.with_supplement)
            && [amounts.base, amounts.supplement, board.free].iter().all(|weight| (0..=WEIGHT_MAX).contains(weight));
        let of = |number: i64, times: i64| i128::from(number) * i128::from(times);
        let weight = match self {
            Self::Pupils => of(board.pupils, 1),
            // Both are in hundredths, so that their product is in ten-thousandths.
            Self::SchoolWeights => of(board.pupils, board.school_weight) / 100,
            Self::BaseAndSupplement => of(amounts.base, board.schools) + of(amounts.supplement, board.with_supplement),
            Self::Free => of(board.free, 1),
        };
        i64::try_from(weight).ok().filter(|weight| is_sound && *weight <= WEIGHT_MAX).ok_or_else(out_of_range)
    }
}

fn out_of_range() -> Refusal {
    Refusal::new(
        "weight_out_of_range",
        "Het gewicht van een bestuur is niet te berekenen",
        "Er is niets verdeeld. Kijk de aantallen, de schoolwegingen en de bedragen na: elk getal is 0 of hoger.",
    )
    .at("weight")
}

/// A number with at most two decimals, as exact hundredths: `29,4` and `29.4` are 2940, `7` is 700. None for anything else, and for numbers
/// above [`WEIGHT_MAX`]. There is no thousands separator, because a point may be a decimal one.
#[must_use]
pub fn hundredths(text: &str) -> Option<i64> {
    let text = text.trim();
    let (whole, decimals) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || !are_digits(decimals) || decimals.len() > 2 {
        return None;
    }
    let fraction: i64 = format!("{decimals:0<2}").parse().ok()?;
    let weight = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(fraction)?;
    (weight <= WEIGHT_MAX).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOARD: BoardFacts = BoardFacts { pupils: 30_000, school_weight: 2_941, schools: 2, with_supplement: 30, free: 1_250 };
    const AMOUNTS: Amounts = Amounts { base: 5_000, supplement: 250 };

    #[test]
    fn a_board_weighs_by_pupils_by_school_weights_by_a_base_with_a_supplement_or_freely() {
        let weights = Basis::ALL.iter().map(|basis| basis.weigh(AMOUNTS, &BOARD)).collect::<Vec<_>>();
        assert_eq!(weights, [Ok(30_000), Ok(300 * 2_941), Ok(10_000 + 7_500), Ok(1_250)]);
        assert!(Basis::ALL.iter().all(|basis| basis.weigh(Amounts::default(), &BoardFacts::default()) == Ok(0)));
    }

    #[test]
    fn numbers_below_zero_or_beyond_their_limit_are_refused() {
        let refused = |amounts, board| Basis::ALL.iter().all(|basis| basis.weigh(amounts, &board).is_err());
        assert!(refused(AMOUNTS, BoardFacts { pupils: -1, ..BOARD }));
        assert!(refused(AMOUNTS, BoardFacts { pupils: BOARD_PUPILS_MAX + 1, ..BOARD }));
        assert!(refused(AMOUNTS, BoardFacts { school_weight: SCHOOL_WEIGHT_MAX + 1, ..BOARD }));
        assert!(refused(AMOUNTS, BoardFacts { schools: -1, ..BOARD }));
        assert!(refused(AMOUNTS, BoardFacts { with_supplement: -1, ..BOARD }));
        assert!(refused(AMOUNTS, BoardFacts { free: WEIGHT_MAX + 1, ..BOARD }));
        assert!(refused(Amounts { base: -1, ..AMOUNTS }, BOARD));
        assert!(Basis::BaseAndSupplement.weigh(Amounts { base: WEIGHT_MAX, supplement: WEIGHT_MAX }, &BOARD).is_err());
    }

    #[test]
    fn the_largest_board_by_school_weights_still_fits() {
        let board = BoardFacts { pupils: BOARD_PUPILS_MAX, school_weight: SCHOOL_WEIGHT_MAX, ..BOARD };
        assert_eq!(Basis::SchoolWeights.weigh(AMOUNTS, &board), Ok(BOARD_PUPILS_MAX * SCHOOL_WEIGHT_MAX / 100));
    }

    #[test]
    fn a_number_reads_with_a_comma_or_a_point_as_exact_hundredths() {
        assert_eq!(["29,4", "29.4", "0.05", " 7 ", "22,41"].map(hundredths), [Some(2940), Some(2940), Some(5), Some(700), Some(2241)]);
        for text in ["", ",", "1,", ",5", "-1", "+1", "1,234", "1.000,0", "1e3", "٣", "99999999999999999999"] {
            assert_eq!(hundredths(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn every_number_of_hundredths_reads_back(weight in 0..=WEIGHT_MAX) {
            prop_assert_eq!(hundredths(&format!("{},{:02}", weight / 100, weight % 100)), Some(weight));
        }

        #[test]
        fn any_text_is_read_or_left(text in ".{0,12}") {
            prop_assert!(hundredths(&text).is_none_or(|weight| (0..=WEIGHT_MAX).contains(&weight)));
        }
    }
}
