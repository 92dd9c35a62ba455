//! What the server does by itself, with a clock that the story moves: two servers do each thing once, and what was missed is made up for.

mod support;

use app::{checks, db::Db, fetch_all, fetch_one, organisations};
use chrono::{DateTime, Utc};
use domain::PartnershipId;
use server::{command::months::close, jobs::Jobs, seed::seed};
use support::databases;
use tokio::sync::Mutex;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

async fn vlietland(db: &Db) -> PartnershipId {
    let mut tx = db.read().await.expect("a reader");
    organisations::sql::partnership(&mut tx, "VLIET").await.expect("an answer").expect("the demo").id.into()
}

async fn closed(db: &Db) -> Vec<(String, i64)> {
    let mut tx = db.read().await.expect("a reader");
    let tx = &mut tx;
    fetch_all!(tx, (String, i64), "select month, rounds from month_closings order by month").expect("closings")
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    let mut tx = db.read().await.expect("a reader");
    let tx = &mut tx;
    let (count,): (i64,) = fetch_one!(tx, (i64,), sql).expect("a number");
    count
}

/// One story is told at a time: both ask for the storyteller's turn, and the second would not get it in time on a slow machine.
static TELLING: Mutex<()> = Mutex::const_new(());

async fn told(db: &Db, now: &str) {
    let _turn = TELLING.lock().await;
    seed(db, at(now), &|_| {}).await.expect("the demo");
}

#[tokio::test]
async fn two_servers_do_every_job_once_and_make_up_for_what_was_missed() {
    for test in databases().await {
        told(&test.db, "2026-11-05T13:10:00Z").await;
        let ((here, _tell), (there, _told)) = (Jobs::new(test.db.clone()), Jobs::new(test.db.clone()));
        let months = closed(&test.db).await;
        assert_eq!(months.iter().map(|(month, _)| month.as_str()).collect::<Vec<_>>(), ["2026-08", "2026-09", "2026-10"], "{}", test.name);
        let notices = count(&test.db, "select count(*) from notices").await;

        // Nobody was there in December: November and December are closed at once, and January has its notices late.
        let january = at("2027-01-20T12:00:00Z");
        tokio::join!(here.tick(january), there.tick(january));
        let months: Vec<String> = closed(&test.db).await.into_iter().map(|(month, _)| month).collect();
        assert_eq!(months, ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12"], "{}", test.name);
        let with_january = count(&test.db, "select count(*) from notices").await;
        assert!(with_january > notices, "{}", test.name);
        let postings = count(&test.db, "select count(*) from postings").await;

        let mut tx = test.db.read().await.expect("a reader");
        let result = checks::sql::last_result(&mut tx, vlietland(&test.db).await).await.expect("an answer").expect("a result");
        drop(tx);
        assert_eq!((result.night.to_string().as_str(), result.wrong), ("2027-01-20", 0), "{}: {}", test.name, result.violations);
        assert!(result.counts.contains("boekingen") && result.counts.contains("afgesloten maanden"), "{}: {}", test.name, result.counts);

        // Whoever comes again, before the lease ends or after it, finds nothing to do.
        for later in ["2027-01-20T12:01:00Z", "2027-01-20T12:31:00Z", "2027-01-21T00:30:00Z"] {
            tokio::join!(here.tick(at(later)), there.tick(at(later)));
        }
        assert_eq!(count(&test.db, "select count(*) from postings").await, postings, "{}", test.name);
        assert_eq!(count(&test.db, "select count(*) from notices").await, with_january, "{}", test.name);
        assert_eq!(count(&test.db, "select count(*) from check_results").await, 1, "{}: the night is not over", test.name);
        here.tick(at("2027-01-21T02:30:00Z")).await;
        assert_eq!(count(&test.db, "select count(*) from check_results").await, 2, "{}", test.name);
        assert_eq!(count(&test.db, "select count(distinct holder) from leases").await, 1, "{}: one server had them all last", test.name);
    }
}

#[tokio::test]
async fn the_command_shows_what_would_perish_and_then_does_it() {
    for test in databases().await {
        told(&test.db, "2026-10-20T13:10:00Z").await;
        let now = at("2026-11-01T08:00:00Z");
        let october = "2026-10".parse().expect("a month");
        let postings = count(&test.db, "select count(*) from postings").await;

        let mut lines = Vec::new();
        close(&test.db, Some("vliet"), None, true, now, |line| lines.push(line.to_owned())).await.expect("shown");
        assert_eq!(lines.len(), 2, "{}: {lines:#?}", test.name);
        assert!(
            lines[0].starts_with("VLIET Samenwerkingsverband Vlietland, ") && lines[0].contains("oktober 2026: "),
            "{}: {lines:#?}",
            test.name
        );
        assert!(lines[0].contains(" zou vervallen van ") && lines[1].starts_with("Er is niets geboekt."), "{}: {lines:#?}", test.name);
        assert_eq!(count(&test.db, "select count(*) from postings").await, postings, "{}", test.name);

        let shown = lines[0].replace("zou vervallen", "vervallen");
        lines.clear();
        close(&test.db, None, Some(october), false, now, |line| lines.push(line.to_owned())).await.expect("closed");
        assert_eq!(lines, [shown], "{}: what was shown is what happened", test.name);
        lines.clear();
        close(&test.db, None, None, false, now, |line| lines.push(line.to_owned())).await.expect("nothing left");
        assert_eq!(lines, ["Er is geen maand om af te sluiten."], "{}", test.name);

        let runs = close(&test.db, None, Some("2026-11".parse().expect("a month")), false, now, |_| {}).await.expect_err("it runs");
        assert!(runs.to_string().starts_with("Deze maand is nog niet voorbij."), "{}: {runs}", test.name);
        let unknown = close(&test.db, Some("PO9999"), None, false, now, |_| {}).await.expect_err("unknown");
        assert!(unknown.to_string().contains("PO9999"), "{}: {unknown}", test.name);
    }
}
