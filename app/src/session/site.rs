//! What every server function may ask of the server it runs in: its database, its address, the time.

use crate::db::Db;
use axum::extract::ConnectInfo;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use http::request::Parts;
use leptos::prelude::*;
use std::net::{IpAddr, SocketAddr};

/// The server as server functions know it. Provided as context with every request.
#[derive(Clone, Debug)]
pub struct Site {
    /// The database.
    pub db: Db,
    /// Whether this is a demonstration: one-click sign-in and `/stijl` for all.
    pub demo: bool,
    /// The address people use, without a slash at the end: `https://wijkpot.example.nl`.
    pub url: String,
    /// Whether `X-Forwarded-For` is set by a proxy of ours and so can be believed.
    pub behind_proxy: bool,
}

/// The site of this request.
#[must_use]
pub fn site() -> Site {
    expect_context::<Site>()
}

/// The database of this request.
#[must_use]
pub fn db() -> Db {
    site().db
}

/// The time, truncated to the microseconds both databases keep. The one place that reads the clock.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the edge: everything below gets `now` as a parameter")]
pub fn now() -> DateTime<Utc> {
    let now = Utc::now();
    now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
}

/// The address of who asks, for the throttle. Behind our proxy the last hop it saw; otherwise the other end of the connection.
#[must_use]
pub fn client_address() -> Option<IpAddr> {
    let parts = use_context::<Parts>()?;
    if site().behind_proxy {
        let forwarded = parts.headers.get("x-forwarded-for")?.to_str().ok()?;
        return forwarded.rsplit(',').next()?.trim().parse().ok();
    }
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())
}

/// Sends the person to a page of ours after a form. Bytes a header cannot hold are percent-encoded, so a search word with an
/// accent does not panic; anything that is not a local path goes to the start page.
pub fn go(path: &str) {
    let local = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    let mut safe = String::with_capacity(path.len());
    for byte in (if local { path } else { "/" }).bytes() {
        if byte.is_ascii_graphic() {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    leptos_axum::redirect(&safe);
}
