//! Writers that wait for the same turn are committed together: the engine waits for the disk once for all of them.
//!
//! Always true here: one of them writes at a time; nobody hears that its work is done before the engine committed it; work that is dropped
//! takes back itself and nothing else; whoever is ready is committed, also when those who wait for it have gone.

use super::{Result, TURN, Untold};
use domain::PartnershipId;
use sqlx::{Database, Executor, Transaction};
use std::{
    fmt::{self, Debug, Formatter},
    io,
    ops::{Deref, DerefMut},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::{Mutex, OwnedMutexGuard, watch},
    time::timeout,
};

/// Who is ready waits at most so long for others to begin; a commit takes some milliseconds, and a person does not see thirty.
const TOGETHER: Duration = Duration::from_millis(25);
/// An engine that has not answered to a commit within this time is not waited for: nobody else could write meanwhile. Whether it was done
/// is not known then, and whoever asked is told that it failed; the same again with the same key finds out.
const COMMITTED: Duration = Duration::from_secs(10);
/// Where whoever writes can go back to, when others are ready before it.
const SAVEPOINT: &str = "savepoint turn";
/// Back to where whoever wrote last began; others are ready before it.
const BACK: &str = "rollback to savepoint turn";

/// The queue of those who want to write, and what those who are ready left to be committed.
pub struct Queue<DB: Database>(Arc<Mutex<Option<Group<DB>>>>);

/// One transaction of the engine, in which one after the other writes.
struct Group<DB: Database> {
    tx: Transaction<'static, DB>,
    began: Instant,
    /// Whose revision was raised by those who are ready.
    raised: Vec<PartnershipId>,
    /// What those who are ready changed.
    untold: Vec<Untold>,
    /// Whether somebody is ready, and a commit on its way.
    is_ready: bool,
    /// Whether whoever wrote last took it back, which is still to be told to the engine.
    goes_back: bool,
    told: Arc<watch::Sender<Option<Told>>>,
}

/// What became of a group.
type Told = Result<(), String>;

/// The turn of one writer. Dropped without `commit`, it wrote nothing.
pub struct Work<DB: Database> {
    group: OwnedMutexGuard<Option<Group<DB>>>,
    queue: Queue<DB>,
    is_alone: bool,
    is_done: bool,
    /// Whose revision it raised.
    raises: Option<PartnershipId>,
}

/// With whom a writer is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum With {
    /// With whoever waits.
    Others,
    /// With nobody, because it takes long: others would wait for its end to hear that they are ready.
    Nobody,
}

impl<DB: Database> Queue<DB>
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    /// Waits for the turn. `begin` opens a transaction of the engine, when there is none to go on in.
    pub(super) async fn turn(&self, with: With, begin: impl AsyncFnOnce() -> Result<Transaction<'static, DB>>) -> Result<Work<DB>> {
        let mut group = timeout(TURN, self.0.clone().lock_owned()).await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        if let Some(open) = &mut *group
            && with == With::Others
            && open.began.elapsed() < TOGETHER
        {
            if let Err(error) = open.go_on().await {
                // What was ready cannot be committed any more either.
                open.told.send_replace(Some(Err(error.to_string())));
                *group = None;
            }
        } else if let Some(open) = group.take() {
            // Not in this future, which may be dropped: others wait to hear of it.
            tokio::spawn(open.commit()).await.map_err(io::Error::other)?;
        }
        if group.is_none() {
            *group = Some(Group::new(begin().await?));
        }
        Ok(Work { group, queue: self.clone(), is_alone: with == With::Nobody, is_done: false, raises: None })
    }
}

impl<DB: Database> Group<DB>
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    fn new(tx: Transaction<'static, DB>) -> Self {
        let told = Arc::new(watch::Sender::new(None));
        Self { tx, began: Instant::now(), raised: Vec::new(), untold: Vec::new(), is_ready: false, goes_back: false, told }
    }

    /// Makes place for the next writer. Each is one statement, so that who is dropped while it waits for one leaves nothing half done.
    async fn go_on(&mut self) -> Result<()> {
        if self.goes_back {
            return self.go_back().await;
        }
        sqlx::raw_sql(SAVEPOINT).execute(&mut *self.tx).await.map(drop)
    }

    /// Takes back what whoever wrote last left. On PostgreSQL the first answer may be to a statement that nobody waited for any more: its
    /// refusal is not ours, and what we asked was not sent yet.
    async fn go_back(&mut self) -> Result<()> {
        if let Err(error) = sqlx::raw_sql(BACK).execute(&mut *self.tx).await {
            let sqlx::Error::Database(_) = &error else { return Err(error) };
            sqlx::raw_sql(BACK).execute(&mut *self.tx).await?;
        }
        self.goes_back = false;
        Ok(())
    }

    /// Makes it so, and tells whoever is ready and whoever has a page open.
    async fn commit(mut self) {
        let back = if self.goes_back { in_time(self.go_back()).await } else { Ok(()) };
        let done = match back {
            Ok(()) => in_time(self.tx.commit()).await,
            Err(error) => Err(error),
        };
        if done.is_ok() {
            self.untold.into_iter().for_each(Untold::tell);
        }
        self.told.send_replace(Some(done.map_err(|error| error.to_string())));
    }
}

impl<DB: Database> Work<DB>
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    /// Makes it so, with whoever wrote before and whoever waits now; then `untold` is told, also when nobody waits for this any more.
    pub(super) async fn commit(mut self, untold: Option<Untold>) -> Result<()> {
        self.is_done = true;
        if self.is_alone {
            let Some(group) = self.group.take() else { return Ok(()) };
            group.tx.commit().await?;
            untold.into_iter().for_each(Untold::tell);
            return Ok(());
        }
        let Some(group) = &mut *self.group else { return Ok(()) };
        group.raised.extend(self.raises);
        group.untold.extend(untold);
        let mut hears = group.told.subscribe();
        if !std::mem::replace(&mut group.is_ready, true) {
            // Behind whoever waits now: it is their turn first.
            tokio::spawn(commit_together(self.queue.clone(), group.told.clone()));
        }
        drop(self);
        let told = hears.wait_for(Option::is_some).await.map_err(io::Error::other)?.clone();
        told.unwrap_or(Ok(())).map_err(|error| io::Error::other(error).into())
    }

    /// Whether the revision of a partnership is still to be raised by this writer: once is enough for all that is committed together.
    pub(super) fn raises(&mut self, partnership: PartnershipId) -> bool {
        let is_raised = self.group.as_ref().is_some_and(|group| group.raised.contains(&partnership));
        self.raises = (!is_raised).then_some(partnership);
        !is_raised
    }
}

async fn in_time(end: impl Future<Output = Result<()>>) -> Result<()> {
    timeout(COMMITTED, end).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

async fn commit_together<DB: Database>(queue: Queue<DB>, told: Arc<watch::Sender<Option<Told>>>)
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    let mut group = queue.0.lock_owned().await;
    if let Some(group) = group.take_if(|group| Arc::ptr_eq(&group.told, &told)) {
        group.commit().await;
    }
}

impl<DB: Database> Drop for Work<DB> {
    fn drop(&mut self) {
        if self.is_done {
            return;
        }
        match &mut *self.group {
            Some(group) if group.is_ready => group.goes_back = true,
            group => *group = None,
        }
    }
}

impl<DB: Database> Deref for Work<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &Self::Target {
        &self.group.as_ref().expect("a group is there while somebody writes in it").tx
    }
}

impl<DB: Database> DerefMut for Work<DB> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.group.as_mut().expect("a group is there while somebody writes in it").tx
    }
}

impl<DB: Database> Default for Queue<DB> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<DB: Database> Clone for Queue<DB> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<DB: Database> Debug for Work<DB> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").field("is_alone", &self.is_alone).finish_non_exhaustive()
    }
}

impl<DB: Database> Debug for Queue<DB> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").finish_non_exhaustive()
    }
}
