//! What became of one holder's hours in one bucket: the numbers beside a balance, folded from the postings behind it.
//!
//! Always true here: allotted + received − used − set aside − donated − expired − moved = idle, and idle is the balance.

use super::{AccountKey, Books, Month, PostingKind, Transfer};
use crate::{Minutes, Refusal};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
    #[must_use]
    pub fn fold<'a>(account: &AccountKey, movements: impl IntoIterator<Item = &'a Movement>) -> Self {
        let mut books = Books::default();
        for movement in movements {
            books.walk(movement);
        }
        books.line(account)
    }

    /// What the other numbers say must be idle.
    #[must_use]
    pub fn explained(&self) -> Minutes {
        self.allotted + self.received - self.used - self.set_aside - self.donated - self.expired - self.moved
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::sources::{Part, PayRules, SourceKind, Sources, Stock, give_back};
    use crate::hours::{Balances, Bucket, Holder, HolderKind};
    use crate::{BoardId, BookingId, PostingId, SchoolId, SupplierId};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(3));

    fn november() -> Month {
        Month::new(2026, 11).expect("November exists")
    }

    fn account(holder: Holder) -> AccountKey {
        AccountKey::new(Bucket::of_month(SupplierId(Uuid::from_u128(1)), november()), holder)
    }

    fn contract() -> AccountKey {
        account(Holder::contract(SupplierId(Uuid::from_u128(1))))
    }

    fn board() -> AccountKey {
        account(Holder::board(BoardId(Uuid::from_u128(2))))
    }

    fn school() -> AccountKey {
        account(Holder::school(SCHOOL))
    }

    fn pot() -> AccountKey {
        account(Holder::wijkpot(Uuid::from_u128(4)))
    }

    fn booking(number: u128) -> AccountKey {
        account(Holder::booking(BookingId(Uuid::from_u128(100 + number))))
    }

    /// A ledger of one month, written the way the house writes it: transfers that are refused leave no trace.
    #[derive(Default)]
    struct Story {
        balances: Balances,
        movements: Vec<Movement>,
        bookings: Vec<Vec<Part>>,
    }

    impl Story {
        fn post(&mut self, kind: PostingKind, from: AccountKey, to: AccountKey, quarters: i64) {
            let transfer = Transfer::new(kind, from, to, Minutes::quarters(quarters)).because("Proef");
            if self.balances.apply(std::slice::from_ref(&transfer)).is_ok() {
                self.movements.push(Movement::from(&transfer));
            }
        }

        fn put_right(&mut self, place: usize) {
            let Some(movement) = self.movements.get(place).copied().filter(|movement| movement.kind != PostingKind::Reversal) else {
                return;
            };
            if [movement.from, movement.to].iter().any(|account| account.holder.kind == HolderKind::Booking) {
                return;
            }
            let transfer = Transfer::new(movement.kind, movement.from, movement.to, movement.minutes);
            let reversal = transfer.reversed(PostingId(Uuid::from_u128(1)), "Proef").expect("it is not a reversal");
            if self.balances.apply(std::slice::from_ref(&reversal)).is_ok() {
                self.movements.push(Movement { reverses: Some(movement.kind), ..Movement::from(&reversal) });
            }
        }

        fn book(&mut self, quarters: i64) {
            let stock = |kind, account: AccountKey| Stock {
                kind,
                holder: account.holder,
                name: String::new(),
                idle: self.balances.of(&account),
                waited_for: false,
            };
            let stocks = vec![stock(SourceKind::School, school()), stock(SourceKind::Board, board()), stock(SourceKind::Wijkpot, pot())];
            let rules = PayRules { board_mandates: true, ..PayRules::default() };
            let Ok(parts) = Sources::of(stocks, &rules).pay(Minutes::quarters(quarters)) else { return };
            let to = booking(self.bookings.len() as u128);
            for part in &parts {
                self.post(PostingKind::Hold, account(part.holder), to, part.minutes.0 / 15);
            }
            self.bookings.push(parts);
        }

        fn close(&mut self, place: usize, quarters: i64, ended: bool) {
            let Some(parts) = self.bookings.get_mut(place).map(std::mem::take) else { return };
            let from = booking(place as u128);
            let held = self.balances.of(&from);
            let used = Minutes::quarters(quarters).min(held);
            self.post(PostingKind::Use, from, account(Holder::used(SCHOOL)), used.0 / 15);
            for (holder, minutes) in give_back(&parts, held - used, ended) {
                self.post(PostingKind::Return, from, account(holder), minutes.0 / 15);
            }
        }

        fn line(&self, account: AccountKey) -> Line {
            Line::fold(&account, &self.movements)
        }
    }

    #[test]
    fn a_school_reads_what_became_of_its_hours() {
        let mut story = Story::default();
        story.post(PostingKind::Allotment, contract(), board(), 40);
        story.post(PostingKind::Division, board(), school(), 24);
        story.post(PostingKind::Donation, school(), pot(), 8);
        story.post(PostingKind::TakeBack, pot(), school(), 4);
        story.book(24);
        story.close(0, 22, false);
        story.book(2);
        story.post(PostingKind::Expiry, board(), account(board().holder.expired()), 4);
        let quarters = Minutes::quarters;
        let expected = Line { allotted: quarters(24), used: quarters(20), donated: quarters(4), ..Line::default() };
        assert_eq!(story.line(school()), expected);
        let board_line = story.line(board());
        assert_eq!((board_line.allotted, board_line.moved, board_line.used), (quarters(40), quarters(24), quarters(2)));
        assert_eq!((board_line.set_aside, board_line.expired, board_line.idle), (quarters(2), quarters(4), quarters(8)));
        let pot_line = story.line(pot());
        assert_eq!((pot_line.received, pot_line.idle), (quarters(4), quarters(4)));
    }

    #[test]
    fn a_mistake_that_was_put_right_leaves_no_number_behind() {
        let mut story = Story::default();
        story.post(PostingKind::Allotment, contract(), board(), 40);
        story.post(PostingKind::Division, board(), school(), 24);
        let before = (story.line(school()), story.line(board()), story.line(pot()));
        story.post(PostingKind::Donation, school(), pot(), 8);
        story.put_right(2);
        assert_eq!((story.line(school()), story.line(board()), story.line(pot())), before);
        assert_eq!(story.movements.len(), 4);
    }

    #[test]
    fn a_later_count_that_gives_less_reads_as_if_less_was_given_from_the_start() {
        let (mut counted, mut from_the_start) = (Story::default(), Story::default());
        counted.post(PostingKind::Allotment, contract(), board(), 40);
        counted.post(PostingKind::Division, board(), school(), 24);
        counted.post(PostingKind::Reduction, school(), board(), 8);
        counted.post(PostingKind::Reduction, board(), contract(), 10);
        from_the_start.post(PostingKind::Allotment, contract(), board(), 30);
        from_the_start.post(PostingKind::Division, board(), school(), 16);
        for account in [contract(), board(), school()] {
            assert_eq!(counted.line(account), from_the_start.line(account));
        }
        counted.put_right(3);
        assert_eq!((counted.line(board()).allotted, counted.line(contract()).moved), (Minutes::quarters(40), Minutes::quarters(40)));
    }

    #[test]
    fn what_perishes_in_a_booking_is_told_to_whose_hours_they_were() {
        let mut story = Story::default();
        story.post(PostingKind::Allotment, contract(), board(), 10);
        story.post(PostingKind::Division, board(), school(), 4);
        story.book(6);
        story.close(0, 3, true);
        let (school, board) = (story.line(school()), story.line(board()));
        assert_eq!((school.used, school.expired, school.set_aside), (Minutes::quarters(3), Minutes::quarters(1), Minutes::ZERO));
        assert_eq!((board.used, board.expired, board.idle), (Minutes::ZERO, Minutes::quarters(2), Minutes::quarters(4)));
    }

    #[test]
    fn hours_last_until_the_evening_of_the_last_day() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("the day exists");
        assert_eq!(days_left(november(), day(11, 17)), Some(13));
        assert_eq!(days_left(november(), day(11, 30)), Some(0));
        assert_eq!(days_left(november(), day(12, 1)), None);
        assert_eq!(check_month_runs(november(), day(11, 30)), Ok(()));
        assert!(check_month_runs(november(), day(12, 1)).is_err_and(|refusal| refusal.code == "month_ended"));
    }

    proptest! {
        #[test]
        fn the_numbers_of_a_line_explain_its_balance(steps in prop::collection::vec((0_u8..13, 1_i64..30, any::<bool>()), 1..80)) {
            let mut story = Story::default();
            for (step, quarters, ended) in steps {
                match step {
                    0 => story.post(PostingKind::Allotment, contract(), board(), quarters * 4),
                    1 | 2 => story.post(PostingKind::Division, board(), school(), quarters),
                    3 => story.post(PostingKind::Donation, if ended { school() } else { board() }, pot(), quarters),
                    4 => story.post(PostingKind::TakeBack, pot(), if ended { school() } else { board() }, quarters),
                    5 => story.post(PostingKind::Draw, pot(), school(), quarters),
                    6 | 7 => story.book(quarters),
                    8 => story.close(quarters as usize % 4, quarters, ended),
                    9 => story.put_right(quarters as usize),
                    10 => story.post(PostingKind::Reduction, school(), board(), quarters),
                    11 => story.post(PostingKind::Reduction, board(), contract(), quarters),
                    _ => {
                        let from = [board(), school(), pot()][quarters as usize % 3];
                        story.post(PostingKind::Expiry, from, account(from.holder.expired()), quarters);
                    }
                }
            }
            let mut books = Books::default();
            let mut told: BTreeMap<AccountKey, Line> = BTreeMap::new();
            for movement in &story.movements {
                for step in books.walk(movement) {
                    prop_assert_eq!(told.insert(step.account, step.after).unwrap_or_default(), step.before);
                    let ends = [HolderKind::Booking, HolderKind::Used, HolderKind::Expired].contains(&step.account.holder.kind);
                    prop_assert_eq!(step.after.explained(), if ends { Minutes::ZERO } else { step.after.idle });
                }
            }
            for account in [contract(), board(), school(), pot()] {
                let line = story.line(account);
                prop_assert_eq!(told.get(&account).copied().unwrap_or_default(), line);
                prop_assert_eq!(line.idle, story.balances.of(&account));
                prop_assert_eq!(line.explained(), line.idle);
            }
            let sources = [board(), school(), pot()].map(|account| story.line(account));
            let used = sources.iter().map(|line| line.used).sum::<Minutes>();
            prop_assert_eq!(used, story.balances.of(&account(Holder::used(SCHOOL))));
            let set_aside = sources.iter().map(|line| line.set_aside).sum::<Minutes>();
            prop_assert_eq!(set_aside, (0..story.bookings.len()).map(|place| story.balances.of(&booking(place as u128))).sum());
            let expired = [board(), school(), pot()].map(|key| (story.line(key).expired, story.balances.of(&account(key.holder.expired()))));
            prop_assert!(expired.iter().all(|(told, there)| told == there));
        }
    }
}
