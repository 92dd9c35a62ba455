//! What a school drew goes back when its own hours do: cancelling a visit must not leave it with both, while others wait (domain.md §3.3,
//! no draw while own hours are idle).
//!
//! Always true here: only hours that the school had before it drew, and that were away when it did, send anything back; and never more
//! than came back, than is idle of the draw, or than is idle of its own.

use crate::{BookingId, DrawId, Minutes, WijkpotId};
use std::collections::HashMap;

/// What the urenboek says of hours that go back.
pub const OWN_AGAIN: &str = "Je hebt weer eigen uren. Wat je opnam, gaat terug naar de pot.";

/// Minutes that came into a school's account in a bucket, or left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnMove {
    /// They came, and not out of a pot: divided, released, taken back.
    In(Minutes),
    /// They came out of this pot, for this draw.
    Drawn(Minutes, DrawPart),
    /// They went back to the pot they were drawn from.
    GaveBack(Minutes, DrawPart),
    /// They were set aside for a booking.
    Held(Minutes, BookingId),
    /// They came back from a booking.
    Returned(Minutes, BookingId),
    /// They left another way: given, divided less, moved to another month.
    Out(Minutes),
}

/// Which draw, and out of which pot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DrawPart {
    /// The draw.
    pub draw: DrawId,
    /// The pot.
    pub pot: WijkpotId,
}

/// Hours that came together: own ones, or those of a draw.
#[derive(Clone, Copy, Debug)]
struct Lot {
    /// The place of the movement they came with.
    since: usize,
    of: Option<DrawPart>,
    minutes: Minutes,
}

/// Which draws give back how much now that `came_back` minutes returned from a booking: the last draw first. `moves` is everything that moved
/// in the school's account of the bucket, in the order it did.
#[must_use]
pub fn goes_back(moves: &[OwnMove], came_back: Minutes) -> Vec<(DrawPart, Minutes)> {
    let lots = lots(moves);
    let (mut open, mut promised) = (came_back, Minutes::ZERO);
    let mut back: Vec<(DrawPart, Minutes)> = Vec::new();
    for lot in lots.iter().rev() {
        let Some(part) = lot.of else { continue };
        let own: Minutes = lots.iter().filter(|own| own.of.is_none() && own.since < lot.since).map(|own| own.minutes).sum();
        let minutes = lot.minutes.min(open).min(own - promised);
        if minutes <= Minutes::ZERO {
            continue;
        }
        (open, promised) = (open - minutes, promised + minutes);
        match back.iter_mut().find(|(there, _)| *there == part) {
            Some((_, sum)) => *sum += minutes,
            None => back.push((part, minutes)),
        }
    }
    back
}

/// What is in the account, by when it came: own hours are used first, and what a booking took last comes back first.
fn lots(moves: &[OwnMove]) -> Vec<Lot> {
    let mut lots: Vec<Lot> = Vec::new();
    let mut booked: HashMap<BookingId, Vec<Lot>> = HashMap::new();
    for (since, one) in moves.iter().enumerate() {
        match *one {
            OwnMove::In(minutes) => lots.push(Lot { since, of: None, minutes }),
            OwnMove::Drawn(minutes, part) => lots.push(Lot { since, of: Some(part), minutes }),
            OwnMove::GaveBack(minutes, part) => drop(take(&mut lots, minutes, |lot| lot.of == Some(part))),
            OwnMove::Out(minutes) => drop(spend(&mut lots, minutes)),
            OwnMove::Held(minutes, booking) => booked.entry(booking).or_default().extend(spend(&mut lots, minutes)),
            OwnMove::Returned(minutes, booking) => {
                let mut from = booked.remove(&booking).unwrap_or_default();
                from.reverse();
                lots.extend(take(&mut from, minutes, |_| true));
                from.reverse();
                booked.insert(booking, from);
                lots.sort_by_key(|lot| lot.since);
            }
        }
    }
    lots
}

/// Takes own hours first, then what was drawn, each the oldest first.
fn spend(lots: &mut Vec<Lot>, minutes: Minutes) -> Vec<Lot> {
    let mut spent = take(lots, minutes, |lot| lot.of.is_none());
    let open = minutes - spent.iter().map(|lot| lot.minutes).sum::<Minutes>();
    spent.extend(take(lots, open, |_| true));
    spent
}

/// Takes minutes from the first lots that fit; answers what was taken.
fn take(lots: &mut Vec<Lot>, minutes: Minutes, fits: impl Fn(&Lot) -> bool) -> Vec<Lot> {
    let mut open = minutes;
    let mut taken = Vec::new();
    for lot in lots.iter_mut().filter(|lot| fits(lot)) {
        let part = open.min(lot.minutes);
        if part > Minutes::ZERO {
            taken.push(Lot { minutes: part, ..*lot });
        }
        lot.minutes -= part;
        open -= part;
    }
    lots.retain(|lot| lot.minutes > Minutes::ZERO);
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn part(number: u128) -> DrawPart {
        DrawPart { draw: DrawId(Uuid::from_u128(number)), pot: WijkpotId(Uuid::from_u128(1)) }
    }

    fn visit(number: u128) -> BookingId {
        BookingId(Uuid::from_u128(number))
    }

    fn own(minutes: i64) -> OwnMove {
        OwnMove::In(Minutes(minutes))
    }

    fn drawn(number: u128, minutes: i64) -> OwnMove {
        OwnMove::Drawn(Minutes(minutes), part(number))
    }

    fn held(number: u128, minutes: i64) -> OwnMove {
        OwnMove::Held(Minutes(minutes), visit(number))
    }

    fn returned(number: u128, minutes: i64) -> OwnMove {
        OwnMove::Returned(Minutes(minutes), visit(number))
    }

    fn back(moves: &[OwnMove], came_back: i64) -> Vec<(DrawPart, i64)> {
        goes_back(moves, Minutes(came_back)).into_iter().map(|(part, minutes)| (part, minutes.0)).collect()
    }

    #[test]
    fn what_was_drawn_while_own_hours_were_set_aside_goes_back_with_them() {
        assert_eq!(back(&[own(60), held(1, 60), drawn(1, 30), returned(1, 60)], 60), [(part(1), 30)]);
        assert_eq!(back(&[own(60), held(1, 60), drawn(1, 90), returned(1, 45)], 45), [(part(1), 45)], "at most what came back");
    }

    #[test]
    fn a_school_that_had_no_hours_of_its_own_keeps_what_it_drew() {
        assert_eq!(back(&[drawn(1, 60), held(1, 30), returned(1, 30)], 30), []);
        assert_eq!(back(&[drawn(1, 60), own(60), held(1, 30), returned(1, 30)], 30), [], "they came after it drew");
        assert_eq!(back(&[own(60), held(1, 60), drawn(1, 30), held(2, 30), returned(1, 60)], 60), [], "it is spent");
    }

    #[test]
    fn what_was_spent_meanwhile_goes_back_when_it_returns_itself() {
        let moves = [own(60), held(1, 60), drawn(1, 30), held(2, 30), returned(1, 60), returned(2, 30)];
        assert_eq!(back(&moves, 30), [(part(1), 30)]);
        let moves = [own(60), held(1, 60), drawn(1, 30), held(2, 30), returned(1, 60), held(3, 60), returned(2, 30)];
        assert_eq!(back(&moves, 30), [], "its own are set aside again");
    }

    #[test]
    fn the_last_draw_goes_back_first_and_nothing_twice() {
        let moves = [own(60), held(1, 60), drawn(1, 30), held(2, 30), drawn(2, 30), returned(2, 30), returned(1, 60)];
        assert_eq!(back(&moves, 60), [(part(2), 30), (part(1), 30)]);
        let gave = OwnMove::GaveBack(Minutes(30), part(2));
        assert_eq!(back(&[moves.as_slice(), &[gave, held(3, 60), returned(3, 60)]].concat(), 60), [(part(1), 30)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever happened: no more goes back than came, than is idle of the draw, or than is idle of its own.
        #[test]
        fn no_more_goes_back_than_there_is(steps in prop::collection::vec((0_u8..6, 1_i64..9), 0..40), came in 0_i64..40) {
            let (mut moves, mut idle) = (Vec::new(), 0);
            let mut visits: Vec<(u128, i64)> = Vec::new();
            for (place, (kind, minutes)) in steps.into_iter().enumerate() {
                let id = place as u128;
                match kind {
                    0 => (idle, _) = (idle + minutes, moves.push(own(minutes))),
                    1 if idle == 0 => (idle, _) = (idle + minutes, moves.push(drawn(id, minutes))),
                    2 if idle >= minutes => (idle, _) = (idle - minutes, moves.push(OwnMove::Out(Minutes(minutes)))),
                    3 if !visits.is_empty() => {
                        let (visit, held) = visits.remove(minutes as usize % visits.len());
                        (idle, _) = (idle + held, moves.push(returned(visit, held)));
                    }
                    _ if idle >= minutes => {
                        visits.push((id, minutes));
                        (idle, _) = (idle - minutes, moves.push(held(id, minutes)));
                    }
                    _ => {}
                }
            }
            let there = lots(&moves);
            let sum = |of: &dyn Fn(&Lot) -> bool| there.iter().filter(|lot| of(lot)).map(|lot| lot.minutes.0).sum::<i64>();
            prop_assert_eq!(sum(&|_| true), idle);
            let back = goes_back(&moves, Minutes(came));
            let all: i64 = back.iter().map(|(_, minutes)| minutes.0).sum();
            prop_assert!(all <= came && all <= sum(&|lot| lot.of.is_none()));
            prop_assert!(back.iter().all(|(part, minutes)| minutes.0 > 0 && minutes.0 <= sum(&|lot| lot.of == Some(*part))));
        }
    }
}
