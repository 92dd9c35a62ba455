//! Leases: which server does a job now. Always true here: of all servers that ask at once, one gets it, and a server that stopped in the
//! middle keeps it no longer than the lease runs.

use app::{
    db::{Db, Result},
    execute,
};
use chrono::{DateTime, TimeDelta, Utc};

/// Takes a job for a while, so that no server does it again before then; says no while somebody has it.
///
/// # Errors
/// When the database does not answer.
pub async fn take(db: &Db, job: &str, holder: &str, now: DateTime<Utc>, span: TimeDelta) -> Result<bool> {
    let mut own = db.write_unscoped().await?;
    let tx = &mut own;
    let taken = execute!(
        tx,
        "insert into leases (name, holder, held_until) values ($1, $2, $3)
         on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until
         where leases.held_until <= $4",
        job,
        holder,
        now + span,
        now
    )?;
    own.commit().await?;
    Ok(taken == 1)
}
