//! The order of waiting draws, by need: urgency, then the fewest hours per pupil, then who waits longest (domain.md §3.3).
//!
//! Always true here: the order is the same for everybody, does not depend on the order of the list, and each place has its reason.

use super::Urgency;
use crate::{DrawId, Minutes, SchoolId, WijkpotId};
use chrono::{DateTime, Utc};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// A draw that waits, as far as its place depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Which draw.
    pub draw: DrawId,
    /// Of which school.
    pub school: SchoolId,
    /// `De Vuurtoren`.
    pub name: String,
    /// How much hurry.
    pub urgency: Urgency,
    /// How much it asks.
    pub minutes: Minutes,
    /// What the school used and set aside this school year.
    pub had: Minutes,
    /// Its pupils, where known. A school without a number stands behind the others of its urgency.
    pub pupils: Option<i64>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
}

/// A waiting draw in its place, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The draw.
    pub need: Need,
    /// Why it stands here.
    pub reason: String,
}

/// What puts one draw before another.
enum Because {
    Urgency,
    Hours,
    Waiting,
}

impl Need {
    /// Hours per hundred pupils, in hundredths, so that an order one can read explains itself; none without a number of pupils.
    #[must_use]
    pub fn hundredths_per_hundred(&self) -> Option<i64> {
        // minutes / 60 / pupils × 100 × 100, to the nearest hundredth.
        self.pupils.filter(|pupils| *pupils > 0).map(|pupils| (self.had.0 * 1_000 + 3 * pupils) / (6 * pupils))
    }

    fn by_hours(&self, other: &Self) -> Ordering {
        let known = |pupils: Option<i64>| pupils.filter(|pupils| *pupils > 0);
        match (known(self.pupils), known(other.pupils)) {
            // Crosswise, so that nothing is rounded.
            (Some(mine), Some(theirs)) => (i128::from(self.had.0) * i128::from(theirs)).cmp(&(i128::from(other.had.0) * i128::from(mine))),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        let by_urgency = other.urgency.cmp(&self.urgency);
        by_urgency.then_with(|| self.by_hours(other)).then_with(|| self.since.cmp(&other.since)).then_with(|| self.draw.cmp(&other.draw))
    }

    fn because(&self, other: &Self) -> Because {
        if self.urgency != other.urgency {
            Because::Urgency
        } else if self.by_hours(other) != Ordering::Equal {
            Because::Hours
        } else {
            Because::Waiting
        }
    }
}

/// Puts waiting draws in their order, each with its reason in words.
#[must_use]
pub fn rank(mut needs: Vec<Need>) -> Vec<Ranked> {
    needs.sort_by(Need::order);
    let reasons: Vec<String> = (0..needs.len()).map(|place| reason(&needs, place)).collect();
    needs.into_iter().zip(reasons).map(|(need, reason)| Ranked { need, reason }).collect()
}

fn reason(needs: &[Need], place: usize) -> String {
    let need = &needs[place];
    if let Some(next) = needs.get(place + 1) {
        let name = &next.name;
        return match need.because(next) {
            Because::Urgency => {
                let alone = needs.iter().filter(|other| other.urgency == need.urgency).count() == 1;
                let word = match need.urgency {
                    Urgency::High => "hoge",
                    Urgency::Normal => "gewone",
                    Urgency::Low => "lage",
                };
                if alone { format!("Enige met {word} urgentie.") } else { format!("Hogere urgentie dan {name}.") }
            }
            Because::Hours if next.pupils.is_none_or(|pupils| pupils <= 0) => format!("Van {name} is het leerlingental onbekend."),
            Because::Hours => format!("Minder uren per leerling dan {name}."),
            Because::Waiting => format!("Wacht langer dan {name}."),
        };
    }
    let Some(before) = place.checked_sub(1).map(|before| &needs[before]) else { return "Enige die wacht.".to_owned() };
    let name = &before.name;
    match need.because(before) {
        Because::Urgency => format!("Lagere urgentie dan {name}."),
        Because::Hours if need.pupils.is_none_or(|pupils| pupils <= 0) => "Het leerlingental is onbekend.".to_owned(),
        Because::Hours => format!("Meer uren per leerling dan {name}."),
        Because::Waiting => format!("Wacht korter dan {name}."),
    }
}

/// A draw that may be paid as soon as its pot, or the city-wide one behind it, holds enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approved {
    /// Which draw.
    pub draw: DrawId,
    /// From which pot.
    pub pot: WijkpotId,
    /// How much.
    pub minutes: Minutes,
}

/// Which of these approved draws of one bucket, in the order of their need, can be paid from what the pots hold. Nobody is overtaken: who
/// asks for more than there is waits, and so does whoever stands behind it for the same pot or for the city-wide one.
#[must_use]
pub fn payable(approved: &[Approved], mut pots: BTreeMap<WijkpotId, Minutes>, city: Minutes) -> Vec<DrawId> {
    let mut city = Some(city);
    let mut waited_for = BTreeSet::new();
    let mut paid = Vec::new();
    for Approved { draw, pot, minutes } in approved.iter().filter(|approved| approved.minutes > Minutes::ZERO) {
        if waited_for.contains(pot) {
            continue;
        }
        let own = pots.entry(*pot).or_default();
        let behind = city.unwrap_or_default();
        if *minutes > *own + behind {
            waited_for.insert(*pot);
            city = None;
            continue;
        }
        let from_own = (*minutes).min(*own);
        *own -= from_own;
        city = city.map(|city| city - (*minutes - from_own));
        paid.push(*draw);
    }
    paid
}
