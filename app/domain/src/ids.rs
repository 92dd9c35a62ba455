//! Names for rows. Each kind of id is its own type, so that a school can not be passed where a board is meant.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A samenwerkingsverband: the tenant. Every row belongs to one.
    PartnershipId,
    /// A schoolbestuur.
    BoardId,
    /// A school site with a BRIN.
    SchoolId,
    /// A neighbourhood.
    WijkId,
    /// A stadsdeel: a group of wijken.
    DistrictId,
    /// A leverancier: employs specialists.
    SupplierId,
    /// Somebody who can sign in.
    PersonId,
    /// A person with proven expertise who can be booked.
    SpecialistId,
    /// A node of the taxonomy.
    ExpertiseId,
    /// An account of the ledger.
    AccountId,
    /// A posting of the ledger.
    PostingId,
    /// A specialist's time at a school.
    BookingId,
    /// A wijkpot, the city-wide one as well.
    WijkpotId,
    /// A gift to a wijkpot.
    DonationId,
    /// A school's question for hours from a wijkpot.
    DrawId,
    /// A school's question for hours from a reserve.
    ReserveRequestId,
    /// A specialist's question for hours that a visit took longer.
    BookingExtraId,
    /// An agreement to use hours in another month.
    DeviationId,
    /// A division of a school year over the boards.
    AllotmentId,
    /// A board's division over its schools.
    DivisionId,
}
