//! Filters of the search page: each narrows, an empty one lets everybody through.
//!
//! Always true here: a moment that satisfies the day part is the same moment that is free before the date.

use super::level::SupportLevel;
use crate::ids::{ExpertiseId, SupplierId, WijkId};
use crate::time::local;
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use serde::{Deserialize, Serialize};

/// A part of the school day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// Starts before noon.
    Morning,
    /// Starts at noon or later.
    Afternoon,
}

impl DayPart {
    /// Both, in the order of the day.
    pub const ALL: [Self; 2] = [Self::Morning, Self::Afternoon];

    /// The part in which a moment lies, in the Netherlands.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Self {
        if local(at).hour() < 12 { Self::Morning } else { Self::Afternoon }
    }

    /// The word in the URL, which is what people read in lower case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning => "ochtend",
            Self::Afternoon => "middag",
        }
    }

    /// The part with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// What somebody narrowed the results to. Within one filter any value will do; all filters must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// Knows one of these.
    pub expertises: Vec<ExpertiseId>,
    /// Works at one of these levels.
    pub levels: Vec<SupportLevel>,
    /// Works in one of these wijken.
    pub wijken: Vec<WijkId>,
    /// Is of one of these suppliers.
    pub suppliers: Vec<SupplierId>,
    /// Is free in one of these parts of a day.
    pub day_parts: Vec<DayPart>,
    /// Is free before this day (`Vrij voor 4 december`: the 3rd is the last).
    pub free_before: Option<NaiveDate>,
}

/// What filters look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The expertises with a proof that counts.
    pub expertises: &'a [ExpertiseId],
    /// The levels of support offered.
    pub levels: &'a [SupportLevel],
    /// The wijken worked in; none listed means all of the partnership.
    pub wijken: &'a [WijkId],
    /// The supplier.
    pub supplier: SupplierId,
    /// The starts of free moments.
    pub free: &'a [DateTime<Utc>],
}

impl Filters {
    /// Whether somebody passes every filter.
    #[must_use]
    pub fn matches(&self, facts: &Facts<'_>) -> bool {
        passes(&self.expertises, facts.expertises)
            && passes(&self.levels, facts.levels)
            && (facts.wijken.is_empty() || passes(&self.wijken, facts.wijken))
            && passes(&self.suppliers, &[facts.supplier])
            && self.passes_time(facts.free)
    }

    /// How many filters are on, for `Filters (2 aan)`.
    #[must_use]
    pub fn count(&self) -> usize {
        let lists = [self.expertises.len(), self.levels.len(), self.wijken.len(), self.suppliers.len(), self.day_parts.len()];
        lists.into_iter().filter(|length| *length > 0).count() + usize::from(self.free_before.is_some())
    }

    fn passes_time(&self, free: &[DateTime<Utc>]) -> bool {
        if self.day_parts.is_empty() && self.free_before.is_none() {
            return true;
        }
        free.iter().any(|at| {
            let early = self.free_before.is_none_or(|date| local(*at).date() < date);
            early && passes(&self.day_parts, &[DayPart::of(*at)])
        })
    }
}

fn passes<T: PartialEq>(wanted: &[T], has: &[T]) -> bool {
    wanted.is_empty() || wanted.iter().any(|one| has.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    const fn supplier(number: u128) -> SupplierId {
        SupplierId(Uuid::from_u128(number))
    }

    const fn wijk(number: u128) -> WijkId {
        WijkId(Uuid::from_u128(number))
    }

    #[test]
    fn noon_in_the_netherlands_parts_the_day_in_summer_and_in_winter() {
        assert_eq!(DayPart::of(at("2026-11-19T10:59:00Z")), DayPart::Morning);
        assert_eq!(DayPart::of(at("2026-11-19T11:00:00Z")), DayPart::Afternoon);
        assert_eq!(DayPart::of(at("2026-06-19T09:59:00Z")), DayPart::Morning);
        assert_eq!(DayPart::of(at("2026-06-19T10:00:00Z")), DayPart::Afternoon);
        assert_eq!(DayPart::from_code("middag"), Some(DayPart::Afternoon));
    }

    #[test]
    fn the_same_moment_must_lie_before_the_date_and_in_the_day_part() {
        let free = [at("2026-12-03T12:00:00Z"), at("2026-12-04T08:00:00Z")];
        let facts = Facts { expertises: &[], levels: &[], wijken: &[], supplier: supplier(1), free: &free };
        let before = NaiveDate::from_ymd_opt(2026, 12, 4);
        let filters = |day_parts: &[DayPart]| Filters { day_parts: day_parts.to_vec(), free_before: before, ..Filters::default() };
        assert!(filters(&[]).matches(&facts));
        assert!(filters(&[DayPart::Afternoon]).matches(&facts));
        assert!(!filters(&[DayPart::Morning]).matches(&facts));
        assert!(Filters { day_parts: vec![DayPart::Morning], ..Filters::default() }.matches(&facts));
        assert_eq!(filters(&[DayPart::Morning]).count(), 2);
    }

    #[test]
    fn any_value_of_a_filter_will_do_and_every_filter_must_hold() {
        let facts = Facts { expertises: &[], levels: &[SupportLevel::Group], wijken: &[wijk(1)], supplier: supplier(1), free: &[] };
        let filters = Filters {
            levels: vec![SupportLevel::Pupil, SupportLevel::Group],
            wijken: vec![wijk(1)],
            suppliers: vec![supplier(1), supplier(2)],
            ..Filters::default()
        };
        assert!(filters.matches(&facts));
        assert!(!Filters { suppliers: vec![supplier(2)], ..filters.clone() }.matches(&facts));
        assert!(!Filters { wijken: vec![wijk(2)], ..filters.clone() }.matches(&facts));
        assert!(!Filters { levels: vec![SupportLevel::School], ..filters.clone() }.matches(&facts));
        let everywhere = Facts { wijken: &[], ..facts };
        assert!(Filters { wijken: vec![wijk(2)], ..filters }.matches(&everywhere));
    }

    proptest! {
        #[test]
        fn no_filter_lets_everybody_through(number in any::<u128>(), levels in proptest::sample::subsequence(SupportLevel::ALL.to_vec(), 0..=4)) {
            let facts = Facts { expertises: &[], levels: &levels, wijken: &[], supplier: supplier(number), free: &[] };
            prop_assert!(Filters::default().matches(&facts));
        }
    }
}
