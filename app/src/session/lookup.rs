//! Sessions that are asked for at the same time are read with one question: a busy server asks once for all who clicked.
//!
//! Always true here: a session is read after it was asked for, never before; what went wrong is told to everybody who waited for it.

use super::{
    caller::{PersonRow, person_sql},
    now,
};
use crate::{
    db::{Db, Result},
    fetch_all_at_once, fetch_all_of,
};
use chrono::{DateTime, Utc};
use std::{collections::HashMap, io, iter, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

/// So many sessions are read with one question; whoever else waits comes with the next.
const AT_ONCE: usize = 16;
/// So many may wait to be read; who comes later waits to be let in.
const WAITING: usize = 1_024;
/// Longer than any such question takes. Should a database not answer, the next question goes over another connection.
const ANSWERED: Duration = Duration::from_secs(15);

/// Where sessions are asked for. It ends with its last clone.
#[derive(Clone, Debug)]
pub(super) struct Lookup(mpsc::Sender<Asked>);

/// A session that somebody waits for.
#[derive(Debug)]
struct Asked {
    id_hash: String,
    answer: oneshot::Sender<io::Result<Option<Found>>>,
}

/// A session that is still valid, with who it is of.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) data: String,
    pub(super) expires_at: DateTime<Utc>,
    /// Nobody, or a row for each of their roles.
    pub(super) people: Vec<PersonRow>,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id_hash: String,
    data: String,
    expires_at: DateTime<Utc>,
    #[sqlx(flatten)]
    person: PersonRow,
}

/// The question, for the sessions that the condition names.
macro_rules! sessions_sql {
    ($condition:literal) => {
        person_sql!("s.id_hash, s.data, s.expires_at, ", "sessions s left join people p on p.id = s.person_id", $condition)
    };
}

impl Lookup {
    pub(super) fn new(db: Db) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(answer_all(db, receiver));
        Self(sender)
    }

    /// The session whose id has this hash, unless it ended.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn find(&self, id_hash: String) -> io::Result<Option<Found>> {
        let (answer, hears) = oneshot::channel();
        self.0.send(Asked { id_hash, answer }).await.map_err(io::Error::other)?;
        hears.await.map_err(io::Error::other)?
    }
}

async fn answer_all(db: Db, mut receiver: mpsc::Receiver<Asked>) {
    let mut waiting = Vec::with_capacity(AT_ONCE);
    while receiver.recv_many(&mut waiting, AT_ONCE).await > 0 {
        waiting.retain(|asked| !asked.answer.is_closed());
        if waiting.is_empty() {
            continue;
        }
        // A task of its own: should it panic, these hear of it, and whoever comes later is answered.
        let mut question = tokio::spawn(read(db.clone(), waiting.iter().map(|asked| asked.id_hash.clone()).collect()));
        let read = match timeout(ANSWERED, &mut question).await {
            Ok(read) => read.unwrap_or_else(|panic| Err(io::Error::other(panic).into())),
            Err(_) => {
                question.abort();
                Err(sqlx::Error::PoolTimedOut)
            }
        };
        for Asked { id_hash, answer } in waiting.drain(..) {
            let found = match &read {
                Ok(sessions) => Ok(sessions.get(&id_hash).cloned().filter(|found| found.expires_at > now())),
                Err(error) => Err(io::Error::other(error.to_string())),
            };
            // Who gave up meanwhile does not hear it.
            drop(answer.send(found));
        }
    }
}

/// The sessions with these hashes, by their hash; those that exist.
async fn read(db: Db, hashes: Vec<String>) -> Result<HashMap<String, Found>> {
    let rows: Vec<SessionRow> = match hashes.as_slice() {
        [one] => fetch_all_at_once!(&db, SessionRow, sessions_sql!("s.id_hash = $1"), one)?,
        // One text for any number: what is asked for last fills the places that are left.
        many => {
            let padded = many.iter().chain(iter::repeat(&many[many.len() - 1])).take(AT_ONCE);
            fetch_all_of!(
                &db,
                SessionRow,
                sessions_sql!("s.id_hash in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"),
                padded
            )?
        }
    };
    let mut sessions: HashMap<String, Found> = HashMap::with_capacity(hashes.len());
    for SessionRow { id_hash, data, expires_at, person } in rows {
        sessions.entry(id_hash).or_insert_with(|| Found { data, expires_at, people: Vec::new() }).people.push(person);
    }
    Ok(sessions)
}
