//! The person behind a request. Always true here: a session older than twelve hours or idle for thirty minutes is nobody.

use crate::{
    AppError,
    db::{Db, Revision},
    fetch_all_at_once,
    kept::Kept,
    session::{db, now},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    PartnershipId, PersonId,
    people::{Action, Actor, Object, Role, SESSION_ABSOLUTE, Scope, may},
};
use http::request::Parts;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::OnceCell;
use tower_sessions::Session;
use uuid::Uuid;

/// The session's key for the person's id.
pub const SESSION_PERSON: &str = "person";
/// The session's key for when it began.
pub const SESSION_STARTED: &str = "started";
/// Under this key a session that was read brings along who it is of. It is never kept: what people may is read anew each time.
pub(super) const SESSION_ALONG: &str = "along";
/// The session's key for the last click, to ten seconds.
pub const SESSION_SEEN: &str = "seen";

/// How often a click is written down: every ten seconds at most, so that reading costs no write and an idle session ends no more than
/// ten seconds before the page says so.
const SEEN_EVERY: TimeDelta = TimeDelta::seconds(10);

/// Who makes this request, looked up once, when first asked. An extension of the request.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    who: Arc<OnceCell<Option<Arc<Me>>>>,
    /// Whether a page asks this by itself, and no person did.
    by_itself: Arc<AtomicBool>,
}

/// What a page that is remembered stands on: how far the partnership was written, and the minute.
pub type Ground = (Revision, i64);

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
    /// How far their partnership was written when this was read; none for somebody of whom that is not known, and who reads nothing from
    /// memory.
    pub revision: Option<Revision>,
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

    /// For how long what this person's pages read in their partnership may be remembered: until somebody writes there, and no longer than
    /// the minute, for whoever writes without telling (an older version of this program, a database that was put back). None: not at all.
    #[must_use]
    pub fn ground(&self, now: DateTime<Utc>) -> Option<Ground> {
        self.revision.map(|revision| (revision, now.timestamp() / 60))
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
        self.who.get_or_try_init(|| who(db, session, true)).await.cloned()
    }

    /// The same for what no person did: a page that listens. It does not keep an idle session from ending, and ends with it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_quietly(&self, db: &Db, session: &Session) -> Result<Option<Arc<Me>>, AppError> {
        self.by_itself.store(true, Ordering::Relaxed);
        self.who.get_or_try_init(|| who(db, session, false)).await.cloned()
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
    let person = PersonId(person);
    // Who it is came along with the session, in one question; a session that began in this request has not been read yet.
    let facts = match session.get::<PersonFacts>(SESSION_ALONG).await.map_err(broken)? {
        Some(facts) if facts.id == person.0 => facts,
        _ => match load_person(db, person).await? {
            Some(facts) => facts,
            None => return Ok(None),
        },
    };
    let ground = (facts.revision, at.timestamp() / 60);
    let names = NAMES.or_made(person, Some((ground, facts.roles.clone())), load_names(db, person)).await?;
    Ok(facts.me(person, &names).map(Arc::new))
}

async fn touch(session: &Session, at: DateTime<Utc>) -> Result<(), AppError> {
    session.insert(SESSION_SEEN, at.timestamp()).await.map_err(|error| {
        tracing::error!(%error, "session");
        AppError::Internal
    })
}

/// What a person's places are called, for as long as nobody wrote in the partnership; what they may is read with every session.
static NAMES: Kept<PersonId, (Ground, Vec<RoleFacts>), Names> = Kept::new(NAMES_MAX);
/// Of so many people at once: some hundred bytes each.
const NAMES_MAX: usize = 512;

/// A person as the database knows them.
#[derive(Serialize, Deserialize)]
pub(super) struct PersonFacts {
    id: Uuid,
    partnership_id: Uuid,
    email: String,
    name: String,
    revision: Revision,
    roles: Vec<RoleFacts>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct RoleFacts {
    role: String,
    scope_kind: String,
    scope_id: Uuid,
}

/// A person with one of their roles: a row for each, and one without a role for who has none.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct PersonRow {
    person_id: Option<Uuid>,
    partnership_id: Option<Uuid>,
    email: Option<String>,
    name: Option<String>,
    revision: i64,
    role: Option<String>,
    scope_kind: Option<String>,
    scope_id: Option<Uuid>,
}

/// The columns of a [`PersonRow`] and where they come from, for a person `p`.
macro_rules! person_sql {
    ($columns:literal, $from:literal, $rest:literal) => {
        concat!(
            "select ",
            $columns,
            "p.id as person_id, p.partnership_id, p.email, p.name, coalesce(e.revision, 0) as revision, r.role, r.scope_kind, r.scope_id
             from ",
            $from,
            " left join revisions e on e.partnership_id = p.partnership_id
             left join roles r on r.person_id = p.id
             where ",
            $rest,
            " order by r.role, r.scope_id"
        )
    };
}
pub(super) use person_sql;

/// What the partnership and the places of somebody's roles are called.
#[derive(Debug)]
struct Names {
    partnership: String,
    places: HashMap<Uuid, String>,
}

async fn load_names(db: &Db, person: PersonId) -> Result<Names, AppError> {
    let rows: Vec<(String, Option<Uuid>, Option<String>)> = fetch_all_at_once!(
        db,
        (String, Option<Uuid>, Option<String>),
        "select n.name, r.scope_id, coalesce(c.name, b.name, d.name, u.name, v.name, n.name)
         from people p
         join partnerships n on n.id = p.partnership_id
         left join roles r on r.person_id = p.id
         left join schools c on c.id = r.scope_id and r.scope_kind = 'school'
         left join boards b on b.id = r.scope_id and r.scope_kind = 'board'
         left join districts d on d.id = r.scope_id and r.scope_kind = 'district'
         left join suppliers u on u.id = r.scope_id and r.scope_kind = 'supplier'
         left join specialists x on x.id = r.scope_id and r.scope_kind = 'specialist'
         left join suppliers v on v.id = x.supplier_id
         where p.id = $1
         order by r.scope_id",
        person.0
    )?;
    let partnership = rows.first().map(|(name, ..)| name.clone()).unwrap_or_default();
    Ok(Names { partnership, places: rows.into_iter().filter_map(|(_, scope, place)| scope.zip(place)).collect() })
}

impl PersonFacts {
    /// The person in these rows; none when there is nobody in them.
    pub(super) fn gather(rows: impl IntoIterator<Item = PersonRow>) -> Option<Self> {
        let mut facts: Option<Self> = None;
        for row in rows {
            let (Some(id), Some(partnership_id)) = (row.person_id, row.partnership_id) else { continue };
            let facts = facts.get_or_insert_with(|| Self {
                id,
                partnership_id,
                email: row.email.unwrap_or_default(),
                name: row.name.unwrap_or_default(),
                revision: Revision(row.revision),
                roles: Vec::new(),
            });
            if let (Some(role), Some(scope_kind), Some(scope_id)) = (row.role, row.scope_kind, row.scope_id) {
                facts.roles.push(RoleFacts { role, scope_kind, scope_id });
            }
        }
        facts
    }

    /// The person with what they may; none when they hold no role (any more).
    fn me(self, id: PersonId, names: &Names) -> Option<Me> {
        let known = |row: RoleFacts| Some((Role::from_code(&row.role)?, scope(&row.scope_kind, row.scope_id)?, row.scope_id));
        let mut roles: Vec<(Role, Scope, Uuid)> = self.roles.into_iter().filter_map(known).collect();
        roles.sort_by_key(|(role, ..)| *role);
        let (role, scope, place) = roles.first().copied()?;
        let actor = Actor {
            person: id,
            partnership: PartnershipId(self.partnership_id),
            roles: roles.into_iter().map(|(role, scope, _)| (role, scope)).collect(),
        };
        Some(Me {
            actor,
            name: self.name,
            email: self.email,
            partnership_name: names.partnership.clone(),
            revision: Some(self.revision),
            role,
            scope,
            place: names.places.get(&place).cloned().unwrap_or_default(),
        })
    }
}

async fn load_person(db: &Db, id: PersonId) -> Result<Option<PersonFacts>, AppError> {
    let rows: Vec<PersonRow> = fetch_all_at_once!(db, PersonRow, person_sql!("", "people p", "p.id = $1"), id.0)?;
    Ok(PersonFacts::gather(rows))
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
    let session = session()?;
    caller().load(&db(), &session).await
}

/// Says that a page asks this by itself. It does not keep an idle session from ending, and what the last form said stays for the page a
/// person looks at next.
///
/// # Errors
/// When the database does not answer.
pub async fn by_itself() -> Result<(), AppError> {
    let session = session()?;
    caller().load_quietly(&db(), &session).await.map(drop)
}

/// Whether [`by_itself`] was said of this request.
pub(super) fn is_by_itself() -> bool {
    caller().by_itself.load(Ordering::Relaxed)
}

fn caller() -> Caller {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Caller>().cloned()).unwrap_or_default()
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

/// Begins a session for a person, with a new id so that an id planted before is worth nothing, and with nothing in it: what somebody
/// else typed in this browser is not theirs to see.
///
/// # Errors
/// When the database does not answer.
pub async fn remember(session: &Session, person: PersonId, at: DateTime<Utc>) -> Result<(), AppError> {
    let broken = |error| {
        tracing::error!(%error, "session");
        AppError::Internal
    };
    session.clear().await;
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
