//! Sessions are looked up together, on both engines: each is given to who asked for it, as it is now, and to nobody else.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    execute, people,
    session::{Caller, DbSessions, now, remember, sweep},
};
use domain::{
    PersonId,
    people::{Role, Scope},
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use time::OffsetDateTime;
use tokio::{task::JoinSet, time::timeout};
use tower_sessions::{
    Session, SessionStore,
    session::{Id, Record},
};
use world::{World, worlds};

/// More than one question reads.
const MANY: i128 = 40;

/// A session of nobody with a number in it, for as many seconds.
fn record(id: Id, number: i128, seconds: i64) -> Record {
    let data = HashMap::from([("number".to_owned(), serde_json::json!(number.to_string()))]);
    Record { id, data, expiry_date: OffsetDateTime::now_utc() + time::Duration::seconds(seconds) }
}

/// A session of nobody, known by a number.
async fn begin(sessions: &DbSessions, number: i128) -> Id {
    let mut record = record(Id(number), number, 1_800);
    sessions.create(&mut record).await.expect("a session");
    record.id
}

/// The number a session was given; none when there is no such session.
async fn number(sessions: &DbSessions, id: Id) -> Option<String> {
    let record = sessions.load(&id).await.expect("an answer")?;
    assert_eq!(record.id, id);
    Some(record.data["number"].as_str().expect("a number").to_owned())
}

async fn give(world: &World, person: PersonId, role: Role, scope: Scope) {
    world.change(async |tx| assert!(people::sql::grant(tx, world.partnership, person, role, scope).await.expect("a role"))).await;
}

#[tokio::test]
async fn each_of_many_at_once_is_given_its_own() {
    for test in support::databases().await {
        let sessions = DbSessions::new(test.db.clone());
        for n in 1..=MANY {
            begin(&sessions, n).await;
        }
        let mut asked = JoinSet::new();
        // Some ask for the same, some for what there is not.
        for n in (1..=MANY + 10).chain(1..=MANY).chain([7; 30]) {
            let sessions = sessions.clone();
            asked.spawn(async move { (n, number(&sessions, Id(n)).await) });
        }
        for (n, found) in asked.join_all().await {
            assert_eq!(found, (n <= MANY).then(|| n.to_string()), "{}: {n}", test.name);
        }
    }
}

#[tokio::test]
async fn who_gave_up_keeps_nobody_from_an_answer() {
    for test in support::databases().await {
        let sessions = DbSessions::new(test.db.clone());
        let id = begin(&sessions, 1).await;
        for _ in 0..50 {
            let gave_up = timeout(Duration::ZERO, sessions.load(&id)).await;
            assert!(gave_up.is_err() || gave_up.is_ok_and(|found| found.is_ok()), "{}", test.name);
        }
        assert_eq!(number(&sessions, id).await.as_deref(), Some("1"), "{}", test.name);
    }
}

#[tokio::test]
async fn a_session_is_read_as_it_is_when_asked_for_and_not_after_its_end() {
    for test in support::databases().await {
        let sessions = DbSessions::new(test.db.clone());
        let id = begin(&sessions, 1).await;
        for n in 2..20 {
            sessions.save(&record(id, n, 1_800)).await.expect("saved");
            assert_eq!(number(&sessions, id).await, Some(n.to_string()), "{}", test.name);
        }
        sessions.save(&record(id, 1, -1)).await.expect("saved");
        assert!(sessions.load(&id).await.expect("an answer").is_none(), "{}", test.name);
        assert_eq!(sweep(&test.db).await.expect("swept"), 1, "{}", test.name);
        assert_eq!(sweep(&test.db).await.expect("swept"), 0, "{}", test.name);
    }
}

#[tokio::test]
async fn who_it_is_comes_along_with_all_they_may_and_as_it_is_now() {
    for (world, test) in worlds().await {
        let sessions = Arc::new(DbSessions::new(world.db.clone()));
        let (school, board) = (Scope::School(world.school), Scope::Board(world.board));
        give(&world, world.coordinator, Role::Coordinator, school).await;
        give(&world, world.coordinator, Role::BoardContact, board).await;
        give(&world, world.specialist_person, Role::Specialist, Scope::Specialist(world.specialist)).await;
        let own = Session::new(None, sessions.clone(), None);
        let other = Session::new(None, sessions.clone(), None);
        for (session, person) in [(&own, world.coordinator), (&other, world.specialist_person)] {
            remember(session, person, now()).await.expect("signed in");
            session.save().await.expect("saved");
        }
        let ids = [own.id().expect("an id"), other.id().expect("an id")];
        let who = |id: Id| {
            let (db, session) = (world.db.clone(), Session::new(Some(id), sessions.clone(), None));
            async move { Caller::default().load(&db, &session).await.expect("an answer").expect("somebody") }
        };
        let mut asked = JoinSet::new();
        for n in 0..100 {
            asked.spawn(who(ids[n % 2]));
        }
        for me in asked.join_all().await {
            if me.person() == world.coordinator {
                assert_eq!(me.actor.roles, [(Role::Coordinator, school), (Role::BoardContact, board)], "{}", test.name);
            } else {
                assert_eq!(me.person(), world.specialist_person, "{}", test.name);
                assert_eq!(me.actor.roles, [(Role::Specialist, Scope::Specialist(world.specialist))], "{}", test.name);
            }
        }
        world.change(async |tx| assert_eq!(execute!(tx, "delete from roles where scope_kind = 'board'").expect("taken away"), 1)).await;
        assert_eq!(who(ids[0]).await.actor.roles, [(Role::Coordinator, school)], "{}", test.name);
    }
}

#[tokio::test]
async fn a_database_that_is_gone_is_told_to_each_who_asks() {
    for test in support::databases().await {
        let sessions = DbSessions::new(test.db.clone());
        begin(&sessions, 1).await;
        test.db.close().await;
        let mut asked = JoinSet::new();
        for n in 1..=MANY {
            let sessions = sessions.clone();
            asked.spawn(async move { sessions.load(&Id(n)).await.is_err() });
        }
        assert!(asked.join_all().await.into_iter().all(|told| told), "{}", test.name);
    }
}
