//! Databases for the servers: a SQLite file always, and a PostgreSQL schema of its own when `TEST_DATABASE_URL` is set.

use app::db::Db;
use std::{
    path::PathBuf,
    time::{Duration, SystemTime},
};
use uuid::Uuid;

/// What earlier runs left behind is removed after so long: no run takes an hour.
const KEPT: Duration = Duration::from_secs(3600);

/// A fresh database.
pub struct Database {
    /// `sqlite` or `postgres`.
    pub name: &'static str,
    /// The connections of the test.
    pub db: Db,
    /// Other connections, for the server: a test must not use up the server's.
    pub served: Db,
    /// Its address.
    pub url: String,
}

/// One of every engine.
pub async fn fresh(what: &str) -> Vec<Database> {
    let url = format!("sqlite:{}", folder().join(format!("{what}-{}.db", Uuid::now_v7().simple())).display());
    let mut all = vec![open("sqlite", url).await];
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        all.push(open("postgres", fresh_schema(&server).await).await);
    }
    all
}

async fn open(name: &'static str, url: String) -> Database {
    let db = Db::open(&url).await.expect("the database opens");
    let served = Db::connect(&url).await.expect("the database opens twice");
    Database { name, db, served, url }
}

/// Where the files lie. A running server holds its file until the process ends, so the next run sweeps.
pub fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("http");
    std::fs::create_dir_all(&folder).expect("a folder for databases");
    for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        #[expect(clippy::disallowed_methods, reason = "files of earlier runs are told by their age, and this is no rule of ours")]
        let made = entry.metadata().and_then(|about| about.modified()).unwrap_or_else(|_| SystemTime::now());
        if made.elapsed().is_ok_and(|age| age > KEPT) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
    folder
}

async fn fresh_schema(server: &str) -> String {
    let schema = format!("h{}", Uuid::now_v7().simple());
    let Db::Postgres { pool, .. } = Db::connect(server).await.expect("TEST_DATABASE_URL answers") else {
        panic!("TEST_DATABASE_URL is a postgres: address");
    };
    sqlx::query(sqlx::AssertSqlSafe(format!("create schema {schema}"))).execute(&pool).await.expect("a schema of our own");
    pool.close().await;
    let sign = if server.contains('?') { '&' } else { '?' };
    format!("{server}{sign}options=-c%20search_path%3D{schema}")
}
