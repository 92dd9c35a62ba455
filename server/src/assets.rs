//! The site's own files: embedded in release builds, read from disk while developing.
//!
//! Always true here: what has a hash in its name may be kept forever; the rest is asked again by ETag.

use app::app::Bundle;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{Embed, EmbeddedFile};
use std::borrow::Cow;

#[derive(Embed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// The names of the browser bundle, as the build wrote them. Without a bundle pages work, unhydrated and unstyled.
#[must_use]
pub fn bundle() -> Bundle {
    let Some(file) = Site::get("pkg/bundle.json") else {
        tracing::warn!("geen browserbundel gevonden; bouw hem met `cargo xtask serve` of `cargo xtask build`");
        return Bundle::default();
    };
    serde_json::from_slice(&file.data).unwrap_or_default()
}

/// The file at this path, or none. Answers 304 when the browser has it.
#[must_use]
pub fn serve(path: &str, headers: &HeaderMap) -> Option<Response> {
    let path = path.trim_start_matches('/');
    let file = Site::get(path)?;
    let kept = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return Some((StatusCode::NOT_MODIFIED, [(header::ETAG, etag), (header::CACHE_CONTROL, kept.to_owned())]).into_response());
    }
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (body, encoding) = compressed(path, accepts).unwrap_or((file, ""));
    let mut response = Response::builder()
        .header(header::CONTENT_TYPE, kind.as_ref())
        .header(header::CACHE_CONTROL, kept)
        .header(header::ETAG, etag)
        .header(header::VARY, "accept-encoding");
    if !encoding.is_empty() {
        response = response.header(header::CONTENT_ENCODING, encoding);
    }
    response.body(Body::from(uncopied(body.data))).ok()
}

/// What is embedded is sent from where it lies; what was read from disk is this request's own. Never a copy for each who asks.
fn uncopied(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(embedded) => Bytes::from_static(embedded),
        Cow::Owned(read) => read.into(),
    }
}

/// `pkg/wijkpot.52c375b6cdec8b2c.css`: another content has another name. Beside these lies `pkg/bundle.json`, which names them.
fn is_hashed(path: &str) -> bool {
    /// As many as the build writes.
    const HASH_CHARS: usize = 16;
    path.starts_with("pkg/")
        && path.split(['.', '/', '-']).any(|part| part.len() == HASH_CHARS && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn compressed(path: &str, accepts: &str) -> Option<(EmbeddedFile, &'static str)> {
    [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(name, _)| accepts.split(',').any(|offer| offer.trim().split(';').next() == Some(name)))
        .find_map(|(name, suffix)| Some((Site::get(&format!("{path}{suffix}"))?, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_sent_from_where_it_lies() {
        static EMBEDDED: [u8; 4] = *b"wasm";
        assert_eq!(uncopied(Cow::Borrowed(&EMBEDDED)).as_ptr(), EMBEDDED.as_ptr());
        let read = b"wasm".to_vec();
        let lies = read.as_ptr();
        assert_eq!(uncopied(Cow::Owned(read)).as_ptr(), lies);
    }

    #[test]
    fn only_a_name_with_a_hash_is_kept_forever() {
        assert!(is_hashed("pkg/wijkpot.52c375b6cdec8b2c.css"));
        assert!(is_hashed("pkg/snippets/leptos-0f3a9c1b2d4e5f60/inline0.js"));
        for path in ["pkg/bundle.json", "pkg/wijkpot.css", "icon.svg", "52c375b6cdec8b2c.css"] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
