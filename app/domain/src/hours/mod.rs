//! Hours: buckets, the ledger, the allotment and the order in which a booking is paid.

mod allotment;
mod bucket;
mod remainder;
mod schools;
mod shares;
mod spread;
mod weights;

pub use allotment::{
    CONTRACT_HOURS_MAX, CONTRACTS_MAX, Cell, Comparison, Contract, PRINTED_MONTHS, Printed, SupplierRow, compare, exact, printed,
};
pub use bucket::{Month, SchoolYear};
pub use remainder::largest_remainder;
pub use schools::{PUPILS_MAX, SCHOOLS_MAX, SchoolHours, SchoolPupils, by_pupils, divide, over_months};
pub use shares::{BECAUSE_MAX, BOARDS_MAX, Claim, Decided, Origin, Share, WEIGHT_MAX, shares};
pub use spread::spread;
pub use weights::{Basis, SCHOOL_WEIGHT_MAX, SchoolFacts, hundredths};
