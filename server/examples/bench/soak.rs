//! Ten thousand requests of every kind: all of them end, and the server does not grow.
//! Always true: memory is that of the server alone, freshly started, read from /proc.

use crate::{
    client::Client,
    demo::Demo,
    engine::Engine,
    load::{self, CONNECTIONS, Seen, Until},
    report::{Report, Row, thousands},
    server::Server,
};
use anyhow::Result;

/// The first thousand warm it up.
const WARM: usize = 1_000;
const ALL: usize = 10_000;
const RESIDENT_MAX: u64 = 80_000_000;
/// Between the first thousand and the last this much may come and go with caches and threads.
const FLAT_WITHIN: f64 = 1.15;

pub async fn measure(server: &Server, demo: &Demo, engine: &Engine, report: &mut Report) -> Result<()> {
    let idle = server.resident();
    let mut client = Client::new(server.address);
    client.sign_in(&demo.person.to_string()).await?;
    let paths = mixed(demo);
    let first = load::load(server, client.cookie.as_slice(), &paths, Until::Count(WARM), CONNECTIONS).await;
    let warm = server.resident();
    let rest = load::load(server, client.cookie.as_slice(), &paths, Until::Count(ALL - WARM), CONNECTIONS).await;
    let end = server.resident();
    let span = first.span + rest.span;
    let seen = Seen::together(vec![first, rest], span);

    let ended = seen.unanswered.0 == 0 && seen.count() == ALL;
    let failed: usize = seen.statuses.iter().filter(|(status, _)| **status >= 500).map(|(_, count)| count).sum();
    let row = Row::of_seen(engine, format!("{} mixed requests", thousands(ALL as u64)), &seen);
    let note = format!("{} kinds; {}", paths.len(), seen.statuses_in_words());
    let note = seen.unanswered.1.iter().fold(note, |note, why| format!("{note}; {} unanswered: {why}", seen.unanswered.0));
    report.add(Row { note, ..row }.aiming("every one ends, no 5xx", ended && failed == 0));

    let megabytes = |what: &str, bytes: Option<u64>| Row {
        engine: engine.name,
        what: format!("resident memory, {what}"),
        value: bytes.map_or(f64::NAN, |bytes| bytes as f64 / 1e6),
        unit: "MB",
        ..Row::default()
    };
    report.add(megabytes("idle", idle));
    report.add(megabytes("after 1,000 requests", warm));
    let met = matches!((warm, end), (Some(warm), Some(end)) if end < RESIDENT_MAX && (end as f64) < warm as f64 * FLAT_WITHIN);
    report.add(megabytes("after 10,000 requests", end).aiming("< 80 MB and flat", met));
    Ok(())
}

/// What people and machines ask for: every kind of page, words with typing errors, what is not there, and files.
fn mixed(demo: &Demo) -> Vec<String> {
    let expert = |n: usize| format!("/experts/{}", demo.experts[n % demo.experts.len()].id.0);
    let mut paths: Vec<String> = [
        "/",
        "/loket",
        "/zoeken",
        "/zoeken?q=hoogbegaafdheid",
        "/zoeken?q=hoogbegaaftheid",
        "/zoeken?q=giftedness",
        "/zoeken?q=druk%20gedrag&niveau=groep",
        "/zoeken?q=xyzzy",
        "/afspraken",
        "/uren",
        "/spelregels",
        "/toegankelijkheid",
        "/inloggen",
        "/icon.svg",
        "/bestaat-niet",
        "/experts/bestaat-niet",
        "/experts/00000000-0000-0000-0000-000000000000",
        "/healthz",
        "/readyz",
        "/api/afspraak/vraag",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend((0..5).map(expert));
    paths
}
