//! `wijkpot`: one binary, several commands. Exit code 0 done, 1 refused or something found, 2 usage.

use clap::Parser;
use server::{command, config::Cli};
use std::process::ExitCode;

/// Pages are thousands of small pieces of text: the system's allocator takes a fifth of the time to make one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A thread that renders a page is busy until it is done: with one alone, everybody else waits for it.
const WORKERS_MIN: usize = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let workers = std::thread::available_parallelism().map_or(WORKERS_MIN, |cores| cores.get().max(WORKERS_MIN));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build().expect("the runtime starts");
    runtime.block_on(command::run(cli))
}
