//! The invariants of the ledger, proven over plain lists (domain.md §3). What `wijkpot check` runs.
//!
//! Always true here: a sound ledger gives no violations, and nothing here changes anything.

mod agreements;
mod closings;
mod words;

pub use agreements::{AgreementRow, agreements_match_postings};
pub use closings::{ClosingRow, ExpiryRow, LeftRow, closed_months_are_empty, expiries_follow_closings};
pub use words::{RULES, night, words};

use super::{
    AccountKey, HolderKind, SchoolYear,
    chain::{GENESIS, PostingContent, from_hex, to_hex},
};
use crate::{AccountId, BookingId, Minutes, PartnershipId, SpecialistId, SupplierId, minutes::QUARTER};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Something that should never be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which invariant: the name of the function here.
    pub rule: &'static str,
    /// What is wrong and where, for whoever has to look.
    pub what: String,
}

/// An account with the balance the database keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Its row.
    pub id: AccountId,
    /// Which account.
    pub key: AccountKey,
    /// Its balance.
    pub balance: Minutes,
}

/// A posting, as far as balances need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostingRow {
    /// Where the minutes left.
    pub from: AccountId,
    /// Where they arrived.
    pub to: AccountId,
    /// How many.
    pub minutes: Minutes,
}

/// Hours bought from a supplier for a school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContractRow {
    /// From whom.
    pub supplier: SupplierId,
    /// For when.
    pub school_year: SchoolYear,
    /// How many, the reserve included.
    pub minutes: Minutes,
}

/// A booking, as far as the ledger and the calendar need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookingRow {
    /// Its row.
    pub id: BookingId,
    /// Whose time.
    pub specialist: SpecialistId,
    /// The quarter it starts in, counted since 1970 (UTC).
    pub first_quarter: i64,
    /// How long.
    pub minutes: Minutes,
    /// Whether its minutes are set aside: asked, accepted or valid, and not closed.
    pub holds_minutes: bool,
    /// Whether it takes the specialist's time: the same, and what was done.
    pub holds_time: bool,
}

/// A quarter of an hour of a specialist that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuarterRow {
    /// Whose time.
    pub specialist: SpecialistId,
    /// Which quarter, counted since 1970 (UTC).
    pub quarter: i64,
    /// For what.
    pub booking: BookingId,
}

/// Each balance equals what its postings brought minus what they took.
pub fn balances_match_postings(accounts: &[AccountRow], postings: impl IntoIterator<Item = PostingRow>) -> Vec<Violation> {
    let mut sums: BTreeMap<AccountId, Minutes> = accounts.iter().map(|account| (account.id, Minutes::ZERO)).collect();
    let mut strangers = BTreeSet::new();
    for posting in postings {
        for (account, minutes) in [(posting.from, -posting.minutes), (posting.to, posting.minutes)] {
            if let Some(sum) = sums.get_mut(&account) {
                *sum += minutes;
            } else {
                strangers.insert(account);
            }
        }
    }
    let wrong = accounts.iter().filter_map(|account| {
        let sum = sums.get(&account.id).copied().unwrap_or_default();
        (sum != account.balance).then(|| format!("{} holds {} but its postings sum to {}", told(account), account.balance.0, sum.0))
    });
    let unknown = strangers.iter().map(|account| format!("postings name account {account}, which does not exist"));
    violations("balances_match_postings", wrong.chain(unknown))
}

/// All accounts of a supplier in a school year sum to zero: no minute is made or lost.
#[must_use]
pub fn supplier_years_sum_to_zero(accounts: &[AccountRow]) -> Vec<Violation> {
    let mut sums: BTreeMap<(SupplierId, SchoolYear), Minutes> = BTreeMap::new();
    for account in accounts {
        *sums.entry((account.key.bucket.supplier, account.key.bucket.school_year)).or_default() += account.balance;
    }
    let wrong = sums.into_iter().filter(|(_, sum)| *sum != Minutes::ZERO);
    let told = wrong.map(|((supplier, year), sum)| format!("supplier {supplier} {year}: all accounts together hold {}", sum.0));
    violations("supplier_years_sum_to_zero", told)
}

/// No account but a contract is below zero.
#[must_use]
pub fn never_negative(accounts: &[AccountRow]) -> Vec<Violation> {
    let wrong = accounts.iter().filter(|account| account.balance < Minutes::ZERO && account.key.holder.kind != HolderKind::Contract);
    violations("never_negative", wrong.map(|account| format!("{} holds {}", told(account), account.balance.0)))
}

/// What left the contract accounts of a supplier-year, the year's and the months' together, is what was contracted. A contract
/// from which nothing is handed out, not yet or no longer, waits for its allotment, which is no violation.
#[must_use]
pub fn contracts_match(contracts: &[ContractRow], accounts: &[AccountRow]) -> Vec<Violation> {
    let mut handed_out: BTreeMap<(SupplierId, SchoolYear), Minutes> = BTreeMap::new();
    for account in accounts.iter().filter(|account| account.key.holder.kind == HolderKind::Contract) {
        *handed_out.entry((account.key.bucket.supplier, account.key.bucket.school_year)).or_default() -= account.balance;
    }
    let mut contracted: BTreeMap<(SupplierId, SchoolYear), Minutes> = BTreeMap::new();
    for contract in contracts {
        *contracted.entry((contract.supplier, contract.school_year)).or_default() += contract.minutes;
    }
    let wrong = handed_out.into_iter().filter_map(|(key, out)| {
        let bought = contracted.get(&key).copied().unwrap_or_default();
        (out != bought && out != Minutes::ZERO)
            .then(|| format!("supplier {} {}: {} contracted, {} handed out", key.0, key.1, bought.0, out.0))
    });
    violations("contracts_match", wrong)
}

/// Each booking's accounts hold its minutes while they are set aside, and nothing otherwise.
#[must_use]
pub fn booking_accounts_hold(bookings: &[BookingRow], accounts: &[AccountRow]) -> Vec<Violation> {
    let mut held: BTreeMap<BookingId, Minutes> = BTreeMap::new();
    for account in accounts.iter().filter(|account| account.key.holder.kind == HolderKind::Booking) {
        *held.entry(BookingId(account.key.holder.id)).or_default() += account.balance;
    }
    let mut wrong = Vec::new();
    for booking in bookings {
        let there = held.remove(&booking.id).unwrap_or_default();
        let due = if booking.holds_minutes { booking.minutes } else { Minutes::ZERO };
        if there != due {
            wrong.push(format!("booking {} should hold {} and holds {}", booking.id, due.0, there.0));
        }
    }
    let orphans = held.into_iter().filter(|(_, there)| *there != Minutes::ZERO);
    wrong.extend(orphans.map(|(booking, there)| format!("booking {booking} does not exist and holds {}", there.0)));
    violations("booking_accounts_hold", wrong)
}

/// Each booking that takes time has exactly its quarters, every other has none, and no specialist has a quarter twice.
#[must_use]
pub fn quarters_match(bookings: &[BookingRow], quarters: &[QuarterRow]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let mut taken: HashMap<BookingId, HashSet<(SpecialistId, i64)>> = HashMap::new();
    let mut seen = HashSet::new();
    for row in quarters {
        if !seen.insert((row.specialist, row.quarter)) {
            wrong.push(format!("specialist {} has quarter {} twice", row.specialist, row.quarter));
        }
        taken.entry(row.booking).or_default().insert((row.specialist, row.quarter));
    }
    for booking in bookings {
        let there = taken.remove(&booking.id).unwrap_or_default();
        let count = if booking.holds_time { booking.minutes.0 / QUARTER } else { 0 };
        let due: HashSet<_> = (0..count).map(|n| (booking.specialist, booking.first_quarter + n)).collect();
        if there != due {
            let missing = due.difference(&there).count();
            let surplus = there.difference(&due).count();
            wrong.push(format!("booking {} misses {missing} quarters and has {surplus} that are not its own", booking.id));
        }
    }
    let mut orphans: Vec<_> = taken.into_keys().collect();
    orphans.sort();
    wrong.extend(orphans.into_iter().map(|booking| format!("quarters are taken for booking {booking}, which does not exist")));
    violations("quarters_match", wrong)
}

/// Walks a partnership's chain, one posting at a time in the order of `seq`, so that the largest ledger fits in memory.
#[derive(Clone, Debug)]
pub struct ChainChecker {
    partnership: PartnershipId,
    seq: i64,
    hash: [u8; 32],
}

impl ChainChecker {
    /// At the start of a partnership's chain.
    #[must_use]
    pub const fn new(partnership: PartnershipId) -> Self {
        Self { partnership, seq: 0, hash: GENESIS }
    }

    /// How many postings it has walked to: the last `seq`.
    #[must_use]
    pub const fn seq(&self) -> i64 {
        self.seq
    }

    /// The next posting with its two hashes as stored. After a violation it goes on from what is stored, so that one break is
    /// told once and not again for every posting behind it.
    pub fn walk(&mut self, posting: &PostingContent, previous_hash: &str, hash: &str) -> Vec<Violation> {
        let mut wrong = Vec::new();
        let place = format!("posting {} ({})", posting.seq, posting.id);
        if posting.partnership != self.partnership {
            wrong.push(format!("{place} belongs to partnership {}", posting.partnership));
        }
        if posting.seq != self.seq + 1 {
            wrong.push(format!("{place} follows posting {}", self.seq));
        }
        if from_hex(previous_hash) != Some(self.hash) {
            wrong.push(format!("{place} does not name the hash of the posting before it"));
        }
        let stored = from_hex(hash);
        // Over the previous hash it names itself: a gap before it is not also a change in it.
        let computed = posting.hash_after(&from_hex(previous_hash).unwrap_or(self.hash));
        if stored != Some(computed) {
            wrong.push(format!("{place} was changed: its content no longer gives its hash"));
        }
        self.seq = posting.seq;
        self.hash = stored.unwrap_or(computed);
        violations("chain_holds", wrong)
    }

    /// After the last posting: whether this is the end the ledger remembers, so that nothing was cut off. Without any posting
    /// there is no head, or one at 0.
    #[must_use]
    pub fn finish(&self, head: Option<(i64, &str)>) -> Vec<Violation> {
        let wrong = match head {
            None if self.seq == 0 => None,
            None => Some(format!("the chain ends at posting {} but the ledger remembers no end", self.seq)),
            Some((seq, _)) if seq != self.seq => Some(format!("the chain ends at posting {}, the ledger remembers {seq}", self.seq)),
            Some((0, _)) => None,
            Some((_, hash)) if hash != to_hex(&self.hash) => Some(format!("posting {} is not the end the ledger remembers", self.seq)),
            Some(_) => None,
        };
        violations("chain_holds", wrong)
    }
}

pub(super) fn violations(rule: &'static str, what: impl IntoIterator<Item = String>) -> Vec<Violation> {
    what.into_iter().map(|what| Violation { rule, what }).collect()
}

pub(super) fn told(account: &AccountRow) -> String {
    let AccountKey { bucket, holder } = account.key;
    let when = bucket.month.map_or_else(|| bucket.school_year.to_string(), |month| month.to_string());
    format!("account {} ({} {} at supplier {}, {when})", account.id, holder.kind.code(), holder.id, bucket.supplier)
}

#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;
