//! The schools of a board, as a division sees them. Always true here: in the order of their BRIN, so that ties fall the same every time.

use crate::{
    db::{Result, Tx},
    fetch_all,
};
use domain::{
    BoardId, PartnershipId,
    hours::{SCHOOLS_MAX, SchoolPupils},
};
use uuid::Uuid;

/// A school of a board.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SchoolRow {
    pub id: Uuid,
    pub brin: String,
    pub name: String,
    pub pupils: Option<i64>,
}

impl SchoolRow {
    /// As the division by pupils sees it.
    #[must_use]
    pub fn as_pupils(&self) -> SchoolPupils {
        SchoolPupils { school: self.id.into(), pupils: self.pupils }
    }
}

/// The schools of a board; one more than there may be, so that too many shows.
pub async fn schools_of(tx: &mut Tx, partnership: PartnershipId, board: BoardId) -> Result<Vec<SchoolRow>> {
    fetch_all!(
        tx,
        SchoolRow,
        "select id, brin, name, pupils from schools where partnership_id = $1 and board_id = $2 order by brin, id limit $3",
        partnership.0,
        board.0,
        i64::try_from(SCHOOLS_MAX).unwrap_or(i64::MAX).saturating_add(1)
    )
}
