//! Forms with and without scripts, in one place. A server function answers with its value or an [`AppError`]; this layer turns
//! that into what the sender understands.
//!
//! Always true here: a refused form without scripts comes back with its sentence and what was typed; nothing from a query string
//! is ever shown as a message; who is not signed in leaves no more than a sentence and an address behind, for minutes, and not often.

use app::{
    AppError,
    session::{FLASH_KEY, Flash, SESSION_PERSON, Site, address_of, is_secret},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::people::EMAIL_CHARS_MAX;
use std::{net::IpAddr, sync::Arc};
use tokio::time::Instant;
use tower_sessions::{Expiry, Session};
use uuid::Uuid;

use crate::{failures, newcomers::Newcomers};

/// What a form may weigh: six fields with room; uploads have their own way in.
const FORM_BYTES_MAX: usize = 64 * 1024;
/// What a script may send; the limit of the whole server, which also holds when the sender does not say how much comes.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// What an answer may weigh before we stop reading it: errors are short.
const ERROR_BYTES_MAX: usize = 64 * 1024;
/// Addresses of ours are far shorter; without its address the form does not know that the refusal was its own.
const GOING_CHARS_MAX: usize = 2_000;
/// An id, a choice, a number: what a form holds besides texts.
const SHORT_BYTES_MAX: usize = 200;
/// What a flash may weigh as it is kept, with what was typed in it: the table in which a board divides hours by hand, the largest form
/// there is. It is kept for one page, and of who is not signed in next to nothing is.
const FLASH_BYTES_MAX: usize = FORM_BYTES_MAX;

/// Who is not signed in comes back to the form at once; what they left is gone after so many minutes.
const LEFT_FOR: time::Duration = time::Duration::minutes(5);

/// When an address left too much, it may again after this.
const WAIT: std::time::Duration = std::time::Duration::from_secs(60);

/// What this layer knows of the server, and of who came by.
#[derive(Clone)]
pub struct Door {
    behind_proxy: bool,
    newcomers: Arc<Newcomers>,
}

impl Door {
    /// The door of this site.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        Self { behind_proxy: site.behind_proxy, newcomers: Arc::default() }
    }
}

/// Where a refused form goes: back to its page, when the one who sent it may leave something behind there.
struct Refusing<'a> {
    door: &'a Door,
    session: &'a Session,
    from: Option<IpAddr>,
    back: &'a str,
}

/// The layer around every server function.
pub async fn answer(State(door): State<Door>, session: Session, request: Request, next: Next) -> Response {
    let plain = request.method() == Method::POST && accepts_html(request.headers());
    let form = request.uri().path().to_owned();
    let back = local_referrer(request.headers());
    let from = address_of(door.behind_proxy, request.headers(), request.extensions());
    let refusing = Refusing { door: &door, session: &session, from, back: &back };
    if !leptos::server_fn::axum::server_fn_paths().any(|(path, _)| path == form) {
        return if plain { failures::not_there() } else { told(&AppError::NotFound) };
    }
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, if plain { FORM_BYTES_MAX } else { BODY_BYTES_MAX }).await;
    let body = match body {
        Ok(body) if !holds_nul(&body) => body,
        unfit => {
            let is_unread = unfit.is_err();
            let (error, typed) = (AppError::Malformed, unfit.map(|body| typed(&body)).unwrap_or_default());
            let answer = if plain { refusing.refuse(form, &error, typed).await } else { told(&error) };
            return if is_unread { failures::closing(answer) } else { answer };
        }
    };
    if !plain {
        return with_status(next.run(Request::from_parts(parts, Body::from(body))).await).await;
    }
    let typed = typed(&body);
    // Asked as a script would, so that the answer is data and the redirect is ours to make.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    if response.status().is_success() {
        let target = response
            .headers()
            .get(header::LOCATION)
            .cloned()
            .unwrap_or_else(|| HeaderValue::from_str(&back).unwrap_or(HeaderValue::from_static("/")));
        return see_other(target, response.headers());
    }
    let headers = response.headers().clone();
    let error = read_error(response).await;
    let mut answer = refusing.refuse(form, &error, typed).await;
    keep_cookies(&headers, &mut answer);
    answer
}

/// Text with a NUL in it is typed by nobody, and PostgreSQL keeps none.
fn holds_nul(body: &[u8]) -> bool {
    body.contains(&0) || body.windows(3).any(|three| three == b"%00")
}

/// An error as a script reads it.
fn told(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(error)).into_response()
}

impl Refusing<'_> {
    async fn refuse(&self, form: String, error: &AppError, mut typed: Vec<(String, String)>) -> Response {
        if *error == AppError::SignedOut {
            return redirect(&format!("/inloggen?naar={}", percent(self.back)));
        }
        if !matches!(self.session.get::<Uuid>(SESSION_PERSON).await, Ok(Some(_))) {
            // A session that is read and empty would be a new one.
            if self.session.is_empty().await && !self.door.newcomers.may_come(self.from, Instant::now()) {
                let refusal = error.as_refusal();
                return failures::later(&refusal.heading, &refusal.advice, WAIT);
            }
            keep_little(&mut typed);
            self.session.set_expiry(Some(Expiry::OnInactivity(LEFT_FOR)));
        }
        let mut flash = Flash { form, refusal: Some(error.as_refusal()), note: None, typed };
        // Measured as it is kept: a backslash weighs two there, and a sign nobody sees six. What is short tells which form it was.
        if is_heavy(&flash) {
            flash.typed.retain(|(name, value)| name.len() + value.len() <= SHORT_BYTES_MAX);
        }
        if is_heavy(&flash) {
            flash.typed.clear();
        }
        if let Err(error) = self.session.insert(FLASH_KEY, flash).await {
            tracing::error!(%error, "flash");
        }
        redirect(self.back)
    }
}

fn is_heavy(flash: &Flash) -> bool {
    serde_json::to_vec(flash).is_ok_and(|kept| kept.len() > FLASH_BYTES_MAX)
}

/// Anybody at all can be without a session: what they leave for half an hour is the address they sign in with and where they were going.
fn keep_little(typed: &mut Vec<(String, String)>) {
    let mut kept = Vec::new();
    for (wanted, chars_max) in [("email", EMAIL_CHARS_MAX), ("naar", GOING_CHARS_MAX)] {
        kept.extend(typed.iter().find(|(name, value)| name == wanted && value.chars().count() <= chars_max).cloned());
    }
    *typed = kept;
}

/// An error's own status instead of the 500 that every failed server function gets.
async fn with_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, ERROR_BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Ok(error) = serde_json::from_slice::<AppError>(&bytes) {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes))
}

async fn read_error(response: Response) -> AppError {
    let bytes = to_bytes(response.into_body(), ERROR_BYTES_MAX).await.unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or(AppError::Internal)
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// What was typed, without secrets.
fn typed(body: &Bytes) -> Vec<(String, String)> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
    pairs.into_iter().filter(|(name, _)| !is_secret(name) && name != "key").collect()
}

/// The page the form stands on: a local path, whatever the header says.
fn local_referrer(headers: &HeaderMap) -> String {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let path = value(header::REFERER).and_then(|referrer| {
        let (_, rest) = referrer.split_once("://")?;
        let (host, path) = rest.split_at(rest.find('/')?);
        (Some(host) == value(header::HOST)).then(|| path.split('#').next().unwrap_or(path).to_owned())
    });
    // A browser leaves tabs out of an address, and what is behind one would become another host.
    let is_local = |path: &String| path.bytes().all(|byte| byte.is_ascii_graphic()) && !path.starts_with("//") && !path.starts_with("/\\");
    path.filter(is_local).unwrap_or_else(|| "/".to_owned())
}

fn percent(path: &str) -> String {
    path.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}

fn redirect(path: &str) -> Response {
    let target = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
}

fn see_other(target: HeaderValue, headers: &HeaderMap) -> Response {
    let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response();
    keep_cookies(headers, &mut answer);
    answer
}

fn keep_cookies(from: &HeaderMap, to: &mut Response) {
    for cookie in from.get_all(header::SET_COOKIE) {
        to.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
}
