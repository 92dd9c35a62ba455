//! A year as it is decided: contracts, a basis, and what each board brings. What is previewed and what is posted come from here.
//!
//! Always true here: the same inputs give the same plan, so that what was shown is what is posted.

use super::{
    Amounts, Basis, BoardFacts, Claim, Comparison, Contract, Decided, Goal, Holder, SchoolYear, Share, compare, shares,
    weights::BOARD_PUPILS_MAX,
};
use crate::{BoardId, Minutes, Refusal};
use serde::{Deserialize, Serialize};

/// What somebody decides for a school year; kept with the allotment, to be read later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// What each supplier delivers, in the order of the suppliers.
    pub contracts: Vec<Contract>,
    /// By what the boards are weighed.
    pub basis: Basis,
    /// What a school and a supplement count for.
    pub amounts: Amounts,
    /// The boards, in their order.
    pub boards: Vec<BoardInput>,
}

/// What a board brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardInput {
    /// The board.
    pub board: BoardId,
    /// Its name when it was decided.
    pub name: String,
    /// What it is weighed by.
    pub facts: BoardFacts,
    /// A share fixed by policy, in percents.
    pub fixed_percent: Option<i64>,
    /// A share that was decided instead of the computed one.
    pub decided: Option<Decided>,
}

/// What the inputs lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What was weighed, in the order of the boards.
    pub claims: Vec<Claim>,
    /// The share of each board.
    pub shares: Vec<Share>,
    /// Both tables side by side.
    pub table: Comparison,
}

impl Inputs {
    /// Works the year out: weights, shares, and both tables. Nothing is posted.
    ///
    /// # Errors
    /// What [`Basis::weigh`], [`shares()`] and [`compare`] refuse.
    pub fn plan(&self) -> Result<Plan, Refusal> {
        let claim = |row: &BoardInput| -> Result<Claim, Refusal> {
            Ok(Claim {
                board: row.board,
                name: row.name.clone(),
                weight: self.basis.weigh(self.amounts, &row.facts)?,
                fixed_percent: row.fixed_percent,
                decided: row.decided.as_ref().map(|decided| decided.read(&row.name)).transpose()?,
            })
        };
        let claims = self.boards.iter().map(claim).collect::<Result<Vec<_>, _>>()?;
        let shares = shares(&claims)?;
        let table = compare(&self.contracts, &shares)?;
        Ok(Plan { claims, shares, table })
    }

    /// The inputs that give these claims, as a file brings them: by pupils, or by their percentages. Weights heavier than pupils can be
    /// came from another basis, and are free ones.
    #[must_use]
    pub fn of_claims(contracts: Vec<Contract>, claims: Vec<Claim>) -> Self {
        let is_pupils = claims.iter().all(|claim| claim.weight <= BOARD_PUPILS_MAX);
        let (basis, facts): (_, fn(i64) -> BoardFacts) = if is_pupils {
            (Basis::Pupils, |weight| BoardFacts { pupils: weight, ..BoardFacts::default() })
        } else {
            (Basis::Free, |weight| BoardFacts { free: weight, ..BoardFacts::default() })
        };
        let board = |Claim { board, name, weight, fixed_percent, decided }: Claim| BoardInput {
            board,
            name,
            facts: facts(weight),
            fixed_percent,
            decided,
        };
        Self { contracts, basis, amounts: Amounts::default(), boards: claims.into_iter().map(board).collect() }
    }
}

impl Plan {
    /// What every account is to have: each contract's reserve, and each board's exact hours over the months of that contract.
    #[must_use]
    pub fn goals(&self, year: SchoolYear, contracts: &[Contract]) -> Vec<Goal> {
        let mut goals = Vec::new();
        for (contract, row) in contracts.iter().zip(&self.table.rows) {
            let goal = |holder, name: &str, hours, months| Goal {
                supplier: contract.supplier,
                supplier_name: contract.name.clone(),
                holder,
                name: name.to_owned(),
                minutes: Minutes::hours(hours),
                months,
            };
            goals.push(goal(Holder::reserve(contract.supplier), "Reserve", contract.reserve, Vec::new()));
            let months = year.months_numbered(&contract.months);
            let boards = row.cells.iter().zip(&self.shares);
            goals.extend(boards.map(|(cell, share)| goal(Holder::board(cell.board), &share.name, cell.exact, months.clone())));
        }
        goals
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        SupplierId,
        hours::{AccountKey, Bucket, Standing, recount},
    };
    use uuid::Uuid;

    fn inputs() -> Inputs {
        let board = |(id, name, pupils): (u128, &str, i64)| BoardInput {
            board: BoardId(Uuid::from_u128(id)),
            name: name.to_owned(),
            facts: BoardFacts { pupils, school_weight: 3_000, ..BoardFacts::default() },
            fixed_percent: None,
            decided: None,
        };
        Inputs {
            contracts: vec![Contract {
                supplier: SupplierId(Uuid::from_u128(1)),
                name: "Mytyl".to_owned(),
                hours: 110,
                reserve: 10,
                months: vec![9, 10],
            }],
            basis: Basis::Pupils,
            amounts: Amounts::default(),
            boards: [(2, "KPO", 60_000), (3, "OBO", 40_000)].map(board).to_vec(),
        }
    }

    #[test]
    fn a_plan_gives_each_board_its_hours_and_keeps_the_reserve_back() {
        let (inputs, year) = (inputs(), SchoolYear(2026));
        let plan = inputs.plan().expect("it adds up");
        assert_eq!(plan.shares.iter().map(|share| share.percent).collect::<Vec<_>>(), [60, 40]);
        let changes = recount(year, &plan.goals(year, &inputs.contracts), &Standing::new(), None).expect("it fits");
        let supplier = inputs.contracts[0].supplier;
        let reserve = AccountKey::new(Bucket::of_year(supplier, year), Holder::reserve(supplier));
        assert_eq!(changes[0], (reserve, Minutes::hours(10)));
        assert_eq!(changes[1..].iter().map(|(_, minutes)| minutes.0 / 60).collect::<Vec<_>>(), [30, 30, 20, 20]);
    }

    #[test]
    fn equal_school_weights_change_no_share() {
        let inputs = Inputs { basis: Basis::SchoolWeights, ..inputs() };
        assert_eq!(inputs.plan().expect("it adds up").shares[0].percent, 60);
    }

    #[test]
    fn claims_of_a_file_keep_their_weights() {
        let claims = inputs().plan().expect("it adds up").claims;
        let again = Inputs::of_claims(inputs().contracts, claims.clone()).plan().expect("it adds up");
        assert_eq!(again.claims, claims);
    }

    #[test]
    fn claims_too_heavy_for_pupils_keep_their_weights_too() {
        let mut heavy = inputs();
        heavy.basis = Basis::Free;
        heavy.boards.iter_mut().for_each(|board| board.facts.free = board.facts.pupils * 100_000);
        let plan = heavy.plan().expect("it adds up");
        assert_eq!(Inputs::of_claims(heavy.contracts, plan.claims.clone()).plan(), Ok(plan));
    }
}
