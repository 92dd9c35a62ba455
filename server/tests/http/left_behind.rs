//! What is left behind in a browser: by whom, for whom, and how much of it by nobody at all.

use super::{
    sessions::invite,
    support::{Client, Seat, Server, Who, World, in_the_house, on_every_engine, world::PASSWORD},
};
use app::{db::Db, fetch_all, session::now};

/// A browser in which this person was refused a form, and did not look at the page yet; what they typed.
async fn refused(server: &Server, world: &World) -> (Client, &'static str) {
    let browser = world.browser(server, Who::Here(Seat::Specialist)).await;
    let words = "twaalf uur zebrapad";
    let answer = browser.form("/api/agenda/patroon", &[("maandag", words)], "/agenda").await;
    assert_eq!((answer.status, answer.header("location")), (303, "/agenda"));
    (browser, words)
}

#[test]
fn what_one_person_typed_is_never_shown_to_the_next_who_signs_in_on_that_browser() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let (own, words) = refused(server, &world).await;
        assert!(own.page("/agenda").await.body.contains(words), "{}: it comes back to who typed it", server.name);
        for way in ["password", "invitation"] {
            let (browser, words) = refused(server, &world).await;
            let seat = if way == "password" { Seat::OtherSpecialist } else { Seat::Planner };
            if way == "password" {
                assert_eq!(
                    browser.call("/api/inloggen", &[("email", &world.here.email(seat)), ("wachtwoord", PASSWORD)]).await.status,
                    200
                );
            } else {
                let token = invite(server, &world, seat, now()).await;
                let answer = browser.call("/api/uitnodiging/kies", &[("token", &token), ("wachtwoord", "een heel nieuwe zin 83")]).await;
                assert_eq!(answer.status, 200, "{answer:?}");
            }
            for path in ["/agenda", "/", "/afspraken"] {
                let page = browser.page(path).await;
                assert!(page.status == 200 && !page.body.contains(words), "{} {way} {path}: {}", server.name, page.body);
            }
        }
    });
}

/// How many sessions there are of nobody.
async fn of_nobody(db: &Db) -> i64 {
    let mut tx = db.read().await.expect("a reader");
    let tx = &mut tx;
    let rows = fetch_all!(tx, (i64,), "select count(*) from sessions where person_id is null").expect("a count");
    rows[0].0
}

#[test]
fn nobody_fills_the_table_of_sessions_without_signing_in() {
    in_the_house(async |house| {
        // A server of its own database: others test here at the same time.
        let server = &house.demo;
        let before = of_nobody(&server.db).await;
        let from = server.visitor().from;
        let mut later = 0;
        for _ in 0..60 {
            let mut browser = server.visitor();
            browser.from.clone_from(&from);
            let answer = browser.form("/api/inloggen", &[("email", "x"), ("wachtwoord", "y")], "/inloggen").await;
            if answer.status == 303 {
                continue;
            }
            assert_eq!((answer.status, answer.header("retry-after")), (429, "60"), "{answer:?}");
            assert!(answer.body.contains("Dit is geen e-mailadres") && answer.set_cookie().is_empty(), "{answer:?}");
            later += 1;
        }
        assert!(later >= 30, "{later} of 60 made no session");
        assert!(of_nobody(&server.db).await - before < 60, "each made a row");
        let other = server.visitor();
        assert_eq!(other.form("/api/inloggen", &[("email", "x"), ("wachtwoord", "y")], "/inloggen").await.status, 303, "another address");
        assert!(other.cookie().is_some());
        assert!(other.page("/inloggen").await.body.contains("Dit is geen e-mailadres"));
        assert!(other.cookie().is_none(), "what was shown is gone, and the session with it");
    });
}
