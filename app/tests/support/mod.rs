//! Databases for stories: a temporary SQLite file always, and a fresh PostgreSQL schema when `TEST_DATABASE_URL` is set.

use app::db::Db;

/// A database with what keeps it alive.
pub struct TestDb {
    /// `sqlite` or `postgres`, for messages.
    pub name: &'static str,
    pub db: Db,
    #[allow(dead_code, reason = "only some stories open the same database twice")]
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

/// Every engine a story runs on.
#[allow(dead_code, reason = "the model test takes one at a time")]
pub async fn databases() -> Vec<TestDb> {
    let mut all = vec![sqlite().await];
    all.extend(postgres().await);
    all
}

/// A file of its own, in memory where there is a folder for that.
pub async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let db = Db::open(&url).await.expect("SQLite opens");
    TestDb { name: "sqlite", db, url, _folder: Some(folder) }
}

/// A schema of its own, when there is a server.
pub async fn postgres() -> Option<TestDb> {
    postgres_with("").await
}

/// The same for a story of many thousand steps: each statement is planned once for a connection, where the server may else plan it anew
/// every time, for longer than it takes to answer. What is answered does not depend on it.
#[allow(dead_code, reason = "only the model test is so long")]
pub async fn postgres_planned_once() -> Option<TestDb> {
    postgres_with("%20-c%20plan_cache_mode%3Dforce_generic_plan").await
}

async fn postgres_with(options: &str) -> Option<TestDb> {
    let server = std::env::var("TEST_DATABASE_URL").ok()?;
    let url = fresh_schema(&server).await + options;
    let db = Db::open(&url).await.expect("PostgreSQL opens");
    Some(TestDb { name: "postgres", db, url, _folder: None })
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
