//! Who may give, take back, consent, ask, decide, vote, release and make pots, and who hears that a pot changed.

use super::support::{Case, Denied, Seat, Server, Who, World, check, on_every_engine};
use app::{organisations::sql as organisations, session::now};
use domain::hours::Month;
use uuid::Uuid;

fn key() -> String {
    Uuid::now_v7().simple().to_string()
}

fn month() -> String {
    Month::at(now()).to_string()
}

/// Everybody who may give to a pot or take from it, and the office.
pub const READERS: [Seat; 14] = [
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
];

pub const CASES: &[Case] = &[
    Case {
        path: "/api/wijkpot/doneer",
        may: &[Seat::Coordinator],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                vec![
                    ("pot", world.here.pot(world.db()).await.to_string()),
                    ("school", world.here.schools[0].to_string()),
                    ("leverancier", world.here.suppliers[0].to_string()),
                    ("maand", month()),
                    ("minuten", "15".to_owned()),
                    ("key", key()),
                ]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/wijkpot/terug",
        may: &[Seat::Coordinator],
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { vec![("donatie", world.here.gift(world.db(), "none").await.to_string()), ("key", key())] }),
        writes: true,
    },
    Case {
        path: "/api/wijkpot/akkoord",
        may: &[Seat::BoardContact],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let gift = world.here.gift(world.db(), "required").await;
                vec![("donatie", gift.to_string()), ("antwoord", "ja".to_owned()), ("key", key())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/wijkpot/vraag",
        may: &[Seat::Coordinator],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                vec![
                    ("school", world.here.schools[0].to_string()),
                    ("leverancier", world.here.dry_supplier(world.db()).await.to_string()),
                    ("maand", month()),
                    ("minuten", "60".to_owned()),
                    ("urgentie", "high".to_owned()),
                    ("niveau", "groep".to_owned()),
                    ("soort", "behaviour".to_owned()),
                    ("key", key()),
                ]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/wijkpot/intrekken",
        may: &[Seat::Coordinator],
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { vec![("opname", world.here.draw(world.db(), "automatic").await.to_string()), ("key", key())] }),
        writes: true,
    },
    Case {
        path: "/api/wijkpot/beslis",
        may: &[Seat::DistrictTeam],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let draw = world.here.draw(world.db(), "district_team").await;
                vec![
                    ("opname", draw.to_string()),
                    ("antwoord", "nee".to_owned()),
                    ("reden", "Eerst een andere school.".to_owned()),
                    ("key", key()),
                ]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/wijkpot/stem",
        may: &[Seat::OtherBoard],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let draw = world.here.draw(world.db(), "network").await;
                let school = world.here.schools[2].to_string();
                vec![("opname", draw.to_string()), ("school", school), ("antwoord", "ja".to_owned()), ("key", key())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/wijkpot/reserve",
        may: &[Seat::Coordinator],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                vec![
                    ("school", world.here.schools[0].to_string()),
                    ("leverancier", world.here.dry_supplier(world.db()).await.to_string()),
                    ("maand", month()),
                    ("minuten", "60".to_owned()),
                    ("reden", "Drie thuiszitters tegelijk.".to_owned()),
                    ("key", key()),
                ]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/wijkpot/reserve/beslis",
        may: &[Seat::Registrar],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let request = world.here.reserve_request(world.db()).await.to_string();
                vec![("vraag", request), ("antwoord", "nee".to_owned()), ("reden", "De reserve is op.".to_owned()), ("key", key())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/wijkpot/pot",
        may: &[Seat::Administrator],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let mut tx = world.db().read().await.expect("a reader");
                let wijken = organisations::wijken(&mut tx, world.here.partnership).await.expect("wijken");
                vec![("naam", format!("Pot {}", key())), ("wijk", wijken[1].id.to_string()), ("key", key())]
            })
        },
        writes: true,
    },
];

#[test]
fn the_table_of_pots_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        for case in CASES {
            check(server, &world, case).await;
        }
    });
}

#[test]
fn a_pot_is_read_by_its_schools_boards_districts_and_office_and_nobody_else() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let pot = world.here.pot(world.db()).await;
        for who in Who::all() {
            let browser = world.browser(server, who).await;
            let page = browser.call("/api/pagina", &[("pad", &format!("/wijkpot/{pot}"))]).await.status;
            let stream = stream_status(server, &world, who, &format!("/live/wijkpot/{pot}")).await;
            let expected = match who {
                Who::Nobody | Who::Here(Seat::Roleless) | Who::There(Seat::Roleless) => 401,
                Who::Here(seat) if READERS.contains(&seat) => 200,
                Who::There(Seat::Coordinator | Seat::Registrar | Seat::Administrator) => 404,
                Who::Here(_) | Who::There(_) => 403,
            };
            assert_eq!((page, stream), (expected, expected), "{} {who:?}", server.name);
        }
    });
}

#[test]
fn everything_given_twice_by_one_form_is_given_once_and_says_the_same() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let pot = world.here.pot(world.db()).await.to_string();
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let give = async |school: usize, key: &str| {
            let (school, supplier) = (world.here.schools[school].to_string(), world.here.suppliers[1].to_string());
            let month = month();
            let fields =
                [("pot", &*pot), ("school", &*school), ("leverancier", &*supplier), ("maand", &*month), ("minuten", "alles"), ("key", key)];
            browser.call("/api/wijkpot/doneer", &fields).await
        };
        let (first, again) = (give(0, "alles-1").await, give(0, "alles-1").await);
        assert_eq!((first.status, again.status), (200, 200), "{}: {again:?}", server.name);
        let other = give(0, "alles-2").await;
        assert_eq!((other.status, other.code().as_str()), (422, "amount_missing"), "{}: nothing is left: {other:?}", server.name);
        assert_eq!(give(0, "auto/2026-11").await.status, 400, "{}: a key of the house", server.name);
    });
}

async fn stream_status(server: &Server, world: &World, who: Who, path: &str) -> u16 {
    world.browser(server, who).await.open(path).await.status
}

#[test]
fn a_pot_of_nowhere_is_not_there_and_a_bad_address_is_a_sentence() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        for odd in ["x", "00000000-0000-0000-0000-000000000000", "..%2f..", "%00"] {
            assert_eq!(browser.open(&format!("/live/wijkpot/{odd}")).await.status, 404, "{} {odd}", server.name);
        }
    });
}
