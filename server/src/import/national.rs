//! A file of schools that names the partnership on each line: every partnership in it, one transaction each.
//!
//! Always true here: the whole file is checked before the first partnership is written. If it stops half-way, running it again finishes it.

use super::{
    FileReport, Outcome, Progress, Report, fields,
    known::Known,
    partnership,
    read::Sheet,
    report::Rejected,
    schools::{self, SchoolLine},
    tidy,
};
use anyhow::{Context, ensure};
use app::db::Db;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Reads every partnership in the file.
pub async fn import(db: &Db, sheet: &Sheet, skip_bad_lines: bool, now: DateTime<Utc>, progress: &Progress) -> anyhow::Result<Outcome> {
    ensure!(
        sheet.has("partnership"),
        "In {} ontbreekt de kolom SAMENWERKINGSVERBAND. Voeg die toe, of zeg met --partnership CODE voor wie dit bestand is.",
        sheet.file
    );
    let mut report = Report::default();
    let mut file = FileReport::new("scholen", sheet);
    let lines = schools::parse(sheet, &mut file)?;
    let groups = by_partnership(lines, &mut file);
    if !file.rejected.is_empty() && !skip_bad_lines {
        report.files.push(file);
        return Ok(Outcome { report, kept: false });
    }
    progress.start(groups.values().map(Vec::len).sum());
    let partnerships = groups.len();
    for (code, lines) in groups {
        let schools = lines.len();
        let (mut tx, partnership) = partnership::open(db, &code, None, true, now, &mut report).await?;
        let mut known = Known::load(&mut tx, partnership, code.clone()).await?;
        let put = schools::put(&mut tx, &mut known, lines, &mut file).await;
        put.with_context(|| format!("Het inlezen stopte bij {code}. Lees het bestand opnieuw in om het af te maken."))?;
        tx.commit().await.with_context(|| format!("Het inlezen stopte bij {code}. Lees het bestand opnieuw in om het af te maken."))?;
        progress.partnership(&code, schools, partnerships);
    }
    progress.finish();
    report.files.push(file);
    tidy(db).await;
    Ok(Outcome { report, kept: true })
}

/// The lines of each partnership. A line that names none is passed over and said so: registers have schools that are not placed yet.
fn by_partnership(lines: Vec<SchoolLine>, file: &mut FileReport) -> BTreeMap<String, Vec<SchoolLine>> {
    let mut groups: BTreeMap<String, Vec<SchoolLine>> = BTreeMap::new();
    for line in lines {
        if line.partnership.is_empty() {
            let reason = format!("{} ({}) noemt geen samenwerkingsverband. De school is niet ingelezen.", line.facts.brin, line.facts.name);
            file.passed.push(Rejected { line: line.line, reason });
        } else if let Some(code) = file.sift(line.line, fields::partnership_code(&line.partnership)) {
            groups.entry(code).or_default().push(line);
        }
    }
    groups
}
