//! Checks without a test inside: formatting, our own lints, clippy for the server and for the browser.
//! Always true: each counts as one in the totals.

use anyhow::Result;

use crate::lints;
use crate::shell::{self, Step};
use crate::site;
use crate::toolchain;
use crate::totals::Totals;

pub fn formatting(totals: &mut Totals) -> Result<()> {
    check(totals, "fmt", &["fmt", "--all", "--check"])
}

pub fn our_lints(totals: &mut Totals) -> Result<()> {
    totals.check("lints", lints::run()? == 0);
    Ok(())
}

/// The server's half, tests and all.
pub fn clippy(totals: &mut Totals) -> Result<()> {
    site::ensure_folder()?;
    check(totals, "clippy", &["clippy", "--workspace", "--exclude", "browser", "--all-targets", "--", "-D", "warnings"])
}

/// The browser's half: other features, so other code.
pub fn clippy_browser(totals: &mut Totals) -> Result<()> {
    toolchain::ensure_wasm_target()?;
    check(totals, "clippy (wasm)", &["clippy", "--package", "browser", "--target", toolchain::WASM, "--", "-D", "warnings"])
}

fn check(totals: &mut Totals, name: &str, arguments: &[&str]) -> Result<()> {
    let step = Step::begin(format!("Check {name}"));
    let passed = shell::status_of(shell::cargo().args(arguments))?.success();
    step.end_with(if passed { "passed" } else { "failed" });
    totals.check(name, passed);
    Ok(())
}
