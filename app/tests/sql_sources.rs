//! Stories of bookings that several sources pay, on both engines: in the order of the rules, and back to where it came from.

#[path = "support/pots.rs"]
mod pots;
#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    AppError,
    bookings::verbs,
    hours::{PostingsAsk, behind},
    months::verbs::close_month,
    reports::{OverviewAsk, Period, overview},
    wijkpot::verbs as wijkpot,
};
use chrono::{DateTime, Utc};
use domain::{
    BookingId, Minutes,
    bookings::BookingState,
    hours::{Holder, HolderKind, SchoolYear},
    people::{Role, Scope},
    policy::Setting,
};
use pots::{Pots, all_pots, november};
use uuid::Uuid;
use world::{at, code, now, wish};

/// De Meerpaal spent all but half an hour of its board; its pot and the city-wide one hold an hour each. Then a visit of two hours.
async fn two_hours_from_three(pots: &Pots) -> BookingId {
    pots.donate(pots.vuurtoren, 60, "pot").await.expect("given");
    let (partnership, by) = (pots.world.partnership, pots.vuurtoren.coordinator);
    let city = wijkpot::Give { pot: Some(pots.city), ..pots.give(pots.vuurtoren.school, 60) };
    pots.run(async |tx| wijkpot::donate(tx, partnership, Some(by), city, "city", now()).await).await.expect("given");
    pots.world.ask(&wish("2026-11-19T12:45", "180"), "a").await.expect("booked");
    pots.world.ask(&wish("2026-11-19T08:30", "210"), "b").await.expect("booked");
    pots.world.ask(&wish("2026-11-20T09:00", "120"), "c").await.expect("booked")
}

/// Board, pot, city-wide pot, booking.
async fn four(pots: &Pots, booking: BookingId) -> [i64; 4] {
    let world = &pots.world;
    [
        world.holds(Holder::board(world.board)).await,
        pots.in_pot().await,
        world.holds(Holder::wijkpot(pots.city.0)).await,
        world.holds(Holder::booking(booking)).await,
    ]
}

#[tokio::test]
async fn the_board_pays_then_the_pot_then_the_city_pot_and_each_gets_its_own_back() {
    for pots in all_pots().await {
        let booking = two_hours_from_three(&pots).await;
        assert_eq!(four(&pots, booking).await, [0, 0, 30, 120], "{}", pots.name());
        pots.world.cancel(booking, now()).await.expect("cancelled");
        assert_eq!(four(&pots, booking).await, [30, 60, 60, 0], "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn what_pots_paid_is_what_a_board_got_and_leads_to_its_postings() {
    for pots in all_pots().await {
        let booking = two_hours_from_three(&pots).await;
        pots.world.accept(booking).await;
        pots.world.done(booking, 105, at("2026-11-20T11:00")).await.expect("done");
        let office = pots.world.me(Role::Auditor, Scope::Partnership);
        let asked = OverviewAsk { period: Period::School(SchoolYear(2026)), supplier: None };
        let mut tx = pots.world.db.read().await.expect("a reader");
        let rows = overview(&mut tx, &office, &asked, now()).await.expect("a page").pots;
        let told = rows.iter().map(|row| [&row.given.text, &row.got.text, &row.net.text].map(|text| text.replace('\u{a0}', " ")));
        let told: Vec<_> = told.collect();
        // The pots paid an hour and a half, and got a quarter back; another board gave two hours.
        let expected = [["–", "1 u 15", "+ 1 u 15"], ["2 u", "–", "− 2 u"], ["2 u", "1 u 15", "− 45 min"]];
        assert!(expected.iter().all(|row| told.contains(&row.map(str::to_owned))), "{}: {told:?}", pots.name());
        for cell in rows.iter().flat_map(|row| [&row.given, &row.got, &row.net]).filter(|cell| cell.text != "–") {
            let href = cell.href.as_deref().expect("a number leads to its postings");
            let of =
                |name: &str| href.split(['?', '&']).find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or_default().to_owned();
            let ask = PostingsAsk { houder: of("houder"), id: of("id"), jaar: of("jaar"), wat: of("wat"), ..PostingsAsk::default() };
            let postings = behind(&mut tx, &office, &ask).await.expect("postings");
            assert_eq!(postings.sum, cell.text.trim_start_matches("+\u{a0}"), "{}: {href}", pots.name());
        }
        drop(tx);
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_shorter_visit_gives_back_to_who_paid_last_first() {
    for pots in all_pots().await {
        let booking = two_hours_from_three(&pots).await;
        pots.world.accept(booking).await;
        pots.world.done(booking, 45, at("2026-11-20T11:00")).await.expect("done");
        assert_eq!(four(&pots, booking).await, [0, 45, 60, 0], "{}", pots.name());
        assert_eq!(pots.world.holds(Holder::used(pots.world.school)).await, 45, "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn after_the_month_each_source_loses_its_own_part() {
    for pots in all_pots().await {
        let booking = two_hours_from_three(&pots).await;
        pots.world.cancel(booking, at("2026-12-01T09:00")).await.expect("cancelled");
        assert_eq!(four(&pots, booking).await, [0, 0, 30, 0], "{}", pots.name());
        let expired = async |id: Uuid| pots.world.holds(Holder { kind: HolderKind::Expired, id }).await;
        let perished = [expired(pots.world.board.0).await, expired(pots.pot.0).await, expired(pots.city.0).await];
        assert_eq!(perished, [30, 60, 30], "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn what_comes_back_to_a_pot_goes_to_the_school_that_waits() {
    for pots in all_pots().await {
        let booking = two_hours_from_three(&pots).await;
        let draw = pots.ask(pots.oeverpark, 60, "draw").await.expect("asked");
        assert_eq!(pots.state(draw).await, "asked", "{}", pots.name());
        pots.world.cancel(booking, now()).await.expect("cancelled");
        assert_eq!((pots.state(draw).await.as_str(), pots.has(pots.oeverpark).await), ("granted", 60), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_booking_that_a_pot_pays_is_moved_while_a_school_waits_for_that_pot() {
    for pots in all_pots().await {
        let booking = two_hours_from_three(&pots).await;
        // Half an hour is left in the city-wide pot: an hour has to wait.
        let draw = pots.ask(pots.oeverpark, 60, "draw").await.expect("asked");
        assert_eq!(pots.state(draw).await, "asked", "{}", pots.name());
        let moved = pots.world.move_to(booking, "2026-11-20T08:30", 120, "longer").await.expect("moved");
        assert_eq!((four(&pots, moved).await, pots.state(draw).await.as_str()), ([0, 0, 30, 120], "asked"), "{}", pots.name());
        // What a shorter visit leaves goes to who waits.
        let shorter = pots.world.move_to(moved, "2026-11-20T09:00", 60, "shorter").await.expect("moved");
        assert_eq!((four(&pots, shorter).await, pots.state(draw).await.as_str()), ([0, 0, 30, 60], "granted"), "{}", pots.name());
        assert_eq!(pots.has(pots.oeverpark).await, 60, "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_school_takes_from_pots_no_more_than_the_cap_and_nothing_where_people_decide() {
    for pots in all_pots().await {
        let booking = two_hours_from_three(&pots).await;
        pots.world.cancel(booking, now()).await.expect("cancelled");
        pots.choose(Setting::DrawCap, "60").await;
        let capped = pots.world.ask(&wish("2026-11-20T09:00", "120"), "d").await;
        let Err(AppError::Refused(refusal)) = capped else { panic!("{}: {capped:?}", pots.name()) };
        assert_eq!(refusal.choices[0].value, "90", "{}: half an hour of the board and an hour of pots", pots.name());
        pots.world.ask(&wish("2026-11-20T09:00", "90"), "e").await.expect("within the cap");
        pots.choose(Setting::DrawDecision, "network").await;
        let none = pots.world.ask(&wish("2026-11-20T11:00", "30"), "f").await;
        let Err(AppError::Refused(refusal)) = none else { panic!("{}: {none:?}", pots.name()) };
        assert!(refusal.advice.contains("Vraag daarvoor een opname aan."), "{}: {}", pots.name(), refusal.advice);
        pots.world.is_sound().await;
    }
}

fn after() -> DateTime<Utc> {
    at("2026-11-19T12:00")
}

/// An hour on Thursday that both agreed on, and the specialist was there for an hour and a half.
async fn longer(pots: &Pots) -> BookingId {
    let booking = pots.world.ask(&wish("2026-11-19T09:00", "60"), "a").await.expect("booked");
    pots.world.accept(booking).await;
    ask_extra(pots, booking, 90).await.expect("asked");
    booking
}

async fn ask_extra(pots: &Pots, booking: BookingId, worked: i64) -> Result<domain::BookingExtraId, AppError> {
    let (partnership, by) = (pots.world.partnership, pots.world.specialist_person);
    pots.run(async |tx| verbs::ask_extra(tx, partnership, by, booking, Minutes(worked), after()).await).await
}

async fn give_extra(pots: &Pots, booking: BookingId, now: DateTime<Utc>) -> Result<(), AppError> {
    let (partnership, by) = (pots.world.partnership, pots.world.coordinator);
    pots.run(async |tx| verbs::give_extra(tx, partnership, by, booking, now).await).await.map(drop)
}

#[tokio::test]
async fn a_longer_visit_costs_nothing_more_until_the_school_gives_it() {
    for pots in all_pots().await {
        let booking = longer(&pots).await;
        assert_eq!(pots.world.three(booking).await, (240, 120, 60), "{}: nothing moved yet", pots.name());
        let row = pots.world.row(booking).await;
        assert_eq!((row.status.as_str(), row.extra_minutes), ("accepted", Some(30)), "{}", pots.name());
        assert_eq!(ask_extra(&pots, booking, 90).await.ok(), ask_extra(&pots, booking, 90).await.ok(), "{}: asked once", pots.name());
        give_extra(&pots, booking, after()).await.expect("given");
        assert_eq!(pots.world.three(booking).await, (210, 120, 0), "{}", pots.name());
        assert_eq!(pots.world.holds(Holder::used(pots.world.school)).await, 90, "{}", pots.name());
        let row = pots.world.row(booking).await;
        assert_eq!((row.status.as_str(), row.done_minutes, row.extra_minutes), ("done", Some(90), None), "{}", pots.name());
        assert_eq!(code(&give_extra(&pots, booking, after()).await), "extra_settled", "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_school_that_says_no_pays_what_was_agreed() {
    for pots in all_pots().await {
        let booking = longer(&pots).await;
        let (partnership, by) = (pots.world.partnership, pots.world.coordinator);
        let silent = pots.run(async |tx| verbs::refuse_extra(tx, partnership, by, booking, "", now()).await).await;
        assert_eq!(code(&silent), "reason_missing", "{}", pots.name());
        pots.run(async |tx| verbs::refuse_extra(tx, partnership, by, booking, "We spraken een uur af.", now()).await)
            .await
            .expect("refused");
        assert_eq!(code(&give_extra(&pots, booking, after()).await), "extra_settled", "{}", pots.name());
        pots.world.done(booking, 60, after()).await.expect("done");
        assert_eq!(pots.world.three(booking).await, (240, 120, 0), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn less_on_second_thoughts_or_called_off_withdraws_the_question() {
    for pots in all_pots().await {
        let booking = longer(&pots).await;
        pots.world.done(booking, 45, after()).await.expect("done");
        assert_eq!(pots.world.row(booking).await.booking().expect("a booking").state, BookingState::Done);
        assert_eq!(pots.world.row(booking).await.extra_minutes, None, "{}", pots.name());
        assert_eq!(pots.world.three(booking).await, (255, 120, 0), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_question_ends_with_a_visit_that_nobody_recorded_in_time() {
    for pots in all_pots().await {
        let booking = longer(&pots).await;
        let (partnership, late) = (pots.world.partnership, at("2026-12-09T00:05"));
        pots.run(async |tx| close_month(tx, partnership, november(), late).await).await.expect("closed");
        let row = pots.world.row(booking).await;
        assert_eq!((row.status.as_str(), row.extra_minutes), ("done", None), "{}: it was worked", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn extra_minutes_that_nobody_has_are_refused_and_after_the_month_nobody_has_any() {
    for pots in all_pots().await {
        pots.world.ask(&wish("2026-11-19T12:45", "180"), "x").await.expect("booked");
        pots.world.ask(&wish("2026-11-20T08:30", "180"), "y").await.expect("booked");
        let booking = longer(&pots).await;
        assert_eq!(code(&give_extra(&pots, booking, after()).await), "too_few_hours", "{}", pots.name());
        assert_eq!(pots.world.row(booking).await.status, "accepted", "{}", pots.name());
        assert_eq!(code(&give_extra(&pots, booking, at("2026-12-01T09:00")).await), "extra_too_late", "{}", pots.name());
        assert_eq!(code(&ask_extra(&pots, booking, 60).await), "extra_not_needed", "{}", pots.name());
        // Its pot can pay as well as for any booking.
        pots.donate(pots.vuurtoren, 60, "gift").await.expect("given");
        give_extra(&pots, booking, after()).await.expect("given");
        assert_eq!((pots.in_pot().await, pots.world.row(booking).await.done_minutes), (30, Some(90)), "{}", pots.name());
        pots.world.is_sound().await;
    }
}
