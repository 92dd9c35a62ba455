//! Whether a partnership is sound: every invariant of the domain over all rows, as `wijkpot check` proves it.

use app::{checks::prove, db::Tx};
use domain::PartnershipId;

/// Everything that is wrong; empty when sound.
pub async fn sound(tx: &mut Tx, partnership: PartnershipId) -> Vec<String> {
    let proof = prove(tx, partnership).await.expect("proven");
    proof.violations.into_iter().map(|violation| format!("{}: {}", violation.rule, violation.what)).collect()
}
