//! Whose hours somebody sees: their school's, their board's, their district's, or all. Always true here: what is named in the
//! address is asked of `allow` before anything of it is read.

use super::{
    HOURS,
    address::Behind,
    api::{Automatic, HoursPage, Pick, SumTable},
    behind::{ALL_POTS, ALL_RESERVES, BOARD_WITH_SCHOOLS, BOARDLESS, DISTRICT, EVERYBODY, optional, school_year},
    of_board, of_school,
    spent::{board_says, lede},
    sql::{self, Among},
    tables::{Sums, by_holder, sums_table},
    what::{add, total},
    year::{Whose, streets},
};
use crate::{
    AppError,
    db::Tx,
    months,
    organisations::{
        self,
        sql::{Named, SchoolRow},
    },
    session::{Me, allow},
    ui::Sentence,
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, DistrictId, Minutes, SchoolId, SupplierId,
    hours::{Holder, HolderKind, Month, SchoolYear, lines::Line},
    people::{Action, Object, Role, Scope, may},
    time,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The parameters of the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HoursAsk {
    /// The school year; this one without it.
    pub year: Option<SchoolYear>,
    /// One supplier; all without it.
    pub supplier: Option<SupplierId>,
    /// A school.
    pub school: Option<SchoolId>,
    /// A board and its schools.
    pub board: Option<BoardId>,
}

impl HoursAsk {
    /// From the address.
    ///
    /// # Errors
    /// `Malformed` for what is no year or id.
    pub fn parse(year: &str, supplier: &str, school: &str, board: &str) -> Result<Self, AppError> {
        Ok(Self {
            year: if year.is_empty() { None } else { Some(school_year(year)?) },
            supplier: optional(supplier)?,
            school: optional(school)?,
            board: optional(board)?,
        })
    }
}

/// What the page is about.
enum View {
    School(SchoolId),
    Board(BoardId),
    District(DistrictId),
    Partnership,
}

/// What this person sees without asking for anything, and what they ask for.
fn view(me: &Me, ask: &HoursAsk) -> Result<View, AppError> {
    if let Some(school) = ask.school {
        return Ok(View::School(school));
    }
    if let Some(board) = ask.board {
        return Ok(View::Board(board));
    }
    match (me.role, me.scope) {
        (Role::Coordinator | Role::Head, Scope::School(school)) => Ok(View::School(school)),
        (Role::BoardContact | Role::Counsellor, Scope::Board(board)) => Ok(View::Board(board)),
        (Role::DistrictTeam, Scope::District(district)) => Ok(View::District(district)),
        (Role::Registrar | Role::Administrator | Role::Auditor, _) => Ok(View::Partnership),
        _ => Err(AppError::NotAllowed),
    }
}

/// What every view needs.
pub(super) struct Around<'a> {
    pub(super) me: &'a Me,
    ask: &'a HoursAsk,
    pub(super) year: SchoolYear,
    years: Vec<SchoolYear>,
    now: DateTime<Utc>,
    pub(super) suppliers: Vec<Named>,
}

/// The hours this person may see.
///
/// # Errors
/// `NotAllowed`, and `NotFound` for a school or board that is not here.
pub async fn hours(tx: &mut Tx, me: &Me, ask: &HoursAsk, now: DateTime<Utc>) -> Result<HoursPage, AppError> {
    let view = view(me, ask)?;
    let current = Month::at(now).school_year();
    let mut years = sql::school_years(tx, me.partnership()).await?;
    for year in [Some(current), ask.year].into_iter().flatten() {
        if !years.contains(&year) {
            years.push(year);
        }
    }
    years.sort_unstable();
    years.reverse();
    let suppliers = organisations::sql::suppliers(tx, me.partnership()).await?;
    let around = Around { me, ask, year: ask.year.unwrap_or(current), years, now, suppliers };
    match view {
        View::School(school) => around.school(tx, school).await,
        View::Board(board) => around.board(tx, board).await,
        View::District(district) => around.district(tx, district).await,
        View::Partnership => around.partnership(tx).await,
    }
}

impl Around<'_> {
    async fn school(&self, tx: &mut Tx, id: SchoolId) -> Result<HoursPage, AppError> {
        let school = organisations::sql::school(tx, self.me.partnership(), id).await?.ok_or(AppError::NotFound)?;
        let object = Object::of(self.me.partnership());
        let object = object.at_school(id, school.board_id.map(Into::into), Some(school.district_id.into()));
        allow(self.me, Action::ReadSchoolHours, &object)?;
        let mut picks = Vec::new();
        let own = self.me.actor.schools();
        if own.len() > 1 && own.contains(&id) {
            let all = organisations::sql::schools(tx, self.me.partnership()).await?;
            let options = all.into_iter().filter(|one| own.contains(&one.id.into())).map(|one| (one.id.to_string(), one.name));
            picks.push(pick("school", "School", options.collect(), id.to_string()));
        }
        let mut page = self.of_holder(tx, Holder::school(id), &school.name).await?;
        if Month::at(self.now).school_year() == self.year {
            let payer = sql::payer(tx, self.me.partnership(), id).await?.ok_or(AppError::NotFound)?;
            let says = board_says(tx, self.me.partnership(), &payer, Month::at(self.now)).await?.sentence();
            page.lede = if says.is_empty() { page.lede } else { page.lede.and(format!(" {says}")) };
        }
        if picks.is_empty() && !own.contains(&id) {
            page.back = Some(self.back(&school));
        }
        // Without scripts a form sends only what is in it: a school that was named stays named.
        let hidden = (picks.is_empty() && self.ask.school.is_some())
            .then(|| pick("school", "School", vec![(id.to_string(), school.name.clone())], id.to_string()));
        page.picks = picks.into_iter().chain(hidden).chain(page.picks).collect();
        if may(&self.me.actor, Action::SwitchDonation, &object) {
            page.automatic = Some(self.automatic(tx, id).await?);
        }
        Ok(page)
    }

    /// Whether the school gives by itself, and when it would next.
    async fn automatic(&self, tx: &mut Tx, id: SchoolId) -> Result<Automatic, AppError> {
        let partnership = self.me.partnership();
        let days = organisations::sql::policy(tx, partnership).await?.auto_donate_days;
        let switched = organisations::sql::automatic_donation(tx, partnership, id).await?;
        let when = time::date_long(months::giving::next_giving(tx, partnership, self.now).await?);
        let words = if switched.is_some() {
            format!("Wat je {days} dagen voor het einde van een maand niet hebt geboekt, gaat naar de wijkpot. De volgende keer is {when}.")
        } else {
            format!(
                "Wil je dat wat je {days} dagen voor het einde van een maand niet hebt geboekt naar de wijkpot gaat? De eerste keer is {when}."
            )
        };
        let by = switched.as_ref().map(|on| format!("Aangezet door {} op {}.", on.by, time::date_full(time::local_date(on.switched_at))));
        Ok(Automatic { school: id.to_string(), is_on: switched.is_some(), words, by })
    }

    fn back(&self, school: &SchoolRow) -> (String, String) {
        match (self.me.role, school.board_id, &school.board) {
            (Role::DistrictTeam, ..) | (_, None, _) | (_, _, None) => {
                (format!("{HOURS}?jaar={}", self.year.0), "Terug naar alle scholen".to_owned())
            }
            (_, Some(id), Some(name)) => (of_board(&id.to_string(), self.year.0), format!("Terug naar {name}")),
        }
    }

    /// A school or board by itself: its streets and what it can still use this month.
    async fn of_holder(&self, tx: &mut Tx, holder: Holder, name: &str) -> Result<HoursPage, AppError> {
        let lines = sql::lines_of(tx, self.me.partnership(), self.year, holder).await?;
        let month = Month::at(self.now);
        let now: Vec<Line> = lines.iter().filter(|line| line.month == month.to_string()).map(|line| line.sums.into()).collect();
        let wanted = |supplier: Uuid| self.ask.supplier.is_none_or(|asked| asked.0 == supplier);
        let whose = Whose { holder, name, year: self.year, now: month, today: time::local_date(self.now) };
        let shown: Vec<_> = lines.iter().filter(|line| wanted(line.supplier_id)).cloned().collect();
        let streets = streets(&whose, &shown, &self.suppliers);
        Ok(HoursPage {
            title: format!("Uren van {name}"),
            lede: self.lede(month, total(&now), &Behind::in_year(holder.kind.code(), Some(holder.id), self.year)),
            back: None,
            picks: self.picks(true),
            tables: Vec::new(),
            empty: streets.is_empty().then(|| format!("{name} heeft in {} nog geen uren gekregen.", self.year)),
            streets,
            ..HoursPage::default()
        })
    }

    fn lede(&self, month: Month, line: Line, behind: &Behind) -> Sentence {
        lede(self.year, month, &line, behind, self.now)
    }

    async fn board(&self, tx: &mut Tx, id: BoardId) -> Result<HoursPage, AppError> {
        let name = sql::board_name(tx, self.me.partnership(), id.0).await?.ok_or(AppError::NotFound)?;
        allow(self.me, Action::ReadBoardHours, &Object::of(self.me.partnership()).of_board(id))?;
        let schools: Vec<_> = organisations::sql::schools(tx, self.me.partnership()).await?;
        let schools: Vec<_> = schools.into_iter().filter(|school| school.board_id == Some(id.0)).collect();
        let own = self.of_holder(tx, Holder::board(id), &name).await?;
        let (tables, there) = self.by_school(tx, Among::Board(id), &schools, Some((id, &name))).await?;
        let boards = self.me.actor.boards();
        let mut picks = Vec::new();
        if boards.len() > 1 && boards.contains(&id) {
            let all = organisations::sql::boards(tx, self.me.partnership()).await?;
            let options = all.into_iter().filter(|one| boards.contains(&one.id.into())).map(|one| (one.id.to_string(), one.name));
            picks.push(pick("bestuur", "Bestuur", options.collect(), id.to_string()));
        } else if self.ask.board.is_some() {
            picks.push(pick("bestuur", "Bestuur", vec![(id.to_string(), name.clone())], id.to_string()));
        }
        picks.extend(own.picks);
        let back = (!boards.contains(&id)).then(|| (format!("{HOURS}?jaar={}", self.year.0), "Terug naar alle besturen".to_owned()));
        let whole = Behind::in_year(BOARD_WITH_SCHOOLS, Some(id.0), self.year);
        Ok(HoursPage { back, picks, tables, empty: None, lede: self.lede(Month::at(self.now), there, &whole), ..own })
    }

    async fn district(&self, tx: &mut Tx, id: DistrictId) -> Result<HoursPage, AppError> {
        let schools: Vec<_> = organisations::sql::schools(tx, self.me.partnership()).await?;
        let schools: Vec<_> = schools.into_iter().filter(|school| school.district_id == id.0).collect();
        Ok(HoursPage {
            title: format!("Uren in {}", self.me.place),
            lede: format!("Schooljaar {}. De scholen van jouw stadsdeel.", self.year).into(),
            picks: self.picks(false),
            tables: self.by_school(tx, Among::District(id), &schools, None).await?.0,
            ..HoursPage::default()
        })
    }

    /// A table of the month we are in, when it is of this year, and one of the year; and what that month adds up to.
    async fn by_school(
        &self,
        tx: &mut Tx,
        among: Among,
        schools: &[SchoolRow],
        board: Option<(BoardId, &str)>,
    ) -> Result<(Vec<SumTable>, Line), AppError> {
        let month = Some(Month::at(self.now)).filter(|month| month.school_year() == self.year);
        let lines = sql::lines_among(tx, self.me.partnership(), self.year, among, month).await?;
        let table = |in_month: bool, caption: String| {
            let sums = by_holder(&lines, in_month);
            let line = |kind, id| sums.get(&(kind, id)).copied().unwrap_or_default();
            let behind = |holder: &str, id| Some(Behind::in_year(holder, Some(id), self.year).in_month(month.filter(|_| in_month)));
            let own = board.map(|(id, name)| Sums {
                name: format!("{name} zelf"),
                line: line(HolderKind::Board, id.0),
                behind: behind(HolderKind::Board.code(), id.0),
                ..Sums::default()
            });
            let rows = schools.iter().map(|school| Sums {
                name: school.name.clone(),
                href: Some(of_school(&school.id.to_string(), self.year.0)),
                line: line(HolderKind::School, school.id),
                behind: behind(HolderKind::School.code(), school.id),
            });
            let whole = match among {
                Among::Board(id) => behind(BOARD_WITH_SCHOOLS, id.0),
                Among::District(id) => behind(DISTRICT, id.0),
                Among::Partnership => None,
            };
            let note = if board.is_some() { "Wat het bestuur nog niet verdeelde, staat bovenaan." } else { "" };
            sums_table(caption, note.to_owned(), "School", own.into_iter().chain(rows).collect(), whole.as_ref())
        };
        let of_month = month.map(|month| table(true, format!("Per school in {} {}", month.name(), month.year())));
        let there = total(by_holder(&lines, true).values());
        Ok((of_month.into_iter().chain([table(false, format!("Per school in schooljaar {}", self.year))]).collect(), there))
    }

    async fn partnership(&self, tx: &mut Tx) -> Result<HoursPage, AppError> {
        allow(self.me, Action::ReadPartnershipHours, &Object::of(self.me.partnership()))?;
        let by_supplier = self.by_supplier(tx).await?;
        let lines = sql::lines_among(tx, self.me.partnership(), self.year, Among::Partnership, None).await?;
        let schools = organisations::sql::schools(tx, self.me.partnership()).await?;
        let boards = organisations::sql::boards(tx, self.me.partnership()).await?;
        let board_of: HashMap<Uuid, Option<Uuid>> = schools.into_iter().map(|school| (school.id, school.board_id)).collect();
        let mut sums: HashMap<Option<Uuid>, Line> = HashMap::new();
        let (mut pots, mut reserves) = (Line::default(), Line::default());
        for ((kind, id), line) in by_holder(&lines, false) {
            match kind {
                HolderKind::Board => sums.entry(Some(id)).and_modify(|sum| *sum = add(*sum, &line)).or_insert(line),
                HolderKind::School => {
                    let board = board_of.get(&id).copied().flatten();
                    sums.entry(board).and_modify(|sum| *sum = add(*sum, &line)).or_insert(line)
                }
                HolderKind::Wijkpot => {
                    pots = add(pots, &line);
                    continue;
                }
                _ => {
                    reserves = add(reserves, &line);
                    continue;
                }
            };
        }
        let mut rows: Vec<Sums> = boards
            .into_iter()
            .map(|board| Sums {
                line: sums.remove(&Some(board.id)).unwrap_or_default(),
                href: Some(of_board(&board.id.to_string(), self.year.0)),
                behind: Some(Behind::in_year(BOARD_WITH_SCHOOLS, Some(board.id), self.year)),
                name: board.name,
            })
            .collect();
        let rest = [
            ("Scholen zonder bestuur", sums.remove(&None).unwrap_or_default(), BOARDLESS),
            ("Wijkpotten", pots, ALL_POTS),
            ("Reserve", reserves, ALL_RESERVES),
        ];
        let rest = rest.into_iter().filter(|(_, line, _)| *line != Line::default());
        let behind = |holders: &str| Behind::in_year(holders, None, self.year);
        rows.extend(rest.map(|(name, line, holders)| Sums { name: name.to_owned(), href: None, line, behind: Some(behind(holders)) }));
        let caption = format!("Per bestuur in schooljaar {}", self.year);
        let note = "De scholen van een bestuur tellen mee.".to_owned();
        let mut by_board = sums_table(caption, note, "Bestuur", rows, Some(&behind(EVERYBODY)));
        if let Some(free) = by_board.columns.last_mut().filter(|_| reserves.idle != Minutes::ZERO) {
            "Vrij, met reserve".clone_into(free);
        }
        Ok(HoursPage {
            title: format!("Uren van {}", self.me.partnership_name),
            lede: format!("Schooljaar {}. Elk getal komt uit het urenboek.", self.year).into(),
            picks: self.picks(false),
            tables: vec![by_supplier, by_board],
            ..HoursPage::default()
        })
    }

    fn picks(&self, suppliers: bool) -> Vec<Pick> {
        let years = self.years.iter().map(|year| (year.0.to_string(), year.to_string())).collect();
        let mut picks = vec![pick("jaar", "Schooljaar", years, self.year.0.to_string())];
        if suppliers && self.suppliers.len() > 1 {
            let all = std::iter::once((String::new(), "Alle leveranciers".to_owned()));
            let options = all.chain(self.suppliers.iter().map(|one| (one.id.to_string(), one.name.clone()))).collect();
            picks.push(pick("leverancier", "Leverancier", options, self.ask.supplier.map(|id| id.to_string()).unwrap_or_default()));
        }
        picks
    }
}

fn pick(name: &str, label: &str, options: Vec<(String, String)>, chosen: String) -> Pick {
    Pick { name: name.to_owned(), label: label.to_owned(), options, chosen }
}
