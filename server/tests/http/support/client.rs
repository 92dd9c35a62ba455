//! Somebody with a browser: keeps their cookie, follows no redirect, and comes from a network address of their own.
//!
//! Always true here: whatever the server answers, even nothing that can be read, is an `Answer` or stops the test with what was sent.

use app::AppError;
use axum::body::Body;
use http::{HeaderMap, Method, Request, header};
use http_body_util::BodyExt;
use hyper_util::{
    client::legacy::{Client as Hyper, connect::HttpConnector},
    rt::TokioExecutor,
};
use std::{
    net::SocketAddr,
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

/// The next network address to come from; the throttle counts per address.
static NEXT_ADDRESS: AtomicU32 = AtomicU32::new(1);

/// A browser with one cookie.
pub struct Client {
    /// `127.0.0.1:41234`.
    pub host: String,
    /// Where it says it comes from, as our proxy would.
    pub from: String,
    http: Hyper<HttpConnector, Body>,
    cookie: Mutex<Option<String>>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// `200`.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as text.
    pub body: String,
}

/// A stream that stays open.
pub struct Opened {
    /// `200`.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    body: hyper::body::Incoming,
}

impl Opened {
    /// What comes next that is no sign of life; none when the stream is over, or nothing came in time.
    pub async fn next(&mut self, within: Duration) -> Option<String> {
        let said = async {
            while let Some(Ok(frame)) = self.body.frame().await {
                let text = frame.into_data().map(|data| String::from_utf8_lossy(&data).into_owned()).unwrap_or_default();
                if text.contains("event:") {
                    return Some(text);
                }
            }
            None
        };
        tokio::time::timeout(within, said).await.ok().flatten()
    }

    /// Whether it ends in time.
    pub async fn ends(&mut self, within: Duration) -> bool {
        let end = async { while let Some(Ok(_)) = self.body.frame().await {} };
        tokio::time::timeout(within, end).await.is_ok()
    }
}

/// Names and values of a form.
pub type Typed<'a> = &'a [(&'a str, &'a str)];

impl Client {
    /// A browser that was never here.
    pub fn new(server: SocketAddr) -> Self {
        let number = NEXT_ADDRESS.fetch_add(1, Ordering::Relaxed);
        Self {
            host: server.to_string(),
            from: format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255),
            http: Hyper::builder(TokioExecutor::new()).build_http(),
            cookie: Mutex::new(None),
        }
    }

    /// The same browser with this cookie: `wijkpot=…`.
    pub fn with_cookie(self, cookie: &str) -> Self {
        *self.cookie.lock().expect("no test panics with the cookie in its hand") = Some(cookie.to_owned());
        self
    }

    /// The cookie it holds.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().expect("no test panics with the cookie in its hand").clone()
    }

    /// A request to this server, to be completed.
    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.host))
            .header(header::HOST, &self.host)
            .header("x-forwarded-for", &self.from);
        if let Some(cookie) = self.cookie() {
            request = request.header(header::COOKIE, cookie);
        }
        request
    }

    /// Sends it. None when the connection broke before the whole answer was there.
    pub async fn try_send(&self, request: Request<Body>) -> Option<Answer> {
        let response = self.http.request(request).await.ok()?;
        let (parts, body) = response.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().unwrap_or_default();
            let pair = set.split(';').next().unwrap_or_default();
            let gone = set.contains("Max-Age=0") || pair.ends_with('=');
            *self.cookie.lock().expect("no test panics with the cookie in its hand") = (!gone).then(|| pair.to_owned());
        }
        let bytes = body.collect().await.ok()?.to_bytes();
        Some(Answer { status: parts.status.as_u16(), headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() })
    }

    /// Opens a stream: its head is there, its end is not waited for.
    pub async fn open(&self, path: &str) -> Opened {
        let request = self.request(Method::GET, path).header(header::ACCEPT, "text/event-stream").body(Body::empty()).expect("a request");
        let response = self.http.request(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        Opened { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// Sends it.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let what = format!("{} {}", request.method(), request.uri());
        self.try_send(request).await.unwrap_or_else(|| panic!("no answer to {what}"))
    }

    /// Calls a server function as a script does.
    pub async fn call(&self, path: &str, typed: Typed<'_>) -> Answer {
        self.send(self.scripted(path, encode(typed))).await
    }

    /// The request a script sends to a server function.
    pub fn scripted(&self, path: &str, body: impl Into<Body>) -> Request<Body> {
        self.request(Method::POST, path)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, format!("http://{}", self.host))
            .header("sec-fetch-site", "same-origin")
            .body(body.into())
            .expect("a request")
    }

    /// Posts a form without scripts, from the page at this local path.
    pub async fn form(&self, path: &str, typed: Typed<'_>, page: &str) -> Answer {
        self.form_from(path, typed, Some(&format!("http://{}{page}", self.host))).await
    }

    /// Posts a form without scripts with this Referer.
    pub async fn form_from(&self, path: &str, typed: Typed<'_>, referrer: Option<&str>) -> Answer {
        let mut request = self
            .request(Method::POST, path)
            .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, format!("http://{}", self.host))
            .header("sec-fetch-site", "same-origin");
        if let Some(referrer) = referrer {
            request = request.header(header::REFERER, referrer);
        }
        self.send(request.body(encode(typed).into()).expect("a request")).await
    }

    /// Opens a page.
    pub async fn page(&self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).header(header::ACCEPT, "text/html").body(Body::empty());
        self.send(request.expect("a request")).await
    }
}

impl Answer {
    /// The error in the body, when it is one of ours.
    pub fn error(&self) -> Option<AppError> {
        serde_json::from_str(&self.body).ok()
    }

    /// The code of the refusal in the body; empty when it is none.
    pub fn code(&self) -> String {
        match self.error() {
            Some(AppError::Refused(refusal)) => refusal.code.to_string(),
            _ => String::new(),
        }
    }

    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The Set-Cookie header; empty when there is none.
    pub fn set_cookie(&self) -> &str {
        self.header("set-cookie")
    }
}

/// Names and values as a form sends them.
pub fn encode(typed: Typed<'_>) -> String {
    serde_urlencoded::to_string(typed).expect("text can be encoded")
}
