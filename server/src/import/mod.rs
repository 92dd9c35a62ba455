//! `wijkpot import`: files of organisations, people and contracts into the database.
//!
//! Always true here: a partnership's part of a command is one transaction. A file with any line that does not hold changes nothing,
//! unless such lines may be skipped; reading the same files again changes nothing either.

mod boards;
mod contracts;
mod fields;
mod known;
mod national;
mod partnership;
mod people;
mod progress;
mod read;
mod report;
mod school_boards;
mod schools;
mod specialists;
mod split;

pub use progress::Progress;
pub use report::{Became, FileReport, Rejected, Report};

use crate::{config::Import, serve::say};
use anyhow::{Context, bail};
use app::db::Db;
use chrono::{DateTime, Utc};
use domain::hours::{Month, SchoolYear};
use known::Known;
use read::Sheet;
use std::io::Write;

/// What came of a command.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was done, or would have been.
    pub report: Report,
    /// Whether it was kept. If not, lines do not hold and nothing changed.
    pub kept: bool,
}

/// What is wrong with the options themselves, before anything is opened.
///
/// # Errors
/// With a sentence about what to add or leave out.
pub fn usage(options: &Import) -> Result<(), String> {
    let of_one = [&options.boards, &options.school_boards, &options.contracts, &options.people, &options.specialists];
    let any_of_one = of_one.iter().any(|file| file.is_some());
    if options.partnership.is_none() && (any_of_one || options.name.is_some()) {
        return Err("Zeg met --partnership CODE voor welk samenwerkingsverband dit is.".into());
    }
    if options.schools.is_none() && !any_of_one && options.name.is_none() {
        return Err("Er is niets om in te lezen. Noem een bestand, zoals --schools duo.csv, of geef een naam met --name.".into());
    }
    if let Some(code) = &options.partnership {
        fields::partnership_code(code)?;
    }
    if let Some(name) = &options.name {
        fields::filled(name.trim(), "De naam", fields::NAME_MAX)?;
    }
    match options.school_year {
        Some(year) if Month::new(year, 8).is_none() || !(2000..2200).contains(&year) => {
            Err(format!("{year} is geen schooljaar. Schrijf het jaar waarin het begint, zoals 2026."))
        }
        _ => Ok(()),
    }
}

/// Runs the command, prints what came of it, and says whether it was kept.
///
/// # Errors
/// With a sentence when a file can not be read at all or the database refuses; then nothing changed.
pub async fn command(db: &Db, options: &Import, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let outcome = run(db, options, now, &Progress::on_terminal()).await?;
    let complaints = outcome.report.complaints();
    complaints.iter().for_each(|line| warn(line));
    if !outcome.kept {
        let them = match outcome.report.rejected() {
            1 => "1 regel klopt niet: verbeter die, of sla die over".to_owned(),
            lines => format!("{lines} regels kloppen niet: verbeter ze, of sla ze over"),
        };
        warn(&format!("Er is niets veranderd. {them} met --skip-bad-lines."));
        return Ok(false);
    }
    outcome.report.summary().iter().for_each(|line| say(line));
    Ok(true)
}

/// Reads the files of a command and keeps what they say.
///
/// # Errors
/// As [`command`].
pub async fn run(db: &Db, options: &Import, now: DateTime<Utc>, progress: &Progress) -> anyhow::Result<Outcome> {
    if let Err(sentence) = usage(options) {
        bail!(sentence);
    }
    let schools = Sheet::maybe(options.schools.as_ref(), schools::COLUMNS)?;
    match (&options.partnership, schools) {
        (None, Some(schools)) => national::import(db, &schools, options.skip_bad_lines, now, progress).await,
        (None, None) => bail!("Zeg met --partnership CODE voor welk samenwerkingsverband dit is."),
        (Some(code), schools) => one(db, options, code, schools, now).await,
    }
}

/// The files of one partnership, in the order in which they lean on each other.
async fn one(db: &Db, options: &Import, code: &str, schools: Option<Sheet>, now: DateTime<Utc>) -> anyhow::Result<Outcome> {
    let boards = Sheet::maybe(options.boards.as_ref(), boards::COLUMNS)?;
    let school_boards = Sheet::maybe(options.school_boards.as_ref(), school_boards::COLUMNS)?;
    let contracts = Sheet::maybe(options.contracts.as_ref(), contracts::COLUMNS)?;
    let specialists = Sheet::maybe(options.specialists.as_ref(), specialists::COLUMNS)?;
    let people = Sheet::maybe(options.people.as_ref(), people::COLUMNS)?;
    let year = options.school_year.map_or_else(|| Month::at(now).school_year(), SchoolYear);
    let code = fields::partnership_code(code).map_err(anyhow::Error::msg)?;
    let name = options.name.as_deref().map(str::trim);

    let mut report = Report::default();
    let (mut tx, partnership) = partnership::open(db, &code, name, schools.is_some(), now, &mut report).await?;
    let mut known = Known::load(&mut tx, partnership, code).await?;
    if let Some(sheet) = &schools {
        let mut file = FileReport::new("scholen", sheet);
        let lines = schools::parse(sheet, &mut file)?;
        let own = schools::of_partnership(lines, &known.code, &mut file);
        schools::put(&mut tx, &mut known, own, &mut file).await?;
        report.files.push(file);
    }
    if let Some(sheet) = &boards {
        boards::import(&mut tx, &mut known, sheet, year, options.skip_bad_lines, &mut report).await?;
    }
    if let Some(sheet) = &school_boards {
        report.files.push(school_boards::import(&mut tx, &mut known, sheet).await?);
    }
    if let Some(sheet) = &contracts {
        report.files.push(contracts::import(&mut tx, &mut known, sheet, year).await?);
    }
    if let Some(sheet) = &specialists {
        report.files.push(specialists::import(&mut tx, &mut known, sheet, now).await?);
    }
    if let Some(sheet) = &people {
        report.files.push(people::import(&mut tx, &mut known, sheet, now).await?);
    }
    if report.rejected() > 0 && !options.skip_bad_lines {
        return Ok(Outcome { report, kept: false });
    }
    if boards.is_some() || contracts.is_some() || school_boards.is_some() {
        contracts::settle_hours(&mut tx, partnership, year, now, &mut report).await?;
    }
    tx.commit().await.context("De database nam de wijzigingen niet aan. Er is niets veranderd.")?;
    tidy(db).await;
    Ok(Outcome { report, kept: true })
}

/// Statistics of what was read. What was kept stays kept when they fail: they only make it quick.
async fn tidy(db: &Db) {
    if let Err(error) = db.analyze().await {
        tracing::warn!(%error, "statistics");
    }
}

fn warn(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
