//! One expert, as their page shows them. Always true: what no longer counts is shown as such, never left out.

use crate::ui::{Fact, State, Supplier};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    super::{
        card::warning,
        roster::{Known, Roster, Skill},
    },
    crate::organisations::sql::SchoolRow,
    chrono::{DateTime, Datelike, NaiveDate, Utc},
    domain::{
        availability::Calendar,
        experts::{Place, ProofState, TravelClass, in_sentence, travel_class},
        people::first_name,
        time,
    },
};

/// An expert.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Their id, as in addresses.
    pub id: String,
    /// `Thijs Oldenkamp`.
    pub name: String,
    /// `Thijs`.
    pub first_name: String,
    /// `Specialist hoogbegaafdheid, werkt in jouw wijk`.
    pub lede: String,
    /// Their supplier.
    pub supplier: Option<Supplier>,
    /// How their best proof stands.
    pub proof: Option<(State, String)>,
    /// What they can, best first.
    pub expertises: Vec<Proven>,
    /// What a school may expect, a sentence each.
    pub expect: Vec<String>,
    /// Where, when, in which languages, how to reach them.
    pub facts: Vec<Fact>,
    /// The levels of support they offer: `leerling`.
    pub levels: Vec<String>,
    /// Whether any proof counts today; without one nobody can book them.
    pub bookable: bool,
}

/// An expertise and what shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proven {
    /// Its slug, for the booking form.
    pub slug: String,
    /// `Hoogbegaafdheid`.
    pub name: String,
    /// `gespecialiseerd`.
    pub level: String,
    /// `ECHA-diploma`.
    pub proof: String,
    /// `aug 2028`; `onbeperkt` when it never lapses.
    pub until: String,
    /// What to look at: lapses soon, or has.
    pub chip: Option<(State, String)>,
    /// Whether it counts today.
    pub counts: bool,
}

/// A specialist as their page shows them to somebody of this school, what was asked (the slug of an expertise) first.
#[cfg(feature = "ssr")]
#[must_use]
pub fn profile(roster: &Roster, known: &Known, school: Option<&SchoolRow>, asked: &str, now: DateTime<Utc>) -> Profile {
    let here = school.map(|school| Place { wijk: Some(school.wijk_id.into()), district: Some(school.district_id.into()) });
    let today = time::local_date(now);
    let mut skills: Vec<&Skill> = known.skills.iter().collect();
    let lapsed = |skill: &Skill| skill.proof.state(today) == ProofState::Lapsed;
    skills.sort_by_key(|skill| (skill.slug != asked, lapsed(skill), std::cmp::Reverse(skill.level), skill.name.clone()));
    let row = &known.row;
    let expertises: Vec<Proven> = skills.iter().map(|skill| proven(skill, today)).collect();
    Profile {
        id: row.id.to_string(),
        name: row.name.clone(),
        first_name: first_name(&row.name).to_owned(),
        lede: lede(known, skills.first().copied(), here),
        supplier: Some(Supplier::at(&row.supplier, usize::try_from(row.supplier_position).unwrap_or_default())),
        proof: skills.first().map(|skill| best_proof(skill, today)),
        expect: row.about.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        facts: facts(known, roster.patterns.get(&known.id())),
        levels: known.levels.iter().map(|level| level.dutch().to_owned()).collect(),
        bookable: expertises.iter().any(|one| one.counts),
        expertises,
    }
}

#[cfg(feature = "ssr")]
fn lede(known: &Known, best: Option<&Skill>, here: Option<Place>) -> String {
    let what = match (known.row.headline.trim(), best) {
        ("", Some(skill)) => format!("Expert in {}", in_sentence(&skill.name)),
        ("", None) => "Expert".to_owned(),
        (headline, _) => headline.trim_end_matches('.').to_owned(),
    };
    match here.map(|here| travel_class(known.place(), here)) {
        Some(TravelClass::SameWijk) => format!("{what}, werkt in jouw wijk"),
        Some(TravelClass::SameDistrict) => format!("{what}, werkt in jouw stadsdeel"),
        _ => what,
    }
}

#[cfg(feature = "ssr")]
fn proven(skill: &Skill, today: NaiveDate) -> Proven {
    let until = |date: NaiveDate| format!("{} {}", time::month_short(date.month()), date.year());
    Proven {
        slug: skill.slug.clone(),
        name: skill.name.clone(),
        level: skill.level.dutch().to_owned(),
        proof: skill.proof.name.clone(),
        until: skill.proof.until.map_or_else(|| "onbeperkt".to_owned(), until),
        chip: warning(&skill.proof, today),
        counts: skill.proof.state(today) != ProofState::Lapsed,
    }
}

/// How the best proof stands, for the head of the page.
#[cfg(feature = "ssr")]
fn best_proof(skill: &Skill, today: NaiveDate) -> (State, String) {
    match (skill.proof.state(today), skill.proof.until) {
        (ProofState::Lapsed, _) => (State::Stop, "Bewijs verlopen".to_owned()),
        (ProofState::ExpiresSoon { .. }, Some(until)) => (State::Warn, format!("Bewijs verloopt {}", time::in_days(until, today))),
        (_, Some(until)) => (State::Proof, format!("Bewijs geldig tot {} {}", time::month_name(until.month()), until.year())),
        (_, None) => (State::Proof, "Bewijs geldig".to_owned()),
    }
}

#[cfg(feature = "ssr")]
fn facts(known: &Known, calendar: Option<&Calendar>) -> Vec<Fact> {
    let row = &known.row;
    let wijken: Vec<&str> = known.wijken.iter().map(|(_, name)| name.as_str()).collect();
    let mut days: Vec<&str> =
        calendar.iter().flat_map(|calendar| calendar.weekly.blocks()).map(|block| time::weekday_name(block.weekday)).collect();
    days.dedup();
    let mut facts = vec![
        Fact::new("Werkt in", if wijken.is_empty() { "alle wijken".to_owned() } else { wijken.join(", ") }),
        Fact::new("Werkdagen", if days.is_empty() { "op afspraak".to_owned() } else { days.join(", ") }),
        Fact::new("Werkt op niveau", known.levels.iter().map(|level| level.dutch()).collect::<Vec<_>>().join(", ")),
        Fact::new("Talen", row.languages.clone()),
        Fact::new("Contact", row.email.clone()).to(format!("mailto:{}", row.email)),
    ];
    if !row.phone.trim().is_empty() {
        let digits: String = row.phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
        facts.push(Fact::new("Telefoon", row.phone.clone()).to(format!("tel:{digits}")));
    }
    facts
}
