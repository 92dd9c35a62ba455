//! Hours: buckets, the ledger, the allotment and the order in which a booking is paid.

mod allotment;
mod balances;
mod bucket;
pub mod chain;
pub mod checks;
pub(crate) mod kinds;
mod ledger;
pub mod lines;
mod remainder;
mod schools;
mod shares;
pub mod sources;
mod spread;
mod weights;

pub use allotment::{
    CONTRACT_HOURS_MAX, CONTRACTS_MAX, Cell, Comparison, Contract, PRINTED_MONTHS, Printed, SupplierRow, compare, exact, printed,
};
pub use balances::Balances;
pub use bucket::{Month, SchoolYear};
pub use kinds::{AboutKind, HolderKind, PostingKind};
pub use ledger::{AccountKey, Bucket, Holder, POSTING_MINUTES_MAX, REASON_CHARACTERS_MAX, Transfer, allows};
pub use remainder::largest_remainder;
pub use schools::{PUPILS_MAX, SCHOOLS_MAX, SchoolHours, SchoolPupils, by_pupils, divide, over_months};
pub use shares::{BECAUSE_MAX, BOARDS_MAX, Claim, Decided, Origin, Share, WEIGHT_MAX, shares};
pub use spread::spread;
pub use weights::{Basis, SCHOOL_WEIGHT_MAX, SchoolFacts, hundredths};
