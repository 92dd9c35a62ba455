//! Connections that say nothing, or are too many: they hold up nobody for long.

use super::support::outdoors;
use axum::{Router, routing::get};
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
