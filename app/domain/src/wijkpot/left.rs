//! What of a gift is still in its pot. Always true here: hours leave a pot in the order they came; who draws uses its own gift first, so
//! that nobody draws from others and takes its own back; and what was put right is gone.

use crate::{DonationId, Minutes, hours::Holder};

/// Minutes that came into a pot's bucket, or left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PotMove {
    /// They came in: from a gift of this donor, or (none) back from a booking or another way.
    In(Minutes, Option<(DonationId, Holder)>),
    /// They left: of this gift when it was taken back or put right; otherwise for this school or board, when it is one.
    Out(Minutes, Option<DonationId>, Option<Holder>),
}

/// What is left of a gift, given everything that moved in its bucket of the pot, in the order it did.
#[must_use]
pub fn left_of(gift: DonationId, moves: &[PotMove]) -> Minutes {
    let mut lots: Vec<(Option<(DonationId, Holder)>, Minutes)> = Vec::new();
    for one in moves {
        match *one {
            PotMove::In(minutes, of) => lots.push((of, minutes)),
            PotMove::Out(minutes, of, by) => {
                let open = take(&mut lots, minutes, |lot| of.is_some() && lot.map(|(gift, _)| gift) == of);
                let open = take(&mut lots, open, |lot| by.is_some() && lot.map(|(_, donor)| donor) == by);
                take(&mut lots, open, |_| true);
            }
        }
    }
    lots.iter().filter(|(of, _)| of.is_some_and(|(of, _)| of == gift)).map(|(_, minutes)| *minutes).sum()
}

/// Takes minutes from the oldest lots that fit; answers what they did not hold.
fn take(
    lots: &mut [(Option<(DonationId, Holder)>, Minutes)],
    minutes: Minutes,
    fits: impl Fn(Option<(DonationId, Holder)>) -> bool,
) -> Minutes {
    let mut open = minutes;
    for (_, there) in lots.iter_mut().filter(|(of, _)| fits(*of)) {
        let part = open.min(*there);
        *there -= part;
        open -= part;
    }
    open
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

    /// A gift of the school with the same number.
    fn given(number: u128, minutes: i64) -> PotMove {
        PotMove::In(Minutes(minutes), Some((gift(number), school(number))))
    }

    fn drawn(number: u128, minutes: i64) -> PotMove {
        PotMove::Out(Minutes(minutes), None, Some(school(number)))
    }

    #[test]
    fn what_came_first_leaves_first() {
        let moves = [given(1, 120), given(2, 120), drawn(9, 150)];
        assert_eq!((left_of(gift(1), &moves), left_of(gift(2), &moves)), (Minutes::ZERO, Minutes(90)));
    }

    #[test]
    fn who_draws_uses_its_own_gift_first() {
        let moves = [given(2, 120), given(1, 120), drawn(1, 120)];
        assert_eq!((left_of(gift(1), &moves), left_of(gift(2), &moves)), (Minutes::ZERO, Minutes(120)));
    }

    #[test]
    fn what_was_put_right_or_taken_back_is_gone_and_the_gifts_of_others_are_not() {
        let moves = [given(1, 120), given(2, 120), PotMove::Out(Minutes(120), Some(gift(2)), Some(school(2)))];
        assert_eq!((left_of(gift(1), &moves), left_of(gift(2), &moves)), (Minutes(120), Minutes::ZERO));
    }

    #[test]
    fn what_comes_back_from_a_booking_is_nobodys_gift() {
        let moves = [given(1, 120), drawn(9, 120), PotMove::In(Minutes(120), None)];
        assert_eq!(left_of(gift(1), &moves), Minutes::ZERO);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Together the gifts never have more left than the pot, and none more than was given.
        #[test]
        fn gifts_never_have_more_left_than_the_pot(steps in prop::collection::vec((0_u8..4, 0_u128..6, 1_i64..9), 0..40)) {
            let (mut moves, mut there, mut gifts) = (Vec::new(), 0, Vec::new());
            for (place, (kind, who, quarters)) in steps.into_iter().enumerate() {
                let minutes = quarters * 15;
                if kind == 0 || there < minutes {
                    let id = gift(1_000 + place as u128);
                    moves.push(PotMove::In(Minutes(minutes), Some((id, school(who)))));
                    gifts.push((id, minutes));
                    there += minutes;
                } else {
                    let of = (kind == 1).then(|| gifts[who as usize % gifts.len()].0);
                    moves.push(PotMove::Out(Minutes(minutes), of, Some(school(who))));
                    there -= minutes;
                }
            }
            let left: i64 = gifts.iter().map(|(id, _)| left_of(*id, &moves).0).sum();
            prop_assert_eq!(left, there);
            prop_assert!(gifts.iter().all(|(id, minutes)| (0..=*minutes).contains(&left_of(*id, &moves).0)));
        }
    }
}
