//! Measures a release build: `cargo xtask bench`, or `cargo run --release --package server --example bench`.
//!
//! Always true here: every number comes from this run, on this machine, and stands beside what it is compared with.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measurement talks to the person at the terminal")]

mod bookings;
mod bundle;
mod client;
mod demo;
mod engine;
mod ledger;
mod load;
mod months;
mod pages;
mod pots;
mod report;
mod reports;
mod server;
mod soak;
mod town;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use engine::Engine;
use report::Report;
use server::Server;
use std::{path::PathBuf, process::ExitCode, time::Duration};

/// Measures Wijkpot: pages, bookings, the ledger, memory and the browser bundle.
#[derive(Debug, Parser)]
struct Options {
    /// Short runs: numbers with more noise, in a few minutes
    #[arg(long)]
    quick: bool,
    /// Only these parts; may be repeated
    #[arg(long, value_enum)]
    only: Vec<Part>,
    /// Only this engine; without it SQLite, and PostgreSQL when TEST_DATABASE_URL is set
    #[arg(long, value_parser = ["sqlite", "postgres"])]
    engine: Option<String>,
    /// Also writes the numbers as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// The release binary
    #[arg(long, env = "WIJKPOT_BIN", default_value = "target/release/wijkpot")]
    binary: PathBuf,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Pages,
    Bookings,
    Ledger,
    Reports,
    Memory,
    Bundle,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// How long one number is measured.
    fn span(&self) -> Duration {
        Duration::from_secs(if self.quick { 2 } else { 8 })
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let mut report = Report::default();
    if options.wants(Part::Bundle) {
        bundle::measure(&mut report)?;
    }
    for engine in Engine::all(options.engine.as_deref()).await? {
        let done = measure(&options, &engine, &mut report).await;
        engine.remove().await;
        done.with_context(|| format!("on {}", engine.name))?;
    }
    println!("{}", report.table());
    if let Some(path) = &options.json {
        std::fs::write(path, serde_json::to_vec_pretty(&report.json())?).with_context(|| path.display().to_string())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything about one engine. The demo is told by a server of its own, so that the measured one starts with nothing in memory.
async fn measure(options: &Options, engine: &Engine, report: &mut Report) -> Result<()> {
    let needs_server = [Part::Pages, Part::Bookings, Part::Memory, Part::Reports].into_iter().any(|part| options.wants(part));
    if needs_server {
        say(engine, "tell the demo");
        let (storyteller, first) = Server::start(&options.binary, engine).await?;
        storyteller.stop().await?;
        let (server, second) = Server::start(&options.binary, engine).await?;
        report.start(engine, first, second);
        let demo = demo::read(engine).await?;
        if options.wants(Part::Memory) {
            say(engine, "memory over 10,000 requests");
            soak::measure(&server, &demo, engine, report).await?;
        }
        if options.wants(Part::Pages) {
            say(engine, "pages");
            pages::measure(&server, &demo, engine, options.span(), report).await?;
        }
        if options.wants(Part::Bookings) {
            say(engine, "bookings");
            bookings::measure(&server, &demo, engine, options.quick, report).await?;
        }
        if options.wants(Part::Reports) {
            say(engine, "reports");
            reports::measure(&server, engine, options.span(), options.quick, report).await?;
        }
        server.stop().await?;
    }
    if options.wants(Part::Ledger) {
        say(engine, "ledger");
        ledger::measure(engine, options.span(), report).await?;
        say(engine, "gifts and draws");
        pots::measure(engine, options.span(), report).await?;
        say(engine, "month end");
        months::measure(engine, report).await?;
    }
    Ok(())
}

fn say(engine: &Engine, what: &str) {
    eprintln!("{}: {what}", engine.name);
}
