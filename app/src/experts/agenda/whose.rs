//! Whose agenda it is and what it holds. Always true: it is one's own, or of somebody whose supplier one plans for.

use super::{
    DAYS,
    pattern::print,
    shown::{Agenda, DayLine, DayShown, Entry, EntryKind, ExceptionLine, WeekShown},
};
use crate::{
    AppError,
    bookings::booking,
    db::Tx,
    experts::{AGENDA, agenda_of, results::Way, sql, sql::VisitRow},
    session::{Me, Note, NoteKind, allow},
};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use domain::{
    Minutes, SpecialistId,
    availability::{BOOKING_MINUTES_MIN, Calendar, Exception, Holiday, Place, Slot, is_free, slots, why_empty},
    bookings::place_shown,
    experts::SupportLevel,
    people::{Action, Object, Role},
    time,
};
use uuid::Uuid;

/// The weeks in view.
const WEEKS: u64 = 2;
/// How far ahead bookings are looked at when the pattern changes: nobody books further than a school year.
const BOOKED_AHEAD: TimeDelta = TimeDelta::days(400);
/// How far back and ahead one leafs: a term that was, and a school year to come.
const BACK: u64 = 7 * 12;
const AHEAD: u64 = 7 * 52;

/// Whose agenda this is: one's own, or the one asked for.
pub(super) async fn whose(tx: &mut Tx, me: &Me, expert: &str) -> Result<sql::SpecialistRow, AppError> {
    let id = match expert.trim() {
        "" => me.actor.specialist().ok_or(AppError::NotAllowed)?,
        text => text.parse::<SpecialistId>().map_err(|_| AppError::NotFound)?,
    };
    let row = sql::specialist(tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?;
    let object = Object::of(me.partnership()).with_specialist(row.id.into(), row.supplier_id.into());
    allow(me, Action::EditAvailability, &object)?;
    Ok(row)
}

/// The agenda's own address.
pub(super) fn address(me: &Me, row: &sql::SpecialistRow) -> String {
    if me.actor.specialist() == Some(row.id.into()) { AGENDA.to_owned() } else { agenda_of(&row.id.to_string()) }
}

/// Whose agendas a planner may open.
pub(super) async fn people(tx: &mut Tx, me: &Me) -> Result<Vec<Way>, AppError> {
    let suppliers = me.actor.suppliers();
    if !me.actor.is(Role::SupplierPlanner) || suppliers.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sql::specialists(tx, me.partnership()).await?;
    let own = rows.into_iter().filter(|row| suppliers.contains(&row.supplier_id.into()));
    Ok(own.map(|row| Way { href: agenda_of(&row.id.to_string()), label: row.name }).collect())
}

/// Everything on somebody's agenda, the weeks from a day on; a day that makes no sense means the usual.
pub(super) async fn agenda(tx: &mut Tx, me: &Me, row: &sql::SpecialistRow, from_day: &str, now: DateTime<Utc>) -> Result<Agenda, AppError> {
    let (id, today) = (SpecialistId(row.id), time::local_date(now));
    let first = first_monday(today);
    let asked = from_day.parse::<NaiveDate>().ok().map(|day| day.clamp(first - Days::new(BACK), first + Days::new(AHEAD)));
    let monday = asked.map_or(first, time::monday_of);
    let (from, until) = (time::start_of_day(monday), time::start_of_day(monday + Days::new(7 * WEEKS)));
    let calendar = sql::calendar(tx, me.partnership(), id, from, until).await?;
    let exceptions = sql::exceptions(tx, id, today).await?;
    let visits = visits(tx, me, row, from, until).await?;
    let is_own = me.actor.specialist() == Some(id);
    let outside = outside(tx, me, row, now).await?;
    Ok(Agenda {
        expert: row.id.to_string(),
        name: if is_own { String::new() } else { row.name.clone() },
        people: if is_own { Vec::new() } else { people(tx, me).await? },
        days: (0_u8..).zip(DAYS).map(|(number, day)| day_line(&calendar, number, day)).collect(),
        exceptions: exceptions.iter().map(|row| exception_line(row.id, &row.exception())).collect(),
        holidays: calendar.holidays.iter().filter(|holiday| holiday.ends_on >= today).take(8).map(holiday_line).collect(),
        weeks: (0..WEEKS).map(|week| week_shown(&calendar, (&visits, is_own), monday + Days::new(7 * week), now)).collect(),
        ways: ways(&address(me, row), monday, first),
        outside: outside.iter().map(visit_way).collect(),
        today: today.to_string(),
    })
}

/// Earlier and later weeks, as far as one leafs.
fn ways(page: &str, monday: NaiveDate, first: NaiveDate) -> Vec<Way> {
    let more = if page.contains('?') { '&' } else { '?' };
    let to = |label: &str, day: NaiveDate| Way { label: label.to_owned(), href: format!("{page}{more}vanaf={day}#weken") };
    let step = Days::new(7 * WEEKS);
    let mut ways = Vec::new();
    if monday > first - Days::new(BACK) {
        ways.push(to("Twee weken terug", monday - step));
    }
    if monday != first {
        ways.push(to("Naar deze week", first));
    }
    if monday < first + Days::new(AHEAD) {
        ways.push(to("Twee weken verder", monday + step));
    }
    ways
}

/// A booking in a sentence, with its page: `do 26 nov, 17.00–18.00 bij De Meerpaal`.
fn visit_way(visit: &VisitRow) -> Way {
    let slot = Slot { starts_at: visit.starts_at, minutes: Minutes(visit.minutes) };
    Way { label: format!("{} bij {}", slot.label(), visit.school), href: booking(&visit.id.to_string()) }
}

/// The bookings ahead that lie outside working time.
async fn outside(tx: &mut Tx, me: &Me, row: &sql::SpecialistRow, now: DateTime<Utc>) -> Result<Vec<VisitRow>, AppError> {
    let calendar = sql::calendar(tx, me.partnership(), row.id.into(), now, now + BOOKED_AHEAD).await?;
    let visits = visits(tx, me, row, now, now + BOOKED_AHEAD).await?;
    Ok(visits.into_iter().filter(|visit| lies_outside(&calendar, visit)).collect())
}

/// The bookings of somebody, with the place that this person may know.
async fn visits(
    tx: &mut Tx,
    me: &Me,
    row: &sql::SpecialistRow,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<VisitRow>, AppError> {
    let mut visits = sql::visits(tx, me.partnership(), row.id.into(), from, until).await?;
    let object = Object::of(me.partnership()).with_specialist(row.id.into(), row.supplier_id.into());
    for visit in &mut visits {
        let object = SupportLevel::from_dutch(&visit.level).map_or(object, |level| object.at_level(level));
        visit.school = place_shown(&me.actor, &object, &visit.school, &visit.wijk);
    }
    Ok(visits)
}

/// The Monday of this week; at the weekend of the next.
fn first_monday(today: NaiveDate) -> NaiveDate {
    let monday = time::monday_of(today);
    if matches!(today.weekday(), Weekday::Sat | Weekday::Sun) { monday + Days::new(7) } else { monday }
}

fn day_line(calendar: &Calendar, number: u8, day: &str) -> DayLine {
    let value = Weekday::try_from(number).map(|weekday| print(&calendar.weekly, weekday)).unwrap_or_default();
    let label = day.chars().take(1).flat_map(char::to_uppercase).chain(day.chars().skip(1)).collect();
    DayLine { name: day.to_owned(), label, value }
}

pub(super) fn exception_line(id: Uuid, exception: &Exception) -> ExceptionLine {
    let mut when = if exception.starts_on == exception.ends_on {
        time::date_short(exception.starts_on)
    } else {
        format!("{} tot en met {}", time::date_short(exception.starts_on), time::date_short(exception.ends_on))
    };
    if let (Some(from), Some(until)) = (exception.from, exception.until) {
        when = format!("{when}, {}–{}", time::clock(from), time::clock(until));
    }
    ExceptionLine { id: id.to_string(), kind: exception.kind.dutch().to_owned(), when, note: exception.note.clone() }
}

fn holiday_line(holiday: &Holiday) -> String {
    if holiday.starts_on == holiday.ends_on {
        format!("{}, {}", holiday.name, time::date_full(holiday.starts_on))
    } else {
        format!("{}, {} tot en met {}", holiday.name, time::date_full(holiday.starts_on), time::date_full(holiday.ends_on))
    }
}

fn week_shown(calendar: &Calendar, visits: (&[VisitRow], bool), monday: NaiveDate, now: DateTime<Utc>) -> WeekShown {
    let days = (0..7).map(|day| monday + Days::new(day)).map(|date| day_shown(calendar, visits, date, now));
    let at_work = |day: &DayShown| !matches!(day.weekday.as_str(), "za" | "zo") || !day.entries.is_empty();
    WeekShown { name: time::week_heading(monday), days: days.filter(at_work).collect() }
}

/// A day: bookings with their school, which one's own agenda asks to answer, and the free time between them. Travel is left out: nobody is booked into it, and its owner knows.
fn day_shown(calendar: &Calendar, (visits, is_own): (&[VisitRow], bool), date: NaiveDate, now: DateTime<Utc>) -> DayShown {
    let place = Place { school: Uuid::nil().into(), wijk: None, district: None };
    let waits = if is_own { "wacht op jouw antwoord" } else { "wacht op antwoord" };
    let mut calendar = calendar.clone();
    for busy in &mut calendar.busy {
        busy.place = None;
    }
    let free = slots(&calendar, BOOKING_MINUTES_MIN, &place, date, 1, now);
    let step = TimeDelta::minutes(domain::minutes::QUARTER);
    let blocks = free.chunk_by(|one, next| next.starts_at - one.starts_at == step);
    let free = blocks.filter_map(|block| Some((block.first()?.starts_at, block.last()?.ends_at(), None)));
    let today = visits.iter().filter(|visit| time::local_date(visit.starts_at) == date);
    let booked = today.map(|visit| (visit.starts_at, visit.starts_at + TimeDelta::minutes(visit.minutes), Some(visit)));
    let mut pieces: Vec<_> = free.chain(booked).collect();
    pieces.sort_by_key(|(from, until, _)| (*from, *until));
    let entries: Vec<Entry> = pieces
        .into_iter()
        .map(|(from, until, visit)| Entry {
            kind: match visit {
                None => EntryKind::Free,
                Some(visit) if visit.status == "asked" => EntryKind::Asked,
                Some(_) => EntryKind::Booked,
            },
            time: time::clock_range(from, until),
            href: visit.map(|visit| booking(&visit.id.to_string())),
            words: match visit {
                None => "vrij".to_owned(),
                Some(visit) if visit.status == "asked" => format!("{}, {waits}", visit.school),
                Some(visit) => visit.school.clone(),
            },
        })
        .collect();
    let why = why_empty(&calendar, date, BOOKING_MINUTES_MIN, &place, now);
    DayShown {
        weekday: time::weekday_short(date.weekday()).to_owned(),
        day: date.day().to_string(),
        spoken: time::date_long(date),
        today: date == time::local_date(now),
        // A day with something on it needs no reason to be full.
        none: why.filter(|_| entries.is_empty()).map(|why| why.to_string()),
        entries,
    }
}

/// What was done, with a warning when bookings that stand now lie outside working time.
pub(super) async fn done(tx: &mut Tx, me: &Me, row: &sql::SpecialistRow, now: DateTime<Utc>, heading: &str) -> Result<Note, AppError> {
    let outside = outside(tx, me, row, now).await?;
    if outside.is_empty() {
        return Ok(Note::done(heading, "Scholen zien alleen de tijd die vrij is."));
    }
    let count = match outside.len() {
        1 => "In de agenda valt één afspraak buiten de werktijd. Die blijft staan".to_owned(),
        count => format!("In de agenda vallen {count} afspraken buiten de werktijd. Ze blijven staan"),
    };
    let text = format!("{count}, hieronder. Zeg af of verplaats wat niet kan.");
    Ok(Note { kind: NoteKind::Warn, heading: heading.to_owned(), text })
}

/// Whether a booking lies outside working time, other bookings and travel left aside.
fn lies_outside(calendar: &Calendar, visit: &VisitRow) -> bool {
    let calendar = Calendar { busy: Vec::new(), ..calendar.clone() };
    let place = Place { school: Uuid::nil().into(), wijk: None, district: None };
    let long_before = visit.starts_at - TimeDelta::days(1);
    let free = is_free(&calendar, visit.starts_at, Minutes(visit.minutes), &place, long_before);
    free.is_err_and(|refusal| refusal.code == "slot_outside_availability")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at a wrong date")]
mod tests {
    use super::*;
    use domain::availability::{Busy, parse_weekly};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Tuesday 17 November 2026, noon.
    fn now() -> DateTime<Utc> {
        "2026-11-17T11:00:00Z".parse().unwrap()
    }

    fn visit(starts_at: &str, status: &str) -> VisitRow {
        VisitRow {
            id: Uuid::nil(),
            starts_at: starts_at.parse().unwrap(),
            minutes: 60,
            status: status.into(),
            school: "De Meerpaal".into(),
            wijk: "Havenkwartier".into(),
            level: "leerling".into(),
        }
    }

    fn calendar(visits: &[VisitRow]) -> Calendar {
        let busy = visits.iter().map(|visit| Busy { from: visit.starts_at, minutes: Minutes(visit.minutes), place: None, booking: None });
        Calendar { weekly: parse_weekly("do 9:00-12:00; vr 9:00-10:00").unwrap(), busy: busy.collect(), ..Calendar::default() }
    }

    #[test]
    fn a_day_shows_what_is_booked_and_what_is_free_in_order() {
        let visits = [visit("2026-11-19T09:00:00Z", "asked"), visit("2026-11-20T08:00:00Z", "accepted")];
        let calendar = calendar(&visits);
        let shown = |date: &str| day_shown(&calendar, (&visits, false), day(date), now());
        let lines: Vec<String> = shown("2026-11-19").entries.iter().map(|entry| format!("{} {}", entry.time, entry.words)).collect();
        assert_eq!(lines, ["9.00–10.00 vrij", "10.00–11.00 De Meerpaal, wacht op antwoord", "11.00–12.00 vrij"]);
        let own = day_shown(&calendar, (&visits, true), day("2026-11-19"), now());
        assert_eq!((own.entries[1].kind, own.entries[1].words.as_str()), (EntryKind::Asked, "De Meerpaal, wacht op jouw antwoord"));
        let full = shown("2026-11-20");
        assert_eq!((full.entries.len(), full.none), (1, None));
        assert_eq!(shown("2026-11-18").none.as_deref(), Some("werkt niet"));
        assert_eq!(shown("2026-11-16").none.as_deref(), Some("voorbij"));
    }

    #[test]
    fn the_weekend_shows_only_when_something_is_there_and_begins_the_next_week() {
        let visits = [visit("2026-11-21T09:00:00Z", "accepted")];
        let week = week_shown(&calendar(&visits), (&visits, true), day("2026-11-16"), now());
        let days: Vec<&str> = week.days.iter().map(|day| day.weekday.as_str()).collect();
        assert_eq!(days, ["ma", "di", "wo", "do", "vr", "za"]);
        assert_eq!(first_monday(day("2026-11-20")), day("2026-11-16"));
        assert_eq!(first_monday(day("2026-11-21")), day("2026-11-23"));
    }

    #[test]
    fn a_booking_outside_the_new_pattern_is_noticed_and_one_inside_is_not() {
        let visits =
            [visit("2026-11-19T08:00:00Z", "accepted"), visit("2026-11-19T10:30:00Z", "accepted"), visit("2026-11-18T08:00:00Z", "asked")];
        let calendar = calendar(&visits);
        let outside: Vec<bool> = visits.iter().map(|visit| lies_outside(&calendar, visit)).collect();
        assert_eq!(outside, [false, true, true]);
    }

    #[test]
    fn weeks_lead_back_and_on_and_never_further_than_one_leafs() {
        let labels = |monday: &str| -> Vec<String> {
            ways("/agenda", day(monday), day("2026-11-16")).into_iter().map(|way| format!("{} {}", way.label, way.href)).collect()
        };
        assert_eq!(
            labels("2026-11-16"),
            ["Twee weken terug /agenda?vanaf=2026-11-02#weken", "Twee weken verder /agenda?vanaf=2026-11-30#weken"]
        );
        assert_eq!(labels("2026-11-30").len(), 3);
        assert!(labels("2027-11-15").iter().all(|way| !way.contains("verder")));
        assert_eq!(visit_way(&visit("2026-11-19T09:00:00Z", "accepted")).href, format!("/afspraken/{}", Uuid::nil()));
    }
}
