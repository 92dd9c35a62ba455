//! The model: a partnership as plain lists in memory, and what every step does to them.
//!
//! Always true here: decisions come from the rules of `domain`; who has what, who said what and what was done before is kept here, without
//! a database. A step that is refused changes nothing.

mod draws;
mod gifts;
mod ledger;
mod months;
mod visits;
mod years;

pub use draws::counted;
pub use ledger::{Posting, Sums};
pub use months::number_of;
pub use visits::{DIRECT, LEVELS, REACH, week};

use super::{
    cast::{Cast, month as month_at},
    op::{Answer, Name, No, Op, Outcome, Step, no},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Minutes,
    hours::{Claim, Contract, Deviation, Inputs, Mandate, Month, Way, sources::Part},
    policy::{Policy, Setting},
    wijkpot::{Donation, Donor, DrawState, Urgency, Vote},
};
use ledger::Ledger;
use std::collections::{BTreeMap, BTreeSet};

/// What forms can make; each has its own keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    Allotment,
    Division,
    Deviation,
    Donation,
    Draw,
    Request,
    Booking,
}

/// A division of a year over the boards, or of a board over its schools.
#[derive(Clone, Debug)]
pub struct Run<T> {
    pub year: usize,
    pub said: T,
    pub undone: bool,
}

#[derive(Clone, Debug)]
pub struct Given {
    pub donor: Donor,
    pub pot: usize,
    pub supplier: usize,
    pub gift: Donation,
    pub back: Option<Minutes>,
    /// Who took it back, and when.
    pub taken: Option<(usize, DateTime<Utc>)>,
}

#[derive(Clone, Debug)]
pub struct Asked {
    pub school: usize,
    pub supplier: usize,
    pub month: Month,
    pub minutes: Minutes,
    pub urgency: Urgency,
    pub booking: Option<Name>,
    pub by: usize,
    pub since: DateTime<Utc>,
    pub state: DrawState,
    pub granted: Option<Minutes>,
    pub votes: Vec<Vote>,
}

/// A question for a reserve.
#[derive(Clone, Debug)]
pub struct Request {
    pub school: usize,
    pub supplier: usize,
    pub month: Month,
    pub minutes: Minutes,
    pub state: DrawState,
}

/// A booking with what was paid for it and what is asked on top.
#[derive(Clone, Debug)]
pub struct Visit {
    pub booking: domain::bookings::Booking,
    pub school: usize,
    pub supplier: usize,
    pub month: Month,
    pub by: usize,
    pub parts: Vec<Part>,
    /// What was worked and what of that was not set aside.
    pub extra: Option<(Minutes, Minutes)>,
    pub moved_from: Option<Name>,
    /// Who brought it where it is, and when; nobody when the house did.
    pub last: Option<(usize, DateTime<Utc>)>,
}

impl Visit {
    /// Whether its hours are set aside.
    pub fn holds(&self) -> bool {
        self.booking.state.holds_slot()
    }
}

/// Everything there is.
#[derive(Clone, Debug)]
pub struct Model {
    pub cast: Cast,
    pub now: DateTime<Utc>,
    pub ledger: Ledger,
    pub policy: Policy,
    /// By year and supplier.
    pub contracts: BTreeMap<(usize, usize), Contract>,
    pub claims: BTreeMap<usize, Vec<Claim>>,
    /// What was decided, and what was decided before.
    pub allotments: BTreeMap<Name, Run<(Inputs, Inputs)>>,
    /// Of a board, in a way.
    pub divisions: BTreeMap<Name, Run<(usize, Way)>>,
    pub mandates: BTreeMap<usize, Vec<(domain::SchoolId, Mandate)>>,
    pub deviations: BTreeMap<Name, Deviation>,
    pub donations: BTreeMap<Name, Given>,
    pub automatic: BTreeSet<usize>,
    pub draws: BTreeMap<Name, Asked>,
    pub requests: BTreeMap<Name, Request>,
    pub visits: BTreeMap<Name, Visit>,
    /// How often something was left to perish in a month that was closed.
    pub closed: BTreeMap<Month, i64>,
    pub told: BTreeSet<Month>,
    pub gave: BTreeSet<Month>,
    pub keys: BTreeMap<(Thing, String), Name>,
    /// Which posting a form put right, and with which reason.
    pub corrections: BTreeMap<String, usize>,
}

impl Model {
    /// A partnership before its first school year.
    pub fn new() -> Self {
        Self {
            cast: Cast::plain(),
            now: "2026-06-20T10:00:00Z".parse().expect("a moment"),
            ledger: Ledger::default(),
            policy: Policy::default(),
            contracts: BTreeMap::new(),
            claims: BTreeMap::new(),
            allotments: BTreeMap::new(),
            divisions: BTreeMap::new(),
            mandates: BTreeMap::new(),
            deviations: BTreeMap::new(),
            donations: BTreeMap::new(),
            automatic: BTreeSet::new(),
            draws: BTreeMap::new(),
            requests: BTreeMap::new(),
            visits: BTreeMap::new(),
            closed: BTreeMap::new(),
            told: BTreeSet::new(),
            gave: BTreeSet::new(),
            keys: BTreeMap::new(),
            corrections: BTreeMap::new(),
        }
    }

    /// Does a step.
    pub fn run(&mut self, step: &Step) -> Outcome {
        self.ledger.step = step.number;
        let name = step.name();
        match &step.op {
            Op::Wait { minutes } => {
                self.now += TimeDelta::minutes(*minutes);
                Ok(Answer::Done)
            }
            Op::Choose { setting, value, .. } => {
                let before = self.policy.value(*setting);
                self.policy.set(*setting, value)?;
                // Who decides about draws says who needs nobody any more.
                if matches!(setting, Setting::DrawDecision | Setting::DrawCap) && self.policy.value(*setting) != before {
                    self.grant_all()?;
                }
                Ok(Answer::Done)
            }
            Op::Switch { school, on, .. } => {
                if *on {
                    self.automatic.insert(*school)
                } else {
                    self.automatic.remove(school)
                };
                Ok(Answer::Done)
            }
            op @ (Op::Allot { .. } | Op::UndoAllotment { .. } | Op::Divide { .. } | Op::UndoDivision { .. }) => self.divide_year(op, name),
            op @ (Op::AskMove { .. } | Op::AgreeMove { .. } | Op::RefuseMove { .. } | Op::WithdrawMove { .. }) => self.deviate(op, name),
            op @ (Op::Donate { .. } | Op::GiveShown { .. } | Op::Consent { .. } | Op::RefuseDonation { .. } | Op::TakeBack { .. }) => {
                self.give(op, name)
            }
            op @ (Op::AskDraw { .. }
            | Op::Decide { .. }
            | Op::RefuseDraw { .. }
            | Op::Vote { .. }
            | Op::WithdrawDraw { .. }
            | Op::AskReserve { .. }
            | Op::Release { .. }
            | Op::RefuseReserve { .. }
            | Op::WithdrawReserve { .. }) => self.ask_pot(op, name),
            op @ (Op::Book { .. }
            | Op::Accept { .. }
            | Op::Decline { .. }
            | Op::Cancel { .. }
            | Op::Record { .. }
            | Op::AskExtra { .. }
            | Op::GiveExtra { .. }
            | Op::RefuseExtra { .. }
            | Op::Move { .. }) => self.visit(op, name),
            Op::CloseMonth { month } => self.close_month(month_at(*month)),
            Op::Jobs => self.jobs(name),
            Op::Reverse { step, place, reason, key, .. } => self.reverse(*step, *place, *reason, *key),
        }
    }

    /// What was made under a key before.
    pub fn before(&self, thing: Thing, key: &str) -> Option<Name> {
        self.keys.get(&(thing, key.to_owned())).copied()
    }

    /// Remembers what was made under a key.
    pub fn keep(&mut self, thing: Thing, key: &str, name: Name) -> Outcome {
        self.keys.insert((thing, key.to_owned()), name);
        Ok(Answer::Made(name))
    }
}

/// A form without a key is no form of ours.
pub fn check_key(key: &str) -> Result<(), No> {
    if key.is_empty() { no("malformed") } else { Ok(()) }
}

/// A form that was sent before with something else in it.
pub fn same<T>(same: bool, code: &str, answer: T) -> Result<T, No> {
    if same { Ok(answer) } else { no(code) }
}
