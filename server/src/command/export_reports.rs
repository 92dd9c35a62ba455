//! `wijkpot export postings|allotment|alv`. Always true: the figures are those of the pages, in minutes, and the same database gives the
//! same bytes, whichever engine it is on.

use super::export::{broken, had_enough, open};
use app::{
    db::Db,
    hours::sql::{self as hours, EntryRow, Journal, Of},
    organisations,
    reports::{Figure, OverviewAsk, Period, figures},
};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::{hours::SchoolYear, text::cell, time};
use std::{collections::HashMap, io::Write};
use uuid::Uuid;

/// Postings read at once: some megabytes.
const PAGE: i64 = 5_000;

/// Every posting of a school year, the last one first.
pub(super) async fn postings(db: &Db, code: &str, school_year: i32, out: impl Write) -> anyhow::Result<()> {
    let (mut tx, partnership, year) = open(db, code, school_year).await?;
    let suppliers = organisations::sql::suppliers(&mut tx, partnership).await?;
    let suppliers: HashMap<Uuid, String> = suppliers.into_iter().map(|one| (one.id, one.name)).collect();
    let mut file = csv::Writer::from_writer(out);
    let heads = ["number", "posted_at", "kind", "from_kind", "from", "to_kind", "to", "supplier", "month", "minutes", "reverses", "reason"];
    let mut done = file.write_record(heads).map_err(broken);
    let journal = everything(year);
    let mut before = i64::MAX;
    while done.is_ok() {
        let page = hours::journal(&mut tx, partnership, &journal, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = last.seq;
        done = page.iter().try_for_each(|row| file.write_record(posting(row, &suppliers)).map_err(broken));
    }
    had_enough(done.and_then(|()| file.flush()))
}

fn everything(year: SchoolYear) -> Journal {
    let until = NaiveDate::from_ymd_opt(2300, 1, 1).map_or(DateTime::<Utc>::MAX_UTC, time::start_of_day);
    Journal { of: Of::All, school_year: year, supplier: None, month: None, kind: None, from: DateTime::UNIX_EPOCH, until }
}

fn posting(row: &EntryRow, suppliers: &HashMap<Uuid, String>) -> [String; 12] {
    let named = |name: &Option<String>, id: Uuid| cell(&name.clone().unwrap_or_else(|| id.to_string())).into_owned();
    let month = if row.from_month.is_empty() { &row.to_month } else { &row.from_month };
    [
        row.seq.to_string(),
        row.posted_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        row.kind.clone(),
        row.from_kind.clone(),
        named(&row.from_name, row.from_holder),
        row.to_kind.clone(),
        named(&row.to_name, row.to_holder),
        cell(suppliers.get(&row.from_supplier).map_or("", String::as_str)).into_owned(),
        month.clone(),
        row.minutes.to_string(),
        row.reverses_seq.map(|seq| seq.to_string()).unwrap_or_default(),
        cell(&row.reason).into_owned(),
    ]
}

/// What each board was allotted of each contract: its share, its year, and a column for each month.
pub(super) async fn allotment(db: &Db, code: &str, school_year: i32, out: impl Write) -> anyhow::Result<()> {
    let (mut tx, partnership, year) = open(db, code, school_year).await?;
    let (months, lines) = hours::allotted_lines(&mut tx, partnership, year).await?;
    drop(tx);
    let write = || -> std::io::Result<()> {
        let mut file = csv::Writer::from_writer(out);
        let heads = ["board", "supplier", "share_percent", "year_minutes"].map(str::to_owned).into_iter();
        file.write_record(heads.chain(months.iter().map(ToString::to_string))).map_err(broken)?;
        for line in &lines {
            let share = line.share_percent.map(|percent| percent.to_string()).unwrap_or_default();
            let words = [cell(&line.board).into_owned(), cell(&line.supplier).into_owned(), share, line.year_minutes.to_string()];
            file.write_record(words.into_iter().chain(line.months.iter().map(ToString::to_string))).map_err(broken)?;
        }
        file.flush()
    };
    had_enough(write())
}

/// The figures of the overview.
pub(super) async fn alv(db: &Db, code: &str, school_year: i32, out: impl Write) -> anyhow::Result<()> {
    let (mut tx, partnership, year) = open(db, code, school_year).await?;
    let ask = OverviewAsk { period: Period::School(year), supplier: None };
    let rows = figures(&mut tx, partnership, &ask).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    drop(tx);
    let write = || -> std::io::Result<()> {
        let mut file = csv::Writer::from_writer(out);
        let heads = ["board", "supplier", "month", "allotted", "received", "released", "used", "set_aside", "donated", "expired", "idle"];
        file.write_record(heads).map_err(broken)?;
        for figure in &rows {
            file.write_record(line(figure)).map_err(broken)?;
        }
        file.flush()
    };
    had_enough(write())
}

fn line(figure: &Figure) -> Vec<String> {
    let row = &figure.row;
    let words = [&figure.name, &figure.supplier, &row.month].map(|text| cell(text).into_owned());
    let numbers = [row.allotted - row.moved, row.received, row.released, row.used, row.set_aside, row.donated, row.expired, row.idle];
    words.into_iter().chain(numbers.map(|minutes| minutes.to_string())).collect()
}
