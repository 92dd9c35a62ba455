//! The dice of bookings, and forms that are sent again. Always true here: as in `dice`.

use super::Dice;
use crate::model::{
    cast::{SCHOOLS, SUPPLIERS, wijk_of},
    op::Op,
    rules::{LEVELS, Model, REACH, Visit},
};
use domain::{
    Minutes,
    bookings::{BookingState, Level, Side},
    time,
};

/// Less, as long as was planned, or longer; seldom what nobody works.
const fn minutes_worked(which: usize, planned: Minutes) -> i64 {
    match which {
        0 => 0,
        1 => 20,
        2 => 600,
        3..=5 => planned.0 + 30,
        6..=10 => planned.0 - 15,
        _ => planned.0,
    }
}

impl Dice {
    pub(super) fn visit(&mut self, model: &Model, number: u32) -> Option<Op> {
        let is = |state: BookingState| move |visit: &Visit| visit.booking.state == state;
        let begun = |visit: &Visit| visit.booking.is_under_way(model.now);
        let waits = |visit: &Visit| visit.extra.is_some();
        match self.below(100) {
            0..=37 => Some(self.book(model, number)),
            38..=57 => {
                let (booking, side, by) = self.whom(model, is(BookingState::Asked), 0)?;
                Some(Op::Accept { booking, side, by })
            }
            58..=60 => {
                let (booking, side, by) = self.whom(model, is(BookingState::Asked), 0)?;
                Some(Op::Decline { booking, side, reason: self.reason(), by })
            }
            61..=67 => {
                // Often by a school that drew meanwhile.
                let drew = self.chance(50);
                let drawn_beside = |visit: &Visit| {
                    let of = (visit.school, visit.supplier, visit.month);
                    model.draws.values().any(|draw| (draw.school, draw.supplier, draw.month) == of && draw.granted.is_some())
                };
                let (booking, side, by) = self.whom(model, |visit| visit.holds() && (!drew || drawn_beside(visit)), 50)?;
                Some(Op::Cancel { booking, side, reason: self.reason(), by })
            }
            68..=82 => {
                let (booking, _, by) = self.whom(model, begun, 0)?;
                let minutes = minutes_worked(self.below(20), model.visits[&booking].booking.minutes);
                Some(Op::Record { booking, minutes, by })
            }
            83..=87 => {
                let (booking, _, by) = self.whom(model, begun, 0)?;
                let minutes = model.visits[&booking].booking.minutes.0 + 15 * self.among(0..6);
                Some(Op::AskExtra { booking, minutes, by })
            }
            88..=91 => {
                let (booking, _, by) = self.whom(model, waits, 0)?;
                Some(if self.chance(75) { Op::GiveExtra { booking, by } } else { Op::RefuseExtra { booking, reason: self.reason(), by } })
            }
            _ => self.moves(model, number),
        }
    }

    /// A booking, the side whose turn it is (or in so many of a hundred the other), and who that is.
    fn whom(&mut self, model: &Model, fits: impl Fn(&Visit) -> bool, other: u32) -> Option<(u32, Side, usize)> {
        let name = self.name(model.visits.iter(), fits)?;
        let visit = &model.visits[&name];
        let side = if self.chance(other.max(6)) { visit.booking.asked_by } else { visit.booking.asked_by.other() };
        Some((name, side, self.actor(side, visit.school, visit.supplier)))
    }

    /// A day soon, in the time that specialists work; sometimes past or at night.
    fn moment(&mut self, model: &Model) -> (u32, u32) {
        let first = time::parse_local("2026-08-01T00:00").expect("a moment").date();
        let today = (time::local_date(model.now) - first).num_days();
        let day = match self.below(20) {
            0 => today - 1,
            1..=12 => today + self.among(0..8),
            _ => today + self.among(0..45),
        };
        // The first of August 2026 is a Saturday.
        let is_weekend = day.rem_euclid(7) < 2;
        let day = if is_weekend && self.chance(90) { day + 2 } else { day };
        let minute = match self.below(30) {
            0 => 15 * self.among(0..96),
            1 => 607,
            _ => 420 + 15 * self.among(0..38),
        };
        (u32::try_from(day).unwrap_or(0), u32::try_from(minute).unwrap_or(0))
    }

    fn length(&mut self) -> i64 {
        match self.below(30) {
            0 => [15, 0, 50, 495][self.below(4)],
            1 | 2 => 240,
            _ => 30 + 15 * self.among(0..7),
        }
    }

    fn book(&mut self, model: &Model, number: u32) -> Op {
        let specialist = self.below(SUPPLIERS);
        let reached: Vec<usize> = (0..SCHOOLS).filter(|school| wijk_of(*school) < REACH[specialist]).collect();
        let school = if self.chance(96) { self.pick(&reached).unwrap_or(0) } else { self.below(SCHOOLS) };
        let (day, minute) = self.moment(model);
        let level = if self.chance(97) { LEVELS[self.below(2)] } else { Level::School };
        let (minutes, by) = (self.length(), self.coordinator(school));
        Op::Book { school, specialist, day, minute, minutes, level, key: self.key(number), by }
    }

    fn moves(&mut self, model: &Model, number: u32) -> Option<Op> {
        let (booking, side, by) = self.whom(model, |visit| visit.booking.state.holds_slot() && visit.booking.starts_at > model.now, 50)?;
        let (day, minute) = self.moment(model);
        let minutes = if self.chance(60) { model.visits[&booking].booking.minutes.0 } else { self.length() };
        Some(Op::Move { booking, side, day, minute, minutes, key: self.key(number), by })
    }
}
