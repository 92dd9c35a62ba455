//! What crossed the borders of boards through the pots, posting by posting. Always true: what came out of a reserve is no part of it, and
//! what a pot paid for a visit itself is.

use super::what::What;
use domain::{
    Minutes,
    hours::{AccountKey, Bucket, HolderKind, PostingKind, Step, lines::Movement},
};

/// A number of what crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crossing {
    /// Drawn from pots, and what pots paid for visits.
    Got,
    /// The same less what was given to pots.
    Net,
}

impl Crossing {
    /// Every number.
    pub const ALL: [Self; 2] = [Self::Got, Self::Net];

    /// The word in an address: `uit-wijkpot`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Got => "uit-wijkpot",
            Self::Net => "verschil",
        }
    }

    /// The number with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|crossing| crossing.code() == code)
    }

    /// At the start of a row.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Got => "Uit de wijkpot",
            Self::Net => "Verschil met de wijkpot",
        }
    }

    /// In a sentence.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Got => "uit de wijkpot",
            Self::Net => "verschil met de wijkpot",
        }
    }

    /// How much a posting changes it. `theirs` says whether an account is one of those asked about, and `paid_for_them` whether what a pot
    /// pays in a bucket with this posting is for one of their visits.
    pub(super) fn of(
        self,
        movement: &Movement,
        steps: &[Step],
        theirs: impl Fn(&AccountKey) -> bool,
        paid_for_them: impl Fn(&Bucket) -> bool,
    ) -> Minutes {
        let is_release = movement.reverses.unwrap_or(movement.kind) == PostingKind::ReserveRelease;
        let change = |step: &Step| {
            if theirs(&step.account) {
                let got = if is_release { Minutes::ZERO } else { What::Received.changed(step) };
                return if self == Self::Net { got - What::Donated.changed(step) } else { got };
            }
            let is_paid = step.account.holder.kind == HolderKind::Wijkpot && paid_for_them(&step.account.bucket);
            if is_paid { What::Used.changed(step) + What::Planned.changed(step) } else { Minutes::ZERO }
        };
        steps.iter().map(change).sum()
    }
}
