//! A transaction on either engine. Always true here: one in which a statement failed is not committed.

use super::{Engine, Result, Untold, Work, analyze_schema};
use sqlx::{Database, Executor, Postgres, Sqlite, Transaction};
use std::ops::{Deref, DerefMut};

/// A transaction on either engine. Dropped without `commit`, nothing happened.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite, with what to say when it is committed.
    Sqlite(Open<Sqlite>, Untold),
    /// On PostgreSQL.
    Postgres(Open<Postgres>),
}

/// Where a transaction's statements go. One in which a statement failed is not committed: PostgreSQL would take back all of it and say
/// nothing, and so would SQLite after some failures.
#[derive(Debug)]
pub struct Open<DB: Database> {
    place: Place<DB>,
    is_broken: bool,
    is_asking: bool,
}

#[derive(Debug)]
enum Place<DB: Database> {
    /// A transaction of the engine for itself.
    Own(Transaction<'static, DB>),
    /// One that it shares with others, in turn.
    Shared(Work<DB>),
}

impl Tx {
    /// Makes it so.
    ///
    /// # Errors
    /// When the database refuses; then nothing happened.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx, untold) => tx.commit(Some(untold)).await,
            Self::Postgres(tx) => tx.commit(None).await,
        }
    }

    /// Before much is written to tables that may be empty: PostgreSQL would keep the plans it made for empty ones, and go through a whole
    /// index for every row. Lasts until commit.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn plan_anew(&mut self) -> Result<()> {
        let Self::Postgres(tx) = self else { return Ok(()) };
        sqlx::query("set local plan_cache_mode = force_custom_plan").execute(&mut **tx).await.map(drop)
    }

    /// After much was written: PostgreSQL counts it, which it would else do after commit, and plans every statement once for what is there
    /// now. Lasts until commit.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn plan_for_now(&mut self) -> Result<()> {
        let Self::Postgres(tx) = self else { return Ok(()) };
        analyze_schema(tx).await?;
        sqlx::query("set local plan_cache_mode = force_generic_plan").execute(&mut **tx).await.map(drop)
    }

    /// Which engine this runs on.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(..) => Engine::Sqlite,
            Self::Postgres(..) => Engine::Postgres,
        }
    }
}

impl<DB: Database> Open<DB>
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    pub(super) const fn own(tx: Transaction<'static, DB>) -> Self {
        Self { place: Place::Own(tx), is_broken: false, is_asking: false }
    }

    pub(super) const fn shared(work: Work<DB>) -> Self {
        Self { place: Place::Shared(work), is_broken: false, is_asking: false }
    }

    /// A statement begins; until [`Open::heed`] nobody knows what came of it.
    pub const fn ask(&mut self) {
        self.is_asking = true;
    }

    /// What a statement came to, passed on.
    ///
    /// # Errors
    /// Those of the statement.
    pub fn heed<T>(&mut self, done: Result<T>) -> Result<T> {
        self.is_asking = false;
        self.is_broken |= done.as_ref().is_err_and(|error| !matches!(error, sqlx::Error::RowNotFound));
        done
    }

    async fn commit(self, untold: Option<Untold>) -> Result<()> {
        if self.is_broken || self.is_asking {
            return Err(sqlx::Error::Protocol("a statement failed, so nothing was written".to_owned()));
        }
        match self.place {
            Place::Own(tx) => tx.commit().await,
            Place::Shared(work) => work.commit(untold).await,
        }
    }
}

impl<DB: Database> Deref for Open<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &Self::Target {
        match &self.place {
            Place::Own(tx) => tx,
            Place::Shared(work) => work,
        }
    }
}

impl<DB: Database> DerefMut for Open<DB> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match &mut self.place {
            Place::Own(tx) => tx,
            Place::Shared(work) => work,
        }
    }
}
