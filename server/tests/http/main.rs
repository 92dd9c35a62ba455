//! The server from outside, over HTTP: who may what, what bad input does, how sessions live, who wins a race, what a crash leaves.
//!
//! Always true here: every registered server function stands in the table of access, so a new one without a row fails a test.

mod access_allotment;
mod access_bookings;
mod access_experts;
mod access_hours;
mod access_people;
mod access_policy;
mod access_reports;
mod access_served;
mod access_wijkpot;
mod allotment;
mod bad_input;
mod connections;
#[cfg(unix)]
mod crash;
mod division;
mod forms;
mod headers;
mod left_behind;
mod live;
mod pages;
mod race;
#[cfg(unix)]
mod remembered;
mod sessions;
mod support;
mod texts;
mod throttle;

use std::collections::BTreeSet;
use support::Case;

/// Every row of the table.
fn table() -> Vec<&'static Case> {
    [
        access_people::CASES,
        access_experts::CASES,
        access_bookings::CASES,
        access_hours::CASES,
        access_policy::CASES,
        access_reports::CASES,
        access_allotment::CASES,
        access_served::CASES,
        access_wijkpot::CASES,
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_server_function_stands_in_the_table_once() {
    let registered: BTreeSet<&str> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    let rows: Vec<&str> = table().iter().map(|case| case.path).collect();
    let listed: BTreeSet<&str> = rows.iter().copied().collect();
    assert_eq!(rows.len(), listed.len(), "a path has two rows");
    assert_eq!(registered, listed, "registered on the left, in the table on the right");
}

#[test]
fn no_server_function_answers_to_get() {
    assert!(leptos::server_fn::axum::server_fn_paths().all(|(_, method)| method == http::Method::POST));
}
