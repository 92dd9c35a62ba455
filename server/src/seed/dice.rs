//! The demo's chance: splitmix64, so that the same seed tells the same story everywhere. Never used for anything secret.

/// A generator of whole numbers that look random and are not.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way for the same seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 up to but not including `many`; 0 when there is nothing to choose from.
    pub fn below(&mut self, many: usize) -> usize {
        let many = u64::try_from(many).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.roll() % many).unwrap_or(0)
    }

    /// From one number through another.
    pub fn between(&mut self, from: i64, through: i64) -> i64 {
        let many = usize::try_from(through - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(many)).unwrap_or(0)
    }

    /// One of these; none when there are none.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// True in so many of a hundred times.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_fall_the_same_way_for_the_same_seed_and_stay_in_range() {
        let throw = |seed| {
            let mut dice = Dice::new(seed);
            (0..100).map(|_| dice.between(3, 7)).collect::<Vec<_>>()
        };
        assert_eq!(throw(1), throw(1));
        assert_ne!(throw(1), throw(2));
        assert!(throw(1).iter().all(|n| (3..=7).contains(n)));
        assert!((3..=7).all(|n| throw(1).contains(&n)));
        assert_eq!(Dice::new(1).pick::<u8>(&[]), None);
    }
}
