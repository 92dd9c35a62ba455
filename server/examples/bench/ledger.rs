//! Transfers of the ledger against the bare engine: one small row in a transaction of its own, with the same connections and durability.
//! Always true: the bare engine is measured before and after, so that a busy disk does not flatter either.

use crate::{
    engine::Engine,
    load::{CONNECTIONS, Seen},
    report::{Report, Row, TRANSFER_RATIO_MIN},
};
use anyhow::{Result, anyhow};
use app::{db::Db, execute, hours::sql as hours, organisations::sql as organisations, session::now};
use domain::{
    Minutes, PartnershipId, SchoolId,
    hours::{AccountKey, Bucket, Holder, Month, POSTING_MINUTES_MAX, PostingKind, Transfer},
};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

pub async fn measure(engine: &Engine, span: Duration, report: &mut Report) -> Result<()> {
    let db = engine.beside().await?;
    let together: Vec<Books> = vec![books(&db).await?; CONNECTIONS];
    let mut apart = Vec::new();
    for _ in 0..CONNECTIONS {
        apart.push(books(&db).await?);
    }

    // A ledger that nobody posted in yet has no statistics; PostgreSQL's upkeep makes them within a minute of its first postings.
    transfers(&db, apart.clone(), span / 8).await?;
    db.analyze().await?;

    let before = bare(&db, span / 2).await?;
    let one = transfers(&db, together, span).await?;
    let many = transfers(&db, apart, span).await?;
    let after = bare(&db, span / 2).await?;
    let rate = (before.rate() + after.rate()) / 2.0;
    db.close().await;

    let note = format!("{:.0} before, {:.0} after; insert of one row, committed", before.rate(), after.rate());
    report.add(Row { value: rate, note, ..Row::of_seen(engine, "bare engine, 16 writers", &before) });
    let ratio = one.rate() / rate;
    let row = Row { ratio: Some((ratio, "bare engine")), note: String::new(), ..Row::of_seen(engine, "transfers, 16 writers", &one) };
    report.add(row.aiming(format!("≥ {:.0} %", TRANSFER_RATIO_MIN * 100.0), ratio >= TRANSFER_RATIO_MIN));
    let ratio = Some((many.rate() / rate, "bare engine"));
    report.add(Row { ratio, note: String::new(), ..Row::of_seen(engine, "transfers, 16 partnerships", &many) });
    Ok(())
}

/// A board with plenty and the schools it gives to, one for each writer.
#[derive(Clone, Debug)]
struct Books {
    partnership: PartnershipId,
    board: AccountKey,
}

async fn books(db: &Db) -> Result<Books> {
    let code = format!("B{}", &Uuid::now_v7().simple().to_string()[20..]);
    let mut tx = db.write_unscoped().await?;
    let partnership = organisations::put_partnership(&mut tx, &code, Some("Meting"), now()).await?;
    let supplier = organisations::put_supplier(&mut tx, partnership, "Leverancier").await?;
    let board = organisations::put_board(&mut tx, partnership, "Bestuur").await?;
    tx.commit().await?;
    let bucket = Bucket::of_month(supplier, Month::at(now()));
    let (contract, board) = (AccountKey::new(bucket, Holder::contract(supplier)), AccountKey::new(bucket, Holder::board(board)));
    post(db, partnership, Transfer::new(PostingKind::Allotment, contract, board, POSTING_MINUTES_MAX), "bench/plenty").await?;
    Ok(Books { partnership, board })
}

async fn post(db: &Db, partnership: PartnershipId, transfer: Transfer, key: &str) -> Result<()> {
    let refused = |error| anyhow!("a transfer was refused: {error:?}");
    let mut tx = db.write(partnership).await?;
    hours::post(&mut tx, partnership, &[transfer], None, now(), key).await.map_err(refused)?;
    Ok(tx.commit().await?)
}

/// Sixteen writers, each from its board to a school of its own, a quarter of an hour at a time.
async fn transfers(db: &Db, books: Vec<Books>, span: Duration) -> Result<Seen> {
    let mut writers = JoinSet::new();
    let began = Instant::now();
    for Books { partnership, board } in books {
        let db = db.clone();
        writers.spawn(async move {
            let school = AccountKey::new(board.bucket, Holder::school(SchoolId(Uuid::now_v7())));
            let transfer = Transfer::new(PostingKind::Division, board, school, Minutes(15));
            let mut seen = Seen::default();
            while began.elapsed() < span {
                let began = Instant::now();
                post(&db, partnership, transfer.clone(), &Uuid::now_v7().simple().to_string()).await?;
                seen.time(began);
            }
            anyhow::Ok(seen)
        });
    }
    together(writers, began).await
}

/// What the engine does by itself: one row of its own in a transaction of its own, by sixteen writers who wait for the same connections.
pub async fn bare(db: &Db, span: Duration) -> Result<Seen> {
    let mut tx = db.write_unscoped().await?;
    let tables = &mut tx;
    execute!(tables, "create table if not exists bench_bare (id uuid primary key, writer bigint not null)")?;
    tx.commit().await?;
    let mut writers = JoinSet::new();
    let began = Instant::now();
    for writer in (0_i64..).take(CONNECTIONS) {
        let db = db.clone();
        writers.spawn(async move {
            let mut seen = Seen::default();
            while began.elapsed() < span {
                let began = Instant::now();
                let insert = "insert into bench_bare (id, writer) values ($1, $2)";
                match &db {
                    Db::Sqlite { writer: pool, .. } => {
                        let mut tx = pool.begin_with("begin immediate").await?;
                        sqlx::query(insert).bind(Uuid::now_v7()).bind(writer).execute(&mut *tx).await?;
                        tx.commit().await?;
                    }
                    Db::Postgres { pool, .. } => {
                        let mut tx = pool.begin().await?;
                        sqlx::query(insert).bind(Uuid::now_v7()).bind(writer).execute(&mut *tx).await?;
                        tx.commit().await?;
                    }
                }
                seen.time(began);
            }
            anyhow::Ok(seen)
        });
    }
    together(writers, began).await
}

async fn together(mut writers: JoinSet<Result<Seen>>, began: Instant) -> Result<Seen> {
    let mut all = Vec::new();
    while let Some(done) = writers.join_next().await {
        all.push(done??);
    }
    Ok(Seen::together(all, began.elapsed()))
}
