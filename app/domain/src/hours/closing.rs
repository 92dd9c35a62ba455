//! The end of a month (domain.md §3.2): what perishes with it, when schools hear of it, and when it is given away for them.
//!
//! Always true here: a closing takes what boards, schools and pots have left, to the last minute, and nothing of anybody else.

use super::{AboutKind, AccountKey, HolderKind, Month, PostingKind, Transfer};
use crate::{Minutes, Refusal, time::date_full};
use chrono::{Days, NaiveDate};
use uuid::Uuid;

/// Whether hours of this kind of holder perish with their month. What was set aside, used or perished already, and what the contract
/// still owes, stays where it is.
#[must_use]
pub const fn perishes(kind: HolderKind) -> bool {
    matches!(kind, HolderKind::Board | HolderKind::School | HolderKind::Wijkpot)
}

/// Whether a month can be closed.
///
/// # Errors
/// `month_runs` while its hours can still be used.
pub fn check_ended(month: Month, today: NaiveDate) -> Result<(), Refusal> {
    if month.has_ended(today) {
        return Ok(());
    }
    let advice =
        format!("Er is niets vervallen. De uren van {} {} gelden tot en met {}.", month.name(), month.year(), date_full(month.last_day()));
    Err(Refusal::new("month_runs", "Deze maand is nog niet voorbij", advice))
}

/// What closing a month posts: everything left in it perishes. `closing` is the row that the postings are about.
#[must_use]
pub fn expiries(left: impl IntoIterator<Item = (AccountKey, Minutes)>, month: Month, closing: Uuid) -> Vec<Transfer> {
    left.into_iter()
        .filter(|(key, minutes)| key.bucket.month == Some(month) && perishes(key.holder.kind) && *minutes > Minutes::ZERO)
        .map(|(key, minutes)| {
            let expired = AccountKey::new(key.bucket, key.holder.expired());
            let reason = format!("Einde van {} {}", month.name(), month.year());
            Transfer::new(PostingKind::Expiry, key, expired, minutes).about(AboutKind::Month, closing).because(reason)
        })
        .collect()
}

/// The last day on which somebody may record what was worked in a month.
#[must_use]
pub fn record_until(month: Month, wait_days: u32) -> NaiveDate {
    month.last_day() + Days::new(u64::from(wait_days))
}

/// The day on which schools hear what is about to perish.
#[must_use]
pub fn notice_on(month: Month, notice_day: u32) -> NaiveDate {
    month.first_day() + Days::new(u64::from(notice_day.saturating_sub(1)))
}

/// The day on which hours are given away for schools that asked for it: so many days before the last day of the month.
#[must_use]
pub fn donate_on(month: Month, days_before: u32) -> NaiveDate {
    month.last_day() - Days::new(u64::from(days_before))
}

/// The next day on which hours are given away: that of the month of today, today itself when that day was missed, and that of the month after
/// once it was done.
#[must_use]
pub fn next_donation(today: NaiveDate, days_before: u32, is_done: bool) -> NaiveDate {
    let month = Month::of(today);
    if is_done { donate_on(month.next(), days_before) } else { donate_on(month, days_before).max(today) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::{Balances, Bucket, Holder};
    use crate::{BoardId, BookingId, SchoolId, SupplierId};
    use proptest::prelude::*;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_month_is_closed_from_the_first_day_after_it() {
        let refusal = check_ended(month("2026-11"), day("2026-11-30")).expect_err("it runs");
        assert_eq!(refusal.code, "month_runs");
        assert_eq!(refusal.advice, "Er is niets vervallen. De uren van november 2026 gelden tot en met 30 november 2026.");
        assert_eq!(check_ended(month("2026-11"), day("2026-12-01")), Ok(()));
        assert!(check_ended(month("2026-12"), day("2026-12-01")).is_err());
    }

    #[test]
    fn the_days_of_a_month_follow_the_policy() {
        assert_eq!(record_until(month("2026-11"), 7), day("2026-12-07"));
        assert_eq!(record_until(month("2026-12"), 0), day("2026-12-31"));
        assert_eq!(notice_on(month("2027-02"), 28), day("2027-02-28"));
        assert_eq!(notice_on(month("2026-11"), 15), day("2026-11-15"));
        assert_eq!(donate_on(month("2026-11"), 5), day("2026-11-25"));
        assert_eq!(donate_on(month("2027-02"), 14), day("2027-02-14"));
    }

    #[test]
    fn the_next_donation_is_a_day_on_which_something_happens() {
        assert_eq!(next_donation(day("2026-11-17"), 5, false), day("2026-11-25"));
        assert_eq!(next_donation(day("2026-11-25"), 5, false), day("2026-11-25"));
        assert_eq!(next_donation(day("2026-11-25"), 5, true), day("2026-12-26"));
        assert_eq!(next_donation(day("2026-11-28"), 5, false), day("2026-11-28"), "late is better than not");
        assert_eq!(next_donation(day("2026-12-31"), 5, true), day("2027-01-26"));
    }

    fn any_account() -> impl Strategy<Value = (AccountKey, Minutes)> {
        (0_u128..3, 0_u32..3, 0..HolderKind::ALL.len(), 0_u128..5, -4_i64..400).prop_map(|(supplier, later, kind, holder, quarters)| {
            let supplier = SupplierId(Uuid::from_u128(supplier + 1));
            let bucket = Bucket::of_month(supplier, month("2026-10").plus(later));
            let id = Uuid::from_u128(holder + 10);
            let holder = match HolderKind::ALL[kind] {
                HolderKind::Contract | HolderKind::Reserve => Holder::contract(supplier),
                HolderKind::Board => Holder::board(BoardId(id)),
                HolderKind::School => Holder::school(SchoolId(id)),
                HolderKind::Wijkpot => Holder::wijkpot(id),
                HolderKind::Booking => Holder::booking(BookingId(id)),
                HolderKind::Used => Holder::used(SchoolId(id)),
                HolderKind::Expired => Holder::school(SchoolId(id)).expired(),
            };
            let quarters = if holder.kind == HolderKind::Contract { -quarters.abs() } else { quarters.max(0) };
            (AccountKey::new(bucket, holder), Minutes::quarters(quarters))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn after_a_closing_boards_schools_and_pots_have_nothing_and_nobody_else_lost_anything(accounts in prop::collection::vec(any_account(), 0..60)) {
            let before: Balances = accounts.into_iter().collect();
            let november = month("2026-11");
            let transfers = expiries(before.iter().map(|(key, minutes)| (*key, minutes)), november, Uuid::from_u128(7));
            let mut after = before.clone();
            prop_assert_eq!(after.apply(&transfers), Ok(()));
            let sum = |balances: &Balances| balances.iter().map(|(_, minutes)| minutes).sum::<Minutes>();
            prop_assert_eq!(sum(&after), sum(&before));
            for (key, minutes) in after.iter() {
                let closed = key.bucket.month == Some(november);
                match key.holder.kind {
                    kind if closed && perishes(kind) => prop_assert_eq!(minutes, Minutes::ZERO),
                    HolderKind::Expired if closed => prop_assert!(minutes >= before.of(key)),
                    _ => prop_assert_eq!(minutes, before.of(key)),
                }
            }
            // A second closing finds nothing.
            prop_assert!(expiries(after.iter().map(|(key, minutes)| (*key, minutes)), november, Uuid::from_u128(7)).is_empty());
        }
    }
}
