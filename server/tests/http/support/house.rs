//! The real server, in this process: one for each database engine, and the variations some tests need.
//!
//! Always true here: every router is built before the first request is served, because building one switches the loading of data off
//! for the whole process. Tests share the servers and each tells its own partnerships.

use super::{client::Client, databases::fresh};
use app::{db::Db, session::Site};
use server::connections::Limits;
use std::{
    future::Future,
    io::Write as _,
    net::{SocketAddr, TcpListener},
    sync::LazyLock,
};
use tokio::runtime::{Builder, Runtime};

/// The runtime of servers and tests: it outlives every test, and with it the connections they share.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime"));
static HOUSE: LazyLock<House> = LazyLock::new(House::build);

/// Every server.
pub struct House {
    /// One per engine, behind a proxy of ours.
    pub engines: Vec<Server>,
    /// With one-click sign-in.
    pub demo: Server,
    /// Known to people under https.
    pub https: Server,
    /// Without a proxy in front: it believes no header about where somebody comes from.
    pub direct: Server,
}

/// A running server.
pub struct Server {
    /// `sqlite`, `postgres`, or what is special about it.
    pub name: &'static str,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its database, through connections of the test's own.
    pub db: Db,
}

/// A panic of a request is answered, so its words would be lost: the runtime's threads write where the first test does, and that is kept
/// back when the test passes.
fn tell_panics_of_requests() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name().is_some_and(|name| name.starts_with("tokio")) {
            let _ = writeln!(std::io::stderr(), "a request panicked: {panic}\n{}", std::backtrace::Backtrace::force_capture());
        }
        usual(panic);
    }));
}

impl House {
    fn build() -> Self {
        tell_panics_of_requests();
        let plain = |db: &Db| Site { db: db.clone(), demo: false, url: "http://127.0.0.1".into(), behind_proxy: true };
        let (mut sites, mut routers) = (Vec::new(), Vec::new());
        RUNTIME.block_on(async {
            for database in fresh("http").await {
                sites.push((database.name, plain(&database.served), database.db));
            }
            let special = fresh("special").await.into_iter().next().expect("SQLite is always there");
            let site = plain(&special.served);
            sites.push(("demo", Site { demo: true, ..site.clone() }, special.db.clone()));
            sites.push(("https", Site { url: "https://wijkpot.example.nl".into(), ..site.clone() }, special.db.clone()));
            sites.push(("direct", Site { behind_proxy: false, ..site }, special.db));
            for (_, site, _) in &sites {
                routers.push(server::router::router(site.clone()));
            }
        });
        let mut servers: Vec<Server> = Vec::new();
        for ((name, _, db), router) in sites.into_iter().zip(routers) {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
            listener.set_nonblocking(true).expect("a listener for the runtime");
            let address = listener.local_addr().expect("its port");
            RUNTIME.spawn(async move {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                server::connections::serve(listener, router, Limits::default(), std::future::pending()).await;
            });
            servers.push(Server { name, address, db });
        }
        let mut take = || servers.pop().expect("as many servers as sites");
        let (direct, https, demo) = (take(), take(), take());
        Self { engines: servers, demo, https, direct }
    }
}

impl Server {
    /// A browser that was never here.
    pub fn visitor(&self) -> Client {
        Client::new(self.address)
    }
}

/// The servers.
pub fn house() -> &'static House {
    &HOUSE
}

/// Runs a test with every server.
pub fn in_the_house<F: Future<Output = ()>>(test: impl FnOnce(&'static House) -> F) {
    let test = test(house());
    RUNTIME.block_on(test);
}

/// Runs a test on each engine in turn.
pub fn on_every_engine<F: Future<Output = ()>>(test: impl Fn(&'static Server) -> F) {
    for server in &house().engines {
        eprintln!("on {}", server.name);
        RUNTIME.block_on(test(server));
    }
}

/// Runs a test that goes its own way.
pub fn outdoors<F: Future<Output = ()>>(test: F) {
    RUNTIME.block_on(test);
}
