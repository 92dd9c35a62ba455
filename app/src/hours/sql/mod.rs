//! The ledger's rows: accounts, postings, contracts, and what is summed from them.

mod accounts;
mod allot;
mod checks;
mod contracts;
mod deviations;
mod drafts;
mod entries;
mod exports;
mod journal;
mod ledger;
mod lines;
mod mandates;
mod reversals;
mod runs;
mod schools;
mod spend;
mod standing;
mod taken;
mod years;

pub use accounts::{AccountRow, account, accounts_of, balance, balances, held_in, left_in};
pub use allot::{claims, inputs, put_claims, put_contract, put_contract_months, put_inputs};
pub use checks::{Report, check};
pub use contracts::{ContractRow, contracts};
pub use deviations::{
    DeviationRow, close_deviation, deviation, deviation_by_key, deviations, deviations_of_board, deviations_of_supplier,
    deviations_waiting, insert_deviation, places_with_hours,
};
pub use drafts::{division_draft, draft, drop_division_draft, drop_draft, put_division_draft, put_draft};
pub use entries::{ENTRIES_MAX, EntryRow, Others, Selection, When, Whose, board_name, entries, place_of_booking};
pub use exports::{AllottedLine, BalanceLine, allotted_lines, balance_lines};
pub use journal::{Counted, Journal, Of, counted, counted_about, entry, journal, journal_about, posting, reversal_of};
pub use ledger::{PostingRow, ledger_head, post, postings_about};
pub use lines::{Among, HolderLine, LineRow, MonthLine, SupplierSum, lines_among, lines_in, lines_of, supplier_sums};
pub use mandates::{mandated, mandates, put_mandates};
pub use reversals::{Mirrored, postings_of, to_mirror};
pub use runs::{
    NewAllotment, NewDivision, RunRow, allotment_by_key, allotments, board_keeps, close_allotment, close_division, division_by_key,
    divisions, insert_allotment, insert_division, place_of_division, year_of_allotment,
};
pub use schools::{SchoolRow, schools_of};
pub use spend::{Payer, board_opens, payer, sources, sources_in, sources_when_back, spendable};
pub use standing::{standing_of_board, standing_of_boards};
pub use taken::{Taken, TakenIn, taken_by, taken_of};
pub use years::school_years;
