//! Agreements to use hours in another month. Always true here: a row changes once, when it is answered.

use crate::{
    AppError,
    db::{Result, Tx},
    execute, fetch_all, fetch_one, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, DeviationId, Minutes, PartnershipId, PersonId, SupplierId,
    hours::{Deviation, DeviationState, Month, Party},
};
use uuid::Uuid;

/// What a page shows; more than a year brings.
const DEVIATIONS_MAX: i64 = 200;

/// An agreement with every name on it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DeviationRow {
    pub id: Uuid,
    pub supplier_id: Uuid,
    pub supplier: String,
    pub board_id: Uuid,
    pub board: String,
    pub school_id: Option<Uuid>,
    pub school: Option<String>,
    pub from_month: String,
    pub to_month: String,
    pub minutes: i64,
    pub reason: String,
    pub party: String,
    pub state: String,
    pub asked_by_id: Uuid,
    pub asked_by: String,
    pub asked_at: DateTime<Utc>,
    pub closed_by: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_because: String,
    pub idempotency_key: String,
}

impl DeviationRow {
    /// The agreement; `Internal` when a column holds what domain does not know.
    ///
    /// # Errors
    /// See above.
    pub fn deviation(&self) -> Result<Deviation, AppError> {
        let month = |text: &str| text.parse().map_err(|_| AppError::Internal);
        Ok(Deviation {
            id: self.id.into(),
            supplier: self.supplier_id.into(),
            board: self.board_id.into(),
            school: self.school_id.map(Into::into),
            from: month(&self.from_month)?,
            to: month(&self.to_month)?,
            minutes: Minutes(self.minutes),
            reason: self.reason.clone(),
            party: Party::from_code(&self.party).ok_or(AppError::Internal)?,
            asked_by: self.asked_by_id.into(),
            state: DeviationState::from_code(&self.state).ok_or(AppError::Internal)?,
        })
    }
}

macro_rules! deviations_sql {
    ($where:literal) => {
        concat!(
            "select d.id, d.supplier_id, u.name as supplier, d.board_id, b.name as board, d.school_id, s.name as school, d.from_month,
                 d.to_month, d.minutes, d.reason, d.party, d.state, d.asked_by as asked_by_id, a.name as asked_by, d.asked_at,
                 c.name as closed_by, d.closed_at, d.closed_because, d.idempotency_key
             from deviations d
             join suppliers u on u.id = d.supplier_id
             join boards b on b.id = d.board_id
             join people a on a.id = d.asked_by
             left join schools s on s.id = d.school_id
             left join people c on c.id = d.closed_by
             where d.partnership_id = $1 and ",
            $where
        )
    };
}

/// Writes down what one party asked.
pub async fn insert_deviation(tx: &mut Tx, partnership: PartnershipId, deviation: &Deviation, at: DateTime<Utc>, key: &str) -> Result<()> {
    execute!(
        tx,
        "insert into deviations (id, partnership_id, supplier_id, board_id, school_id, from_month, to_month, minutes, reason, party, state,
             asked_by, asked_at, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        deviation.id.0,
        partnership.0,
        deviation.supplier.0,
        deviation.board.0,
        deviation.school.map(|school| school.0),
        deviation.from.to_string(),
        deviation.to.to_string(),
        deviation.minutes.0,
        &deviation.reason,
        deviation.party.code(),
        deviation.state.code(),
        deviation.asked_by.0,
        at,
        key
    )
    .map(drop)
}

/// Writes the answer down.
pub async fn close_deviation(
    tx: &mut Tx,
    partnership: PartnershipId,
    deviation: &Deviation,
    because: &str,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "update deviations set state = $3, closed_by = $4, closed_at = $5, closed_because = $6
         where partnership_id = $1 and id = $2 and state = 'asked'",
        partnership.0,
        deviation.id.0,
        deviation.state.code(),
        by.0,
        at,
        because
    )
    .map(drop)
}

/// How many agreements of a board and supplier can still be answered: those of a month that runs.
pub async fn deviations_waiting(
    tx: &mut Tx,
    partnership: PartnershipId,
    board: BoardId,
    supplier: SupplierId,
    now: Month,
) -> Result<usize> {
    let (count,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select count(*)
         from deviations
         where partnership_id = $1 and board_id = $2 and supplier_id = $3 and state = 'asked' and from_month >= $4 and to_month >= $4",
        partnership.0,
        board.0,
        supplier.0,
        now.to_string()
    )?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// An agreement of this partnership.
pub async fn deviation(tx: &mut Tx, partnership: PartnershipId, id: DeviationId) -> Result<Option<DeviationRow>> {
    fetch_optional!(tx, DeviationRow, deviations_sql!("d.id = $2"), partnership.0, id.0)
}

/// The agreement that was asked under this key.
pub async fn deviation_by_key(tx: &mut Tx, partnership: PartnershipId, key: &str) -> Result<Option<DeviationRow>> {
    fetch_optional!(tx, DeviationRow, deviations_sql!("d.idempotency_key = $2"), partnership.0, key)
}

/// The agreements of a board, the last one first.
pub async fn deviations_of_board(tx: &mut Tx, partnership: PartnershipId, board: BoardId) -> Result<Vec<DeviationRow>> {
    fetch_all!(
        tx,
        DeviationRow,
        deviations_sql!("d.board_id = $2 order by d.asked_at desc, d.id limit $3"),
        partnership.0,
        board.0,
        DEVIATIONS_MAX
    )
}

/// The agreements of a supplier, the last one first.
pub async fn deviations_of_supplier(tx: &mut Tx, partnership: PartnershipId, supplier: SupplierId) -> Result<Vec<DeviationRow>> {
    fetch_all!(
        tx,
        DeviationRow,
        deviations_sql!("d.supplier_id = $2 order by d.asked_at desc, d.id limit $3"),
        partnership.0,
        supplier.0,
        DEVIATIONS_MAX
    )
}

/// Every agreement, the last one first: for the office.
pub async fn deviations(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<DeviationRow>> {
    fetch_all!(tx, DeviationRow, deviations_sql!("1 = 1 order by d.asked_at desc, d.id limit $2"), partnership.0, DEVIATIONS_MAX)
}

/// Which boards and schools have hours free of which suppliers, from a month on: kind, holder and supplier.
pub async fn places_with_hours(tx: &mut Tx, partnership: PartnershipId, from: Month) -> Result<Vec<(String, Uuid, Uuid)>> {
    fetch_all!(
        tx,
        (String, Uuid, Uuid),
        "select holder_kind, holder_id, supplier_id
         from accounts
         where partnership_id = $1 and holder_kind in ('board', 'school') and month >= $2 and balance > 0
         group by holder_kind, holder_id, supplier_id
         order by holder_kind, holder_id, supplier_id
         limit 10000",
        partnership.0,
        from.to_string()
    )
}
