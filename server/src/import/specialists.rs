//! Specialists: who employs them, what they can and prove, and in which hours of the week.
//!
//! Always true here: an expertise is one of the partnership's taxonomy; a word it does not know is a line's fault, never a new expertise.

use super::{
    FileReport, fields,
    known::Known,
    people,
    read::{Column, Row, Sheet, listed},
    report::{Became, Seen},
};
use app::{
    db::Tx,
    experts::sql::{self, NewSpecialist},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ExpertiseId, SpecialistId, WijkId,
    availability::{Weekly, parse_weekly},
    experts::{ExpertiseLevel, SupportLevel, fold},
    people::{Email, Role, Scope, check_name},
};
use std::collections::HashMap;
use uuid::Uuid;

/// The columns of the file.
pub const COLUMNS: &[Column] = &[
    Column::must("email", "email", &["emailadres", "mail"]),
    Column::must("name", "name", &["naam"]),
    Column::must("supplier", "supplier", &["leverancier", "dienstverlener"]),
    Column::may("postcode", "postcode", &[]),
    Column::must("expertises", "expertises", &["expertise"]),
    Column::may("levels", "levels", &["niveaus", "niveau"]),
    Column::must("proof", "proof", &["bewijs"]),
    Column::may("proof_until", "proof_until", &["bewijstot", "geldigtot"]),
    Column::may("weekly", "weekly", &["weekrooster", "rooster", "week"]),
];

/// Proofs as the table checks them.
const PROOF_MAX: usize = 200;
/// Nobody has proven more than this; a longer list is another column.
const EXPERTISES_MAX: usize = 20;
/// What a specialist speaks until their profile says otherwise.
const LANGUAGE: &str = "Nederlands";

/// A line that holds.
struct Line {
    email: Email,
    name: String,
    supplier: String,
    postcode: String,
    /// In the order of the file; the first is what they are best at.
    expertises: Vec<ExpertiseId>,
    levels: String,
    proof: String,
    proof_until: Option<NaiveDate>,
    /// None when the file leaves it empty: then the week that is known stays.
    weekly: Option<Weekly>,
}

/// Keeps specialists, with the person, role, expertises and week of each.
pub async fn import(tx: &mut Tx, known: &mut Known, sheet: &Sheet, now: DateTime<Utc>) -> anyhow::Result<FileReport> {
    let mut file = FileReport::new("experts", sheet);
    let mut seen = Seen::default();
    let words = words(tx, known).await?;
    let wijken = wijken(known);
    for row in sheet.rows() {
        let read = line(row, &words).and_then(|line| seen.first(line.email.as_str(), line.email.as_str(), row.line).map(|()| line));
        let Some(line) = file.sift(row.line, read) else { continue };
        let wijk = line.postcode.get(..4).and_then(|digits| wijken.get(digits)).copied();
        match put(tx, known, &line, wijk, now).await? {
            Ok(became) => file.count(became),
            Err(reason) => file.reject(row.line, reason),
        }
    }
    Ok(file)
}

async fn put(
    tx: &mut Tx,
    known: &mut Known,
    line: &Line,
    wijk: Option<WijkId>,
    now: DateTime<Utc>,
) -> anyhow::Result<Result<Became, String>> {
    let (person, became) = match people::put_person(tx, known, &line.email, &line.name, now).await? {
        Ok(put) => put,
        Err(reason) => return Ok(Err(reason)),
    };
    let (supplier, _) = known.supplier(tx, &line.supplier).await?;
    let known_as = sql::specialist_of_person(tx, person).await?;
    let before = match known_as {
        Some(id) => sql::specialist(tx, known.partnership, id).await?,
        None => None,
    };
    let is_same = before.as_ref().is_some_and(|row| {
        (row.supplier_id, row.postcode.as_str(), row.levels.as_str(), row.active) == (supplier.0, &line.postcode, &line.levels, true)
            && wijk.is_none_or(|wijk| row.wijk_id == Some(wijk.0))
    });
    let id = match known_as.filter(|_| is_same) {
        Some(id) => id,
        None => {
            let languages = before.as_ref().map_or(LANGUAGE, |row| &row.languages);
            let (headline, about, direct) = ("", "", before.as_ref().is_some_and(|row| row.direct));
            let (postcode, levels) = (line.postcode.as_str(), line.levels.as_str());
            let new = NewSpecialist { person, supplier, headline, about, postcode, wijk, languages, levels, direct };
            sql::put_specialist(tx, known.partnership, &new).await?
        }
    };
    let expertises_changed = put_expertises(tx, known, id, line).await?;
    let weekly_changed = put_weekly(tx, known, id, line.weekly.as_ref(), now).await?;
    let granted = people::grant(tx, known, person, Role::Specialist, Scope::Specialist(id), now).await?;
    let is_changed = !is_same || expertises_changed || weekly_changed || granted || became != Became::Unchanged;
    Ok(Ok(Became::of(before.is_none(), is_changed)))
}

/// Replaces what they can when it differs. The first expertise named is what they are specialised in, the others they are experienced in
/// *(choice)*; a level that was set here since is kept.
async fn put_expertises(tx: &mut Tx, known: &Known, id: SpecialistId, line: &Line) -> anyhow::Result<bool> {
    let before = sql::expertises_of(tx, known.partnership, Some(id)).await?;
    let level = |at: usize, expertise: ExpertiseId| {
        let kept = before.iter().find(|row| row.expertise_id == expertise.0).map(|row| row.level.as_str());
        kept.unwrap_or(if at == 0 { ExpertiseLevel::Specialised.dutch() } else { ExpertiseLevel::Experienced.dutch() })
    };
    let is_same = before.len() == line.expertises.len()
        && before.iter().all(|row| {
            line.expertises.contains(&row.expertise_id.into()) && (&row.proof, row.proof_until) == (&line.proof, line.proof_until)
        });
    if !is_same {
        let rows: Vec<_> = line.expertises.iter().enumerate().map(|(at, expertise)| (*expertise, level(at, *expertise))).collect();
        let rows: Vec<_> = rows.into_iter().map(|(expertise, level)| (expertise, level, line.proof.as_str(), line.proof_until)).collect();
        sql::set_expertises(tx, id, &rows).await?;
    }
    Ok(!is_same)
}

async fn put_weekly(tx: &mut Tx, known: &Known, id: SpecialistId, weekly: Option<&Weekly>, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let Some(weekly) = weekly else { return Ok(false) };
    let before = sql::calendar(tx, known.partnership, id, now, now).await?.weekly;
    if before != *weekly {
        sql::set_weekly(tx, id, weekly).await?;
    }
    Ok(before != *weekly)
}

fn line(row: Row<'_>, words: &HashMap<String, ExpertiseId>) -> Result<Line, String> {
    let written = row.text("email");
    let weekly = match row.text("weekly") {
        "" => None,
        text => Some(parse_weekly(text).map_err(|refusal| refusal.to_string())?),
    };
    Ok(Line {
        email: Email::parse(written).map_err(|refusal| format!("‘{written}’: {refusal}"))?,
        name: check_name(row.text("name")).map_err(|refusal| refusal.to_string())?,
        supplier: fields::filled(row.text("supplier"), "De leverancier", fields::NAME_MAX)?,
        postcode: fields::postcode(row.text("postcode"))?,
        expertises: expertises(row.text("expertises"), words)?,
        levels: levels(row.text("levels"))?,
        proof: fields::filled(row.text("proof"), "Het bewijs", PROOF_MAX)?,
        proof_until: fields::date(row.text("proof_until"), "proof_until")?,
        weekly,
    })
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '|']).map(str::trim).filter(|part| !part.is_empty())
}

fn expertises(text: &str, words: &HashMap<String, ExpertiseId>) -> Result<Vec<ExpertiseId>, String> {
    let mut expertises = Vec::new();
    let mut unknown = Vec::new();
    for part in parts(text) {
        match words.get(&fold(part)) {
            Some(expertise) if expertises.contains(expertise) => {}
            Some(expertise) => expertises.push(*expertise),
            None => unknown.push(part),
        }
    }
    match (unknown.as_slice(), expertises.len()) {
        ([], 0) => Err("Er staat geen expertise.".into()),
        ([], many) if many > EXPERTISES_MAX => Err(format!("Er staan meer dan {EXPERTISES_MAX} expertises.")),
        ([], _) => Ok(expertises),
        ([word], _) => Err(format!("‘{word}’ is geen expertise uit de lijst.")),
        (words, _) => Err(format!("{} zijn geen expertises uit de lijst.", listed(words))),
    }
}

/// Codes with commas, from the smallest level to the widest. Nothing means all of them.
fn levels(text: &str) -> Result<String, String> {
    let mut chosen = Vec::new();
    for part in text.split([';', ',', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        let level = SupportLevel::from_dutch(part).or_else(|| SupportLevel::from_code(&part.to_lowercase()));
        chosen.push(level.ok_or_else(|| format!("‘{part}’ is geen niveau. Kies uit leerling, groep, leerkracht en school."))?);
    }
    let offered = SupportLevel::ALL.into_iter().filter(|level| chosen.is_empty() || chosen.contains(level));
    Ok(offered.map(SupportLevel::dutch).collect::<Vec<_>>().join(","))
}

/// Every word that means one expertise of the partnership: names and slugs first, then the field's own words, then other words that
/// point one way only.
async fn words(tx: &mut Tx, known: &Known) -> anyhow::Result<HashMap<String, ExpertiseId>> {
    let mut words: HashMap<String, ExpertiseId> = HashMap::new();
    for row in sql::taxonomy(tx, known.partnership).await? {
        words.insert(fold(&row.name), row.id.into());
        words.entry(fold(&row.slug)).or_insert(row.id.into());
    }
    let rows = sql::words(tx, known.partnership).await?;
    for (expertise, word, _) in rows.iter().filter(|(_, _, kind)| kind == "synonym") {
        words.entry(fold(word)).or_insert(ExpertiseId(*expertise));
    }
    let mut others: HashMap<String, Option<Uuid>> = HashMap::new();
    for (expertise, word, _) in rows.iter().filter(|(_, _, kind)| kind != "synonym") {
        let one = others.entry(fold(word)).or_insert(Some(*expertise));
        *one = one.filter(|known| known == expertise);
    }
    for (word, expertise) in others {
        if let Some(expertise) = expertise {
            words.entry(word).or_insert(ExpertiseId(expertise));
        }
    }
    Ok(words)
}

/// The wijk of most schools with the same four digits in their postcode; of equals, the same one every time.
fn wijken(known: &Known) -> HashMap<String, WijkId> {
    let mut counts: HashMap<String, HashMap<Uuid, usize>> = HashMap::new();
    for school in known.schools.values() {
        if let Some(digits) = school.postcode.get(..4) {
            *counts.entry(digits.to_owned()).or_default().entry(school.wijk_id).or_default() += 1;
        }
    }
    let most = |wijken: HashMap<Uuid, usize>| wijken.into_iter().max_by_key(|(wijk, count)| (*count, *wijk)).map(|(wijk, _)| WijkId(wijk));
    counts.into_iter().filter_map(|(digits, wijken)| Some((digits, most(wijken)?))).collect()
}
