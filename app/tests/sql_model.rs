//! A model test: seeded random histories of everything people and the house do with hours, run against the application's own verbs on both
//! engines and against a plain model in memory. After every step the outcome is the same (what was answered, or the refusal), what was
//! posted is the same, and so are the balances (where nothing was posted PostgreSQL itself refuses one that moves, and SQLite counts it)
//! and, when something moved, the report or export whose turn it is; from time to time and at the end every balance, report and export one by one, and where
//! everything stands, and the application's own check finds nothing.
//!
//! Flags, as environment variables: `MODEL_SEEDS` how many seeds, `MODEL_STEPS` how long each history is (without it 5,000 steps, for as
//! long as the time for that lasts), `MODEL_SEED` only this seed, `MODEL_HISTORY` a file with a history that failed.
//! A failing history is made shorter as far as it still fails; its seed and its steps are printed, and are such a file.
//!
//! Always true here: a seed gives the same history on every machine and engine.

mod model;
#[path = "support/sound.rs"]
mod sound;
mod support;

use app::db::{Db, Engine};
use domain::hours::{HolderKind, PostingKind};
use model::{
    compare::watch_balances,
    dice::history,
    op::Step,
    play::{Parted, play},
    rules::{Model, Posting},
    shrink::shrink,
};
use std::{
    collections::{BTreeMap, VecDeque},
    io::Write as _,
    sync::Mutex,
    time::{Duration, Instant},
};

/// Every night, and every time somebody tests.
const SEEDS: u64 = 50;
/// As long as a school year with some fifteen things a day: long enough for pots to get back what was drawn while own hours were away.
const STEPS: u32 = 5_000;
/// A history in which they do.
const SEED_BACK: u64 = 1;
/// On a machine on which all of them would take longer than this, the last ones are shorter, and that is told.
const LONG_FOR: Duration = Duration::from_secs(28 * 60);
const STEPS_SHORT: u32 = 500;
/// So many histories at once on each engine.
const AT_ONCE: usize = 2;
/// As long as anybody wants to wait for a shorter history.
const SHRINK_WITHIN: Duration = Duration::from_secs(120);

fn flag<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name}={value} is not understood")))
}

/// The seeds that are asked for.
fn seeds() -> VecDeque<u64> {
    flag("MODEL_SEED").map_or_else(|| (0..flag("MODEL_SEEDS").unwrap_or(SEEDS)).collect(), |seed| VecDeque::from([seed]))
}

/// Plays every history on one engine, some at once; no two workers share a database.
fn on(engine: Engine) {
    let began = Instant::now();
    let (waiting, played) = (Mutex::new(seeds()), Mutex::new(BTreeMap::<u32, u32>::new()));
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let mut worker = Worker::new(engine).await;
            if let Some(file) = flag::<String>("MODEL_HISTORY") {
                return worker.run(&file, read(&file)).await;
            }
            loop {
                let next = waiting.lock().expect("nobody panics with it").pop_front();
                let Some(seed) = next else { return };
                let steps = flag("MODEL_STEPS").unwrap_or(if began.elapsed() < LONG_FOR { STEPS } else { STEPS_SHORT });
                worker.run(&format!("MODEL_SEED={seed} MODEL_STEPS={steps}"), history(seed, steps)).await;
                *played.lock().expect("nobody panics with it").entry(steps).or_default() += 1;
                // Short ones share a database, where nothing may reach from one partnership into another; long ones fill it.
                if steps > STEPS_SHORT {
                    worker = Worker::new(engine).await;
                }
            }
        });
    };
    std::thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(work))));
    // Past what a test that passes says to nobody: how much was played is worth knowing.
    for (steps, count) in played.lock().expect("nobody panics with it").iter() {
        let told = writeln!(std::io::stderr(), "{engine:?}: {count} histories of {steps} steps, {:.0?} in all", began.elapsed());
        told.expect("somebody listens");
    }
}

/// The steps of a history that was printed.
fn read(file: &str) -> Vec<Step> {
    let text = std::fs::read_to_string(file).expect("MODEL_HISTORY can be read");
    text.lines().filter(|line| line.starts_with('{')).map(|line| serde_json::from_str(line).expect("a step")).collect()
}

struct Worker {
    test: support::TestDb,
}

impl Worker {
    async fn new(engine: Engine) -> Self {
        let test = match engine {
            Engine::Sqlite => {
                let test = support::sqlite().await;
                watch_balances(&test.db).await.expect("a counter");
                test
            }
            Engine::Postgres => support::postgres_planned_once().await.expect("TEST_DATABASE_URL is set"),
        };
        Self { test }
    }

    /// Plays a history; a failing one is made shorter and told.
    async fn run(&self, name: &str, steps: Vec<Step>) {
        let db = &self.test.db;
        let Some(parted) = play(db, &steps).await.expect("the database answers") else { return };
        let (steps, parted) = shortest(db, steps, parted).await;
        let lines: Vec<String> = steps.iter().map(|step| serde_json::to_string(step).expect("a line")).collect();
        panic!(
            "{name} on {}: application and model part at the last of these steps (MODEL_HISTORY=… runs them again)\n{}\n{}",
            self.test.name,
            lines.join("\n"),
            parted.what
        );
    }
}

async fn shortest(db: &Db, steps: Vec<Step>, parted: Parted) -> (Vec<Step>, Parted) {
    let mut last = parted.clone();
    let cut = steps.into_iter().take(parted.at + 1).collect();
    let fails = async |steps: &[Step]| {
        let parted = play(db, steps).await.ok().flatten()?;
        let at = parted.at;
        last = parted;
        Some(at)
    };
    let short = shrink(cut, Instant::now() + SHRINK_WITHIN, fails).await;
    (short, last)
}

#[test]
fn a_long_history_gives_back_to_pots_what_was_drawn_while_own_hours_were_away() {
    let gives_back = |posting: &&Posting| posting.kind == PostingKind::TakeBack && posting.from.holder.kind == HolderKind::School;
    let mut model = Model::new();
    history(SEED_BACK, STEPS).iter().for_each(|step| drop(model.run(step)));
    assert!(model.ledger.journal.iter().filter(gives_back).count() > 0);
}

#[test]
fn the_application_and_the_model_agree_on_sqlite() {
    on(Engine::Sqlite);
}

#[test]
fn the_application_and_the_model_agree_on_postgresql() {
    if std::env::var("TEST_DATABASE_URL").is_ok() {
        on(Engine::Postgres);
    }
}
