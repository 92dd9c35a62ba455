//! Stories of the tables themselves, on both engines.

mod support;

use app::{
    AppError,
    db::{Db, Engine, Tx},
    execute, fetch_all,
};
use domain::PartnershipId;
use sha2::{Digest, Sha256};
use std::time::Duration;
use support::databases;
use tokio::time::timeout;
use uuid::Uuid;

const SHORT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn servers_that_start_at_once_migrate_once() {
    for test in databases().await {
        let again = futures_join(&test).await;
        assert!(again.iter().all(Result::is_ok), "{}: {again:?}", test.name);
    }
}

async fn futures_join(test: &support::TestDb) -> Vec<Result<(), sqlx::Error>> {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let url = test.url.clone();
        tasks.spawn(async move {
            let db = app::db::Db::open(&url).await?;
            db.close().await;
            Ok(())
        });
    }
    tasks.join_all().await
}

#[tokio::test]
async fn statistics_are_made_when_asked_for_and_of_what_grew() {
    for test in databases().await {
        let mut tx = test.db.write_unscoped().await.expect("a writer");
        let (id, now) = (Uuid::now_v7(), chrono::DateTime::UNIX_EPOCH);
        execute!(&mut tx, "insert into partnerships (id, code, name, created_at) values ($1, $2, 'Proef', $3)", id, "PO0001", now)
            .expect("written");
        tx.commit().await.expect("committed");
        test.db.analyze().await.expect("statistics");
        test.db.analyze_what_grew().await.expect("upkeep");
        if test.db.engine() == Engine::Sqlite {
            let mut tx = test.db.read().await.expect("a reader");
            let rows: Vec<(i64,)> =
                fetch_all!(&mut tx, (i64,), "select count(*) from sqlite_stat1 where tbl = 'partnerships'").expect("read");
            assert!(rows[0].0 > 0, "{}: nothing to plan by", test.name);
        }
    }
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing() {
    for test in databases().await {
        let mut tx: Tx = test.db.write_unscoped().await.expect("a writer");
        let tx = &mut tx;
        let id = uuid::Uuid::now_v7();
        let now = chrono::DateTime::UNIX_EPOCH;
        let done =
            execute!(tx, "insert into partnerships (id, code, name, created_at) values ($1, $2, $3, $4)", id, "PO0000", "Proef", now);
        assert_eq!(done.expect("written"), 1, "{}", test.name);
    }
}

#[tokio::test]
async fn every_writer_of_a_partnership_raises_its_revision_and_no_other() {
    for test in databases().await {
        let (one, other) = (PartnershipId(Uuid::now_v7()), PartnershipId(Uuid::now_v7()));
        let mut writers = tokio::task::JoinSet::new();
        for number in 0..20 {
            let db = test.db.clone();
            writers.spawn(async move {
                let tx = db.write(one).await.expect("a writer");
                // Who thinks better of it wrote nothing.
                if number % 2 == 0 { tx.commit().await.expect("committed") } else { drop(tx) }
            });
        }
        writers.join_all().await;
        test.db.write_unscoped().await.expect("a writer").commit().await.expect("committed");
        let mut tx = test.db.read().await.expect("a reader");
        let tx = &mut tx;
        let sql = "select partnership_id, revision from revisions where partnership_id in ($1, $2)";
        let rows: Vec<(Uuid, i64)> = fetch_all!(tx, (Uuid, i64), sql, one.0, other.0).expect("revisions");
        // Who is committed together is seen together, and raised it once.
        let [(partnership, mut seen)] = rows[..] else { panic!("{}: {rows:?}", test.name) };
        assert!(partnership == one.0 && (1..=10).contains(&seen), "{}: {seen}", test.name);
        for _ in 0..3 {
            test.db.write(one).await.expect("a writer").commit().await.expect("committed");
            let mut own = test.db.read().await.expect("a reader");
            let tx = &mut own;
            let now: Vec<(Uuid, i64)> = fetch_all!(tx, (Uuid, i64), sql, one.0, other.0).expect("revisions");
            assert_eq!(now, [(one.0, seen + 1)], "{}", test.name);
            seen += 1;
        }
    }
}

#[tokio::test]
async fn a_partnership_that_is_busy_leaves_the_others_their_connections() {
    for test in databases().await {
        // SQLite has one writer for all.
        let Db::Postgres { pool, .. } = &test.db else { continue };
        let (busy, quiet) = (PartnershipId(Uuid::now_v7()), PartnershipId(Uuid::now_v7()));
        let first = test.db.write(busy).await.expect("a writer");
        let mut waiting = tokio::task::JoinSet::new();
        for _ in 0..30 {
            let db = test.db.clone();
            waiting.spawn(async move { db.write(busy).await?.commit().await });
        }
        tokio::time::sleep(SHORT).await;
        timeout(SHORT * 5, test.db.write(quiet)).await.expect("at once").expect("another's turn");
        timeout(SHORT * 5, test.db.read()).await.expect("at once").expect("a reader");
        first.commit().await.expect("committed");
        assert!(waiting.join_all().await.iter().all(Result::is_ok), "each in its turn");

        // Another app server holds the lock: the wait ends, and is told as one.
        let mut elsewhere = pool.begin().await.expect("a connection");
        let key = i64::from_be_bytes(busy.0.as_bytes()[8..].try_into().expect("eight bytes"));
        sqlx::query("select pg_advisory_xact_lock($1)").bind(key).execute(&mut *elsewhere).await.expect("the lock");
        let refused = test.db.write(busy).await.expect_err("not within five seconds");
        assert!(app::db::is_busy(&refused), "{refused:?}");
        assert_eq!(AppError::from(refused).status(), 503);
        drop(elsewhere);

        // Whether the database answers is asked beside the pool.
        let mut all = Vec::new();
        while let Ok(Ok(tx)) = timeout(SHORT, test.db.read()).await {
            all.push(tx);
        }
        assert!((4..=8).contains(&all.len()), "two for each core: {}", all.len());
        test.db.ping().await.expect("ready, and busy");
    }
}

/// The tables as they were before accounts kept sums.
const BEFORE_SUMS: [(&str, &str, &str, &str); 6] = {
    macro_rules! plain {
        ($name:literal) => {
            ($name, include_str!(concat!("../../migrations/", $name, ".sql")), "", "")
        };
    }
    [
        plain!("0001_organisations"),
        plain!("0002_people"),
        plain!("0003_experts"),
        (
            "0004_hours",
            include_str!("../../migrations/0004_hours.sql"),
            include_str!("../../migrations/sqlite/0004_ledger_guards.sql"),
            include_str!("../../migrations/postgres/0004_ledger_guards.sql"),
        ),
        plain!("0005_bookings"),
        plain!("0006_known_addresses"),
    ]
};

/// A database of then, beside the one of now.
async fn of_then(test: &support::TestDb) -> (Db, String) {
    let url = match test.db.engine() {
        Engine::Sqlite => format!("{}.then", test.url),
        Engine::Postgres => {
            let schema = format!("t{}", Uuid::now_v7().simple());
            raw(&test.db, &format!("create schema {schema}")).await;
            let (server, _) = test.url.split_once("search_path%3D").expect("a schema of our own");
            format!("{server}search_path%3D{schema}")
        }
    };
    let db = Db::connect(&url).await.expect("it opens");
    raw(&db, "create table migrations (name text primary key, sha256 text not null)").await;
    for (name, text, sqlite, postgres) in BEFORE_SUMS {
        let guards = if db.engine() == Engine::Sqlite { sqlite } else { postgres };
        raw(&db, text).await;
        raw(&db, guards).await;
        let hash = hex::encode(Sha256::digest([text, guards].concat().as_bytes()));
        raw(&db, &format!("insert into migrations (name, sha256) values ('{name}', '{hash}')")).await;
    }
    (db, url)
}

async fn raw(db: &Db, text: &str) {
    let text = sqlx::AssertSqlSafe(text.to_owned());
    match db {
        Db::Sqlite { writer, .. } => sqlx::raw_sql(text).execute(writer).await.map(drop),
        Db::Postgres { pool, .. } => sqlx::raw_sql(text).execute(pool).await.map(drop),
    }
    .expect("a statement");
}

#[tokio::test]
async fn a_ledger_from_before_there_were_sums_gets_them_from_its_postings() {
    for test in databases().await {
        let (db, url) = of_then(&test).await;
        let ids: Vec<Uuid> = (0..5).map(|_| Uuid::now_v7()).collect();
        let (partnership, supplier) = (Uuid::now_v7(), Uuid::now_v7());
        let mut own = db.write_unscoped().await.expect("a writer");
        let tx = &mut own;
        let now = chrono::DateTime::UNIX_EPOCH;
        execute!(tx, "insert into partnerships (id, code, name, created_at) values ($1, 'PO1', 'Proef', $2)", partnership, now)
            .expect("a partnership");
        execute!(tx, "insert into suppliers (id, partnership_id, name) values ($1, $2, 'De Wissel')", supplier, partnership)
            .expect("a supplier");
        for (id, kind) in ids.iter().zip(["contract", "board", "school", "booking", "used"]) {
            execute!(
                tx,
                "insert into accounts (id, partnership_id, supplier_id, school_year, month, holder_kind, holder_id, balance)
                 values ($1, $2, $3, 2026, '2026-11', $4, $1, 0)",
                id,
                partnership,
                supplier,
                kind
            )
            .expect("an account");
        }
        let mistake = Uuid::now_v7();
        let postings = [
            (Uuid::now_v7(), "allotment", 0, 1, 600, None),
            (Uuid::now_v7(), "division", 1, 2, 300, None),
            (mistake, "division", 1, 2, 60, None),
            (Uuid::now_v7(), "reversal", 2, 1, 60, Some(mistake)),
            (Uuid::now_v7(), "hold", 2, 3, 120, None),
            (Uuid::now_v7(), "hold", 1, 3, 60, None),
            (Uuid::now_v7(), "use", 3, 4, 135, None),
            (Uuid::now_v7(), "return", 3, 1, 30, None),
        ];
        for (seq, (id, kind, from, to, minutes, reverses)) in (1_i64..).zip(postings) {
            execute!(
                tx,
                "insert into postings (id, partnership_id, seq, from_account, to_account, minutes, kind, reason, posted_at, reversal_of,
                     idempotency_key, previous_hash, hash)
                 values ($1, $2, $3, $4, $5, $6, $7, 'Proef', $8, $9, $10, $11, $11)",
                id,
                partnership,
                seq,
                ids[from],
                ids[to],
                i64::from(minutes),
                kind,
                now,
                reverses,
                seq.to_string(),
                "0".repeat(64)
            )
            .expect("a posting");
        }
        own.commit().await.expect("committed");
        db.close().await;

        let db = Db::open(&url).await.expect("it is brought up to date");
        let mut tx = db.read().await.expect("a reader");
        let tx = &mut tx;
        let sums: Vec<(String, i64, i64, i64, i64, i64, i64)> = fetch_all!(
            tx,
            (String, i64, i64, i64, i64, i64, i64),
            "select holder_kind, allotted, moved, used, set_aside, expired, balance from accounts order by holder_kind"
        )
        .expect("sums");
        let told: Vec<_> = sums.iter().map(|(kind, a, m, u, s, e, b)| (kind.as_str(), [*a, *m, *u, *s, *e, *b])).collect();
        let wanted = [
            ("board", [600, 300, 15, 15, 0, 270]),
            ("booking", [0, 0, 0, 0, 0, 15]),
            ("contract", [0, 600, 0, 0, 0, -600]),
            ("school", [300, 0, 120, 0, 0, 180]),
            ("used", [0, 0, 0, 0, 0, 135]),
        ];
        assert_eq!(told, wanted, "{}", test.name);
    }
}
