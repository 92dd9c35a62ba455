//! Who asks: the school behind a person, with what it may spend and whom it knows; kept for as long as nobody writes in the partnership.
//! Always true: without a school there are no hours and no distances, and nobody invents them.

use super::sql;
use crate::{
    AppError,
    db::{Result, Snapshot, Tx},
    hours::sql::{Payer, payer, spendable},
    kept::Kept,
    organisations::sql::SchoolRow,
    session::{Ground, Me},
};
use chrono::{DateTime, Utc};
use domain::{
    PartnershipId, SchoolId, SpecialistId, SupplierId,
    availability::Place,
    experts::{self, Spendable},
    hours::Month,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use uuid::Uuid;

/// The schools that look for somebody at the same time, in every partnership; one takes two kilobytes.
const KEPT_MAX: usize = 500;

static ASKERS: Kept<(PartnershipId, SchoolId, Month), Ground, Option<Asker>> = Kept::new(KEPT_MAX);
static PAYERS: Kept<(PartnershipId, SchoolId), Ground, Option<Payer>> = Kept::new(KEPT_MAX);

/// The school that asks.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The school itself.
    pub school: SchoolRow,
    /// What it can spend this month.
    pub hours: HashMap<SupplierId, Spendable>,
    /// Who worked there before.
    pub worked_here: HashSet<SpecialistId>,
}

impl Asker {
    /// Where it lies, for distances.
    #[must_use]
    pub fn place(&self) -> experts::Place {
        experts::Place { wijk: Some(self.school.wijk_id.into()), district: Some(self.school.district_id.into()) }
    }
}

/// The first school of a coordinator or head, with its hours of this month; none for everybody else.
///
/// # Errors
/// When the database does not answer.
pub async fn asker(snapshot: &mut Snapshot, me: &Me, now: DateTime<Utc>) -> Result<Arc<Option<Asker>>, AppError> {
    let Some(school) = me.actor.schools().first().copied() else { return Ok(Arc::default()) };
    let (partnership, month) = (me.partnership(), Month::at(now));
    let read = async |tx: &mut Tx| {
        let Some(payer) = payer(tx, partnership, school).await? else { return Ok(None) };
        let hours = spendable(tx, partnership, &payer, month).await?;
        let worked_here = sql::worked_at(tx, partnership, school).await?;
        Ok(Some(Asker { school: payer.school, hours, worked_here }))
    };
    ASKERS.or_read((partnership, school, month), me.ground(now), snapshot, read).await
}

/// The first school of a coordinator or head, with who pays for it; none for everybody else.
///
/// # Errors
/// When the database does not answer.
pub async fn payer_of(snapshot: &mut Snapshot, me: &Me, now: DateTime<Utc>) -> Result<Arc<Option<Payer>>> {
    match me.actor.schools().first() {
        Some(school) => payer_of_school(snapshot, me, *school, now).await,
        None => Ok(Arc::default()),
    }
}

/// Who pays for a school of this person's partnership, for a page; none when there is no such school.
///
/// # Errors
/// When the database does not answer.
pub async fn payer_of_school(snapshot: &mut Snapshot, me: &Me, school: SchoolId, now: DateTime<Utc>) -> Result<Arc<Option<Payer>>> {
    let partnership = me.partnership();
    PAYERS.or_read((partnership, school), me.ground(now), snapshot, async |tx: &mut Tx| payer(tx, partnership, school).await).await
}

/// The place slots are asked for: the school, or for whoever has none a place far from every school, so that no moment is promised
/// that travel makes impossible.
#[must_use]
pub fn place_of(school: Option<&SchoolRow>) -> Place {
    match school {
        Some(row) => Place { school: row.id.into(), wijk: Some(row.wijk_id.into()), district: Some(row.district_id.into()) },
        None => Place { school: Uuid::nil().into(), wijk: None, district: None },
    }
}
