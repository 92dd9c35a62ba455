//! The share of each board in whole percents: fixed, computed or decided.
//!
//! Always true here: shares that leave this module lie between 0 and 100 and sum to 100.

use super::{REASON_CHARACTERS_MAX, largest_remainder, read_reason};
use crate::{ids::BoardId, refusal::Refusal};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The boards of one division. The largest partnership has 389 school sites (domain.md §10), and a board has at least one.
pub const BOARDS_MAX: usize = 1_000;

/// A weight, in hundredths. Far above the pupils of the whole country times any school weight, far below where sums could overflow.
pub const WEIGHT_MAX: i64 = 100_000_000_000;

/// The reason for a decided share, in characters: a few sentences in the report to the members, not a memo.
pub const BECAUSE_MAX: usize = REASON_CHARACTERS_MAX;

/// What a board brings to the division.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The board.
    pub board: BoardId,
    /// Its name, for sentences and tables.
    pub name: String,
    /// Its weight beside the others', on any one scale: 29.4 % of the pupils is 2940. See [`super::Basis`].
    pub weight: i64,
    /// A share fixed by policy, in percents, whatever the weight (000: 7 % and 5 % for boards with few pupils).
    pub fixed_percent: Option<i64>,
    /// A share the partnership decided instead of the computed one.
    pub decided: Option<Decided>,
}

/// A decision that replaces a computed share, with its written reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The share, in percents.
    pub percent: i64,
    /// Why; never empty in a share that was accepted.
    pub because: String,
}

impl Decided {
    /// The decision with its reason as it is kept.
    ///
    /// # Errors
    /// `decided_without_reason` when nobody could read one, or `reason_too_long`; each names the board.
    pub fn read(&self, board: &str) -> Result<Self, Refusal> {
        let because = read_reason(&self.because).map_err(|refusal| {
            if refusal.code == "reason_missing" {
                let advice = "Er is niets verdeeld. Schrijf erbij waarom dit aandeel afwijkt van het berekende aandeel.";
                Refusal::new("decided_without_reason", format!("Het besluit over {board} heeft nog geen reden"), advice)
            } else {
                let advice = format!("Er is niets verdeeld. Schrijf de reden in hoogstens {BECAUSE_MAX} tekens.");
                Refusal::new("reason_too_long", format!("De reden bij {board} is te lang"), advice)
            }
            .at("because")
        })?;
        Ok(Self { because, ..*self })
    }
}

/// The share of one board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The board.
    pub board: BoardId,
    /// Its name.
    pub name: String,
    /// Its share, in percents.
    pub percent: i64,
    /// Where the share comes from.
    pub origin: Origin,
}

/// Where a share comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Fixed by policy.
    Fixed,
    /// Computed from the weights.
    Computed,
    /// Decided, against the computed share.
    Decided {
        /// What the weights gave, in percents.
        computed: i64,
        /// The written reason, on one line and without signs that nobody sees.
        because: String,
    },
}

/// The shares of the boards, in their order (domain.md §3.1).
///
/// Fixed shares are honoured. The other boards divide what the fixed shares leave of 100 by weight, in whole percents by largest remainder,
/// ties to the board listed first. A decided share then replaces that board's computed share and leaves those of the others as they are.
///
/// # Errors
/// Refuses no boards, too many or one twice; a percentage outside 0 to 100; a weight outside 0 to [`WEIGHT_MAX`] or no weight at all to
/// divide by; a decision without a reason or on a fixed share; and shares that do not sum to 100, naming the difference.
pub fn shares(claims: &[Claim]) -> Result<Vec<Share>, Refusal> {
    boards_are_sound(claims)?;
    for claim in claims {
        claim_is_sound(claim)?;
    }
    let mut computed = computed(claims)?.into_iter();
    let shares = claims
        .iter()
        .map(|claim| {
            let (percent, origin) = match (claim.fixed_percent, &claim.decided) {
                (Some(fixed), _) => (fixed, Origin::Fixed),
                (None, None) => (computed.next().unwrap_or(0), Origin::Computed),
                (None, Some(decided)) => {
                    let Decided { percent, because } = decided.read(&claim.name)?;
                    (percent, Origin::Decided { computed: computed.next().unwrap_or(0), because })
                }
            };
            Ok(Share { board: claim.board, name: claim.name.clone(), percent, origin })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    match shares.iter().map(|share| share.percent).sum::<i64>() - 100 {
        0 => Ok(shares),
        difference => Err(not_a_hundred(difference)),
    }
}

/// The computed percents of the boards without a fixed share, in their order.
fn computed(claims: &[Claim]) -> Result<Vec<i64>, Refusal> {
    let fixed: i64 = claims.iter().filter_map(|claim| claim.fixed_percent).sum();
    if fixed > 100 {
        return Err(not_a_hundred(fixed - 100));
    }
    let weights: Vec<i64> = claims.iter().filter(|claim| claim.fixed_percent.is_none()).map(|claim| claim.weight).collect();
    if fixed < 100 && !weights.is_empty() && weights.iter().all(|&weight| weight == 0) {
        return Err(Refusal::new(
            "no_weights",
            "Er is niets om naar te verdelen",
            "De besturen zonder vast aandeel hebben samen gewicht 0. Vul bij minstens één van hen een aantal leerlingen of een gewicht in.",
        )
        .at("weight"));
    }
    Ok(largest_remainder(100 - fixed, &weights))
}

fn boards_are_sound(claims: &[Claim]) -> Result<(), Refusal> {
    if claims.is_empty() {
        return Err(Refusal::new(
            "no_boards",
            "Er zijn nog geen besturen",
            "Voeg eerst een schoolbestuur toe. Daarna kun je uren verdelen.",
        ));
    }
    if claims.len() > BOARDS_MAX {
        return Err(Refusal::new(
            "too_many_boards",
            format!("Je kunt over hoogstens {BOARDS_MAX} besturen verdelen"),
            "Er is niets verdeeld. Kijk na of elk bestuur één keer in de lijst staat.",
        ));
    }
    let mut seen = HashSet::with_capacity(claims.len());
    match claims.iter().find(|claim| !seen.insert(claim.board)) {
        None => Ok(()),
        Some(twice) => Err(Refusal::new(
            "board_twice",
            format!("{} staat twee keer in de lijst", twice.name),
            "Er is niets verdeeld. Haal een van de twee regels weg.",
        )),
    }
}

fn claim_is_sound(claim: &Claim) -> Result<(), Refusal> {
    let name = &claim.name;
    if !(0..=WEIGHT_MAX).contains(&claim.weight) {
        let advice = "Er is niets verdeeld. Vul een getal van 0 of hoger in.";
        return Err(Refusal::new("weight_out_of_range", format!("Het gewicht van {name} klopt niet"), advice).at("weight"));
    }
    let percents = [claim.fixed_percent, claim.decided.as_ref().map(|decided| decided.percent)];
    if percents.into_iter().flatten().any(|percent| !(0..=100).contains(&percent)) {
        let advice = "Er is niets verdeeld. Vul een heel getal van 0 tot en met 100 in.";
        return Err(Refusal::new("percent_out_of_range", format!("Het aandeel van {name} klopt niet"), advice).at("percent"));
    }
    let Some(decided) = &claim.decided else { return Ok(()) };
    if claim.fixed_percent.is_some() {
        let advice = "Er is niets verdeeld. Kies voor dit bestuur een vast aandeel óf een besluit, niet allebei.";
        return Err(Refusal::new("fixed_and_decided", format!("{name} heeft al een vast aandeel"), advice).at("percent"));
    }
    decided.read(name).map(drop)
}

/// `difference` is how far the shares are above 100, in percents.
fn not_a_hundred(difference: i64) -> Refusal {
    let size = difference.abs();
    let (word, advice) = if difference > 0 {
        ("veel", "Er is niets verdeeld. Verlaag een of meer aandelen tot ze samen 100\u{a0}% zijn.")
    } else {
        ("weinig", "Er is niets verdeeld. Verhoog een of meer aandelen tot ze samen 100\u{a0}% zijn.")
    };
    let heading = format!("De aandelen zijn samen {}\u{a0}%: {size}\u{a0}% te {word}", 100 + difference);
    Refusal::new("shares_not_100", heading, advice).at("percent")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test names its line")]
#[path = "shares_tests.rs"]
mod tests;
