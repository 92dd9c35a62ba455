//! One holder's school year as streets: a house per month, its numbers under it, each leading to the postings behind it.

use super::{
    address::Behind,
    api::Street,
    sql::MonthLine,
    what::{What, amount, total},
};
use crate::{
    organisations::sql::Named,
    ui::{HouseParts, MonthCell, MonthColumn, MonthRow, RowKind, Sentence, Supplier},
};
use chrono::{Datelike, NaiveDate};
use domain::{
    Minutes, SupplierId,
    hours::{
        Holder, HolderKind, Month, SchoolYear,
        lines::{Line, days_left},
    },
    time,
};
use std::collections::{BTreeMap, BTreeSet};

/// Whose year it is.
pub(super) struct Whose<'a> {
    pub holder: Holder,
    pub name: &'a str,
    pub year: SchoolYear,
    /// The month we are in.
    pub now: Month,
    /// The day we are in.
    pub today: NaiveDate,
}

impl Whose<'_> {
    fn link(&self, supplier: SupplierId, month: Option<Month>, what: What) -> String {
        let Holder { kind, id } = self.holder;
        Behind::in_year(kind.code(), Some(id), self.year).at(Some(supplier.0)).in_month(month).number(what.code())
    }

    /// The numbers of a row; those that pass hours on only where there are any.
    fn rows(&self) -> [(What, RowKind, bool); 8] {
        [
            (What::Allotted, RowKind::Plain, true),
            (What::Moved, RowKind::Plain, false),
            (What::Received, RowKind::Plain, false),
            (What::Used, RowKind::Plain, true),
            (What::Planned, RowKind::Plain, true),
            (What::Donated, RowKind::Plain, false),
            (What::Expired, RowKind::Rule, true),
            (What::Free, RowKind::Total, true),
        ]
    }

    /// `2 u vrij, vervalt na 30 november, over 5 dagen`.
    fn left(&self, supplier: SupplierId, lines: &BTreeMap<Month, Line>) -> Option<Sentence> {
        let idle = lines.get(&self.now).map(|line| line.idle).filter(|idle| *idle > Minutes::ZERO)?;
        days_left(self.now, self.today)?;
        let last = self.now.last_day();
        let until = format!(" vrij, vervalt na {} {}, {}", last.day(), self.now.name(), time::in_days(last, self.today));
        Some(Sentence::default().leading(idle.to_string(), Some(self.link(supplier, Some(self.now), What::Free))).and(until))
    }

    fn title(&self, what: What) -> &'static str {
        match (what, self.holder.kind) {
            (What::Moved, HolderKind::Board) => "Naar scholen",
            (What::Moved, _) => "Naar andere maand",
            _ => what.title(),
        }
    }
}

/// A street per supplier at which this holder has hours.
pub(super) fn streets(whose: &Whose<'_>, lines: &[MonthLine], suppliers: &[Named]) -> Vec<Street> {
    let mut by_supplier: BTreeMap<SupplierId, BTreeMap<Month, Line>> = BTreeMap::new();
    for line in lines {
        if let Ok(month) = line.month.parse() {
            by_supplier.entry(line.supplier_id.into()).or_default().insert(month, line.sums.into());
        }
    }
    let place = |(position, supplier): (usize, &Named)| {
        let months = by_supplier.get(&supplier.id.into())?;
        Some(street(whose, supplier, position, months))
    };
    suppliers.iter().enumerate().filter_map(place).collect()
}

fn street(whose: &Whose<'_>, supplier: &Named, position: usize, lines: &BTreeMap<Month, Line>) -> Street {
    // The eleven months of the year, and any other that has hours.
    let months: BTreeSet<Month> = whose.year.months().into_iter().chain(lines.keys().copied()).collect();
    let line = |month: &Month| lines.get(month).copied().unwrap_or_default();
    let column = |month: &Month| {
        let line = line(month);
        let house = HouseParts {
            used: line.used.0.max(0),
            pot: line.donated.0.max(0),
            planned: line.set_aside.0.max(0),
            free: line.idle.0.max(0),
            expired: line.expired.0.max(0),
        };
        MonthColumn { label: month.short().to_owned(), now: *month == whose.now, coming: *month > whose.now, house }
    };
    let columns: Vec<MonthColumn> = months.iter().map(column).collect();
    let sum = total(lines.values());
    let id: SupplierId = supplier.id.into();
    let cell = |what: What, line: &Line, month: Option<Month>| {
        let minutes = what.of(line);
        let cell = MonthCell::new(amount(minutes));
        if minutes == domain::Minutes::ZERO { cell } else { cell.to(whose.link(id, month, what)) }
    };
    let rows = whose.rows().into_iter().filter(|(what, _, always)| *always || lines.values().any(|line| what.of(line).0 != 0));
    let mut rows: Vec<MonthRow> = rows
        .map(|(what, kind, _)| MonthRow {
            label: whose.title(what).to_owned(),
            supplier: None,
            cells: months.iter().map(|month| cell(what, &line(month), Some(*month))).collect(),
            sum: cell(what, &sum, None),
            kind,
        })
        .collect();
    let is_passed_on =
        whose.holder.kind == HolderKind::Board && sum.moved > Minutes::ZERO && columns.iter().all(|column| column.house.sum() == 0);
    // What came in stands apart from what became of it.
    if let Some(first_out) = rows.iter().position(|row| row.label == What::Used.title()).filter(|place| *place > 0) {
        rows[first_out - 1].kind = RowKind::Rule;
    }
    Street {
        id: format!("bij-{position}"),
        supplier: Supplier::at(&supplier.name, position),
        left: whose.left(id, lines).or_else(|| is_passed_on.then(|| "Alles staat bij de scholen".into())),
        caption: format!("Uren van {} bij {} per maand, {}", whose.name, supplier.name, whose.year),
        columns,
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SchoolId;
    use uuid::Uuid;

    fn line(month: &str, allotted: i64, used: i64, idle: i64) -> MonthLine {
        let sums = super::super::sql::LineRow { allotted, received: 0, used, set_aside: 0, donated: 0, expired: 0, moved: 0, idle };
        MonthLine { supplier_id: Uuid::from_u128(1), month: month.to_owned(), sums }
    }

    #[test]
    fn every_number_of_a_street_leads_to_its_postings_and_dashes_lead_nowhere() {
        let holder = Holder::school(SchoolId(Uuid::from_u128(7)));
        let now = Month::new(2026, 11).expect("November exists");
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
        let whose = Whose { holder, name: "De Meerpaal", year: SchoolYear(2026), now, today };
        let suppliers = vec![Named { id: Uuid::from_u128(1), name: "De Wissel".to_owned() }];
        let streets = streets(&whose, &[line("2026-09", 120, 120, 0), line("2026-11", 120, 0, 120)], &suppliers);
        let street = &streets[0];
        assert_eq!((street.columns.len(), street.supplier.letter.as_str()), (11, "W"));
        assert_eq!(
            street.left.as_ref().map(|left| left.text().replace('\u{a0}', " ")).as_deref(),
            Some("2 u vrij, vervalt na 30 november, over 5 dagen")
        );
        assert!(street.left.as_ref().is_some_and(|left| left.ways().all(|(_, href)| href.contains("maand=2026-11"))));
        assert!(street.columns[2].now && street.columns[3].coming && !street.columns[1].coming);
        let labels: Vec<_> = street.rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["Toegedeeld", "Gebruikt", "Gepland", "Vervallen", "Vrij"]);
        assert_eq!(street.rows[0].kind, RowKind::Rule);
        let free = &street.rows[4];
        assert_eq!((free.cells[0].text.as_str(), free.cells[0].href.as_deref()), ("–", None));
        assert!(free.cells[2].href.as_deref().is_some_and(|href| href.contains("maand=2026-11") && href.contains("wat=vrij")));
        assert_eq!(street.rows[0].sum.text.replace('\u{a0}', " "), "4 u");
        assert!(street.rows[0].sum.href.as_deref().is_some_and(|href| !href.contains("maand")));
    }

    #[test]
    fn a_board_that_passed_everything_on_says_so_and_one_that_kept_some_does_not() {
        let now = Month::new(2026, 11).expect("November exists");
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
        let holder = Holder::board(domain::BoardId(Uuid::from_u128(8)));
        let whose = Whose { holder, name: "Klaverblad", year: SchoolYear(2026), now, today };
        let suppliers = vec![Named { id: Uuid::from_u128(1), name: "De Wissel".to_owned() }];
        let passed_on = |idle| {
            let mut line = line("2027-01", 120, 0, idle);
            line.sums.moved = 120 - idle;
            streets(&whose, &[line], &suppliers).remove(0).left
        };
        assert_eq!(passed_on(0), Some("Alles staat bij de scholen".into()));
        assert_eq!(passed_on(60), None);
    }
}
