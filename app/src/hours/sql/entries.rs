//! The postings behind a number, with the names of both sides. Always true here: what a booking was about is never read.

use crate::{
    db::{Result, Tx},
    fetch_all, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, BookingId, DistrictId, Minutes, PartnershipId, SchoolId, SupplierId,
    hours::{AccountKey, Bucket, Holder, HolderKind, Month, PostingKind, SchoolYear, lines::Movement},
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What can stand behind one holder's school year: a board that divides monthly over the most schools, three suppliers, and every
/// booking it pays.
pub const ENTRIES_MAX: i64 = 20_000;

/// Which accounts: of whom, at one supplier or all, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    pub whose: Whose,
    pub supplier: Option<SupplierId>,
    pub when: When,
    /// Only what went to or came from these.
    pub with: Option<Others>,
}

/// A board and its schools, or the schools without one: the other side of what a pot gave and took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Others {
    pub board: Option<BoardId>,
    pub schools: BTreeSet<SchoolId>,
}

impl Others {
    /// Whether a posting is theirs: their hours, or a visit at one of their schools.
    #[must_use]
    pub fn have(&self, row: &EntryRow, movement: &Movement) -> bool {
        let theirs = |holder: Holder| match holder.kind {
            HolderKind::Board => self.board.is_some_and(|board| board.0 == holder.id),
            HolderKind::School => self.schools.contains(&holder.id.into()),
            _ => false,
        };
        let visit = row.booking_school.is_some_and(|school| self.schools.contains(&school.into()));
        visit || theirs(movement.from.holder) || theirs(movement.to.holder)
    }
}

/// Whose accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One holder's.
    One(Holder),
    /// A board's and its schools'.
    Board(BoardId, BTreeSet<SchoolId>),
    /// Those of the schools in a district.
    District(DistrictId, BTreeSet<SchoolId>),
    /// Those of all boards and schools.
    Boards,
    /// Those of the schools that belong to no board.
    Boardless(BTreeSet<SchoolId>),
    /// Those of all holders of a kind: wijkpotten, contracts, reserves.
    All(HolderKind),
    /// Those of all boards, schools, wijkpotten and reserves; or without the reserves.
    Everybody { with_reserve: bool },
}

/// Which of their accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All of a school year.
    SchoolYear(SchoolYear),
    /// The accounts of the year itself: contract and reserve.
    Itself(SchoolYear),
    /// Those of a month.
    Month(Month),
    /// Those of a month and the ones after it in its school year.
    Since(Month),
    /// The months of a calendar year.
    Calendar(i32),
}

impl When {
    /// The school year, none for a calendar year, and the first and the last month as the column holds them.
    fn columns(self) -> (Option<i64>, String, String) {
        match self {
            Self::SchoolYear(year) => (Some(i64::from(year.0)), String::new(), "9999-12".to_owned()),
            Self::Itself(year) => (Some(i64::from(year.0)), String::new(), String::new()),
            Self::Month(month) => (Some(i64::from(month.school_year().0)), month.to_string(), month.to_string()),
            Self::Since(month) => (Some(i64::from(month.school_year().0)), month.to_string(), "9999-12".to_owned()),
            Self::Calendar(year) => (None, format!("{year}-01"), format!("{year}-12")),
        }
    }

    fn holds(self, bucket: &Bucket) -> bool {
        match self {
            Self::SchoolYear(year) => bucket.school_year == year,
            Self::Itself(year) => bucket.school_year == year && bucket.month.is_none(),
            Self::Month(month) => bucket.month == Some(month),
            Self::Since(first) => bucket.school_year == first.school_year() && bucket.month.is_some_and(|month| month >= first),
            Self::Calendar(year) => bucket.month.is_some_and(|month| month.year() == year),
        }
    }
}

impl Selection {
    /// Whether an account is among them.
    #[must_use]
    pub fn holds(&self, key: &AccountKey) -> bool {
        let theirs = match &self.whose {
            Whose::One(holder) => key.holder == *holder,
            Whose::Board(board, schools) => match key.holder.kind {
                HolderKind::Board => key.holder.id == board.0,
                HolderKind::School => schools.contains(&key.holder.id.into()),
                _ => false,
            },
            Whose::Boards => matches!(key.holder.kind, HolderKind::Board | HolderKind::School),
            Whose::Boardless(_) | Whose::District(..) => key.holder.kind == HolderKind::School && self.has_school(key.holder.id.into()),
            Whose::All(kind) => key.holder.kind == *kind,
            Whose::Everybody { with_reserve } => match key.holder.kind {
                HolderKind::Board | HolderKind::School | HolderKind::Wijkpot => true,
                HolderKind::Reserve => *with_reserve,
                _ => false,
            },
        };
        theirs && self.covers(&key.bucket)
    }

    /// Whether hours of this supplier and month are meant.
    pub(in crate::hours) fn covers(&self, bucket: &Bucket) -> bool {
        self.when.holds(bucket) && self.supplier.is_none_or(|supplier| supplier == bucket.supplier)
    }

    /// Whether a school is among whose accounts they are.
    pub(in crate::hours) fn has_school(&self, school: SchoolId) -> bool {
        match &self.whose {
            Whose::One(holder) => *holder == Holder::school(school),
            Whose::Board(_, schools) | Whose::District(_, schools) | Whose::Boardless(schools) => schools.contains(&school),
            Whose::Boards | Whose::Everybody { .. } => true,
            Whose::All(kind) => *kind == HolderKind::School,
        }
    }
}

/// A posting with the names of both sides.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EntryRow {
    pub seq: i64,
    pub minutes: i64,
    pub kind: String,
    pub reason: String,
    pub posted_at: DateTime<Utc>,
    pub posted_by: Option<String>,
    pub reverses_seq: Option<i64>,
    pub reverses_kind: Option<String>,
    pub reversed_by_seq: Option<i64>,
    pub reversed_because: Option<String>,
    pub from_supplier: Uuid,
    pub from_year: i64,
    pub from_month: String,
    pub from_kind: String,
    pub from_holder: Uuid,
    pub from_name: Option<String>,
    pub to_supplier: Uuid,
    pub to_year: i64,
    pub to_month: String,
    pub to_kind: String,
    pub to_holder: Uuid,
    pub to_name: Option<String>,
    pub booking_id: Option<Uuid>,
    pub booking_number: Option<i64>,
    pub booking_level: Option<String>,
    pub booking_school: Option<Uuid>,
    pub booking_specialist: Option<Uuid>,
    pub booking_supplier: Option<Uuid>,
}

impl EntryRow {
    /// The month of the hours it moves; empty for hours of the year. A release from the reserve, and the spread of a year, arrive in a month;
    /// every other posting stays in its own.
    #[must_use]
    pub fn month(&self) -> &str {
        if self.from_month.is_empty() { &self.to_month } else { &self.from_month }
    }

    /// The posting as a line folds it; none when a column holds what domain does not know.
    #[must_use]
    pub fn movement(&self) -> Option<Movement> {
        let key = |supplier: Uuid, year, month: &str, kind: &str, id| {
            let bucket = Bucket::from_columns(supplier.into(), year, month)?;
            Some(AccountKey::new(bucket, Holder { kind: HolderKind::from_code(kind)?, id }))
        };
        Some(Movement {
            kind: PostingKind::from_code(&self.kind)?,
            reverses: self.reverses_kind.as_deref().and_then(PostingKind::from_code),
            from: key(self.from_supplier, self.from_year, &self.from_month, &self.from_kind, self.from_holder)?,
            to: key(self.to_supplier, self.to_year, &self.to_month, &self.to_kind, self.to_holder)?,
            minutes: Minutes(self.minutes),
        })
    }
}

// `$with` ends in `behind`: the ids of the postings that are wanted.
macro_rules! entries_sql {
    ($with:expr, $order:literal, $limit:literal) => {
        concat!(
            "with ",
            $with,
            " select p.seq, p.minutes, p.kind, p.reason, p.posted_at, n.name as posted_by, r.seq as reverses_seq, r.kind as reverses_kind,
                 q.seq as reversed_by_seq, q.reason as reversed_because, f.supplier_id as from_supplier, f.school_year as from_year, f.month as from_month,
                 f.holder_kind as from_kind, f.holder_id as from_holder,
                 coalesce(fs.name, fb.name, fu.name, fp.name, cast(fk.number as text)) as from_name,
                 t.supplier_id as to_supplier, t.school_year as to_year, t.month as to_month, t.holder_kind as to_kind,
                 t.holder_id as to_holder, coalesce(ts.name, tb.name, tu.name, tp.name, cast(tk.number as text)) as to_name,
                 k.id as booking_id, k.number as booking_number, k.level as booking_level, k.school_id as booking_school,
                 k.specialist_id as booking_specialist, k.supplier_id as booking_supplier
             from behind b
             join postings p on p.id = b.id
             join accounts f on f.id = p.from_account
             join accounts t on t.id = p.to_account
             left join postings r on r.id = p.reversal_of
             left join postings q on q.reversal_of = p.id
             left join people n on n.id = p.posted_by
             left join schools fs on fs.id = f.holder_id
             left join boards fb on fb.id = f.holder_id
             left join suppliers fu on fu.id = f.holder_id
             left join wijkpots fp on fp.id = f.holder_id
             left join bookings fk on fk.id = f.holder_id
             left join schools ts on ts.id = t.holder_id
             left join boards tb on tb.id = t.holder_id
             left join suppliers tu on tu.id = t.holder_id
             left join wijkpots tp on tp.id = t.holder_id
             left join bookings tk on tk.id = t.holder_id
             left join bookings k on k.id = p.about_id and p.about_kind = 'booking'
             order by p.seq ",
            $order,
            " limit ",
            $limit
        )
    };
}
pub(super) use entries_sql;

// The accounts of the scope and of the bookings they paid, and every posting that touches one.
macro_rules! behind_sql {
    ($scope:literal) => {
        entries_sql!(
            concat!(
                "scope as materialized (
                     select a.id
                     from accounts a
                     where a.partnership_id = $1 and ($2 = 0 or a.school_year = $2) and a.month between $3 and $4
                         and ($5 = 0 or a.supplier_id = $6) and (",
                $scope,
                ")
                 ),
                 theirs as materialized (
                     select id from scope
                     union
                     select b.booking_account from scope s join booking_parts b on b.payer_account = s.id
                 ),
                 behind as (
                     select p.id from theirs t join postings p on p.from_account = t.id
                     union
                     select p.id from theirs t join postings p on p.to_account = t.id
                 )"
            ),
            "asc",
            "$7"
        )
    };
}

/// Every posting of these accounts and of the bookings they paid, in order.
pub async fn entries(tx: &mut Tx, partnership: PartnershipId, selection: &Selection) -> Result<Vec<EntryRow>> {
    let (year, first, last) = selection.when.columns();
    let year = year.unwrap_or_default();
    let (has_supplier, supplier) = (i64::from(selection.supplier.is_some()), selection.supplier.map_or(Uuid::nil(), |supplier| supplier.0));
    macro_rules! of {
        ($scope:literal $(, $arg:expr)*) => {
            fetch_all!(
                tx, EntryRow, behind_sql!($scope), partnership.0, year, first, last, has_supplier, supplier, ENTRIES_MAX $(, $arg)*
            )
        };
    }
    match &selection.whose {
        Whose::One(holder) => of!("a.holder_kind = $8 and a.holder_id = $9", holder.kind.code(), holder.id),
        Whose::Board(board, _) => of!(
            "(a.holder_kind = 'board' and a.holder_id = $8)
             or (a.holder_kind = 'school' and a.holder_id in (select id from schools where board_id = $8))",
            board.0
        ),
        Whose::District(district, _) => of!(
            "a.holder_kind = 'school' and a.holder_id in (select c.id from schools c join wijken w on w.id = c.wijk_id where w.district_id = $8)",
            district.0
        ),
        Whose::Boards => of!("a.holder_kind in ('board', 'school')"),
        Whose::Boardless(_) => of!("a.holder_kind = 'school' and a.holder_id in (select id from schools where board_id is null)"),
        Whose::All(kind) => of!("a.holder_kind = $8", kind.code()),
        Whose::Everybody { with_reserve: true } => of!("a.holder_kind in ('board', 'school', 'wijkpot', 'reserve')"),
        Whose::Everybody { with_reserve: false } => of!("a.holder_kind in ('board', 'school', 'wijkpot')"),
    }
}

/// Where a booking belongs.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BookingPlace {
    pub school_id: Uuid,
    pub specialist_id: Uuid,
    pub supplier_id: Uuid,
    pub level: String,
    pub number: i64,
}

/// Where a booking belongs, and its number.
pub async fn place_of_booking(tx: &mut Tx, partnership: PartnershipId, booking: BookingId) -> Result<Option<BookingPlace>> {
    fetch_optional!(
        tx,
        BookingPlace,
        "select school_id, specialist_id, supplier_id, level, number from bookings where partnership_id = $1 and id = $2",
        partnership.0,
        booking.0
    )
}

/// The name of a board of this partnership.
pub async fn board_name(tx: &mut Tx, partnership: PartnershipId, board: Uuid) -> Result<Option<String>> {
    let row: Option<(String,)> =
        fetch_optional!(tx, (String,), "select name from boards where partnership_id = $1 and id = $2", partnership.0, board)?;
    Ok(row.map(|(name,)| name))
}
