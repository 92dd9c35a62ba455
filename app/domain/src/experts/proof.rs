//! Proof of an expertise: a certificate or another, with the day until which it counts (000).
//!
//! Always true here: a proof counts on its last day and no longer on the next.

use super::ranking::in_sentence;
use crate::Refusal;
use crate::people::first_name;
use crate::time::date_full;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A proof warns so many days ahead: time enough to renew a certificate (domain.md §4).
pub const PROOF_WARNING_DAYS: i64 = 60;

/// What shows that somebody knows an expertise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// `ECHA-diploma`.
    pub name: String,
    /// The last day on which it counts; none when it never lapses.
    pub until: Option<NaiveDate>,
}

/// How a proof stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofState {
    /// It counts.
    Valid,
    /// It counts, and lapses after so many days (0: today is its last).
    ExpiresSoon {
        /// Days that remain after this one, at most 60.
        days: i64,
    },
    /// It no longer counts: not bookable.
    Lapsed,
}

impl Proof {
    /// How this proof stands on a day: today for a list, the day of the visit for a booking.
    #[must_use]
    pub fn state(&self, on: NaiveDate) -> ProofState {
        match self.until.map(|until| until.signed_duration_since(on).num_days()) {
            Some(days) if days < 0 => ProofState::Lapsed,
            Some(days) if days <= PROOF_WARNING_DAYS => ProofState::ExpiresSoon { days },
            _ => ProofState::Valid,
        }
    }
}

/// Whether a specialist may be booked for an expertise on a day (domain.md §4: a lapsed proof is not bookable).
///
/// # Errors
/// `proof_lapsed`, at field `expertise`.
pub fn check_proof(proof: &Proof, specialist: &str, expertise: &str, on: NaiveDate) -> Result<(), Refusal> {
    let (ProofState::Lapsed, Some(until)) = (proof.state(on), proof.until) else { return Ok(()) };
    let (who, what) = (first_name(specialist), in_sentence(expertise));
    let heading = format!("Het bewijs van {who} voor {what} geldt tot en met {}", date_full(until));
    Err(Refusal::new("proof_lapsed", heading, "Er is niets vastgezet. Kies een eerdere dag of een andere expert.").at("expertise"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 17).expect("a day")
    }

    fn proof(days: i64) -> Proof {
        let until = if days < 0 { day() - Days::new(days.unsigned_abs()) } else { day() + Days::new(days.unsigned_abs()) };
        Proof { name: "ECHA-diploma".into(), until: Some(until) }
    }

    #[test]
    fn a_proof_warns_sixty_days_ahead_and_counts_through_its_last_day() {
        assert_eq!(proof(61).state(day()), ProofState::Valid);
        assert_eq!(proof(60).state(day()), ProofState::ExpiresSoon { days: 60 });
        assert_eq!(proof(0).state(day()), ProofState::ExpiresSoon { days: 0 });
        assert_eq!(proof(-1).state(day()), ProofState::Lapsed);
        assert_eq!(Proof { name: String::new(), until: None }.state(day()), ProofState::Valid);
    }

    #[test]
    fn a_lapsed_proof_is_not_bookable_and_says_until_when_it_counted() {
        assert_eq!(check_proof(&proof(0), "Thijs Oldenkamp", "Hoogbegaafdheid", day()), Ok(()));
        let refusal = check_proof(&proof(-1), "Thijs Oldenkamp", "Hoogbegaafdheid", day()).expect_err("lapsed");
        assert_eq!(refusal.code, "proof_lapsed");
        assert_eq!(refusal.heading, "Het bewijs van Thijs voor hoogbegaafdheid geldt tot en met 16 november 2026");
    }
}
