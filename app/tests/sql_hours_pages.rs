//! Stories of the pages of hours, of the export and of `check`, on both engines.

#[path = "support/once.rs"]
mod once;
mod support;

use app::{
    db::Engine,
    execute,
    hours::{HoursAsk, PostingsAsk, add, behind, hours, sql},
};
use domain::{
    Minutes, PartnershipId,
    hours::{Holder, Month, SchoolYear, lines::Line},
    people::{Role, Scope},
};
use once::{noon, world};
use support::databases;
use uuid::Uuid;

#[tokio::test]
async fn the_numbers_the_database_sums_are_those_of_the_domain() {
    for test in databases().await {
        let world = world(&test.db).await;
        let mut tx = test.db.read().await.expect("a reader");
        for holder in [Holder::school(world.schools[0]), Holder::school(world.schools[1]), Holder::board(world.board)] {
            let rows = sql::lines_of(&mut tx, world.partnership, SchoolYear(2026), holder).await.expect("lines");
            let lines: Vec<Line> = rows.iter().map(|row| row.sums.into()).collect();
            assert_eq!(lines, [world.line(holder)], "{}: {holder:?}", test.name);
            assert_eq!(lines[0].explained(), lines[0].idle, "{}", test.name);
        }
        let first = world.line(Holder::school(world.schools[0]));
        assert_eq!((first.used, first.set_aside, first.donated), (Minutes(300), Minutes(120), Minutes(180)), "{}", test.name);
        let board = world.line(Holder::board(world.board));
        assert_eq!((board.used, board.expired, board.moved), (Minutes(60), Minutes(60), Minutes(1380)), "{}", test.name);

        let among = sql::Among::Board(world.board);
        let month = Month::new(2026, 11);
        let rows = sql::lines_among(&mut tx, world.partnership, SchoolYear(2026), among, month).await.expect("lines");
        assert_eq!(rows.len(), 3, "{}", test.name);
        for row in rows {
            let schools = world.schools.map(Holder::school);
            let holder = schools.into_iter().chain([Holder::board(world.board)]).find(|holder| holder.id == row.holder_id).expect("known");
            assert_eq!((row.in_month, Line::from(row.sums)), (1, world.line(holder)), "{}", test.name);
        }
        let district = sql::Among::District(world.district);
        let rows = sql::lines_among(&mut tx, world.partnership, SchoolYear(2026), district, None).await.expect("lines");
        assert!(rows.len() == 2 && rows.iter().all(|row| row.in_month == 0), "{}", test.name);
    }
}

#[tokio::test]
async fn every_number_on_the_page_is_the_sum_of_the_postings_behind_it() {
    for test in databases().await {
        let world = world(&test.db).await;
        let me = world.me(Role::Coordinator, Scope::School(world.schools[0]));
        let mut tx = test.db.read().await.expect("a reader");
        let page = hours(&mut tx, &me, &HoursAsk::default(), noon()).await.expect("a page");
        assert_eq!((page.streets.len(), page.tables.len()), (1, 0), "{}", test.name);
        let mut followed = 0;
        for row in &page.streets[0].rows {
            for cell in row.cells.iter().chain([&row.sum]) {
                let Some(href) = &cell.href else {
                    assert_eq!(cell.text, "–", "{}: {}", test.name, row.label);
                    continue;
                };
                let postings = behind(&mut tx, &me, &ask(href)).await.expect("postings");
                assert_eq!(postings.sum, cell.text, "{}: {}", test.name, row.label);
                assert_eq!(postings.entries.last().map(|entry| entry.balance.clone()), Some(cell.text.clone()), "{}", test.name);
                assert!(postings.entries.iter().all(|entry| !format!("{entry:?}").contains("geheim")), "{}", test.name);
                followed += 1;
            }
        }
        // Allotted, used, planned, donated and free; in November and over the year.
        assert_eq!(followed, 10, "{}", test.name);
        assert!(page.lede.text().contains("vervalt na 30 november, over 13 dagen"), "{}: {:?}", test.name, page.lede);
    }
}

fn ask(href: &str) -> PostingsAsk {
    let mut ask = PostingsAsk::default();
    for pair in href.split_once('?').map_or("", |(_, query)| query).split('&') {
        let (name, value) = pair.split_once('=').unwrap_or_default();
        let field = match name {
            "houder" => &mut ask.houder,
            "id" => &mut ask.id,
            "jaar" => &mut ask.jaar,
            "leverancier" => &mut ask.leverancier,
            "maand" => &mut ask.maand,
            "wat" => &mut ask.wat,
            other => panic!("{other} is a parameter nobody reads"),
        };
        value.clone_into(field);
    }
    ask
}

#[tokio::test]
async fn a_correction_and_what_it_puts_right_lead_to_each_other() {
    for test in databases().await {
        let world = world(&test.db).await;
        let me = world.me(Role::BoardContact, Scope::Board(world.board));
        let mut tx = test.db.read().await.expect("a reader");
        let ask =
            PostingsAsk { houder: "board".to_owned(), id: world.board.to_string(), jaar: "2026".to_owned(), ..PostingsAsk::default() };
        let page = behind(&mut tx, &me, &ask).await.expect("postings");
        let reversal = page.entries.iter().find(|entry| entry.kind == "Rechtgezet").expect("it is there");
        assert_eq!(reversal.puts_right, [("draait terug: nummer 4".to_owned(), Some("/uren/boeking/4".to_owned()))], "{}", test.name);
        let wrong = page.entries.iter().find(|entry| entry.number == "4").expect("it is there");
        assert_eq!(wrong.puts_right, [("teruggedraaid met nummer 5".to_owned(), Some("/uren/boeking/5".to_owned()))], "{}", test.name);
        // Which pupil's appointment it was is not for the board; the secretariat reads the question and so the number.
        assert!(page.entries.iter().any(|entry| entry.way == "van Klaverblad naar een afspraak"), "{}", test.name);
        assert!(!format!("{page:?}").contains("4471"), "{}: {page:?}", test.name);
        assert!(page.entries.iter().all(|entry| entry.booking.is_none()), "{}", test.name);
        let me = world.me(Role::Registrar, Scope::Partnership);
        let page = behind(&mut tx, &me, &ask).await.expect("postings");
        assert!(page.entries.iter().any(|entry| entry.way == "van Klaverblad naar Afspraak 4471"), "{}", test.name);
        assert!(page.entries.iter().all(|entry| entry.by == "door Fenna Hoekema"), "{}", test.name);
        assert!(page.entries.iter().any(|entry| entry.booking.is_some()), "{}", test.name);
    }
}

#[tokio::test]
async fn tables_add_up_to_what_was_allotted_and_to_the_contract() {
    for test in databases().await {
        let world = world(&test.db).await;
        let mut tx = test.db.read().await.expect("a reader");
        let me = world.me(Role::BoardContact, Scope::Board(world.board));
        let page = hours(&mut tx, &me, &HoursAsk::default(), noon()).await.expect("a page");
        let total = [Holder::school(world.schools[0]), Holder::school(world.schools[1]), Holder::board(world.board)]
            .map(|holder| world.line(holder))
            .iter()
            .fold(Line::default(), add);
        assert_eq!(page.tables.len(), 2, "{}", test.name);
        for table in &page.tables {
            assert_eq!((table.rows.len(), table.columns[0].as_str()), (3, "Toegedeeld"), "{}", test.name);
            assert_eq!(table.foot.first().map(|cell| &cell.text), Some(&Minutes(3600).to_string()), "{}", test.name);
            assert_eq!(table.foot.last().map(|cell| &cell.text), Some(&total.idle.to_string()), "{}", test.name);
        }

        let me = world.me(Role::Auditor, Scope::Partnership);
        let page = hours(&mut tx, &me, &HoursAsk::default(), noon()).await.expect("a page");
        let by_supplier = &page.tables[0];
        let told: Vec<_> = by_supplier.foot.iter().map(|cell| cell.text.replace('\u{a0}', " ")).collect();
        // 70 = 0 + 9 + 6 + 2 + 2 u 30 + 50 u 30
        assert_eq!(told, ["70 u", "–", "9 u", "6 u", "2 u", "2 u 30", "50 u 30"], "{}", test.name);
        let contract = by_supplier.rows[0].cells[0].href.clone().expect("it leads to its postings");
        assert_eq!(behind(&mut tx, &me, &ask(&contract)).await.expect("postings").sum, told[0].replace(' ', "\u{a0}"), "{}", test.name);
        assert!(page.tables[1].rows.iter().any(|row| row.name == "Klaverblad"), "{}", test.name);
    }
}

#[tokio::test]
async fn nobody_reads_hours_that_are_not_theirs() {
    for test in databases().await {
        let world = world(&test.db).await;
        let mut tx = test.db.read().await.expect("a reader");
        let of = |kind: &str, id: String| PostingsAsk { houder: kind.to_owned(), id, jaar: "2026".to_owned(), ..PostingsAsk::default() };
        let me = world.me(Role::Coordinator, Scope::School(world.schools[0]));
        let other = HoursAsk { school: Some(world.schools[1]), ..HoursAsk::default() };
        assert_eq!(hours(&mut tx, &me, &other, noon()).await.expect_err("another school").status(), 403, "{}", test.name);
        let board = HoursAsk { board: Some(world.board), ..HoursAsk::default() };
        assert_eq!(hours(&mut tx, &me, &board, noon()).await.expect_err("the board").status(), 403, "{}", test.name);
        for (kind, id) in [
            ("school", world.schools[1].to_string()),
            ("used", world.schools[1].to_string()),
            ("expired", world.schools[1].to_string()),
            ("expired", world.board.to_string()),
            ("board", world.board.to_string()),
            ("contract", world.supplier.to_string()),
            ("reserve", world.supplier.to_string()),
            ("contracten", String::new()),
            ("reserves", String::new()),
            ("zonder-bestuur", String::new()),
        ] {
            assert_eq!(behind(&mut tx, &me, &of(kind, id)).await.expect_err(kind).status(), 403, "{}: {kind}", test.name);
        }
        // What pots paid is told by board, never school by school.
        for wat in ["uit-wijkpot", "verschil"].map(str::to_owned) {
            let crossed = PostingsAsk { wat, ..of("school", world.schools[0].to_string()) };
            assert_eq!(behind(&mut tx, &me, &crossed).await.expect_err("a school").status(), 400, "{}", test.name);
        }
        let booking = behind(&mut tx, &me, &of("booking", world.bookings[1].to_string())).await.expect("a booking of this school");
        assert_eq!(booking.sum, Minutes(120).to_string(), "{}", test.name);
        assert_eq!(behind(&mut tx, &me, &of("school", Uuid::now_v7().to_string())).await.expect_err("nobody").status(), 404);
        assert_eq!(behind(&mut tx, &me, &of("school", "x".to_owned())).await.expect_err("nonsense").status(), 400);
        assert_eq!(HoursAsk::parse("9999999", "", "", "").expect_err("no year").status(), 400);
        let me = world.me(Role::Specialist, Scope::Specialist(world.specialist));
        assert_eq!(hours(&mut tx, &me, &HoursAsk::default(), noon()).await.expect_err("no hours of their own").status(), 403);
        let mut stranger = world.me(Role::Administrator, Scope::Partnership);
        stranger.actor.partnership = PartnershipId(Uuid::now_v7());
        let there = of("school", world.schools[0].to_string());
        assert_eq!(behind(&mut tx, &stranger, &there).await.expect_err("another partnership").status(), 404, "{}", test.name);
    }
}

#[tokio::test]
async fn a_sound_ledger_passes_and_one_that_was_touched_says_where() {
    for test in databases().await {
        let world = world(&test.db).await;
        let report = {
            let mut tx = test.db.read().await.expect("a reader");
            sql::check(&mut tx, world.partnership).await.expect("checked")
        };
        assert_eq!(report.violations, [], "{}", test.name);
        assert_eq!((report.postings, report.contracts, report.bookings, report.quarters), (17, 1, 2, 40), "{}", test.name);

        let mut tx = test.db.write(world.partnership).await.expect("a writer");
        let tx_ref = &mut tx;
        match test.db.engine() {
            Engine::Sqlite => execute!(tx_ref, "drop trigger postings_never_change").map(drop),
            Engine::Postgres => execute!(tx_ref, "alter table postings disable trigger postings_never_change").map(drop),
        }
        .expect("the guard is gone");
        execute!(tx_ref, "update postings set minutes = minutes + 15 where partnership_id = $1 and seq = 3", world.partnership.0)
            .expect("touched");
        execute!(tx_ref, "delete from booking_quarters where booking_id = $1", world.bookings[1].0).expect("touched");
        let report = sql::check(tx_ref, world.partnership).await.expect("checked");
        let found =
            |rule: &str| report.violations.iter().filter(|violation| violation.rule == rule).map(|v| v.what.clone()).collect::<Vec<_>>();
        assert_eq!(found("balances_match_postings").len(), 2, "{}: {:?}", test.name, report.violations);
        assert!(found("chain_holds").iter().any(|what| what.starts_with("posting 3 ") && what.contains("was changed")), "{}", test.name);
        assert_eq!(found("quarters_match").len(), 1, "{}", test.name);
        assert_eq!(found("lines_match_postings").len(), 2, "{}: {:?}", test.name, report.violations);
        assert_eq!(report.violations.len(), 6, "{}: {:?}", test.name, report.violations);
    }
}

#[tokio::test]
async fn the_export_names_every_account_once_in_an_order_of_its_own() {
    for test in databases().await {
        let world = world(&test.db).await;
        let mut tx = test.db.read().await.expect("a reader");
        assert!(!world.code.is_empty());
        let lines = sql::balance_lines(&mut tx, world.partnership, SchoolYear(2026)).await.expect("lines");
        let told: Vec<_> =
            lines.iter().map(|line| (line.holder_kind.as_str(), line.holder.as_str(), line.month.as_str(), line.minutes)).collect();
        assert_eq!(
            told[..6],
            [
                ("contract", "De Wissel", "", -600),
                ("contract", "De Wissel", "2026-11", -3600),
                ("reserve", "De Wissel", "", 540),
                ("board", "Klaverblad", "2026-11", 2100),
                ("school", "00AP00 De Meerpaal", "2026-11", 300),
                ("school", "00AP01 De Boomgaard", "2026-11", 570),
            ],
            "{}",
            test.name
        );
        assert!(told.contains(&("booking", "4472", "2026-11", 120)), "{}: {told:?}", test.name);
        assert_eq!(lines.iter().map(|line| line.minutes).sum::<i64>(), 0, "{}", test.name);
    }
}
