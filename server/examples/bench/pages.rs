//! Pages people wait for, each against the page that needs no data.
//! Always true: both are measured in the same run, by sixteen people at once, the page without data before and after.

use crate::{
    demo::Demo,
    engine::Engine,
    load::{self, CONNECTIONS, Seen, Until},
    report::{P99_MS_MAX, PAGE_RATIO_MIN, Report, Row},
    server::Server,
};
use anyhow::{Context, Result, ensure};
use app::{
    db::Db,
    fetch_all,
    session::{DbSessions, now, remember},
};
use domain::PartnershipId;
use std::{sync::Arc, time::Duration};
use tower_sessions::{Expiry, Session};
use uuid::Uuid;

/// The page without data: nothing but what the house itself costs.
const BASE: &str = "/loket";
/// A word most partnerships have experts for.
const SEARCH: &str = "/zoeken?q=hoogbegaafdheid";
/// So many different experts are looked at.
const EXPERTS: usize = 8;

pub async fn measure(server: &Server, demo: &Demo, engine: &Engine, span: Duration, report: &mut Report) -> Result<()> {
    // Who has the experts below come to their school, and as many others at other schools.
    let db = Db::connect(&engine.url).await?;
    let people = sessions(&db, demo).await?;
    let experts: Vec<String> = demo.experts.iter().take(EXPERTS).map(|expert| format!("/experts/{}", expert.id.0)).collect();
    let (search, start) = ([SEARCH.to_owned()], ["/".to_owned()]);
    // What each aims at: so much of the page without data, at least; none for that page itself.
    let pages: [(&str, &[String], &[String], bool, Option<f64>); 7] = [
        ("page without data, signed in", &[BASE.to_owned()], &people, false, None),
        ("search", &search, &people, false, Some(PAGE_RATIO_MIN)),
        ("search, somebody writes every second", &search, &people, true, Some(PAGE_RATIO_MIN)),
        ("expert with two weeks of slots", &experts, &people[..1], false, Some(PAGE_RATIO_MIN)),
        ("start page", &start, &people, false, Some(0.0)),
        ("start page, somebody writes every second", &start, &people, true, Some(0.0)),
        ("page without data, again", &[BASE.to_owned()], &[], false, None),
    ];
    let base = steady(server, &[], &[BASE.to_owned()], span).await?;
    report.add(Row::of_seen(engine, "page without data", &base));
    for (what, paths, cookies, is_written, least) in pages {
        let writer = is_written.then(|| tokio::spawn(write(db.clone(), demo.partnership)));
        let seen = steady(server, cookies, paths, span).await?;
        if let Some(writer) = writer {
            writer.abort();
        }
        let ratio = seen.rate() / base.rate();
        let row = Row { ratio: Some((ratio, "page without data")), ..Row::of_seen(engine, what, &seen) };
        let p99 = seen.within(0.99);
        report.add(match least {
            None => row,
            Some(least) => {
                let of_base = if least > 0.0 { format!("≥ {:.0} %, ", least * 100.0) } else { String::new() };
                let met = ratio >= least && p99 < P99_MS_MAX && all_right(&seen);
                row.aiming(format!("{of_base}p99 < {P99_MS_MAX:.0} ms"), met)
            }
        });
    }
    db.close().await;
    Ok(())
}

/// The sessions of sixteen coordinators, each of another school, the demo's own first: sixteen people remember nothing for each other.
async fn sessions(db: &Db, demo: &Demo) -> Result<Vec<String>> {
    let mut tx = db.read().await?;
    let tx = &mut tx;
    let others: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        "select r.person_id
         from roles r
         join people p on p.id = r.person_id
         where p.partnership_id = $1 and r.role = 'coordinator' and r.scope_id <> $2
         order by r.scope_id
         limit $3",
        demo.partnership.0,
        demo.school.id,
        i64::try_from(CONNECTIONS)? - 1
    )?;
    let mut cookies = Vec::new();
    for person in std::iter::once(demo.person).chain(others.into_iter().map(|(person,)| person)) {
        let session = Session::new(None, Arc::new(DbSessions::new(db.clone())), Some(Expiry::OnInactivity(time::Duration::minutes(30))));
        remember(&session, person.into(), now()).await?;
        session.save().await?;
        cookies.push(format!("wijkpot={}", session.id().context("an id")?));
    }
    ensure!(cookies.len() == CONNECTIONS, "the demo has {} coordinators", cookies.len());
    Ok(cookies)
}

/// Somebody who writes something in this partnership every second: nothing that is remembered of it is true any more.
async fn write(db: Db, partnership: PartnershipId) -> Result<()> {
    loop {
        db.write(partnership).await?.commit().await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// A number after a run-up that does not count.
async fn steady(server: &Server, cookies: &[String], paths: &[String], span: Duration) -> Result<Seen> {
    load::load(server, cookies, paths, Until::Elapsed(span / 8), CONNECTIONS).await;
    let seen = load::load(server, cookies, paths, Until::Elapsed(span), CONNECTIONS).await;
    ensure!(seen.count() > 0, "{paths:?} gives no answer: {:?}", seen.unanswered.1);
    Ok(seen)
}

/// A page that answers with an error is not fast.
fn all_right(seen: &Seen) -> bool {
    seen.unanswered.0 == 0 && seen.statuses.keys().all(|status| *status == 200)
}
