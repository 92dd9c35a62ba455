//! Pages that stay open: what one browser does another hears, within the time a person notices.

#[cfg(unix)]
use super::crash::{Running, free_address, until_ready};
use super::support::{Client, Seat, Who, World, client::Opened, databases::fresh, on_every_engine, outdoors, world::session};
use app::session::now;
use domain::hours::Month;
use std::{net::SocketAddr, time::Duration};

/// Sooner than somebody who waits for hours looks away.
const SOON: Duration = Duration::from_secs(2);
/// Long enough to know that nothing comes.
const A_WHILE: Duration = Duration::from_millis(800);

async fn donate(giver: &Client, world: &World, key: &str) -> u16 {
    let pot = world.here.pot(world.db()).await.to_string();
    let fields = [
        ("pot", pot),
        ("school", world.here.schools[0].to_string()),
        ("leverancier", world.here.suppliers[0].to_string()),
        ("maand", Month::at(now()).to_string()),
        ("minuten", "15".to_owned()),
        ("key", key.to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    giver.call("/api/wijkpot/doneer", &fields).await.status
}

#[test]
fn a_donation_is_heard_on_an_open_page_within_two_seconds_and_nowhere_else() {
    on_every_engine(async |server| {
        let (world, other) = (World::tell(server).await, World::tell(server).await);
        let path = format!("/live/wijkpot/{}", world.here.pot(world.db()).await);
        let elsewhere = format!("/live/wijkpot/{}", other.here.pot(other.db()).await);
        let mut page = world.browser(server, Who::Here(Seat::OtherBoard)).await.open(&path).await;
        let mut far = other.browser(server, Who::Here(Seat::OtherBoard)).await.open(&elsewhere).await;
        assert_eq!(page.headers["content-type"], "text/event-stream", "{}", server.name);
        assert!(!page.headers.contains_key("content-encoding"), "{}: a compressed stream says nothing until it is full", server.name);
        // On PostgreSQL the line to the other app servers begins with the first page that listens.
        while page.next(A_WHILE).await.is_some() || far.next(A_WHILE).await.is_some() {}
        let giver = world.browser(server, Who::Here(Seat::Coordinator)).await;
        assert_eq!(donate(&giver, &world, "live-1").await, 200, "{}", server.name);
        assert!(page.next(SOON).await.is_some_and(|said| said.contains("event: pot")), "{}: nothing was heard", server.name);
        assert_eq!(far.next(A_WHILE).await, None, "{}: another partnership heard it", server.name);
    });
}

/// A page of this server that listens to the pot of a world, and hears nothing yet.
async fn listening(world: &World, address: SocketAddr) -> Opened {
    let cookie = session(world.db(), world.here.person(Seat::OtherBoard)).await;
    let mut page = Client::new(address).with_cookie(&cookie).open(&format!("/live/wijkpot/{}", world.here.pot(world.db()).await)).await;
    assert_eq!(page.status, 200);
    while page.next(A_WHILE).await.is_some() {}
    page
}

#[test]
fn the_ninth_page_of_a_person_that_listens_ends_the_oldest_and_no_other() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let path = format!("/live/wijkpot/{}", world.here.pot(world.db()).await);
        let browser = world.browser(server, Who::Here(Seat::OtherBoard)).await;
        let mut other = world.browser(server, Who::Here(Seat::Head)).await.open(&path).await;
        let mut pages = Vec::new();
        for _ in 0..9 {
            let page = browser.open(&path).await;
            assert_eq!(page.status, 200, "{}", server.name);
            pages.push(page);
        }
        assert!(pages[0].ends(SOON).await, "{}: the oldest goes on", server.name);
        for page in pages.iter_mut().skip(1).chain([&mut other]) {
            assert!(!page.ends(A_WHILE / 8).await, "{}: one that is not the oldest ended", server.name);
        }
    });
}

#[cfg(unix)]
#[test]
fn a_server_that_stops_ends_its_streams_and_does_not_wait_for_them() {
    outdoors(async {
        for database in fresh("live").await {
            let world = World::tell_to(&database.db).await;
            let address = free_address();
            let mut server = Running::start(&database, address);
            until_ready(address).await;
            let mut page = listening(&world, address).await;
            let stopped = tokio::task::spawn_blocking(move || server.stop(Duration::from_secs(10)));
            assert!(page.ends(Duration::from_secs(5)).await, "{}: the stream goes on", database.name);
            assert!(stopped.await.expect("it was told"), "{}: the server waits for a page that listens", database.name);
        }
    });
}

#[cfg(unix)]
#[test]
fn what_is_given_at_one_app_server_is_heard_at_another_of_the_same_database() {
    outdoors(async {
        for database in fresh("twins").await.into_iter().filter(|database| database.name == "postgres") {
            let world = World::tell_to(&database.db).await;
            let (here, there) = (free_address(), free_address());
            let _servers = [Running::start(&database, here), Running::start(&database, there)];
            until_ready(here).await;
            until_ready(there).await;
            let mut page = listening(&world, here).await;
            let cookie = session(world.db(), world.here.person(Seat::Coordinator)).await;
            let giver = Client::new(there).with_cookie(&cookie);
            assert_eq!(donate(&giver, &world, "twins-1").await, 200);
            assert!(page.next(SOON).await.is_some_and(|said| said.contains("event: pot")), "the other server says nothing");
        }
    });
}
