//! Giving the roster a place: profiles, proofs, weeks, leave.
//!
//! Always true here: one proof has lapsed and two lapse soon, and each of those expertises has somebody else as well.

use super::{
    dice::Dice,
    places::{self, WIJKEN},
    profiles::{self, LEAVE, WEEKS},
    roster::{self, ROSTER},
    world::World,
};
use anyhow::Context;
use app::{
    db::Tx,
    experts::sql::{self as experts, NewSpecialist},
    people::sql as people,
};
use chrono::{Days, Months, NaiveDate, NaiveTime};
use domain::{
    ExpertiseId, PersonId, SpecialistId, WijkId,
    availability::{Exception, ExceptionKind, parse_weekly},
    bookings::Level,
    experts::{in_sentence, taxonomy::STARTING},
    people::{Role, Scope, first_name},
};
use std::collections::HashMap;

/// Proofs that lapse soon, or have: name, expertise, days from today.
const SOON: [(&str, &str, i64); 3] =
    [("Mees Tammer", "hoogbegaafdheid", 56), ("Bianca Roosjen", "leerlijnen", 23), ("Esra Aksoy", "faalangst", -12)];
/// Who accepts a booking at once.
const DIRECT: [&str; 4] = ["Hanneke Vlaming", "Ibrahim Chaoui", "Ellen Spronk", "Wim Tolsma"];
/// The wijken Thijs works in (his page names them); others work in their own district, or everywhere.
const THIJS_WIJKEN: [usize; 3] = [0, 1, 2];

/// A specialist of the demo.
#[derive(Clone, Debug)]
pub struct Specialist {
    /// Their row.
    pub id: SpecialistId,
    /// Who they are.
    pub person: PersonId,
    /// Their name.
    pub name: &'static str,
    /// Place in `places::SUPPLIERS`.
    pub supplier: usize,
    /// Levels of support.
    pub levels: Vec<Level>,
    /// Where they work; none means everywhere.
    pub wijken: Vec<WijkId>,
    /// What they can: slug, row and the last day of its proof.
    pub skills: Vec<(&'static str, ExpertiseId, NaiveDate)>,
    /// Whether a booking is accepted at once.
    pub direct: bool,
}

/// Plants the taxonomy and brings in everyone of the roster.
///
/// # Errors
/// When the database refuses.
pub async fn bring_in(tx: &mut Tx, world: &World, dice: &mut Dice, today: NaiveDate) -> anyhow::Result<Vec<Specialist>> {
    experts::plant_taxonomy(tx, world.partnership).await?;
    let rows = experts::taxonomy(tx, world.partnership).await?;
    let taxonomy: HashMap<String, ExpertiseId> = rows.into_iter().map(|row| (row.slug, row.id.into())).collect();
    let mut team = Vec::with_capacity(ROSTER.len());
    for (number, expert) in ROSTER.iter().enumerate() {
        let specialist = introduce(tx, world, &taxonomy, expert, number, dice, today).await?;
        experts::set_weekly(tx, specialist.id, &parse_weekly(WEEKS[expert.week])?).await?;
        team.push(specialist);
    }
    plan_leave(tx, &team, dice, today).await?;
    Ok(team)
}

async fn introduce(
    tx: &mut Tx,
    world: &World,
    taxonomy: &HashMap<String, ExpertiseId>,
    expert: &'static roster::Expert,
    number: usize,
    dice: &mut Dice,
    today: NaiveDate,
) -> anyhow::Result<Specialist> {
    let main = STARTING.iter().find(|known| known.slug == expert.skills[0].0).context("the roster names what the taxonomy has")?;
    let person = world.welcome(tx, expert.name).await?;
    let languages = if expert.languages.is_empty() { "Nederlands".to_owned() } else { format!("Nederlands, {}", expert.languages) };
    let direct = DIRECT.contains(&expert.name);
    let new = NewSpecialist {
        person,
        supplier: world.suppliers[expert.supplier],
        headline: &format!("Specialist {}", in_sentence(main.name)),
        about: &profiles::about(first_name(expert.name), expert.pronoun, main.category),
        postcode: &places::postcode(expert.wijk, 200 + number),
        wijk: Some(world.wijken[expert.wijk]),
        languages: &languages,
        levels: expert.levels,
        direct,
    };
    let id = experts::put_specialist(tx, world.partnership, &new).await?;
    people::grant(tx, world.partnership, person, Role::Specialist, Scope::Specialist(id)).await?;

    let wijken: Vec<WijkId> = works_in(expert, number).into_iter().map(|place| world.wijken[place]).collect();
    experts::set_wijken(tx, id, &wijken).await?;

    let mut skills = Vec::new();
    let mut proofs = Vec::new();
    for (slug, level) in expert.skills {
        let expertise = *taxonomy.get(*slug).context("the roster names what the taxonomy has")?;
        let until = proof_until(expert.name, slug, dice, today);
        skills.push((*slug, expertise, until));
        proofs.push((expertise, level.dutch(), profiles::proof(slug), Some(until)));
    }
    experts::set_expertises(tx, id, &proofs).await?;
    let levels = expert.levels.split(',').filter_map(Level::from_code).collect();
    Ok(Specialist { id, person, name: expert.name, supplier: expert.supplier, levels, wijken, skills, direct })
}

/// Every third specialist works everywhere; the others in the district they travel from and the one after it.
pub(super) fn works_in(expert: &roster::Expert, number: usize) -> Vec<usize> {
    if expert.name == super::cast::THIJS {
        return THIJS_WIJKEN.to_vec();
    }
    if number % 3 == 1 || expert.supplier == places::SWV {
        return Vec::new();
    }
    let own = WIJKEN[expert.wijk].1;
    let next = (own + 1) % places::DISTRICTS.len();
    (0..WIJKEN.len()).filter(|&wijk| [own, next].contains(&WIJKEN[wijk].1)).collect()
}

/// The last day of a month, a good half to three years ahead; or one of the days in [`SOON`].
fn proof_until(name: &str, slug: &str, dice: &mut Dice, today: NaiveDate) -> NaiveDate {
    let months = u32::try_from(dice.between(7, 36)).unwrap_or(12);
    if let Some((.., days)) = SOON.iter().find(|(who, what, _)| (*who, *what) == (name, slug)) {
        return today + chrono::TimeDelta::days(*days);
    }
    domain::hours::Month::of(today + Months::new(months)).last_day()
}

/// A dozen specialists are away for a while in the coming weeks, and two have an extra evening.
async fn plan_leave(tx: &mut Tx, team: &[Specialist], dice: &mut Dice, today: NaiveDate) -> anyhow::Result<()> {
    let soon = |days: i64| domain::time::monday_of(today + chrono::TimeDelta::days(days));
    // Not those whom the visitor of the demo books first.
    for specialist in team.iter().skip(1).step_by(3).filter(|specialist| specialist.name != super::cast::SAMIRA) {
        let (note, days) = *dice.pick(&LEAVE).context("there are notes")?;
        let starts_on = soon(dice.between(7, 42)) + Days::new(if days == 5 { 0 } else { u64::try_from(dice.between(0, 3))? });
        let ends_on = starts_on + Days::new(days - 1);
        let leave = Exception { starts_on, ends_on, from: None, until: None, kind: ExceptionKind::Away, note: note.to_owned() };
        leave.check()?;
        experts::insert_exception(tx, specialist.id, &leave).await?;
    }
    for specialist in team.iter().skip(40).step_by(3) {
        let evening = soon(dice.between(7, 21)) + Days::new(1);
        let (from, until) = (NaiveTime::from_hms_opt(19, 0, 0), NaiveTime::from_hms_opt(21, 0, 0));
        let note = "Teamavond mogelijk".to_owned();
        let extra = Exception { starts_on: evening, ends_on: evening, from, until, kind: ExceptionKind::Extra, note };
        extra.check()?;
        experts::insert_exception(tx, specialist.id, &extra).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lapses_is_known_by_somebody_else_too() {
        for (name, slug, _) in SOON {
            let who: Vec<_> = ROSTER.iter().filter(|expert| expert.skills.iter().any(|skill| skill.0 == slug)).collect();
            assert!(who.len() >= 2 && who.iter().any(|expert| expert.name == name), "{slug}");
        }
    }

    #[test]
    fn who_accepts_at_once_is_in_the_roster() {
        assert!(DIRECT.iter().all(|name| ROSTER.iter().any(|expert| expert.name == *name)));
    }

    #[test]
    fn every_school_has_somebody_of_every_supplier() {
        for supplier in 0..places::SUPPLIERS.len() {
            for (wijk, place) in WIJKEN.iter().enumerate() {
                let reaches = ROSTER.iter().enumerate().any(|(number, expert)| {
                    let wijken = works_in(expert, number);
                    expert.supplier == supplier && (wijken.is_empty() || wijken.contains(&wijk))
                });
                assert!(reaches, "{} in {}", places::SUPPLIERS[supplier].0, place.0);
            }
        }
    }
}
