//! Sums of a period, kept in memory for as long as they are true. Always true here: what is kept was added up from a ledger with the same
//! last posting, whose hash speaks for all before it, and with the same schools at the same boards; anything else is added up anew.

use super::sql::{FigureRow, PaidByPot, Span, figures, paid_by_pots};
use crate::{
    db::{Result, Tx},
    hours::sql::ledger_head,
    organisations::sql::boards_of_schools,
};
use domain::{PartnershipId, SchoolId};
use std::{
    collections::VecDeque,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};
use uuid::Uuid;

/// Each of the 76 partnerships looks at this year, and some at another one; the largest keeps less than a megabyte.
const KEPT_MAX: usize = 100;

/// Everything that became of the hours of a period.
#[derive(Debug)]
pub struct Sums {
    pub figures: Vec<FigureRow>,
    pub paid: Vec<PaidByPot>,
}

/// What sums depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ground {
    partnership: PartnershipId,
    span: Span,
    head: String,
    homes: Vec<(SchoolId, Option<Uuid>)>,
}

/// Sums with their ground; who reads the same anew waits for who began.
#[derive(Clone, Debug)]
struct Kept {
    ground: Arc<Ground>,
    sums: Arc<tokio::sync::OnceCell<Arc<Sums>>>,
}

static KEPT: LazyLock<Mutex<VecDeque<Kept>>> = LazyLock::new(Mutex::default);

/// The sums of a period of this partnership.
///
/// # Errors
/// When the database does not answer.
pub async fn sums(tx: &mut Tx, partnership: PartnershipId, span: Span) -> Result<Arc<Sums>> {
    let head = ledger_head(tx, partnership).await?.map(|(_, hash)| hash).unwrap_or_default();
    let homes = boards_of_schools(tx, partnership).await?;
    let cell = place(Ground { partnership, span: span.clone(), head, homes });
    cell.get_or_try_init(async || {
        Ok(Arc::new(Sums { figures: figures(tx, partnership, &span).await?, paid: paid_by_pots(tx, partnership, &span).await? }))
    })
    .await
    .cloned()
}

/// Where the sums on this ground are, or come. They take the place of those of the same period on another ground.
fn place(ground: Ground) -> Arc<tokio::sync::OnceCell<Arc<Sums>>> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(there) = kept.iter().find(|one| *one.ground == ground) {
        return there.sums.clone();
    }
    kept.retain(|one| (one.ground.partnership, &one.ground.span) != (ground.partnership, &ground.span));
    kept.truncate(KEPT_MAX - 1);
    let new = Kept { ground: Arc::new(ground), sums: Arc::default() };
    let sums = new.sums.clone();
    kept.push_front(new);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(year: i64, head: &str) -> Ground {
        let span = Span { school_year: year, first: String::new(), last: "9999-12".to_owned() };
        Ground { partnership: Uuid::from_u128(7).into(), span, head: head.to_owned(), homes: Vec::new() }
    }

    #[test]
    fn the_same_ground_finds_the_same_sums_and_another_takes_their_place() {
        let first = place(ground(2026, "a"));
        assert!(Arc::ptr_eq(&first, &place(ground(2026, "a"))));
        let other_year = place(ground(2025, "a"));
        assert!(!Arc::ptr_eq(&first, &other_year));
        assert!(!Arc::ptr_eq(&first, &place(ground(2026, "b"))), "a posting later");
        assert!(!Arc::ptr_eq(&first, &place(ground(2026, "a"))), "what was there is gone");
        assert!(Arc::ptr_eq(&other_year, &place(ground(2025, "a"))));
        let moved = Ground { homes: vec![(Uuid::from_u128(1).into(), None)], ..ground(2025, "a") };
        assert!(!Arc::ptr_eq(&other_year, &place(moved)), "a school with another board");
        for year in 0..300 {
            place(ground(year, "c"));
        }
        assert!(KEPT.lock().unwrap_or_else(PoisonError::into_inner).len() <= KEPT_MAX);
    }
}
