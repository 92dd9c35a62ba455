//! Giving idle hours to a pot, and taking them back.
//!
//! Always true here: nobody gives what is not idle, and what is taken back is at most what was given and is still there.

use super::{Left, must_be_amount, must_run};
use crate::{
    BoardId, Choice, Minutes, Refusal, SchoolId,
    bookings::check_reason,
    hours::{Holder, HolderKind, Month, POSTING_MINUTES_MAX, kinds::words},
    policy::BoardConsent,
    time,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A day: long enough to think again, short enough that the pot can be trusted (domain.md §3.3).
pub const TAKE_BACK_WITHIN: TimeDelta = TimeDelta::hours(24);

words! {
    /// Where a gift stands.
    DonationState:
    /// The board must consent first; nothing has moved.
    Waiting = "waiting", "wacht op het bestuur";
    /// It lies, or lay, in the pot.
    Given = "given", "gegeven";
    /// The board said no; nothing moved.
    Refused = "refused", "afgewezen door het bestuur";
    /// The donor thought again before the board answered; nothing moved.
    Withdrawn = "withdrawn", "ingetrokken";
    /// The donor took back what was still there.
    TakenBack = "taken_back", "teruggenomen";
}

/// Whose hours are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Donor {
    /// A school's own.
    School(SchoolId),
    /// A board's, that it did not divide.
    Board(BoardId),
}

impl Donor {
    /// Whose account they are in.
    #[must_use]
    pub const fn holder(self) -> Holder {
        match self {
            Self::School(school) => Holder::school(school),
            Self::Board(board) => Holder::board(board),
        }
    }

    /// The donor whose account this is; only schools and boards give.
    #[must_use]
    pub fn of(holder: Holder) -> Option<Self> {
        match holder.kind {
            HolderKind::School => Some(Self::School(holder.id.into())),
            HolderKind::Board => Some(Self::Board(holder.id.into())),
            _ => None,
        }
    }
}

/// What somebody wants to give.
#[derive(Clone, Copy, Debug)]
pub struct Gift<'a> {
    /// `De Brink`: whose specialists the hours buy.
    pub supplier: &'a str,
    /// Of which month.
    pub month: Month,
    /// How much.
    pub minutes: Minutes,
    /// What the donor has idle in that bucket.
    pub idle: Minutes,
    /// What the donor offered of that already, and waits for the board: the same hours are not promised twice.
    pub waiting: Minutes,
    /// Whether a board stands above the donor: a board itself, and a school without one, ask nobody.
    pub has_board: bool,
}

impl Gift<'_> {
    /// Whether it can be given, and whether it is given now or waits for the board.
    ///
    /// # Errors
    /// `month_ended`, `amount_…` or `not_idle` at `minuten`, with all that is idle as a way out.
    pub fn give(&self, consent: BoardConsent, now: DateTime<Utc>) -> Result<DonationState, Refusal> {
        must_run(self.month, now)?;
        must_be_amount(self.minutes, POSTING_MINUTES_MAX)?;
        self.must_be_free()?;
        Ok(if self.has_board && consent == BoardConsent::Required { DonationState::Waiting } else { DonationState::Given })
    }

    /// The board says yes: what waited is given, when it is still idle.
    ///
    /// # Errors
    /// As [`Gift::give`], and `donation_settled` when it no longer waits.
    pub fn consent(&self, state: DonationState, now: DateTime<Utc>) -> Result<(), Refusal> {
        state.must_wait()?;
        must_run(self.month, now)?;
        self.must_be_idle()
    }

    /// What already waits for the board is not offered again.
    fn must_be_free(&self) -> Result<(), Refusal> {
        let free = (self.idle - self.waiting).max(Minutes::ZERO);
        if self.minutes <= free || self.minutes > self.idle {
            return self.must_be_idle();
        }
        let advice =
            format!("Je bestuur beslist nog over {}. Er is niets gedoneerd. Wacht op antwoord of trek die donatie in.", self.waiting);
        let rest = (free > Minutes::ZERO).then(|| Choice { value: free.0.to_string(), label: free.to_string() });
        let refusal = Refusal::new("gift_waits", "Deze uren bood je al aan", advice);
        Err(refusal.at("minuten").or(rest.into_iter().collect()))
    }

    fn must_be_idle(&self) -> Result<(), Refusal> {
        if self.minutes <= self.idle {
            return Ok(());
        }
        let (idle, supplier, month) = (self.idle, self.supplier, self.month.name());
        if idle <= Minutes::ZERO {
            let advice = "Er is niets gedoneerd. Kies een andere leverancier of een andere maand.";
            return Err(Refusal::new("not_idle", format!("Er is in {month} niets meer vrij bij {supplier}"), advice).at("minuten"));
        }
        let advice = format!("In {month} is nog {idle} {supplier} vrij. Er is niets gedoneerd. Kies hooguit {idle}.");
        let all = Choice { value: idle.0.to_string(), label: idle.to_string() };
        Err(Refusal::new("not_idle", "Zoveel is er niet vrij", advice).at("minuten").or(vec![all]))
    }
}

/// A gift as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Donation {
    /// Of which month.
    pub month: Month,
    /// How much was given.
    pub minutes: Minutes,
    /// Where it stands.
    pub state: DonationState,
    /// When it came into the pot.
    pub given_at: Option<DateTime<Utc>>,
}

impl Donation {
    /// Until when the donor may take it back; none when it is not in the pot.
    #[must_use]
    pub fn until(&self) -> Option<DateTime<Utc>> {
        self.given_at.filter(|_| self.state == DonationState::Given).map(|given| given + TAKE_BACK_WITHIN)
    }

    /// How much goes back to the donor, given what is left of the gift. None moves for a gift that still waits for its board: that one is
    /// withdrawn.
    ///
    /// # Errors
    /// `donation_settled`, `month_ended`, `take_back_late`, `gift_used` when the donor took as much from pots itself, or `pot_empty`.
    pub fn take_back(&self, left: Left, now: DateTime<Utc>) -> Result<Minutes, Refusal> {
        if self.state == DonationState::Waiting {
            return Ok(Minutes::ZERO);
        }
        let Some(until) = self.until() else { return Err(self.state.settled()) };
        must_run(self.month, now)?;
        if now > until {
            let (day, clock) = (time::date_long(time::local_date(until)), time::clock(time::local(until).time()));
            let advice = format!("Terugnemen kon tot {day} om {clock} uur. De uren blijven in de pot.");
            return Err(Refusal::new("take_back_late", "Deze uren blijven in de wijkpot", advice));
        }
        let back = self.minutes.min(left.minutes);
        if back <= Minutes::ZERO {
            if left.used > Minutes::ZERO {
                let advice = "Wat je zelf uit een pot neemt, gaat eerst van je eigen donatie af. Er is niets veranderd.";
                return Err(Refusal::new("gift_used", "Deze uren gebruikte je zelf al", advice));
            }
            let advice = "Een andere school nam je uren al op. Er is niets veranderd.";
            return Err(Refusal::new("pot_empty", "Er zit niets meer van in de pot", advice));
        }
        Ok(back)
    }
}

impl DonationState {
    /// The board says no, with a reason the school reads.
    ///
    /// # Errors
    /// `donation_settled`, and without a reason at `reden`.
    pub fn refuse(self, reason: &str) -> Result<String, Refusal> {
        self.must_wait()?;
        check_reason(reason)
    }

    fn must_wait(self) -> Result<(), Refusal> {
        if self == Self::Waiting { Ok(()) } else { Err(self.settled()) }
    }

    fn settled(self) -> Refusal {
        let heading = format!("Deze donatie is al {}", self.dutch());
        Refusal::new("donation_settled", heading, "Er is niets veranderd. Laad de pagina opnieuw.")
    }
}
