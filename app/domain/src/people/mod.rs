//! People: their roles, where each role counts, and what it allows.

mod role;

pub use role::{Role, Scope};
