//! `wijkpot export`: numbers as CSV. Always true: the same database gives the same bytes, whichever engine it is on.

use super::export_reports;
use anyhow::bail;
use app::{
    db::{Db, Tx},
    hours::{self, sql::BalanceLine},
    organisations,
};
use domain::{PartnershipId, hours::SchoolYear, text::cell};
use std::io::{ErrorKind, Write};

/// Writes what was asked for.
///
/// # Errors
/// When the partnership is unknown, the year is none, or the file cannot be written.
pub async fn write(db: &Db, what: &str, code: &str, school_year: i32, out: impl Write) -> anyhow::Result<()> {
    match what {
        "postings" => export_reports::postings(db, code, school_year, out).await,
        "allotment" => export_reports::allotment(db, code, school_year, out).await,
        "alv" => export_reports::alv(db, code, school_year, out).await,
        _ => balances(db, code, school_year, out).await,
    }
}

/// Writes every balance of a school year: `holder_kind,holder,supplier,month,minutes`.
///
/// # Errors
/// As [`write`].
pub async fn balances(db: &Db, code: &str, school_year: i32, out: impl Write) -> anyhow::Result<()> {
    let (mut tx, partnership, year) = open(db, code, school_year).await?;
    let lines = hours::sql::balance_lines(&mut tx, partnership, year).await?;
    drop(tx);
    had_enough(write_balances(&lines, out))
}

/// A snapshot, the partnership and the year that a file is about.
pub(super) async fn open(db: &Db, code: &str, school_year: i32) -> anyhow::Result<(Tx, PartnershipId, SchoolYear)> {
    if !(2000..=2200).contains(&school_year) {
        bail!("Schooljaar {school_year} bestaat niet. Geef het jaar waarin het begint, zoals 2026.");
    }
    let mut tx = db.read().await?;
    let Some(partnership) = organisations::sql::partnership(&mut tx, code).await? else {
        bail!("Er is geen samenwerkingsverband met de code {code}.");
    };
    Ok((tx, PartnershipId(partnership.id), SchoolYear(school_year)))
}

/// Whoever reads this had enough: `| head`.
pub(super) fn had_enough(done: std::io::Result<()>) -> anyhow::Result<()> {
    match done {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}

fn write_balances(lines: &[BalanceLine], out: impl Write) -> std::io::Result<()> {
    let mut file = csv::Writer::from_writer(out);
    file.write_record(["holder_kind", "holder", "supplier", "month", "minutes"]).map_err(broken)?;
    for line in lines {
        let [kind, holder, supplier, month] = [&line.holder_kind, &line.holder, &line.supplier, &line.month].map(|text| cell(text));
        file.write_record([&*kind, &*holder, &*supplier, &*month, &line.minutes.to_string()]).map_err(broken)?;
    }
    file.flush()
}

pub(super) fn broken(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(holder: &str, minutes: i64) -> BalanceLine {
        let [holder_kind, supplier, month] = ["board", "De Wissel", "2026-11"].map(str::to_owned);
        BalanceLine { holder_kind, holder: holder.to_owned(), supplier, month, minutes }
    }

    #[test]
    fn a_name_that_begins_like_a_formula_is_text_and_a_number_stays_one() {
        let mut out = Vec::new();
        write_balances(&[line("=1+1|cmd", -60)], &mut out).expect("written");
        let out = String::from_utf8(out).expect("text");
        assert_eq!(out.lines().nth(1), Some("board,'=1+1|cmd,De Wissel,2026-11,-60"));
    }

    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Err(ErrorKind::BrokenPipe.into())
        }
    }

    #[test]
    fn a_reader_who_had_enough_is_told_apart_from_what_breaks() {
        let many: Vec<BalanceLine> = (0..2_000).map(|minutes| line("De Meerpaal", minutes)).collect();
        for lines in [&many[..1], &many[..]] {
            assert_eq!(write_balances(lines, Closed).expect_err("closed").kind(), ErrorKind::BrokenPipe);
        }
    }
}
