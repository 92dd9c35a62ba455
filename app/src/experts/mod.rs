//! Specialists: who they are, what they can, when they are free, and how people find them.
//!
//! Always true here: free time comes from `domain::availability` alone, for the picker and for the write path.

#[cfg(feature = "ssr")]
pub mod sql;
