//! Who pays for a booking, in which order, and who gets back what it did not use (domain.md §3.3).
//!
//! Always true here: the school's own hours go first, a pot only pays what is left, and the reserve never pays by itself.

use super::{Holder, HolderKind, ledger::check_minutes};
use crate::{Choice, Minutes, Refusal};
use serde::{Deserialize, Serialize};

/// What a school draws from pots in a month without anybody deciding: half a day of a specialist, enough for a first visit and
/// too little to empty a pot. The partnership's policy may set another.
pub const POT_AUTOMATIC_MINUTES: Minutes = Minutes::hours(4);

/// The shortest booking (domain.md §6): a shorter one is not worth offering as a way out.
const BOOKING_MINUTES_MIN: Minutes = Minutes::quarters(2);

/// Where hours for a booking can come from, in the order they are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// The school's own hours.
    School,
    /// Its board's, if the board lets its schools book from them.
    Board,
    /// The pot of its wijk.
    Wijkpot,
    /// The pot behind all pots.
    CityPot,
    /// The reserve of the contract; only with a reason and the registrar.
    Reserve,
}

impl SourceKind {
    /// Every source, in the order they are used.
    pub const ALL: [Self; 5] = [Self::School, Self::Board, Self::Wijkpot, Self::CityPot, Self::Reserve];

    /// Whether it pays without anybody deciding.
    #[must_use]
    pub const fn is_automatic(self) -> bool {
        !matches!(self, Self::Reserve)
    }

    /// `eigen uren`: what a person reads.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::School => "eigen uren",
            Self::Board => "uren van het bestuur",
            Self::Wijkpot => "wijkpot",
            Self::CityPot => "stedelijke pot",
            Self::Reserve => "reserve",
        }
    }

    const fn is_pot(self) -> bool {
        matches!(self, Self::Wijkpot | Self::CityPot)
    }
}

/// What one holder has in the bucket, before any rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    /// As which source it would pay.
    pub kind: SourceKind,
    /// Whose account.
    pub holder: Holder,
    /// `De Wissel`, `Wijkpot Noord`: what a person reads.
    pub name: String,
    /// What is idle in it.
    pub idle: Minutes,
    /// Whether another school waits for what is in it: a pot then pays nothing to who did not ask (domain.md §3.3, draws are ranked).
    pub waited_for: bool,
}

/// What a school may take by itself from hours that are not its own, in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayRules {
    /// Whether the board lets its schools book from its hours.
    pub board_mandates: bool,
    /// The most a school takes from its board in a month; none is no limit.
    pub board_cap: Option<Minutes>,
    /// What it took from its board this month.
    pub board_taken: Minutes,
    /// The most a school takes from all pots together in a month.
    pub pot_cap: Minutes,
    /// What it took from pots this month.
    pub pot_taken: Minutes,
}

impl Default for PayRules {
    fn default() -> Self {
        let none = Minutes::ZERO;
        Self { board_mandates: false, board_cap: None, board_taken: none, pot_cap: POT_AUTOMATIC_MINUTES, pot_taken: none }
    }
}

/// One source as it can pay now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Which source.
    pub kind: SourceKind,
    /// Whose account.
    pub holder: Holder,
    /// What a person reads.
    pub name: String,
    /// What it pays by itself. Nothing for a reserve.
    pub available: Minutes,
    /// What is idle in it; more than `available` where a rule holds it back.
    pub idle: Minutes,
    /// Whether another school waits for it.
    pub waited_for: bool,
}

/// Everything that can pay for a booking, in the order it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// In the order they are used.
    pub lines: Vec<Source>,
    /// What the school itself still has: while there is any, it draws nothing from a pot (000, 003).
    pub own_idle: Minutes,
}

/// What one source pays for a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Whose account.
    pub holder: Holder,
    /// Which source.
    pub kind: SourceKind,
    /// How much.
    pub minutes: Minutes,
}

impl Sources {
    /// What each holder can pay under these rules.
    #[must_use]
    pub fn of(stocks: Vec<Stock>, rules: &PayRules) -> Self {
        let mut stocks = stocks;
        stocks.sort_by_key(|stock| stock.kind);
        let mut left_of_pots = left(rules.pot_cap, rules.pot_taken);
        let mut left_of_board = rules.board_cap.map(|cap| left(cap, rules.board_taken));
        let own_idle = stocks.iter().filter(|stock| stock.kind == SourceKind::School).map(|stock| whole(stock.idle)).sum();
        let lines = stocks.into_iter().map(|Stock { kind, holder, name, idle, waited_for }| {
            let idle = whole(idle);
            let available = match kind {
                SourceKind::School => idle,
                SourceKind::Board if rules.board_mandates => take(idle, left_of_board.as_mut()),
                SourceKind::Wijkpot | SourceKind::CityPot if !waited_for => take(idle, Some(&mut left_of_pots)),
                SourceKind::Board | SourceKind::Wijkpot | SourceKind::CityPot | SourceKind::Reserve => Minutes::ZERO,
            };
            Source { kind, holder, name, available, idle, waited_for }
        });
        Self { lines: lines.collect(), own_idle }
    }

    /// Opens so much of a source to the school that just had it: a visit that moves keeps its hours, whoever waits for others.
    pub fn keep(&mut self, holder: Holder, minutes: Minutes) {
        for line in self.lines.iter_mut().filter(|line| line.holder == holder && line.waited_for) {
            line.available = line.available.max(minutes.min(line.idle));
        }
    }

    /// What can be paid without anybody deciding.
    #[must_use]
    pub fn total(&self) -> Minutes {
        self.paying().map(|source| source.available).sum()
    }

    /// Divides what is wanted over the sources, each in its turn until it is empty.
    ///
    /// # Errors
    /// `too_few_hours` at `duur`, with the longest booking that can be paid (in minutes) as a way out; and what is not a number
    /// of minutes to pay at all.
    pub fn pay(&self, wanted: Minutes) -> Result<Vec<Part>, Refusal> {
        check_minutes(wanted).map_err(|refusal| refusal.at("duur"))?;
        if wanted > self.total() {
            return Err(self.too_few(wanted));
        }
        let mut open = wanted;
        let mut parts = Vec::new();
        for source in self.paying() {
            let minutes = source.available.min(open);
            if minutes > Minutes::ZERO {
                parts.push(Part { holder: source.holder, kind: source.kind, minutes });
                open -= minutes;
            }
        }
        Ok(parts)
    }

    /// What could be paid without a reserve, also where somebody decides about it first.
    #[must_use]
    pub fn without_reserve(&self) -> Minutes {
        let there = |source: &Source| if source.kind.is_pot() && !source.waited_for { source.idle } else { source.available };
        self.paying().map(there).sum()
    }

    fn paying(&self) -> impl Iterator<Item = &Source> {
        self.lines.iter().filter(|source| source.kind.is_automatic())
    }

    fn too_few(&self, wanted: Minutes) -> Refusal {
        let total = self.total();
        let there: Vec<String> = self
            .paying()
            .filter(|source| source.kind == SourceKind::School || source.available > Minutes::ZERO)
            .map(|source| format!("{} {}", source.name, source.available))
            .collect();
        let mut advice = format!("Je vraagt {wanted}. Beschikbaar is {total}");
        if !there.is_empty() {
            advice.push_str(&format!(": {}", there.join(", ")));
        }
        advice.push_str(". Er is niets vastgezet. ");
        advice.push_str(if total >= BOOKING_MINUTES_MIN {
            "Kies een kortere afspraak of een andere maand."
        } else {
            "Kies een andere maand."
        });
        if let Some(pot) = self.lines.iter().find(|source| source.kind.is_pot() && source.idle > source.available) {
            let wait = if pot.waited_for { ", maar daar wacht een andere school op" } else { "" };
            advice.push_str(&format!(" In {} ligt nog {}{wait}. Vraag daarvoor een opname aan.", pot.name, pot.idle - pot.available));
        } else if self.lines.iter().any(|source| source.kind.is_pot()) {
            advice.push_str(" Of wacht tot een andere school uren doneert.");
        }
        let longest = (total >= BOOKING_MINUTES_MIN).then(|| Choice { value: total.0.to_string(), label: total.to_string() });
        Refusal::new("too_few_hours", "Er zijn te weinig uren", advice).at("duur").or(longest.into_iter().collect())
    }
}

/// Who gets `minutes` of what these parts paid, last in, first out: a pot gets its hours back before the school does. Once the
/// month has ended nobody can use them any more, and they go to what perished of each source. A reserve belongs to the year, so
/// it gets its minutes back either way. Gives back at most what the parts hold.
#[must_use]
pub fn give_back(parts: &[Part], minutes: Minutes, month_has_ended: bool) -> Vec<(Holder, Minutes)> {
    let mut open = minutes;
    let mut returns = Vec::new();
    for part in parts.iter().rev() {
        let back = part.minutes.min(open);
        if back > Minutes::ZERO {
            let perishes = month_has_ended && part.holder.kind != HolderKind::Reserve;
            returns.push((if perishes { part.holder.expired() } else { part.holder }, back));
            open -= back;
        }
    }
    returns
}

/// What is left of a cap.
fn left(cap: Minutes, taken: Minutes) -> Minutes {
    whole(cap - taken.max(Minutes::ZERO))
}

/// Never below zero, and down to a whole quarter: a cap of `1 u 20` gives `1 u 15`.
fn whole(minutes: Minutes) -> Minutes {
    let minutes = minutes.max(Minutes::ZERO);
    Minutes(minutes.0 - minutes.0 % crate::minutes::QUARTER)
}

/// As much of `idle` as the cap still allows, which it uses up.
fn take(idle: Minutes, cap: Option<&mut Minutes>) -> Minutes {
    let Some(cap) = cap else { return idle };
    let taken = idle.min(*cap);
    *cap -= taken;
    taken
}

#[cfg(test)]
#[path = "sources_tests.rs"]
mod tests;
