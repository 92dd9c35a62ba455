//! The two databases behind one text of SQL: SQLite on one machine, PostgreSQL under several app servers.
//!
//! Always true here: a rule that was checked between `write()` and `commit()` stays true until commit, because a partnership
//! has one writer at a time. Only this folder knows that there are two engines.

mod macros;
mod migrate;

use domain::PartnershipId;
use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

/// What SQL functions return.
pub type Result<T, E = sqlx::Error> = std::result::Result<T, E>;

/// How long a writer waits for its turn. Longer than any write takes; short enough that a stuck one shows.
const TURN: Duration = Duration::from_secs(15);
/// Readers at once on SQLite: more than cores serve no one.
const SQLITE_READERS: u32 = 8;
/// Connections of one app server: ten servers fit PostgreSQL's default hundred with room for the command line.
const POSTGRES_CONNECTIONS: u32 = 9;

/// A database, of either kind. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file: many readers and one writer.
    Sqlite {
        /// Connections that read.
        readers: SqlitePool,
        /// The one connection that writes; its queue is fair where a busy timeout is not.
        writer: SqlitePool,
    },
    /// A PostgreSQL server or cluster.
    Postgres(PgPool),
}

/// Which engine this is; for the few statements that cannot be portable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A transaction on either engine. Dropped without `commit`, nothing happened.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens `sqlite:…` (created when missing) or `postgres:…` and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is of neither kind, the server does not answer, or a migration fails.
    pub async fn open(url: &str) -> Result<Self> {
        let db = Self::connect(url).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// Opens without touching tables.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn connect(url: &str) -> Result<Self> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?;
            let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(TURN).connect_with(options).await?;
            return Ok(Self::Postgres(pool));
        }
        if !url.starts_with("sqlite:") {
            return Err(sqlx::Error::Configuration("DATABASE_URL begint met sqlite: of postgres:".into()));
        }
        // `full`: an acknowledged booking survives a power cut, not only a crash of ours.
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(TURN)
            .statement_cache_capacity(300)
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "memory");
        let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(TURN).connect_with(options.clone()).await?;
        let readers = SqlitePoolOptions::new().max_connections(SQLITE_READERS).acquire_timeout(TURN).connect_with(options).await?;
        Ok(Self::Sqlite { readers, writer })
    }

    /// Which engine answers.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A consistent snapshot to read from.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin_with("begin isolation level repeatable read, read only").await?),
        })
    }

    /// The one writer of this partnership. Others of the same partnership wait their turn; other partnerships do not (PostgreSQL).
    ///
    /// # Errors
    /// When the turn does not come within fifteen seconds, or the database does not answer.
    pub async fn write(&self, partnership: PartnershipId) -> Result<Tx> {
        let mut tx = self.write_unscoped().await?;
        if let Tx::Postgres(inner) = &mut tx {
            let key = i64::from_be_bytes(partnership.0.as_bytes()[8..].try_into().expect("a uuid has sixteen bytes"));
            sqlx::query("select pg_advisory_xact_lock($1)").bind(key).execute(&mut **inner).await?;
        }
        Ok(tx)
    }

    /// A writer of rows that belong to no partnership: sessions, sign-in failures.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_unscoped(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        match self {
            Self::Sqlite { readers, .. } => sqlx::query("select 1").execute(readers).await.map(drop),
            Self::Postgres(pool) => sqlx::query("select 1").execute(pool).await.map(drop),
        }
    }

    /// Waits for connections to come home and closes them.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes it so.
    ///
    /// # Errors
    /// When the database refuses; then nothing happened.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }

    /// Which engine this runs on.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

/// Whether the database refused because a unique row exists already.
#[must_use]
pub fn is_duplicate(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

impl From<sqlx::Error> for crate::AppError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            error => {
                tracing::error!(%error, "database");
                Self::Internal
            }
        }
    }
}
