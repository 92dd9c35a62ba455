//! Queues of writers on PostgreSQL, before they take a connection. Always true here: in this process one writer of a kind holds a
//! connection, however many wait, so that a busy partnership leaves the others theirs.

use super::Queue;
use domain::PartnershipId;
use sqlx::Postgres;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The key of the lock of signing in; no partnership's id gives this number.
const SIGN_IN: i64 = 0x5769_6a6b_706f_7401;

/// What has one writer at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// A partnership.
    Partnership(PartnershipId),
    /// The failed sign-ins: who counts them and adds one may not be overtaken.
    SignIn,
}

/// A queue for each kind there is: as many as there are partnerships.
#[derive(Clone, Debug, Default)]
pub struct Queues(Arc<Mutex<HashMap<Turn, Queue<Postgres>>>>);

impl Queues {
    pub(super) fn of(&self, turn: Turn) -> Queue<Postgres> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(turn).or_default().clone()
    }
}

impl Turn {
    /// The key of its lock in the database, which other app servers share.
    pub(super) fn key(self) -> i64 {
        match self {
            Self::Partnership(id) => i64::from_be_bytes(id.0.as_bytes()[8..].try_into().expect("a uuid has sixteen bytes")),
            Self::SignIn => SIGN_IN,
        }
    }
}
