//! The cast of the search page, in the order and with the reasons that it should give.
//!
//! Always true here: today is 17 November 2026 and De Meerpaal in Havenkwartier asks.

use super::*;
use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn asked() -> Asked<'static> {
    Asked { today: day("2026-11-17"), school: "De Meerpaal", wijk: "Havenkwartier", district: "Noord" }
}

fn matched(name: &str, level: ExpertiseLevel, until: &str) -> Matched {
    let proof = Proof { name: "ECHA-diploma".into(), until: Some(day(until)) };
    Matched { expertise: ExpertiseId(Uuid::from_u128(1)), name: name.into(), level, proof, score: 1000 }
}

fn candidate(number: u128, name: &str) -> Candidate {
    Candidate {
        specialist: SpecialistId(Uuid::from_u128(number)),
        name: name.into(),
        supplier: SupplierId(Uuid::from_u128(1)),
        supplier_name: "De Wissel".into(),
        matched: vec![matched("Hoogbegaafdheid", ExpertiseLevel::Specialised, "2028-08-01")],
        levels: vec![SupportLevel::Pupil],
        first_free: Some("2026-11-19T08:00:00Z".parse().expect("a moment")),
        hours: Spendable {
            own: Minutes::hours(2),
            own_until: Some(day("2026-11-30")),
            board: Minutes::ZERO,
            pot: Minutes::hours(4),
            own_next: true,
        },
        travel: TravelClass::SameWijk,
        worked_here: false,
    }
}

fn names(ranked: &[Ranked]) -> Vec<&str> {
    ranked.iter().map(|one| one.candidate.name.as_str()).collect()
}

fn plain(sentences: &[String]) -> Vec<String> {
    sentences.iter().map(|sentence| sentence.replace('\u{a0}', " ")).collect()
}

#[test]
fn the_reasons_are_sentences_that_one_can_check() {
    let thijs = Candidate { worked_here: true, ..candidate(1, "Thijs Oldenkamp") };
    let ranked = rank(vec![thijs], &asked());
    assert_eq!(
        plain(&ranked[0].why),
        [
            "Thijs is gespecialiseerd in hoogbegaafdheid.",
            "Werkt al in jouw wijk, Havenkwartier.",
            "Was eerder op De Meerpaal.",
            "Je eigen 2 u vervalt over 13 dagen.",
        ]
    );
}

#[test]
fn a_proof_that_lapses_soon_says_so_and_a_lapsed_one_comes_last_and_can_not_be_booked() {
    let soon = Candidate { matched: vec![matched("Motoriek", ExpertiseLevel::Basic, "2027-01-12")], ..candidate(1, "Mees Tammer") };
    let lapsed = Candidate { matched: vec![matched("NT2", ExpertiseLevel::Specialised, "2026-11-16")], ..candidate(2, "Aylin Demirkan") };
    let ranked = rank(vec![lapsed, soon], &asked());
    assert_eq!(names(&ranked), ["Mees Tammer", "Aylin Demirkan"]);
    assert_eq!(ranked[0].why[..2], ["Mees kent de basis van motoriek.", "Het bewijs voor motoriek verloopt over 56 dagen."]);
    assert_eq!(ranked[1].why[0], "Het bewijs voor NT2 gold tot en met 16 november 2026.");
    assert!(ranked[0].bookable && !ranked[1].bookable);
    assert_eq!(ranked[1].proofs, [ProofState::Lapsed]);
}

#[test]
fn fit_comes_first_then_hours_then_the_first_free_day_then_travel_then_known_here() {
    let none = Spendable::default();
    let later = Some("2026-11-23T08:00:00Z".parse().expect("a moment"));
    let experienced = vec![matched("Hoogbegaafdheid", ExpertiseLevel::Experienced, "2028-08-01")];
    let both = vec![experienced[0].clone(), matched("Gedrag", ExpertiseLevel::Experienced, "2028-08-01")];
    let ranked = rank(
        vec![
            Candidate { matched: experienced, ..candidate(1, "Zes") },
            Candidate { hours: none, ..candidate(2, "Vijf") },
            Candidate { first_free: later, ..candidate(3, "Vier") },
            Candidate { travel: TravelClass::Elsewhere, ..candidate(4, "Drie") },
            candidate(5, "Twee"),
            Candidate { worked_here: true, ..candidate(6, "Een") },
            Candidate { matched: both, ..candidate(7, "Nul") },
            Candidate { first_free: None, ..candidate(8, "Vierenhalf") },
        ],
        &asked(),
    );
    assert_eq!(names(&ranked), ["Nul", "Een", "Twee", "Drie", "Vier", "Vierenhalf", "Vijf", "Zes"]);
}

#[rstest]
#[case(2, "2026-11-17", 0, 0, "Je eigen 2 u vervalt vandaag.")]
#[case(2, "2026-11-18", 0, 0, "Je eigen 2 u vervalt morgen.")]
#[case(0, "2026-11-30", 3, 4, "Je bestuur heeft nog 3 u bij De Wissel.")]
#[case(0, "2026-11-30", 0, 4, "Uit de wijkpot kun je nog 4 u direct opnemen bij De Wissel.")]
#[case(0, "2026-11-30", 0, 0, "Er zijn deze maand geen uren bij De Wissel.")]
fn own_hours_come_before_the_boards_and_those_before_the_pots(
    #[case] own: i64,
    #[case] until: &str,
    #[case] board: i64,
    #[case] pot: i64,
    #[case] expected: &str,
) {
    let hours = Spendable {
        own: Minutes::hours(own),
        own_until: Some(day(until)),
        board: Minutes::hours(board),
        pot: Minutes::hours(pot),
        own_next: true,
    };
    let ranked = rank(vec![Candidate { hours, ..candidate(1, "Thijs Oldenkamp") }], &asked());
    assert_eq!(plain(&ranked[0].why).last().map(String::as_str), Some(expected));
}

#[rstest]
#[case("2026-11-30T08:00:00Z", true, "Je eigen 2 u vervalt over 13 dagen.")]
#[case("2026-12-01T08:00:00Z", true, "In december heb je weer uren bij De Wissel.")]
#[case("2026-11-30T23:15:00Z", true, "In december heb je weer uren bij De Wissel.")]
#[case("2026-12-01T08:00:00Z", false, "Werkt al in jouw wijk, Havenkwartier.")]
#[case("2027-01-04T08:00:00Z", true, "Werkt al in jouw wijk, Havenkwartier.")]
fn hours_of_this_month_are_no_reason_for_who_is_free_later(#[case] free: &str, #[case] own_next: bool, #[case] expected: &str) {
    let thijs = candidate(1, "Thijs Oldenkamp");
    let hours = Spendable { own_next, ..thijs.hours };
    let ranked = rank(vec![Candidate { first_free: Some(free.parse().expect("a moment")), hours, ..thijs }], &asked());
    assert_eq!(plain(&ranked[0].why).last().map(String::as_str), Some(expected));
}

#[rstest]
#[case("Hoogbegaafdheid", "hoogbegaafdheid")]
#[case("Syndroom van Down", "syndroom van Down")]
#[case("NT2", "NT2")]
#[case("ADHD", "ADHD")]
#[case("", "")]
fn a_name_stands_in_a_sentence_without_its_capital_unless_it_is_an_abbreviation(#[case] name: &str, #[case] expected: &str) {
    assert_eq!(in_sentence(name), expected);
}

#[test]
fn somebody_found_by_name_is_bookable_without_an_expertise_that_was_asked_for() {
    let ranked = rank(vec![Candidate { matched: Vec::new(), ..candidate(1, "Thijs Oldenkamp") }], &asked());
    assert!(ranked[0].bookable);
}

fn any_candidate() -> impl Strategy<Value = Candidate> {
    (0..40_u128, "[A-C][a-b]{1,2}", 0..3_i64, 0..3_usize, any::<bool>(), proptest::option::of(0..200_000_i64), -5..90_i64).prop_map(
        |(number, name, own, level, worked_here, free, days)| Candidate {
            matched: vec![Matched {
                proof: Proof { name: String::new(), until: asked().today.checked_add_signed(chrono::TimeDelta::days(days)) },
                ..matched("Gedrag", ExpertiseLevel::ALL[level], "2028-08-01")
            }],
            hours: Spendable { own: Minutes::hours(own), ..Spendable::default() },
            first_free: free.and_then(|seconds| DateTime::from_timestamp(1_790_000_000 + seconds, 0)),
            worked_here,
            ..candidate(number, &name)
        },
    )
}

proptest! {
    #[test]
    fn the_order_does_not_depend_on_the_order_of_the_rows(
        (candidates, shuffled) in proptest::collection::vec(any_candidate(), 0..12).prop_map(|mut list| {
            list.sort_by_key(|one| one.specialist);
            list.dedup_by_key(|one| one.specialist);
            list
        }).prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle()))
    ) {
        prop_assert_eq!(rank(candidates, &asked()), rank(shuffled, &asked()));
    }

    #[test]
    fn nobody_is_lost_every_reason_is_a_sentence_and_the_lapsed_come_last(candidates in proptest::collection::vec(any_candidate(), 0..12)) {
        let count = candidates.len();
        let ranked = rank(candidates, &asked());
        prop_assert_eq!(ranked.len(), count);
        prop_assert!(ranked.is_sorted_by_key(|one| !one.bookable));
        prop_assert!(ranked.iter().all(|one| !one.why.is_empty() && one.why.iter().all(|why| why.ends_with('.'))));
    }
}
