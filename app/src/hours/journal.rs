//! The book of hours as somebody may read it: filters, a page of postings, what they come to. Always true here: without a holder in the
//! address one sees one's own school, board or district, and only the office sees everybody's.

use super::{
    POSTINGS,
    api::{Entry, Pick},
    behind::{optional, school_year},
    book::{Filter, JournalPage},
    entry::{booking, entry, readable},
    owner::{Owner, owner, owner_of},
    sql::{self, Counted, EntryRow, Journal, Of},
};
use crate::{
    AppError,
    db::Tx,
    organisations::{self, sql::Named},
    session::{Me, allow},
    ui::percent,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    BoardId, DistrictId, Minutes, Refusal,
    hours::{AboutKind, Holder, HolderKind, Month, PostingKind, SchoolYear},
    people::{Action, Object, Role, Scope, may},
    time,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Postings on a page: what one reads in a few minutes.
const PER_PAGE: i64 = 100;

/// The parameters of the address, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalAsk {
    /// The school year; this one when empty.
    pub jaar: String,
    /// A supplier.
    pub leverancier: String,
    /// A month.
    pub maand: String,
    /// A school, board, supplier or wijkpot.
    pub wie: String,
    /// A kind of posting.
    pub soort: String,
    /// Posted from this day.
    pub van: String,
    /// Posted up to and including this day.
    pub tot: String,
    /// Whatever was posted for one thing, and nothing else: `donation-` and its id.
    pub over: String,
    /// Only postings before this number.
    pub voor: String,
}

/// What was asked for, and how it is told.
pub(super) struct Asked {
    pub(super) journal: Journal,
    /// `De Meerpaal`.
    pub(super) whose: String,
    /// The one thing that is asked about; then nothing else of the journal counts but whose it is.
    pub(super) about: Option<(AboutKind, Uuid)>,
    before: i64,
}

impl JournalAsk {
    /// The address of the same list, without its place in it: of the page, or of a download.
    pub(super) fn address(&self, path: &str) -> String {
        let pairs = [
            ("jaar", &self.jaar),
            ("leverancier", &self.leverancier),
            ("maand", &self.maand),
            ("wie", &self.wie),
            ("soort", &self.soort),
            ("van", &self.van),
            ("tot", &self.tot),
            ("over", &self.over),
        ];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = said.map(|(name, value)| format!("{name}={}", percent(value))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    /// What this person asks for and may see.
    ///
    /// # Errors
    /// `Malformed` for what is no year, month, kind, day or id, `NotFound` for a holder that is not here, `NotAllowed`, and `Refused` for a
    /// period that ends before it begins.
    pub(super) async fn read(&self, tx: &mut Tx, me: &Me, now: DateTime<Utc>) -> Result<Asked, AppError> {
        let kind = if self.soort.is_empty() { None } else { Some(PostingKind::from_code(&self.soort).ok_or(AppError::Malformed)?) };
        let month: Option<Month> = optional(&self.maand)?;
        let year = match (month, self.jaar.as_str()) {
            (Some(month), _) => month.school_year(),
            (None, "") => Month::at(now).school_year(),
            (None, year) => school_year(year)?,
        };
        let (from, until) = self.period()?;
        let about = self.about()?;
        let (of, whose) = match about {
            Some((AboutKind::Booking, id)) => of_booking(tx, me, id).await?,
            _ => self.whose(tx, me).await?,
        };
        let supplier = optional(&self.leverancier)?;
        let before = optional(&self.voor)?.unwrap_or(i64::MAX);
        Ok(Asked { journal: Journal { of, school_year: year, supplier, month, kind, from, until }, whose, about, before })
    }

    /// The thing that is asked about.
    fn about(&self) -> Result<Option<(AboutKind, Uuid)>, AppError> {
        if self.over.is_empty() {
            return Ok(None);
        }
        let (kind, id) = self.over.split_once('-').ok_or(AppError::Malformed)?;
        let (kind, id) = (AboutKind::from_code(kind).ok_or(AppError::Malformed)?, id.parse().map_err(|_| AppError::Malformed)?);
        Ok(Some((kind, id)))
    }

    fn period(&self) -> Result<(DateTime<Utc>, DateTime<Utc>), AppError> {
        let (from, until): (Option<NaiveDate>, Option<NaiveDate>) = (optional(&self.van)?, optional(&self.tot)?);
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            let advice = "Kies een ‘tot en met’ die op of na ‘vanaf’ ligt.";
            return Err(Refusal::new("period_backwards", "De periode eindigt voordat zij begint", advice).at("tot").into());
        }
        // Years that no ledger has would not fit a timestamp.
        let known = |day: NaiveDate| (2000..=2200).contains(&chrono::Datelike::year(&day));
        if !from.into_iter().chain(until).all(known) {
            return Err(AppError::Malformed);
        }
        let day_after = |day: NaiveDate| day.checked_add_days(Days::new(1)).map(time::start_of_day);
        let first = from.map_or(DateTime::UNIX_EPOCH, time::start_of_day);
        let last = until.and_then(day_after).or_else(|| NaiveDate::from_ymd_opt(2300, 1, 1).map(time::start_of_day));
        Ok((first, last.ok_or(AppError::Internal)?))
    }

    async fn whose(&self, tx: &mut Tx, me: &Me) -> Result<(Of, String), AppError> {
        if let Some(holder) = optional::<Uuid>(&self.wie)? {
            let Owner { name, action, object } = owner_of(tx, me, holder).await?.ok_or(AppError::NotFound)?;
            allow(me, action, &object)?;
            return Ok((Of::Holder(holder), name));
        }
        let of = own_book(me).ok_or(AppError::NotAllowed)?;
        Ok((of, if of == Of::All { me.partnership_name.clone() } else { me.place.clone() }))
    }
}

/// All of an appointment, whoever paid it, for who may know whose it is.
async fn of_booking(tx: &mut Tx, me: &Me, id: Uuid) -> Result<(Of, String), AppError> {
    let Owner { name, action, object } = owner(tx, me, Holder { kind: HolderKind::Booking, id }).await?;
    allow(me, action, &object)?;
    Ok((Of::All, name))
}

/// Whose book somebody reads without naming anybody; none for who reads no book.
fn own_book(me: &Me) -> Option<Of> {
    if may(&me.actor, Action::ReadPartnershipHours, &Object::of(me.partnership())) {
        return Some(Of::All);
    }
    match (me.role, me.scope) {
        (Role::Coordinator | Role::Head, Scope::School(school)) => Some(Of::Holder(school.0)),
        (Role::BoardContact | Role::Counsellor, Scope::Board(board)) => Some(Of::Holder(board.0)),
        (Role::DistrictTeam, Scope::District(district)) => Some(Of::District(district)),
        _ => None,
    }
}

/// A page of the book of hours.
///
/// # Errors
/// As [`JournalAsk::read`].
pub async fn journal(tx: &mut Tx, me: &Me, ask: &JournalAsk, now: DateTime<Utc>) -> Result<JournalPage, AppError> {
    let Asked { journal, whose, about, before } = ask.read(tx, me, now).await?;
    let mut rows = match about {
        Some(about) => sql::journal_about(tx, me.partnership(), about, journal.of, before, PER_PAGE + 1).await?,
        None => sql::journal(tx, me.partnership(), &journal, before, PER_PAGE + 1).await?,
    };
    let more = i64::try_from(rows.len()).is_ok_and(|found| found > PER_PAGE);
    rows.truncate(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
    let schools = readable(tx, me).await?;
    let suppliers = organisations::sql::suppliers(tx, me.partnership()).await?;
    let line = |row: &EntryRow| {
        let entry = entry(row, change(row), None, &booking(row, me, &schools));
        Entry { way: format!("{}, {}", entry.way, hours_of(row, &suppliers)), ..entry }
    };
    let entries = rows.iter().map(line).collect();
    let sum = match about {
        Some(about) => Some(told_by_kind(&sql::counted_about(tx, me.partnership(), about, journal.of).await?)),
        None if journal.can_be_counted() => Some(told(&sql::counted(tx, me.partnership(), &journal).await?, journal.kind)),
        None => None,
    };
    let last = rows.last().map_or(0, |row| row.seq);
    let page = |before: i64| {
        let address = ask.address(POSTINGS);
        format!("{address}{}voor={before}", if address.contains('?') { "&" } else { "?" })
    };
    Ok(JournalPage {
        title: format!("Urenboek van {whose}"),
        lede: match about {
            Some((kind, _)) => format!("Wat er geboekt is bij één {}, de laatste eerst.", kind.dutch()),
            None => "Elke beweging van uren, de laatste eerst. Een boeking verandert nooit. Een fout wordt teruggedraaid.".to_owned(),
        },
        filters: match about {
            Some(_) => Filter::default(),
            None => filters(tx, me, ask, (&journal, suppliers), now).await?,
        },
        entries,
        has_book: own_book(me).is_some(),
        sum,
        older: more.then(|| page(last)),
        newest: (before != i64::MAX).then(|| ask.address(POSTINGS)),
        csv: ask.address(&format!("{POSTINGS}.csv")),
        xlsx: ask.address(&format!("{POSTINGS}.xlsx")),
    })
}

/// What a posting moves; a correction takes its minutes back.
pub(super) fn change(row: &EntryRow) -> Minutes {
    if row.reverses_seq.is_some() { -Minutes(row.minutes) } else { Minutes(row.minutes) }
}

fn postings(count: i64) -> String {
    if count == 1 { "Eén boeking".to_owned() } else { format!("{} boekingen", domain::minutes::thousands(count.unsigned_abs())) }
}

/// How many, and what each kind comes to: `748 boekingen. Verdeling: 2.052 u.` What was put right stands beside it.
fn told_by_kind(kinds: &[(PostingKind, Counted)]) -> String {
    let sums = kinds.iter().map(|(kind, counted)| format!(" {}: {}.", kind.dutch(), counted.minutes));
    let all = format!("{}.", postings(kinds.iter().map(|(_, counted)| counted.postings).sum()));
    std::iter::once(all).chain(sums).collect()
}

/// How many, and for one kind what they come to: of different kinds the sum means nothing.
fn told(counted: &Counted, kind: Option<PostingKind>) -> String {
    let postings = postings(counted.postings);
    match kind {
        Some(kind) => format!("{postings}. {}, min wat is rechtgezet: {}.", kind.dutch(), counted.minutes),
        None => format!("{postings}."),
    }
}

/// `De Wissel van november`: which hours a posting moves.
fn hours_of(row: &EntryRow, suppliers: &[Named]) -> String {
    let supplier = suppliers.iter().find(|one| one.id == row.from_supplier).map(|one| one.name.as_str()).unwrap_or_default();
    match row.month().parse::<Month>() {
        Ok(month) => format!("{supplier} van {}", month.name()),
        Err(_) => format!("{supplier} van het hele jaar"),
    }
}

async fn filters(
    tx: &mut Tx,
    me: &Me,
    ask: &JournalAsk,
    (journal, suppliers): (&Journal, Vec<Named>),
    now: DateTime<Utc>,
) -> Result<Filter, AppError> {
    let mut years: BTreeSet<SchoolYear> = sql::school_years(tx, me.partnership()).await?.into_iter().collect();
    years.extend([journal.school_year, Month::at(now).school_year()]);
    let year = journal.school_year;
    let holders = holders(tx, me).await?;
    let all = |words: &str| (String::new(), words.to_owned());
    let month = |month: Month| (month.to_string(), format!("{} {}", month.name(), month.year()));
    let of = |name: &str, label: &str, options: Vec<(String, String)>, chosen: String| Pick {
        name: name.to_owned(),
        label: label.to_owned(),
        options,
        chosen,
    };
    let picks = [
        of("jaar", "Schooljaar", years.iter().rev().map(|year| (year.0.to_string(), year.to_string())).collect(), year.0.to_string()),
        of("maand", "Maand", [all("Alle maanden")].into_iter().chain(year.calendar().into_iter().map(month)).collect(), ask.maand.clone()),
        of(
            "leverancier",
            "Leverancier",
            [all("Alle leveranciers")].into_iter().chain(suppliers.into_iter().map(|one| (one.id.to_string(), one.name))).collect(),
            ask.leverancier.clone(),
        ),
        of("wie", "Van wie", holders, ask.wie.clone()),
        of(
            "soort",
            "Soort",
            [all("Alle soorten")]
                .into_iter()
                .chain(PostingKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.dutch().to_owned())))
                .collect(),
            ask.soort.clone(),
        ),
    ];
    Ok(Filter { picks: picks.into_iter().filter(|pick| pick.options.len() > 1).collect(), van: ask.van.clone(), tot: ask.tot.clone() })
}

/// Whose hours this person can choose from: everybody's, those of a board with its schools, of a district's schools, or their own.
async fn holders(tx: &mut Tx, me: &Me) -> Result<Vec<(String, String)>, AppError> {
    let schools = organisations::sql::schools(tx, me.partnership()).await?;
    let whole = Object::of(me.partnership());
    let office = may(&me.actor, Action::ReadPartnershipHours, &whole);
    let mut options = vec![(String::new(), if office { "Iedereen".to_owned() } else { me.place.clone() })];
    for board in organisations::sql::boards(tx, me.partnership()).await? {
        if may(&me.actor, Action::ReadBoardHours, &whole.of_board(BoardId(board.id))) && me.scope != Scope::Board(BoardId(board.id)) {
            options.push((board.id.to_string(), format!("{} en zijn scholen", board.name)));
        }
    }
    for school in schools {
        let object = whole.at_school(school.id.into(), school.board_id.map(Into::into), Some(DistrictId(school.district_id)));
        if may(&me.actor, Action::ReadSchoolHours, &object) && me.scope != Scope::School(school.id.into()) {
            options.push((school.id.to_string(), school.name));
        }
    }
    if office {
        let suppliers = organisations::sql::suppliers(tx, me.partnership()).await?;
        options.extend(suppliers.into_iter().map(|one| (one.id.to_string(), format!("Contract en reserve {}", one.name))));
    }
    Ok(options)
}
