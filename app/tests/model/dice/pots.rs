//! The dice of pots: gifts, draws and reserves. Always true here: as in the folder.

use super::Dice;
use crate::model::{
    cast::{BOARDS, CITY, OFFICE, POTS, SCHOOLS, SUPPLIERS, month as month_at, pot_of},
    op::{Giver, Op},
    rules::{Asked, Given, Model, Request},
};
use domain::{
    Minutes,
    hours::Holder,
    wijkpot::{DonationState, DrawState, Urgency},
};

impl Dice {
    pub(super) fn gift(&mut self, model: &Model, number: u32) -> Option<Op> {
        let school = self.below(SCHOOLS);
        let by = self.coordinator(school);
        let given = |state: DonationState| move |given: &Given| given.gift.state == state;
        match self.below(20) {
            0 | 1 => {
                let month = self.month(model);
                let idle: Minutes = model.own_idle_of(school, month_at(month)).iter().map(|(_, minutes)| *minutes).sum();
                let shown = if self.chance(85) { idle.0 } else { self.amount(idle) };
                Some(Op::GiveShown { school, month, shown, key: self.key(number), by })
            }
            2 => Some(Op::Switch { school, on: self.chance(70), by }),
            3..=6 => {
                let fresh = |given: &Given| given.gift.until().is_some_and(|until| model.now <= until);
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
                let minutes = self.amount(model.idle(supplier, month_at(month), donor.donor(&model.cast).holder()));
                let pot = self.chance(25).then(|| if self.chance(40) { CITY } else { self.below(POTS) });
                Some(Op::Donate { donor, pot, supplier, month, minutes, key: self.key(number), by })
            }
        }
    }

    pub(super) fn draw(&mut self, model: &Model, number: u32) -> Option<Op> {
        let by = self.below(SCHOOLS);
        let waits = |draw: &Asked| draw.state == DrawState::Asked;
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
        let has_none = |school: &usize| model.idle(supplier, month_at(month), Holder::school(model.cast.schools[*school])) == Minutes::ZERO;
        let empty: Vec<usize> = (0..SCHOOLS).filter(has_none).collect();
        // Often one whose own hours are set aside: when these come back, so does to the pot what it drew.
        let sets_aside = |school: &&usize| {
            let month = month_at(month);
            model.visits.values().any(|visit| (visit.school, visit.supplier, visit.month) == (**school, supplier, month) && visit.holds())
        };
        let away: Vec<usize> = empty.iter().filter(sets_aside).copied().collect();
        let empty = if !away.is_empty() && self.chance(50) { away } else { empty };
        let school = if self.chance(85) { self.pick(&empty).unwrap_or(by) } else { by };
        let pot = Holder::wijkpot(model.cast.pots[pot_of(school)].0);
        let minutes = self.amount(model.idle(supplier, month_at(month), pot).max(Minutes(60)));
        let urgency = Urgency::ALL[self.below(3)];
        let booking = if self.chance(10) { self.name(model.visits.iter(), |visit| visit.school == school) } else { None };
        let by = self.coordinator(school);
        Some(Op::AskDraw { school, supplier, month, minutes, urgency, booking, key: self.key(number), by })
    }

    pub(super) fn reserve(&mut self, model: &Model, number: u32) -> Option<Op> {
        let waits = |request: &Request| request.state == DrawState::Asked;
        if self.chance(55) {
            let request = self.name(model.requests.iter(), waits)?;
            return Some(match self.below(5) {
                0 => Op::RefuseReserve { request, reason: self.reason(), by: OFFICE },
                1 => Op::WithdrawReserve { request, by: self.below(SCHOOLS) },
                _ => Op::Release { request, by: OFFICE },
            });
        }
        let (school, supplier, month) = (self.below(SCHOOLS), self.below(SUPPLIERS), self.month(model));
        let there = model.sources(school, supplier, month_at(month)).total();
        let minutes = if self.chance(80) { there.0 + 15 * self.among(1..16) } else { self.amount(there) };
        let by = self.coordinator(school);
        Some(Op::AskReserve { school, supplier, month, minutes, reason: self.reason(), key: self.key(number), by })
    }
}
