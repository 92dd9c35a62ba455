//! The book of hours as a file. Always true here: it holds what the list shows, and what the list shields is shielded here as well.

use super::{
    entry::{Shown, booking, readable, shown},
    journal::{Asked, JournalAsk, change},
    sql::{self, EntryRow},
};
use crate::{
    AppError,
    db::Tx,
    files::{Sheet, SheetCell},
    organisations,
    session::Me,
};
use chrono::{DateTime, Utc};
use domain::{Refusal, minutes::thousands, time};
use std::collections::HashMap;
use uuid::Uuid;

/// The most postings in one file: a year of a large partnership's half, some ten megabytes of workbook, made within seconds.
pub const FILE_ROWS_MAX: i64 = 50_000;

/// The postings of the list, the last one first, all of its pages together.
///
/// # Errors
/// As the list itself, and `Refused` when there are more than fit a file.
pub async fn journal_sheet(tx: &mut Tx, me: &Me, ask: &JournalAsk, now: DateTime<Utc>) -> Result<Sheet, AppError> {
    let Asked { journal, about, .. } = ask.read(tx, me, now).await?;
    let rows = match about {
        Some(about) => sql::journal_about(tx, me.partnership(), about, journal.of, i64::MAX, FILE_ROWS_MAX + 1).await?,
        None => sql::journal(tx, me.partnership(), &journal, i64::MAX, FILE_ROWS_MAX + 1).await?,
    };
    if i64::try_from(rows.len()).unwrap_or(i64::MAX) > FILE_ROWS_MAX {
        let most = thousands(FILE_ROWS_MAX.unsigned_abs());
        let advice = format!("In één bestand passen {most} boekingen. Kies een maand, een leverancier of één houder.");
        return Err(Refusal::new("file_too_large", "Dit zijn te veel boekingen voor één bestand", advice).into());
    }
    let schools = readable(tx, me).await?;
    let suppliers = organisations::sql::suppliers(tx, me.partnership()).await?;
    let suppliers: HashMap<Uuid, String> = suppliers.into_iter().map(|one| (one.id, one.name)).collect();
    let line = |row: &EntryRow| cells(row, shown(row, &booking(row, me, &schools)), &suppliers);
    Ok(Sheet {
        name: match (about, journal.month) {
            (Some((kind, _)), _) => format!("urenboek-{}", kind.code()),
            (None, Some(month)) => format!("urenboek-{month}"),
            (None, None) => format!("urenboek-{}", journal.school_year.0),
        },
        heads: vec![
            "Nummer",
            "Geboekt op",
            "Soort",
            "Van",
            "Naar",
            "Leverancier",
            "Maand",
            "Uren",
            "Reden",
            "Door",
            "Draait terug",
            "Teruggedraaid met",
        ],
        rows: rows.iter().map(line).collect(),
    })
}

fn cells(row: &EntryRow, shown: Shown, suppliers: &HashMap<Uuid, String>) -> Vec<SheetCell> {
    vec![
        SheetCell::Number(row.seq),
        SheetCell::Day(time::local_date(row.posted_at)),
        SheetCell::text(shown.kind),
        SheetCell::text(shown.from),
        SheetCell::text(shown.to),
        SheetCell::text(suppliers.get(&row.from_supplier).cloned().unwrap_or_default()),
        SheetCell::text(row.month()),
        SheetCell::Hours(change(row)),
        SheetCell::text(shown.reason),
        SheetCell::text(shown.by),
        SheetCell::number(row.reverses_seq),
        SheetCell::number(row.reversed_by_seq),
    ]
}
