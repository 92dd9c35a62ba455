//! Asking a pot for hours.
//!
//! Always true here: nothing is drawn while the school has idle hours of that supplier in that month (000, 003).

use super::{must_be_amount, must_be_near, must_run};
use crate::{
    Choice, Minutes, Refusal,
    bookings::{Level, check_reason},
    experts::taxonomy::Category,
    hours::{
        Month,
        kinds::words,
        sources::{Part, PayRules, Sources, Stock},
    },
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Forty hours: a working week of a specialist. What needs more is a plan, not a draw.
const DRAW_MINUTES_MAX: Minutes = Minutes::hours(40);
/// Questions of one school that wait at the same time: one a category leaves the queue readable for everybody.
pub const WAITING_MAX: usize = 10;

words! {
    /// How much hurry there is, by the school's own word, from least to most. It is the first thing draws are ranked by.
    Urgency:
    /// It can wait a while.
    Low = "low", "laag";
    /// As usual.
    Normal = "normal", "gewoon";
    /// It cannot wait.
    High = "high", "hoog";
}

words! {
    /// Where a school's question for hours stands.
    DrawState:
    /// It waits: for hours, or for whoever decides.
    Asked = "asked", "gevraagd";
    /// The school has the hours.
    Granted = "granted", "toegekend";
    /// Whoever decides said no.
    Refused = "refused", "afgewezen";
    /// The school thought again.
    Withdrawn = "withdrawn", "ingetrokken";
}

impl DrawState {
    /// Only what waits can be decided, voted on or withdrawn.
    ///
    /// # Errors
    /// `draw_settled`.
    pub fn must_wait(self) -> Result<(), Refusal> {
        if self == Self::Asked {
            return Ok(());
        }
        let heading = format!("Deze opname is al {}", self.dutch());
        Err(Refusal::new("draw_settled", heading, "Er is niets veranderd. Laad de pagina opnieuw."))
    }

    /// No, with a reason the school reads.
    ///
    /// # Errors
    /// `draw_settled`, and without a reason at `reden`.
    pub fn refuse(self, reason: &str) -> Result<String, Refusal> {
        self.must_wait()?;
        check_reason(reason)
    }
}

/// What a form says of what hours are for.
#[derive(Clone, Copy, Debug)]
pub struct DrawWish<'a> {
    /// How much hurry.
    pub urgentie: &'a str,
    /// For whom.
    pub niveau: &'a str,
    /// The category of expertise.
    pub soort: &'a str,
}

/// What hours are for, read from a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How much hurry.
    pub urgency: Urgency,
    /// For whom.
    pub level: Level,
    /// In which field.
    pub category: Category,
}

impl DrawWish<'_> {
    /// What is asked for.
    ///
    /// # Errors
    /// At `urgentie`, `niveau` or `soort` when nothing that exists was chosen.
    pub fn read(&self) -> Result<Wanted, Refusal> {
        let missing = |field, heading| Refusal::new("choice_missing", heading, "Kies er een. Er is niets veranderd.").at(field);
        Ok(Wanted {
            urgency: Urgency::from_code(self.urgentie).ok_or_else(|| missing("urgentie", "Er is nog geen urgentie gekozen"))?,
            level: Level::from_code(self.niveau).ok_or_else(|| missing("niveau", "Er is nog niet gekozen voor wie"))?,
            category: Category::from_code(self.soort).ok_or_else(|| missing("soort", "Er is nog niet gekozen waarvoor"))?,
        })
    }
}

/// What there is for a draw, in one bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawStock {
    /// `De Wissel`: whose specialists the hours buy.
    pub supplier: String,
    /// Of which month.
    pub month: Month,
    /// What the school itself has idle.
    pub own_idle: Minutes,
    /// The pot of its wijk and the city-wide pot behind it, with what they hold.
    pub pots: Vec<Stock>,
}

impl DrawStock {
    /// What the pots hold together.
    #[must_use]
    pub fn in_pots(&self) -> Minutes {
        self.pots.iter().map(|pot| pot.idle).sum()
    }

    /// Which pot gives how much: the wijk's own first, the city-wide one what is missing.
    ///
    /// # Errors
    /// `pots_too_little` at `minuten` when they do not hold it.
    pub fn give(&self, minutes: Minutes) -> Result<Vec<Part>, Refusal> {
        let there = self.in_pots();
        if minutes > there {
            let advice = format!("Er ligt {there} {} in de pot. Er is niets veranderd. Kies hooguit {there}.", self.supplier);
            let all = (there > Minutes::ZERO).then(|| Choice { value: there.0.to_string(), label: there.to_string() });
            let refusal = Refusal::new("pots_too_little", "Zoveel zit er niet in de pot", advice);
            return Err(refusal.at("minuten").or(all.into_iter().collect()));
        }
        Sources::of(self.pots.clone(), &PayRules { pot_cap: minutes, ..PayRules::default() }).pay(minutes)
    }

    /// Own hours go first.
    ///
    /// # Errors
    /// `own_hours_first`: `Je hebt zelf nog 2 u De Wissel. Gebruik die eerst.`
    pub fn own_hours_first(&self) -> Result<(), Refusal> {
        if self.own_idle <= Minutes::ZERO {
            return Ok(());
        }
        let heading = format!("Je hebt zelf nog {} {}. Gebruik die eerst", self.own_idle, self.supplier);
        let advice = format!("Er is niets opgenomen. Zijn je eigen uren van {} op? Dan kan het wel.", self.month.name());
        Err(Refusal::new("own_hours_first", heading, advice).at("leverancier"))
    }

    /// The same, for whoever decides about another school.
    ///
    /// # Errors
    /// `own_hours_first`: `De Meerpaal heeft zelf nog 2 u De Wissel. Die gaan eerst.`
    fn own_hours_of(&self, school: &str) -> Result<(), Refusal> {
        self.own_hours_first().map_err(|refusal| {
            let heading = format!("{school} heeft zelf nog {} {}. Die gaan eerst", self.own_idle, self.supplier);
            Refusal { heading: heading.into(), advice: "Er is niets toegekend. De vraag blijft staan.".into(), ..refusal }
        })
    }
}

/// A school's question for hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    /// How much it asked.
    pub minutes: Minutes,
    /// Where it stands.
    pub state: DrawState,
}

impl Draw {
    /// Whether a school may ask for this much now.
    ///
    /// # Errors
    /// `month_ended`, `month_far`, `amount_…`, `own_hours_first`, `too_many_wait`.
    pub fn ask(minutes: Minutes, stock: &DrawStock, waiting: usize, now: DateTime<Utc>) -> Result<Self, Refusal> {
        must_run(stock.month, now)?;
        must_be_near(stock.month, now)?;
        if waiting >= WAITING_MAX {
            let advice = format!("Er wachten er al {waiting}. Trek er een in of wacht op een antwoord. Er is niets gevraagd.");
            return Err(Refusal::new("too_many_wait", "Je school vraagt al genoeg tegelijk", advice));
        }
        must_be_amount(minutes, DRAW_MINUTES_MAX)?;
        stock.own_hours_first()?;
        Ok(Self { minutes, state: DrawState::Asked })
    }

    /// Gives a school what it asked, or less, out of the pots. Somebody else decided that it may.
    ///
    /// # Errors
    /// `draw_settled`, `month_ended`, `amount_…`, `own_hours_first` or `pots_too_little`.
    pub fn grant(&self, school: &str, minutes: Minutes, stock: &DrawStock, now: DateTime<Utc>) -> Result<Vec<Part>, Refusal> {
        self.state.must_wait()?;
        must_run(stock.month, now)?;
        must_be_amount(minutes, self.minutes)?;
        stock.own_hours_of(school)?;
        stock.give(minutes)
    }
}
