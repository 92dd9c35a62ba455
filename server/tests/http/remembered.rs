//! What an app server remembers: for as long as nobody wrote in the partnership, here or at another app server of the same database.

use super::{
    crash::{Running, free_address, until_ready},
    race::{ask, wish},
    support::{Client, Seat, World, databases::fresh, outdoors, sound::sound, world::session},
};

/// Every specialist of a world can be found by this.
const EVERYBODY: &str = "/zoeken?dagdeel=ochtend,middag";

/// The first moment that a page of results offers, with whose it is.
fn offered(page: &str) -> Option<(String, String)> {
    let (before, after) = page.split_once("moment=")?;
    let expert = before.rsplit_once("/experts/")?.1.get(..36)?;
    Some((expert.to_owned(), after.get(..16)?.replace("%3A", ":")))
}

async fn text(browser: &Client, path: &str) -> String {
    let answer = browser.page(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.body
}

#[test]
fn what_is_booked_at_one_app_server_is_seen_at_another_with_the_next_page() {
    outdoors(async {
        for database in fresh("remembered").await {
            let world = World::tell_to(&database.db).await;
            let addresses = [free_address(), free_address()];
            let _servers = addresses.map(|address| Running::start(&database, address));
            let cookie = session(world.db(), world.here.person(Seat::Coordinator)).await;
            let [here, there] = addresses.map(|address| Client::new(address).with_cookie(&cookie));
            for address in addresses {
                until_ready(address).await;
            }
            for round in 0..3 {
                // Twice at both: what they show is what they remember.
                for browser in [&here, &there, &here, &there] {
                    text(browser, "/").await;
                    text(browser, EVERYBODY).await;
                }
                let before = text(&here, EVERYBODY).await;
                assert_eq!(offered(&before), offered(&text(&there, EVERYBODY).await), "{}: they differ in what is free", database.name);
                let (expert, moment) = offered(&before).expect("somebody is free");
                let theirs = format!("/experts/{expert}");
                for browser in [&here, &there] {
                    assert!(
                        text(browser, &theirs).await.contains(&format!("value=\"{moment}\"")),
                        "{}: {theirs} does not offer {moment}",
                        database.name
                    );
                }
                let mut wish = wish(&world, &moment, "60", &format!("remembered-{round}"));
                wish.retain(|(name, _)| *name != "expert");
                wish.push(("expert", expert.clone()));
                let answer = ask(&there, &wish).await;
                assert_eq!(answer.status, 200, "{}: {moment} of {expert}: {}", database.name, answer.body);
                for (browser, name) in [(&here, "the other"), (&there, "the same")] {
                    let after = offered(&text(browser, EVERYBODY).await);
                    assert_ne!(after, Some((expert.clone(), moment.clone())), "{}: {name} server still offers it", database.name);
                    let page = text(browser, &theirs).await;
                    assert!(!page.contains(&format!("value=\"{moment}\"")), "{}: {name} server's expert page offers it", database.name);
                    let start = text(browser, "/").await;
                    assert!(
                        start.contains(&format!("datetime=\"{moment}")),
                        "{}: {name} server's start page lacks {moment}",
                        database.name
                    );
                }
            }
            let mut tx = world.db().read().await.expect("a reader");
            assert_eq!(sound(&mut tx, world.here.partnership).await, Vec::<String>::new(), "{}", database.name);
        }
    });
}
