//! Databases for stories: a temporary SQLite file always, and a fresh PostgreSQL schema when `TEST_DATABASE_URL` is set.

use app::db::Db;

/// A database with what keeps it alive.
pub struct TestDb {
    /// `sqlite` or `postgres`, for messages.
    pub name: &'static str,
    pub db: Db,
    _folder: Option<tempfile::TempDir>,
}

/// Every engine a story runs on.
pub async fn databases() -> Vec<TestDb> {
    let mut all = vec![sqlite().await];
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        let db = Db::open(&fresh_schema(&server).await).await.expect("PostgreSQL opens");
        all.push(TestDb { name: "postgres", db, _folder: None });
    }
    all
}

/// A temporary SQLite file.
pub async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    TestDb { name: "sqlite", db: Db::open(&url).await.expect("SQLite opens"), _folder: Some(folder) }
}

async fn fresh_schema(server: &str) -> String {
    let schema = format!("t{}", uuid::Uuid::now_v7().simple());
    let Db::Postgres { pool, .. } = Db::connect(server).await.expect("TEST_DATABASE_URL answers") else {
        panic!("TEST_DATABASE_URL is a postgres: address");
    };
    sqlx::query(sqlx::AssertSqlSafe(format!("create schema {schema}"))).execute(&pool).await.expect("a schema of our own");
    pool.close().await;
    let sign = if server.contains('?') { '&' } else { '?' };
    format!("{server}{sign}options=-c%20search_path%3D{schema}")
}
