//! Who may ask, answer, record, cancel and move a booking, and who reads it.

use super::support::{
    Case, Denied, Seat, Who, World, audit_log, check, on_every_engine,
    world::{OPEN_SECRET, SECRET},
};
use uuid::Uuid;

/// Who may call a booking off or move it: either side.
const SIDES: &[Seat] = &[Seat::Coordinator, Seat::Specialist, Seat::Planner];
/// Who reads the text of a pupil-level booking (domain.md §2).
pub const CIRCLE: &[Seat] = &[Seat::Coordinator, Seat::Head, Seat::Specialist, Seat::Counsellor, Seat::Registrar];
/// Who reads its facts as well.
const FACTS: &[Seat] = &[
    Seat::Coordinator,
    Seat::Head,
    Seat::Specialist,
    Seat::Counsellor,
    Seat::Registrar,
    Seat::BoardContact,
    Seat::Planner,
    Seat::Administrator,
    Seat::Auditor,
];

fn key() -> String {
    Uuid::now_v7().simple().to_string()
}

pub const CASES: &[Case] = &[
    Case {
        path: "/api/afspraak/vraag",
        may: &[Seat::Coordinator],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                vec![
                    ("expert", world.here.specialists[0].to_string()),
                    ("school", world.here.schools[0].to_string()),
                    ("duur", "60".to_owned()),
                    ("moment", world.moment()),
                    ("niveau", "leerling".to_owned()),
                    ("vraag", "Hoe verder?".to_owned()),
                    ("doel", "Een plan.".to_owned()),
                    ("ouders", "ja".to_owned()),
                    ("key", key()),
                ]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/afspraak/antwoord",
        may: &[Seat::Specialist, Seat::Planner],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async { vec![("afspraak", world.asked().await.to_string()), ("antwoord", "ja".to_owned()), ("key", key())] })
        },
        writes: true,
    },
    Case {
        path: "/api/afspraak/gedaan",
        may: &[Seat::Specialist],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async { vec![("afspraak", world.past().await.to_string()), ("minuten", "45".to_owned()), ("key", key())] })
        },
        writes: true,
    },
    Case {
        path: "/api/afspraak/extra",
        may: &[Seat::Coordinator],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let booking = world.longer().await.to_string();
                vec![("afspraak", booking), ("antwoord", "nee".to_owned()), ("reden", "We spraken een uur af.".to_owned()), ("key", key())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/afspraak/zegaf",
        may: SIDES,
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                vec![("afspraak", world.accepted().await.to_string()), ("reden", "De groep is op kamp.".to_owned()), ("key", key())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/afspraak/verplaats",
        may: SIDES,
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                // An hour later on the same day: a specialist stays within the month.
                let moment = world.moment();
                let later = format!("{}{:02}:00", &moment[..11], moment[11..13].parse::<u32>().expect("an hour") + 1);
                let id = world.accepted_at(&moment).await;
                vec![("afspraak", id.to_string()), ("duur", "60".to_owned()), ("moment", later), ("key", key())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/afspraken/lees",
        may: &[],
        denied: Denied::SignedIn,
        open: 200,
        fields: |_| Box::pin(async { vec![] }),
        writes: false,
    },
    // Reading from outside the school is written down, which is a change: see below.
    Case {
        path: "/api/afspraak/lees",
        may: &[Seat::Coordinator, Seat::Head],
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { vec![("id", world.asked().await.to_string())] }),
        writes: false,
    },
    Case {
        path: "/api/afspraak/verplaats/lees",
        may: SIDES,
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { vec![("id", world.accepted().await.to_string())] }),
        writes: false,
    },
];

#[test]
fn the_table_of_bookings_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        for case in CASES.iter().filter(|case| case.path != "/api/afspraak/lees") {
            check(server, &world, case).await;
        }
    });
}

#[test]
fn a_school_is_asked_for_by_its_own_coordinator_whatever_the_form_says() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let there = world.browser(server, Who::There(Seat::Coordinator)).await;
        let here = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let ask = async |browser: &super::support::Client, school: String, expert: String| {
            let (moment, key) = (world.moment(), key());
            let typed = [("expert", &*expert), ("school", &*school), ("duur", "60"), ("moment", &*moment), ("niveau", "groep")];
            let typed = [&typed[..], &[("vraag", "Hoe?"), ("doel", "Zo."), ("key", &*key)]].concat();
            browser.call("/api/afspraak/vraag", &typed).await.status
        };
        // A school and a specialist of different partnerships, both ways.
        assert_eq!(ask(&there, world.there.schools[0].to_string(), world.here.specialists[0].to_string()).await, 404);
        assert_eq!(ask(&here, world.here.schools[0].to_string(), world.there.specialists[0].to_string()).await, 404);
        assert_eq!(ask(&here, world.here.schools[1].to_string(), world.here.specialists[0].to_string()).await, 403);
        assert_eq!(ask(&here, world.here.schools[0].to_string(), world.here.specialists[0].to_string()).await, 200);
    });
}

#[test]
fn a_pupils_text_is_read_in_its_circle_alone_and_from_outside_the_school_not_unnoticed() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let id = world.asked().await;
        for who in Who::all() {
            let before = audit_log(&server.db, world.here.partnership).await.len();
            let answer = world.browser(server, who).await.call("/api/afspraak/lees", &[("id", &id.to_string())]).await;
            let (status, reads) = match who {
                Who::Nobody | Who::Here(Seat::Roleless) => (401, false),
                Who::There(_) => (404, false),
                Who::Here(seat) => (if FACTS.contains(&seat) { 200 } else { 403 }, CIRCLE.contains(&seat)),
            };
            assert_eq!(answer.status, status, "{} {who:?}: {answer:?}", server.name);
            assert_eq!(answer.body.contains(SECRET), reads, "{} {who:?}: {}", server.name, answer.body);
            let log = audit_log(&server.db, world.here.partnership).await;
            let outside = reads && !matches!(who, Who::Here(Seat::Coordinator | Seat::Head));
            assert_eq!(log.len() - before, usize::from(outside), "{} {who:?}", server.name);
            if let (true, Who::Here(seat), Some((what, person, about, school))) = (outside, who, log.last()) {
                let expected = (Some(world.here.person(seat).0), Some(id.0), Some(world.here.schools[0].0));
                assert_eq!((what.as_str(), (*person, *about, *school)), ("booking_text_read", expected), "{}", server.name);
            }
        }
    });
}

#[test]
fn a_groups_text_is_read_by_the_district_team_of_the_school_too() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let id = world.asked_for_a_group().await;
        for who in Who::all() {
            let answer = world.browser(server, who).await.call("/api/afspraak/lees", &[("id", &id.to_string())]).await;
            let reads = matches!(who, Who::Here(seat) if CIRCLE.contains(&seat) || seat == Seat::DistrictTeam);
            assert_eq!(answer.body.contains(OPEN_SECRET), reads, "{} {who:?}: {}", server.name, answer.body);
        }
    });
}

#[test]
fn the_planner_of_the_specialist_knows_the_school_everywhere_and_the_question_nowhere() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let id = world.asked().await.to_string();
        let specialist = world.here.specialists[0].to_string();
        let pages: [(&str, &[(&str, &str)]); 4] = [
            ("/api/afspraak/lees", &[("id", &id)]),
            ("/api/afspraken/lees", &[]),
            ("/api/agenda/lees", &[("expert", &specialist)]),
            ("/api/start/lees", &[]),
        ];
        let (planner, board) = (Who::Here(Seat::Planner), Who::Here(Seat::BoardContact));
        for (path, fields) in pages {
            let answer = world.browser(server, planner).await.call(path, fields).await;
            assert!(answer.status == 200 && answer.body.contains("De Meerpaal"), "{} {path}: {answer:?}", server.name);
            assert!(!answer.body.contains("afgeschermd") && !answer.body.contains("zebrapad"), "{} {path}: {answer:?}", server.name);
        }
        let answer = world.browser(server, board).await.call("/api/afspraak/lees", &[("id", &id)]).await;
        assert!(answer.body.contains("school afgeschermd") && !answer.body.contains("De Meerpaal"), "{} {answer:?}", server.name);
        assert!(answer.body.contains("\"postings\":null"), "{} {answer:?}", server.name);
    });
}

#[test]
fn a_specialist_may_not_spend_more_of_the_schools_hours_than_it_gave() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let moment = world.moment();
        let id = world.accepted_at(&moment).await.to_string();
        let typed = [("afspraak", &*id), ("duur", "90"), ("moment", &*moment), ("key", "longer")];
        for (seat, code) in [(Seat::Specialist, "moved_longer"), (Seat::Planner, "moved_longer"), (Seat::Coordinator, "")] {
            let answer = world.browser(server, Who::Here(seat)).await.call("/api/afspraak/verplaats", &typed).await;
            assert_eq!(answer.code(), code, "{} {seat:?}: {answer:?}", server.name);
        }
    });
}

#[test]
fn a_school_takes_back_no_hours_of_a_visit_that_has_begun() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let id = world.past().await.to_string();
        let (school, specialist) = (Who::Here(Seat::Coordinator), Who::Here(Seat::Specialist));
        let off = [("afspraak", &*id), ("reden", "Toch niet nodig."), ("key", "off")];
        assert_eq!(world.browser(server, school).await.call("/api/afspraak/zegaf", &off).await.code(), "visit_begun", "{}", server.name);
        let moment = world.moment();
        let to = [("afspraak", &*id), ("duur", "60"), ("moment", &*moment), ("key", "to")];
        assert_eq!(
            world.browser(server, school).await.call("/api/afspraak/verplaats", &to).await.code(),
            "moved_too_late",
            "{}",
            server.name
        );
        let page = world.browser(server, school).await.call("/api/afspraak/lees", &[("id", &id)]).await;
        assert!(page.body.contains("\"cancel\":false"), "{} {page:?}", server.name);
        assert_eq!(world.browser(server, specialist).await.call("/api/afspraak/zegaf", &off).await.status, 200, "{}", server.name);
    });
}
