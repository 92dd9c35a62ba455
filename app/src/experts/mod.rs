//! Specialists: who they are, what they can, when they are free, and how people find them.
//!
//! Always true here: free time comes from `domain::availability` alone, for the picker and for the write path.

mod about;
pub mod agenda;
#[cfg(feature = "ssr")]
mod ahead;
mod api;
mod ask;
#[cfg(feature = "ssr")]
mod asker;
#[cfg(feature = "ssr")]
mod card;
mod expert_card;
mod filter_side;
#[cfg(feature = "ssr")]
mod find;
#[cfg(feature = "ssr")]
mod nothing;
mod page;
mod profile;
mod results;
#[cfg(feature = "ssr")]
mod roster;
#[cfg(feature = "ssr")]
pub mod sql;

pub use about::{About, ExpertHead};
pub use agenda::AgendaPage;
#[cfg(feature = "ssr")]
pub use ahead::{ahead, ahead_of, calendars};
pub use api::SearchExperts;
pub use ask::Ask;
#[cfg(feature = "ssr")]
pub use asker::{Asker, asker, payer_of, payer_of_school};
#[cfg(feature = "ssr")]
pub use find::{Asking, Heard, find, hear};
pub use page::SearchPage;
#[cfg(feature = "ssr")]
pub use profile::profile;
pub use profile::{Profile, Proven};
pub use results::Results;
#[cfg(feature = "ssr")]
pub use roster::{Known, Roster, Skill, forget, roster, skills};

use crate::ui::percent;

/// The search page.
pub const SEARCH: &str = "/zoeken";

/// The page where specialists say when they are there.
pub const AGENDA: &str = "/agenda";

/// The minutes that search looks for: a first visit takes an hour.
pub const FIRST_VISIT_MINUTES: i64 = 60;

/// A specialist's page. `expertise` is what help is wanted with, by its slug, and `search` the question one came from, as in the
/// address of the search page; empty for none.
#[must_use]
pub fn expert(id: &str, expertise: &str, search: &str) -> String {
    let asked = [("vak", expertise), ("zoek", search)];
    let asked: Vec<_> =
        asked.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", percent(value))).collect();
    if asked.is_empty() { format!("/experts/{id}") } else { format!("/experts/{id}?{}", asked.join("&")) }
}

/// A specialist's page to ask once more, about the same and for as long.
#[must_use]
pub fn again(id: &str, expertise: Option<&str>, minutes: i64) -> String {
    let page = expert(id, expertise.unwrap_or_default(), "");
    let more = if page.contains('?') { '&' } else { '?' };
    format!("{page}{more}duur={minutes}")
}

/// A specialist's page with a moment chosen: `2026-11-19T09:00`.
#[must_use]
pub fn moment(id: &str, value: &str, expertise: &str, search: &str) -> String {
    let page = expert(id, expertise, search);
    let more = if page.contains('?') { '&' } else { '?' };
    format!("{page}{more}duur={FIRST_VISIT_MINUTES}&moment={value}")
}

/// The agenda of a specialist whom one plans for.
#[must_use]
pub fn agenda_of(id: &str) -> String {
    format!("{AGENDA}?expert={}", percent(id))
}
