//! Stories of numbers that leave the house: `wijkpot export`, `wijkpot check`, and the pages of hours over a whole demo year.

#![expect(clippy::unwrap_used, reason = "a story may stop at the first thing that is wrong")]

mod support;

use app::{
    db::{Db, Engine},
    execute, fetch_all,
    hours::{HoursAsk, JournalAsk, PostingsAsk, behind, hours, journal},
    months::NoticeCard,
    session::Me,
    start::{self, HoursCard},
    ui::Sentence,
    wijkpot::{self, BoardNet, PotShown},
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, PersonId,
    hours::PostingKind,
    people::{Action, Actor, Object, Role, Scope, may},
};
use server::{
    command::{check, export},
    config::Import,
    import::{Progress, run},
    seed::seed,
};
use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
};
use support::databases;
use uuid::Uuid;

/// A Tuesday in November, just after lunch: the day of the look's pictures.
fn tuesday() -> DateTime<Utc> {
    "2026-11-17T13:10:00Z".parse().unwrap()
}

/// One story at a time: in a debug build it may take longer than a writer waits, and all of them are told in one turn.
static ONE_STORY: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

async fn tell(db: &Db, now: DateTime<Utc>, say: &(dyn Fn(&str) + Send + Sync)) -> anyhow::Result<server::seed::SeedReport> {
    let _turn = ONE_STORY.lock().await;
    seed(db, now, say).await
}

async fn checked(db: &Db) -> (bool, Vec<String>) {
    let mut lines = Vec::new();
    let sound = check::all(db, |line| lines.push(line.to_owned())).await.unwrap();
    (sound, lines)
}

async fn exported(db: &Db, code: &str, year: i32) -> Vec<Vec<String>> {
    let mut bytes = Vec::new();
    export::balances(db, code, year, &mut bytes).await.unwrap();
    let mut file = csv::Reader::from_reader(bytes.as_slice());
    assert_eq!(file.headers().unwrap().iter().collect::<Vec<_>>(), ["holder_kind", "holder", "supplier", "month", "minutes"]);
    file.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn the_demo_is_sound_and_a_change_by_hand_is_named() {
    for test in databases().await {
        tell(&test.db, tuesday(), &|_| {}).await.unwrap();
        let (sound, lines) = checked(&test.db).await;
        assert!(sound, "{}: {lines:#?}", test.name);
        assert!(lines.len() == 2 && lines[0].contains("boekingen") && lines[1].starts_with("Alles klopt"), "{}: {lines:#?}", test.name);
        assert_eq!(exported(&test.db, "VLIET", 2026).await, exported(&test.db, "vliet", 2026).await, "{}", test.name);

        let mut tx = test.db.write_unscoped().await.unwrap();
        let tx_ref = &mut tx;
        match test.db.engine() {
            Engine::Sqlite => execute!(tx_ref, "drop trigger postings_never_change").map(drop),
            Engine::Postgres => execute!(tx_ref, "alter table postings disable trigger postings_never_change").map(drop),
        }
        .unwrap();
        execute!(tx_ref, "update postings set reason = 'Iets anders' where seq = 7").unwrap();
        tx.commit().await.unwrap();
        let (sound, lines) = checked(&test.db).await;
        assert!(!sound, "{}", test.name);
        assert!(lines.iter().any(|line| line.starts_with("    posting 7 ") && line.contains("was changed")), "{}: {lines:#?}", test.name);
        assert_eq!(lines.last().map(String::as_str), Some("Er klopt iets niet: 1 keer, in 1 samenwerkingsverband."), "{}", test.name);
    }
}

#[tokio::test]
async fn every_role_of_the_demo_sees_a_start_page_and_every_number_is_what_stands_behind_it() {
    for test in databases().await {
        tell(&test.db, tuesday(), &|_| {}).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        let (mut followed, mut of_cards, mut of_notices, mut of_words) = (0, 0, 0, 0);
        for me in people(&test.db).await {
            let home = start::home(&mut tx, &me, tuesday()).await.unwrap();
            assert!(home.greeting.starts_with("Goedemiddag, "), "{}: {}", test.name, home.greeting);
            assert_eq!(
                home.tasks.is_some(),
                !matches!(me.role, Role::Head | Role::Counsellor | Role::Administrator | Role::Auditor),
                "{:?}",
                me.role
            );
            of_notices += home.notice.iter().count();
            let said_there = home.hours.iter().flat_map(|card| in_words(&card.words));
            for (amount, href) in home.hours.iter().flat_map(of_card).chain(home.notice.iter().flat_map(of_notice)).chain(said_there) {
                let Some(href) = href else {
                    assert_eq!(amount, Minutes::ZERO.to_string(), "{}: {:?}", test.name, me.role);
                    continue;
                };
                assert_eq!(behind(&mut tx, &me, &ask(&href)).await.unwrap().sum, amount, "{}: {:?} {href}", test.name, me.role);
                of_cards += 1;
            }
            let page = match hours(&mut tx, &me, &HoursAsk::default(), tuesday()).await {
                Ok(page) => page,
                Err(error) => {
                    assert!(error.status() == 403 && matches!(me.role, Role::Specialist | Role::SupplierPlanner), "{:?}: {error}", me.role);
                    continue;
                }
            };
            let said = page.streets.iter().filter_map(|street| street.left.as_ref()).chain([&page.lede]);
            for (amount, href) in said.flat_map(in_words) {
                assert_eq!(behind(&mut tx, &me, &ask(&href.unwrap())).await.unwrap().sum, amount, "{}: {:?}", test.name, me.role);
                of_words += 1;
            }
            let cells = page.streets.iter().flat_map(|street| &street.rows).flat_map(|row| row.cells.iter().chain([&row.sum]));
            let tables = page.tables.iter().chain(home.table.iter().map(|(table, _)| table));
            let cells = cells.chain(tables.flat_map(|table| table.rows.iter().flat_map(|row| &row.cells).chain(&table.foot)));
            for cell in cells.cloned().collect::<Vec<_>>() {
                let Some(href) = cell.href else {
                    assert_eq!(cell.text, "–", "{}: {:?} {}", test.name, me.role, page.title);
                    continue;
                };
                let postings = behind(&mut tx, &me, &ask(&href)).await.unwrap();
                assert_eq!(postings.sum, cell.text, "{}: {:?} {href}", test.name, me.role);
                followed += 1;
            }
        }
        let told = format!("{}: {followed}, {of_cards}, {of_notices}, {of_words}", test.name);
        assert!(followed > 100 && of_cards > 10 && of_notices > 0 && of_words > 10, "{told}");
    }
}

/// Every amount of a school's hours on the start page, with the postings it leads to.
fn of_card(card: &HoursCard) -> Vec<(String, Option<String>)> {
    let meters = card.meters.iter().flat_map(|meter| {
        let keys = meter.keys.iter().map(|key| (key.amount.clone(), key.href.clone()));
        keys.chain([(meter.left.clone(), meter.behind.clone())])
    });
    meters.chain([(card.amount.clone(), card.behind.clone())]).collect()
}

/// Every amount that leads somewhere in a sentence.
fn in_words(said: &Sentence) -> Vec<(String, Option<String>)> {
    said.ways().map(|(amount, href)| (amount.to_owned(), Some(href.to_owned()))).collect()
}

/// Every amount of what is about to perish, with the postings it leads to.
fn of_notice(notice: &NoticeCard) -> Vec<(String, Option<String>)> {
    let lines = notice.lines.iter().map(|line| (line.left.clone(), Some(line.behind.clone())));
    lines.chain([(notice.amount.clone(), Some(notice.behind.clone()))]).collect()
}

/// Every amount of a pot's page, with the postings it leads to.
fn numbers(shown: &PotShown) -> Vec<(String, Option<String>)> {
    let cells = shown.rows.iter().flat_map(|row| row.cells.iter().chain([&row.sum])).map(|cell| (cell.text.clone(), cell.href.clone()));
    let stock = shown.stock.iter().map(|((_, minutes), behind)| (minutes.to_string(), Some(behind.clone())));
    let sum: Minutes = shown.stock.iter().map(|((_, minutes), _)| *minutes).sum();
    let total = [(sum.to_string(), Some(shown.sum_behind.clone()))];
    cells.chain(stock).chain(total).chain([&shown.total].into_iter().flat_map(of_board)).collect()
}

/// What one board's schools gave, took, and the difference.
fn of_board(net: &BoardNet) -> Vec<(String, Option<String>)> {
    [net.given, net.taken, net.given - net.taken].map(|minutes| minutes.to_string()).into_iter().zip(net.behind.clone()).collect()
}

#[tokio::test]
async fn every_number_of_a_pot_is_the_sum_of_what_stands_behind_it_and_a_board_opens_for_who_reads_its_hours() {
    for test in databases().await {
        tell(&test.db, tuesday(), &|_| {}).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        let (mut followed, mut of_boards, mut refused) = (0, 0, 0);
        let people: Vec<Arc<Me>> = people(&test.db).await.into_iter().map(Arc::new).collect();
        let office = people.iter().find(|me| me.role == Role::Auditor).unwrap();
        for pot in wijkpot::sql::pots(&mut tx, office.partnership()).await.unwrap() {
            let all = wijkpot::pot_shown(&mut tx, office, &pot, "", "", tuesday()).await.unwrap();
            for me in people.iter().filter(|me| may(&me.actor, Action::ReadWijkpotHours, &Object::of(me.partnership()))) {
                let shown = wijkpot::pot_shown(&mut tx, me, &pot, "", "", tuesday()).await.unwrap();
                for (text, href) in numbers(&shown) {
                    let Some(href) = href else {
                        assert_eq!(text, "–", "{} {:?} {}", test.name, me.role, pot.name);
                        continue;
                    };
                    assert_eq!(behind(&mut tx, me, &ask(&href)).await.unwrap().sum, text, "{} {:?} {href}", test.name, me.role);
                    followed += 1;
                }
                // What the office may open of each board: the same number for who reads that board's hours, a refusal for others.
                for (theirs, offices) in shown.boards.iter().zip(&all.boards) {
                    for ((text, mine), (_, every)) in of_board(theirs).into_iter().zip(of_board(offices)) {
                        let postings = behind(&mut tx, me, &ask(&every.unwrap())).await;
                        match mine {
                            Some(_) => assert_eq!(postings.unwrap().sum, text, "{} {:?} {}", test.name, me.role, theirs.name),
                            None => assert_eq!(postings.unwrap_err().status(), 403, "{} {:?} {}", test.name, me.role, theirs.name),
                        }
                        of_boards += usize::from(mine.is_some());
                        refused += usize::from(mine.is_none());
                    }
                }
            }
        }
        assert!(followed > 100 && of_boards > 20 && refused > 20, "{}: {followed}, {of_boards}, {refused}", test.name);
    }
}

#[tokio::test]
async fn what_was_posted_for_one_thing_comes_to_what_it_says_whoever_paid() {
    for test in databases().await {
        tell(&test.db, tuesday(), &|_| {}).await.unwrap();
        let office = people(&test.db).await.into_iter().find(|me| me.role == Role::Registrar).unwrap();
        let mut own = test.db.read().await.unwrap();
        let tx = &mut own;
        let sums: Vec<(String, Uuid, String, i64)> = fetch_all!(
            tx,
            (String, Uuid, String, i64),
            "select about_kind, about_id, kind, cast(sum(minutes) as bigint) from postings where about_id is not null group by 1, 2, 3"
        )
        .unwrap();
        let mut kinds: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
        for (about, id, kind, minutes) in sums {
            kinds.entry(format!("{about}-{id}")).or_default().push((kind, minutes));
        }
        assert!(kinds.len() > 300, "{}: {}", test.name, kinds.len());
        for (over, kinds) in kinds {
            let asked = JournalAsk { over: over.clone(), ..JournalAsk::default() };
            let told = journal(tx, &office, &asked, tuesday()).await.unwrap().sum.unwrap();
            for (kind, minutes) in kinds {
                let says = format!(" {}: {}.", PostingKind::from_code(&kind).unwrap().dutch(), Minutes(minutes));
                assert!(told.contains(&says), "{} {over}: {says} in {told}", test.name);
            }
        }
    }
}

/// One person of each role, each school and board once.
async fn people(db: &Db) -> Vec<Me> {
    let mut tx = db.read().await.unwrap();
    let tx = &mut tx;
    let rows: Vec<(Uuid, Uuid, String, String, Uuid)> = fetch_all!(
        tx,
        (Uuid, Uuid, String, String, Uuid),
        "select r.person_id, r.partnership_id, r.role, r.scope_kind, r.scope_id from roles r order by r.role, r.scope_id"
    )
    .unwrap();
    let mut seen: HashMap<Role, usize> = HashMap::new();
    let mut people = Vec::new();
    for (person, partnership, role, kind, id) in rows {
        let role = Role::from_code(&role).unwrap();
        let count = seen.entry(role).or_default();
        *count += 1;
        if *count > 3 {
            continue;
        }
        let scope = match kind.as_str() {
            "school" => Scope::School(id.into()),
            "board" => Scope::Board(id.into()),
            "specialist" => Scope::Specialist(id.into()),
            "supplier" => Scope::Supplier(id.into()),
            "district" => Scope::District(id.into()),
            _ => Scope::Partnership,
        };
        let actor = Actor { person: PersonId(person), partnership: PartnershipId(partnership), roles: vec![(role, scope)] };
        let text = |text: &str| text.to_owned();
        people.push(Me {
            actor,
            name: text("Fenna"),
            email: text(""),
            partnership_name: text("Vlietland"),
            revision: None,
            role,
            scope,
            place: text(""),
        });
    }
    assert_eq!(seen.len(), Role::ALL.len(), "the cast has every role: {:?}", seen.keys());
    people
}

fn ask(href: &str) -> PostingsAsk {
    let pairs: HashMap<_, _> = href.split_once('?').unwrap().1.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
    let value = |name: &str| pairs.get(name).map(|value| (*value).to_owned()).unwrap_or_default();
    PostingsAsk {
        houder: value("houder"),
        id: value("id"),
        jaar: value("jaar"),
        bestuur: value("bestuur"),
        zonder: value("zonder"),
        vanaf: value("vanaf"),
        kalenderjaar: value("kalenderjaar"),
        leverancier: value("leverancier"),
        maand: value("maand"),
        wat: value("wat"),
        ..PostingsAsk::default()
    }
}

/// A real file. They lie beside the repository and not in it; where they are absent there is nothing to try.
fn shared(name: &str) -> Option<PathBuf> {
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name)).filter(|path| path.exists())
}

#[tokio::test]
async fn each_board_of_2016_gets_sixty_times_its_exact_hours_to_the_minute() {
    let Some(printed) = shared("po3002_2016_allotment_printed.csv") else { return };
    // Exact differs from print in exactly two cells (000).
    let exact = |board: &str, supplier: &str, printed: i64| match (board, supplier) {
        ("SPCO", "Kameleon" | "Driespan") => printed - 1,
        _ => printed,
    };
    let mut wanted: BTreeMap<(String, String), i64> = BTreeMap::new();
    for record in csv::Reader::from_path(printed).unwrap().records() {
        let record = record.unwrap();
        wanted.insert((record[0].to_owned(), record[1].to_owned()), 60 * exact(&record[0], &record[1], record[2].parse().unwrap()));
    }
    let boards: HashMap<String, String> = csv::Reader::from_path(shared("po3002_school_boards.csv").unwrap())
        .unwrap()
        .records()
        .map(|record| record.map(|record| (record[0].to_owned(), record[1].to_owned())).unwrap())
        .collect();
    for test in databases().await {
        let options = Import {
            partnership: Some("PO3002".into()),
            name: Some("De Meierij".into()),
            schools: shared("duo_basisonderwijs_PO3002.csv"),
            boards: shared("po3002_2016_boards.csv"),
            school_boards: shared("po3002_school_boards.csv"),
            contracts: shared("po3002_2016_contracts.csv"),
            school_year: Some(2016),
            ..Import::default()
        };
        let outcome = run(&test.db, &options, tuesday(), &Progress::quiet()).await.unwrap();
        assert!(outcome.kept, "{}: {:?}", test.name, outcome.report.complaints());
        let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
        let lines = exported(&test.db, "PO3002", 2016).await;
        for line in &lines {
            let board = match line[0].as_str() {
                "board" => line[1].clone(),
                "school" => boards[&line[1][..6]].clone(),
                _ => continue,
            };
            assert!(("2016-09"..="2017-07").contains(&line[3].as_str()), "{}: {line:?}", test.name);
            *sums.entry((board, line[2].clone())).or_default() += line[4].parse::<i64>().unwrap();
        }
        assert_eq!(sums, wanted, "{}", test.name);
        assert_eq!(lines.iter().map(|line| line[4].parse::<i64>().unwrap()).sum::<i64>(), 0, "{}", test.name);
        let (heads, rows) = table(&test.db, "allotment", 2016).await;
        assert_eq!(heads[..4], ["board", "supplier", "share_percent", "year_minutes"], "{}", test.name);
        assert_eq!((heads.len(), heads[4].as_str(), heads[14].as_str()), (15, "2016-09", "2017-07"), "{}: {heads:?}", test.name);
        for row in &rows {
            let minutes: Vec<i64> = row[3..].iter().map(|cell| cell.parse().unwrap()).collect();
            assert_eq!(minutes[0], wanted[&(row[0].clone(), row[1].clone())], "{}: {row:?}", test.name);
            assert_eq!(minutes[0], minutes[1..].iter().sum::<i64>(), "{}: {row:?}", test.name);
        }
        assert_eq!((rows.len(), rows.iter().filter(|row| row[2] == "26").count()), (18, 3), "{}", test.name);
        let (_, rows) = table(&test.db, "alv", 2016).await;
        let column = |place: usize| rows.iter().map(|row| row[place].parse::<i64>().unwrap()).sum::<i64>();
        assert_eq!(column(10), 60 * (806 + 1277 + 2393), "{}: all is still there", test.name);
        let (_, rows) = table(&test.db, "postings", 2016).await;
        assert!(rows.windows(2).all(|two| two[0][0].parse::<i64>().unwrap() > two[1][0].parse::<i64>().unwrap()), "{}", test.name);
        let (sound, lines) = checked(&test.db).await;
        assert!(sound, "{}: {lines:#?}", test.name);
    }
}

/// A file of figures: heads and rows.
async fn table(db: &Db, what: &str, year: i32) -> (Vec<String>, Vec<Vec<String>>) {
    let mut bytes = Vec::new();
    export::write(db, what, "PO3002", year, &mut bytes).await.unwrap();
    let mut file = csv::Reader::from_reader(bytes.as_slice());
    let words = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let heads = words(file.headers().unwrap());
    (heads, file.records().map(|record| words(&record.unwrap())).collect())
}

fn wijkpot(folder: &Path, arguments: &[&str]) -> Output {
    let binary = env!("CARGO_BIN_EXE_wijkpot");
    Command::new(binary).args(arguments).env("WIJKPOT_DATA", folder).env_remove("DATABASE_URL").output().unwrap()
}

#[test]
fn an_unknown_partnership_is_a_sentence_and_a_1() {
    let folder = tempfile::tempdir().unwrap();
    let unknown = wijkpot(folder.path(), &["export", "balances", "--partnership", "PX9999", "--school-year", "2016"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8(unknown.stderr).unwrap().contains("Er is geen samenwerkingsverband met de code PX9999."));
    assert!(unknown.stdout.is_empty());
    let other = wijkpot(folder.path(), &["export", "people", "--partnership", "PX9999", "--school-year", "2016"]);
    assert_eq!(other.status.code(), Some(2));
    let empty = wijkpot(folder.path(), &["check"]);
    assert_eq!(empty.status.code(), Some(0));
    assert_eq!(String::from_utf8(empty.stdout).unwrap().trim(), "Er is nog geen samenwerkingsverband om na te kijken.");
}
