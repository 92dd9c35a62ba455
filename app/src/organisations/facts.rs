//! What is known of schools and boards, for an import to compare with before it writes.
//!
//! Always true here: it reads, and places what only a file can place.

use super::sql::SCHOOLS_MAX;
use crate::{
    db::{Result, Tx},
    execute, fetch_all,
};
use domain::{BoardId, DistrictId, PartnershipId, WijkId};
use uuid::Uuid;

/// A school with everything that an import may change.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KnownSchool {
    pub id: Uuid,
    pub brin: String,
    pub name: String,
    pub street: String,
    pub postcode: String,
    pub town: String,
    pub municipality: String,
    pub denomination: String,
    pub board_id: Option<Uuid>,
    pub wijk_id: Uuid,
    pub pupils: Option<i64>,
}

/// A board with the number that DUO gives it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KnownBoard {
    pub id: Uuid,
    pub name: String,
    pub number: Option<String>,
}

/// Every school of the partnership, by BRIN.
pub async fn known_schools(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<KnownSchool>> {
    fetch_all!(
        tx,
        KnownSchool,
        "select id, brin, name, street, postcode, town, municipality, denomination, board_id, wijk_id, pupils
         from schools
         where partnership_id = $1
         order by brin
         limit $2",
        partnership.0,
        SCHOOLS_MAX
    )
}

/// Every board, in its order.
pub async fn known_boards(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<KnownBoard>> {
    fetch_all!(
        tx,
        KnownBoard,
        "select id, name, number from boards where partnership_id = $1 order by position, name limit 1000",
        partnership.0
    )
}

/// Keeps the number that DUO gives a board, so that a board that is renamed there is found again.
pub async fn number_board(tx: &mut Tx, partnership: PartnershipId, board: BoardId, number: &str) -> Result<()> {
    execute!(tx, "update boards set number = $3 where partnership_id = $1 and id = $2", partnership.0, board.0, number).map(drop)
}

/// Places a wijk in another district.
pub async fn place_wijk(tx: &mut Tx, partnership: PartnershipId, wijk: WijkId, district: DistrictId) -> Result<()> {
    execute!(tx, "update wijken set district_id = $3 where partnership_id = $1 and id = $2", partnership.0, wijk.0, district.0).map(drop)
}
