//! The allotment: the hours of each contract over the boards, by the rule of the printed table and by the exact rule that is posted.
//!
//! Always true here: the exact rule gives every supplier's available hours away, whole, and not one more.

use super::{
    Share,
    remainder::{half_up, largest_remainder},
};
use crate::{
    ids::{BoardId, SupplierId},
    minutes::thousands,
    refusal::Refusal,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The contracts of one division. A partnership buys from a handful of suppliers; a hundred still fits one table.
pub const CONTRACTS_MAX: usize = 100;

/// The hours of one contract: some six hundred full-time specialists, more than any partnership employs.
pub const CONTRACT_HOURS_MAX: i64 = 1_000_000;

/// The months of the printed table: 11 is the only divisor that gives its months (000).
pub const PRINTED_MONTHS: i64 = 11;

/// Hours bought from a supplier for a school year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// The supplier.
    pub supplier: SupplierId,
    /// Its name, for sentences and tables.
    pub name: String,
    /// All hours of the year.
    pub hours: i64,
    /// The part of `hours` that is kept back.
    pub reserve: i64,
    /// The calendar months its hours are spread over, 1 to 12.
    pub months: Vec<u32>,
}

impl Contract {
    /// The hours that are divided: what is left after the reserve.
    ///
    /// # Errors
    /// Refuses hours outside 0 to [`CONTRACT_HOURS_MAX`], a reserve below zero or above the contract, and months that are none, twice there
    /// or not in the calendar.
    pub fn available(&self) -> Result<i64, Refusal> {
        let name = &self.name;
        if !(0..=CONTRACT_HOURS_MAX).contains(&self.hours) {
            let heading = format!("Het aantal uren van {name} klopt niet");
            let advice = format!("Er is niets verdeeld. Vul 0 tot en met {} uur in.", thousands(CONTRACT_HOURS_MAX.unsigned_abs()));
            return Err(Refusal::new("contract_out_of_range", heading, advice).at("hours"));
        }
        if !(0..=self.hours).contains(&self.reserve) {
            let heading = format!("De reserve van {name} past niet in het contract");
            let advice = format!("Er is niets verdeeld. Vul 0 tot en met {} uur in.", thousands(self.hours.unsigned_abs()));
            return Err(Refusal::new("reserve_out_of_range", heading, advice).at("reserve"));
        }
        let all_differ = self.months.iter().collect::<HashSet<_>>().len() == self.months.len();
        if self.months.is_empty() || !all_differ || self.months.iter().any(|month| !(1..=12).contains(month)) {
            let heading = format!("De maanden van {name} kloppen niet");
            let advice = "Er is niets verdeeld. Kies minstens één maand van het schooljaar, augustus tot en met juli, elke maand één keer.";
            return Err(Refusal::new("months_out_of_range", heading, advice).at("maanden"));
        }
        Ok(self.hours - self.reserve)
    }
}

/// One cell of the table as it was printed, in hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The year: `available × share / 100`, half up.
    pub year: i64,
    /// The month: `year / 11`, half up.
    pub month: i64,
}

/// The print rule for one supplier, a cell per share in their order. It rounds every cell by itself, so it may hand out more or less than
/// there is: it is shown, never posted (000).
#[must_use]
pub fn printed(available: i64, shares: &[Share]) -> Vec<Printed> {
    let year = |share: &Share| half_up(i128::from(available) * i128::from(share.percent), 100);
    let month = |year: i64| half_up(i128::from(year), i128::from(PRINTED_MONTHS));
    shares.iter().map(year).map(|year| Printed { year, month: month(year) }).collect()
}

/// The exact rule for one supplier, whole hours per share in their order: largest remainder, ties to the board listed first. This is posted,
/// each year's hours over the months by [`super::spread()`].
#[must_use]
pub fn exact(available: i64, shares: &[Share]) -> Vec<i64> {
    let percents: Vec<i64> = shares.iter().map(|share| share.percent).collect();
    largest_remainder(available, &percents)
}

/// Both tables side by side, a row per contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// In the order of the contracts.
    pub rows: Vec<SupplierRow>,
}

/// One supplier in both tables, in hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierRow {
    /// The supplier.
    pub supplier: SupplierId,
    /// Its name.
    pub name: String,
    /// What there is to divide.
    pub available: i64,
    /// In the order of the shares.
    pub cells: Vec<Cell>,
}

/// One board at one supplier in both tables, in hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The board.
    pub board: BoardId,
    /// By the print rule.
    pub printed: Printed,
    /// The year by the exact rule.
    pub exact: i64,
}

impl Cell {
    /// Whether the two rules give this board a different year.
    #[must_use]
    pub const fn differs(&self) -> bool {
        self.printed.year != self.exact
    }
}

impl SupplierRow {
    /// The sum of the printed years, which may differ from what there is.
    #[must_use]
    pub fn printed_sum(&self) -> i64 {
        self.cells.iter().map(|cell| cell.printed.year).sum()
    }

    /// The sum of the exact years: what there is.
    #[must_use]
    pub fn exact_sum(&self) -> i64 {
        self.cells.iter().map(|cell| cell.exact).sum()
    }
}

impl Comparison {
    /// The cells in which the two rules differ, with their supplier's row, suppliers first.
    pub fn differing(&self) -> impl Iterator<Item = (&SupplierRow, &Cell)> {
        self.rows.iter().flat_map(|row| row.cells.iter().filter(|cell| cell.differs()).map(move |cell| (row, cell)))
    }
}

/// The division of every contract over the boards by both rules. `shares` come from [`super::shares()`].
///
/// # Errors
/// Refuses no contracts, too many, a supplier twice, no shares, and what [`Contract::available`] refuses.
pub fn compare(contracts: &[Contract], shares: &[Share]) -> Result<Comparison, Refusal> {
    contracts_are_sound(contracts)?;
    if shares.is_empty() {
        return Err(Refusal::new(
            "no_boards",
            "Er zijn nog geen besturen",
            "Voeg eerst een schoolbestuur toe. Daarna kun je uren verdelen.",
        ));
    }
    let rows = contracts.iter().map(|contract| {
        let available = contract.available()?;
        let cells = shares.iter().zip(printed(available, shares)).zip(exact(available, shares));
        let cells = cells.map(|((share, printed), exact)| Cell { board: share.board, printed, exact }).collect();
        Ok(SupplierRow { supplier: contract.supplier, name: contract.name.clone(), available, cells })
    });
    Ok(Comparison { rows: rows.collect::<Result<_, Refusal>>()? })
}

fn contracts_are_sound(contracts: &[Contract]) -> Result<(), Refusal> {
    if contracts.is_empty() {
        return Err(Refusal::new(
            "no_contracts",
            "Er zijn nog geen contracten",
            "Leg eerst vast hoeveel uren een leverancier dit schooljaar levert.",
        ));
    }
    if contracts.len() > CONTRACTS_MAX {
        return Err(Refusal::new(
            "too_many_contracts",
            format!("Je kunt hoogstens {CONTRACTS_MAX} contracten tegelijk verdelen"),
            "Er is niets verdeeld. Kijk na of elke leverancier één keer in de lijst staat.",
        ));
    }
    let mut seen = HashSet::with_capacity(contracts.len());
    match contracts.iter().find(|contract| !seen.insert(contract.supplier)) {
        None => Ok(()),
        Some(twice) => Err(Refusal::new(
            "supplier_twice",
            format!("{} staat twee keer in de lijst", twice.name),
            "Er is niets verdeeld. Voeg de twee contracten samen tot één regel.",
        )),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test names its line")]
#[path = "allotment_tests.rs"]
mod tests;
