//! The model's ledger: a list of postings, and beside it every sum the rules ask for, added up posting by posting.
//!
//! Always true here: a set of movements is posted whole or not at all, and nothing but a contract goes below zero.

use crate::model::op::{No, no};
use domain::{
    Minutes,
    hours::{AboutKind, AccountKey, Holder, HolderKind, Month, POSTING_MINUTES_MAX, PostingKind},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Hours that move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub kind: PostingKind,
    pub from: AccountKey,
    pub to: AccountKey,
    pub minutes: Minutes,
    /// What it is about, by the model's own id.
    pub about: Option<(AboutKind, Uuid)>,
    /// The place of the posting it puts right.
    pub reverses: Option<usize>,
    /// Of a booking: whose hours they are, and for which school.
    pub paid: Option<(Holder, Uuid)>,
    /// The step that posted it.
    pub step: u32,
}

impl Posting {
    pub const fn new(kind: PostingKind, from: AccountKey, to: AccountKey, minutes: Minutes) -> Self {
        Self { kind, from, to, minutes, about: None, reverses: None, paid: None, step: 0 }
    }

    pub const fn about(self, kind: AboutKind, id: Uuid) -> Self {
        Self { about: Some((kind, id)), ..self }
    }

    pub const fn paid_by(self, holder: Holder, school: Uuid) -> Self {
        Self { paid: Some((holder, school)), ..self }
    }
}

/// What became of an account's hours, in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub allotted: i64,
    pub moved: i64,
    pub received: i64,
    pub released: i64,
    pub used: i64,
    pub set_aside: i64,
    pub donated: i64,
    pub expired: i64,
}

/// What a school took in a month that was not its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    pub board: Minutes,
    pub pots: Minutes,
}

#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub journal: Vec<Posting>,
    pub balances: BTreeMap<AccountKey, Minutes>,
    pub sums: BTreeMap<AccountKey, Sums>,
    /// What whoever divides gave each account, less what was taken back.
    pub given: BTreeMap<AccountKey, Minutes>,
    /// By school and month.
    pub took: BTreeMap<(Uuid, Month), Took>,
    /// What a school used and set aside in a school year.
    pub had: BTreeMap<(Uuid, i32), Minutes>,
    /// Which postings were put right, and by which.
    pub reversed: BTreeMap<usize, usize>,
    /// The step that is being done.
    pub step: u32,
}

impl Ledger {
    /// What an account holds.
    pub fn of(&self, account: &AccountKey) -> Minutes {
        self.balances.get(account).copied().unwrap_or_default()
    }

    /// Posts all of them, or none.
    pub fn post(&mut self, postings: Vec<Posting>) -> Result<(), No> {
        if postings.iter().any(|posting| posting.minutes > POSTING_MINUTES_MAX) {
            return no("minutes_too_many");
        }
        let mut there = BTreeMap::new();
        for Posting { from, to, minutes, .. } in &postings {
            let left = there.entry(*from).or_insert_with(|| self.of(from));
            *left -= *minutes;
            if *left < Minutes::ZERO && from.holder.kind != HolderKind::Contract {
                return no("too_few_hours");
            }
            *there.entry(*to).or_insert_with(|| self.of(to)) += *minutes;
        }
        for (account, minutes) in there {
            // A booking that holds nothing more is over: a history has thousands of them.
            if account.holder.kind == HolderKind::Booking && minutes == Minutes::ZERO {
                self.balances.remove(&account);
            } else {
                self.balances.insert(account, minutes);
            }
        }
        for posting in postings {
            self.count(&posting);
            if let Some(place) = posting.reverses {
                self.reversed.insert(place, self.journal.len());
            }
            self.journal.push(Posting { step: self.step, ..posting });
        }
        Ok(())
    }

    /// Adds a posting to every sum. A reversal is counted as the posting it puts right, the other way.
    fn count(&mut self, posting: &Posting) {
        let (kind, from, to, minutes) = match posting.reverses {
            None => (posting.kind, posting.from, posting.to, posting.minutes.0),
            Some(place) => (self.journal[place].kind, posting.to, posting.from, -posting.minutes.0),
        };
        let mut add = |account: AccountKey, what: fn(&mut Sums) -> &mut i64, minutes: i64| {
            *what(self.sums.entry(account).or_default()) += minutes;
        };
        match kind {
            PostingKind::ContractReserve | PostingKind::Allotment | PostingKind::Division => {
                add(from, |sums| &mut sums.moved, minutes);
                add(to, |sums| &mut sums.allotted, minutes);
                *self.given.entry(to).or_default() += Minutes(minutes);
            }
            PostingKind::Reduction => {
                add(from, |sums| &mut sums.allotted, -minutes);
                add(to, |sums| &mut sums.moved, -minutes);
                *self.given.entry(from).or_default() -= Minutes(minutes);
            }
            PostingKind::Donation | PostingKind::Draw => {
                add(from, |sums| &mut sums.donated, minutes);
                add(to, |sums| &mut sums.received, minutes);
            }
            PostingKind::TakeBack => {
                add(from, |sums| &mut sums.received, -minutes);
                add(to, |sums| &mut sums.donated, -minutes);
                // What a school gave back of a draw it did not take.
                if let (HolderKind::School, Some(month)) = (from.holder.kind, from.bucket.month) {
                    self.took.entry((from.holder.id, month)).or_default().pots -= Minutes(minutes);
                }
            }
            PostingKind::ReserveRelease => {
                add(from, |sums| &mut sums.moved, minutes);
                add(to, |sums| &mut sums.released, minutes);
            }
            PostingKind::DeviatingMove => {
                add(from, |sums| &mut sums.moved, minutes);
                add(to, |sums| &mut sums.moved, -minutes);
            }
            PostingKind::Expiry => add(from, |sums| &mut sums.expired, minutes),
            PostingKind::Hold | PostingKind::Return | PostingKind::Use => self.count_booking(posting),
            PostingKind::Reversal => unreachable!("a reversal is not put right"),
        }
        if kind == PostingKind::Draw
            && let Some(month) = to.bucket.month
        {
            self.took.entry((to.holder.id, month)).or_default().pots += Minutes(minutes);
        }
    }

    /// What a booking holds is told to who paid it.
    fn count_booking(&mut self, posting: &Posting) {
        let (payer, school) = posting.paid.expect("a booking knows who pays");
        let bucket = posting.from.bucket;
        let sums = self.sums.entry(AccountKey::new(bucket, payer)).or_default();
        let (minutes, perished) = (posting.minutes.0, posting.to.holder.kind == HolderKind::Expired);
        let held = match posting.kind {
            PostingKind::Hold => minutes,
            PostingKind::Use => {
                sums.used += minutes;
                -minutes
            }
            _ => {
                sums.expired += if perished { minutes } else { 0 };
                -minutes
            }
        };
        sums.set_aside += held;
        // Who used hours still had them, and what perished in a booking was taken all the same.
        if posting.kind == PostingKind::Use {
            return;
        }
        *self.had.entry((school, bucket.school_year.0)).or_default() += Minutes(held);
        if perished {
            return;
        }
        if let Some(month) = bucket.month {
            let took = self.took.entry((school, month)).or_default();
            match payer.kind {
                HolderKind::Board => took.board += Minutes(held),
                HolderKind::Wijkpot => took.pots += Minutes(held),
                _ => {}
            }
        }
    }
}
