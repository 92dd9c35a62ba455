//! The model of a partnership, the application beside it, and histories for both.

pub mod application;
pub mod cast;
pub mod compare;
pub mod dice;
pub mod op;
pub mod play;
pub mod rules;
pub mod shrink;
