//! What the house does by itself: months that end, messages, gifts of who asked for it; and hours that move to another month or back.
//!
//! Always true here: doing it again does nothing.

use super::{Model, Thing, check_key, ledger::Posting, same};
use crate::model::{
    cast::{SCHOOLS, SUPPLIERS, YEARS, board_of, month},
    op::{Answer, Name, Op, Outcome, key, no, reason},
};
use domain::{
    Minutes,
    bookings::{BookingState, MinutesMove},
    hours::{
        AccountKey, Bucket, Deviation, DeviationState, HolderKind, Month, PostingKind, check_by_hand,
        closing::{check_ended, donate_on, notice_on, record_until},
        lines::check_month_runs,
        read_reason,
    },
    time,
    wijkpot::{DonationState, DrawState},
};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Model {
    /// Answers what perished of boards, schools and pots, of how many accounts, and how many bookings lapsed, ended without the extra hours that
    /// were asked, or still wait.
    pub fn close_month(&mut self, month: Month) -> Outcome {
        let today = time::local_date(self.now);
        check_ended(month, today)?;
        let rounds = self.closed.get(&month).copied().unwrap_or_default();
        let (mut lapsed, mut without_extra, mut waiting) = (0, 0, 0);
        let mut open: Vec<Name> = self
            .visits
            .iter()
            .filter(|(_, visit)| visit.month == month && visit.booking.state.holds_slot())
            .map(|(name, _)| *name)
            .collect();
        open.sort_by_key(|name| (self.visits[name].booking.starts_at, *name));
        for name in open {
            let Some(change) = self.visits[&name].booking.lapse(self.policy.record_wait_days, self.now) else {
                waiting += 1;
                continue;
            };
            let has_lapsed = change.minutes == MinutesMove::ReturnAll;
            lapsed += i64::from(has_lapsed);
            without_extra += i64::from(!has_lapsed);
            self.put(name, change)?;
            self.visits.get_mut(&name).expect("it is there").last = None;
        }
        self.end_waiting(month);
        let perishes = |(account, minutes): &(&AccountKey, &Minutes)| {
            account.bucket.month == Some(month)
                && matches!(account.holder.kind, HolderKind::Board | HolderKind::School | HolderKind::Wijkpot)
                && **minutes > Minutes::ZERO
        };
        let left = self.ledger.balances.iter().filter(perishes);
        let mut left: Vec<(AccountKey, Minutes)> = left.map(|(account, minutes)| (*account, *minutes)).collect();
        left.sort_by_key(|(account, _)| (account.bucket.supplier, account.holder.kind.code(), account.holder.id));
        let expired = |(account, minutes): &(AccountKey, Minutes)| {
            Posting::new(PostingKind::Expiry, *account, AccountKey::new(account.bucket, account.holder.expired()), *minutes)
        };
        self.ledger.post(left.iter().map(expired).collect())?;
        self.closed.insert(month, rounds + i64::from(!left.is_empty()));
        let minutes: Minutes = left.iter().map(|(_, minutes)| *minutes).sum();
        Ok(Answer::Numbers(vec![minutes.0, count(left.len()), lapsed, without_extra, waiting]))
    }

    fn end_waiting(&mut self, month: Month) {
        let draws = self.draws.values_mut().filter(|draw| draw.month == month).map(|draw| &mut draw.state);
        let requests = self.requests.values_mut().filter(|request| request.month == month).map(|request| &mut request.state);
        draws.chain(requests).filter(|state| **state == DrawState::Asked).for_each(|state| *state = DrawState::Refused);
        let gifts = self.donations.values_mut().filter(|given| given.gift.month == month);
        gifts.filter(|given| given.gift.state == DonationState::Waiting).for_each(|given| given.gift.state = DonationState::Refused);
    }

    fn due(&self) -> BTreeSet<Month> {
        let (today, this_month) = (time::local_date(self.now), Month::at(self.now));
        let years: BTreeSet<usize> = self.contracts.keys().map(|(year, _)| *year).collect();
        let calendar = years.into_iter().flat_map(|year| YEARS[year].calendar());
        let mut due: BTreeSet<Month> = calendar.filter(|month| month.has_ended(today) && !self.closed.contains_key(month)).collect();
        let holds = |kind| matches!(kind, HolderKind::Board | HolderKind::School | HolderKind::Wijkpot);
        let left = self.ledger.balances.iter().filter(|(account, minutes)| holds(account.holder.kind) && **minutes > Minutes::ZERO);
        due.extend(left.filter_map(|(account, _)| account.bucket.month).filter(|month| *month < this_month));
        let ended = self.visits.values().filter(|visit| visit.month < this_month && visit.booking.state.holds_slot());
        let due_now = ended
            .filter(|visit| visit.booking.state == BookingState::Asked || record_until(visit.month, self.policy.record_wait_days) < today);
        due.extend(due_now.map(|visit| visit.month));
        due
    }

    pub fn jobs(&mut self, name: Name) -> Outcome {
        let mut numbers = Vec::new();
        let (today, month) = (time::local_date(self.now), Month::at(self.now));
        let has_news = notice_on(month, self.policy.notice_day) <= today && !self.told.contains(&month);
        let gives = donate_on(month, self.policy.auto_donate_days) <= today && !self.gave.contains(&month);
        let due = self.due();
        self.grant_all()?;
        for month in due {
            if let Answer::Numbers(closed) = self.close_month(month)? {
                numbers.extend(closed);
            }
        }
        if has_news {
            self.told.insert(month);
            numbers.push(count((0..SCHOOLS).filter(|school| !self.idle_of(*school, month).is_empty()).count()));
        }
        if gives {
            for (place, school) in self.automatic.clone().into_iter().enumerate() {
                // A step of the house makes a gift for each school and supplier.
                let gift = name + Name::try_from(place * SUPPLIERS).unwrap_or_default();
                match self.give_for(school, gift) {
                    Ok(Answer::Numbers(given)) => numbers.extend(given),
                    _ => numbers.push(-1),
                }
            }
            self.gave.insert(month);
        }
        Ok(Answer::Numbers(numbers))
    }

    pub fn deviate(&mut self, op: &Op, name: Name) -> Outcome {
        let today = time::local_date(self.now);
        match op {
            Op::AskMove { party, supplier, board, school, from, to, minutes, key: number, by } => {
                let asked = Deviation {
                    id: Uuid::from_u128(11 << 64 | u128::from(name)).into(),
                    supplier: self.cast.suppliers[*supplier],
                    board: self.cast.boards[*board],
                    school: school.map(|school| self.cast.schools[school]),
                    from: month(*from),
                    to: month(*to),
                    minutes: Minutes(*minutes),
                    reason: reason(true).to_owned(),
                    party: *party,
                    asked_by: self.cast.people[*by],
                    state: DeviationState::Asked,
                };
                let belongs = school.is_none_or(|school| board_of(school) == Some(*board));
                self.ask_move(asked, belongs, &key(*number), name)
            }
            Op::AgreeMove { deviation, party, by } => {
                let Some(there) = self.deviations.get(deviation) else { return Ok(Answer::NotThere) };
                if there.state == DeviationState::Agreed && *party != there.party {
                    return Ok(Answer::Done);
                }
                let (agreed, move_) = there.agree(*party, self.cast.people[*by], today)?;
                self.ledger.post(vec![Posting::new(PostingKind::DeviatingMove, move_.from, move_.to, move_.minutes)])?;
                self.answer(*deviation, agreed)
            }
            Op::RefuseMove { deviation, party, reason: given, by } => match self.deviations.get(deviation) {
                Some(there) => {
                    let (refused, _) = there.refuse(*party, self.cast.people[*by], reason(*given))?;
                    self.answer(*deviation, refused)
                }
                None => Ok(Answer::NotThere),
            },
            Op::WithdrawMove { deviation, party, .. } => match self.deviations.get(deviation) {
                Some(there) => {
                    let withdrawn = there.withdraw(*party)?;
                    self.answer(*deviation, withdrawn)
                }
                None => Ok(Answer::NotThere),
            },
            _ => unreachable!("not about another month"),
        }
    }

    fn answer(&mut self, name: Name, deviation: Deviation) -> Outcome {
        self.deviations.insert(name, deviation);
        Ok(Answer::Done)
    }

    fn ask_move(&mut self, asked: Deviation, belongs: bool, key: &str, name: Name) -> Outcome {
        check_key(key)?;
        if let Some(before) = self.before(Thing::Deviation, key) {
            let there = &self.deviations[&before];
            let is_same = Deviation { id: there.id, state: there.state, ..asked } == *there;
            return same(is_same, "idempotency_conflict", Answer::Made(before));
        }
        let waits = |other: &&Deviation| {
            let runs = other.from.min(other.to) >= Month::at(self.now);
            (other.board, other.supplier) == (asked.board, asked.supplier) && other.state == DeviationState::Asked && runs
        };
        let waiting = self.deviations.values().filter(waits).count();
        let asked = asked.ask(waiting, time::local_date(self.now))?;
        if !belongs {
            return no("not_found");
        }
        let account = AccountKey::new(Bucket::of_month(asked.supplier, asked.from), asked.holder());
        if self.ledger.of(&account) < asked.minutes {
            return no("too_few_hours");
        }
        self.deviations.insert(name, asked);
        self.keep(Thing::Deviation, key, name)
    }

    /// Puts a posting right by its mirror.
    pub fn reverse(&mut self, step: u32, place: usize, because: bool, number: u32) -> Outcome {
        let mut of_step = self.ledger.journal.iter().enumerate().filter(|(_, posting)| posting.step == step);
        let Some((place, posting)) = of_step.nth(place).map(|(place, posting)| (place, posting.clone())) else {
            return Ok(Answer::NotThere);
        };
        let key = key(number);
        check_key(&key)?;
        check_by_hand(posting.kind)?;
        read_reason(reason(because))?;
        let used = self.corrections.get(&key).copied();
        match self.ledger.reversed.get(&place).copied() {
            Some(mirror) if used == Some(mirror) => {
                self.grant_both(&posting)?;
                return Ok(Answer::Numbers(vec![number_of(mirror)]));
            }
            Some(_) => return no("already_reversed"),
            None => {}
        }
        if let Some(month) = posting.from.bucket.month {
            check_month_runs(month, time::local_date(self.now))?;
        }
        let gift = posting.about.filter(|_| posting.kind == PostingKind::Donation).map(|(_, gift)| gift);
        // What others gave since is not this gift's.
        let there = gift.map_or_else(|| self.ledger.of(&posting.to), |gift| self.left_of_gift(gift));
        if there < posting.minutes || self.has_gone_back(&posting) {
            return no("hours_went_on");
        }
        if used.is_some() {
            return no("idempotency_conflict");
        }
        let mirror = self.ledger.journal.len();
        let (from, to) = (posting.to, posting.from);
        let (kind, reverses) = (PostingKind::Reversal, Some(place));
        self.ledger.post(vec![Posting { kind, from, to, reverses, ..posting.clone() }])?;
        self.corrections.insert(key, mirror);
        if let Some(gift) = gift {
            self.put_right(gift);
        }
        self.grant_both(&posting)?;
        Ok(Answer::Numbers(vec![number_of(mirror)]))
    }

    /// Whether a part of a draw is back in its pot already.
    fn has_gone_back(&self, posting: &Posting) -> bool {
        let gone = |other: &Posting| other.kind == PostingKind::TakeBack && (other.about, other.to) == (posting.about, posting.from);
        posting.kind == PostingKind::Draw && self.ledger.journal.iter().any(gone)
    }

    /// Hours that came back to a pot, or a school that has none of its own any more, may be what somebody waits for.
    fn grant_both(&mut self, posting: &Posting) -> Result<(), super::No> {
        for bucket in [posting.to.bucket, posting.from.bucket] {
            let supplier = self.cast.suppliers.iter().position(|id| *id == bucket.supplier).expect("a supplier");
            if let Some(month) = bucket.month {
                self.grant_waiting(supplier, month)?;
            }
        }
        Ok(())
    }
}

/// The number of a posting in the book of the partnership.
pub fn number_of(place: usize) -> i64 {
    count(place) + 1
}

pub fn count(things: usize) -> i64 {
    i64::try_from(things).unwrap_or(i64::MAX)
}
