//! Reading what may be in memory already. Always true here: nothing is asked of the database before somebody needs it.

use super::{Db, Result, Tx};

/// A consistent snapshot that is opened when it is first read from.
#[derive(Debug)]
pub struct Snapshot {
    db: Db,
    tx: Option<Tx>,
}

impl Db {
    /// A snapshot for who may not need one.
    #[must_use]
    pub const fn snapshot(self) -> Snapshot {
        Snapshot { db: self, tx: None }
    }
}

impl Snapshot {
    /// What to read from: the same until this is dropped.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn tx(&mut self) -> Result<&mut Tx> {
        let tx = match self.tx.take() {
            Some(tx) => tx,
            None => self.db.read().await?,
        };
        Ok(self.tx.insert(tx))
    }
}
