//! What can happen, as plain data: a history is a list of these, and is printed and read back as JSON.
//!
//! Always true here: what a step made is known by the number of that step, so that a step still means the same when others are left out.

use super::cast::Cast;
use domain::{
    Minutes, Refusal,
    bookings::{Level, Side},
    hours::{Amounts, Basis, BoardFacts, BoardInput, Contract, Decided, Inputs, Mandate, Party, SchoolPart, Way},
    policy::Setting,
    wijkpot::{Donor, Urgency},
};
use serde::{Deserialize, Serialize};

/// What a step made: thirty-two times its number, and its place when it made more than one thing.
pub type Name = u32;

/// How many things one step can make.
pub const THINGS: u32 = 32;

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its place in the history it was thrown for.
    pub number: u32,
    pub op: Op,
}

impl Step {
    /// The name of what it makes.
    pub const fn name(&self) -> Name {
        self.number * THINGS
    }
}

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

/// Everything people and the house do. `by` is a place among the people, `month` one among the months; without `reason` none is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Op {
    Wait {
        minutes: i64,
    },
    Choose {
        setting: Setting,
        value: String,
        by: usize,
    },
    Allot {
        year: usize,
        count: Count,
        key: u32,
        by: usize,
    },
    UndoAllotment {
        allotment: Name,
        reason: bool,
        by: usize,
    },
    Divide {
        year: usize,
        board: usize,
        parts: Parts,
        key: u32,
        by: usize,
    },
    UndoDivision {
        division: Name,
        reason: bool,
        by: usize,
    },
    AskMove {
        party: Party,
        supplier: usize,
        board: usize,
        school: Option<usize>,
        from: u32,
        to: u32,
        minutes: i64,
        key: u32,
        by: usize,
    },
    AgreeMove {
        deviation: Name,
        party: Party,
        by: usize,
    },
    RefuseMove {
        deviation: Name,
        party: Party,
        reason: bool,
        by: usize,
    },
    WithdrawMove {
        deviation: Name,
        party: Party,
        by: usize,
    },
    Donate {
        donor: Giver,
        pot: Option<usize>,
        supplier: usize,
        month: u32,
        minutes: i64,
        key: u32,
        by: usize,
    },
    GiveShown {
        school: usize,
        month: u32,
        shown: i64,
        key: u32,
        by: usize,
    },
    Consent {
        donation: Name,
        by: usize,
    },
    RefuseDonation {
        donation: Name,
        reason: bool,
        by: usize,
    },
    TakeBack {
        donation: Name,
        by: usize,
    },
    Switch {
        school: usize,
        on: bool,
        by: usize,
    },
    AskDraw {
        school: usize,
        supplier: usize,
        month: u32,
        minutes: i64,
        urgency: Urgency,
        booking: Option<Name>,
        key: u32,
        by: usize,
    },
    Decide {
        draw: Name,
        minutes: i64,
        by: usize,
    },
    RefuseDraw {
        draw: Name,
        reason: bool,
        by: usize,
    },
    Vote {
        draw: Name,
        school: usize,
        agrees: bool,
        by: usize,
    },
    WithdrawDraw {
        draw: Name,
        by: usize,
    },
    AskReserve {
        school: usize,
        supplier: usize,
        month: u32,
        minutes: i64,
        reason: bool,
        key: u32,
        by: usize,
    },
    Release {
        request: Name,
        by: usize,
    },
    RefuseReserve {
        request: Name,
        reason: bool,
        by: usize,
    },
    WithdrawReserve {
        request: Name,
        by: usize,
    },
    Book {
        school: usize,
        specialist: usize,
        day: u32,
        minute: u32,
        minutes: i64,
        level: Level,
        key: u32,
        by: usize,
    },
    Accept {
        booking: Name,
        side: Side,
        by: usize,
    },
    Decline {
        booking: Name,
        side: Side,
        reason: bool,
        by: usize,
    },
    Cancel {
        booking: Name,
        side: Side,
        reason: bool,
        by: usize,
    },
    Record {
        booking: Name,
        minutes: i64,
        by: usize,
    },
    AskExtra {
        booking: Name,
        minutes: i64,
        by: usize,
    },
    GiveExtra {
        booking: Name,
        by: usize,
    },
    RefuseExtra {
        booking: Name,
        reason: bool,
        by: usize,
    },
    Move {
        booking: Name,
        side: Side,
        day: u32,
        minute: u32,
        minutes: i64,
        key: u32,
        by: usize,
    },
    CloseMonth {
        month: u32,
    },
    /// What the house does by itself: months that are due, messages, gifts.
    Jobs,
    /// Puts one of the postings of a step right.
    Reverse {
        step: u32,
        place: usize,
        reason: bool,
        key: u32,
        by: usize,
    },
}

/// What a step came to: what was answered, or why not.
pub type Outcome = Result<Answer, No>;

/// The code of a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct No(pub String);

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.code.into_owned())
    }
}

/// No, by a code of our own.
pub fn no<T>(code: &str) -> Result<T, No> {
    Err(No(code.to_owned()))
}

/// What is answered to a step that worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What the step names is not there: it was left out, or refused. Nothing is done on either side.
    NotThere,
    Done,
    /// A thing of this name, made now or before.
    Made(Name),
    Numbers(Vec<i64>),
}

pub const REASON: &str = "Zo is het afgesproken.";
pub const QUESTION: &str = "Hoe houden we een groep langer bij de les?";
pub const GOAL: &str = "De groep werkt een kwartier zelf.";

/// The reason somebody gives, or nothing.
pub const fn reason(given: bool) -> &'static str {
    if given { REASON } else { "" }
}

/// The key of a form; of number zero there is none.
pub fn key(number: u32) -> String {
    if number == 0 { String::new() } else { format!("form{number}") }
}

pub fn supplier_name(place: usize) -> String {
    format!("Leverancier {place}")
}

pub fn board_name(place: usize) -> String {
    format!("Bestuur {place}")
}

pub fn school_name(place: usize) -> String {
    format!("School {place}")
}

pub fn pot_name(place: usize) -> String {
    format!("Pot {place}")
}

/// The key of one supplier's part of a gift of all that is idle, in a cast's own ids.
pub fn part_key(key: &str, cast: &Cast, supplier: usize) -> String {
    format!("{key}/{}", cast.suppliers[supplier])
}

/// The key under which a school gives by itself.
pub fn automatic_key(cast: &Cast, month: domain::hours::Month, school: usize) -> String {
    format!("auto/{month}/{}", cast.schools[school])
}
