//! Pages that stay open: what one browser does another hears, within the time a person notices.

use super::support::{Client, Seat, Server, Who, World, databases::fresh, on_every_engine, outdoors, session};
use app::session::{Site, now};
use domain::hours::Month;
use server::connections::{self, Limits};
use std::time::Duration;
use tokio::{net::TcpListener, sync::oneshot};

/// What the issue asks.
const SOON: Duration = Duration::from_secs(2);
/// Long enough to know that nothing comes.
const A_WHILE: Duration = Duration::from_millis(800);

async fn donate(server: &Server, world: &World, key: &str) -> u16 {
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
    world.browser(server, Who::Here(Seat::Coordinator)).await.call("/api/wijkpot/doneer", &fields).await.status
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
        assert_eq!(donate(server, &world, "live-1").await, 200, "{}", server.name);
        assert!(page.next(SOON).await.is_some_and(|said| said.contains("event: pot")), "{}: nothing was heard", server.name);
        assert_eq!(far.next(A_WHILE).await, None, "{}: another partnership heard it", server.name);
    });
}

#[test]
fn a_stream_ends_when_the_server_stops_and_the_server_does_not_wait_for_it() {
    outdoors(async {
        for database in fresh("live").await {
            let world = World::tell_to(&database.db).await;
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = listener.local_addr().expect("its address");
            let (stop, stopped) = oneshot::channel::<()>();
            let db = database.served.clone();
            let site = Site { db: db.clone(), demo: false, url: format!("http://{address}"), behind_proxy: true };
            let router = server::router::router(site);
            let serving = tokio::spawn(async move {
                let told = async move {
                    stopped.await.ok();
                    db.end_changes();
                };
                connections::serve(listener, router, Limits::default(), told).await;
            });
            let cookie = session(&database.db, world.here.person(Seat::Coordinator)).await;
            let browser = Client::new(address).with_cookie(&cookie);
            let mut page = browser.open(&format!("/live/wijkpot/{}", world.here.pot(&database.db).await)).await;
            assert_eq!(page.status, 200, "{}", database.name);
            stop.send(()).expect("it is still serving");
            assert!(page.ends(SOON).await, "{}: the stream goes on", database.name);
            tokio::time::timeout(SOON, serving)
                .await
                .unwrap_or_else(|_| panic!("{}: the server waits", database.name))
                .expect("it stopped");
        }
    });
}
