//! Who reads the book of hours, puts it right, sees the overview, and takes either home as a file.

use super::support::{Case, Denied, Seat, Who, World, check, on_every_engine};
use app::{fetch_one, hours::sql as hours, session::now};
use axum::body::Body;
use domain::{
    Minutes,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
};
use http::{Method, header};
use uuid::Uuid;

/// Who reads the hours of the first school.
pub const OF_THE_SCHOOL: &[Seat] = &[
    Seat::Coordinator,
    Seat::Head,
    Seat::BoardContact,
    Seat::Counsellor,
    Seat::DistrictTeam,
    Seat::Registrar,
    Seat::Administrator,
    Seat::Auditor,
];

/// Who sees reports.
const OF_REPORTS: &[Seat] = &[
    Seat::BoardContact,
    Seat::OtherBoardContact,
    Seat::Counsellor,
    Seat::OtherCounsellor,
    Seat::DistrictTeam,
    Seat::OtherDistrictTeam,
    Seat::Registrar,
    Seat::Administrator,
    Seat::Auditor,
];

pub const CASES: &[Case] = &[
    Case {
        path: "/api/uren/boek",
        may: OF_THE_SCHOOL,
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { vec![("wie", world.here.schools[0].to_string())] }),
        writes: false,
    },
    // A gift: its school's side, and the pot's, which all who may give to it see.
    Case {
        path: "/api/uren/boeking",
        may: &[
            Seat::Coordinator,
            Seat::Head,
            Seat::SameBoard,
            Seat::OtherBoard,
            Seat::OtherHead,
            Seat::BoardContact,
            Seat::OtherBoardContact,
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
        fields: |world| Box::pin(async { vec![("nummer", gift(world).await)] }),
        writes: false,
    },
    Case {
        path: "/api/uren/draai-terug",
        may: &[Seat::Registrar, Seat::Administrator],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let number = gift(world).await;
                vec![("nummer", number), ("reden", "Verkeerde school".to_owned()), ("key", Uuid::now_v7().to_string())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/rapportage/alv",
        may: OF_REPORTS,
        denied: Denied::Office,
        open: 200,
        fields: |_| Box::pin(async { vec![("periode", Month::at(now()).year().to_string())] }),
        writes: false,
    },
];

/// A quarter of an hour from the first school to a pot; the number of the posting.
async fn gift(world: &World) -> String {
    let here = &world.here;
    let bucket = Bucket::of_month(here.suppliers[0], Month::at(now()));
    let [school, pot] = [Holder::school(here.schools[0]), Holder::wijkpot(Uuid::now_v7())].map(|holder| AccountKey::new(bucket, holder));
    let transfer = Transfer::new(PostingKind::Donation, school, pot, Minutes(15));
    let mut tx = world.db().write(here.partnership).await.expect("a writer");
    let key = Uuid::now_v7().to_string();
    let posted = hours::post(&mut tx, here.partnership, &[transfer], None, now(), &key).await.expect("posted");
    let open = &mut tx;
    let (number,): (i64,) = fetch_one!(open, (i64,), "select seq from postings where id = $1", posted[0].0).expect("it is there");
    tx.commit().await.expect("committed");
    number.to_string()
}

#[test]
fn the_table_of_reports_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        for case in CASES {
            check(server, &world, case).await;
        }
    });
}

#[test]
fn who_may_see_a_page_may_keep_its_numbers_and_nobody_else() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let school = world.here.schools[0];
        for who in Who::all() {
            let browser = world.browser(server, who).await;
            for ending in ["csv", "xlsx"] {
                let expected = |may: &[Seat], elsewhere: u16| match who {
                    Who::Nobody | Who::Here(Seat::Roleless) | Who::There(Seat::Roleless) => 401,
                    Who::Here(seat) if may.contains(&seat) => 200,
                    Who::There(seat) if elsewhere == 200 && !may.contains(&seat) => 403,
                    Who::There(_) => elsewhere,
                    Who::Here(_) => 403,
                };
                let answer = browser.page(&format!("/uren/boekingen.{ending}?wie={school}")).await;
                assert_eq!(answer.status, expected(OF_THE_SCHOOL, 404), "{} {ending} by {who:?}", server.name);
                let answer = browser.page(&format!("/rapportage/alv.{ending}")).await;
                assert_eq!(answer.status, expected(OF_REPORTS, 200), "{} {ending} by {who:?}", server.name);
                if answer.status == 200 {
                    assert!(answer.header("content-disposition").starts_with("attachment; filename=\"alv-"), "{answer:?}");
                }
            }
        }
    });
}

#[test]
fn a_file_comes_whole_to_a_browser_that_takes_it_compressed() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let office = world.browser(server, Who::Here(Seat::Registrar)).await;
        for path in ["/uren/boekingen.csv", "/uren/boekingen.xlsx", "/rapportage/alv.csv", "/rapportage/alv.xlsx"] {
            let request = office.request(Method::GET, path).header(header::ACCEPT_ENCODING, "gzip, deflate, br").body(Body::empty());
            let answer = office.send(request.expect("a request")).await;
            assert_eq!(answer.status, 200, "{} {path}", server.name);
            assert!(!answer.body.is_empty(), "{} {path}", server.name);
        }
    });
}

#[test]
fn a_file_shields_what_the_page_shields_and_nonsense_is_a_sentence() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        world.asked().await;
        let board = world.browser(server, Who::Here(Seat::BoardContact)).await.page("/uren/boekingen.csv").await;
        assert_eq!(board.status, 200, "{}: {board:?}", server.name);
        assert!(board.body.contains("een afspraak") && !board.body.contains("Afspraak 1"), "{}: {}", server.name, board.body);
        let office = world.browser(server, Who::Here(Seat::Registrar)).await;
        assert!(office.page("/uren/boekingen.csv").await.body.contains("Afspraak 1"), "{}", server.name);
        for (address, status) in [
            ("/uren/boekingen.csv?jaar=morgen", 400),
            ("/uren/boekingen.csv?wie=x", 400),
            ("/uren/boekingen.xlsx?soort=diefstal", 400),
            ("/uren/boekingen.csv?van=2026-12-01&tot=2026-11-01", 422),
            ("/uren/boekingen.csv?van=-9999-01-01", 400),
            ("/uren/boekingen.csv?over=donation", 400),
            ("/uren/boekingen.xlsx?over=booking-00000000-0000-0000-0000-000000000000", 404),
            ("/rapportage/alv.xlsx?periode=nooit", 400),
            ("/rapportage/alv.csv?leverancier=00000000-0000-0000-0000-000000000000", 200),
        ] {
            let answer = office.page(address).await;
            assert_eq!(answer.status, status, "{} {address}", server.name);
            assert!(status == 200 || answer.body.contains("<h1>"), "{} {address}: {}", server.name, answer.body);
        }
        let long = format!("/uren/boekingen.csv?soort={}", "x".repeat(3_000));
        assert_eq!(office.page(&long).await.status, 400, "{}", server.name);
    });
}

#[test]
fn many_files_at_once_are_made_in_turn_and_a_page_does_not_wait_for_them() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let office = world.browser(server, Who::Here(Seat::Registrar)).await;
        let files = futures::future::join_all((0..24).map(|_| office.page("/uren/boekingen.xlsx")));
        let page = async {
            let asked = std::time::Instant::now();
            assert_eq!(world.browser(server, Who::Here(Seat::Auditor)).await.page("/uren").await.status, 200);
            asked.elapsed()
        };
        let (files, waited) = futures::future::join(files, page).await;
        for file in &files {
            match file.status {
                200 => assert!(file.header("content-disposition").contains("urenboek"), "{file:?}"),
                429 => assert!(!file.header("retry-after").is_empty() && file.body.contains("even druk"), "{file:?}"),
                other => panic!("{}: {other}", server.name),
            }
        }
        assert_eq!(files[0].status, 200, "{}: the first is made", server.name);
        assert!(waited.as_secs() < 5, "{}: a page waited {waited:?}", server.name);
    });
}
