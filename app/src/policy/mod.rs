//! The policy page: what the partnership chose, where each choice comes from, and who made it.
//!
//! Always true here: a setting changes by `organisations::verbs::set_policy` alone.

mod api;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod read;

pub use api::{PolicyPage, SetPolicy, SettingCard, SettingField, read_policy};
#[cfg(feature = "ssr")]
pub use page::PolicyView;

/// The page of the policy.
pub const POLICY: &str = "/beheer/beleid";
