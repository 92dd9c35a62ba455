//! What is in the larger forms. Always true here: parties are places in a cast, and become ids where a rule or verb is called.

use super::texts::{REASON, board_name, supplier_name};
use crate::model::cast::Cast;
use domain::{
    Minutes,
    hours::{Amounts, Basis, BoardFacts, BoardInput, Contract, Decided, Inputs, Mandate, SchoolPart, Way},
    wijkpot::Donor,
};
use serde::{Deserialize, Serialize};

/// Whose hours are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Giver {
    School(usize),
    Board(usize),
}

impl Giver {
    pub fn donor(self, cast: &Cast) -> Donor {
        match self {
            Self::School(school) => Donor::School(cast.schools[school]),
            Self::Board(board) => Donor::Board(cast.boards[board]),
        }
    }
}

/// What a year is divided by: hours, reserve and months of each supplier that has a contract; what each board that counts brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    pub contracts: Vec<(usize, i64, i64, Vec<u32>)>,
    pub basis: Basis,
    /// Its place, its weight by the basis, a fixed share and a decided one.
    pub boards: Vec<(usize, i64, Option<i64>, Option<i64>)>,
}

impl Count {
    pub fn inputs(&self, cast: &Cast) -> Inputs {
        let contract = |(supplier, hours, reserve, months): &(usize, i64, i64, Vec<u32>)| Contract {
            supplier: cast.suppliers[*supplier],
            name: supplier_name(*supplier),
            hours: *hours,
            reserve: *reserve,
            months: months.clone(),
        };
        let board = |(board, weight, fixed, decided): &(usize, i64, Option<i64>, Option<i64>)| BoardInput {
            board: cast.boards[*board],
            name: board_name(*board),
            facts: BoardFacts { pupils: *weight, school_weight: 3_000, schools: 2, with_supplement: 20, free: *weight },
            fixed_percent: *fixed,
            decided: decided.map(|percent| Decided { percent, because: REASON.to_owned() }),
        };
        Inputs {
            contracts: self.contracts.iter().map(contract).collect(),
            basis: self.basis,
            amounts: Amounts { base: 5_000, supplement: 250 },
            boards: self.boards.iter().map(board).collect(),
        }
    }
}

/// How a board divides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Parts {
    Pupils,
    /// Supplier, school, minutes.
    Hand(Vec<(usize, usize, i64)>),
    /// School, and the most it takes in a month.
    Kept(Vec<(usize, Option<i64>)>),
}

impl Parts {
    pub fn way(&self, cast: &Cast) -> Way {
        match self {
            Self::Pupils => Way::Pupils,
            Self::Hand(parts) => Way::Hand(
                parts
                    .iter()
                    .map(|(supplier, school, minutes)| SchoolPart {
                        supplier: cast.suppliers[*supplier],
                        school: cast.schools[*school],
                        minutes: Minutes(*minutes),
                    })
                    .collect(),
            ),
            Self::Kept(schools) => {
                Way::Kept(schools.iter().map(|(school, cap)| (cast.schools[*school], Mandate { cap: cap.map(Minutes) })).collect())
            }
        }
    }
}
