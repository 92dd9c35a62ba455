//! What a form said last, for a browser without scripts: kept in the session for one page, at most 64 kB, nothing secret in it.

use domain::Refusal;
use serde::{Deserialize, Serialize};

/// The answer to the last submit of one form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The path of the server function the form posts to: `/api/bookings/ask`.
    pub form: String,
    /// Why it was refused, when it was.
    pub refusal: Option<Refusal>,
    /// What was done, when it was; shown by the page one lands on.
    pub note: Option<Note>,
    /// Names and values as typed, without secrets.
    pub typed: Vec<(String, String)>,
}

/// Whether a field of this name holds a secret: it is never kept, and no page gets it back.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    matches!(name, "wachtwoord" | "token")
}

/// What was done, and what one can do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its colour.
    pub kind: NoteKind,
    /// What happened, without a full stop: `2 u 15 zit in de wijkpot`.
    pub heading: String,
    /// What now, in whole sentences.
    pub text: String,
}

/// How a note is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// Done.
    Done,
    /// Moved into or out of the wijkpot.
    Given,
    /// Done, and something to look at.
    Warn,
}

impl Note {
    /// Something was done.
    pub fn done(heading: impl Into<String>, text: impl Into<String>) -> Self {
        Self { kind: NoteKind::Done, heading: heading.into(), text: text.into() }
    }
}

/// The session's key for the flash.
#[cfg(feature = "ssr")]
pub const FLASH_KEY: &str = "flash";

/// Takes the flash out of the session: it is shown once. Looks before it takes, because taking what is not there would still write the
/// session, and then every page would wait for the disk. Where nobody is signed in the session ends with it: it held nothing else.
///
/// # Errors
/// `Internal` when the database does not answer.
#[cfg(feature = "ssr")]
pub async fn take_flash(session: &tower_sessions::Session) -> Result<Option<Flash>, crate::AppError> {
    if session.get_value(FLASH_KEY).await.map_err(broken)?.is_none() {
        return Ok(None);
    }
    let flash = session.remove(FLASH_KEY).await.map_err(broken)?;
    if session.get_value(super::SESSION_PERSON).await.map_err(broken)?.is_none() {
        session.flush().await.map_err(broken)?;
    }
    Ok(flash)
}

/// Leaves good news for the page the form leads to.
///
/// # Errors
/// `Internal` when the database does not answer.
#[cfg(feature = "ssr")]
pub async fn note(note: Note) -> Result<(), crate::AppError> {
    let flash = Flash { note: Some(note), ..Flash::default() };
    crate::session::session()?.insert(FLASH_KEY, flash).await.map_err(broken)
}

#[cfg(feature = "ssr")]
fn broken(error: tower_sessions::session::Error) -> crate::AppError {
    tracing::error!(%error, "flash");
    crate::AppError::Internal
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tower_sessions::{MemoryStore, Session};

    #[tokio::test]
    async fn the_session_of_nobody_ends_with_its_flash_and_that_of_somebody_does_not() {
        for (somebody, is_kept) in [(false, false), (true, true)] {
            let store = Arc::new(MemoryStore::default());
            let session = Session::new(None, store.clone(), None);
            session.insert(FLASH_KEY, Flash::default()).await.expect("a session in memory keeps it");
            if somebody {
                session.insert(crate::session::SESSION_PERSON, uuid::Uuid::now_v7()).await.expect("a session in memory keeps it");
            }
            session.save().await.expect("kept");
            let again = Session::new(session.id(), store, None);
            assert_eq!(take_flash(&again).await, Ok(Some(Flash::default())));
            assert_eq!(again.id().is_some(), is_kept);
        }
    }

    #[tokio::test]
    async fn a_flash_is_shown_once_and_a_page_without_one_writes_no_session() {
        let session = Session::new(None, Arc::new(MemoryStore::default()), None);
        assert_eq!(take_flash(&session).await, Ok(None));
        assert!(!session.is_modified());
        let flash = Flash { form: "/api/afspraak/vraag".to_owned(), ..Flash::default() };
        session.insert(FLASH_KEY, &flash).await.expect("a session in memory keeps it");
        assert_eq!(take_flash(&session).await, Ok(Some(flash)));
        assert_eq!(take_flash(&session).await, Ok(None));
    }
}
