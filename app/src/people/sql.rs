//! Rows of people, roles, invitations and failed sign-ins.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_one, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{
    PartnershipId, PersonId,
    people::{ADDRESS_KNOWN, FAILURES_LOOKED_AT, FAILURES_REMEMBERED, Role, Scope},
};
use uuid::Uuid;

/// The demo shows its cast, not all its people.
const CAST_MAX: i64 = 40;

/// Somebody who may want in.
#[derive(Debug, sqlx::FromRow)]
pub struct Account {
    pub id: Uuid,
    pub partnership_id: Uuid,
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
}

/// A person as the demo's list shows them.
#[derive(Debug, sqlx::FromRow)]
pub struct CastRow {
    pub id: Uuid,
    pub name: String,
    pub role: String,
    pub place: String,
}

/// An invitation and whose it is.
#[derive(Debug, sqlx::FromRow)]
pub struct Invitation {
    pub person_id: Uuid,
    pub partnership_id: Uuid,
    pub email: String,
    pub name: String,
    pub sent_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

/// The account with this address, in any partnership: an address is one person.
pub async fn account(tx: &mut Tx, email: &str) -> Result<Option<Account>> {
    fetch_optional!(tx, Account, "select id, partnership_id, email, name, password_hash from people where lower(email) = lower($1)", email)
}

/// The account of a person.
pub async fn account_of(tx: &mut Tx, person: PersonId) -> Result<Option<Account>> {
    fetch_optional!(tx, Account, "select id, partnership_id, email, name, password_hash from people where id = $1", person.0)
}

/// Adds a person without a password.
pub async fn insert(tx: &mut Tx, partnership: PartnershipId, id: PersonId, email: &str, name: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        "insert into people (id, partnership_id, email, name, created_at) values ($1, $2, $3, $4, $5)",
        id.0,
        partnership.0,
        email,
        name,
        at
    )
    .map(drop)
}

/// Changes a name.
pub async fn rename(tx: &mut Tx, person: PersonId, name: &str) -> Result<()> {
    execute!(tx, "update people set name = $2 where id = $1", person.0, name).map(drop)
}

/// Gives a role at a scope; giving it twice gives it once. Says whether it was new.
pub async fn grant(tx: &mut Tx, partnership: PartnershipId, person: PersonId, role: Role, scope: Scope) -> Result<bool> {
    let (kind, id) = scope_columns(partnership, scope);
    execute!(
        tx,
        "insert into roles (person_id, partnership_id, role, scope_kind, scope_id) values ($1, $2, $3, $4, $5) on conflict do nothing",
        person.0,
        partnership.0,
        role.code(),
        kind,
        id
    )
    .map(|rows| rows == 1)
}

/// Name and address of who holds a role at a scope, by name: three are enough to reach somebody.
pub async fn reach(tx: &mut Tx, partnership: PartnershipId, role: Role, scope: Scope) -> Result<Vec<(String, String)>> {
    let (_, id) = scope_columns(partnership, scope);
    fetch_all!(
        tx,
        (String, String),
        "select p.name, p.email
         from roles r
         join people p on p.id = r.person_id
         where r.partnership_id = $1 and r.role = $2 and r.scope_id = $3
         order by p.name, p.id
         limit 3",
        partnership.0,
        role.code(),
        id
    )
}

fn scope_columns(partnership: PartnershipId, scope: Scope) -> (&'static str, Uuid) {
    match scope {
        Scope::School(id) => ("school", id.0),
        Scope::Board(id) => ("board", id.0),
        Scope::Specialist(id) => ("specialist", id.0),
        Scope::Supplier(id) => ("supplier", id.0),
        Scope::District(id) => ("district", id.0),
        Scope::Partnership => ("partnership", partnership.0),
    }
}

/// Sets a password and spends every open invitation of this person.
pub async fn set_password(tx: &mut Tx, person: PersonId, hash: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, "update people set password_hash = $2 where id = $1", person.0, hash)?;
    execute!(tx, "update invitations set used_at = $2 where person_id = $1 and used_at is null", person.0, at).map(drop)
}

/// Ends every session of a person, after their password changed.
pub async fn end_sessions(tx: &mut Tx, person: PersonId) -> Result<()> {
    execute!(tx, "delete from sessions where person_id = $1", person.0).map(drop)
}

/// Keeps an invitation by the hash of its token.
pub async fn invite(tx: &mut Tx, person: PersonId, token_hash: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, "insert into invitations (token_hash, person_id, sent_at) values ($1, $2, $3)", token_hash, person.0, at).map(drop)
}

/// The invitation with this token.
pub async fn invitation(tx: &mut Tx, token_hash: &str) -> Result<Option<Invitation>> {
    fetch_optional!(
        tx,
        Invitation,
        "select i.person_id, p.partnership_id, p.email, p.name, i.sent_at, i.used_at
         from invitations i
         join people p on p.id = i.person_id
         where i.token_hash = $1",
        token_hash
    )
}

/// When sign-ins failed for this subject (the hash of an address or an account), as far back as it matters, newest first.
pub async fn failures(tx: &mut Tx, subject: &str, now: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>> {
    let rows: Vec<(DateTime<Utc>,)> = fetch_all!(
        tx,
        (DateTime<Utc>,),
        "select failed_at from sign_in_failures where subject = $1 and failed_at > $2 order by failed_at desc, id desc limit $3",
        subject,
        now - FAILURES_REMEMBERED,
        i64::try_from(FAILURES_LOOKED_AT).unwrap_or(i64::MAX)
    )?;
    Ok(rows.into_iter().map(|(at,)| at).collect())
}

/// Writes a failed sign-in down, or one that is about to be tried, and forgets those that no longer matter. Answers its id.
pub async fn fail(tx: &mut Tx, subject: &str, at: DateTime<Utc>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    execute!(tx, "delete from sign_in_failures where failed_at <= $1", at - FAILURES_REMEMBERED)?;
    execute!(tx, "insert into sign_in_failures (id, subject, failed_at) values ($1, $2, $3)", id, subject, at)?;
    Ok(id)
}

/// Forgets a failure that was written down beforehand and was none.
pub async fn unfail(tx: &mut Tx, id: Uuid) -> Result<()> {
    execute!(tx, "delete from sign_in_failures where id = $1", id).map(drop)
}

/// Remembers that this address (its hash) signed in to this account (its hash), and forgets addresses that were long away.
pub async fn know_address(tx: &mut Tx, account: &str, address: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, "delete from known_addresses where seen_at <= $1", at - ADDRESS_KNOWN)?;
    execute!(
        tx,
        "insert into known_addresses (account, address, seen_at) values ($1, $2, $3)
         on conflict (account, address) do update set seen_at = excluded.seen_at",
        account,
        address,
        at
    )
    .map(drop)
}

/// Whether this address signed in to this account before.
pub async fn is_known_address(tx: &mut Tx, account: &str, address: &str, now: DateTime<Utc>) -> Result<bool> {
    let row: Option<(DateTime<Utc>,)> = fetch_optional!(
        tx,
        (DateTime<Utc>,),
        "select seen_at from known_addresses where account = $1 and address = $2 and seen_at > $3",
        account,
        address,
        now - ADDRESS_KNOWN
    )?;
    Ok(row.is_some())
}

/// Forgets the failures of an account that got in.
pub async fn forgive(tx: &mut Tx, subject: &str) -> Result<()> {
    execute!(tx, "delete from sign_in_failures where subject = $1", subject).map(drop)
}

/// The demo's cast: everybody at `@wijkpot.example`, by role.
pub async fn cast(tx: &mut Tx) -> Result<Vec<CastRow>> {
    fetch_all!(
        tx,
        CastRow,
        "select p.id, p.name, r.role, coalesce(s.name, b.name, d.name, u.name, v.name, w.name) as place
         from people p
         join roles r on r.person_id = p.id
         join partnerships w on w.id = p.partnership_id
         left join schools s on s.id = r.scope_id and r.scope_kind = 'school'
         left join boards b on b.id = r.scope_id and r.scope_kind = 'board'
         left join districts d on d.id = r.scope_id and r.scope_kind = 'district'
         left join suppliers u on u.id = r.scope_id and r.scope_kind = 'supplier'
         left join specialists x on x.id = r.scope_id and r.scope_kind = 'specialist'
         left join suppliers v on v.id = x.supplier_id
         where p.email like '%@wijkpot.example'
         order by r.role, p.name, p.id
         limit $1",
        CAST_MAX
    )
}

/// Writes to the audit log.
pub async fn audit(
    tx: &mut Tx,
    partnership: PartnershipId,
    person: Option<PersonId>,
    at: DateTime<Utc>,
    what: &str,
    about: Option<(&str, Uuid)>,
    school: Option<Uuid>,
) -> Result<()> {
    let (kind, id) = about.map_or(("", None), |(kind, id)| (kind, Some(id)));
    execute!(
        tx,
        "insert into audit_log (id, partnership_id, person_id, at, what, about_kind, about_id, school_id) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        Uuid::now_v7(),
        partnership.0,
        person.map(|person| person.0),
        at,
        what,
        kind,
        id,
        school
    )
    .map(drop)
}

/// How many people a partnership has.
pub async fn count(tx: &mut Tx, partnership: PartnershipId) -> Result<i64> {
    let (count,): (i64,) = fetch_one!(tx, (i64,), "select count(*) from people where partnership_id = $1", partnership.0)?;
    Ok(count)
}
