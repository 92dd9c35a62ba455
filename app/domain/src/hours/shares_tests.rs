//! Tests of the shares: every refusal by its story, and what holds for any boards.
//!
//! Always true here: the expected numbers are written out or follow from the definition.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn claim(id: u128, weight: i64) -> Claim {
    Claim { board: BoardId(Uuid::from_u128(id)), name: format!("Bestuur {id}"), weight, fixed_percent: None, decided: None }
}

fn fixed(id: u128, percent: i64) -> Claim {
    Claim { fixed_percent: Some(percent), ..claim(id, 1) }
}

fn decided(id: u128, weight: i64, percent: i64, because: &str) -> Claim {
    Claim { decided: Some(Decided { percent, because: because.to_owned() }), ..claim(id, weight) }
}

fn percents(claims: &[Claim]) -> Vec<i64> {
    shares(claims).unwrap().iter().map(|share| share.percent).collect()
}

fn refusal(claims: &[Claim]) -> Refusal {
    shares(claims).unwrap_err()
}

#[test]
fn a_fixed_share_is_honoured_and_the_others_divide_the_rest() {
    assert_eq!(percents(&[claim(1, 2), fixed(2, 40), claim(3, 1)]), [40, 40, 20]);
}

#[test]
fn a_decided_share_leaves_the_other_computed_shares_as_they_are() {
    let claims = [decided(1, 1, 30, " groeit "), decided(2, 1, 20, "krimpt"), claim(3, 2)];
    assert_eq!(percents(&claims), [30, 20, 50]);
    let first = shares(&claims).unwrap().swap_remove(0);
    assert_eq!(first.origin, Origin::Decided { computed: 25, because: "groeit".to_owned() });
}

#[test]
fn a_decision_needs_a_written_reason() {
    for empty in ["", "  ", "\n\t", "\u{200b}", "\0\u{7}\u{202e}"] {
        let refusal = refusal(&[decided(1, 1, 100, empty)]);
        assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), ("decided_without_reason", Some("because")));
    }
    assert_eq!(refusal(&[decided(1, 1, 100, &"a".repeat(BECAUSE_MAX + 1))]).code, "reason_too_long");
    assert_eq!(percents(&[decided(1, 1, 100, &"é".repeat(BECAUSE_MAX))]), [100]);
    assert_eq!(percents(&[decided(1, 1, 100, &format!("{}\u{200b}", "a".repeat(BECAUSE_MAX)))]), [100], "what counts is what is kept");
}

#[test]
fn shares_that_do_not_sum_to_100_are_refused_with_the_difference() {
    assert_eq!(refusal(&[decided(1, 1, 49, "besluit"), claim(2, 1)]).heading, "De aandelen zijn samen 99\u{a0}%: 1\u{a0}% te weinig");
    assert_eq!(refusal(&[fixed(1, 60), fixed(2, 50)]).heading, "De aandelen zijn samen 110\u{a0}%: 10\u{a0}% te veel");
    assert_eq!(refusal(&[fixed(1, 60), fixed(2, 50), claim(3, 0)]).code, "shares_not_100");
    assert_eq!(refusal(&[fixed(1, 30)]).heading, "De aandelen zijn samen 30\u{a0}%: 70\u{a0}% te weinig");
}

#[test]
fn what_no_division_can_start_from_is_refused_with_its_reason() {
    assert_eq!(refusal(&[]).code, "no_boards");
    assert_eq!(refusal(&(0..=BOARDS_MAX as u128).map(|id| claim(id, 1)).collect::<Vec<_>>()).code, "too_many_boards");
    assert_eq!(refusal(&[claim(1, 1), claim(1, 1)]).code, "board_twice");
    assert_eq!(refusal(&[claim(1, -1)]).code, "weight_out_of_range");
    assert_eq!(refusal(&[claim(1, WEIGHT_MAX + 1)]).code, "weight_out_of_range");
    assert_eq!(refusal(&[fixed(1, -1)]).code, "percent_out_of_range");
    assert_eq!(refusal(&[fixed(1, 101)]).code, "percent_out_of_range");
    assert_eq!(refusal(&[decided(1, 1, i64::MIN, "besluit")]).code, "percent_out_of_range");
    assert_eq!(refusal(&[claim(1, 0), claim(2, 0)]).code, "no_weights");
    let both = Claim { fixed_percent: Some(100), ..decided(1, 1, 100, "besluit") };
    assert_eq!(refusal(&[both]).code, "fixed_and_decided");
}

#[test]
fn a_thousand_boards_and_a_board_without_weight_have_a_share() {
    assert_eq!(percents(&(0..BOARDS_MAX as u128).map(|id| claim(id, 1)).collect::<Vec<_>>()).iter().sum::<i64>(), 100);
    assert_eq!(percents(&[claim(1, 0), claim(2, 3)]), [0, 100]);
    assert_eq!(percents(&[fixed(1, 100), claim(2, 0)]), [100, 0]);
}

/// Boards of which some have a fixed share of at most 8 %, so that together they never pass 100.
fn some_claims() -> impl Strategy<Value = Vec<Claim>> {
    prop::collection::vec((1_i64..10_000, prop::option::weighted(0.3, 0_i64..=8)), 1..12).prop_map(|rows| {
        let mut claims: Vec<Claim> =
            (1..).zip(rows).map(|(id, (weight, fixed_percent))| Claim { fixed_percent, ..claim(id, weight) }).collect();
        claims.push(claim(1_000, 7));
        claims
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn shares_sum_to_100_honour_what_is_fixed_and_stay_within_a_percent_of_their_quota(claims in some_claims()) {
        let shares = shares(&claims).unwrap();
        prop_assert_eq!(shares.iter().map(|share| share.percent).sum::<i64>(), 100);
        let left = 100 - claims.iter().filter_map(|claim| claim.fixed_percent).sum::<i64>();
        let weights: i64 = claims.iter().filter(|claim| claim.fixed_percent.is_none()).map(|claim| claim.weight).sum();
        for (share, claim) in shares.iter().zip(&claims) {
            prop_assert_eq!(share.board, claim.board);
            match claim.fixed_percent {
                Some(fixed) => prop_assert_eq!((share.percent, &share.origin), (fixed, &Origin::Fixed)),
                None => prop_assert!((share.percent * weights - left * claim.weight).abs() < weights),
            }
        }
    }

    #[test]
    fn two_decisions_that_cancel_out_change_only_their_own_boards(claims in some_claims(), moved in 1_i64..5) {
        let before = shares(&claims).unwrap();
        let open: Vec<usize> = (0..claims.len()).filter(|&place| claims[place].fixed_percent.is_none()).collect();
        prop_assume!(open.len() >= 2 && before[open[0]].percent >= moved && before[open[1]].percent + moved <= 100);
        let mut after = claims;
        for (place, by) in [(open[0], -moved), (open[1], moved)] {
            after[place].decided = Some(Decided { percent: before[place].percent + by, because: "besluit van de ALV".to_owned() });
        }
        for (place, share) in shares(&after).unwrap().into_iter().enumerate() {
            let by = if place == open[0] { -moved } else if place == open[1] { moved } else { 0 };
            prop_assert_eq!(share.percent, before[place].percent + by);
        }
    }

    #[test]
    fn the_order_of_boards_matters_only_between_ties(
        ordered in some_claims().prop_flat_map(|claims| (Just(claims.clone()), Just(claims).prop_shuffle()))
    ) {
        let (before, after) = (shares(&ordered.0).unwrap(), shares(&ordered.1).unwrap());
        let left = 100 - ordered.0.iter().filter_map(|claim| claim.fixed_percent).sum::<i64>();
        let open = || ordered.0.iter().filter(|claim| claim.fixed_percent.is_none());
        let sum: i64 = open().map(|claim| claim.weight).sum();
        for (share, claim) in before.iter().zip(&ordered.0) {
            let same = after.contains(share);
            let tied = open().filter(|other| left * other.weight % sum == left * claim.weight % sum).count() > 1;
            prop_assert!(same || (tied && claim.fixed_percent.is_none()));
        }
    }

    #[test]
    fn any_numbers_give_shares_of_100_or_a_refusal(
        rows in prop::collection::vec((any::<i64>(), any::<Option<i64>>(), prop::option::of((any::<i64>(), ".{0,3}"))), 0..6)
    ) {
        let claims: Vec<Claim> = (1..).zip(rows).map(|(id, (weight, fixed_percent, decided))| Claim {
            fixed_percent: fixed_percent.map(|percent| percent % 130),
            decided: decided.map(|(percent, because)| Decided { percent: percent % 130, because }),
            ..claim(id, weight % 1_000)
        }).collect();
        if let Ok(shares) = shares(&claims) {
            prop_assert_eq!(shares.iter().map(|share| share.percent).sum::<i64>(), 100);
            prop_assert!(shares.iter().all(|share| (0..=100).contains(&share.percent)));
        }
    }
}
