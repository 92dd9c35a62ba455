//! Two weeks of free moments, ready to be chosen from. Always true: what is shown here is free by the rule that booking asks.

use super::shown::{Picker, Way};
use crate::ui::{SlotDay, SlotTime, SlotWeek};
use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc, Weekday};
use domain::{
    Minutes,
    availability::{Calendar, Place, Slot, check_duration, first_free, moment, offer, slots, why_empty},
    bookings::Proven,
    hours::Month,
    time,
};

/// The durations that have a link; any other on the grid works by its address.
const DURATIONS: [i64; 8] = [30, 60, 90, 120, 180, 240, 360, 480];
/// A first visit takes an hour.
const DURATION: Minutes = Minutes::hours(1);
/// Two weeks in view.
const DAYS: u32 = 14;
/// From this hour of a Friday on the week that counts is the next one, as on a weekend.
const FRIDAY_ENDS: u32 = 18;
/// As far ahead as one can leaf: a school year.
const AHEAD: u64 = 365;

/// What the address asks for. Anything that is not understood means: the usual.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) minutes: Minutes,
    pub(super) monday: NaiveDate,
    /// The first week that counts.
    first: NaiveDate,
    moment: Option<DateTime<Utc>>,
}

impl Wanted {
    /// The parameters of the address; without a duration it is `usual`.
    pub(super) fn read(duur: &str, moment_text: &str, vanaf: &str, usual: Option<Minutes>, now: DateTime<Utc>) -> Self {
        let minutes = duur.trim().parse().map(Minutes).ok().filter(|minutes| check_duration(*minutes).is_ok());
        let wanted = moment(moment_text).ok();
        let today = time::local_date(now);
        let week = match today.weekday() {
            Weekday::Sat | Weekday::Sun => 1,
            Weekday::Fri if time::local(now).hour() >= FRIDAY_ENDS => 1,
            _ => 0,
        };
        let first = time::monday_of(today) + Days::new(7 * week);
        let asked = vanaf.parse::<NaiveDate>().ok().or(wanted.map(time::local_date));
        let last = first + Days::new(AHEAD);
        let monday = asked.map_or(first, |date| time::monday_of(date.clamp(first, last)));
        // A moment in the second week in view leaves the first one where it is.
        let monday = if vanaf.is_empty() && monday < first + Days::new(u64::from(DAYS)) { first } else { monday };
        Self { minutes: minutes.or(usual).unwrap_or(DURATION), monday, first, moment: wanted }
    }

    /// From when to when calendars must be known.
    pub(super) fn span(&self, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        // The search for a first free moment looks eight weeks ahead.
        (now.min(time::start_of_day(self.monday)), time::start_of_day(self.monday + Days::new(u64::from(DAYS) + 57)))
    }
}

/// What a picker is made from.
pub(super) struct Free<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) place: &'a Place,
    /// What must be proven on the day itself; nothing when that does not matter.
    pub(super) proven: &'a [Proven],
    pub(super) first_name: &'a str,
    /// No longer than this, and within this month: what a specialist may move to without asking the school for hours.
    pub(super) within: Option<(Minutes, Month)>,
    /// The moment one has now: moving to it changes nothing.
    pub(super) but: Option<Slot>,
}

impl Free<'_> {
    fn is_offered(&self, slot: &Slot) -> bool {
        Some(*slot) != self.but
            && self.is_proven(time::local_date(slot.starts_at))
            && self.within.is_none_or(|(longest, month)| slot.minutes <= longest && Month::at(slot.starts_at) == month)
    }

    fn is_proven(&self, date: NaiveDate) -> bool {
        self.proven.is_empty() || self.proven.iter().any(|one| one.proof.until.is_none_or(|until| date <= until))
    }
}

/// The picker of two weeks. `link` writes the address of another duration and start.
pub(super) fn picker(free: &Free<'_>, wanted: &Wanted, now: DateTime<Utc>, link: impl Fn(i64, Option<NaiveDate>) -> String) -> Picker {
    let Wanted { minutes, monday, first, moment } = *wanted;
    let all: Vec<Slot> =
        slots(free.calendar, minutes, free.place, monday, DAYS, now).into_iter().filter(|slot| free.is_offered(slot)).collect();
    let mut offered = offer(&all);
    let chosen = all.iter().find(|slot| Some(slot.starts_at) == moment).copied();
    offered.extend(chosen.filter(|slot| !offered.contains(slot)));
    offered.sort_unstable();

    let weeks = [monday, monday + Days::new(7)].map(|monday| week(free, monday, minutes, &offered, now));
    let length = length(minutes);
    let mut ways = Vec::new();
    if offered.is_empty() {
        let next = first_free(free.calendar, minutes, free.place, monday, 1, now).first().map(|slot| time::local_date(slot.starts_at));
        let is_within = |date: NaiveDate| free.within.is_none_or(|(_, month)| Month::of(date) == month);
        if let Some(next) = next.filter(|next| free.is_proven(*next) && is_within(*next)) {
            ways.push((
                format!("Naar het eerste vrije moment: {}", time::date_long(next)),
                format!("{}#moment", link(minutes.0, Some(next))),
            ));
        }
    }
    if monday > first {
        ways.push(("Twee weken terug".to_owned(), format!("{}#moment", link(minutes.0, Some(monday - Days::new(u64::from(DAYS)))))));
    }
    ways.push(("Twee weken verder".to_owned(), format!("{}#moment", link(minutes.0, Some(monday + Days::new(u64::from(DAYS)))))));
    // What never fits is not offered.
    let calendar = free.calendar.longest();
    let longest = free.within.map_or(calendar, |(within, _)| within.min(calendar));
    let mut durations: Vec<i64> = DURATIONS.into_iter().filter(|length| Minutes(*length) <= longest).chain([minutes.0]).collect();
    durations.sort_unstable();
    durations.dedup();
    let keeps = (monday > first).then_some(monday);
    Picker {
        minutes: minutes.0,
        help: format!("Per dag een keuze uit de momenten van {length} waarop {} er echt kan zijn, reistijd meegeteld.", free.first_name),
        length,
        durations: durations
            .into_iter()
            .map(|other| Way {
                label: Minutes(other).to_string(),
                href: format!("{}#duur", link(other, keeps)),
                current: other == minutes.0,
            })
            .collect(),
        weeks: weeks.into(),
        chosen: chosen.map(|slot| slot.value()),
        ways,
        spoken: offered
            .iter()
            .map(|slot| {
                let (from, until) = (time::local(slot.starts_at), time::local(slot.ends_at()));
                let hours = format!("{} tot {} uur", time::clock(from.time()), time::clock(until.time()));
                (slot.value(), time::date_long(from.date()), hours)
            })
            .collect(),
    }
}

/// `3 uur` for whole hours, `1 u 30` otherwise.
pub(super) fn length(minutes: Minutes) -> String {
    if minutes.0 % 60 == 0 { format!("{} uur", minutes.0 / 60) } else { minutes.to_string() }
}

fn week(free: &Free<'_>, monday: NaiveDate, minutes: Minutes, offered: &[Slot], now: DateTime<Utc>) -> SlotWeek {
    let dates = (0..7).map(|n| monday + Days::new(n));
    let days = dates
        .map(|date| (date, offered.iter().filter(|slot| time::local_date(slot.starts_at) == date).collect::<Vec<_>>()))
        // A weekend is there only when there is something to choose.
        .filter(|(date, times)| !times.is_empty() || date.weekday().num_days_from_monday() < 5)
        .map(|(date, times)| day(free, date, minutes, &times, now))
        .collect();
    SlotWeek { name: time::week_heading(monday), days }
}

fn day(free: &Free<'_>, date: NaiveDate, minutes: Minutes, times: &[&Slot], now: DateTime<Utc>) -> SlotDay {
    let none = times.is_empty().then(|| match why_empty(free.calendar, date, minutes, free.place, now) {
        Some(why) if date == time::local_date(now) => format!("vandaag, {why}"),
        Some(why) => why.to_string(),
        None if free.within.is_some_and(|(_, month)| Month::of(date) != month) => "andere maand".to_owned(),
        None if free.but.is_some_and(|now| time::local_date(now.starts_at) == date) => "alleen het moment van nu".to_owned(),
        None => "bewijs verlopen".to_owned(),
    });
    SlotDay {
        weekday: time::weekday_short(date.weekday()).to_owned(),
        day: date.day().to_string(),
        spoken: time::date_long(date),
        times: times
            .iter()
            .map(|slot| SlotTime { value: slot.value(), label: time::clock_range(slot.starts_at, slot.ends_at()) })
            .collect(),
        none,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{SchoolId, availability::parse_weekly};
    use uuid::Uuid;

    fn at(text: &str) -> DateTime<Utc> {
        moment(text).expect("a moment that exists")
    }

    fn shown(duur: &str, moment: &str, vanaf: &str) -> Picker {
        shown_within(duur, moment, vanaf, None)
    }

    fn shown_within(duur: &str, moment: &str, vanaf: &str, within: Option<(Minutes, Month)>) -> Picker {
        let calendar = Calendar { weekly: parse_weekly("do 8:30-16:00").expect("a pattern"), ..Calendar::default() };
        let place = Place { school: SchoolId(Uuid::from_u128(1)), wijk: None, district: None };
        let free = Free { calendar: &calendar, place: &place, proven: &[], first_name: "Thijs", within, but: None };
        let now = at("2026-11-17T10:00");
        picker(&free, &Wanted::read(duur, moment, vanaf, None, now), now, |minutes, from| format!("?duur={minutes}&vanaf={from:?}"))
    }

    fn times(picker: &Picker) -> Vec<&str> {
        picker.weeks.iter().flat_map(|week| &week.days).flat_map(|day| &day.times).map(|time| time.label.as_str()).collect()
    }

    #[test]
    fn a_moment_from_the_address_is_chosen_even_when_it_was_thinned_out() {
        let plain = shown("180", "", "");
        assert_eq!((times(&plain).len(), plain.chosen.as_deref()), (4, None));
        let asked = shown("180", "2026-11-19T10:15", "");
        assert_eq!(asked.chosen.as_deref(), Some("2026-11-19T10:15"));
        assert!(times(&asked).contains(&"10.15–13.15"), "{:?}", times(&asked));
        assert_eq!(shown("180", "2026-11-18T10:15", "").chosen, None, "she does not work then");
        assert_eq!(shown("180", "2026-12-17T10:15", "").weeks[0].days[3].spoken, "donderdag 17 december");
    }

    #[test]
    fn when_the_week_is_over_the_next_one_comes_first() {
        let first = |now: &str| Wanted::read("", "", "", None, at(now)).monday.to_string();
        assert_eq!(first("2026-11-20T17:45"), "2026-11-16", "Friday afternoon");
        for now in ["2026-11-20T18:00", "2026-11-21T09:00", "2026-11-22T23:45", "2026-11-23T00:00"] {
            assert_eq!(first(now), "2026-11-23", "{now}");
        }
    }

    #[test]
    fn an_address_that_makes_no_sense_shows_the_usual() {
        for odd in ["", "0", "37", "99999999999999999999", "een uur"] {
            assert_eq!(shown(odd, "x", "y").minutes, 60, "{odd}");
        }
        assert_eq!(shown("60", "", "1900-01-01").weeks[0].days[0].day, "16");
        assert_eq!(shown("60", "", "9999-12-31").weeks.len(), 2);
        assert_eq!(shown("45", "", "").durations.iter().filter(|way| way.current).count(), 1);
    }

    #[test]
    fn who_may_spend_no_hours_is_offered_none_that_cost_more() {
        let within = Some((Minutes(120), Month::new(2026, 11).expect("a month")));
        let picker = shown_within("120", "", "2026-11-23", within);
        assert_eq!(
            picker.durations.iter().map(|way| way.label.as_str()).collect::<Vec<_>>(),
            ["30\u{a0}min", "1\u{a0}u", "1\u{a0}u\u{a0}30", "2\u{a0}u"]
        );
        assert!(!picker.weeks[0].days[3].times.is_empty());
        assert_eq!(picker.weeks[1].days[3].none.as_deref(), Some("andere maand"), "3 december");
    }

    #[test]
    fn days_without_moments_say_why() {
        let none: Vec<_> = shown("60", "", "").weeks[0].days.iter().map(|day| day.none.clone().unwrap_or_default()).collect();
        assert_eq!(none, ["voorbij", "vandaag, werkt niet", "werkt niet", "", "werkt niet"]);
        let full = shown("480", "", "");
        assert_eq!(full.weeks[0].days[3].none.as_deref(), Some("geen 8\u{a0}u achter elkaar"));
    }
}
