//! Stories of the ledger, on both engines.

mod support;

use app::{AppError, db::Db, execute, fetch_all, fetch_one, hours::sql, organisations};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, SchoolId, SupplierId,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
};
use support::databases;
use uuid::Uuid;

fn noon() -> DateTime<Utc> {
    "2026-11-17T12:00:00Z".parse().expect("an instant")
}

struct World {
    partnership: PartnershipId,
    supplier: SupplierId,
    board: AccountKey,
    school: AccountKey,
    contract: AccountKey,
}

async fn world(db: &Db) -> World {
    let mut tx = db.write_unscoped().await.expect("a writer");
    let code = format!("P{}", &Uuid::now_v7().simple().to_string()[20..]);
    let partnership = organisations::sql::put_partnership(&mut tx, &code, Some("Vlietland"), noon()).await.expect("a partnership");
    let supplier = organisations::sql::put_supplier(&mut tx, partnership, "De Wissel").await.expect("a supplier");
    let board = organisations::sql::put_board(&mut tx, partnership, "Klaverblad").await.expect("a board");
    tx.commit().await.expect("committed");
    let month = Bucket::of_month(supplier, Month::new(2026, 11).expect("a month"));
    World {
        partnership,
        supplier,
        board: AccountKey::new(month, Holder::board(board)),
        school: AccountKey::new(month, Holder::school(SchoolId(Uuid::now_v7()))),
        contract: AccountKey::new(month, Holder::contract(supplier)),
    }
}

impl World {
    fn allot(&self, hours: i64) -> Transfer {
        Transfer::new(PostingKind::Allotment, self.contract, self.board, Minutes::hours(hours))
    }

    fn divide(&self, hours: i64) -> Transfer {
        Transfer::new(PostingKind::Division, self.board, self.school, Minutes::hours(hours))
    }

    async fn post(&self, db: &Db, transfers: &[Transfer], key: &str) -> Result<usize, AppError> {
        let mut tx = db.write(self.partnership).await?;
        let ids = sql::post(&mut tx, self.partnership, transfers, None, noon(), key).await?;
        tx.commit().await?;
        Ok(ids.len())
    }

    async fn balance(&self, db: &Db, key: &AccountKey) -> Minutes {
        let mut tx = db.read().await.expect("a reader");
        sql::balance(&mut tx, self.partnership, key).await.expect("a balance")
    }
}

fn code(result: &Result<usize, AppError>) -> &str {
    match result {
        Err(AppError::Refused(refusal)) => &refusal.code,
        Err(_) => "other",
        Ok(_) => "ok",
    }
}

#[tokio::test]
async fn the_last_hour_can_be_passed_on_and_not_a_minute_more() {
    for test in databases().await {
        let world = world(&test.db).await;
        assert_eq!(world.post(&test.db, &[world.allot(2), world.divide(2)], "year").await.ok(), Some(2), "{}", test.name);
        let more = world.post(&test.db, &[world.divide(1)], "more").await;
        assert_eq!(code(&more), "too_few_hours", "{}", test.name);
        assert_eq!(world.balance(&test.db, &world.school).await, Minutes::hours(2), "{}", test.name);
        assert_eq!(world.balance(&test.db, &world.board).await, Minutes::ZERO, "{}", test.name);
        assert_eq!(world.balance(&test.db, &world.contract).await, Minutes::hours(-2), "{}", test.name);
    }
}

#[tokio::test]
async fn the_same_key_posts_once_and_another_content_is_refused() {
    for test in databases().await {
        let world = world(&test.db).await;
        let first = [world.allot(2), world.divide(1)];
        assert_eq!(world.post(&test.db, &first, "k").await.ok(), Some(2), "{}", test.name);
        assert_eq!(world.post(&test.db, &first, "k").await.ok(), Some(2), "{}", test.name);
        assert_eq!(code(&world.post(&test.db, &[world.allot(2), world.divide(2)], "k").await), "idempotency_conflict", "{}", test.name);
        assert_eq!(code(&world.post(&test.db, &[world.allot(2)], "k").await), "idempotency_conflict", "{}", test.name);
        assert_eq!(world.balance(&test.db, &world.school).await, Minutes::hours(1), "{}", test.name);
    }
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_remove_a_posting_or_to_overdraw() {
    for test in databases().await {
        let world = world(&test.db).await;
        world.post(&test.db, &[world.allot(2), world.divide(2)], "k").await.expect("posted");
        for statement in ["update postings set minutes = 15", "delete from postings", "delete from accounts"] {
            let mut tx = test.db.write(world.partnership).await.expect("a writer");
            let tx = &mut tx;
            let done = match statement {
                "update postings set minutes = 15" => execute!(tx, "update postings set minutes = 15"),
                "delete from postings" => execute!(tx, "delete from postings"),
                _ => execute!(tx, "delete from accounts"),
            };
            assert!(done.is_err(), "{}: {statement}", test.name);
        }
        let mut tx = test.db.write(world.partnership).await.expect("a writer");
        let tx = &mut tx;
        let (from, to): (Uuid, Uuid) =
            fetch_one!(tx, (Uuid, Uuid), "select from_account, to_account from postings where kind = 'division' limit 1")
                .expect("a posting");
        let zeros = "0".repeat(64);
        let overdraw = execute!(
            tx,
            "insert into postings (id, partnership_id, seq, from_account, to_account, minutes, kind, reason, posted_at, idempotency_key, previous_hash, hash)
             values ($1, $2, 99, $3, $4, 15, 'division', '', $5, 'raw', $6, $7)",
            Uuid::now_v7(),
            world.partnership.0,
            from,
            to,
            noon(),
            &zeros,
            &zeros
        );
        assert!(overdraw.is_err(), "{}: an account below zero", test.name);
    }
}

#[tokio::test]
async fn of_many_who_spend_the_last_hours_at_once_exactly_enough_succeed() {
    for test in databases().await {
        let world = std::sync::Arc::new(world(&test.db).await);
        world.post(&test.db, &[world.allot(4)], "year").await.expect("posted");
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..50 {
            let (world, db) = (world.clone(), test.db.clone());
            tasks.spawn(async move { world.post(&db, &[world.divide(1)], &format!("spend{n}")).await });
        }
        let all = tasks.join_all().await;
        assert_eq!(all.iter().filter(|result| result.is_ok()).count(), 4, "{}", test.name);
        assert!(all.iter().all(|result| matches!(code(result), "ok" | "too_few_hours")), "{}", test.name);
        let mut tx = test.db.read().await.expect("a reader");
        let tx = &mut tx;
        let rows: Vec<(i64, String, String)> = fetch_all!(
            tx,
            (i64, String, String),
            "select seq, previous_hash, hash from postings where partnership_id = $1 order by seq",
            world.partnership.0
        )
        .expect("postings");
        assert_eq!(rows.len(), 5, "{}", test.name);
        assert!(rows.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0 && pair[0].2 == pair[1].1), "{}: the chain holds", test.name);
        assert_eq!(
            world
                .balance(
                    &test.db,
                    &AccountKey::new(Bucket::of_month(world.supplier, Month::new(2026, 11).expect("a month")), world.school.holder)
                )
                .await,
            Minutes::hours(4)
        );
    }
}
