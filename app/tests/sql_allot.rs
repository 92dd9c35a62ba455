//! Stories of dividing a year over the boards, on both engines: posting, counting anew, refusing, undoing.
//!
//! Always true here: a story ends with the check.

#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/year.rs"]
mod year;

use app::hours::sql;
use domain::hours::{AboutKind, Basis, BoardFacts, BoardInput, Contract, Decided, Holder, Inputs, Month};
use year::{BECAUSE, YEAR, Year, code, january, june, said, years};

/// The inputs of 2016 with another contract with the first supplier.
fn with_kameleon(year: &Year, hours: i64, reserve: i64) -> Inputs {
    let mut inputs = year.inputs();
    inputs.contracts[0] = Contract { hours, reserve, ..inputs.contracts[0].clone() };
    inputs
}

fn month(number: u32) -> Month {
    YEAR.months_numbered(&[number])[0]
}

#[tokio::test]
async fn the_table_of_2016_is_posted_exactly_and_the_same_key_posts_once() {
    for (year, _test) in years().await {
        let id = year.allot(&year.inputs(), "toedeling-1", june()).await.expect("posted");
        assert_eq!(year.handed_out().await, [736, 1177, 2193], "{}", year.name);
        let spco = Holder::board(year.boards[4]);
        assert_eq!(year.of_year(year.suppliers[0], spco).await, 51 * 60, "{}: printed 52", year.name);
        assert_eq!(year.of_year(year.suppliers[2], spco).await, 153 * 60, "{}: printed 154", year.name);
        let before = year.postings().await;
        assert_eq!(year.allot(&year.inputs(), "toedeling-1", june()).await.ok(), Some(id), "{}", year.name);
        assert_eq!(code(&year.allot(&with_kameleon(&year, 900, 70), "toedeling-1", june()).await), "idempotency_conflict", "{}", year.name);
        assert_eq!(code(&year.allot(&year.inputs(), "toedeling-2", june()).await), "nothing_changes", "{}", year.name);
        assert_eq!(year.postings().await, before, "{}", year.name);

        let mut tx = year.db.read().await.expect("a reader");
        let runs = sql::allotments(&mut tx, year.partnership, YEAR).await.expect("runs");
        assert_eq!(runs.len(), 1, "{}", year.name);
        assert_eq!((runs[0].number, runs[0].made_by.as_deref()), (1, Some("Wietske Poelstra")), "{}", year.name);
        assert_eq!(runs[0].out_minutes, 4476 * 60, "{}: reserves too", year.name);
        assert!(runs[0].inputs.contains(BECAUSE), "{}: the reason can be read later", year.name);
        let about = sql::postings_of(&mut tx, year.partnership, AboutKind::Allotment, id.0).await.expect("a count");
        assert_eq!(i64::try_from(about).ok(), Some(before), "{}: every posting says which allotment it is of", year.name);
        let (months, lines) = sql::allotted_lines(&mut tx, year.partnership, YEAR).await.expect("lines");
        assert_eq!((months.len(), lines.len()), (11, 18), "{}", year.name);
        let kpo = &lines[0];
        assert_eq!(
            (kpo.board.as_str(), kpo.supplier.as_str(), kpo.share_percent, kpo.year_minutes),
            ("KPO", "Kameleon", Some(26), 191 * 60)
        );
        assert_eq!(kpo.months[..3], [1035, 1035, 1050], "{}", year.name);
        assert_eq!(lines.iter().map(|line| line.year_minutes).sum::<i64>(), 4106 * 60, "{}", year.name);
        drop(tx);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn a_count_in_january_posts_the_difference_over_the_months_that_remain() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "k1", june()).await.expect("posted");
        let (kameleon, obo) = (year.suppliers[0], Holder::board(year.boards[1]));
        let december = year.in_month(kameleon, obo, month(12)).await;
        let february = year.in_month(kameleon, obo, month(2)).await;
        // Available goes from 736 to 836, OBO from 155 to 176: 21 hours over seven months.
        year.allot(&with_kameleon(&year, 906, 70), "k2", january()).await.expect("posted");
        assert_eq!(year.handed_out().await, [836, 1177, 2193], "{}", year.name);
        assert_eq!(year.of_year(kameleon, obo).await, 176 * 60, "{}", year.name);
        assert_eq!(year.in_month(kameleon, obo, month(12)).await, december, "{}: what is over stays", year.name);
        assert_eq!(year.in_month(kameleon, obo, month(2)).await, february + 180, "{}", year.name);
        year.is_sound().await;
        // Less again, and more in the reserve.
        year.allot(&with_kameleon(&year, 806, 170), "k3", january()).await.expect("posted");
        assert_eq!(year.handed_out().await, [636, 1177, 2193], "{}", year.name);
        assert_eq!(year.in_month(kameleon, obo, month(12)).await, december, "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn a_count_that_takes_what_is_gone_is_refused_by_name_and_amount_and_changes_nothing() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "k1", june()).await.expect("posted");
        let (kameleon, kpo) = (year.suppliers[0], Holder::board(year.boards[0]));
        for number in [1, 2, 3, 4, 5, 6, 7] {
            let there = year.in_month(kameleon, kpo, month(number)).await;
            year.spend(kameleon, kpo, month(number), there - if number == 1 { 120 } else { 0 }).await;
        }
        let before = (year.postings().await, year.handed_out().await);
        let refused = year.allot(&with_kameleon(&year, 706, 70), "k2", january()).await;
        assert_eq!(code(&refused), "hours_gone", "{}", year.name);
        // KPO goes from 191 to 165 hours.
        let said = said(refused);
        assert!(said.contains("KPO, Kameleon 26\u{a0}u, daarvan is er nog 2\u{a0}u."), "{}: {said}", year.name);
        assert!(!said.contains("OBO"), "{}: {said}", year.name);
        assert_eq!((year.postings().await, year.handed_out().await), before, "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn an_allotment_is_undone_as_a_whole_the_last_one_first_and_its_contracts_come_back() {
    for (year, _test) in years().await {
        let first = year.allot(&year.inputs(), "k1", june()).await.expect("posted");
        let second = year.allot(&with_kameleon(&year, 906, 90), "k2", january()).await.expect("posted");
        assert_eq!(code(&year.undo(first, "Verkeerd", january()).await), "not_the_last", "{}", year.name);
        assert_eq!(code(&year.undo(second, "  ", january()).await), "reason_missing", "{}", year.name);
        year.undo(second, "Het contract gaat niet door", january()).await.expect("undone");
        assert_eq!(year.handed_out().await, [736, 1177, 2193], "{}", year.name);
        year.is_sound().await;
        let postings = year.postings().await;
        year.undo(second, "Nog eens", january()).await.expect("undone already");
        assert_eq!(year.postings().await, postings, "{}: once", year.name);
        let mut tx = year.db.read().await.expect("a reader");
        let inputs = sql::inputs(&mut tx, year.partnership, YEAR).await.expect("inputs");
        assert_eq!(inputs.contracts, year.inputs().contracts, "{}: the contracts of before", year.name);
        drop(tx);

        year.undo(first, "Alles opnieuw", january()).await.expect("undone");
        assert_eq!(year.handed_out().await, [0, 0, 0], "{}", year.name);
        year.is_sound().await;
        year.allot(&year.inputs(), "k3", june()).await.expect("posted again");
        assert_eq!(year.handed_out().await, [736, 1177, 2193], "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn weights_heavier_than_any_number_of_pupils_are_kept_and_come_back() {
    for (year, _test) in years().await {
        let heavy = |board: &BoardInput| BoardInput {
            facts: BoardFacts { free: board.facts.pupils * 100_000, ..BoardFacts::default() },
            ..board.clone()
        };
        let inputs = Inputs { basis: Basis::Free, boards: year.inputs().boards.iter().map(heavy).collect(), ..year.inputs() };
        year.allot(&inputs, "k1", june()).await.expect("posted");
        let second = year.allot(&with_kameleon(&year, 906, 90), "k2", june()).await.expect("posted");
        year.undo(second, "Het contract gaat niet door", june()).await.expect("undone");
        let mut tx = year.db.read().await.expect("a reader");
        let kept = sql::inputs(&mut tx, year.partnership, YEAR).await.expect("inputs").plan().expect("it still adds up");
        assert_eq!(kept.shares, inputs.plan().expect("it adds up").shares, "{}", year.name);
        drop(tx);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn an_allotment_of_which_hours_are_gone_is_not_undone() {
    for (year, _test) in years().await {
        let id = year.allot(&year.inputs(), "k1", june()).await.expect("posted");
        year.spend(year.suppliers[1], Holder::board(year.boards[3]), month(10), 60).await;
        let refused = year.undo(id, "Verkeerd", june()).await;
        assert_eq!(code(&refused), "hours_gone", "{}", year.name);
        assert!(said(refused).contains("De Waarden, Mytyl"), "{}", year.name);
        assert_eq!(year.handed_out().await, [736, 1176, 2193], "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn hours_that_a_count_took_do_not_come_back_in_a_month_that_is_over() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "k1", june()).await.expect("posted");
        let less = year.allot(&with_kameleon(&year, 706, 70), "k2", january()).await.expect("counted");
        let before = (year.postings().await, year.handed_out().await);
        let march = "2027-03-02T12:00:00Z".parse().expect("a moment");
        let refused = year.undo(less, "Toch niet", march).await;
        assert_eq!(code(&refused), "undo_too_late", "{}", year.name);
        let said = said(refused);
        assert!(said.contains("in januari") && said.contains("Boek een nieuwe hertelling"), "{}: {said}", year.name);
        assert_eq!((year.postings().await, year.handed_out().await), before, "{}", year.name);
        year.is_sound().await;
        // The count that brings them back does so in the months that still run.
        year.allot(&year.inputs(), "k3", march).await.expect("counted");
        assert_eq!(year.handed_out().await, [736, 1177, 2193], "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn other_months_in_use_move_what_is_still_to_come() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "k1", june()).await.expect("posted");
        let mut inputs = year.inputs();
        inputs.contracts[0].months.retain(|month| *month != 7);
        year.allot(&inputs, "k2", january()).await.expect("posted");
        let (kameleon, kpo) = (year.suppliers[0], Holder::board(year.boards[0]));
        assert_eq!(year.in_month(kameleon, kpo, month(7)).await, 0, "{}", year.name);
        assert_eq!(year.of_year(kameleon, kpo).await, 191 * 60, "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn what_does_not_add_up_is_a_sentence_and_changes_nothing() {
    for (year, _test) in years().await {
        let mut over = year.inputs();
        over.boards[0].decided = Some(Decided { percent: 29, because: BECAUSE.to_owned() });
        let refused = year.allot(&over, "k", june()).await;
        assert!(said(refused).starts_with("De aandelen zijn samen 103\u{a0}%: 3\u{a0}% te veel."), "{}", year.name);
        let mut silent = year.inputs();
        silent.boards[0].decided = Some(Decided { percent: 26, because: " ".to_owned() });
        assert_eq!(code(&year.allot(&silent, "k", june()).await), "decided_without_reason", "{}", year.name);
        for (hours, reserve, expected) in
            [(-1, 0, "contract_out_of_range"), (9_000_000, 0, "contract_out_of_range"), (10, 11, "reserve_out_of_range")]
        {
            assert_eq!(code(&year.allot(&with_kameleon(&year, hours, reserve), "k", june()).await), expected, "{}", year.name);
        }
        let mut months = year.inputs();
        months.contracts[0].months = vec![13];
        assert_eq!(code(&year.allot(&months, "k", june()).await), "months_out_of_range", "{}", year.name);
        let mut many = year.inputs();
        many.boards = (0..10_000).map(|_| many.boards[0].clone()).collect();
        assert_eq!(code(&year.allot(&many, "k", june()).await), "too_many_boards", "{}", year.name);
        assert_eq!(year.postings().await, 0, "{}", year.name);
    }
}

#[tokio::test]
async fn a_board_that_is_left_out_gives_back_what_it_has() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "k1", june()).await.expect("posted");
        let mut inputs = year.inputs();
        inputs.boards.pop();
        inputs.boards[4].fixed_percent = Some(12);
        year.allot(&inputs, "k2", june()).await.expect("posted");
        assert_eq!(year.of_year(year.suppliers[0], Holder::board(year.boards[5])).await, 0, "{}", year.name);
        assert_eq!(year.handed_out().await, [736, 1177, 2193], "{}", year.name);
        year.is_sound().await;
    }
}

#[tokio::test]
async fn the_file_of_a_year_sums_to_the_ledger_also_when_another_file_left_a_board_out() {
    for (year, _test) in years().await {
        year.allot(&year.inputs(), "k1", june()).await.expect("posted");
        // As an import of boards does: who has no share any more still has hours until the next count.
        year.change(async |tx| {
            let mut claims = sql::claims(tx, year.partnership, YEAR).await.expect("claims");
            claims.pop();
            sql::put_claims(tx, year.partnership, YEAR, &claims).await.expect("a file");
        })
        .await;
        let mut tx = year.db.read().await.expect("a reader");
        let (months, lines) = sql::allotted_lines(&mut tx, year.partnership, YEAR).await.expect("lines");
        drop(tx);
        for (supplier, (name, hours)) in year.suppliers.iter().zip([("Kameleon", 736), ("Mytyl", 1177), ("Driespan", 2193)]) {
            let of = lines.iter().filter(|line| line.supplier == name);
            assert_eq!(of.clone().map(|line| line.year_minutes).sum::<i64>(), hours * 60, "{} {name}", year.name);
            for (place, month) in months.iter().enumerate() {
                let mut there = 0;
                for board in &year.boards {
                    there += year.in_month(*supplier, Holder::board(*board), *month).await;
                }
                assert_eq!(of.clone().map(|line| line.months[place]).sum::<i64>(), there, "{} {name} {month}", year.name);
            }
        }
        let left_out = lines.iter().find(|line| line.board == "Zilverlinde").expect("its lines");
        assert_eq!(
            (left_out.supplier.as_str(), left_out.share_percent, left_out.year_minutes),
            ("Kameleon", None, 37 * 60),
            "{}",
            year.name
        );
        year.is_sound().await;
    }
}

#[tokio::test]
async fn a_year_that_is_over_is_written_down_once_and_not_counted_anew() {
    for (year, _test) in years().await {
        let after = "2027-08-02T12:00:00Z".parse().expect("a moment");
        year.allot(&year.inputs(), "k1", after).await.expect("history");
        assert_eq!(year.handed_out().await, [736, 1177, 2193], "{}", year.name);
        assert_eq!(code(&year.allot(&with_kameleon(&year, 906, 70), "k2", after).await), "year_over", "{}", year.name);
        year.is_sound().await;
    }
}
