//! The pages the server draws. The door itself is open, because the pages behind it are asked for one by one: each has its own row elsewhere.

use super::support::{Case, Denied, World, check, on_every_engine};

pub const CASES: &[Case] = &[Case {
    path: "/api/pagina",
    may: &[],
    denied: Denied::Public,
    open: 200,
    fields: |_| Box::pin(async { vec![("pad", "/loket".to_owned())] }),
    writes: false,
}];

#[test]
fn the_table_of_served_pages_holds() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        for case in CASES {
            check(server, &world, case).await;
        }
    });
}
