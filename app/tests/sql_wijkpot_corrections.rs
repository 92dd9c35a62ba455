//! Stories of pots where something is decided, put right or sent once more, on both engines: what a pot holds never waits beside who waits
//! for it, and nobody takes back what somebody else gave.

#[path = "support/pots.rs"]
mod pots;
#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    AppError, fetch_all,
    hours::{sql::balance_lines, verbs::reverse},
    wijkpot::verbs::{self, Ask},
};
use domain::{
    Minutes,
    hours::{PostingKind, SchoolYear},
    policy::Setting,
};
use pots::{Pots, all_pots};
use world::{THURSDAY, code, now, wish};

/// Puts the last posting of a kind right.
async fn put_right(pots: &Pots, kind: PostingKind) -> Result<i64, AppError> {
    let (partnership, by) = (pots.world.partnership, pots.world.coordinator);
    pots.run(async |tx| {
        let rows: Vec<(i64,)> = fetch_all!(
            tx,
            (i64,),
            "select seq from postings where partnership_id = $1 and kind = $2 order by seq desc limit 1",
            partnership.0,
            kind.code()
        )?;
        reverse(tx, partnership, by, rows[0].0, "Verkeerde school", "right", now()).await
    })
    .await
}

#[tokio::test]
async fn a_gift_that_was_put_right_is_not_taken_back_out_of_what_others_gave() {
    for pots in all_pots().await {
        let (meerpaal, by) = (pots.world.school, pots.world.coordinator);
        let mine = pots.donate(pots::Neighbour { school: meerpaal, coordinator: by }, 60, "a").await.expect("given");
        put_right(&pots, PostingKind::Donation).await.expect("put right");
        pots.donate(pots.vuurtoren, 60, "b").await.expect("given");
        let partnership = pots.world.partnership;
        let back = pots.run(async |tx| verbs::take_back(tx, partnership, by, mine, now()).await).await;
        assert_eq!(code(&back), "donation_settled", "{}", pots.name());
        assert_eq!(pots.in_pot().await, 60, "{}: what De Vuurtoren gave", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn what_a_correction_brings_back_to_a_pot_goes_to_who_waits() {
    for pots in all_pots().await {
        pots.donate(pots.vuurtoren, 60, "a").await.expect("given");
        let first = pots.ask(pots.oeverpark, 60, "b").await.expect("asked");
        let second = pots.ask(pots.springplank, 60, "c").await.expect("asked");
        assert_eq!((pots.state(first).await.as_str(), pots.state(second).await.as_str()), ("granted", "asked"), "{}", pots.name());
        put_right(&pots, PostingKind::Draw).await.expect("put right");
        assert_eq!((pots.state(second).await.as_str(), pots.in_pot().await), ("granted", 0), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn who_is_granted_less_leaves_the_rest_to_whoever_stood_behind() {
    for pots in all_pots().await {
        let large = pots.ask(pots.oeverpark, 240, "a").await.expect("asked");
        let small = pots.ask(pots.springplank, 60, "b").await.expect("asked");
        pots.donate(pots.vuurtoren, 90, "c").await.expect("given");
        assert_eq!(pots.state(small).await, "asked", "{}: it stands behind", pots.name());
        let (partnership, team) = (pots.world.partnership, pots.world.coordinator);
        pots.run(async |tx| verbs::decide(tx, partnership, team, large, Minutes(30), now()).await).await.expect("granted");
        assert_eq!((pots.state(small).await.as_str(), pots.in_pot().await), ("granted", 0), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_draw_for_another_booking_is_another_form() {
    for pots in all_pots().await {
        let booking = pots.world.ask(&wish(THURSDAY, "180"), "all").await.expect("booked");
        let meerpaal = pots::Neighbour { school: pots.world.school, coordinator: pots.world.coordinator };
        pots.donate(meerpaal, 120, "rest").await.expect("given");
        let ask = async |booking| {
            let (partnership, by) = (pots.world.partnership, pots.world.coordinator);
            let ask = Ask { booking, ..pots.wants(pots.world.school, 60) };
            pots.run(async |tx| verbs::ask(tx, partnership, by, ask, "draw", now()).await).await
        };
        let draw = ask(Some(booking)).await.expect("asked");
        assert_eq!(ask(Some(booking)).await.ok(), Some(draw), "{}: the same form", pots.name());
        assert_eq!(code(&ask(None).await), "form_used", "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn who_waits_under_another_policy_is_not_forgotten() {
    for pots in all_pots().await {
        pots.choose(Setting::DrawCap, "0").await;
        pots.donate(pots.vuurtoren, 60, "a").await.expect("given");
        let draw = pots.ask(pots.oeverpark, 60, "b").await.expect("asked");
        pots.run(async |tx| verbs::grant_all(tx, pots.world.partnership, now()).await).await.expect("looked at");
        assert_eq!(pots.state(draw).await, "asked", "{}: the district team decides", pots.name());
        pots.choose(Setting::DrawCap, "240").await;
        assert_eq!((pots.state(draw).await.as_str(), pots.in_pot().await), ("granted", 0), "{}: at once", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn the_export_names_a_pot() {
    for pots in all_pots().await {
        pots.donate(pots.vuurtoren, 60, "a").await.expect("given");
        let mut tx = pots.world.db.read().await.expect("a reader");
        let lines = balance_lines(&mut tx, pots.world.partnership, SchoolYear(2026)).await.expect("lines");
        let pot = lines.iter().find(|line| line.holder_kind == "wijkpot").expect("it holds an hour");
        assert_eq!((pot.holder.as_str(), pot.minutes), ("Wijkpot Havenkwartier", 60), "{}", pots.name());
    }
}
