//! Stories of bookings, on both engines: a slot and its minutes move together, or not at all.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{AppError, bookings::verbs, execute, experts};
use chrono::{NaiveDate, TimeDelta};
use domain::{
    ExpertiseId, Minutes,
    bookings::{BookingState, Side, WishFields},
    hours::{Holder, HolderKind},
};
use uuid::Uuid;
use world::{THURSDAY, World, at, code, now, wish, world, worlds};

#[tokio::test]
async fn a_booking_takes_its_slot_and_its_minutes_own_hours_first() {
    for (world, _test) in worlds().await {
        let first = world.ask(&wish(THURSDAY, "180"), "a").await.expect("booked");
        assert_eq!(world.three(first).await, (120, 120, 180), "{}", world.name);
        let second = world.ask(&wish("2026-11-19T13:00", "180"), "b").await.expect("booked");
        assert_eq!(world.three(second).await, (0, 60, 180), "{}: the board pays what the school has not", world.name);
        let row = world.row(second).await;
        assert_eq!((row.number, row.status.as_str(), row.month.as_str()), (2, "asked", "2026-11"));
        world.is_sound().await;
    }
}

#[tokio::test]
async fn a_specialist_who_opened_their_time_has_said_yes() {
    for (world, _test) in worlds().await {
        let id = world.specialist.0;
        world.change(async |tx| drop(execute!(tx, "update specialists set direct = $2 where id = $1", id, true))).await;
        let booking = world.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        assert_eq!(world.row(booking).await.booking().expect("a booking").state, BookingState::Accepted, "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn too_few_hours_changes_nothing_and_names_the_longest_that_can_be_paid() {
    for (world, _test) in worlds().await {
        world.ask(&wish("2026-11-19T12:45", "180"), "a").await.expect("booked");
        world.ask(&wish("2026-11-19T08:30", "210"), "b").await.expect("booked");
        let third = world.ask(&wish("2026-11-20T09:00", "60"), "c").await;
        assert_eq!(code(&third), "too_few_hours", "{}", world.name);
        let Err(AppError::Refused(refusal)) = third else { unreachable!("it was refused") };
        assert_eq!((refusal.field.as_deref(), refusal.choices[0].value.as_str()), (Some("duur"), "30"));
        assert_eq!(world.count().await, 2);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_books_once() {
    for (world, _test) in worlds().await {
        let first = world.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        assert_eq!(world.ask(&wish(THURSDAY, "60"), "a").await.ok(), Some(first), "{}", world.name);
        assert_eq!(code(&world.ask(&wish("2026-11-19T13:00", "60"), "a").await), "form_used", "{}", world.name);
        let first = wish(THURSDAY, "60");
        for other in [
            WishFields { vraag: "Hoe helpen we een andere leerling?", ..first },
            WishFields { doel: "Iets anders.", ..first },
            WishFields { niveau: "groep", ..first },
        ] {
            assert_eq!(code(&world.ask(&other, "a").await), "form_used", "{}: {other:?}", world.name);
        }
        assert_eq!(code(&world.ask_about(&first, None, "a").await), "form_used", "{}", world.name);
        assert_eq!(code(&world.ask(&wish(THURSDAY, "60"), "").await), "malformed", "{}", world.name);
        assert_eq!(world.count().await, 1);
        world.is_sound().await;
    }
}

async fn race(world: World, moments: &[&'static str]) -> usize {
    let world = std::sync::Arc::new(world);
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..64 {
        let (world, moment) = (world.clone(), moments[n % moments.len()]);
        tasks.spawn(async move { world.ask(&wish(moment, "60"), &format!("form {n}")).await });
    }
    let all = tasks.join_all().await;
    let codes: Vec<&str> = all.iter().map(code).filter(|code| *code != "ok").collect();
    assert!(codes.iter().all(|code| *code == "slot_taken"), "{}: {codes:?}", world.name);
    for result in &all {
        if let Err(AppError::Refused(refusal)) = result {
            assert_eq!((refusal.field.as_deref(), refusal.choices.len()), (Some("moment"), 3), "{}", world.name);
        }
    }
    world.is_sound().await;
    64 - codes.len()
}

#[tokio::test]
async fn of_64_people_who_take_the_same_slot_at_once_one_wins() {
    for (world, _test) in worlds().await {
        assert_eq!(race(world, &[THURSDAY]).await, 1);
    }
}

#[tokio::test]
async fn of_64_people_who_take_overlapping_slots_at_once_one_wins() {
    for (world, _test) in worlds().await {
        assert_eq!(race(world, &["2026-11-19T09:00", "2026-11-19T09:15", "2026-11-19T09:30", "2026-11-19T09:45"]).await, 1);
    }
}

#[tokio::test]
async fn a_quarter_the_calendar_missed_is_refused_by_the_database_as_taken() {
    for (world, _test) in worlds().await {
        let first = world.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        // As if another server had taken the quarters a moment ago: the row no longer shows, the quarters do.
        world.change(async |tx| drop(execute!(tx, "update bookings set status = 'moved' where id = $1", first.0))).await;
        let second = world.ask(&wish("2026-11-19T09:30", "60"), "b").await;
        assert_eq!(code(&second), "slot_taken", "{}", world.name);
        assert_eq!(world.count().await, 1, "{}", world.name);
        world.change(async |tx| drop(execute!(tx, "update bookings set status = 'asked' where id = $1", first.0))).await;
        world.is_sound().await;
    }
}

#[tokio::test]
async fn declining_and_cancelling_give_everything_back_to_whoever_paid() {
    for (world, _test) in worlds().await {
        world.ask(&wish("2026-11-19T12:45", "180"), "a").await.expect("booked");
        let second = world.ask(&wish("2026-11-19T08:30", "180"), "b").await.expect("booked");
        assert_eq!(world.three(second).await, (0, 60, 180));
        let mut tx = world.db.write(world.partnership).await.expect("a writer");
        let by = world.specialist_person;
        let silent = verbs::decline(&mut tx, world.partnership, by, second, Side::Specialist, "", now()).await;
        assert_eq!(code(&silent), "reason_missing", "{}", world.name);
        drop(tx);
        let mut tx = world.db.write(world.partnership).await.expect("a writer");
        verbs::decline(&mut tx, world.partnership, by, second, Side::Specialist, "Dan ben ik op cursus.", now()).await.expect("declined");
        tx.commit().await.expect("committed");
        assert_eq!(world.three(second).await, (120, 120, 0), "{}", world.name);
        let again = world.ask(&wish("2026-11-19T08:30", "60"), "c").await.expect("the slot is free again");
        world.accept(again).await;
        world.cancel(again, now()).await.expect("cancelled");
        assert_eq!(world.three(again).await, (120, 120, 0), "{}", world.name);
        let row = world.row(again).await;
        assert_eq!((row.status.as_str(), row.closed_side.as_deref(), row.late), ("cancelled", Some("school"), false));
        assert_eq!(code(&world.cancel(again, now() + TimeDelta::hours(1)).await), "booking_settled", "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn minutes_of_a_month_that_ended_go_to_what_perished() {
    for (world, _test) in worlds().await {
        let booking = world.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        world.cancel(booking, at("2026-12-01T09:00")).await.expect("cancelled");
        assert_eq!(world.three(booking).await, (240, 120, 0), "{}", world.name);
        assert_eq!(world.holds(Holder { kind: HolderKind::Expired, id: world.school.0 }).await, 60, "{}", world.name);
        assert!(world.row(booking).await.late, "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn work_that_took_less_gives_the_rest_back_and_more_is_refused() {
    for (world, _test) in worlds().await {
        world.ask(&wish("2026-11-19T12:45", "180"), "a").await.expect("booked");
        let booking = world.ask(&wish("2026-11-19T08:30", "180"), "b").await.expect("booked");
        let after = at("2026-11-19T12:00");
        assert_eq!(code(&world.done(booking, 150, after).await), "booking_not_accepted", "{}", world.name);
        world.accept(booking).await;
        let more = world.done(booking, 195, after).await;
        assert_eq!(code(&more), "more_hours_needed", "{}", world.name);
        assert!(more.expect_err("refused").as_refusal().heading.contains("15"), "{}", world.name);
        world.done(booking, 90, after).await.expect("done");
        // The board paid last and gets its hour back first.
        assert_eq!(world.three(booking).await, (30, 120, 0), "{}", world.name);
        assert_eq!(world.holds(Holder::used(world.school)).await, 90, "{}", world.name);
        assert_eq!(world.row(booking).await.done_minutes, Some(90));
        world.is_sound().await;
    }
}

#[tokio::test]
async fn a_move_keeps_the_old_slot_until_the_new_one_is_taken() {
    for (world, _test) in worlds().await {
        let booking = world.ask(&wish(THURSDAY, "120"), "a").await.expect("booked");
        let other = world.ask(&wish("2026-11-19T13:00", "60"), "b").await.expect("booked");
        assert_eq!(code(&world.move_to(booking, "2026-11-19T13:30", 60, "m1").await), "slot_taken", "{}", world.name);
        assert_eq!(world.row(booking).await.status, "asked", "{}: the old one stays", world.name);
        assert_eq!(world.three(booking).await.2, 120, "{}", world.name);
        // Over its own old time, and longer, paid with what the old one gives back.
        let moved = world.move_to(booking, "2026-11-19T08:30", 210, "m2").await.expect("moved");
        assert_eq!(world.move_to(booking, "2026-11-19T08:30", 210, "m2").await.ok(), Some(moved), "{}", world.name);
        let mut tx = world.db.write(world.partnership).await.expect("a writer");
        let (by, at) = (world.specialist_person, at("2026-11-19T08:30"));
        let other_person = verbs::move_to(&mut tx, world.partnership, by, booking, Side::School, at, Minutes(210), "m2", now()).await;
        assert_eq!(code(&other_person), "form_used", "{}: somebody else's form", world.name);
        drop(tx);
        assert_eq!((world.row(booking).await.status, world.row(moved).await.moved_from), ("moved".to_owned(), Some(booking.0)));
        assert_eq!(world.three(moved).await, (30, 120, 210), "{}", world.name);
        assert_eq!(code(&world.move_to(other, "2026-11-20T08:30", 210, "m3").await), "ok", "{}", world.name);
        assert_eq!(world.count().await, 4);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn who_knows_more_than_one_thing_is_asked_for_one_of_them() {
    for (world, _test) in worlds().await {
        let (partnership, specialist, expertise) = (world.partnership, world.specialist, world.expertise);
        world
            .change(async |tx| {
                let other = experts::sql::taxonomy(tx, partnership).await.expect("expertises")[1].id.into();
                let day = |day| NaiveDate::from_ymd_opt(2026, 11, day);
                let both = [(expertise, "ervaren", "Post-hbo", day(30)), (other, "basis", "Cursus", day(19))];
                experts::sql::set_expertises(tx, specialist, &both).await.expect("set");
            })
            .await;
        assert_eq!(code(&world.ask_about(&wish(THURSDAY, "60"), None, "a").await), "subject_missing", "{}", world.name);
        assert_eq!(code(&world.ask(&wish(THURSDAY, "60"), "b").await), "ok", "{}", world.name);
        let later = world.ask_about(&wish("2026-11-20T09:00", "60"), None, "c").await;
        assert_eq!(code(&later), "ok", "{}: the other one does not count any more", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn a_proof_must_count_on_the_day_of_the_visit() {
    for (world, _test) in worlds().await {
        let (specialist, expertise) = (world.specialist, world.expertise);
        let until = NaiveDate::from_ymd_opt(2026, 11, 19);
        world
            .change(async |tx| {
                experts::sql::set_expertises(tx, specialist, &[(expertise, "ervaren", "Post-hbo", until)]).await.expect("set");
            })
            .await;
        assert_eq!(code(&world.ask(&wish("2026-11-20T09:00", "60"), "a").await), "proof_lapsed", "{}", world.name);
        assert_eq!(code(&world.ask_about(&wish("2026-11-20T09:00", "60"), None, "b").await), "proof_lapsed", "{}", world.name);
        let other = ExpertiseId(Uuid::now_v7());
        assert_eq!(code(&world.ask_about(&wish(THURSDAY, "60"), Some(other), "c").await), "expertise_not_offered", "{}", world.name);
        let booking = world.ask(&wish(THURSDAY, "60"), "d").await.expect("its last day");
        assert_eq!(code(&world.move_to(booking, "2026-11-20T09:00", 60, "m").await), "proof_lapsed", "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn what_can_not_be_booked_is_refused_each_in_its_own_words() {
    for (world, _test) in worlds().await {
        let refused = [
            ("2026-11-12T09:00", "60", "slot_past"),
            ("2026-11-18T09:00", "60", "slot_outside_availability"),
            ("2026-11-19T11:30", "60", "slot_outside_availability"),
            ("2026-11-19T09:05", "60", "slot_off_grid"),
            ("morgen", "60", "moment_missing"),
            (THURSDAY, "20", "duration_out_of_range"),
            (THURSDAY, "veel", "duration_missing"),
        ];
        for (moment, duur, expected) in refused {
            assert_eq!(code(&world.ask(&wish(moment, duur), "a").await), expected, "{}: {moment} {duur}", world.name);
        }
        let level = WishFields { niveau: "school", ..wish(THURSDAY, "60") };
        assert_eq!(code(&world.ask(&level, "a").await), "level_not_offered", "{}", world.name);
        let parents = WishFields { ouders: "", ..wish(THURSDAY, "60") };
        assert_eq!(code(&world.ask(&parents, "a").await), "parents_not_informed", "{}", world.name);
        let (specialist, elsewhere, here) = (world.specialist, world.other_wijk, world.wijk);
        world.change(async |tx| experts::sql::set_wijken(tx, specialist, &[elsewhere]).await.expect("set")).await;
        assert_eq!(code(&world.ask(&wish(THURSDAY, "60"), "a").await), "not_this_school", "{}", world.name);
        world.change(async |tx| experts::sql::set_wijken(tx, specialist, &[elsewhere, here]).await.expect("set")).await;
        world.change(async |tx| drop(execute!(tx, "update specialists set active = $2 where id = $1", specialist.0, false))).await;
        assert_eq!(code(&world.ask(&wish(THURSDAY, "60"), "a").await), "specialist_stopped", "{}", world.name);
        assert_eq!(world.count().await, 0);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn another_partnership_has_no_such_specialist_school_or_booking() {
    for (here, _test) in worlds().await {
        let there = world(&here.db, here.name).await;
        let booking = here.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        let mut tx = there.db.write(there.partnership).await.expect("a writer");
        for (school, specialist) in [(there.school, here.specialist), (here.school, there.specialist)] {
            let fields = wish(THURSDAY, "60");
            let asked = verbs::ask(&mut tx, there.partnership, there.coordinator, school, specialist, &fields, None, "x", now()).await;
            assert_eq!(code(&asked), "not_found", "{}", here.name);
        }
        let by = there.specialist_person;
        assert_eq!(code(&verbs::accept(&mut tx, there.partnership, by, booking, Side::Specialist, now()).await), "not_found");
        drop(tx);
        here.is_sound().await;
        there.is_sound().await;
    }
}
