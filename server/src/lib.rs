//! The wijkpot server: configuration, layers, jobs and the command line. No rule of the domain lives here.

#![recursion_limit = "512"]

pub mod assets;
pub mod command;
pub mod config;
pub mod connections;
pub mod failures;
pub mod forms;
pub mod import;
pub mod jobs;
mod live;
pub mod router;
pub mod security;
pub mod seed;
pub mod serve;
