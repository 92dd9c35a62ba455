//! Pages people wait for, each against the page that needs no data.
//! Always true: both are measured in the same run, by the same sixteen connections, the page without data before and after.

use crate::{
    client::Client,
    demo::Demo,
    engine::Engine,
    load::{self, CONNECTIONS, Seen, Until},
    report::{P99_MS_MAX, PAGE_RATIO_MIN, Report, Row},
    server::Server,
};
use anyhow::{Result, ensure};
use std::time::Duration;

/// The page without data: nothing but what the house itself costs.
const BASE: &str = "/loket";
/// A word most partnerships have experts for.
const SEARCH: &str = "/zoeken?q=hoogbegaafdheid";
/// So many different experts are looked at.
const EXPERTS: usize = 8;

pub async fn measure(server: &Server, demo: &Demo, engine: &Engine, span: Duration, report: &mut Report) -> Result<()> {
    let mut client = Client::new(server.address);
    client.sign_in(&demo.person.to_string()).await?;
    let cookie = client.cookie.clone();
    let experts: Vec<String> = demo.experts.iter().take(EXPERTS).map(|expert| format!("/experts/{}", expert.id.0)).collect();
    let pages: [(&str, Vec<String>, Option<&str>); 5] = [
        ("page without data, signed in", vec![BASE.to_owned()], cookie.as_deref()),
        ("search", vec![SEARCH.to_owned()], cookie.as_deref()),
        ("expert with two weeks of slots", experts, cookie.as_deref()),
        ("start page", vec!["/".to_owned()], cookie.as_deref()),
        ("page without data, again", vec![BASE.to_owned()], None),
    ];
    let base = steady(server, None, &[BASE.to_owned()], span).await?;
    report.add(Row::of_seen(engine, "page without data", &base));
    for (what, paths, cookie) in pages {
        let seen = steady(server, cookie, &paths, span).await?;
        let ratio = seen.rate() / base.rate();
        let row = Row { ratio: Some((ratio, "page without data")), ..Row::of_seen(engine, what, &seen) };
        let p99 = seen.within(0.99);
        report.add(match what {
            "search" | "expert with two weeks of slots" => {
                let aim = format!("≥ {:.0} %, p99 < {P99_MS_MAX:.0} ms", PAGE_RATIO_MIN * 100.0);
                let met = ratio >= PAGE_RATIO_MIN && p99 < P99_MS_MAX && all_right(&seen);
                row.aiming(aim, met)
            }
            "start page" => row.aiming(format!("p99 < {P99_MS_MAX:.0} ms"), p99 < P99_MS_MAX && all_right(&seen)),
            _ => row,
        });
    }
    Ok(())
}

/// A number after a run-up that does not count.
async fn steady(server: &Server, cookie: Option<&str>, paths: &[String], span: Duration) -> Result<Seen> {
    load::load(server, cookie, paths, Until::Elapsed(span / 8), CONNECTIONS).await;
    let seen = load::load(server, cookie, paths, Until::Elapsed(span), CONNECTIONS).await;
    ensure!(seen.count() > 0, "{paths:?} gives no answer: {:?}", seen.unanswered.1);
    Ok(seen)
}

/// A page that answers with an error is not fast.
fn all_right(seen: &Seen) -> bool {
    seen.unanswered.0 == 0 && seen.statuses.keys().all(|status| *status == 200)
}
