//! The numbers of a line that people see, each with its word and its address. Always true: given + received = used + planned +
//! donated + expired + free, so a row can be added up by whoever reads it.

#[cfg(feature = "ssr")]
use domain::hours::Step;
use domain::{Minutes, hours::lines::Line};
use serde::{Deserialize, Serialize};

/// A number of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Given by whoever divides.
    Allotted,
    /// Passed on to schools or to another month.
    Moved,
    /// Allotted, less what was passed on.
    Given,
    /// The same with what came from a pot or the reserve: what there was to spend.
    Had,
    /// From a pot or the reserve.
    Received,
    /// Worked.
    Used,
    /// Set aside for bookings.
    Planned,
    /// Given to a pot.
    Donated,
    /// Perished with the month.
    Expired,
    /// Can still be used: the balance itself.
    Free,
    /// Of a pot: drawn, and paid for visits. Of anybody else: given to a pot, and paid for visits.
    Taken,
    /// Of a pot: what was given less what was taken.
    Kept,
    /// Everything that became of them, to the pot apart: what came in from outside when all holders are taken together.
    Whole,
}

impl What {
    /// Every number.
    pub const ALL: [Self; 13] = [
        Self::Allotted,
        Self::Moved,
        Self::Given,
        Self::Had,
        Self::Received,
        Self::Used,
        Self::Planned,
        Self::Donated,
        Self::Expired,
        Self::Free,
        Self::Taken,
        Self::Kept,
        Self::Whole,
    ];

    /// The word in an address: `gebruikt`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Allotted => "toegedeeld",
            Self::Moved => "doorgegeven",
            Self::Given => "gekregen",
            Self::Had => "te-besteden",
            Self::Received => "ontvangen",
            Self::Used => "gebruikt",
            Self::Planned => "gepland",
            Self::Donated => "gedoneerd",
            Self::Expired => "vervallen",
            Self::Free => "vrij",
            Self::Taken => "opgenomen",
            Self::Kept => "gebleven",
            Self::Whole => "samen",
        }
    }

    /// The number with this word; an empty word means the balance.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        if code.is_empty() { Some(Self::Free) } else { Self::ALL.into_iter().find(|what| what.code() == code) }
    }

    /// At the start of a row.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Allotted | Self::Given => "Toegedeeld",
            Self::Moved => "Doorgegeven",
            Self::Had => "Te besteden",
            Self::Received => "Uit pot of reserve",
            Self::Used => "Gebruikt",
            Self::Planned => "Gepland",
            Self::Donated => "Naar de wijkpot",
            Self::Expired => "Vervallen",
            Self::Free => "Vrij",
            Self::Taken => "Opgenomen",
            Self::Kept => "Gedoneerd min opgenomen",
            Self::Whole => "Samen",
        }
    }

    /// In a sentence: `2 u vrij`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allotted | Self::Given => "toegedeeld",
            Self::Moved => "doorgegeven",
            Self::Had => "te besteden",
            Self::Received => "uit pot of reserve",
            Self::Used => "gebruikt",
            Self::Planned => "gepland",
            Self::Donated => "naar de wijkpot",
            Self::Expired => "vervallen",
            Self::Free => "vrij",
            Self::Taken => "opgenomen",
            Self::Kept => "gedoneerd min opgenomen",
            Self::Whole => "samen",
        }
    }

    /// How much a step changed it.
    #[cfg(feature = "ssr")]
    pub(super) fn changed(self, step: &Step) -> Minutes {
        self.of(&step.after) - self.of(&step.before)
    }

    /// The number in a line.
    #[must_use]
    pub fn of(self, line: &Line) -> Minutes {
        match self {
            Self::Allotted => line.allotted,
            Self::Moved => line.moved,
            Self::Given => line.allotted - line.moved,
            Self::Had => Self::Given.of(line) + line.received,
            Self::Received => line.received,
            Self::Used => line.used,
            Self::Planned => line.set_aside,
            Self::Donated => line.donated,
            Self::Expired => line.expired,
            Self::Free => line.idle,
            Self::Taken => line.donated + line.used + line.set_aside,
            Self::Kept => line.received - Self::Taken.of(line),
            Self::Whole => line.used + line.set_aside + line.expired + line.idle,
        }
    }
}

/// Two lines together.
#[must_use]
pub fn add(a: Line, b: &Line) -> Line {
    Line {
        allotted: a.allotted + b.allotted,
        used: a.used + b.used,
        set_aside: a.set_aside + b.set_aside,
        donated: a.donated + b.donated,
        received: a.received + b.received,
        expired: a.expired + b.expired,
        moved: a.moved + b.moved,
        idle: a.idle + b.idle,
    }
}

/// Lines together.
#[must_use]
pub fn total<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Line {
    lines.into_iter().fold(Line::default(), add)
}

/// `2 u 15`, or a dash for nothing.
#[must_use]
pub fn amount(minutes: Minutes) -> String {
    if minutes == Minutes::ZERO { "–".to_owned() } else { minutes.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_its_own_word_in_an_address() {
        for what in What::ALL {
            assert_eq!(What::from_code(what.code()), Some(what));
        }
        assert_eq!(What::from_code(""), Some(What::Free));
        assert_eq!(What::from_code("geheim"), None);
    }

    #[test]
    fn what_is_given_and_received_is_what_became_of_it() {
        let line = Line {
            allotted: Minutes(600),
            moved: Minutes(120),
            received: Minutes(60),
            used: Minutes(90),
            set_aside: Minutes(45),
            donated: Minutes(30),
            expired: Minutes(15),
            idle: Minutes(360),
        };
        let sum = |whats: &[What]| whats.iter().map(|what| what.of(&line)).sum::<Minutes>();
        assert_eq!(sum(&[What::Given, What::Received]), sum(&[What::Used, What::Planned, What::Donated, What::Expired, What::Free]));
    }
}
