//! The rules of the pot, each at its edge, and what holds for any pot.

use super::*;
use crate::{
    DrawId, PersonId, SchoolId, WijkpotId,
    bookings::Level,
    experts::taxonomy::Category,
    hours::{
        Holder,
        sources::{PayRules, SourceKind, Sources, Stock},
    },
    policy::{BoardConsent, DrawDecision},
};
use chrono::TimeDelta;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

fn november() -> Month {
    Month::new(2026, 11).expect("November exists")
}

fn at(text: &str) -> DateTime<Utc> {
    time::parse_local(text).and_then(time::instant).expect("a moment that exists")
}

fn now() -> DateTime<Utc> {
    at("2026-11-17T12:00")
}

fn plain(words: impl AsRef<str>) -> String {
    words.as_ref().replace('\u{a0}', " ")
}

fn gift(minutes: i64, idle: i64) -> Gift<'static> {
    Gift {
        supplier: "De Brink",
        month: november(),
        minutes: Minutes(minutes),
        idle: Minutes(idle),
        waiting: Minutes::ZERO,
        has_board: true,
    }
}

/// So much is left of a gift.
fn left(minutes: i64) -> Left {
    Left { minutes: Minutes(minutes), used: Minutes::ZERO }
}

fn code<T: std::fmt::Debug>(result: Result<T, Refusal>) -> String {
    result.expect_err("it is refused").code.into_owned()
}

#[test]
fn all_that_is_idle_can_be_given_and_not_a_quarter_more() {
    assert_eq!(gift(135, 135).give(BoardConsent::Notified, now()), Ok(DonationState::Given));
    let refusal = gift(150, 135).give(BoardConsent::None, now()).expect_err("more than is idle");
    assert_eq!((refusal.code.as_ref(), refusal.choices[0].value.as_str()), ("not_idle", "135"));
    assert_eq!(plain(&refusal.advice), "In november is nog 2 u 15 De Brink vrij. Er is niets gedoneerd. Kies hooguit 2 u 15.");
    assert_eq!(code(gift(15, 0).give(BoardConsent::None, now())), "not_idle");
    assert_eq!(code(gift(0, 60).give(BoardConsent::None, now())), "amount_missing");
    assert_eq!(code(gift(-15, 60).give(BoardConsent::None, now())), "amount_missing");
    assert_eq!(code(gift(20, 60).give(BoardConsent::None, now())), "amount_off_grid");
    assert_eq!(code(gift(i64::MAX / 15 * 15, 60).give(BoardConsent::None, now())), "amount_too_large");
}

#[test]
fn what_waits_for_the_board_is_not_offered_twice() {
    let offer = |minutes| Gift { waiting: Minutes(90), ..gift(minutes, 135) };
    assert_eq!(offer(45).give(BoardConsent::Required, now()), Ok(DonationState::Waiting));
    let refusal = offer(60).give(BoardConsent::Required, now()).expect_err("it was offered");
    assert_eq!((refusal.code.as_ref(), refusal.choices[0].value.as_str()), ("gift_waits", "45"));
    assert_eq!(code(offer(150).give(BoardConsent::Required, now())), "not_idle");
    assert_eq!(offer(135).consent(DonationState::Waiting, now()), Ok(()), "the board may give all that is idle");
}

#[test]
fn a_gift_that_its_donor_used_itself_is_not_taken_back() {
    let used = Left { minutes: Minutes::ZERO, used: Minutes(60) };
    let gift = Donation { minutes: Minutes(60), ..given(now()) };
    assert_eq!(code(gift.take_back(used, now())), "gift_used");
    assert_eq!(gift.take_back(Left { minutes: Minutes(15), ..used }, now()), Ok(Minutes(15)));
}

#[test]
fn a_gift_waits_only_when_the_board_must_consent_and_there_is_a_board() {
    for (consent, has_board, state) in [
        (BoardConsent::None, true, DonationState::Given),
        (BoardConsent::Notified, true, DonationState::Given),
        (BoardConsent::Required, true, DonationState::Waiting),
        (BoardConsent::Required, false, DonationState::Given),
    ] {
        assert_eq!(Gift { has_board, ..gift(60, 60) }.give(consent, now()), Ok(state));
    }
}

#[test]
fn the_board_consents_to_what_is_still_idle_and_once() {
    assert_eq!(gift(60, 60).consent(DonationState::Waiting, now()), Ok(()));
    assert_eq!(code(gift(60, 45).consent(DonationState::Waiting, now())), "not_idle");
    assert_eq!(code(gift(60, 60).consent(DonationState::Given, now())), "donation_settled");
    assert_eq!(code(DonationState::Waiting.refuse("")), "reason_missing");
    assert_eq!(DonationState::Waiting.refuse(" Eerst de eigen school. ").as_deref(), Ok("Eerst de eigen school."));
    assert_eq!(code(DonationState::Refused.refuse("Toch niet.")), "donation_settled");
}

#[test]
fn hours_of_a_month_that_is_over_go_nowhere() {
    let last = at("2026-11-30T23:59");
    let over = at("2026-12-01T00:00");
    assert!(gift(60, 60).give(BoardConsent::None, last).is_ok());
    assert_eq!(code(gift(60, 60).give(BoardConsent::None, over)), "month_ended");
    assert_eq!(code(Draw::ask(Minutes(60), &stock(0, 60, 0), 0, over)), "month_ended");
    let far = DrawStock { month: Month::new(2028, 8).expect("a month"), ..stock(0, 60, 0) };
    assert_eq!(code(Draw::ask(Minutes(60), &far, 0, last)), "month_far");
    assert_eq!(code(Draw::ask(Minutes(60), &stock(0, 60, 0), WAITING_MAX, last)), "too_many_wait");
    assert_eq!(code(given(last).take_back(left(60), over)), "month_ended");
    assert_eq!(code(check_release(november(), Minutes(60), Minutes(600), &Sources::default(), over)), "month_ended");
}

fn given(at: DateTime<Utc>) -> Donation {
    Donation { month: november(), minutes: Minutes(135), state: DonationState::Given, given_at: Some(at) }
}

#[test]
fn a_donor_takes_back_within_a_day_what_is_still_there() {
    let gift = given(now());
    assert_eq!(gift.take_back(left(600), now() + TAKE_BACK_WITHIN), Ok(Minutes(135)));
    assert_eq!(gift.take_back(left(45), now()), Ok(Minutes(45)));
    assert_eq!(code(gift.take_back(left(0), now())), "pot_empty");
    let late = gift.take_back(left(600), now() + TAKE_BACK_WITHIN + TimeDelta::seconds(1)).expect_err("a day is over");
    assert_eq!(late.code, "take_back_late");
    assert!(late.advice.contains("woensdag 18 november om 12.00 uur"), "{}", late.advice);
    assert_eq!(code(Donation { state: DonationState::TakenBack, ..gift }.take_back(left(600), now())), "donation_settled");
    let waiting = Donation { state: DonationState::Waiting, given_at: None, ..gift };
    assert_eq!(waiting.take_back(left(600), now()), Ok(Minutes::ZERO));
}

fn stock(own: i64, pot: i64, city: i64) -> DrawStock {
    let pots = [(SourceKind::Wijkpot, 1, "Havenkwartier", pot), (SourceKind::CityPot, 2, "Stedelijke pot", city)];
    DrawStock {
        supplier: "De Wissel".to_owned(),
        month: november(),
        own_idle: Minutes(own),
        pots: pots
            .map(|(kind, id, name, idle)| Stock {
                kind,
                holder: Holder::wijkpot(Uuid::from_u128(id)),
                name: name.to_owned(),
                idle: Minutes(idle),
                waited_for: false,
            })
            .into(),
    }
}

#[test]
fn own_hours_go_first_and_the_refusal_says_which() {
    let refusal = Draw::ask(Minutes(60), &stock(120, 600, 0), 0, now()).expect_err("two own hours");
    assert_eq!(plain(&refusal.heading), "Je hebt zelf nog 2 u De Wissel. Gebruik die eerst");
    assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), ("own_hours_first", Some("leverancier")));
    assert!(Draw::ask(Minutes(60), &stock(0, 0, 0), 0, now()).is_ok(), "asking waits for hours");
    assert_eq!(code(Draw::ask(Minutes::hours(41), &stock(0, 0, 0), 0, now())), "amount_too_large");
}

#[test]
fn the_city_pot_gives_what_the_wijkpot_has_not() {
    let draw = Draw::ask(Minutes(180), &stock(0, 60, 600), 0, now()).expect("asked");
    let parts = draw.grant("De Meerpaal", Minutes(180), &stock(0, 60, 600), now()).expect("granted");
    assert_eq!(
        parts.iter().map(|part| (part.kind, part.minutes.0)).collect::<Vec<_>>(),
        [(SourceKind::Wijkpot, 60), (SourceKind::CityPot, 120)]
    );
    let short = draw.grant("De Meerpaal", Minutes(180), &stock(0, 60, 45), now()).expect_err("not enough");
    assert_eq!((short.code.as_ref(), short.choices[0].value.as_str()), ("pots_too_little", "105"));
    assert!(draw.grant("De Meerpaal", Minutes(105), &stock(0, 60, 45), now()).is_ok(), "less than was asked can be granted");
    assert_eq!(code(draw.grant("De Meerpaal", Minutes(195), &stock(0, 600, 0), now())), "amount_too_large");
    let own = draw.grant("De Meerpaal", Minutes(180), &stock(15, 600, 0), now()).expect_err("own hours");
    assert_eq!(own.code, "own_hours_first");
    assert!(own.heading.starts_with("De Meerpaal heeft zelf nog"), "{own:?}");
    assert_eq!(
        code(Draw { state: DrawState::Withdrawn, ..draw }.grant("De Meerpaal", Minutes(180), &stock(0, 600, 0), now())),
        "draw_settled"
    );
}

#[test]
fn a_wish_names_how_urgent_for_whom_and_in_which_field() {
    let wish = DrawWish { urgentie: "high", niveau: "groep", soort: "behaviour" };
    assert_eq!(wish.read(), Ok(Wanted { urgency: Urgency::High, level: Level::Group, category: Category::Behaviour }));
    for (wish, field) in [
        (DrawWish { urgentie: "", ..wish }, "urgentie"),
        (DrawWish { niveau: "klas", ..wish }, "niveau"),
        (DrawWish { soort: "x", ..wish }, "soort"),
    ] {
        assert_eq!(wish.read().expect_err("it is refused").field.as_deref(), Some(field));
    }
}

#[test]
fn the_cap_decides_who_decides() {
    let by = |rule, taken, asked, voters| {
        let voters: Vec<Voter> = (0..voters).map(|number| (school(number), person(number))).collect();
        decider(rule, Minutes::hours(4), Minutes(taken), Minutes(asked), &voters, &[])
    };
    assert_eq!(by(DrawDecision::Automatic, 0, 240, 0), Decider::Automatic);
    assert_eq!(by(DrawDecision::Automatic, 0, 255, 9), Decider::DistrictTeam);
    assert_eq!(by(DrawDecision::Automatic, 195, 60, 9), Decider::DistrictTeam);
    assert_eq!(by(DrawDecision::DistrictTeam, 0, 15, 9), Decider::DistrictTeam);
    assert_eq!(by(DrawDecision::Network, 0, 15, 2), Decider::Network);
    assert_eq!(by(DrawDecision::Network, 0, 15, 1), Decider::DistrictTeam, "nobody else could vote");
}

#[test]
fn where_schools_can_not_find_two_of_one_mind_the_team_decides() {
    let by = |voters: &[Voter], votes: &[Vote]| decider(DrawDecision::Network, Minutes::ZERO, Minutes::ZERO, Minutes(60), voters, votes);
    let voters = [2, 3, 4].map(|number| (school(number), person(number)));
    assert_eq!(by(&voters, &[vote(2, true), vote(3, false)]), Decider::Network, "the third decides");
    assert_eq!(by(&voters[..2], &[vote(2, true)]), Decider::Network);
    assert_eq!(by(&voters[..2], &[vote(2, true), vote(3, false)]), Decider::DistrictTeam, "one yes, one no, and nobody left");
    assert_eq!(by(&voters[..2], &[vote(2, true), vote(3, true)]), Decider::Network, "it is decided");
    let one_person = [(school(2), person(2)), (school(3), person(2))];
    assert_eq!(by(&one_person, &[]), Decider::DistrictTeam, "one person has one voice, however many schools");
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn school(number: u128) -> SchoolId {
    SchoolId(Uuid::from_u128(number))
}

fn vote(number: u128, agrees: bool) -> Vote {
    Vote { school: school(number), person: person(number), agrees }
}

#[test]
fn two_other_schools_decide_and_nobody_twice() {
    assert_eq!(tally(&[vote(2, true), vote(3, false)]), Tally::Open { yes: 1, no: 1 });
    assert_eq!(tally(&[vote(2, true), vote(3, false), vote(4, true)]), Tally::Agreed);
    assert_eq!(tally(&[vote(2, false), vote(3, false)]), Tally::Rejected);
    let voters = [(school(2), person(2)), (school(3), person(3)), (school(3), person(2))];
    let check = |vote: Vote, votes: &[Vote]| check_vote(&vote, (DrawState::Asked, school(1)), Decider::Network, &voters, votes);
    assert_eq!(check(vote(2, true), &[]), Ok(()));
    assert_eq!(code(check(vote(1, true), &[])), "vote_own_draw");
    assert_eq!(code(check(vote(9, true), &[])), "vote_outside");
    assert_eq!(code(check(Vote { person: person(9), ..vote(2, true) }, &[])), "vote_outside", "who may not speak for it");
    assert_eq!(code(check(vote(2, true), &[vote(2, false)])), "voted_before");
    assert_eq!(code(check(Vote { school: school(3), ..vote(2, true) }, &[vote(2, true)])), "voted_before", "one person, two schools");
    let settled = check_vote(&vote(2, true), (DrawState::Granted, school(1)), Decider::Network, &voters, &[]);
    assert_eq!(code(settled), "draw_settled");
    let other = check_vote(&vote(2, true), (DrawState::Asked, school(1)), Decider::DistrictTeam, &voters, &[]);
    assert_eq!(code(other), "vote_not_asked");
    assert_eq!(code(must_be_teams(Decider::Network)), "network_decides");
    assert!(must_be_teams(Decider::DistrictTeam).is_ok() && must_be_teams(Decider::Automatic).is_ok());
}

fn need(number: u128, name: &str, urgency: Urgency, had: i64, pupils: Option<i64>, days: i64) -> Need {
    let draw = DrawId(Uuid::from_u128(number));
    let since = now() - TimeDelta::days(days);
    Need { draw, school: school(number), name: name.to_owned(), urgency, minutes: Minutes(60), had: Minutes(had), pupils, since }
}

fn told(needs: Vec<Need>) -> Vec<(String, String)> {
    rank(needs).into_iter().map(|ranked| (ranked.need.name, ranked.reason)).collect()
}

fn pairs(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines.iter().map(|(name, reason)| ((*name).to_owned(), (*reason).to_owned())).collect()
}

#[test]
fn need_is_urgency_then_hours_per_pupil_then_waiting_and_says_so() {
    let waiting = vec![
        need(1, "De Vuurtoren", Urgency::Normal, 600, Some(200), 11),
        need(2, "De Meerpaal", Urgency::Normal, 408, Some(200), 8),
        need(3, "Oeverpark", Urgency::High, 900, Some(100), 6),
    ];
    assert_eq!(
        told(waiting),
        pairs(&[
            ("Oeverpark", "Enige met hoge urgentie."),
            ("De Meerpaal", "Minder uren per leerling dan De Vuurtoren."),
            ("De Vuurtoren", "Meer uren per leerling dan De Meerpaal.")
        ])
    );
    let equals = vec![
        need(1, "A", Urgency::Low, 60, Some(10), 2),
        need(2, "B", Urgency::Low, 120, Some(20), 5),
        need(3, "C", Urgency::Low, 0, None, 9),
    ];
    assert_eq!(
        told(equals),
        pairs(&[("B", "Wacht langer dan A."), ("A", "Van C is het leerlingental onbekend."), ("C", "Het leerlingental is onbekend.")])
    );
    assert_eq!(told(vec![need(1, "A", Urgency::Low, 60, None, 2)]), pairs(&[("A", "Enige die wacht.")]));
}

#[test]
fn hours_per_hundred_pupils_are_shown_in_tenths() {
    assert_eq!(need(1, "", Urgency::Low, 408, Some(200), 0).hundredths_per_hundred(), Some(340));
    assert_eq!(need(1, "", Urgency::Low, 0, Some(200), 0).hundredths_per_hundred(), Some(0));
    assert_eq!(need(1, "", Urgency::Low, 60, None, 0).hundredths_per_hundred(), None);
    assert_eq!(need(1, "", Urgency::Low, 60, Some(0), 0).hundredths_per_hundred(), None);
}

#[test]
fn the_reserve_is_asked_with_a_reason_when_nothing_else_can_pay() {
    let wish = ReserveWish { month: november(), minutes: Minutes(120), reason: "Onverwacht drie thuiszitters." };
    let own = |idle| {
        let holder = Holder::school(school(1));
        Sources::of(
            vec![Stock { kind: SourceKind::School, holder, name: String::new(), idle: Minutes(idle), waited_for: false }],
            &Default::default(),
        )
    };
    assert_eq!(wish.ask(&own(105), 0, now()).as_deref(), Ok("Onverwacht drie thuiszitters."));
    assert_eq!(code(wish.ask(&own(120), 0, now())), "other_sources_first");
    assert_eq!(code(ReserveWish { reason: " ", ..wish }.ask(&own(0), 0, now())), "reason_missing");
    assert!(wish.ask(&own(0), WAITING_MAX - 1, now()).is_ok());
    assert_eq!(code(wish.ask(&own(0), WAITING_MAX, now())), "too_many_wait");
    let far = |year| code(ReserveWish { month: Month::new(year, 11).expect("a month"), ..wish }.ask(&own(0), 0, now()));
    assert_eq!((far(2028).as_str(), far(2199).as_str()), ("month_far", "month_far"));
    let release = |reserve, sources: &Sources| check_release(november(), Minutes(120), Minutes(reserve), sources, now());
    assert_eq!(release(120, &own(105)), Ok(()));
    assert_eq!(code(release(105, &own(105))), "reserve_too_little");
    assert_eq!(code(release(120, &own(120))), "other_sources_first", "hours that came meanwhile");
}

#[test]
fn the_reserve_waits_for_a_pot_that_somebody_must_open_first_but_not_for_what_others_wait_for() {
    let wish = ReserveWish { month: november(), minutes: Minutes(120), reason: "Onverwacht drie thuiszitters." };
    let pot = |waited_for| {
        let (kind, holder) = (SourceKind::Wijkpot, Holder::wijkpot(Uuid::from_u128(1)));
        let stock = Stock { kind, holder, name: "Havenkwartier".to_owned(), idle: Minutes(600), waited_for };
        Sources::of(vec![stock], &PayRules { pot_cap: Minutes::ZERO, ..PayRules::default() })
    };
    let refusal = wish.ask(&pot(false), 0, now()).expect_err("there are hours in the pot");
    assert!(refusal.code == "other_sources_first" && refusal.advice.contains("wijkpot"), "{refusal}");
    assert!(wish.ask(&pot(true), 0, now()).is_ok());
}

fn any_need(number: u128) -> impl Strategy<Value = Need> {
    let urgency = proptest::sample::select(Urgency::ALL.to_vec());
    (urgency, 0_i64..40, proptest::option::of(0_i64..5), 0_i64..4)
        .prop_map(move |(urgency, quarters, pupils, days)| need(number, &format!("S{number}"), urgency, quarters * 15, pupils, days))
}

fn any_needs() -> impl Strategy<Value = Vec<Need>> {
    (any_need(1), any_need(2), any_need(3), any_need(4), any_need(5)).prop_map(|(a, b, c, d, e)| vec![a, b, c, d, e])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_order_does_not_depend_on_the_order_of_the_list(needs in any_needs(), turn in 0_usize..5, back: bool) {
        let mut other = needs.clone();
        other.rotate_left(turn);
        if back {
            other.reverse();
        }
        let ranked = rank(needs);
        prop_assert_eq!(&ranked, &rank(other));
        prop_assert!(ranked.windows(2).all(|pair| pair[0].need.urgency >= pair[1].need.urgency));
        for pair in ranked.windows(2).filter(|pair| pair[0].need.urgency == pair[1].need.urgency) {
            let (first, second) = (&pair[0].need, &pair[1].need);
            if let (Some(a), Some(b)) = (first.pupils.filter(|p| *p > 0), second.pupils.filter(|p| *p > 0)) {
                prop_assert!(first.had.0 * b <= second.had.0 * a, "fewest hours per pupil first");
                prop_assert!(first.had.0 * b < second.had.0 * a || first.since <= second.since, "then who waits longest");
            } else {
                prop_assert!(first.pupils.is_some_and(|p| p > 0) || second.pupils.is_none_or(|p| p <= 0), "unknown numbers go last");
            }
        }
        prop_assert!(ranked.iter().all(|ranked| ranked.reason.ends_with('.')));
    }

    #[test]
    fn what_is_paid_fits_and_nobody_is_overtaken(
        wanted in proptest::collection::vec((1_u128..4, 1_i64..20), 0..8), there in proptest::array::uniform3(0_i64..40), city in 0_i64..40
    ) {
        let pot = |number| WijkpotId(Uuid::from_u128(number));
        let approved: Vec<Approved> = wanted
            .iter()
            .zip(1_u128..)
            .map(|((of, quarters), n)| Approved { draw: DrawId(Uuid::from_u128(n)), pot: pot(*of), minutes: Minutes::quarters(*quarters) })
            .collect();
        let holds = |number: u128| Minutes::quarters(there[usize::try_from(number).expect("small") - 1]);
        let pots: BTreeMap<WijkpotId, Minutes> = (1..4).map(|number| (pot(number), holds(number))).collect();
        let paid = payable(&approved, pots.clone(), Minutes::quarters(city));
        let is_paid = |one: &Approved| paid.contains(&one.draw);
        let sum = |of: WijkpotId| approved.iter().filter(|one| one.pot == of && is_paid(one)).map(|one| one.minutes).sum::<Minutes>();
        let short = |of: WijkpotId| (sum(of) - pots[&of]).max(Minutes::ZERO);
        let from_city: Minutes = pots.keys().map(|of| short(*of)).sum();
        prop_assert!(from_city <= Minutes::quarters(city), "nothing is given that is not there");
        for (place, waits) in approved.iter().enumerate().filter(|(_, one)| !is_paid(one)) {
            let behind = &approved[place + 1..];
            prop_assert!(behind.iter().all(|one| one.pot != waits.pot || !is_paid(one)), "nobody overtakes in a pot");
            let is_first = approved[..place].iter().all(|one| one.pot != waits.pot || is_paid(one));
            prop_assert!(!is_first || sum(waits.pot) + waits.minutes > pots[&waits.pot], "as many as fit");
        }
        if let Some(first) = approved.first() {
            prop_assert_eq!(is_paid(first), first.minutes <= pots[&first.pot] + Minutes::quarters(city));
        }
    }

    #[test]
    fn a_grant_takes_exactly_what_it_gives_the_wijks_own_pot_first(pot in 0_i64..40, city in 0_i64..40, asked in 1_i64..80, granted in 1_i64..80) {
        let stock = stock(0, pot * 15, city * 15);
        let draw = Draw { minutes: Minutes::quarters(asked), state: DrawState::Asked };
        match draw.grant("De Meerpaal", Minutes::quarters(granted), &stock, now()) {
            Ok(parts) => {
                prop_assert!(granted <= asked && granted <= pot + city);
                prop_assert_eq!(parts.iter().map(|part| part.minutes).sum::<Minutes>(), Minutes::quarters(granted));
                let of = |kind| parts.iter().filter(|part| part.kind == kind).map(|part| part.minutes.0).sum::<i64>();
                prop_assert_eq!(of(SourceKind::Wijkpot), granted.min(pot) * 15);
            }
            Err(_) => prop_assert!(granted > asked || granted > pot + city),
        }
    }

    #[test]
    fn what_is_taken_back_was_given_and_is_there(minutes in 1_i64..40, there in 0_i64..40, hours in 0_i64..40) {
        let gift = Donation { minutes: Minutes::quarters(minutes), ..given(now()) };
        match gift.take_back(left(there * 15), now() + TimeDelta::hours(hours)) {
            Ok(back) => prop_assert!(hours <= 24 && back == Minutes::quarters(minutes.min(there)) && back > Minutes::ZERO),
            Err(_) => prop_assert!(hours > 24 || there == 0),
        }
    }
}
