//! Numbers as files, by plain GET: whoever may see the page may keep its numbers. Always true here: a file is asked of the same rule, within
//! the same partnership, as its page; nothing changes.

pub mod csv;
pub mod xlsx;

use crate::{failures, router::AppState};
use app::{
    AppError,
    files::Sheet,
    hours::{JournalAsk, OVERVIEW, POSTINGS, journal_sheet},
    reports::{OverviewAsk, overview_sheet},
    session::{Caller, Me, allow, now},
};
use axum::{
    Extension, Router,
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::people::{Action, Object};
use std::{collections::HashMap, sync::Arc};
use tower_sessions::Session;

/// Every filter of a page filled in, with room; a longer address was not made by us.
const QUERY_CHARS_MAX: usize = 2_000;

/// What a file is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Csv,
    Xlsx,
}

/// The routes of all files.
pub fn routes() -> Router<AppState> {
    let mut routes = Router::new();
    for (ending, kind) in [("csv", Kind::Csv), ("xlsx", Kind::Xlsx)] {
        routes = routes
            .route(
                &format!("{POSTINGS}.{ending}"),
                get(async move |State(state): State<AppState>, caller: Extension<Caller>, session: Session, RawQuery(query): RawQuery| {
                    answer(postings(&state, &caller, &session, query).await, kind)
                }),
            )
            .route(
                &format!("{OVERVIEW}.{ending}"),
                get(async move |State(state): State<AppState>, caller: Extension<Caller>, session: Session, RawQuery(query): RawQuery| {
                    answer(overview(&state, &caller, &session, query).await, kind)
                }),
            );
    }
    routes
}

async fn signed_in(state: &AppState, caller: &Caller, session: &Session) -> Result<Arc<Me>, AppError> {
    caller.load(&state.site.db, session).await?.ok_or(AppError::SignedOut)
}

async fn postings(state: &AppState, caller: &Caller, session: &Session, query: Option<String>) -> Result<Sheet, AppError> {
    let me = signed_in(state, caller, session).await?;
    let mut said = read(query)?;
    let mut of = |name: &str| said.remove(name).unwrap_or_default();
    let ask = JournalAsk {
        jaar: of("jaar"),
        leverancier: of("leverancier"),
        maand: of("maand"),
        wie: of("wie"),
        soort: of("soort"),
        van: of("van"),
        tot: of("tot"),
        voor: String::new(),
    };
    let mut tx = state.site.db.read().await?;
    journal_sheet(&mut tx, &me, &ask, now()).await
}

async fn overview(state: &AppState, caller: &Caller, session: &Session, query: Option<String>) -> Result<Sheet, AppError> {
    let me = signed_in(state, caller, session).await?;
    allow(&me, Action::SeeReports, &Object::of(me.partnership()))?;
    let said = read(query)?;
    let of = |name: &str| said.get(name).map(String::as_str).unwrap_or_default();
    let ask = OverviewAsk::parse(of("periode"), of("leverancier"), now())?;
    let mut tx = state.site.db.read().await?;
    overview_sheet(&mut tx, me.partnership(), &ask).await
}

/// What stands behind the `?`, each name once.
fn read(query: Option<String>) -> Result<HashMap<String, String>, AppError> {
    let query = query.unwrap_or_default();
    if query.chars().count() > QUERY_CHARS_MAX {
        return Err(AppError::Malformed);
    }
    serde_urlencoded::from_str(&query).map_err(|_| AppError::Malformed)
}

fn answer(sheet: Result<Sheet, AppError>, kind: Kind) -> Response {
    let written = sheet.and_then(|sheet| {
        let (bytes, mime, ending) = match kind {
            Kind::Csv => (csv::write(&sheet), "text/csv; charset=utf-8", "csv"),
            Kind::Xlsx => (xlsx::write(&sheet), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        };
        let bytes = bytes.map_err(|error| {
            tracing::error!(%error, "a file was not written");
            AppError::Internal
        })?;
        let name = format!("attachment; filename=\"{}.{ending}\"", sheet.name);
        Ok((bytes, mime, HeaderValue::from_str(&name).map_err(|_| AppError::Internal)?))
    });
    match written {
        Ok((bytes, mime, name)) => {
            ([(header::CONTENT_TYPE, HeaderValue::from_static(mime)), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
        }
        Err(error) => {
            let refusal = error.as_refusal();
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            failures::page(status, &refusal.heading, &refusal.advice, "")
        }
    }
}
