//! Stories of the overview for the general meeting: its totals are the ledger's, on both engines.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    execute, fetch_one,
    files::SheetCell,
    hours::{PostingsAsk, behind, sql},
    organisations,
    reports::{OverviewAsk, Period, figures, overview, overview_sheet},
};
use domain::{
    Minutes,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, SchoolYear, Transfer},
    people::{Role, Scope},
};
use std::collections::HashMap;
use uuid::Uuid;
use world::{THURSDAY, World, at, now, wish, worlds};

/// A reserve of an hour that gave half, a gift, a draw, a booking that was done and one that waits.
async fn happen(world: &World) {
    let year = Bucket::of_year(world.supplier, SchoolYear(2026));
    let of_year = |holder: Holder| AccountKey::new(year, holder);
    let (school, pot) = (Holder::school(world.school), Holder::wijkpot(Uuid::now_v7()));
    let bucket = Bucket::of_month(world.supplier, Month::new(2026, 11).expect("a month"));
    let transfer = |kind, from, to, minutes| {
        Transfer::new(kind, AccountKey::new(bucket, from), AccountKey::new(bucket, to), Minutes(minutes)).because("Proef")
    };
    world
        .change(async |tx| {
            execute!(tx, "update contracts set contract_minutes = 480 where partnership_id = $1", world.partnership.0)
                .expect("an hour more");
            let (contract, reserve) = (of_year(Holder::contract(world.supplier)), of_year(Holder::reserve(world.supplier)));
            let there = AccountKey::new(bucket, school);
            let kept = Transfer::new(PostingKind::ContractReserve, contract, reserve, Minutes(60)).because("Proef");
            let released = Transfer::new(PostingKind::ReserveRelease, reserve, there, Minutes(30)).because("Proef");
            sql::post(tx, world.partnership, &[kept, released], None, now(), "reserve").await.expect("posted");
            let transfers = [transfer(PostingKind::Donation, school, pot, 90), transfer(PostingKind::Draw, pot, school, 60)];
            sql::post(tx, world.partnership, &transfers, None, now(), "story").await.expect("posted");
        })
        .await;
    let done = world.ask(&wish(THURSDAY, "60"), "a").await.expect("booked");
    world.accept(done).await;
    world.done(done, 45, at("2026-11-19T11:00")).await.expect("recorded");
    world.ask(&wish("2026-11-26T09:00", "60"), "b").await.expect("booked");
}

fn ask(href: &str) -> PostingsAsk {
    let pairs: HashMap<_, _> =
        href.split_once('?').expect("a query").1.split('&').map(|pair| pair.split_once('=').expect("a value")).collect();
    let of = |name: &str| pairs.get(name).map(|value| (*value).to_owned()).unwrap_or_default();
    PostingsAsk {
        houder: of("houder"),
        id: of("id"),
        jaar: of("jaar"),
        kalenderjaar: of("kalenderjaar"),
        leverancier: of("leverancier"),
        maand: of("maand"),
        wat: of("wat"),
        ..PostingsAsk::default()
    }
}

#[tokio::test]
async fn totals_are_the_balances_of_the_ledger_and_every_number_is_what_stands_behind_it() {
    for (world, _test) in worlds().await {
        happen(&world).await;
        let office = world.me(Role::Auditor, Scope::Partnership);
        let mut tx = world.db.read().await.expect("a reader");
        for period in [Period::School(SchoolYear(2026)), Period::Calendar(2026)] {
            let asked = OverviewAsk { period, supplier: None };
            let rows = figures(&mut tx, world.partnership, &asked).await.expect("figures");
            let sum = |of: fn(&app::reports::sql::FigureRow) -> i64| rows.iter().map(|figure| of(&figure.row)).sum::<i64>();
            let held = async |tx: &mut app::db::Tx, kind: &str| {
                let (minutes,): (i64,) = fetch_one!(
                    tx,
                    (i64,),
                    "select cast(coalesce(sum(balance), 0) as bigint) from accounts where partnership_id = $1 and holder_kind = $2",
                    world.partnership.0,
                    kind
                )
                .expect("a sum");
                minutes
            };
            assert_eq!(sum(|row| row.used), held(&mut tx, "used").await, "{}", world.name);
            assert_eq!(sum(|row| row.set_aside), held(&mut tx, "booking").await, "{}", world.name);
            assert_eq!(sum(|row| row.expired), held(&mut tx, "expired").await, "{}", world.name);
            // A reserve is of a school year: what it kept is no part of a calendar year, what it gave is.
            let kept = if matches!(period, Period::School(_)) { 0 } else { held(&mut tx, "reserve").await };
            let from_contracts = sum(|row| row.allotted - row.moved + row.released) + kept;
            assert_eq!(from_contracts, -held(&mut tx, "contract").await, "{}", world.name);
            assert_eq!((sum(|row| row.used), sum(|row| row.set_aside), sum(|row| row.donated)), (45, 60, 150), "{}", world.name);

            let page = overview(&mut tx, &office, &asked, now()).await.expect("a page");
            let street = page.street.expect("months");
            let cells = page.tables.iter().flat_map(|table| table.rows.iter().flat_map(|row| &row.cells).chain(&table.foot));
            let cells = cells.chain(page.pots.iter().flat_map(|row| [&row.given, &row.got, &row.net]));
            let cells = cells.chain(street.rows.iter().flat_map(|row| row.cells.iter().chain([&row.sum])));
            let mut followed = 0;
            for cell in cells {
                let Some(href) = &cell.href else {
                    assert_eq!(cell.text, "–", "{}: a number leads to its postings", world.name);
                    continue;
                };
                let postings = behind(&mut tx, &office, &ask(href)).await.expect("postings");
                assert_eq!(postings.sum, cell.text.trim_start_matches("+\u{a0}"), "{}: {href}", world.name);
                followed += 1;
            }
            assert!(followed > 20, "{}: {followed}", world.name);
            let whole = page.pots.last().expect("the sum of the pots");
            let told = [&whole.given.text, &whole.got.text, &whole.net.text].map(|text| text.replace('\u{a0}', " "));
            assert_eq!(told, ["1 u 30", "1 u", "− 30 min"], "{}", world.name);
        }
        drop(tx);
        world.is_sound().await;
    }
}

#[tokio::test]
async fn what_is_kept_follows_a_posting_and_a_school_that_moves_to_another_board() {
    for (world, _test) in worlds().await {
        happen(&world).await;
        let used = async || {
            let mut tx = world.db.read().await.expect("a reader");
            let asked = OverviewAsk::parse("", "", now()).expect("an address");
            let rows = figures(&mut tx, world.partnership, &asked).await.expect("figures");
            let boards = rows.iter().filter(|figure| figure.row.holders == "board" && figure.row.used + figure.row.set_aside > 0);
            boards.fold(HashMap::new(), |mut sums: HashMap<Option<Uuid>, (i64, i64)>, figure| {
                let sum = sums.entry(figure.row.board_id).or_default();
                *sum = (sum.0 + figure.row.used, sum.1 + figure.row.set_aside);
                sums
            })
        };
        let board = Some(world.board.0);
        assert_eq!(used().await, HashMap::from([(board, (45, 60))]), "{}", world.name);
        assert_eq!(used().await, HashMap::from([(board, (45, 60))]), "{}: kept", world.name);
        world.ask(&wish("2026-11-26T11:00", "30"), "c").await.expect("booked");
        assert_eq!(used().await, HashMap::from([(board, (45, 90))]), "{}: a posting later", world.name);

        let mut other = None;
        world
            .change(async |tx| {
                let board = organisations::sql::put_board(tx, world.partnership, "Samen Wijs").await.expect("another board");
                organisations::sql::set_board(tx, world.partnership, world.school, board).await.expect("moved");
                other = Some(board.0);
            })
            .await;
        assert_eq!(used().await, HashMap::from([(other, (45, 90))]), "{}: under another board", world.name);
    }
}

#[tokio::test]
async fn a_board_sees_all_boards_and_follows_its_own_numbers_alone() {
    for (world, _test) in worlds().await {
        happen(&world).await;
        let mut tx = world.db.read().await.expect("a reader");
        let asked = OverviewAsk::parse("", &world.supplier.to_string(), now()).expect("an address");
        let own = world.me(Role::BoardContact, Scope::Board(world.board));
        let page = overview(&mut tx, &own, &asked, now()).await.expect("a page");
        let cells = page.tables[0].rows[0].cells.iter();
        assert!(cells.clone().any(|cell| cell.href.is_some()), "{}", world.name);
        for cell in cells {
            if let Some(href) = &cell.href {
                assert_eq!(behind(&mut tx, &own, &ask(href)).await.expect("postings").sum, cell.text, "{}", world.name);
            }
        }
        let team = world.me(Role::DistrictTeam, Scope::District(world.district));
        let page = overview(&mut tx, &team, &asked, now()).await.expect("a page");
        assert!(page.tables[0].rows.iter().flat_map(|row| &row.cells).all(|cell| cell.href.is_none()), "{}", world.name);
        let stranger = OverviewAsk::parse("2026", &Uuid::now_v7().to_string(), now()).expect("an address");
        assert_eq!(overview(&mut tx, &own, &stranger, now()).await.expect_err("no such supplier").status(), 404, "{}", world.name);
        for (period, supplier) in [("2026-2028", ""), ("gisteren", ""), ("", "x")] {
            assert_eq!(OverviewAsk::parse(period, supplier, now()).expect_err("nonsense").status(), 400);
        }
    }
}

#[tokio::test]
async fn the_file_holds_the_numbers_of_the_page() {
    for (world, _test) in worlds().await {
        happen(&world).await;
        let mut tx = world.db.read().await.expect("a reader");
        let asked = OverviewAsk::parse("2026-2027", "", now()).expect("an address");
        let sheet = overview_sheet(&mut tx, world.partnership, &asked).await.expect("a sheet");
        assert!(sheet.rows.iter().all(|row| row.len() == sheet.heads.len()), "{}", world.name);
        let column = |head: &str| {
            let place = sheet.heads.iter().position(|one| *one == head).expect("a column");
            let minutes = |row: &Vec<SheetCell>| if let SheetCell::Hours(minutes) = row[place] { minutes.0 } else { 0 };
            sheet.rows.iter().map(minutes).sum::<i64>()
        };
        assert_eq!((column("Gebruikt"), column("Gepland"), column("Toegedeeld")), (45, 60, 450), "{}", world.name);
    }
}
