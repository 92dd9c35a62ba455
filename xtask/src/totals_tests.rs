//! Outputs as cargo and Playwright print them, and what should be read from them.
//! Always true: what is read is what a person would count.
#![expect(clippy::unwrap_used, reason = "a test may stop where it is wrong")]

use super::*;

fn read(output: &str, succeeded: bool) -> Vec<Suite> {
    let mut reader = CargoTest::default();
    output.lines().for_each(|line| reader.line(line));
    reader.finish(succeeded)
}

const GREEN: &str = "
   Compiling domain v0.1.0 (/somewhere/app/domain)
    Finished `test` profile [unoptimized] target(s) in 3.11s
     Running unittests src/lib.rs (target/debug/deps/domain-b0c28d88b9a3c8b2)

running 2 tests
test minutes::tests::an_hour_is_sixty_minutes ... ok
test time::tests::the_clock_jumps ... ignored

test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

     Running tests/sql_hours.rs (/elsewhere/debug/deps/sql_hours-1f2e3d)

running 12 tests
test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.51s

   Doc-tests domain

running 0 tests

test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

#[test]
fn suites_are_named_after_their_crate_or_file() {
    let suites = read(GREEN, true);
    let names: Vec<_> = suites.iter().map(|suite| suite.name.as_str()).collect();
    assert_eq!(names, ["domain", "sql_hours", "domain (doc)"]);
    assert_eq!((suites[0].passed, suites[0].skipped, suites[1].passed), (1, 1, 12));
}

#[test]
fn a_failed_test_is_counted_and_named() {
    let suites = read(
        "     Running tests/sql_hours.rs (target/debug/deps/sql_hours-1f)\ntest the_last_minute_can_be_spent ... FAILED\ntest other ... ok\n\
         test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.51s\n",
        false,
    );
    assert_eq!(
        suites,
        [Suite { name: "sql_hours".into(), passed: 1, failed: 1, skipped: 0, failures: vec!["the_last_minute_can_be_spent".into()] }]
    );
}

#[test]
fn a_suite_that_aborts_counts_as_a_failure_and_the_next_one_is_still_read() {
    let suites = read(
        "     Running unittests src/lib.rs (target/debug/deps/app-1f)\nrunning 3 tests\n     Running tests/b.rs (target/debug/deps/b-2e)\n\
         test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n",
        false,
    );
    assert_eq!((suites[0].failed, suites[1].passed, suites.len()), (1, 4, 2));
}

#[test]
fn a_run_that_does_not_compile_is_one_failure() {
    let suites = read("error[E0425]: cannot find value\nerror: could not compile `app`\n", false);
    assert_eq!((suites.len(), suites[0].failed), (1, 1));
}

#[test]
fn playwright_is_counted_per_project_and_its_failures_are_named() {
    let report = r#"{"suites":[{"title":"house.spec.ts","specs":[],"suites":[{"title":"loket","specs":[
        {"title":"has a heading","tests":[{"projectName":"desktop","status":"expected"},{"projectName":"phone","status":"unexpected"}]},
        {"title":"prints","tests":[{"projectName":"desktop","status":"skipped"}]}]}]}],"errors":[]}"#;
    let suites = playwright(report).unwrap();
    assert_eq!((suites[0].name.as_str(), suites[0].passed, suites[0].skipped), ("e2e desktop", 1, 1));
    assert_eq!(suites[1].failures, ["house.spec.ts › loket › has a heading"]);
}

#[test]
fn a_server_that_did_not_start_is_a_failure_of_the_browser_tests() {
    let suites = playwright(r#"{"suites":[],"errors":[{"message":"Error: no answer\n  at x"}]}"#).unwrap();
    assert_eq!((suites[0].failed, suites[0].failures[0].as_str()), (1, "Error: no answer"));
}

#[test]
fn the_totals_stand_alone_on_the_last_line() {
    let mut totals = Totals::default();
    totals.check("fmt", true);
    totals.add(read(GREEN, true));
    assert!(totals.passed());
    assert_eq!(totals.report().lines().last(), Some("14 passed, 0 failed, 1 skipped"));
    totals.fail("clippy", "does not start");
    assert!(!totals.passed());
    assert_eq!(totals.report().lines().last(), Some("14 passed, 1 failed, 1 skipped"));
}

#[test]
fn a_run_without_a_single_suite_has_not_passed() {
    assert!(!Totals::default().passed());
}
