//! Stories and properties of free time, over whole calendars. Random calendars sit around both days on which the clocks change.

#![expect(clippy::unwrap_used, reason = "a test may stop at a wrong date")]

use super::*;
use crate::{
    ids::{BookingId, DistrictId, SchoolId, WijkId},
    minutes::Minutes,
    time,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An instant by its local time, `2026-11-19T09:00`.
fn at(text: &str) -> DateTime<Utc> {
    time::instant(time::parse_local(text).unwrap()).unwrap()
}

/// School 1 and 2 share wijk 1, school 3 lies in wijk 2 of the same district, school 4 lies elsewhere.
fn school(number: u128) -> Place {
    let (wijk, district) = match number {
        1 | 2 => (1, 1),
        3 => (2, 1),
        _ => (3, 2),
    };
    Place {
        school: SchoolId(Uuid::from_u128(number)),
        wijk: Some(WijkId(Uuid::from_u128(wijk))),
        district: Some(DistrictId(Uuid::from_u128(district))),
    }
}

fn booked(from: &str, minutes: i64, place: Place) -> Busy {
    Busy { from: at(from), minutes: Minutes(minutes), place: Some(place), booking: Some(BookingId(Uuid::from_u128(7))) }
}

/// Thursday and Friday, with a break at noon.
fn sander() -> Calendar {
    Calendar { weekly: parse_weekly("do 8:30-12:00 12:45-16:00; vr 8:30-12:00").unwrap(), ..Calendar::default() }
}

const NOW: &str = "2026-11-17T10:00";

fn refused(calendar: &Calendar, starts_at: &str, minutes: i64) -> String {
    is_free(calendar, at(starts_at), Minutes(minutes), &school(1), at(NOW)).unwrap_err().code.into_owned()
}

fn values(slots: &[Slot]) -> Vec<String> {
    slots.iter().map(Slot::value).collect()
}

#[test]
fn a_slot_lies_within_one_block_of_the_week() {
    let thursday = slots(&sander(), Minutes::hours(3), &school(1), day("2026-11-19"), 1, at(NOW));
    let expected = ["2026-11-19T08:30", "2026-11-19T08:45", "2026-11-19T09:00", "2026-11-19T12:45", "2026-11-19T13:00"];
    assert_eq!(values(&thursday), expected);
    assert_eq!(thursday[0].label(), "do 19 nov, 8.30–11.30");
    assert_eq!(refused(&sander(), "2026-11-19T09:15", 180), "slot_outside_availability");
    assert_eq!(refused(&sander(), "2026-11-18T09:00", 60), "slot_outside_availability");
}

#[test]
fn each_thing_that_stops_a_booking_has_its_own_refusal() {
    let calendar = Calendar { busy: vec![booked("2026-11-19T10:00", 60, school(2))], ..sander() };
    assert_eq!(refused(&calendar, "2026-11-19T09:10", 60), "slot_off_grid");
    assert_eq!(refused(&calendar, "2026-11-19T09:00", 15), "duration_out_of_range");
    assert_eq!(refused(&calendar, "2026-11-19T09:00", 40), "duration_out_of_range");
    assert_eq!(refused(&calendar, "2026-11-19T09:00", 495), "duration_out_of_range");
    assert_eq!(refused(&calendar, "2026-11-12T09:00", 60), "slot_past");
    assert_eq!(refused(&calendar, "2026-11-17T10:45", 60), "slot_too_soon");
    assert_eq!(refused(&calendar, "2026-11-19T10:30", 60), "slot_taken");
    assert_eq!(refused(&calendar, "2026-11-19T09:00", 60), "slot_no_travel_time");
    assert_eq!(refused(&calendar, "2026-11-19T11:00", 60), "slot_no_travel_time");
    assert_eq!(is_free(&calendar, at("2026-11-19T08:45"), Minutes(60), &school(1), at(NOW)), Ok(()));
    assert_eq!(is_free(&calendar, at("2026-11-19T09:00"), Minutes(60), &school(2), at(NOW)), Ok(()));
}

#[test]
fn travel_may_happen_in_the_break() {
    let calendar = Calendar { busy: vec![booked("2026-11-19T11:00", 60, school(4))], ..sander() };
    assert_eq!(is_free(&calendar, at("2026-11-19T12:45"), Minutes(60), &school(1), at(NOW)), Ok(()));
    assert_eq!(refused(&calendar, "2026-11-19T10:00", 45), "slot_no_travel_time");
}

#[test]
fn an_external_appointment_takes_its_own_time_and_no_travel() {
    let dentist = Busy { from: at("2026-11-19T09:10"), minutes: Minutes(25), place: None, booking: None };
    let calendar = Calendar { busy: vec![dentist], ..sander() };
    let morning = slots(&calendar, Minutes(30), &school(1), day("2026-11-19"), 1, at(NOW));
    assert_eq!(values(&morning)[..2], ["2026-11-19T08:30", "2026-11-19T09:45"]);
}

#[test]
fn a_holiday_closes_every_day_except_extra_ones() {
    let holidays = free_days(crate::hours::SchoolYear(2026), HolidayRegion::Zuid);
    let extra = Exception {
        starts_on: day("2026-12-24"),
        ends_on: day("2026-12-24"),
        from: NaiveTime::from_hms_opt(9, 0, 0),
        until: NaiveTime::from_hms_opt(11, 0, 0),
        kind: ExceptionKind::Extra,
        note: String::new(),
    };
    let calendar = Calendar { holidays: holidays.into(), exceptions: vec![extra], ..sander() };
    let found = slots(&calendar, Minutes(120), &school(1), day("2026-12-19"), 16, at(NOW));
    assert_eq!(values(&found), ["2026-12-24T09:00"]);
}

#[test]
fn an_empty_day_says_why() {
    let mut calendar = sander();
    calendar.holidays = free_days(crate::hours::SchoolYear(2026), HolidayRegion::Zuid).into();
    let leave = |date: &str| Exception {
        starts_on: day(date),
        ends_on: day(date),
        from: None,
        until: None,
        kind: ExceptionKind::Away,
        note: String::new(),
    };
    calendar.exceptions.push(leave("2026-11-27"));
    calendar.busy.push(booked("2026-11-20T08:30", 210, school(1)));
    let said = |date: &str, now: &str| {
        why_empty(&calendar, day(date), Minutes(60), &school(1), at(now)).map_or("–".to_owned(), |why| why.to_string())
    };
    assert_eq!(said("2026-11-19", NOW), "–");
    assert_eq!(said("2026-11-18", NOW), "werkt niet");
    assert_eq!(said("2026-11-20", NOW), "vol");
    assert_eq!(said("2026-11-27", NOW), "afwezig");
    assert_eq!(said("2026-11-12", NOW), "voorbij");
    assert_eq!(said("2026-12-24", NOW), "vakantie: Kerstvakantie");
    assert_eq!(said("2027-05-06", NOW), "vrij: Hemelvaartsdag");
    assert_eq!(said("2026-11-19", "2026-11-19T15:30"), "voorbij");
    assert_eq!(said("2026-11-19", "2026-11-19T14:15").replace('\u{a0}', " "), "geen 1 u achter elkaar");
}

#[test]
fn a_day_offers_a_handful_that_leaves_the_rest_whole() {
    let offered = |minutes| {
        let found = slots(&sander(), Minutes(minutes), &school(1), day("2026-11-19"), 1, at(NOW));
        offer(&found).iter().map(|slot| time::clock(time::local(slot.starts_at).time())).collect::<Vec<_>>()
    };
    assert_eq!(offered(180), ["8.30", "12.45"]);
    assert_eq!(offered(60), ["8.30", "11.00", "12.45", "15.00"]);
    assert_eq!(offered(30), ["8.30", "11.30", "12.45", "15.30"]);
}

#[test]
fn the_first_free_moments_are_found_weeks_ahead_and_never_in_the_past() {
    let mut calendar = sander();
    for week in 0..3 {
        let thursday = at("2026-11-19T06:00") + TimeDelta::days(7 * week);
        calendar.busy.push(Busy { from: thursday, minutes: Minutes::hours(36), place: None, booking: None });
    }
    let found = first_free(&calendar, Minutes::hours(3), &school(1), day("2020-01-01"), 3, at(NOW));
    assert_eq!(values(&found), ["2026-12-10T08:30", "2026-12-11T08:30", "2026-12-17T08:30"]);
    assert_eq!(first_free(&Calendar::default(), Minutes::hours(3), &school(1), day("2026-11-17"), 3, at(NOW)), []);
}

#[test]
fn a_taken_moment_is_refused_with_the_three_nearest() {
    let calendar = Calendar { busy: vec![booked("2026-11-19T08:30", 210, school(1))], ..sander() };
    let refusal = must_be_free(&calendar, at("2026-11-19T09:00"), Minutes::hours(3), &school(1), at(NOW)).unwrap_err();
    assert_eq!((refusal.code.as_ref(), refusal.field.as_deref()), ("slot_taken", Some("moment")));
    let labels: Vec<&str> = refusal.choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["do 19 nov, 12.45–15.45", "vr 20 nov, 9.00–12.00", "do 26 nov, 9.00–12.00"]);
    assert_eq!(refusal.choices[0].value, "2026-11-19T12:45");
}

#[test]
fn a_booking_that_moves_may_overlap_itself() {
    let calendar = Calendar { busy: vec![booked("2026-11-19T09:00", 60, school(1))], ..sander() };
    assert_eq!(refused(&calendar, "2026-11-19T09:15", 60), "slot_taken");
    let without = calendar.without(BookingId(Uuid::from_u128(7)));
    assert_eq!(is_free(&without, at("2026-11-19T09:15"), Minutes(60), &school(1), at(NOW)), Ok(()));
}

#[test]
fn slots_keep_their_local_time_when_the_clocks_change() {
    let weekly = parse_weekly("za 8:00-9:00; zo 8:00-9:00; ma 8:00-9:00").unwrap();
    let calendar = Calendar { weekly, ..Calendar::default() };
    for (saturday, hours) in [("2026-03-28", [24, 23, 24]), ("2026-10-24", [24, 25, 24])] {
        let found = slots(&calendar, Minutes(60), &school(1), day(saturday), 3, at("2026-01-05T09:00"));
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|slot| slot.value().ends_with("T08:00")), "{found:?}");
        let between: Vec<i64> = found.windows(2).map(|pair| (pair[1].starts_at - pair[0].starts_at).num_hours()).collect();
        assert_eq!(between, [hours[1], hours[0]]);
        assert!(found.iter().all(|slot| (slot.ends_at() - slot.starts_at).num_minutes() == 60));
    }
    assert_eq!(moment("2026-03-29T02:30").unwrap_err().code, "moment_skipped");
    assert_eq!(moment("").unwrap_err().code, "moment_missing");
    assert_eq!(moment("2026-03-29T03:30").unwrap(), "2026-03-29T01:30:00Z".parse::<DateTime<Utc>>().unwrap());
}

#[test]
fn a_booking_takes_whole_quarters() {
    let taken = quarters(at("2026-11-19T09:00"), Minutes(45));
    assert_eq!(taken.clone().count(), 3);
    assert_eq!(taken.start * 900, at("2026-11-19T09:00").timestamp());
}

#[test]
fn a_whole_working_day_of_eight_hours_fits() {
    let calendar = Calendar { weekly: parse_weekly("do 6:00-22:00").unwrap(), ..Calendar::default() };
    let found = slots(&calendar, BOOKING_MINUTES_MAX, &school(1), day("2026-11-19"), 1, at(NOW));
    assert_eq!((found.len(), found[0].value(), found[32].label()), (33, "2026-11-19T06:00".into(), "do 19 nov, 14.00–22.00".into()));
}

const WEEKDAYS: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn clock(quarter: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(6 + quarter / 4, quarter % 4 * 15, 0).unwrap()
}

prop_compose! {
    fn any_weekly()(blocks in proptest::collection::vec((0_usize..7, 0_u32..60, 2_u32..40), 1..18)) -> Weekly {
        let mut kept: Vec<WeeklyHours> = Vec::new();
        for (weekday, from, length) in blocks {
            let until = clock((from + length).min(63));
            let block = WeeklyHours { weekday: WEEKDAYS[weekday], from: clock(from), until };
            let mut more = kept.clone();
            more.push(block);
            if Weekly::new(more.clone()).is_ok() {
                kept = more;
            }
        }
        Weekly::new(kept).unwrap()
    }
}

prop_compose! {
    /// Off the grid too, as data that came in by another way might be.
    fn any_exception(monday: NaiveDate)(
        first in 0_u64..14, length in 0_u64..4, hours in proptest::option::of((300_u32..1300, 1_u32..300)), is_away in any::<bool>(),
    ) -> Exception {
        let time = |minute: u32| NaiveTime::from_hms_opt(minute.min(1439) / 60, minute.min(1439) % 60, 0);
        let starts_on = monday + Days::new(first);
        Exception {
            starts_on,
            ends_on: starts_on + Days::new(length),
            from: hours.and_then(|(from, _)| time(from)),
            until: hours.and_then(|(from, length)| time(from + length)),
            kind: if is_away { ExceptionKind::Away } else { ExceptionKind::Extra },
            note: String::new(),
        }
    }
}

prop_compose! {
    fn any_busy(monday: NaiveDate)(
        second in 0_i64..14 * 86_400, on_grid in any::<bool>(), minutes in -5_i64..300, place in proptest::option::of(1_u128..5),
    ) -> Busy {
        let second = if on_grid { second - second % 900 } else { second };
        let from = time::start_of_day(monday) + TimeDelta::seconds(second);
        Busy { from, minutes: Minutes(minutes), place: place.map(school), booking: None }
    }
}

fn any_calendar() -> impl Strategy<Value = (NaiveDate, Calendar)> {
    // The fortnights around both clock changes, one with Christmas, one without anything.
    let mondays = [day("2026-03-23"), day("2026-10-19"), day("2026-12-14"), day("2026-11-16")];
    proptest::sample::select(mondays.to_vec()).prop_flat_map(|monday| {
        let exceptions = proptest::collection::vec(any_exception(monday), 0..4);
        let busy = proptest::collection::vec(any_busy(monday), 0..10);
        (any_weekly(), exceptions, busy).prop_map(move |(weekly, exceptions, busy)| {
            let holidays = free_days(crate::hours::SchoolYear(2026), HolidayRegion::Zuid).into();
            (monday, Calendar { weekly, exceptions, holidays, busy })
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The picker and the write path can not disagree: over every quarter of a fortnight, offered means accepted.
    #[test]
    fn a_slot_is_offered_exactly_when_booking_accepts_it(
        (monday, calendar) in any_calendar(), length in 2_i64..33, place in 1_u128..5, now in -86_400_i64..14 * 86_400,
    ) {
        let (minutes, place) = (Minutes::quarters(length), school(place));
        let now = time::start_of_day(monday) + TimeDelta::seconds(now);
        let offered = slots(&calendar, minutes, &place, monday, 14, now);
        let quarters = quarters(time::start_of_day(monday), Minutes(14 * 24 * 60 + 60));
        let starts = quarters.map(|quarter| DateTime::from_timestamp(quarter * 900, 0).unwrap());
        let last = monday + Days::new(14);
        let accepted: Vec<Slot> = starts
            .filter(|starts_at| time::local_date(*starts_at) < last && is_free(&calendar, *starts_at, minutes, &place, now).is_ok())
            .map(|starts_at| Slot { starts_at, minutes })
            .collect();
        prop_assert_eq!(offered, accepted);
    }

    #[test]
    fn once_a_slot_is_taken_nothing_that_overlaps_it_is_offered(
        (monday, mut calendar) in any_calendar(), length in 2_i64..12, place in 1_u128..5, pick in any::<prop::sample::Index>(),
    ) {
        let (minutes, now) = (Minutes::quarters(length), time::start_of_day(monday));
        let before = slots(&calendar, minutes, &school(1), monday, 14, now);
        prop_assume!(!before.is_empty());
        let taken = *pick.get(&before);
        calendar.busy.push(Busy { from: taken.starts_at, minutes, place: Some(school(1)), booking: None });
        let place = school(place);
        let travel = TimeDelta::minutes(TravelClass::between(&school(1), &place).minutes().0);
        for slot in slots(&calendar, Minutes(30), &place, monday, 14, now) {
            prop_assert!(!slot.overlaps(&taken));
            prop_assert!(slot.starts_at >= taken.ends_at() + travel || slot.ends_at() + travel <= taken.starts_at);
        }
    }

    #[test]
    fn what_a_day_shows_can_be_booked_reads_back_and_never_overlaps((monday, calendar) in any_calendar(), length in 2_i64..16) {
        let (minutes, now) = (Minutes::quarters(length), time::start_of_day(monday));
        let all = slots(&calendar, minutes, &school(1), monday, 14, now);
        let offered = offer(&all);
        for date in monday.iter_days().take(14) {
            let shown = offered.iter().filter(|slot| time::local_date(slot.starts_at) == date).count();
            let free = all.iter().filter(|slot| time::local_date(slot.starts_at) == date).count();
            prop_assert!(shown <= OFFERS_A_DAY_MAX);
            prop_assert_eq!(shown == 0, free == 0);
            prop_assert_eq!(why_empty(&calendar, date, minutes, &school(1), now).is_some(), free == 0);
        }
        prop_assert!(offered.windows(2).all(|pair| !pair[0].overlaps(&pair[1])));
        for slot in &offered {
            prop_assert!(is_free(&calendar, slot.starts_at, minutes, &school(1), now).is_ok());
            prop_assert_eq!(moment(&slot.value()), Ok(slot.starts_at));
        }
        let first = first_free(&calendar, minutes, &school(1), monday, 3, now);
        prop_assert!(first.len() >= offered.len().min(3) && first.len() <= 3);
        prop_assert!(offered.is_empty() || first.first() == offered.first());
        let days = |slots: &[Slot]| slots.iter().map(|slot| time::local_date(slot.starts_at)).collect::<BTreeSet<_>>().len();
        prop_assert!(days(&first) >= days(&offered).min(3) && first.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn every_way_out_of_a_refusal_is_free((monday, calendar) in any_calendar(), length in 2_i64..16, wanted in 0_i64..1344) {
        let (minutes, now) = (Minutes::quarters(length), time::start_of_day(monday));
        let wanted = now + TimeDelta::minutes(wanted * 15);
        let choices = nearest(&calendar, wanted, minutes, &school(2), now);
        prop_assert!(choices.len() <= NEAREST_MAX);
        for choice in choices {
            prop_assert_eq!(is_free(&calendar, moment(&choice.value).unwrap(), minutes, &school(2), now), Ok(()));
        }
    }
}
