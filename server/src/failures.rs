//! Pages for when something stops: friendly, in Dutch, with the request id. Always true here: no detail of ours reaches a person.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::any::Any;

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
    page(
        StatusCode::PAYLOAD_TOO_LARGE,
        "Dit is te veel tekst",
        "Ga terug, maak het korter en probeer het opnieuw. Er is niets veranderd.",
        "",
    )
}

/// The id of a request, as the first layer set it.
pub fn request_id<B>(request: &Request<B>) -> String {
    request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}
