//! What schools took in a month from hours that are not their own. Always true here: it is read from the ledger, so that a cap counts
//! what really moved: drawn, set aside for bookings, and less what came back or went back; by indices of those kinds of postings alone.

use crate::{
    db::{Result, Tx},
    fetch_all,
    kept::Kept,
};
use domain::{
    Minutes, PartnershipId, SchoolId,
    hours::{Month, sources::SourceKind},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use uuid::Uuid;

/// Two months in view of each of the 76 partnerships, and some others; the largest keeps 20 kB.
const KEPT_MAX: usize = 200;

static KEPT: Kept<(PartnershipId, [Month; 2]), String, TakenIn> = Kept::new(KEPT_MAX);

/// What a school took in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// From its board.
    pub board: Minutes,
    /// From pots, however it came: drawn or paid for a booking.
    pub pots: Minutes,
}

impl Taken {
    /// What came back counts no more.
    pub fn give_back(&mut self, source: SourceKind, minutes: Minutes) {
        match source {
            SourceKind::Board => self.board -= minutes,
            SourceKind::Wijkpot | SourceKind::CityPot => self.pots -= minutes,
            SourceKind::School | SourceKind::Reserve => {}
        }
    }
}

/// What each school took in months, of all suppliers together. Who is not there took nothing.
pub type TakenIn = BTreeMap<Month, Arc<HashMap<SchoolId, Taken>>>;

/// What one school took in a month.
pub async fn taken_of(tx: &mut Tx, partnership: PartnershipId, month: Month, school: SchoolId) -> Result<Taken> {
    let taken = taken_in(tx, partnership, [month; 2], Some(school)).await?;
    Ok(taken.get(&month).and_then(|of_month| of_month.get(&school)).copied().unwrap_or_default())
}

/// What each school took in two months, which may be one, up to the posting with this hash, which is the last one there is: everybody who
/// looks for hours asks it, and every round of whoever gives them to those who wait.
pub async fn taken_by(tx: &mut Tx, partnership: PartnershipId, months: [Month; 2], head: Option<String>) -> Result<Arc<TakenIn>> {
    KEPT.or_made((partnership, months), head, taken_in(tx, partnership, months, None)).await
}

// The two months, and the school when there is one. A text for one school and another for all: each has one plan that fits.
macro_rules! taken_sql {
    ($to:literal, $from:literal, $booked:literal) => {
        // Cross joins keep SQLite to this order, from the few accounts of a month: its own would begin with every booking ever paid.
        concat!(
            "select x.month, x.school_id, x.holder_kind, cast(sum(x.minutes) as bigint) as minutes
             from (
                 select f.month, t.holder_id as school_id, f.holder_kind, p.minutes
                 from accounts f
                 cross join postings p
                 cross join accounts t
                 where f.partnership_id = $1 and f.month in ($2, $3) and f.holder_kind = 'wijkpot'
                     and p.from_account = f.id and p.kind = 'draw' and t.id = p.to_account",
            $to,
            "        and not exists (select 1 from postings r where r.reversal_of = p.id)
                 union all
                 select t.month, f.holder_id, t.holder_kind, -p.minutes
                 from accounts t
                 cross join postings p
                 cross join accounts f
                 where t.partnership_id = $1 and t.month in ($2, $3) and t.holder_kind = 'wijkpot'
                     and p.to_account = t.id and p.kind = 'take_back' and f.id = p.from_account",
            $from,
            "    union all
                 select f.month, b.school_id, f.holder_kind, p.minutes
                 from accounts f
                 cross join postings p
                 cross join accounts t
                 cross join bookings b
                 where f.partnership_id = $1 and f.month in ($2, $3) and f.holder_kind in ('wijkpot', 'board')
                     and p.from_account = f.id and p.kind = 'hold' and t.id = p.to_account and b.id = t.holder_id",
            $booked,
            "    union all
                 select t.month, b.school_id, t.holder_kind, -p.minutes
                 from accounts t
                 cross join postings p
                 cross join accounts f
                 cross join bookings b
                 where t.partnership_id = $1 and t.month in ($2, $3) and t.holder_kind in ('wijkpot', 'board')
                     and p.to_account = t.id and p.kind = 'return' and f.id = p.from_account and b.id = f.holder_id",
            $booked,
            ") x
             group by x.month, x.school_id, x.holder_kind"
        )
    };
}

/// What each school took in two months, which may be one; of one school when it is named.
async fn taken_in(tx: &mut Tx, partnership: PartnershipId, months: [Month; 2], school: Option<SchoolId>) -> Result<TakenIn> {
    let [first, last] = months.map(|month| month.to_string());
    let rows: Vec<(String, Uuid, String, i64)> = match school {
        Some(school) => fetch_all!(
            tx,
            (String, Uuid, String, i64),
            taken_sql!(" and t.holder_id = $4 ", " and f.holder_id = $4 ", " and b.school_id = $4 "),
            partnership.0,
            first,
            last,
            school.0
        )?,
        None => fetch_all!(tx, (String, Uuid, String, i64), taken_sql!(" ", " ", " "), partnership.0, first, last)?,
    };
    let mut all: BTreeMap<Month, HashMap<SchoolId, Taken>> = months.map(|month| (month, HashMap::new())).into();
    for (month, school, kind, minutes) in rows {
        let Some(of_month) = month.parse().ok().and_then(|month| all.get_mut(&month)) else { continue };
        let one = of_month.entry(school.into()).or_default();
        if kind == "board" {
            one.board += Minutes(minutes);
        } else {
            one.pots += Minutes(minutes);
        }
    }
    Ok(all.into_iter().map(|(month, of_month)| (month, Arc::new(of_month))).collect())
}
