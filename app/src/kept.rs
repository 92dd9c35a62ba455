//! What was read or added up, kept in memory for as long as it is true. Always true here: what is kept was made on the same ground as what
//! is asked; on any other it is made anew.

use crate::db::{Result, Snapshot, Tx};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OnceCell;

/// Where something comes; who asks for the same waits for who began.
type Place<V> = Arc<OnceCell<Arc<V>>>;

/// What is kept, of whatever it is (`K`), on whatever it depends (`G`). The ground of numbers from a ledger is the hash of its last posting,
/// which speaks for all before it and never comes back, not even when its transaction was dropped. The ground of anything else in a
/// partnership is its revision and the minute, which a person brings along who reads ([`Me::ground`](crate::session::Me::ground)).
#[derive(Debug)]
pub struct Kept<K, G, V> {
    most: usize,
    there: Mutex<VecDeque<(K, G, Place<V>)>>,
}

impl<K: PartialEq, G: PartialEq, V> Kept<K, G, V> {
    /// At most so many things.
    pub const fn new(most: usize) -> Self {
        Self { most, there: Mutex::new(VecDeque::new()) }
    }

    /// What is kept of this on this ground, or what is made now. Without a ground nothing is kept.
    ///
    /// # Errors
    /// When it could not be made.
    pub async fn or_made<E>(&self, key: K, ground: Option<G>, make: impl Future<Output = Result<V, E>>) -> Result<Arc<V>, E> {
        let Some(ground) = ground else { return make.await.map(Arc::new) };
        self.place(key, ground).get_or_try_init(async || make.await.map(Arc::new)).await.cloned()
    }

    /// The same, without a question to the database when it is there.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn or_read<E: From<sqlx::Error>>(
        &self,
        key: K,
        ground: Option<G>,
        snapshot: &mut Snapshot,
        read: impl AsyncFnOnce(&mut Tx) -> Result<V, E>,
    ) -> Result<Arc<V>, E> {
        if let Some(there) = ground.as_ref().and_then(|ground| self.there(&key, ground)) {
            return Ok(there);
        }
        // First a connection, then the place: who reads for all others never waits for one that they hold.
        let tx = snapshot.tx().await?;
        self.or_made(key, ground, read(tx)).await
    }

    fn there(&self, key: &K, ground: &G) -> Option<Arc<V>> {
        let there = self.there.lock().unwrap_or_else(PoisonError::into_inner);
        there.iter().find(|(known, on, _)| known == key && on == ground)?.2.get().cloned()
    }

    /// Where it is, or comes. It takes the place of the same on another ground.
    fn place(&self, key: K, ground: G) -> Place<V> {
        let mut there = self.there.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = there.iter().position(|(known, ..)| *known == key) {
            if there[at].1 == ground {
                return there[at].2.clone();
            }
            there.remove(at);
        }
        there.truncate(self.most.saturating_sub(1));
        let place = Place::default();
        there.push_front((key, ground, place.clone()));
        place
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop where it is wrong")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn on_the_same_ground_it_is_made_once_and_on_another_anew() {
        let kept = Kept::new(100);
        let made = async |key: u32, ground: &'static str, value: u32| {
            *kept.or_made(key, Some(ground), async { Ok::<_, sqlx::Error>(value) }).await.unwrap()
        };
        assert_eq!(made(1, "a", 10).await, 10);
        assert_eq!(made(1, "a", 11).await, 10);
        assert_eq!(made(2, "a", 20).await, 20, "another thing");
        assert_eq!(made(1, "b", 12).await, 12, "a posting later");
        assert_eq!(made(1, "a", 13).await, 13, "what was there is gone");
        assert_eq!(made(2, "a", 21).await, 20);
        for key in 0..300 {
            made(key, "c", key).await;
        }
        assert!(kept.there.lock().unwrap().len() <= 100);
    }

    #[tokio::test]
    async fn what_is_there_asks_nothing_of_the_database_and_without_a_ground_nothing_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let db = crate::db::Db::connect(&format!("sqlite:{}", folder.path().join("kept.sqlite").display())).await.unwrap();
        let kept = Kept::new(100);
        let read = async |ground: Option<u8>, value: u32| {
            kept.or_read(1, ground, &mut db.clone().snapshot(), async |_: &mut Tx| Ok::<_, sqlx::Error>(value)).await.map(|value| *value)
        };
        assert_eq!(read(None, 1).await.unwrap(), 1);
        assert_eq!(read(None, 2).await.unwrap(), 2);
        assert_eq!(read(Some(7), 3).await.unwrap(), 3);
        assert_eq!(read(Some(8), 4).await.unwrap(), 4, "somebody wrote");
        db.close().await;
        assert_eq!(read(Some(8), 5).await.unwrap(), 4, "without a database");
        assert!(read(Some(9), 6).await.is_err());
        assert!(read(None, 7).await.is_err());
    }

    #[tokio::test]
    async fn what_could_not_be_made_is_tried_again() {
        let kept = Kept::new(1);
        assert!(kept.or_made(1, Some("a"), async { Err(sqlx::Error::RowNotFound) }).await.is_err());
        assert_eq!(*kept.or_made(1, Some("a"), async { Ok::<_, sqlx::Error>(5) }).await.unwrap(), 5);
    }
}
