//! Who may search, open an expert's page, and change an agenda.

use super::support::{
    Case, Denied, Seat, Server, Who, World, check, on_every_engine,
    world::{OPEN_SECRET, SECRET},
};
use app::{experts::sql, session::now};
use chrono::Days;
use domain::{
    availability::{Exception, ExceptionKind},
    time,
};
use std::sync::atomic::{AtomicU32, Ordering};

/// Who may change the first specialist's agenda: that specialist and the planner of their supplier.
const AGENDA: &[Seat] = &[Seat::Specialist, Seat::Planner];

pub const CASES: &[Case] = &[
    Case {
        path: "/api/experts/zoek",
        may: &[],
        denied: Denied::SignedIn,
        open: 200,
        fields: |_| Box::pin(async { vec![("ask[q]", "Persoon".to_owned())] }),
        writes: false,
    },
    Case {
        path: "/api/experts/lees",
        may: &[
            Seat::Coordinator,
            Seat::Head,
            Seat::SameBoard,
            Seat::OtherBoard,
            Seat::OtherHead,
            Seat::BoardContact,
            Seat::OtherBoardContact,
            Seat::Specialist,
            Seat::OtherSpecialist,
            Seat::Planner,
            Seat::OtherPlanner,
            Seat::Counsellor,
            Seat::OtherCounsellor,
            Seat::DistrictTeam,
            Seat::OtherDistrictTeam,
            Seat::Registrar,
            Seat::Administrator,
            Seat::Auditor,
        ],
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { vec![("expert", world.here.specialists[0].to_string())] }),
        writes: false,
    },
    Case {
        path: "/api/agenda/lees",
        may: AGENDA,
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { vec![("expert", world.here.specialists[0].to_string())] }),
        writes: false,
    },
    Case {
        path: "/api/agenda/patroon",
        may: AGENDA,
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                // A week that was not there before.
                let number = NEXT.fetch_add(1, Ordering::Relaxed) % 16;
                let monday = format!("{}.{:02}-14.00", 8 + number / 4, 15 * (number % 4));
                vec![("expert", world.here.specialists[0].to_string()), ("maandag", monday)]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/agenda/afwijking/voeg",
        may: AGENDA,
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let day = time::local_date(now()) + Days::new(20);
                vec![("expert", world.here.specialists[0].to_string()), ("soort", "away".to_owned()), ("van", day.to_string())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/agenda/afwijking/weg",
        may: AGENDA,
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let id = world.exception().await;
                vec![("expert", world.here.specialists[0].to_string()), ("afwijking", id)]
            })
        },
        writes: true,
    },
];

static NEXT: AtomicU32 = AtomicU32::new(0);

impl World {
    /// A day off of the first specialist.
    async fn exception(&self) -> String {
        let day = time::local_date(now()) + Days::new(30);
        let away = Exception { starts_on: day, ends_on: day, from: None, until: None, kind: ExceptionKind::Away, note: "cursus".into() };
        let mut tx = self.db().write(self.here.partnership).await.expect("a writer");
        let id = sql::insert_exception(&mut tx, self.here.specialists[0], &away).await.expect("an exception");
        tx.commit().await.expect("committed");
        id.to_string()
    }
}

#[test]
fn the_table_of_experts_and_agendas_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        for case in CASES {
            check(server, &world, case).await;
        }
    });
}

/// Somebody else's exception named together with one's own agenda.
#[test]
fn an_exception_of_somebody_else_stays_even_when_the_agenda_named_is_ones_own() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let id = world.exception().await;
        for who in [Who::Here(Seat::OtherSpecialist), Who::There(Seat::Specialist)] {
            let browser = world.browser(server, who).await;
            assert_eq!(browser.call("/api/agenda/afwijking/weg", &[("afwijking", &id)]).await.status, 404, "{who:?}");
        }
        let own = world.browser(server, Who::Here(Seat::Specialist)).await;
        assert_eq!(own.call("/api/agenda/afwijking/weg", &[("afwijking", &id)]).await.status, 200, "it was still there");
    });
}

#[test]
fn nobody_reads_of_a_booking_in_search_or_in_an_agenda_of_the_other_partnership() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        world.asked().await;
        world.asked_for_a_group().await;
        for who in Who::all() {
            let browser = world.browser(server, who).await;
            for (path, fields) in [
                ("/api/experts/zoek", vec![("ask[q]", "zebrapad")]),
                ("/api/experts/zoek", vec![("ask[q]", "Persoon Specialist")]),
                ("/api/agenda/lees", vec![]),
            ] {
                let answer = browser.call(path, &fields).await;
                assert!(!answer.body.contains(SECRET) && !answer.body.contains(OPEN_SECRET), "{} {path} {who:?}", server.name);
            }
        }
        finds_only_own(server, &world).await;
    });
}

async fn finds_only_own(server: &Server, world: &World) {
    let there = world.browser(server, Who::There(Seat::Coordinator)).await;
    let answer = there.call("/api/experts/zoek", &[("ask[q]", "Persoon")]).await;
    assert!(answer.body.contains(&world.there.specialists[0].to_string()), "{}", answer.body);
    assert!(!answer.body.contains(&world.here.specialists[0].to_string()), "{}", answer.body);
}
