//! What changed, for whoever has a page open. Always true: nobody hears of what was not committed; on PostgreSQL every app server hears it,
//! on SQLite there is one.

use super::{Result, Tx};
use crate::execute;
use domain::{PartnershipId, WijkpotId};
use sqlx::{PgPool, postgres::PgListener};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::broadcast::{Receiver, Sender, channel},
    time::sleep,
};

/// The channel app servers hear each other on.
const CHANNEL: &str = "wijkpot_changes";
/// After the line to PostgreSQL broke the next try waits so long.
const BREATH: Duration = Duration::from_secs(1);
/// A listener that is further behind than this is told that perhaps anything changed.
const BEHIND_MAX: usize = 256;

/// Something that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// What is in a pot, or who waits for it.
    Pot(PartnershipId, WijkpotId),
    /// Perhaps anything: the line was down for a while.
    Anything,
    /// The server stops; nothing more will come.
    Over,
}

impl Change {
    fn write(self) -> String {
        match self {
            Self::Pot(partnership, pot) => format!("{partnership} {pot}"),
            Self::Anything | Self::Over => String::new(),
        }
    }

    /// What an app server said; what this version does not know may be anything.
    fn read(text: &str) -> Self {
        let ids = text.split_once(' ').and_then(|(partnership, pot)| Some((partnership.parse().ok()?, pot.parse().ok()?)));
        ids.map_or(Self::Anything, |(partnership, pot)| Self::Pot(partnership, pot))
    }
}

/// Where changes are heard.
#[derive(Clone, Debug)]
pub struct Live {
    heard: Sender<Change>,
    /// The one connection that listens, on PostgreSQL.
    ears: Option<PgPool>,
    listens: Arc<AtomicBool>,
}

impl Live {
    pub(super) fn new(ears: Option<PgPool>) -> Self {
        Self { heard: channel(BEHIND_MAX).0, ears, listens: Arc::default() }
    }

    /// Everything that changes from now on. The first who asks makes this app server listen to the others.
    pub(super) fn changes(&self) -> Receiver<Change> {
        let changes = self.heard.subscribe();
        if let Some(ears) = &self.ears
            && !self.listens.swap(true, Ordering::Relaxed)
        {
            tokio::spawn(listen(ears.clone(), self.heard.clone()));
        }
        changes
    }

    pub(super) fn say(&self, change: Change) {
        // Nobody may be listening.
        let _ = self.heard.send(change);
    }

    pub(super) async fn close(&self) {
        if let Some(ears) = &self.ears {
            ears.close().await;
        }
    }
}

async fn listen(ears: PgPool, heard: Sender<Change>) {
    while !ears.is_closed() {
        if let Err(error) = hear(&ears, &heard).await {
            tracing::warn!(%error, "no changes are heard");
        }
        sleep(BREATH).await;
    }
}

/// Passes on what is said until the line breaks.
async fn hear(ears: &PgPool, heard: &Sender<Change>) -> Result<()> {
    let mut listener = PgListener::connect_with(ears).await?;
    listener.listen(CHANNEL).await?;
    // What was said before the line was there nobody heard.
    let _ = heard.send(Change::Anything);
    while let Some(said) = listener.try_recv().await? {
        let _ = heard.send(Change::read(said.payload()));
    }
    Ok(())
}

/// What a transaction on SQLite changed, to be said when it is committed.
#[derive(Debug)]
pub struct Untold {
    live: Live,
    changes: Vec<Change>,
}

impl Untold {
    pub(super) fn new(live: &Live) -> Self {
        Self { live: live.clone(), changes: Vec::new() }
    }

    pub(super) fn tell(self) {
        for change in self.changes {
            self.live.say(change);
        }
    }
}

impl Tx {
    /// Says that something changed, when and if this is committed; twice is once.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tell(&mut self, change: Change) -> Result<()> {
        if let Self::Sqlite(_, untold) = self {
            if !untold.changes.contains(&change) {
                untold.changes.push(change);
            }
            return Ok(());
        }
        // PostgreSQL itself says equal words of one transaction once, and only when it is committed.
        execute!(self, "select pg_notify($1, $2)", CHANNEL, change.write()).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_change_of_a_pot_reads_as_it_was_written_and_nonsense_may_be_anything() {
        let change = Change::Pot(PartnershipId(Uuid::from_u128(1)), WijkpotId(Uuid::from_u128(2)));
        assert_eq!(Change::read(&change.write()), change);
        assert_eq!(Change::read("iets anders"), Change::Anything);
        assert_eq!(Change::read(""), Change::Anything);
    }
}
