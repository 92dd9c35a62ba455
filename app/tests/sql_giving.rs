//! Giving what is idle before it perishes, on both engines: with one click, and by itself for a school that asked for it.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    AppError,
    months::giving::{give_for, give_shown, giving_done, giving_due, last_click, next_giving, take_all_back},
    organisations,
    wijkpot::verbs::arrange,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Minutes, WijkpotId,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
    policy::Setting,
};
use world::{World, at, code, now, worlds};

fn november() -> Month {
    "2026-11".parse().expect("a month")
}

/// A world whose wijk has a pot.
async fn with_pot(world: &World) -> WijkpotId {
    let mut tx = world.db.write(world.partnership).await.expect("a writer");
    let pot = arrange(&mut tx, world.partnership, "Wijkpot Havenkwartier", &[world.wijk]).await.expect("a pot");
    tx.commit().await.expect("committed");
    pot
}

async fn click(world: &World, shown: i64, key: &str, now: DateTime<Utc>) -> Result<Minutes, AppError> {
    let mut tx = world.db.write(world.partnership).await?;
    let (by, school) = (world.coordinator, world.school);
    let given = give_shown(&mut tx, world.partnership, by, school, november(), Minutes(shown), key, now).await?;
    tx.commit().await?;
    Ok(given)
}

/// What the job does for one school.
async fn by_itself(world: &World, now: DateTime<Utc>) -> Result<Minutes, AppError> {
    let mut tx = world.db.write(world.partnership).await?;
    let given = give_for(&mut tx, world.partnership, world.school, now).await?;
    tx.commit().await?;
    Ok(given)
}

async fn is_due(world: &World, now: DateTime<Utc>) -> bool {
    let mut tx = world.db.read().await.expect("a reader");
    giving_due(&mut tx, world.partnership, now).await.expect("an answer")
}

/// The day that is told to a school.
async fn next(world: &World, now: DateTime<Utc>) -> NaiveDate {
    let mut tx = world.db.read().await.expect("a reader");
    next_giving(&mut tx, world.partnership, now).await.expect("a day")
}

#[tokio::test]
async fn one_click_gives_what_is_shown_and_once() {
    for (world, _test) in worlds().await {
        let pot = Holder::wijkpot(with_pot(&world).await.0);
        assert_eq!(code(&click(&world, 240, "a", now()).await), "idle_changed", "{}: another hour became free meanwhile", world.name);
        assert_eq!(world.holds(pot).await, 0, "{}", world.name);
        assert_eq!(click(&world, 300, "a", now()).await.ok(), Some(Minutes(300)), "{}", world.name);
        assert_eq!(click(&world, 300, "a", now()).await.ok(), Some(Minutes(300)), "{}: the same form", world.name);
        assert_eq!((world.holds(pot).await, world.holds(Holder::school(world.school)).await), (300, 0), "{}", world.name);
        assert_eq!(code(&click(&world, 240, "a", now()).await), "form_used", "{}: another number under the same key", world.name);
        assert_eq!(code(&click(&world, 300, "b", now()).await), "nothing_idle", "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn nothing_is_given_without_a_pot_or_of_a_month_that_is_over() {
    for (world, _test) in worlds().await {
        assert_eq!(code(&click(&world, 300, "a", now()).await), "no_pot", "{}", world.name);
        with_pot(&world).await;
        assert_eq!(code(&click(&world, 300, "a", at("2026-12-01T00:05")).await), "month_ended", "{}", world.name);
        assert_eq!(world.holds(Holder::school(world.school)).await, 300, "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn a_school_that_asked_for_it_gives_by_itself_once_a_month() {
    for (world, _test) in worlds().await {
        let pot = Holder::wijkpot(with_pot(&world).await.0);
        assert!(!is_due(&world, at("2026-11-24T23:50")).await, "{}", world.name);
        assert!(is_due(&world, at("2026-11-25T00:05")).await, "{}: five days before the last", world.name);
        assert!(is_due(&world, at("2026-11-30T23:50")).await, "{}: late is better than not", world.name);
        assert_eq!(by_itself(&world, at("2026-11-25T00:05")).await.ok(), Some(Minutes(300)), "{}", world.name);
        assert_eq!(world.holds(pot).await, 300, "{}", world.name);

        // Taking it back is the school's last word: the house does not give it again this month.
        world
            .change(async |tx| {
                let (donation,): (uuid::Uuid,) =
                    app::fetch_one!(tx, (uuid::Uuid,), "select id from donations where partnership_id = $1", world.partnership.0)
                        .expect("the gift");
                let (by, soon) = (world.coordinator, at("2026-11-25T09:00"));
                app::wijkpot::verbs::take_back(tx, world.partnership, by, donation.into(), soon).await.expect("taken back");
            })
            .await;
        assert_eq!(by_itself(&world, at("2026-11-25T10:00")).await.ok(), Some(Minutes::ZERO), "{}", world.name);
        assert_eq!(world.holds(Holder::school(world.school)).await, 300, "{}", world.name);
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        assert_eq!(next(&world, at("2026-11-25T10:00")).await, day("2026-11-25"), "{}: the house still has to", world.name);
        world.change(async |tx| giving_done(tx, world.partnership, at("2026-11-25T10:00")).await.expect("done")).await;
        assert_eq!(next(&world, at("2026-11-25T11:00")).await, day("2026-12-26"), "{}: not once more this month", world.name);
        assert!(!is_due(&world, at("2026-11-26T00:05")).await, "{}", world.name);
        assert!(is_due(&world, at("2026-12-26T00:05")).await, "{}: next month again", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn switching_is_written_down_and_a_board_that_must_agree_is_asked_first() {
    for (world, _test) in worlds().await {
        let pot = Holder::wijkpot(with_pot(&world).await.0);
        world
            .change(async |tx| {
                let (partnership, by, school) = (world.partnership, world.coordinator, world.school);
                for on in [true, true, false, true] {
                    organisations::verbs::switch_donation(tx, partnership, by, school, on, now()).await.expect("switched");
                }
                assert_eq!(organisations::sql::automatic_donors(tx, partnership).await.expect("donors"), [school]);
                let (written,): (i64,) = app::fetch_one!(
                    tx,
                    (i64,),
                    "select count(*) from audit_log where school_id = $1 and what like 'automatic_donation_%'",
                    school.0
                )
                .expect("a count");
                assert_eq!(written, 3, "what was so already is not written down");
                organisations::verbs::set_policy(tx, partnership, by, Setting::BoardConsent, "required", now()).await.expect("chosen");
            })
            .await;
        by_itself(&world, at("2026-11-25T00:05")).await.expect("asked");
        assert_eq!(world.holds(pot).await, 0, "{}: the board has not said yes", world.name);
        assert_eq!(world.holds(Holder::school(world.school)).await, 300, "{}", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn one_click_takes_back_what_one_click_gave_as_far_as_it_is_there() {
    for (world, _test) in worlds().await {
        let pot = Holder::wijkpot(with_pot(&world).await.0);
        click(&world, 300, "a", now()).await.expect("given");
        let back = async |key: &str, at: DateTime<Utc>| -> Result<Minutes, AppError> {
            let mut tx = world.db.write(world.partnership).await?;
            let back = take_all_back(&mut tx, world.partnership, world.coordinator, world.school, key, at).await?;
            tx.commit().await?;
            Ok(back)
        };
        let mut tx = world.db.read().await.expect("a reader");
        let last = last_click(&mut tx, world.partnership, world.school, now()).await.expect("an answer");
        drop(tx);
        assert_eq!(last, Some(("a".to_owned(), Minutes(300))), "{}", world.name);
        assert_eq!(code(&back("b", now()).await), "nothing_to_take_back", "{}: another click", world.name);
        assert_eq!(code(&back("a", now() + chrono::TimeDelta::hours(25)).await), "nothing_to_take_back", "{}: too late", world.name);
        assert_eq!(back("a", now()).await.ok(), Some(Minutes(300)), "{}", world.name);
        assert_eq!((world.holds(pot).await, world.holds(Holder::school(world.school)).await), (0, 300), "{}", world.name);
        assert_eq!(code(&back("a", now()).await), "nothing_to_take_back", "{}: it is back", world.name);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn what_a_school_drew_itself_is_not_given_with_one_click() {
    for (world, _test) in worlds().await {
        let pot = with_pot(&world).await;
        click(&world, 300, "a", now()).await.expect("given");
        world
            .change(async |tx| {
                let bucket = Bucket::of_month(world.supplier, november());
                let (from, to) = (AccountKey::new(bucket, Holder::wijkpot(pot.0)), AccountKey::new(bucket, Holder::school(world.school)));
                let draw = Transfer::new(PostingKind::Draw, from, to, Minutes(60));
                app::hours::sql::post(tx, world.partnership, &[draw], Some(world.coordinator), now(), "draw").await.expect("drawn");
            })
            .await;
        assert_eq!(world.holds(Holder::school(world.school)).await, 60, "{}", world.name);
        assert_eq!(code(&click(&world, 60, "b", now()).await), "nothing_idle", "{}", world.name);
        world.is_sound().await;
    }
}
