//! Throws histories: most steps can nearly be done, and some plainly can not.
//!
//! Always true here: a history depends on its seed and its length alone, because only the model is asked what there is.

mod again;
mod pots;
mod visits;
mod years;

use super::{
    cast::{OFFICE, SPECIALIST, coordinators_of},
    op::{Name, Op, Step},
    rules::Model,
};
use domain::{
    Minutes,
    bookings::Side,
    hours::{Month, check_by_hand},
    policy::Setting,
};
use proptest::{
    prelude::RngExt,
    test_runner::{RngAlgorithm, TestRng},
};
use std::{collections::BTreeMap, ops::Range};

/// A history goes from June before the first school year until in the second: so many minutes.
const SPAN: i64 = 500 * 24 * 60;
/// One step in so many only lets time pass.
const WAIT_EVERY: u32 = 7;
/// So many of the last forms may be sent once more.
const REMEMBERED: usize = 60;

/// The dice of one history.
pub struct Dice {
    rng: TestRng,
    /// How many steps the history has.
    steps: u32,
    forms: Vec<Op>,
    /// The last answer to something that is there.
    answer: Option<Op>,
}

/// The history of a seed.
pub fn history(seed: u64, steps: u32) -> Vec<Step> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut dice = Dice { rng: TestRng::from_seed(RngAlgorithm::ChaCha, &bytes), steps, forms: Vec::new(), answer: None };
    let mut model = Model::new();
    // Step zero would have no key.
    (1..=steps)
        .map(|number| {
            let step = Step { number, op: dice.op(&model, number) };
            model.run(&step).ok();
            step
        })
        .collect()
}

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        if most == 0 { 0 } else { self.rng.random_range(0..most) }
    }

    fn among(&mut self, range: Range<i64>) -> i64 {
        self.rng.random_range(range)
    }

    /// Whether something of so many in a hundred happens.
    fn chance(&mut self, in_a_hundred: u32) -> bool {
        self.rng.random_range(0..100) < in_a_hundred
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() { None } else { Some(all[self.below(all.len())].clone()) }
    }

    /// One of those that fit, mostly; sometimes any. Where none fits, mostly none.
    fn name<'a, T: 'a>(&mut self, all: impl Iterator<Item = (&'a Name, &'a T)>, fits: impl Fn(&T) -> bool) -> Option<Name> {
        let all: Vec<(Name, bool)> = all.map(|(name, one)| (*name, fits(one))).collect();
        let fitting: Vec<Name> = all.iter().filter(|(_, fits)| *fits).map(|(name, _)| *name).collect();
        if !fitting.is_empty() && self.chance(85) {
            return self.pick(&fitting);
        }
        if fitting.is_empty() && self.chance(75) {
            return None;
        }
        let any: Vec<Name> = all.into_iter().map(|(name, _)| name).collect();
        self.pick(&any)
    }

    /// The last of those that fit, mostly; sometimes any.
    fn last<T>(&mut self, all: &BTreeMap<Name, T>, fits: impl Fn(&T) -> bool) -> Option<Name> {
        if self.chance(70) {
            return all.iter().rev().find(|(_, one)| fits(one)).map(|(name, _)| *name);
        }
        let names: Vec<Name> = all.keys().copied().collect();
        self.pick(&names)
    }

    fn op(&mut self, model: &Model, number: u32) -> Op {
        if number.is_multiple_of(WAIT_EVERY) {
            let average = SPAN * i64::from(WAIT_EVERY) / i64::from(self.steps);
            return Op::Wait { minutes: self.among(0..average * 2 + 1) };
        }
        if self.chance(6)
            && let Some(again) = self.again(number)
        {
            return again;
        }
        // A button that is tapped twice.
        if self.chance(4)
            && let Some(twice) = self.answer.clone()
        {
            return twice;
        }
        let op = self.thrown(model, number);
        if op.is_answer() {
            self.answer = Some(op.clone());
        }
        if op.key().is_some() {
            self.forms.push(op.clone());
        }
        op
    }

    fn thrown(&mut self, model: &Model, number: u32) -> Op {
        // What does not exist yet can not be answered: then the dice are thrown again.
        loop {
            let thrown = match self.below(100) {
                0..=4 => Some(self.allot(model, number)),
                5..=10 => Some(self.divide(model, number)),
                11..=16 => self.deviate(model, number),
                17..=31 => self.gift(model, number),
                32..=48 => self.draw(model, number),
                49..=53 => self.reserve(model, number),
                54..=89 => self.visit(model, number),
                90..=93 => Some(self.house(model)),
                94 => Some(self.choice()),
                _ => self.reversal(model, number),
            };
            if let Some(op) = thrown {
                return op;
            }
        }
    }

    /// A form that was sent before: with the same key, with something else under it, or the same under a new key.
    fn again(&mut self, number: u32) -> Option<Op> {
        let last = self.forms.len().saturating_sub(REMEMBERED);
        let place = last + self.below(self.forms.len() - last);
        let form = self.forms.get(place)?.clone();
        Some(match self.below(3) {
            0 => form,
            1 => form.changed(self.below(3)),
            _ => form.with_key(number),
        })
    }

    /// The key of a new form; now and then somebody forgot it.
    fn key(&mut self, number: u32) -> u32 {
        if self.below(400) == 0 { 0 } else { number }
    }

    /// A reason, mostly.
    fn reason(&mut self) -> bool {
        !self.chance(6)
    }

    /// The month that runs, mostly; or one near it.
    fn month(&mut self, model: &Model) -> u32 {
        let now = Month::at(model.now);
        let place = (now.year() - 2026) * 12 + now.number() as i32 - 8;
        let near = match self.below(20) {
            0..=12 => 0,
            13..=16 => 1,
            17 => 2,
            18 => -1,
            _ => self.among(-3..9) as i32,
        };
        u32::try_from(place + near).unwrap_or(0)
    }

    /// Around what there is: some of it, all of it, or too much; seldom what is no amount at all.
    fn amount(&mut self, there: Minutes) -> i64 {
        let quarters = there.0 / 15;
        match self.below(24) {
            0 => [0, -15, 20][self.below(3)],
            1 | 2 => there.0 + 15 * self.among(1..4),
            3..=6 if there > Minutes::ZERO => there.0,
            _ => 15 * self.among(1..quarters.clamp(1, 16) + 1),
        }
    }

    fn coordinator(&mut self, school: usize) -> usize {
        self.pick(&coordinators_of(school)).unwrap_or(OFFICE)
    }

    fn house(&mut self, model: &Model) -> Op {
        if self.chance(65) { Op::Jobs } else { Op::CloseMonth { month: self.month(model).saturating_sub(self.below(2) as u32) } }
    }

    fn choice(&mut self) -> Op {
        let options = [
            (Setting::BoardConsent, ["none", "notified", "required"]),
            (Setting::DrawDecision, ["automatic", "district_team", "network"]),
            (Setting::DrawDecision, ["automatic", "automatic", "network"]),
            (Setting::DrawCap, ["240", "60", "480"]),
            (Setting::BoardMandate, ["yes", "no", "misschien"]),
            (Setting::RecordWaitDays, ["7", "0", "99"]),
            (Setting::AutoDonateDays, ["5", "14", "0"]),
        ];
        let (setting, values) = options[self.below(options.len())];
        Op::Choose { setting, value: values[self.below(3)].to_owned(), by: OFFICE }
    }

    fn reversal(&mut self, model: &Model, number: u32) -> Option<Op> {
        let last = model.ledger.journal.len().checked_sub(1)?;
        // Mostly one of the last, of which the hours may still be there, and of a kind that is put right by hand.
        let journal = &model.ledger.journal;
        let first = if self.chance(80) { last.saturating_sub(200) } else { 0 };
        let by_hand: Vec<usize> = (first..=last).filter(|place| check_by_hand(journal[*place].kind).is_ok()).collect();
        let place = if self.chance(85) { self.pick(&by_hand)? } else { self.below(last + 1) };
        let step = journal[place].step;
        let begins = journal.iter().position(|posting| posting.step == step)?;
        Some(Op::Reverse { step, place: place - begins, reason: self.reason(), key: self.key(number), by: OFFICE })
    }

    /// Who stands behind a booking: its school or its specialist.
    fn actor(&mut self, side: Side, school: usize, supplier: usize) -> usize {
        match side {
            Side::School => self.coordinator(school),
            Side::Specialist => SPECIALIST + supplier,
        }
    }
}
