//! The postings behind a number. Always true here: they come from the very fold that makes the number, so the foot of the list is
//! that number; and who may not read the holder's hours sees nothing of them.

use super::{
    HOURS, POSTINGS,
    api::{Entry, PostingsPage},
    of_board, of_school,
    sql::{self, ENTRIES_MAX, EntryRow, Selection, When},
    what::What,
};
use crate::{
    AppError,
    db::Tx,
    organisations,
    session::{Me, allow},
};
use domain::{
    AccountId, Minutes, PartnershipId, Refusal, SupplierId,
    experts::SupportLevel,
    hours::{AccountKey, Books, Holder, HolderKind, Month, PostingKind, SchoolYear},
    minutes::thousands,
    people::{Action, Object, may},
    time,
};
use std::{collections::HashMap, str::FromStr};
use uuid::Uuid;

/// Postings on a page: what one reads in a few minutes.
const PER_PAGE: usize = 100;

/// The parameters of the address, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostingsAsk {
    /// An account; or else:
    pub rekening: String,
    /// The kind of holder,
    pub houder: String,
    /// its id,
    pub id: String,
    /// the school year,
    pub jaar: String,
    /// perhaps a supplier,
    pub leverancier: String,
    /// perhaps a month.
    pub maand: String,
    /// Which number; the balance when empty.
    pub wat: String,
    /// Which page; the first when empty.
    pub blad: String,
}

fn parsed<T: FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::Malformed)
}

pub(super) fn optional<T: FromStr>(text: &str) -> Result<Option<T>, AppError> {
    if text.is_empty() { Ok(None) } else { parsed(text).map(Some) }
}

/// A school year from an address; the database knows those from 2000 to 2200.
pub(super) fn school_year(text: &str) -> Result<SchoolYear, AppError> {
    parsed(text).ok().filter(|year| (2000..=2200).contains(year)).map(SchoolYear).ok_or(AppError::Malformed)
}

impl PostingsAsk {
    async fn selection(&self, tx: &mut Tx, partnership: PartnershipId) -> Result<Selection, AppError> {
        if let Some(account) = optional::<AccountId>(&self.rekening)? {
            let row = sql::account(tx, partnership, account).await?.ok_or(AppError::NotFound)?;
            let AccountKey { bucket, holder } = row.key().ok_or(AppError::NotFound)?;
            let when = bucket.month.map_or(When::Year, When::In);
            return Ok(Selection { holder, school_year: bucket.school_year, supplier: Some(bucket.supplier), when });
        }
        Ok(Selection {
            holder: Holder { kind: HolderKind::from_code(&self.houder).ok_or(AppError::Malformed)?, id: parsed::<Uuid>(&self.id)? },
            school_year: school_year(&self.jaar)?,
            supplier: optional::<SupplierId>(&self.leverancier)?,
            when: optional::<Month>(&self.maand)?.map_or(When::Always, When::In),
        })
    }

    /// The address of another page of the same list.
    fn page(&self, page: usize) -> String {
        let pairs = [
            ("rekening", &self.rekening),
            ("houder", &self.houder),
            ("id", &self.id),
            ("jaar", &self.jaar),
            ("leverancier", &self.leverancier),
            ("maand", &self.maand),
            ("wat", &self.wat),
        ];
        let mut address = format!("{POSTINGS}?blad={page}");
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            address.push_str(&format!("&{name}={}", crate::ui::percent(value)));
        }
        address
    }
}

/// The postings behind a number, for who may read the hours of its holder.
///
/// # Errors
/// `Malformed` for parameters that are none, `NotFound` for a holder that is not here, `NotAllowed`, and `Refused` when there are
/// more than can be shown.
pub async fn behind(tx: &mut Tx, me: &Me, ask: &PostingsAsk) -> Result<PostingsPage, AppError> {
    let what = What::from_code(&ask.wat).ok_or(AppError::Malformed)?;
    let wanted: usize = optional(&ask.blad)?.unwrap_or(1);
    let selection = ask.selection(tx, me.partnership()).await?;
    let owner = owner(tx, me, selection.holder).await?;
    allow(me, owner.action, &owner.object)?;

    let rows = sql::entries(tx, me.partnership(), &selection).await?;
    if i64::try_from(rows.len()).unwrap_or(i64::MAX) >= ENTRIES_MAX {
        let advice = "Kies één leverancier of één maand. Dan past de lijst op een pagina.";
        return Err(Refusal::new("too_many_postings", "Achter dit getal staan te veel boekingen", advice).into());
    }
    let mut shown = changes(&rows, &selection, what);
    if what == What::Free && selection.holder.kind == HolderKind::Contract {
        // A contract is told by what was handed out of it, which is minus its balance.
        shown.iter_mut().for_each(|(_, change)| *change = -*change);
    }
    let sum: Minutes = shown.iter().map(|(_, change)| *change).sum();
    let pages = shown.len().div_ceil(PER_PAGE).max(1);
    let page = wanted.clamp(1, pages);
    let places = Places::of(&rows, &shown, page, ask);
    let schools = if rows.iter().any(|row| row.booking_id.is_some()) { readable(tx, me).await? } else { HashMap::new() };

    let mut balance = shown.iter().take((page - 1) * PER_PAGE).map(|(_, change)| *change).sum::<Minutes>();
    let entries = shown
        .iter()
        .skip((page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .map(|(index, change)| {
            balance += *change;
            let row = &rows[*index];
            entry(row, *change, balance, &places, booking(row, me, &schools))
        })
        .collect();
    let supplier = match selection.supplier {
        Some(supplier) => organisations::sql::suppliers(tx, me.partnership()).await?.into_iter().find(|one| one.id == supplier.0),
        None => None,
    };
    let when = match selection.when {
        When::In(month) => format!("{} {}", month.name(), month.year()),
        When::Year | When::Always => selection.school_year.to_string(),
    };
    let (label, word) = words(what, selection.holder.kind);
    Ok(PostingsPage {
        title: format!("Achter {sum}: {word} in {when}"),
        whose: supplier.map_or(owner.name.clone(), |supplier| format!("{}, {}", owner.name, supplier.name)),
        back: owner.back(selection.holder, selection.school_year),
        entries,
        label: label.to_owned(),
        sum: sum.to_string(),
        count: shown.len(),
        page: u32::try_from(page).unwrap_or(u32::MAX),
        pages: u32::try_from(pages).unwrap_or(u32::MAX),
        before: (page > 1).then(|| ask.page(page - 1)),
        after: (page < pages).then(|| ask.page(page + 1)),
    })
}

/// Which postings change the number, and by how much, in the order they were posted.
fn changes(rows: &[EntryRow], selection: &Selection, what: What) -> Vec<(usize, Minutes)> {
    let mut books = Books::default();
    let change = |(index, row): (usize, &EntryRow)| {
        let steps = books.walk(&row.movement()?);
        let theirs = steps.iter().filter(|step| selection.holds(&step.account));
        Some((index, theirs.map(|step| what.of(&step.after) - what.of(&step.before)).sum()))
    };
    rows.iter().enumerate().filter_map(change).filter(|(_, change)| *change != Minutes::ZERO).collect()
}

/// Whose account it is: a name, and who may read it.
struct Owner {
    name: String,
    action: Action,
    object: Object,
}

impl Owner {
    fn back(&self, holder: Holder, year: SchoolYear) -> (String, String) {
        let (id, year) = (holder.id.to_string(), year.0);
        let href = match (self.object.school, self.object.board) {
            (Some(school), _) => of_school(&school.to_string(), year),
            (None, Some(board)) if board.0 == holder.id => of_board(&id, year),
            _ => format!("{HOURS}?jaar={year}"),
        };
        (href, "Terug naar het jaar".to_owned())
    }
}

async fn owner(tx: &mut Tx, me: &Me, holder: Holder) -> Result<Owner, AppError> {
    let whole = Object::of(me.partnership());
    let office = |name: String| Owner { name, action: Action::ReadPartnershipHours, object: whole };
    match holder.kind {
        HolderKind::Contract | HolderKind::Reserve => {
            let suppliers = organisations::sql::suppliers(tx, me.partnership()).await?;
            let supplier = suppliers.into_iter().find(|one| one.id == holder.id).ok_or(AppError::NotFound)?;
            Ok(office(named(holder.kind, Some(&supplier.name))))
        }
        HolderKind::Wijkpot => Ok(Owner { name: named(holder.kind, None), action: Action::ReadWijkpotHours, object: whole }),
        HolderKind::Booking => {
            let booking = sql::place_of_booking(tx, me.partnership(), holder.id.into()).await?.ok_or(AppError::NotFound)?;
            let owner = school_owner(tx, me, booking.school_id).await?.ok_or(AppError::NotFound)?;
            let (object, action) = of_booking(owner.object, booking.specialist_id, booking.supplier_id, &booking.level);
            Ok(Owner { name: format!("Afspraak {}, {}", booking.number, owner.name), action, object })
        }
        HolderKind::School | HolderKind::Used | HolderKind::Board | HolderKind::Expired => {
            if let Some(owner) = school_owner(tx, me, holder.id).await? {
                return Ok(owner);
            }
            if let Some(name) = sql::board_name(tx, me.partnership(), holder.id).await? {
                return Ok(Owner { name, action: Action::ReadBoardHours, object: whole.of_board(holder.id.into()) });
            }
            // What perished of a wijkpot.
            if holder.kind == HolderKind::Expired { Ok(office(named(HolderKind::Wijkpot, None))) } else { Err(AppError::NotFound) }
        }
    }
}

async fn school_owner(tx: &mut Tx, me: &Me, school: Uuid) -> Result<Option<Owner>, AppError> {
    let row = organisations::sql::school(tx, me.partnership(), school.into()).await?;
    Ok(row.map(|row| {
        let object = Object::of(me.partnership()).at_school(row.id.into(), row.board_id.map(Into::into), Some(row.district_id.into()));
        Owner { name: row.name, action: Action::ReadSchoolHours, object }
    }))
}

/// A holder in a sentence: `Contract De Wissel`, `Afspraak 4471`.
fn named(kind: HolderKind, name: Option<&str>) -> String {
    match (kind, name) {
        (HolderKind::Contract, Some(name)) => format!("Contract {name}"),
        (HolderKind::Reserve, Some(name)) => format!("Reserve {name}"),
        (HolderKind::Booking, Some(number)) => format!("Afspraak {number}"),
        (HolderKind::Board | HolderKind::School, Some(name)) => name.to_owned(),
        (HolderKind::Used, _) => "Gebruikt".to_owned(),
        (HolderKind::Expired, _) => "Vervallen".to_owned(),
        (HolderKind::Wijkpot, _) => "Wijkpot".to_owned(),
        (kind, None) => kind.dutch().to_owned(),
    }
}

/// The number's name under the list and in a sentence.
const fn words(what: What, kind: HolderKind) -> (&'static str, &'static str) {
    match (what, kind) {
        (What::Free, HolderKind::Contract) => ("Van het contract verdeeld", "van het contract"),
        (What::Free, HolderKind::Reserve) => ("In reserve", "in reserve"),
        (What::Free, HolderKind::Booking) => ("Vastgezet", "vastgezet"),
        (What::Free, HolderKind::Used) => ("Gebruikt", "gebruikt"),
        (What::Free, HolderKind::Expired) => ("Vervallen", "vervallen"),
        _ => (what.title(), what.word()),
    }
}

/// Where each posting of the list stands, so that a correction and what it puts right lead to each other.
struct Places {
    links: HashMap<i64, String>,
    put_right_by: HashMap<i64, i64>,
}

impl Places {
    fn of(rows: &[EntryRow], shown: &[(usize, Minutes)], page: usize, ask: &PostingsAsk) -> Self {
        let mut links = HashMap::new();
        for (place, (index, _)) in shown.iter().enumerate() {
            let (seq, there) = (rows[*index].seq, place / PER_PAGE + 1);
            let anchor = format!("#post-{seq}");
            links.insert(seq, if there == page { anchor } else { ask.page(there) + &anchor });
        }
        let put_right_by = rows.iter().filter_map(|row| Some((row.reverses_seq?, row.seq))).collect();
        Self { links, put_right_by }
    }

    fn link(&self, words: &str, seq: i64) -> (String, Option<String>) {
        (format!("{words} {}", number(seq)), self.links.get(&seq).cloned())
    }
}

fn number(seq: i64) -> String {
    thousands(seq.unsigned_abs())
}

/// A posting as a line. About a booking that the reader may not know it says no number, no reason and no name.
fn entry(row: &EntryRow, change: Minutes, balance: Minutes, places: &Places, known: Known) -> Entry {
    let shielded = matches!(known, Known::Shielded);
    let day = time::local_date(row.posted_at);
    let side = |kind: &str, name: &Option<String>| match HolderKind::from_code(kind) {
        Some(HolderKind::Booking) if shielded => "een afspraak".to_owned(),
        kind => kind.map_or_else(String::new, |kind| named(kind, name.as_deref())),
    };
    let back = row.reverses_seq.map(|seq| places.link("draait terug: nummer", seq));
    let forth = places.put_right_by.get(&row.seq).map(|seq| places.link("teruggedraaid met nummer", *seq));
    Entry {
        id: format!("post-{}", row.seq),
        number: number(row.seq),
        day: time::date_short(day),
        date: day.to_string(),
        kind: PostingKind::from_code(&row.kind).map_or_else(|| row.kind.clone(), |kind| kind.dutch().to_owned()),
        way: format!("van {} naar {}", side(&row.from_kind, &row.from_name), side(&row.to_kind, &row.to_name)),
        reason: if shielded { String::new() } else { row.reason.clone() },
        by: match &row.posted_by {
            Some(_) if shielded => "door een school of expert".to_owned(),
            Some(name) => format!("door {name}"),
            None => "door Wijkpot zelf".to_owned(),
        },
        puts_right: back.into_iter().chain(forth).collect(),
        booking: if let Known::Open(name, href) = known { Some((name, href)) } else { None },
        amount: if change < Minutes::ZERO { change.to_string() } else { format!("+\u{a0}{change}") },
        balance: balance.to_string(),
    }
}

type Schools = HashMap<Uuid, Object>;

/// Every school as an object, to decide about many bookings with one query.
async fn readable(tx: &mut Tx, me: &Me) -> Result<Schools, AppError> {
    let rows = organisations::sql::schools(tx, me.partnership()).await?;
    let object = |row: &organisations::sql::SchoolRow| {
        Object::of(me.partnership()).at_school(row.id.into(), row.board_id.map(Into::into), Some(row.district_id.into()))
    };
    Ok(rows.iter().map(|row| (row.id, object(row))).collect())
}

/// A booking of this school, and what one must be allowed to know of its number and its school together: at pupil level that is for who
/// may read its text (domain.md §2).
fn of_booking(school: Object, specialist: Uuid, supplier: Uuid, level: &str) -> (Object, Action) {
    let object = school.with_specialist(specialist.into(), supplier.into());
    match SupportLevel::from_dutch(level) {
        Some(level) if level != SupportLevel::Pupil => (object.at_level(level), Action::ReadBooking),
        _ => (object.at_level(SupportLevel::Pupil), Action::ReadBookingText),
    }
}

/// How somebody stands to the booking a posting is about.
enum Known {
    /// It is about none.
    None,
    /// They may know which: its name and its address.
    Open(String, String),
    /// They may know that it is one.
    Shielded,
}

fn booking(row: &EntryRow, me: &Me, schools: &Schools) -> Known {
    let Some(id) = row.booking_id else { return Known::None };
    let open = || {
        let school = *schools.get(&row.booking_school?)?;
        let (object, action) = of_booking(school, row.booking_specialist?, row.booking_supplier?, row.booking_level.as_deref()?);
        may(&me.actor, action, &object).then_some(())?;
        Some(Known::Open(format!("Afspraak {}", row.booking_number?), format!("/afspraken/{id}")))
    };
    open().unwrap_or(Known::Shielded)
}
