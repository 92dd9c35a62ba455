//! What every account holds, and what happens to it when transfers are posted.
//!
//! Always true here: only a contract is below zero, and the sum over all accounts stays what it was.

use super::{AccountKey, HolderKind, Transfer};
use crate::{Minutes, Refusal};
use std::collections::BTreeMap;

/// The balance of each account; an account that is not named holds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balances(BTreeMap<AccountKey, Minutes>);

impl FromIterator<(AccountKey, Minutes)> for Balances {
    fn from_iter<I: IntoIterator<Item = (AccountKey, Minutes)>>(accounts: I) -> Self {
        Self(accounts.into_iter().collect())
    }
}

impl Balances {
    /// What an account holds.
    #[must_use]
    pub fn of(&self, account: &AccountKey) -> Minutes {
        self.0.get(account).copied().unwrap_or_default()
    }

    /// Every account that was ever touched, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&AccountKey, Minutes)> {
        self.0.iter().map(|(account, minutes)| (account, *minutes))
    }

    /// Posts these transfers in this order, all of them or none. The order counts: what is not there yet cannot be passed on,
    /// just as the database would have it.
    ///
    /// # Errors
    /// What `Transfer::check` refuses, and `too_few_hours` when an account other than a contract would go below zero.
    pub fn apply(&mut self, transfers: &[Transfer]) -> Result<(), Refusal> {
        let mut touched = BTreeMap::new();
        for transfer in transfers {
            transfer.check()?;
            let there = *touched.entry(transfer.from).or_insert_with(|| self.of(&transfer.from));
            let left = there - transfer.minutes;
            if left < Minutes::ZERO && transfer.from.holder.kind != HolderKind::Contract {
                return Err(too_few_hours(&transfer.from, there, transfer.minutes));
            }
            touched.insert(transfer.from, left);
            *touched.entry(transfer.to).or_insert_with(|| self.of(&transfer.to)) += transfer.minutes;
        }
        self.0.extend(touched);
        Ok(())
    }
}

fn too_few_hours(account: &AccountKey, there: Minutes, wanted: Minutes) -> Refusal {
    let (subject, when) = (
        account.holder.kind.subject(),
        match account.bucket.month {
            Some(month) => format!("in {} ", month.name()),
            None => format!("in {} ", account.bucket.school_year),
        },
    );
    let advice =
        format!("{subject} heeft {when}nog {there}. Gevraagd is {wanted}. Er is niets geboekt. Kies minder uren of een andere maand.");
    Refusal::new("too_few_hours", "Er zijn te weinig uren", advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::{Bucket, Holder, Month, PostingKind};
    use crate::{BoardId, BookingId, SchoolId, SupplierId};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn november() -> Bucket {
        Bucket::of_month(SupplierId(Uuid::from_u128(1)), Month::new(2026, 11).expect("November exists"))
    }

    fn accounts() -> Vec<AccountKey> {
        let (month, school) = (november(), SchoolId(Uuid::from_u128(3)));
        let december = Bucket::of_month(month.supplier, Month::new(2026, 12).expect("December exists"));
        let (board, pot) = (Holder::board(BoardId(Uuid::from_u128(2))), Holder::wijkpot(Uuid::from_u128(4)));
        let holders = [Holder::contract(month.supplier), board, Holder::school(school), pot];
        let more = [Holder::booking(BookingId(Uuid::from_u128(5))), Holder::used(school), Holder::school(school).expired()];
        let in_year =
            [Holder::contract(month.supplier), Holder::reserve(month.supplier)].map(|holder| AccountKey::new(month.year(), holder));
        let in_month = holders.into_iter().chain(more).map(|holder| AccountKey::new(month, holder));
        in_month.chain(in_year).chain([AccountKey::new(december, Holder::school(school))]).collect()
    }

    fn transfer(kind: PostingKind, from: usize, to: usize, minutes: i64) -> Transfer {
        Transfer::new(kind, accounts()[from], accounts()[to], Minutes(minutes)).because("Proef")
    }

    /// Every legal transfer between the accounts above, and its amount.
    fn any_transfer() -> impl Strategy<Value = Transfer> {
        let legal: Vec<Transfer> = PostingKind::ALL
            .iter()
            .flat_map(|kind| (0..10).flat_map(move |from| (0..10).map(move |to| transfer(*kind, from, to, 15))))
            .filter(|transfer| transfer.check().is_ok())
            .collect();
        (prop::sample::select(legal), 1_i64..40)
            .prop_map(|(transfer, quarters)| Transfer { minutes: Minutes::quarters(quarters), ..transfer })
    }

    #[test]
    fn the_last_minute_can_be_spent_and_not_one_more() {
        let mut balances = Balances::default();
        balances
            .apply(&[transfer(PostingKind::Allotment, 0, 1, 120), transfer(PostingKind::Division, 1, 2, 120)])
            .expect("there is enough");
        let before = balances.clone();
        let refusal =
            balances.apply(&[transfer(PostingKind::Hold, 2, 4, 120), transfer(PostingKind::Hold, 2, 4, 15)]).expect_err("one too many");
        assert_eq!(refusal.code, "too_few_hours");
        assert!(refusal.advice.replace('\u{a0}', " ").starts_with("De school heeft in november nog 0 u. Gevraagd is 15 min."), "{refusal}");
        assert_eq!(balances, before, "all or nothing");
        balances.apply(&[transfer(PostingKind::Hold, 2, 4, 120)]).expect("the last minute");
        assert_eq!(balances.of(&accounts()[2]), Minutes::ZERO);
        assert_eq!(balances.of(&accounts()[0]), Minutes(-120));
    }

    #[test]
    fn hours_are_not_passed_on_before_they_arrive() {
        let mut balances = Balances::default();
        let early = [transfer(PostingKind::Division, 1, 2, 60), transfer(PostingKind::Allotment, 0, 1, 60)];
        assert!(balances.apply(&early).is_err());
        assert_eq!(balances, Balances::default());
    }

    proptest! {
        #[test]
        fn no_minute_is_made_or_lost_and_only_a_contract_is_below_zero(batches in prop::collection::vec(prop::collection::vec(any_transfer(), 1..4), 1..60)) {
            let mut balances = Balances::default();
            for batch in batches {
                let before = balances.clone();
                if balances.apply(&batch).is_err() {
                    prop_assert_eq!(&balances, &before);
                }
                prop_assert_eq!(balances.iter().map(|(_, minutes)| minutes).sum::<Minutes>(), Minutes::ZERO);
                for (account, minutes) in balances.iter() {
                    prop_assert!(minutes >= Minutes::ZERO || account.holder.kind == HolderKind::Contract);
                }
            }
        }
    }
}
