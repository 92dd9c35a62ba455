//! Three months of asking, answering and doing, told in order of time with the same verbs people use.
//!
//! Always true here: what lies after now is not told. So what was asked yesterday still waits, and what ended an hour ago may not
//! be recorded yet.

use super::{
    asking::Asked,
    cast::{MEERPAAL, SAMIRA, THIJS},
    dice::Dice,
    experts::Specialist,
    fenna::{SCENES, Scene},
    hours, house, pots,
    questions::{CALLED_OFF, CANCELLED, DECLINED},
    world::{World, divided_on, years},
};
use anyhow::Context;
use app::{bookings::verbs, db::Tx};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    BookingId, Minutes, PersonId,
    availability::{Holiday, HolidayRegion, Slot, free_days},
    bookings::Side,
    hours::SchoolYear,
    time,
};
use std::collections::BTreeMap;

/// How many times somebody asks; with Fenna's own it comes to about 250 bookings.
const ASKED: usize = 216;
/// How many more ask the two specialists of the cast, so that their days are filled.
const ASKED_OF_CAST: usize = 12;
/// Twelve weeks back: a start page shows no more.
const DAYS_BACK: u64 = 84;
/// What was asked in these days mostly still lies ahead.
const RECENT_DAYS: u64 = 14;

/// What becomes of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Accepted and carried out.
    Done,
    /// The specialist says no.
    Declined,
    /// The school cancels after it was accepted.
    CancelledBySchool,
    /// The specialist cancels after it was accepted.
    CalledOff,
    /// The school moves it, and it is carried out then.
    Moved,
    /// The specialist moves it after saying yes, and the school is on turn.
    MovedBySpecialist,
    /// Nobody answers.
    Unanswered,
}

/// Who asks whom.
#[derive(Clone, Copy, Debug)]
pub(super) enum Who {
    /// Any school asks any specialist.
    Anybody,
    /// Any school asks this one.
    Of(&'static str),
    /// A school that is short, by its place in `pots::SHORT`: its pot pays what it has not.
    Short(usize),
    /// Fenna.
    Fenna(&'static Scene),
}

#[derive(Clone, Debug)]
enum Event {
    Divide(SchoolYear),
    /// The house does what is due.
    House,
    /// Something happens with a pot; each has a number of its own.
    Pot(pots::Scene, usize),
    Ask(Who),
    Answer(Asked, Fate),
    Cancel(Asked, Side),
    Move(Asked, Side),
    Record(Asked),
}

/// What was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Postings of contracts, allotments and divisions.
    pub divided: usize,
    /// Bookings.
    pub bookings: usize,
}

/// The storyteller.
pub struct Story<'a> {
    pub(super) world: &'a World,
    pub(super) team: &'a [Specialist],
    pub(super) dice: Dice,
    pub(super) now: DateTime<Utc>,
    told: Told,
    events: BTreeMap<(DateTime<Utc>, usize), Event>,
    count: usize,
}

impl<'a> Story<'a> {
    /// A story that has yet to be told.
    #[must_use]
    pub fn new(world: &'a World, team: &'a [Specialist], dice: Dice, now: DateTime<Utc>) -> Self {
        Self { world, team, dice, now, told: Told::default(), events: BTreeMap::new(), count: 0 }
    }

    /// Tells everything up to now.
    ///
    /// # Errors
    /// When a rule or the database refuses: the story is wrong then, and nothing of it should be kept.
    pub async fn tell(mut self, tx: &mut Tx) -> anyhow::Result<Told> {
        self.plan();
        while let Some(((at, _), event)) = self.events.pop_first() {
            if at > self.now {
                break;
            }
            self.happen(tx, at, event).await.with_context(|| format!("het voorbeeld op {at}"))?;
        }
        Ok(self.told)
    }

    fn plan(&mut self) {
        let today = time::local_date(self.now);
        for year in years(today) {
            self.at(hours::divided_at(year, self.now), Event::Divide(year));
            for month in year.months() {
                for day in house::days(month) {
                    self.at(time::start_of_day(day) + TimeDelta::minutes(10), Event::House);
                }
                for short in 0..pots::SHORT.len() {
                    self.at(time::start_of_day(month.first_day() + Days::new(3)) + TimeDelta::hours(10), Event::Ask(Who::Short(short)));
                }
            }
        }
        for (number, (at, scene)) in pots::plan(&years(today), self.now).into_iter().enumerate() {
            self.at(at, Event::Pot(scene, number));
        }
        let (all, recent) = asking_days(today);
        for place in 0..ASKED {
            let days = if place % 5 < 2 { &recent } else { &all };
            self.plan_ask(days, Who::Anybody);
        }
        for place in 0..ASKED_OF_CAST {
            let days = if place % 2 == 0 { &recent } else { &all };
            self.plan_ask(days, Who::Of(THIJS));
            self.plan_ask(days, Who::Of(SAMIRA));
        }
        for scene in &SCENES {
            let day = today - TimeDelta::days(scene.asked_days_ago);
            if all.first().is_some_and(|first| *first <= day) {
                let minute = self.dice.between(8 * 4, 17 * 4) * 15;
                self.at(time::start_of_day(day) + TimeDelta::minutes(minute), Event::Ask(Who::Fenna(scene)));
            }
        }
    }

    fn plan_ask(&mut self, days: &[NaiveDate], who: Who) {
        let Some(day) = self.dice.pick(days).copied() else { return };
        let minute = u32::try_from(self.dice.between(8 * 60, 17 * 60)).unwrap_or(540);
        let at = day.and_time(NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default());
        if let Some(at) = time::instant(at) {
            // What would be asked later today was asked yesterday.
            let at = if at < self.now { at } else { at - TimeDelta::days(1) };
            self.at(at, Event::Ask(who));
        }
    }

    fn at(&mut self, at: DateTime<Utc>, event: Event) {
        self.count += 1;
        self.events.insert((at, self.count), event);
    }

    async fn happen(&mut self, tx: &mut Tx, at: DateTime<Utc>, event: Event) -> anyhow::Result<()> {
        match event {
            Event::House => house::night(tx, self.world, at).await?,
            Event::Pot(scene, number) => pots::happen(tx, self.world, scene, &format!("voorbeeld-pot-{number}"), at).await?,
            Event::Divide(year) => {
                self.told.divided += hours::divide(tx, self.world, year, at).await?;
                tx.plan_for_now().await?;
            }
            Event::Ask(who) => {
                let key = format!("voorbeeld-{}", self.count);
                if let Some(asked) = self.ask(tx, who, &key, at).await? {
                    self.told.bookings += 1;
                    let fate = self.fate(who, &asked);
                    self.follow(asked, fate, at);
                }
            }
            Event::Answer(asked, fate) => self.answer(tx, asked, fate, at).await?,
            Event::Cancel(asked, side) => {
                let reasons = if side == Side::School { &CANCELLED[..] } else { &CALLED_OFF[..] };
                let by = self.person(&asked, side);
                let reason = *self.dice.pick(reasons).context("there are reasons")?;
                verbs::cancel(tx, self.world.partnership, by, asked.booking, side, reason, at).await?;
            }
            Event::Move(asked, side) => {
                let key = format!("voorbeeld-{}", self.count);
                if let Some(moved) = self.move_on(tx, &asked, side, &key, at).await? {
                    self.told.bookings += 1;
                    // Fenna still has to look at it.
                    let is_hers = self.world.schools[asked.school].name == MEERPAAL;
                    self.follow(moved, if is_hers { Fate::Unanswered } else { Fate::Done }, at);
                } else {
                    self.record_later(asked);
                }
            }
            Event::Record(asked) => {
                let person = self.team[asked.specialist].person;
                let worked = self.worked(asked.slot.minutes);
                verbs::record_done(tx, self.world.partnership, person, asked.booking, worked, at).await?;
            }
        }
        Ok(())
    }

    async fn answer(&mut self, tx: &mut Tx, asked: Asked, fate: Fate, at: DateTime<Utc>) -> anyhow::Result<()> {
        let (side, person) = (asked.answers, self.person(&asked, asked.answers));
        if fate == Fate::Declined {
            let reason = *self.dice.pick(&DECLINED).context("there are reasons")?;
            verbs::decline(tx, self.world.partnership, person, asked.booking, side, reason, at).await?;
            return Ok(());
        }
        verbs::accept(tx, self.world.partnership, person, asked.booking, side, at).await?;
        self.after_yes(asked, fate, at);
        Ok(())
    }

    pub(super) fn person(&self, asked: &Asked, side: Side) -> PersonId {
        match side {
            Side::School => asked.coordinator,
            Side::Specialist => self.team[asked.specialist].person,
        }
    }

    fn fate(&mut self, who: Who, asked: &Asked) -> Fate {
        if let Who::Fenna(scene) = who {
            return scene.fate;
        }
        if let Who::Short(_) = who {
            return Fate::Done;
        }
        match self.dice.below(100) {
            0..7 if !self.team[asked.specialist].direct => Fate::Declined,
            7..13 => Fate::CancelledBySchool,
            13..15 => Fate::CalledOff,
            15..18 => Fate::Moved,
            18..20 => Fate::MovedBySpecialist,
            _ => Fate::Done,
        }
    }

    /// What comes after asking: an answer within three days and before it starts.
    fn follow(&mut self, asked: Asked, fate: Fate, at: DateTime<Utc>) {
        if self.team[asked.specialist].direct && asked.answers == Side::Specialist {
            self.after_yes(asked, fate, at);
            return;
        }
        let days = u64::try_from(self.dice.between(0, 3)).unwrap_or(1);
        let minute = self.dice.between(8 * 60, 17 * 60);
        let answered = time::start_of_day(time::local_date(at) + Days::new(days)) + TimeDelta::minutes(minute);
        let answered = answered.max(at + TimeDelta::minutes(95)).min(asked.slot.starts_at - TimeDelta::minutes(75));
        if fate == Fate::Unanswered {
            // In the past nobody leaves a question open: it is answered just before it would start.
            self.at(asked.slot.starts_at - TimeDelta::minutes(75), Event::Answer(asked, Fate::Done));
        } else {
            self.at(answered, Event::Answer(asked, fate));
        }
    }

    fn after_yes(&mut self, asked: Asked, fate: Fate, at: DateTime<Utc>) {
        let starts_at = asked.slot.starts_at;
        let between = at + TimeDelta::minutes((starts_at - at).num_minutes() * self.dice.between(20, 90) / 100);
        match fate {
            Fate::CancelledBySchool => self.at(between, Event::Cancel(asked, Side::School)),
            // Nobody falls ill long before.
            Fate::CalledOff => self.at((starts_at - TimeDelta::minutes(90)).max(at), Event::Cancel(asked, Side::Specialist)),
            Fate::Moved => self.at(between, Event::Move(asked, Side::School)),
            Fate::MovedBySpecialist => {
                let soon = at + TimeDelta::hours(self.dice.between(5, 50));
                self.at(soon.min(starts_at - TimeDelta::minutes(90)).max(at), Event::Move(asked, Side::Specialist));
            }
            Fate::Done | Fate::Declined | Fate::Unanswered => self.record_later(asked),
        }
    }

    /// Most record the same day, some the day after, and a few wait for days: their start page says so.
    fn record_later(&mut self, asked: Asked) {
        let later = match self.dice.below(100) {
            0..70 => self.dice.between(5, 240),
            70..88 => self.dice.between(600, 2_400),
            _ => self.dice.between(5_000, 9_000),
        };
        self.at(asked.slot.ends_at() + TimeDelta::minutes(later), Event::Record(asked));
    }

    /// Four of five times as long as planned, else a quarter or half an hour less.
    fn worked(&mut self, planned: Minutes) -> Minutes {
        let less = if self.dice.chance(80) { 0 } else { self.dice.between(1, 2) * 15 };
        Minutes((planned.0 - less).max(15))
    }
}

impl Asked {
    /// The same visit under another booking, at another moment.
    pub(super) fn moved(&self, booking: BookingId, slot: Slot, by: Side) -> Self {
        Self { booking, slot, answers: by.other(), ..*self }
    }
}

/// School days on which people asked, and the recent ones among them; in a holiday the last weekdays count as recent.
fn asking_days(today: NaiveDate) -> (Vec<NaiveDate>, Vec<NaiveDate>) {
    let told = years(today);
    let holidays: Vec<Holiday> = told.iter().flat_map(|year| free_days(*year, HolidayRegion::Midden)).collect();
    let first_division = told.first().map_or(today, |year| divided_on(*year) + Days::new(1));
    let is_weekday = |day: &NaiveDate| day.weekday().num_days_from_monday() < 5;
    let from = (today - Days::new(DAYS_BACK)).max(first_division);
    let all: Vec<NaiveDate> = from
        .iter_days()
        .take_while(|day| *day <= today)
        .filter(|day| is_weekday(day) && !holidays.iter().any(|holiday| holiday.covers(*day)))
        .collect();
    let recent_from = today - Days::new(RECENT_DAYS);
    let recent: Vec<NaiveDate> = all.iter().copied().filter(|day| *day >= recent_from).collect();
    if recent.len() >= 4 {
        return (all, recent);
    }
    let weekdays = recent_from.iter_days().take_while(|day| *day <= today).filter(is_weekday).collect();
    (all, weekdays)
}
