//! Who divides a year, a board's hours, and who agrees on another month.

use super::support::{Case, Denied, Seat, World, check, on_every_engine};
use app::{
    hours::verbs::{self, Wanted},
    session::now,
};
use domain::{
    AllotmentId, DeviationId, DivisionId, Minutes,
    hours::{Amounts, Basis, BoardFacts, BoardInput, Contract, Inputs, Month, Party, SchoolYear, Way},
};
use std::sync::atomic::{AtomicI32, Ordering};
use uuid::Uuid;

/// Another year each time, so that every object is fresh and the last of its year.
static YEAR: AtomicI32 = AtomicI32::new(0);

fn key() -> String {
    Uuid::now_v7().to_string()
}

/// A year after this one, divided over the two boards.
async fn allotted(world: &World) -> (SchoolYear, AllotmentId) {
    let region = &world.here;
    let year = SchoolYear(Month::at(now()).school_year().0 + 1 + YEAR.fetch_add(1, Ordering::Relaxed) % 150);
    let contract = |(supplier, name): (&domain::SupplierId, &str)| Contract {
        supplier: *supplier,
        name: name.to_owned(),
        hours: 110,
        reserve: 0,
        months: (9..=12).chain(1..=7).collect(),
    };
    let board = |(board, name): (&domain::BoardId, &str)| BoardInput {
        board: *board,
        name: name.to_owned(),
        facts: BoardFacts { pupils: 100, ..BoardFacts::default() },
        fixed_percent: None,
        decided: None,
    };
    let inputs = Inputs {
        contracts: region.suppliers.iter().zip(["De Wissel", "De Brink"]).map(contract).collect(),
        basis: Basis::Pupils,
        amounts: Amounts::default(),
        boards: region.boards.iter().zip(["Een", "Twee"]).map(board).collect(),
    };
    let mut tx = world.db().write(region.partnership).await.expect("a writer");
    let by = Some(region.person(Seat::Administrator));
    let id = verbs::allot(&mut tx, region.partnership, by, year, &inputs, &key(), now()).await.expect("allotted");
    tx.commit().await.expect("committed");
    (year, id)
}

async fn divided(world: &World) -> DivisionId {
    let (year, _) = allotted(world).await;
    let region = &world.here;
    let mut tx = world.db().write(region.partnership).await.expect("a writer");
    let by = Some(region.person(Seat::BoardContact));
    let id = verbs::divide(&mut tx, region.partnership, by, region.boards[0], year, &Way::Pupils, &key(), now()).await.expect("divided");
    tx.commit().await.expect("committed");
    id
}

/// September and October of a divided year.
async fn two_months(world: &World) -> (Month, Month) {
    let (year, _) = allotted(world).await;
    let months = year.months();
    (months[0], months[1])
}

async fn asked(world: &World, party: Party, seat: Seat) -> DeviationId {
    let (from, to) = two_months(world).await;
    let region = &world.here;
    let (supplier, board) = (region.suppliers[0], region.boards[0]);
    let wanted = Wanted { supplier, board, school: None, from, to, minutes: Minutes::hours(1), reason: "Een cursus.".to_owned() };
    let mut tx = world.db().write(region.partnership).await.expect("a writer");
    let id = verbs::ask(&mut tx, region.partnership, region.person(seat), party, wanted, &key(), now()).await.expect("asked");
    tx.commit().await.expect("committed");
    id
}

pub const CASES: &[Case] = &[
    Case {
        path: "/api/toedeling/lees",
        may: &[Seat::Administrator],
        denied: Denied::Office,
        open: 200,
        fields: |_| Box::pin(async { Vec::new() }),
        writes: false,
    },
    // Nothing is divided over no boards: the refusal shows that the door was open. A draft moves no hours.
    Case {
        path: "/api/toedeling/bekijk",
        may: &[Seat::Administrator],
        denied: Denied::Office,
        open: 422,
        fields: |_| Box::pin(async { vec![("jaar", "2199".to_owned()), ("grondslag", "pupils".to_owned()), ("key", key())] }),
        writes: false,
    },
    // Without a draft there is nothing to post.
    Case {
        path: "/api/toedeling/boek",
        may: &[Seat::Administrator],
        denied: Denied::Office,
        open: 422,
        fields: |_| Box::pin(async { vec![("jaar", "2198".to_owned()), ("voorbeeld", "0".repeat(64)), ("key", key())] }),
        writes: false,
    },
    Case {
        path: "/api/toedeling/terug",
        may: &[Seat::Administrator],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let (_, id) = allotted(world).await;
                vec![("toedeling", id.to_string()), ("reden", "Verkeerd contract".to_owned()), ("key", key())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/verdeling/lees",
        may: &[Seat::BoardContact],
        denied: Denied::Object,
        open: 200,
        fields: |world| Box::pin(async { vec![("bestuur", world.here.boards[0].to_string())] }),
        writes: false,
    },
    Case {
        path: "/api/verdeling/bekijk",
        may: &[Seat::BoardContact],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let (year, _) = allotted(world).await;
                vec![
                    ("bestuur", world.here.boards[0].to_string()),
                    ("jaar", year.0.to_string()),
                    ("manier", "pupils".to_owned()),
                    ("key", key()),
                ]
            })
        },
        writes: false,
    },
    Case {
        path: "/api/verdeling/verdeel",
        may: &[Seat::BoardContact],
        denied: Denied::Object,
        open: 422,
        fields: |world| {
            Box::pin(async {
                vec![
                    ("bestuur", world.here.boards[0].to_string()),
                    ("jaar", "2198".to_owned()),
                    ("voorbeeld", "0".repeat(128)),
                    ("key", key()),
                ]
            })
        },
        writes: false,
    },
    Case {
        path: "/api/verdeling/terug",
        may: &[Seat::BoardContact],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let id = divided(world).await;
                vec![("verdeling", id.to_string()), ("reden", "Anders afgesproken".to_owned()), ("key", key())]
            })
        },
        writes: true,
    },
    Case {
        path: "/api/afwijking/lees",
        may: &[
            Seat::BoardContact,
            Seat::OtherBoardContact,
            Seat::Planner,
            Seat::OtherPlanner,
            Seat::Registrar,
            Seat::Administrator,
            Seat::Auditor,
        ],
        denied: Denied::Office,
        open: 200,
        fields: |_| Box::pin(async { Vec::new() }),
        writes: false,
    },
    Case {
        path: "/api/afwijking/vraag",
        may: &[Seat::BoardContact, Seat::Planner],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let (from, to) = two_months(world).await;
                vec![
                    ("leverancier", world.here.suppliers[0].to_string()),
                    ("houder", format!("bestuur:{}", world.here.boards[0])),
                    ("van", from.to_string()),
                    ("naar", to.to_string()),
                    ("uren", "1,5".to_owned()),
                    ("reden", "De cursus is later.".to_owned()),
                    ("key", key()),
                ]
            })
        },
        writes: true,
    },
    // Asked by the supplier: the board answers.
    Case {
        path: "/api/afwijking/antwoord",
        may: &[Seat::BoardContact],
        denied: Denied::Object,
        open: 200,
        fields: |world| {
            Box::pin(async {
                let id = asked(world, Party::Supplier, Seat::Planner).await;
                vec![("afwijking", id.to_string()), ("antwoord", "ja".to_owned()), ("reden", String::new()), ("key", key())]
            })
        },
        writes: true,
    },
];

#[test]
fn the_table_of_dividing_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        for case in CASES {
            check(server, &world, case).await;
        }
    });
}
