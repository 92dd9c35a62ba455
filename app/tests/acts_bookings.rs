//! Stories of the server functions of bookings, on both engines: who may do and see what, as a request would.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    AppError,
    bookings::{AnswerBooking, AskBooking, CancelBooking, MoveBooking, ReadBooking, ReadBookings, ReadExpert, ReadMove, RecordDone, verbs},
    execute, experts, fetch_one, organisations, people,
    session::{Caller, DbSessions, Site, now, remember},
};
use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use domain::{
    BookingId, Minutes, PersonId,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
    people::{Role, Scope},
    time,
};
use leptos::{
    prelude::{Owner, provide_context},
    reactive::computed::ScopedFuture,
};
use server_fn::ServerFn;
use std::{future::Future, sync::Arc};
use tower_sessions::Session;
use uuid::Uuid;
use world::{World, worlds};

/// Runs a server function as this person, or as nobody.
async fn run<F: Future>(world: &World, person: Option<PersonId>, call: impl FnOnce() -> F) -> F::Output {
    let store = Arc::new(DbSessions::new(world.db.clone()));
    let session = Session::new(None, store, None);
    if let Some(person) = person {
        remember(&session, person, now()).await.expect("a session");
    }
    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts.extensions.insert(session);
    parts.extensions.insert(Caller::default());
    let owner = Owner::new();
    let future = owner.with(|| {
        provide_context(Site { db: world.db.clone(), demo: false, url: "http://localhost".to_owned(), behind_proxy: false });
        provide_context(parts);
        ScopedFuture::new(call())
    });
    future.await
}

fn code<T>(result: &Result<T, AppError>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(AppError::Refused(refusal)) => refusal.code.to_string(),
        Err(error) => format!("{error:?}"),
    }
}

/// The first Thursday that is at least four days away: these stories run on the clock of the machine.
fn thursday() -> NaiveDate {
    let mut day = time::local_date(now()) + Days::new(4);
    while day.weekday() != Weekday::Thu {
        day = day + Days::new(1);
    }
    day
}

struct Cast {
    fenna: PersonId,
    thijs: PersonId,
    board: PersonId,
    registrar: PersonId,
    other_school: PersonId,
    district: PersonId,
    stranger: PersonId,
}

async fn cast(world: &World) -> Cast {
    let mut own = world.db.write(world.partnership).await.expect("a writer");
    let tx = &mut own;
    let facts = organisations::sql::SchoolFacts { brin: "00BB00".into(), name: "De Springplank".into(), ..Default::default() };
    let other = organisations::sql::put_school(tx, world.partnership, &facts, world.wijk).await.expect("a school");
    let code = Uuid::now_v7().simple().to_string();
    let elsewhere = organisations::sql::put_partnership(tx, &code[20..], None, now()).await.expect("another partnership");
    // A proof that counts on whatever day this runs.
    experts::sql::set_expertises(tx, world.specialist, &[(world.expertise, "ervaren", "Post-hbo", None)]).await.expect("proof");
    let mut person = Vec::new();
    for (n, partnership, role, scope) in [
        (0, world.partnership, Role::BoardContact, Scope::Board(world.board)),
        (1, world.partnership, Role::Registrar, Scope::Partnership),
        (2, world.partnership, Role::Coordinator, Scope::School(other)),
        (3, world.partnership, Role::DistrictTeam, Scope::District(world.district)),
        (4, elsewhere, Role::Coordinator, Scope::School(world.school)),
    ] {
        let id = PersonId(Uuid::now_v7());
        let email = format!("{}@school.example", id.0.simple());
        people::sql::insert(tx, partnership, id, &email, &format!("Persoon {n}"), now()).await.expect("a person");
        people::sql::grant(tx, partnership, id, role, scope).await.expect("a role");
        person.push(id);
    }
    let (fenna, thijs) = (world.coordinator, world.specialist_person);
    people::sql::grant(tx, world.partnership, fenna, Role::Coordinator, Scope::School(world.school)).await.expect("a role");
    people::sql::grant(tx, world.partnership, thijs, Role::Specialist, Scope::Specialist(world.specialist)).await.expect("a role");
    // Hours in the month of the visit, whichever it is.
    let bucket = Bucket::of_month(world.supplier, Month::of(thursday()));
    let from = AccountKey::new(bucket, Holder::contract(world.supplier));
    let board = AccountKey::new(bucket, Holder::board(world.board));
    let school = AccountKey::new(bucket, Holder::school(world.school));
    let transfers = [
        Transfer::new(PostingKind::Allotment, from, board, Minutes::hours(9)),
        Transfer::new(PostingKind::Division, board, school, Minutes::hours(9)),
    ];
    app::hours::sql::post(tx, world.partnership, &transfers, None, now(), "now").await.expect("hours");
    own.commit().await.expect("committed");
    Cast { fenna, thijs, board: person[0], registrar: person[1], other_school: person[2], district: person[3], stranger: person[4] }
}

fn asking(world: &World, key: &str) -> AskBooking {
    AskBooking {
        expert: world.specialist.to_string(),
        school: world.school.to_string(),
        duur: "120".to_owned(),
        moment: format!("{}T09:00", thursday()),
        niveau: "leerling".to_owned(),
        vraag: "Hoe houden we een leerling langer bij de les?".to_owned(),
        doel: "Een kwartier zelf werken.".to_owned(),
        ouders: "ja".to_owned(),
        nagekeken: String::new(),
        vak: String::new(),
        key: key.to_owned(),
    }
}

fn expert(world: &World) -> ReadExpert {
    let text = String::new;
    let moment = format!("{}T09:00", thursday());
    ReadExpert {
        expert: world.specialist.to_string(),
        duur: "120".to_owned(),
        moment,
        vanaf: text(),
        vak: text(),
        school: text(),
        zoek: text(),
    }
}

async fn booked(world: &World, cast: &Cast) -> String {
    run(world, Some(cast.fenna), || asking(world, "k1").run_body()).await.expect("booked");
    let mut tx = world.db.read().await.expect("a reader");
    let tx = &mut tx;
    let (id,): (Uuid,) =
        fetch_one!(tx, (Uuid,), "select id from bookings where form_key = 'k1' and school_id = $1", world.school.0).expect("it");
    id.to_string()
}

async fn read(world: &World, person: PersonId, id: &str) -> Result<serde_json::Value, AppError> {
    let page = run(world, Some(person), || ReadBooking { id: id.to_owned() }.run_body()).await?;
    Ok(serde_json::to_value(page.data).expect("a page is data"))
}

async fn looked(world: &World) -> i64 {
    let mut tx = world.db.read().await.expect("a reader");
    let tx = &mut tx;
    let (count,): (i64,) =
        fetch_one!(tx, (i64,), "select count(*) from audit_log where what = 'booking_text_read' and school_id = $1", world.school.0)
            .expect("a count");
    count
}

#[tokio::test]
async fn a_coordinator_finds_a_moment_books_it_and_the_specialist_says_yes() {
    for (world, _test) in worlds().await {
        let cast = cast(&world).await;
        let page = run(&world, Some(cast.fenna), || expert(&world).run_body()).await.expect("the page");
        let page = serde_json::to_value(page.data).expect("a page is data");
        let form = &page["form"]["Ok"];
        assert_eq!(form["picker"]["chosen"], format!("{}T09:00", thursday()), "{}: {form}", world.name);
        let lines = form["pay"].as_array().expect("months").iter().flat_map(|month| month["lines"].as_array().expect("lines"));
        assert!(lines.into_iter().any(|line| line["name"] == "Eigen uren" && line["amount"] == "2\u{a0}u"), "{form}");

        let id = booked(&world, &cast).await;
        let again = run(&world, Some(cast.fenna), || asking(&world, "k1").run_body()).await;
        assert_eq!(code(&again), "ok", "{}: the same form twice", world.name);
        let mine = read(&world, cast.fenna, &id).await.expect("the booking");
        assert_eq!((&mine["may"]["answer"], &mine["may"]["cancel"]), (&false.into(), &true.into()), "{mine}");
        assert!(mine["text"]["question"].as_str().is_some_and(|text| text.contains("bij de les")), "{mine}");
        assert_eq!(looked(&world).await, 0, "{}: one's own school is not written down", world.name);

        let list = run(&world, Some(cast.thijs), || ReadBookings { komend: 0, geweest: 0 }.run_body()).await.expect("the list");
        let list = serde_json::to_value(list.data).expect("a list is data");
        assert_eq!(list["mine"].as_array().map(Vec::len), Some(1), "{list}");
        assert_eq!(list["mine"][0]["place"], "De Meerpaal");

        let theirs = read(&world, cast.thijs, &id).await.expect("the booking");
        assert_eq!(theirs["may"]["answer"], true, "{theirs}");
        assert_eq!(looked(&world).await, 1, "{}: the specialist read a pupil's text", world.name);
        let answer =
            |antwoord: &str| AnswerBooking { afspraak: id.clone(), antwoord: antwoord.to_owned(), reden: String::new(), key: "a".into() };
        assert_eq!(code(&run(&world, Some(cast.fenna), || answer("ja").run_body()).await), "NotAllowed", "{}", world.name);
        assert_eq!(code(&run(&world, Some(cast.thijs), || answer("misschien").run_body()).await), "Malformed", "{}", world.name);
        assert_eq!(code(&run(&world, Some(cast.thijs), || answer("ja").run_body()).await), "ok", "{}", world.name);
        let done = RecordDone { afspraak: id.clone(), minuten: 60, key: "d".into() };
        assert_eq!(code(&run(&world, Some(cast.thijs), || done.run_body()).await), "booking_not_started", "{}", world.name);

        let picker = ReadMove { id: id.clone(), duur: String::new(), moment: String::new(), vanaf: String::new() };
        let picker = run(&world, Some(cast.thijs), || picker.run_body()).await.expect("other moments");
        assert_eq!(serde_json::to_value(picker.data).expect("data")["picker"]["minutes"], 120);
        let to = MoveBooking { afspraak: id.clone(), duur: "60".into(), moment: format!("{}T10:00", thursday()), key: "m".into() };
        assert_eq!(code(&run(&world, Some(cast.thijs), || to.run_body()).await), "ok", "{}", world.name);
        // What the specialist moves, the school answers.
        let list = run(&world, Some(cast.fenna), || ReadBookings { komend: 1, geweest: 9 }.run_body()).await.expect("the list");
        let list = serde_json::to_value(list.data).expect("a list is data");
        let moved = list["mine"][0]["href"].as_str().expect("a link").rsplit('/').next().expect("an id").to_owned();
        assert_eq!((list["behind"]["lines"].as_array().map(Vec::len), &list["behind"]["page"]), (Some(1), &1.into()), "{list}");
        let yes = AnswerBooking { afspraak: moved.clone(), antwoord: "ja".into(), reden: String::new(), key: "y".into() };
        assert_eq!(code(&run(&world, Some(cast.fenna), || yes.run_body()).await), "ok", "{}", world.name);
        let no = CancelBooking { afspraak: moved, reden: "Kamp.".into(), key: "c".into() };
        assert_eq!(code(&run(&world, Some(cast.fenna), || no.run_body()).await), "ok", "{}", world.name);
    }
}

#[tokio::test]
async fn a_pupils_text_and_school_stay_within_the_circle_and_every_look_from_outside_is_written_down() {
    for (world, _test) in worlds().await {
        let cast = cast(&world).await;
        let id = booked(&world, &cast).await;
        let board = read(&world, cast.board, &id).await.expect("the facts").to_string();
        // A number, an expert or a moment would lead from the booking to its posting, and so to the school.
        for secret in ["bij de les", "zelf werken", "De Meerpaal", "afspraak 1", "Afspraak 1", "Thijs", " uur"] {
            assert!(!board.contains(secret), "{}: {secret} in {board}", world.name);
        }
        assert_ne!(id.parse::<uuid::Uuid>().expect("an id").get_version_num(), 7, "{}: an id with the time in it", world.name);
        assert!(board.contains("Havenkwartier, school afgeschermd"), "{board}");
        assert_eq!(looked(&world).await, 0, "{}: facts are no text", world.name);
        assert!(read(&world, cast.registrar, &id).await.expect("the text").to_string().contains("bij de les"), "{}", world.name);
        assert_eq!(looked(&world).await, 1, "{}", world.name);
        for (who, expected) in [(cast.other_school, "NotAllowed"), (cast.district, "NotAllowed"), (cast.stranger, "NotFound")] {
            assert_eq!(code(&read(&world, who, &id).await), expected, "{}", world.name);
        }
        let list = run(&world, Some(cast.district), || ReadBookings { komend: 1, geweest: 1 }.run_body()).await.expect("a list");
        assert!(!serde_json::to_string(&list.data).expect("data").contains(&id), "{}", world.name);
        let list = run(&world, Some(cast.board), || ReadBookings { komend: 1, geweest: 1 }.run_body()).await.expect("a list");
        let list = serde_json::to_string(&list.data).expect("data");
        assert!(list.contains(&id) && !list.contains("De Meerpaal") && !list.contains("Thijs"), "{}: {list}", world.name);
    }
}

#[tokio::test]
async fn whoever_was_there_reads_why_the_school_gave_nothing_extra() {
    for (world, _test) in worlds().await {
        let cast = cast(&world).await;
        let id = booked(&world, &cast).await;
        let booking: BookingId = id.parse().expect("an id");
        world.accept(booking).await;
        let after = world.row(booking).await.starts_at + TimeDelta::hours(3);
        let (partnership, why) = (world.partnership, "We spraken twee uur af.");
        world
            .change(async |tx| {
                verbs::ask_extra(tx, partnership, cast.thijs, booking, Minutes(150), after).await.expect("asked for more");
                verbs::refuse_extra(tx, partnership, cast.fenna, booking, why, after).await.expect("refused");
                // As if the visit was yesterday: this story runs on the clock of the machine.
                let yesterday = now() - TimeDelta::days(1);
                execute!(tx, "update bookings set starts_at = $2 where id = $1", booking.0, yesterday).expect("yesterday");
            })
            .await;
        let page = read(&world, cast.thijs, &id).await.expect("a page");
        let words = page["turn"]["words"].as_str().unwrap_or_default().replace('\u{a0}', " ");
        assert_eq!(words, "De school gaf geen 30 min extra: ‘We spraken twee uur af’. Leg hooguit 2 u vast.", "{}", world.name);
    }
}

#[tokio::test]
async fn nobody_else_books_answers_records_cancels_or_moves() {
    for (world, _test) in worlds().await {
        let cast = cast(&world).await;
        let id = booked(&world, &cast).await;
        let all = [
            (None, "SignedOut"),
            (Some(cast.board), "NotAllowed"),
            (Some(cast.registrar), "NotAllowed"),
            (Some(cast.other_school), "NotAllowed"),
            (Some(cast.district), "NotAllowed"),
            (Some(cast.stranger), "NotFound"),
        ];
        for (who, expected) in all {
            let yes = AnswerBooking { afspraak: id.clone(), antwoord: "ja".into(), reden: String::new(), key: "a".into() };
            let done = RecordDone { afspraak: id.clone(), minuten: 60, key: "d".into() };
            let off = CancelBooking { afspraak: id.clone(), reden: "Zomaar.".into(), key: "c".into() };
            let to = MoveBooking { afspraak: id.clone(), duur: "60".into(), moment: format!("{}T10:00", thursday()), key: "m".into() };
            let other = ReadMove { id: id.clone(), duur: String::new(), moment: String::new(), vanaf: String::new() };
            let codes = [
                code(&run(&world, who, || asking(&world, "x").run_body()).await),
                code(&run(&world, who, || yes.run_body()).await),
                code(&run(&world, who, || done.run_body()).await),
                code(&run(&world, who, || off.run_body()).await),
                code(&run(&world, who, || to.run_body()).await),
                code(&run(&world, who, || other.run_body()).await),
            ];
            assert!(codes.iter().all(|code| code == expected), "{}: {who:?} {codes:?}", world.name);
        }
        let board = run(&world, Some(cast.board), || expert(&world).run_body()).await.expect("the profile");
        let board = serde_json::to_value(board.data).expect("data");
        assert!(board["form"]["Err"]["heading"].is_string() && board["profile"]["name"] == "Thijs Oldenkamp", "{board}");
        assert_eq!(code(&run(&world, Some(cast.stranger), || expert(&world).run_body()).await), "NotFound", "{}", world.name);
        for odd in ["", "x", "00000000-0000-0000-0000-000000000000"] {
            assert_eq!(code(&read(&world, cast.fenna, odd).await), "NotFound", "{}: {odd}", world.name);
            let cancel = CancelBooking { afspraak: odd.into(), reden: "Zomaar.".into(), key: "c".into() };
            assert_ne!(code(&run(&world, Some(cast.fenna), || cancel.run_body()).await), "ok", "{}: {odd}", world.name);
        }
    }
}
