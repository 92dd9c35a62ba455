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
