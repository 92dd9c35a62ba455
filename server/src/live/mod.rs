//! `/live/…`: pages that stay open hear that something changed, as server-sent events. Always true: a stream tells that, never what; the
//! page asks for that itself, with its own rights. Every stream ends: after a while, when the same person opens many more, and when the
//! server stops.

mod streams;

pub use streams::Streams;

use crate::router::AppState;
use app::{
    AppError,
    db::Change,
    session::{Caller, allow},
    wijkpot::sql as wijkpot,
};
use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{
    PartnershipId, PersonId, WijkpotId,
    people::{Action, Object},
};
use futures::stream::{Stream, unfold};
use std::{convert::Infallible, time::Duration};
use streams::Open;
use tokio::{
    sync::broadcast::{
        Receiver,
        error::{RecvError, TryRecvError},
    },
    time::{Instant, sleep, sleep_until},
};
use tower_sessions::Session;

/// Then the browser asks again, and again it is asked who that is.
const STREAM_FOR: Duration = Duration::from_mins(10);
/// What changes in one breath is told once.
const BREATH: Duration = Duration::from_millis(150);
/// Proxies take a line that says nothing for dead after half a minute or more.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// A pot and the city-wide one behind it.
pub async fn pot(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    session: Session,
    Path(id): Path<String>,
) -> Response {
    match watch(&state, &caller, &session, &id).await {
        Ok((me, pots)) => {
            let Some(open) = state.streams.open(me) else {
                let words = "Het is druk. Laad de pagina opnieuw om te zien wat er veranderde.";
                return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")], words).into_response();
            };
            let stream = Watching { pots, changes: state.site.db.changes(), until: Instant::now() + STREAM_FOR, open };
            let events = Sse::new(stream.events()).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE));
            // nginx would keep events until it has a full page of them.
            let at_once = (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
            ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store")), at_once], events).into_response()
        }
        Err(error) => {
            let refusal = error.as_refusal();
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, format!("{}. {}", refusal.heading, refusal.advice)).into_response()
        }
    }
}

/// Who this is, and which pots they may watch here. A stream is no click: it does not keep a session from ending.
async fn watch(state: &AppState, caller: &Caller, session: &Session, id: &str) -> Result<(PersonId, Pots), AppError> {
    let db = &state.site.db;
    let me = caller.load_quietly(db, session).await?.ok_or(AppError::SignedOut)?;
    let partnership = me.partnership();
    allow(&me, Action::ReadWijkpotHours, &Object::of(partnership))?;
    let pot: WijkpotId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = db.read().await?;
    wijkpot::pot(&mut tx, partnership, pot).await?.ok_or(AppError::NotFound)?;
    let city = wijkpot::city_pot(&mut tx, partnership).await?.map(|city| WijkpotId(city.id));
    Ok((me.person(), (partnership, std::iter::once(pot).chain(city).collect())))
}

/// Pots, and whose they are.
type Pots = (PartnershipId, Vec<WijkpotId>);

/// Somebody who watches.
struct Watching {
    pots: Pots,
    changes: Receiver<Change>,
    until: Instant,
    open: Open,
}

impl Watching {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        unfold(self, |mut watching| async move {
            watching.next().await.then(|| (Ok(Event::default().event("pot").data("veranderd")), watching))
        })
    }

    /// Waits for a change of these pots; false when the stream is over.
    async fn next(&mut self) -> bool {
        loop {
            let change = tokio::select! {
                change = self.changes.recv() => change,
                () = sleep_until(self.until) => return false,
                () = self.open.ended() => return false,
            };
            match change {
                Ok(Change::Over) | Err(RecvError::Closed) => return false,
                Ok(change) if !self.is_about(change) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => return self.rest().await,
            }
        }
    }

    /// Lets what comes in the same breath pass; false when the server stops meanwhile.
    async fn rest(&mut self) -> bool {
        sleep(BREATH).await;
        loop {
            match self.changes.try_recv() {
                Ok(Change::Over) | Err(TryRecvError::Closed) => return false,
                Ok(_) | Err(TryRecvError::Lagged(_)) => {}
                Err(TryRecvError::Empty) => return true,
            }
        }
    }

    fn is_about(&self, change: Change) -> bool {
        match change {
            Change::Pot(partnership, pot) => partnership == self.pots.0 && self.pots.1.contains(&pot),
            Change::Anything => true,
            Change::Over => false,
        }
    }
}
