//! What of a gift its donor can still take back. Always true here: hours leave a pot in the order they came; what a donor takes from any pot
//! is its own gift first, wherever that lies, so that nobody draws from others and takes its own back; and what was put right is gone.

use crate::{DonationId, Minutes, WijkpotId, hours::Holder};

/// Minutes that came into a bucket of a pot, or left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PotMove {
    /// They came in: from a gift of this donor, or (none) back from a booking or another way.
    In(Minutes, Option<(DonationId, Holder)>),
    /// They left: of this gift when it was taken back or put right; otherwise for whoever took them.
    Out(Minutes, Option<DonationId>, Taker),
}

/// For whom hours left a pot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taker {
    /// The school or board, when it is one.
    pub holder: Option<Holder>,
    /// The board whose hours that school may book. A board's gift comes out of those hours, so the school takes it first *(choice)*; a school
    /// without a mandate never had them, and takes what others gave.
    pub board: Option<Holder>,
}

/// What a gift still is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// As much of it as its donor can take back.
    pub minutes: Minutes,
    /// As much as the donor took from pots since: its own gift, used.
    pub used: Minutes,
}

struct Lot {
    pot: WijkpotId,
    of: Option<(DonationId, Holder)>,
    minutes: Minutes,
}

impl Lot {
    fn is_of(&self, gift: Option<DonationId>) -> bool {
        gift.is_some() && self.of.map(|(gift, _)| gift) == gift
    }

    fn is_own(&self, taker: Taker) -> bool {
        self.of.is_some_and(|(_, donor)| [taker.holder, taker.board].contains(&Some(donor)))
    }
}

/// What is left of a gift, given everything that moved in its bucket of all pots, in the order it did.
#[must_use]
pub fn left_of(gift: DonationId, moves: &[(WijkpotId, PotMove)]) -> Left {
    let mut lots: Vec<Lot> = Vec::new();
    let mut used = Minutes::ZERO;
    for (pot, one) in moves {
        let pot = *pot;
        match *one {
            PotMove::In(minutes, of) => lots.push(Lot { pot, of, minutes }),
            PotMove::Out(minutes, of, taker) => {
                let open = take(&mut lots, minutes, |lot| lot.pot == pot && lot.is_of(of));
                let before = there(&lots, gift);
                let open = take(&mut lots, open, |lot| lot.pot == pot && lot.is_own(taker));
                give_up(&mut lots, open, |lot| lot.pot != pot && lot.is_own(taker));
                used += before - there(&lots, gift);
                take(&mut lots, open, |lot| lot.pot == pot);
            }
        }
    }
    Left { minutes: there(&lots, gift), used }
}

fn there(lots: &[Lot], gift: DonationId) -> Minutes {
    lots.iter().filter(|lot| lot.is_of(Some(gift))).map(|lot| lot.minutes).sum()
}

/// Takes minutes from the oldest lots that fit; answers what they did not hold.
fn take(lots: &mut [Lot], minutes: Minutes, fits: impl Fn(&Lot) -> bool) -> Minutes {
    let mut open = minutes;
    for lot in lots.iter_mut().filter(|lot| fits(lot)) {
        let part = open.min(lot.minutes);
        lot.minutes -= part;
        open -= part;
    }
    open
}

/// Minutes of the oldest lots that fit are nobody's from now on: they stay where they are, for whoever comes next.
fn give_up(lots: &mut Vec<Lot>, minutes: Minutes, fits: impl Fn(&Lot) -> bool) {
    let mut open = minutes;
    let mut kept = Vec::with_capacity(lots.len() + 1);
    for lot in lots.drain(..) {
        let part = if fits(&lot) { open.min(lot.minutes) } else { Minutes::ZERO };
        open -= part;
        if part > Minutes::ZERO {
            kept.push(Lot { of: None, minutes: part, ..lot });
        }
        kept.push(Lot { minutes: lot.minutes - part, ..lot });
    }
    *lots = kept;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SchoolId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn gift(number: u128) -> DonationId {
        DonationId(Uuid::from_u128(number))
    }

    fn school(number: u128) -> Holder {
        Holder::school(SchoolId(Uuid::from_u128(number)))
    }

    const POT: WijkpotId = WijkpotId(Uuid::from_u128(1));
    const CITY: WijkpotId = WijkpotId(Uuid::from_u128(2));

    /// A gift of the school with the same number.
    fn given(number: u128, minutes: i64) -> (WijkpotId, PotMove) {
        given_to(POT, number, minutes)
    }

    fn given_to(pot: WijkpotId, number: u128, minutes: i64) -> (WijkpotId, PotMove) {
        (pot, PotMove::In(Minutes(minutes), Some((gift(number), school(number)))))
    }

    fn taker(number: u128) -> Taker {
        Taker { holder: Some(school(number)), board: None }
    }

    fn drawn(number: u128, minutes: i64) -> (WijkpotId, PotMove) {
        (POT, PotMove::Out(Minutes(minutes), None, taker(number)))
    }

    fn left(number: u128, moves: &[(WijkpotId, PotMove)]) -> Minutes {
        left_of(gift(number), moves).minutes
    }

    #[test]
    fn what_came_first_leaves_first() {
        let moves = [given(1, 120), given(2, 120), drawn(9, 150)];
        assert_eq!((left(1, &moves), left(2, &moves)), (Minutes::ZERO, Minutes(90)));
    }

    #[test]
    fn who_draws_uses_its_own_gift_first() {
        let moves = [given(2, 120), given(1, 120), drawn(1, 120)];
        assert_eq!((left(1, &moves), left(2, &moves)), (Minutes::ZERO, Minutes(120)));
    }

    #[test]
    fn what_was_put_right_or_taken_back_is_gone_and_the_gifts_of_others_are_not() {
        let moves = [given(1, 120), given(2, 120), (POT, PotMove::Out(Minutes(120), Some(gift(2)), taker(2)))];
        assert_eq!((left(1, &moves), left(2, &moves)), (Minutes(120), Minutes::ZERO));
    }

    #[test]
    fn what_comes_back_from_a_booking_is_nobodys_gift() {
        let moves = [given(1, 120), drawn(9, 120), (POT, PotMove::In(Minutes(120), None))];
        assert_eq!(left(1, &moves), Minutes::ZERO);
    }

    #[test]
    fn what_a_donor_takes_from_another_pot_is_its_own_gift_and_the_hours_stay_for_others() {
        let moves = [given(2, 120), given_to(CITY, 1, 90), drawn(1, 60)];
        assert_eq!(left_of(gift(1), &moves), Left { minutes: Minutes(30), used: Minutes(60) });
        assert_eq!(left(2, &moves), Minutes(60), "hours leave a pot in the order they came");
        // Who gives after it drew gave something else.
        assert_eq!(left(1, &[given(2, 120), drawn(1, 60), given_to(CITY, 1, 90)]), Minutes(90));
        let other = (CITY, PotMove::Out(Minutes(60), None, taker(9)));
        assert_eq!(left(1, &[moves.as_slice(), &[other]].concat()), Minutes(30), "what was given up goes first");
    }

    #[test]
    fn a_school_that_may_book_its_boards_hours_takes_its_boards_gift_first() {
        let board = Holder::board(crate::BoardId(Uuid::from_u128(7)));
        let gifts = [given(2, 120), (CITY, PotMove::In(Minutes(90), Some((gift(1), board))))];
        let draw = |board| [(POT, PotMove::Out(Minutes(60), None, Taker { board, ..taker(9) }))];
        assert_eq!(left(1, &[gifts.as_slice(), &draw(Some(board))].concat()), Minutes(30));
        assert_eq!(left(1, &[gifts.as_slice(), &draw(None)].concat()), Minutes(90), "without a mandate they are not its hours");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Together the gifts never have more left than their pot, and none more than was given; where there is one pot, exactly what is there.
        #[test]
        fn gifts_never_have_more_left_than_their_pot(
            steps in prop::collection::vec((0_u8..4, 0_u128..6, 1_i64..9, any::<bool>()), 0..40), one_pot: bool
        ) {
            let (mut moves, mut there, mut gifts) = (Vec::new(), [0, 0], Vec::new());
            for (place, (kind, who, quarters, other)) in steps.into_iter().enumerate() {
                let (minutes, at) = (quarters * 15, usize::from(other && !one_pot));
                let pot = [POT, CITY][at];
                if kind == 0 || there[at] < minutes {
                    let id = gift(1_000 + place as u128);
                    moves.push((pot, PotMove::In(Minutes(minutes), Some((id, school(who))))));
                    gifts.push((id, minutes, at));
                    there[at] += minutes;
                } else {
                    let of = (kind == 1).then(|| gifts[who as usize % gifts.len()].0);
                    moves.push((pot, PotMove::Out(Minutes(minutes), of, taker(who))));
                    there[at] -= minutes;
                }
            }
            let left = |at: usize| gifts.iter().filter(|gift| gift.2 == at).map(|(id, ..)| left_of(*id, &moves).minutes.0).sum::<i64>();
            prop_assert!(left(0) <= there[0] && left(1) <= there[1]);
            prop_assert!(!one_pot || left(0) == there[0]);
            prop_assert!(gifts.iter().all(|(id, minutes, _)| (0..=*minutes).contains(&left_of(*id, &moves).minutes.0)));
        }

        /// Whatever a school gave and then took from pots, in whichever order and place: what it takes and takes back is no more than that.
        #[test]
        fn nobody_takes_and_takes_back_more_than_it_gave(
            gifts in prop::collection::vec((1_i64..9, any::<bool>()), 1..6), draws in prop::collection::vec((1_i64..9, any::<bool>()), 0..6)
        ) {
            let pot = |other: bool| if other { CITY } else { POT };
            let others = [given_to(POT, 90, 6_000), given_to(CITY, 91, 6_000)];
            let mine = gifts.iter().zip(1_000..).map(|((quarters, other), id)| {
                (pot(*other), PotMove::In(Minutes::quarters(*quarters), Some((gift(id), school(1)))))
            });
            let took = draws.iter().map(|(quarters, other)| (pot(*other), PotMove::Out(Minutes::quarters(*quarters), None, taker(1))));
            let moves: Vec<_> = others.into_iter().chain(mine).chain(took).collect();
            let sum = |all: &[(i64, bool)]| all.iter().map(|(quarters, _)| quarters).sum::<i64>();
            let left: i64 = (1_000..).take(gifts.len()).map(|id| left_of(gift(id), &moves).minutes.0).sum();
            prop_assert_eq!(left, (sum(&gifts) - sum(&draws)).max(0) * 15);
        }
    }
}
