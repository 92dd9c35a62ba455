//! The person behind a request. Always true here: a session older than twelve hours or idle for thirty minutes is nobody.

use crate::{
    AppError,
    db::{self, Db},
    fetch_all, fetch_optional,
    session::{db, now},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    PartnershipId, PersonId,
    people::{Action, Actor, Object, Role, SESSION_ABSOLUTE, Scope, may},
};
use http::request::Parts;
use leptos::prelude::*;
use std::sync::Arc;
use tokio::sync::OnceCell;
use tower_sessions::Session;
use uuid::Uuid;

/// The session's key for the person's id.
pub const SESSION_PERSON: &str = "person";
/// The session's key for when it began.
pub const SESSION_STARTED: &str = "started";
/// The session's key for the last click, to ten seconds.
pub const SESSION_SEEN: &str = "seen";

/// How often a click is written down: every ten seconds at most, so that reading costs no write and an idle session ends no more than
/// ten seconds before the page says so.
const SEEN_EVERY: TimeDelta = TimeDelta::seconds(10);

/// Who makes this request, looked up once, when first asked. An extension of the request.
#[derive(Clone, Debug, Default)]
pub struct Caller(Arc<OnceCell<Option<Arc<Me>>>>);

/// A signed-in person with their roles.
#[derive(Clone, Debug)]
pub struct Me {
    /// What `may` decides about.
    pub actor: Actor,
    /// Full name.
    pub name: String,
    /// Address.
    pub email: String,
    /// The partnership's name.
    pub partnership_name: String,
    /// The role they work in, with its place in words.
    pub role: Role,
    /// Where that role counts.
    pub scope: Scope,
    /// Where that role counts, in words.
    pub place: String,
}

impl Me {
    /// The person.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.actor.person
    }

    /// The tenant: every query of a server function is within it.
    #[must_use]
    pub const fn partnership(&self) -> PartnershipId {
        self.actor.partnership
    }
}

/// The session of this request.
///
/// # Errors
/// `Internal` outside a request.
pub fn session() -> Result<Session, AppError> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Session>().cloned()).ok_or(AppError::Internal)
}

impl Caller {
    /// The person behind the session, or none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(&self, db: &Db, session: &Session) -> Result<Option<Arc<Me>>, AppError> {
        self.0.get_or_try_init(|| who(db, session, true)).await.cloned()
    }

    /// The same for what no person did: a page that listens. It does not keep an idle session from ending, and ends with it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_quietly(&self, db: &Db, session: &Session) -> Result<Option<Arc<Me>>, AppError> {
        self.0.get_or_try_init(|| who(db, session, false)).await.cloned()
    }
}

async fn who(db: &Db, session: &Session, is_click: bool) -> Result<Option<Arc<Me>>, AppError> {
    let broken = |error| {
        tracing::error!(%error, "session");
        AppError::Internal
    };
    let Some(person) = session.get::<Uuid>(SESSION_PERSON).await.map_err(broken)? else { return Ok(None) };
    let at = now();
    let started = session.get::<i64>(SESSION_STARTED).await.map_err(broken)?.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    if started.is_none_or(|started| at - started > SESSION_ABSOLUTE) {
        session.flush().await.map_err(broken)?;
        return Ok(None);
    }
    let seen = session.get::<i64>(SESSION_SEEN).await.map_err(broken)?.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    if is_click && seen.is_none_or(|seen| at - seen > SEEN_EVERY) {
        touch(session, at).await?;
    }
    load_person(db, PersonId(person)).await.map(|me| me.map(Arc::new))
}

async fn touch(session: &Session, at: DateTime<Utc>) -> Result<(), AppError> {
    session.insert(SESSION_SEEN, at.timestamp()).await.map_err(|error| {
        tracing::error!(%error, "session");
        AppError::Internal
    })
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    partnership_id: Uuid,
    email: String,
    name: String,
    partnership: String,
}

#[derive(sqlx::FromRow)]
struct RoleRow {
    role: String,
    scope_kind: String,
    scope_id: Uuid,
    place: String,
}

/// A person with roles, by id. None when they do not exist or hold no role (any more).
async fn load_person(db: &Db, id: PersonId) -> Result<Option<Me>, AppError> {
    let mut tx = db.read().await?;
    let tx = &mut tx;
    let person: Option<PersonRow> = fetch_optional!(
        tx,
        PersonRow,
        "select p.partnership_id, p.email, p.name, s.name as partnership
         from people p
         join partnerships s on s.id = p.partnership_id
         where p.id = $1",
        id.0
    )?;
    let Some(person) = person else { return Ok(None) };
    let rows: db::Result<Vec<RoleRow>> = fetch_all!(
        tx,
        RoleRow,
        "select r.role, r.scope_kind, r.scope_id, coalesce(s.name, b.name, d.name, u.name, v.name, p.name) as place
         from roles r
         join partnerships p on p.id = r.partnership_id
         left join schools s on s.id = r.scope_id and r.scope_kind = 'school'
         left join boards b on b.id = r.scope_id and r.scope_kind = 'board'
         left join districts d on d.id = r.scope_id and r.scope_kind = 'district'
         left join suppliers u on u.id = r.scope_id and r.scope_kind = 'supplier'
         left join specialists x on x.id = r.scope_id and r.scope_kind = 'specialist'
         left join suppliers v on v.id = x.supplier_id
         where r.person_id = $1
         order by r.role, r.scope_id",
        id.0
    );
    let mut roles: Vec<(Role, Scope, String)> =
        rows?.into_iter().filter_map(|row| Some((Role::from_code(&row.role)?, scope(&row.scope_kind, row.scope_id)?, row.place))).collect();
    roles.sort_by_key(|(role, ..)| *role);
    let Some((role, scope, place)) = roles.first().cloned() else { return Ok(None) };
    let actor = Actor {
        person: id,
        partnership: PartnershipId(person.partnership_id),
        roles: roles.into_iter().map(|(role, scope, _)| (role, scope)).collect(),
    };
    Ok(Some(Me { actor, name: person.name, email: person.email, partnership_name: person.partnership, role, scope, place }))
}

fn scope(kind: &str, id: Uuid) -> Option<Scope> {
    Some(match kind {
        "school" => Scope::School(id.into()),
        "board" => Scope::Board(id.into()),
        "specialist" => Scope::Specialist(id.into()),
        "supplier" => Scope::Supplier(id.into()),
        "district" => Scope::District(id.into()),
        "partnership" => Scope::Partnership,
        _ => return None,
    })
}

/// The person who is signed in, or none.
///
/// # Errors
/// When the database does not answer.
pub async fn current() -> Result<Option<Arc<Me>>, AppError> {
    let parts = use_context::<Parts>().ok_or(AppError::Internal)?;
    let session = parts.extensions.get::<Session>().cloned().ok_or(AppError::Internal)?;
    let caller = parts.extensions.get::<Caller>().cloned().unwrap_or_default();
    caller.load(&db(), &session).await
}

/// The person who is signed in: the first line of every server function that is not for everyone.
///
/// # Errors
/// `SignedOut` when nobody is.
pub async fn signed_in() -> Result<Arc<Me>, AppError> {
    current().await?.ok_or(AppError::SignedOut)
}

/// The second line: the one rule of who may what, as an error.
///
/// # Errors
/// `NotAllowed`, or `NotFound` for what lies in another partnership, so that its existence does not show.
pub fn allow(me: &Me, action: Action, object: &Object) -> Result<(), AppError> {
    if object.partnership != me.partnership() {
        return Err(AppError::NotFound);
    }
    if may(&me.actor, action, object) { Ok(()) } else { Err(AppError::NotAllowed) }
}

/// Begins a session for a person, with a new id so that an id planted before is worth nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn remember(session: &Session, person: PersonId, at: DateTime<Utc>) -> Result<(), AppError> {
    let broken = |error| {
        tracing::error!(%error, "session");
        AppError::Internal
    };
    session.cycle_id().await.map_err(broken)?;
    session.insert(SESSION_PERSON, person.0).await.map_err(broken)?;
    session.insert(SESSION_STARTED, at.timestamp()).await.map_err(broken)?;
    touch(session, at).await
}

/// Ends a session.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(session: &Session) -> Result<(), AppError> {
    session.flush().await.map_err(|error| {
        tracing::error!(%error, "session");
        AppError::Internal
    })
}
