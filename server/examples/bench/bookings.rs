//! Bookings through the server function itself: sixteen writers, each with an expert of their own, and sixteen who want the same one.
//! Always true: only what the server acknowledged counts as a booking; a refusal is counted beside it, by its code.

use crate::{
    client::Client,
    demo::{Demo, Expert, VISIT},
    engine::Engine,
    load::{CONNECTIONS, Seen},
    report::{Report, Row},
    server::Server,
};
use anyhow::{Context, Result, ensure};
use app::{db::Db, hours::sql as hours, session::now};
use domain::{
    Minutes,
    availability::Slot,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
    time,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Hours that last for every booking of a month.
const PLENTY: Minutes = Minutes::hours(2_000);

/// What one writer tries, in turn.
struct Work {
    expert: Expert,
    slots: Arc<[Slot]>,
    /// The next slot; shared when the expert is.
    next: Arc<AtomicUsize>,
}

pub async fn measure(server: &Server, demo: &Demo, engine: &Engine, quick: bool, report: &mut Report) -> Result<()> {
    give_hours(demo, engine).await?;
    ensure!(
        demo.experts.len() > CONNECTIONS,
        "the demo has {} experts for this school, too few for 16 writers and one more",
        demo.experts.len()
    );
    // The expert with most time is the one whom everybody wants.
    let (wanted, others) = demo.experts.split_first().context("there is an expert")?;
    let each = if quick { 12 } else { 60 };
    let own = others.iter().take(CONNECTIONS).map(|expert| Work::new(expert, each)).collect();
    write(server, demo, engine, "bookings, 16 writers, 16 experts", own, report).await?;
    let one = Work::new(wanted, each * 4);
    let shared = (0..CONNECTIONS).map(|_| one.beside()).collect();
    write(server, demo, engine, "bookings, 16 writers, one expert", shared, report).await
}

impl Work {
    fn new(expert: &Expert, slots: usize) -> Self {
        let slots = expert.slots.iter().copied().take(slots).collect();
        Self { expert: expert.clone(), slots, next: Arc::default() }
    }

    fn beside(&self) -> Self {
        Self { expert: self.expert.clone(), slots: self.slots.clone(), next: self.next.clone() }
    }
}

async fn write(server: &Server, demo: &Demo, engine: &Engine, what: &str, work: Vec<Work>, report: &mut Report) -> Result<()> {
    let mut clients = Vec::new();
    for _ in &work {
        let mut client = Client::new(server.address);
        client.sign_in(&demo.person.to_string()).await?;
        clients.push(client);
    }
    let school = demo.school.id.to_string();
    let mut writers = JoinSet::new();
    let began = Instant::now();
    for (work, mut client) in work.into_iter().zip(clients) {
        let school = school.clone();
        writers.spawn(async move {
            let (mut seen, mut refused) = (Seen::default(), BTreeMap::<String, usize>::new());
            while let Some(slot) = work.slots.get(work.next.fetch_add(1, Ordering::Relaxed)) {
                let began = Instant::now();
                let reply = ask(&mut client, &school, &work.expert, slot).await;
                seen.note(began, &reply);
                if let Ok(reply) = &reply
                    && reply.status >= 300
                {
                    *refused.entry(code(&reply.text())).or_default() += 1;
                }
            }
            (seen, refused)
        });
    }
    let all = writers.join_all().await;
    let span = began.elapsed();
    let (seen, refusals): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let seen = Seen::together(seen, span);
    let mut refused = BTreeMap::<String, usize>::new();
    for (code, count) in refusals.into_iter().flatten() {
        *refused.entry(code).or_default() += count;
    }
    let refused_in_all: usize = refused.values().sum();
    let booked = seen.count() - refused_in_all;
    let codes: Vec<String> = refused.iter().map(|(code, count)| format!("{code} × {count}")).collect();
    let note = format!("{booked} booked, {refused_in_all} refused {}", codes.join(", "));
    let row = Row::of_seen(engine, what, &seen);
    let note = if seen.unanswered.0 > 0 { format!("{}, {note}", row.note) } else { note };
    report.add(Row { value: booked as f64 / span.as_secs_f64(), note: note.trim_end().to_owned(), ..row });
    Ok(())
}

async fn ask(client: &mut Client, school: &str, expert: &Expert, slot: &Slot) -> Result<crate::client::Reply> {
    let (id, minutes, key) = (expert.id.0.to_string(), VISIT.0.to_string(), Uuid::now_v7().simple().to_string());
    let moment = time::local_value(slot.starts_at);
    let form = [
        ("expert", id.as_str()),
        ("school", school),
        ("duur", &minutes),
        ("moment", &moment),
        ("niveau", &expert.level),
        ("vraag", "Hoe houden we een groep die snel klaar is aan het denken?"),
        ("doel", "De leerkracht heeft drie lessen met verdieping."),
        ("ouders", "ja"),
        ("vak", ""),
        ("key", &key),
    ];
    client.post("/api/afspraak/vraag", &form).await
}

/// The code of a refusal, or the beginning of whatever else came.
fn code(body: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    find_code(&value).unwrap_or_else(|| body.chars().take(60).collect())
}

fn find_code(value: &serde_json::Value) -> Option<String> {
    let fields = value.as_object()?;
    fields.get("code").and_then(|code| code.as_str().map(str::to_owned)).or_else(|| fields.values().find_map(find_code))
}

/// The demo's school has the hours of a school; a measurement needs more. They come as all hours come: contract, board, school.
async fn give_hours(demo: &Demo, engine: &Engine) -> Result<()> {
    let board = demo.school.board_id.context("the coordinator's school has a board")?;
    let mut buckets = BTreeSet::new();
    for expert in &demo.experts {
        buckets.extend(expert.slots.iter().map(|slot| (expert.supplier.0, Month::at(slot.starts_at))));
    }
    let mut transfers = Vec::new();
    for (supplier, month) in buckets {
        let bucket = Bucket::of_month(supplier.into(), month);
        let (contract, board) =
            (AccountKey::new(bucket, Holder::contract(supplier.into())), AccountKey::new(bucket, Holder::board(board.into())));
        let school = AccountKey::new(bucket, Holder::school(demo.school.id.into()));
        transfers.push(Transfer::new(PostingKind::Allotment, contract, board, PLENTY));
        transfers.push(Transfer::new(PostingKind::Division, board, school, PLENTY));
    }
    let db = Db::connect(&engine.url).await?;
    let mut tx = db.write(demo.partnership).await?;
    let posted = hours::post(&mut tx, demo.partnership, &transfers, None, now(), "bench/hours").await;
    posted.map_err(|error| anyhow::anyhow!("hours for the measurement: {error:?}"))?;
    tx.commit().await?;
    db.close().await;
    Ok(())
}
