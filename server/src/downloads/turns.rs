//! Turns at making files. Always true here: two files are made at once and one for each person, so that pages are answered meanwhile and
//! memory has an end; whoever waits too long is told so.

use domain::PersonId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};
use tokio::{
    sync::{Mutex as Turns, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// Of the four threads or more that a server has, the other two still answer pages; the largest workbook takes some hundred megabytes
/// while it is made.
const AT_ONCE: usize = 2;
/// Longer, and somebody would click again.
pub const WAIT_AT_MOST: Duration = Duration::from_secs(5);

/// Who makes a file.
#[derive(Debug)]
pub struct Press {
    places: Arc<Semaphore>,
    people: Mutex<HashMap<PersonId, Weak<Turns<()>>>>,
}

/// Somebody's own turn: until their file was sent.
pub type OwnTurn = OwnedMutexGuard<()>;
/// A place among those who make one: until the file was made.
pub type Place = OwnedSemaphorePermit;

impl Default for Press {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)), people: Mutex::default() }
    }
}

impl Press {
    /// Waits for a turn; none when it does not come in time.
    pub async fn turn(&self, person: PersonId, within: Duration) -> Option<(OwnTurn, Place)> {
        let turn = async {
            let own = self.own(person).lock_owned().await;
            let place = self.places.clone().acquire_owned().await.ok()?;
            Some((own, place))
        };
        timeout(within, turn).await.ok().flatten()
    }

    fn own(&self, person: PersonId) -> Arc<Turns<()>> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        people.retain(|_, turns| turns.strong_count() > 0);
        if let Some(turns) = people.get(&person).and_then(Weak::upgrade) {
            return turns;
        }
        let turns = Arc::default();
        people.insert(person, Arc::downgrade(&turns));
        turns
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const SHORT: Duration = Duration::from_millis(50);

    fn somebody() -> PersonId {
        PersonId(Uuid::now_v7())
    }

    #[tokio::test]
    async fn two_files_are_made_at_once_and_not_three() {
        let press = Press::default();
        let (one, _two) =
            (press.turn(somebody(), SHORT).await.expect("the first"), press.turn(somebody(), SHORT).await.expect("the second"));
        assert!(press.turn(somebody(), SHORT).await.is_none());
        drop(one);
        assert!(press.turn(somebody(), SHORT).await.is_some());
    }

    #[tokio::test]
    async fn one_person_has_one_file_made_until_it_was_sent() {
        let (press, person) = (Press::default(), somebody());
        let (own, place) = press.turn(person, SHORT).await.expect("the first");
        drop(place);
        assert!(press.turn(person, SHORT).await.is_none(), "the file is made, and not sent yet");
        drop(own);
        drop(press.turn(person, SHORT).await.expect("it was sent"));
        drop(press.turn(somebody(), SHORT).await);
        assert!(press.people.lock().expect("nobody panicked").len() <= 1, "who is done is forgotten");
    }
}
