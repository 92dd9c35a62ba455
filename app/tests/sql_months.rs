//! A month goes by, on both engines: schools hear once what is about to perish, what is left perishes once, booked minutes wait for their
//! record, and whatever happens at the same time the ledger stays sound.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    AppError, bookings,
    db::Db,
    fetch_one, hours, months,
    months::verbs::{Closed, close_month, months_due, send_notices},
    organisations,
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, SchoolId,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
    policy::Setting,
};
use tokio::task::JoinSet;
use uuid::Uuid;
use world::{World, at, code, now, wish, worlds};

fn november() -> Month {
    "2026-11".parse().expect("a month")
}

/// The first minutes of December.
fn december(day: u32) -> DateTime<Utc> {
    at(&format!("2026-12-{day:02}T00:05"))
}

async fn close(db: &Db, partnership: PartnershipId, month: Month, now: DateTime<Utc>) -> Result<Closed, AppError> {
    let mut tx = db.write(partnership).await?;
    let closed = close_month(&mut tx, partnership, month, now).await?;
    tx.commit().await?;
    Ok(closed)
}

async fn due(world: &World, now: DateTime<Utc>) -> Vec<String> {
    let mut tx = world.db.read().await.expect("a reader");
    months_due(&mut tx, world.partnership, now).await.expect("months").iter().map(Month::to_string).collect()
}

async fn postings(world: &World, kind: PostingKind) -> i64 {
    let mut tx = world.db.read().await.expect("a reader");
    let tx = &mut tx;
    let (count,): (i64,) =
        fetch_one!(tx, (i64,), "select count(*) from postings where partnership_id = $1 and kind = $2", world.partnership.0, kind.code())
            .expect("a count");
    count
}

/// What perished of the school and of the board.
async fn perished(world: &World) -> (i64, i64) {
    let (school, board) = (Holder::school(world.school).expired(), Holder::board(world.board).expired());
    (world.holds(school).await, world.holds(board).await)
}

#[tokio::test]
async fn what_is_left_perishes_with_its_month_and_only_once() {
    for (world, _test) in worlds().await {
        let early = close(&world.db, world.partnership, november(), at("2026-11-30T23:59")).await;
        assert_eq!(code(&early), "month_runs", "{}", world.name);
        assert_eq!(perished(&world).await, (0, 0), "{}", world.name);

        let closed = close(&world.db, world.partnership, november(), december(1)).await.expect("closed");
        assert_eq!((closed.minutes(), closed.accounts), (Minutes::hours(7), 2), "{}", world.name);
        assert_eq!(perished(&world).await, (300, 120), "{}", world.name);
        assert_eq!(world.holds(Holder::school(world.school)).await, 0, "{}", world.name);

        let again = close(&world.db, world.partnership, november(), december(2)).await.expect("nothing to do");
        assert_eq!((again.minutes(), again.accounts), (Minutes::ZERO, 0), "{}", world.name);
        assert_eq!(postings(&world, PostingKind::Expiry).await, 2, "{}", world.name);
        assert!(!due(&world, december(2)).await.contains(&"2026-11".to_owned()), "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn what_a_correction_brings_into_a_closed_month_perishes_with_the_next_time() {
    for (world, _test) in worlds().await {
        close(&world.db, world.partnership, november(), december(1)).await.expect("closed");
        let bucket = Bucket::of_month(world.supplier, november());
        let school = Holder::school(world.school);
        let expiry = Transfer::new(
            PostingKind::Expiry,
            AccountKey::new(bucket, school),
            AccountKey::new(bucket, school.expired()),
            Minutes::hours(5),
        );
        let (posting,): (Uuid,) = {
            let mut tx = world.db.read().await.expect("a reader");
            let tx = &mut tx;
            let account = "select p.id from postings p join accounts a on a.id = p.from_account
                           where p.partnership_id = $1 and p.kind = 'expiry' and a.holder_kind = 'school'";
            fetch_one!(tx, (Uuid,), account, world.partnership.0).expect("the posting")
        };
        let back = expiry.reversed(posting.into(), "Verkeerd geboekt").expect("a mirror");
        world
            .change(async |tx| {
                hours::sql::post(tx, world.partnership, &[back], Some(world.coordinator), december(3), "mirror").await.expect("posted");
            })
            .await;
        world.is_sound().await;
        assert_eq!(due(&world, december(3)).await.last().map(String::as_str), Some("2026-11"), "{}", world.name);
        let closed = close(&world.db, world.partnership, november(), december(3)).await.expect("closed");
        assert_eq!((closed.minutes(), closed.accounts), (Minutes::hours(5), 1), "{}", world.name);
        assert_eq!(perished(&world).await, (300, 120), "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn booked_minutes_wait_for_their_record_and_no_longer_than_the_policy_says() {
    for (world, _test) in worlds().await {
        let done = world.ask(&wish("2026-11-19T09:00", "60"), "one").await.expect("asked");
        let never = world.ask(&wish("2026-11-19T10:15", "60"), "two").await.expect("asked");
        let unanswered = world.ask(&wish("2026-11-20T09:00", "60"), "three").await.expect("asked");
        world.accept(done).await;
        world.accept(never).await;

        let closed = close(&world.db, world.partnership, november(), december(1)).await.expect("closed");
        assert_eq!((closed.lapsed, closed.waiting), (1, 2), "{}: nobody answered one, two wait", world.name);
        let row = world.row(unanswered).await;
        assert_eq!((row.status.as_str(), row.closed_side.as_deref()), ("cancelled", None), "{}", world.name);
        assert_eq!(row.reason, "Niemand antwoordde voor het einde van november.", "{}", world.name);
        assert_eq!((world.holds(Holder::booking(done)).await, world.holds(Holder::booking(never)).await), (60, 60), "{}", world.name);
        assert_eq!(perished(&world).await, (180, 120), "{}: two hours idle and one never answered", world.name);
        assert!(!due(&world, december(7)).await.contains(&"2026-11".to_owned()), "{}: they wait", world.name);

        world.done(done, 45, december(5)).await.expect("recorded in time");
        assert_eq!(world.holds(Holder::used(world.school)).await, 45, "{}", world.name);
        assert_eq!(perished(&world).await, (195, 120), "{}: the rest of it perished", world.name);

        assert!(due(&world, december(8)).await.contains(&"2026-11".to_owned()), "{}: the wait is over", world.name);
        let closed = close(&world.db, world.partnership, november(), december(8)).await.expect("closed");
        assert_eq!((closed.lapsed, closed.waiting, closed.accounts), (1, 0, 0), "{}", world.name);
        assert_eq!(perished(&world).await, (255, 120), "{}", world.name);
        assert_eq!(code(&world.done(never, 60, december(8)).await), "booking_settled", "{}", world.name);
        assert!(!due(&world, december(9)).await.contains(&"2026-11".to_owned()), "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn what_was_worked_is_used_when_nobody_answered_about_the_rest() {
    for (world, _test) in worlds().await {
        let booking = world.ask(&wish("2026-11-19T09:00", "60"), "one").await.expect("asked");
        world.accept(booking).await;
        let (partnership, by) = (world.partnership, world.specialist_person);
        world
            .change(async |tx| {
                let last_day = at("2026-11-30T16:00");
                bookings::verbs::ask_extra(tx, partnership, by, booking, Minutes(90), last_day).await.expect("asked for more");
            })
            .await;

        let closed = close(&world.db, partnership, november(), december(1)).await.expect("closed");
        let counted = (closed.lapsed, closed.without_extra, closed.waiting);
        assert_eq!(counted, (0, 1, 0), "{}: there is nothing to wait for", world.name);
        let row = world.row(booking).await;
        assert_eq!((row.status.as_str(), row.done_minutes, row.closed_side.as_deref()), ("done", Some(60), None), "{}", world.name);
        assert_eq!(world.holds(Holder::used(world.school)).await, 60, "{}", world.name);
        assert_eq!(perished(&world).await, (240, 120), "{}: only what was idle", world.name);
        let mut tx = world.db.read().await.expect("a reader");
        let tx = &mut tx;
        let (state, by, reason): (String, Option<Uuid>, String) = fetch_one!(
            tx,
            (String, Option<Uuid>, String),
            "select state, decided_by, reason from booking_extras where booking_id = $1",
            booking.0
        )
        .expect("the question");
        assert_eq!((state.as_str(), by, reason.as_str()), ("withdrawn", None, "De maand is voorbij."), "{}", world.name);

        let again = close(&world.db, partnership, november(), december(9)).await.expect("nothing to do");
        assert_eq!((again.lapsed, again.without_extra, again.accounts), (0, 0, 0), "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn the_policy_decides_how_long_booked_minutes_wait() {
    for (world, _test) in worlds().await {
        let booking = world.ask(&wish("2026-11-19T09:00", "60"), "one").await.expect("asked");
        world.accept(booking).await;
        world
            .change(async |tx| {
                let (by, setting) = (world.coordinator, Setting::RecordWaitDays);
                organisations::verbs::set_policy(tx, world.partnership, by, setting, "0", now()).await.expect("chosen");
            })
            .await;
        let closed = close(&world.db, world.partnership, november(), december(1)).await.expect("closed");
        assert_eq!((closed.lapsed, closed.waiting), (1, 0), "{}", world.name);
        assert_eq!(perished(&world).await, (300, 120), "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn two_servers_that_close_the_same_month_close_it_once() {
    for (world, test) in worlds().await {
        let other = Db::open(&test.url).await.expect("a second server");
        let mut servers = JoinSet::new();
        for db in [world.db.clone(), other.clone(), world.db.clone(), other.clone()] {
            let partnership = world.partnership;
            servers.spawn(async move { close(&db, partnership, november(), december(1)).await });
        }
        let closed: Vec<Closed> = servers.join_all().await.into_iter().map(|closed| closed.expect("closed")).collect();
        let with_hours = closed.iter().filter(|closed| closed.accounts > 0).count();
        assert_eq!(with_hours, 1, "{}: {closed:?}", world.name);
        assert_eq!(perished(&world).await, (300, 120), "{}", world.name);
        assert_eq!(postings(&world, PostingKind::Expiry).await, 2, "{}", world.name);
        world.is_sound().await;
        other.close().await;
    }
}

#[tokio::test]
async fn a_month_may_end_while_schools_book_cancel_and_record() {
    for (world, test) in worlds().await {
        let recorded = world.ask(&wish("2026-11-19T09:00", "30"), "recorded").await.expect("asked");
        let cancelled = world.ask(&wish("2026-11-19T10:00", "30"), "cancelled").await.expect("asked");
        world.accept(recorded).await;
        let other = Db::open(&test.url).await.expect("a second server");
        let world = std::sync::Arc::new(world);
        let mut all = JoinSet::new();
        for place in 0..4 {
            let world = world.clone();
            // Some of these come before the closing and are ended by it; the others find nothing to pay with.
            all.spawn(async move {
                let moment = format!("2026-11-20T{:02}:{:02}", 9 + place / 2, 30 * (place % 2));
                let answer = world.ask(&wish(&moment, "30"), &format!("race-{place}")).await;
                assert!(matches!(code(&answer), "ok" | "too_few_hours"), "{}: {}", world.name, code(&answer));
            });
        }
        let asked = world.clone();
        all.spawn(async move { drop(asked.cancel(cancelled, now()).await) });
        let asked = world.clone();
        all.spawn(async move { asked.done(recorded, 30, december(1)).await.expect("recorded in time") });
        for db in [world.db.clone(), other.clone()] {
            let partnership = world.partnership;
            all.spawn(async move {
                close(&db, partnership, november(), december(1)).await.expect("closed");
            });
        }
        while let Some(ended) = all.join_next().await {
            ended.expect("no task fell over");
        }
        world.is_sound().await;
        close(&world.db, world.partnership, november(), december(1)).await.expect("whatever came after");
        assert_eq!(world.holds(Holder::school(world.school)).await, 0, "{}", world.name);
        assert_eq!(world.holds(Holder::used(world.school)).await, 30, "{}", world.name);
        let (school, board) = perished(&world).await;
        assert_eq!(school + board, 420 - 30, "{}", world.name);
        world.is_sound().await;
        other.close().await;
    }
}

#[tokio::test]
async fn every_month_that_was_missed_is_due_and_the_running_one_is_not() {
    for (world, _test) in worlds().await {
        assert_eq!(due(&world, now()).await, ["2026-08", "2026-09", "2026-10"], "{}", world.name);
        let missed = due(&world, at("2027-02-01T00:05")).await;
        assert_eq!(missed, ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01"], "{}", world.name);
        for month in &missed {
            let month = month.parse().expect("a month");
            close(&world.db, world.partnership, month, at("2027-02-01T00:05")).await.expect("closed");
        }
        assert_eq!(due(&world, at("2027-02-01T00:15")).await, Vec::<String>::new(), "{}", world.name);
        assert_eq!(perished(&world).await, (300, 120), "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn a_school_hears_once_a_month_what_is_about_to_perish() {
    for (world, test) in worlds().await {
        let empty = world.other_school("00AP01").await;
        let heard = |school: SchoolId, month: Month| {
            let world = &world;
            async move {
                let mut tx = world.db.read().await.expect("a reader");
                months::sql::notice(&mut tx, world.partnership, school, month).await.expect("a notice")
            }
        };
        assert_eq!(send(&world.db, world.partnership, at("2026-11-14T23:50")).await, 0, "{}: not yet", world.name);
        assert_eq!(heard(world.school, november()).await, None, "{}", world.name);

        let other = Db::open(&test.url).await.expect("a second server");
        let mut servers = JoinSet::new();
        for db in [world.db.clone(), other.clone(), world.db.clone(), other.clone()] {
            let partnership = world.partnership;
            servers.spawn(async move { send(&db, partnership, at("2026-11-15T00:05")).await });
        }
        assert_eq!(servers.join_all().await.iter().sum::<usize>(), 1, "{}: one school, once", world.name);
        assert_eq!(heard(world.school, november()).await, Some(Minutes::hours(5)), "{}", world.name);
        assert_eq!(heard(empty, november()).await, None, "{}: nothing is idle there", world.name);
        assert_eq!(send(&world.db, world.partnership, at("2026-11-29T10:00")).await, 0, "{}", world.name);
        // The next month has nothing to tell, and that is told once as well.
        assert_eq!(send(&world.db, world.partnership, december(20)).await, 0, "{}", world.name);
        other.close().await;
    }
}

async fn send(db: &Db, partnership: PartnershipId, now: DateTime<Utc>) -> usize {
    let mut tx = db.write(partnership).await.expect("a writer");
    let schools = send_notices(&mut tx, partnership, now).await.expect("told");
    tx.commit().await.expect("committed");
    schools
}

#[tokio::test]
async fn a_large_month_closes_in_batches_that_hang_together() {
    for (world, _test) in worlds().await {
        let bucket = Bucket::of_month(world.supplier, november());
        let contract = AccountKey::new(bucket, Holder::contract(world.supplier));
        let board = AccountKey::new(bucket, Holder::board(world.board));
        let schools: Vec<Holder> = (0..1_100_u128).map(|n| Holder::school(SchoolId(Uuid::from_u128(n + 1)))).collect();
        let mut transfers = vec![Transfer::new(PostingKind::Allotment, contract, board, Minutes(15 * 1_100))];
        transfers.extend(
            schools.iter().map(|school| Transfer::new(PostingKind::Division, board, AccountKey::new(bucket, *school), Minutes(15))),
        );
        world
            .change(async |tx| {
                app::execute!(tx, "update contracts set contract_minutes = 420 + 16500 where partnership_id = $1", world.partnership.0)
                    .expect("a larger contract");
                hours::sql::post(tx, world.partnership, &transfers, None, now(), "large").await.expect("posted");
                let again = hours::sql::post(tx, world.partnership, &transfers, None, now(), "large").await.expect("posted before");
                assert_eq!(again.len(), 1_101);
            })
            .await;
        let started = std::time::Instant::now();
        let closed = close(&world.db, world.partnership, november(), december(1)).await.expect("closed");
        eprintln!("{}: {} accounts in {:?}", world.name, closed.accounts, started.elapsed());
        assert_eq!((closed.accounts, closed.minutes()), (1_102, Minutes(420 + 16_500)), "{}", world.name);
        world.is_sound().await;
    }
}
