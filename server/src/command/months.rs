//! `wijkpot close-month`: closes months by hand, or shows what closing would do. Always true: a month that was closed before perishes
//! nothing twice.

use anyhow::{bail, ensure};
use app::{
    AppError,
    db::Db,
    months::verbs::{Closed, close_month, months_due},
    organisations::{self, sql::PartnershipRow},
};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, hours::Month, minutes::thousands};

/// Closes this month, or every month that is due, of one partnership or of all. With `dry_run` nothing is kept.
///
/// # Errors
/// When the partnership is unknown, the month still runs, or the database refuses. What was closed before that stays closed.
pub async fn close(
    db: &Db,
    code: Option<&str>,
    month: Option<Month>,
    dry_run: bool,
    now: DateTime<Utc>,
    mut say: impl FnMut(&str),
) -> anyhow::Result<()> {
    let mut tx = db.read().await?;
    let mut partnerships = organisations::sql::partnerships(&mut tx).await?;
    if let Some(code) = code {
        partnerships.retain(|partnership| partnership.code.eq_ignore_ascii_case(code));
        ensure!(!partnerships.is_empty(), "Er is geen samenwerkingsverband met de code {code}.");
    }
    drop(tx);
    let mut count = 0;
    for partnership in &partnerships {
        let id = PartnershipId(partnership.id);
        let due = match month {
            Some(month) => vec![month],
            None => months_due(&mut db.read().await?, id, now).await?,
        };
        for month in due {
            let mut tx = db.write_much(id).await?;
            let closed = match close_month(&mut tx, id, month, now).await {
                Err(AppError::Refused(refusal)) => bail!("{refusal}"),
                other => other?,
            };
            // A transaction that is dropped did not happen.
            if !dry_run {
                tx.commit().await?;
            }
            count += 1;
            say(&told(partnership, &closed, dry_run));
        }
    }
    if count == 0 {
        say("Er is geen maand om af te sluiten.");
    } else if dry_run {
        say("Er is niets geboekt. Zonder --dry-run gebeurt het echt.");
    }
    Ok(())
}

/// `VLIET Vlietland, oktober 2026: 123 u vervallen van 87 rekeningen.`
fn told(partnership: &PartnershipRow, closed: &Closed, dry_run: bool) -> String {
    let Closed { month, accounts, lapsed, without_extra, waiting, .. } = closed;
    let verb = if dry_run { "zou vervallen" } else { "vervallen" };
    let mut line = format!(
        "{} {}, {} {}: {} {verb} van {}.",
        partnership.code,
        partnership.name,
        month.name(),
        month.year(),
        closed.minutes().to_string().replace('\u{a0}', " "),
        counted(*accounts, "rekening", "rekeningen")
    );
    if *lapsed > 0 {
        line.push_str(&format!(" Zonder antwoord of verantwoording: {}.", counted(*lapsed, "afspraak", "afspraken")));
    }
    if *without_extra > 0 {
        let visits = counted(*without_extra, "afspraak", "afspraken");
        line.push_str(&format!(" Afgesloten terwijl een vraag om extra uren nog open was: {visits}."));
    }
    if *waiting > 0 {
        line.push_str(&format!(" Wacht nog op verantwoording: {}.", counted(*waiting, "afspraak", "afspraken")));
    }
    line
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(u64::try_from(count).unwrap_or_default()), if count == 1 { one } else { many })
}
