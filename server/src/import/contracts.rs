//! Contracts with suppliers, and posting what they bought once boards are known too.
//!
//! Always true here: hours reach the ledger only through the division of a year, never from this file directly.

use super::{
    FileReport, Report, fields,
    known::Known,
    read::{Column, Row, Sheet, listed},
    report::{Became, Seen},
};
use anyhow::bail;
use app::{AppError, db::Tx, hours};
use chrono::{DateTime, Utc};
use domain::{Minutes, PartnershipId, hours::SchoolYear, minutes::thousands};

/// The columns of the file.
pub const COLUMNS: &[Column] = &[
    Column::must("supplier", "supplier", &["leverancier", "dienstverlener"]),
    Column::must("contract_hours", "contract_hours", &["contracturen", "uren", "hours"]),
    Column::may("reserve_hours", "reserve_hours", &["reserveuren", "reserve"]),
];

struct Line {
    supplier: String,
    bought: Minutes,
    reserve: Minutes,
}

/// Keeps the contracts of a school year.
pub async fn import(tx: &mut Tx, known: &mut Known, sheet: &Sheet, year: SchoolYear) -> anyhow::Result<FileReport> {
    let mut file = FileReport::new("contracten", sheet);
    let mut seen = Seen::default();
    let before = hours::sql::contracts(tx, known.partnership, year).await?;
    for row in sheet.rows() {
        let read =
            line(row).and_then(|line| seen.first(&line.supplier, &format!("De leverancier {}", line.supplier), row.line).map(|()| line));
        let Some(line) = file.sift(row.line, read) else { continue };
        let (supplier, _) = known.supplier(tx, &line.supplier).await?;
        let contract = before.iter().find(|contract| contract.supplier_id == supplier.0);
        let is_changed = contract.is_none_or(|known| (known.contract_minutes, known.reserve_minutes) != (line.bought.0, line.reserve.0));
        if is_changed {
            hours::sql::put_contract(tx, known.partnership, year, supplier, line.bought.0 / 60, line.reserve.0 / 60).await?;
        }
        file.count(Became::of(contract.is_none(), is_changed));
    }
    Ok(file)
}

fn line(row: Row<'_>) -> Result<Line, String> {
    let supplier = fields::filled(row.text("supplier"), "De leverancier", fields::NAME_MAX)?;
    let bought = fields::hours(row.text("contract_hours"), "contract_hours")?;
    let reserve = match row.text("reserve_hours") {
        "" => Minutes::ZERO,
        reserve => fields::hours(reserve, "reserve_hours")?,
    };
    if reserve > bought {
        return Err("De reserve is groter dan het contract.".into());
    }
    Ok(Line { supplier, bought, reserve })
}

/// Divides and posts the year when both contracts and shares are known; says what waits when they are not. A year that was divided
/// before with the same numbers stays as it is.
///
/// # Errors
/// When the year was divided before with other numbers, or does not add up; then nothing is kept.
pub async fn settle_hours(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    now: DateTime<Utc>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let contracts = hours::sql::contracts(tx, partnership, year).await?;
    let claims = hours::sql::claims(tx, partnership, year).await?;
    let waits = match (contracts.is_empty(), claims.is_empty()) {
        (true, true) => return Ok(()),
        (true, false) => "contracten (--contracts)",
        (false, true) => "besturen met hun deel (--boards)",
        (false, false) => "",
    };
    if !waits.is_empty() {
        report.notes.push(format!("De uren van {year} zijn nog niet verdeeld: er zijn nog geen {waits}."));
        return Ok(());
    }
    let outcome = match hours::verbs::allot_year(tx, partnership, year, None, now).await {
        Ok(outcome) => outcome,
        Err(AppError::Refused(refusal)) => bail!("{refusal}"),
        Err(error) => bail!("De uren van {year} zijn niet te verdelen. {error}"),
    };
    let minutes: i64 = contracts.iter().map(|contract| contract.contract_minutes - contract.reserve_minutes).sum();
    let hours = thousands((minutes / 60).unsigned_abs());
    report.notes.push(format!("uren van {year}: {hours} uur over {} besturen", claims.len()));
    if !outcome.divided.is_empty() {
        let names: Vec<&str> = outcome.divided.iter().map(String::as_str).collect();
        report.notes.push(format!("over scholen verdeeld: {}", listed(&names)));
    }
    if !outcome.undivided.is_empty() {
        let names: Vec<&str> = outcome.undivided.iter().map(String::as_str).collect();
        report.notes.push(format!("blijft bij het bestuur, nog zonder scholen: {}", listed(&names)));
    }
    Ok(())
}
