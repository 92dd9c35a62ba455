//! Stories of the tables themselves, on both engines.

mod support;

use app::{
    AppError,
    db::{Db, Tx},
    execute,
};
use domain::PartnershipId;
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
        assert_eq!(all.len(), 8);
        test.db.ping().await.expect("ready, and busy");
    }
}
