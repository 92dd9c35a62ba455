//! Every path and every layer, outermost last. A request passes, from outside in: request id, log, headers, panic catcher,
//! no-path check, time limit, size limit, name check, cross-site check, session, caller; then a page, a server function or a file.

use crate::{
    assets,
    downloads::{self, Press},
    failures,
    forms::{self, Door},
    hosts,
    live::{self, Streams},
    security,
};
use app::{
    app::{App, Bundle, shell},
    session::{Caller, DbSessions, Site},
};
use axum::{
    Router,
    body::Body,
    extract::{FromRef, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use leptos::prelude::*;
use leptos_axum::{
    LeptosRoutes, ResponseOptions, generate_route_list_with_exclusions, handle_server_fns_with_context, render_app_async_with_context,
};
use std::{sync::Arc, time::Duration};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

/// No page or form takes longer; what does is stuck, and the person gets an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// The largest request: a long form with room. Uploads will bring their own limit.
const REQUEST_BYTES_MAX: usize = 256 * 1024;

/// What handlers share.
#[derive(Clone, Debug)]
pub struct AppState {
    /// Given to every server function.
    pub site: Site,
    /// The names of the browser bundle.
    pub bundle: Bundle,
    /// Whose turn it is to have a file made.
    pub press: Arc<Press>,
    /// Who listens.
    pub streams: Arc<Streams>,
    options: LeptosOptions,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}

/// The whole server as one router.
pub fn router(site: Site) -> Router {
    let https = site.url.starts_with("https://");
    let bundle = assets::bundle();
    let options = LeptosOptions::builder().output_name("wijkpot").build();
    let state = AppState { site: site.clone(), bundle: bundle.clone(), press: Arc::default(), streams: Arc::default(), options };
    let context = {
        let site = site.clone();
        move || {
            provide_context(site.clone());
            if let (Some(nonce), Some(response)) = (leptos::nonce::use_nonce(), use_context::<ResponseOptions>())
                && let Ok(policy) = HeaderValue::from_str(&security::page_policy(&nonce))
            {
                response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            }
        }
    };
    let api_context = {
        let site = site.clone();
        move || provide_context(site.clone())
    };
    // Left to itself the framework answers server functions too, past the layer that gives forms their answer; and every address, before
    // it is known whether it is a file.
    let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned());
    let elsewhere = functions.chain(["/{*pad}".to_owned()]).collect();
    let pages = generate_route_list_with_exclusions(App, Some(elsewhere));
    let api = any(move |request: Request<Body>| handle_server_fns_with_context(api_context.clone(), request));

    Router::new()
        .leptos_routes_with_context(&state, pages, context, move || shell(&bundle))
        .route("/api/{*function}", api.layer(from_fn_with_state(Door::of(&site), forms::answer)).layer(from_fn(only_posts)))
        .route("/live/wijkpot/{pot}", get(live::pot))
        .merge(downloads::routes())
        .fallback(file_or_page)
        .method_not_allowed_fallback(failures::only_read)
        .layer(from_fn(with_caller))
        .layer(sessions(&site, https))
        .layer(CsrfLayer::new().with_rejection_response(|_| failures::cross_site()))
        .layer(from_fn_with_state(site.demo.then(|| hosts::of(&site.url)).flatten(), hosts::known))
        // Liveness and readiness need no session and answer other machines.
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(site.behind_proxy, failures::own_request_id))
                .layer(SetRequestIdLayer::new(HeaderName::from_static(failures::REQUEST_ID), MakeRequestUuid))
                .layer(TraceLayer::new_for_http().make_span_with(|request: &Request<Body>| {
                    tracing::info_span!("request", method = %request.method(), path = failures::logged_path(request.uri().path()), id = failures::request_id(request))
                }))
                .layer(PropagateRequestIdLayer::new(HeaderName::from_static(failures::REQUEST_ID)))
                .layer(from_fn_with_state(https, security::headers))
                .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest))
                .layer(CatchPanicLayer::custom(failures::panicked))
                .layer(from_fn(failures::no_path))
                .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
                .layer(from_fn(failures::too_large))
                .layer(RequestBodyLimitLayer::new(REQUEST_BYTES_MAX)),
        )
        .with_state(state)
}

fn sessions(site: &Site, https: bool) -> SessionManagerLayer<DbSessions> {
    // `__Host-` asks for Secure; a loopback address without TLS cannot have it.
    let name = if https { "__Host-wijkpot" } else { "wijkpot" };
    let idle = time::Duration::seconds(domain::people::SESSION_IDLE.num_seconds());
    SessionManagerLayer::new(DbSessions::new(site.db.clone()))
        .with_name(name)
        .with_secure(https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(idle))
}

async fn with_caller(mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Caller::default());
    next.run(request).await
}

/// A server function changes something or reads with a session: never by GET, which other sites can make a browser send.
async fn only_posts(request: Request, next: Next) -> Response {
    if request.method() == Method::POST {
        next.run(request).await
    } else {
        (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")]).into_response()
    }
}

async fn ready(State(state): State<AppState>) -> Response {
    match state.site.db.ping().await {
        Ok(()) => "ok".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// A file of the site, or a page the server draws; the app says which there are, and has one for what is not there.
async fn file_or_page(State(state): State<AppState>, request: Request<Body>) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return failures::only_read().await;
    }
    if let Some(file) = assets::serve(request.uri().path(), request.headers()) {
        return file;
    }
    let site = state.site.clone();
    let bundle = state.bundle.clone();
    let context = move || {
        provide_context(site.clone());
        if let (Some(nonce), Some(response)) = (leptos::nonce::use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&security::page_policy(&nonce))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    };
    render_app_async_with_context(context, move || shell(&bundle))(request).await.into_response()
}
