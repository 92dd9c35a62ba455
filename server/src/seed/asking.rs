//! How a school in the story finds a moment it can have and can pay: the way a person does, looking before asking.
//!
//! Always true here: a moment is taken only from `domain::availability::slots`, so that every booking of the demo is legal.

use super::{
    bookings::{Story, Who},
    cast::{MEERPAAL, THIJS},
    places::DRIESPRONG,
    pots::SHORT,
    questions::{QUESTIONS, Question},
    world::School,
};
use anyhow::Context;
use app::{bookings::verbs, db::Tx, experts::sql as experts, hours::sql as hours};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    BookingId, ExpertiseId, Minutes, PersonId, SupplierId,
    availability::{Slot, offer, slots},
    bookings::{Level, Side, WishFields},
    hours::{AccountKey, Bucket, Holder, Month},
    time,
};
use std::collections::{HashMap, hash_map::Entry};

/// How often somebody looks for another specialist before giving up.
const TRIES: usize = 8;
/// Durations as schools choose them.
const DURATIONS: [i64; 8] = [60, 60, 60, 90, 90, 120, 45, 30];
/// What De Meerpaal keeps at each supplier in a month: three hours, so that whoever visits the demo can book.
const MEERPAAL_KEEPS: Minutes = Minutes::hours(3);
/// What a school asks for that is short: more than it has in a month, so that its pot pays the rest.
const SHORT_VISIT: Minutes = Minutes::hours(4);
/// How far one looks: two weeks, or past the summer when those are holidays.
const LOOK_DAYS: [u32; 2] = [14, 70];
/// Schools whose coordinator is in the cast.
const CAST_SCHOOLS: [&str; 2] = ["Kindcentrum Oeverpark", "Sluiswijkschool"];

/// A booking that was asked, as far as what follows needs it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) booking: BookingId,
    /// Place in the team.
    pub(super) specialist: usize,
    /// Place among the schools.
    pub(super) school: usize,
    pub(super) coordinator: PersonId,
    pub(super) slot: Slot,
    /// The side that was asked.
    pub(super) answers: Side,
}

/// What is asked of whom.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    specialist: usize,
    school: usize,
    expertise: ExpertiseId,
    proven_until: NaiveDate,
    level: Level,
    question: &'static str,
    goal: &'static str,
    minutes: Minutes,
    from: NaiveDate,
    /// Whether the pot may pay what the school has not.
    of_pot: bool,
}

impl Story<'_> {
    /// Somebody asks. None when nothing could be found or paid.
    pub(super) async fn ask(&mut self, tx: &mut Tx, who: Who, key: &str, at: DateTime<Utc>) -> anyhow::Result<Option<Asked>> {
        for _ in 0..TRIES {
            let Some(wanted) = self.want(who, at) else { continue };
            if let Some(slot) = self.find(tx, &wanted, at).await? {
                return self.send(tx, &wanted, slot, key, at).await.map(Some);
            }
        }
        Ok(None)
    }

    fn want(&mut self, who: Who, at: DateTime<Utc>) -> Option<Wanted> {
        let tomorrow = time::local_date(at) + Days::new(1);
        if let Who::Fenna(scene) = who {
            let specialist = self.team.iter().position(|one| one.name == scene.specialist)?;
            let school = self.world.schools.iter().position(|school| school.name == MEERPAAL)?;
            let (_, expertise, proven_until) = *self.team[specialist].skills.iter().find(|skill| skill.0 == scene.slug)?;
            let day = time::local_date(self.now) + TimeDelta::days(scene.from_day);
            return Some(Wanted {
                specialist,
                school,
                expertise,
                proven_until,
                level: scene.level,
                question: scene.question,
                goal: scene.goal,
                minutes: Minutes(scene.minutes),
                from: day.max(tomorrow),
                of_pot: false,
            });
        }
        let specialist = match who {
            Who::Of(name) => self.team.iter().position(|one| one.name == name)?,
            Who::Short(_) => self.some_of_driesprong()?,
            Who::Anybody | Who::Fenna(_) => self.dice.below(self.team.len()),
        };
        let school = match who {
            Who::Short(place) => self.world.schools.iter().position(|school| school.name == SHORT[place].0)?,
            _ => self.some_school(specialist)?,
        };
        if !self.works_at(specialist, &self.world.schools[school]) {
            return None;
        }
        let (question, expertise, proven_until) = self.some_question(specialist)?;
        let minutes = if let Who::Short(_) = who { SHORT_VISIT } else { Minutes(*self.dice.pick(&DURATIONS)?) };
        let is_recent = self.now - at < TimeDelta::days(14);
        let lead = if is_recent { self.dice.between(1, 30) } else { self.dice.between(1, 14) };
        // Thijs and his neighbours plan close by, so that there is something today or tomorrow.
        let lead = if self.team[specialist].name == THIJS { lead.min(6) } else { lead };
        Some(Wanted {
            specialist,
            school,
            expertise,
            proven_until,
            level: question.level,
            question: question.question,
            goal: question.goal,
            minutes,
            from: time::local_date(at) + TimeDelta::days(lead),
            of_pot: matches!(who, Who::Short(_)),
        })
    }

    fn some_of_driesprong(&mut self) -> Option<usize> {
        let theirs: Vec<usize> = (0..self.team.len()).filter(|place| self.team[*place].supplier == DRIESPRONG).collect();
        self.dice.pick(&theirs).copied()
    }

    fn works_at(&self, specialist: usize, school: &School) -> bool {
        let wijken = &self.team[specialist].wijken;
        school.place.wijk.is_some_and(|wijk| wijken.is_empty() || wijken.contains(&wijk))
    }

    /// A school the specialist works for; the schools of the cast ask more than others. De Meerpaal asks only in its own scenes.
    fn some_school(&mut self, specialist: usize) -> Option<usize> {
        let only_cast = self.dice.chance(10);
        let fits = |school: &School| {
            self.works_at(specialist, school) && school.name != MEERPAAL && (!only_cast || CAST_SCHOOLS.contains(&school.name))
        };
        let schools: Vec<usize> =
            self.world.schools.iter().enumerate().filter(|(_, school)| fits(school)).map(|(place, _)| place).collect();
        self.dice.pick(&schools).copied()
    }

    fn some_question(&mut self, specialist: usize) -> Option<(&'static Question, ExpertiseId, NaiveDate)> {
        let one = &self.team[specialist];
        let fits =
            |question: &&Question| one.levels.contains(&question.level) && one.skills.iter().any(|(slug, ..)| *slug == question.slug);
        let all: Vec<&'static Question> = QUESTIONS.iter().filter(fits).collect();
        let question = *self.dice.pick(&all)?;
        let (_, expertise, until) = *one.skills.iter().find(|skill| skill.0 == question.slug)?;
        Some((question, expertise, until))
    }

    async fn find(&mut self, tx: &mut Tx, wanted: &Wanted, at: DateTime<Utc>) -> anyhow::Result<Option<Slot>> {
        let one = &self.team[wanted.specialist];
        let school = &self.world.schools[wanted.school];
        for days in LOOK_DAYS {
            let until = wanted.from + Days::new(u64::from(days) + 1);
            let (first, last) = (time::start_of_day(wanted.from), time::start_of_day(until));
            let calendar = experts::calendar(tx, self.world.partnership, one.id, first, last).await?;
            let mut free = offer(&slots(&calendar, wanted.minutes, &school.place, wanted.from, days, at));
            free.retain(|slot| time::local_date(slot.starts_at) <= wanted.proven_until);
            let payable = self.payable(tx, wanted, free).await?;
            if let Some(slot) = self.dice.pick(&payable) {
                return Ok(Some(*slot));
            }
        }
        Ok(None)
    }

    /// The slots in months whose hours the school still has, or its pot when that may pay.
    async fn payable(&self, tx: &mut Tx, wanted: &Wanted, mut slots: Vec<Slot>) -> anyhow::Result<Vec<Slot>> {
        let supplier = self.world.suppliers[self.team[wanted.specialist].supplier];
        let mut enough: HashMap<Month, bool> = HashMap::new();
        for month in slots.iter().map(|slot| Month::at(slot.starts_at)) {
            if let Entry::Vacant(unknown) = enough.entry(month) {
                let is_enough = if wanted.of_pot {
                    let school = self.world.schools[wanted.school].id;
                    let payer = hours::payer(tx, self.world.partnership, school).await?.context("the school pays")?;
                    hours::sources(tx, self.world.partnership, &payer, supplier, month).await?.pay(wanted.minutes).is_ok()
                } else {
                    let left = self.idle(tx, wanted.school, supplier, month).await? - self.keeps(wanted.school, month);
                    left >= wanted.minutes
                };
                unknown.insert(is_enough);
            }
        }
        slots.retain(|slot| enough.get(&Month::at(slot.starts_at)) == Some(&true));
        Ok(slots)
    }

    async fn idle(&self, tx: &mut Tx, school: usize, supplier: SupplierId, month: Month) -> anyhow::Result<Minutes> {
        let account = AccountKey::new(Bucket::of_month(supplier, month), Holder::school(self.world.schools[school].id));
        Ok(hours::balance(tx, self.world.partnership, &account).await?)
    }

    fn keeps(&self, school: usize, month: Month) -> Minutes {
        let is_over = month < Month::at(self.now);
        if self.world.schools[school].name == MEERPAAL && !is_over { MEERPAAL_KEEPS } else { Minutes::ZERO }
    }

    async fn send(&self, tx: &mut Tx, wanted: &Wanted, slot: Slot, key: &str, at: DateTime<Utc>) -> anyhow::Result<Asked> {
        let school = &self.world.schools[wanted.school];
        let fields = WishFields {
            moment: &slot.value(),
            duur: &slot.minutes.0.to_string(),
            niveau: wanted.level.code(),
            vraag: wanted.question,
            doel: wanted.goal,
            ouders: if wanted.level == Level::Pupil { "ja" } else { "" },
        };
        let specialist = self.team[wanted.specialist].id;
        let booking =
            verbs::ask(tx, self.world.partnership, school.coordinator, school.id, specialist, &fields, Some(wanted.expertise), key, at)
                .await
                .with_context(|| format!("{} vraagt {}", school.name, self.team[wanted.specialist].name))?;
        Ok(Asked {
            booking,
            specialist: wanted.specialist,
            school: wanted.school,
            coordinator: school.coordinator,
            slot,
            answers: Side::Specialist,
        })
    }

    /// One side moves a booking to another moment: a school in the two weeks after it, a specialist within its month. None when there is none, or the school could not pay it.
    pub(super) async fn move_on(
        &mut self,
        tx: &mut Tx,
        asked: &Asked,
        side: Side,
        key: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<Option<Asked>> {
        let one = &self.team[asked.specialist];
        let (supplier, minutes) = (self.world.suppliers[one.supplier], asked.slot.minutes);
        let place = self.world.schools[asked.school].place;
        let month = Month::at(asked.slot.starts_at);
        // A specialist has the days of one month to choose from, so those before count too.
        let from = match side {
            Side::School => time::local_date(asked.slot.starts_at) + Days::new(1),
            Side::Specialist => (time::local_date(at) + Days::new(1)).max(month.first_day()),
        };
        let until = time::start_of_day(from + Days::new(u64::from(LOOK_DAYS[0]) + 1));
        let calendar = experts::calendar(tx, self.world.partnership, one.id, time::start_of_day(from), until).await?;
        let mut free = offer(&slots(&calendar.without(asked.booking), minutes, &place, from, LOOK_DAYS[0], at));
        let proven_until = one.skills.iter().map(|skill| skill.2).min();
        let left = self.idle(tx, asked.school, supplier, month.next()).await? - self.keeps(asked.school, month.next());
        free.retain(|slot| {
            // In the same month the same minutes pay; those of another month only a school spends.
            let is_paid = Month::at(slot.starts_at) == month || (side == Side::School && left >= minutes);
            *slot != asked.slot && is_paid && proven_until.is_none_or(|until| time::local_date(slot.starts_at) <= until)
        });
        let Some(slot) = self.dice.pick(&free).copied() else { return Ok(None) };
        let by = self.person(asked, side);
        let moved = verbs::move_to(tx, self.world.partnership, by, asked.booking, side, slot.starts_at, minutes, key, at).await?;
        Ok(Some(asked.moved(moved, slot, side)))
    }
}
