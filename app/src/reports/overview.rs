//! The overview as somebody may read it. Always true here: every number is told to all who see reports, and leads to its postings for who
//! may read those.

use super::{
    api::{Bar, OverviewPage},
    figures::{Figure, OverviewAsk, Period, Whose, figures_and_paid},
    links::Links,
    pots::pots,
};
use crate::{
    AppError,
    db::Tx,
    hours::{
        self, ALL_BOARDS, ALL_BUT_RESERVES, ALL_CONTRACTS, ALL_POTS, ALL_RESERVES, EVERYBODY, OVERVIEW, Pick, Street, SumRow, SumTable,
        What, add, linked,
    },
    organisations,
    session::Me,
    ui::{HouseParts, MonthColumn, MonthRow, RowKind, Sentence, Supplier, percent},
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes,
    hours::{Month, lines::Line},
};
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of a board or a month, in their order.
const COLUMNS: [What; 7] = [What::Given, What::Received, What::Used, What::Planned, What::Donated, What::Expired, What::Free];

/// The overview of a period.
///
/// # Errors
/// `NotFound` for a supplier that is not here.
pub async fn overview(tx: &mut Tx, me: &Me, ask: &OverviewAsk, now: DateTime<Utc>) -> Result<OverviewPage, AppError> {
    let suppliers = organisations::sql::suppliers(tx, me.partnership()).await?;
    let of_supplier = match ask.supplier {
        Some(supplier) => Some(suppliers.iter().find(|one| one.id == supplier.0).ok_or(AppError::NotFound)?.name.clone()),
        None => None,
    };
    let (all, paid) = figures_and_paid(tx, me.partnership(), ask).await?;
    let links = Links { me, ask };
    let told = Told { figures: &all, links: &links };
    let boards = told.boards();
    let whole: Line = boards.iter().fold(Line::default(), |sum, (.., line)| add(sum, line));
    let period = ask.period;
    Ok(OverviewPage {
        title: "Waar gingen de uren heen?".to_owned(),
        lede: lede(&links, of_supplier.as_deref(), &whole),
        picks: picks(tx, me, ask, &suppliers, now).await?,
        bars: boards.iter().map(|(name, _, line)| bar(name, line)).collect(),
        tables: [told.by_board(&boards, &whole), told.by_supplier(period), told.by_pot()].into_iter().flatten().collect(),
        pots: pots(&links, &boards, &told.released(), &paid),
        street: (!all.is_empty()).then(|| told.street(period, Month::at(now))),
        csv: address(&format!("{OVERVIEW}.csv"), ask),
        xlsx: address(&format!("{OVERVIEW}.xlsx"), ask),
        empty: all.is_empty().then(|| format!("In {} zijn nog geen uren verdeeld.", period.words())),
    })
}

fn address(path: &str, ask: &OverviewAsk) -> String {
    let supplier = ask.supplier.map(|supplier| format!("&leverancier={supplier}")).unwrap_or_default();
    format!("{path}?periode={}{supplier}", percent(&ask.period.code()))
}

fn lede(links: &Links<'_>, supplier: Option<&str>, whole: &Line) -> Sentence {
    let at = supplier.map(|supplier| format!(" bij {supplier}")).unwrap_or_default();
    let amount = |said: Sentence, what: What| {
        let minutes = what.of(whole);
        said.leading(minutes.to_string(), links.to((ALL_BOARDS, None), None, what).filter(|_| minutes != Minutes::ZERO))
    };
    let said = Sentence::from(format!("{}{at}. Van de besturen is ", capital(&links.ask.period.words())));
    let said = amount(said, What::Used).and(" gebruikt, ");
    let said = amount(said, What::Planned).and(" gepland en ");
    amount(said, What::Expired).and(" vervallen. Elk getal komt uit het urenboek.")
}

async fn picks(
    tx: &mut Tx,
    me: &Me,
    ask: &OverviewAsk,
    suppliers: &[organisations::sql::Named],
    now: DateTime<Utc>,
) -> Result<Vec<Pick>, AppError> {
    let mut years: BTreeSet<i32> = hours::sql::school_years(tx, me.partnership()).await?.into_iter().map(|year| year.0).collect();
    years.insert(Month::at(now).school_year().0);
    let school = years.iter().rev().map(|year| Period::School(domain::hours::SchoolYear(*year)));
    let calendar: BTreeSet<i32> = years.iter().flat_map(|year| [*year, year + 1]).collect();
    let calendar = calendar.into_iter().rev().map(Period::Calendar);
    let option = |period: Period| (period.code(), capital(&period.words()));
    let mut options: Vec<(String, String)> = school.chain(calendar).map(option).collect();
    if !options.iter().any(|(code, _)| *code == ask.period.code()) {
        options.push(option(ask.period));
    }
    let mut picks = vec![Pick { name: "periode".to_owned(), label: "Periode".to_owned(), options, chosen: ask.period.code() }];
    if suppliers.len() > 1 {
        let all = std::iter::once((String::new(), "Alle leveranciers".to_owned()));
        picks.push(Pick {
            name: "leverancier".to_owned(),
            label: "Leverancier".to_owned(),
            options: all.chain(suppliers.iter().map(|one| (one.id.to_string(), one.name.clone()))).collect(),
            chosen: ask.supplier.map(|id| id.to_string()).unwrap_or_default(),
        });
    }
    Ok(picks)
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

fn line(figure: &Figure) -> Line {
    let row = &figure.row;
    Line {
        allotted: Minutes(row.allotted),
        used: Minutes(row.used),
        set_aside: Minutes(row.set_aside),
        donated: Minutes(row.donated),
        received: Minutes(row.received + row.released),
        expired: Minutes(row.expired),
        moved: Minutes(row.moved),
        idle: Minutes(row.idle),
    }
}

pub(super) type BoardLine = (String, Whose, Line);

struct Told<'a> {
    figures: &'a [Figure],
    links: &'a Links<'a>,
}

impl Told<'_> {
    fn of(&self, holders: &str) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(move |figure| figure.row.holders == holders)
    }

    fn boards(&self) -> Vec<BoardLine> {
        let mut boards: Vec<BoardLine> = Vec::new();
        for figure in self.of("board") {
            match boards.last_mut().filter(|(_, holder, _)| *holder == figure.holder) {
                Some((.., sum)) => *sum = add(*sum, &line(figure)),
                None => boards.push((figure.name.clone(), figure.holder, line(figure))),
            }
        }
        boards
    }

    /// What came from reserves, per board: it is received, and not from a pot.
    fn released(&self) -> BTreeMap<Option<uuid::Uuid>, i64> {
        let mut sums = BTreeMap::new();
        for figure in self.of("board") {
            *sums.entry(figure.row.board_id).or_default() += figure.row.released;
        }
        sums
    }

    fn by_board(&self, boards: &[BoardLine], whole: &Line) -> Option<SumTable> {
        let rows = boards.iter().map(|(name, holder, line)| SumRow {
            name: name.clone(),
            supplier: None,
            href: None,
            cells: COLUMNS.iter().map(|what| self.links.cell(*holder, None, *what, line)).collect(),
        });
        (!boards.is_empty()).then(|| SumTable {
            caption: format!("Per bestuur in {}", self.links.ask.period.words()),
            note: "De scholen van een bestuur tellen mee. Toegedeeld en ontvangen samen is wat erachter staat.".to_owned(),
            first: "Bestuur".to_owned(),
            columns: COLUMNS.iter().map(|what| what.title().to_owned()).collect(),
            rows: rows.collect(),
            foot: COLUMNS.iter().map(|what| self.links.cell((ALL_BOARDS, None), None, *what, whole)).collect(),
        })
    }

    /// What the contracts gave, and what became of it: the numbers after the first add up to it.
    fn by_supplier(&self, period: Period) -> Option<SumTable> {
        let mut sums: BTreeMap<usize, (String, uuid::Uuid, [i64; 6])> = BTreeMap::new();
        for figure in self.figures {
            let row = &figure.row;
            let (_, _, numbers) = sums.entry(figure.place).or_insert_with(|| (figure.supplier.clone(), row.supplier_id, [0; 6]));
            let reserve = row.holders == "reserve";
            // Between boards, pots and reserves nothing is won or lost; what came from a reserve of another period came from outside it.
            let from_outside = row.allotted - row.moved + row.received + row.released - row.donated;
            let add = [
                from_outside,
                if reserve { row.idle } else { 0 },
                row.used,
                row.set_aside,
                row.expired,
                if reserve { 0 } else { row.idle },
            ];
            numbers.iter_mut().zip(add).for_each(|(sum, number)| *sum += number);
        }
        let whole = sums.values().fold([0; 6], |mut whole, (.., numbers)| {
            whole.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
            whole
        });
        let cells = |supplier: Option<uuid::Uuid>, numbers: &[i64; 6]| {
            let cell = |(place, minutes): (usize, &i64)| {
                let asked = supplier.or(self.links.ask.supplier.map(|supplier| supplier.0));
                let of = |holders, what| self.links.at((holders, None), asked, None, what);
                let href = match place {
                    // A contract is of a school year; of a calendar year everything that came is told.
                    0 if matches!(period, Period::School(_)) => of(ALL_CONTRACTS, What::Free),
                    0 => of(EVERYBODY, What::Whole),
                    1 => of(ALL_RESERVES, What::Free),
                    2 => of(EVERYBODY, What::Used),
                    3 => of(EVERYBODY, What::Planned),
                    4 => of(EVERYBODY, What::Expired),
                    5 => of(ALL_BUT_RESERVES, What::Free),
                    _ => None,
                };
                linked(Minutes(*minutes), href)
            };
            numbers.iter().enumerate().map(cell).collect::<Vec<_>>()
        };
        let first = if matches!(period, Period::School(_)) { "Uit contract" } else { "Uit contract en reserve" };
        (!sums.is_empty()).then(|| SumTable {
            caption: format!("Per leverancier in {}", period.words()),
            note: "Besturen, wijkpotten en reserve samen. Het eerste getal is de som van de andere.".to_owned(),
            first: "Leverancier".to_owned(),
            columns: [first, "Reserve", "Gebruikt", "Gepland", "Vervallen", "Vrij"].map(str::to_owned).to_vec(),
            rows: sums
                .iter()
                .map(|(place, (name, id, numbers))| SumRow {
                    name: name.clone(),
                    supplier: Some(Supplier::at(name, *place)),
                    href: None,
                    cells: cells(Some(*id), numbers),
                })
                .collect(),
            foot: cells(None, &whole),
        })
    }

    /// What went in and out of the pots, by supplier.
    fn by_pot(&self) -> Option<SumTable> {
        let whats = [What::Received, What::Donated, What::Used, What::Planned, What::Expired, What::Free];
        let mut sums: BTreeMap<usize, (String, uuid::Uuid, Line)> = BTreeMap::new();
        for figure in self.of("wijkpot") {
            let of = || (figure.supplier.clone(), figure.row.supplier_id, Line::default());
            let (.., sum) = sums.entry(figure.place).or_insert_with(of);
            *sum = add(*sum, &line(figure));
        }
        let whole = sums.values().fold(Line::default(), |whole, (.., sum)| add(whole, sum));
        let holder = (ALL_POTS, None);
        (!sums.is_empty()).then(|| SumTable {
            caption: "Wat er met de wijkpotten gebeurde".to_owned(),
            note: "Alle wijkpotten samen. Wat gedoneerd is, is de som van de getallen erachter.".to_owned(),
            first: "Leverancier".to_owned(),
            columns: ["Gedoneerd", "Opgenomen", "Gebruikt", "Gepland", "Vervallen", "Vrij"].map(str::to_owned).to_vec(),
            rows: sums
                .iter()
                .map(|(place, (name, id, line))| SumRow {
                    name: name.clone(),
                    supplier: Some(Supplier::at(name, *place)),
                    href: None,
                    cells: whats.iter().map(|what| linked(what.of(line), self.links.at(holder, Some(*id), None, *what))).collect(),
                })
                .collect(),
            foot: whats.iter().map(|what| self.links.cell(holder, None, *what, &whole)).collect(),
        })
    }

    /// The hours of all boards, month by month.
    fn street(&self, period: Period, now: Month) -> Street {
        let mut lines: BTreeMap<Month, Line> = BTreeMap::new();
        for figure in self.of("board") {
            if let Ok(month) = figure.row.month.parse::<Month>() {
                let sum = lines.entry(month).or_default();
                *sum = add(*sum, &line(figure));
            }
        }
        // August is a month of the year only where hours are.
        let months: Vec<Month> = period.months().into_iter().filter(|month| month.number() != 8 || lines.contains_key(month)).collect();
        let of = |month: &Month| lines.get(month).copied().unwrap_or_default();
        let whole = lines.values().fold(Line::default(), add);
        let holder = (ALL_BOARDS, None);
        let rows = COLUMNS.iter().map(|what| MonthRow {
            label: what.title().to_owned(),
            supplier: None,
            cells: months.iter().map(|month| self.links.cell(holder, Some(*month), *what, &of(month))).collect(),
            sum: self.links.cell(holder, None, *what, &whole),
            kind: match what {
                What::Received | What::Expired => RowKind::Rule,
                What::Free => RowKind::Total,
                _ => RowKind::Plain,
            },
        });
        Street {
            id: "per-maand".to_owned(),
            left: None,
            supplier: Supplier { name: String::new(), letter: String::new(), tone: 1 },
            caption: format!("Alle besturen per maand in {}", period.words()),
            columns: months
                .iter()
                .map(|month| MonthColumn {
                    label: month.short().to_owned(),
                    now: *month == now,
                    coming: *month > now,
                    house: house(&of(month)),
                })
                .collect(),
            rows: rows.collect(),
        }
    }
}

fn house(line: &Line) -> HouseParts {
    HouseParts {
        used: line.used.0.max(0),
        pot: line.donated.0.max(0),
        planned: line.set_aside.0.max(0),
        free: line.idle.0.max(0),
        expired: line.expired.0.max(0),
    }
}

fn bar(name: &str, line: &Line) -> Bar {
    let HouseParts { used, pot, planned, free, expired } = house(line);
    let parts = [used, pot, planned, free, expired];
    let words = ["gebruikt", "naar de wijkpot", "gepland", "vrij", "vervallen"];
    let told: Vec<String> = parts
        .iter()
        .zip(words)
        .filter(|(minutes, _)| **minutes > 0)
        .map(|(minutes, word)| format!("{} {word}", Minutes(*minutes)))
        .collect();
    let told = if told.is_empty() { "geen uren".to_owned() } else { told.join(", ") };
    Bar { name: name.to_owned(), words: format!("{name}: {told}"), parts }
}
