//! Who chooses the partnership's policy, who lets a school give by itself, and who sees what the nightly check found.

use super::support::{Case, Denied, Seat, Who, World, check, on_every_engine};
use app::session::now;
use domain::hours::Month;
use std::sync::atomic::{AtomicU32, Ordering};

/// Another day each time: choosing what is chosen already changes nothing.
static DAY: AtomicU32 = AtomicU32::new(0);

pub const CASES: &[Case] = &[
    Case {
        path: "/api/beleid/lees",
        may: &[Seat::Administrator],
        denied: Denied::Office,
        open: 200,
        fields: |_| Box::pin(async { Vec::new() }),
        writes: false,
    },
    Case {
        path: "/api/beleid/kies",
        may: &[Seat::Administrator],
        denied: Denied::Office,
        open: 200,
        fields: |_| {
            Box::pin(async {
                let day = DAY.fetch_add(1, Ordering::Relaxed) % 14 + 1;
                vec![("instelling", "notice_day".to_owned()), ("waarde", day.to_string())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/controle/lees",
        may: &[Seat::Registrar, Seat::Administrator, Seat::Auditor],
        denied: Denied::Office,
        open: 200,
        fields: |_| Box::pin(async { Vec::new() }),
        writes: false,
    },
    Case {
        path: "/api/school/doneren",
        may: &[Seat::Coordinator, Seat::Head],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let on = DAY.fetch_add(1, Ordering::Relaxed).is_multiple_of(2);
                vec![("school", world.here.schools[0].to_string()), ("aan", (if on { "ja" } else { "nee" }).to_owned())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/maand/doneer",
        may: &[Seat::Coordinator],
        denied: Denied::Object,
        // The door is open; there is no pot to give to.
        open: 422,
        fields: |world| {
            Box::pin(async {
                vec![
                    ("school", world.here.schools[0].to_string()),
                    ("maand", Month::at(now()).to_string()),
                    ("minuten", "15".to_owned()),
                    ("key", "sleutel".to_owned()),
                ]
            })
        },
        writes: false,
    },
    Case {
        path: "/api/maand/neemterug",
        may: &[Seat::Coordinator],
        denied: Denied::Object,
        // Nothing was given with that click.
        open: 422,
        fields: |world| {
            Box::pin(async {
                vec![("school", world.here.schools[0].to_string()), ("klik", "klik".to_owned()), ("key", "sleutel".to_owned())]
            })
        },
        writes: false,
    },
];

#[test]
fn the_table_of_policy_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        // Off, so that the first of the table switches it on whatever came before.
        DAY.store(0, Ordering::Relaxed);
        for case in CASES {
            check(server, &world, case).await;
        }
    });
}

#[test]
fn a_refused_setting_says_what_can_be_chosen_and_keeps_what_was_typed() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Administrator)).await;
        let answer = browser.form("/api/beleid/kies", &[("instelling", "notice_day"), ("waarde", "31")], "/beheer/beleid").await;
        assert_eq!(answer.status, 303, "{}: {answer:?}", server.name);
        let page = browser.page("/beheer/beleid").await;
        assert!(page.body.contains("Kies een heel getal van 1 tot en met 28."), "{}: {}", server.name, page.body);
        assert!(page.body.contains(r#"value="31""#) && page.body.contains("van de maand"), "{}: {}", server.name, page.body);

        let months = [("instelling", "months"), ("maand_9", "ja"), ("maand_10", "ja")];
        assert_eq!(browser.call("/api/beleid/kies", &months).await.status, 200, "{}", server.name);
        let none = browser.call("/api/beleid/kies", &[("instelling", "months")]).await;
        assert_eq!(none.status, 422, "{}: {none:?}", server.name);
        assert_eq!(browser.call("/api/beleid/kies", &[("instelling", "colour"), ("waarde", "1")]).await.status, 400, "{}", server.name);
        let page = browser.page("/beheer/beleid").await;
        assert!(page.body.contains("september, oktober") && page.body.contains("Gekozen door"), "{}: {}", server.name, page.body);
    });
}
