//! Pages about hours in partnerships of every size: the overview for the general meeting, and `/uren` as its postings grow.
//! Always true: a page is asked for until it is warm before it is timed.

use crate::{
    client::Client,
    engine::Engine,
    load::{self, CONNECTIONS, Seen, Until},
    report::{FLAT_COST_MAX, OVERVIEW_P99_MS_MAX, Report, Row, thousands},
    server::Server,
    town::{LARGEST, MEDIAN, Size, Town},
};
use anyhow::{Result, ensure};
use app::{
    db::Db,
    hours::{HOURS, OVERVIEW},
};
use domain::Minutes;
use std::time::Duration;

/// The largest partnership's year (the issue of hours), and a median one by its share of schools.
const LARGEST_POSTINGS: usize = 100_000;
const MEDIAN_POSTINGS: usize = 20_000;
/// From where to where the cost of `/uren` must stay flat.
const FEW: usize = 10_000;
const MANY: usize = 1_000_000;
/// In a short run.
const MANY_QUICK: usize = 100_000;
/// What a school gets of each supplier in each month.
const MONTHLY: Minutes = Minutes::hours(8);

pub async fn measure(server: &Server, engine: &Engine, span: Duration, quick: bool, report: &mut Report) -> Result<()> {
    let db = Db::connect(&engine.url).await?;
    for (name, size, postings) in [("median", MEDIAN, MEDIAN_POSTINGS), ("largest", LARGEST, LARGEST_POSTINGS)] {
        let town = town(&db, size, postings).await?;
        let what = format!("overview, {name}: {} schools, {} postings", town.schools.len(), thousands(town.postings as u64));
        let cookie = cookie(server, &town).await?;
        for people in [1, CONNECTIONS] {
            let seen = warm(server, &cookie, OVERVIEW, span, people).await?;
            let p99 = seen.within(0.99);
            let row = Row::of_seen(engine, format!("{what}, {people} at once"), &seen);
            report.add(row.aiming(format!("p99 < {OVERVIEW_P99_MS_MAX:.0} ms"), p99 < OVERVIEW_P99_MS_MAX));
        }
    }
    let mut town = town(&db, MEDIAN, FEW).await?;
    let cookie = cookie(server, &town).await?;
    let few = warm(server, &cookie, HOURS, span, 1).await?;
    report.add(Row::of_seen(engine, format!("hours of a partnership, {} postings", thousands(town.postings as u64)), &few));
    town.give_and_draw(&db, if quick { MANY_QUICK } else { MANY }).await?;
    db.analyze().await?;
    let many = warm(server, &cookie, HOURS, span, 1).await?;
    let cost = few.rate() / many.rate();
    let row = Row::of_seen(engine, format!("hours of a partnership, {} postings", thousands(town.postings as u64)), &many);
    let row = Row { ratio: Some((cost, "the cost with few")), ..row };
    report.add(row.aiming(format!("≤ {:.0} %", FLAT_COST_MAX * 100.0), cost <= FLAT_COST_MAX));
    db.close().await;
    Ok(())
}

async fn town(db: &Db, size: Size, postings: usize) -> Result<Town> {
    let mut town = Town::build(db, size).await?;
    town.allot(db, MONTHLY).await?;
    town.give_and_draw(db, postings).await?;
    db.analyze().await?;
    Ok(town)
}

async fn cookie(server: &Server, town: &Town) -> Result<Option<String>> {
    let mut client = Client::new(server.address);
    client.sign_in(&town.administrator.to_string()).await?;
    Ok(client.cookie)
}

async fn warm(server: &Server, cookie: &Option<String>, path: &str, span: Duration, people: usize) -> Result<Seen> {
    let paths = [path.to_owned()];
    load::load(server, cookie.as_slice(), &paths, Until::Elapsed(span / 8), people).await;
    let seen = load::load(server, cookie.as_slice(), &paths, Until::Elapsed(span), people).await;
    let only_pages = seen.statuses.keys().all(|status| *status == 200);
    ensure!(seen.count() > 0 && only_pages, "{path}: {} {:?}", seen.statuses_in_words(), seen.unanswered.1);
    Ok(seen)
}
