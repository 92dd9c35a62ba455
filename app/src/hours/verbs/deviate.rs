//! Using hours in another month than the rule says (000, afwijkende afspraken). Always true here: who asks and who answers are two people
//! on two sides, and the hours move in the transaction of the answer.

use super::check_key;
use crate::{
    AppError,
    db::Tx,
    hours::sql::{self, DeviationRow},
    organisations,
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, DeviationId, Minutes, PartnershipId, PersonId, Refusal, SchoolId, SupplierId,
    hours::{AccountKey, Bucket, Deviation, DeviationState, Month, Party, chain::idempotency_conflict, read_reason},
    time,
};
use uuid::Uuid;

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Whose hours.
    pub supplier: SupplierId,
    /// The board that has them, or whose school has them.
    pub board: BoardId,
    /// The school that has them; none for the board's own.
    pub school: Option<SchoolId>,
    /// The month they leave.
    pub from: Month,
    /// The month they are used in.
    pub to: Month,
    /// How many.
    pub minutes: Minutes,
    /// Why.
    pub reason: String,
}

/// One party asks the other. The hours stay where they are until it answers. The same key again answers the same agreement.
///
/// # Errors
/// `Refused` for what can not be asked, when too much waits, or when the hours are not there; `NotFound` for a supplier, board or school that does not belong
/// together here.
pub async fn ask(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    party: Party,
    wanted: Wanted,
    key: &str,
    now: DateTime<Utc>,
) -> Result<DeviationId, AppError> {
    check_key(key)?;
    let Wanted { supplier, board, school, from, to, minutes, reason } = wanted;
    let id = DeviationId(Uuid::now_v7());
    let wanted = Deviation { id, supplier, board, school, from, to, minutes, reason, party, asked_by: by, state: DeviationState::Asked };
    // First the key: what was asked before its month ended was asked.
    if let Some(before) = sql::deviation_by_key(tx, partnership, key).await? {
        let before = before.deviation()?;
        let same = Deviation { id: before.id, state: before.state, reason: read_reason(&wanted.reason)?, ..wanted } == before;
        return if same { Ok(before.id) } else { Err(idempotency_conflict().into()) };
    }
    let waiting = sql::deviations_waiting(tx, partnership, board, supplier, Month::at(now)).await?;
    let asked = wanted.ask(waiting, time::local_date(now))?;
    belongs(tx, partnership, &asked).await?;
    let account = AccountKey::new(Bucket::of_month(supplier, from), asked.holder());
    let there = sql::balance(tx, partnership, &account).await?;
    if there < minutes {
        let heading = format!("In {} is er nog {there}", from.name());
        let advice = format!("Je vraagt {minutes}. Er is niets gevraagd. Kies minder uren of een andere maand.");
        return Err(Refusal::new("too_few_hours", heading, advice).at("uren").into());
    }
    sql::insert_deviation(tx, partnership, &asked, now, key).await?;
    Ok(id)
}

async fn belongs(tx: &mut Tx, partnership: PartnershipId, asked: &Deviation) -> Result<(), AppError> {
    let suppliers = organisations::sql::suppliers(tx, partnership).await?;
    let boards = organisations::sql::boards(tx, partnership).await?;
    let known = suppliers.iter().any(|row| row.id == asked.supplier.0) && boards.iter().any(|row| row.id == asked.board.0);
    let at_school = match asked.school {
        None => true,
        Some(school) => sql::schools_of(tx, partnership, asked.board).await?.iter().any(|row| row.id == school.0),
    };
    if known && at_school { Ok(()) } else { Err(AppError::NotFound) }
}

/// The other party says yes: the hours move now. Saying yes again changes nothing.
///
/// # Errors
/// `Refused` when it is not theirs to answer or they asked it themselves, it is closed, a month has ended, or the hours are gone meanwhile;
/// `NotFound`.
pub async fn agree(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    party: Party,
    id: DeviationId,
    now: DateTime<Utc>,
) -> Result<Deviation, AppError> {
    let deviation = load(tx, partnership, id).await?.deviation()?;
    if deviation.state == DeviationState::Agreed && party != deviation.party {
        return Ok(deviation);
    }
    let (agreed, transfer) = deviation.agree(party, by, time::local_date(now))?;
    sql::post(tx, partnership, &[transfer], Some(by), now, &format!("deviation/{id}")).await?;
    sql::close_deviation(tx, partnership, &agreed, "", by, now).await?;
    Ok(agreed)
}

/// The other party says no, with a reason.
///
/// # Errors
/// `Refused` without a reason, when it is not theirs to answer or they asked it themselves, or when it is closed; `NotFound`.
pub async fn refuse(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    party: Party,
    id: DeviationId,
    because: &str,
    now: DateTime<Utc>,
) -> Result<Deviation, AppError> {
    let (refused, because) = load(tx, partnership, id).await?.deviation()?.refuse(party, by, because)?;
    sql::close_deviation(tx, partnership, &refused, &because, by, now).await?;
    Ok(refused)
}

/// The party that asked takes it back.
///
/// # Errors
/// `Refused` when it is not theirs, or closed; `NotFound`.
pub async fn withdraw(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    party: Party,
    id: DeviationId,
    now: DateTime<Utc>,
) -> Result<Deviation, AppError> {
    let withdrawn = load(tx, partnership, id).await?.deviation()?.withdraw(party)?;
    sql::close_deviation(tx, partnership, &withdrawn, "", by, now).await?;
    Ok(withdrawn)
}

async fn load(tx: &mut Tx, partnership: PartnershipId, id: DeviationId) -> Result<DeviationRow, AppError> {
    sql::deviation(tx, partnership, id).await?.ok_or(AppError::NotFound)
}
