//! Tests of the allotment: the golden table of 000, and what holds for any contracts and boards.
//!
//! Always true here: the golden numbers are those of the source document, typed out.

use super::*;
use crate::{
    Minutes,
    hours::{Claim, Decided, Origin, hundredths, shares, spread},
};
use proptest::prelude::*;
use std::{fs, path::Path};
use uuid::Uuid;

const BECAUSE: &str = "zoals gedrukt in de tabel van 2016";

/// Name, percentage of the pupils in hundredths, fixed share, decided share.
type BoardRow = (&'static str, i64, Option<i64>, Option<i64>);

const BOARDS: [BoardRow; 6] = [
    ("KPO", 2940, None, Some(26)),
    ("OBO", 2240, None, Some(21)),
    ("Borgesius", 2480, None, None),
    ("De Waarden", 2070, None, None),
    ("SPCO", 230, Some(7), None),
    ("Zilverlinde", 40, Some(5), None),
];

/// Name, contract, reserve, available, printed years, printed months.
type TableRow = (&'static str, i64, i64, i64, [i64; 6], [i64; 6]);

const SUPPLIERS: [TableRow; 3] = [
    ("Kameleon", 806, 70, 736, [191, 155, 162, 140, 52, 37], [17, 14, 15, 13, 5, 3]),
    ("Mytyl", 1277, 100, 1177, [306, 247, 259, 224, 82, 59], [28, 22, 24, 20, 7, 5]),
    ("Driespan", 2393, 200, 2193, [570, 461, 482, 417, 154, 110], [52, 42, 44, 38, 14, 10]),
];

fn claims() -> Vec<Claim> {
    let claim = |(id, (name, weight, fixed_percent, decided)): (u128, BoardRow)| Claim {
        board: BoardId(Uuid::from_u128(id)),
        name: name.to_owned(),
        weight,
        fixed_percent,
        decided: decided.map(|percent| Decided { percent, because: BECAUSE.to_owned() }),
    };
    (1..).zip(BOARDS).map(claim).collect()
}

fn contract(id: u128, name: &str, hours: i64, reserve: i64) -> Contract {
    Contract { supplier: SupplierId(Uuid::from_u128(id)), name: name.to_owned(), hours, reserve, months: (9..=12).chain(1..=7).collect() }
}

fn contracts() -> Vec<Contract> {
    (1..).zip(SUPPLIERS).map(|(id, (name, hours, reserve, ..))| contract(id, name, hours, reserve)).collect()
}

fn golden() -> Comparison {
    compare(&contracts(), &shares(&claims()).unwrap()).unwrap()
}

#[test]
fn the_shares_of_2016_are_26_21_22_19_7_and_5() {
    let shares = shares(&claims()).unwrap();
    assert_eq!(shares.iter().map(|share| share.percent).collect::<Vec<_>>(), [26, 21, 22, 19, 7, 5]);
    assert_eq!(shares[0].origin, Origin::Decided { computed: 27, because: BECAUSE.to_owned() });
    assert_eq!(shares[1].origin, Origin::Decided { computed: 20, because: BECAUSE.to_owned() });
}

#[test]
fn without_the_decisions_of_2016_the_shares_are_27_20_22_19_7_and_5() {
    let computed: Vec<Claim> = claims().into_iter().map(|claim| Claim { decided: None, ..claim }).collect();
    assert_eq!(shares(&computed).unwrap().iter().map(|share| share.percent).collect::<Vec<_>>(), [27, 20, 22, 19, 7, 5]);
}

#[test]
fn the_print_rule_reproduces_all_36_cells() {
    let mut cells = 0;
    for (row, (name, _, _, available, years, months)) in golden().rows.iter().zip(SUPPLIERS) {
        assert_eq!((row.name.as_str(), row.available), (name, available));
        assert_eq!(row.cells.iter().map(|cell| cell.printed.year).collect::<Vec<_>>(), years);
        assert_eq!(row.cells.iter().map(|cell| cell.printed.month).collect::<Vec<_>>(), months);
        cells += 2 * row.cells.len();
    }
    assert_eq!(cells, 36);
}

#[test]
fn the_print_rule_hands_out_4108_of_4106_hours_and_the_exact_rule_not_one_too_many() {
    let golden = golden();
    assert_eq!(golden.rows.iter().map(SupplierRow::printed_sum).collect::<Vec<_>>(), [737, 1177, 2194]);
    assert_eq!(golden.rows.iter().map(SupplierRow::exact_sum).collect::<Vec<_>>(), [736, 1177, 2193]);
}

#[test]
fn the_two_rules_differ_in_exactly_two_cells_both_of_spco() {
    let spco = claims()[4].board;
    let golden = golden();
    let differing: Vec<_> = golden.differing().map(|(row, cell)| (row.name.as_str(), cell.board, cell.printed.year, cell.exact)).collect();
    assert_eq!(differing, [("Kameleon", spco, 52, 51), ("Driespan", spco, 154, 153)]);
}

#[test]
fn every_exact_cell_of_2016_spreads_to_its_year() {
    for cell in golden().rows.iter().flat_map(|row| &row.cells) {
        let months = spread(Minutes::hours(cell.exact), 11);
        assert_eq!(months.iter().copied().sum::<Minutes>(), Minutes::hours(cell.exact));
        assert!(months.iter().all(|month| (month.0 * 11 - cell.exact * 60).abs() < 15 * 11));
    }
}

/// The rows of a file of the source document without its heading, when the files are there.
fn rows(file: &str) -> Option<Vec<Vec<String>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(file);
    let text = fs::read_to_string(path).ok()?;
    Some(
        text.trim_start_matches('\u{feff}')
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(|cell| cell.trim().to_owned()).collect())
            .collect(),
    )
}

#[test]
fn the_files_of_2016_when_present_give_the_printed_table() {
    let files = (rows("po3002_2016_boards.csv"), rows("po3002_2016_contracts.csv"), rows("po3002_2016_allotment_printed.csv"));
    let (Some(boards), Some(suppliers), Some(table)) = files else { return };
    let number = |text: &String| text.parse::<i64>().ok();
    let claim = |(id, row): (u128, &Vec<String>)| Claim {
        board: BoardId(Uuid::from_u128(id)),
        name: row[0].clone(),
        weight: hundredths(&row[1]).unwrap(),
        fixed_percent: number(&row[2]),
        decided: number(&row[3]).map(|percent| Decided { percent, because: row[4].clone() }),
    };
    let claims: Vec<Claim> = (1..).zip(&boards).map(claim).collect();
    let contracts: Vec<Contract> =
        (1..).zip(&suppliers).map(|(id, row)| contract(id, &row[0], number(&row[1]).unwrap(), number(&row[2]).unwrap())).collect();
    let shares = shares(&claims).unwrap();
    let comparison = compare(&contracts, &shares).unwrap();
    let mut computed = Vec::new();
    for (place, share) in shares.iter().enumerate() {
        for row in &comparison.rows {
            let printed = row.cells[place].printed;
            computed.push(vec![share.name.clone(), row.name.clone(), printed.year.to_string(), printed.month.to_string()]);
        }
    }
    assert_eq!(computed, table);
    assert_eq!(comparison.differing().count(), 2);
}

#[test]
fn contracts_that_can_not_be_divided_are_refused_with_their_reason() {
    let shares = shares(&claims()).unwrap();
    let code = |contracts: &[Contract]| compare(contracts, &shares).unwrap_err().code;
    assert_eq!(code(&[]), "no_contracts");
    assert_eq!(code(&(0..=CONTRACTS_MAX as u128).map(|id| contract(id, "Mytyl", 1, 0)).collect::<Vec<_>>()), "too_many_contracts");
    assert_eq!(code(&[contract(1, "Mytyl", 1, 0), contract(1, "Mytyl", 1, 0)]), "supplier_twice");
    assert_eq!(code(&[contract(1, "Mytyl", -1, 0)]), "contract_out_of_range");
    assert_eq!(code(&[contract(1, "Mytyl", CONTRACT_HOURS_MAX + 1, 0)]), "contract_out_of_range");
    assert_eq!(code(&[contract(1, "Mytyl", 10, -1)]), "reserve_out_of_range");
    assert_eq!(code(&[contract(1, "Mytyl", 10, 11)]), "reserve_out_of_range");
    for months in [vec![], vec![0], vec![13], vec![9, 9]] {
        assert_eq!(code(&[Contract { months, ..contract(1, "Mytyl", 10, 0) }]), "months_out_of_range");
    }
    assert_eq!(compare(&contracts(), &[]).unwrap_err().code, "no_boards");
    assert_eq!(contract(1, "Mytyl", 10, 10).available(), Ok(0));
    assert_eq!(contract(1, "Mytyl", CONTRACT_HOURS_MAX, 0).available(), Ok(CONTRACT_HOURS_MAX));
}

fn some_shares() -> impl Strategy<Value = Vec<Share>> {
    prop::collection::vec((1_i64..5_000, prop::option::weighted(0.3, 0_i64..=8)), 1..12).prop_map(|rows| {
        let claim = |(id, (weight, fixed_percent)): (u128, (i64, Option<i64>))| Claim {
            board: BoardId(Uuid::from_u128(id)),
            name: format!("Bestuur {id}"),
            weight,
            fixed_percent: fixed_percent.filter(|_| id > 1),
            decided: None,
        };
        shares(&(1..).zip(rows).map(claim).collect::<Vec<_>>()).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_division_conserves_hours_and_keeps_each_cell_within_one_hour_of_its_quota(
        shares in some_shares(), amounts in prop::collection::vec((0..=CONTRACT_HOURS_MAX, 0_i64..=100), 1..5)
    ) {
        let contracts: Vec<Contract> =
            (1..).zip(&amounts).map(|(id, &(hours, percent))| contract(id, "Leverancier", hours, hours * percent / 100)).collect();
        for (row, contract) in compare(&contracts, &shares).unwrap().rows.iter().zip(&contracts) {
            prop_assert_eq!(row.available, contract.hours - contract.reserve);
            prop_assert_eq!(row.exact_sum(), row.available);
            for (cell, share) in row.cells.iter().zip(&shares) {
                prop_assert_eq!(cell.board, share.board);
                prop_assert!(cell.exact >= 0 && (cell.exact * 100 - row.available * share.percent).abs() < 100);
                prop_assert!(((cell.printed.year * 100 - row.available * share.percent) * 2).abs() <= 100);
                prop_assert!(((cell.printed.month * 11 - cell.printed.year) * 2).abs() <= 11);
                prop_assert_eq!(spread(Minutes::hours(cell.exact), 11).into_iter().sum::<Minutes>(), Minutes::hours(cell.exact));
            }
        }
    }

    #[test]
    fn the_order_of_boards_changes_only_cells_with_equal_remainders(
        available in 0_i64..5_000,
        ordered in some_shares().prop_flat_map(|shares| (Just(shares.clone()), Just(shares).prop_shuffle()))
    ) {
        let (listed, shuffled) = ordered;
        let after: Vec<_> = shuffled.iter().map(|share| share.board).zip(exact(available, &shuffled)).collect();
        let remainder = |share: &Share| available * share.percent % 100;
        for (share, hours) in listed.iter().zip(exact(available, &listed)) {
            let tied = listed.iter().filter(|other| remainder(other) == remainder(share)).count() > 1;
            prop_assert!(after.contains(&(share.board, hours)) || tied);
        }
    }
}
