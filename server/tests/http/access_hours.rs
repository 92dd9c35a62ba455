//! Who reads whose hours.

use super::{
    access_bookings::CIRCLE,
    access_reports::OF_THE_SCHOOL,
    access_wijkpot::READERS,
    support::{Case, Denied, Seat, Who, World, check, on_every_engine},
};
use app::{hours::sql, organisations, session::now};
use domain::{
    Minutes,
    hours::{AboutKind, AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
};
use uuid::Uuid;

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

/// What else the same function tells, of a pot and of a board.
const OF_POTS: &[Case] = &[
    // A pot, for everybody of it and the office.
    Case {
        path: "/api/uren/boekingen",
        may: &READERS,
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { of_pot(world, None).await }),
        writes: false,
    },
    // What one board gave and took there, and the schools without one.
    Case {
        path: "/api/uren/boekingen",
        may: &OF_BOARD,
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { of_pot(world, Some(world.here.boards[0].to_string())).await }),
        writes: false,
    },
    Case {
        path: "/api/uren/boekingen",
        may: &OFFICE,
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { of_pot(world, Some("zonder-bestuur".to_owned())).await }),
        writes: false,
    },
    // What crossed a board's borders.
    Case {
        path: "/api/uren/boekingen",
        may: &OF_BOARD,
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                vec![
                    ("houder", "bestuur-met-scholen".to_owned()),
                    ("id", world.here.boards[0].to_string()),
                    ("jaar", Month::at(now()).school_year().0.to_string()),
                    ("wat", "uit-wijkpot".to_owned()),
                ]
            })
        },
        writes: false,
    },
];

/// Who reads everything of the partnership.
const OFFICE: [Seat; 3] = [Seat::Registrar, Seat::Administrator, Seat::Auditor];
/// Who reads the hours of the first board.
const OF_BOARD: [Seat; 5] = [Seat::BoardContact, Seat::Counsellor, Seat::Registrar, Seat::Administrator, Seat::Auditor];

async fn of_pot(world: &World, board: Option<String>) -> Vec<(&'static str, String)> {
    let pot = world.here.pot(world.db()).await.to_string();
    let year = Month::at(now()).school_year().0.to_string();
    let fields = [("houder", "wijkpot".to_owned()), ("id", pot), ("jaar", year)];
    fields.into_iter().chain(board.map(|board| ("bestuur", board))).collect()
}

#[test]
fn the_table_of_hours_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        world.asked().await;
        for case in CASES.iter().chain(OF_POTS) {
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
            // What was posted for this one, whoever paid it.
            for wie in [String::new(), world.here.schools[0].to_string()] {
                let answer = browser.call("/api/uren/boek", &[("over", &*format!("booking-{id}")), ("wie", &*wie)]).await;
                assert_eq!(answer.status, if knows { 200 } else { 403 }, "{} {seat:?}: {answer:?}", server.name);
                assert_eq!(answer.body.contains("Eén boeking. Vastgezet: 1"), knows, "{} {seat:?}: {}", server.name, answer.body);
            }
        }
        let there = world.browser(server, Who::There(Seat::Auditor)).await;
        assert_eq!(there.call("/api/uren/boek", &[("over", &*format!("booking-{id}"))]).await.status, 404, "{}", server.name);
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
fn what_was_posted_for_one_thing_stands_in_ones_own_book_alone_and_nonsense_is_refused() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let run = Uuid::now_v7();
        let (school, board) = (Holder::school(world.here.schools[0]), Holder::board(world.here.boards[0]));
        let mut tx = world.db().write(world.here.partnership).await.expect("a writer");
        let bucket = Bucket::of_month(world.here.suppliers[0], Month::at(now()));
        let given = Transfer::new(PostingKind::Division, AccountKey::new(bucket, board), AccountKey::new(bucket, school), Minutes(75));
        let given = given.about(AboutKind::Division, run);
        sql::post(&mut tx, world.here.partnership, &[given], None, now(), &run.to_string()).await.expect("posted");
        tx.commit().await.expect("committed");
        let over = format!("division-{run}");
        for who in Who::all() {
            let answer = world.browser(server, who).await.call("/api/uren/boek", &[("over", &*over)]).await;
            let sees = matches!(who, Who::Here(seat) if OF_THE_SCHOOL.contains(&seat));
            let told = answer.body.replace('\u{a0}', " ");
            assert_eq!(told.contains("Eén boeking. Verdeling: 1 u 15."), sees, "{} {who:?}: {told}", server.name);
            assert!(sees || !told.contains("1 u 15"), "{} {who:?}: {told}", server.name);
        }
        let office = world.browser(server, Who::Here(Seat::Auditor)).await;
        for nonsense in ["x", "division", "theft-00000000-0000-0000-0000-000000000000", "division-x", "-", "booking-"] {
            let answer = office.call("/api/uren/boek", &[("over", nonsense)]).await;
            assert_eq!(answer.status, 400, "{} {nonsense}: {answer:?}", server.name);
        }
    });
}

#[test]
fn the_schools_of_a_district_together_are_told_to_its_team_and_the_office_also_without_some_of_them() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let year = Month::at(now()).school_year().0.to_string();
        let mut tx = world.db().read().await.expect("a reader");
        let schools = organisations::sql::schools(&mut tx, world.here.partnership).await.expect("schools");
        drop(tx);
        let district = schools.iter().find(|one| one.id == world.here.schools[0].0).expect("it is there").district_id.to_string();
        let one = world.here.schools[0].to_string();
        let all = [("houder", "stadsdeel"), ("id", &*district), ("jaar", &*year), ("wat", "toegedeeld")];
        for who in Who::all() {
            let expected = match who {
                Who::Nobody | Who::Here(Seat::Roleless) | Who::There(Seat::Roleless) => 401,
                Who::Here(Seat::DistrictTeam) => 200,
                Who::Here(seat) if OFFICE.contains(&seat) => 200,
                Who::Here(_) => 403,
                Who::There(_) => 404,
            };
            let answer = world.browser(server, who).await.call("/api/uren/boekingen", &all).await;
            assert_eq!(answer.status, expected, "{} {who:?}: {answer:?}", server.name);
        }
        let team = world.browser(server, Who::Here(Seat::DistrictTeam)).await;
        let told = async |without: &str| {
            let fields: Vec<(&str, &str)> = all.into_iter().chain([("zonder", without)]).collect();
            let answer = team.call("/api/uren/boekingen", &fields).await;
            (answer.status, answer.body)
        };
        let ((_, every), (status, rest)) = (told("").await, told(&one).await);
        assert!(status == 200 && rest.contains("op één school na") && every != rest, "{}: {rest}", server.name);
        let many = vec![one.clone(); 11].join(",");
        assert_eq!(told(&many).await.0, 200, "{}: the same one eleven times is one", server.name);
        assert_eq!(told(&world.there.schools[0].to_string()).await.0, 404, "{}: none of this district", server.name);
        // Without one school of a board, what pots paid would be that school's: its visits for pupils.
        let board = world.here.boards[0].to_string();
        let contact = world.browser(server, Who::Here(Seat::BoardContact)).await;
        for (what, without, status) in
            [("uit-wijkpot", "", 200), ("uit-wijkpot", &*one, 400), ("verschil", &*one, 400), ("gebruikt", &*one, 200)]
        {
            let fields = [("houder", "bestuur-met-scholen"), ("id", &*board), ("jaar", &*year), ("wat", what), ("zonder", without)];
            let answer = contact.call("/api/uren/boekingen", &fields).await;
            assert_eq!(answer.status, status, "{} {what} {without}: {answer:?}", server.name);
        }
        let fields = [("houder", "school"), ("id", &*one), ("jaar", &*year), ("zonder", &*one)];
        assert_eq!(contact.call("/api/uren/boekingen", &fields).await.status, 400, "{}", server.name);
        let many: Vec<String> = (0..11).map(|_| Uuid::now_v7().to_string()).collect();
        assert_eq!((told(&many.join(",")).await.0, told("x").await.0), (400, 400), "{}", server.name);
    });
}

#[test]
fn what_is_of_the_whole_partnership_is_told_to_its_office_alone() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        world.asked().await;
        let year = Month::at(now()).school_year().0.to_string();
        for who in Who::all() {
            let browser = world.browser(server, who).await;
            let expected = match who {
                Who::Nobody | Who::Here(Seat::Roleless) | Who::There(Seat::Roleless) => 401,
                Who::Here(seat) | Who::There(seat) if OFFICE.contains(&seat) => 200,
                _ => 403,
            };
            for word in ["besturen", "contracten", "reserves", "zonder-bestuur", "iedereen", "zonder-reserve"] {
                let answer = browser.call("/api/uren/boekingen", &[("houder", word), ("jaar", &year)]).await;
                assert_eq!(answer.status, expected, "{} {who:?} {word}: {answer:?}", server.name);
                let tells = world.here.schools.iter().any(|school| answer.body.contains(&school.to_string()));
                assert!(!tells || matches!(who, Who::Here(_)), "{} {who:?} {word}: {}", server.name, answer.body);
            }
        }
        // Of a school nobody asks what it gave one board.
        let (school, board) = (world.here.schools[0].to_string(), world.here.boards[0].to_string());
        let fields = [("houder", "school"), ("id", &*school), ("jaar", &*year), ("bestuur", &*board)];
        let answer = world.browser(server, Who::Here(Seat::Auditor)).await.call("/api/uren/boekingen", &fields).await;
        assert_eq!(answer.status, 400, "{}: {answer:?}", server.name);
    });
}
