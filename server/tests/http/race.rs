//! Many people who want the same at once: one gets it, the others hear so, and nothing else happens.

use super::support::{
    Answer, Client, Seat, Server, World, on_every_engine,
    sound::sound,
    world::{HOURS, session},
};
use app::fetch_all;
use std::{collections::BTreeMap, sync::Arc};
use tokio::{sync::Barrier, task::JoinSet};
use uuid::Uuid;

/// So many at once.
const PEOPLE: usize = 64;

/// What somebody sends who asks the first specialist for an hour at the first school.
pub fn wish(world: &World, moment: &str, duration: &str, key: &str) -> Vec<(&'static str, String)> {
    vec![
        ("expert", world.here.specialists[0].to_string()),
        ("school", world.here.schools[0].to_string()),
        ("duur", duration.to_owned()),
        ("moment", moment.to_owned()),
        ("niveau", "groep".to_owned()),
        ("vraag", "Hoe houden we het rustig?".to_owned()),
        ("doel", "Een plan voor de pauze.".to_owned()),
        ("key", key.to_owned()),
    ]
}

/// Sends a wish.
pub async fn ask(browser: &Client, wish: &[(&'static str, String)]) -> Answer {
    let typed: Vec<(&str, &str)> = wish.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.call("/api/afspraak/vraag", &typed).await
}

/// Everybody asks at the same moment; what each got.
async fn all_at_once(server: &Server, world: &World, wishes: Vec<Vec<(&'static str, String)>>) -> Vec<Answer> {
    let people = world.here.coordinators(&server.db, wishes.len()).await;
    let start = Arc::new(Barrier::new(wishes.len()));
    let mut tasks = JoinSet::new();
    for (person, wish) in people.into_iter().zip(wishes) {
        let browser = server.visitor().with_cookie(&session(&server.db, person).await);
        let start = start.clone();
        tasks.spawn(async move {
            // The connection stands before the start, so that only the asking is raced.
            browser.call("/api/sessie/bezoeker", &[]).await;
            start.wait().await;
            ask(&browser, &wish).await
        });
    }
    tasks.join_all().await
}

async fn one_wins(server: &Server, wishes: impl Fn(&World) -> Vec<Vec<(&'static str, String)>>) {
    let world = World::tell(server).await;
    let answers = all_at_once(server, &world, wishes(&world)).await;
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    let lost = answers.iter().filter(|answer| answer.status == 422 && answer.code() == "slot_taken").count();
    let other: Vec<&Answer> = answers.iter().filter(|answer| answer.status != 200 && answer.code() != "slot_taken").collect();
    assert!(other.is_empty(), "{}: {} others, as {:?}", server.name, other.len(), other.first());
    assert_eq!((won, lost), (1, PEOPLE - 1), "{}", server.name);
    for lost in answers.iter().filter(|answer| answer.status == 422) {
        let refusal = lost.error().expect("an error").as_refusal();
        assert_eq!(refusal.field.as_deref(), Some("moment"), "{refusal:?}");
        assert_eq!(refusal.choices.len(), 3, "the three nearest moments: {refusal:?}");
    }
    is_sound(server, &world, 1).await;
}

/// The ledger and the calendar hold, and so many bookings are there.
async fn is_sound(server: &Server, world: &World, bookings: usize) {
    let mut tx = server.db.read().await.expect("a reader");
    assert_eq!(sound(&mut tx, world.here.partnership).await, Vec::<String>::new(), "{}", server.name);
    let tx = &mut tx;
    let rows: Vec<(Uuid,)> =
        fetch_all!(tx, (Uuid,), "select id from bookings where partnership_id = $1", world.here.partnership.0).expect("bookings");
    assert_eq!(rows.len(), bookings, "{}", server.name);
}

#[test]
fn of_sixty_four_who_take_the_same_moment_one_gets_it() {
    on_every_engine(async |server| {
        one_wins(server, |world| {
            let moment = world.moment();
            (0..PEOPLE).map(|number| wish(world, &moment, "60", &format!("same-{number}"))).collect()
        })
        .await;
    });
}

#[test]
fn of_sixty_four_who_take_overlapping_moments_one_gets_it() {
    on_every_engine(async |server| {
        one_wins(server, |world| {
            let day = world.moment()[..10].to_owned();
            // From 11.00, 11.15, 11.30 or 11.45, for two to four hours: the quarter from 11.45 is in all of them.
            let one = |number: usize| {
                let moment = format!("{day}T11:{:02}", 15 * (number % 4));
                wish(world, &moment, &(120 + 15 * (number / 4 % 8)).to_string(), &format!("overlap-{number}"))
            };
            (0..PEOPLE).map(one).collect()
        })
        .await;
    });
}

#[test]
fn the_same_form_sent_sixty_four_times_at_once_books_once_and_every_answer_is_yes() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let form = wish(&world, &world.moment(), "60", "one-form");
        let cookie = session(&server.db, world.here.person(Seat::Coordinator)).await;
        let start = Arc::new(Barrier::new(PEOPLE));
        let mut tasks = JoinSet::new();
        for _ in 0..PEOPLE {
            let (browser, form, start) = (server.visitor().with_cookie(&cookie), form.clone(), start.clone());
            tasks.spawn(async move {
                start.wait().await;
                ask(&browser, &form).await
            });
        }
        let answers = tasks.join_all().await;
        assert!(answers.iter().all(|answer| answer.status == 200), "{}: {:?}", server.name, answers.iter().find(|a| a.status != 200));
        is_sound(server, &world, 1).await;
    });
}

#[test]
fn of_sixty_four_who_spend_the_last_hours_exactly_enough_succeed() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let moments: Vec<String> = (0..PEOPLE).map(|_| world.moment()).collect();
        // The moments lie in more than one month, and hours of one do not pay in another.
        let mut per_month: BTreeMap<&str, i64> = BTreeMap::new();
        for moment in &moments {
            *per_month.entry(&moment[..7]).or_default() += 1;
        }
        let enough: i64 = per_month.values().map(|count| (*count).min(HOURS[1] * 60 / 180)).sum();
        let wishes = moments.iter().enumerate().map(|(number, moment)| {
            let mut wish = wish(&world, moment, "180", &format!("spend-{number}"));
            wish[0].1 = world.here.specialists[1].to_string();
            wish
        });
        let answers = all_at_once(server, &world, wishes.collect()).await;
        let codes: Vec<String> = answers.iter().filter(|answer| answer.status != 200).map(Answer::code).collect();
        assert!(codes.iter().all(|code| code == "too_few_hours"), "{}: {codes:?}", server.name);
        let won = PEOPLE - codes.len();
        assert_eq!(i64::try_from(won).ok(), Some(enough), "{}", server.name);
        is_sound(server, &world, won).await;
    });
}
