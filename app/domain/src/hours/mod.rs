//! Hours: buckets, the ledger, the allotment and the order in which a booking is paid.

mod balances;
mod bucket;
pub mod chain;
pub mod checks;
mod kinds;
mod ledger;
pub mod lines;
pub mod sources;

pub use balances::Balances;
pub use bucket::{Month, SchoolYear};
pub use kinds::{AboutKind, HolderKind, PostingKind};
pub use ledger::{AccountKey, Bucket, Holder, POSTING_MINUTES_MAX, REASON_CHARACTERS_MAX, Transfer, allows};
