//! Who reads whose hours.

use super::{
    access_bookings::CIRCLE,
    support::{Case, Denied, Seat, Who, World, check, on_every_engine},
};
use app::session::now;
use domain::hours::Month;

pub const CASES: &[Case] = &[
    // Without naming anybody: one's own hours.
    Case {
        path: "/api/uren/lees",
        may: &[
            Seat::Coordinator,
            Seat::Head,
            Seat::BoardContact,
            Seat::Counsellor,
            Seat::DistrictTeam,
            Seat::Registrar,
            Seat::Administrator,
            Seat::Auditor,
        ],
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { vec![("school", world.here.schools[0].to_string())] }),
        writes: false,
    },
    Case {
        path: "/api/uren/boekingen",
        may: &[
            Seat::Coordinator,
            Seat::Head,
            Seat::BoardContact,
            Seat::Counsellor,
            Seat::DistrictTeam,
            Seat::Registrar,
            Seat::Administrator,
            Seat::Auditor,
        ],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                vec![
                    ("houder", "school".to_owned()),
                    ("id", world.here.schools[0].to_string()),
                    ("jaar", Month::at(now()).school_year().0.to_string()),
                    ("leverancier", world.here.suppliers[0].to_string()),
                ]
            })
        },
        writes: false,
    },
];

#[test]
fn the_table_of_hours_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        world.asked().await;
        for case in CASES {
            check(server, &world, case).await;
        }
    });
}

#[test]
fn which_booking_of_a_pupil_the_hours_went_to_is_told_within_the_circle_alone() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let id = world.asked().await;
        let year = Month::at(now()).school_year().0.to_string();
        let account = [("houder", "booking"), ("id", &*id.to_string()), ("jaar", &*year)];
        let school = [("houder", "school"), ("id", &*world.here.schools[0].to_string()), ("jaar", &*year)];
        let by_name = ["Afspraak 1", &format!("/afspraken/{id}")];
        for seat in Seat::ALL.into_iter().filter(|seat| *seat != Seat::Roleless) {
            let browser = world.browser(server, Who::Here(seat)).await;
            let answer = browser.call("/api/uren/boekingen", &account).await;
            let knows = CIRCLE.contains(&seat);
            assert_eq!(answer.status, if knows { 200 } else { 403 }, "{} {seat:?}: {answer:?}", server.name);
            let answer = browser.call("/api/uren/boekingen", &school).await;
            if answer.status == 200 {
                assert!(answer.body.contains("fspraak"), "{} {seat:?}: the hours are told: {}", server.name, answer.body);
                for name in &by_name {
                    assert_eq!(answer.body.contains(name), knows, "{} {seat:?} {name}: {}", server.name, answer.body);
                }
                assert_eq!(answer.body.contains("Persoon Coordinator"), knows, "{} {seat:?}: {}", server.name, answer.body);
            }
        }
        let group = world.asked_for_a_group().await.to_string();
        let account = [("houder", "booking"), ("id", &*group), ("jaar", &*year)];
        for (seat, status) in
            [(Seat::DistrictTeam, 200), (Seat::BoardContact, 200), (Seat::OtherDistrictTeam, 403), (Seat::OtherBoard, 403)]
        {
            let answer = world.browser(server, Who::Here(seat)).await.call("/api/uren/boekingen", &account).await;
            assert_eq!(answer.status, status, "{} {seat:?}: {answer:?}", server.name);
        }
    });
}

#[test]
fn what_is_of_the_whole_partnership_is_told_to_its_office_alone() {
    const OFFICE: [Seat; 3] = [Seat::Registrar, Seat::Administrator, Seat::Auditor];
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        world.asked().await;
        let year = Month::at(now()).school_year().0.to_string();
        let (pot, school) = (world.here.pot(world.db()).await.to_string(), world.here.schools[0].to_string());
        let in_supplier = |who| {
            use Seat::{OtherPlanner, OtherSpecialist, Planner, Specialist};
            matches!(who, Who::Here(Specialist | OtherSpecialist | Planner | OtherPlanner) | Who::There(Specialist | Planner))
        };
        for who in Who::all() {
            let browser = world.browser(server, who).await;
            let (office, known) = match who {
                Who::Nobody | Who::Here(Seat::Roleless) | Who::There(Seat::Roleless) => (401, 401),
                Who::Here(seat) if OFFICE.contains(&seat) => (200, 200),
                Who::There(seat) if OFFICE.contains(&seat) => (200, 404),
                Who::Here(Seat::BoardContact | Seat::Counsellor) => (403, 200),
                Who::Here(_) => (403, 403),
                Who::There(_) => (403, 404),
            };
            for word in ["besturen", "contracten", "reserves", "zonder-bestuur", "iedereen", "zonder-reserve"] {
                let answer = browser.call("/api/uren/boekingen", &[("houder", word), ("jaar", &year)]).await;
                assert_eq!(answer.status, office, "{} {who:?} {word}: {answer:?}", server.name);
                for school in world.here.schools.map(|school| school.to_string()) {
                    let here = matches!(who, Who::Here(_));
                    assert!(here || !answer.body.contains(&school), "{} {who:?} {word}: {}", server.name, answer.body);
                }
            }
            let board = world.here.boards[0].to_string();
            // What a pot gave and took of one board, for whoever reads both.
            let of_pot = [("houder", "wijkpot"), ("id", &*pot), ("jaar", &*year), ("bestuur", &*board)];
            let answer = browser.call("/api/uren/boekingen", &of_pot).await;
            assert_eq!(answer.status, if in_supplier(who) { 403 } else { known }, "{} {who:?}: {answer:?}", server.name);
            let without = [("houder", "wijkpot"), ("id", &*pot), ("jaar", &*year), ("bestuur", "zonder-bestuur")];
            let answer = browser.call("/api/uren/boekingen", &without).await;
            assert_eq!(answer.status, office, "{} {who:?}: {answer:?}", server.name);
            let of_school = [("houder", "school"), ("id", &*school), ("jaar", &*year), ("bestuur", &*board)];
            let answer = browser.call("/api/uren/boekingen", &of_school).await;
            assert_eq!(answer.status, if office == 401 { 401 } else { 400 }, "{} {who:?}: {answer:?}", server.name);
            // What crossed a board's borders, for whoever reads its hours.
            for number in ["", "uit-wijkpot", "verschil"] {
                let fields = [("houder", "bestuur-met-scholen"), ("id", &*board), ("jaar", &*year), ("wat", number)];
                let answer = browser.call("/api/uren/boekingen", &fields).await;
                assert_eq!(answer.status, known, "{} {who:?} {number}: {answer:?}", server.name);
            }
        }
    });
}
