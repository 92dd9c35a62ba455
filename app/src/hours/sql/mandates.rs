//! Which schools may book from their board's hours. Always true here: a board that gave any mandate, or that keeps its hours by a division
//! that stands, decides for each of its schools; any other board follows the partnership's policy.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_one,
};
use chrono::{DateTime, Utc};
use domain::{BoardId, Minutes, PartnershipId, PersonId, SchoolId, hours::Mandate};
use std::collections::HashMap;
use uuid::Uuid;

/// A board has at most the schools of the largest partnership.
const MANDATES_MAX: i64 = 1_000;

/// How often a board decided: above zero it did, and a school without a mandate of its own has none.
macro_rules! decisions_sql {
    ($partnership:literal, $board:literal) => {
        concat!(
            "(select count(*) from board_mandates x where x.partnership_id = ",
            $partnership,
            " and x.board_id = ",
            $board,
            ") + (select count(*) from divisions d where d.way = 'kept' and d.undone_at is null and d.partnership_id = ",
            $partnership,
            " and d.board_id = ",
            $board,
            ")"
        )
    };
}
pub(super) use decisions_sql;

/// The mandates a board gave, by school; none while it has not decided.
pub async fn mandates(tx: &mut Tx, partnership: PartnershipId, board: BoardId) -> Result<Option<Vec<(SchoolId, Mandate)>>> {
    let (decisions,): (i64,) = fetch_one!(tx, (i64,), concat!("select ", decisions_sql!("$1", "$2")), partnership.0, board.0)?;
    if decisions == 0 {
        return Ok(None);
    }
    let rows: Vec<(Uuid, Option<i64>)> = fetch_all!(
        tx,
        (Uuid, Option<i64>),
        "select school_id, cap_minutes
         from board_mandates
         where partnership_id = $1 and board_id = $2
         order by school_id
         limit $3",
        partnership.0,
        board.0,
        MANDATES_MAX
    )?;
    Ok(Some(rows.into_iter().map(|(school, cap)| (school.into(), Mandate { cap: cap.map(Minutes) })).collect()))
}

/// The board whose hours a school may book, for every school that may: by its mandate, or while the board did not decide, by the policy.
pub async fn mandated(tx: &mut Tx, partnership: PartnershipId, policy_gives: bool) -> Result<HashMap<SchoolId, BoardId>> {
    let rows: Vec<(Uuid, Uuid, Option<Uuid>, i64)> = fetch_all!(
        tx,
        (Uuid, Uuid, Option<Uuid>, i64),
        concat!(
            "select s.id, s.board_id, m.school_id, ",
            decisions_sql!("s.partnership_id", "s.board_id"),
            " as decisions
             from schools s
             left join board_mandates m on m.partnership_id = s.partnership_id and m.board_id = s.board_id and m.school_id = s.id
             where s.partnership_id = $1 and s.board_id is not null
             order by s.id"
        ),
        partnership.0
    )?;
    let holds = |(_, _, given, decisions): &(Uuid, Uuid, Option<Uuid>, i64)| {
        Mandate::that_holds(given.map(|_| Mandate { cap: None }), *decisions > 0, policy_gives).is_some()
    };
    Ok(rows.into_iter().filter(holds).map(|(school, board, ..)| (school.into(), board.into())).collect())
}

/// Replaces the mandates of a board. They say what may be, not what was: the bookings they paid stay in the ledger.
pub async fn put_mandates(
    tx: &mut Tx,
    partnership: PartnershipId,
    board: BoardId,
    mandates: &[(SchoolId, Mandate)],
    by: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, "delete from board_mandates where partnership_id = $1 and board_id = $2", partnership.0, board.0)?;
    for (school, mandate) in mandates {
        execute!(
            tx,
            "insert into board_mandates (partnership_id, board_id, school_id, cap_minutes, given_by, given_at) values ($1, $2, $3, $4, $5, $6)",
            partnership.0,
            board.0,
            school.0,
            mandate.cap.map(|cap| cap.0),
            by.map(|person| person.0),
            at
        )?;
    }
    Ok(())
}
