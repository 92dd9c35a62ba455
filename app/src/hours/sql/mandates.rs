//! Which schools may book from their board's hours. Always true here: a board that gave any mandate decides for each of its schools; a
//! board that gave none follows the partnership's policy.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{BoardId, Minutes, PartnershipId, PersonId, SchoolId, hours::Mandate};
use uuid::Uuid;

/// A board has at most the schools of the largest partnership.
const MANDATES_MAX: i64 = 1_000;

/// What a school may book from its board's hours; none when it may not, or has no board.
pub async fn board_mandate(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Option<Mandate>> {
    let row: Option<(Option<Uuid>, Option<i64>, i64, Option<String>)> = fetch_optional!(
        tx,
        (Option<Uuid>, Option<i64>, i64, Option<String>),
        "select m.school_id, m.cap_minutes,
             (select count(*) from board_mandates x where x.partnership_id = s.partnership_id and x.board_id = s.board_id) as given,
             p.value
         from schools s
         left join board_mandates m on m.partnership_id = s.partnership_id and m.board_id = s.board_id and m.school_id = s.id
         left join policies p on p.partnership_id = s.partnership_id and p.name = 'board_mandate'
         where s.partnership_id = $1 and s.id = $2 and s.board_id is not null",
        partnership.0,
        school.0
    )?;
    Ok(row.and_then(|(school, cap, given, policy)| match (school, given) {
        (Some(_), _) => Some(Mandate { cap: cap.map(Minutes) }),
        (None, 0) if policy.as_deref() == Some("yes") => Some(Mandate { cap: None }),
        (None, _) => None,
    }))
}

/// The mandates a board gave, by school.
pub async fn mandates(tx: &mut Tx, partnership: PartnershipId, board: BoardId) -> Result<Vec<(SchoolId, Mandate)>> {
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
    Ok(rows.into_iter().map(|(school, cap)| (school.into(), Mandate { cap: cap.map(Minutes) })).collect())
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
