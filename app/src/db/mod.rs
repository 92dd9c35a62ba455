//! The two databases behind one text of SQL: SQLite on one machine, PostgreSQL under several app servers.
//!
//! Always true here: a rule that was checked between `write()` and `commit()` stays true until commit, because a partnership
//! has one writer at a time. Only this folder knows that there are two engines.

mod live;
mod macros;
mod migrate;
mod revision;
mod snapshot;
mod together;
mod turn;
mod tx;

pub use live::{Change, Untold};
pub use revision::Revision;
pub use snapshot::Snapshot;
pub use together::{Queue, Work};
pub use turn::{Queues, Turn};
pub use tx::{Open, Tx};

use domain::PartnershipId;
use live::Live;
use sqlx::{
    Connection as _, PgConnection, PgPool, Sqlite, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{ops::RangeInclusive, str::FromStr, time::Duration};
use together::With;
use tokio::sync::broadcast::Receiver;

/// What SQL functions return.
pub type Result<T, E = sqlx::Error> = std::result::Result<T, E>;

/// How long a writer waits for its turn. Longer than any write takes; short enough that a stuck one shows.
const TURN: Duration = Duration::from_secs(15);
/// How a writer begins on SQLite: with the file for itself, and not when it first writes.
const BEGIN_TO_WRITE: &str = "begin immediate";
/// How a writer begins on PostgreSQL, and how long it waits for a lock of another app server while it holds a connection that others could
/// use: in one round trip.
const BEGIN_IN_TURN: &str = "begin; set local lock_timeout = '5s'";
/// A database that does not answer a simple question within five seconds is not ready.
const READY_WITHIN: Duration = Duration::from_secs(5);
/// Readers at once on SQLite: as many as there are cores, for more serve no one, within these bounds. Each keeps its own prepared statements.
const SQLITE_READERS: RangeInclusive<u32> = 4..=8;
/// What each reading connection keeps of the file, in KiB: the inner pages of the indices. The rest the system keeps once, for all of them.
const READER_CACHE: &str = "-2000";
/// What the writing connection keeps: enough for an import of the whole country.
const WRITER_CACHE: &str = "-16000";
/// Rows that may wait to be picked up: a whole list, so that nobody stands still in the middle of one.
const ROWS_WAITING: usize = 1_000;
/// Rows of a table that statistics are made from: plans need proportions, and a start must not wait for a million postings.
const ANALYSED_ROWS: &str = "pragma analysis_limit = 1000";
/// Makes statistics of what has none yet, or has grown tenfold since.
const ANALYSE_WHAT_GREW: &str = "pragma optimize = 0x10002";
/// A connection that rested so long is asked whether it still answers before it is used.
const RESTED: Duration = Duration::from_secs(10);
/// Statements a connection keeps prepared: all that the application knows, a plan for each.
const STATEMENTS: usize = 300;
/// Rows of one insert: sixteen columns of them fit the 32,766 values that SQLite takes at once, four times over.
pub const ROWS_AT_ONCE: usize = 500;
/// Up to so many rows an insert comes often, as the postings of a booking do, and the database keeps its text prepared.
const COMMON_ROWS: usize = 8;
/// Connections of one app server on PostgreSQL: two for each core, for more take each other's turn, within these bounds. Ten servers, each
/// with one more to tell that it is ready, fit PostgreSQL's default hundred with room for the command line.
const POSTGRES_CONNECTIONS: RangeInclusive<u32> = 4..=8;

/// A database, of either kind. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file: many readers and one writer.
    Sqlite {
        /// Connections that read.
        readers: SqlitePool,
        /// The one connection that writes.
        writer: SqlitePool,
        /// Those who want to write; fair where a busy timeout is not.
        queue: Queue<Sqlite>,
        /// Where changes are heard.
        live: Live,
    },
    /// A PostgreSQL server or cluster.
    Postgres {
        /// Connections that work.
        pool: PgPool,
        /// The one connection that asks whether the database answers: a busy pool is no reason to be taken out of service.
        probe: PgPool,
        /// Those who want to write, of each kind there is.
        queues: Queues,
        /// Where changes are heard.
        live: Live,
    },
}

/// Which engine this is; for the few statements that cannot be portable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Db {
    /// Opens `sqlite:…` (created when missing) or `postgres:…` and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is of neither kind, the server does not answer, or a migration fails.
    pub async fn open(url: &str) -> Result<Self> {
        let db = Self::connect(url).await?;
        db.migrate().await?;
        db.analyze_what_grew().await?;
        Ok(db)
    }

    /// Opens without touching tables.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn connect(url: &str) -> Result<Self> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?.statement_cache_capacity(STATEMENTS);
            let probe = PgPoolOptions::new().max_connections(1).acquire_timeout(READY_WITHIN).connect_lazy_with(options.clone());
            let ears = PgPoolOptions::new().max_connections(1).acquire_timeout(READY_WITHIN).connect_lazy_with(options.clone());
            // A connection that answered a moment ago is not asked again whether it does: that is a round trip for every page.
            let pool =
                PgPoolOptions::new().max_connections(at_once(2, POSTGRES_CONNECTIONS)).acquire_timeout(TURN).test_before_acquire(false);
            let pool = pool.before_acquire(|connection, meta| {
                Box::pin(async move { if meta.idle_for < RESTED { Ok(true) } else { connection.ping().await.map(|()| true) } })
            });
            let pool = pool.connect_with(options).await?;
            return Ok(Self::Postgres { pool, probe, queues: Queues::default(), live: Live::new(Some(ears)) });
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
            .statement_cache_capacity(STATEMENTS)
            .row_buffer_size(ROWS_WAITING)
            .pragma("temp_store", "memory");
        let cached = |size: &'static str| options.clone().pragma("cache_size", size);
        // A file always answers: it is not asked for every page.
        let pool = || SqlitePoolOptions::new().acquire_timeout(TURN).test_before_acquire(false);
        // After a full disk SQLite has taken back the transaction by itself, and the connection believes that it is in one for ever: it is
        // asked first, because its own taking back must have been tried.
        let writer = pool().max_connections(1).after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        });
        let writer = writer.connect_with(cached(WRITER_CACHE)).await?;
        // Opened when first needed, when there are tables and statistics to know.
        let readers = pool().max_connections(at_once(1, SQLITE_READERS)).connect_lazy_with(cached(READER_CACHE));
        Ok(Self::Sqlite { readers, writer, queue: Queue::default(), live: Live::new(None) })
    }

    /// Which engine answers.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres { .. } => Engine::Postgres,
        }
    }

    /// A consistent snapshot to read from.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { readers, live, .. } => Tx::Sqlite(Open::own(readers.begin().await?), Untold::new(live)),
            Self::Postgres { pool, .. } => {
                Tx::Postgres(Open::own(pool.begin_with("begin isolation level repeatable read, read only").await?))
            }
        })
    }

    /// The one writer of this partnership, whose [`Revision`] it raises. Others of the same partnership wait their turn, and are committed
    /// together with it; other partnerships do not wait (PostgreSQL).
    ///
    /// # Errors
    /// When the turn does not come in time (see [`is_busy`]), or the database does not answer.
    pub async fn write(&self, partnership: PartnershipId) -> Result<Tx> {
        self.begin(Some(Turn::Partnership(partnership)), With::Others).await
    }

    /// As [`Db::write`], for what takes longer than a person's click: nobody who was ready before waits for its end.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_much(&self, partnership: PartnershipId) -> Result<Tx> {
        self.begin(Some(Turn::Partnership(partnership)), With::Nobody).await
    }

    /// The one writer of this kind. Who waits for it waits without a connection, so that others can go on.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_in_turn(&self, turn: Turn) -> Result<Tx> {
        self.begin(Some(turn), With::Others).await
    }

    /// A writer of rows that belong to no partnership, or to one that nobody has seen yet: sessions, sign-in failures.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_unscoped(&self) -> Result<Tx> {
        self.begin(None, With::Others).await
    }

    /// As [`Db::write_unscoped`], for what takes longer than a person's click.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_much_unscoped(&self) -> Result<Tx> {
        self.begin(None, With::Nobody).await
    }

    async fn begin(&self, turn: Option<Turn>, with: With) -> Result<Tx> {
        match self {
            Self::Sqlite { writer, queue, live, .. } => {
                let mut work = queue.turn(with, async || writer.begin_with(BEGIN_TO_WRITE).await).await?;
                if let Some(Turn::Partnership(partnership)) = turn
                    && work.raises(partnership)
                {
                    revision::raise(&mut work, partnership).await?;
                }
                Ok(Tx::Sqlite(Open::shared(work), Untold::new(live)))
            }
            Self::Postgres { pool, queues, .. } => {
                let Some(turn) = turn else { return Ok(Tx::Postgres(Open::own(pool.begin().await?))) };
                let begin = async || {
                    let mut tx = pool.begin_with(BEGIN_IN_TURN).await?;
                    // Not in the same breath: a lock that does not come would leave the connection in a transaction that nobody ends.
                    match turn {
                        Turn::Partnership(partnership) => revision::raise_in_turn(&mut tx, partnership).await?,
                        Turn::SignIn => {
                            sqlx::query("select pg_advisory_xact_lock($1)").bind(turn.key()).execute(&mut *tx).await.map(drop)?
                        }
                    }
                    Ok(tx)
                };
                Ok(Tx::Postgres(Open::shared(queues.of(turn).turn(with, begin).await?)))
            }
        }
    }

    /// Everything that changes from now on, here or on another app server of the same database.
    #[must_use]
    pub fn changes(&self) -> Receiver<Change> {
        self.live().changes()
    }

    /// Tells whoever waits for changes that no more will come: the server stops.
    pub fn end_changes(&self) {
        self.live().say(Change::Over);
    }

    const fn live(&self) -> &Live {
        match self {
            Self::Sqlite { live, .. } | Self::Postgres { live, .. } => live,
        }
    }

    /// After much was written at once: plans are made by statistics. PostgreSQL's own upkeep refreshes them only minutes later, and until
    /// then a sum over a year can take as long; SQLite makes none by itself, and its connections read them when they are opened. Our own
    /// tables only: others may live in the same database.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn analyze(&self) -> Result<()> {
        let pool = match self {
            Self::Sqlite { writer, .. } => return analyze_file(writer, "analyze").await,
            Self::Postgres { pool, .. } => pool,
        };
        let mut connection = pool.acquire().await?;
        analyze_schema(&mut connection).await
    }

    /// The upkeep that PostgreSQL does by itself: statistics of what has grown much since they were made.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn analyze_what_grew(&self) -> Result<()> {
        let Self::Sqlite { writer, .. } = self else { return Ok(()) };
        analyze_file(writer, ANALYSE_WHAT_GREW).await
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        match self {
            Self::Sqlite { readers, .. } => sqlx::query("select 1").execute(readers).await.map(drop),
            Self::Postgres { probe, .. } => sqlx::query("select 1").execute(probe).await.map(drop),
        }
    }

    /// Waits for connections to come home and closes them.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { pool, probe, live, .. } => {
                live.close().await;
                pool.close().await;
                probe.close().await;
            }
        }
    }
}

/// So many for each core, within bounds.
fn at_once(each: u32, bounds: RangeInclusive<u32>) -> u32 {
    let cores = std::thread::available_parallelism().ok().and_then(|cores| u32::try_from(cores.get()).ok()).unwrap_or_default();
    (cores * each).clamp(*bounds.start(), *bounds.end())
}

/// Makes the statistics of every table.
async fn analyze_schema(connection: &mut PgConnection) -> Result<()> {
    let tables: Option<String> =
        sqlx::query_scalar("select string_agg(quote_ident(tablename), ', ') from pg_tables where schemaname = current_schema()")
            .fetch_one(&mut *connection)
            .await?;
    let Some(tables) = tables else { return Ok(()) };
    sqlx::query(sqlx::AssertSqlSafe(format!("analyze {tables}"))).execute(connection).await.map(drop)
}

/// Makes the statistics of a file, within bounds.
async fn analyze_file(writer: &SqlitePool, how: &'static str) -> Result<()> {
    let mut connection = writer.acquire().await?;
    sqlx::query(ANALYSED_ROWS).execute(&mut *connection).await?;
    sqlx::query(how).execute(&mut *connection).await.map(drop)
}

/// Whether inserts of so many rows come often enough to stay prepared: a few, or a full load.
#[must_use]
pub const fn is_common(rows: usize) -> bool {
    rows <= COMMON_ROWS || rows == ROWS_AT_ONCE
}

/// Whether the answer is: not now. No connection or no turn came in time; the same again a little later may work.
#[must_use]
pub fn is_busy(error: &sqlx::Error) -> bool {
    /// PostgreSQL's `lock_not_available` and `deadlock_detected`.
    const LOCKED: [&str; 2] = ["55P03", "40P01"];
    matches!(error, sqlx::Error::PoolTimedOut)
        || error.as_database_error().and_then(|error| error.code()).is_some_and(|code| LOCKED.contains(&&*code))
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
            error if is_busy(&error) => {
                tracing::warn!(%error, "busy");
                Self::Busy
            }
            error => {
                tracing::error!(%error, "database");
                Self::Internal
            }
        }
    }
}
