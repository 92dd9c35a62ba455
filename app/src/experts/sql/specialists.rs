//! Rows of specialists and what they can.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_one, fetch_optional,
};
use chrono::NaiveDate;
use domain::{ExpertiseId, PartnershipId, PersonId, SpecialistId, SupplierId, WijkId};
use uuid::Uuid;

/// A partnership has tens of specialists, the largest a few hundred.
const SPECIALISTS_MAX: i64 = 1_000;

/// A specialist with their name and supplier.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SpecialistRow {
    pub id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub email: String,
    pub supplier_id: Uuid,
    pub supplier: String,
    pub supplier_position: i64,
    pub headline: String,
    pub about: String,
    pub postcode: String,
    pub wijk_id: Option<Uuid>,
    pub wijk: Option<String>,
    pub district_id: Option<Uuid>,
    pub languages: String,
    pub phone: String,
    /// Levels of support offered, as codes with commas: `leerling,groep`.
    pub levels: String,
    pub direct: bool,
    pub active: bool,
}

/// One expertise of one specialist.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ExpertiseRow {
    pub specialist_id: Uuid,
    pub expertise_id: Uuid,
    pub slug: String,
    pub name: String,
    pub category: String,
    pub level: String,
    pub proof: String,
    pub proof_until: Option<NaiveDate>,
}

/// What making a specialist needs; the person exists already.
#[derive(Clone, Debug)]
pub struct NewSpecialist<'a> {
    pub person: PersonId,
    pub supplier: SupplierId,
    pub headline: &'a str,
    pub about: &'a str,
    pub postcode: &'a str,
    pub wijk: Option<WijkId>,
    pub languages: &'a str,
    /// Codes with commas.
    pub levels: &'a str,
    pub direct: bool,
}

/// Every active specialist of the partnership.
pub async fn specialists(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<SpecialistRow>> {
    fetch_all!(
        tx,
        SpecialistRow,
        "select s.id, s.person_id, p.name, p.email, s.supplier_id, u.name as supplier, u.position as supplier_position, s.headline, s.about,
             s.postcode, s.wijk_id, w.name as wijk, w.district_id, s.languages, s.phone, s.levels, s.direct, s.active
         from specialists s
         join people p on p.id = s.person_id
         join suppliers u on u.id = s.supplier_id
         left join wijken w on w.id = s.wijk_id
         where s.partnership_id = $1 and s.active
         order by p.name, s.id
         limit $2",
        partnership.0,
        SPECIALISTS_MAX
    )
}

/// One specialist of the partnership.
pub async fn specialist(tx: &mut Tx, partnership: PartnershipId, specialist: SpecialistId) -> Result<Option<SpecialistRow>> {
    fetch_optional!(
        tx,
        SpecialistRow,
        "select s.id, s.person_id, p.name, p.email, s.supplier_id, u.name as supplier, u.position as supplier_position, s.headline, s.about,
             s.postcode, s.wijk_id, w.name as wijk, w.district_id, s.languages, s.phone, s.levels, s.direct, s.active
         from specialists s
         join people p on p.id = s.person_id
         join suppliers u on u.id = s.supplier_id
         left join wijken w on w.id = s.wijk_id
         where s.partnership_id = $1 and s.id = $2",
        partnership.0,
        specialist.0
    )
}

/// The specialist that a person is.
pub async fn specialist_of_person(tx: &mut Tx, person: PersonId) -> Result<Option<SpecialistId>> {
    let row: Option<(Uuid,)> = fetch_optional!(tx, (Uuid,), "select id from specialists where person_id = $1", person.0)?;
    Ok(row.map(|(id,)| id.into()))
}

/// What specialists can: of one, or of every active one in the partnership.
pub async fn expertises_of(tx: &mut Tx, partnership: PartnershipId, specialist: Option<SpecialistId>) -> Result<Vec<ExpertiseRow>> {
    match specialist {
        Some(specialist) => fetch_all!(
            tx,
            ExpertiseRow,
            "select x.specialist_id, x.expertise_id, e.slug, e.name, e.category, x.level, x.proof, x.proof_until
             from specialist_expertises x
             join expertises e on e.id = x.expertise_id
             where e.partnership_id = $1 and x.specialist_id = $2
             order by e.name, x.expertise_id",
            partnership.0,
            specialist.0
        ),
        None => fetch_all!(
            tx,
            ExpertiseRow,
            "select x.specialist_id, x.expertise_id, e.slug, e.name, e.category, x.level, x.proof, x.proof_until
             from specialists s
             join specialist_expertises x on x.specialist_id = s.id
             join expertises e on e.id = x.expertise_id
             where s.partnership_id = $1 and s.active
             order by x.specialist_id, e.name, x.expertise_id",
            partnership.0
        ),
    }
}

/// The wijken specialists work in, of one or of all; none means everywhere.
pub async fn wijken_of(tx: &mut Tx, partnership: PartnershipId, specialist: Option<SpecialistId>) -> Result<Vec<(Uuid, Uuid, String)>> {
    match specialist {
        Some(specialist) => fetch_all!(
            tx,
            (Uuid, Uuid, String),
            "select x.specialist_id, w.id, w.name
             from specialist_wijken x
             join wijken w on w.id = x.wijk_id
             where w.partnership_id = $1 and x.specialist_id = $2
             order by w.name, w.id",
            partnership.0,
            specialist.0
        ),
        None => fetch_all!(
            tx,
            (Uuid, Uuid, String),
            "select x.specialist_id, w.id, w.name
             from specialist_wijken x
             join wijken w on w.id = x.wijk_id
             where w.partnership_id = $1
             order by x.specialist_id, w.name, w.id",
            partnership.0
        ),
    }
}

/// Makes a person a specialist, or updates the one they are.
pub async fn put_specialist(tx: &mut Tx, partnership: PartnershipId, new: &NewSpecialist<'_>) -> Result<SpecialistId> {
    let (id,): (Uuid,) = fetch_one!(
        tx,
        (Uuid,),
        "insert into specialists (id, partnership_id, person_id, supplier_id, headline, about, postcode, wijk_id, languages, levels, direct)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (person_id) do update set
             supplier_id = excluded.supplier_id,
             headline = case when excluded.headline = '' then specialists.headline else excluded.headline end,
             about = case when excluded.about = '' then specialists.about else excluded.about end,
             postcode = excluded.postcode,
             wijk_id = coalesce(excluded.wijk_id, specialists.wijk_id),
             languages = excluded.languages,
             levels = excluded.levels,
             active = true
         returning id",
        Uuid::now_v7(),
        partnership.0,
        new.person.0,
        new.supplier.0,
        new.headline,
        new.about,
        new.postcode,
        new.wijk.map(|wijk| wijk.0),
        new.languages,
        new.levels,
        new.direct
    )?;
    Ok(id.into())
}

/// Replaces what a specialist can: expertise, level code, proof, until when.
pub async fn set_expertises(
    tx: &mut Tx,
    specialist: SpecialistId,
    expertises: &[(ExpertiseId, &str, &str, Option<NaiveDate>)],
) -> Result<()> {
    execute!(tx, "delete from specialist_expertises where specialist_id = $1", specialist.0)?;
    for (expertise, level, proof, until) in expertises {
        execute!(
            tx,
            "insert into specialist_expertises (specialist_id, expertise_id, level, proof, proof_until) values ($1, $2, $3, $4, $5)",
            specialist.0,
            expertise.0,
            *level,
            *proof,
            *until
        )?;
    }
    Ok(())
}

/// Replaces the wijken a specialist works in.
pub async fn set_wijken(tx: &mut Tx, specialist: SpecialistId, wijken: &[WijkId]) -> Result<()> {
    execute!(tx, "delete from specialist_wijken where specialist_id = $1", specialist.0)?;
    for wijk in wijken {
        execute!(tx, "insert into specialist_wijken (specialist_id, wijk_id) values ($1, $2)", specialist.0, wijk.0)?;
    }
    Ok(())
}
