//! Whether a moment is free. This is the rule itself: the write path asks it before a booking is stored, and pickers are proven equal to it.

use super::{Calendar, Place, nearest, quarters};
use crate::{
    minutes::{Minutes, QUARTER},
    refusal::Refusal,
    time,
};
use chrono::{DateTime, TimeDelta, Utc};

/// Half an hour: shorter, and travelling takes more than helping (domain.md §6).
pub const BOOKING_MINUTES_MIN: Minutes = Minutes(30);
/// Eight hours: a working day of one person (domain.md §6).
pub const BOOKING_MINUTES_MAX: Minutes = Minutes::hours(8);
/// One hour *(choice)*: a specialist must be able to read the request and get there.
pub const LEAD_MINUTES_MIN: Minutes = Minutes::hours(1);

/// Whether a specialist can be booked at a place from an instant, or why not.
///
/// Refuses, in this order: `slot_off_grid`, `duration_out_of_range`, `slot_past`, `slot_too_soon`, `slot_outside_availability`,
/// `slot_taken`, `slot_no_travel_time`.
pub fn is_free(calendar: &Calendar, starts_at: DateTime<Utc>, minutes: Minutes, place: &Place, now: DateTime<Utc>) -> Result<(), Refusal> {
    if starts_at.timestamp() % (QUARTER * 60) != 0 || starts_at.timestamp_subsec_nanos() != 0 {
        let advice = "Kies een begintijd op een heel kwartier, zoals 9.15. Er is niets van je uren af.";
        return Err(Refusal::new("slot_off_grid", "Afspraken beginnen op een kwartier", advice));
    }
    check_duration(minutes)?;
    if starts_at <= now {
        let advice = "Kies een moment dat nog komt. Er is niets van je uren af.";
        return Err(Refusal::new("slot_past", "Dit moment is al voorbij", advice));
    }
    if starts_at < now + TimeDelta::minutes(LEAD_MINUTES_MIN.0) {
        let advice = "Een afspraak begint op zijn vroegst over een uur. Kies een later moment. Er is niets van je uren af.";
        return Err(Refusal::new("slot_too_soon", "Dit moment is te snel", advice));
    }
    let mut worked =
        quarters(starts_at, minutes).filter_map(|quarter| DateTime::from_timestamp(quarter * QUARTER * 60, 0)).map(time::local);
    if !worked.all(|at| calendar.works(at.date(), at.time())) {
        let advice = "De expert werkt dan niet, of niet zo lang. Kies een ander moment of een kortere duur. Er is niets van je uren af.";
        return Err(Refusal::new("slot_outside_availability", "Dit moment valt buiten de werktijd", advice));
    }
    let ends_at = starts_at + TimeDelta::minutes(minutes.0);
    if calendar.taken().any(|busy| busy.from < ends_at && starts_at < busy.until()) {
        let advice = "Iemand anders was je voor. Er is niets van je uren af. Kies een ander moment.";
        return Err(Refusal::new("slot_taken", "Dit moment is net bezet", advice));
    }
    let too_close = calendar.taken().find_map(|busy| {
        let travel = busy.travel_to(place);
        let margin = TimeDelta::minutes(travel.0);
        (busy.from < ends_at + margin && starts_at < busy.until() + margin).then_some(travel)
    });
    if let Some(travel) = too_close {
        let advice = format!(
            "De expert heeft vlak ervoor of erna een afspraak op een andere school en is {travel} onderweg. Kies een ander moment. \
             Er is niets van je uren af."
        );
        return Err(Refusal::new("slot_no_travel_time", "Er is te weinig reistijd", advice));
    }
    Ok(())
}

/// The same rule for a form: the refusal stands at the field `moment` (or `duur`) and carries the nearest free moments.
pub fn must_be_free(
    calendar: &Calendar,
    starts_at: DateTime<Utc>,
    minutes: Minutes,
    place: &Place,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    is_free(calendar, starts_at, minutes, place, now).map_err(|refusal| {
        let field = if refusal.code == "duration_out_of_range" { "duur" } else { "moment" };
        refusal.at(field).or(nearest(calendar, starts_at, minutes, place, now))
    })
}

/// Whether a booking may take this long: on the grid, from half an hour to eight hours.
pub fn check_duration(minutes: Minutes) -> Result<(), Refusal> {
    if minutes.is_on_grid() && (BOOKING_MINUTES_MIN..=BOOKING_MINUTES_MAX).contains(&minutes) {
        return Ok(());
    }
    let advice = format!("Kies een duur van {BOOKING_MINUTES_MIN} tot {BOOKING_MINUTES_MAX}, in hele kwartieren.");
    Err(Refusal::new("duration_out_of_range", "Deze duur kan niet", advice))
}

/// The instant a form means with `2026-11-19T09:00`, or a refusal at the field `moment`.
pub fn moment(text: &str) -> Result<DateTime<Utc>, Refusal> {
    let Some(local) = time::parse_local(text) else {
        let advice = "Kies een van de vrije momenten.";
        return Err(Refusal::new("moment_missing", "Er is nog geen moment gekozen", advice).at("moment"));
    };
    time::instant(local).ok_or_else(|| {
        let advice = "De klok springt dan een uur vooruit. Kies een ander moment.";
        Refusal::new("moment_skipped", "Dit tijdstip bestaat niet", advice).at("moment")
    })
}
