//! Bookings: the slot, who pays, what comes back, and what is asked on top.
//!
//! Always true here: what a booking holds is what its parts hold, and it ends by being used, given back or left to perish.

use super::{Model, Thing, Visit, check_key, ledger::Posting, same};
use crate::model::{
    cast::{SPECIALIST, SUPPLIERS, instant, wijk_of},
    op::{Answer, GOAL, Name, No, Op, Outcome, QUESTION, key, no, reason},
};
use chrono::{DateTime, Utc};
use domain::{
    BookingId, Minutes,
    again::is_again,
    availability::{Busy, Calendar, Slot, Weekly, check_duration, is_free, parse_weekly},
    bookings::{Booking, BookingState, Change, Level, MinutesMove, Side, check_reason},
    hours::{
        AboutKind, AccountKey, Bucket, Holder, HolderKind, Month, PostingKind,
        sources::{Part, give_back},
    },
    time,
    wijkpot::{DrawPart, OwnMove, goes_back},
};
use uuid::Uuid;

/// When every specialist works, in words; they help a group or a teacher.
pub const WEEK: &str = "ma 7:00-18:00; di 7:00-18:00; wo 7:00-18:00; do 7:00-18:00; vr 7:00-18:00";
pub const LEVELS: [Level; 2] = [Level::Group, Level::Teacher];
/// The second specialist comes to the first two wijken only.
pub const REACH: [usize; SUPPLIERS] = [3, 2];
/// And is booked without being asked.
pub const DIRECT: [bool; SUPPLIERS] = [false, true];

pub fn week() -> Weekly {
    parse_weekly(WEEK).expect("a pattern")
}

fn id(name: Name) -> BookingId {
    Uuid::from_u128(14 << 64 | u128::from(name)).into()
}

impl Model {
    pub fn visit(&mut self, op: &Op, name: Name) -> Outcome {
        match op {
            Op::Book { school, specialist, day, minute, minutes, level, key: number, by } => {
                let Some(starts_at) = instant(*day, *minute) else { return no("moment_skipped") };
                let wanted = Slot { starts_at, minutes: Minutes(*minutes) };
                self.book((*school, *specialist, *by), wanted, *level, &key(*number), name)
            }
            Op::Accept { booking, side, by } => {
                self.change(*booking, *by, |there| there.state == BookingState::Accepted, |there, now| Ok(there.accept(*side, now)?))
            }
            Op::Decline { booking, side, reason: given, by } => {
                let is_done = |there: &Booking| there.state == BookingState::Declined && *given;
                self.change(*booking, *by, is_done, |there, now| Ok(there.decline(*side, reason(*given), now)?))
            }
            Op::Cancel { booking, side, reason: given, by } => {
                let is_done = |there: &Booking| there.state == BookingState::Cancelled && *given;
                self.change(*booking, *by, is_done, |there, now| Ok(there.cancel(*side, reason(*given), now)?))
            }
            Op::Record { booking, minutes, by } => {
                let is_done = |there: &Booking| there.minutes_used == Some(Minutes(*minutes));
                self.change(*booking, *by, is_done, |there, now| Ok(there.record_done(Minutes(*minutes), now)?))
            }
            Op::AskExtra { booking, minutes, .. } => self.ask_extra(*booking, Minutes(*minutes)),
            Op::GiveExtra { booking, by } => self.give_extra(*booking, *by),
            Op::RefuseExtra { booking, reason: given, .. } => self.refuse_extra(*booking, reason(*given)),
            Op::Move { booking, side, day, minute, minutes, key: number, by } => {
                let Some(starts_at) = instant(*day, *minute) else { return Ok(Answer::NotThere) };
                let slot = Slot { starts_at, minutes: Minutes(*minutes) };
                // What comes back may pay for the new moment, and may be gone to somebody who waited: then nothing happened.
                let before = self.clone();
                self.move_visit(*booking, *side, *by, slot, &key(*number), name).inspect_err(|_| *self = before)
            }
            _ => unreachable!("not about a booking"),
        }
    }

    fn book(&mut self, who: (usize, usize, usize), slot: Slot, level: Level, key: &str, name: Name) -> Outcome {
        let (school, specialist, by) = who;
        check_key(key)?;
        if let Some(before) = self.before(Thing::Booking, key) {
            let there = &self.visits[&before];
            let is_same = (there.by, there.school, there.supplier, there.booking.slot(), there.booking.level)
                == (by, school, specialist, slot, level)
                && there.moved_from.is_none();
            return same(is_same, "form_used", Answer::Made(before));
        }
        if wijk_of(school) >= REACH[specialist] {
            return no("not_this_school");
        }
        check_duration(slot.minutes)?;
        is_free(&self.calendar(specialist), slot.starts_at, slot.minutes, &self.cast.place(school), self.now)?;
        if !LEVELS.contains(&level) {
            return no("level_not_offered");
        }
        let booking = Booking {
            id: id(name),
            specialist: self.cast.specialists[specialist],
            school: self.cast.schools[school],
            starts_at: slot.starts_at,
            minutes: slot.minutes,
            level,
            expertise: Some(self.cast.expertise),
            question: QUESTION.to_owned(),
            goal: GOAL.to_owned(),
            parents_informed: true,
            state: BookingState::Asked,
            state_since: self.now,
            asked_by: Side::School,
            asked_at: self.now,
            reason: None,
            cancelled_by: None,
            is_late: false,
            minutes_used: None,
            replaces: None,
            extra: None,
        };
        self.store(booking, who, None, key, name)
    }

    /// Pays for a new booking; one that may be booked without asking is accepted at once.
    fn store(&mut self, booking: Booking, who: (usize, usize, usize), moved_from: Option<Name>, key: &str, name: Name) -> Outcome {
        let (school, supplier, by) = who;
        let month = Month::at(booking.starts_at);
        let mut sources = self.sources(school, supplier, month);
        // A visit that moves keeps its hours of a month, whoever waits for others.
        if let Some(before) = moved_from.map(|before| &self.visits[&before]).filter(|before| before.month == month) {
            before.parts.iter().for_each(|part| sources.keep(part.holder, part.minutes));
        }
        let parts = sources.pay(booking.minutes)?;
        let is_direct = DIRECT[supplier] && booking.asked_by == Side::School;
        let booking = if is_direct { booking.accept(Side::Specialist, self.now)?.booking } else { booking };
        let last = is_direct.then_some((SPECIALIST + supplier, self.now));
        self.visits.insert(name, Visit { booking, school, supplier, month, by, parts: Vec::new(), extra: None, moved_from, last });
        self.hold(name, &parts)?;
        self.keep(Thing::Booking, key, name)
    }

    fn hold(&mut self, name: Name, parts: &[Part]) -> Result<(), No> {
        let visit = self.visits.get_mut(&name).expect("it is there");
        let bucket = Bucket::of_month(self.cast.suppliers[visit.supplier], visit.month);
        let to = AccountKey::new(bucket, Holder::booking(visit.booking.id));
        let school = self.cast.schools[visit.school].0;
        for part in parts {
            match visit.parts.iter_mut().find(|there| there.holder == part.holder) {
                Some(there) => there.minutes += part.minutes,
                None => visit.parts.push(part.clone()),
            }
        }
        let about = visit.booking.id.0;
        let posting = |part: &Part| {
            Posting::new(PostingKind::Hold, AccountKey::new(bucket, part.holder), to, part.minutes)
                .about(AboutKind::Booking, about)
                .paid_by(part.holder, school)
        };
        self.ledger.post(parts.iter().map(posting).collect())?;
        // A school that has no hours of its own any more may be what its draw waited for.
        let (supplier, month) = (self.visits[&name].supplier, self.visits[&name].month);
        self.grant_waiting(supplier, month)
    }

    fn calendar(&self, specialist: usize) -> Calendar {
        let takes = |state: BookingState| state.holds_slot() || state == BookingState::Done;
        let busy = self.visits.values().filter(|visit| visit.supplier == specialist && takes(visit.booking.state)).map(|visit| Busy {
            from: visit.booking.starts_at,
            minutes: visit.booking.minutes,
            place: Some(self.cast.place(visit.school)),
            booking: Some(visit.booking.id),
        });
        Calendar { weekly: week(), busy: busy.collect(), ..Calendar::default() }
    }

    /// What a rule does to a booking, and to what it holds; nothing when the same person did just that a moment ago.
    fn change(
        &mut self,
        name: Name,
        by: usize,
        is_done: impl FnOnce(&Booking) -> bool,
        rule: impl FnOnce(&Booking, DateTime<Utc>) -> Result<Change, No>,
    ) -> Outcome {
        let Some(visit) = self.visits.get(&name) else { return Ok(Answer::NotThere) };
        if let Some((who, at)) = visit.last
            && is_done(&visit.booking)
            && is_again((Some(self.cast.people[who]), Some(at)), self.cast.people[by], self.now)
        {
            return Ok(Answer::Done);
        }
        let change = rule(&visit.booking, self.now)?;
        self.apply(name, change, by)?;
        Ok(Answer::Done)
    }

    /// What comes back to a pot goes to who waits for it.
    fn apply(&mut self, name: Name, change: Change, by: usize) -> Result<(), No> {
        let before = self.own(name);
        let in_pot = self.put(name, change)?;
        self.visits.get_mut(&name).expect("it is there").last = Some((by, self.now));
        self.pass_on(name, before, in_pot)
    }

    /// What the school of a booking has of its own where it is paid.
    fn own(&self, name: Name) -> Minutes {
        let Visit { school, supplier, month, .. } = self.visits[&name];
        self.idle(supplier, month, Holder::school(self.cast.schools[school]))
    }

    /// What a school drew while its own hours were away goes back with them, and to who waits.
    fn pass_on(&mut self, name: Name, before: Minutes, in_pot: bool) -> Result<(), No> {
        let Visit { school, supplier, month, .. } = self.visits[&name];
        let account = AccountKey::new(Bucket::of_month(self.cast.suppliers[supplier], month), Holder::school(self.cast.schools[school]));
        let came_back = self.own(name) - before;
        let back = if came_back > Minutes::ZERO && !month.has_ended(time::local_date(self.now)) {
            goes_back(&self.own_moves(&account), came_back)
        } else {
            Vec::new()
        };
        let posting = |(part, minutes): &(DrawPart, Minutes)| {
            let to = AccountKey::new(account.bucket, Holder::wijkpot(part.pot.0));
            Posting::new(PostingKind::TakeBack, account, to, *minutes).about(AboutKind::Draw, part.draw.0)
        };
        self.ledger.post(back.iter().map(posting).collect())?;
        if in_pot || !back.is_empty() { self.grant_waiting(supplier, month) } else { Ok(()) }
    }

    /// What moved in a school's own account.
    fn own_moves(&self, account: &AccountKey) -> Vec<OwnMove> {
        let one = |posting: &Posting| {
            let other = match (posting.to == *account, posting.from == *account) {
                (true, _) => posting.from.holder,
                (_, true) => posting.to.holder,
                _ => return None,
            };
            let draw = posting.about.filter(|(kind, _)| *kind == AboutKind::Draw).map(|(_, draw)| draw);
            Some(match (other.kind, draw, posting.to == *account) {
                (HolderKind::Wijkpot, Some(draw), came) => {
                    let part = DrawPart { draw: draw.into(), pot: other.id.into() };
                    if came { OwnMove::Drawn(posting.minutes, part) } else { OwnMove::GaveBack(posting.minutes, part) }
                }
                (HolderKind::Booking, _, true) => OwnMove::Returned(posting.minutes, other.id.into()),
                (HolderKind::Booking, _, false) => OwnMove::Held(posting.minutes, other.id.into()),
                (_, _, true) => OwnMove::In(posting.minutes),
                (_, _, false) => OwnMove::Out(posting.minutes),
            })
        };
        self.ledger.journal.iter().filter_map(one).collect()
    }

    /// Keeps a change, and answers whether a pot got any back.
    pub fn put(&mut self, name: Name, change: Change) -> Result<bool, No> {
        let minutes = change.booking.minutes;
        let visit = self.visits.get_mut(&name).expect("it is there");
        visit.booking = change.booking;
        if !visit.booking.state.holds_slot() {
            (visit.extra, visit.booking.extra) = (None, None);
        }
        match change.minutes {
            MinutesMove::None => Ok(false),
            MinutesMove::ReturnAll => self.settle(name, Minutes::ZERO, minutes),
            MinutesMove::Use { used, returned } => self.settle(name, used, returned),
        }
    }

    /// Ends what was set aside: who paid last has its part back first, and what is used is used in the order it was paid.
    fn settle(&mut self, name: Name, used: Minutes, returned: Minutes) -> Result<bool, No> {
        let visit = &self.visits[&name];
        let (supplier, month, school) = (visit.supplier, visit.month, self.cast.schools[visit.school]);
        let bucket = Bucket::of_month(self.cast.suppliers[supplier], month);
        let (from, about) = (AccountKey::new(bucket, Holder::booking(visit.booking.id)), visit.booking.id.0);
        let mut postings = Vec::new();
        for (to, minutes) in give_back(&visit.parts, returned, month.has_ended(time::local_date(self.now))) {
            let payer = visit.parts.iter().find(|part| part.holder.id == to.id).expect("it paid").holder;
            postings.push(Posting::new(PostingKind::Return, from, AccountKey::new(bucket, to), minutes).paid_by(payer, school.0));
        }
        let mut open = used;
        for part in &visit.parts {
            let minutes = part.minutes.min(open);
            if minutes > Minutes::ZERO {
                let to = AccountKey::new(bucket, Holder::used(school));
                postings.push(Posting::new(PostingKind::Use, from, to, minutes).paid_by(part.holder, school.0));
                open -= minutes;
            }
        }
        let fills_pot = postings.iter().any(|posting| posting.to.holder.kind == HolderKind::Wijkpot);
        self.ledger.post(postings.into_iter().map(|posting| posting.about(AboutKind::Booking, about)).collect())?;
        Ok(fills_pot)
    }

    fn ask_extra(&mut self, name: Name, worked: Minutes) -> Outcome {
        let Some(visit) = self.visits.get_mut(&name) else { return Ok(Answer::NotThere) };
        let missing = visit.booking.ask_extra(worked, self.now)?;
        (visit.extra, visit.booking.extra) = (Some((worked, missing)), Some(missing));
        Ok(Answer::Done)
    }

    fn give_extra(&mut self, name: Name, by: usize) -> Outcome {
        let Some(visit) = self.visits.get(&name) else { return Ok(Answer::NotThere) };
        let change = visit.booking.give_extra(self.now)?;
        let (_, missing) = visit.extra.expect("it was asked");
        let parts = self.sources(visit.school, visit.supplier, visit.month).pay(missing)?;
        self.hold(name, &parts)?;
        self.apply(name, change, by)?;
        Ok(Answer::Done)
    }

    fn refuse_extra(&mut self, name: Name, because: &str) -> Outcome {
        let Some(visit) = self.visits.get_mut(&name) else { return Ok(Answer::NotThere) };
        visit.booking.refuse_extra(because)?;
        check_reason(because)?;
        (visit.extra, visit.booking.extra) = (None, None);
        Ok(Answer::Done)
    }

    fn move_visit(&mut self, old: Name, side: Side, by: usize, slot: Slot, key: &str, name: Name) -> Outcome {
        let Some(visit) = self.visits.get(&old).cloned() else { return Ok(Answer::NotThere) };
        check_key(key)?;
        if let Some(before) = self.before(Thing::Booking, key) {
            let there = &self.visits[&before];
            return same(
                there.by == by && there.moved_from == Some(old) && there.booking.slot() == slot,
                "form_used",
                Answer::Made(before),
            );
        }
        let (calendar, place) = (self.calendar(visit.supplier), self.cast.place(visit.school));
        let moving = visit.booking.move_to(id(name), slot, side, &calendar, &place, self.now)?;
        let before = self.own(old);
        let in_pot = self.put(old, moving.old)?;
        self.visits.get_mut(&old).expect("it is there").last = Some((by, self.now));
        let new = Booking { extra: None, ..moving.new };
        let made = self.store(new, (visit.school, visit.supplier, by), Some(old), key, name)?;
        self.pass_on(old, before, in_pot)?;
        Ok(made)
    }
}
