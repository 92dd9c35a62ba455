//! Rows of pots and of the wijken they cover. Always true here: a wijk lies in one pot at most, and a school whose wijk lies in none
//! belongs to the city-wide pot.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_one, fetch_optional,
    organisations::sql::SCHOOLS_MAX,
};
use domain::{PartnershipId, PersonId, SchoolId, WijkId, WijkpotId};
use uuid::Uuid;

/// The largest partnership has some fifty wijken.
const POTS_MAX: i64 = 200;

/// A pot.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PotRow {
    pub id: Uuid,
    pub name: String,
    pub city: bool,
}

/// A school of a pot.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberRow {
    pub id: Uuid,
    pub name: String,
    pub board_id: Option<Uuid>,
    pub board: Option<String>,
}

/// A pot by name, made when it is not there yet.
pub async fn put_pot(tx: &mut Tx, partnership: PartnershipId, name: &str, city: bool) -> Result<WijkpotId> {
    let (id,): (Uuid,) = fetch_one!(
        tx,
        (Uuid,),
        "insert into wijkpots (id, partnership_id, name, city) values ($1, $2, $3, $4)
         on conflict (partnership_id, name) do update set city = excluded.city
         returning id",
        Uuid::now_v7(),
        partnership.0,
        name,
        city
    )?;
    Ok(id.into())
}

/// Puts a wijk in a pot, out of the one it was in; what its schools wait for they then ask of the new one. Both are of one partnership:
/// what is not changes nothing.
pub async fn cover(tx: &mut Tx, partnership: PartnershipId, pot: WijkpotId, wijk: WijkId) -> Result<()> {
    execute!(
        tx,
        "insert into wijkpot_wijken (wijk_id, pot_id)
         select w.id, p.id
         from wijken w
         join wijkpots p on p.partnership_id = w.partnership_id
         where w.partnership_id = $1 and w.id = $2 and p.id = $3
         on conflict (wijk_id) do update set pot_id = excluded.pot_id",
        partnership.0,
        wijk.0,
        pot.0
    )?;
    execute!(
        tx,
        "update draws
         set pot_id = $3
         where partnership_id = $1 and state = 'asked'
             and school_id in (
                 select s.id
                 from schools s
                 join wijkpot_wijken w on w.wijk_id = s.wijk_id
                 where s.partnership_id = $1 and s.wijk_id = $2 and w.pot_id = $3
             )",
        partnership.0,
        wijk.0,
        pot.0
    )
    .map(drop)
}

/// Every pot, the city-wide one last.
pub async fn pots(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<PotRow>> {
    fetch_all!(
        tx,
        PotRow,
        "select id, name, city from wijkpots where partnership_id = $1 order by city, name, id limit $2",
        partnership.0,
        POTS_MAX
    )
}

/// A pot of this partnership.
pub async fn pot(tx: &mut Tx, partnership: PartnershipId, pot: WijkpotId) -> Result<Option<PotRow>> {
    fetch_optional!(tx, PotRow, "select id, name, city from wijkpots where partnership_id = $1 and id = $2", partnership.0, pot.0)
}

/// The city-wide pot, when there is one.
pub async fn city_pot(tx: &mut Tx, partnership: PartnershipId) -> Result<Option<PotRow>> {
    fetch_optional!(tx, PotRow, "select id, name, city from wijkpots where partnership_id = $1 and city", partnership.0)
}

/// The pot a school gives to and draws from: that of its wijk, else the city-wide one.
pub async fn pot_of_school(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Option<PotRow>> {
    fetch_optional!(
        tx,
        PotRow,
        "select p.id, p.name, p.city
         from schools s
         left join wijkpot_wijken w on w.wijk_id = s.wijk_id
         join wijkpots p on p.id = w.pot_id or (p.partnership_id = s.partnership_id and p.city)
         where s.partnership_id = $1 and s.id = $2
         order by p.city, p.id
         limit 1",
        partnership.0,
        school.0
    )
}

/// The schools of a pot, by name. Of the city-wide pot: the schools whose wijk lies in no other.
pub async fn members(tx: &mut Tx, partnership: PartnershipId, pot: &PotRow) -> Result<Vec<MemberRow>> {
    fetch_all!(
        tx,
        MemberRow,
        "select s.id, s.name, s.board_id, b.name as board
         from schools s
         left join boards b on b.id = s.board_id
         left join wijkpot_wijken w on w.wijk_id = s.wijk_id
         where s.partnership_id = $1 and (w.pot_id = $2 or (w.pot_id is null and $3))
         order by s.name, s.id
         limit $4",
        partnership.0,
        pot.id,
        pot.city,
        SCHOOLS_MAX
    )
}

/// The schools that can vote, with the coordinators who can do it for them and the pot they belong to (none: the city-wide one).
pub async fn voters(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<(Option<WijkpotId>, SchoolId, PersonId)>> {
    let rows: Vec<(Option<Uuid>, Uuid, Uuid)> = fetch_all!(
        tx,
        (Option<Uuid>, Uuid, Uuid),
        "select w.pot_id, s.id, r.person_id
         from roles r
         join schools s on s.id = r.scope_id
         left join wijkpot_wijken w on w.wijk_id = s.wijk_id
         where r.partnership_id = $1 and r.role = 'coordinator' and s.partnership_id = $1
         order by s.id, r.person_id",
        partnership.0
    )?;
    Ok(rows.into_iter().map(|(pot, school, person)| (pot.map(Into::into), school.into(), person.into())).collect())
}

/// The names of the wijken a pot covers.
pub async fn wijken_of(tx: &mut Tx, partnership: PartnershipId, pot: WijkpotId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = fetch_all!(
        tx,
        (String,),
        "select w.name
         from wijkpot_wijken p
         join wijken w on w.id = p.wijk_id
         where w.partnership_id = $1 and p.pot_id = $2
         order by w.name, w.id
         limit $3",
        partnership.0,
        pot.0,
        POTS_MAX
    )?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}
