//! What the server does by itself, from minute to minute.
//!
//! Always true here: every app server may try every job at any time. A lease lets one of them do it, and what a job writes is such that a
//! second time writes nothing; so a lost lease costs work and never hours.

mod checks;
mod lease;
mod months;

use app::{
    AppError,
    db::Db,
    session::{now, sweep},
};
use chrono::{DateTime, TimeDelta, Utc};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{MissedTickBehavior, interval, timeout},
};
use uuid::Uuid;

/// How often somebody looks whether there is a job to do.
const TICK: Duration = Duration::from_secs(60);
/// How long a job under way may take to come to a stop: a partnership's turn and one transaction.
const STOP_WITHIN: Duration = Duration::from_secs(20);

/// A job, with how long nobody needs to do it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Job {
    /// Sweeps ended sessions.
    Sessions,
    /// Notices and closings of months.
    Months,
    /// The check of the night.
    Checks,
}

impl Job {
    const ALL: [Self; 3] = [Self::Sessions, Self::Months, Self::Checks];

    const fn name(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Months => "months",
            Self::Checks => "checks",
        }
    }

    const fn every(self) -> TimeDelta {
        match self {
            Self::Sessions | Self::Months => TimeDelta::minutes(10),
            Self::Checks => TimeDelta::minutes(30),
        }
    }
}

/// Whether the server was told to stop; a job asks between two steps.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Whether it was.
    #[must_use]
    pub fn is_told(&self) -> bool {
        *self.0.borrow()
    }
}

/// The jobs of one app server.
#[derive(Clone, Debug)]
pub struct Jobs {
    db: Db,
    server: Arc<str>,
    stop: Stop,
}

/// Jobs that run until they are told to stop.
#[derive(Debug)]
pub struct Running {
    tell: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Jobs {
    /// The jobs of a server that has a name nobody else has, and what tells them to stop.
    #[must_use]
    pub fn new(db: Db) -> (Self, watch::Sender<bool>) {
        let (tell, told) = watch::channel(false);
        (Self { db, server: Uuid::now_v7().to_string().into(), stop: Stop(told) }, tell)
    }

    /// Starts them, once a minute from now on.
    #[must_use]
    pub fn start(db: Db) -> Running {
        let (jobs, tell) = Self::new(db);
        Running { tell, task: tokio::spawn(jobs.run()) }
    }

    async fn run(mut self) {
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => self.tick(now()).await,
                _ = self.stop.0.changed() => return,
            }
        }
    }

    /// Does every job that nobody does and that is due at this moment.
    pub async fn tick(&self, now: DateTime<Utc>) {
        for job in Job::ALL {
            if self.stop.is_told() {
                return;
            }
            match lease::take(&self.db, job.name(), &self.server, now, job.every()).await {
                Ok(true) => {
                    if let Err(error) = self.work(job, now).await {
                        tracing::warn!(job = job.name(), %error, "a job did not end well; it is tried again");
                    }
                }
                Ok(false) => {}
                Err(error) => tracing::warn!(job = job.name(), %error, "no lease"),
            }
        }
    }

    async fn work(&self, job: Job, now: DateTime<Utc>) -> Result<(), AppError> {
        match job {
            Job::Sessions => sweep(&self.db).await.map(drop).map_err(AppError::from),
            Job::Months => months::run(&self.db, now, &self.stop).await,
            Job::Checks => checks::run(&self.db, now, &self.stop).await,
        }
    }
}

impl Running {
    /// Lets the job under way come to a stop.
    pub async fn stop(self) {
        self.tell.send_replace(true);
        if timeout(STOP_WITHIN, self.task).await.is_err() {
            tracing::warn!("a job was still under way; what it did not commit did not happen");
        }
    }
}
