//! Places: so many connections at once, and so many of them from one address. Always true here: whoever goes gives the place back.

use app::session::of_one_house;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The places of a server.
pub(super) struct Places {
    all: Arc<Semaphore>,
    /// From here on there is a hurry: a quarter is left.
    scarce: usize,
    of_one_address: Option<usize>,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// A place that was given out.
pub(super) struct Place {
    _of_all: OwnedSemaphorePermit,
    _of_address: Option<OfAddress>,
}

/// One of the places that an address may hold.
struct OfAddress {
    address: IpAddr,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Places {
    pub(super) fn new(all: usize, of_one_address: Option<usize>) -> Self {
        Self { all: Arc::new(Semaphore::new(all)), scarce: all / 4, of_one_address, taken: Arc::default() }
    }

    /// Waits for a place, whoever it will be for.
    pub(super) async fn next(&self) -> Option<OwnedSemaphorePermit> {
        self.all.clone().acquire_owned().await.ok()
    }

    /// Whether so many places are taken that whoever is slow has to make room.
    pub(super) fn are_scarce(&self) -> bool {
        self.all.available_permits() < self.scarce
    }

    /// Gives the place to this address; none when it holds its share already. A proxy on this machine brings everybody, so what comes
    /// from the machine itself is not counted.
    pub(super) fn give(&self, place: OwnedSemaphorePermit, address: IpAddr) -> Option<Place> {
        let limit = self.of_one_address.filter(|_| !address.to_canonical().is_loopback());
        let Some(limit) = limit else { return Some(Place { _of_all: place, _of_address: None }) };
        let address = of_one_house(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_default();
        if *count >= limit {
            return None;
        }
        *count += 1;
        Some(Place { _of_all: place, _of_address: Some(OfAddress { address, taken: self.taken.clone() }) })
    }
}

impl Drop for OfAddress {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(places: &Places, address: &str) -> Option<Place> {
        let place = places.next().await.expect("there are places");
        places.give(place, address.parse().expect("an address"))
    }

    #[tokio::test]
    async fn an_address_gets_its_share_and_a_place_back_when_somebody_goes() {
        let places = Places::new(20, Some(2));
        let (one, _two) = (ask(&places, "192.0.2.1").await.expect("the first"), ask(&places, "192.0.2.1").await.expect("the second"));
        assert!(ask(&places, "192.0.2.1").await.is_none(), "its share is taken");
        assert!(ask(&places, "::ffff:192.0.2.1").await.is_none(), "however it is written");
        assert!(ask(&places, "192.0.2.2").await.is_some(), "others have their own");
        drop(one);
        let _again = ask(&places, "192.0.2.1").await.expect("there is room again");
        assert_eq!(places.all.available_permits(), 18, "who was refused holds nothing");
    }

    #[tokio::test]
    async fn of_ipv6_a_network_has_one_share_and_this_machine_is_not_counted() {
        let places = Places::new(20, Some(1));
        let _one = ask(&places, "2001:db8:1:2::1").await.expect("the first of its network");
        assert!(ask(&places, "2001:db8:1:2::2").await.is_none());
        let _other = ask(&places, "2001:db8:1:3::1").await.expect("another network");
        let _proxied = [ask(&places, "127.0.0.1").await, ask(&places, "127.0.0.1").await, ask(&places, "::1").await]
            .map(|place| place.expect("no share counts here"));
        assert_eq!(places.taken.lock().expect("nobody panicked").len(), 2);
    }

    #[tokio::test]
    async fn there_is_a_hurry_when_the_last_quarter_begins() {
        let places = Places::new(8, None);
        let mut held = Vec::new();
        for number in 1..=8 {
            held.push(ask(&places, "192.0.2.1").await);
            assert_eq!(places.are_scarce(), number > 6, "{number} are taken");
        }
    }
}
