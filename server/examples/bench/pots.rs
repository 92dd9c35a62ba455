//! Gifts to a pot and draws from it, by sixteen writers at once, against the bare engine's own transactions.
//! Always true: what is timed is the whole verb, from taking the partnership's turn until it is kept; every draw is within the cap.

use crate::{
    engine::Engine,
    ledger,
    load::{CONNECTIONS, Seen},
    report::{Report, Row},
    town::{Size, Town},
};
use anyhow::{Result, anyhow, ensure};
use app::{
    db::Db,
    session::now,
    wijkpot::verbs::{self, Ask, Give},
};
use domain::{
    Minutes, SchoolId,
    hours::Month,
    wijkpot::{Donor, DrawWish},
};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

/// What each school has, gives and draws again.
const QUARTER: Minutes = Minutes(15);
/// Four hours a month, as the rules are by default.
const DRAWS_WITHIN_CAP: usize = 16;
const SIZE: Size = Size { boards: 8, schools: 320, suppliers: 1 };
const WISH: DrawWish<'static> = DrawWish { urgentie: "normal", niveau: "groep", soort: "behaviour" };

pub async fn measure(engine: &Engine, span: Duration, report: &mut Report) -> Result<()> {
    let db = engine.beside().await?;
    let mut town = Town::build(&db, SIZE).await?;
    town.allot(&db, QUARTER).await?;
    db.analyze().await?;
    let before = ledger::bare(&db, span / 2).await?.rate();
    let began = Instant::now();
    let mut writers = JoinSet::new();
    for own in town.schools.chunks(SIZE.schools / CONNECTIONS) {
        writers.spawn(give_and_draw(db.clone(), town.clone(), own.to_vec(), began, span));
    }
    let mut all = Vec::new();
    while let Some(done) = writers.join_next().await {
        all.push(done??);
    }
    let took = began.elapsed();
    let after = ledger::bare(&db, span / 2).await?.rate();
    db.close().await;
    let (gifts, draws): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    for (what, seen) in [("gifts to a pot, 16 writers", gifts), ("draws from it, at the same time", draws)] {
        let seen = Seen::together(seen, took);
        ensure!(seen.count() > 0, "{what}: nothing happened");
        let ratio = Some((seen.rate() / ((before + after) / 2.0), "bare engine"));
        report.add(Row { ratio, note: String::new(), ..Row::of_seen(engine, what, &seen) });
    }
    Ok(())
}

/// A writer goes round its own schools: each gives what it has, and draws it again, as often as the cap allows.
async fn give_and_draw(db: Db, town: Town, schools: Vec<SchoolId>, began: Instant, span: Duration) -> Result<(Seen, Seen)> {
    let (partnership, supplier, by, month) = (town.partnership, town.suppliers[0], town.administrator, Month::at(now()));
    let refused = |error| anyhow!("refused: {error:?}");
    let (mut gifts, mut draws) = (Seen::default(), Seen::default());
    for school in schools.iter().cycle().take(DRAWS_WITHIN_CAP * schools.len()).copied() {
        if began.elapsed() >= span {
            break;
        }
        let started = Instant::now();
        let give = Give { donor: Donor::School(school), pot: None, supplier, month, minutes: QUARTER };
        let mut tx = db.write(partnership).await?;
        verbs::donate(&mut tx, partnership, Some(by), give, &key(), now()).await.map_err(refused)?;
        tx.commit().await?;
        gifts.time(started);

        let started = Instant::now();
        let ask = Ask { school, supplier, month, minutes: QUARTER, wish: WISH, booking: None };
        let mut tx = db.write(partnership).await?;
        verbs::ask(&mut tx, partnership, by, ask, &key(), now()).await.map_err(refused)?;
        tx.commit().await?;
        draws.time(started);
    }
    Ok((gifts, draws))
}

fn key() -> String {
    Uuid::now_v7().simple().to_string()
}
