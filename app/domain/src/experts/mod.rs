//! Experts: what they are good at, how one finds them, and why one comes before another.
//!
//! Always true here: order and explanation come from facts that anyone can check, never from how somebody performs.

mod filters;
mod index;
mod level;
mod proof;
mod ranking;
mod search;
pub mod taxonomy;
mod travel;
mod typing;
mod words;

pub use filters::{DayPart, Facts, Filters};
pub use index::{Index, Term, TermKind};
pub use level::{ExpertiseLevel, SupportLevel};
pub use proof::{PROOF_WARNING_DAYS, Proof, ProofState, check_proof};
pub use ranking::{Asked, Candidate, Matched, ORDER_SENTENCE, Ranked, Spendable, in_sentence, rank};
pub use search::{ExpertiseFound, QUERY_CHARS_MAX, QUERY_WORDS_MAX, Query, SpecialistFound, Understanding};
pub use travel::{Place, Postcode, TravelClass, travel_class};
pub use words::fold;
