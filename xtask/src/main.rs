//! The build tool: one command to run Wijkpot, one to know that it works.
//! Always true: nothing outside Rust is needed for `serve` and `build`; what `test` needs more, it installs or names.
#![expect(clippy::print_stdout, reason = "a build tool talks to the person at the terminal")]

mod browser_tests;
mod bundle;
mod checks;
mod compress;
mod css;
mod debian;
mod lints;
mod postgres;
mod release;
mod serve;
mod shell;
mod site;
mod snip;
mod test;
mod toolchain;
mod totals;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests Wijkpot.", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds what changed and starts the demo on http://127.0.0.1:3000
    Serve(serve::Options),
    /// Builds the release: one binary with the site inside
    Build(release::Options),
    /// Everything CI runs, ending in a line of totals
    Test(test::Options),
    /// The quick look before a commit: fmt, our own lints, clippy, the rules' tests
    Check,
    /// Only the browser tests; arguments after `--` go to Playwright
    E2e {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        playwright: Vec<String>,
    },
    /// Measures a release build: throughput, latencies, memory, bundle size
    Bench {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(options) => serve::run(&options),
        Command::Build(options) => release::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Check => test::check(),
        Command::E2e { playwright } => test::e2e(&playwright),
        Command::Bench { arguments } => release::bench(&arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
