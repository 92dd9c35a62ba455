//! The bases of a division: what a board weighs, by its pupils, by school weights, by a base amount with a supplement, or freely.
//!
//! Always true here: every weight is a whole number of hundredths from zero up, on one scale for all boards of a division.

use super::{PUPILS_MAX, SCHOOLS_MAX, WEIGHT_MAX};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// A school weight (schoolweging), in hundredths. The statistics office publishes weights between 20 and 40; this leaves room to spare.
pub const SCHOOL_WEIGHT_MAX: i64 = 10_000;

/// The basis on which all boards of one division are weighed (003, "op basis van schoolweging", "een basisbudget … en een toeslag").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// Every pupil counts the same.
    Pupils,
    /// Every pupil counts as much as the weight of the school.
    SchoolWeights,
    /// Every school counts for a base amount, and each pupil that needs one for a supplement.
    BaseAndSupplement {
        /// Per school, in hundredths.
        base: i64,
        /// Per pupil with a supplement, in hundredths.
        supplement: i64,
    },
}

/// What the bases need to know of one school.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolFacts {
    /// All pupils.
    pub pupils: i64,
    /// The school weight, in hundredths: 29.41 is 2941.
    pub school_weight: i64,
    /// The pupils for whom a supplement counts.
    pub with_supplement: i64,
}

impl Basis {
    /// The weight of a board with these schools, in hundredths. A free weight, decided per board, needs no basis:
    /// [`hundredths`] reads it.
    ///
    /// # Errors
    /// Refuses numbers below zero or above their limit, too many schools and a board heavier than [`WEIGHT_MAX`].
    pub fn weigh(self, schools: &[SchoolFacts]) -> Result<i64, Refusal> {
        let amounts = match self {
            Self::BaseAndSupplement { base, supplement } => [base, supplement],
            Self::Pupils | Self::SchoolWeights => [0, 0],
        };
        if schools.len() > SCHOOLS_MAX || amounts.iter().any(|amount| !(0..=WEIGHT_MAX).contains(amount)) || !schools.iter().all(is_sound) {
            return Err(out_of_range());
        }
        let weight: i128 = schools.iter().map(|school| self.of(school)).sum();
        i64::try_from(weight).ok().filter(|weight| *weight <= WEIGHT_MAX).ok_or_else(out_of_range)
    }

    fn of(self, school: &SchoolFacts) -> i128 {
        let (pupils, with_supplement) = (i128::from(school.pupils), i128::from(school.with_supplement));
        match self {
            Self::Pupils => pupils * 100,
            Self::SchoolWeights => pupils * i128::from(school.school_weight),
            Self::BaseAndSupplement { base, supplement } => i128::from(base) + with_supplement * i128::from(supplement),
        }
    }
}

fn is_sound(school: &SchoolFacts) -> bool {
    (0..=PUPILS_MAX).contains(&school.pupils)
        && (0..=school.pupils).contains(&school.with_supplement)
        && (0..=SCHOOL_WEIGHT_MAX).contains(&school.school_weight)
}

fn out_of_range() -> Refusal {
    Refusal::new(
        "weight_out_of_range",
        "Het gewicht van een bestuur is niet te berekenen",
        "Er is niets verdeeld. Kijk de aantallen leerlingen, de schoolwegingen en de bedragen na: elk getal is 0 of hoger.",
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

    const SCHOOL: SchoolFacts = SchoolFacts { pupils: 200, school_weight: 2_941, with_supplement: 30 };

    #[test]
    fn a_board_weighs_by_pupils_by_school_weights_or_by_a_base_with_a_supplement() {
        let schools = [SCHOOL, SchoolFacts { pupils: 100, school_weight: 3_000, with_supplement: 0 }];
        assert_eq!(Basis::Pupils.weigh(&schools), Ok(30_000));
        assert_eq!(Basis::SchoolWeights.weigh(&schools), Ok(588_200 + 300_000));
        assert_eq!(Basis::BaseAndSupplement { base: 5_000, supplement: 250 }.weigh(&schools), Ok(10_000 + 7_500));
        assert_eq!(Basis::Pupils.weigh(&[]), Ok(0));
    }

    #[test]
    fn numbers_below_zero_or_beyond_their_limit_are_refused() {
        let refused = |basis: Basis, school| basis.weigh(&[school]).is_err();
        assert!(refused(Basis::Pupils, SchoolFacts { pupils: -1, ..SCHOOL }));
        assert!(refused(Basis::Pupils, SchoolFacts { pupils: PUPILS_MAX + 1, ..SCHOOL }));
        assert!(refused(Basis::SchoolWeights, SchoolFacts { school_weight: SCHOOL_WEIGHT_MAX + 1, ..SCHOOL }));
        assert!(refused(Basis::Pupils, SchoolFacts { with_supplement: 201, ..SCHOOL }));
        assert!(refused(Basis::BaseAndSupplement { base: -1, supplement: 0 }, SCHOOL));
        assert!(refused(Basis::BaseAndSupplement { base: WEIGHT_MAX, supplement: WEIGHT_MAX }, SCHOOL));
        assert!(Basis::Pupils.weigh(&vec![SCHOOL; SCHOOLS_MAX + 1]).is_err());
    }

    #[test]
    fn the_largest_board_by_school_weights_still_fits() {
        let school = SchoolFacts { pupils: PUPILS_MAX, school_weight: SCHOOL_WEIGHT_MAX, with_supplement: 0 };
        assert_eq!(Basis::SchoolWeights.weigh(&vec![school; SCHOOLS_MAX]), Ok(WEIGHT_MAX));
    }

    #[test]
    fn a_number_reads_with_a_comma_or_a_point_as_exact_hundredths() {
        assert_eq!(["29,4", "29.4", "0.05", " 7 ", "22,41"].map(hundredths), [Some(2940), Some(2940), Some(5), Some(700), Some(2241)]);
        for text in ["", ",", "1,", ",5", "-1", "+1", "1,234", "1.000,0", "1e3", "٣", "99999999999999999999"] {
            assert_eq!(hundredths(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

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
