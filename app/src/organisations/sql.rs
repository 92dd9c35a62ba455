//! Rows of organisations. `put_…` inserts or updates by the natural key and answers the id, so that an import twice is an import once.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_one, fetch_optional,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    BoardId, DistrictId, PartnershipId, PersonId, SchoolId, SupplierId, WijkId,
    policy::{Policy, Setting},
};
use uuid::Uuid;

/// The largest partnership has 389 sites; lists never grow past this.
pub const SCHOOLS_MAX: i64 = 1_000;

/// A partnership.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PartnershipRow {
    pub id: Uuid,
    pub code: String,
    pub name: String,
}

/// A school with where it belongs.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SchoolRow {
    pub id: Uuid,
    pub brin: String,
    pub name: String,
    pub board_id: Option<Uuid>,
    pub board: Option<String>,
    pub wijk_id: Uuid,
    pub wijk: String,
    pub district_id: Uuid,
    pub pupils: Option<i64>,
}

/// A board, supplier, wijk or district: an id and a name.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Named {
    pub id: Uuid,
    pub name: String,
}

/// What an import knows of a school.
#[derive(Clone, Debug, Default)]
pub struct SchoolFacts {
    pub brin: String,
    pub name: String,
    pub street: String,
    pub postcode: String,
    pub town: String,
    pub municipality: String,
    pub denomination: String,
    pub pupils: Option<i64>,
}

/// Every partnership, by code.
pub async fn partnerships(tx: &mut Tx) -> Result<Vec<PartnershipRow>> {
    fetch_all!(tx, PartnershipRow, "select id, code, name from partnerships order by code limit 1000")
}

/// The partnership with this code.
pub async fn partnership(tx: &mut Tx, code: &str) -> Result<Option<PartnershipRow>> {
    fetch_optional!(tx, PartnershipRow, "select id, code, name from partnerships where lower(code) = lower($1)", code)
}

/// Makes a partnership, or renames it when a name is given.
pub async fn put_partnership(tx: &mut Tx, code: &str, name: Option<&str>, at: DateTime<Utc>) -> Result<PartnershipId> {
    if let Some(known) = partnership(tx, code).await? {
        if let Some(name) = name {
            execute!(tx, "update partnerships set name = $2 where id = $1", known.id, name)?;
        }
        return Ok(PartnershipId(known.id));
    }
    make_partnership(tx, code, name, at).await
}

/// Makes a partnership; a duplicate when somebody made it meanwhile.
pub async fn make_partnership(tx: &mut Tx, code: &str, name: Option<&str>, at: DateTime<Utc>) -> Result<PartnershipId> {
    let id = Uuid::now_v7();
    execute!(tx, "insert into partnerships (id, code, name, created_at) values ($1, $2, $3, $4)", id, code, name.unwrap_or(code), at)?;
    Ok(PartnershipId(id))
}

/// What the partnership chose, and the default for what it did not.
pub async fn policy(tx: &mut Tx, partnership: PartnershipId) -> Result<Policy> {
    let rows: Vec<(String, String)> =
        fetch_all!(tx, (String, String), "select name, value from policies where partnership_id = $1 order by name", partnership.0)?;
    Ok(Policy::read(rows.iter().map(|(name, value)| (name.as_str(), value.as_str()))))
}

/// Keeps a choice that `Policy::set` accepted, with who made it.
pub async fn put_setting(
    tx: &mut Tx,
    partnership: PartnershipId,
    setting: Setting,
    value: &str,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "insert into policies (partnership_id, name, value, changed_by, changed_at) values ($1, $2, $3, $4, $5)
         on conflict (partnership_id, name)
             do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at",
        partnership.0,
        setting.code(),
        value,
        by.0,
        at
    )
    .map(drop)
}

/// Who chose a setting last, and when; a setting that was never chosen is not among them.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SettingChange {
    pub name: String,
    pub by: Option<String>,
    pub changed_at: Option<DateTime<Utc>>,
}

/// The last change of every setting of the partnership.
pub async fn setting_changes(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<SettingChange>> {
    fetch_all!(
        tx,
        SettingChange,
        "select s.name, p.name as by, s.changed_at
         from policies s
         left join people p on p.id = s.changed_by
         where s.partnership_id = $1
         order by s.name",
        partnership.0
    )
}

/// Who let a school give by itself what is idle at the end of a month, and when.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AutomaticDonation {
    pub by: String,
    pub switched_at: DateTime<Utc>,
}

/// Whether a school gives by itself; none when it does not.
pub async fn automatic_donation(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Option<AutomaticDonation>> {
    fetch_optional!(
        tx,
        AutomaticDonation,
        "select p.name as by, d.switched_at
         from automatic_donations d
         join people p on p.id = d.switched_by
         where d.partnership_id = $1 and d.school_id = $2",
        partnership.0,
        school.0
    )
}

/// Schools that give by themselves.
pub async fn automatic_donors(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<SchoolId>> {
    let rows: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        "select school_id from automatic_donations where partnership_id = $1 order by school_id limit $2",
        partnership.0,
        SCHOOLS_MAX
    )?;
    Ok(rows.into_iter().map(|(school,)| school.into()).collect())
}

/// Lets a school give by itself; says no when it does already.
pub async fn put_automatic_donation(
    tx: &mut Tx,
    partnership: PartnershipId,
    school: SchoolId,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let put = execute!(
        tx,
        "insert into automatic_donations (school_id, partnership_id, switched_by, switched_at) values ($1, $2, $3, $4) on conflict do nothing",
        school.0,
        partnership.0,
        by.0,
        at
    )?;
    Ok(put == 1)
}

/// Lets a school give by itself no longer; says no when it did not.
pub async fn drop_automatic_donation(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<bool> {
    let gone = execute!(tx, "delete from automatic_donations where partnership_id = $1 and school_id = $2", partnership.0, school.0)?;
    Ok(gone == 1)
}

/// A district by name.
pub async fn put_district(tx: &mut Tx, partnership: PartnershipId, name: &str) -> Result<DistrictId> {
    let (id,): (Uuid,) = fetch_one!(
        tx,
        (Uuid,),
        "insert into districts (id, partnership_id, name) values ($1, $2, $3)
         on conflict (partnership_id, name) do update set name = excluded.name
         returning id",
        Uuid::now_v7(),
        partnership.0,
        name
    )?;
    Ok(DistrictId(id))
}

/// A wijk by name. An existing wijk keeps its district.
pub async fn put_wijk(tx: &mut Tx, partnership: PartnershipId, name: &str, district: DistrictId) -> Result<WijkId> {
    let (id,): (Uuid,) = fetch_one!(
        tx,
        (Uuid,),
        "insert into wijken (id, partnership_id, district_id, name) values ($1, $2, $3, $4)
         on conflict (partnership_id, name) do update set name = excluded.name
         returning id",
        Uuid::now_v7(),
        partnership.0,
        district.0,
        name
    )?;
    Ok(WijkId(id))
}

/// A board by name; a new one stands at the end.
pub async fn put_board(tx: &mut Tx, partnership: PartnershipId, name: &str) -> Result<BoardId> {
    let (id,): (Uuid,) = fetch_one!(
        tx,
        (Uuid,),
        "insert into boards (id, partnership_id, name, position)
         values ($1, $2, $3, (select count(*) from boards where partnership_id = $2))
         on conflict (partnership_id, name) do update set name = excluded.name
         returning id",
        Uuid::now_v7(),
        partnership.0,
        name
    )?;
    Ok(BoardId(id))
}

/// A supplier by name; a new one stands at the end, which picks its sign's colour.
pub async fn put_supplier(tx: &mut Tx, partnership: PartnershipId, name: &str) -> Result<SupplierId> {
    let (id,): (Uuid,) = fetch_one!(
        tx,
        (Uuid,),
        "insert into suppliers (id, partnership_id, name, position)
         values ($1, $2, $3, (select count(*) from suppliers where partnership_id = $2))
         on conflict (partnership_id, name) do update set name = excluded.name
         returning id",
        Uuid::now_v7(),
        partnership.0,
        name
    )?;
    Ok(SupplierId(id))
}

/// A school by BRIN. An update keeps its wijk and board, which are decided here and not at DUO; a name or address that an
/// import leaves empty keeps what was known.
pub async fn put_school(tx: &mut Tx, partnership: PartnershipId, school: &SchoolFacts, wijk: WijkId) -> Result<SchoolId> {
    let (id,): (Uuid,) = fetch_one!(
        tx,
        (Uuid,),
        "insert into schools (id, partnership_id, brin, name, street, postcode, town, municipality, denomination, wijk_id, pupils)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (partnership_id, brin) do update set
             name = excluded.name,
             street = case when excluded.street = '' then schools.street else excluded.street end,
             postcode = case when excluded.postcode = '' then schools.postcode else excluded.postcode end,
             town = case when excluded.town = '' then schools.town else excluded.town end,
             municipality = case when excluded.municipality = '' then schools.municipality else excluded.municipality end,
             denomination = case when excluded.denomination = '' then schools.denomination else excluded.denomination end,
             pupils = coalesce(excluded.pupils, schools.pupils)
         returning id",
        Uuid::now_v7(),
        partnership.0,
        &school.brin,
        &school.name,
        &school.street,
        &school.postcode,
        &school.town,
        &school.municipality,
        &school.denomination,
        wijk.0,
        school.pupils
    )?;
    Ok(SchoolId(id))
}

/// Places a school in a wijk.
pub async fn move_school(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, wijk: WijkId) -> Result<()> {
    execute!(tx, "update schools set wijk_id = $3 where partnership_id = $1 and id = $2", partnership.0, school.0, wijk.0).map(drop)
}

/// Puts a school under a board.
pub async fn set_board(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, board: BoardId) -> Result<()> {
    execute!(tx, "update schools set board_id = $3 where partnership_id = $1 and id = $2", partnership.0, school.0, board.0).map(drop)
}

/// A school of this partnership.
pub async fn school(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Option<SchoolRow>> {
    fetch_optional!(
        tx,
        SchoolRow,
        "select s.id, s.brin, s.name, s.board_id, b.name as board, s.wijk_id, w.name as wijk, w.district_id, s.pupils
         from schools s
         join wijken w on w.id = s.wijk_id
         left join boards b on b.id = s.board_id
         where s.partnership_id = $1 and s.id = $2",
        partnership.0,
        school.0
    )
}

/// `Kade 12, 1234 AB Vlietstad`: where a school stands, as far as that is known.
pub async fn address_of(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Option<String>> {
    let row: Option<(String, String, String)> = fetch_optional!(
        tx,
        (String, String, String),
        "select street, postcode, town from schools where partnership_id = $1 and id = $2",
        partnership.0,
        school.0
    )?;
    let Some((street, postcode, town)) = row else { return Ok(None) };
    let place = format!("{postcode} {town}");
    let parts: Vec<&str> = [street.trim(), place.trim()].into_iter().filter(|part| !part.is_empty()).collect();
    Ok((!parts.is_empty()).then(|| parts.join(", ")))
}

/// Every school of the partnership, by name.
pub async fn schools(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<SchoolRow>> {
    fetch_all!(
        tx,
        SchoolRow,
        "select s.id, s.brin, s.name, s.board_id, b.name as board, s.wijk_id, w.name as wijk, w.district_id, s.pupils
         from schools s
         join wijken w on w.id = s.wijk_id
         left join boards b on b.id = s.board_id
         where s.partnership_id = $1
         order by s.name, s.id
         limit $2",
        partnership.0,
        SCHOOLS_MAX
    )
}

/// Every school with its board.
pub async fn boards_of_schools(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<(SchoolId, Option<Uuid>)>> {
    let rows: Vec<(Uuid, Option<Uuid>)> =
        fetch_all!(tx, (Uuid, Option<Uuid>), "select id, board_id from schools where partnership_id = $1 order by id", partnership.0)?;
    Ok(rows.into_iter().map(|(school, board)| (school.into(), board)).collect())
}

/// Every board, in its order.
pub async fn boards(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<Named>> {
    fetch_all!(tx, Named, "select id, name from boards where partnership_id = $1 order by position, name limit 1000", partnership.0)
}

/// Every supplier, in its order.
pub async fn suppliers(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<Named>> {
    fetch_all!(tx, Named, "select id, name from suppliers where partnership_id = $1 order by position, name limit 100", partnership.0)
}

/// Every wijk, by name.
pub async fn wijken(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<Named>> {
    fetch_all!(tx, Named, "select id, name from wijken where partnership_id = $1 order by name, id limit 1000", partnership.0)
}

/// Every district, by name.
pub async fn districts(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<Named>> {
    fetch_all!(tx, Named, "select id, name from districts where partnership_id = $1 order by name, id limit 1000", partnership.0)
}

/// Adds a holiday; adding it twice adds it once, and the later dates win.
pub async fn put_holiday(tx: &mut Tx, partnership: PartnershipId, name: &str, starts_on: NaiveDate, ends_on: NaiveDate) -> Result<()> {
    execute!(
        tx,
        "insert into holidays (id, partnership_id, name, starts_on, ends_on) values ($1, $2, $3, $4, $5)
         on conflict (partnership_id, name, starts_on) do update set ends_on = excluded.ends_on",
        Uuid::now_v7(),
        partnership.0,
        name,
        starts_on,
        ends_on
    )
    .map(drop)
}
