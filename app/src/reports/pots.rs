//! What crossed the borders of boards through the pots. Always true: what a board got less what it gave is its difference.

use super::{
    api::PotRow,
    links::{Links, linked},
    overview::BoardLine,
};
use crate::hours::{ALL_BOARDS, What, amount};
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
        // What came from a reserve, or what a pot paid for a visit itself, is not among the same postings.
        let received = links.to(*holder, None, What::Received).filter(|_| released == 0 && paid == 0);
        rows.push(row(name, (given, links.to(*holder, None, What::Donated)), (got, received)));
    }
    if given_sum == 0 && got_sum == 0 {
        return Vec::new();
    }
    rows.push(row("Samen", (given_sum, links.to((ALL_BOARDS, None), None, What::Donated)), (got_sum, None)));
    rows
}

type Behind = (i64, Option<String>);

fn row(name: &str, (given, given_from): Behind, (got, got_from): Behind) -> PotRow {
    let net = Minutes(got - given);
    let net = if net > Minutes::ZERO { format!("+\u{a0}{net}") } else { amount(net) };
    PotRow { name: name.to_owned(), given: linked(Minutes(given), given_from), got: linked(Minutes(got), got_from), net }
}
