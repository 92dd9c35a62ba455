//! Connections: taken in, served, and sent away when they say nothing. Always true here: whoever is slow holds a place and nothing more,
//! and there is an end to the places.

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{future::Future, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tower::Service;

/// After a failed accept (no file descriptors left, say) the next try waits so long.
const BREATH: Duration = Duration::from_millis(200);
/// What is under way when the server stops gets so long: more than any answer may take.
const FINISH_WITHIN: Duration = Duration::from_secs(40);

/// How much patience there is, and for how many.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Within so long the head of the next request is there, or the connection goes; so an idle one goes too.
    pub head_within: Duration,
    /// So many connections at once; the next one waits for a place.
    pub connections: usize,
}

impl Default for Limits {
    /// Ten seconds is long on the slowest line. 4,096 is ten times the largest partnership's people at once, and below the usual limit on
    /// open files.
    fn default() -> Self {
        Self { head_within: Duration::from_secs(10), connections: 4_096 }
    }
}

/// Serves until told to stop; requests under way are finished first.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let under_way = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_within);
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
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
        let served = under_way.watch(http.serve_connection(TokioIo::new(at_once(socket)), answering(router.clone(), from)));
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
