//! Stories of the tables themselves, on both engines.

mod support;

use app::{db::Tx, execute};
use support::databases;

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
