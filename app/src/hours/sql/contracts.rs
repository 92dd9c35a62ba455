//! Reading contracts as they were given, to compare with before writing.

use crate::{
    db::{Result, Tx},
    fetch_all,
};
use domain::{PartnershipId, hours::SchoolYear};
use uuid::Uuid;

/// A partnership has a handful of suppliers; the list of suppliers itself stops at a hundred.
const CONTRACTS_MAX: i64 = 100;

/// Minutes bought from a supplier in a school year, and the part of them kept back.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ContractRow {
    pub supplier_id: Uuid,
    pub contract_minutes: i64,
    pub reserve_minutes: i64,
}

/// The contracts of a school year.
pub async fn contracts(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Vec<ContractRow>> {
    fetch_all!(
        tx,
        ContractRow,
        "select supplier_id, contract_minutes, reserve_minutes
         from contracts
         where partnership_id = $1 and school_year = $2
         order by supplier_id
         limit $3",
        partnership.0,
        i64::from(year.0),
        CONTRACTS_MAX
    )
}
