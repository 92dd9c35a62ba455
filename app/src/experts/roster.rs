//! Who there is to find: the specialists of a partnership with their expertises and working weeks, and every word that leads to them,
//! kept in memory.
//!
//! Always true here: bookings and hours are not part of it, and choosing a moment reads everything anew.

use super::sql;
use crate::{
    db::{Result, Snapshot, Tx},
    organisations::sql::{Named, districts, suppliers, wijken},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    ExpertiseId, PartnershipId, SpecialistId, SupplierId, WijkId,
    availability::Calendar,
    experts::{ExpertiseLevel, Index, Place, Proof, ProofState, SupportLevel, Term, TermKind, fold},
    time,
};
use rust_stemmers::{Algorithm, Stemmer};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

/// After so long somebody reads a roster anew, while others still answer from memory.
const FRESH: TimeDelta = TimeDelta::seconds(5);
/// How long a server may answer from memory: another server's change shows after ten seconds at the latest.
const STALE: TimeDelta = TimeDelta::seconds(10);
/// What nobody asked for in an hour is let go.
const KEPT: TimeDelta = TimeDelta::hours(1);

/// The people and words of a partnership.
#[derive(Debug)]
pub struct Roster {
    /// Every active specialist, by name.
    pub people: Vec<Known>,
    /// Every word.
    pub index: Index,
    /// The expertises, by name.
    pub taxonomy: Vec<sql::TaxonomyRow>,
    /// When everybody works, bookings left out.
    pub patterns: HashMap<SpecialistId, Calendar>,
    /// The suppliers, in their order.
    pub suppliers: Vec<Named>,
    /// The wijken, by name.
    pub wijken: Vec<Named>,
    /// The names of districts.
    pub districts: Vec<Named>,
}

/// A specialist with what they can.
#[derive(Clone, Debug)]
pub struct Known {
    /// Who.
    pub row: sql::SpecialistRow,
    /// What, by name.
    pub skills: Vec<Skill>,
    /// Where they work; none means everywhere.
    pub wijken: Vec<(WijkId, String)>,
    /// At which levels.
    pub levels: Vec<SupportLevel>,
}

/// An expertise of a specialist.
#[derive(Clone, Debug)]
pub struct Skill {
    /// Which.
    pub id: ExpertiseId,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// How well.
    pub level: ExpertiseLevel,
    /// What shows it.
    pub proof: Proof,
}

impl Known {
    /// The specialist.
    #[must_use]
    pub fn id(&self) -> SpecialistId {
        self.row.id.into()
    }

    /// Their supplier.
    #[must_use]
    pub fn supplier(&self) -> SupplierId {
        self.row.supplier_id.into()
    }

    /// Where they travel from.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { wijk: self.row.wijk_id.map(Into::into), district: self.row.district_id.map(Into::into) }
    }

    /// The expertises with a proof that counts on a day.
    #[must_use]
    pub fn proven(&self, on: NaiveDate) -> Vec<ExpertiseId> {
        self.skills.iter().filter(|skill| skill.proof.state(on) != ProofState::Lapsed).map(|skill| skill.id).collect()
    }
}

impl Roster {
    /// One of its people.
    #[must_use]
    pub fn person(&self, id: SpecialistId) -> Option<&Known> {
        self.people.iter().find(|known| known.id() == id)
    }
}

/// A name in an address: `De Wissel` as `de-wissel`.
#[must_use]
pub fn slug(name: &str) -> String {
    fold(name).replace(' ', "-")
}

/// A folded Dutch word to its stem.
#[must_use]
pub fn stem(word: &str) -> String {
    static DUTCH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::Dutch));
    DUTCH.stem(word).into_owned()
}

/// What is kept of a partnership: the roster with when it was read, how often it was forgotten, and the turn of whoever reads it anew.
#[derive(Clone, Debug, Default)]
struct Shelf {
    kept: Option<(DateTime<Utc>, Arc<Roster>)>,
    forgotten: u64,
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Shelf {
    fn younger(&self, age: TimeDelta, now: DateTime<Utc>) -> Option<Arc<Roster>> {
        self.kept.as_ref().filter(|(read_at, _)| now - *read_at < age).map(|(_, roster)| roster.clone())
    }
}

static ROSTERS: LazyLock<Mutex<HashMap<PartnershipId, Shelf>>> = LazyLock::new(Mutex::default);

fn shelf(partnership: PartnershipId) -> Shelf {
    ROSTERS.lock().unwrap_or_else(PoisonError::into_inner).entry(partnership).or_default().clone()
}

/// A partnership's roster: from memory while it is fresh. When it is not, one reads it; others wait for that one when it is stale.
pub async fn roster(snapshot: &mut Snapshot, partnership: PartnershipId, now: DateTime<Utc>) -> Result<Arc<Roster>> {
    let there = shelf(partnership);
    if let Some(roster) = there.younger(FRESH, now) {
        return Ok(roster);
    }
    // First a connection, then the turn: who reads never waits for one that others hold.
    let tx = snapshot.tx().await?;
    let _turn = match (there.turn.try_lock(), there.younger(STALE, now)) {
        (Ok(turn), _) => turn,
        (Err(_), Some(roster)) => return Ok(roster),
        (Err(_), None) => there.turn.lock().await,
    };
    let before = shelf(partnership);
    if let Some(roster) = before.younger(FRESH, now) {
        return Ok(roster);
    }
    let roster = Arc::new(read(tx, partnership, time::local_date(now)).await?);
    keep(partnership, &roster, before.forgotten, now);
    Ok(roster)
}

/// Keeps a roster, unless somebody changed what is in it while it was read.
fn keep(partnership: PartnershipId, roster: &Arc<Roster>, forgotten: u64, now: DateTime<Utc>) {
    let mut rosters = ROSTERS.lock().unwrap_or_else(PoisonError::into_inner);
    rosters.retain(|_, shelf| shelf.kept.as_ref().is_none_or(|(read_at, _)| now - *read_at < KEPT));
    let shelf = rosters.entry(partnership).or_default();
    if shelf.forgotten == forgotten {
        shelf.kept = Some((now, roster.clone()));
    }
}

/// Forgets a partnership's roster: whoever changed a specialist, a working week or the taxonomy calls this after commit.
pub fn forget(partnership: PartnershipId) {
    if let Some(shelf) = ROSTERS.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&partnership) {
        shelf.kept = None;
        shelf.forgotten += 1;
    }
}

async fn read(tx: &mut Tx, partnership: PartnershipId, today: NaiveDate) -> Result<Roster> {
    let rows = sql::specialists(tx, partnership).await?;
    let mut skills = skills(sql::expertises_of(tx, partnership, None).await?);
    let mut working: HashMap<SpecialistId, Vec<(WijkId, String)>> = HashMap::new();
    for (specialist, wijk, name) in sql::wijken_of(tx, partnership, None).await? {
        working.entry(specialist.into()).or_default().push((wijk.into(), name));
    }
    let people: Vec<Known> = rows
        .into_iter()
        .map(|row| {
            let id = row.id.into();
            let levels = levels(&row.levels);
            Known { skills: skills.remove(&id).unwrap_or_default(), wijken: working.remove(&id).unwrap_or_default(), levels, row }
        })
        .collect();
    let taxonomy = sql::taxonomy(tx, partnership).await?;
    let words = sql::words(tx, partnership).await?;
    let names = taxonomy.iter().map(|row| Term { text: row.name.clone(), expertise: row.id.into(), kind: TermKind::Name });
    let others = words
        .into_iter()
        .filter_map(|(expertise, text, kind)| Some(Term { text, expertise: expertise.into(), kind: TermKind::from_code(&kind)? }));
    let index = Index::build(names.chain(others), people.iter().map(|known| (known.id(), known.row.name.clone())), &stem);
    Ok(Roster {
        people,
        index,
        taxonomy,
        patterns: sql::patterns(tx, partnership, today).await?,
        suppliers: suppliers(tx, partnership).await?,
        wijken: wijken(tx, partnership).await?,
        districts: districts(tx, partnership).await?,
    })
}

/// What specialists can, from their rows and in the order of these.
pub fn skills(rows: Vec<sql::ExpertiseRow>) -> HashMap<SpecialistId, Vec<Skill>> {
    let mut skills: HashMap<SpecialistId, Vec<Skill>> = HashMap::new();
    for row in rows {
        let level = ExpertiseLevel::from_dutch(&row.level).or_else(|| ExpertiseLevel::from_code(&row.level));
        skills.entry(row.specialist_id.into()).or_default().push(Skill {
            id: row.expertise_id.into(),
            slug: row.slug,
            name: row.name,
            level: level.unwrap_or(ExpertiseLevel::Basic),
            proof: Proof { name: row.proof, until: row.proof_until },
        });
    }
    skills
}

/// The levels in a column such as `leerling,groep`, from the smallest to the widest; none listed means all of them.
fn levels(text: &str) -> Vec<SupportLevel> {
    let known: Vec<_> =
        text.split(',').filter_map(|word| SupportLevel::from_dutch(word).or_else(|| SupportLevel::from_code(word))).collect();
    SupportLevel::ALL.into_iter().filter(|level| known.is_empty() || known.contains(level)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_while_it_was_read_is_not_kept() {
        let (partnership, now) = (PartnershipId(uuid::Uuid::from_u128(41)), DateTime::UNIX_EPOCH);
        let roster = Arc::new(Roster {
            people: Vec::new(),
            index: Index::build([], [], &stem),
            taxonomy: Vec::new(),
            patterns: HashMap::new(),
            suppliers: Vec::new(),
            wijken: Vec::new(),
            districts: Vec::new(),
        });
        let before = shelf(partnership).forgotten;
        forget(partnership);
        keep(partnership, &roster, before, now);
        assert!(shelf(partnership).younger(FRESH, now).is_none());
        keep(partnership, &roster, shelf(partnership).forgotten, now);
        assert!(shelf(partnership).younger(FRESH, now + FRESH / 2).is_some());
        assert!(shelf(partnership).younger(FRESH, now + FRESH).is_none());
    }

    #[test]
    fn a_name_in_an_address_has_no_capitals_accents_or_signs() {
        assert_eq!(slug("De Wissel"), "de-wissel");
        assert_eq!(slug("’t Zand & Oekraïne"), "t-zand-oekraine");
    }

    #[test]
    fn dutch_words_meet_at_their_stem() {
        assert_eq!(stem("leerlijnen"), stem("leerlijn"));
        assert_eq!(stem("kleuters"), stem("kleuter"));
    }

    #[test]
    fn levels_stand_from_small_to_wide_and_none_means_all() {
        assert_eq!(levels("school,leerling"), [SupportLevel::Pupil, SupportLevel::School]);
        assert_eq!(levels("").len(), 4);
    }
}
