//! The two databases.
