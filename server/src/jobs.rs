//! What the server does by itself. Each job may run on every app server at once: it only removes what nobody can use any more.

use app::{db::Db, session::DbSessions};
use std::time::Duration;

/// How often ended sessions are swept away.
const SWEEP_EVERY: Duration = Duration::from_secs(600);

/// Sweeps ended sessions until the server stops.
pub async fn sweep_sessions(db: Db) {
    let store = DbSessions(db);
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    loop {
        ticks.tick().await;
        match store.sweep().await {
            Ok(0) => {}
            Ok(gone) => tracing::debug!(gone, "sessions swept"),
            Err(error) => tracing::warn!(%error, "sweeping sessions"),
        }
    }
}
