//! Throws histories: most steps can nearly be done, and some plainly can not.
//!
//! Always true here: a history depends on its seed and its length alone, because only the model is asked what there is.

use super::{
    cast::{BOARDS, CITY, OFFICE, PEOPLE, POTS, SCHOOLS, SPECIALIST, SUPPLIERS, YEARS, board_of, coordinators_of, pot_of},
    dice_visits::minutes_worked,
    op::{Count, Giver, Name, Op, Parts, Step},
    rules::Model,
};
use domain::{
    Minutes,
    hours::{Basis, DeviationState, Holder, Month, Party, check_by_hand},
    policy::Setting,
    wijkpot::{DonationState, DrawState, Urgency},
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
}

/// The history of a seed.
pub fn history(seed: u64, steps: u32) -> Vec<Step> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut dice = Dice { rng: TestRng::from_seed(RngAlgorithm::ChaCha, &bytes), steps, forms: Vec::new() };
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
    pub fn below(&mut self, most: usize) -> usize {
        if most == 0 { 0 } else { self.rng.random_range(0..most) }
    }

    pub fn among(&mut self, range: Range<i64>) -> i64 {
        self.rng.random_range(range)
    }

    /// Whether something of so many in a hundred happens.
    pub fn chance(&mut self, in_a_hundred: u32) -> bool {
        self.rng.random_range(0..100) < in_a_hundred
    }

    pub fn pick<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() { None } else { Some(all[self.below(all.len())].clone()) }
    }

    /// One of those that fit, mostly; sometimes any. Where none fits, mostly none.
    pub fn name<'a, T: 'a>(&mut self, all: impl Iterator<Item = (&'a Name, &'a T)>, fits: impl Fn(&T) -> bool) -> Option<Name> {
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
        if number % WAIT_EVERY == 0 {
            let average = SPAN * i64::from(WAIT_EVERY) / i64::from(self.steps);
            return Op::Wait { minutes: self.among(0..average * 2 + 1) };
        }
        if self.chance(6)
            && let Some(again) = self.again(number)
        {
            return again;
        }
        let op = self.thrown(model, number);
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
        let form = self.pick(&self.forms[last..].to_vec())?;
        Some(match self.below(3) {
            0 => form,
            1 => form.changed(self.below(3)),
            _ => form.with_key(number),
        })
    }

    /// The key of a new form; now and then somebody forgot it.
    pub fn key(&mut self, number: u32) -> u32 {
        if self.below(400) == 0 { 0 } else { number }
    }

    /// A reason, mostly.
    pub fn reason(&mut self) -> bool {
        !self.chance(6)
    }

    /// The month that runs, mostly; or one near it.
    pub fn month(&mut self, model: &Model) -> u32 {
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
    pub fn amount(&mut self, there: Minutes) -> i64 {
        let quarters = there.0 / 15;
        match self.below(24) {
            0 => [0, -15, 20][self.below(3)],
            1 | 2 => there.0 + 15 * self.among(1..4),
            3..=6 if there > Minutes::ZERO => there.0,
            _ => 15 * self.among(1..quarters.clamp(1, 16) + 1),
        }
    }

    pub fn coordinator(&mut self, school: usize) -> usize {
        self.pick(&coordinators_of(school)).unwrap_or(OFFICE)
    }

    fn allot(&mut self, model: &Model, number: u32) -> Op {
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

    fn divide(&mut self, model: &Model, number: u32) -> Op {
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

    fn deviate(&mut self, model: &Model, number: u32) -> Option<Op> {
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
        let minutes = self.amount(model.idle(supplier, super::cast::month(from), holder));
        let party = if self.chance(50) { Party::Supplier } else { Party::Board };
        Some(Op::AskMove { party, supplier, board, school, from, to, minutes, key: self.key(number), by })
    }

    fn gift(&mut self, model: &Model, number: u32) -> Option<Op> {
        let school = self.below(SCHOOLS);
        let by = self.coordinator(school);
        let given = |state: DonationState| move |given: &super::rules::Given| given.gift.state == state;
        match self.below(20) {
            0 | 1 => {
                let month = self.month(model);
                let idle: Minutes = model.idle_of(school, super::cast::month(month)).iter().map(|(_, minutes)| *minutes).sum();
                let shown = if self.chance(85) { idle.0 } else { self.amount(idle) };
                Some(Op::GiveShown { school, month, shown, key: self.key(number), by })
            }
            2 => Some(Op::Switch { school, on: self.chance(70), by }),
            3..=6 => {
                let fresh = |given: &super::rules::Given| given.gift.until().is_some_and(|until| model.now <= until);
                Some(Op::TakeBack { donation: self.name(model.donations.iter(), fresh)?, by })
            }
            7 => Some(Op::Consent { donation: self.name(model.donations.iter(), given(DonationState::Waiting))?, by: SCHOOLS }),
            8 => {
                let donation = self.name(model.donations.iter(), given(DonationState::Waiting))?;
                Some(Op::RefuseDonation { donation, reason: self.reason(), by: SCHOOLS })
            }
            _ => {
                let donor = if self.chance(80) { Giver::School(school) } else { Giver::Board(self.below(BOARDS)) };
                let (supplier, month) = (self.below(SUPPLIERS), self.month(model));
                let minutes = self.amount(model.idle(supplier, super::cast::month(month), donor.donor(&model.cast).holder()));
                let pot = self.chance(25).then(|| if self.chance(40) { CITY } else { self.below(POTS) });
                Some(Op::Donate { donor, pot, supplier, month, minutes, key: self.key(number), by })
            }
        }
    }

    fn draw(&mut self, model: &Model, number: u32) -> Option<Op> {
        let by = self.below(SCHOOLS);
        let waits = |draw: &super::rules::Asked| draw.state == DrawState::Asked;
        if self.chance(50) {
            let draw = self.name(model.draws.iter(), waits)?;
            let asked = &model.draws[&draw];
            return Some(match self.below(20) {
                0..=5 => Op::Decide { draw, minutes: self.amount(asked.minutes), by: OFFICE },
                6 | 7 => Op::RefuseDraw { draw, reason: self.reason(), by: OFFICE },
                8..=10 => Op::WithdrawDraw { draw, by },
                _ => {
                    let near: Vec<usize> = (0..SCHOOLS).filter(|school| pot_of(*school) == pot_of(asked.school)).collect();
                    let school = if self.chance(90) { self.pick(&near)? } else { by };
                    Op::Vote { draw, school, agrees: self.chance(75), by: self.coordinator(school) }
                }
            });
        }
        let (supplier, month) = (self.below(SUPPLIERS), self.month(model));
        let has_none =
            |school: &usize| model.idle(supplier, super::cast::month(month), Holder::school(model.cast.schools[*school])) == Minutes::ZERO;
        let empty: Vec<usize> = (0..SCHOOLS).filter(has_none).collect();
        let school = if self.chance(85) { self.pick(&empty).unwrap_or(by) } else { by };
        let pot = Holder::wijkpot(model.cast.pots[pot_of(school)].0);
        let minutes = self.amount(model.idle(supplier, super::cast::month(month), pot).max(Minutes(60)));
        let urgency = Urgency::ALL[self.below(3)];
        let booking = if self.chance(10) { self.name(model.visits.iter(), |visit| visit.school == school) } else { None };
        let by = self.coordinator(school);
        Some(Op::AskDraw { school, supplier, month, minutes, urgency, booking, key: self.key(number), by })
    }

    fn reserve(&mut self, model: &Model, number: u32) -> Option<Op> {
        let waits = |request: &super::rules::Request| request.state == DrawState::Asked;
        if self.chance(55) {
            let request = self.name(model.requests.iter(), waits)?;
            return Some(match self.below(5) {
                0 => Op::RefuseReserve { request, reason: self.reason(), by: OFFICE },
                1 => Op::WithdrawReserve { request, by: self.below(SCHOOLS) },
                _ => Op::Release { request, by: OFFICE },
            });
        }
        let (school, supplier, month) = (self.below(SCHOOLS), self.below(SUPPLIERS), self.month(model));
        let there = model.sources(school, supplier, super::cast::month(month)).total();
        let minutes = if self.chance(80) { there.0 + 15 * self.among(1..16) } else { self.amount(there) };
        let by = self.coordinator(school);
        Some(Op::AskReserve { school, supplier, month, minutes, reason: self.reason(), key: self.key(number), by })
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
    pub fn actor(&mut self, side: domain::bookings::Side, school: usize, supplier: usize) -> usize {
        match side {
            domain::bookings::Side::School => self.coordinator(school),
            domain::bookings::Side::Specialist => SPECIALIST + supplier,
        }
    }

    /// How long somebody worked.
    pub fn worked(&mut self, planned: Minutes) -> i64 {
        let which = self.below(20);
        minutes_worked(which, planned)
    }
}
