//! What the application tells about the whole: the overview for the general meeting, the exports, and its own check.
//!
//! Always true here: the model adds its numbers up from its own list of postings.

use super::{Difference, lists, maps};
use crate::model::{
    application::Application,
    cast::{BOARDS, SCHOOLS, YEARS, board_of},
    op::{board_name, pot_name, school_name, supplier_name},
    rules::{Model, Sums},
};
use crate::sound::sound;
use app::{
    AppError,
    db::Tx,
    hours::sql::{allotted_lines, balance_lines},
    reports::{OverviewAsk, Period, figures},
};
use domain::{
    BoardId, Minutes, SupplierId,
    hours::{AccountKey, Bucket, Holder, HolderKind, Month},
};
use std::collections::BTreeMap;

/// Of whom, of which supplier, in which month: what became of the hours, and what is left.
type Figures = BTreeMap<(String, String, String), (Sums, i64)>;

/// What is reported: the overview of a period, and the two files of a school year.
#[derive(Clone, Copy)]
enum Report {
    Overview(Period),
    Files(usize),
}

fn all() -> Vec<Report> {
    let school = YEARS.map(Period::School).into_iter();
    let overviews = school.chain((2026..=2028).map(Period::Calendar)).map(Report::Overview);
    overviews.chain((0..YEARS.len()).map(Report::Files)).collect()
}

/// Compares every report.
pub async fn reports(tx: &mut Tx, application: &Application, model: &Model) -> Result<Difference, AppError> {
    for report in all() {
        let difference = one(tx, application, model, report).await?;
        if difference.is_some() {
            return Ok(difference);
        }
    }
    Ok(None)
}

/// Compares the one report whose turn it is.
pub async fn report_in_turn(tx: &mut Tx, application: &Application, model: &Model, turn: usize) -> Result<Difference, AppError> {
    let all = all();
    one(tx, application, model, all[turn % all.len()]).await
}

async fn one(tx: &mut Tx, application: &Application, model: &Model, report: Report) -> Result<Difference, AppError> {
    match report {
        Report::Overview(period) => overview(tx, application, model, period).await,
        Report::Files(year) => exports(tx, application, model, year).await,
    }
}

async fn overview(tx: &mut Tx, application: &Application, model: &Model, period: Period) -> Result<Difference, AppError> {
    let asked = OverviewAsk { period, supplier: None };
    let mut there = Figures::new();
    for figure in figures(tx, application.partnership, &asked).await? {
        let row = figure.row;
        let sums = Sums {
            allotted: row.allotted,
            moved: row.moved,
            received: row.received,
            released: row.released,
            used: row.used,
            set_aside: row.set_aside,
            donated: row.donated,
            expired: row.expired,
        };
        there.insert((figure.name, figure.supplier, row.month), (sums, row.idle));
    }
    there.retain(|_, figure| *figure != Default::default());
    Ok(maps(&format!("overview of {}:", period.code()), &there, &told(model, period)))
}

/// The check of the application itself.
pub async fn checked(tx: &mut Tx, application: &Application) -> Difference {
    let wrong = sound(tx, application.partnership).await;
    (!wrong.is_empty()).then(|| wrong.join("\n"))
}

fn told(model: &Model, period: Period) -> Figures {
    // By places first: a name for each of some hundreds of lines, and not for each of some thousands of accounts.
    let mut lines = BTreeMap::<(Under, SupplierId, Option<Month>), (Sums, i64)>::new();
    let in_period = |account: &AccountKey| match period {
        Period::School(year) => account.bucket.school_year == year,
        Period::Calendar(year) => account.bucket.month.is_some_and(|month| month.year() == year),
    };
    for (account, balance) in model.ledger.balances.iter().filter(|(account, _)| in_period(account)) {
        let Some(under) = told_under(model, account) else { continue };
        let line = lines.entry((under, account.bucket.supplier, account.bucket.month)).or_default();
        if let Some(sums) = model.ledger.sums.get(account) {
            add(&mut line.0, sums);
        }
        line.1 += balance.0;
    }
    let named = |((under, supplier, month), line): ((Under, SupplierId, Option<Month>), (Sums, i64))| {
        let name = match under {
            Under::Board(board) => board_name(board),
            Under::NoBoard => "Scholen zonder bestuur".to_owned(),
            Under::Pots => "Wijkpotten".to_owned(),
            Under::Reserve => "Reserve".to_owned(),
        };
        ((name, name_of(model, supplier), month.map(|month| month.to_string()).unwrap_or_default()), line)
    };
    lines.into_iter().filter(|(_, line)| *line != Default::default()).map(named).collect()
}

/// Under whose name an account stands in the overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Under {
    Board(usize),
    NoBoard,
    Pots,
    Reserve,
}

fn told_under(model: &Model, account: &AccountKey) -> Option<Under> {
    let id = account.holder.id;
    match account.holder.kind {
        HolderKind::Board => (0..BOARDS).find(|board| model.cast.boards[*board].0 == id).map(Under::Board),
        HolderKind::School => {
            let school = (0..SCHOOLS).find(|school| model.cast.schools[*school].0 == id)?;
            Some(board_of(school).map_or(Under::NoBoard, Under::Board))
        }
        HolderKind::Wijkpot => Some(Under::Pots),
        HolderKind::Reserve => Some(Under::Reserve),
        _ => None,
    }
}

fn name_of(model: &Model, supplier: SupplierId) -> String {
    supplier_name(model.cast.suppliers.iter().position(|one| *one == supplier).expect("a supplier"))
}

fn add(sum: &mut Sums, one: &Sums) {
    sum.allotted += one.allotted;
    sum.moved += one.moved;
    sum.received += one.received;
    sum.released += one.released;
    sum.used += one.used;
    sum.set_aside += one.set_aside;
    sum.donated += one.donated;
    sum.expired += one.expired;
}

/// Compares the two files: every balance, and what each board was given.
async fn exports(tx: &mut Tx, application: &Application, model: &Model, year: usize) -> Result<Difference, AppError> {
    let lines = balance_lines(tx, application.partnership, YEARS[year]).await?;
    let mut there: Vec<(String, String, String, String, i64)> = lines
        .into_iter()
        .filter(|line| line.minutes != 0 && line.holder_kind != "booking")
        .map(|line| (line.holder_kind, line.holder, line.supplier, line.month, line.minutes))
        .collect();
    there.sort();
    let of_year = |(account, minutes): &(&AccountKey, &Minutes)| {
        account.bucket.school_year == YEARS[year] && **minutes != Minutes::ZERO && account.holder.kind != HolderKind::Booking
    };
    let mut expected: Vec<_> = model
        .ledger
        .balances
        .iter()
        .filter(of_year)
        .map(|(account, minutes)| {
            let kind = account.holder.kind.code().to_owned();
            (kind, holder_name(model, account), name_of(model, account.bucket.supplier), account.bucket.month_column(), minutes.0)
        })
        .collect();
    expected.sort();
    if let Some(difference) = lists("line of the balances", &there, &expected) {
        return Ok(Some(difference));
    }
    let (months, lines) = allotted_lines(tx, application.partnership, YEARS[year]).await?;
    let inputs = model.inputs(year);
    let mut expected = Vec::new();
    let divided = inputs.boards.iter().map(|board| board.board);
    let has_hours = |board: &BoardId| {
        let given = model.ledger.given.iter().filter(|(account, _)| account.bucket.school_year == YEARS[year]);
        given.into_iter().any(|(account, minutes)| account.holder == Holder::board(*board) && *minutes != Minutes::ZERO)
    };
    let left_out =
        model.cast.boards.iter().copied().filter(|board| has_hours(board) && inputs.boards.iter().all(|one| one.board != *board));
    for board in divided.chain(left_out) {
        let place = model.cast.boards.iter().position(|one| *one == board).expect("a board");
        for contract in &inputs.contracts {
            let given = |month: &Month| {
                let account = AccountKey::new(Bucket::of_month(contract.supplier, *month), Holder::board(board));
                model.ledger.given.get(&account).copied().unwrap_or_default().0
            };
            let all: i64 = YEARS[year].calendar().iter().map(given).sum();
            expected.push((board_name(place), contract.name.clone(), all, months.iter().map(given).collect::<Vec<_>>()));
        }
    }
    let there: Vec<_> = lines.into_iter().map(|line| (line.board, line.supplier, line.year_minutes, line.months)).collect();
    Ok(lists("line of the allotment", &there, &expected))
}

fn holder_name(model: &Model, account: &AccountKey) -> String {
    let (cast, id) = (&model.cast, account.holder.id);
    if let Some(school) = cast.schools.iter().position(|school| school.0 == id) {
        return format!("00AA0{school} {}", school_name(school));
    }
    if let Some(board) = cast.boards.iter().position(|board| board.0 == id) {
        return board_name(board);
    }
    if let Some(supplier) = cast.suppliers.iter().position(|supplier| supplier.0 == id) {
        return supplier_name(supplier);
    }
    let pot = cast.pots.iter().position(|pot| pot.0 == id);
    pot_name(pot.expect("a school, board, supplier or pot"))
}
