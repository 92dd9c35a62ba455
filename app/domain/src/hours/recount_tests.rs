//! Tests of a count during the year: its stories, and what holds whatever was given and used.
//!
//! Always true here: an account is checked against its balance, never against the code that moved it.

use super::*;
use crate::BoardId;
use proptest::prelude::*;
use uuid::Uuid;

const SUPPLIER: SupplierId = SupplierId(Uuid::from_u128(1));
const YEAR: SchoolYear = SchoolYear(2026);

fn board(id: u128) -> Holder {
    Holder::board(BoardId(Uuid::from_u128(id)))
}

fn goal(id: u128, minutes: Minutes) -> Goal {
    Goal {
        supplier: SUPPLIER,
        supplier_name: "Kameleon".to_owned(),
        holder: board(id),
        name: format!("Bestuur {id}"),
        minutes,
        months: YEAR.months(),
    }
}

fn key(id: u128, month: Month) -> AccountKey {
    AccountKey::new(Bucket::of_month(SUPPLIER, month), board(id))
}

/// What these changes leave, when nothing else happens.
fn after(standing: &Standing, changes: &[(AccountKey, Minutes)]) -> Standing {
    let mut standing = standing.clone();
    for (account, minutes) in changes {
        let given = standing.entry(*account).or_default();
        given.minutes += *minutes;
        given.idle += *minutes;
    }
    standing
}

fn january() -> Month {
    Month::new(2027, 1).expect("January exists")
}

#[test]
fn a_first_count_spreads_the_year_over_its_months() {
    let changes = recount(YEAR, &[goal(1, Minutes::hours(191))], &Standing::new(), None).expect("it fits");
    assert_eq!(changes.iter().map(|(_, minutes)| *minutes).collect::<Vec<_>>(), spread(Minutes::hours(191), 11));
    assert_eq!(
        changes.iter().map(|(account, _)| account.bucket.month).collect::<Vec<_>>(),
        YEAR.months().into_iter().map(Some).collect::<Vec<_>>()
    );
}

#[test]
fn more_in_january_goes_to_the_seven_months_that_remain() {
    let standing = after(&Standing::new(), &recount(YEAR, &[goal(1, Minutes::hours(110))], &Standing::new(), None).expect("it fits"));
    let changes = recount(YEAR, &[goal(1, Minutes::hours(117))], &standing, Some(january())).expect("it fits");
    assert_eq!(changes.len(), 7);
    assert!(changes.iter().all(|(account, minutes)| account.bucket.month >= Some(january()) && *minutes == Minutes::hours(1)));
}

#[test]
fn less_is_taken_from_what_is_idle_and_no_minute_more() {
    let mut standing = after(&Standing::new(), &recount(YEAR, &[goal(1, Minutes::hours(110))], &Standing::new(), None).expect("it fits"));
    standing.get_mut(&key(1, january())).expect("January was given").idle = Minutes::ZERO;
    let changes = recount(YEAR, &[goal(1, Minutes::hours(50))], &standing, Some(january())).expect("six months still have ten hours each");
    assert_eq!(changes.len(), 6);
    assert!(changes.iter().all(|(_, minutes)| *minutes == Minutes::hours(-10)));
    let refusal = recount(YEAR, &[goal(1, Minutes::hours(49))], &standing, Some(january())).expect_err("an hour too much");
    assert_eq!(refusal.code, "hours_gone");
    assert!(refusal.advice.contains("Bestuur 1, Kameleon 61\u{a0}u, daarvan is er nog 60\u{a0}u."), "{}", refusal.advice);
}

#[test]
fn a_month_that_is_no_longer_in_use_gives_its_hours_to_the_others() {
    let standing = after(&Standing::new(), &recount(YEAR, &[goal(1, Minutes::hours(110))], &Standing::new(), None).expect("it fits"));
    let without_july =
        Goal { months: YEAR.months().into_iter().filter(|month| month.number() != 7).collect(), ..goal(1, Minutes::hours(110)) };
    let changes = recount(YEAR, &[without_july], &standing, Some(january())).expect("it fits");
    let july = key(1, Month::new(2027, 7).expect("July exists"));
    assert_eq!(changes[0], (july, Minutes::hours(-10)));
    assert_eq!(changes.iter().map(|(_, minutes)| *minutes).sum::<Minutes>(), Minutes::ZERO);
}

#[test]
fn when_no_month_remains_there_is_nothing_to_give_it_in() {
    let past = Goal { months: vec![Month::new(2026, 9).expect("September exists")], ..goal(1, Minutes::hours(11)) };
    let refusal = recount(YEAR, &[past], &Standing::new(), Some(january())).expect_err("September is over");
    assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), ("no_months_left", Some("maanden")));
}

#[test]
fn a_reserve_grows_and_shrinks_by_what_is_still_in_it() {
    let reserve = |hours| Goal {
        holder: Holder::reserve(SUPPLIER),
        name: "Reserve".to_owned(),
        months: Vec::new(),
        ..goal(1, Minutes::hours(hours))
    };
    let account = AccountKey::new(Bucket::of_year(SUPPLIER, YEAR), Holder::reserve(SUPPLIER));
    assert_eq!(recount(YEAR, &[reserve(70)], &Standing::new(), None), Ok(vec![(account, Minutes::hours(70))]));
    let standing = Standing::from([(account, Given { minutes: Minutes::hours(70), idle: Minutes::hours(20) })]);
    assert_eq!(recount(YEAR, &[reserve(50)], &standing, Some(january())), Ok(vec![(account, Minutes::hours(-20))]));
    assert!(recount(YEAR, &[reserve(49)], &standing, Some(january())).is_err_and(|refusal| refusal.code == "hours_gone"));
}

#[test]
fn a_refusal_names_five_and_counts_the_others() {
    let shortage = |n: usize| Shortage { name: format!("Bestuur {n}, Mytyl"), wanted: Minutes::hours(2), there: Minutes::ZERO };
    let refusal = hours_gone(&(1..=7).map(shortage).collect::<Vec<_>>());
    assert!(refusal.advice.contains("Bestuur 5") && !refusal.advice.contains("Bestuur 6") && refusal.advice.contains("En nog 2 andere."));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn taking_is_whole_even_and_never_below_zero(total in 0_i64..2_000, room in prop::collection::vec(0_i64..200, 0..12)) {
        let room: Vec<Minutes> = room.into_iter().map(Minutes::quarters).collect();
        let taken = take(Minutes::quarters(total), &room);
        prop_assert_eq!(taken.iter().copied().sum::<Minutes>(), Minutes::quarters(total).min(room.iter().copied().sum()));
        prop_assert!(taken.iter().zip(&room).all(|(taken, room)| Minutes::ZERO <= *taken && taken <= room && taken.is_on_grid()));
        // A month that keeps something gave as much as any other, but for the quarter that does not divide in each round.
        let most = taken.iter().copied().max().unwrap_or_default();
        let rounds = i64::try_from(room.len()).unwrap_or_default();
        prop_assert!(taken.iter().zip(&room).all(|(taken, room)| taken == room || most - *taken <= Minutes::quarters(rounds)));
    }

    /// Any number of boards, any first division, any hours gone since, any second count from any month on.
    #[test]
    fn a_count_meets_every_goal_or_changes_nothing(
        boards in prop::collection::vec((0_i64..4_000, 0_i64..4_000, prop::collection::vec(0_i64..=4, 12)), 1..8),
        first in 0_usize..12,
        in_use in prop::collection::vec(any::<bool>(), 12),
    ) {
        let (months, from) = (YEAR.calendar(), YEAR.calendar()[first]);
        let goals = |pick: fn(&(i64, i64, Vec<i64>)) -> i64| -> Vec<Goal> {
            (1..).zip(&boards).map(|(id, row)| goal(id, Minutes::quarters(pick(row)))).collect()
        };
        let mut standing = after(&Standing::new(), &recount(YEAR, &goals(|row| row.0), &Standing::new(), None).expect("a first count fits"));
        for (id, (.., gone)) in (1..).zip(&boards) {
            for (month, quarters_of_it) in months.iter().zip(gone) {
                if let Some(given) = standing.get_mut(&key(id, *month)) {
                    given.idle = Minutes::quarters(given.minutes.0 / 15 * (4 - quarters_of_it) / 4);
                }
            }
        }
        let second: Vec<Goal> = goals(|row| row.1)
            .into_iter()
            .map(|goal| Goal { months: months.iter().zip(&in_use).filter(|(_, used)| **used).map(|(month, _)| *month).collect(), ..goal })
            .collect();
        match recount(YEAR, &second, &standing, Some(from)) {
            Ok(changes) => {
                prop_assert!(changes.iter().all(|(account, minutes)| account.bucket.month >= Some(from) && minutes.is_on_grid()));
                let then = after(&standing, &changes);
                for (id, (_, wanted, _)) in (1..).zip(&boards) {
                    let all: Minutes = then.iter().filter(|(account, _)| account.holder == board(id)).map(|(_, given)| given.minutes).sum();
                    prop_assert_eq!(all, Minutes::quarters(*wanted));
                }
                prop_assert!(then.values().all(|given| given.idle >= Minutes::ZERO && given.minutes >= Minutes::ZERO));
                let touched = |month: &Month| second[0].months.contains(month) || changes.iter().all(|(account, minutes)| account.bucket.month != Some(*month) || *minutes < Minutes::ZERO);
                prop_assert!(months.iter().all(touched), "a month that is not in use only gives back");
            }
            Err(refusal) => prop_assert!(["hours_gone", "no_months_left"].contains(&refusal.code.as_ref()), "{}", refusal.code),
        }
    }
}
