//! Numbers as files, by plain GET: whoever may see the page may keep its numbers. Always true here: a file is asked of the same rule, within
//! the same partnership, as its page; nothing changes; it is written where no page waits for it, and without a connection to the database.

pub mod csv;
mod turns;
pub mod xlsx;

pub use turns::Press;

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
    body::{Body, Bytes},
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::people::{Action, Object};
use futures::{StreamExt, stream::unfold};
use std::{collections::HashMap, convert::Infallible, sync::Arc};
use tokio::task::spawn_blocking;
use tower_sessions::Session;
use turns::{OwnTurn, Place, WAIT_AT_MOST};

/// Every filter of a page filled in, with room; a longer address was not made by us.
const QUERY_CHARS_MAX: usize = 2_000;
/// A file goes out in pieces: who takes none of them holds the file, and a turn, no longer than the connection lasts.
const PIECE_BYTES: usize = 64 * 1024;

/// What a file is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Csv,
    Xlsx,
}

/// The numbers of a file, with the turn to write it.
type Asked = (Sheet, (OwnTurn, Place));

/// The routes of all files.
pub fn routes() -> Router<AppState> {
    let mut routes = Router::new();
    for (ending, kind) in [("csv", Kind::Csv), ("xlsx", Kind::Xlsx)] {
        routes = routes
            .route(
                &format!("{POSTINGS}.{ending}"),
                get(async move |State(state): State<AppState>, caller: Extension<Caller>, session: Session, RawQuery(query): RawQuery| {
                    answer(postings(&state, &caller, &session, query).await, kind).await
                }),
            )
            .route(
                &format!("{OVERVIEW}.{ending}"),
                get(async move |State(state): State<AppState>, caller: Extension<Caller>, session: Session, RawQuery(query): RawQuery| {
                    answer(overview(&state, &caller, &session, query).await, kind).await
                }),
            );
    }
    routes
}

async fn signed_in(state: &AppState, caller: &Caller, session: &Session) -> Result<Arc<Me>, AppError> {
    caller.load(&state.site.db, session).await?.ok_or(AppError::SignedOut)
}

async fn postings(state: &AppState, caller: &Caller, session: &Session, query: Option<String>) -> Result<Asked, AppError> {
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
        over: of("over"),
        voor: String::new(),
    };
    let turn = turn(state, &me).await?;
    let mut tx = state.site.db.read().await?;
    Ok((journal_sheet(&mut tx, &me, &ask, now()).await?, turn))
}

async fn overview(state: &AppState, caller: &Caller, session: &Session, query: Option<String>) -> Result<Asked, AppError> {
    let me = signed_in(state, caller, session).await?;
    allow(&me, Action::SeeReports, &Object::of(me.partnership()))?;
    let said = read(query)?;
    let of = |name: &str| said.get(name).map(String::as_str).unwrap_or_default();
    let ask = OverviewAsk::parse(of("periode"), of("leverancier"), now())?;
    let turn = turn(state, &me).await?;
    let mut tx = state.site.db.read().await?;
    Ok((overview_sheet(&mut tx, me.partnership(), &ask).await?, turn))
}

async fn turn(state: &AppState, me: &Me) -> Result<(OwnTurn, Place), AppError> {
    state.press.turn(me.person(), WAIT_AT_MOST).await.ok_or(AppError::Busy)
}

/// What stands behind the `?`, each name once.
fn read(query: Option<String>) -> Result<HashMap<String, String>, AppError> {
    let query = query.unwrap_or_default();
    if query.chars().count() > QUERY_CHARS_MAX {
        return Err(AppError::Malformed);
    }
    serde_urlencoded::from_str(&query).map_err(|_| AppError::Malformed)
}

async fn answer(asked: Result<Asked, AppError>, kind: Kind) -> Response {
    let (sheet, (own, place)) = match asked {
        Ok(asked) => asked,
        Err(error) => return refusal(&error),
    };
    // Whoever hung up meanwhile still holds a place until the file is made.
    let written = spawn_blocking(move || {
        let _place = place;
        write(&sheet, kind)
    });
    match written.await.map_err(anyhow::Error::new).flatten() {
        Ok((bytes, mime, name)) => {
            let (mime, length) = (HeaderValue::from_static(mime), HeaderValue::from(bytes.len()));
            let heads = [(header::CONTENT_TYPE, mime), (header::CONTENT_DISPOSITION, name), (header::CONTENT_LENGTH, length)];
            (heads, in_pieces(bytes.into(), own)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a file was not written");
            refusal(&AppError::Internal)
        }
    }
}

/// The bytes, what they are, and under which name they are kept.
fn write(sheet: &Sheet, kind: Kind) -> anyhow::Result<(Vec<u8>, &'static str, HeaderValue)> {
    let (bytes, mime, ending) = match kind {
        Kind::Csv => (csv::write(sheet)?, "text/csv; charset=utf-8", "csv"),
        Kind::Xlsx => (xlsx::write(sheet)?, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    };
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{}.{ending}\"", sheet.name))?;
    Ok((bytes, mime, name))
}

/// A file that is somebody's until its last piece was taken. Whoever compresses it asks once more after the end.
fn in_pieces(file: Bytes, own: OwnTurn) -> Body {
    let pieces = unfold((file, own), |(mut file, own)| async move {
        let piece = file.split_to(file.len().min(PIECE_BYTES));
        (!piece.is_empty()).then(|| (Ok::<_, Infallible>(piece), (file, own)))
    });
    Body::from_stream(pieces.fuse())
}

fn refusal(error: &AppError) -> Response {
    let refusal = error.as_refusal();
    if *error == AppError::Busy {
        let advice = "We maken al andere bestanden. Probeer het over een paar tellen opnieuw.";
        return failures::later(&refusal.heading, advice, WAIT_AT_MOST);
    }
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    failures::page(status, &refusal.heading, &refusal.advice, "")
}
