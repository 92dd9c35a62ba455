//! Guessing passwords: how soon one has to wait, and that nobody learns who exists.

use super::support::{Answer, Client, Seat, Server, World, in_the_house, on_every_engine, world::PASSWORD};
use app::execute;
use domain::people::{ACCOUNT_FAILURES_FREE, ADDRESS_FAILURES_MAX};
use uuid::Uuid;

async fn guess(browser: &Client, email: &str) -> Answer {
    browser.call("/api/inloggen", &[("email", email), ("wachtwoord", "niet dit wachtwoord")]).await
}

/// Writes failures down without waiting for the hashing of each.
async fn failures(server: &Server, subject: &str, count: usize) {
    let mut tx = server.db.write_unscoped().await.expect("a writer");
    let inner = &mut tx;
    for _ in 0..count {
        execute!(
            inner,
            "insert into sign_in_failures (id, subject, failed_at) values ($1, $2, $3)",
            Uuid::now_v7(),
            app::people::passwords::hash_of(subject),
            app::session::now()
        )
        .expect("a failure");
    }
    tx.commit().await.expect("committed");
}

#[test]
fn a_wrong_password_and_an_address_nobody_has_are_answered_the_same_to_the_letter() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let (known, unknown) = (world.here.email(Seat::Head), "niemand@proefland.example".to_owned());
        let (one, other) = (guess(&server.visitor(), &known).await, guess(&server.visitor(), &unknown).await);
        assert_eq!((one.status, one.code().as_str()), (422, "sign_in_failed"));
        assert_eq!(one.body, other.body, "{}", server.name);
        assert_eq!(one.header("content-type"), other.header("content-type"));
    });
}

#[test]
fn an_account_waits_after_five_failures_whether_it_exists_or_not_and_from_wherever_one_comes() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let nobody = format!("niemand-{}@proefland.example", Uuid::now_v7().simple());
        for email in [world.here.email(Seat::Head), nobody] {
            failures(server, &email, ACCOUNT_FAILURES_FREE - 1).await;
            assert_eq!(guess(&server.visitor(), &email).await.code(), "sign_in_failed", "the fifth is still free");
            let wait = guess(&server.visitor(), &email).await;
            assert_eq!((wait.status, wait.code().as_str()), (422, "sign_in_wait"), "{}", server.name);
            let advice = wait.error().expect("a refusal").as_refusal().advice;
            assert_eq!(advice, "Wacht 1 minuut en probeer het dan weer.");
            // The right password waits too, or guessing would go on.
            let right = server.visitor().call("/api/inloggen", &[("email", &email), ("wachtwoord", PASSWORD)]).await;
            assert_eq!(right.code(), "sign_in_wait");
        }
    });
}

#[test]
fn a_sign_in_that_works_forgets_the_failures_of_its_account() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let email = world.here.email(Seat::Registrar);
        for _ in 0..2 {
            failures(server, &email, ACCOUNT_FAILURES_FREE - 1).await;
            let right = server.visitor().call("/api/inloggen", &[("email", &email), ("wachtwoord", PASSWORD)]).await;
            assert_eq!(right.status, 200, "{} {right:?}", server.name);
        }
    });
}

#[test]
fn a_network_address_waits_after_thirty_failures_over_all_accounts_and_others_do_not() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = server.visitor();
        failures(server, &browser.from, ADDRESS_FAILURES_MAX - 1).await;
        assert_eq!(guess(&browser, "eerste@proefland.example").await.code(), "sign_in_failed");
        let wait = guess(&browser, "tweede@proefland.example").await;
        assert_eq!(wait.code(), "sign_in_wait", "{} {wait:?}", server.name);
        assert!(wait.body.contains("Wacht 15 minuten") || wait.body.contains("Wacht 14 minuten"), "{}", wait.body);
        let elsewhere = server.visitor();
        let typed = [("email", world.here.email(Seat::Head)), ("wachtwoord", PASSWORD.to_owned())];
        let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(elsewhere.call("/api/inloggen", &typed).await.status, 200);
    });
}

/// Without a proxy of ours in front the header is a lie anybody can tell.
#[test]
fn where_somebody_says_they_come_from_counts_only_behind_a_proxy_of_ours() {
    in_the_house(async |house| {
        failures(&house.direct, "127.0.0.1", ADDRESS_FAILURES_MAX).await;
        for _ in 0..2 {
            let answer = guess(&house.direct.visitor(), "iemand@proefland.example").await;
            assert_eq!(answer.code(), "sign_in_wait", "a new address each time: {answer:?}");
        }
        // Behind the proxy the last hop counts, not what the visitor put before it.
        let server = &house.engines[0];
        let mut browser = server.visitor();
        failures(server, &browser.from, ADDRESS_FAILURES_MAX).await;
        browser.from = format!("1.2.3.4, {}", browser.from);
        assert_eq!(guess(&browser, "iemand@proefland.example").await.code(), "sign_in_wait");
    });
}

#[test]
fn a_thousand_old_failures_do_not_hide_the_last_ones() {
    on_every_engine(async |server| {
        let email = format!("geduld-{}@proefland.example", Uuid::now_v7().simple());
        let long_ago = app::session::now() - chrono::TimeDelta::hours(20);
        let mut tx = server.db.write_unscoped().await.expect("a writer");
        for _ in 0..1_000 {
            app::people::sql::fail(&mut tx, &app::people::passwords::hash_of(&email), long_ago).await.expect("a failure");
        }
        tx.commit().await.expect("committed");
        failures(server, &email, 1).await;
        assert_eq!(guess(&server.visitor(), &email).await.code(), "sign_in_wait", "{}", server.name);
    });
}

#[test]
fn of_fifty_guesses_at_once_no_more_are_looked_at_than_one_after_another() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let email = world.here.email(Seat::Auditor);
        let mut guesses = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (browser, email) = (server.visitor(), email.clone());
            guesses.spawn(async move { guess(&browser, &email).await.code() });
        }
        let codes = guesses.join_all().await;
        let count = |code: &str| codes.iter().filter(|one| *one == code).count();
        assert_eq!(
            (count("sign_in_failed"), count("sign_in_wait")),
            (ACCOUNT_FAILURES_FREE, 50 - ACCOUNT_FAILURES_FREE),
            "{}",
            server.name
        );
    });
}

#[test]
fn strangers_who_guess_do_not_keep_out_who_signed_in_from_here_before() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let email = world.here.email(Seat::Counsellor);
        let right = [("email", &*email), ("wachtwoord", PASSWORD)];
        let home = server.visitor();
        assert_eq!(home.call("/api/inloggen", &right).await.status, 200, "{}", server.name);
        failures(server, &email, ACCOUNT_FAILURES_FREE + 4).await;
        assert_eq!(server.visitor().call("/api/inloggen", &right).await.code(), "sign_in_wait", "{}", server.name);
        let mut again = server.visitor();
        again.from.clone_from(&home.from);
        assert_eq!(again.call("/api/inloggen", &right).await.status, 200, "{}", server.name);
        // Known or not: an address itself may guess thirty times.
        failures(server, &home.from, ADDRESS_FAILURES_MAX).await;
        assert_eq!(again.call("/api/inloggen", &right).await.code(), "sign_in_wait", "{}", server.name);
    });
}
