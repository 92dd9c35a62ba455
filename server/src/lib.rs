//! The wijkpot server: configuration, layers, jobs and the command line. No rule of the domain lives here.

#![recursion_limit = "512"]

pub mod assets;
pub mod command;
pub mod config;
pub mod connections;
pub mod downloads;
pub mod failures;
pub mod forms;
pub mod hosts;
pub mod import;
pub mod jobs;
mod live;
mod newcomers;
pub mod router;
pub mod security;
pub mod seed;
pub mod serve;
