//! The real server, killed while people book: what it acknowledged is there, and nothing is there by half.

use super::{
    race::{ask, wish},
    support::{
        Client, World,
        databases::{Database, fresh},
        outdoors,
        sound::sound,
        world::session,
    },
};
use app::fetch_all;
use std::{
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// So often it is killed.
const CRASHES: u64 = 20;
/// So many book at once.
const PEOPLE: usize = 16;
/// A server that does not answer within this time never will.
const PATIENCE: Duration = Duration::from_secs(60);

/// A child that ends with the test, however that ends.
pub struct Running(Child);

impl Running {
    /// Starts a server on this database.
    pub fn start(database: &Database, address: SocketAddr) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_wijkpot"))
            .args(["serve"])
            .env("DATABASE_URL", &database.url)
            .env("WIJKPOT_ADDR", address.to_string())
            .env("WIJKPOT_BEHIND_PROXY", "true")
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.expect("the server starts"))
    }

    /// SIGKILL: nothing is finished, nothing is tidied up.
    fn kill(&mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("gone");
    }
}

impl Running {
    /// SIGTERM: what is under way is finished; answers whether it was gone in time.
    pub fn stop(&mut self, within: Duration) -> bool {
        let told = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()), "the server can be told to stop");
        let started = Instant::now();
        while started.elapsed() < within {
            if self.0.try_wait().expect("a child").is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An address nobody listens on.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port")
}

/// Waits until a server answers.
pub async fn until_ready(address: SocketAddr) {
    let browser = Client::new(address);
    let started = Instant::now();
    loop {
        let request = browser.request(http::Method::GET, "/readyz").body(axum::body::Body::empty()).expect("a request");
        if browser.try_send(request).await.is_some_and(|answer| answer.status == 200) {
            return;
        }
        assert!(started.elapsed() < PATIENCE, "the server is not ready");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What was acknowledged: the keys of forms that were answered with yes.
type Acknowledged = Arc<Mutex<Vec<String>>>;

/// Books until the server is gone. Each takes moments of their own, so that only the crash stands in the way.
async fn book(world: Arc<World>, address: SocketAddr, cookie: String, counter: Arc<AtomicUsize>, yes: Acknowledged) {
    let browser = Client::new(address).with_cookie(&cookie);
    loop {
        let key = format!("crash-{}", counter.fetch_add(1, Ordering::Relaxed));
        let form = wish(&world, &world.half_hour(), "30", &key);
        let typed: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request = browser.scripted("/api/afspraak/vraag", super::support::encode(&typed));
        match browser.try_send(request).await {
            None => return,
            Some(answer) if answer.status == 200 => yes.lock().expect("no panic with it").push(key),
            Some(answer) => assert_eq!(answer.code(), "too_few_hours", "{answer:?}"),
        }
    }
}

/// What the database holds after a crash: sound, and with everything that was acknowledged.
async fn is_whole(database: &Database, world: &World, yes: &Acknowledged) -> usize {
    let mut tx = database.db.read().await.expect("a reader");
    assert_eq!(sound(&mut tx, world.here.partnership).await, Vec::<String>::new(), "{}", database.name);
    let tx = &mut tx;
    let rows: Vec<(String,)> =
        fetch_all!(tx, (String,), "select form_key from bookings where partnership_id = $1", world.here.partnership.0).expect("bookings");
    let there: std::collections::HashSet<String> = rows.into_iter().map(|(key,)| key).collect();
    let lost: Vec<String> = yes.lock().expect("no panic with it").iter().filter(|key| !there.contains(*key)).cloned().collect();
    assert_eq!(lost, Vec::<String>::new(), "{}: acknowledged and gone", database.name);
    there.len()
}

async fn survives(database: Database) {
    let world = Arc::new(World::tell_to(&database.db).await);
    let people = world.here.coordinators(&database.db, PEOPLE).await;
    let mut cookies = Vec::new();
    for person in people {
        cookies.push(session(&database.db, person).await);
    }
    let address = free_address();
    let (counter, yes) = (Arc::new(AtomicUsize::new(0)), Acknowledged::default());
    for crash in 0..CRASHES {
        let mut server = Running::start(&database, address);
        until_ready(address).await;
        let before = yes.lock().expect("no panic with it").len();
        let mut tasks = JoinSet::new();
        for cookie in &cookies {
            tasks.spawn(book(world.clone(), address, cookie.clone(), counter.clone(), yes.clone()));
        }
        // Killed under way: after a few bookings, and then at another moment each time.
        let started = Instant::now();
        while yes.lock().expect("no panic with it").len() < before + 4 {
            assert!(started.elapsed() < PATIENCE, "{}: nobody can book", database.name);
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        tokio::time::sleep(Duration::from_millis(crash * 7 % 60)).await;
        server.kill();
        tasks.join_all().await;
        is_whole(&database, &world, &yes).await;
    }
    // A last start: the same forms sent again book nothing twice.
    let _server = Running::start(&database, address);
    until_ready(address).await;
    let there = is_whole(&database, &world, &yes).await;
    let browser = Client::new(address).with_cookie(&cookies[0]);
    let answer = ask(&browser, &wish(&world, &world.half_hour(), "30", "after-all")).await;
    assert_eq!(answer.status, 200, "{}: {answer:?}", database.name);
    assert_eq!(is_whole(&database, &world, &yes).await, there + 1);
}

#[test]
fn a_server_killed_while_sixteen_people_book_keeps_every_booking_it_acknowledged_and_none_by_half() {
    outdoors(async {
        for database in fresh("crash").await {
            let (name, started) = (database.name, Instant::now());
            survives(database).await;
            eprintln!("{name}: {CRASHES} crashes in {:?}", started.elapsed());
        }
    });
}
