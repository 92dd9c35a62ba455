//! What the shell asks of the session. Always true: it answers everybody, and says nothing of anybody but the person who asks.

use super::Visitor;
use crate::AppError;
use leptos::prelude::*;

/// Who is here, if anybody. Asking counts as a click: it moves the end of an idle session.
#[server(name = WhoIsHere, prefix = "/api", endpoint = "sessie/bezoeker")]
pub async fn visitor() -> Result<Option<Visitor>, AppError> {
    crate::session::current_visitor().await
}
