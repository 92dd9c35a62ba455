//! `wijkpot`: one binary, several commands. Exit code 0 done, 1 refused or something found, 2 usage.

use clap::Parser;
use server::{command, config::Cli};
use std::process::ExitCode;

/// Pages are thousands of small pieces of text: the system's allocator takes a fifth of the time to make one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Below four workers a render that waits for its own data can wait forever (leptos#4647); small machines have two cores.
const WORKERS_MIN: usize = 4;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let workers = std::thread::available_parallelism().map_or(WORKERS_MIN, |cores| cores.get().max(WORKERS_MIN));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build().expect("the runtime starts");
    runtime.block_on(command::run(cli))
}
