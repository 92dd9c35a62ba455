//! Races for the last hours of a pot, on both engines: one outcome, and the ledger is sound.

#[path = "support/pots.rs"]
mod pots;
#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{AppError, wijkpot::verbs};
use pots::{all_pots, neighbour};
use std::sync::Arc;
use tokio::task::JoinSet;
use world::{code, now};

#[tokio::test]
async fn of_sixty_four_schools_that_want_the_last_hour_one_has_it_and_the_others_wait() {
    for pots in all_pots().await {
        pots.donate(pots.vuurtoren, 60, "gift").await.expect("given");
        let mut schools = Vec::new();
        let mut tx = pots.world.db.write(pots.world.partnership).await.expect("a writer");
        for n in 0..64 {
            schools.push(neighbour(&mut tx, &pots.world, &format!("01AA{n:02}"), &format!("School {n}"), pots.board).await);
        }
        tx.commit().await.expect("committed");
        let pots = Arc::new(pots);
        let mut tasks = JoinSet::new();
        for (n, school) in schools.into_iter().enumerate() {
            let pots = pots.clone();
            tasks.spawn(async move { pots.ask(school, 60, &format!("draw{n}")).await });
        }
        let mut granted = 0;
        for asked in tasks.join_all().await {
            granted += usize::from(pots.state(asked.expect("asked")).await == "granted");
        }
        assert_eq!((granted, pots.in_pot().await), (1, 0), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_gift_that_is_taken_back_and_drawn_at_once_ends_in_one_place() {
    for pots in all_pots().await {
        let gift = pots.donate(pots.vuurtoren, 60, "gift").await.expect("given");
        let pots = Arc::new(pots);
        let mut tasks: JoinSet<Result<(), AppError>> = JoinSet::new();
        for n in 0..16 {
            let here = pots.clone();
            tasks.spawn(async move {
                let (partnership, by) = (here.world.partnership, here.vuurtoren.coordinator);
                here.run(async |tx| verbs::take_back(tx, partnership, by, gift, now()).await).await.map(drop)
            });
            let here = pots.clone();
            tasks.spawn(async move { here.ask(here.oeverpark, 60, &format!("draw{n}")).await.map(drop) });
            let here = pots.clone();
            tasks.spawn(async move { here.donate(here.vuurtoren, 15, &format!("more{n}")).await.map(drop) });
        }
        let all = tasks.join_all().await;
        let known = ["ok", "pot_empty", "donation_settled", "own_hours_first", "not_idle", "too_many_wait"];
        assert!(all.iter().all(|one| known.contains(&code(one))), "{}: {:?}", pots.name(), all.iter().map(code).collect::<Vec<_>>());
        let (in_pot, gave, drew) = (pots.in_pot().await, pots.has(pots.vuurtoren).await, pots.has(pots.oeverpark).await);
        assert_eq!(in_pot + gave + drew, 240, "{}: nothing is lost and nothing is made", pots.name());
        pots.world.is_sound().await;
    }
}
