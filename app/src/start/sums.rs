//! Hours on the start page: a school's month per supplier, and the schools of a board or district. Always true here: the numbers are
//! those of the page of hours.

use super::api::{HoursCard, MeterData};
use crate::{
    AppError,
    db::Tx,
    hours::{
        BOARD_WITH_SCHOOLS, Behind, BoardSays, DISTRICT, HOURS, SumTable, Sums, What, board_says, by_holder,
        sql::{self, Among, Payer},
        sums_table, total, went,
    },
    organisations::{self, sql::Named},
    session::Me,
    ui::{KeyItem, Part, PartKind, Sentence, Supplier},
};
use chrono::{DateTime, Datelike, Utc};
use domain::{
    Minutes,
    hours::{
        Holder, HolderKind, Month,
        lines::{Line, days_left},
    },
    time,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Schools by name on the start page; the rest is one row.
const SCHOOLS: usize = 5;

/// The hours of a school in the month we are in.
pub(super) async fn hours_card(
    tx: &mut Tx,
    me: &Me,
    payer: &Payer,
    suppliers: &[Named],
    now: DateTime<Utc>,
) -> Result<HoursCard, AppError> {
    let month = Month::at(now);
    let lines = sql::lines_in(tx, me.partnership(), month, Holder::school(payer.school_id())).await?;
    let lines: BTreeMap<Uuid, Line> = lines.into_iter().map(|line| (line.supplier_id, line.sums.into())).collect();
    let behind = Behind::of_school_in(payer.school_id(), month);
    let meters = suppliers.iter().enumerate().filter_map(|(position, supplier)| {
        let line = lines.get(&supplier.id)?;
        Some(meter(Supplier::at(&supplier.name, position), line, &behind.clone().at(Some(supplier.id))))
    });
    let sum = total(lines.values());
    Ok(HoursCard {
        title: format!("Je uren in {}", month.name()),
        amount: sum.idle.to_string(),
        behind: some(sum.idle, &behind, What::Free),
        words: words(&sum, board_says(tx, me.partnership(), payer, month).await?, &behind, month, now),
        meters: meters.collect(),
        href: HOURS.to_owned(),
    })
}

fn words(sum: &Line, board: BoardSays, behind: &Behind, month: Month, now: DateTime<Utc>) -> Sentence {
    let (had, says) = (What::Had.of(sum), board.sentence());
    if had == Minutes::ZERO {
        let none = format!("Voor {} {} zijn er geen uren.", month.name(), month.year());
        return if board.keeps { says } else { format!("{none} {says}").trim_end().to_owned() }.into();
    }
    let rest = if sum.idle == Minutes::ZERO {
        format!("Alles is {}.", went(sum))
    } else {
        let (last, today) = (month.last_day(), time::local_date(now));
        let far = days_left(month, today).map(|_| time::in_days(last, today)).unwrap_or_default();
        format!("Wat je niet gebruikt, vervalt na {} {}, {far}.", last.day(), month.name())
    };
    let rest = format!(". {rest} {says}");
    Sentence::from("vrij van ").leading(had.to_string(), some(had, behind, What::Had)).and(rest.trim_end())
}

/// The postings behind minutes, when there are any.
fn some(minutes: Minutes, behind: &Behind, what: What) -> Option<String> {
    (minutes != Minutes::ZERO).then(|| behind.number(what.code()))
}

fn meter(supplier: crate::ui::Supplier, line: &Line, behind: &Behind) -> MeterData {
    let parts = [
        (PartKind::Used, line.used, "gebruikt", What::Used),
        (PartKind::Planned, line.set_aside, "gepland", What::Planned),
        (PartKind::Free, line.idle, "", What::Free),
        (PartKind::Pot, line.donated, "naar de wijkpot", What::Donated),
    ];
    let there = || parts.iter().filter(|(_, minutes, ..)| *minutes > Minutes::ZERO);
    MeterData {
        supplier,
        left: line.idle.to_string(),
        behind: some(line.idle, behind, What::Free),
        // What was given away is no longer there: it is told and not drawn.
        parts: there().filter(|(kind, ..)| *kind != PartKind::Pot).map(|(kind, minutes, ..)| Part::new(*kind, minutes.0)).collect(),
        keys: there()
            .filter(|(_, _, words, _)| !words.is_empty())
            .map(|(kind, minutes, words, what)| KeyItem::new(*kind, minutes.to_string(), *words).to(behind.number(what.code())))
            .collect(),
    }
}

/// The schools with the most free hours this month, and all others in one row.
pub(super) async fn school_table(tx: &mut Tx, me: &Me, among: Among, now: DateTime<Utc>) -> Result<SumTable, AppError> {
    let month = Month::at(now);
    let lines = sql::lines_among(tx, me.partnership(), month.school_year(), among, Some(month)).await?;
    let names = organisations::sql::schools(tx, me.partnership()).await?;
    let behind = |holder: &str, id| Behind::in_year(holder, Some(id), month.school_year()).in_month(Some(month));
    let (board, whole) = match among {
        Among::Board(board) => (Some(board.0), Some(behind(BOARD_WITH_SCHOOLS, board.0))),
        Among::District(district) => (None, Some(behind(DISTRICT, district.0))),
        Among::Partnership => (None, None),
    };
    let mut schools = Vec::new();
    let mut rest = Line::default();
    for ((kind, id), line) in by_holder(&lines, true) {
        match names.iter().find(|school| school.id == id).filter(|_| kind == HolderKind::School) {
            Some(school) => {
                let href = crate::hours::of_school(&id.to_string(), month.school_year().0);
                let behind = Some(behind(HolderKind::School.code(), id));
                schools.push((id, Sums { name: school.name.clone(), href: Some(href), line, behind }));
            }
            None => rest = crate::hours::add(rest, &line),
        }
    }
    schools.sort_by(|(_, a), (_, b)| (b.line.idle, &a.name).cmp(&(a.line.idle, &b.name)));
    let others = schools.split_off(schools.len().min(SCHOOLS));
    rest = others.iter().fold(rest, |sum, (_, school)| crate::hours::add(sum, &school.line));
    let (apart, mut schools): (Vec<Uuid>, Vec<Sums>) = schools.into_iter().unzip();
    if rest != Line::default() {
        let name = match (among, others.len()) {
            (Among::Board(_), 0) => "Het bestuur zelf".to_owned(),
            (Among::Board(_), count) => format!("{count} andere en het bestuur zelf"),
            (_, count) => format!("{count} andere"),
        };
        let href = board.map(|board| crate::hours::of_board(&board.to_string(), month.school_year().0));
        // A board's own hours are among them: everything but what stands above it.
        schools.push(Sums { name, href, line: rest, behind: whole.clone().map(|whole| whole.without(&apart)) });
    }
    let caption = format!("Uren per school in {}", month.name());
    Ok(sums_table(caption, "Met de meeste vrije uren bovenaan.".to_owned(), "School", schools, whole.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_that_gave_all_of_it_reads_so_and_one_whose_board_keeps_it_too() {
        let now = "2026-11-26T10:00:00Z".parse().expect("an instant");
        let hours = Minutes::hours;
        let behind = Behind::of_school_in(Uuid::nil().into(), Month::at(now));
        let said = |line: Line, board| words(&line, board, &behind, Month::at(now), now).text().replace('\u{a0}', " ");
        let given = Line { allotted: hours(17), donated: hours(17), ..Line::default() };
        assert_eq!(said(given, BoardSays::default()), "vrij van 17 u. Alles is gedoneerd.");
        let kept = BoardSays { keeps: true, opens: None };
        let spent = Line { allotted: hours(4), used: hours(4), ..Line::default() };
        assert_eq!(said(spent, kept), "vrij van 4 u. Alles is gebruikt. Je bestuur houdt de uren.");
        assert_eq!(said(Line::default(), kept), "Je bestuur houdt de uren.");
        assert_eq!(said(Line::default(), BoardSays::default()), "Voor november 2026 zijn er geen uren.");
    }
}
