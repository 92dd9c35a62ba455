//! Hours: buckets, the ledger, the allotment and the order in which a booking is paid.

mod allotment;
mod balances;
mod books;
mod bucket;
pub mod chain;
pub mod checks;
pub mod closing;
mod deviation;
pub(crate) mod kinds;
mod ledger;
pub mod lines;
mod mandate;
mod plan;
mod reason;
mod recount;
mod redivide;
mod remainder;
mod reversal;
mod schools;
mod shares;
pub mod sources;
mod spread;
mod way;
mod weights;

pub use allotment::{
    CONTRACT_HOURS_MAX, CONTRACTS_MAX, Cell, Comparison, Contract, PRINTED_MONTHS, Printed, SupplierRow, compare, exact, printed,
};
pub use balances::Balances;
pub use books::{Books, Step};
pub use bucket::{Month, SchoolYear};
pub use deviation::{DEVIATIONS_WAITING_MAX, Deviation, DeviationState, Party};
pub use kinds::{AboutKind, HolderKind, PostingKind};
pub use ledger::{AccountKey, Bucket, Holder, POSTING_MINUTES_MAX, REASON_CHARACTERS_MAX, Transfer, allows};
pub use mandate::{MANDATE_CAP_MAX, Mandate};
pub use plan::{BoardInput, Inputs, Plan};
pub use reason::read_reason;
pub use recount::{Given, Goal, Shortage, Standing, hours_gone, recount, take};
pub use redivide::{keep, redivide};
pub use remainder::largest_remainder;
pub use reversal::{already_reversed, check_by_hand, check_undo, hours_went_on};
pub use schools::{PUPILS_MAX, SCHOOLS_MAX, SchoolHours, SchoolPupils, by_pupils, divide, over_months};
pub use shares::{BECAUSE_MAX, BOARDS_MAX, Claim, Decided, Origin, Share, WEIGHT_MAX, shares};
pub use spread::spread;
pub use way::{SchoolPart, Way};
pub use weights::{Amounts, Basis, BoardFacts, SCHOOL_WEIGHT_MAX, hundredths};
