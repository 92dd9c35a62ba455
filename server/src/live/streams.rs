//! Who has streams open. Always true here: streams take a quarter of the server's connections at most, and nobody has more than a few;
//! whoever opens one too many loses the oldest.

use domain::PersonId;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// A quarter of all connections: streams never keep pages from being answered.
const STREAMS_MAX: usize = 1_024;
/// A page of a pot in each of eight tabs and browsers. A browser itself keeps six to one server.
pub const OF_ONE_PERSON: usize = 8;

type OfPeople = Arc<Mutex<HashMap<PersonId, VecDeque<Arc<Notify>>>>>;

/// All streams of a server.
#[derive(Debug)]
pub struct Streams {
    places: Arc<Semaphore>,
    of_people: OfPeople,
}

/// A stream that is open until this is dropped.
#[derive(Debug)]
pub struct Open {
    person: PersonId,
    over: Arc<Notify>,
    of_people: OfPeople,
    _place: OwnedSemaphorePermit,
}

impl Default for Streams {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(STREAMS_MAX)), of_people: OfPeople::default() }
    }
}

impl Streams {
    /// Opens one more for this person, and ends their oldest when that is one too many; none when there is no place for anybody.
    pub fn open(&self, person: PersonId) -> Option<Open> {
        let place = self.places.clone().try_acquire_owned().ok()?;
        let over = Arc::new(Notify::new());
        let mut of_people = self.of_people.lock().unwrap_or_else(PoisonError::into_inner);
        let own = of_people.entry(person).or_default();
        own.push_back(over.clone());
        if own.len() > OF_ONE_PERSON
            && let Some(oldest) = own.pop_front()
        {
            oldest.notify_one();
        }
        Some(Open { person, over, of_people: self.of_people.clone(), _place: place })
    }
}

impl Open {
    /// Waits until this person opened too many after it.
    pub async fn ended(&self) {
        self.over.notified().await;
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut of_people = self.of_people.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = of_people.get_mut(&self.person) {
            own.retain(|other| !Arc::ptr_eq(other, &self.over));
            if own.is_empty() {
                of_people.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;
    use uuid::Uuid;

    #[test]
    fn the_ninth_stream_of_a_person_ends_the_oldest_and_nobody_elses() {
        let streams = Streams::default();
        let (one, other) = (PersonId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
        let of_other = streams.open(other).expect("a place");
        let own: Vec<Open> = (0..=OF_ONE_PERSON).map(|_| streams.open(one).expect("a place")).collect();
        let ended: Vec<bool> = own.iter().map(|open| open.ended().now_or_never().is_some()).collect();
        assert_eq!(ended.iter().position(|ended| *ended), Some(0));
        assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
        assert!(of_other.ended().now_or_never().is_none());
        drop((own, of_other));
        assert!(streams.of_people.lock().expect("nobody panicked").is_empty(), "who left is forgotten");
        assert_eq!(streams.places.available_permits(), STREAMS_MAX);
    }
}
