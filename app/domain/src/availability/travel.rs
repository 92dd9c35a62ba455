//! Travel between schools: how much time must lie free between two bookings. It is never paid from anybody's hours.

use crate::{
    ids::{DistrictId, SchoolId, WijkId},
    minutes::Minutes,
};
use serde::{Deserialize, Serialize};

/// Where a booking is. A school that has no wijk or district yet is far from every other school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The school.
    pub school: SchoolId,
    /// Its wijk, when known.
    pub wijk: Option<WijkId>,
    /// The district of its wijk, when known.
    pub district: Option<DistrictId>,
}

/// How far two bookings lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TravelClass {
    /// The same building.
    SameSchool,
    /// Another school of the same wijk.
    SameWijk,
    /// Another wijk of the same district.
    SameDistrict,
    /// Anywhere else in the partnership.
    Elsewhere,
}

impl TravelClass {
    /// How far apart two places are.
    #[must_use]
    pub fn between(one: &Place, other: &Place) -> Self {
        if one.school == other.school {
            Self::SameSchool
        } else if one.wijk.is_some() && one.wijk == other.wijk {
            Self::SameWijk
        } else if one.district.is_some() && one.district == other.district {
            Self::SameDistrict
        } else {
            Self::Elsewhere
        }
    }

    /// The time that must lie free between the two *(choice)*: by bicycle through a wijk, by car through a district, and
    /// from end to end of a partnership. It may lie in a break, since nobody pays for it.
    #[must_use]
    pub const fn minutes(self) -> Minutes {
        Minutes(match self {
            Self::SameSchool => 0,
            Self::SameWijk => 15,
            Self::SameDistrict => 30,
            Self::Elsewhere => 45,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn place(school: u128, wijk: Option<u128>, district: Option<u128>) -> Place {
        let id = |n| Uuid::from_u128(n);
        Place { school: SchoolId(id(school)), wijk: wijk.map(|n| WijkId(id(n))), district: district.map(|n| DistrictId(id(n))) }
    }

    #[test]
    fn travel_takes_longer_the_further_apart_two_schools_lie() {
        let here = place(1, Some(1), Some(1));
        let minutes = |other: Place| TravelClass::between(&here, &other).minutes().0;
        assert_eq!(minutes(here), 0);
        assert_eq!(minutes(place(2, Some(1), Some(1))), 15);
        assert_eq!(minutes(place(3, Some(2), Some(1))), 30);
        assert_eq!(minutes(place(4, Some(3), Some(2))), 45);
    }

    #[test]
    fn a_school_without_a_wijk_is_far_from_every_other() {
        assert_eq!(TravelClass::between(&place(1, None, None), &place(2, None, None)), TravelClass::Elsewhere);
        assert_eq!(TravelClass::between(&place(1, None, None), &place(1, None, None)), TravelClass::SameSchool);
    }
}
