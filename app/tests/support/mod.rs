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
    let server = std::env::var("TEST_DATABASE_URL").ok()?;
    let url = fresh_schema(&server).await;
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
