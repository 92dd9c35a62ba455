//! The end of a month in the largest partnership: every school with hours left of every supplier.
//! Always true: what is timed is the whole transaction, from taking the partnership's turn until it is kept.

use crate::{
    engine::Engine,
    report::{MONTH_END_MS_MAX, Report, Row},
};
use anyhow::{Result, anyhow};
use app::{db::Db, hours::sql as hours, months::verbs::close_month, organisations::sql as organisations, session::now};
use domain::{
    Minutes, PartnershipId, SchoolId, SupplierId,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
    time,
};
use std::time::Instant;
use uuid::Uuid;

/// The largest partnership has 389 sites (domain.md §10), and no partnership buys from more than a handful of suppliers.
const SCHOOLS: usize = 389;
const SUPPLIERS: usize = 6;

pub async fn measure(engine: &Engine, report: &mut Report) -> Result<()> {
    let db = engine.beside().await?;
    let month = Month::at(now());
    let partnership = largest(&db, month).await?;
    db.analyze().await?;
    let began = Instant::now();
    let refused = |error| anyhow!("the month was not closed: {error:?}");
    let mut tx = db.write_much(partnership).await?;
    let closed = close_month(&mut tx, partnership, month, time::start_of_day(month.next().first_day())).await.map_err(refused)?;
    tx.commit().await?;
    let took = began.elapsed().as_secs_f64() * 1000.0;
    db.close().await;
    let note = format!("{} accounts, one transaction", closed.accounts);
    let row =
        Row { engine: engine.name, what: "month end, largest partnership".to_owned(), value: took, unit: "ms", note, ..Row::default() };
    report.add(row.aiming(format!("≤ {MONTH_END_MS_MAX:.0} ms"), took <= MONTH_END_MS_MAX));
    Ok(())
}

/// A board with its schools, each with an hour of each supplier.
async fn largest(db: &Db, month: Month) -> Result<PartnershipId> {
    let code = format!("M{}", &Uuid::now_v7().simple().to_string()[20..]);
    let mut tx = db.write_unscoped().await?;
    let partnership = organisations::put_partnership(&mut tx, &code, Some("Meting"), now()).await?;
    let board = Holder::board(organisations::put_board(&mut tx, partnership, "Bestuur").await?);
    let mut suppliers: Vec<SupplierId> = Vec::new();
    for place in 0..SUPPLIERS {
        suppliers.push(organisations::put_supplier(&mut tx, partnership, &format!("Leverancier {place}")).await?);
    }
    tx.commit().await?;
    let schools: Vec<Holder> = (0..SCHOOLS).map(|_| Holder::school(SchoolId(Uuid::now_v7()))).collect();
    let mut transfers = Vec::new();
    for supplier in suppliers {
        let bucket = Bucket::of_month(supplier, month);
        let (contract, board) = (AccountKey::new(bucket, Holder::contract(supplier)), AccountKey::new(bucket, board));
        // An hour more than the schools get, so that the board has something left too.
        let hours = i64::try_from(SCHOOLS)? + 1;
        transfers.push(Transfer::new(PostingKind::Allotment, contract, board, Minutes::hours(hours)));
        let hour = |school: &Holder| Transfer::new(PostingKind::Division, board, AccountKey::new(bucket, *school), Minutes::hours(1));
        transfers.extend(schools.iter().map(hour));
    }
    let mut tx = db.write_much(partnership).await?;
    hours::post(&mut tx, partnership, &transfers, None, now(), "bench/year").await.map_err(|error| anyhow!("refused: {error:?}"))?;
    tx.commit().await?;
    Ok(partnership)
}
