//! The names a demo answers to. Always true here: no name of somebody else leads into it. With another site's name for this machine
//! (DNS rebinding), a page of that site would be our own to the browser, and in a demo everybody is let in.

use crate::failures;
use axum::{
    body::Body,
    extract::State,
    http::{Request, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use std::{net::IpAddr, sync::Arc};

/// The name in the address people use; none where every name is answered.
pub type OwnName = Option<Arc<str>>;

/// The name in this address.
#[must_use]
pub fn of(url: &str) -> OwnName {
    url.parse::<Uri>().ok().and_then(|url| url.host().map(Arc::from))
}

/// Lets a request in that asks for us.
pub async fn known(State(own): State<OwnName>, request: Request<Body>, next: Next) -> Response {
    let Some(own) = own else { return next.run(request).await };
    let asked = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if asked.is_some_and(|host| is_ours(host, &own)) {
        return next.run(request).await;
    }
    failures::page(
        StatusCode::MISDIRECTED_REQUEST,
        "Dit adres is niet van Wijkpot",
        "Open het voorbeeld op het adres dat bij het starten op het scherm stond.",
        "",
    )
}

/// Our own name, this machine's, or no name at all: an address in digits is looked up by nobody. The port is left to whoever passes it on.
fn is_ours(host: &str, own: &str) -> bool {
    let Ok(authority) = host.parse::<axum::http::uri::Authority>() else { return false };
    let name = authority.host();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case(own) || name.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_somebody_else_is_not_ours() {
        let own = of("https://proef.example.nl").expect("a name");
        for host in ["proef.example.nl", "Proef.Example.NL:443", "localhost:3000", "127.0.0.1:3000", "[::1]:3000", "10.0.0.7"] {
            assert!(is_ours(host, &own), "{host}");
        }
        for host in
            ["", "elders.example", "127.0.0.1.elders.example", "localhost.elders.example", "x@elders.example", "proef.example.nl.", "a b"]
        {
            assert!(!is_ours(host, &own), "{host}");
        }
    }
}
