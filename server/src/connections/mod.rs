//! Connections: taken in, served, and sent away when they say nothing or take nothing. Always true here: whoever is slow holds a place and
//! one answer, not for ever, and there is an end to the places.

mod places;

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use places::Places;
use std::{
    future::Future,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;
use tower::Service;

/// After a failed accept (no file descriptors left, say) the next try waits so long.
const BREATH: Duration = Duration::from_millis(200);
/// What is under way when the server stops gets so long: more than any answer may take.
const FINISH_WITHIN: Duration = Duration::from_secs(40);
/// When places get scarce, patience is so many times shorter.
const HURRY: u32 = 6;
/// What is read of a request before it is understood: a head of ours is a tenth of it.
const BUFFER_BYTES: usize = 32 * 1024;
/// What the system keeps of an answer that is not taken yet. By itself it would let this grow to megabytes for each connection.
const SEND_BUFFER_BYTES: u32 = 64 * 1024;
/// So many may knock before they are let in.
const KNOCKING: u32 = 1_024;

/// How much patience there is, and for how many.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Within so long the head of the next request is there, or the connection goes; so an idle one goes too.
    pub head_within: Duration,
    /// Within so long the other side takes something of an answer that waits for it, or the connection goes. An answer that is still
    /// being made, a stream that has nothing to tell, waits for nobody.
    pub taken_within: Duration,
    /// So many connections at once; the next one waits for a place. For the last quarter of them patience is six times shorter, so that
    /// many who are slow never keep everybody else out.
    pub connections: usize,
    /// So many of them from one address, of IPv6 from one /64; the next one is closed. None behind a proxy, from where everybody comes.
    pub of_one_address: Option<usize>,
}

impl Default for Limits {
    /// Ten seconds is long on the slowest line; half a minute without one byte is no line any more. 4,096 is ten times the largest
    /// partnership's people at once, and below the usual limit on open files. 256: the people of a school share an address, forty
    /// browsers with six connections each.
    fn default() -> Self {
        Self { head_within: Duration::from_secs(10), taken_within: Duration::from_secs(30), connections: 4_096, of_one_address: Some(256) }
    }
}

impl Limits {
    /// With less patience.
    fn hurried(self) -> Self {
        Self { head_within: self.head_within / HURRY, taken_within: self.taken_within / HURRY, ..self }
    }
}

/// Listens at an address.
///
/// # Errors
/// When somebody else does already, or it is not of this machine.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
    socket.bind(address)?;
    socket.listen(KNOCKING)
}

/// Serves until told to stop; requests under way are finished first.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Places::new(limits.connections, limits.of_one_address);
    let under_way = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = places.next().await.ok_or_else(|| io::Error::other("no more places"))?;
            listener.accept().await.map(|(socket, from)| (place, socket, from))
        };
        let accepted = tokio::select! {
            accepted = next => accepted,
            () = &mut stop => break,
        };
        let (place, socket, from) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "accept");
                sleep(BREATH).await;
                continue;
            }
        };
        let patience = if places.are_scarce() { limits.hurried() } else { limits };
        let Some(place) = places.give(place, from.ip()) else {
            tracing::debug!(%from, "too many connections from one address");
            continue;
        };
        let socket = TokioIo::new(taken_within(patience.taken_within, at_once(socket)));
        let served = under_way.watch(http(patience).serve_connection(socket, answering(router.clone(), from)));
        tokio::spawn(async move {
            if let Err(error) = served.await {
                tracing::debug!(%error, "connection");
            }
            drop(place);
        });
    }
    drop(listener);
    if timeout(FINISH_WITHIN, under_way.shutdown()).await.is_err() {
        tracing::warn!("stopped before everything was finished");
    }
}

/// One answer at a time: the next request of a connection is read when the one before was taken.
fn http(patience: Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.head_within).max_buf_size(BUFFER_BYTES).pipeline_flush(false);
    http
}

/// The socket, closed when the other side takes nothing of what waits for it.
fn taken_within(patience: Duration, socket: TcpStream) -> Pin<Box<TimeoutStream<TcpStream>>> {
    let mut socket = TimeoutStream::new(socket);
    socket.set_write_timeout(Some(patience));
    Box::pin(socket)
}

/// Without TCP_NODELAY every streamed page waits 40 ms for an acknowledgement.
fn at_once(socket: TcpStream) -> TcpStream {
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "nodelay");
    }
    socket
}

/// The router for one connection, which tells it where it comes from.
fn answering(
    router: Router,
    from: SocketAddr,
) -> impl hyper::service::Service<Request<Incoming>, Response = axum::response::Response, Error = std::convert::Infallible, Future: Send + 'static>
{
    service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(from));
        // A router is always ready.
        router.clone().call(request)
    })
}
