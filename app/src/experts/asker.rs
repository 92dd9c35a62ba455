//! Who asks: the school behind a person, with what it may spend and whom it knows. Always true: without a school there are no hours and
//! no distances, and nobody invents them.

use super::sql;
use crate::{
    AppError,
    db::{Result, Tx},
    hours::sql::{Payer, payer, spendable},
    organisations::sql::SchoolRow,
    session::Me,
};
use domain::{
    SpecialistId, SupplierId,
    availability::Place,
    experts::{self, Spendable},
    hours::Month,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

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

/// The first school of a coordinator or head, with its hours of a month; none for everybody else.
pub async fn asker(tx: &mut Tx, me: &Me, month: Month) -> Result<Option<Asker>, AppError> {
    let Some(payer) = payer_of(tx, me).await? else { return Ok(None) };
    let hours = spendable(tx, me.partnership(), &payer, month).await?;
    let worked_here = sql::worked_at(tx, me.partnership(), payer.school.id.into()).await?;
    Ok(Some(Asker { school: payer.school, hours, worked_here }))
}

/// The first school of a coordinator or head, with who pays for it.
pub async fn payer_of(tx: &mut Tx, me: &Me) -> Result<Option<Payer>> {
    match me.actor.schools().first() {
        Some(id) => payer(tx, me.partnership(), *id).await,
        None => Ok(None),
    }
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
