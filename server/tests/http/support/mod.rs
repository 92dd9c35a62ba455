//! What every test here stands on: servers, browsers, and a small world told in the app's own words.

pub mod access;
pub mod client;
pub mod databases;
pub mod house;
mod pots;
pub mod print;
pub mod seats;
#[path = "../../../../app/tests/support/sound.rs"]
pub mod sound;
pub mod world;

pub use access::{Case, Denied, check};
pub use client::{Answer, Client, encode};
pub use house::{Server, in_the_house, on_every_engine, outdoors};
pub use print::{audit_log, print};
pub use seats::{Seat, Who};
pub use world::World;
