//! What went in and out of a pot, read from the ledger. Always true here: schools and boards by name, and never what it was for.

use crate::{
    db::{Result, Tx},
    fetch_all,
};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, WijkpotId, hours::SchoolYear};
use uuid::Uuid;

/// The newest movements on a page.
const MOVES_MAX: i64 = 12;

/// Minutes of one kind that came into a pot (out of it: below zero) in a month, from or to a board's schools.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FlowRow {
    pub month: String,
    pub kind: String,
    pub board_id: Option<Uuid>,
    pub board: Option<String>,
    pub minutes: i64,
}

/// A movement.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MoveRow {
    pub seq: i64,
    pub kind: String,
    /// `draw` or `donation`, when it is about one.
    pub about_kind: String,
    pub minutes: i64,
    pub posted_at: DateTime<Utc>,
    pub supplier: String,
    pub month: String,
    pub account_id: Uuid,
    /// The school or board on the other side; none for what perished, and for a visit to a pupil.
    pub other: Option<String>,
    /// The level of the booking on the other side, when it is one.
    pub level: Option<String>,
    pub decider: Option<String>,
}

/// A pot's year by month, kind and board. A reversal counts as what it puts right, the other way; what perished out of a booking counts
/// as perished here; what schools drew and gave back counts as returned, and not as a gift that was taken back.
pub async fn flows(tx: &mut Tx, partnership: PartnershipId, pot: WijkpotId, year: SchoolYear) -> Result<Vec<FlowRow>> {
    fetch_all!(
        tx,
        FlowRow,
        "select f.month, coalesce(o.kind, f.kind) as kind, coalesce(s.board_id, b.id, ks.board_id) as board_id,
             coalesce(sb.name, b.name, kb.name) as board, cast(sum(f.minutes) as bigint) as minutes
         from (
             select a.month, case when p.kind = 'take_back' then 'returned' else p.kind end as kind, p.reversal_of,
                 p.from_account as other, p.minutes
             from accounts a
             join postings p on p.to_account = a.id
             where a.partnership_id = $1 and a.holder_kind = 'wijkpot' and a.holder_id = $2 and a.school_year = $3
             union all
             select a.month, p.kind, p.reversal_of, p.to_account, -p.minutes
             from accounts a
             join postings p on p.from_account = a.id
             where a.partnership_id = $1 and a.holder_kind = 'wijkpot' and a.holder_id = $2 and a.school_year = $3
             union all
             select a.month, 'lost', p.reversal_of, p.from_account, -p.minutes
             from accounts a
             join postings p on p.to_account = a.id and p.kind = 'return'
             where a.partnership_id = $1 and a.holder_kind = 'expired' and a.holder_id = $2 and a.school_year = $3
         ) f
         left join postings o on o.id = f.reversal_of
         join accounts x on x.id = f.other
         left join schools s on s.id = x.holder_id and x.holder_kind = 'school'
         left join boards sb on sb.id = s.board_id
         left join boards b on b.id = x.holder_id and x.holder_kind = 'board'
         left join bookings k on k.id = x.holder_id and x.holder_kind = 'booking'
         left join schools ks on ks.id = k.school_id
         left join boards kb on kb.id = ks.board_id
         group by f.month, coalesce(o.kind, f.kind), coalesce(s.board_id, b.id, ks.board_id), coalesce(sb.name, b.name, kb.name)
         order by f.month, kind, board_id",
        partnership.0,
        pot.0,
        i64::from(year.0)
    )
}

/// The newest movements of a pot in a school year.
pub async fn moves(tx: &mut Tx, partnership: PartnershipId, pot: WijkpotId, year: SchoolYear) -> Result<Vec<MoveRow>> {
    fetch_all!(
        tx,
        MoveRow,
        "select f.seq, f.kind, f.about_kind, f.minutes, f.posted_at, u.name as supplier, f.month, f.account_id,
             coalesce(s.name, b.name, case when k.level <> 'leerling' then ks.name end) as other, k.level, d.decider
         from (
             select p.seq, p.kind, p.about_kind, p.minutes, p.posted_at, p.about_id, a.supplier_id, a.month, a.id as account_id, p.from_account as other
             from accounts a
             join postings p on p.to_account = a.id
             where a.partnership_id = $1 and a.holder_kind = 'wijkpot' and a.holder_id = $2 and a.school_year = $3
             union all
             select p.seq, p.kind, p.about_kind, p.minutes, p.posted_at, p.about_id, a.supplier_id, a.month, a.id, p.to_account
             from accounts a
             join postings p on p.from_account = a.id
             where a.partnership_id = $1 and a.holder_kind = 'wijkpot' and a.holder_id = $2 and a.school_year = $3
         ) f
         join suppliers u on u.id = f.supplier_id
         join accounts x on x.id = f.other
         left join schools s on s.id = x.holder_id and x.holder_kind = 'school'
         left join boards b on b.id = x.holder_id and x.holder_kind = 'board'
         left join bookings k on k.id = x.holder_id and x.holder_kind = 'booking'
         left join schools ks on ks.id = k.school_id
         left join draws d on d.id = f.about_id and f.kind = 'draw'
         order by f.seq desc
         limit $4",
        partnership.0,
        pot.0,
        i64::from(year.0),
        MOVES_MAX
    )
}
