//! Stories of the wijkpot, on both engines: what one school gives another can use, and nothing is lost on the way.

#[path = "support/pots.rs"]
mod pots;
#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{AppError, wijkpot::verbs};
use chrono::TimeDelta;
use domain::{
    Minutes, PartnershipId,
    hours::Holder,
    policy::Setting,
    wijkpot::{Donor, Tally},
};
use pots::{Pots, all_pots, november};
use uuid::Uuid;
use world::{at, code, now};

#[tokio::test]
async fn a_gift_lies_in_the_pot_at_once_and_one_takes_back_what_is_still_there() {
    for pots in all_pots().await {
        let gift = pots.donate(pots.vuurtoren, 135, "a").await.expect("given");
        assert_eq!((pots.in_pot().await, pots.has(pots.vuurtoren).await), (135, 105), "{}", pots.name());
        pots.ask(pots.oeverpark, 60, "b").await.expect("drawn");
        assert_eq!((pots.in_pot().await, pots.has(pots.oeverpark).await), (75, 60), "{}", pots.name());
        let (partnership, by) = (pots.world.partnership, pots.vuurtoren.coordinator);
        let late = now() + TimeDelta::hours(25);
        let refused = pots.run(async |tx| verbs::take_back(tx, partnership, by, gift, late).await).await;
        assert_eq!(code(&refused), "take_back_late", "{}", pots.name());
        let back = pots.run(async |tx| verbs::take_back(tx, partnership, by, gift, now()).await).await;
        assert_eq!(back.ok(), Some(Minutes(75)), "{}: what another school drew stays there", pots.name());
        assert_eq!((pots.in_pot().await, pots.has(pots.vuurtoren).await), (0, 180), "{}", pots.name());
        let row = pots.donation(gift).await;
        assert_eq!((row.state.as_str(), row.taken_back_minutes, row.donor.as_str()), ("taken_back", Some(75), "De Vuurtoren"));
        let again = pots.run(async |tx| verbs::take_back(tx, partnership, by, gift, now() + TimeDelta::hours(1)).await).await;
        assert_eq!(code(&again), "donation_settled", "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn one_gives_what_is_idle_and_the_same_form_gives_once() {
    for pots in all_pots().await {
        let first = pots.donate(pots.vuurtoren, 240, "a").await.expect("all of it");
        assert_eq!(pots.donate(pots.vuurtoren, 240, "a").await.ok(), Some(first), "{}", pots.name());
        assert_eq!(code(&pots.donate(pots.vuurtoren, 225, "a").await), "form_used", "{}", pots.name());
        assert_eq!(code(&pots.donate(pots.vuurtoren, 15, "b").await), "not_idle", "{}", pots.name());
        assert_eq!(code(&pots.donate(pots.vuurtoren, 15, "").await), "malformed", "{}", pots.name());
        assert_eq!(pots.in_pot().await, 240, "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn nobody_draws_while_own_hours_are_idle() {
    for pots in all_pots().await {
        pots.donate(pots.vuurtoren, 120, "a").await.expect("given");
        let refused = pots.ask(pots.vuurtoren, 60, "b").await;
        let Err(AppError::Refused(refusal)) = refused else { panic!("{}: {refused:?}", pots.name()) };
        assert_eq!(refusal.heading.replace('\u{a0}', " "), "Je hebt zelf nog 2 u De Wissel. Gebruik die eerst");
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn above_the_cap_the_district_team_decides_and_may_grant_less() {
    for pots in all_pots().await {
        pots.donate(pots.vuurtoren, 240, "a").await.expect("given");
        let draw = pots.ask(pots.oeverpark, 300, "b").await.expect("asked");
        assert_eq!((pots.state(draw).await.as_str(), pots.in_pot().await), ("asked", 240), "{}", pots.name());
        let (partnership, team) = (pots.world.partnership, pots.world.coordinator);
        let too_much = pots.run(async |tx| verbs::decide(tx, partnership, team, draw, Minutes(300), now()).await).await;
        assert_eq!(code(&too_much), "pots_too_little", "{}", pots.name());
        pots.run(async |tx| verbs::decide(tx, partnership, team, draw, Minutes(240), now()).await).await.expect("granted");
        let row = pots.draw(draw).await;
        assert_eq!((row.state.as_str(), row.granted_minutes, row.decider.as_str()), ("granted", Some(240), "district_team"));
        assert_eq!((pots.in_pot().await, pots.has(pots.oeverpark).await), (0, 240), "{}", pots.name());
        let again = pots.run(async |tx| verbs::refuse_draw(tx, partnership, team, draw, "Toch niet.", now()).await).await;
        assert_eq!(code(&again), "draw_settled", "{}", pots.name());

        let other = pots.ask(pots.springplank, 300, "c").await.expect("asked");
        let without = pots.run(async |tx| verbs::refuse_draw(tx, partnership, team, other, " ", now()).await).await;
        assert_eq!(code(&without), "reason_missing", "{}", pots.name());
        pots.run(async |tx| verbs::refuse_draw(tx, partnership, team, other, "Eerst de andere school.", now()).await)
            .await
            .expect("refused");
        assert_eq!(pots.draw(other).await.reason, "Eerst de andere school.", "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn who_waits_gets_a_gift_in_the_order_of_need_and_nobody_is_overtaken() {
    for pots in all_pots().await {
        let calm = pots.ask(pots.oeverpark, 60, "a").await.expect("asked");
        let urgent = {
            let (partnership, by) = (pots.world.partnership, pots.springplank.coordinator);
            let mut ask = pots.wants(pots.springplank.school, 120);
            ask.wish.urgentie = "high";
            pots.run(async |tx| verbs::ask(tx, partnership, by, ask, "b", now()).await).await.expect("asked")
        };
        pots.donate(pots.vuurtoren, 60, "c").await.expect("given");
        assert_eq!(pots.in_pot().await, 60, "{}: the first needs two hours, so the second waits too", pots.name());
        pots.donate(pots.vuurtoren, 60, "d").await.expect("given");
        assert_eq!((pots.state(urgent).await.as_str(), pots.state(calm).await.as_str()), ("granted", "asked"), "{}", pots.name());
        pots.donate(pots.vuurtoren, 60, "e").await.expect("given");
        assert_eq!((pots.state(calm).await.as_str(), pots.in_pot().await), ("granted", 0), "{}", pots.name());
        assert_eq!(pots.draw(calm).await.decider, "automatic");
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn whoever_withdraws_lets_the_next_go_first() {
    for pots in all_pots().await {
        let large = pots.ask(pots.oeverpark, 240, "a").await.expect("asked");
        let small = pots.ask(pots.springplank, 60, "b").await.expect("asked");
        pots.donate(pots.vuurtoren, 60, "c").await.expect("given");
        assert_eq!(pots.state(small).await, "asked", "{}", pots.name());
        let (partnership, by) = (pots.world.partnership, pots.oeverpark.coordinator);
        pots.run(async |tx| verbs::withdraw(tx, partnership, by, large, now()).await).await.expect("withdrawn");
        assert_eq!((pots.state(large).await.as_str(), pots.state(small).await.as_str()), ("withdrawn", "granted"), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn two_other_schools_decide_where_the_network_does() {
    for pots in all_pots().await {
        pots.choose(Setting::DrawDecision, "network").await;
        pots.donate(pots.vuurtoren, 120, "a").await.expect("given");
        let draw = pots.ask(pots.oeverpark, 60, "b").await.expect("asked");
        assert_eq!(pots.state(draw).await, "asked", "{}", pots.name());
        let vote = async |who: pots::Neighbour, by, agrees| {
            let partnership = pots.world.partnership;
            pots.run(async |tx| verbs::vote(tx, partnership, by, (draw, who.school, agrees), now()).await).await
        };
        let (oeverpark, vuurtoren, springplank) = (pots.oeverpark, pots.vuurtoren, pots.springplank);
        assert_eq!(code(&vote(oeverpark, oeverpark.coordinator, true).await), "vote_own_draw", "{}", pots.name());
        assert_eq!(vote(vuurtoren, vuurtoren.coordinator, true).await.ok(), Some(Tally::Open { yes: 1, no: 0 }), "{}", pots.name());
        assert_eq!(code(&vote(vuurtoren, vuurtoren.coordinator, true).await), "voted_before", "{}", pots.name());
        let (partnership, team) = (pots.world.partnership, pots.world.coordinator);
        let decided = pots.run(async |tx| verbs::decide(tx, partnership, team, draw, Minutes(60), now()).await).await;
        assert_eq!(code(&decided), "network_decides", "{}", pots.name());
        assert_eq!(vote(springplank, springplank.coordinator, true).await.ok(), Some(Tally::Agreed), "{}", pots.name());
        let row = pots.draw(draw).await;
        assert_eq!((row.state.as_str(), row.decider.as_str()), ("granted", "network"), "{}", pots.name());

        let draw = pots.ask(pots.springplank, 30, "c").await.expect("asked");
        for who in [vuurtoren, oeverpark] {
            pots.run(async |tx| verbs::vote(tx, partnership, who.coordinator, (draw, who.school, false), now()).await).await.expect("no");
        }
        assert_eq!(pots.state(draw).await, "refused", "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_gift_waits_for_the_board_where_the_board_must_consent() {
    for pots in all_pots().await {
        pots.choose(Setting::BoardConsent, "required").await;
        let (partnership, board) = (pots.world.partnership, pots.world.coordinator);
        let gift = pots.donate(pots.vuurtoren, 120, "a").await.expect("asked");
        assert_eq!((pots.in_pot().await, pots.has(pots.vuurtoren).await), (0, 240), "{}: nothing moved yet", pots.name());
        pots.run(async |tx| verbs::consent(tx, partnership, board, gift, now()).await).await.expect("consented");
        assert_eq!((pots.in_pot().await, pots.has(pots.vuurtoren).await), (120, 120), "{}", pots.name());
        let again = pots.run(async |tx| verbs::consent(tx, partnership, board, gift, now()).await).await;
        assert_eq!(code(&again), "donation_settled", "{}", pots.name());

        let no = pots.donate(pots.vuurtoren, 60, "b").await.expect("asked");
        pots.run(async |tx| verbs::refuse_donation(tx, partnership, board, no, "Houd ze zelf.", now()).await).await.expect("refused");
        let back = pots.donate(pots.vuurtoren, 60, "c").await.expect("asked");
        let by = pots.vuurtoren.coordinator;
        let none = pots.run(async |tx| verbs::take_back(tx, partnership, by, back, now()).await).await;
        assert_eq!(none.ok(), Some(Minutes::ZERO), "{}: it never moved", pots.name());
        assert_eq!(pots.donation(no).await.state, "refused", "{}", pots.name());
        assert_eq!(pots.donation(back).await.state, "withdrawn", "{}", pots.name());
        assert_eq!((pots.in_pot().await, pots.has(pots.vuurtoren).await), (120, 120), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_board_gives_to_a_pot_of_its_schools_and_the_city_pot_stands_behind_it() {
    for pots in all_pots().await {
        let (partnership, by) = (pots.world.partnership, pots.world.coordinator);
        let mut give = pots.give(pots.world.school, 120);
        give.donor = Donor::Board(pots.world.board);
        pots.run(async |tx| verbs::donate(tx, partnership, Some(by), give, "a", now()).await).await.expect("to the city pot");
        assert_eq!(pots.world.holds(Holder::wijkpot(pots.city.0)).await, 120, "{}", pots.name());
        pots.donate(pots.vuurtoren, 60, "b").await.expect("given");
        let draw = pots.ask(pots.oeverpark, 150, "c").await.expect("drawn");
        assert_eq!(pots.state(draw).await, "granted", "{}", pots.name());
        assert_eq!(
            (pots.in_pot().await, pots.world.holds(Holder::wijkpot(pots.city.0)).await),
            (0, 30),
            "{}: the wijk's own first",
            pots.name()
        );
        let elsewhere = pots.run(async |tx| {
            let pot = app::wijkpot::verbs::arrange(tx, partnership, "Wijkpot Molenbuurt", &[pots.world.other_wijk]).await?;
            verbs::donate(tx, partnership, Some(by), verbs::Give { pot: Some(pot), minutes: Minutes(15), ..give }, "d", now()).await
        });
        assert_eq!(code(&elsewhere.await), "not_found", "{}: it has no school there", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn the_reserve_is_released_by_the_registrar_with_the_schools_reason() {
    for pots in all_pots().await {
        let world = &pots.world;
        let (partnership, by) = (world.partnership, pots.oeverpark.coordinator);
        reserve(&pots, 120).await;
        let ask = |school, minutes, reason| verbs::AskReserve {
            school,
            supplier: world.supplier,
            month: november(),
            minutes: Minutes(minutes),
            reason,
        };
        let first = ask(pots.vuurtoren.school, 60, "Er is haast bij.");
        let refused = pots.run(async |tx| verbs::ask_reserve(tx, partnership, by, first, "a", now()).await).await;
        assert_eq!(code(&refused), "other_sources_first", "{}", pots.name());
        let ask_it = ask(pots.oeverpark.school, 90, "Drie thuiszitters tegelijk.");
        let request = pots.run(async |tx| verbs::ask_reserve(tx, partnership, by, ask_it, "b", now()).await).await.expect("asked");
        pots.run(async |tx| verbs::release(tx, partnership, world.coordinator, request, now()).await).await.expect("released");
        assert_eq!(pots.has(pots.oeverpark).await, 90, "{}", pots.name());
        let again = pots.run(async |tx| verbs::release(tx, partnership, world.coordinator, request, now()).await).await;
        assert_eq!(code(&again), "draw_settled", "{}", pots.name());
        let more = ask(pots.springplank.school, 60, "Ook hier is haast.");
        let more = pots.run(async |tx| verbs::ask_reserve(tx, partnership, by, more, "c", now()).await).await.expect("asked");
        let short = pots.run(async |tx| verbs::release(tx, partnership, world.coordinator, more, now()).await).await;
        assert_eq!(code(&short), "reserve_too_little", "{}", pots.name());
        pots.run(async |tx| verbs::refuse_reserve(tx, partnership, world.coordinator, more, "De reserve is op.", now()).await)
            .await
            .expect("refused");
        world.is_sound().await;
    }
}

/// A reserve in the contract.
async fn reserve(pots: &Pots, minutes: i64) {
    use domain::hours::{AccountKey, Bucket, PostingKind, SchoolYear, Transfer};
    let world = &pots.world;
    let bucket = Bucket::of_year(world.supplier, SchoolYear(2026));
    let (from, to) = (AccountKey::new(bucket, Holder::contract(world.supplier)), AccountKey::new(bucket, Holder::reserve(world.supplier)));
    pots.run(async |tx| {
        app::execute!(
            tx,
            "update contracts set contract_minutes = contract_minutes + $2, reserve_minutes = $2 where partnership_id = $1",
            world.partnership.0,
            minutes
        )?;
        let transfer = Transfer::new(PostingKind::ContractReserve, from, to, Minutes(minutes));
        app::hours::sql::post(tx, world.partnership, &[transfer], None, now(), "reserve").await
    })
    .await
    .expect("a reserve");
}

#[tokio::test]
async fn when_a_month_ends_nobody_waits_for_it_any_longer() {
    for pots in all_pots().await {
        let partnership = pots.world.partnership;
        let draw = pots.ask(pots.oeverpark, 60, "a").await.expect("asked");
        pots.choose(Setting::BoardConsent, "required").await;
        let gift = pots.donate(pots.vuurtoren, 60, "b").await.expect("asked");
        let over = at("2026-12-01T00:05");
        let vote = (draw, pots.vuurtoren.school, true);
        let late = pots.run(async |tx| verbs::vote(tx, partnership, pots.vuurtoren.coordinator, vote, over).await).await;
        assert_eq!(code(&late), "month_ended", "{}", pots.name());
        pots.run(async |tx| verbs::end_month(tx, partnership, november(), over).await).await.expect("ended");
        let row = pots.draw(draw).await;
        assert_eq!((row.state.as_str(), row.reason.as_str()), ("refused", "De maand is voorbij."), "{}", pots.name());
        assert_eq!(pots.donation(gift).await.state, "refused", "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn what_lies_in_another_partnership_is_not_there() {
    for pots in all_pots().await {
        let gift = pots.donate(pots.vuurtoren, 60, "a").await.expect("given");
        let draw = pots.ask(pots.oeverpark, 300, "b").await.expect("asked");
        let elsewhere = PartnershipId(Uuid::now_v7());
        let by = pots.world.coordinator;
        let back = pots.run(async |tx| verbs::take_back(tx, elsewhere, by, gift, now()).await).await;
        let decided = pots.run(async |tx| verbs::decide(tx, elsewhere, by, draw, Minutes(60), now()).await).await;
        let asked = pots.run(async |tx| verbs::ask(tx, elsewhere, by, pots.wants(pots.oeverpark.school, 60), "c", now()).await).await;
        let given =
            pots.run(async |tx| verbs::donate(tx, elsewhere, Some(by), pots.give(pots.vuurtoren.school, 60), "d", now()).await).await;
        assert_eq!((code(&back), code(&decided), code(&asked), code(&given)), ("not_found", "not_found", "not_found", "not_found"));
    }
}

#[tokio::test]
async fn a_partnership_has_one_city_pot_and_a_wijk_lies_in_one_pot() {
    for pots in all_pots().await {
        let (partnership, wijk, other) = (pots.world.partnership, pots.world.wijk, pots.world.other_wijk);
        let second = pots.run(async |tx| verbs::arrange(tx, partnership, "Nog een stedelijke pot", &[]).await).await;
        assert_eq!(code(&second), "second_city_pot", "{}", pots.name());
        let nameless = pots.run(async |tx| verbs::arrange(tx, partnership, "  ", &[wijk]).await).await;
        assert_eq!(code(&nameless), "name_missing", "{}", pots.name());
        let taken = pots.run(async |tx| verbs::arrange(tx, partnership, "Stedelijke pot", &[wijk]).await).await;
        assert_eq!(code(&taken), "name_taken", "{}", pots.name());
        let wide =
            pots.run(async |tx| verbs::arrange(tx, partnership, "Wijkpot Noord", &[wijk, other]).await).await.expect("over two wijken");
        let mut tx = pots.world.db.read().await.expect("a reader");
        let of = app::wijkpot::sql::pot_of_school(&mut tx, partnership, pots.vuurtoren.school).await.expect("a row").expect("a pot");
        assert_eq!(of.id, wide.0, "{}", pots.name());
    }
}
