//! Connections that say nothing, take nothing, or are too many: they hold up nobody for long.

use super::support::outdoors;
use axum::{
    Router,
    body::{Body, Bytes},
    routing::get,
};
use futures::stream::unfold;
use server::connections::{Limits, serve};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    time::{sleep, timeout},
};

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);

/// More than any system keeps for a connection.
static LARGE: [u8; 16 << 20] = [b'.'; 16 << 20];

/// A stream that says something, is silent for longer than anybody may take nothing, and says something again.
fn now_and_then() -> impl futures::Stream<Item = Result<Bytes, std::convert::Infallible>> {
    unfold(0, |said| async move {
        if said > 0 {
            sleep(SHORT * 3).await;
        }
        (said < 3).then(|| (Ok(Bytes::from_static(b"iets;")), said + 1))
    })
}

/// A server with a page that takes its time; told to stop by what is answered.
async fn start(limits: Limits) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("its port");
    let router = Router::new().route("/", get(|| async { "hier" })).route(
        "/traag",
        get(|| async {
            sleep(SHORT).await;
            "klaar"
        }),
    );
    let router =
        router.route("/groot", get(|| async { LARGE.as_slice() })).route("/stroom", get(|| async { Body::from_stream(now_and_then()) }));
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(serve(listener, router, limits, async move { drop(stopped.await) }));
    (address, stop, served)
}

async fn send(address: SocketAddr, text: &str) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.expect("a connection");
    socket.write_all(text.as_bytes()).await.expect("sent");
    socket
}

/// Everything until the other side closes.
async fn rest(mut socket: TcpStream) -> String {
    let mut text = Vec::new();
    timeout(LONG, socket.read_to_end(&mut text)).await.expect("the other side closes").unwrap_or_default();
    String::from_utf8_lossy(&text).into_owned()
}

const ONCE: &str = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

#[test]
fn whoever_does_not_finish_the_head_of_a_request_is_sent_away() {
    outdoors(async {
        let (address, _stop, _served) = start(Limits { head_within: SHORT, ..Limits::default() }).await;
        for head in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
            let text = rest(send(address, head).await).await;
            assert!(!text.contains("hier"), "{head}: {text}");
        }
        assert!(rest(send(address, ONCE).await).await.ends_with("hier"));
    });
}

#[test]
fn one_connection_too_many_waits_until_there_is_a_place() {
    outdoors(async {
        let (address, _stop, _served) = start(Limits { connections: 2, ..Limits::default() }).await;
        let (one, _two) = (send(address, "GET").await, send(address, "GET").await);
        let mut third = send(address, ONCE).await;
        assert!(timeout(SHORT, third.read(&mut [0; 1])).await.is_err(), "there is no place yet");
        drop(one);
        assert!(rest(third).await.ends_with("hier"));
    });
}

#[test]
fn what_is_under_way_is_finished_before_the_server_stops() {
    outdoors(async {
        let (address, stop, served) = start(Limits::default()).await;
        let slow = send(address, "GET /traag HTTP/1.1\r\nHost: a\r\n\r\n").await;
        sleep(SHORT / 3).await;
        stop.send(()).expect("it listens");
        assert!(rest(slow).await.ends_with("klaar"));
        timeout(LONG, served).await.expect("it stops").expect("in order");
        assert!(TcpStream::connect(address).await.is_err(), "and takes nobody in");
    });
}

/// Asks many times for much, and takes nothing of it.
async fn greedy(address: SocketAddr) -> TcpStream {
    send(address, &"GET /groot HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20)).await
}

#[test]
fn whoever_takes_nothing_of_an_answer_loses_the_place_it_holds() {
    outdoors(async {
        let (address, _stop, _served) = start(Limits { taken_within: SHORT, connections: 2, ..Limits::default() }).await;
        let _greedy = [greedy(address).await, greedy(address).await];
        assert!(rest(send(address, ONCE).await).await.ends_with("hier"));
    });
}

#[test]
fn whoever_takes_an_answer_slowly_gets_all_of_it() {
    outdoors(async {
        let (address, _stop, _served) = start(Limits { taken_within: SHORT, ..Limits::default() }).await;
        let mut slow = send(address, "GET /groot HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        let (mut bytes, mut piece) = (0, vec![0; 1 << 20]);
        loop {
            let taken = timeout(LONG, slow.read_exact(&mut piece)).await.expect("it goes on");
            bytes += taken.unwrap_or_default();
            if bytes + piece.len() > LARGE.len() {
                break;
            }
            assert!(bytes.is_multiple_of(1 << 20), "it ended halfway");
            sleep(SHORT / 5).await;
        }
        let rest = rest(slow).await;
        assert!(bytes + rest.len() > LARGE.len(), "the head and all of the file: {} and {}", bytes, rest.len());
    });
}

#[test]
fn a_stream_that_has_nothing_to_tell_for_a_while_goes_on() {
    outdoors(async {
        let (address, _stop, _served) = start(Limits { taken_within: SHORT, ..Limits::default() }).await;
        let text = rest(send(address, "GET /stroom HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await).await;
        assert_eq!(text.matches("iets;").count(), 3, "{text}");
    });
}

#[test]
fn when_places_get_scarce_the_slow_make_room_sooner() {
    outdoors(async {
        let patient = Duration::from_secs(12);
        let (address, _stop, _served) = start(Limits { taken_within: patient, connections: 4, ..Limits::default() }).await;
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(greedy(address).await);
        }
        let asked = tokio::time::Instant::now();
        assert!(rest(send(address, ONCE).await).await.ends_with("hier"));
        assert!(asked.elapsed() < patient / 2, "the last place was held for {:?}", asked.elapsed());
    });
}
