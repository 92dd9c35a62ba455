//! Searching, from outside. Everybody who is signed in may; who asks from a school also hears of hours and distance.

use super::{Ask, Results};
use crate::{AppError, session::Page};
use leptos::prelude::*;

/// The search page: who answers to this question.
#[server(name = SearchExperts, prefix = "/api", endpoint = "experts/zoek")]
pub async fn search(#[server(default)] ask: Ask) -> Result<Page<Results>, AppError> {
    use super::{Asking, ahead, asker, calendars, find, hear, roster};
    use crate::session::{allow, db, now, page, signed_in};
    use domain::people::{Action, Object};
    let me = signed_in().await?;
    let ask = ask.cut();
    allow(&me, Action::SearchExperts, &Object::of(me.partnership()))?;
    let now = now();
    let mut snapshot = db().snapshot();
    let roster = roster(&mut snapshot, me.partnership(), now).await?;
    let busy = ahead(&mut snapshot, &me, now).await?;
    let asker = asker(&mut snapshot, &me, now).await?;
    drop(snapshot);
    let heard = hear(&ask, &roster);
    let calendars = calendars(&roster.patterns, &busy, &heard.who(&roster));
    let asking = Asking { roster: &roster, calendars: &calendars, asker: Option::as_ref(&asker), partnership: &me.partnership_name, now };
    page(find(&ask, &heard, &asking)).await
}
