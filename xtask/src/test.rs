//! The test commands: everything, the quick look, and the browser alone.
//! Always true: a failed part does not stop the next, and the last line tells the totals.

use std::io::{BufRead, BufReader};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::browser_tests;
use crate::checks;
use crate::debian::{self, POSTGRES};
use crate::postgres::Postgres;
use crate::serve;
use crate::shell::{self, Step};
use crate::site::{self, Mode};
use crate::totals::{CargoTest, Totals};

#[derive(Args)]
pub struct Options {
    /// Only these parts, separated by commas
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting
    Fmt,
    /// Our own lints
    Lints,
    /// Clippy, for the server and for the browser
    Clippy,
    /// Rules, stories on both databases, access over HTTP, and the build tool itself
    Unit,
    /// The browser tests
    E2e,
}

/// What the server's half is made of. Always the same selection, because another one has other features and compiles everything again.
const SERVER_HALF: [&str; 5] = ["--workspace", "--exclude", "browser", "--exclude", "xtask"];

pub fn run(options: &Options) -> Result<ExitCode> {
    let mut totals = Totals::default();
    for part in Part::value_variants().iter().filter(|part| options.only.is_empty() || options.only.contains(part)) {
        let (name, outcome) = match part {
            Part::Fmt => ("fmt", checks::formatting(&mut totals)),
            Part::Lints => ("lints", checks::our_lints(&mut totals)),
            Part::Clippy => ("clippy", checks::clippy(&mut totals).and_then(|()| checks::clippy_browser(&mut totals))),
            Part::Unit => ("unit", unit(&mut totals)),
            Part::E2e => ("e2e", browser(&mut totals, &[], server_with_tests)),
        };
        if let Err(error) = outcome {
            eprintln!("{error:#}");
            totals.fail(name, &format!("{error:#}"));
        }
    }
    Ok(finish(&totals))
}

/// Before a commit: what goes wrong most often, in the least time.
pub fn check() -> Result<ExitCode> {
    let mut totals = Totals::default();
    checks::formatting(&mut totals)?;
    checks::our_lints(&mut totals)?;
    checks::clippy(&mut totals)?;
    cargo_test(&mut totals, "Test the rules", &["--package", "domain"], None)?;
    Ok(finish(&totals))
}

pub fn e2e(arguments: &[String]) -> Result<ExitCode> {
    let mut totals = Totals::default();
    browser(&mut totals, arguments, || serve::build_server(Mode::Dev))?;
    Ok(finish(&totals))
}

fn finish(totals: &Totals) -> ExitCode {
    println!("{}", totals.report());
    if totals.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn unit(totals: &mut Totals) -> Result<()> {
    let given = std::env::var("TEST_DATABASE_URL").ok();
    let postgres = match &given {
        Some(_) => None,
        None => match debian::ensure(&[POSTGRES]).and_then(|()| Postgres::start()) {
            Ok(postgres) => Some(postgres),
            Err(error) => {
                // The tests on SQLite still tell something; the run as a whole has failed.
                eprintln!("{error:#}");
                totals.fail("PostgreSQL", &format!("{error:#}"));
                None
            }
        },
    };
    let url = given.as_deref().or(postgres.as_ref().map(|postgres| postgres.url.as_str()));
    server_with_tests()?;
    cargo_test(totals, "Test the server's half", &SERVER_HALF, url)?;
    cargo_test(totals, "Test the build tool", &["--package", "xtask"], None)
}

/// One debug build for every test: the crates, their tests, and the binary that the browser tests start.
fn server_with_tests() -> Result<()> {
    site::ensure_folder()?;
    let step = Step::begin("Compile the server and its tests");
    shell::run(shell::cargo().arg("build").args(SERVER_HALF).args(["--bins", "--tests", "--examples"]))?;
    step.end();
    Ok(())
}

fn browser(totals: &mut Totals, arguments: &[String], build: impl FnOnce() -> Result<()>) -> Result<()> {
    site::build(Mode::Dev)?;
    build()?;
    browser_tests::run(totals, arguments)
}

/// Runs cargo test, shows what it says, and reads the results from it.
fn cargo_test(totals: &mut Totals, title: &str, selection: &[&str], database: Option<&str>) -> Result<()> {
    let step = Step::begin(title);
    let mut cargo = shell::cargo();
    cargo.arg("test").args(selection).args(["--no-fail-fast", "--color", "never"]);
    if let Some(url) = database {
        cargo.env("TEST_DATABASE_URL", url);
    }
    // Both streams in one pipe: cargo names the suite on one, the suite gives its result on the other.
    let (reader, writer) = std::io::pipe()?;
    let mut child = cargo.stdout(writer.try_clone()?).stderr(writer).spawn()?;
    // The command holds our copies of the pipe's other end; without them the reading ends when the tests do.
    drop(cargo);
    let mut results = CargoTest::default();
    for line in BufReader::new(reader).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        println!("{line}");
        results.line(&line);
    }
    let succeeded = child.wait()?.success();
    step.end();
    totals.add(results.finish(succeeded));
    Ok(())
}
