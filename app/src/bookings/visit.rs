//! What decides whether a specialist can come to a school. Always true here: a page may show what was read a moment ago; choosing a
//! moment reads everything.

use crate::{
    AppError,
    db::{Snapshot, Tx},
    experts::{
        Known, Roster, Skill, ahead_of, skills,
        sql::{self as experts},
    },
    organisations::sql::{self as organisations, SchoolRow},
    session::Me,
};
use chrono::{DateTime, Utc};
use domain::{
    ExpertiseId, PartnershipId, PersonId, Refusal, SchoolId, SpecialistId, SupplierId, WijkId,
    availability::{Calendar, Place},
    bookings::{Level, Proven, Reach, check_proven, check_subject, subjects},
    time,
};

/// Everything that decides whether a specialist can come to a school around a moment.
pub(super) struct Visit {
    pub(super) name: String,
    /// Who said yes beforehand, by opening their time for direct booking.
    pub(super) person: PersonId,
    is_active: bool,
    pub(super) supplier: SupplierId,
    pub(super) supplier_name: String,
    pub(super) direct: bool,
    wijken: Vec<WijkId>,
    pub(super) wijk: String,
    pub(super) levels: Vec<Level>,
    pub(super) skills: Vec<Skill>,
    pub(super) calendar: Calendar,
    pub(super) place: Place,
}

impl Visit {
    /// As it is, for whoever chooses a moment.
    pub(super) async fn load(
        tx: &mut Tx,
        partnership: PartnershipId,
        specialist: SpecialistId,
        school: SchoolId,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Self, AppError> {
        let row = experts::specialist(tx, partnership, specialist).await?.ok_or(AppError::NotFound)?;
        let school = organisations::school(tx, partnership, school).await?.ok_or(AppError::NotFound)?;
        let wijken = experts::wijken_of(tx, partnership, Some(specialist)).await?;
        let skills = skills(experts::expertises_of(tx, partnership, Some(specialist)).await?).remove(&specialist).unwrap_or_default();
        let calendar = experts::calendar(tx, partnership, specialist, from, until).await?;
        let wijken = wijken.into_iter().map(|(_, wijk, _)| wijk.into()).collect();
        Ok(Self::new(&row, wijken, skills, calendar, &school))
    }

    /// As it was a moment ago, for a page.
    pub(super) async fn shown(
        snapshot: &mut Snapshot,
        me: &Me,
        (roster, known): (&Roster, &Known),
        school: &SchoolRow,
        span: (DateTime<Utc>, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Result<Self, AppError> {
        let busy = ahead_of(snapshot, me, known.id(), span, now).await?;
        let calendar = Calendar { busy: busy.to_vec(), ..roster.patterns.get(&known.id()).cloned().unwrap_or_default() };
        let wijken = known.wijken.iter().map(|(wijk, _)| *wijk).collect();
        Ok(Self::new(&known.row, wijken, known.skills.clone(), calendar, school))
    }

    fn new(row: &experts::SpecialistRow, wijken: Vec<WijkId>, skills: Vec<Skill>, calendar: Calendar, school: &SchoolRow) -> Self {
        Self {
            name: row.name.clone(),
            person: row.person_id.into(),
            is_active: row.active,
            supplier: row.supplier_id.into(),
            supplier_name: row.supplier.clone(),
            direct: row.direct,
            wijken,
            wijk: school.wijk.clone(),
            levels: row.levels.split(',').filter_map(|code| Level::from_code(code.trim())).collect(),
            skills,
            calendar,
            place: Place { school: school.id.into(), wijk: Some(school.wijk_id.into()), district: Some(school.district_id.into()) },
        }
    }

    pub(super) fn reach(&self) -> Result<(), Refusal> {
        Reach { specialist: &self.name, is_active: self.is_active, wijken: &self.wijken }.check(&self.place, &self.wijk)
    }

    pub(super) fn proven(&self, expertise: Option<ExpertiseId>, starts_at: DateTime<Utc>) -> Result<(), Refusal> {
        check_proven(&self.name, &self.proof(None), expertise, time::local_date(starts_at))
    }

    /// Whether it is clear what the visit is about.
    pub(super) fn subject(&self, expertise: Option<ExpertiseId>, starts_at: DateTime<Utc>) -> Result<(), Refusal> {
        check_subject(&self.name, &self.proof(None), expertise, time::local_date(starts_at))
    }

    /// The expertises that count on a day.
    pub(super) fn subjects(&self, on: DateTime<Utc>) -> Vec<&Skill> {
        let proven = self.proof(None);
        let counting: Vec<ExpertiseId> = subjects(&proven, time::local_date(on)).map(|one| one.expertise).collect();
        self.skills.iter().filter(|skill| counting.contains(&skill.id)).collect()
    }

    /// The proof of one expertise; of every one when none is asked for.
    pub(super) fn proof(&self, expertise: Option<ExpertiseId>) -> Vec<Proven> {
        let asked = self.skills.iter().filter(|skill| expertise.is_none_or(|asked| skill.id == asked));
        asked.map(|skill| Proven { expertise: skill.id, name: skill.name.clone(), proof: skill.proof.clone() }).collect()
    }
}
