//! Who reads whose hours.

use super::support::{Case, Denied, Seat, World, check, on_every_engine};
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
