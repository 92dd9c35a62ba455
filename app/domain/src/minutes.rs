//! Minutes: the unit of the ledger, shown as hours (`2 u 15`).

use serde::{Deserialize, Serialize};
use std::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Neg, Sub, SubAssign},
};

/// The grid of everything: slots start and hours move in steps of fifteen minutes (domain.md §3, §6).
pub const QUARTER: i64 = 15;

/// A number of minutes; may be negative in a difference, never in an account that is not a contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub i64);

impl Minutes {
    /// No minutes.
    pub const ZERO: Self = Self(0);

    /// Whole hours as minutes.
    #[must_use]
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 60)
    }

    /// Quarter-hours as minutes.
    #[must_use]
    pub const fn quarters(quarters: i64) -> Self {
        Self(quarters * QUARTER)
    }

    /// Whether this lies on the fifteen-minute grid.
    #[must_use]
    pub const fn is_on_grid(self) -> bool {
        self.0 % QUARTER == 0
    }
}

/// `2 u 15`, `30 min`, `0 u`, `− 1 u`; joined with no-break spaces, thousands with a point (look.md, Tone).
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−\u{a0}" } else { "" };
        let (hours, rest) = (self.0.unsigned_abs() / 60, self.0.unsigned_abs() % 60);
        match (hours, rest) {
            (0, 0) => write!(f, "0\u{a0}u"),
            (0, rest) => write!(f, "{sign}{rest}\u{a0}min"),
            (hours, 0) => write!(f, "{sign}{}\u{a0}u", thousands(hours)),
            (hours, rest) => write!(f, "{sign}{}\u{a0}u\u{a0}{rest:02}", thousands(hours)),
        }
    }
}

/// `1177` as `1.177`.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    shown
}

impl Add for Minutes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Minutes {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Minutes {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Minutes {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Minutes {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_read_as_hours_with_no_break_spaces() {
        let shown = |minutes: i64| Minutes(minutes).to_string().replace('\u{a0}', " ");
        assert_eq!(shown(0), "0 u");
        assert_eq!(shown(30), "30 min");
        assert_eq!(shown(135), "2 u 15");
        assert_eq!(shown(65), "1 u 05");
        assert_eq!(shown(1177 * 60), "1.177 u");
        assert_eq!(shown(-60), "− 1 u");
    }
}
