//! A count during the year: what changes in each account when a year is divided anew (003, growing schools).
//!
//! Always true here: what was given in months that have ended stays; the rest of the year makes up the difference; nothing is taken that
//! is not idle; and what can not be taken is refused by name and amount, all of it at once.

use super::{AccountKey, Bucket, Holder, Month, SchoolYear, spread};
use crate::{Minutes, Refusal, SupplierId};
use std::collections::BTreeMap;

/// How many names a refusal tells; the others are counted.
const NAMED_MAX: usize = 5;

/// An account that is divided into, as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// What whoever divides gave it, less what was taken back.
    pub minutes: Minutes,
    /// What is idle in it, wherever that came from.
    pub idle: Minutes,
}

impl Given {
    /// What can be taken back: given, and still there.
    #[must_use]
    pub fn takeable(&self) -> Minutes {
        self.minutes.min(self.idle).max(Minutes::ZERO)
    }
}

/// Every account that is divided into; one that is not named was given nothing.
pub type Standing = BTreeMap<AccountKey, Given>;

/// What a holder is to have of a supplier's year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The supplier.
    pub supplier: SupplierId,
    /// Its name.
    pub supplier_name: String,
    /// A board, or the reserve.
    pub holder: Holder,
    /// Its name.
    pub name: String,
    /// The whole year.
    pub minutes: Minutes,
    /// The months in use, in their order; none for the reserve, which lives in the year.
    pub months: Vec<Month>,
}

/// Something that can not be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// Who would give it back, and of whose hours: `KPO, Kameleon`.
    pub name: String,
    /// How much it would give back.
    pub wanted: Minutes,
    /// How much of that is there.
    pub there: Minutes,
}

/// What each account gets (above zero) or gives back (below), so that every goal is met. `from` is the first month that still runs; without
/// one the year is divided for the first time, and all its months count.
///
/// More is spread over the months in use that remain as a year is ([`spread()`]). Less is taken from them as evenly as what is idle there
/// allows. Months that are no longer in use give back all they were given.
///
/// # Errors
/// `hours_gone` with every shortage, and `no_months_left` when there is more to give and no month to give it in.
pub fn recount(year: SchoolYear, goals: &[Goal], standing: &Standing, from: Option<Month>) -> Result<Vec<(AccountKey, Minutes)>, Refusal> {
    let (mut changes, mut shortages) = (Vec::new(), Vec::new());
    for goal in goals {
        let name = || format!("{}, {}", goal.name, goal.supplier_name);
        let given = |bucket: Bucket| standing.get(&AccountKey::new(bucket, goal.holder)).copied().unwrap_or_default();
        let mut change = |bucket: Bucket, minutes: Minutes| {
            if minutes != Minutes::ZERO {
                changes.push((AccountKey::new(bucket, goal.holder), minutes));
            }
        };
        let in_year = Bucket::of_year(goal.supplier, year);
        if goal.months.is_empty() && goal.holder == Holder::reserve(goal.supplier) {
            let reserve = given(in_year);
            let difference = goal.minutes - reserve.minutes;
            shortages.extend(shortage(name, -difference, reserve.takeable()));
            change(in_year, difference);
            continue;
        }
        let buckets = || year.calendar().into_iter().map(|month| (month, Bucket::of_month(goal.supplier, month)));
        let runs = |month: Month| from.is_none_or(|from| month >= from);
        let all: Minutes = buckets().map(|(_, bucket)| given(bucket).minutes).sum();

        let mut dropped = Minutes::ZERO;
        for (_, bucket) in buckets().filter(|(month, _)| runs(*month) && !goal.months.contains(month)) {
            let back = given(bucket);
            shortages.extend(shortage(name, back.minutes, back.takeable()));
            change(bucket, -back.minutes);
            dropped += back.minutes;
        }
        let open: Vec<Bucket> = buckets().filter(|(month, _)| runs(*month) && goal.months.contains(month)).map(|(_, b)| b).collect();
        let difference = goal.minutes - (all - dropped);
        if difference > Minutes::ZERO {
            if open.is_empty() {
                return Err(no_months_left(goal, difference));
            }
            open.iter().zip(spread(difference, open.len())).for_each(|(bucket, minutes)| change(*bucket, minutes));
        } else {
            let room: Vec<Minutes> = open.iter().map(|bucket| given(*bucket).takeable()).collect();
            shortages.extend(shortage(name, -difference, room.iter().copied().sum()));
            open.iter().zip(take(-difference, &room)).for_each(|(bucket, minutes)| change(*bucket, -minutes));
        }
    }
    if shortages.is_empty() { Ok(changes) } else { Err(hours_gone(&shortages)) }
}

/// Takes a total from months as evenly as what is in them allows; as much as there is, when that is less.
#[must_use]
pub fn take(total: Minutes, room: &[Minutes]) -> Vec<Minutes> {
    let mut taken = vec![Minutes::ZERO; room.len()];
    let mut left = total.min(room.iter().copied().sum());
    // Each round empties a month or ends, so there are no more rounds than months.
    while left > Minutes::ZERO {
        let open: Vec<usize> = (0..room.len()).filter(|&month| taken[month] < room[month]).collect();
        for (&month, part) in open.iter().zip(spread(left, open.len())) {
            let part = part.min(room[month] - taken[month]);
            taken[month] += part;
            left -= part;
        }
    }
    taken
}

/// The shortage of somebody who gives back `wanted` of the `there` they have, when that is too little.
pub(super) fn shortage(name: impl FnOnce() -> String, wanted: Minutes, there: Minutes) -> Option<Shortage> {
    (wanted > Minutes::ZERO && wanted > there).then(|| Shortage { name: name(), wanted, there })
}

/// The refusal of a count that would take hours which were passed on, set aside or used: who, how much, and what is left of it.
#[must_use]
pub fn hours_gone(shortages: &[Shortage]) -> Refusal {
    let mut advice = String::from("Er is niets veranderd. Dit zou terug moeten:");
    for shortage in shortages.iter().take(NAMED_MAX) {
        advice.push_str(&format!(" {} {}, daarvan is er nog {}.", shortage.name, shortage.wanted, shortage.there));
    }
    if let Some(others @ 1..) = shortages.len().checked_sub(NAMED_MAX) {
        advice.push_str(&format!(" En nog {others} andere."));
    }
    advice.push_str(" De rest is al doorgegeven, vastgezet of gebruikt. Haal die uren eerst terug, of kies een hoger aantal.");
    Refusal::new("hours_gone", "Dit neemt uren terug die er niet meer zijn", advice)
}

fn no_months_left(goal: &Goal, difference: Minutes) -> Refusal {
    let heading = format!("Er is geen maand meer voor {difference} van {}", goal.supplier_name);
    Refusal::new(
        "no_months_left",
        heading,
        "Er is niets veranderd. Kies bij de maanden er minstens één die nog loopt, of laat het contract zoals het was.",
    )
    .at("maanden")
}

#[cfg(test)]
#[path = "recount_tests.rs"]
mod tests;
