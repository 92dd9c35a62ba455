//! The line over a page on paper: what it shows was true when, for which partnership, and who took it along. Always true: only who is
//! signed in gets one, and no screen shows it.

use crate::session::{current, now};
use domain::time;
use leptos::prelude::*;

/// `Stand van 26 november 2026, 7.05 uur · Samenwerkingsverband Vlietland · afgedrukt door Wietske Poelstra`.
pub(super) async fn stand() -> String {
    let Ok(Some(me)) = current().await else { return String::new() };
    let at = time::local(now());
    let (day, clock) = (time::date_full(at.date()), time::clock(at.time()));
    let words = format!("Stand van {day}, {clock} uur · {} · afgedrukt door {}", me.partnership_name, me.name);
    view! { <p class="stand wrap">{words}</p> }.to_html()
}
