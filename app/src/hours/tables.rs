//! Many holders' hours as a table: a row each, and the sum under every column.

use super::{
    address::Behind,
    api::{SumRow, SumTable},
    parts::linked,
    sql::HolderLine,
    what::{What, add, total},
};
use domain::hours::{HolderKind, lines::Line};
use std::collections::HashMap;
use uuid::Uuid;

/// A row before it is written out.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// `De Meerpaal`.
    pub name: String,
    /// Where the name leads.
    pub href: Option<String>,
    /// The hours.
    pub line: Line,
    /// Where their postings are; none where they have no list.
    pub behind: Option<Behind>,
}

/// The table of these rows in this order; `whole` is where the postings behind the sums are. What a pot or the reserve gave and what went to a pot are columns only where there is any.
#[must_use]
pub fn sums_table(caption: String, note: String, first: &str, rows: Vec<Sums>, whole: Option<&Behind>) -> SumTable {
    let sum = total(rows.iter().map(|row| &row.line));
    let columns: Vec<What> = [What::Given, What::Received, What::Used, What::Planned, What::Donated, What::Expired, What::Free]
        .into_iter()
        .filter(|what| !matches!(what, What::Received | What::Donated) || rows.iter().any(|row| what.of(&row.line).0 != 0))
        .collect();
    let cell = |line: &Line, what: &What, behind: Option<&Behind>| linked(what.of(line), behind.map(|behind| behind.number(what.code())));
    let cells = |line: &Line, behind: Option<&Behind>| columns.iter().map(|what| cell(line, what, behind)).collect::<Vec<_>>();
    SumTable {
        caption,
        note,
        first: first.to_owned(),
        columns: columns.iter().map(|what| what.title().to_owned()).collect(),
        foot: cells(&sum, whole),
        rows: rows
            .into_iter()
            .map(|row| SumRow { cells: cells(&row.line, row.behind.as_ref()), name: row.name, supplier: None, href: row.href })
            .collect(),
    }
}

/// Each holder's line: of the month that was asked for, or of the whole year.
#[must_use]
pub fn by_holder(lines: &[HolderLine], in_month: bool) -> HashMap<(HolderKind, Uuid), Line> {
    let mut sums: HashMap<(HolderKind, Uuid), Line> = HashMap::new();
    for row in lines.iter().filter(|row| !in_month || row.in_month == 1) {
        if let Some(kind) = HolderKind::from_code(&row.holder_kind) {
            let sum = sums.entry((kind, row.holder_id)).or_default();
            *sum = add(*sum, &row.sums.into());
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Minutes, hours::SchoolYear};

    #[test]
    fn a_sum_stands_under_every_column_and_empty_columns_stay_away() {
        let line = |used, idle| Line { allotted: Minutes(used + idle), used: Minutes(used), idle: Minutes(idle), ..Line::default() };
        let behind = |holder| Behind::in_year(holder, None, SchoolYear(2026));
        let row = |name: &str, line| Sums { name: name.to_owned(), line, behind: Some(behind("school")), ..Sums::default() };
        let rows = vec![row("A", line(60, 30)), row("B", line(0, 45))];
        let table = sums_table("Per school".to_owned(), String::new(), "School", rows, Some(&behind("besturen")));
        assert_eq!(table.columns, ["Toegedeeld", "Gebruikt", "Gepland", "Vervallen", "Vrij"]);
        let foot: Vec<_> = table.foot.iter().map(|cell| cell.text.replace('\u{a0}', " ")).collect();
        assert_eq!(foot, ["2 u 15", "1 u", "–", "–", "1 u 15"]);
        assert_eq!(table.rows[1].cells[1].text, "–");
        // Every number leads to its postings; a dash has none.
        assert_eq!(table.rows[0].cells[1].href.as_deref(), Some("/uren/boekingen?houder=school&jaar=2026&wat=gebruikt"));
        assert_eq!(table.foot[4].href.as_deref(), Some("/uren/boekingen?houder=besturen&jaar=2026&wat=vrij"));
        assert_eq!(table.rows[1].cells[1].href, None);
    }
}
