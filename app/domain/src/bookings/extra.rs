//! A visit that took longer than was set aside: the specialist asks the school for the missing minutes, and only then it is done
//! (domain.md §6).
//!
//! Always true here: nothing goes below zero. What is used was set aside first, by the school's own yes.

use super::{Booking, BookingState, Change, MinutesMove, check_reason};
use crate::{
    hours::{Month, kinds::words},
    minutes::Minutes,
    refusal::Refusal,
    time,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

words! {
    /// Where a question for more minutes stands.
    ExtraState:
    /// The school has not answered.
    Asked = "asked", "gevraagd";
    /// The school gave them, and the visit is done.
    Given = "given", "gegeven";
    /// The school said no.
    Refused = "refused", "afgewezen";
    /// It is no longer needed: less was recorded, the visit was called off, or its month ended.
    Withdrawn = "withdrawn", "ingetrokken";
}

/// Why the house closes a question of a month that is over.
pub const EXTRA_TOO_LATE: &str = "De maand is voorbij.";

impl Booking {
    /// How many minutes the specialist asks the school for, having worked this long. The visit stays as it is until the school answers.
    ///
    /// # Errors
    /// What [`Booking::record_done`] refuses of what was worked; `extra_not_needed` when enough was set aside; `extra_too_late` when the
    /// month is over and nobody has hours of it any more.
    pub fn ask_extra(&self, worked: Minutes, now: DateTime<Utc>) -> Result<Minutes, Refusal> {
        self.check_worked(worked, now)?;
        self.must_run(now)?;
        self.extra_needed(worked).ok_or_else(|| {
            let advice = format!("Er staat {} opzij. Leg vast hoe lang het duurde.", self.minutes);
            Refusal::new("extra_not_needed", "Er zijn geen extra uren nodig", advice).at("minuten")
        })
    }

    /// The school gives what was asked: the visit is done, with what was set aside and the extra both used.
    ///
    /// # Errors
    /// `extra_settled` when nothing is asked (any more); `extra_too_late`.
    pub fn give_extra(&self, now: DateTime<Utc>) -> Result<Change, Refusal> {
        let extra = self.must_ask_extra()?;
        self.must_run(now)?;
        let used = self.minutes + extra;
        let booking = Self { minutes_used: Some(used), extra: None, ..self.now_in(BookingState::Done, now) };
        Ok(Change { booking, minutes: MinutesMove::Use { used, returned: Minutes::ZERO } })
    }

    /// The school says no, with a reason the specialist reads; then at most what was set aside can be recorded.
    ///
    /// # Errors
    /// `extra_settled`, and without a reason at `reden`.
    pub fn refuse_extra(&self, reason: &str) -> Result<String, Refusal> {
        self.must_ask_extra()?;
        check_reason(reason)
    }

    fn must_ask_extra(&self) -> Result<Minutes, Refusal> {
        self.extra.filter(|_| self.state == BookingState::Accepted).ok_or_else(|| {
            let advice = "De expert vroeg iets anders of legde het al vast. Er is niets veranderd. Laad de pagina opnieuw.";
            Refusal::new("extra_settled", "Er worden geen extra uren meer gevraagd", advice)
        })
    }

    /// Whether the school can still give what is asked: something is, and its month runs.
    #[must_use]
    pub fn waits_for_extra(&self, now: DateTime<Utc>) -> bool {
        self.state == BookingState::Accepted && self.extra.is_some() && self.must_run(now).is_ok()
    }

    fn must_run(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let month = Month::at(self.starts_at);
        if !month.has_ended(time::local_date(now)) {
            return Ok(());
        }
        let advice = format!("De uren van {} zijn vervallen. Leg hooguit {} vast: dat staat nog opzij.", month.name(), self.minutes);
        Err(Refusal::new("extra_too_late", "Extra uren geven kan niet meer", advice).at("minuten"))
    }
}
