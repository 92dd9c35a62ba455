//! The dice of years: counts, divisions and hours in another month. Always true here: as in the folder.

use super::Dice;
use crate::model::{
    cast::{BOARDS, OFFICE, PEOPLE, SCHOOLS, SUPPLIERS, YEARS, board_of, month as month_at},
    op::{Count, Op, Parts},
    rules::Model,
};
use domain::hours::{Basis, DeviationState, Holder, Month, Party};

impl Dice {
    pub(super) fn allot(&mut self, model: &Model, number: u32) -> Op {
        let office = OFFICE;
        if self.chance(35)
            && let Some(allotment) = self.last(&model.allotments, |run| !run.undone)
        {
            return Op::UndoAllotment { allotment, reason: self.reason(), by: office };
        }
        let late = Month::at(model.now) >= YEARS[0].calendar()[9];
        let year = usize::from(if late { self.chance(70) } else { self.chance(2) });
        let months: Vec<u32> = if self.chance(80) { (9..=12).chain(1..=7).collect() } else { vec![9, 10, 11, 1, 3, 5, 6] };
        let suppliers = if self.chance(90) { vec![0, 1] } else { vec![self.below(SUPPLIERS)] };
        let contracts = suppliers.into_iter().map(|supplier| {
            let before = model.contracts.get(&(year, supplier)).filter(|_| self.chance(80));
            let hours = match before {
                Some(contract) => (contract.hours + self.among(-10..90)).max(0),
                None => self.among(150..700),
            };
            let reserve = hours * self.among(0..20) / 100;
            match self.below(100) {
                // More than one posting moves, more than there can be, and more kept back than there is.
                0 => (supplier, 900_000, reserve, vec![9]),
                1 => (supplier, 2_000_000, reserve, months.clone()),
                2 => (supplier, hours, hours + 1, months.clone()),
                _ => (supplier, hours, reserve, months.clone()),
            }
        });
        let contracts: Vec<_> = contracts.collect();
        let basis = [Basis::Pupils, Basis::Pupils, Basis::SchoolWeights, Basis::BaseAndSupplement, Basis::Free][self.below(5)];
        let left_out = if self.chance(8) { self.below(BOARDS) } else { BOARDS };
        let boards: Vec<usize> = (0..BOARDS).filter(|board| *board != left_out).collect();
        let boards = boards.into_iter().map(|board| {
            let weight = if basis == Basis::Free && self.chance(20) { 3_000_000_000 } else { self.among(0..60_000) };
            let fixed = (board == 2 && self.chance(30)).then(|| self.among(0..30));
            let decided = (board == 0 && self.chance(3)).then(|| self.among(20..60));
            (board, weight, fixed, decided)
        });
        let count = Count { contracts, basis, boards: boards.collect() };
        Op::Allot { year, count, key: self.key(number), by: office }
    }

    pub(super) fn divide(&mut self, model: &Model, number: u32) -> Op {
        let by = SCHOOLS + self.below(BOARDS);
        if self.chance(22)
            && let Some(division) = self.last(&model.divisions, |run| !run.undone)
        {
            return Op::UndoDivision { division, reason: self.reason(), by };
        }
        let late = model.contracts.contains_key(&(1, 0)) && self.chance(60);
        let board = self.below(BOARDS);
        let schools: Vec<usize> = (0..SCHOOLS).filter(|school| board_of(*school) == Some(board) || self.below(300) == 0).collect();
        let parts = match self.below(10) {
            0..=3 => Parts::Pupils,
            4..=8 => Parts::Hand(
                schools
                    .iter()
                    .map(|school| {
                        let quarters = if self.below(60) == 0 { self.among(-2..900) } else { self.among(0..160) };
                        (self.below(SUPPLIERS), *school, quarters * 15)
                    })
                    .collect(),
            ),
            _ => {
                let mandated: Vec<usize> = schools.iter().copied().filter(|_| self.chance(70)).collect();
                Parts::Kept(mandated.into_iter().map(|school| (school, self.chance(60).then(|| self.among(0..40) * 15))).collect())
            }
        };
        Op::Divide { year: usize::from(late), board, parts, key: self.key(number), by }
    }

    pub(super) fn deviate(&mut self, model: &Model, number: u32) -> Option<Op> {
        let by = self.below(PEOPLE);
        let waits = |deviation: &domain::hours::Deviation| deviation.state == DeviationState::Asked;
        if self.chance(45) {
            let deviation = self.name(model.deviations.iter(), waits)?;
            let party = model.deviations[&deviation].party;
            let party = if self.chance(90) { party.other() } else { party };
            return Some(match self.below(6) {
                0 => Op::RefuseMove { deviation, party, reason: self.reason(), by },
                1 => Op::WithdrawMove { deviation, party: party.other(), by },
                _ => Op::AgreeMove { deviation, party, by },
            });
        }
        let (supplier, from, to) = (self.below(SUPPLIERS), self.month(model), self.month(model) + self.below(3) as u32);
        let school = self.chance(60).then(|| self.below(SCHOOLS));
        let board = match school.and_then(board_of) {
            Some(board) if self.chance(95) => board,
            _ => self.below(BOARDS),
        };
        let holder = school.map_or(Holder::board(model.cast.boards[board]), |school| Holder::school(model.cast.schools[school]));
        let minutes = self.amount(model.idle(supplier, month_at(from), holder));
        let party = if self.chance(50) { Party::Supplier } else { Party::Board };
        Some(Op::AskMove { party, supplier, board, school, from, to, minutes, key: self.key(number), by })
    }
}
