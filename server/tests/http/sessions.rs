//! How a session begins, lives and ends, and how an invitation opens one.

use super::support::{
    Answer, Client, Seat, Server, Who, World, audit_log, in_the_house, on_every_engine,
    world::{PASSWORD, session},
};
use app::{
    db::Db,
    execute, fetch_all,
    people::{passwords, sql},
    session::{SESSION_SEEN, SESSION_STARTED, now},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::PersonId;
use sha2::{Digest, Sha256};

async fn sign_in(browser: &Client, email: &str, password: &str) -> Answer {
    browser.call("/api/inloggen", &[("email", email), ("wachtwoord", password)]).await
}

/// Whether the server knows who this browser belongs to.
async fn is_somebody(browser: &Client) -> bool {
    let answer = browser.call("/api/sessie/bezoeker", &[]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body.contains("Proefland")
}

/// The session's id, as the browser holds it.
fn id_of(cookie: &str) -> &str {
    cookie.split_once('=').map_or("", |(_, id)| id)
}

async fn rows(db: &Db, person: PersonId) -> Vec<(String, String, DateTime<Utc>)> {
    let mut tx = db.read().await.expect("a reader");
    let tx = &mut tx;
    fetch_all!(
        tx,
        (String, String, DateTime<Utc>),
        "select id_hash, data, expires_at from sessions where person_id = $1 order by id_hash",
        person.0
    )
    .expect("sessions")
}

/// Rewrites the one session of this person.
async fn rewrite(db: &Db, person: PersonId, key: &str, seconds: i64) {
    let (hash, data, _) = rows(db, person).await.pop().expect("a session");
    let mut data: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&data).expect("its data");
    assert!(data.insert(key.to_owned(), seconds.into()).is_some(), "{key} was there");
    let mut tx = db.write_unscoped().await.expect("a writer");
    let inner = &mut tx;
    let data = serde_json::to_string(&data).expect("text");
    execute!(inner, "update sessions set data = $2 where id_hash = $1", hash, data).expect("rewritten");
    tx.commit().await.expect("committed");
}

#[test]
fn a_sign_in_gives_a_new_id_of_which_the_database_keeps_a_hash() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let person = world.here.person(Seat::Coordinator);
        // A session that exists before: a refused form leaves its flash in one.
        let browser = server.visitor();
        browser.form("/api/inloggen", &[("email", "x"), ("wachtwoord", "y")], "/inloggen").await;
        let planted = browser.cookie().expect("a session for the flash");
        let answer = sign_in(&browser, &world.here.email(Seat::Coordinator).to_uppercase(), PASSWORD).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let cookie = browser.cookie().expect("a session");
        assert_ne!(cookie, planted, "the id from before sign-in is worth nothing");
        assert!(!is_somebody(&server.visitor().with_cookie(&planted)).await);
        assert!(is_somebody(&browser).await);

        let id = id_of(&cookie);
        let all = rows(&server.db, person).await;
        assert_eq!(all.len(), 1, "{}", server.name);
        assert!(!format!("{all:?}").contains(id), "the id itself is nowhere");
        let bits: tower_sessions::session::Id = id.parse().expect("an id");
        assert_eq!(all[0].0, hex::encode(Sha256::digest(bits.0.to_be_bytes())));
        assert!(!all[0].1.contains(PASSWORD));
        let log = audit_log(&server.db, world.here.partnership).await;
        assert!(log.iter().any(|(what, who, ..)| what == "sign_in" && *who == Some(person.0)));
    });
}

#[test]
fn who_signs_out_is_nobody_and_the_old_id_opens_nothing() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let old = browser.cookie().expect("a session");
        let second = world.browser(server, Who::Here(Seat::Coordinator)).await;
        assert!(is_somebody(&browser).await);
        let answer = browser.form("/api/sessie/uitloggen", &[], "/zoeken").await;
        assert_eq!((answer.status, answer.header("location")), (303, "/inloggen"));
        assert!(!is_somebody(&browser).await);
        assert!(!is_somebody(&server.visitor().with_cookie(&old)).await, "{}", server.name);
        assert!(is_somebody(&second).await, "another device stays signed in");
    });
}

#[test]
fn a_session_ends_when_idle_and_twelve_hours_after_it_began() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let seat = |seat| (world.here.person(seat), session(&server.db, world.here.person(seat)));
        let (absolute, cookie) = seat(Seat::Head);
        let browser = server.visitor().with_cookie(&cookie.await);
        let hours = |hours: i64, minutes: i64| (now() - TimeDelta::hours(hours) - TimeDelta::minutes(minutes)).timestamp();
        rewrite(&server.db, absolute, SESSION_STARTED, hours(11, 58)).await;
        assert!(is_somebody(&browser).await, "two minutes are left");
        rewrite(&server.db, absolute, SESSION_STARTED, hours(12, 1)).await;
        assert!(!is_somebody(&browser).await, "however busy");
        assert!(rows(&server.db, absolute).await.is_empty(), "and it is gone");

        let (idle, cookie) = seat(Seat::Registrar);
        let cookie = cookie.await;
        let browser = server.visitor().with_cookie(&cookie);
        let ends = rows(&server.db, idle).await[0].2;
        assert!((ends - now() - TimeDelta::minutes(30)).num_seconds().abs() < 20, "half an hour from the last click");
        rewrite(&server.db, idle, SESSION_SEEN, hours(0, 20)).await;
        expire(&server.db, idle, now() + TimeDelta::minutes(10)).await;
        assert!(is_somebody(&browser).await);
        assert!(rows(&server.db, idle).await[0].2 > now() + TimeDelta::minutes(29), "a click moves the end");
        expire(&server.db, idle, now() - TimeDelta::seconds(1)).await;
        assert!(!is_somebody(&server.visitor().with_cookie(&cookie)).await, "{}", server.name);
        assert_eq!(server.visitor().with_cookie(&cookie).call("/api/afspraken/lees", &[]).await.status, 401);
    });
}

#[test]
fn a_page_that_looks_by_itself_keeps_no_session_and_leaves_what_a_form_said() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let person = world.here.person(Seat::Coordinator);
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let pot = format!("/wijkpot/{}", world.here.pot(world.db()).await);
        let long_ago = (now() - TimeDelta::minutes(20)).timestamp();
        // Without scripts a refused form leaves its words in the session, for the next page somebody looks at.
        browser.form("/api/wijkpot/doneer", &[("minuten", "duizend")], &pot).await;
        rewrite(&server.db, person, SESSION_SEEN, long_ago).await;
        let kept = rows(&server.db, person).await;
        let answer = browser.call("/api/pagina", &[("pad", &pot), ("vanzelf", "true")]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(rows(&server.db, person).await, kept, "{}: it changed the session", server.name);
        let answer = browser.call("/api/pagina", &[("pad", &pot)]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let (_, data, _) = &rows(&server.db, person).await[0];
        assert!(kept[0].1.contains(&long_ago.to_string()) && !data.contains(&long_ago.to_string()), "{}: a click counts", server.name);
        assert!(kept[0].1.contains("flash") && !data.contains("flash"), "{}: {data}", server.name);
    });
}

async fn expire(db: &Db, person: PersonId, at: DateTime<Utc>) {
    let mut tx = db.write_unscoped().await.expect("a writer");
    let inner = &mut tx;
    execute!(inner, "update sessions set expires_at = $2 where person_id = $1", person.0, at).expect("rewritten");
    tx.commit().await.expect("committed");
}

#[test]
fn who_loses_the_last_role_is_signed_out_at_once() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Auditor)).await;
        assert!(is_somebody(&browser).await);
        let mut tx = server.db.write(world.here.partnership).await.expect("a writer");
        let inner = &mut tx;
        execute!(inner, "delete from roles where person_id = $1", world.here.person(Seat::Auditor).0).expect("taken away");
        tx.commit().await.expect("committed");
        assert!(!is_somebody(&browser).await);
    });
}

#[test]
fn the_cookie_is_for_http_alone_and_under_https_for_this_host_and_secure() {
    in_the_house(async |house| {
        for (server, name, secure) in [(&house.engines[0], "wijkpot=", false), (&house.https, "__Host-wijkpot=", true)] {
            let world = World::tell(server).await;
            let browser = server.visitor();
            let answer = sign_in(&browser, &world.here.email(Seat::Head), PASSWORD).await;
            let set = answer.set_cookie();
            assert!(set.starts_with(name), "{set}");
            for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(set.contains(part), "{part}: {set}");
            }
            assert_eq!(set.contains("Secure"), secure, "{set}");
            assert!(!set.contains("Domain"), "{set}");
        }
    });
}

pub async fn invite(server: &Server, world: &World, seat: Seat, sent: DateTime<Utc>) -> String {
    let (token, hash) = passwords::token().expect("a token");
    let mut tx = server.db.write(world.here.partnership).await.expect("a writer");
    sql::invite(&mut tx, world.here.person(seat), &hash, sent).await.expect("invited");
    tx.commit().await.expect("committed");
    token
}

#[test]
fn an_invitation_sets_a_password_once_and_ends_every_other_session() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let before = world.browser(server, Who::Here(Seat::Counsellor)).await;
        let (token, spare) = (invite(server, &world, Seat::Counsellor, now()).await, invite(server, &world, Seat::Counsellor, now()).await);
        let browser = server.visitor();
        let read = browser.call("/api/uitnodiging/lees", &[("token", &token)]).await;
        assert!(read.status == 200 && read.body.contains(&world.here.email(Seat::Counsellor)), "{read:?}");
        let short = browser.call("/api/uitnodiging/kies", &[("token", &token), ("wachtwoord", "kort")]).await;
        assert_eq!((short.status, short.code().as_str()), (422, "password_short"));

        let chosen = "groene trein over de dijk";
        let set = browser.call("/api/uitnodiging/kies", &[("token", &token), ("wachtwoord", chosen)]).await;
        assert_eq!(set.status, 200, "{set:?}");
        assert!(is_somebody(&browser).await && !is_somebody(&before).await, "{}", server.name);
        for token in [&token, &spare] {
            for again in [
                server.visitor().call("/api/uitnodiging/kies", &[("token", token), ("wachtwoord", "iets heel anders nu")]).await,
                server.visitor().call("/api/uitnodiging/lees", &[("token", token)]).await,
            ] {
                assert_eq!((again.status, again.code().as_str()), (422, "invitation_used"), "{again:?}");
            }
        }
        let email = world.here.email(Seat::Counsellor);
        assert_eq!(sign_in(&server.visitor(), &email, PASSWORD).await.status, 422, "the old password is gone");
        assert_eq!(sign_in(&server.visitor(), &email, chosen).await.status, 200);
    });
}

#[test]
fn two_who_open_the_same_invitation_at_once_choose_one_password() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let token = invite(server, &world, Seat::Planner, now()).await;
        let browsers = [server.visitor(), server.visitor()];
        let choose = async |place: usize, password: &str| {
            browsers[place].call("/api/uitnodiging/kies", &[("token", &token), ("wachtwoord", password)]).await.status
        };
        let (one, two) = tokio::join!(choose(0, "blauwe boot in de haven"), choose(1, "gele kano op de rivier"));
        assert_eq!([one.min(two), one.max(two)], [200, 422], "{}", server.name);
    });
}

#[test]
fn an_invitation_that_ended_or_never_was_opens_nothing() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let ended = invite(server, &world, Seat::Planner, now() - TimeDelta::days(7) - TimeDelta::seconds(1)).await;
        let typed = [("token", &*ended), ("wachtwoord", "blauwe boot in de haven")];
        let answer = server.visitor().call("/api/uitnodiging/kies", &typed).await;
        assert_eq!((answer.status, answer.code().as_str()), (422, "invitation_ended"));
        for token in ["", "0", "' or 1=1 --", "%00", "é", &"a".repeat(20_000)] {
            let typed = [("token", token), ("wachtwoord", "blauwe boot in de haven")];
            assert_eq!(server.visitor().call("/api/uitnodiging/kies", &typed).await.status, 404, "{token:.20}");
            assert_eq!(server.visitor().call("/api/uitnodiging/lees", &[("token", token)]).await.status, 404, "{token:.20}");
        }
        assert_eq!(server.visitor().page("/uitnodiging/nergens").await.status, 404);
    });
}

#[test]
fn without_the_demo_nobody_becomes_somebody_with_one_click() {
    in_the_house(async |house| {
        for server in house.engines.iter().chain([&house.https, &house.direct]) {
            let world = World::tell(server).await;
            let id = world.here.person(Seat::Administrator).to_string();
            let browser = server.visitor();
            assert_eq!(browser.call("/api/demo/inloggen", &[("persoon", &id)]).await.status, 404, "{}", server.name);
            assert!(!is_somebody(&browser).await);
        }
        // In the demo only the cast, by its address; these people are none of it.
        let world = World::tell(&house.demo).await;
        let id = world.here.person(Seat::Administrator).to_string();
        assert_eq!(house.demo.visitor().call("/api/demo/inloggen", &[("persoon", &id)]).await.status, 404);
        assert_eq!(house.demo.visitor().call("/api/demo/inloggen", &[("persoon", "wie?")]).await.status, 400);
    });
}

#[test]
fn a_cookie_that_is_none_of_ours_is_nobody_and_breaks_nothing() {
    on_every_engine(async |server| {
        for cookie in ["wijkpot=", "wijkpot=x", "wijkpot=AAAAAAAAAAAAAAAAAAAAAA", "wijkpot=%00%ff", "wijkpot=a; wijkpot=b", "=;=;;"] {
            assert!(!is_somebody(&server.visitor().with_cookie(cookie)).await, "{cookie}");
        }
        let long = format!("wijkpot={}", "A".repeat(8_000));
        assert!(!is_somebody(&server.visitor().with_cookie(&long)).await);
    });
}
