//! Wijkpot: schools give idle hours and others draw them, across boards.
//!
//! Always true here: every rule of a pot is visible to all its schools, and nobody sees what hours are for beyond a level and a category.

#[cfg(feature = "ssr")]
pub mod sql;
#[cfg(feature = "ssr")]
pub mod verbs;
