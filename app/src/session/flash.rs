//! What a form said, kept for one page view: without scripts an answer must survive a redirect.
//!
//! Always true here: a flash is shown once, holds nothing secret, and comes from our own session, never from an address.

use domain::Refusal;
use serde::{Deserialize, Serialize};

/// The outcome of a form, for the page it led to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The path of the server function the form was sent to; tells forms on one page apart.
    pub form: String,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
    /// What went well.
    pub note: Option<Note>,
    /// What was typed, by field name.
    pub typed: Vec<(String, String)>,
}

/// Good news, or a warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// How it looks.
    pub kind: NoteKind,
    /// What happened.
    pub heading: String,
    /// What now.
    pub text: String,
}

/// The tone of a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteKind {
    /// It worked.
    #[default]
    Done,
    /// Hours moved to or from the pot.
    Given,
    /// It worked, but look at this.
    Warn,
}

/// The session's key for the flash.
#[cfg(feature = "ssr")]
pub const FLASH_KEY: &str = "flash";

/// Takes the flash out of the session: it is shown once.
///
/// # Errors
/// `Internal` when the database does not answer.
#[cfg(feature = "ssr")]
pub async fn take_flash(session: &tower_sessions::Session) -> Result<Option<Flash>, crate::AppError> {
    session.remove(FLASH_KEY).await.map_err(|error| {
        tracing::error!(%error, "flash");
        crate::AppError::Internal
    })
}

/// Leaves good news for the page the form leads to.
///
/// # Errors
/// `Internal` when the database does not answer.
#[cfg(feature = "ssr")]
pub async fn note(kind: NoteKind, heading: impl Into<String>, text: impl Into<String>) -> Result<(), crate::AppError> {
    let note = Note { kind, heading: heading.into(), text: text.into() };
    let flash = Flash { note: Some(note), ..Flash::default() };
    crate::session::session()?.insert(FLASH_KEY, flash).await.map_err(|error| {
        tracing::error!(%error, "flash");
        crate::AppError::Internal
    })
}
