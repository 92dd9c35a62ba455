//! Which schools may book from their board's hours. Always true here: a board that gave any mandate, or that keeps its hours by a division
//! that stands, decides for each of its schools; any other board follows the partnership's policy.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_one, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{BoardId, Minutes, PartnershipId, PersonId, SchoolId, hours::Mandate};
use uuid::Uuid;

/// A board has at most the schools of the largest partnership.
const MANDATES_MAX: i64 = 1_000;

/// How often a board decided: above zero it did.
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

/// What a school may book from its board's hours; none when it may not, or has no board.
pub async fn board_mandate(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Option<Mandate>> {
    let row: Option<(Option<Uuid>, Option<i64>, i64, Option<String>)> = fetch_optional!(
        tx,
        (Option<Uuid>, Option<i64>, i64, Option<String>),
        concat!(
            "select m.school_id, m.cap_minutes, ",
            decisions_sql!("s.partnership_id", "s.board_id"),
            " as decisions, p.value
             from schools s
             left join board_mandates m on m.partnership_id = s.partnership_id and m.board_id = s.board_id and m.school_id = s.id
             left join policies p on p.partnership_id = s.partnership_id and p.name = 'board_mandate'
             where s.partnership_id = $1 and s.id = $2 and s.board_id is not null"
        ),
        partnership.0,
        school.0
    )?;
    Ok(row.and_then(|(school, cap, decisions, policy)| {
        let given = school.map(|_| Mandate { cap: cap.map(Minutes) });
        Mandate::that_holds(given, decisions > 0, policy.as_deref() == Some("yes"))
    }))
}

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
