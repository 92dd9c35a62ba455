//! The release: one binary with the site inside, and the measure of what a browser downloads.
//! Always true: a bundle over its budget is not a release.

use std::fs;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::Args;

use crate::bundle;
use crate::compress;
use crate::serve;
use crate::shell::{self, Step, kilobytes};
use crate::site::{self, Mode};

/// Script and wasm together, as brotli: about two seconds on a phone's slow connection (1.6 Mbit/s).
const BUNDLE_BYTES_MAX: usize = 300_000;

#[derive(Args)]
pub struct Options {
    /// Stops after the browser bundle and its sizes
    #[arg(long)]
    bundle_only: bool,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    site::build(Mode::Release)?;
    let sizes = sizes()?;
    if !options.bundle_only {
        serve::build_server(Mode::Release)?;
        ensure_embedded()?;
        let binary = serve::binary(Mode::Release)?;
        println!("{} ({:.1} MB)", binary.display(), fs::metadata(&binary)?.len() as f64 / 1e6);
    }
    let total = report(&sizes);
    let hint = if bundle::wasm_opt().is_none() { " It was not shrunk by wasm-opt: run `npm ci` in end2end first." } else { "" };
    ensure!(total <= BUNDLE_BYTES_MAX, "the browser bundle is {}, more than {}.{hint}", kilobytes(total), kilobytes(BUNDLE_BYTES_MAX));
    Ok(ExitCode::SUCCESS)
}

/// The program of measurements lives with the server: `server/examples/bench/`. It finds the release binary in WIJKPOT_BIN.
pub fn bench(arguments: &[String]) -> Result<ExitCode> {
    site::build(Mode::Release)?;
    serve::build_server(Mode::Release)?;
    report(&sizes()?);
    let step = Step::begin("Measure");
    let mut cargo = shell::cargo();
    cargo.args(["run", "--release", "--package", "server", "--example", "bench", "--"]).args(arguments);
    shell::run(cargo.env("WIJKPOT_BIN", serve::binary(Mode::Release)?))?;
    step.end();
    Ok(ExitCode::SUCCESS)
}

struct Size {
    kind: &'static str,
    raw: usize,
    brotli: usize,
}

fn sizes() -> Result<Vec<Size>> {
    let mut sizes = Vec::new();
    for kind in ["js", "wasm", "css"] {
        let bytes = fs::read(site::bundled(kind)?)?;
        sizes.push(Size { kind, raw: bytes.len(), brotli: compress::brotli(&bytes)?.len() });
    }
    Ok(sizes)
}

/// Prints the table and gives the bytes that count for the budget.
fn report(sizes: &[Size]) -> usize {
    println!("{:<12}{:>12}{:>12}", "", "raw", "brotli");
    for size in sizes {
        println!("{:<12}{:>12}{:>12}", size.kind, kilobytes(size.raw), kilobytes(size.brotli));
    }
    let total = sizes.iter().filter(|size| size.kind != "css").map(|size| size.brotli).sum();
    println!("{:<12}{:>12}{:>12}  (at most {})", "js + wasm", "", kilobytes(total), kilobytes(BUNDLE_BYTES_MAX));
    total
}

/// Cargo notices changed files of the site, not the first file in an empty folder; a binary without its site would be found out late.
fn ensure_embedded() -> Result<()> {
    let mut wasm = site::bundled("wasm")?.into_os_string();
    wasm.push(".br");
    let needle = fs::read(wasm)?;
    let needle = &needle[..needle.len().min(256)];
    let binary = fs::read(serve::binary(Mode::Release)?)?;
    ensure!(
        binary.windows(needle.len()).any(|window| window == needle),
        "the binary does not hold the browser bundle. Touch the file in server/src that embeds target/site and build again."
    );
    Ok(())
}
