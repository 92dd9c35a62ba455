//! The ledger's rows: accounts, postings, contracts, and what is summed from them.

mod accounts;
mod allot;
mod checks;
mod contracts;
mod entries;
mod exports;
mod ledger;
mod lines;
mod spend;
mod taken;
mod years;

pub use accounts::{AccountRow, account, accounts_of, balance, ensure};
pub use allot::{AllotOutcome, allot_year, claims, put_claims, put_contract};
pub use checks::{Report, check};
pub use contracts::{ContractRow, contracts};
pub use entries::{ENTRIES_MAX, EntryRow, Selection, When, board_name, entries, place_of_booking};
pub use exports::{BalanceLine, balance_lines};
pub use ledger::{PostingRow, post, postings_about};
pub use lines::{Among, HolderLine, LineRow, MonthLine, SupplierSum, lines_among, lines_in, lines_of, supplier_sums};
pub use spend::{Payer, payer, sources, spendable};
pub use taken::{Taken, taken};
pub use years::school_years;
