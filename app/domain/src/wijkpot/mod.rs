//! The wijkpot: giving idle hours, taking them back, asking for them, who decides and in which order (domain.md §3.3).
//!
//! Always true here: hours and never cases. What a draw is for is a level and a category, and that is all there is to know.

mod decision;
mod donation;
mod draw;
mod left;
mod need;
mod own_again;
mod reserve;
#[cfg(test)]
mod tests;

pub use decision::{Decider, NETWORK_VOTES, Tally, Vote, Voter, check_vote, decider, must_be_teams, others_first, tally};
pub use donation::{Donation, DonationState, Donor, Gift, TAKE_BACK_WITHIN};
pub use draw::{Draw, DrawState, DrawStock, DrawWish, Urgency, WAITING_MAX, Wanted};
pub use left::{Left, PotMove, Taker, left_of};
pub use need::{Approved, Need, Ranked, payable, rank};
pub use own_again::{DrawPart, OWN_AGAIN, OwnMove, goes_back};
pub use reserve::{ReserveWish, check_release};

use crate::{Minutes, Refusal, hours::Month, time};
use chrono::{DateTime, Utc};

/// Hours of a month that is over are gone.
///
/// # Errors
/// `month_ended`.
pub fn must_run(month: Month, now: DateTime<Utc>) -> Result<(), Refusal> {
    if month.last_day() >= time::local_date(now) {
        return Ok(());
    }
    let heading = format!("{} is voorbij", capital(month.name()));
    Err(Refusal::new("month_ended", heading, "Uren van die maand vervallen. Er is niets veranderd. Kies een andere maand.").at("maand"))
}

/// Months for which hours can have been divided: those of this school year and the next.
fn must_be_near(month: Month, now: DateTime<Utc>) -> Result<(), Refusal> {
    if month.school_year().0 <= Month::at(now).school_year().0 + 1 {
        return Ok(());
    }
    let advice = "Kies een maand van dit schooljaar of het volgende. Er is niets gevraagd.";
    Err(Refusal::new("month_far", "Die maand is te ver weg", advice).at("maand"))
}

/// Whole quarters, more than none, not more than a school or board ever has in a month.
fn must_be_amount(minutes: Minutes, most: Minutes) -> Result<(), Refusal> {
    if minutes <= Minutes::ZERO {
        return Err(Refusal::new("amount_missing", "Er staat nog geen aantal uren", "Kies hoeveel. Er is niets veranderd.").at("minuten"));
    }
    if !minutes.is_on_grid() {
        let advice = "Kies hele kwartieren, zoals 45 min of 1 u. Er is niets veranderd.";
        return Err(Refusal::new("amount_off_grid", "Uren gaan per kwartier", advice).at("minuten"));
    }
    if minutes > most {
        let advice = format!("Kies hooguit {most}. Er is niets veranderd.");
        return Err(Refusal::new("amount_too_large", format!("Dit is meer dan {most}"), advice).at("minuten"));
    }
    Ok(())
}

/// `November`, at the start of a sentence.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
