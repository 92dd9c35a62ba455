//! The postings behind a number. Always true here: they come from the very fold that makes the number, so the foot of the list is
//! that number; and who may not read the holder's hours sees nothing of them.

use super::{
    HOURS, OVERVIEW, POSTINGS,
    api::PostingsPage,
    crossing::Crossing,
    entry::{booking, entry, readable},
    owner::{Owner, district_owner, owner},
    sql::{self, ENTRIES_MAX, EntryRow, Others, Selection, When, Whose},
    what::What,
};
use crate::{
    AppError,
    db::Tx,
    organisations,
    session::{Me, allow},
};
use domain::{
    AccountId, BoardId, DistrictId, Minutes, PartnershipId, Refusal, SchoolId, SupplierId,
    hours::{AccountKey, Books, Holder, HolderKind, Month, SchoolYear},
    people::Action,
};
use std::{
    collections::{BTreeSet, HashMap},
    str::FromStr,
};
use uuid::Uuid;

/// A board with its schools, in an address.
pub const BOARD_WITH_SCHOOLS: &str = "bestuur-met-scholen";
/// Every board and school, in an address.
pub const ALL_BOARDS: &str = "besturen";
/// The schools of a district, in an address.
pub const DISTRICT: &str = "stadsdeel";
/// The schools that belong to no board, in an address.
pub const BOARDLESS: &str = "zonder-bestuur";
/// Every wijkpot, in an address.
pub const ALL_POTS: &str = "wijkpotten";
/// Every contract, in an address.
pub const ALL_CONTRACTS: &str = "contracten";
/// Every reserve, in an address.
pub const ALL_RESERVES: &str = "reserves";
/// Everybody who holds hours: boards, schools, wijkpotten and reserves, in an address.
pub const EVERYBODY: &str = "iedereen";
/// The same without the reserves.
pub const ALL_BUT_RESERVES: &str = "zonder-reserve";
/// Postings on a page: what one reads in a few minutes.
const PER_PAGE: usize = 100;
/// Schools that have lines of their own in a table whose last line is all others.
const APART_MAX: usize = 10;

/// The parameters of the address, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostingsAsk {
    /// An account; or else:
    pub rekening: String,
    /// The kind of holder, or more than one: `bestuur-met-scholen`, `besturen`, `wijkpotten`;
    pub houder: String,
    /// its id,
    pub id: String,
    /// the school year,
    pub jaar: String,
    /// or a calendar year,
    pub kalenderjaar: String,
    /// of a board or a district perhaps without some schools, ids with commas between,
    pub zonder: String,
    /// of a wijkpot perhaps only what one board's schools gave and took,
    pub bestuur: String,
    /// perhaps a supplier,
    pub leverancier: String,
    /// perhaps a month,
    pub maand: String,
    /// or the months from this one to the end of its school year.
    pub vanaf: String,
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
            let when = bucket.month.map_or(When::Itself(bucket.school_year), When::Month);
            return Ok(Selection { whose: Whose::One(holder), supplier: Some(bucket.supplier), when, with: None });
        }
        let whose = match self.houder.as_str() {
            BOARD_WITH_SCHOOLS => {
                let board: BoardId = parsed(&self.id)?;
                Whose::Board(board, self.without(schools_of(tx, partnership, Some(board)).await?)?)
            }
            DISTRICT => {
                let district: DistrictId = parsed(&self.id)?;
                Whose::District(district, self.without(schools_in(tx, partnership, district).await?)?)
            }
            _ if !self.zonder.is_empty() => return Err(AppError::Malformed),
            BOARDLESS => Whose::Boardless(schools_of(tx, partnership, None).await?),
            ALL_BOARDS => Whose::Boards,
            ALL_POTS => Whose::All(HolderKind::Wijkpot),
            ALL_CONTRACTS => Whose::All(HolderKind::Contract),
            ALL_RESERVES => Whose::All(HolderKind::Reserve),
            EVERYBODY => Whose::Everybody { with_reserve: true },
            ALL_BUT_RESERVES => Whose::Everybody { with_reserve: false },
            kind => Whose::One(Holder { kind: HolderKind::from_code(kind).ok_or(AppError::Malformed)?, id: parsed::<Uuid>(&self.id)? }),
        };
        let when = match (optional::<Month>(&self.maand)?, optional::<Month>(&self.vanaf)?, self.kalenderjaar.as_str()) {
            (Some(month), ..) => When::Month(month),
            (None, Some(first), _) => When::Since(first),
            (None, None, "") => When::SchoolYear(school_year(&self.jaar)?),
            (None, None, year) => When::Calendar(school_year(year)?.0),
        };
        let of_pot = matches!(whose, Whose::One(Holder { kind: HolderKind::Wijkpot, .. }));
        let with = match (self.bestuur.as_str(), of_pot) {
            ("", _) => None,
            (_, false) => return Err(AppError::Malformed),
            (board, true) => {
                let board = if board == BOARDLESS { None } else { Some(parsed::<BoardId>(board)?) };
                Some(Others { board, schools: schools_of(tx, partnership, board).await? })
            }
        };
        Ok(Selection { whose, supplier: optional::<SupplierId>(&self.leverancier)?, when, with })
    }

    /// `, op 5 scholen na`.
    fn but(&self) -> Result<String, AppError> {
        Ok(match self.apart()?.len() {
            0 => String::new(),
            1 => ", op één school na".to_owned(),
            count => format!(", op {count} scholen na"),
        })
    }

    /// The schools that are left out.
    fn apart(&self) -> Result<BTreeSet<SchoolId>, AppError> {
        let schools: BTreeSet<SchoolId> = self.zonder.split(',').filter(|id| !id.is_empty()).map(parsed).collect::<Result<_, _>>()?;
        if schools.len() > APART_MAX { Err(AppError::Malformed) } else { Ok(schools) }
    }

    /// These schools but for those that are left out, each of which must be one of them.
    fn without(&self, schools: BTreeSet<SchoolId>) -> Result<BTreeSet<SchoolId>, AppError> {
        let apart = self.apart()?;
        if apart.is_subset(&schools) { Ok(&schools - &apart) } else { Err(AppError::NotFound) }
    }

    /// The address of another page of the same list.
    fn page(&self, page: usize) -> String {
        let pairs = [
            ("rekening", &self.rekening),
            ("houder", &self.houder),
            ("id", &self.id),
            ("jaar", &self.jaar),
            ("kalenderjaar", &self.kalenderjaar),
            ("bestuur", &self.bestuur),
            ("zonder", &self.zonder),
            ("leverancier", &self.leverancier),
            ("maand", &self.maand),
            ("vanaf", &self.vanaf),
            ("wat", &self.wat),
        ];
        let mut address = format!("{POSTINGS}?blad={page}");
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            address.push_str(&format!("&{name}={}", crate::ui::percent(value)));
        }
        address
    }
}

/// A number that has its postings: one of a line, or what crossed borders through the pots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    Line(What),
    Crossing(Crossing),
}

impl Number {
    fn from_code(code: &str) -> Option<Self> {
        What::from_code(code).map(Self::Line).or_else(|| Crossing::from_code(code).map(Self::Crossing))
    }
}

async fn schools_of(tx: &mut Tx, partnership: PartnershipId, board: Option<BoardId>) -> Result<BTreeSet<SchoolId>, AppError> {
    let schools = organisations::sql::schools(tx, partnership).await?.into_iter();
    Ok(schools.filter(|row| row.board_id == board.map(|board| board.0)).map(|row| row.id.into()).collect())
}

async fn schools_in(tx: &mut Tx, partnership: PartnershipId, district: DistrictId) -> Result<BTreeSet<SchoolId>, AppError> {
    let schools = organisations::sql::schools(tx, partnership).await?.into_iter();
    Ok(schools.filter(|row| row.district_id == district.0).map(|row| row.id.into()).collect())
}

/// The postings behind a number, for who may read the hours of its holder.
///
/// # Errors
/// `Malformed` for parameters that are none, `NotFound` for a holder that is not here, `NotAllowed`, and `Refused` when there are
/// more than can be shown.
pub async fn behind(tx: &mut Tx, me: &Me, ask: &PostingsAsk) -> Result<PostingsPage, AppError> {
    let number = Number::from_code(&ask.wat).ok_or(AppError::Malformed)?;
    let wanted: usize = optional(&ask.blad)?.unwrap_or(1);
    let selection = ask.selection(tx, me.partnership()).await?;
    // What a pot paid is told by board: school by school it would say which school's a visit for a pupil was (domain.md §2).
    let by_board = matches!(selection.whose, Whose::Board(..) | Whose::Boards | Whose::Boardless(_));
    if matches!(number, Number::Crossing(_)) && (!by_board || !ask.zonder.is_empty()) {
        return Err(AppError::Malformed);
    }
    let owner = match &selection.whose {
        Whose::One(holder) => owner(tx, me, *holder).await?,
        Whose::Board(board, _) => {
            let one = owner(tx, me, Holder::board(*board)).await?;
            Owner { name: format!("{} en zijn scholen{}", one.name, ask.but()?), ..one }
        }
        Whose::District(district, _) => {
            let one = district_owner(tx, me, *district).await?;
            Owner { name: format!("{}{}", one.name, ask.but()?), ..one }
        }
        Whose::Boards => Owner::office(me, "Alle besturen en scholen".to_owned()),
        Whose::Everybody { with_reserve: true } => Owner::office(me, "Besturen, scholen, wijkpotten en reserve".to_owned()),
        Whose::Everybody { with_reserve: false } => Owner::office(me, "Besturen, scholen en wijkpotten".to_owned()),
        Whose::Boardless(_) => Owner::office(me, "Scholen zonder bestuur".to_owned()),
        Whose::All(HolderKind::Wijkpot) => Owner { action: Action::ReadWijkpotHours, ..Owner::office(me, "Alle wijkpotten".to_owned()) },
        Whose::All(HolderKind::Contract) => Owner::office(me, "Alle contracten".to_owned()),
        Whose::All(_) => Owner::office(me, "Alle reserves".to_owned()),
    };
    allow(me, owner.action, &owner.object)?;
    let owner = match &selection.with {
        None => owner,
        // Which board's school a pot paid for is told to who reads that board's hours.
        Some(with) => {
            let board = match with.board {
                Some(board) => self::owner(tx, me, Holder::board(board)).await?,
                None => Owner::office(me, "scholen zonder bestuur".to_owned()),
            };
            allow(me, board.action, &board.object)?;
            Owner { name: format!("{} met {}", owner.name, board.name), ..owner }
        }
    };
    let kind = match selection.whose {
        Whose::One(holder) => Some(holder.kind),
        Whose::All(kind) => Some(kind),
        _ => None,
    };

    let mut rows = sql::entries(tx, me.partnership(), &selection).await?;
    if matches!(number, Number::Crossing(_)) {
        let pots = Selection { whose: Whose::All(HolderKind::Wijkpot), ..selection.clone() };
        rows.extend(sql::entries(tx, me.partnership(), &pots).await?);
        rows.sort_unstable_by_key(|row| row.seq);
        rows.dedup_by_key(|row| row.seq);
    }
    if i64::try_from(rows.len()).unwrap_or(i64::MAX) >= ENTRIES_MAX {
        let advice = "Kies één leverancier of één maand. Dan past de lijst op een pagina.";
        return Err(Refusal::new("too_many_postings", "Achter dit getal staan te veel boekingen", advice).into());
    }
    let mut shown = changes(&rows, &selection, number);
    if number == Number::Line(What::Free) && kind == Some(HolderKind::Contract) {
        // A contract is told by what was handed out of it, which is minus its balance.
        shown.iter_mut().for_each(|(_, change)| *change = -*change);
    }
    let sum: Minutes = shown.iter().map(|(_, change)| *change).sum();
    let pages = shown.len().div_ceil(PER_PAGE).max(1);
    let page = wanted.clamp(1, pages);
    let schools = if rows.iter().any(|row| row.booking_id.is_some()) { readable(tx, me).await? } else { HashMap::new() };

    let mut balance = shown.iter().take((page - 1) * PER_PAGE).map(|(_, change)| *change).sum::<Minutes>();
    let entries = shown
        .iter()
        .skip((page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .map(|(index, change)| {
            balance += *change;
            let row = &rows[*index];
            entry(row, *change, Some(balance), &booking(row, me, &schools))
        })
        .collect();
    let supplier = match selection.supplier {
        Some(supplier) => organisations::sql::suppliers(tx, me.partnership()).await?.into_iter().find(|one| one.id == supplier.0),
        None => None,
    };
    let when = match selection.when {
        When::Month(month) => format!("{} {}", month.name(), month.year()),
        When::Since(month) => format!("{} {} en later", month.name(), month.year()),
        When::SchoolYear(year) | When::Itself(year) => year.to_string(),
        When::Calendar(year) => format!("kalenderjaar {year}"),
    };
    let (label, word) = words(number, kind);
    Ok(PostingsPage {
        title: format!("Achter {sum}: {word} in {when}"),
        whose: supplier.map_or(owner.name.clone(), |supplier| format!("{}, {}", owner.name, supplier.name)),
        back: back(&owner, &selection),
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

/// Where the number stands: a year's hours, or the overview of all boards.
fn back(owner: &Owner, selection: &Selection) -> (String, String) {
    let year = match selection.when {
        When::SchoolYear(year) | When::Itself(year) => year,
        When::Month(month) | When::Since(month) => month.school_year(),
        When::Calendar(year) => return (format!("{OVERVIEW}?periode={year}"), "Terug naar het overzicht".to_owned()),
    };
    match &selection.whose {
        Whose::One(holder) => owner.back(*holder, year),
        Whose::District(..) => (format!("{HOURS}?jaar={}", year.0), "Terug naar het jaar".to_owned()),
        _ => (format!("{OVERVIEW}?periode={}-{}", year.0, year.0 + 1), "Terug naar het overzicht".to_owned()),
    }
}

/// Which postings change the number, and by how much, in the order they were posted.
fn changes(rows: &[EntryRow], selection: &Selection, number: Number) -> Vec<(usize, Minutes)> {
    let mut books = Books::default();
    let change = |(index, row): (usize, &EntryRow)| {
        let movement = row.movement()?;
        let steps = books.walk(&movement);
        if selection.with.as_ref().is_some_and(|with| !with.have(row, &movement)) {
            return None;
        }
        let theirs = steps.iter().filter(|step| selection.holds(&step.account));
        Some((
            index,
            match number {
                Number::Line(what) => theirs.map(|step| what.changed(step)).sum(),
                Number::Crossing(crossing) => {
                    let is_theirs = row.booking_school.is_some_and(|school| selection.has_school(school.into()));
                    crossing.of(&movement, &steps, |account| selection.holds(account), |bucket| is_theirs && selection.covers(bucket))
                }
            },
        ))
    };
    rows.iter().enumerate().filter_map(change).filter(|(_, change)| *change != Minutes::ZERO).collect()
}

/// The number's name under the list and in a sentence.
const fn words(number: Number, kind: Option<HolderKind>) -> (&'static str, &'static str) {
    let what = match number {
        Number::Line(what) => what,
        Number::Crossing(crossing) => return (crossing.title(), crossing.word()),
    };
    match (what, kind) {
        (What::Free, Some(HolderKind::Contract)) => ("Van het contract verdeeld", "van het contract"),
        (What::Free, Some(HolderKind::Reserve)) => ("In reserve", "in reserve"),
        (What::Free, Some(HolderKind::Booking)) => ("Vastgezet", "vastgezet"),
        (What::Free, Some(HolderKind::Used)) => ("Gebruikt", "gebruikt"),
        (What::Free, Some(HolderKind::Expired)) => ("Vervallen", "vervallen"),
        (What::Free, Some(HolderKind::Wijkpot)) => ("In de pot", "in de pot"),
        (What::Received, Some(HolderKind::Wijkpot)) => ("Gedoneerd", "gedoneerd"),
        (What::Donated, Some(HolderKind::Wijkpot)) => ("Opgenomen", "opgenomen"),
        _ => (what.title(), what.word()),
    }
}
