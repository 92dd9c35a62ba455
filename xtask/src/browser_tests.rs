//! The browser tests: Playwright over a debug server and a fresh demo.
//! Always true: they see the bundle and the server of this very source tree.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::debian::{self, CHROMIUM, NODE, NPM};
use crate::serve;
use crate::shell::{self, Step};
use crate::site::{self, Mode};
use crate::totals::{self, Totals};

/// Runs all specs, or those that the arguments choose.
pub fn run(totals: &mut Totals, arguments: &[String]) -> Result<()> {
    debian::ensure(&[CHROMIUM, NODE, NPM])?;
    install_packages()?;
    let end2end = shell::root().join("end2end");
    let step = Step::begin("Check the types of the specs");
    let types = shell::status_of(shell::program(end2end.join("node_modules/.bin/tsc")).arg("--noEmit").current_dir(&end2end))?.success();
    step.end();
    totals.check("e2e types", types);

    let report = shell::root().join("target/xtask/playwright.json");
    fs::create_dir_all(report.parent().context("target/xtask")?)?;
    let _ = fs::remove_file(&report);
    let mut playwright = shell::program(end2end.join("node_modules/.bin/playwright"));
    playwright.current_dir(&end2end).args(["test", "--reporter=list,json"]).args(arguments);
    playwright
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
        .env("WIJKPOT_BIN", serve::binary(Mode::Dev)?)
        .env("WIJKPOT_SITE", site::folder());
    if let Some(chromium) = debian::chromium() {
        playwright.env("CHROMIUM", chromium);
    }
    let step = Step::begin("Test in the browser");
    let succeeded = shell::status_of(&mut playwright)?.success();
    step.end();
    match fs::read_to_string(&report) {
        Ok(text) => totals.add(totals::playwright(&text)?),
        Err(_) => totals.fail("e2e", "Playwright gave no report"),
    }
    if !succeeded && totals.passed() {
        totals.fail("e2e", "Playwright ended badly without a failed test");
    }
    Ok(())
}

/// `npm ci`, when the lockfile is newer than what is installed.
fn install_packages() -> Result<()> {
    let folder = shell::root().join("end2end");
    let modified = |path: &Path| path.metadata().and_then(|metadata| metadata.modified()).ok();
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&folder.join("package-lock.json")) {
        return Ok(());
    }
    let step = Step::begin("Install the packages of end2end");
    shell::run(
        shell::program("npm").args(["ci", "--no-fund", "--no-audit"]).current_dir(&folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    step.end();
    Ok(())
}
