//! What the frame around every page needs to know, and staying signed in.

use crate::{AppError, session::{Flash, Visitor}};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the frame shows: who is here, and what the last form said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameData {
    /// The signed-in person.
    pub visitor: Option<Visitor>,
    /// The outcome of a form that was sent without scripts; shown once.
    pub flash: Option<Flash>,
    /// Whether this server shows the demo.
    pub demo: bool,
}

/// Who is here and what the last form said. For everyone: it tells people only about themselves.
#[server(name = Frame, prefix = "/api", endpoint = "sessie/kader")]
pub async fn frame() -> Result<FrameData, AppError> {
    use crate::session::{caller::current, session, site, take_flash};
    let demo = site().demo;
    let visitor = current().await?.map(|me| Visitor {
        name: me.name.clone(),
        role: me.role,
        place: me.place.clone(),
        partnership: me.partnership_name.clone(),
        idle_minutes: domain::people::SESSION_IDLE.num_minutes(),
        demo,
    });
    Ok(FrameData { visitor, flash: take_flash(&session()?).await?, demo })
}

/// Keeps the session alive: somebody pressed `Blijf ingelogd`.
#[server(name = ExtendSession, prefix = "/api", endpoint = "sessie/verleng")]
pub async fn extend_session() -> Result<(), AppError> {
    use crate::session::{SESSION_SEEN, now, session, signed_in};
    signed_in().await?;
    session()?.insert(SESSION_SEEN, now().timestamp()).await.map_err(|_| AppError::Internal)
}
