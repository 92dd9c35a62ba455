//! What became of everybody's hours, posting by posting: the fold behind every `Line`.
//!
//! Always true here: of each account that somebody can spend from, the line explains the balance after every posting. What a booking
//! holds, what was worked and what perished has a balance and no other number.

use super::{
    AccountKey, Holder, HolderKind, PostingKind,
    checks::{AccountRow, Violation, told, violations},
    lines::{Line, Movement},
};
use crate::Minutes;
use std::collections::BTreeMap;

/// The lines of every account, and what each booking holds of whom. A booking that was paid by several uses their minutes in the order
/// they were set aside (`sources::pay`), and gives back in the opposite order (`sources::give_back`).
#[derive(Debug, Default)]
pub struct Books {
    lines: BTreeMap<AccountKey, Line>,
    bookings: BTreeMap<AccountKey, Vec<Part>>,
}

/// What a posting changed of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whose.
    pub account: AccountKey,
    /// The line before it.
    pub before: Line,
    /// The line after it.
    pub after: Line,
}

/// What one holder paid for one booking, and how much of that was worked.
#[derive(Clone, Copy, Debug)]
struct Part {
    holder: Holder,
    held: Minutes,
    used: Minutes,
}

impl Books {
    /// The next posting, in the order they were posted, and what it changed. Of a bucket they may be all; at least those of the accounts
    /// one asks about and of each booking these paid for are needed.
    pub fn walk(&mut self, movement: &Movement) -> Vec<Step> {
        let (kind, from, to, minutes) = put_right(movement);
        let booking = match kind {
            PostingKind::Hold => Some(to),
            PostingKind::Return | PostingKind::Use => Some(from),
            _ => None,
        };
        let payers = booking.map(|booking| self.payers(&booking)).unwrap_or_default();
        let mut touched: Vec<AccountKey> = [from, to].into_iter().chain(payers).collect();
        touched.sort_unstable();
        touched.dedup();
        let before: Vec<Line> = touched.iter().map(|account| self.line(account)).collect();
        self.of(from).idle -= minutes;
        self.of(to).idle += minutes;
        match booking {
            Some(booking) => self.of_booking(kind, booking, from, to, minutes),
            None => self.of_holders(kind, from, to, minutes),
        }
        let step = |(account, before): (AccountKey, Line)| Step { account, before, after: self.line(&account) };
        touched.into_iter().zip(before).map(step).filter(|step| step.before != step.after).collect()
    }

    /// The line of an account.
    #[must_use]
    pub fn line(&self, account: &AccountKey) -> Line {
        self.lines.get(account).copied().unwrap_or_default()
    }

    /// Whether the numbers that were kept beside each balance are those its postings fold to.
    #[must_use]
    pub fn lines_match_postings(&self, kept: &[(AccountRow, Line)]) -> Vec<Violation> {
        let wrong = kept.iter().filter_map(|(account, kept)| {
            let folded = self.line(&account.key);
            (*kept != folded).then(|| format!("{} keeps {} but its postings fold to {}", told(account), short(kept), short(&folded)))
        });
        violations("lines_match_postings", wrong)
    }

    fn of(&mut self, account: AccountKey) -> &mut Line {
        self.lines.entry(account).or_default()
    }

    fn payers(&self, booking: &AccountKey) -> Vec<AccountKey> {
        let parts = self.bookings.get(booking).into_iter().flatten();
        parts.map(|part| AccountKey::new(booking.bucket, part.holder)).collect()
    }

    fn of_holders(&mut self, kind: PostingKind, from: AccountKey, to: AccountKey, minutes: Minutes) {
        match kind {
            PostingKind::ContractReserve | PostingKind::Allotment | PostingKind::Division => {
                self.of(from).moved += minutes;
                self.of(to).allotted += minutes;
            }
            PostingKind::Reduction => {
                self.of(from).allotted -= minutes;
                self.of(to).moved -= minutes;
            }
            PostingKind::Donation | PostingKind::Draw => {
                self.of(from).donated += minutes;
                self.of(to).received += minutes;
            }
            PostingKind::TakeBack => {
                self.of(from).received -= minutes;
                self.of(to).donated -= minutes;
            }
            PostingKind::ReserveRelease => {
                self.of(from).moved += minutes;
                self.of(to).received += minutes;
            }
            PostingKind::DeviatingMove => {
                self.of(from).moved += minutes;
                self.of(to).moved -= minutes;
            }
            PostingKind::Expiry => self.of(from).expired += minutes,
            PostingKind::Hold | PostingKind::Return | PostingKind::Use | PostingKind::Reversal => {}
        }
    }

    fn of_booking(&mut self, kind: PostingKind, booking: AccountKey, from: AccountKey, to: AccountKey, minutes: Minutes) {
        let mut parts = self.bookings.remove(&booking).unwrap_or_default();
        self.count(&booking, &parts, -1);
        match kind {
            PostingKind::Hold => hold(&mut parts, from.holder, minutes),
            PostingKind::Use => consume(&mut parts, minutes),
            _ => {
                // What perished of a booking carries the id of whose it was.
                let payer = parts.iter().map(|part| part.holder).find(|holder| holder.id == to.holder.id);
                give(&mut parts, |part| Some(part.holder) == payer, minutes);
                if let Some(payer) = payer.filter(|_| to.holder.kind == HolderKind::Expired) {
                    self.of(AccountKey::new(booking.bucket, payer)).expired += minutes;
                }
            }
        }
        self.count(&booking, &parts, 1);
        self.bookings.insert(booking, parts);
    }

    /// Adds what a booking holds to the lines of who paid it, or takes it out.
    fn count(&mut self, booking: &AccountKey, parts: &[Part], sign: i64) {
        for part in parts {
            let line = self.of(AccountKey::new(booking.bucket, part.holder));
            line.used += Minutes(sign * part.used.0);
            line.set_aside += Minutes(sign * (part.held - part.used).0);
        }
    }
}

/// The numbers of a line in the order of their columns: `allotted 60, used 15, …`, without those that are nothing.
fn short(line: &Line) -> String {
    let numbers = [
        ("allotted", line.allotted),
        ("received", line.received),
        ("used", line.used),
        ("set_aside", line.set_aside),
        ("donated", line.donated),
        ("expired", line.expired),
        ("moved", line.moved),
        ("idle", line.idle),
    ];
    let told = numbers.iter().filter(|(_, minutes)| *minutes != Minutes::ZERO).map(|(name, minutes)| format!("{name} {}", minutes.0));
    let told: Vec<String> = told.collect();
    if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }
}

/// The movement as its kind means it: a reversal is the posting it puts right, by minus its minutes.
fn put_right(movement: &Movement) -> (PostingKind, AccountKey, AccountKey, Minutes) {
    let Movement { kind, reverses, from, to, minutes } = *movement;
    if kind != PostingKind::Reversal {
        return (kind, from, to, minutes);
    }
    let possible = || PostingKind::ALL.iter().copied().find(|kind| *kind != PostingKind::Reversal && super::allows(*kind, &to, &from));
    (reverses.or_else(possible).unwrap_or(kind), to, from, -minutes)
}

fn hold(parts: &mut Vec<Part>, holder: Holder, minutes: Minutes) {
    if minutes < Minutes::ZERO {
        give(parts, |part| part.holder == holder, -minutes);
    } else {
        parts.push(Part { holder, held: minutes, used: Minutes::ZERO });
    }
}

fn give(parts: &mut [Part], is_source: impl Fn(&Part) -> bool, minutes: Minutes) {
    let mut open = minutes;
    for part in parts.iter_mut().rev().filter(|part| is_source(part)) {
        let back = open.min(part.held - part.used);
        part.held -= back;
        open -= back;
        if open == Minutes::ZERO {
            return;
        }
    }
}

fn consume(parts: &mut [Part], minutes: Minutes) {
    let mut open = minutes;
    for part in parts.iter_mut().filter(|_| minutes > Minutes::ZERO) {
        let used = open.min(part.held - part.used);
        part.used += used;
        open -= used;
    }
    for part in parts.iter_mut().rev().filter(|_| minutes < Minutes::ZERO) {
        let unused = (-open).min(part.used);
        part.used -= unused;
        open += unused;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::{Bucket, Month};
    use crate::{AccountId, BoardId, SchoolId, SupplierId};
    use uuid::Uuid;

    #[test]
    fn a_number_that_was_changed_by_hand_is_named() {
        let supplier = SupplierId(Uuid::from_u128(1));
        let bucket = Bucket::of_month(supplier, Month::new(2026, 11).expect("November exists"));
        let (board, school) = (Holder::board(BoardId(Uuid::from_u128(2))), Holder::school(SchoolId(Uuid::from_u128(3))));
        let [contract, board, school] = [Holder::contract(supplier), board, school].map(|holder| AccountKey::new(bucket, holder));
        let mut books = Books::default();
        for (kind, from, to, minutes) in [(PostingKind::Allotment, contract, board, 600), (PostingKind::Division, board, school, 240)] {
            books.walk(&Movement { kind, reverses: None, from, to, minutes: Minutes(minutes) });
        }
        let row = |key: AccountKey| (AccountRow { id: AccountId(key.holder.id), key, balance: books.line(&key).idle }, books.line(&key));
        let mut kept = vec![row(contract), row(board), row(school)];
        assert_eq!(books.lines_match_postings(&kept), []);
        kept[2].1.used = Minutes(15);
        let found = books.lines_match_postings(&kept);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].what.contains("keeps allotted 240, used 15, idle 240 but its postings fold to allotted 240, idle 240"),
            "{found:?}"
        );
    }
}
