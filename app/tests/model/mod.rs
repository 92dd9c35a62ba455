//! The model of a partnership, the application beside it, and histories for both.

pub mod application;
pub mod cast;
pub mod compare;
pub mod dice;
mod dice_visits;
pub mod ledger;
pub mod op;
pub mod play;
pub mod reports;
pub mod rules;
mod rules_draws;
mod rules_gifts;
mod rules_months;
mod rules_visits;
mod rules_years;
pub mod shrink;
pub mod states;
pub mod world;
