//! What every server function may ask of the server it runs in: its database, its address, the time.

use crate::db::Db;
use axum::extract::ConnectInfo;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use http::{Extensions, HeaderMap, request::Parts};
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
    address_of(site().behind_proxy, &parts.headers, &parts.extensions)
}

/// The same of a request that reached no server function.
#[must_use]
pub fn address_of(behind_proxy: bool, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
    if behind_proxy {
        return forwarded(headers);
    }
    extensions.get::<ConnectInfo<SocketAddr>>().map(|info| of_one_house(info.0.ip()))
}

/// What our proxy wrote: the last element of the last line. Everything before it is what the visitor says.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let hop = line.rsplit(',').next()?.trim();
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip())).map(of_one_house)
}

/// An IPv4 address as it is; of an IPv6 address the network: one connection has 2⁶⁴ addresses to guess from.
#[must_use]
pub fn of_one_house(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
        address => address,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn address(lines: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().expect("a header"));
        }
        forwarded(&headers).map(|address| address.to_string())
    }

    #[test]
    fn of_what_was_forwarded_the_last_hop_of_the_last_line_counts() {
        assert_eq!(address(&["1.1.1.1, 2.2.2.2", "3.3.3.3, 4.4.4.4"]).as_deref(), Some("4.4.4.4"));
        assert_eq!(address(&["1.1.1.1", "niemand"]), None);
        assert_eq!(address(&[]), None);
    }

    #[test]
    fn an_address_may_carry_a_port_and_of_ipv6_the_network_counts() {
        assert_eq!(address(&["4.4.4.4:51234"]).as_deref(), Some("4.4.4.4"));
        assert_eq!(address(&["2001:db8:1:2:3:4:5:6"]).as_deref(), Some("2001:db8:1:2::"));
        assert_eq!(address(&["[2001:db8:1:2:ffff::9]:443"]).as_deref(), Some("2001:db8:1:2::"));
        assert_eq!(address(&["[2001:db8:1:2::7]"]).as_deref(), Some("2001:db8:1:2::"));
        assert_eq!(address(&["::ffff:4.4.4.4"]).as_deref(), Some("4.4.4.4"));
    }
}
