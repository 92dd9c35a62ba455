//! The demo: complete, told once, the same for the same now, sound in its ledger, and possible on any day of the year.

mod support;

use app::{
    bookings,
    db::{Db, Tx},
    experts, fetch_all, fetch_one, hours, organisations, people,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AccountId, BookingId, Minutes, PartnershipId, SpecialistId, SupplierId,
    availability::quarters,
    bookings::BookingState,
    experts::{Proof, ProofState},
    hours::{
        AccountKey, Bucket, Holder, HolderKind, Month, SchoolYear,
        checks::{self, AccountRow, BookingRow, ContractRow, PostingRow, QuarterRow, Violation},
    },
    people::{Role, Scope},
    time,
};
use server::seed::{SeedReport, cast, roster::ROSTER, seed};
use std::collections::{HashMap, HashSet};
use support::{TestDb, databases, sqlite};
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// A Tuesday in November, just after lunch: the day of the look's pictures.
fn tuesday() -> DateTime<Utc> {
    at("2026-11-17T13:10:00Z")
}

async fn told(db: &Db, now: DateTime<Utc>) -> SeedReport {
    seed(db, now, &|_| {}).await.expect("the story breaks no rule")
}

#[tokio::test]
async fn the_demo_keeps_every_promise_on_both_engines() {
    let first = sqlite().await;
    told(&first.db, tuesday()).await;
    let expected = seen(&first.db).await;
    for test in databases().await {
        let started = std::time::Instant::now();
        let report = told(&test.db, tuesday()).await;
        eprintln!("{}: {:.1} s, {report:?}", test.name, started.elapsed().as_secs_f64());
        the_demo_has_everything_that_was_promised(&test, &report).await;
        the_same_now_tells_the_same_story_on_every_database(&test, &expected).await;
        every_role_can_be_tried_and_only_the_cast_has_the_demos_address(&test).await;
        every_expertise_has_somebody_with_a_proof_that_counts_and_three_proofs_need_attention(&test).await;
        fenna_can_book_three_hours_at_every_large_supplier_and_a_median_school_two(&test).await;
        nothing_is_told_of_after_now_and_the_past_is_settled(&test).await;
        the_ledger_of_the_demo_is_sound(&test).await;
        telling_twice_is_telling_once(&test).await;
    }
}

async fn partnership(tx: &mut Tx) -> PartnershipId {
    organisations::sql::partnership(tx, "VLIET").await.expect("an answer").expect("the demo").id.into()
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    let mut tx = db.read().await.expect("a reader");
    let tx = &mut tx;
    let (count,): (i64,) = fetch_one!(tx, (i64,), sql).expect("a number");
    count
}

async fn the_demo_has_everything_that_was_promised(test: &TestDb, report: &SeedReport) {
    assert!(report.is_new);
    assert_eq!((report.schools, report.boards, report.specialists), (74, 8, 45), "{}", test.name);
    let rows = [
        ("select count(*) from schools where board_id is not null", 74),
        ("select count(*) from boards", 8),
        ("select count(*) from districts", 4),
        ("select count(*) from wijken", 10),
        ("select count(*) from suppliers", 4),
        ("select count(*) from specialists", 45),
        ("select count(*) from contracts", 4),
        ("select count(*) from people where password_hash is not null", 0),
        ("select count(distinct brin) from schools where length(brin) = 6", 74),
    ];
    for (sql, wanted) in rows {
        assert_eq!(count(&test.db, sql).await, wanted, "{}: {sql}", test.name);
    }
    assert!(count(&test.db, "select count(*) from expertises").await >= 30);
    assert!(count(&test.db, "select count(*) from availability_exceptions").await >= 10);
    let of_pots =
        "select count(*) from postings p join accounts a on a.id = p.from_account where a.holder_kind = 'wijkpot' and p.kind = 'hold'";
    assert!(count(&test.db, of_pots).await >= 4, "{}: pots pay for visits", test.name);
    assert!(count(&test.db, "select count(*) from draws where state = 'granted'").await >= 4, "{}: draws are granted", test.name);
    let bookings = count(&test.db, "select count(*) from bookings").await;
    assert!((220..=290).contains(&bookings), "{}: {bookings} bookings", test.name);
    for state in BookingState::ALL {
        let mut tx = test.db.read().await.expect("a reader");
        let tx = &mut tx;
        let (many,): (i64,) = fetch_one!(tx, (i64,), "select count(*) from bookings where status = $1", state.code()).expect("a number");
        eprintln!("{}: {many} {}", test.name, state.code());
        assert!(many > 0, "{}: no booking is {}", test.name, state.code());
    }
    let (now, tx) = (tuesday(), &mut test.db.read().await.expect("a reader"));
    let (ahead,): (i64,) =
        fetch_one!(tx, (i64,), "select count(*) from bookings where starts_at > $1 and status in ('asked', 'accepted')", now)
            .expect("a number");
    eprintln!("{}: {ahead} ahead", test.name);
    assert!(ahead >= 40, "{}: {ahead} ahead", test.name);
}

async fn telling_twice_is_telling_once(test: &TestDb) {
    let before = count(&test.db, "select count(*) from postings").await;
    let again = told(&test.db, at("2026-12-01T09:00:00Z")).await;
    assert_eq!(again, SeedReport::default(), "{}", test.name);
    assert_eq!(count(&test.db, "select count(*) from postings").await, before, "{}", test.name);
    assert_eq!(count(&test.db, "select count(*) from partnerships").await, 1, "{}", test.name);
}

/// Everything one could see, without ids.
async fn seen(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.expect("a reader");
    let tx = &mut tx;
    let people: Vec<(String, String)> = fetch_all!(tx, (String, String), "select name, email from people order by email").expect("people");
    let bookings: Vec<(i64, String, String, DateTime<Utc>, i64, String)> = fetch_all!(
        tx,
        (i64, String, String, DateTime<Utc>, i64, String),
        "select b.number, s.brin, p.name, b.starts_at, b.minutes, b.status
         from bookings b
         join schools s on s.id = b.school_id
         join specialists x on x.id = b.specialist_id
         join people p on p.id = x.person_id
         order by b.number"
    )
    .expect("bookings");
    let hours: Vec<(String, String, String, i64)> = fetch_all!(
        tx,
        (String, String, String, i64),
        "select s.brin, u.name, a.month, a.balance
         from accounts a
         join schools s on s.id = a.holder_id
         join suppliers u on u.id = a.supplier_id
         where a.holder_kind = 'school'
         order by s.brin, u.name, a.month"
    )
    .expect("hours");
    let told = people.into_iter().map(|row| format!("{row:?}"));
    told.chain(bookings.into_iter().map(|row| format!("{row:?}"))).chain(hours.into_iter().map(|row| format!("{row:?}"))).collect()
}

async fn the_same_now_tells_the_same_story_on_every_database(test: &TestDb, expected: &[String]) {
    assert!(expected.len() > 3_000);
    let told = seen(&test.db).await;
    assert_eq!(expected.len(), told.len(), "{}", test.name);
    for (one, other) in expected.iter().zip(told) {
        assert_eq!(*one, other, "{}", test.name);
    }
}

async fn every_role_can_be_tried_and_only_the_cast_has_the_demos_address(test: &TestDb) {
    let mut tx = test.db.read().await.expect("a reader");
    let rows = people::sql::cast(&mut tx).await.expect("the cast");
    let roles: HashSet<Role> = rows.iter().filter_map(|row| Role::from_code(&row.role)).collect();
    assert_eq!(roles.len(), Role::ALL.len(), "{}", test.name);
    assert_eq!(rows.len(), cast::CAST.len(), "{}", test.name);
    let fenna = rows.iter().find(|row| row.name == cast::FENNA).expect("Fenna");
    assert_eq!((fenna.role.as_str(), fenna.place.as_str()), ("coordinator", "De Meerpaal"));
    drop(tx);
    let others = "select count(*) from people where email not like '%@wijkpot.example' and email not like '%@vlietland.example'";
    assert_eq!(count(&test.db, others).await, 0, "{}", test.name);
}

async fn every_expertise_has_somebody_with_a_proof_that_counts_and_three_proofs_need_attention(test: &TestDb) {
    let mut tx = test.db.read().await.expect("a reader");
    let partnership = partnership(&mut tx).await;
    let skills = experts::sql::expertises_of(&mut tx, partnership, None).await.expect("skills");
    let today = time::local_date(tuesday());
    let state = |row: &experts::sql::ExpertiseRow| Proof { name: row.proof.clone(), until: row.proof_until }.state(today);
    for expertise in experts::sql::taxonomy(&mut tx, partnership).await.expect("the taxonomy") {
        let counts = |row: &&experts::sql::ExpertiseRow| row.expertise_id == expertise.id && state(row) != ProofState::Lapsed;
        assert!(skills.iter().any(|row| counts(&row)), "{}: nobody for {}", test.name, expertise.name);
    }
    assert_eq!(skills.iter().filter(|row| state(row) == ProofState::Lapsed).count(), 1);
    assert_eq!(skills.iter().filter(|row| matches!(state(row), ProofState::ExpiresSoon { .. })).count(), 2);
    assert_eq!(skills.len(), ROSTER.iter().map(|expert| expert.skills.len()).sum::<usize>());
}

async fn fenna_can_book_three_hours_at_every_large_supplier_and_a_median_school_two(test: &TestDb) {
    let mut tx = test.db.read().await.expect("a reader");
    let partnership = partnership(&mut tx).await;
    let schools = organisations::sql::schools(&mut tx, partnership).await.expect("schools");
    let meerpaal = schools.iter().find(|school| school.name == cast::MEERPAAL).expect("De Meerpaal");
    let payer = hours::sql::payer(&mut tx, partnership, meerpaal.id.into()).await.expect("a payer").expect("De Meerpaal");
    for month in ["2026-11", "2026-12"].map(|month| month.parse::<Month>().expect("a month")) {
        let left = hours::sql::spendable(&mut tx, partnership, &payer, month).await.expect("hours");
        let large = left.values().filter(|left| left.own >= Minutes::hours(3)).count();
        assert!(large >= 3, "{}: {month} {left:?}", test.name);
    }
    let month = "2027-03".parse::<Month>().expect("a month");
    let suppliers = organisations::sql::suppliers(&mut tx, partnership).await.expect("suppliers");
    for supplier in suppliers.iter().take(3) {
        let mut all = Vec::new();
        for school in &schools {
            let key = AccountKey::new(Bucket::of_month(supplier.id.into(), month), Holder::school(school.id.into()));
            all.push(hours::sql::balance(&mut tx, partnership, &key).await.expect("a balance"));
        }
        all.sort();
        eprintln!("{}: {} median {} least {} most {}", test.name, supplier.name, all[37], all[0], all[73]);
        assert!(all[37] >= Minutes::hours(2), "{}: {}", supplier.name, all[37]);
    }
    let open = bookings::sql::open(&mut tx, partnership, Scope::School(meerpaal.id.into())).await.expect("bookings");
    assert!(open.len() >= 5, "{}: {} open at De Meerpaal", test.name, open.len());
    assert!(open.iter().any(|row| row.status == "asked" && row.asked_side == "specialist"), "{}: Fenna is on turn", test.name);
    let thijs = ROSTER.iter().find(|expert| expert.name == cast::THIJS).expect("Thijs");
    let everybody = bookings::sql::open(&mut tx, partnership, Scope::Partnership).await.expect("bookings");
    let his = everybody.iter().filter(|row| row.specialist == thijs.name);
    assert!(his.filter(|row| row.status == "asked" && row.asked_side == "school").count() >= 1, "{}: Thijs is on turn", test.name);
}

/// What `domain::hours::checks` finds over plain lists.
async fn violations(db: &Db) -> Vec<Violation> {
    let mut tx = db.read().await.expect("a reader");
    let tx = &mut tx;
    let partnership = partnership(tx).await;
    let accounts: Vec<(Uuid, Uuid, i64, String, String, Uuid, i64)> = fetch_all!(
        tx,
        (Uuid, Uuid, i64, String, String, Uuid, i64),
        "select id, supplier_id, school_year, month, holder_kind, holder_id, balance from accounts order by id"
    )
    .expect("accounts");
    let accounts: Vec<AccountRow> = accounts
        .into_iter()
        .map(|(id, supplier, year, month, kind, holder, balance)| AccountRow {
            id: AccountId(id),
            key: AccountKey::new(
                Bucket::from_columns(SupplierId(supplier), year, &month).expect("a bucket"),
                Holder { kind: HolderKind::from_code(&kind).expect("a kind"), id: holder },
            ),
            balance: Minutes(balance),
        })
        .collect();
    let postings: Vec<hours::sql::PostingRow> = fetch_all!(
        tx,
        hours::sql::PostingRow,
        "select id, seq, from_account, to_account, minutes, kind, reason, posted_by, posted_at, about_kind, about_id, reversal_of,
             idempotency_key, previous_hash, hash
         from postings
         order by seq"
    )
    .expect("postings");
    let contracts: Vec<(Uuid, i64, i64)> =
        fetch_all!(tx, (Uuid, i64, i64), "select supplier_id, school_year, contract_minutes from contracts").expect("contracts");
    let contracts: Vec<ContractRow> = contracts
        .into_iter()
        .map(|(supplier, year, minutes)| ContractRow {
            supplier: SupplierId(supplier),
            school_year: SchoolYear(i32::try_from(year).expect("a year")),
            minutes: Minutes(minutes),
        })
        .collect();
    let bookings: Vec<(Uuid, Uuid, DateTime<Utc>, i64, String)> =
        fetch_all!(tx, (Uuid, Uuid, DateTime<Utc>, i64, String), "select id, specialist_id, starts_at, minutes, status from bookings")
            .expect("bookings");
    let bookings: Vec<BookingRow> = bookings
        .into_iter()
        .map(|(id, specialist, starts_at, minutes, status)| {
            let state = BookingState::from_code(&status).expect("a state");
            BookingRow {
                id: BookingId(id),
                specialist: SpecialistId(specialist),
                first_quarter: quarters(starts_at, Minutes(minutes)).start,
                minutes: Minutes(minutes),
                holds_minutes: state.holds_slot(),
                holds_time: state.holds_slot() || state == BookingState::Done,
            }
        })
        .collect();
    let taken: Vec<(Uuid, i64, Uuid)> =
        fetch_all!(tx, (Uuid, i64, Uuid), "select specialist_id, quarter, booking_id from booking_quarters").expect("quarters");
    let taken: Vec<QuarterRow> = taken
        .into_iter()
        .map(|(specialist, quarter, booking)| QuarterRow { specialist: specialist.into(), quarter, booking: booking.into() })
        .collect();
    let (seq, hash): (i64, String) = fetch_one!(tx, (i64, String), "select seq, hash from ledger_heads").expect("an end");

    let plain =
        postings.iter().map(|row| PostingRow { from: row.from_account.into(), to: row.to_account.into(), minutes: Minutes(row.minutes) });
    let mut wrong = checks::balances_match_postings(&accounts, plain);
    wrong.extend(checks::supplier_years_sum_to_zero(&accounts));
    wrong.extend(checks::never_negative(&accounts));
    wrong.extend(checks::contracts_match(&contracts, &accounts));
    wrong.extend(checks::booking_accounts_hold(&bookings, &accounts));
    wrong.extend(checks::quarters_match(&bookings, &taken));
    let mut chain = checks::ChainChecker::new(partnership);
    for row in &postings {
        wrong.extend(chain.walk(&row.content(partnership), &row.previous_hash, &row.hash));
    }
    wrong.extend(chain.finish(Some((seq, &hash))));
    let mut last = None;
    for row in &postings {
        assert!(last <= Some(row.posted_at), "postings stand in order of time");
        last = Some(row.posted_at);
    }
    wrong
}

async fn the_ledger_of_the_demo_is_sound(test: &TestDb) {
    assert_eq!(violations(&test.db).await, [], "{}", test.name);
}

async fn nothing_is_told_of_after_now_and_the_past_is_settled(test: &TestDb) {
    let now = tuesday();
    let mut tx = test.db.read().await.expect("a reader");
    let tx = &mut tx;
    let rows: Vec<(String, DateTime<Utc>, DateTime<Utc>, Option<DateTime<Utc>>, Option<DateTime<Utc>>)> = fetch_all!(
        tx,
        (String, DateTime<Utc>, DateTime<Utc>, Option<DateTime<Utc>>, Option<DateTime<Utc>>),
        "select status, starts_at, asked_at, answered_at, closed_at from bookings"
    )
    .expect("bookings");
    let mut states: HashMap<String, usize> = HashMap::new();
    let mut unrecorded = 0;
    for (status, starts_at, asked_at, answered_at, closed_at) in rows {
        assert!(asked_at < starts_at && [Some(asked_at), answered_at, closed_at].into_iter().flatten().all(|at| at <= now));
        assert!(starts_at > now || status != "asked", "{}: nobody left a question open", test.name);
        unrecorded += usize::from(status == "accepted" && starts_at < now - TimeDelta::hours(8));
        *states.entry(status).or_default() += 1;
    }
    assert!(states["done"] > 100, "{}: {states:?}", test.name);
    assert!((1..20).contains(&unrecorded), "{}: {unrecorded} wait to be recorded", test.name);
}

async fn can_be_told_on(days: &[(&str, &str)]) {
    for (name, now) in days {
        let test = sqlite().await;
        let report = told(&test.db, at(now)).await;
        assert!(report.bookings >= 200, "{name}: {} bookings", report.bookings);
        assert_eq!(violations(&test.db).await, [], "{name}");
    }
}

#[tokio::test]
async fn the_story_can_be_told_on_any_day_from_autumn_to_spring() {
    can_be_told_on(&[
        ("the first of October", "2026-10-01T08:00:00Z"),
        ("the autumn holiday", "2026-10-21T09:00:00Z"),
        ("the night the clock goes back", "2026-10-25T00:45:00Z"),
        ("a Sunday", "2026-11-22T20:00:00Z"),
        ("the last evening of a month", "2026-11-30T22:30:00Z"),
        ("the first night of a month", "2026-11-30T23:30:00Z"),
        ("the first minutes of a year", "2027-01-01T00:10:00Z"),
        ("the night the clock goes forward", "2027-03-28T01:30:00Z"),
        ("a leap day in a year without official holidays", "2032-02-29T09:00:00Z"),
    ])
    .await;
}

#[tokio::test]
async fn the_story_can_be_told_around_the_summer_when_two_years_touch() {
    can_be_told_on(&[
        ("the day the next year is divided, before that hour", "2027-06-24T06:00:00Z"),
        ("July", "2027-07-28T12:00:00Z"),
        ("the last night of July", "2027-07-31T22:30:00Z"),
        ("August", "2026-08-05T10:00:00Z"),
        ("the last days of the summer holiday", "2026-08-28T15:00:00Z"),
        ("the first days of September", "2026-09-02T08:00:00Z"),
    ])
    .await;
}
