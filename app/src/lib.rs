//! Wijkpot's pages, server functions and SQL: one crate, rendered on the server and hydrated in the browser.
//!
//! Arrows point down only: `app` → slices → `session`, `ui`, `wire`, `db`, `error` → `domain`.

// Every view is one deeply nested type; the default limit is for shallower trees.
#![recursion_limit = "512"]

pub mod app;
#[cfg(feature = "ssr")]
pub mod db;
pub mod error;
#[cfg(feature = "ssr")]
pub mod files;
#[cfg(feature = "ssr")]
mod kept;
pub mod session;
pub mod ui;
pub mod wire;

pub mod bookings;
pub mod checks;
pub mod experts;
#[cfg(feature = "ssr")]
pub mod guide;
pub mod hours;
pub mod months;
pub mod organisations;
pub mod people;
pub mod policy;
pub mod reports;
pub mod served;
pub mod start;
pub mod wijkpot;

pub use error::AppError;
