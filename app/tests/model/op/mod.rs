//! What can happen, as plain data: a history is a list of these, and is printed and read back as JSON.
//!
//! Always true here: what a step made is known by the number of that step, so that a step still means the same when others are left out.

mod content;
mod texts;

pub use content::{Count, Giver, Parts};
pub use texts::{GOAL, QUESTION, automatic_key, board_name, key, part_key, pot_name, reason, school_name, supplier_name};

use domain::{
    Refusal,
    bookings::{Level, Side},
    hours::Party,
    policy::Setting,
    wijkpot::Urgency,
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
