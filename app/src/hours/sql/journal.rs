//! The book of hours as a list, the last posting first, and one posting of it. Always true here: a page of the list reads no more than it
//! shows, or the postings of one month or holder.

use super::{EntryRow, PostingRow, entries::entries_sql};
use crate::{
    db::{Result, Tx},
    fetch_all, fetch_one, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{
    DistrictId, Minutes, PartnershipId, SupplierId,
    hours::{AboutKind, Month, PostingKind, SchoolYear},
};
use uuid::Uuid;

/// Which postings are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Journal {
    pub of: Of,
    pub school_year: SchoolYear,
    pub supplier: Option<SupplierId>,
    pub month: Option<Month>,
    /// The kind; what puts such a posting right is among them.
    pub kind: Option<PostingKind>,
    /// Posted from this moment.
    pub from: DateTime<Utc>,
    /// Posted before this one.
    pub until: DateTime<Utc>,
}

/// Whose hours they move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Anybody's.
    All,
    /// A school's, a supplier's or a pot's; a board's with its schools.
    Holder(Uuid),
    /// The schools of a district.
    District(DistrictId),
}

impl Of {
    fn columns(self) -> (&'static str, Uuid) {
        match self {
            Self::All => ("", Uuid::nil()),
            Self::Holder(holder) => ("holder", holder),
            Self::District(district) => ("district", district.0),
        }
    }
}

/// How many, and what they come to: a correction counts by minus its minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub postings: i64,
    pub minutes: Minutes,
}

impl Journal {
    /// Whether the list is small enough to be counted: one holder's or one month's, not years of a whole partnership.
    #[must_use]
    pub fn can_be_counted(&self) -> bool {
        self.of != Of::All || self.month.is_some()
    }
}

// From accounts to their postings: for one holder or one month, wherever in the ledger they are.
macro_rules! touched_sql {
    ($scope:literal) => {
        concat!(
            "scope as materialized (
                 select a.id
                 from accounts a
                 where a.partnership_id = $1 and a.school_year = $2 and ($3 = 0 or a.supplier_id = $4) and ($5 = '' or a.month = $5)
                     and (",
            $scope,
            ")
             ),
             touched as (
                 select p.id from scope s join postings p on p.from_account = s.id
                 union
                 select p.id from scope s join postings p on p.to_account = s.id
             ),
             wanted as (
                 select p.id, p.seq, case when r.id is null then p.minutes else -p.minutes end as minutes
                 from touched t
                 join postings p on p.id = t.id
                 left join postings r on r.id = p.reversal_of
                 where ($6 = '' or coalesce(r.kind, p.kind) = $6) and p.posted_at >= $7 and p.posted_at < $8
             )"
        )
    };
}

// What was posted for one thing; among it what touches `$4` (`holder`, `district`, or all of it) `$5`. They are few: the scope looks at each.
macro_rules! about_sql {
    () => {
        "about as (
             select p.id, p.seq, p.kind, p.minutes
             from postings p
             where p.partnership_id = $1 and p.about_kind = $2 and p.about_id = $3 and ($4 = '' or exists (
                 select 1
                 from accounts a
                 left join schools c on c.id = a.holder_id
                 left join wijken w on w.id = c.wijk_id
                 where a.id in (p.from_account, p.to_account)
                     and (($4 = 'holder' and (a.holder_id = $5 or c.board_id = $5)) or ($4 = 'district' and w.district_id = $5))
             ))
         )"
    };
}

// From the end of the ledger back, or along one kind: for the whole partnership.
macro_rules! walked_sql {
    ($chosen:literal) => {
        entries_sql!(
            concat!(
                "behind as (
                     select p.id
                     from postings p
                     join accounts f on f.id = p.from_account
                     where p.partnership_id = $1 and f.school_year = $2 and ($3 = 0 or f.supplier_id = $4) and p.posted_at >= $5
                         and p.posted_at < $6 and p.seq < $7",
                $chosen,
                " order by p.seq desc limit $8
                 )"
            ),
            "desc",
            "$8"
        )
    };
}

/// A page of the list: at most `limit` postings before this number, the last one first.
pub async fn journal(tx: &mut Tx, partnership: PartnershipId, journal: &Journal, before: i64, limit: i64) -> Result<Vec<EntryRow>> {
    let Columns { year, has_supplier, supplier, month, kind } = journal.columns();
    let (from, until) = (journal.from, journal.until);
    macro_rules! touched {
        ($scope:literal $(, $arg:expr)*) => {
            fetch_all!(
                tx,
                EntryRow,
                entries_sql!(
                    concat!(touched_sql!($scope), ", behind as (select id from wanted where seq < $9 order by seq desc limit $10)"),
                    "desc",
                    "$10"
                ),
                partnership.0, year, has_supplier, supplier, month, kind, from, until, before, limit $(, $arg)*
            )
        };
    }
    match (journal.of, journal.kind) {
        (Of::Holder(holder), _) => touched!("a.holder_id = $11 or a.holder_id in (select id from schools where board_id = $11)", holder),
        (Of::District(district), _) => {
            touched!("a.holder_id in (select c.id from schools c join wijken w on w.id = c.wijk_id where w.district_id = $11)", district.0)
        }
        (Of::All, _) if journal.month.is_some() => touched!("1 = 1"),
        (Of::All, None) => {
            fetch_all!(tx, EntryRow, walked_sql!(""), partnership.0, year, has_supplier, supplier, from, until, before, limit)
        }
        (Of::All, Some(_)) => fetch_all!(
            tx,
            EntryRow,
            walked_sql!(
                " and (p.kind = $9
                     or (p.kind = 'reversal' and exists (select 1 from postings r where r.id = p.reversal_of and r.kind = $9)))"
            ),
            partnership.0,
            year,
            has_supplier,
            supplier,
            from,
            until,
            before,
            limit,
            kind
        ),
    }
}

/// What the whole list comes to; only for one that can be counted.
pub async fn counted(tx: &mut Tx, partnership: PartnershipId, journal: &Journal) -> Result<Counted> {
    let Columns { year, has_supplier, supplier, month, kind } = journal.columns();
    let (from, until) = (journal.from, journal.until);
    macro_rules! count {
        ($scope:literal $(, $arg:expr)*) => {
            fetch_one!(
                tx,
                (i64, i64),
                concat!(
                    "with ",
                    touched_sql!($scope),
                    " select count(*), cast(coalesce(sum(minutes), 0) as bigint) from wanted"
                ),
                partnership.0, year, has_supplier, supplier, month, kind, from, until $(, $arg)*
            )
        };
    }
    let (postings, minutes) = match journal.of {
        Of::All => count!("1 = 1"),
        Of::Holder(holder) => count!("a.holder_id = $9 or a.holder_id in (select id from schools where board_id = $9)", holder),
        Of::District(district) => {
            count!("a.holder_id in (select c.id from schools c join wijken w on w.id = c.wijk_id where w.district_id = $9)", district.0)
        }
    }?;
    Ok(Counted { postings, minutes: Minutes(minutes) })
}

/// A page of what was posted for one thing, as [`journal`] gives one: of whom is `of`.
pub async fn journal_about(
    tx: &mut Tx,
    partnership: PartnershipId,
    (kind, id): (AboutKind, Uuid),
    of: Of,
    before: i64,
    limit: i64,
) -> Result<Vec<EntryRow>> {
    let (scope, whose) = of.columns();
    fetch_all!(
        tx,
        EntryRow,
        entries_sql!(concat!(about_sql!(), ", behind as (select id from about where seq < $6 order by seq desc limit $7)"), "desc", "$7"),
        partnership.0,
        kind.code(),
        id,
        scope,
        whose,
        before,
        limit
    )
}

/// What all of that comes to, by kind; what was put right is a kind of its own, so that what was posted stays what it was.
pub async fn counted_about(
    tx: &mut Tx,
    partnership: PartnershipId,
    (kind, id): (AboutKind, Uuid),
    of: Of,
) -> Result<Vec<(PostingKind, Counted)>> {
    let (scope, whose) = of.columns();
    let rows: Vec<(String, i64, i64)> = fetch_all!(
        tx,
        (String, i64, i64),
        concat!("with ", about_sql!(), " select kind, count(*), cast(sum(minutes) as bigint) from about group by kind order by min(seq)"),
        partnership.0,
        kind.code(),
        id,
        scope,
        whose
    )?;
    let counted = |(kind, postings, minutes): (String, i64, i64)| {
        Some((PostingKind::from_code(&kind)?, Counted { postings, minutes: Minutes(minutes) }))
    };
    Ok(rows.into_iter().filter_map(counted).collect())
}

struct Columns {
    year: i64,
    has_supplier: i64,
    supplier: Uuid,
    month: String,
    kind: &'static str,
}

impl Journal {
    fn columns(&self) -> Columns {
        Columns {
            year: i64::from(self.school_year.0),
            has_supplier: i64::from(self.supplier.is_some()),
            supplier: self.supplier.map_or(Uuid::nil(), |supplier| supplier.0),
            month: self.month.map(|month| month.to_string()).unwrap_or_default(),
            kind: self.kind.map_or("", PostingKind::code),
        }
    }
}

/// One posting by its number, with the names of both sides.
pub async fn entry(tx: &mut Tx, partnership: PartnershipId, seq: i64) -> Result<Option<EntryRow>> {
    fetch_optional!(
        tx,
        EntryRow,
        entries_sql!("behind as (select id from postings where partnership_id = $1 and seq = $2)", "asc", "1"),
        partnership.0,
        seq
    )
}

/// One posting by its number, as it was written.
pub async fn posting(tx: &mut Tx, partnership: PartnershipId, seq: i64) -> Result<Option<PostingRow>> {
    fetch_optional!(
        tx,
        PostingRow,
        "select id, seq, from_account, to_account, minutes, kind, reason, posted_by, posted_at, about_kind, about_id, reversal_of,
             idempotency_key, previous_hash, hash
         from postings
         where partnership_id = $1 and seq = $2",
        partnership.0,
        seq
    )
}

/// The posting that puts this one right, when there is one.
pub async fn reversal_of(tx: &mut Tx, partnership: PartnershipId, posting: Uuid) -> Result<Option<PostingRow>> {
    fetch_optional!(
        tx,
        PostingRow,
        "select id, seq, from_account, to_account, minutes, kind, reason, posted_by, posted_at, about_kind, about_id, reversal_of,
             idempotency_key, previous_hash, hash
         from postings
         where partnership_id = $1 and reversal_of = $2",
        partnership.0,
        posting
    )
}
