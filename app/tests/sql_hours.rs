//! Stories of the ledger, on both engines.

mod support;

use app::{
    AppError,
    db::{Db, Tx},
    execute, fetch_all, fetch_one,
    hours::{sql, verbs},
    organisations,
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, SchoolId, SupplierId,
    hours::{AccountKey, Bucket, Claim, Decided, Holder, Month, PostingKind, SchoolYear, Transfer},
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
        for statement in [
            "update postings set minutes = 15",
            "delete from postings",
            "delete from accounts",
            "update ledger_heads set hash = 'f'",
            "update ledger_heads set seq = 1",
            "delete from ledger_heads",
        ] {
            let mut own = test.db.write(world.partnership).await.expect("a writer");
            let tx = &mut own;
            let done = execute!(tx, statement);
            assert!(done.is_err(), "{}: {statement}", test.name);
        }
        let mut own = test.db.write(world.partnership).await.expect("a writer");
        let tx = &mut own;
        let (from, to): (Uuid, Uuid) =
            fetch_one!(tx, (Uuid, Uuid), "select from_account, to_account from postings where kind = 'division' limit 1")
                .expect("a posting");
        let (gives, other) = ((from, to, "division"), (to, from, "reduction"));
        let overdraw = raw(tx, world.partnership.0, [gives, gives]).await;
        assert!(overdraw.is_err(), "{}: an account below zero", test.name);
        drop(own);
        let mut own = test.db.write(world.partnership).await.expect("a writer");
        raw(&mut own, world.partnership.0, [other, gives]).await.expect("enough the other way");
    }
}

/// Two postings in one statement at the end of the chain, past every rule of ours.
async fn raw(tx: &mut Tx, partnership: Uuid, postings: [(Uuid, Uuid, &str); 2]) -> app::db::Result<()> {
    let (seq, hash) = sql::ledger_head(tx, partnership.into()).await?.unwrap_or_default();
    raw_at(tx, partnership, postings, [seq + 1, seq + 2], [&hash, &"1".repeat(64)]).await
}

/// The same at any place, after any others. The first has the hash of ones.
async fn raw_at(
    tx: &mut Tx,
    partnership: Uuid,
    postings: [(Uuid, Uuid, &str); 2],
    seqs: [i64; 2],
    after: [&str; 2],
) -> app::db::Result<()> {
    let [(one_from, one_to, one_kind), (two_from, two_to, two_kind)] = postings;
    execute!(
        tx,
        "insert into postings (id, partnership_id, seq, from_account, to_account, minutes, kind, reason, posted_at, idempotency_key, previous_hash, hash)
         values ($1, $3, $11, $4, $5, 15, $8, '', $10, 'one', $13, $15), ($2, $3, $12, $6, $7, 15, $9, '', $10, 'two', $14, $16)",
        Uuid::now_v7(),
        Uuid::now_v7(),
        partnership,
        one_from,
        one_to,
        two_from,
        two_to,
        one_kind,
        two_kind,
        noon(),
        seqs[0],
        seqs[1],
        after[0],
        after[1],
        "1".repeat(64),
        "2".repeat(64)
    )
    .map(drop)
}

#[tokio::test]
async fn a_posting_follows_the_last_one_of_its_partnership_or_the_database_refuses_it() {
    for test in databases().await {
        let world = world(&test.db).await;
        world.post(&test.db, &[world.allot(4), world.divide(2)], "year").await.expect("posted");
        let mut own = test.db.write(world.partnership).await.expect("a writer");
        let tx = &mut own;
        let text = "select from_account, to_account from postings where partnership_id = $1 and kind = 'division'";
        let (board, school): (Uuid, Uuid) = fetch_one!(tx, (Uuid, Uuid), text, world.partnership.0).expect("a posting");
        let (seq, end) = sql::ledger_head(tx, world.partnership).await.expect("asked").expect("an end");
        drop(own);
        let gives = [(board, school, "division"); 2];
        let (ones, zeros) = ("1".repeat(64), "0".repeat(64));
        for (seqs, after, is_taken) in [
            ([seq + 1, seq + 2], [end.as_str(), &ones], true),
            ([seq + 2, seq + 3], [&end, &ones], false),
            ([seq + 1, seq + 3], [&end, &ones], false),
            ([seq, seq + 1], [&end, &ones], false),
            ([1, 2], [&zeros, &ones], false),
            ([seq + 1, seq + 2], [&zeros, &ones], false),
            ([seq + 1, seq + 2], [&end, &end], false),
            ([seq + 1, seq + 2], [&ones, &end], false),
        ] {
            let mut own = test.db.write(world.partnership).await.expect("a writer");
            let done = raw_at(&mut own, world.partnership.0, gives, seqs, after).await;
            assert_eq!(done.is_ok(), is_taken, "{}: {seqs:?} after {after:?}: {done:?}", test.name);
            if is_taken {
                let end = sql::ledger_head(&mut own, world.partnership).await.expect("asked");
                assert_eq!(end, Some((seq + 2, "2".repeat(64))), "{}", test.name);
            }
        }
        // Somebody else's chain begins at its own beginning.
        let other = self::world(&test.db).await;
        other.post(&test.db, &[other.allot(1)], "year").await.expect("posted");
    }
}

#[tokio::test]
async fn in_one_statement_too_nobody_gives_what_comes_later_and_nothing_crosses_partnerships() {
    for test in databases().await {
        let (here, there) = (world(&test.db).await, world(&test.db).await);
        for world in [&here, &there] {
            world.post(&test.db, &[world.allot(4)], "year").await.expect("posted");
            world.post(&test.db, &[world.divide(4)], "pass").await.expect("posted");
        }
        let mut own = test.db.write(here.partnership).await.expect("a writer");
        let tx = &mut own;
        let text = "select from_account, to_account from postings where partnership_id = $1 and kind = $2";
        let (contract, board): (Uuid, Uuid) = fetch_one!(tx, (Uuid, Uuid), text, here.partnership.0, "allotment").expect("a posting");
        let (_, school): (Uuid, Uuid) = fetch_one!(tx, (Uuid, Uuid), text, here.partnership.0, "division").expect("a posting");
        let (_, elsewhere): (Uuid, Uuid) = fetch_one!(tx, (Uuid, Uuid), text, there.partnership.0, "allotment").expect("a posting");
        drop(own);
        let (gets, gives) = ((contract, board, "allotment"), (board, school, "division"));
        // Each would hide the other in the sum; a booking's kinds are a booking's.
        let hides = |kind, back| [(school, board, kind), (board, school, back)];
        for (postings, is_taken) in [
            ([gets, gives], true),
            ([gives, gets], false),
            ([gets, (contract, elsewhere, "allotment")], false),
            ([(elsewhere, school, "division"), gets], false),
            ([(school, board, "reduction"), gives], true),
            (hides("bogus", "bogus"), false),
            (hides("use", "return"), false),
            (hides("hold", "return"), false),
            (hides("return", "hold"), false),
        ] {
            let mut own = test.db.write(here.partnership).await.expect("a writer");
            let done = raw(&mut own, here.partnership.0, postings).await;
            assert_eq!(done.is_ok(), is_taken, "{}: {postings:?}: {done:?}", test.name);
        }
    }
}

#[tokio::test]
async fn what_a_booking_holds_is_used_and_given_back_in_one_statement_as_in_three() {
    for test in databases().await {
        let world = world(&test.db).await;
        world.post(&test.db, &[world.allot(2), world.divide(2)], "year").await.expect("posted");
        let bucket = world.school.bucket;
        let booking = AccountKey::new(bucket, Holder::booking(Uuid::now_v7().into()));
        let used = AccountKey::new(bucket, Holder::used(world.school.holder.id.into()));
        let moved = |kind, from, to, minutes| Transfer::new(kind, from, to, Minutes(minutes));
        let all = [
            moved(PostingKind::Hold, world.school, booking, 60),
            moved(PostingKind::Use, booking, used, 45),
            moved(PostingKind::Return, booking, world.school, 15),
        ];
        world.post(&test.db, &all, "visit").await.expect("posted");
        let mut own = test.db.write(world.partnership).await.expect("a writer");
        let line = sql::lines_of(&mut own, world.partnership, SchoolYear(2026), world.school.holder).await.expect("lines")[0].sums;
        assert_eq!((line.used, line.set_aside, line.idle), (45, 0, 75), "{}: {line:?}", test.name);
        let tx = &mut own;
        let text = "select from_account, to_account from postings where partnership_id = $1 and kind = $2";
        let (school, held): (Uuid, Uuid) = fetch_one!(tx, (Uuid, Uuid), text, world.partnership.0, "hold").expect("a posting");
        let (_, worked): (Uuid, Uuid) = fetch_one!(tx, (Uuid, Uuid), text, world.partnership.0, "use").expect("a posting");
        drop(own);
        let (hold, use_) = ((school, held, "hold"), (held, worked, "use"));
        for (postings, is_taken) in [([hold, use_], true), ([use_, hold], false), ([hold, (held, school, "donation")], false)] {
            let mut own = test.db.write(world.partnership).await.expect("a writer");
            let done = raw(&mut own, world.partnership.0, postings).await;
            assert_eq!(done.is_ok(), is_taken, "{}: {postings:?}: {done:?}", test.name);
        }
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

/// The contracts and claims of the golden table (000).
async fn golden(tx: &mut app::db::Tx, partnership: PartnershipId, year: SchoolYear) -> Result<(), AppError> {
    for (name, hours, reserve) in [("Kameleon", 806, 70), ("Mytyl", 1277, 100), ("Driespan", 2393, 200)] {
        let supplier = organisations::sql::put_supplier(tx, partnership, name).await?;
        sql::put_contract(tx, partnership, year, supplier, hours, reserve).await?;
    }
    let because = || Some("zoals gedrukt".to_owned());
    let boards = [
        ("KPO", 2940, None, Some(26).zip(because())),
        ("OBO", 2240, None, Some(21).zip(because())),
        ("Borgesius", 2480, None, None),
        ("De Waarden", 2070, None, None),
        ("SPCO", 230, Some(7), None),
        ("Zilverlinde", 40, Some(5), None),
    ];
    let mut claims = Vec::new();
    for (name, weight, fixed_percent, decided) in boards {
        let board = organisations::sql::put_board(tx, partnership, name).await?;
        let decided = decided.map(|(percent, because)| Decided { percent, because });
        claims.push(Claim { board, name: name.to_owned(), weight, fixed_percent, decided });
    }
    sql::put_claims(tx, partnership, year, &claims).await?;
    Ok(())
}

#[tokio::test]
async fn the_year_of_the_golden_table_is_posted_exactly_and_once() {
    for test in databases().await {
        let world = world(&test.db).await;
        let year = SchoolYear(2016);
        let mut tx = test.db.write(world.partnership).await.expect("a writer");
        golden(&mut tx, world.partnership, year).await.expect("written down");
        let district = organisations::sql::put_district(&mut tx, world.partnership, "Roosendaal").await.expect("a district");
        let wijk = organisations::sql::put_wijk(&mut tx, world.partnership, "Roosendaal", district).await.expect("a wijk");
        let boards = organisations::sql::boards(&mut tx, world.partnership).await.expect("boards");
        let kpo = boards.iter().find(|board| board.name == "KPO").expect("KPO");
        for (n, pupils) in [(0, Some(200)), (1, Some(90)), (2, None)] {
            let facts =
                organisations::sql::SchoolFacts { brin: format!("00AA0{n}"), name: format!("School {n}"), pupils, ..Default::default() };
            let school = organisations::sql::put_school(&mut tx, world.partnership, &facts, wijk).await.expect("a school");
            organisations::sql::set_board(&mut tx, world.partnership, school, kpo.id.into()).await.expect("under a board");
        }
        let outcome = verbs::allot_year(&mut tx, world.partnership, year, None, noon()).await.expect("allotted");
        assert_eq!(outcome.divided, ["KPO"], "{}", test.name);
        let again = verbs::allot_year(&mut tx, world.partnership, year, None, noon()).await.expect("allotted again");
        assert!(again.divided.is_empty() && again.postings == 0, "{}: nothing is divided twice", test.name);
        tx.commit().await.expect("committed");

        let mut tx = test.db.read().await.expect("a reader");
        let tx = &mut tx;
        let rows: Vec<(String, i64)> = fetch_all!(
            tx,
            (String, i64),
            "select s.name, cast(sum(a.balance) as bigint)
             from accounts a
             join suppliers s on s.id = a.supplier_id
             where a.partnership_id = $1 and a.holder_kind in ('board', 'school')
             group by s.name
             order by s.name",
            world.partnership.0
        )
        .expect("sums");
        let hours: Vec<(&str, i64)> = rows.iter().map(|(name, minutes)| (name.as_str(), minutes / 60)).collect();
        assert_eq!(hours, [("Driespan", 2193), ("Kameleon", 736), ("Mytyl", 1177)], "{}", test.name);
        assert!(rows.iter().all(|(_, minutes)| minutes % 60 == 0));
        let kpo_rows: Vec<(String, i64)> = fetch_all!(
            tx,
            (String, i64),
            "select s.name, cast(sum(a.balance) as bigint)
             from accounts a
             join suppliers s on s.id = a.supplier_id
             where a.partnership_id = $1
                 and ((a.holder_kind = 'board' and a.holder_id = $2) or (a.holder_kind = 'school' and a.holder_id in (select id from schools where board_id = $2)))
             group by s.name
             order by s.name",
            world.partnership.0,
            kpo.id
        )
        .expect("sums");
        assert_eq!(
            kpo_rows,
            [("Driespan".to_owned(), 570 * 60), ("Kameleon".to_owned(), 191 * 60), ("Mytyl".to_owned(), 306 * 60)],
            "{}",
            test.name
        );
    }
}

#[tokio::test]
async fn a_year_that_was_divided_is_not_divided_otherwise() {
    for test in databases().await {
        let world = world(&test.db).await;
        let year = SchoolYear(2016);
        let mut tx = test.db.write(world.partnership).await.expect("a writer");
        golden(&mut tx, world.partnership, year).await.expect("written down");
        verbs::allot_year(&mut tx, world.partnership, year, None, noon()).await.expect("allotted");
        let kameleon = organisations::sql::put_supplier(&mut tx, world.partnership, "Kameleon").await.expect("a supplier");
        sql::put_contract(&mut tx, world.partnership, year, kameleon, 900, 70).await.expect("another contract");
        let refused = verbs::allot_year(&mut tx, world.partnership, year, None, noon()).await;
        assert!(matches!(&refused, Err(AppError::Refused(refusal)) if refusal.code == "allotment_differs"), "{}: {refused:?}", test.name);
    }
}
