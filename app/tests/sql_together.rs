//! Writers of one partnership are committed together, on both engines: who is told that its work is done finds it, and who is not finds
//! nothing.

mod support;

use app::{
    db::{Db, Engine, Tx, is_busy},
    execute, fetch_all, fetch_one,
};
use domain::{PartnershipId, WijkpotId};
use std::{collections::BTreeSet, time::Duration};
use support::{TestDb, databases};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};
use uuid::Uuid;

const HERE: PartnershipId = PartnershipId(Uuid::from_u128(1));
const THERE: PartnershipId = PartnershipId(Uuid::from_u128(2));
/// Longer than any of this takes.
const LONG: Duration = Duration::from_secs(10);

async fn prepared() -> Vec<TestDb> {
    let all = databases().await;
    for test in &all {
        let mut own = test.db.write_unscoped().await.expect("a writer");
        let tx = &mut own;
        execute!(tx, "create table marks (mark bigint primary key, under text not null)").expect("a table");
        own.commit().await.expect("committed");
    }
    all
}

/// Writes a mark, under the number of the engine's transaction where it tells.
async fn mark(tx: &mut Tx, mark: i64) -> app::db::Result<()> {
    if tx.engine() == Engine::Postgres {
        execute!(tx, "insert into marks (mark, under) values ($1, cast(pg_current_xact_id() as text))", mark).map(drop)
    } else {
        execute!(tx, "insert into marks (mark, under) values ($1, '')", mark).map(drop)
    }
}

/// Writes a mark in its turn.
fn marks_in_turn(db: &Db, n: i64) -> impl Future<Output = ()> + Send + 'static {
    let db = db.clone();
    async move {
        let mut tx = db.write(HERE).await.expect("a turn");
        mark(&mut tx, n).await.expect("a mark");
        tx.commit().await.expect("committed");
    }
}

/// Takes its turn and does not end it.
fn stays(db: &Db) -> impl Future<Output = ()> + Send + 'static {
    let db = db.clone();
    async move {
        let _turn = db.write(HERE).await.expect("a turn");
        sleep(LONG).await;
    }
}

async fn marks(db: &Db) -> BTreeSet<i64> {
    let mut own = db.read().await.expect("a reader");
    let tx = &mut own;
    fetch_all!(tx, (i64,), "select mark from marks").expect("marks").into_iter().map(|(mark,)| mark).collect()
}

async fn revision(db: &Db, partnership: PartnershipId) -> i64 {
    let mut own = db.read().await.expect("a reader");
    let tx = &mut own;
    fetch_one!(tx, (i64,), "select coalesce(max(revision), 0) from revisions where partnership_id = $1", partnership.0).expect("one").0
}

#[tokio::test]
async fn of_many_at_once_each_finds_what_it_wrote_and_nothing_of_those_who_gave_up() {
    for test in prepared().await {
        let mut writers = JoinSet::new();
        for n in 0..200_i64 {
            let db = test.db.clone();
            writers.spawn(async move {
                let partnership = if n % 3 == 0 { THERE } else { HERE };
                let mut tx = db.write(partnership).await.expect("a turn");
                mark(&mut tx, n).await.expect("a mark");
                match n % 5 {
                    // Gives up.
                    1 => drop(tx),
                    // Is refused by the database, and would not hear of it.
                    2 => {
                        assert!(mark(&mut tx, n).await.is_err());
                        assert!(tx.commit().await.is_err());
                    }
                    _ => {
                        tx.commit().await.expect("committed");
                        assert!(marks(&db).await.contains(&n), "told that it is done");
                    }
                }
            });
        }
        while let Some(done) = writers.join_next().await {
            done.expect("no writer failed");
        }
        let expected: BTreeSet<i64> = (0..200).filter(|n| ![1, 2].contains(&(n % 5))).collect();
        assert_eq!(marks(&test.db).await, expected, "{}", test.name);
        if test.name == "postgres" {
            let mut own = test.db.read().await.expect("a reader");
            let tx = &mut own;
            let (together,): (i64,) = fetch_one!(tx, (i64,), "select count(distinct under) from marks").expect("a count");
            assert!(together < i64::try_from(expected.len()).expect("few"), "{together} transactions");
        }
    }
}

#[tokio::test]
async fn who_gives_up_takes_back_itself_and_its_revision_first_last_or_in_between() {
    for test in prepared().await {
        // Every way in which four in a row end: whether each commits.
        for ends in 0..16_i64 {
            let (here, there) = (revision(&test.db, HERE).await, revision(&test.db, THERE).await);
            let before = test.db.write(HERE).await.expect("a turn");
            let mut writers = JoinSet::new();
            for n in 0..4_i64 {
                let db = test.db.clone();
                let partnership = if n % 2 == 0 { HERE } else { THERE };
                writers.spawn(async move {
                    let mut tx = db.write(partnership).await.expect("a turn");
                    mark(&mut tx, ends * 10 + n).await.expect("a mark");
                    if ends >> n & 1 == 1 {
                        tx.commit().await.expect("committed");
                    }
                });
                tokio::task::yield_now().await;
            }
            drop(before);
            while let Some(done) = writers.join_next().await {
                done.expect("no writer failed");
            }
            let found: Vec<i64> = marks(&test.db).await.into_iter().filter(|mark| mark / 10 == ends).map(|mark| mark % 10).collect();
            let expected: Vec<i64> = (0..4).filter(|n| ends >> n & 1 == 1).collect();
            assert_eq!(found, expected, "{}", test.name);
            let raised = (revision(&test.db, HERE).await > here, revision(&test.db, THERE).await > there);
            assert_eq!(raised, (ends & 0b0101 != 0, ends & 0b1010 != 0), "{}: who wrote raised, {ends:b}", test.name);
        }
    }
}

#[tokio::test]
async fn what_is_ready_is_committed_also_when_nobody_waits_for_it_any_more() {
    for test in prepared().await {
        let first = test.db.write(HERE).await.expect("a turn");
        let mut writers = JoinSet::new();
        for n in 0..3_i64 {
            writers.spawn(marks_in_turn(&test.db, n));
        }
        let last = tokio::spawn(stays(&test.db));
        tokio::task::yield_now().await;
        drop(first);
        // The three are ready and wait for the fourth, who is stopped; and so are they.
        sleep(Duration::from_millis(200)).await;
        writers.abort_all();
        while writers.join_next().await.is_some() {}
        last.abort();
        let _ = last.await;
        let everybody = timeout(LONG, async {
            while marks(&test.db).await.len() < 3 {
                sleep(Duration::from_millis(5)).await;
            }
        });
        everybody.await.unwrap_or_else(|_| panic!("{}: committed", test.name));
        let tx = timeout(LONG, test.db.write(HERE)).await.expect("nobody is in the way").expect("a turn");
        tx.commit().await.expect("committed");
    }
}

#[tokio::test]
async fn nobody_who_is_ready_waits_for_what_takes_long() {
    for test in prepared().await {
        let first = test.db.write(HERE).await.expect("a turn");
        let ready = tokio::spawn(marks_in_turn(&test.db, 1));
        tokio::task::yield_now().await;
        let db = test.db.clone();
        let long = tokio::spawn(async move {
            let mut tx = db.write_much(HERE).await.expect("a turn");
            mark(&mut tx, 2).await.expect("a mark");
            sleep(LONG).await;
            tx.commit().await.expect("committed");
        });
        tokio::task::yield_now().await;
        drop(first);
        timeout(LONG / 2, ready).await.unwrap_or_else(|_| panic!("{}: it is told", test.name)).expect("no writer failed");
        assert_eq!(marks(&test.db).await, BTreeSet::from([1]), "{}", test.name);
        long.abort();
        let _ = long.await;
        timeout(LONG, marks_in_turn(&test.db, 3)).await.expect("nobody is in the way");
        assert_eq!(marks(&test.db).await, BTreeSet::from([1, 3]), "{}", test.name);
    }
}

#[tokio::test]
async fn when_the_engine_cannot_commit_everybody_of_the_group_hears_it_and_the_next_can_write() {
    for test in prepared().await {
        let first = test.db.write(HERE).await.expect("a turn");
        let mut writers = JoinSet::new();
        for n in 0..4_i64 {
            let db = test.db.clone();
            writers.spawn(async move {
                let mut tx = db.write(HERE).await.expect("a turn");
                mark(&mut tx, n).await.expect("a mark");
                if n == 2 {
                    break_at_commit(&mut tx).await;
                }
                tx.commit().await.is_ok()
            });
            tokio::task::yield_now().await;
        }
        drop(first);
        let mut told = 0;
        while let Some(done) = timeout(LONG, writers.join_next()).await.expect("everybody hears") {
            told += i32::from(done.unwrap_or(false));
        }
        // Who came after the broken one may have begun anew.
        let kept = marks(&test.db).await;
        assert_eq!(usize::try_from(told).expect("a count"), kept.len(), "{}: {kept:?}", test.name);
        assert!(kept.is_subset(&BTreeSet::from([3])), "{}: {kept:?}", test.name);
        timeout(LONG, marks_in_turn(&test.db, 9)).await.expect("nobody is in the way");
        assert!(marks(&test.db).await.contains(&9), "{}", test.name);
    }
}

#[tokio::test]
async fn who_is_ready_is_not_hurt_by_a_refusal_that_nobody_waited_for() {
    for test in prepared().await {
        if test.name == "sqlite" {
            continue;
        }
        let first = test.db.write(HERE).await.expect("a turn");
        let ready = tokio::spawn(marks_in_turn(&test.db, 1));
        tokio::task::yield_now().await;
        let db = test.db.clone();
        let slow = tokio::spawn(async move {
            let mut own = db.write(HERE).await.expect("a turn");
            let tx = &mut own;
            execute!(tx, "insert into marks (mark, under) select 1, '' from pg_sleep(1)").expect_err("it is there already");
        });
        tokio::task::yield_now().await;
        drop(first);
        sleep(Duration::from_millis(300)).await;
        slow.abort();
        let _ = slow.await;
        timeout(LONG, ready).await.expect("it is told").expect("no writer failed");
        assert_eq!(marks(&test.db).await, BTreeSet::from([1]));
        marks_in_turn(&test.db, 2).await;
    }
}

#[tokio::test]
async fn a_full_disk_ends_with_the_disk_and_not_with_the_server() {
    let test = prepared().await.remove(0);
    let mut own = test.db.write(HERE).await.expect("a turn");
    let tx = &mut own;
    let (pages,): (i64,) = fetch_one!(tx, (i64,), "select page_count from pragma_page_count").expect("a number");
    let full = format!("pragma max_page_count = {pages}");
    execute!(tx, sqlx::AssertSqlSafe(full)).expect("a disk that is full");
    let refused = execute!(tx, "insert into marks (mark, under) values (1, $1)", "x".repeat(100_000));
    assert!(refused.is_err());
    assert!(own.commit().await.is_err());
    // The limit was that connection's: there is room again.
    for n in 2..5 {
        timeout(LONG, marks_in_turn(&test.db, n)).await.expect("nobody is in the way");
    }
    assert_eq!(marks(&test.db).await, BTreeSet::from([2, 3, 4]));
}

#[tokio::test]
async fn what_was_committed_is_told_also_when_nobody_waits_for_it_any_more() {
    for test in prepared().await {
        let pot = app::db::Change::Pot(HERE, WijkpotId(Uuid::from_u128(9)));
        let mut heard = test.db.changes();
        if test.name == "postgres" {
            // Until its line is there.
            assert_eq!(timeout(LONG, heard.recv()).await.expect("in time").expect("heard"), app::db::Change::Anything);
        }
        let first = test.db.write(HERE).await.expect("a turn");
        let db = test.db.clone();
        let ready = tokio::spawn(async move {
            let mut tx = db.write(HERE).await.expect("a turn");
            tx.tell(pot).await.expect("said");
            mark(&mut tx, 1).await.expect("a mark");
            tx.commit().await.expect("committed");
        });
        tokio::task::yield_now().await;
        let last = tokio::spawn(stays(&test.db));
        tokio::task::yield_now().await;
        drop(first);
        sleep(Duration::from_millis(200)).await;
        ready.abort();
        last.abort();
        assert_eq!(timeout(LONG, heard.recv()).await.expect("in time").expect("heard"), pot, "{}", test.name);
        assert_eq!(marks(&test.db).await, BTreeSet::from([1]), "{}: what is told is committed", test.name);
    }
}

#[tokio::test]
async fn an_engine_that_does_not_end_a_commit_is_waited_for_some_seconds_and_not_for_ever() {
    let Some(test) = prepared().await.into_iter().find(|test| test.db.engine() == Engine::Postgres) else { return };
    let mut own = test.db.write_unscoped().await.expect("a writer");
    let tx = &mut own;
    for statement in [
        "create function sleeps() returns trigger language plpgsql as $$ begin perform pg_sleep(3600); return null; end $$",
        "create constraint trigger sleeps after insert on marks deferrable initially deferred
         for each row when (new.mark = 1) execute function sleeps()",
    ] {
        execute!(tx, statement).expect("a commit that hangs");
    }
    own.commit().await.expect("committed");

    // Of no other story: this lock is the whole server's.
    let alone = PartnershipId(Uuid::now_v7());
    let mut own = test.db.write(alone).await.expect("a turn");
    let tx = &mut own;
    let (hangs,) = fetch_one!(tx, (i32,), "select pg_backend_pid()").expect("a number");
    mark(&mut own, 1).await.expect("a mark");
    let commit = tokio::spawn(own.commit());
    timeout(LONG, async {
        let mut other = test.db.write(PartnershipId(Uuid::now_v7())).await.expect("a turn elsewhere");
        mark(&mut other, 3).await.expect("a mark");
        other.commit().await.expect("others go on");
    })
    .await
    .expect("at once");
    assert!(timeout(LONG * 2, commit).await.expect("an answer").expect("no panic").is_err(), "nobody is told that it was done");
    // The engine holds the lock as long as it hangs: who comes next hears that it is busy.
    let next = timeout(LONG * 2, test.db.write(alone)).await.expect("an answer");
    assert!(next.is_err_and(|error| is_busy(&error)));

    let mut own = test.db.write_unscoped().await.expect("a writer");
    let tx = &mut own;
    execute!(tx, "select pg_terminate_backend($1)", hangs).expect("ended");
    own.commit().await.expect("committed");
    let mut next = timeout(LONG, test.db.write(alone)).await.expect("at once").expect("the turn is free");
    mark(&mut next, 2).await.expect("a mark");
    next.commit().await.expect("committed");
    assert_eq!(marks(&test.db).await, BTreeSet::from([2, 3]));
}

/// Something that only the end of the transaction finds: a missing person, or that the line is gone.
async fn break_at_commit(tx: &mut Tx) {
    if tx.engine() == Engine::Sqlite {
        execute!(tx, "pragma defer_foreign_keys = on").expect("switched");
        execute!(tx, "insert into suppliers (id, partnership_id, name) values ($1, $1, 'Van niemand')", Uuid::now_v7())
            .expect("not looked at yet");
    } else {
        let _ = execute!(tx, "select pg_terminate_backend(pg_backend_pid())");
    }
}
