//! Sessions in our own database. Always true here: the table holds hashes of session ids, never an id.

use crate::{
    db::{self, Db, Tx, is_duplicate},
    execute,
    session::{
        SESSION_PERSON,
        caller::{PersonFacts, SESSION_ALONG},
        lookup::{Found, Lookup},
        now,
    },
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};
use uuid::Uuid;

/// How much a session may hold: a flash of 64 kB and a few small facts.
const SESSION_BYTES_MAX: usize = 72 * 1024;

/// The `tower_sessions` store over [`Db`].
#[derive(Clone, Debug)]
pub struct DbSessions {
    db: Db,
    lookup: Lookup,
}

fn hash(id: &Id) -> String {
    hex::encode(Sha256::digest(id.0.to_be_bytes()))
}

fn backend(error: impl std::fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

impl DbSessions {
    /// The sessions of this database. To be called where Tokio runs.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { lookup: Lookup::new(db.clone()), db }
    }

    async fn put(&self, tx: &mut Tx, record: &Record, insert: bool) -> Result<bool> {
        // Who it is of is no part of it.
        let kept: HashMap<_, _> = record.data.iter().filter(|(name, _)| *name != SESSION_ALONG).collect();
        let data = serde_json::to_string(&kept).map_err(|error| Error::Encode(error.to_string()))?;
        if data.len() > SESSION_BYTES_MAX {
            return Err(Error::Encode("session too large".to_owned()));
        }
        let person: Option<Uuid> = record.data.get(SESSION_PERSON).and_then(|value| serde_json::from_value(value.clone()).ok());
        let expires =
            DateTime::<Utc>::from_timestamp(record.expiry_date.unix_timestamp(), 0).ok_or_else(|| backend("expiry out of range"))?;
        let done = if insert {
            execute!(
                tx,
                "insert into sessions (id_hash, person_id, data, expires_at) values ($1, $2, $3, $4)",
                hash(&record.id),
                person,
                &data,
                expires
            )
        } else {
            // A session that was deleted meanwhile (signed out elsewhere) stays deleted: update, never upsert.
            execute!(
                tx,
                "update sessions set person_id = $2, data = $3, expires_at = $4 where id_hash = $1",
                hash(&record.id),
                person,
                &data,
                expires
            )
        };
        match done {
            Ok(rows) => Ok(rows == 1),
            Err(error) if is_duplicate(&error) => Ok(false),
            Err(error) => Err(backend(error)),
        }
    }
}

/// Forgets sessions that ended.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(db: &Db) -> db::Result<u64> {
    let mut tx = db.write_much_unscoped().await?;
    let tx_ref = &mut tx;
    let gone = execute!(tx_ref, "delete from sessions where expires_at < $1", now())?;
    tx.commit().await?;
    Ok(gone)
}

#[async_trait]
impl SessionStore for DbSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits never collide; should they, the second one gets another id.
        loop {
            let mut tx = self.db.write_unscoped().await.map_err(backend)?;
            if self.put(&mut tx, record, true).await? {
                return tx.commit().await.map_err(backend);
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let mut tx = self.db.write_unscoped().await.map_err(backend)?;
        self.put(&mut tx, record, false).await?;
        tx.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(Found { data, expires_at, people }) = self.lookup.find(hash(id)).await.map_err(backend)? else { return Ok(None) };
        let mut data: HashMap<_, _> = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        if let Some(facts) = PersonFacts::gather(people) {
            data.insert(SESSION_ALONG.to_owned(), serde_json::to_value(facts).map_err(|error| Error::Encode(error.to_string()))?);
        }
        let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at.timestamp()).map_err(backend)?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut tx = self.db.write_unscoped().await.map_err(backend)?;
        let tx_ref = &mut tx;
        execute!(tx_ref, "delete from sessions where id_hash = $1", hash(id)).map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}
