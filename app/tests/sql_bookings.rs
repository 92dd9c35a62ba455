//! Stories of bookings, on both engines: a slot and its minutes move together, or not at all.

#[path = "support/sound.rs"]
mod sound;
mod support;

use app::{
    AppError,
    bookings::{sql, verbs},
    db::Db,
    execute, experts, fetch_one,
    hours::sql as hours,
    organisations, people,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    BookingId, ExpertiseId, Minutes, PartnershipId, PersonId, SchoolId, SpecialistId, SupplierId, WijkId,
    availability::parse_weekly,
    bookings::{BookingState, Side, WishFields},
    hours::{AccountKey, Bucket, Holder, HolderKind, Month, PostingKind, Transfer},
    time,
};
use sound::sound;
use support::databases;
use uuid::Uuid;

/// A local moment.
fn at(text: &str) -> DateTime<Utc> {
    time::parse_local(text).and_then(time::instant).expect("a moment that exists")
}

fn now() -> DateTime<Utc> {
    at("2026-11-17T12:00")
}

const THURSDAY: &str = "2026-11-19T09:00";

fn wish<'a>(moment: &'a str, duur: &'a str) -> WishFields<'a> {
    WishFields {
        moment,
        duur,
        niveau: "leerling",
        vraag: "Hoe houden we een leerling langer bij de les?",
        doel: "De leerling werkt een kwartier zelf.",
        ouders: "ja",
    }
}

/// A school with five hours of its own and a board with two, and one specialist who works on Thursdays and Fridays.
struct World {
    db: Db,
    name: &'static str,
    partnership: PartnershipId,
    coordinator: PersonId,
    specialist_person: PersonId,
    school: SchoolId,
    board: domain::BoardId,
    wijk: WijkId,
    other_wijk: WijkId,
    supplier: SupplierId,
    specialist: SpecialistId,
    expertise: ExpertiseId,
}

async fn world(db: &Db, name: &'static str) -> World {
    let mut own = db.write_unscoped().await.expect("a writer");
    let tx = &mut own;
    let code = format!("P{}", &Uuid::now_v7().simple().to_string()[20..]);
    let partnership = organisations::sql::put_partnership(tx, &code, Some("Vlietland"), now()).await.expect("a partnership");
    let district = organisations::sql::put_district(tx, partnership, "Noord").await.expect("a district");
    let wijk = organisations::sql::put_wijk(tx, partnership, "Havenkwartier", district).await.expect("a wijk");
    let other_wijk = organisations::sql::put_wijk(tx, partnership, "Molenbuurt", district).await.expect("a wijk");
    let board = organisations::sql::put_board(tx, partnership, "Klaverblad").await.expect("a board");
    let facts = organisations::sql::SchoolFacts { brin: "00AP00".into(), name: "De Meerpaal".into(), ..Default::default() };
    let school = organisations::sql::put_school(tx, partnership, &facts, wijk).await.expect("a school");
    organisations::sql::set_board(tx, partnership, school, board).await.expect("under its board");
    let supplier = organisations::sql::put_supplier(tx, partnership, "De Wissel").await.expect("a supplier");
    let coordinator = PersonId(Uuid::now_v7());
    let specialist_person = PersonId(Uuid::now_v7());
    for (id, name) in [(coordinator, "Fenna Hoekema"), (specialist_person, "Thijs Oldenkamp")] {
        let email = format!("{}@school.example", id.0.simple());
        people::sql::insert(tx, partnership, id, &email, name, now()).await.expect("a person");
    }
    experts::sql::plant_taxonomy(tx, partnership).await.expect("a taxonomy");
    let expertise = ExpertiseId(experts::sql::taxonomy(tx, partnership).await.expect("expertises")[0].id);
    let new = experts::sql::NewSpecialist {
        person: specialist_person,
        supplier,
        headline: "",
        about: "",
        postcode: "",
        wijk: Some(wijk),
        languages: "Nederlands",
        levels: "leerling,groep",
        direct: false,
    };
    let specialist = experts::sql::put_specialist(tx, partnership, &new).await.expect("a specialist");
    let until = NaiveDate::from_ymd_opt(2026, 12, 31);
    experts::sql::set_expertises(tx, specialist, &[(expertise, "ervaren", "Post-hbo", until)]).await.expect("expertise");
    let weekly = parse_weekly("do 8:30-12:00 12:45-16:00; vr 8:30-12:00").expect("a pattern");
    experts::sql::set_weekly(tx, specialist, &weekly).await.expect("a week");

    let month = Bucket::of_month(supplier, Month::new(2026, 11).expect("a month"));
    let (contract, board_key) = (AccountKey::new(month, Holder::contract(supplier)), AccountKey::new(month, Holder::board(board)));
    let transfers = [
        Transfer::new(PostingKind::Allotment, contract, board_key, Minutes::hours(7)),
        Transfer::new(PostingKind::Division, board_key, AccountKey::new(month, Holder::school(school)), Minutes::hours(5)),
    ];
    execute!(
        tx,
        "insert into contracts (id, partnership_id, supplier_id, school_year, contract_minutes, reserve_minutes) values ($1, $2, $3, 2026, 420, 0)",
        Uuid::now_v7(),
        partnership.0,
        supplier.0
    )
    .expect("a contract");
    hours::post(tx, partnership, &transfers, None, now(), "year").await.expect("hours");
    execute!(tx, "insert into policies (partnership_id, name, value) values ($1, 'board_mandate', 'yes')", partnership.0)
        .expect("a policy");
    let world = World {
        db: db.clone(),
        name,
        partnership,
        coordinator,
        specialist_person,
        school,
        board,
        wijk,
        other_wijk,
        supplier,
        specialist,
        expertise,
    };
    own.commit().await.expect("committed");
    world
}

impl World {
    async fn ask(&self, fields: &WishFields<'_>, key: &str) -> Result<BookingId, AppError> {
        self.ask_about(fields, Some(self.expertise), key).await
    }

    async fn ask_about(&self, fields: &WishFields<'_>, expertise: Option<ExpertiseId>, key: &str) -> Result<BookingId, AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        let (school, specialist) = (self.school, self.specialist);
        let id = verbs::ask(&mut tx, self.partnership, self.coordinator, school, specialist, fields, expertise, key, now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn accept(&self, booking: BookingId) {
        let mut tx = self.db.write(self.partnership).await.expect("a writer");
        let by = self.specialist_person;
        verbs::accept(&mut tx, self.partnership, by, booking, Side::Specialist, now()).await.expect("accepted");
        tx.commit().await.expect("committed");
    }

    async fn done(&self, booking: BookingId, minutes: i64, now: DateTime<Utc>) -> Result<(), AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        verbs::record_done(&mut tx, self.partnership, self.specialist_person, booking, Minutes(minutes), now).await?;
        Ok(tx.commit().await?)
    }

    async fn cancel(&self, booking: BookingId, now: DateTime<Utc>) -> Result<(), AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        verbs::cancel(&mut tx, self.partnership, self.coordinator, booking, Side::School, "De groep is op kamp.", now).await?;
        Ok(tx.commit().await?)
    }

    async fn move_to(&self, booking: BookingId, moment: &str, minutes: i64, key: &str) -> Result<BookingId, AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        let (by, moment) = (self.coordinator, at(moment));
        let id = verbs::move_to(&mut tx, self.partnership, by, booking, Side::School, moment, Minutes(minutes), key, now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn holds(&self, holder: Holder) -> i64 {
        let mut tx = self.db.read().await.expect("a reader");
        let bucket = Bucket::of_month(self.supplier, Month::new(2026, 11).expect("a month"));
        hours::balance(&mut tx, self.partnership, &AccountKey::new(bucket, holder)).await.expect("a balance").0
    }

    /// School, board, booking.
    async fn three(&self, booking: BookingId) -> (i64, i64, i64) {
        let (school, board) = (self.holds(Holder::school(self.school)).await, self.holds(Holder::board(self.board)).await);
        (school, board, self.holds(Holder::booking(booking)).await)
    }

    async fn row(&self, booking: BookingId) -> sql::BookingRow {
        let mut tx = self.db.read().await.expect("a reader");
        sql::booking(&mut tx, self.partnership, booking).await.expect("a row").expect("the booking")
    }

    async fn count(&self) -> i64 {
        let mut tx = self.db.read().await.expect("a reader");
        let tx = &mut tx;
        let (count,): (i64,) =
            fetch_one!(tx, (i64,), "select count(*) from bookings where partnership_id = $1", self.partnership.0).expect("a count");
        count
    }

    async fn change(&self, what: impl AsyncFnOnce(&mut app::db::Tx)) {
        let mut tx = self.db.write(self.partnership).await.expect("a writer");
        what(&mut tx).await;
        tx.commit().await.expect("committed");
    }

    async fn is_sound(&self) {
        let mut tx = self.db.read().await.expect("a reader");
        assert_eq!(sound(&mut tx, self.partnership).await, Vec::<String>::new(), "{}", self.name);
    }
}

async fn worlds() -> Vec<(World, support::TestDb)> {
    let mut all = Vec::new();
    for test in databases().await {
        all.push((world(&test.db, test.name).await, test));
    }
    all
}

fn code<T>(result: &Result<T, AppError>) -> &str {
    match result {
        Ok(_) => "ok",
        Err(AppError::Refused(refusal)) => &refusal.code,
        Err(AppError::NotFound) => "not_found",
        Err(AppError::Malformed) => "malformed",
        Err(_) => "other",
    }
}

#[tokio::test]
async fn a_booking_takes_its_slot_and_its_minutes_own_hours_first() {
    for (world, _test) in worlds().await {
        let first = world.ask(&wish(THURSDAY, "180"), "a").await.expect("booked");
        assert_eq!(world.three(first).await, (120, 120, 180), "{}", world.name);
        let second = world.ask(&wish("2026-11-19T13:00", "180"), "b").await.expect("booked");
        assert_eq!(world.three(second).await, (0, 60, 180), "{}: the board pays what the school has not", world.name);
        let row = world.row(second).await;
        assert_eq!((row.number, row.status.as_str(), row.month.as_str()), (2, "asked", "2026-11"));
        world.is_sound().await;
    }
}

#[tokio::test]
async fn a_specialist_who_opened_their_time_has_said_yes() {
    for (world, _test) in worlds().await {
        let id = world.specialist.0;
        world.change(async |tx| drop(execute!(tx, "update specialists set direct = $2 where id = $1", id, true))).await;
        let booking = world.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        assert_eq!(world.row(booking).await.booking().expect("a booking").state, BookingState::Accepted, "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn too_few_hours_changes_nothing_and_names_the_longest_that_can_be_paid() {
    for (world, _test) in worlds().await {
        world.ask(&wish("2026-11-19T12:45", "180"), "a").await.expect("booked");
        world.ask(&wish("2026-11-19T08:30", "210"), "b").await.expect("booked");
        let third = world.ask(&wish("2026-11-20T09:00", "60"), "c").await;
        assert_eq!(code(&third), "too_few_hours", "{}", world.name);
        let Err(AppError::Refused(refusal)) = third else { unreachable!("it was refused") };
        assert_eq!((refusal.field.as_deref(), refusal.choices[0].value.as_str()), (Some("duur"), "30"));
        assert_eq!(world.count().await, 2);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_books_once() {
    for (world, _test) in worlds().await {
        let first = world.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        assert_eq!(world.ask(&wish(THURSDAY, "60"), "a").await.ok(), Some(first), "{}", world.name);
        assert_eq!(code(&world.ask(&wish("2026-11-19T13:00", "60"), "a").await), "form_used", "{}", world.name);
        assert_eq!(code(&world.ask(&wish(THURSDAY, "60"), "").await), "malformed", "{}", world.name);
        assert_eq!(world.count().await, 1);
        world.is_sound().await;
    }
}

async fn race(world: World, moments: &[&'static str]) -> usize {
    let world = std::sync::Arc::new(world);
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..64 {
        let (world, moment) = (world.clone(), moments[n % moments.len()]);
        tasks.spawn(async move { world.ask(&wish(moment, "60"), &format!("form {n}")).await });
    }
    let all = tasks.join_all().await;
    let codes: Vec<&str> = all.iter().map(code).filter(|code| *code != "ok").collect();
    assert!(codes.iter().all(|code| *code == "slot_taken"), "{}: {codes:?}", world.name);
    for result in &all {
        if let Err(AppError::Refused(refusal)) = result {
            assert_eq!((refusal.field.as_deref(), refusal.choices.len()), (Some("moment"), 3), "{}", world.name);
        }
    }
    world.is_sound().await;
    64 - codes.len()
}

#[tokio::test]
async fn of_64_people_who_take_the_same_slot_at_once_one_wins() {
    for (world, _test) in worlds().await {
        assert_eq!(race(world, &[THURSDAY]).await, 1);
    }
}

#[tokio::test]
async fn of_64_people_who_take_overlapping_slots_at_once_one_wins() {
    for (world, _test) in worlds().await {
        assert_eq!(race(world, &["2026-11-19T09:00", "2026-11-19T09:15", "2026-11-19T09:30", "2026-11-19T09:45"]).await, 1);
    }
}

#[tokio::test]
async fn a_quarter_the_calendar_missed_is_refused_by_the_database_as_taken() {
    for (world, _test) in worlds().await {
        let first = world.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        // As if another server had taken the quarters a moment ago: the row no longer shows, the quarters do.
        world.change(async |tx| drop(execute!(tx, "update bookings set status = 'moved' where id = $1", first.0))).await;
        let second = world.ask(&wish("2026-11-19T09:30", "60"), "b").await;
        assert_eq!(code(&second), "slot_taken", "{}", world.name);
        assert_eq!(world.count().await, 1, "{}", world.name);
        world.change(async |tx| drop(execute!(tx, "update bookings set status = 'asked' where id = $1", first.0))).await;
        world.is_sound().await;
    }
}

#[tokio::test]
async fn declining_and_cancelling_give_everything_back_to_whoever_paid() {
    for (world, _test) in worlds().await {
        world.ask(&wish("2026-11-19T12:45", "180"), "a").await.expect("booked");
        let second = world.ask(&wish("2026-11-19T08:30", "180"), "b").await.expect("booked");
        assert_eq!(world.three(second).await, (0, 60, 180));
        let mut tx = world.db.write(world.partnership).await.expect("a writer");
        let by = world.specialist_person;
        let silent = verbs::decline(&mut tx, world.partnership, by, second, Side::Specialist, "", now()).await;
        assert_eq!(code(&silent), "reason_missing", "{}", world.name);
        drop(tx);
        let mut tx = world.db.write(world.partnership).await.expect("a writer");
        verbs::decline(&mut tx, world.partnership, by, second, Side::Specialist, "Dan ben ik op cursus.", now()).await.expect("declined");
        tx.commit().await.expect("committed");
        assert_eq!(world.three(second).await, (120, 120, 0), "{}", world.name);
        let again = world.ask(&wish("2026-11-19T08:30", "60"), "c").await.expect("the slot is free again");
        world.accept(again).await;
        world.cancel(again, now()).await.expect("cancelled");
        assert_eq!(world.three(again).await, (120, 120, 0), "{}", world.name);
        let row = world.row(again).await;
        assert_eq!((row.status.as_str(), row.closed_side.as_deref(), row.late), ("cancelled", Some("school"), false));
        assert_eq!(code(&world.cancel(again, now()).await), "booking_settled", "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn minutes_of_a_month_that_ended_go_to_what_perished() {
    for (world, _test) in worlds().await {
        let booking = world.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        world.cancel(booking, at("2026-12-01T09:00")).await.expect("cancelled");
        assert_eq!(world.three(booking).await, (240, 120, 0), "{}", world.name);
        assert_eq!(world.holds(Holder { kind: HolderKind::Expired, id: world.school.0 }).await, 60, "{}", world.name);
        assert!(world.row(booking).await.late, "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn work_that_took_less_gives_the_rest_back_and_more_is_refused() {
    for (world, _test) in worlds().await {
        world.ask(&wish("2026-11-19T12:45", "180"), "a").await.expect("booked");
        let booking = world.ask(&wish("2026-11-19T08:30", "180"), "b").await.expect("booked");
        let after = at("2026-11-19T12:00");
        assert_eq!(code(&world.done(booking, 150, after).await), "booking_not_accepted", "{}", world.name);
        world.accept(booking).await;
        let more = world.done(booking, 195, after).await;
        assert_eq!(code(&more), "more_hours_needed", "{}", world.name);
        assert!(more.expect_err("refused").as_refusal().heading.contains("15"), "{}", world.name);
        world.done(booking, 90, after).await.expect("done");
        // The board paid last and gets its hour back first.
        assert_eq!(world.three(booking).await, (30, 120, 0), "{}", world.name);
        assert_eq!(world.holds(Holder::used(world.school)).await, 90, "{}", world.name);
        assert_eq!(world.row(booking).await.done_minutes, Some(90));
        world.is_sound().await;
    }
}

#[tokio::test]
async fn a_move_keeps_the_old_slot_until_the_new_one_is_taken() {
    for (world, _test) in worlds().await {
        let booking = world.ask(&wish(THURSDAY, "120"), "a").await.expect("booked");
        let other = world.ask(&wish("2026-11-19T13:00", "60"), "b").await.expect("booked");
        assert_eq!(code(&world.move_to(booking, "2026-11-19T13:30", 60, "m1").await), "slot_taken", "{}", world.name);
        assert_eq!(world.row(booking).await.status, "asked", "{}: the old one stays", world.name);
        assert_eq!(world.three(booking).await.2, 120, "{}", world.name);
        // Over its own old time, and longer, paid with what the old one gives back.
        let moved = world.move_to(booking, "2026-11-19T08:30", 210, "m2").await.expect("moved");
        assert_eq!(world.move_to(booking, "2026-11-19T08:30", 210, "m2").await.ok(), Some(moved), "{}", world.name);
        assert_eq!((world.row(booking).await.status, world.row(moved).await.moved_from), ("moved".to_owned(), Some(booking.0)));
        assert_eq!(world.three(moved).await, (30, 120, 210), "{}", world.name);
        assert_eq!(code(&world.move_to(other, "2026-11-20T08:30", 210, "m3").await), "ok", "{}", world.name);
        assert_eq!(world.count().await, 4);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn a_proof_must_count_on_the_day_of_the_visit() {
    for (world, _test) in worlds().await {
        let (specialist, expertise) = (world.specialist, world.expertise);
        let until = NaiveDate::from_ymd_opt(2026, 11, 19);
        world
            .change(async |tx| {
                experts::sql::set_expertises(tx, specialist, &[(expertise, "ervaren", "Post-hbo", until)]).await.expect("set");
            })
            .await;
        assert_eq!(code(&world.ask(&wish("2026-11-20T09:00", "60"), "a").await), "proof_lapsed", "{}", world.name);
        assert_eq!(code(&world.ask_about(&wish("2026-11-20T09:00", "60"), None, "b").await), "proof_lapsed", "{}", world.name);
        let other = ExpertiseId(Uuid::now_v7());
        assert_eq!(code(&world.ask_about(&wish(THURSDAY, "60"), Some(other), "c").await), "expertise_not_offered", "{}", world.name);
        let booking = world.ask(&wish(THURSDAY, "60"), "d").await.expect("its last day");
        assert_eq!(code(&world.move_to(booking, "2026-11-20T09:00", 60, "m").await), "proof_lapsed", "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn what_can_not_be_booked_is_refused_each_in_its_own_words() {
    for (world, _test) in worlds().await {
        let refused = [
            ("2026-11-12T09:00", "60", "slot_past"),
            ("2026-11-18T09:00", "60", "slot_outside_availability"),
            ("2026-11-19T11:30", "60", "slot_outside_availability"),
            ("2026-11-19T09:05", "60", "slot_off_grid"),
            ("morgen", "60", "moment_missing"),
            (THURSDAY, "20", "duration_out_of_range"),
            (THURSDAY, "veel", "duration_missing"),
        ];
        for (moment, duur, expected) in refused {
            assert_eq!(code(&world.ask(&wish(moment, duur), "a").await), expected, "{}: {moment} {duur}", world.name);
        }
        let level = WishFields { niveau: "school", ..wish(THURSDAY, "60") };
        assert_eq!(code(&world.ask(&level, "a").await), "level_not_offered", "{}", world.name);
        let parents = WishFields { ouders: "", ..wish(THURSDAY, "60") };
        assert_eq!(code(&world.ask(&parents, "a").await), "parents_not_informed", "{}", world.name);
        let (specialist, elsewhere, here) = (world.specialist, world.other_wijk, world.wijk);
        world.change(async |tx| experts::sql::set_wijken(tx, specialist, &[elsewhere]).await.expect("set")).await;
        assert_eq!(code(&world.ask(&wish(THURSDAY, "60"), "a").await), "not_this_school", "{}", world.name);
        world.change(async |tx| experts::sql::set_wijken(tx, specialist, &[elsewhere, here]).await.expect("set")).await;
        world.change(async |tx| drop(execute!(tx, "update specialists set active = $2 where id = $1", specialist.0, false))).await;
        assert_eq!(code(&world.ask(&wish(THURSDAY, "60"), "a").await), "specialist_stopped", "{}", world.name);
        assert_eq!(world.count().await, 0);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn another_partnership_has_no_such_specialist_school_or_booking() {
    for (here, _test) in worlds().await {
        let there = world(&here.db, here.name).await;
        let booking = here.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
        let mut tx = there.db.write(there.partnership).await.expect("a writer");
        for (school, specialist) in [(there.school, here.specialist), (here.school, there.specialist)] {
            let fields = wish(THURSDAY, "60");
            let asked = verbs::ask(&mut tx, there.partnership, there.coordinator, school, specialist, &fields, None, "x", now()).await;
            assert_eq!(code(&asked), "not_found", "{}", here.name);
        }
        let by = there.specialist_person;
        assert_eq!(code(&verbs::accept(&mut tx, there.partnership, by, booking, Side::Specialist, now()).await), "not_found");
        drop(tx);
        here.is_sound().await;
        there.is_sound().await;
    }
}
