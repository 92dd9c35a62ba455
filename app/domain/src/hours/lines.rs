//! What became of one holder's hours in one bucket: the numbers beside a balance, folded from the postings behind it.
//!
//! Always true here: allotted + received − used − set aside − donated − expired − moved = idle, and idle is the balance.

use super::{AccountKey, Holder, HolderKind, Month, PostingKind, Transfer, allows};
use crate::{Minutes, Refusal};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One posting, as far as a line needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Why it moved.
    pub kind: PostingKind,
    /// For a reversal the kind of the posting it puts right.
    pub reverses: Option<PostingKind>,
    /// Where it left.
    pub from: AccountKey,
    /// Where it arrived.
    pub to: AccountKey,
    /// How much.
    pub minutes: Minutes,
}

impl From<&Transfer> for Movement {
    /// The kind a reversal puts right is not in a transfer; where it matters, set `reverses`.
    fn from(transfer: &Transfer) -> Self {
        let Transfer { kind, from, to, minutes, .. } = *transfer;
        Self { kind, reverses: None, from, to, minutes }
    }
}

/// One holder's hours in one bucket. Corrections are taken out of the number they put right, so each reads as if the mistake
/// was never made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Given by whoever divides: from the contract, from the board, into the reserve.
    pub allotted: Minutes,
    /// Worked, and paid by this holder.
    pub used: Minutes,
    /// Waiting in bookings, paid by this holder.
    pub set_aside: Minutes,
    /// Given to a pot and not taken back; for a pot what schools drew from it.
    pub donated: Minutes,
    /// Drawn from a pot or released from the reserve; for a pot what was donated to it.
    pub received: Minutes,
    /// Perished with the month.
    pub expired: Minutes,
    /// Passed on: by a board to its schools, by a reserve, to another month; below zero when more came in that way.
    pub moved: Minutes,
    /// What can still be used: the balance of the account.
    pub idle: Minutes,
}

impl Line {
    /// Folds the line of an account from movements in the order they were posted. They may be all of the bucket; at least those
    /// of the account itself and of each booking it paid for are needed.
    ///
    /// A booking that was paid by several uses their minutes in the order they were set aside (`sources::pay`), and gives back
    /// in the opposite order (`sources::give_back`).
    #[must_use]
    pub fn fold<'a>(account: &AccountKey, movements: impl IntoIterator<Item = &'a Movement>) -> Self {
        let mut line = Self::default();
        let mut bookings = BTreeMap::new();
        for movement in movements {
            if movement.from.bucket == account.bucket || movement.to.bucket == account.bucket {
                line.add(account, movement, &mut bookings);
            }
        }
        for part in bookings.values().flatten().filter(|part| part.holder == account.holder) {
            line.used += part.used;
            line.set_aside += part.held - part.used;
        }
        line
    }

    /// What the other numbers say must be idle.
    #[must_use]
    pub fn explained(&self) -> Minutes {
        self.allotted + self.received - self.used - self.set_aside - self.donated - self.expired - self.moved
    }

    fn add(&mut self, account: &AccountKey, movement: &Movement, bookings: &mut Bookings) {
        if movement.to == *account {
            self.idle += movement.minutes;
        }
        if movement.from == *account {
            self.idle -= movement.minutes;
        }
        let (kind, from, to, minutes) = movement.put_right();
        let (from_me, to_me) = (from == *account, to == *account);
        match kind {
            PostingKind::Allotment | PostingKind::ContractReserve | PostingKind::Division if to_me => self.allotted += minutes,
            PostingKind::Draw | PostingKind::Donation if from_me => self.donated += minutes,
            PostingKind::Draw | PostingKind::Donation | PostingKind::ReserveRelease if to_me => self.received += minutes,
            PostingKind::TakeBack if from_me => self.received -= minutes,
            PostingKind::TakeBack if to_me => self.donated -= minutes,
            PostingKind::Expiry if from_me => self.expired += minutes,
            PostingKind::Hold => hold(bookings.entry(to.holder.id).or_default(), from.holder, minutes),
            PostingKind::Return => {
                // What perished of a booking carries the id of whose it was.
                let perished = to.holder.kind == HolderKind::Expired;
                if perished && to.holder.id == account.holder.id {
                    self.expired += minutes;
                }
                let is_source = |part: &PaidPart| if perished { part.holder.id == to.holder.id } else { part.holder == to.holder };
                give(bookings.entry(from.holder.id).or_default(), is_source, minutes);
            }
            PostingKind::Use => consume(bookings.entry(from.holder.id).or_default(), minutes),
            _ if from_me => self.moved += minutes,
            _ if to_me => self.moved -= minutes,
            _ => {}
        }
    }
}

impl Movement {
    /// The movement as its kind means it: a reversal is the posting it puts right, by minus its minutes.
    fn put_right(&self) -> (PostingKind, AccountKey, AccountKey, Minutes) {
        if self.kind != PostingKind::Reversal {
            return (self.kind, self.from, self.to, self.minutes);
        }
        let possible =
            || PostingKind::ALL.iter().copied().find(|kind| *kind != PostingKind::Reversal && allows(*kind, &self.to, &self.from));
        (self.reverses.or_else(possible).unwrap_or(self.kind), self.to, self.from, -self.minutes)
    }
}

type Bookings = BTreeMap<Uuid, Vec<PaidPart>>;

/// What one holder paid for one booking, and how much of that was worked.
struct PaidPart {
    holder: Holder,
    held: Minutes,
    used: Minutes,
}

fn hold(parts: &mut Vec<PaidPart>, holder: Holder, minutes: Minutes) {
    if minutes < Minutes::ZERO {
        give(parts, |part| part.holder == holder, -minutes);
    } else {
        parts.push(PaidPart { holder, held: minutes, used: Minutes::ZERO });
    }
}

fn give(parts: &mut [PaidPart], is_source: impl Fn(&PaidPart) -> bool, minutes: Minutes) {
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

fn consume(parts: &mut [PaidPart], minutes: Minutes) {
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

/// Days until hours of a month perish: 13 on 17 November, 0 on the 30th, none once December has begun.
#[must_use]
pub fn days_left(month: Month, today: NaiveDate) -> Option<i64> {
    (!has_ended(month, today)).then(|| (month.last_day() - today).num_days())
}

/// Whether hours of a month can no longer be used.
#[must_use]
pub fn has_ended(month: Month, today: NaiveDate) -> bool {
    today > month.last_day()
}

/// Whether hours of a month can still be given, drawn or set aside.
///
/// # Errors
/// `month_ended` once they can not (000: unused hours do not go to a later month).
pub fn check_month_runs(month: Month, today: NaiveDate) -> Result<(), Refusal> {
    if has_ended(month, today) { Err(month_ended(month)) } else { Ok(()) }
}

/// The refusal for hours of a month that is over.
#[must_use]
pub fn month_ended(month: Month) -> Refusal {
    let heading = format!("De maand {} is voorbij", month.name());
    let advice = format!(
        "Uren van {} {} kun je niet meer gebruiken. Er is niets veranderd. Kies een maand die nog loopt.",
        month.name(),
        month.year()
    );
    Refusal::new("month_ended", heading, advice)
}
