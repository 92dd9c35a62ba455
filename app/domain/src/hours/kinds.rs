//! The words of the ledger: who holds hours, why they move, and what a movement is about.
//!
//! Always true here: every word has one code, and the code in the database never changes its meaning.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($(#[$word_doc:meta])* $word:ident = $code:literal, $dutch:literal;)+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
        }

        impl $name {
            /// Every one, in the order they are told here.
            pub const ALL: &[Self] = &[$(Self::$word,)+];

            /// The word in the database.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$word => $code,)+
                }
            }

            /// The one with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.code() == code)
            }

            /// What a person reads.
            #[must_use]
            pub const fn dutch(self) -> &'static str {
                match self {
                    $(Self::$word => $dutch,)+
                }
            }
        }
    };
}

pub(crate) use words;

words! {
    /// Who holds the minutes of an account (domain.md §3).
    HolderKind:
    /// Where hours come from; its balance is minus what was handed out. The holder is the supplier.
    Contract = "contract", "contract";
    /// Part of a contract kept back for the school year. The holder is the supplier.
    Reserve = "reserve", "reserve";
    /// A board's hours, not yet divided over its schools.
    Board = "board", "bestuur";
    /// A school's own hours.
    School = "school", "school";
    /// Donated hours of one or more wijken, or of the whole city.
    Wijkpot = "wijkpot", "wijkpot";
    /// Minutes set aside for one booking.
    Booking = "booking", "afspraak";
    /// Minutes worked. The holder is the school they were worked at.
    Used = "used", "gebruikt";
    /// Minutes that perished with their month. The holder is whose they were: a school, a board or a wijkpot.
    Expired = "expired", "vervallen";
}

words! {
    /// Why minutes move. `allows` says between which accounts each kind may move them.
    PostingKind:
    /// The part of a contract that is kept back.
    ContractReserve = "contract_reserve", "Reserve";
    /// A board's part of a contract in one month.
    Allotment = "allotment", "Toedeling";
    /// A school's part of its board's hours.
    Division = "division", "Verdeling";
    /// Back to whoever divided it, because a later count gives less: from a board or the reserve to the contract, from a school to its
    /// board. A kind of its own, and not a reversal: it takes a part of many postings, and what it corrects was no mistake.
    Reduction = "reduction", "Verlaging";
    /// Set aside for a booking.
    Hold = "hold", "Vastgezet";
    /// Not used by a booking: back to the source, or perished when the month has ended.
    Return = "return", "Teruggegeven";
    /// Worked.
    Use = "use", "Gebruikt";
    /// Left over at the end of a month.
    Expiry = "expiry", "Vervallen";
    /// Given to a wijkpot.
    Donation = "donation", "Donatie";
    /// Back where it came from: a donation to its donor, who took it back in time; or what a school drew to its pot, because the school has
    /// own hours again.
    TakeBack = "take_back", "Teruggenomen";
    /// Taken from a wijkpot.
    Draw = "draw", "Opname";
    /// From the reserve to a school's month, with a reason.
    ReserveRelease = "reserve_release", "Reserve vrijgegeven";
    /// To another month of the same supplier and school year, agreed by supplier and board (000 §afwijkende afspraken).
    DeviatingMove = "deviating_move", "Verplaatst naar andere maand";
    /// The mirror of an earlier posting: how a mistake is put right.
    Reversal = "reversal", "Rechtgezet";
}

words! {
    /// What a posting is about, together with an id.
    AboutKind:
    /// A division of a contract over boards.
    Allotment = "allotment", "toedeling";
    /// A specialist's time at a school.
    Booking = "booking", "afspraak";
    /// A contract with a supplier.
    Contract = "contract", "contract";
    /// An agreement to use hours in another month.
    Deviation = "deviation", "afwijkende afspraak";
    /// A board's division over its schools.
    Division = "division", "verdeling";
    /// A gift to a wijkpot.
    Donation = "donation", "donatie";
    /// A withdrawal from a wijkpot.
    Draw = "draw", "opname";
    /// A file that was read in.
    Import = "import", "import";
    /// The closing of a month.
    Month = "month", "maandafsluiting";
    /// A release from the reserve.
    Release = "release", "vrijgave";
    /// A question for support.
    Request = "request", "aanvraag";
}

impl HolderKind {
    /// With its article, at the start of a sentence: `Het bestuur`.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Contract => "Het contract",
            Self::Reserve => "De reserve",
            Self::Board => "Het bestuur",
            Self::School => "De school",
            Self::Wijkpot => "De wijkpot",
            Self::Booking => "De afspraak",
            Self::Used => "Het gebruik",
            Self::Expired => "Wat vervallen is",
        }
    }
}

impl PostingKind {
    /// Whether somebody has to write down why (domain.md §3.1 and §3.3).
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Reduction | Self::ReserveRelease | Self::DeviatingMove | Self::Reversal)
    }

    /// Whether it moves what a booking holds: such a posting is never reversed, the booking itself gives back.
    #[must_use]
    pub const fn is_of_booking(self) -> bool {
        matches!(self, Self::Hold | Self::Return | Self::Use)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_word_comes_back_from_its_code_and_no_code_is_given_twice() {
        for kind in HolderKind::ALL {
            assert_eq!(HolderKind::from_code(kind.code()), Some(*kind));
        }
        for kind in PostingKind::ALL {
            assert_eq!(PostingKind::from_code(kind.code()), Some(*kind));
        }
        for kind in AboutKind::ALL {
            assert_eq!(AboutKind::from_code(kind.code()), Some(*kind));
        }
        assert_eq!(PostingKind::ALL.iter().map(|kind| kind.code()).collect::<BTreeSet<_>>().len(), 14);
        assert_eq!(PostingKind::ALL.iter().map(|kind| kind.dutch()).collect::<BTreeSet<_>>().len(), 14);
        assert_eq!(PostingKind::from_code("theft"), None);
    }

    #[test]
    fn the_database_knows_exactly_these_holders() {
        let codes: Vec<_> = HolderKind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes, ["contract", "reserve", "board", "school", "wijkpot", "booking", "used", "expired"]);
    }
}
