//! The school years a partnership has hours in.

use crate::{
    db::{Result, Tx},
    fetch_all,
};
use domain::{PartnershipId, hours::SchoolYear};

/// The school years for which hours were bought, the last one first.
pub async fn school_years(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<SchoolYear>> {
    let rows: Vec<(i64,)> = fetch_all!(
        tx,
        (i64,),
        "select distinct school_year from contracts where partnership_id = $1 order by school_year desc limit 50",
        partnership.0
    )?;
    Ok(rows.into_iter().filter_map(|(year,)| i32::try_from(year).ok()).map(SchoolYear).collect())
}
