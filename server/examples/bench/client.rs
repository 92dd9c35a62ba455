//! One person's connection: HTTP/1.1, kept alive, with the session's cookie.
//! Always true: a request ends, by its answer or by the time limit, and which of the two is told.

use anyhow::{Context, Result, anyhow};
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    client::conn::http1::{self, SendRequest},
    header,
};
use hyper_util::rt::TokioIo;
use std::{net::SocketAddr, time::Duration};
use tokio::net::TcpStream;

/// The server's own limit is thirty seconds; what takes longer hangs.
const ENDS_WITHIN: Duration = Duration::from_secs(35);
/// What browsers say.
const BROWSER_ENCODINGS: &str = "gzip, deflate, br";

/// An answer, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub body: Bytes,
    cookie: Option<String>,
}

impl Reply {
    /// The body as text; what a server function refuses with, or a page that was asked for uncompressed.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection, opened when first needed and again when it broke.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    sender: Option<SendRequest<Full<Bytes>>>,
    /// `wijkpot=…` once signed in.
    pub cookie: Option<String>,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        Self { address, sender: None, cookie: None }
    }

    /// With a session that another connection began.
    pub fn with_cookie(address: SocketAddr, cookie: Option<&str>) -> Self {
        Self { cookie: cookie.map(str::to_owned), ..Self::new(address) }
    }

    /// Signs in as one of the demo's cast.
    pub async fn sign_in(&mut self, person: &str) -> Result<()> {
        let reply = self.post("/api/demo/inloggen", &[("persoon", person)]).await?;
        let cookie = reply.cookie.clone().with_context(|| format!("no session: {} {}", reply.status, reply.text()))?;
        self.cookie = Some(cookie);
        Ok(())
    }

    /// A page, as a browser asks for it.
    pub async fn get(&mut self, path: &str) -> Result<Reply> {
        let request = self.request("GET", path)?.header(header::ACCEPT, "text/html,*/*;q=0.8");
        self.send(request.header(header::ACCEPT_ENCODING, BROWSER_ENCODINGS).body(Full::default())?).await
    }

    /// A form, as the page's script sends it.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Result<Reply> {
        let body = serde_urlencoded::to_string(form)?;
        let request = self.request("POST", path)?.header(header::ACCEPT, "application/json");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Full::new(Bytes::from(body)))?).await
    }

    fn request(&self, method: &str, path: &str) -> Result<hyper::http::request::Builder> {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, self.address.to_string());
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        Ok(request)
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Reply> {
        match tokio::time::timeout(ENDS_WITHIN, self.exchange(request)).await {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(error)) => {
                self.sender = None;
                Err(error)
            }
            Err(_) => {
                self.sender = None;
                Err(anyhow!("no answer within {} s", ENDS_WITHIN.as_secs()))
            }
        }
    }

    async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<Reply> {
        let mut sender = match self.sender.take() {
            Some(sender) if !sender.is_closed() => sender,
            _ => connect(self.address).await?,
        };
        sender.ready().await?;
        let reply = read(sender.send_request(request).await?).await?;
        self.sender = Some(sender);
        Ok(reply)
    }
}

async fn connect(address: SocketAddr) -> Result<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(async move {
        // A connection that breaks shows at the request that was on it.
        let _ = connection.await;
    });
    Ok(sender)
}

async fn read(response: Response<Incoming>) -> Result<Reply> {
    let status = response.status().as_u16();
    let cookie = response.headers().get(header::SET_COOKIE).and_then(|value| value.to_str().ok());
    let cookie = cookie.and_then(|value| value.split(';').next()).map(str::to_owned);
    let body = response.into_body().collect().await?.to_bytes();
    Ok(Reply { status, body, cookie })
}
