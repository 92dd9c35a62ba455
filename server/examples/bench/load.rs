//! Connections that ask as fast as they are answered, and what they saw.
//! Always true: the time until a page has arrived whole is what counts, and what did not arrive is counted too.

use crate::{client::Client, server::Server};
use anyhow::Result;
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// Sixteen people who click at the same moment, all the time.
pub const CONNECTIONS: usize = 16;

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Microseconds until each answer was there, in no order until `finish`.
    micros: Vec<u32>,
    /// How often each status came.
    pub statuses: BTreeMap<u16, usize>,
    /// Requests without an answer, with the first reason.
    pub unanswered: (usize, Option<String>),
    /// Bytes of the largest answer.
    pub bytes: usize,
    /// How long it took.
    pub span: Duration,
}

impl Seen {
    /// One request.
    pub fn note(&mut self, began: Instant, reply: &Result<crate::client::Reply>) {
        match reply {
            Ok(reply) => {
                self.time(began);
                *self.statuses.entry(reply.status).or_default() += 1;
                self.bytes = self.bytes.max(reply.body.len());
            }
            Err(error) => {
                self.unanswered.0 += 1;
                self.unanswered.1.get_or_insert_with(|| format!("{error:#}"));
            }
        }
    }

    /// Something that went well, without an answer to look at.
    pub fn time(&mut self, began: Instant) {
        self.micros.push(u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX));
    }

    fn add(&mut self, other: Self) {
        self.micros.extend(other.micros);
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.unanswered.0 += other.unanswered.0;
        self.unanswered.1 = self.unanswered.1.take().or(other.unanswered.1);
        self.bytes = self.bytes.max(other.bytes);
    }

    /// Several connections as one.
    pub fn together(all: Vec<Self>, span: Duration) -> Self {
        let mut seen = Self { span, ..Self::default() };
        all.into_iter().for_each(|one| seen.add(one));
        seen.micros.sort_unstable();
        seen
    }

    /// Answers.
    pub fn count(&self) -> usize {
        self.micros.len()
    }

    /// Answers in a second.
    pub fn rate(&self) -> f64 {
        self.count() as f64 / self.span.as_secs_f64().max(f64::EPSILON)
    }

    /// The milliseconds within which this part of the answers came.
    pub fn within(&self, part: f64) -> f64 {
        let place = (self.micros.len() as f64 * part).ceil() as usize;
        self.micros.get(place.saturating_sub(1)).copied().map_or(f64::NAN, |micros| f64::from(micros) / 1000.0)
    }

    /// `200 × 9,120, 404 × 880`.
    pub fn statuses_in_words(&self) -> String {
        let words: Vec<String> = self.statuses.iter().map(|(status, count)| format!("{status} × {count}")).collect();
        words.join(", ")
    }
}

/// How long connections ask.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// For a while.
    Elapsed(Duration),
    /// This many requests together.
    Count(usize),
}

/// So many connections ask these pages in turn, each with the next of these sessions; without one they are visitors. All of them on one
/// thread: what asks takes as little as it can of what answers.
pub async fn load(server: &Server, cookies: &[String], paths: &[String], until: Until, connections: usize) -> Seen {
    let (address, cookies, paths) = (server.address, cookies.to_vec(), paths.to_vec());
    let on_one_thread = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(ask(address, &cookies, paths.into(), until, connections))
    };
    tokio::task::spawn_blocking(on_one_thread).await.expect("it asked to the end")
}

async fn ask(address: SocketAddr, cookies: &[String], paths: Arc<[String]>, until: Until, connections: usize) -> Seen {
    let asked = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let mut people = JoinSet::new();
    for number in 0..connections {
        let (paths, asked) = (paths.clone(), asked.clone());
        let mut client = Client::with_cookie(address, cookies.get(number % cookies.len().max(1)).map(String::as_str));
        people.spawn(async move {
            let mut seen = Seen::default();
            loop {
                let turn = asked.fetch_add(1, Ordering::Relaxed);
                let over = match until {
                    Until::Elapsed(span) => began.elapsed() >= span,
                    Until::Count(count) => turn >= count,
                };
                if over {
                    return seen;
                }
                let began = Instant::now();
                let reply = client.get(&paths[turn % paths.len()]).await;
                seen.note(began, &reply);
            }
        });
    }
    let all = people.join_all().await;
    Seen::together(all, began.elapsed())
}
