//! How often somebody wrote in a partnership. Always true here: every writer of a partnership raises it in the transaction it writes in,
//! so that who finds the same revision twice finds the same rows in between.

use super::{Result, Turn};
use domain::PartnershipId;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, SqliteConnection};

/// The revision of a partnership, as it was when somebody began to read. What is read after it is as new as it, or newer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision(pub(crate) i64);

/// On SQLite, where the writer has the file.
pub(super) async fn raise(connection: &mut SqliteConnection, partnership: PartnershipId) -> Result<()> {
    let raise = "insert into revisions (partnership_id, revision) values ($1, 1)
         on conflict (partnership_id) do update set revision = revisions.revision + 1";
    sqlx::query(raise).bind(partnership.0).execute(connection).await.map(drop)
}

/// On PostgreSQL with the lock of its turn, which other app servers wait for: in one round trip, the lock first.
pub(super) async fn raise_in_turn(connection: &mut PgConnection, partnership: PartnershipId) -> Result<()> {
    let raise = "with turn as materialized (select pg_advisory_xact_lock($2))
         insert into revisions (partnership_id, revision) select $1, 1 from turn
         on conflict (partnership_id) do update set revision = revisions.revision + 1";
    sqlx::query(raise).bind(partnership.0).bind(Turn::Partnership(partnership).key()).execute(connection).await.map(drop)
}
