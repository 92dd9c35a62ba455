//! Who may sign in, out, and open an invitation: everybody, and nobody learns anything from it.

use super::support::{Case, Denied, World, check, on_every_engine};

pub const CASES: &[Case] = &[
    Case {
        path: "/api/sessie/bezoeker",
        may: &[],
        denied: Denied::Public,
        open: 200,
        fields: |_| Box::pin(async { vec![] }),
        writes: false,
    },
    Case {
        path: "/api/sessie/uitloggen",
        may: &[],
        denied: Denied::Public,
        open: 200,
        fields: |_| Box::pin(async { vec![] }),
        writes: false,
    },
    Case {
        path: "/api/inloggen",
        may: &[],
        denied: Denied::Public,
        open: 422,
        fields: |world| {
            Box::pin(async { vec![("email", world.here.email(super::support::Seat::Head)), ("wachtwoord", "niet dit".to_owned())] })
        },
        writes: false,
    },
    Case { path: "/api/inloggen/lees", may: &[], denied: Denied::Public, open: 200, fields: |_| Box::pin(async { vec![] }), writes: false },
    Case {
        path: "/api/demo/inloggen",
        may: &[],
        denied: Denied::Public,
        open: 404,
        fields: |world| Box::pin(async { vec![("persoon", world.here.person(super::support::Seat::Administrator).to_string())] }),
        writes: false,
    },
    Case {
        path: "/api/uitnodiging/lees",
        may: &[],
        denied: Denied::Public,
        open: 404,
        fields: |_| Box::pin(async { vec![("token", "0".repeat(48))] }),
        writes: false,
    },
    Case {
        path: "/api/uitnodiging/kies",
        may: &[],
        denied: Denied::Public,
        open: 404,
        fields: |_| Box::pin(async { vec![("token", "0".repeat(48)), ("wachtwoord", super::support::world::PASSWORD.to_owned())] }),
        writes: false,
    },
    // Nobody gets a welcome, everybody else what is theirs.
    Case { path: "/api/start/lees", may: &[], denied: Denied::Public, open: 200, fields: |_| Box::pin(async { vec![] }), writes: false },
    // The sheet's own form refuses everybody.
    Case {
        path: "/api/stijl/weiger",
        may: &[],
        denied: Denied::Public,
        open: 422,
        fields: |_| Box::pin(async { vec![("key", "k".to_owned()), ("moment", "m".to_owned()), ("vraag", "v".to_owned())] }),
        writes: false,
    },
];

#[test]
fn the_table_of_signing_in_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        for case in CASES {
            check(server, &world, case).await;
        }
    });
}
