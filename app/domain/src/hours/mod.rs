//! Hours: buckets, the ledger, the allotment and the order in which a booking is paid.

mod bucket;

pub use bucket::{Month, SchoolYear};
