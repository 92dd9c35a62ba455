//! Sums of a period. Always true here: what is kept of them was added up from a ledger with the same last posting, and with the same schools
//! at the same boards.

use super::sql::{FigureRow, PaidByPot, Span, figures, paid_by_pots};
use crate::{
    db::{Result, Tx},
    hours::sql::ledger_head,
    kept::Kept,
    organisations::sql::boards_of_schools,
};
use domain::{PartnershipId, SchoolId};
use std::sync::Arc;
use uuid::Uuid;

/// Each of the 76 partnerships looks at this year, and some at another one; the largest keeps less than a megabyte.
const KEPT_MAX: usize = 100;

/// Everything that became of the hours of a period.
#[derive(Debug)]
pub struct Sums {
    pub figures: Vec<FigureRow>,
    pub paid: Vec<PaidByPot>,
}

/// The last posting, and which board each school belongs to.
type Ground = (String, Vec<(SchoolId, Option<Uuid>)>);

static KEPT: Kept<(PartnershipId, Span), Ground, Sums> = Kept::new(KEPT_MAX);

/// The sums of a period of this partnership.
///
/// # Errors
/// When the database does not answer.
pub async fn sums(tx: &mut Tx, partnership: PartnershipId, span: Span) -> Result<Arc<Sums>> {
    let head = ledger_head(tx, partnership).await?.map(|(_, hash)| hash).unwrap_or_default();
    let homes = boards_of_schools(tx, partnership).await?;
    let key = (partnership, span.clone());
    let make = async { Ok(Sums { figures: figures(tx, partnership, &span).await?, paid: paid_by_pots(tx, partnership, &span).await? }) };
    KEPT.or_made(key, Some((head, homes)), make).await
}
