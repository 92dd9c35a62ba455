//! Who is not signed in and leaves something behind. Always true here: one address makes no more than so many sessions a minute, so that
//! nobody fills the table of sessions without an account.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// The people of a school share an address, and some of them sign in at half past eight without scripts and with an error.
const SESSIONS_A_MINUTE: u32 = 30;
const MINUTE: Duration = Duration::from_secs(60);
/// So many addresses are counted one by one; the rest share a count until a minute is over. An entry is small, a flood of addresses is not.
const ADDRESSES_MAX: usize = 10_000;

/// How many sessions each address made lately.
#[derive(Debug, Default)]
pub struct Newcomers(Mutex<HashMap<Option<IpAddr>, Count>>);

#[derive(Debug)]
struct Count {
    since: Instant,
    sessions: u32,
}

impl Newcomers {
    /// Counts one more from this address; false when it is one too many.
    pub fn may_come(&self, from: Option<IpAddr>, at: Instant) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= ADDRESSES_MAX {
            counts.retain(|_, count| at - count.since < MINUTE);
        }
        let from = if counts.len() >= ADDRESSES_MAX && !counts.contains_key(&from) { None } else { from };
        let count = counts.entry(from).or_insert(Count { since: at, sessions: 0 });
        if at - count.since >= MINUTE {
            *count = Count { since: at, sessions: 0 };
        }
        count.sessions += 1;
        count.sessions <= SESSIONS_A_MINUTE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_makes_so_many_sessions_a_minute_and_not_one_more() {
        let (newcomers, at) = (Newcomers::default(), Instant::now());
        let [here, there] = ["192.0.2.1", "192.0.2.2"].map(|address| address.parse().ok());
        assert!((0..SESSIONS_A_MINUTE).all(|_| newcomers.may_come(here, at)));
        assert!(!newcomers.may_come(here, at + MINUTE / 2));
        assert!(newcomers.may_come(there, at), "another address has its own count");
        assert!(newcomers.may_come(here, at + MINUTE), "the next minute");
    }

    #[test]
    fn a_flood_of_addresses_takes_no_more_memory_than_so_much() {
        let (newcomers, at) = (Newcomers::default(), Instant::now());
        for number in 0..2 * ADDRESSES_MAX {
            let address = IpAddr::from(u32::try_from(number).expect("small").to_be_bytes());
            newcomers.may_come(Some(address), at);
        }
        assert!(newcomers.0.lock().expect("nobody panicked").len() <= ADDRESSES_MAX + 1);
    }
}
