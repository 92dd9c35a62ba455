//! The ledger's rows: accounts, postings, contracts.

mod accounts;
mod allot;
mod contracts;
mod ledger;
mod spend;

pub use accounts::{AccountRow, account, accounts_of, balance, ensure};
pub use allot::{AllotOutcome, allot_year, claims, put_claims, put_contract};
pub use contracts::{ContractRow, contracts};
pub use ledger::{PostingRow, post, postings_about};
pub use spend::{Payer, payer, sources, spendable};
