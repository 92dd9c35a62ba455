//! Pages for when something stops: friendly, in Dutch, with the request id. Always true here: no detail of ours reaches a person.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, Request, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{any::Any, time::Duration};

/// The header that carries a request's id, in and out.
pub const REQUEST_ID: &str = "x-request-id";

/// A page of its own, without the app: for what happens around it.
pub fn page(status: StatusCode, heading: &str, text: &str, request_id: &str) -> Response {
    let bundle = crate::assets::bundle();
    let id = if request_id.is_empty() {
        String::new()
    } else {
        format!("<p class=\"soft\">Nummer van dit verzoek: <code>{request_id}</code></p>")
    };
    let html = format!(
        "<!doctype html><html lang=\"nl\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{heading} – Wijkpot</title><link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"{css}\"></head><body><header class=\"top\"><div class=\"wrap\"><a class=\"brand\" href=\"/\">Wijkpot</a></div></header>\
         <main id=\"inhoud\"><div class=\"wrap\"><div class=\"page-head\"><h1>{heading}</h1><p class=\"lede\">{text}</p>{id}\
         <p><a class=\"button\" href=\"/\">Naar de startpagina</a></p></div></div></main></body></html>",
        css = bundle.css,
    );
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], html).into_response()
}

/// Too much was asked at once: the same works after a while. No failure of ours, so the log does not call it one.
pub fn later(heading: &str, text: &str, after: Duration) -> Response {
    let mut answer = page(StatusCode::TOO_MANY_REQUESTS, heading, text, "");
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(after.as_secs()));
    answer
}

/// Something else than reading, of what can only be read.
pub async fn only_read() -> Response {
    let mut answer = page(
        StatusCode::METHOD_NOT_ALLOWED,
        "Deze pagina kun je alleen lezen",
        "Ga terug, laad de pagina opnieuw en probeer het nog eens. Er is niets veranderd.",
        "",
    );
    answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    answer
}

/// What a panic becomes: logged with its words, answered without them.
#[expect(clippy::needless_pass_by_value, reason = "the signature of tower-http's panic handler")]
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
    tracing::error!(panic = words, "a request panicked");
    page(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Er ging bij ons iets mis",
        "Er is niets veranderd. Probeer het zo nog eens. Blijft het misgaan, geef dan het nummer door aan je samenwerkingsverband.",
        "",
    )
}

/// A form for a function that is not there.
pub fn not_there() -> Response {
    page(
        StatusCode::NOT_FOUND,
        "Dit formulier is er niet meer",
        "Ga terug, laad de pagina opnieuw en probeer het nog eens. Er is niets veranderd.",
        "",
    )
}

/// A request for no page at all: `CONNECT other:80`.
pub async fn no_path(request: Request<Body>, next: Next) -> Response {
    if request.uri().path_and_query().is_some() {
        return next.run(request).await;
    }
    page(StatusCode::BAD_REQUEST, "Dit is geen adres van Wijkpot", "Begin bij de startpagina.", "")
}

/// Keeps the id that a proxy of ours gave a request, when it reads as one; any other is somebody's own text in our log.
pub async fn own_request_id(State(behind_proxy): State<bool>, mut request: Request<Body>, next: Next) -> Response {
    /// A UUID is 36 characters; no tracing header of a proxy is longer than this.
    const ID_CHARS_MAX: usize = 64;
    let is_id = |value: &HeaderValue| {
        let bytes = value.as_bytes();
        (1..=ID_CHARS_MAX).contains(&bytes.len()) && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    if !(behind_proxy && request.headers().get(REQUEST_ID).is_some_and(is_id)) {
        request.headers_mut().remove(REQUEST_ID);
    }
    next.run(request).await
}

/// A path as the log may keep it: the token of an invitation opens an account.
#[must_use]
pub fn logged_path(path: &str) -> &str {
    const INVITATION: &str = "/uitnodiging/";
    if path.starts_with(INVITATION) { INVITATION } else { path }
}

/// A post from another site.
pub fn cross_site() -> Response {
    page(
        StatusCode::FORBIDDEN,
        "Dit formulier kwam van een andere site",
        "Open Wijkpot zelf en probeer het daar opnieuw. Er is niets veranderd.",
        "",
    )
}

/// The words of a request that is larger than we read.
pub async fn too_large(request: Request<Body>, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::PAYLOAD_TOO_LARGE {
        return response;
    }
    closing(page(
        StatusCode::PAYLOAD_TOO_LARGE,
        "Dit is te veel tekst",
        "Ga terug, maak het korter en probeer het opnieuw. Er is niets veranderd.",
        "",
    ))
}

/// An answer to a request that was not read to its end: the connection ends with it, and who sent it knows that nothing can follow there.
#[must_use]
pub fn closing(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// The id of a request, as the first layer set it.
pub fn request_id<B>(request: &Request<B>) -> String {
    request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_keeps_no_token_of_an_invitation() {
        assert_eq!(logged_path("/uitnodiging/c0ffee"), "/uitnodiging/");
        assert_eq!(logged_path("/uitnodiging/c0ffee/x"), "/uitnodiging/");
        assert_eq!(logged_path("/afspraken/1"), "/afspraken/1");
    }
}
