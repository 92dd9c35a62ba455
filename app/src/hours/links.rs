//! Where one goes from a page of hours. Always true: what somebody may not do is not offered.

use super::{allotment::ALLOTMENT, deviation::DEVIATION, division::DIVISION};
use crate::session::Me;
use domain::people::{Action, Object, Role, may};

/// Address and words, in the order of the page.
#[must_use]
pub(super) fn links(me: &Me) -> Vec<(String, String)> {
    let whole = Object::of(me.partnership());
    let mut links = Vec::new();
    let mut add = |href: &str, words: &str| links.push((href.to_owned(), words.to_owned()));
    if may(&me.actor, Action::Allot, &whole) {
        add(ALLOTMENT, "Verdeel een jaar over de besturen");
    }
    if me.actor.is(Role::BoardContact) {
        add(DIVISION, "Verdeel over je scholen");
    }
    if me.actor.is(Role::BoardContact) || may(&me.actor, Action::ReadPartnershipHours, &whole) {
        add(DEVIATION, "Uren in een andere maand");
    }
    links
}
