//! Giving to a pot, the board's word about it, and taking back.
//!
//! Always true here: what comes into a pot goes on to whoever waits for it, in the order of need.

use super::{Given, Model, Thing, check_key, ledger::Posting, same, years::mandate};
use crate::model::{
    cast::{CITY, POTS, SCHOOLS, SUPPLIERS, board_of, month, pot_of},
    op::{Answer, Giver, Name, No, Op, Outcome, automatic_key, key, no, part_key, reason, supplier_name},
};
use domain::{
    DonationId, Minutes, WijkpotId,
    again::is_again,
    hours::{AboutKind, AccountKey, Bucket, Holder, HolderKind, Month, PostingKind},
    wijkpot::{Donation, DonationState, Donor, Gift, Left, PotMove, Taker, left_of},
};
use uuid::Uuid;

/// A gift that somebody wants to make.
#[derive(Clone, Copy, Debug)]
pub struct Give {
    pub donor: Giver,
    pub pot: Option<usize>,
    pub supplier: usize,
    pub month: Month,
    pub minutes: Minutes,
}

fn id(name: Name) -> Uuid {
    Uuid::from_u128(12 << 64 | u128::from(name))
}

impl Model {
    pub fn give(&mut self, op: &Op, name: Name) -> Outcome {
        match op {
            Op::Donate { donor, pot, supplier, month: of, minutes, key: number, .. } => {
                let give = Give { donor: *donor, pot: *pot, supplier: *supplier, month: month(*of), minutes: Minutes(*minutes) };
                self.donate(give, &key(*number), name)
            }
            Op::GiveShown { school, month: of, shown, key: number, .. } => {
                self.give_shown(*school, month(*of), Minutes(*shown), &key(*number), name)
            }
            Op::Consent { donation, .. } => self.consent(*donation),
            Op::RefuseDonation { donation, reason: given, .. } => self.settle_gift(*donation, |given_now| {
                given_now.gift.state.refuse(reason(*given))?;
                given_now.gift.state = DonationState::Refused;
                Ok(())
            }),
            Op::TakeBack { donation, by } => self.take_back(*donation, *by),
            _ => unreachable!("not about a gift"),
        }
    }

    /// What an account in a month holds.
    pub fn idle(&self, supplier: usize, month: Month, holder: Holder) -> Minutes {
        self.ledger.of(&AccountKey::new(Bucket::of_month(self.cast.suppliers[supplier], month), holder))
    }

    pub fn donate(&mut self, give: Give, key: &str, name: Name) -> Outcome {
        check_key(key)?;
        let donor = give.donor.donor(&self.cast);
        if let Some(before) = self.before(Thing::Donation, key) {
            let there = &self.donations[&before];
            let is_same = (there.donor, there.supplier, there.gift.month, there.gift.minutes)
                == (donor, give.supplier, give.month, give.minutes)
                && give.pot.is_none_or(|pot| pot == there.pot);
            return same(is_same, "form_used", Answer::Made(before));
        }
        let (own, board) = match give.donor {
            Giver::School(school) => (pot_of(school), board_of(school)),
            Giver::Board(board) => (CITY, Some(board)),
        };
        let is_near = |pot: usize| match give.donor {
            Giver::School(_) => pot == own,
            Giver::Board(board) => (0..SCHOOLS).any(|school| pot_of(school) == pot && board_of(school) == Some(board)),
        };
        let pot = give.pot.unwrap_or(own);
        if pot >= POTS || (pot != CITY && !is_near(pot)) {
            return no("not_found");
        }
        let idle = self.idle(give.supplier, give.month, donor.holder());
        let has_board = matches!(give.donor, Giver::School(_)) && board.is_some();
        let supplier = supplier_name(give.supplier);
        let waiting = self.offered(donor, give.supplier, give.month);
        let state = Gift { supplier: &supplier, month: give.month, minutes: give.minutes, idle, waiting, has_board }
            .give(self.policy.board_consent, self.now)?;
        let gift = Donation { month: give.month, minutes: give.minutes, state, given_at: None };
        self.donations.insert(name, Given { donor, pot, supplier: give.supplier, gift, back: None, taken: None });
        self.keep(Thing::Donation, key, name).ok();
        if state == DonationState::Given {
            self.put_in(name)?;
        }
        Ok(Answer::Made(name))
    }

    /// Moves a gift into its pot.
    fn put_in(&mut self, name: Name) -> Result<(), No> {
        let Given { donor, pot, supplier, gift, .. } = self.donations[&name];
        let bucket = Bucket::of_month(self.cast.suppliers[supplier], gift.month);
        let (from, to) = (AccountKey::new(bucket, donor.holder()), AccountKey::new(bucket, Holder::wijkpot(self.cast.pots[pot].0)));
        self.ledger.post(vec![Posting::new(PostingKind::Donation, from, to, gift.minutes).about(AboutKind::Donation, id(name))])?;
        self.donations.get_mut(&name).expect("it is there").gift.given_at = Some(self.now);
        self.grant_waiting(supplier, gift.month)
    }

    fn give_shown(&mut self, school: usize, month: Month, shown: Minutes, key: &str, name: Name) -> Outcome {
        let before: Vec<Name> =
            (0..SUPPLIERS).filter_map(|supplier| self.before(Thing::Donation, &part_key(key, &self.cast, supplier))).collect();
        if !before.is_empty() {
            let gifts: Vec<&Given> = before.iter().map(|name| &self.donations[name]).collect();
            let sum: Minutes = gifts.iter().map(|given| given.gift.minutes).sum();
            let donor = Donor::School(self.cast.schools[school]);
            let is_same = sum == shown && gifts.iter().all(|given| (given.donor, given.gift.month) == (donor, month));
            return same(is_same, "form_used", Answer::Numbers(vec![sum.0]));
        }
        let idle = self.own_idle_of(school, month);
        let sum: Minutes = idle.iter().map(|(_, minutes)| *minutes).sum();
        if sum == Minutes::ZERO {
            return no("nothing_idle");
        }
        if sum != shown {
            return no("idle_changed");
        }
        self.give_all(school, month, idle, key, name)
    }

    /// What a school has in a month, by supplier.
    pub fn idle_of(&self, school: usize, month: Month) -> Vec<(usize, Minutes)> {
        let holder = Holder::school(self.cast.schools[school]);
        let idle = (0..SUPPLIERS).map(|supplier| (supplier, self.idle(supplier, month, holder)));
        idle.filter(|(_, minutes)| *minutes > Minutes::ZERO).collect()
    }

    /// The same, less what it offered already and waits for its board.
    pub fn free_of(&self, school: usize, month: Month) -> Vec<(usize, Minutes)> {
        let donor = Donor::School(self.cast.schools[school]);
        let free = |(supplier, minutes): (usize, Minutes)| (supplier, minutes - self.offered(donor, supplier, month));
        self.idle_of(school, month).into_iter().map(free).filter(|(_, minutes)| *minutes > Minutes::ZERO).collect()
    }

    /// What a donor offered of a bucket that waits for its board.
    fn offered(&self, donor: Donor, supplier: usize, month: Month) -> Minutes {
        let waits = |given: &&Given| {
            (given.donor, given.supplier, given.gift.month) == (donor, supplier, month) && given.gift.state == DonationState::Waiting
        };
        self.donations.values().filter(waits).map(|given| given.gift.minutes).sum()
    }

    /// What it may give with one click: that, less what it drew from a pot itself.
    pub fn own_idle_of(&self, school: usize, month: Month) -> Vec<(usize, Minutes)> {
        let holder = Holder::school(self.cast.schools[school]);
        let drawn = |supplier: usize| {
            let to = AccountKey::new(Bucket::of_month(self.cast.suppliers[supplier], month), holder);
            let journal = self.ledger.journal.iter().enumerate();
            let draws =
                journal.filter(|(place, one)| one.kind == PostingKind::Draw && one.to == to && !self.ledger.reversed.contains_key(place));
            draws.map(|(_, one)| one.minutes).sum::<Minutes>()
        };
        let own = self.free_of(school, month).into_iter().map(|(supplier, minutes)| (supplier, minutes - drawn(supplier)));
        own.filter(|(_, minutes)| *minutes > Minutes::ZERO).collect()
    }

    fn give_all(&mut self, school: usize, month: Month, idle: Vec<(usize, Minutes)>, key: &str, name: Name) -> Outcome {
        let mut sum = Minutes::ZERO;
        for (supplier, minutes) in idle {
            let give = Give { donor: Giver::School(school), pot: None, supplier, month, minutes };
            self.donate(give, &part_key(key, &self.cast, supplier), name + supplier as Name)?;
            sum += minutes;
        }
        Ok(Answer::Numbers(vec![sum.0]))
    }

    /// Gives what a school has idle this month, once a month.
    pub fn give_for(&mut self, school: usize, name: Name) -> Outcome {
        let month = Month::at(self.now);
        let key = automatic_key(&self.cast, month, school);
        if (0..SUPPLIERS).any(|supplier| self.before(Thing::Donation, &part_key(&key, &self.cast, supplier)).is_some()) {
            return Ok(Answer::Numbers(vec![0]));
        }
        let idle = self.free_of(school, month);
        self.give_all(school, month, idle, &key, name)
    }

    fn settle_gift(&mut self, name: Name, what: impl FnOnce(&mut Given) -> Result<(), No>) -> Outcome {
        match self.donations.get_mut(&name) {
            Some(given) => what(given).map(|()| Answer::Done),
            None => Ok(Answer::NotThere),
        }
    }

    fn consent(&mut self, name: Name) -> Outcome {
        let Some(Given { donor, supplier, gift, .. }) = self.donations.get(&name).cloned() else { return Ok(Answer::NotThere) };
        let idle = self.idle(supplier, gift.month, donor.holder());
        let supplier = supplier_name(supplier);
        let waiting = Minutes::ZERO;
        Gift { supplier: &supplier, month: gift.month, minutes: gift.minutes, idle, waiting, has_board: true }
            .consent(gift.state, self.now)?;
        self.donations.get_mut(&name).expect("it is there").gift.state = DonationState::Given;
        self.put_in(name)?;
        Ok(Answer::Done)
    }

    /// What is left of a gift: hours leave a pot in the order they came, and who takes from any pot uses its own gift first.
    pub fn left(&self, name: Name) -> Left {
        let Given { supplier, gift, .. } = self.donations[&name];
        let bucket = Bucket::of_month(self.cast.suppliers[supplier], gift.month);
        let is_pot = |account: &AccountKey| account.bucket == bucket && account.holder.kind == HolderKind::Wijkpot;
        let one = |posting: &Posting| {
            let about = posting.about.filter(|(kind, _)| *kind == AboutKind::Donation).map(|(_, id)| DonationId(id));
            if is_pot(&posting.to) {
                let given = posting.kind == PostingKind::Donation;
                let of = about.filter(|_| given).map(|gift| (gift, posting.from.holder));
                return Some((WijkpotId(posting.to.holder.id), PotMove::In(posting.minutes, of)));
            }
            let whose = posting.paid.map_or(posting.to.holder, |(_, school)| Holder::school(school.into()));
            let taker = Taker { holder: Some(whose), board: self.lends(whose) };
            is_pot(&posting.from).then_some((WijkpotId(posting.from.holder.id), PotMove::Out(posting.minutes, about, taker)))
        };
        let moves: Vec<(WijkpotId, PotMove)> = self.ledger.journal.iter().filter_map(one).collect();
        left_of(id(name).into(), &moves)
    }

    /// The board whose hours a school may book.
    fn lends(&self, whose: Holder) -> Option<Holder> {
        let school = self.cast.schools.iter().position(|school| Holder::school(*school) == whose)?;
        mandate(self, school)?;
        board_of(school).map(|board| Holder::board(self.cast.boards[board]))
    }

    /// The gift with this id, when it is put right by hand.
    pub fn put_right(&mut self, gift: Uuid) -> Name {
        let name = *self.donations.keys().find(|name| id(**name) == gift).expect("a gift of ours");
        let given = self.donations.get_mut(&name).expect("it is there");
        (given.gift.state, given.back) = (DonationState::TakenBack, Some(given.gift.minutes));
        name
    }

    /// What is left of the gift with this id.
    pub fn left_of_gift(&self, gift: Uuid) -> Minutes {
        self.left(*self.donations.keys().find(|name| id(**name) == gift).expect("a gift of ours")).minutes
    }

    fn take_back(&mut self, name: Name, by: usize) -> Outcome {
        let Some(Given { donor, pot, supplier, gift, back, taken }) = self.donations.get(&name).cloned() else {
            return Ok(Answer::NotThere);
        };
        if gift.state == DonationState::Withdrawn {
            return Ok(Answer::Numbers(vec![0]));
        }
        if let (Some(back), Some((who, at))) = (back, taken)
            && is_again((Some(self.cast.people[who]), Some(at)), self.cast.people[by], self.now)
        {
            return Ok(Answer::Numbers(vec![back.0]));
        }
        let bucket = Bucket::of_month(self.cast.suppliers[supplier], gift.month);
        let (from, to) = (AccountKey::new(bucket, Holder::wijkpot(self.cast.pots[pot].0)), AccountKey::new(bucket, donor.holder()));
        let back = gift.take_back(self.left(name), self.now)?;
        if back > Minutes::ZERO {
            self.ledger.post(vec![Posting::new(PostingKind::TakeBack, from, to, back).about(AboutKind::Donation, id(name))])?;
        }
        let given = self.donations.get_mut(&name).expect("it is there");
        if gift.state == DonationState::Waiting {
            given.gift.state = DonationState::Withdrawn;
        } else {
            (given.gift.state, given.back, given.taken) = (DonationState::TakenBack, Some(back), Some((by, self.now)));
        }
        Ok(Answer::Numbers(vec![back.0]))
    }
}
