//! Stories of mandates on both engines: who may book from board hours, and up to what.
//!
//! Always true here: a school without a board never may.

mod support;

#[path = "support/sound.rs"]
mod sound;
#[path = "support/world.rs"]
mod world;

use app::{db::Tx, execute, hours::sql, organisations};
use domain::{Minutes, hours::Mandate};
use world::{now, worlds};

#[tokio::test]
async fn a_board_that_gave_mandates_decides_and_one_that_gave_none_follows_the_policy() {
    for (world, _test) in worlds().await {
        let mut tx = world.db.write(world.partnership).await.expect("a writer");
        let tx = &mut tx;
        let facts = organisations::sql::SchoolFacts { brin: "00AP01".into(), name: "De Vlinder".into(), ..Default::default() };
        let other = organisations::sql::put_school(tx, world.partnership, &facts, world.wijk).await.expect("a school");
        let mandate =
            async |tx: &mut Tx, school| sql::payer(tx, world.partnership, school).await.expect("an answer").expect("a payer").mandate;
        let open = Some(Mandate { cap: None });
        assert_eq!(mandate(tx, world.school).await, open, "{}: the policy", world.name);
        assert_eq!(mandate(tx, other).await, None, "{}: no board", world.name);

        organisations::sql::set_board(tx, world.partnership, other, world.board).await.expect("under its board");
        let capped = Mandate::up_to(Minutes::hours(4)).expect("a mandate");
        sql::put_mandates(tx, world.partnership, world.board, &[(other, capped)], Some(world.coordinator), now()).await.expect("given");
        assert_eq!(mandate(tx, other).await, Some(capped), "{}", world.name);
        assert_eq!(mandate(tx, world.school).await, None, "{}: not named", world.name);

        sql::put_mandates(tx, world.partnership, world.board, &[], None, now()).await.expect("taken");
        execute!(tx, "update policies set value = 'no' where partnership_id = $1", world.partnership.0).expect("another policy");
        assert_eq!(mandate(tx, other).await, None, "{}: the policy says no", world.name);
    }
}
