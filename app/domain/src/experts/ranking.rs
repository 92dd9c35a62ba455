//! The order of search results, and why: facts about fit, hours, time and place.
//!
//! Always true here: nobody is ranked by performance, and every reason is a sentence that one can check (domain.md §4).

use super::level::{ExpertiseLevel, SupportLevel};
use super::proof::{Proof, ProofState};
use super::travel::TravelClass;
use crate::hours::Month;
use crate::ids::{ExpertiseId, SpecialistId, SupplierId};
use crate::minutes::Minutes;
use crate::people::first_name;
use crate::time::{date_full, local_date};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// The order, as the page says it.
pub const ORDER_SENTENCE: &str = "Volgorde: past het best, dan te betalen, dan het eerst vrij, dan het dichtstbij.";

/// An expertise that was asked for and that a candidate has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// The expertise.
    pub expertise: ExpertiseId,
    /// Its name: `Hoogbegaafdheid`.
    pub name: String,
    /// How well the candidate knows it.
    pub level: ExpertiseLevel,
    /// What shows it.
    pub proof: Proof,
    /// How well the expertise fits the search; the same number for every candidate.
    pub score: u32,
}

/// The hours that the asking school can spend on a supplier this month, in the order they are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spendable {
    /// Its own.
    pub own: Minutes,
    /// The last day on which its own count.
    pub own_until: Option<NaiveDate>,
    /// Its board's, when the board lets schools book from it.
    pub board: Minutes,
    /// Of its wijkpot and the city-wide pot, as far as nobody has to decide about it.
    pub pot: Minutes,
    /// Whether it has hours of its own again next month.
    pub own_next: bool,
}

/// Somebody who might be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The specialist.
    pub specialist: SpecialistId,
    /// Their name.
    pub name: String,
    /// Their supplier.
    pub supplier: SupplierId,
    /// The supplier's name.
    pub supplier_name: String,
    /// What they have of what was asked; empty when no expertise was asked for.
    pub matched: Vec<Matched>,
    /// The levels of support they offer.
    pub levels: Vec<SupportLevel>,
    /// Their first free moment.
    pub first_free: Option<DateTime<Utc>>,
    /// What the asking school can spend on them.
    pub hours: Spendable,
    /// How far they work from the asking school.
    pub travel: TravelClass,
    /// Whether they worked at the asking school before.
    pub worked_here: bool,
}

/// Who asks, for the sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Today, in the Netherlands.
    pub today: NaiveDate,
    /// The asking school: `De Meerpaal`; empty for whoever asks from no school, and so hears nothing of hours.
    pub school: &'a str,
    /// Its wijk: `Havenkwartier`.
    pub wijk: &'a str,
    /// Its district.
    pub district: &'a str,
}

/// A candidate at their place, with the reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    /// The candidate.
    pub candidate: Candidate,
    /// Whether any proof counts today for what was asked.
    pub bookable: bool,
    /// How the proof of each matched expertise stands today, in the same order.
    pub proofs: Vec<ProofState>,
    /// The reasons, each a whole sentence.
    pub why: Vec<String>,
}

/// Candidates in order: proven before lapsed, then how well they fit what was asked, then whether there are hours to pay them,
/// then the day of their first free moment, then travel, then known at this school, then name and id.
#[must_use]
pub fn rank(candidates: Vec<Candidate>, asked: &Asked<'_>) -> Vec<Ranked> {
    let mut ranked: Vec<Ranked> = candidates.into_iter().map(|candidate| judge(candidate, asked)).collect();
    ranked.sort_by_cached_key(|one| {
        let who = &one.candidate;
        (
            (!one.bookable, Reverse(fit(one)), !who.hours.pays()),
            (who.first_free.is_none(), who.first_free.map(local_date)),
            (who.travel, !who.worked_here),
            (who.name.to_lowercase(), who.specialist),
        )
    });
    ranked
}

impl Spendable {
    /// Whether there is anything to pay with.
    #[must_use]
    pub fn pays(&self) -> bool {
        self.own.max(self.board).max(self.pot) > Minutes::ZERO
    }
}

fn judge(candidate: Candidate, asked: &Asked<'_>) -> Ranked {
    let proofs: Vec<ProofState> = candidate.matched.iter().map(|matched| matched.proof.state(asked.today)).collect();
    let bookable = proofs.is_empty() || proofs.iter().any(|state| *state != ProofState::Lapsed);
    let why = why(&candidate, &proofs, asked);
    Ranked { candidate, bookable, proofs, why }
}

/// The sum over proven expertises of how well each fits the search times how well it is known: 2, 3 or 4, so that knowing two
/// of the asked expertises a little fits better than one of them very well only when they fit the search equally.
fn fit(ranked: &Ranked) -> u64 {
    let proven = ranked.candidate.matched.iter().zip(&ranked.proofs).filter(|(_, state)| **state != ProofState::Lapsed);
    proven.map(|(matched, _)| u64::from(matched.score) * (2 + matched.level as u64)).sum()
}

fn why(candidate: &Candidate, proofs: &[ProofState], asked: &Asked<'_>) -> Vec<String> {
    let who = first_name(&candidate.name);
    let mut reasons = Vec::new();
    let (lapsed, proven): (Vec<_>, Vec<_>) = candidate.matched.iter().zip(proofs).partition(|(_, state)| **state == ProofState::Lapsed);
    for (matched, _) in &proven {
        let what = in_sentence(&matched.name);
        reasons.push(match matched.level {
            ExpertiseLevel::Specialised => format!("{who} is gespecialiseerd in {what}."),
            ExpertiseLevel::Experienced => format!("{who} is ervaren in {what}."),
            ExpertiseLevel::Basic => format!("{who} kent de basis van {what}."),
        });
    }
    for (matched, state) in &proven {
        if let ProofState::ExpiresSoon { days } = state {
            reasons.push(format!("Het bewijs voor {} verloopt {}.", in_sentence(&matched.name), in_days(*days)));
        }
    }
    for (matched, _) in &lapsed {
        if let Some(until) = matched.proof.until {
            reasons.push(format!("Het bewijs voor {} gold tot en met {}.", in_sentence(&matched.name), date_full(until)));
        }
    }
    reasons.extend(travel_reason(candidate.travel, asked));
    if candidate.worked_here {
        reasons.push(format!("Was eerder op {}.", asked.school));
    }
    if !asked.school.is_empty() {
        reasons.extend(match candidate.first_free.map(local_date).map(Month::of).filter(|month| *month != Month::of(asked.today)) {
            None => Some(hours_reason(&candidate.hours, &candidate.supplier_name, asked.today)),
            Some(later) => later_reason(&candidate.hours, &candidate.supplier_name, Month::of(asked.today), later),
        });
    }
    reasons
}

fn travel_reason(travel: TravelClass, asked: &Asked<'_>) -> Option<String> {
    match travel {
        TravelClass::SameWijk => Some(format!("Werkt al in jouw wijk, {}.", asked.wijk)),
        TravelClass::SameDistrict => Some(format!("Werkt al in jouw stadsdeel, {}.", asked.district)),
        TravelClass::Elsewhere => None,
    }
}

/// Own hours before the board's before the pot's: that is the order in which they are used (domain.md §3.3).
fn hours_reason(hours: &Spendable, supplier: &str, today: NaiveDate) -> String {
    if hours.own > Minutes::ZERO {
        let days = hours.own_until.map(|until| until.signed_duration_since(today).num_days());
        return match days.filter(|days| *days >= 0) {
            Some(days) => format!("Je eigen {} vervalt {}.", hours.own, in_days(days)),
            None => format!("Je hebt zelf nog {} bij {supplier}.", hours.own),
        };
    }
    if hours.board > Minutes::ZERO {
        return format!("Je bestuur heeft nog {} bij {supplier}.", hours.board);
    }
    if hours.pot > Minutes::ZERO {
        return format!("Uit de wijkpot kun je nog {} direct opnemen bij {supplier}.", hours.pot);
    }
    format!("Er zijn deze maand geen uren bij {supplier}.")
}

/// Who is free in a later month only is paid with that month's hours; what is known of them is whether the school has own ones next month.
fn later_reason(hours: &Spendable, supplier: &str, today: Month, later: Month) -> Option<String> {
    (hours.own_next && today.next() == later).then(|| format!("In {} heb je weer uren bij {supplier}.", later.name()))
}

fn in_days(days: i64) -> String {
    match days {
        0 => "vandaag".to_owned(),
        1 => "morgen".to_owned(),
        days => format!("over {days} dagen"),
    }
}

/// An expertise's name within a sentence: `hoogbegaafdheid`, `syndroom van Down`, but `NT2` and `ADHD`.
#[must_use]
pub fn in_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
