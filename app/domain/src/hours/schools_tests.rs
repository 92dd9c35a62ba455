//! Tests of the division over schools: the stories by name, and every promise of the module for random boards.
//!
//! Always true here: the expected numbers are written out or follow from the definition, never from the code under test.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn schools(pupils: &[Option<i64>]) -> Vec<SchoolPupils> {
    (1_u128..).zip(pupils).map(|(id, &pupils)| SchoolPupils { school: SchoolId(Uuid::from_u128(id)), pupils }).collect()
}

fn code<T>(result: Result<T, Refusal>) -> String {
    result.err().map(|refusal| refusal.code.into_owned()).unwrap_or_default()
}

#[test]
fn a_board_divides_its_year_by_pupils() {
    let years = by_pupils(Minutes::hours(10), &schools(&[Some(300), Some(100)]));
    assert_eq!(years, Ok(vec![Minutes(450), Minutes(150)]));
}

#[test]
fn an_unknown_school_counts_as_the_average_of_the_known() {
    // 24 quarter-hours by 100, 150 and 200 pupils: 5⅓, 8 and 10⅔.
    let years = by_pupils(Minutes::hours(6), &schools(&[Some(100), None, Some(200)]));
    assert_eq!(years, Ok(vec![Minutes::quarters(5), Minutes::quarters(8), Minutes::quarters(11)]));
}

#[test]
fn schools_that_are_all_unknown_or_all_empty_get_the_same() {
    let equal = Ok(vec![Minutes(120); 3]);
    assert_eq!(by_pupils(Minutes::hours(6), &schools(&[None, None, None])), equal);
    assert_eq!(by_pupils(Minutes::hours(6), &schools(&[Some(0), Some(0), Some(0)])), equal);
}

#[test]
fn three_equal_schools_take_turns_at_a_month_that_does_not_divide() {
    let quarter = Minutes::quarters(1);
    let rows = over_months(&[quarter; 3], &[quarter; 3]);
    assert_eq!(
        rows,
        Ok(vec![
            vec![quarter, Minutes::ZERO, Minutes::ZERO],
            vec![Minutes::ZERO, quarter, Minutes::ZERO],
            vec![Minutes::ZERO, Minutes::ZERO, quarter]
        ])
    );
}

#[test]
fn a_board_without_hours_gives_every_school_empty_months() {
    let divided = divide(Minutes::ZERO, 11, &schools(&[Some(100), None]));
    assert!(divided.is_ok_and(|rows| rows.len() == 2 && rows.iter().all(|row| row.months == [Minutes::ZERO; 11])));
}

#[test]
fn what_can_not_be_divided_is_refused_with_its_reason() {
    let hour = Minutes::hours(1);
    assert_eq!(code(by_pupils(hour, &[])), "no_schools");
    assert_eq!(code(by_pupils(hour, &schools(&vec![None; SCHOOLS_MAX + 1]))), "too_many_schools");
    assert_eq!(code(by_pupils(hour, &schools(&[Some(-1)]))), "pupils_out_of_range");
    assert_eq!(code(by_pupils(hour, &schools(&[Some(PUPILS_MAX + 1)]))), "pupils_out_of_range");
    assert_eq!(code(by_pupils(-hour, &schools(&[None]))), "hours_below_zero");
    assert_eq!(code(by_pupils(Minutes(20), &schools(&[None]))), "hours_off_grid");
    assert_eq!(code(divide(hour, 0, &schools(&[None]))), "division_does_not_fit");
}

#[test]
fn a_division_by_hand_that_does_not_fit_names_the_difference() {
    let refusal = over_months(&[Minutes::hours(3)], &[Minutes::hours(1)]).unwrap_err();
    assert_eq!(refusal.heading, "Je verdeelt 2\u{a0}u te veel");
    let refusal = over_months(&[Minutes(15)], &[Minutes::hours(1)]).unwrap_err();
    assert_eq!(refusal.heading, "Je verdeelt 45\u{a0}min te weinig");
}

/// Every promise about the months of rows, from the definition.
fn keeps_its_promises(years: &[Minutes], months: &[Minutes], rows: &[Vec<Minutes>]) -> Result<(), TestCaseError> {
    prop_assert_eq!(rows.len(), years.len());
    let (all, mut until) = (exact_sum(months), 0_i128);
    let mut given = vec![0_i128; years.len()];
    for (place, month) in months.iter().enumerate() {
        until += i128::from(month.0);
        prop_assert_eq!(rows.iter().map(|row| row[place]).sum::<Minutes>(), *month);
        for ((row, given), year) in rows.iter().zip(&mut given).zip(years) {
            prop_assert!(row[place].0 >= 0 && row[place].is_on_grid());
            *given += i128::from(row[place].0);
            // Less than a quarter-hour from the ideal `year × until / all`.
            prop_assert!((*given * all - i128::from(year.0) * until).abs() < i128::from(QUARTER) * all.max(1));
        }
    }
    for (row, year) in rows.iter().zip(years) {
        prop_assert_eq!(row.iter().copied().sum::<Minutes>(), *year);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_board_divides_exactly_over_schools_and_months(
        quarters in prop_oneof![0_i64..200, 0_i64..20_000, 0_i64..4_000_000],
        months in 1_usize..=12,
        pupils in prop::collection::vec(prop::option::weighted(0.8, 0_i64..900), 1..=60),
    ) {
        let (total, schools) = (Minutes::quarters(quarters), schools(&pupils));
        let divided = divide(total, months, &schools).unwrap();
        prop_assert!(divided.iter().zip(&schools).all(|(row, school)| row.school == school.school));
        prop_assert_eq!(divided.iter().map(|row| row.year).sum::<Minutes>(), total);
        let years: Vec<Minutes> = divided.iter().map(|row| row.year).collect();
        let rows: Vec<Vec<Minutes>> = divided.into_iter().map(|row| row.months).collect();
        keeps_its_promises(&years, &spread(total, months), &rows)?;
    }

    /// Months of any size: after a move of hours between months, or for the months that remain.
    #[test]
    fn months_of_any_size_divide_exactly(
        months in prop::collection::vec(prop_oneof![Just(0_i64), 0_i64..6, 0_i64..4_000], 1..=12),
        weights in prop::collection::vec(prop_oneof![Just(0_i64), 1_i64..4, 1_i64..2_000], 1..=60),
    ) {
        let months: Vec<Minutes> = months.into_iter().map(Minutes::quarters).collect();
        let total: i64 = months.iter().copied().sum::<Minutes>().0 / QUARTER;
        let years: Vec<Minutes> = largest_remainder(total, &weights).into_iter().map(Minutes::quarters).collect();
        let rows = over_months(&years, &months).unwrap();
        keeps_its_promises(&years, &months, &rows)?;
    }

    #[test]
    fn each_year_is_within_a_quarter_hour_of_its_part_by_pupils(
        quarters in 0_i64..40_000, pupils in prop::collection::vec(1_i64..900, 1..=60)
    ) {
        let known: Vec<Option<i64>> = pupils.iter().copied().map(Some).collect();
        let all: i64 = pupils.iter().sum();
        let years = by_pupils(Minutes::quarters(quarters), &schools(&known)).unwrap();
        for (year, pupils) in years.into_iter().zip(pupils) {
            prop_assert!((year.0 / QUARTER * all - quarters * pupils).abs() < all);
        }
    }
}
