//! The databases that are measured: a SQLite file in a temporary folder, and a fresh schema on the PostgreSQL of `TEST_DATABASE_URL`.
//! Always true: what is measured in is thrown away afterwards.

use anyhow::{Context, Result, bail};
use app::db::Db;
use std::path::{Path, PathBuf};

/// An engine with a place of its own.
#[derive(Debug)]
pub struct Engine {
    /// `sqlite` or `postgres`.
    pub name: &'static str,
    /// What goes into `DATABASE_URL`.
    pub url: String,
    /// The data folder of the server.
    folder: tempfile::TempDir,
    /// The server and the schema to drop.
    schema: Option<(String, String)>,
}

impl Engine {
    /// Every engine there is, or the one that is asked for.
    pub async fn all(only: Option<&str>) -> Result<Vec<Self>> {
        let mut all = Vec::new();
        if only != Some("postgres") {
            let folder = tempfile::tempdir()?;
            let url = format!("sqlite:{}", folder.path().join("wijkpot.db").display());
            all.push(Self { name: "sqlite", url, folder, schema: None });
        }
        match std::env::var("TEST_DATABASE_URL") {
            Ok(server) if only != Some("sqlite") => all.push(Self::postgres(server).await?),
            Err(_) if only == Some("postgres") => bail!("set TEST_DATABASE_URL to the address of a PostgreSQL server"),
            _ => {}
        }
        Ok(all)
    }

    async fn postgres(server: String) -> Result<Self> {
        let schema = format!("bench{}", uuid::Uuid::now_v7().simple());
        run(&server, format!("create schema {schema}")).await.context("TEST_DATABASE_URL")?;
        let sign = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{sign}options=-c%20search_path%3D{schema}");
        Ok(Self { name: "postgres", url, folder: tempfile::tempdir()?, schema: Some((server, schema)) })
    }

    /// Where the server keeps its files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the server has to say for itself.
    pub fn log(&self) -> PathBuf {
        self.folder().join("server.log")
    }

    /// A database of its own for what is measured without a server: another file, or the same schema.
    pub async fn beside(&self) -> Result<Db> {
        let url = if self.schema.is_some() { self.url.clone() } else { format!("sqlite:{}", self.folder().join("ledger.db").display()) };
        Ok(Db::open(&url).await?)
    }

    /// Leaves nothing behind.
    pub async fn remove(&self) {
        if let Some((server, schema)) = &self.schema
            && let Err(error) = run(server, format!("drop schema {schema} cascade")).await
        {
            eprintln!("the schema {schema} stays: {error:#}");
        }
    }
}

async fn run(server: &str, statement: String) -> Result<()> {
    let Db::Postgres { pool, .. } = Db::connect(server).await? else { bail!("it must begin with postgres:") };
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await?;
    pool.close().await;
    Ok(())
}
