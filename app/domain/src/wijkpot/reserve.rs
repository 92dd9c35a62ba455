//! Hours from the reserve of a contract: the last source, with a reason, released by the registrar (domain.md §3.3).
//!
//! Always true here: the reserve is never used while the other sources can pay, also when somebody must first decide about them.

use super::{must_be_amount, must_be_near, must_run};
use crate::{
    Minutes, Refusal,
    bookings::check_reason,
    hours::{Month, sources::Sources},
};
use chrono::{DateTime, Utc};

/// Forty hours: a working week of a specialist. What needs more is another contract.
const RELEASE_MINUTES_MAX: Minutes = Minutes::hours(40);

/// Questions of one school for a reserve that wait at the same time: as many as it may ask of its pot, a list the registrar still overlooks.
const WAITING_MAX: usize = super::WAITING_MAX;

/// What a school asks from the reserve.
#[derive(Clone, Copy, Debug)]
pub struct ReserveWish<'a> {
    /// For which month.
    pub month: Month,
    /// How much.
    pub minutes: Minutes,
    /// Why.
    pub reason: &'a str,
}

impl ReserveWish<'_> {
    /// Whether a school of which so many questions wait may ask for it now; answers the clean reason.
    ///
    /// # Errors
    /// `month_ended`, `month_far`, `too_many_wait`, `amount_…`, `other_sources_first`, and without a reason at `reden`.
    pub fn ask(&self, sources: &Sources, waiting: usize, now: DateTime<Utc>) -> Result<String, Refusal> {
        must_run(self.month, now)?;
        must_be_near(self.month, now)?;
        if waiting >= WAITING_MAX {
            let advice = format!("Er wachten er al {waiting}. Trek er een in of wacht op een antwoord. Er is niets gevraagd.");
            return Err(Refusal::new("too_many_wait", "Je school vraagt al genoeg tegelijk", advice));
        }
        must_be_amount(self.minutes, RELEASE_MINUTES_MAX)?;
        others_first(self.minutes, sources)?;
        check_reason(self.reason)
    }
}

fn others_first(minutes: Minutes, sources: &Sources) -> Result<(), Refusal> {
    let (there, at_once) = (sources.without_reserve(), sources.total());
    if there < minutes {
        return Ok(());
    }
    let way = if at_once >= minutes { "Maak daarmee een afspraak." } else { "Vraag uren op uit de wijkpot." };
    let advice = format!("Er is {there}, zonder de reserve. {way} Er is niets veranderd.");
    Err(Refusal::new("other_sources_first", "Andere bronnen gaan voor", advice).at("minuten"))
}

/// Whether the registrar can release this much, given what the school's other sources hold by now.
///
/// # Errors
/// `month_ended`, `other_sources_first`, or `reserve_too_little` when the reserve does not hold it.
pub fn check_release(month: Month, minutes: Minutes, in_reserve: Minutes, sources: &Sources, now: DateTime<Utc>) -> Result<(), Refusal> {
    must_run(month, now)?;
    others_first(minutes, sources)?;
    if minutes <= in_reserve {
        return Ok(());
    }
    let advice = format!("Gevraagd is {minutes}. Er is niets vrijgegeven. Wijs de vraag af, met de reden.");
    Err(Refusal::new("reserve_too_little", format!("In de reserve zit nog {in_reserve}"), advice))
}
