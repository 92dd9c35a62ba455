//! What the frame and every page ask of the session. Always true: it answers everybody, and says nothing of anybody but who asks.

use crate::{
    AppError,
    session::{Flash, Visitor},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A key is 32 characters; with room, and with the id of a supplier beside it within every column that holds one.
#[cfg(feature = "ssr")]
const KEY_CHARS_MAX: usize = 60;

/// A page's data with what every page needs beside it: what the last form said, and a fresh key for its forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The page's own.
    pub data: T,
    /// The outcome of a form that led here; shown once.
    pub flash: Option<Flash>,
    /// The idempotency key of the page's forms: sent twice, it counts once.
    pub key: String,
}

/// Who is here, if anybody. Asking counts as a click: it moves the end of an idle session.
#[server(name = WhoIsHere, prefix = "/api", endpoint = "sessie/bezoeker")]
pub async fn visitor() -> Result<Option<Visitor>, AppError> {
    use crate::session::{current, site};
    let me = current().await?;
    Ok(me.map(|me| Visitor {
        name: me.name.clone(),
        role: me.role,
        place: me.place.clone(),
        partnership: me.partnership_name.clone(),
        idle_minutes: domain::people::SESSION_IDLE.num_minutes(),
        demo: site().demo,
    }))
}

/// A form's key as a page makes it: letters, digits and dashes. What the house does by itself has other keys, so that no form can take one.
///
/// # Errors
/// `Malformed` for a key that no page of ours made.
#[cfg(feature = "ssr")]
pub fn form_key(key: &str) -> Result<String, AppError> {
    let is_ours = (1..=KEY_CHARS_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_ours { Ok(key.to_owned()) } else { Err(AppError::Malformed) }
}

/// Wraps a page's data with the flash and a key: the last line of every server function that loads a page.
///
/// # Errors
/// `Internal` when the session's database does not answer.
#[cfg(feature = "ssr")]
pub async fn page<T>(data: T) -> Result<Page<T>, AppError> {
    use crate::session::{caller::is_by_itself, session, take_flash};
    let flash = if is_by_itself() { None } else { take_flash(&session()?).await? };
    Ok(Page { data, flash, key: uuid::Uuid::now_v7().simple().to_string() })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_form_takes_no_key_of_the_house() {
        let ours = uuid::Uuid::now_v7().simple().to_string();
        assert_eq!(form_key(&ours), Ok(ours));
        for key in ["", "auto/2026-11/1", "a b", "é", "a\0", &"a".repeat(KEY_CHARS_MAX + 1)] {
            assert_eq!(form_key(key), Err(AppError::Malformed), "{key:?}");
        }
    }
}
