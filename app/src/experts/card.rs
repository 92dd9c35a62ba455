//! One expert as a card: proof, levels, hours, reasons and moments, as people read them. Always true: own hours come before the board's
//! and those before the wijkpot's, because that is the order in which they are used.

use super::{
    find::Asking,
    moment,
    results::{Found, HoursHere, ProofLine, Way},
    roster::{Known, Skill},
};
use crate::{
    hours::{Behind, What},
    ui::{KeyItem, Part, PartKind, State, Supplier},
};
use chrono::{Datelike, NaiveDate};
use domain::{
    Minutes,
    availability::Slot,
    experts::{Proof, ProofState, Ranked, Spendable},
    hours::Month,
    time,
};

/// Two proofs on a card; the rest is on the expert's page.
const PROOFS_MAX: usize = 2;

/// A candidate as a card.
pub(super) fn found(ranked: &Ranked, known: &Known, slots: &[Slot], asking: &Asking<'_>, search: &str) -> Found {
    let today = time::local_date(asking.now);
    let id = known.row.id.to_string();
    let asked = best_match(ranked, known, today).map(|skill| skill.slug.as_str()).unwrap_or_default();
    let moments: Vec<Way> = if ranked.bookable { slots } else { &[] }
        .iter()
        .map(|slot| {
            let local = time::local(slot.starts_at);
            Way {
                label: format!("{}, {}", time::date_short(local.date()), time::clock(local.time())),
                href: moment(&id, &slot.value(), asked, search),
            }
        })
        .collect();
    Found {
        href: super::expert(&id, asked, search),
        name: known.row.name.clone(),
        supplier: Supplier::at(&known.row.supplier, usize::try_from(known.row.supplier_position).unwrap_or_default()),
        travel: asking.asker.map(|_| format!(", {}", ranked.candidate.travel.dutch())).unwrap_or_default(),
        proofs: proofs(ranked, known, today),
        levels: known.levels.iter().map(|level| level.dutch()).collect::<Vec<_>>().join(", "),
        hours: asking.asker.map(|asker| {
            let behind = Behind::of_school_in(asker.school.id.into(), Month::of(today)).at(Some(known.row.supplier_id));
            hours(&ranked.candidate.hours, &known.row.supplier, Month::of(today), &behind)
        }),
        why: ranked.why.clone(),
        no_moments: match (moments.is_empty(), ranked.bookable) {
            (true, false) => "Het bewijs is verlopen. Boeken kan pas met een nieuw bewijs.".to_owned(),
            (true, true) => "Geen vrij uur in de komende acht weken.".to_owned(),
            (false, _) => String::new(),
        },
        moments,
    }
}

/// What was asked and fits best, of what they have proven.
fn best_match<'a>(ranked: &Ranked, known: &'a Known, today: NaiveDate) -> Option<&'a Skill> {
    let score = |skill: &Skill| ranked.candidate.matched.iter().find(|matched| matched.expertise == skill.id).map(|found| found.score);
    let proven = known.skills.iter().filter(|skill| skill.proof.state(today) != ProofState::Lapsed);
    proven.filter(|skill| score(skill).is_some()).max_by_key(|skill| (score(skill), skill.level))
}

/// The proof of what was asked; of what they know best when only a name or filters were asked.
fn proofs(ranked: &Ranked, known: &Known, today: NaiveDate) -> Vec<ProofLine> {
    let mut skills: Vec<&Skill> = known.skills.iter().collect();
    if ranked.candidate.matched.is_empty() {
        skills.sort_by_key(|skill| (skill.proof.state(today) == ProofState::Lapsed, std::cmp::Reverse(skill.level)));
    } else {
        let score = |skill: &Skill| ranked.candidate.matched.iter().find(|matched| matched.expertise == skill.id).map(|found| found.score);
        skills.retain(|skill| score(skill).is_some());
        skills.sort_by_key(|skill| std::cmp::Reverse(score(skill)));
    }
    skills.truncate(PROOFS_MAX);
    let several = skills.len() > 1;
    skills
        .into_iter()
        .map(|skill| {
            let text = proof_line(&skill.proof, today);
            ProofLine { text: if several { format!("{}: {text}", skill.name) } else { text }, chip: warning(&skill.proof, today) }
        })
        .collect()
}

/// `ECHA-diploma, geldig tot aug 2028`; with the day when that is near.
fn proof_line(proof: &Proof, today: NaiveDate) -> String {
    let Some(until) = proof.until else { return proof.name.clone() };
    match proof.state(today) {
        ProofState::Lapsed => format!("{}, gold tot en met {}", proof.name, time::date_full(until)),
        ProofState::ExpiresSoon { .. } => format!("{}, geldig tot en met {}", proof.name, time::date_full(until)),
        ProofState::Valid => format!("{}, geldig tot {} {}", proof.name, time::month_short(until.month()), until.year()),
    }
}

/// What to look at: a proof that lapses soon, or has.
pub(super) fn warning(proof: &Proof, today: NaiveDate) -> Option<(State, String)> {
    match proof.state(today) {
        ProofState::Valid => None,
        ProofState::Lapsed => Some((State::Stop, "Verlopen".to_owned())),
        ProofState::ExpiresSoon { .. } => {
            let when = proof.until.map(|until| time::in_days(until, today)).unwrap_or_default();
            Some((State::Warn, format!("Verloopt {when}")))
        }
    }
}

/// Hours as blocks with their key. Their own lead to their postings; what a board or pot has for them is a part of what it has.
fn hours(spendable: &Spendable, supplier: &str, month: Month, behind: &Behind) -> HoursHere {
    let amounts = [
        (PartKind::Free, spendable.own, "van jezelf", Some(What::Free)),
        (PartKind::Free, spendable.board, "van je bestuur", None),
        (PartKind::Pot, spendable.pot, "uit de wijkpot", None),
    ];
    let some = || amounts.into_iter().filter(|(_, minutes, ..)| *minutes > Minutes::ZERO);
    let key = |(kind, minutes, words, what): (PartKind, Minutes, &str, Option<What>)| {
        let key = KeyItem::new(kind, minutes.to_string(), words);
        match what {
            Some(what) => key.to(behind.number(what.code())),
            None => key,
        }
    };
    let next = month.next();
    // A day on which there are hours again is told only when there are.
    let until = if spendable.own_next { format!(" tot 1 {}", next.name()) } else { format!(" in {}", month.name()) };
    let note = if !spendable.pays() {
        Some(format!("Geen uren{until}"))
    } else if spendable.own <= Minutes::ZERO {
        Some(format!("Je eigen uren zijn op{}", if spendable.own_next { until } else { String::new() }))
    } else {
        None
    };
    HoursHere {
        term: format!("Jouw uren bij {supplier} in {}", month.name()),
        parts: some().map(|(kind, minutes, ..)| Part::new(kind, minutes.0)).collect(),
        keys: some().map(key).collect(),
        note,
    }
}

/// What a supplier has left for the school, at the right of its filter: `2 u vrij`.
pub(super) fn left(spendable: Spendable) -> String {
    if spendable.own > Minutes::ZERO {
        format!("{} vrij", spendable.own)
    } else if spendable.board > Minutes::ZERO {
        "van je bestuur".to_owned()
    } else if spendable.pot > Minutes::ZERO {
        "alleen wijkpot".to_owned()
    } else {
        "geen uren".to_owned()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at a wrong date")]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn hours_of(spendable: &Spendable, month: Month) -> HoursHere {
        hours(spendable, "De Wissel", month, &Behind::of_school_in(uuid::Uuid::nil().into(), month))
    }

    #[test]
    fn own_hours_stand_before_the_boards_and_the_pots() {
        let spendable = Spendable { own: Minutes(120), own_until: None, board: Minutes(60), pot: Minutes(195), own_next: true };
        let shown = hours_of(&spendable, Month::of(day("2026-11-17")));
        assert_eq!(shown.term, "Jouw uren bij De Wissel in november");
        let words: Vec<_> = shown.keys.iter().map(|key| format!("{} {}", key.amount.replace('\u{a0}', " "), key.words)).collect();
        assert_eq!(words, ["2 u van jezelf", "1 u van je bestuur", "3 u 15 uit de wijkpot"]);
        let ways: Vec<_> = shown.keys.iter().map(|key| key.href.as_deref().is_some_and(|href| href.ends_with("wat=vrij"))).collect();
        assert_eq!(ways, [true, false, false]);
        assert_eq!(shown.note, None);
        assert_eq!(left(spendable).replace('\u{a0}', " "), "2 u vrij");
    }

    #[test]
    fn a_school_without_hours_hears_until_when() {
        let pot = Spendable { pot: Minutes(60), own_next: true, ..Spendable::default() };
        let none = Spendable { own_next: true, ..Spendable::default() };
        let december = Month::of(day("2026-12-17"));
        assert_eq!(hours_of(&pot, december).note.unwrap(), "Je eigen uren zijn op tot 1 januari");
        assert_eq!(hours_of(&none, december).note.unwrap(), "Geen uren tot 1 januari");
        // January has none either: then no day is promised.
        let never = Spendable { own_next: false, ..pot };
        assert_eq!(hours_of(&never, december).note.unwrap(), "Je eigen uren zijn op");
        assert_eq!(hours_of(&Spendable::default(), december).note.unwrap(), "Geen uren in december");
        assert_eq!(left(pot), "alleen wijkpot");
    }

    #[test]
    fn a_proof_says_the_day_only_when_it_is_near() {
        let proof = |until: &str| Proof { name: "ECHA-diploma".into(), until: Some(day(until)) };
        let today = day("2026-11-17");
        assert_eq!(proof_line(&proof("2028-08-31"), today), "ECHA-diploma, geldig tot aug 2028");
        assert_eq!(proof_line(&proof("2027-01-12"), today), "ECHA-diploma, geldig tot en met 12 januari 2027");
        assert_eq!(warning(&proof("2027-01-12"), today), Some((State::Warn, "Verloopt over 56 dagen".into())));
        assert_eq!(proof_line(&proof("2026-11-16"), today), "ECHA-diploma, gold tot en met 16 november 2026");
        assert_eq!(warning(&proof("2026-11-16"), today).unwrap().0, State::Stop);
    }
}
