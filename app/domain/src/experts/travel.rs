//! How far: in classes of neighbourhood, because the partnership knows wijken and not roads.
//!
//! Always true here: no distance is invented; what is unknown counts as elsewhere.

use crate::Refusal;
use crate::ids::{DistrictId, WijkId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where somebody or something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The wijk, when known.
    pub wijk: Option<WijkId>,
    /// The district, when known.
    pub district: Option<DistrictId>,
}

/// How far two places lie apart, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TravelClass {
    /// In the same wijk.
    SameWijk,
    /// In another wijk of the same district.
    SameDistrict,
    /// Further, or unknown.
    Elsewhere,
}

impl TravelClass {
    /// What people read.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::SameWijk => "zelfde wijk",
            Self::SameDistrict => "zelfde stadsdeel",
            Self::Elsewhere => "verder weg",
        }
    }
}

/// How far two places lie apart.
#[must_use]
pub fn travel_class(from: Place, to: Place) -> TravelClass {
    if from.wijk.is_some() && from.wijk == to.wijk {
        TravelClass::SameWijk
    } else if from.district.is_some() && from.district == to.district {
        TravelClass::SameDistrict
    } else {
        TravelClass::Elsewhere
    }
}

/// A Dutch postcode, as `4707 AB`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Postcode(String);

impl Postcode {
    /// The postcode that somebody typed, with or without the space, in any case.
    ///
    /// # Errors
    /// `postcode_invalid` at field `postcode`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let bare: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).map(|byte| byte.to_ascii_uppercase()).collect();
        match bare.as_slice() {
            [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'A'..=b'Z', b'A'..=b'Z'] => {
                let letter = |place: usize| char::from(bare[place]);
                let (digits, letters): (String, String) = ((0..4).map(letter).collect(), (4..6).map(letter).collect());
                Ok(Self(format!("{digits} {letters}")))
            }
            _ => {
                Err(Refusal::new("postcode_invalid", "Dit is geen postcode", "Schrijf 4 cijfers en 2 letters, zoals 4707 AB.")
                    .at("postcode"))
            }
        }
    }

    /// `4707 AB`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `4707`: the part that wijken are listed by.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[..4]
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Postcode> for String {
    fn from(postcode: Postcode) -> Self {
        postcode.0
    }
}

impl TryFrom<String> for Postcode {
    type Error = Refusal;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn place(wijk: Option<u128>, district: Option<u128>) -> Place {
        Place { wijk: wijk.map(|id| WijkId(Uuid::from_u128(id))), district: district.map(|id| DistrictId(Uuid::from_u128(id))) }
    }

    #[test]
    fn the_same_wijk_is_nearest_and_the_unknown_is_elsewhere() {
        assert_eq!(travel_class(place(Some(1), Some(1)), place(Some(1), Some(1))), TravelClass::SameWijk);
        assert_eq!(travel_class(place(Some(1), Some(1)), place(Some(2), Some(1))), TravelClass::SameDistrict);
        assert_eq!(travel_class(place(Some(1), Some(1)), place(Some(2), Some(2))), TravelClass::Elsewhere);
        assert_eq!(travel_class(place(None, None), place(None, None)), TravelClass::Elsewhere);
        assert!(TravelClass::SameWijk < TravelClass::Elsewhere);
    }

    #[test]
    fn a_postcode_is_kept_in_one_spelling() {
        for typed in ["4707 AB", "4707ab", " 4707  aB "] {
            let postcode = Postcode::parse(typed).expect("a postcode");
            assert_eq!((postcode.as_str(), postcode.digits()), ("4707 AB", "4707"));
        }
        for typed in ["", "0707 AB", "4707", "4707 A1", "4707 ABC", "４707 AB"] {
            assert_eq!(Postcode::parse(typed).expect_err("refused").code, "postcode_invalid");
        }
    }
}
