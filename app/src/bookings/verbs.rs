//! What people do with bookings: for the pages, the demo and the stories alike.
//!
//! Always true here: `tx` comes from `db.write(partnership)`, and after an error it must be dropped and not committed.

mod extras;

pub use extras::{ask_extra, give_extra, refuse_extra};

use super::{paying, sql, visit::Visit};
use crate::{AppError, db::Tx};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    BookingId, ExpertiseId, Minutes, PartnershipId, PersonId, Refusal, SchoolId, SpecialistId,
    availability::{Slot, nearest},
    bookings::{Booking, BookingState, Change, EXTRA_TOO_LATE, ExtraState, MinutesMove, Offer, Side, Wish, WishFields},
    hours::Month,
};

/// What the `form_key` column holds.
const FORM_KEY_MAX: usize = 100;
/// As far around a wanted moment as the nearest ways out are sought, and a day for travel.
const CALENDAR_BEFORE: TimeDelta = TimeDelta::days(15);
const CALENDAR_AFTER: TimeDelta = TimeDelta::days(44);

/// A school asks a specialist: takes the slot and sets the minutes aside. The same form sent twice answers the same booking.
///
/// # Errors
/// `Refused` with what stops it and the ways out, or when the key was used for something else; `NotFound` for a school or specialist of another partnership.
pub async fn ask(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    school: SchoolId,
    specialist: SpecialistId,
    fields: &WishFields<'_>,
    expertise: Option<ExpertiseId>,
    key: &str,
    now: DateTime<Utc>,
) -> Result<BookingId, AppError> {
    check_key(key)?;
    let wish = Wish::read(specialist, school, expertise, fields)?;
    if let Some(before) = sql::by_form_key(tx, partnership, key).await? {
        // All of it: what was typed anew under an old key would be gone without a word.
        let same = before.asked_by == by.0
            && (before.school_id, before.specialist_id, before.starts_at, before.minutes)
                == (school.0, specialist.0, wish.starts_at, wish.minutes.0)
            && (before.level.as_str(), before.expertise_id) == (wish.level.code(), expertise.map(|expertise| expertise.0))
            && (&before.question, &before.goal, before.parents_informed) == (&wish.question, &wish.goal, wish.parents_informed);
        return if same { Ok(before.id.into()) } else { Err(form_used().into()) };
    }
    let visit = Visit::load(tx, partnership, specialist, school, around(wish.starts_at)).await?;
    let starts_at = wish.starts_at;
    visit.reach()?;
    let checked = wish.check(&Offer { calendar: &visit.calendar, levels: &visit.levels, place: &visit.place }, now)?;
    visit.proven(expertise, starts_at)?;
    visit.subject(expertise, starts_at)?;
    let mut booking = Booking::ask(sql::new_id(), checked, Side::School, now);
    store(tx, partnership, &visit, &booking, by, key, now).await?;
    if visit.direct {
        booking = booking.accept(Side::Specialist, now)?.booking;
        sql::update(tx, partnership, &booking, visit.person, Side::Specialist).await?;
    }
    Ok(booking.id)
}

/// The side that was asked says yes. The same form sent twice answers the same, as do the three that follow.
///
/// # Errors
/// `Refused` when it is not asked of this side, or too late.
pub async fn accept(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    booking: BookingId,
    side: Side,
    now: DateTime<Utc>,
) -> Result<Booking, AppError> {
    let (row, booking) = load(tx, partnership, booking).await?;
    if booking.state == BookingState::Accepted && row.is_again(by, now) {
        return Ok(booking);
    }
    let change = booking.accept(side, now)?;
    apply(tx, &row, change, by, side, now).await
}

/// The side that was asked says no; all minutes return.
///
/// # Errors
/// As [`accept`], and without a reason.
pub async fn decline(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    booking: BookingId,
    side: Side,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Booking, AppError> {
    let (row, booking) = load(tx, partnership, booking).await?;
    if booking.state == BookingState::Declined && row.is_again(by, now) && booking.is_because(reason) {
        return Ok(booking);
    }
    let change = booking.decline(side, reason, now)?;
    apply(tx, &row, change, by, side, now).await
}

/// Either side calls it off; all minutes return.
///
/// # Errors
/// `Refused` when it is settled already, or without a reason.
pub async fn cancel(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    booking: BookingId,
    side: Side,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Booking, AppError> {
    let (row, booking) = load(tx, partnership, booking).await?;
    if booking.state == BookingState::Cancelled && row.is_again(by, now) && booking.is_because(reason) {
        return Ok(booking);
    }
    let change = booking.cancel(side, reason, now)?;
    apply(tx, &row, change, by, side, now).await
}

/// The specialist records what was really worked; the rest returns.
///
/// # Errors
/// `Refused` when it has not begun, is not accepted, or took longer than was set aside.
pub async fn record_done(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    booking: BookingId,
    worked: Minutes,
    now: DateTime<Utc>,
) -> Result<Booking, AppError> {
    let (row, booking) = load(tx, partnership, booking).await?;
    if booking.minutes_used == Some(worked) && row.is_again(by, now) {
        return Ok(booking);
    }
    let change = booking.record_done(worked, now)?;
    apply(tx, &row, change, by, Side::Specialist, now).await
}

/// Either side moves it to another free moment, which must be paid as any other; the other side answers. Answers the new booking. The
/// same form sent twice by the same person answers the same one.
///
/// # Errors
/// `Refused` with what stops it; then the old moment stays.
pub async fn move_to(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    booking: BookingId,
    side: Side,
    starts_at: DateTime<Utc>,
    minutes: Minutes,
    key: &str,
    now: DateTime<Utc>,
) -> Result<BookingId, AppError> {
    check_key(key)?;
    if let Some(before) = sql::by_form_key(tx, partnership, key).await? {
        let same =
            before.asked_by == by.0 && before.moved_from == Some(booking.0) && (before.starts_at, before.minutes) == (starts_at, minutes.0);
        return if same { Ok(before.id.into()) } else { Err(form_used().into()) };
    }
    let (row, booking) = load(tx, partnership, booking).await?;
    let visit = Visit::load(tx, partnership, booking.specialist, booking.school, around(starts_at)).await?;
    let moving = booking.move_to(sql::new_id(), Slot { starts_at, minutes }, side, &visit.calendar, &visit.place, now)?;
    visit.proven(booking.expertise, starts_at)?;
    let before = paying::own(tx, &row).await?;
    let in_pot = put(tx, &row, &moving.old, by, side, now).await?;
    let mut new = moving.new;
    store(tx, partnership, &visit, &new, by, key, now).await?;
    // Who waits gets what is left after the new moment: what was booked already is not taken away by moving it.
    paying::pass_on(tx, &row, (before, in_pot), by, now).await?;
    if visit.direct && side == Side::School {
        new = new.accept(Side::Specialist, now)?.booking;
        sql::update(tx, partnership, &new, visit.person, Side::Specialist).await?;
    }
    Ok(new.id)
}

/// What became of the bookings of a month that has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Nobody answered or recorded them in time; their minutes perished.
    pub lapsed: usize,
    /// Done with what was set aside, while the specialist still asked the school for more.
    pub without_extra: usize,
    /// They still wait for their record.
    pub waiting: usize,
}

/// Ends the bookings of a month that has ended: those that nobody answered or recorded in time lapse, and their minutes perish; those that
/// took longer than was set aside are done with that.
///
/// # Errors
/// When the database refuses.
pub async fn lapse(tx: &mut Tx, partnership: PartnershipId, month: Month, wait_days: u32, now: DateTime<Utc>) -> Result<Ended, AppError> {
    let mut ended = Ended::default();
    for row in sql::open_in(tx, partnership, month).await? {
        let Some(change) = row.booking()?.lapse(wait_days, now) else {
            ended.waiting += 1;
            continue;
        };
        let booking = &change.booking;
        sql::close(tx, partnership, booking).await?;
        sql::close_extra(tx, partnership, booking.id, ExtraState::Withdrawn, (None, EXTRA_TOO_LATE), now).await?;
        let has_lapsed = change.minutes == MinutesMove::ReturnAll;
        *if has_lapsed { &mut ended.lapsed } else { &mut ended.without_extra } += 1;
        settle(tx, &row, booking, change.minutes, None, now).await?;
    }
    Ok(ended)
}

fn around(moment: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    (moment - CALENDAR_BEFORE, moment + CALENDAR_AFTER)
}

fn check_key(key: &str) -> Result<(), AppError> {
    if key.is_empty() || key.chars().count() > FORM_KEY_MAX { Err(AppError::Malformed) } else { Ok(()) }
}

fn form_used() -> Refusal {
    let advice = "Er is nu niets veranderd. Laad de pagina opnieuw en vul het formulier opnieuw in.";
    Refusal::new("form_used", "Dit formulier is al een keer verstuurd", advice)
}

async fn load(tx: &mut Tx, partnership: PartnershipId, booking: BookingId) -> Result<(sql::BookingRow, Booking), AppError> {
    let row = sql::booking(tx, partnership, booking).await?.ok_or(AppError::NotFound)?;
    let booking = row.booking()?;
    Ok((row, booking))
}

/// Stores a change of a booking; what comes back to a pot goes to who waits for it.
async fn apply(
    tx: &mut Tx,
    row: &sql::BookingRow,
    change: Change,
    by: PersonId,
    side: Side,
    now: DateTime<Utc>,
) -> Result<Booking, AppError> {
    let before = paying::own(tx, row).await?;
    let in_pot = put(tx, row, &change, by, side, now).await?;
    paying::pass_on(tx, row, (before, in_pot), by, now).await?;
    Ok(change.booking)
}

/// Stores a change of a booking with what happens to its minutes and its quarters; answers whether a pot got any back.
async fn put(tx: &mut Tx, row: &sql::BookingRow, change: &Change, by: PersonId, side: Side, now: DateTime<Utc>) -> Result<bool, AppError> {
    let (partnership, booking) = (row.partnership_id.into(), &change.booking);
    sql::update(tx, partnership, booking, by, side).await?;
    if !booking.state.holds_slot() {
        sql::close_extra(tx, partnership, booking.id, ExtraState::Withdrawn, (Some(by), ""), now).await?;
    }
    settle(tx, row, booking, change.minutes, Some(by), now).await
}

/// What happens to the minutes of a booking and to its quarters; answers whether a pot got any back.
async fn settle(
    tx: &mut Tx,
    row: &sql::BookingRow,
    booking: &Booking,
    minutes: MinutesMove,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    match minutes {
        MinutesMove::None => Ok(false),
        MinutesMove::ReturnAll => {
            sql::free(tx, booking.id).await?;
            paying::settle(tx, row, Minutes::ZERO, booking.minutes, by, now).await
        }
        MinutesMove::Use { used, returned } => paying::settle(tx, row, used, returned, by, now).await,
    }
}

/// Stores a new booking: pays for it and takes its slot.
async fn store(
    tx: &mut Tx,
    partnership: PartnershipId,
    visit: &Visit,
    booking: &Booking,
    by: PersonId,
    key: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let month = Month::at(booking.starts_at);
    // What is refused most is asked before anything is written.
    let parts = paying::parts(tx, partnership, booking, visit.supplier, month).await?;
    sql::insert(tx, booking, sql::Entry { partnership, supplier: visit.supplier.0, month, by, form_key: key }).await?;
    if !sql::take(tx, booking).await? {
        let choices = nearest(&visit.calendar, booking.starts_at, booking.minutes, &visit.place, now);
        let advice = "Iemand anders was je voor. Er is niets van je uren af. Kies een ander moment.";
        return Err(Refusal::new("slot_taken", "Dit moment is net bezet", advice).at("moment").or(choices).into());
    }
    let key = format!("booking/{}/hold", booking.id);
    paying::hold(tx, partnership, booking.id, (visit.supplier, month), &parts, by, &key, now).await
}
