//! A pot's school year: given, taken, perished and left per month, and given and taken by board. Always true: given = taken + perished +
//! left, so a column can be added up by whoever reads it.

use super::{
    links::Links,
    shown::{BoardNet, PotShown},
    sql::FlowRow,
};
use crate::{
    hours::{What, linked, sql::AccountRow},
    organisations::sql::Named,
    ui::{HouseParts, MonthColumn, MonthRow, RowKind, Supplier},
};
use domain::{Minutes, hours::Month};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What became of a month's gifts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    given: Minutes,
    taken: Minutes,
    expired: Minutes,
    left: Minutes,
}

impl Sums {
    fn add(&mut self, kind: &str, minutes: Minutes) {
        match kind {
            "donation" | "take_back" => self.given += minutes,
            "expiry" => self.expired -= minutes,
            // Set aside for a booking that was called off when its month was over: not taken, but perished.
            "lost" => {
                self.expired -= minutes;
                self.taken += minutes;
            }
            _ => self.taken -= minutes,
        }
    }
}

/// Fills in the year of a page.
pub(super) fn year(
    shown: &mut PotShown,
    months: &[Month],
    now: Month,
    (flows, accounts): (&[FlowRow], &[AccountRow]),
    suppliers: &[Named],
    links: &Links<'_>,
) {
    let mut sums: BTreeMap<Month, Sums> = BTreeMap::new();
    let mut boards: BTreeMap<(String, Option<Uuid>), Sums> = BTreeMap::new();
    for flow in flows {
        let (Ok(month), minutes) = (flow.month.parse::<Month>(), Minutes(flow.minutes)) else { continue };
        sums.entry(month).or_default().add(&flow.kind, minutes);
        if flow.kind != "expiry" {
            let board = flow.board.clone().unwrap_or_else(|| "Zonder bestuur".to_owned());
            boards.entry((board, flow.board_id)).or_default().add(&flow.kind, minutes);
        }
    }
    let mut left: BTreeMap<(Uuid, Month), Minutes> = BTreeMap::new();
    for account in accounts {
        let Ok(month) = account.month.parse::<Month>() else { continue };
        *left.entry((account.supplier_id, month)).or_default() += Minutes(account.balance);
        sums.entry(month).or_default().left += Minutes(account.balance);
    }
    let months: BTreeSet<Month> = months.iter().copied().chain(sums.keys().copied()).collect();
    let of = |month: &Month| sums.get(month).copied().unwrap_or_default();
    shown.columns = months.iter().map(|month| column(*month, now, of(month))).collect();
    let row = |label: &str, kind, what, pick: fn(&Sums) -> Minutes| MonthRow {
        label: label.to_owned(),
        supplier: None,
        cells: months.iter().map(|month| linked(pick(&of(month)), Some(links.to(None, Some(*month), what)))).collect(),
        sum: linked(sums.values().map(pick).sum(), Some(links.to(None, None, what))),
        kind,
    };
    shown.rows = vec![
        row("Gedoneerd", RowKind::Plain, What::Received, |sums| sums.given),
        row("Opgenomen", RowKind::Plain, What::Taken, |sums| sums.taken),
        row("Vervallen", RowKind::Rule, What::Expired, |sums| sums.expired),
        row("Nu in de pot", RowKind::Total, What::Free, |sums| sums.left),
    ];
    for (position, supplier) in suppliers.iter().enumerate() {
        let of = |month: &Month| left.get(&(supplier.id, *month)).copied().unwrap_or_default();
        let sum: Minutes = months.iter().map(of).sum();
        if sum > Minutes::ZERO {
            shown.rows.push(MonthRow {
                label: supplier.name.clone(),
                supplier: Some(Supplier::at(&supplier.name, position)),
                cells: months.iter().map(|month| linked(of(month), Some(links.to(Some(supplier.id), Some(*month), What::Free)))).collect(),
                sum: linked(sum, Some(links.to(Some(supplier.id), None, What::Free))),
                kind: RowKind::Plain,
            });
        }
    }
    const BEHIND: [What; 3] = [What::Received, What::Taken, What::Kept];
    shown.boards = boards
        .into_iter()
        .map(|((name, id), Sums { given, taken, .. })| BoardNet { name, given, taken, behind: BEHIND.map(|what| links.with(id, what)) })
        .filter(|net| net.given.0 != 0 || net.taken.0 != 0)
        .collect();
    let sum = |pick: fn(&BoardNet) -> Minutes| shown.boards.iter().map(pick).sum();
    shown.total = BoardNet {
        name: "Samen".to_owned(),
        given: sum(|net| net.given),
        taken: sum(|net| net.taken),
        behind: BEHIND.map(|what| Some(links.to(None, None, what))),
    };
}

fn column(month: Month, now: Month, sums: Sums) -> MonthColumn {
    let house = HouseParts { used: sums.taken.0.max(0), pot: sums.left.0.max(0), expired: sums.expired.0.max(0), ..HouseParts::default() };
    MonthColumn { label: month.short().to_owned(), now: month == now, coming: month > now, house }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Me;
    use domain::people::{Actor, Role, Scope};

    fn flow(month: &str, kind: &str, board: Option<&str>, minutes: i64) -> FlowRow {
        let board_id = board.map(|name| Uuid::from_u128(name.len() as u128));
        FlowRow { month: month.to_owned(), kind: kind.to_owned(), board_id, board: board.map(str::to_owned), minutes }
    }

    #[test]
    fn a_column_adds_up_and_the_boards_sum_to_the_year() {
        let flows = [
            flow("2026-10", "donation", Some("Klaverblad"), 300),
            flow("2026-10", "take_back", Some("Klaverblad"), -60),
            flow("2026-10", "draw", Some("Boezemkring"), -180),
            flow("2026-10", "returned", Some("Boezemkring"), 60),
            flow("2026-10", "hold", Some("Boezemkring"), -60),
            flow("2026-10", "lost", Some("Boezemkring"), -30),
            flow("2026-10", "expiry", None, -60),
            flow("2026-11", "donation", Some("Klaverblad"), 90),
        ];
        let account = |month: &str, balance| AccountRow {
            id: Uuid::nil(),
            supplier_id: Uuid::from_u128(1),
            school_year: 2026,
            month: month.to_owned(),
            holder_kind: "wijkpot".to_owned(),
            holder_id: Uuid::nil(),
            balance,
        };
        let suppliers = [Named { id: Uuid::from_u128(1), name: "De Wissel".to_owned() }];
        let october = Month::new(2026, 10).expect("October exists");
        let mut shown = PotShown::default();
        let accounts = [account("2026-10", 0), account("2026-11", 90)];
        let (role, scope) = (Role::BoardContact, Scope::Board(Uuid::from_u128("Boezemkring".len() as u128).into()));
        let actor = Actor { person: Uuid::nil().into(), partnership: Uuid::nil().into(), roles: vec![(role, scope)] };
        let (name, email, partnership_name, place) = Default::default();
        let me = Me { actor, name, email, partnership_name, revision: None, role, scope, place };
        let links = Links { me: &me, pot: Uuid::nil(), year: october.school_year() };
        year(&mut shown, &[october], october.next(), (&flows, &accounts), &suppliers, &links);
        let texts = |row: usize| shown.rows[row].cells.iter().map(|cell| cell.text.replace('\u{a0}', " ")).collect::<Vec<_>>();
        assert_eq!(texts(0), ["4 u", "1 u 30"]);
        assert_eq!(texts(1), ["2 u 30", "–"]);
        assert_eq!(texts(2), ["1 u 30", "–"]);
        assert_eq!(texts(3), ["–", "1 u 30"]);
        assert_eq!(shown.rows[4].label, "De Wissel");
        assert_eq!((shown.total.given, shown.total.taken), (Minutes(330), Minutes(150)));
        assert!(shown.columns[1].now && !shown.columns[0].coming);
        // A dash leads nowhere, and neither does a board whose hours this person may not read.
        let behind = |row: usize| shown.rows[row].cells.iter().map(|cell| cell.href.is_some()).collect::<Vec<_>>();
        assert_eq!((behind(1), behind(4)), (vec![true, false], vec![false, true]));
        let open = shown.boards.iter().map(|net| (net.name.as_str(), net.behind.iter().all(Option::is_some))).collect::<Vec<_>>();
        assert_eq!(open, [("Boezemkring", true), ("Klaverblad", false)]);
    }
}
