//! What the suites said, added up: read from the output of cargo test and from Playwright's report.
//! Always true: a suite that ends without saying how it went counts as a failure.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suite {
    pub name: String,
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
    pub failures: Vec<String>,
}

#[derive(Default)]
pub struct Totals {
    suites: Vec<Suite>,
}

impl Totals {
    /// A check that has no tests inside, such as formatting: it counts as one.
    pub fn check(&mut self, name: &str, passed: bool) {
        self.suites.push(Suite { name: name.to_owned(), passed: passed.into(), failed: (!passed).into(), ..Suite::default() });
    }

    /// Something that had to be there first, or that ended badly without naming a failed test.
    pub fn fail(&mut self, name: &str, why: &str) {
        self.suites.push(Suite { name: name.to_owned(), failed: 1, failures: vec![why.to_owned()], ..Suite::default() });
    }

    pub fn add(&mut self, suites: impl IntoIterator<Item = Suite>) {
        self.suites.extend(suites);
    }

    pub fn passed(&self) -> bool {
        !self.suites.is_empty() && self.suites.iter().all(|suite| suite.failed == 0)
    }

    /// A line per suite, the names of what failed, and the totals alone on the last line.
    pub fn report(&self) -> String {
        let mut lines = vec![String::new()];
        for suite in self.suites.iter().filter(|suite| suite.passed + suite.failed + suite.skipped > 0) {
            lines.push(format!("{:<32} {}", suite.name, counts(suite.passed, suite.failed, suite.skipped)));
        }
        let failures =
            self.suites.iter().flat_map(|suite| suite.failures.iter().map(move |failure| format!("failed: {}: {failure}", suite.name)));
        lines.extend(failures);
        let sum = |count: fn(&Suite) -> usize| self.suites.iter().map(count).sum::<usize>();
        lines.push(String::new());
        lines.push(counts(sum(|suite| suite.passed), sum(|suite| suite.failed), sum(|suite| suite.skipped)));
        lines.join("\n")
    }
}

fn counts(passed: usize, failed: usize, skipped: usize) -> String {
    let skipped = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
    format!("{passed} passed, {failed} failed{skipped}")
}

/// Reads the lines of `cargo test`, both its streams together.
#[derive(Default)]
pub struct CargoTest {
    suites: Vec<Suite>,
    open: Option<Suite>,
}

impl CargoTest {
    pub fn line(&mut self, line: &str) {
        let text = line.trim();
        if let Some(name) = suite_name(text) {
            self.close_unfinished();
            self.open = Some(Suite { name, ..Suite::default() });
        } else if let Some(result) = text.strip_prefix("test result: ") {
            let mut suite = self.open.take().unwrap_or_else(|| Suite { name: "tests".to_owned(), ..Suite::default() });
            suite.passed = number_before(result, " passed");
            suite.failed = number_before(result, " failed");
            suite.skipped = number_before(result, " ignored");
            self.suites.push(suite);
        } else if let (Some(suite), Some(test)) =
            (&mut self.open, text.strip_prefix("test ").and_then(|test| test.strip_suffix(" ... FAILED")))
        {
            suite.failures.push(test.to_owned());
        }
    }

    /// What was run; `succeeded` is cargo's own verdict.
    pub fn finish(mut self, succeeded: bool) -> Vec<Suite> {
        self.close_unfinished();
        if !succeeded && self.suites.iter().all(|suite| suite.failed == 0) {
            let why = "ended badly without a failed test: does it compile?".to_owned();
            self.suites.push(Suite { name: "cargo test".to_owned(), failed: 1, failures: vec![why], ..Suite::default() });
        }
        self.suites
    }

    fn close_unfinished(&mut self) {
        if let Some(mut suite) = self.open.take() {
            suite.failed = suite.failures.len().max(1);
            suite.failures.push("ended before it gave a result".to_owned());
            self.suites.push(suite);
        }
    }
}

/// `domain` for `Running unittests src/lib.rs (target/debug/deps/domain-0a1b)`, `domain (doc)` for `Doc-tests domain`.
fn suite_name(text: &str) -> Option<String> {
    if let Some(name) = text.strip_prefix("Doc-tests ") {
        return Some(format!("{name} (doc)"));
    }
    let file = text.strip_prefix("Running ")?.strip_suffix(')')?.rsplit_once('(')?.1.rsplit(['/', '\\']).next()?;
    let file = file.strip_suffix(".exe").unwrap_or(file);
    Some(file.rsplit_once('-').map_or(file, |(name, _hash)| name).to_owned())
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().filter(|before| before.len() < text.len()).unwrap_or_default();
    before.rsplit(|sign: char| !sign.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Reads Playwright's JSON report: a suite per project.
pub fn playwright(report: &str) -> Result<Vec<Suite>> {
    let report: Value = serde_json::from_str(report).context("Playwright's report is not JSON")?;
    let mut suites = BTreeMap::new();
    collect(&report, "", &mut suites);
    let mut suites: Vec<_> = suites.into_values().collect();
    let errors = report["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !errors.is_empty() {
        let failures: Vec<_> =
            errors.iter().map(|error| error["message"].as_str().unwrap_or("error").lines().next().unwrap_or_default().to_owned()).collect();
        suites.push(Suite { name: "e2e".to_owned(), failed: failures.len(), failures, ..Suite::default() });
    }
    Ok(suites)
}

fn collect(node: &Value, path: &str, suites: &mut BTreeMap<String, Suite>) {
    let array = |name: &str| node[name].as_array().cloned().unwrap_or_default();
    for child in array("suites") {
        let title = child["title"].as_str().unwrap_or_default();
        collect(&child, &join(path, title), suites);
    }
    for spec in array("specs") {
        let title = join(path, spec["title"].as_str().unwrap_or_default());
        for test in spec["tests"].as_array().cloned().unwrap_or_default() {
            let project = test["projectName"].as_str().unwrap_or_default().to_owned();
            let suite = suites.entry(project.clone()).or_insert_with(|| Suite { name: format!("e2e {project}"), ..Suite::default() });
            match test["status"].as_str() {
                Some("expected" | "flaky") => suite.passed += 1,
                Some("skipped") => suite.skipped += 1,
                _ => {
                    suite.failed += 1;
                    suite.failures.push(title.clone());
                }
            }
        }
    }
}

fn join(path: &str, title: &str) -> String {
    if path.is_empty() { title.to_owned() } else { format!("{path} › {title}") }
}

#[cfg(test)]
#[path = "totals_tests.rs"]
mod tests;
