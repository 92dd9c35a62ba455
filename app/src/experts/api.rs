//! Searching, from outside. Everybody who is signed in may; who asks from a school also hears of hours and distance.

use super::{Ask, Results};
use crate::{AppError, session::Page};
use leptos::prelude::*;

/// The search page: who answers to this question.
#[server(name = SearchExperts, prefix = "/api", endpoint = "experts/zoek")]
pub async fn search(#[server(default)] ask: Ask) -> Result<Page<Results>, AppError> {
    use super::{Asking, asker, find, hear, roster, sql};
    use crate::session::{allow, db, now, page, signed_in};
    use chrono::TimeDelta;
    use domain::{
        hours::Month,
        people::{Action, Object},
    };
    let me = signed_in().await?;
    let ask = ask.cut();
    allow(&me, Action::SearchExperts, &Object::of(me.partnership()))?;
    let now = now();
    let mut tx = db().read().await?;
    let roster = roster(&mut tx, me.partnership(), now).await?;
    let heard = hear(&ask, &roster);
    let until = now + TimeDelta::days(i64::from(super::find::SEARCH_DAYS) + 1);
    let calendars = sql::calendars(&mut tx, me.partnership(), &roster.patterns, &heard.who(&roster), now, until).await?;
    let asker = asker(&mut tx, &me, Month::at(now)).await?;
    drop(tx);
    let partnership = &me.partnership_name;
    page(find(&ask, &heard, &Asking { roster: &roster, calendars: &calendars, asker: asker.as_ref(), partnership, now })).await
}
