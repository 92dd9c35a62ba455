//! Stories of `wijkpot import`, on both engines: the files of a real partnership, the whole country, files in every dress, and bad ones.

#![expect(clippy::unwrap_used, reason = "a story may stop at the first thing that is wrong")]

#[path = "../../app/tests/support/mod.rs"]
mod support;

use app::{
    db::{Db, Tx},
    execute, experts, fetch_all, fetch_one, organisations,
};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, SpecialistId, hours::SchoolYear};
use server::{
    config::Import,
    import::{Outcome, Progress, Report, run},
};
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};
use support::databases;

fn now() -> DateTime<Utc> {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

fn fixture(name: &str) -> Option<PathBuf> {
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name))
}

/// A real file. They lie beside the repository and not in it; where they are absent there is nothing to try.
fn shared(name: &str) -> Option<PathBuf> {
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name)).filter(|path| path.exists())
}

fn proef() -> Import {
    Import { partnership: Some("PX0001".into()), name: Some("Proefverband".into()), ..Import::default() }
}

fn all_fixtures() -> Import {
    Import {
        schools: fixture("scholen-duo.csv"),
        boards: fixture("besturen.csv"),
        school_boards: fixture("school-besturen.csv"),
        contracts: fixture("contracten.csv"),
        people: fixture("mensen.csv"),
        specialists: fixture("experts.csv"),
        ..proef()
    }
}

async fn import(db: &Db, options: &Import) -> Outcome {
    run(db, options, now(), &Progress::quiet()).await.unwrap()
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    let mut tx = db.read().await.unwrap();
    let tx = &mut tx;
    let (count,): (i64,) = fetch_one!(tx, (i64,), sql).unwrap();
    count
}

/// New, changed and unchanged of a report's files, in order.
fn counts(report: &Report) -> Vec<(&'static str, usize, usize, usize)> {
    report.files.iter().map(|file| (file.what, file.new, file.changed, file.unchanged)).collect()
}

async fn schools(db: &Db) -> Vec<(String, String, String, String, String, String)> {
    let mut tx = db.read().await.unwrap();
    let tx = &mut tx;
    let sql =
        "select s.brin, s.name, s.street, s.postcode, s.town, w.name from schools s join wijken w on w.id = s.wijk_id order by s.brin";
    fetch_all!(tx, (String, String, String, String, String, String), sql).unwrap()
}

async fn partnership(tx: &mut Tx, code: &str) -> PartnershipId {
    PartnershipId(organisations::sql::partnership(tx, code).await.unwrap().unwrap().id)
}

#[tokio::test]
async fn every_file_of_a_partnership_is_read_once_and_reading_it_again_changes_nothing() {
    for test in databases().await {
        let first = import(&test.db, &all_fixtures()).await;
        assert!(first.kept, "{}: {:?}", test.name, first.report.complaints());
        let expected = [("scholen", 3), ("besturen", 3), ("scholen bij besturen", 3), ("contracten", 1), ("experts", 2), ("mensen", 5)];
        let new: Vec<_> = counts(&first.report).into_iter().map(|(what, new, _, _)| (what, new)).collect();
        assert_eq!(new, expected, "{}", test.name);
        let postings = count(&test.db, "select count(*) from postings").await;
        assert!(postings > 0, "{}: hours are posted", test.name);

        let again = import(&test.db, &all_fixtures()).await;
        assert!(again.kept);
        assert!(counts(&again.report).iter().all(|(_, new, changed, _)| new + changed == 0), "{}: {:?}", test.name, again.report);
        assert_eq!(count(&test.db, "select count(*) from postings").await, postings, "{}", test.name);
        assert_eq!(count(&test.db, "select count(*) from people").await, 7);
        assert_eq!(count(&test.db, "select count(*) from people where password_hash is not null").await, 0);
    }
}

#[tokio::test]
async fn a_specialist_has_a_level_a_proof_a_week_and_the_wijk_of_a_school_nearby() {
    for test in databases().await {
        import(&test.db, &all_fixtures()).await;
        let mut tx = test.db.read().await.unwrap();
        let tx = &mut tx;
        let partnership = partnership(tx, "PX0001").await;
        let specialists = experts::sql::specialists(tx, partnership).await.unwrap();
        let ans = &specialists[0];
        assert_eq!((ans.name.as_str(), ans.wijk.as_deref(), ans.levels.as_str()), ("Ans Proefman", Some("Eendijk"), "leerling,school"));
        let bo = &specialists[1];
        assert_eq!((bo.wijk.as_deref(), bo.levels.as_str()), (None, "leerling,groep,leerkracht,school"));
        let expertises = experts::sql::expertises_of(tx, partnership, Some(SpecialistId(ans.id))).await.unwrap();
        let levels: Vec<_> = expertises.iter().map(|row| (row.slug.as_str(), row.level.as_str())).collect();
        assert_eq!(levels, [("gedrag", "ervaren"), ("hoogbegaafdheid", "gespecialiseerd")], "{}", test.name);
        let calendar = experts::sql::calendar(tx, partnership, SpecialistId(ans.id), now(), now()).await.unwrap();
        assert_eq!(calendar.weekly.lines(), ["maandag 8.30–12.00", "dinsdag 9.00–11.00"]);
        assert!(calendar.holidays.iter().any(|day| day.name == "Kerstvakantie"), "{}: free days are planted", test.name);
    }
}

#[tokio::test]
async fn the_same_schools_come_from_either_dress_of_a_file() {
    let expected = [
        ("99AA00", "De Zoë", "Lindelaan 1 a", "1234 AB", "Ééndorp", "Eendijk"),
        ("99AB00", "BS \"De Kiezel\"", "", "1234 AC", "", "Eendijk"),
        ("99AB01", "De Brug; zuid", "", "1299 ZZ", "", "Tweedijk aan Zee"),
    ];
    let expected = expected.map(|(a, b, c, d, e, f)| (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned(), e.to_owned(), f.to_owned()));
    for file in ["scholen-duo.csv", "scholen-windows-1252.csv"] {
        for test in databases().await {
            let outcome = import(&test.db, &Import { schools: fixture(file), ..proef() }).await;
            assert!(outcome.kept, "{file}: {:?}", outcome.report.complaints());
            assert_eq!(schools(&test.db).await, expected, "{file} on {}", test.name);
            let other = import(&test.db, &Import { schools: fixture("scholen-duo.csv"), ..proef() }).await;
            assert_eq!(counts(&other.report), [("scholen", 0, 0, 3)], "{file} on {}", test.name);
        }
    }
}

#[tokio::test]
async fn a_file_with_bad_lines_changes_nothing_and_names_each_by_its_number() {
    for test in databases().await {
        let options = Import { schools: fixture("scholen-slecht.csv"), ..proef() };
        let outcome = import(&test.db, &options).await;
        assert!(!outcome.kept);
        let mut lines: Vec<usize> = outcome.report.files[0].rejected.iter().map(|bad| bad.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [4, 5, 6, 7, 8, 9, 10], "{}: {:?}", test.name, outcome.report.complaints());
        assert_eq!(count(&test.db, "select count(*) from partnerships").await, 0, "{}", test.name);

        let skipping = import(&test.db, &Import { skip_bad_lines: true, ..options }).await;
        assert!(skipping.kept);
        assert_eq!(counts(&skipping.report), [("scholen", 2, 0, 0)], "{}", test.name);
        assert_eq!(skipping.report.complaints().len(), 7);
        assert_eq!(count(&test.db, "select count(*) from schools").await, 2);
    }
}

#[tokio::test]
async fn one_bad_line_in_one_file_takes_the_other_files_of_the_command_with_it() {
    for test in databases().await {
        let outcome = import(&test.db, &Import { people: fixture("mensen-slecht.csv"), ..all_fixtures() }).await;
        assert!(!outcome.kept);
        for table in ["select count(*) from partnerships", "select count(*) from schools", "select count(*) from people"] {
            assert_eq!(count(&test.db, table).await, 0, "{}: {table}", test.name);
        }
    }
}

#[tokio::test]
async fn of_two_imports_that_make_the_same_partnership_one_makes_it_and_the_other_updates_it_or_is_told() {
    for test in databases().await {
        let options = all_fixtures();
        let quiet = Progress::quiet();
        let (one, other) = tokio::join!(run(&test.db, &options, now(), &quiet), run(&test.db, &options, now(), &quiet));
        let (mut made, mut updated) = (0, 0);
        for done in [one, other] {
            match done {
                Ok(outcome) => {
                    made += outcome.report.partnerships_new;
                    updated += outcome.report.partnerships_known;
                }
                Err(error) => assert!(error.to_string().contains("Leest iemand anders het net in?"), "{}: {error:#}", test.name),
            }
        }
        assert!(made == 1 && updated <= 1, "{}: {made}, {updated}", test.name);
        // Who updated had the partnership's turn, which is told to whoever remembers something of it.
        let raised = count(&test.db, "select count(*) from revisions").await;
        assert_eq!(
            (count(&test.db, "select count(*) from partnerships").await, raised),
            (1, i64::try_from(updated).unwrap()),
            "{}",
            test.name
        );
    }
}

#[tokio::test]
async fn people_with_an_unknown_role_or_scope_or_of_another_partnership_are_rejected() {
    for test in databases().await {
        let elsewhere = Import { partnership: Some("PX0002".into()), name: Some("Elders".into()), ..Import::default() };
        import(&test.db, &elsewhere).await;
        let mut tx = test.db.write_unscoped().await.unwrap();
        let tx_ref = &mut tx;
        let other = partnership(tx_ref, "PX0002").await;
        let person = domain::PersonId(uuid::Uuid::now_v7());
        app::people::sql::insert(tx_ref, other, person, "elders@proef.example", "Els Elders", now()).await.unwrap();
        tx.commit().await.unwrap();

        import(&test.db, &Import { schools: fixture("scholen-duo.csv"), boards: fixture("besturen.csv"), ..proef() }).await;
        let people = Import { people: fixture("mensen-slecht.csv"), ..proef() };
        let outcome = import(&test.db, &people).await;
        let lines: Vec<usize> = outcome.report.files[0].rejected.iter().map(|bad| bad.line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9], "{}: {:?}", test.name, outcome.report.complaints());
        assert!(outcome.report.complaints().iter().any(|line| line.contains("ander samenwerkingsverband")));
        assert!(!outcome.kept);
        assert_eq!(count(&test.db, "select count(*) from people").await, 1, "{}", test.name);
    }
}

#[tokio::test]
async fn an_update_keeps_what_was_decided_here_and_what_a_register_leaves_empty() {
    for test in databases().await {
        import(&test.db, &all_fixtures()).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("nieuw.csv");
        let text = "VESTIGINGSCODE;VESTIGINGSNAAM;GEMEENTENAAM;BEVOEGD GEZAG NAAM;AANTAL LEERLINGEN\n99AA00;De Nieuwe Zoë;ELDERS;Ander bestuur;210\n";
        std::fs::write(&file, text).unwrap();
        let outcome = import(&test.db, &Import { schools: Some(file.clone()), ..proef() }).await;
        assert_eq!(counts(&outcome.report), [("scholen", 0, 1, 0)], "{}", test.name);
        let school = &schools(&test.db).await[0];
        assert_eq!((school.1.as_str(), school.2.as_str(), school.5.as_str()), ("De Nieuwe Zoë", "Lindelaan 1 a", "Eendijk"));
        assert_eq!(count(&test.db, "select count(*) from boards").await, 3, "{}: its board is decided here", test.name);
        assert_eq!(count(&test.db, "select count(*) from schools where pupils = 210").await, 1);

        std::fs::write(&file, "brin,naam,wijk,stadsdeel\n99AA00,De Zoë,Oost,Buiten\n99AB00,De Kiezel,Oost,Binnen\n").unwrap();
        let outcome = import(&test.db, &Import { schools: Some(file.clone()), ..proef() }).await;
        assert_eq!(outcome.report.complaints(), ["nieuw.csv, regel 3: De wijk Oost ligt op regel 2 in Buiten en hier in Binnen."]);
        std::fs::write(&file, "brin,naam,wijk,stadsdeel\n99AA00,De Zoë,Oost,Buiten\n99AB00,De Kiezel,Eendijk,Buiten\n").unwrap();
        assert!(import(&test.db, &Import { schools: Some(file), ..proef() }).await.kept);
        let in_buiten = "select count(*) from wijken w join districts d on d.id = w.district_id where d.name = 'Buiten'";
        assert_eq!(count(&test.db, in_buiten).await, 2, "{}", test.name);
    }
}

#[tokio::test]
async fn hours_that_were_divided_are_not_divided_otherwise_and_shares_sum_to_a_hundred() {
    for test in databases().await {
        import(&test.db, &all_fixtures()).await;
        let folder = tempfile::tempdir().unwrap();
        let contracts = folder.path().join("contracten.csv");
        std::fs::write(&contracts, "supplier,contract_hours,reserve_hours\nExpertisecentrum Proef,2000,0\n").unwrap();
        let error = run(&test.db, &Import { contracts: Some(contracts), ..proef() }, now(), &Progress::quiet()).await.unwrap_err();
        assert!(error.to_string().contains("al verdeeld"), "{}: {error}", test.name);
        assert_eq!(count(&test.db, "select count(*) from contracts where contract_minutes = 66600").await, 1, "{}", test.name);

        let boards = folder.path().join("besturen.csv");
        std::fs::write(&boards, "board,pupil_percent,decided_percent,decided_because\nDe Ronde,60,30,besluit\nHet Vierkant,40,,\n")
            .unwrap();
        let other_year = Import { boards: Some(boards), school_year: Some(2030), ..proef() };
        let error = run(&test.db, &other_year, now(), &Progress::quiet()).await.unwrap_err();
        assert!(error.to_string().contains("besturen.csv"), "{}: {error}", test.name);
    }
}

#[tokio::test]
async fn the_files_of_a_real_partnership_give_each_board_exactly_its_hours() {
    let Some(schools) = shared("duo_basisonderwijs_PO3002.csv") else { return };
    let options = Import {
        partnership: Some("PO3002".into()),
        name: Some("SWV PO 30-02".into()),
        schools: Some(schools),
        boards: shared("po3002_2016_boards.csv"),
        school_boards: shared("po3002_school_boards.csv"),
        contracts: shared("po3002_2016_contracts.csv"),
        people: shared("po3002_people.csv"),
        specialists: shared("po3002_specialists.csv"),
        school_year: Some(2016),
        skip_bad_lines: false,
    };
    for test in databases().await {
        let outcome = import(&test.db, &options).await;
        assert!(outcome.kept, "{}: {:?}", test.name, outcome.report.complaints());
        let new: Vec<_> = counts(&outcome.report).into_iter().map(|(_, new, _, _)| new).collect();
        assert_eq!(new, [68, 6, 68, 3, 17, 75], "{}", test.name);
        let mut tx = test.db.read().await.unwrap();
        let tx = &mut tx;
        let minutes: Vec<(String, String, i64)> = fetch_all!(
            tx,
            (String, String, i64),
            "select b.name, u.name, cast(sum(a.balance) as bigint)
             from accounts a
             join suppliers u on u.id = a.supplier_id
             left join schools s on s.id = a.holder_id and a.holder_kind = 'school'
             join boards b on b.id = case when a.holder_kind = 'board' then a.holder_id else s.board_id end
             where a.school_year = $1 and a.holder_kind in ('board', 'school')
             group by b.name, b.position, u.name, u.position
             order by b.position, u.position",
            i64::from(SchoolYear(2016).0)
        )
        .unwrap();
        let hours: Vec<i64> = minutes.iter().map(|(_, _, minutes)| minutes / 60).collect();
        let exact = [191, 306, 570, 155, 247, 461, 162, 259, 482, 140, 224, 417, 51, 82, 153, 37, 59, 110];
        assert_eq!(hours, exact, "{}: {minutes:?}", test.name);
        assert!(minutes.iter().all(|(_, _, minutes)| minutes % 60 == 0));
        assert!(import(&test.db, &options).await.report.files.iter().all(|file| file.new + file.changed == 0), "{}", test.name);
    }
}

#[tokio::test]
async fn the_whole_country_is_read_within_a_minute() {
    let Some(schools) = shared("duo_basisonderwijs_national.csv") else { return };
    for test in databases().await {
        let started = Instant::now();
        let outcome = import(&test.db, &Import { schools: Some(schools.clone()), ..Import::default() }).await;
        let took = started.elapsed();
        assert!(took < Duration::from_secs(60), "{}: {took:?}", test.name);
        assert!(outcome.kept);
        assert_eq!((outcome.report.partnerships_new, counts(&outcome.report)), (76, vec![("scholen", 6588, 0, 0)]), "{}", test.name);
        let complaints = outcome.report.complaints();
        assert!(complaints.len() == 1 && complaints[0].contains("regel 2855"), "{complaints:?}");
        assert_eq!(count(&test.db, "select count(*) from schools").await, 6588);
        eprintln!("{}: {took:?}", test.name);
    }
}

#[tokio::test]
async fn a_national_file_with_a_bad_line_changes_nothing() {
    for test in databases().await {
        let options = Import { schools: fixture("scholen-slecht.csv"), ..Import::default() };
        let outcome = import(&test.db, &options).await;
        assert!(!outcome.kept);
        assert_eq!(count(&test.db, "select count(*) from partnerships").await, 0, "{}", test.name);
        let outcome = import(&test.db, &Import { skip_bad_lines: true, ..options }).await;
        assert_eq!((outcome.report.partnerships_new, counts(&outcome.report)), (2, vec![("scholen", 2, 0, 0)]), "{}", test.name);
    }
}

#[tokio::test]
async fn importing_leaves_other_partnerships_alone() {
    for test in databases().await {
        import(&test.db, &all_fixtures()).await;
        let other = Import { partnership: Some("PX0002".into()), name: Some("Elders".into()), ..Import::default() };
        import(&test.db, &other).await;
        let mut tx = test.db.write_unscoped().await.unwrap();
        let tx_ref = &mut tx;
        let id = partnership(tx_ref, "PX0002").await;
        execute!(tx_ref, "update expertises set name = 'Eigen naam' where partnership_id = $1 and slug = 'gedrag'", id.0).unwrap();
        tx.commit().await.unwrap();
        import(&test.db, &all_fixtures()).await;
        import(&test.db, &other).await;
        assert_eq!(count(&test.db, "select count(*) from expertises where name = 'Eigen naam'").await, 1, "{}", test.name);
    }
}

fn wijkpot(folder: &Path, arguments: &[&str]) -> Output {
    let binary = env!("CARGO_BIN_EXE_wijkpot");
    Command::new(binary).arg("import").args(arguments).env("WIJKPOT_DATA", folder).env_remove("DATABASE_URL").output().unwrap()
}

#[test]
fn the_command_ends_with_0_1_or_2_and_complains_on_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (fixture("scholen-duo.csv").unwrap(), fixture("scholen-slecht.csv").unwrap());
    let (good, bad) = (good.to_str().unwrap(), bad.to_str().unwrap());
    for usage in [
        &[][..],
        &["--people", good],
        &["--partnership", "PX0001"],
        &["--name", "Zonder code"],
        &["--schools", good, "--school-year", "26"],
    ] {
        assert_eq!(wijkpot(folder.path(), usage).status.code(), Some(2), "{usage:?}");
    }
    assert!(!folder.path().join("wijkpot.db").exists(), "wrong options open nothing");

    let refused = wijkpot(folder.path(), &["--partnership", "PX0001", "--name", "Proef", "--schools", bad]);
    let complaints = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(complaints.contains("scholen-slecht.csv, regel 4: ") && complaints.contains("Er is niets veranderd."), "{complaints}");
    assert!(refused.stdout.is_empty());

    let missing = wijkpot(folder.path(), &["--partnership", "PX0001", "--name", "Proef", "--schools", "nergens.csv"]);
    assert_eq!(missing.status.code(), Some(1));
    let unknown = wijkpot(folder.path(), &["--partnership", "PX0001", "--people", good]);
    assert_eq!(unknown.status.code(), Some(1));

    let done = wijkpot(folder.path(), &["--partnership", "PX0001", "--name", "Proef", "--schools", good]);
    assert_eq!(done.status.code(), Some(0));
    assert!(String::from_utf8(done.stdout).unwrap().contains("scholen: 3 nieuw, 0 gewijzigd, 0 gelijk"));
}
