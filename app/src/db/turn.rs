//! Queues of writers on PostgreSQL, before they take a connection. Always true here: in this process one writer of a kind holds a
//! connection, however many wait, so that a busy partnership leaves the others theirs.

use super::Result;
use domain::PartnershipId;
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
    time::Duration,
};
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::timeout,
};

/// The key of the lock of signing in; no partnership's id gives this number.
const SIGN_IN: i64 = 0x5769_6a6b_706f_7401;

/// What has one writer at a time.
#[derive(Clone, Copy, Debug)]
pub enum Turn {
    /// A partnership.
    Partnership(PartnershipId),
    /// The failed sign-ins: who counts them and adds one may not be overtaken.
    SignIn,
}

/// A place at the front of a queue, until it is dropped.
pub type Held = OwnedMutexGuard<()>;

/// A queue for each kind there is: as many as there are partnerships.
static QUEUES: LazyLock<Mutex<HashMap<i64, Arc<Mutex<()>>>>> = LazyLock::new(Mutex::default);

impl Turn {
    /// The key of its lock in the database, which other app servers share.
    pub(super) fn key(self) -> i64 {
        match self {
            Self::Partnership(id) => i64::from_be_bytes(id.0.as_bytes()[8..].try_into().expect("a uuid has sixteen bytes")),
            Self::SignIn => SIGN_IN,
        }
    }

    /// Waits for the front of the queue.
    pub(super) async fn take(self, within: Duration) -> Result<Held> {
        let queue = QUEUES.lock().await.entry(self.key()).or_default().clone();
        timeout(within, queue.lock_owned()).await.map_err(|_| sqlx::Error::PoolTimedOut)
    }
}
