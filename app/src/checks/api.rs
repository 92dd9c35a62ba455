//! What the page of the nightly check shows, and the server function that loads it. Always true: it is for who
//! reads all hours, and changes nothing.

use crate::{AppError, session::Page};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The last night's check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecksPage {
    /// `Alles klopte`.
    pub heading: String,
    /// When, over how much.
    pub text: String,
    /// Whether all was sound; none when nothing was checked yet.
    pub is_sound: Option<bool>,
    /// What was looked at: `1.234 rekeningen`.
    pub counts: Vec<(String, String)>,
    /// Every rule, with what broke it first.
    pub rules: Vec<RuleLine>,
}

/// A rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleLine {
    /// `Elk saldo is de som van zijn boekingen`.
    pub words: String,
    /// The first things that are wrong; none when it holds.
    pub wrong: Vec<String>,
}

/// What the nightly check found last.
#[server(name = ReadChecks, prefix = "/api", endpoint = "controle/lees")]
pub async fn read_checks() -> Result<Page<ChecksPage>, AppError> {
    use crate::session::{allow, db, page, signed_in};
    use domain::people::{Action, Object};
    let me = signed_in().await?;
    allow(&me, Action::SeeChecks, &Object::of(me.partnership()))?;
    let mut tx = db().read().await?;
    let last = super::sql::last_result(&mut tx, me.partnership()).await?;
    drop(tx);
    page(super::read::checks_page(last)).await
}
