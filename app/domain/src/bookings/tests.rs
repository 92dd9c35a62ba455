//! Stories of a booking, from the wish to what was done.

#![expect(clippy::unwrap_used, reason = "a test may stop at a wrong date")]

use super::*;
use crate::{
    availability::{Busy, Calendar, Place, Slot, parse_weekly},
    ids::{BookingId, SchoolId, SpecialistId},
    minutes::Minutes,
    refusal::Refusal,
    time,
};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    time::instant(time::parse_local(text).unwrap()).unwrap()
}

fn now() -> DateTime<Utc> {
    at("2026-11-17T10:00")
}

fn place() -> Place {
    Place { school: SchoolId(Uuid::from_u128(1)), wijk: None, district: None }
}

fn calendar() -> Calendar {
    Calendar { weekly: parse_weekly("do 8:30-12:00 12:45-16:00; vr 8:30-12:00").unwrap(), ..Calendar::default() }
}

const FIELDS: WishFields<'static> = WishFields {
    moment: "2026-11-19T09:00",
    duur: "120",
    niveau: "leerling",
    vraag: "Hoe houden we een leerling langer bij de les?",
    doel: "De leerling werkt een kwartier zelf.",
    ouders: "on",
};

fn wish(fields: WishFields<'_>) -> Result<CheckedWish, Refusal> {
    let (calendar, place) = (calendar(), place());
    let offer = Offer { calendar: &calendar, levels: &[Level::Pupil, Level::Group], place: &place };
    Wish::read(SpecialistId(Uuid::from_u128(3)), place.school, None, &fields)?.check(&offer, now())
}

fn asked() -> Booking {
    Booking::ask(BookingId(Uuid::from_u128(5)), wish(FIELDS).unwrap(), Side::School, now())
}

fn accepted() -> Booking {
    asked().accept(Side::Specialist, now()).unwrap().booking
}

fn code<T: std::fmt::Debug>(result: Result<T, Refusal>) -> String {
    result.unwrap_err().code.into_owned()
}

#[rstest]
#[case(WishFields { moment: "", ..FIELDS }, "moment_missing", "moment")]
#[case(WishFields { moment: "2026-11-18T09:00", ..FIELDS }, "slot_outside_availability", "moment")]
#[case(WishFields { moment: "2026-11-12T09:00", ..FIELDS }, "slot_past", "moment")]
#[case(WishFields { duur: "", ..FIELDS }, "duration_missing", "duur")]
#[case(WishFields { duur: "20", ..FIELDS }, "duration_out_of_range", "duur")]
#[case(WishFields { duur: "99999999999999", ..FIELDS }, "duration_out_of_range", "duur")]
#[case(WishFields { niveau: "klas", ..FIELDS }, "level_missing", "niveau")]
#[case(WishFields { niveau: "school", ..FIELDS }, "level_not_offered", "niveau")]
#[case(WishFields { vraag: " \n ", ..FIELDS }, "question_missing", "vraag")]
#[case(WishFields { doel: "\u{200b}", ..FIELDS }, "goal_missing", "doel")]
#[case(WishFields { ouders: "", ..FIELDS }, "parents_not_informed", "ouders")]
fn a_wish_is_refused_at_the_field_that_stops_it(#[case] fields: WishFields<'_>, #[case] why: &str, #[case] field: &str) {
    let refusal = wish(fields).unwrap_err();
    assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), (why, Some(field)));
}

#[test]
fn the_last_character_of_a_question_and_a_goal_fits_and_not_one_more() {
    let (fits, goal) = ("é".repeat(QUESTION_MAX), "é".repeat(GOAL_MAX));
    assert!(wish(WishFields { vraag: &fits, doel: &goal, ..FIELDS }).is_ok());
    let (long, long_goal) = (format!("{fits}!"), format!("{goal}!"));
    assert_eq!(code(wish(WishFields { vraag: &long, ..FIELDS })), "question_too_long");
    assert_eq!(code(wish(WishFields { doel: &long_goal, ..FIELDS })), "goal_too_long");
}

#[test]
fn a_wish_names_all_its_problems_at_once() {
    let fields = WishFields { moment: "2026-11-12T09:00", niveau: "leerling", vraag: "", doel: "", ouders: "", ..FIELDS };
    let (calendar, place) = (calendar(), place());
    let offer = Offer { calendar: &calendar, levels: &[Level::Group], place: &place };
    let wish = Wish::read(SpecialistId(Uuid::from_u128(3)), place.school, None, &fields).unwrap();
    let found: Vec<String> = wish.problems(&offer, now()).into_iter().filter_map(|refusal| refusal.field.map(String::from)).collect();
    assert_eq!(found, ["moment", "niveau", "vraag", "doel", "ouders"]);
}

#[test]
fn parents_need_not_be_told_of_a_group() {
    assert!(wish(WishFields { niveau: "groep", ouders: "", ..FIELDS }).is_ok());
}

#[test]
fn an_asked_booking_waits_on_the_specialist_and_an_accepted_one_on_nobody_until_it_ends() {
    let asked = asked();
    assert_eq!((asked.state, turn(&asked, now())), (BookingState::Asked, Turn::Specialist));
    let change = asked.accept(Side::Specialist, now()).unwrap();
    assert_eq!((change.booking.state, change.minutes), (BookingState::Accepted, MinutesMove::None));
    assert_eq!(turn(&change.booking, now()), Turn::Nobody);
    assert_eq!(turn(&change.booking, at("2026-11-19T11:00")), Turn::Specialist);
    assert!(turn(&asked, now()).is(Side::Specialist) && !turn(&asked, now()).is(Side::School));
}

#[test]
fn only_the_side_that_was_asked_answers_and_only_once() {
    assert_eq!(code(asked().accept(Side::School, now())), "booking_not_your_turn");
    assert_eq!(code(asked().decline(Side::School, "toch niet", now())), "booking_not_your_turn");
    assert_eq!(code(accepted().accept(Side::Specialist, now())), "booking_settled");
    assert_eq!(code(accepted().decline(Side::Specialist, "toch niet", now())), "booking_settled");
    assert_eq!(code(asked().accept(Side::Specialist, at("2026-11-19T09:00"))), "booking_started");
}

#[test]
fn declining_needs_a_reason_and_gives_everything_back() {
    let change = asked().decline(Side::Specialist, "  Die dag geef ik een cursus. ", now()).unwrap();
    assert_eq!((change.booking.state, change.minutes), (BookingState::Declined, MinutesMove::ReturnAll));
    assert_eq!(change.booking.reason.as_deref(), Some("Die dag geef ik een cursus."));
    let refusal = asked().decline(Side::Specialist, " x ", now()).unwrap_err();
    assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), ("reason_missing", Some("reden")));
    assert_eq!(code(asked().decline(Side::Specialist, &"x".repeat(301), now())), "reason_too_long");
    assert!(asked().decline(Side::Specialist, &"x".repeat(300), now()).is_ok());
}

#[test]
fn cancelling_is_late_within_a_day_of_the_start() {
    let cancelled = |now: &str| accepted().cancel(Side::School, "groep is ziek", at(now)).unwrap();
    let by_specialist = |now: &str| accepted().cancel(Side::Specialist, "er was niemand", at(now)).unwrap();
    assert!(!cancelled("2026-11-18T09:00").booking.is_late);
    assert!(cancelled("2026-11-18T09:01").booking.is_late);
    assert!(by_specialist("2026-11-19T10:00").booking.is_late);
    let change = cancelled("2026-11-18T09:00");
    assert_eq!((change.minutes, change.booking.cancelled_by), (MinutesMove::ReturnAll, Some(Side::School)));
    assert_eq!(code(change.booking.cancel(Side::Specialist, "nog eens", now())), "booking_settled");
}

#[test]
fn a_visit_that_has_begun_is_called_off_by_the_specialists_side_alone() {
    let start = at("2026-11-19T09:00");
    let refusal = accepted().cancel(Side::School, "toch niet nodig", start).unwrap_err();
    assert_eq!((refusal.code.as_ref(), refusal.heading.as_ref()), ("visit_begun", "Deze afspraak is al begonnen"));
    assert!(accepted().cancel(Side::School, "toch niet nodig", start - TimeDelta::minutes(1)).is_ok());
    assert!(accepted().cancel(Side::Specialist, "er was niemand", at("2026-11-20T09:00")).is_ok());
    // What nobody said yes to was no visit: the school takes its hours back.
    assert!(asked().cancel(Side::School, "geen antwoord", at("2026-11-20T09:00")).is_ok());
}

#[test]
fn what_has_begun_does_not_move() {
    let (new, slot) = (BookingId(Uuid::from_u128(6)), Slot { starts_at: at("2026-11-26T09:00"), minutes: Minutes(120) });
    for (booking, by) in [(accepted(), Side::School), (accepted(), Side::Specialist), (asked(), Side::School)] {
        assert_eq!(code(booking.move_to(new, slot, by, &calendar(), &place(), booking.starts_at)), "moved_too_late");
        assert!(booking.move_to(new, slot, by, &calendar(), &place(), booking.starts_at - TimeDelta::minutes(1)).is_ok());
    }
}

#[test]
fn a_specialist_moves_within_the_minutes_and_the_month_the_school_gave() {
    let new = BookingId(Uuid::from_u128(6));
    let moved = |by: Side, start: &str, minutes: i64| {
        let slot = Slot { starts_at: at(start), minutes: Minutes(minutes) };
        accepted().move_to(new, slot, by, &calendar(), &place(), now())
    };
    let refusal = moved(Side::Specialist, "2026-11-26T09:00", 135).unwrap_err();
    assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), ("moved_longer", Some("duur")));
    let refusal = moved(Side::Specialist, "2026-12-03T09:00", 120).unwrap_err();
    assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), ("moved_to_other_month", Some("moment")));
    assert!(refusal.advice.contains("november"), "{refusal:?}");
    assert!(moved(Side::Specialist, "2026-11-26T09:00", 120).is_ok() && moved(Side::Specialist, "2026-11-26T09:00", 60).is_ok());
    assert!(moved(Side::School, "2026-12-03T09:00", 135).is_ok(), "a school spends its own");
}

#[test]
fn less_work_gives_the_rest_back_and_more_work_asks_for_hours() {
    let after = at("2026-11-19T11:00");
    let change = accepted().record_done(Minutes(90), after).unwrap();
    assert_eq!(change.minutes, MinutesMove::Use { used: Minutes(90), returned: Minutes(30) });
    assert_eq!((change.booking.state, change.booking.minutes_used), (BookingState::Done, Some(Minutes(90))));
    assert_eq!(accepted().record_done(Minutes(120), after).unwrap().minutes, MinutesMove::Use { used: Minutes(120), returned: Minutes(0) });
    let refusal = accepted().record_done(Minutes(135), after).unwrap_err();
    assert_eq!((refusal.code.as_ref(), refusal.heading.as_ref()), ("more_hours_needed", "Er is 15\u{a0}min meer nodig"));
    assert_eq!(accepted().extra_needed(Minutes(135)), Some(Minutes(15)));
}

#[test]
fn a_longer_visit_waits_for_the_school_which_gives_exactly_what_is_missing() {
    let after = at("2026-11-19T11:00");
    assert_eq!(accepted().ask_extra(Minutes(150), after), Ok(Minutes(30)));
    assert_eq!(code(accepted().ask_extra(Minutes(120), after)), "extra_not_needed");
    assert_eq!(code(accepted().ask_extra(Minutes(495), after)), "worked_too_long");
    assert_eq!(code(accepted().ask_extra(Minutes(150), at("2026-12-01T00:00"))), "extra_too_late");
    let waits = Booking { extra: Some(Minutes(30)), ..accepted() };
    assert_eq!(turn(&waits, after), Turn::School);
    let given = waits.give_extra(after).unwrap();
    assert_eq!(given.minutes, MinutesMove::Use { used: Minutes(150), returned: Minutes::ZERO });
    assert_eq!((given.booking.state, given.booking.minutes_used, given.booking.extra), (BookingState::Done, Some(Minutes(150)), None));
    assert_eq!(code(waits.give_extra(at("2026-12-01T00:00"))), "extra_too_late");
    assert_eq!(code(accepted().give_extra(after)), "extra_settled");
    assert_eq!(code(given.booking.give_extra(after)), "extra_settled");
    assert_eq!(code(waits.refuse_extra("")), "reason_missing");
    assert_eq!(waits.refuse_extra("We spraken twee uur af.").as_deref(), Ok("We spraken twee uur af."));
    assert_eq!(waits.record_done(Minutes(120), after).unwrap().booking.extra, None);
    assert_eq!(turn(&waits, at("2026-12-01T00:00")), Turn::Specialist, "the school has nothing to give any more");
}

#[test]
fn work_that_can_not_be_recorded_is_refused() {
    let after = at("2026-11-19T11:00");
    assert_eq!(code(accepted().record_done(Minutes(90), at("2026-11-19T08:59"))), "booking_not_started");
    assert_eq!(code(accepted().record_done(Minutes(100), after)), "worked_off_grid");
    assert_eq!(code(accepted().record_done(Minutes(0), after)), "worked_nothing");
    assert_eq!(code(accepted().record_done(Minutes(-15), after)), "worked_nothing");
    assert_eq!(code(accepted().record_done(Minutes(495), after)), "worked_too_long");
    assert_eq!(code(asked().record_done(Minutes(90), after)), "booking_not_accepted");
    let done = accepted().record_done(Minutes(90), after).unwrap().booking;
    assert_eq!(code(done.record_done(Minutes(90), after)), "booking_settled");
    assert_eq!(code(done.cancel(Side::School, "toch niet", after)), "booking_settled");
}

#[test]
fn a_booking_moves_to_a_free_moment_that_may_overlap_its_own() {
    let booking = accepted();
    let mut calendar = calendar();
    let own = Busy { from: booking.starts_at, minutes: booking.minutes, place: Some(place()), booking: Some(booking.id) };
    let other = Busy { from: at("2026-11-19T13:00"), booking: None, ..own };
    calendar.busy = vec![own, other];
    let new = BookingId(Uuid::from_u128(6));
    let slot = |text: &str| Slot { starts_at: at(text), minutes: Minutes(120) };
    let moving = booking.move_to(new, slot("2026-11-19T10:00"), Side::Specialist, &calendar, &place(), now()).unwrap();
    assert_eq!((moving.old.booking.state, moving.old.minutes), (BookingState::Moved, MinutesMove::ReturnAll));
    assert_eq!((moving.new.id, moving.new.state, moving.new.replaces), (new, BookingState::Asked, Some(booking.id)));
    assert_eq!(turn(&moving.new, now()), Turn::School);
    assert_eq!(moving.new.question, booking.question);

    let refusal = booking.move_to(new, slot("2026-11-19T13:30"), Side::School, &calendar, &place(), now()).unwrap_err();
    assert_eq!((refusal.code.as_ref(), refusal.choices.len()), ("slot_taken", 3));
    assert_eq!(code(booking.move_to(new, booking.slot(), Side::School, &calendar, &place(), now())), "moved_nowhere");
    let old = moving.old.booking;
    assert_eq!(code(old.move_to(new, slot("2026-11-19T10:00"), Side::School, &calendar, &place(), now())), "booking_settled");
}

#[test]
fn codes_read_back_and_chips_tell_who_is_on_turn() {
    for state in BookingState::ALL {
        assert_eq!(BookingState::from_code(state.code()), Some(state));
    }
    for level in Level::ALL {
        assert_eq!(Level::from_code(level.code()), Some(level));
    }
    for side in [Side::School, Side::Specialist] {
        assert_eq!((Side::from_code(side.code()), side.other().other()), (Some(side), side));
    }
    assert_eq!(BookingState::Asked.chip(true).class(), "turn");
    assert_eq!(BookingState::Asked.chip(false).class(), "wait");
    assert_eq!(BookingState::Accepted.chip(false).class(), "valid");
    assert_eq!(BookingState::Cancelled.chip(true).class(), "stop");
    assert_eq!(BookingState::Moved.chip(true).class(), "");
}

/// Anything either side might try, at any moment.
fn attempt(booking: &Booking, what: usize, by: Side, minutes: i64, now: DateTime<Utc>) -> Result<Change, Refusal> {
    match what {
        0 => booking.accept(by, now),
        1 => booking.decline(by, "omdat het niet past", now),
        2 => booking.cancel(by, "omdat het niet past", now),
        _ => booking.record_done(Minutes::quarters(minutes), now),
    }
}

proptest! {
    /// Whatever people try and in whatever order, minutes leave a booking at most once, all of them, and only when it stops holding its slot.
    #[test]
    fn minutes_leave_a_booking_once_and_completely(
        tries in proptest::collection::vec((0_usize..4, any::<bool>(), -2_i64..40, 0_i64..100), 1..12),
    ) {
        let mut booking = asked();
        let mut left = booking.minutes;
        for (what, is_school, minutes, hours) in tries {
            let side = if is_school { Side::School } else { Side::Specialist };
            let before = booking.clone();
            if let Ok(change) = attempt(&booking, what, side, minutes, now() + TimeDelta::hours(hours)) {
                prop_assert!(before.state.holds_slot());
                left -= match change.minutes {
                    MinutesMove::None => Minutes::ZERO,
                    MinutesMove::ReturnAll => booking.minutes,
                    MinutesMove::Use { used, returned } => {
                        prop_assert!(used > Minutes::ZERO && returned >= Minutes::ZERO);
                        used + returned
                    }
                };
                booking = change.booking;
            }
            prop_assert_eq!(left, if booking.state.holds_slot() { booking.minutes } else { Minutes::ZERO });
        }
    }
}

#[test]
fn an_agreed_booking_waits_for_its_record_and_an_unanswered_one_does_not() {
    let december = |day: u32| at(&format!("2026-12-{day:02}T00:30"));
    assert_eq!(asked().lapse(7, at("2026-11-30T23:30")), None, "its month runs");
    let ended = asked().lapse(7, december(1)).unwrap();
    assert_eq!((ended.booking.state, ended.booking.cancelled_by, ended.minutes), (BookingState::Cancelled, None, MinutesMove::ReturnAll));
    assert_eq!(ended.booking.reason.as_deref(), Some("Niemand antwoordde voor het einde van november."));
    assert_eq!(accepted().lapse(7, december(7)), None, "the last day to record it");
    let late = accepted().lapse(7, december(8)).unwrap();
    let reason = "Niemand legde op tijd vast hoe lang het duurde. De uren van november zijn vervallen.";
    assert_eq!((late.booking.state, late.booking.reason.as_deref()), (BookingState::Cancelled, Some(reason)));
    assert_eq!(accepted().lapse(0, december(1)).map(|change| change.booking.state), Some(BookingState::Cancelled));
    let longer = Booking { extra: Some(Minutes(30)), ..accepted() };
    assert_eq!(longer.lapse(7, at("2026-11-30T23:30")), None, "the school can still give it");
    let settled = longer.lapse(7, december(1)).unwrap();
    assert_eq!(settled.minutes, MinutesMove::Use { used: longer.minutes, returned: Minutes::ZERO }, "what was worked is used");
    assert_eq!(
        (settled.booking.state, settled.booking.minutes_used, settled.booking.extra),
        (BookingState::Done, Some(longer.minutes), None)
    );
    assert_eq!(settled.booking.lapse(0, december(20)), None, "once");
    let done = accepted().record_done(Minutes(60), december(2)).unwrap().booking;
    assert_eq!(done.lapse(0, december(20)), None, "what was recorded stays");
    assert_eq!(late.booking.lapse(0, december(20)), None, "once");
}
