//! What crossed the borders of boards through the pots. Always true: what a board got less what it gave is its difference.

use super::{api::PotRow, figures::Whose, links::Links, overview::BoardLine};
use crate::hours::{ALL_BOARDS, Crossing, What, linked};
use domain::Minutes;
use std::collections::BTreeMap;

/// What each board gave to the pots and got from them, and the sum of all.
pub(super) fn pots(
    links: &Links<'_>,
    boards: &[BoardLine],
    released: &BTreeMap<Option<uuid::Uuid>, i64>,
    paid: &std::collections::HashMap<Option<uuid::Uuid>, i64>,
) -> Vec<PotRow> {
    let mut rows = Vec::new();
    let (mut given_sum, mut got_sum) = (0, 0);
    for (name, holder, line) in boards {
        let of = |sums: Option<&i64>| sums.copied().unwrap_or_default();
        let (released, paid) = (of(released.get(&holder.1)), of(paid.get(&holder.1)));
        let (given, got) = (line.donated.0, line.received.0 - released + paid);
        given_sum += given;
        got_sum += got;
        rows.push(row(links, name, *holder, (given, got)));
    }
    if given_sum == 0 && got_sum == 0 {
        return Vec::new();
    }
    rows.push(row(links, "Samen", (ALL_BOARDS, None), (given_sum, got_sum)));
    rows
}

fn row(links: &Links<'_>, name: &str, holder: Whose, (given, got): (i64, i64)) -> PotRow {
    let net = Minutes(got - given);
    let mut told = linked(net, links.crossing(holder, Crossing::Net));
    if net > Minutes::ZERO {
        told.text.insert_str(0, "+\u{a0}");
    }
    PotRow {
        name: name.to_owned(),
        given: linked(Minutes(given), links.to(holder, None, What::Donated)),
        got: linked(Minutes(got), links.crossing(holder, Crossing::Got)),
        net: told,
    }
}
