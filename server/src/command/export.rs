//! `wijkpot export`: numbers as CSV. Always true: the same database gives the same bytes, whichever engine it is on.

use anyhow::bail;
use app::{db::Db, hours, organisations};
use domain::{PartnershipId, hours::SchoolYear};
use std::io::Write;

/// Writes every balance of a school year: `holder_kind,holder,supplier,month,minutes`.
///
/// # Errors
/// When the partnership is unknown, the year is none, or the file cannot be written.
pub async fn balances(db: &Db, code: &str, school_year: i32, out: impl Write) -> anyhow::Result<()> {
    if !(2000..=2200).contains(&school_year) {
        bail!("Schooljaar {school_year} bestaat niet. Geef het jaar waarin het begint, zoals 2026.");
    }
    let mut tx = db.read().await?;
    let Some(partnership) = organisations::sql::partnership(&mut tx, code).await? else {
        bail!("Er is geen samenwerkingsverband met de code {code}.");
    };
    let lines = hours::sql::balance_lines(&mut tx, PartnershipId(partnership.id), SchoolYear(school_year)).await?;
    drop(tx);
    let mut file = csv::Writer::from_writer(out);
    file.write_record(["holder_kind", "holder", "supplier", "month", "minutes"])?;
    for line in lines {
        file.write_record([&line.holder_kind, &line.holder, &line.supplier, &line.month, &line.minutes.to_string()])?;
    }
    file.flush()?;
    Ok(())
}
