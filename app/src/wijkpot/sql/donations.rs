//! Rows of gifts. Always true here: a row tells what somebody did; the minutes themselves are in the ledger.

use crate::{
    AppError,
    db::{Result, Tx},
    execute, fetch_one, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, DonationId, Minutes, PartnershipId, PersonId, SupplierId, WijkpotId,
    hours::{Bucket, HolderKind, Month},
    people::Object,
    wijkpot::{Donation, DonationState, Donor},
};
use uuid::Uuid;

/// A gift with the names of everything it is about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DonationRow {
    pub id: Uuid,
    pub pot_id: Uuid,
    pub pot: String,
    pub donor_kind: String,
    pub donor_id: Uuid,
    pub donor: String,
    pub board_id: Option<Uuid>,
    pub supplier_id: Uuid,
    pub supplier: String,
    pub month: String,
    pub minutes: i64,
    pub state: String,
    pub donated_by: Option<Uuid>,
    pub donated_at: DateTime<Utc>,
    pub given_at: Option<DateTime<Utc>>,
    pub reason: String,
    pub taken_back_minutes: Option<i64>,
}

impl DonationRow {
    /// The gift as its rules want it.
    ///
    /// # Errors
    /// `Internal` when a column holds what domain does not know.
    pub fn donation(&self) -> Result<Donation, AppError> {
        Ok(Donation {
            month: self.month.parse().map_err(|_| AppError::Internal)?,
            minutes: Minutes(self.minutes),
            state: DonationState::from_code(&self.state).ok_or(AppError::Internal)?,
            given_at: self.given_at,
        })
    }

    /// Who gave.
    ///
    /// # Errors
    /// As [`DonationRow::donation`].
    pub fn donor(&self) -> Result<Donor, AppError> {
        match HolderKind::from_code(&self.donor_kind) {
            Some(HolderKind::School) => Ok(Donor::School(self.donor_id.into())),
            Some(HolderKind::Board) => Ok(Donor::Board(self.donor_id.into())),
            _ => Err(AppError::Internal),
        }
    }

    /// Which hours.
    ///
    /// # Errors
    /// As [`DonationRow::donation`].
    pub fn bucket(&self) -> Result<Bucket, AppError> {
        Ok(Bucket::of_month(self.supplier_id.into(), self.month.parse().map_err(|_| AppError::Internal)?))
    }

    /// Where it belongs, for `may`.
    #[must_use]
    pub fn object(&self, partnership: PartnershipId) -> Object {
        let object = Object::of(partnership);
        match self.donor() {
            Ok(Donor::School(school)) => object.at_school(school, self.board_id.map(Into::into), None),
            Ok(Donor::Board(board)) => object.of_board(board),
            Err(_) => object,
        }
    }
}

macro_rules! donations_where {
    ($rest:literal) => {
        concat!(
            "select d.id, d.pot_id, p.name as pot, d.donor_kind, d.donor_id, coalesce(s.name, b.name) as donor, d.board_id, d.supplier_id,
                 u.name as supplier, d.month, d.minutes, d.state, d.donated_by, d.donated_at, d.given_at, d.reason, d.taken_back_minutes
             from donations d
             join wijkpots p on p.id = d.pot_id
             join suppliers u on u.id = d.supplier_id
             left join schools s on s.id = d.donor_id and d.donor_kind = 'school'
             left join boards b on b.id = d.donor_id and d.donor_kind = 'board'
             where d.partnership_id = $1 and ",
            $rest
        )
    };
}
pub(super) use donations_where;

/// A gift of this partnership.
pub async fn donation(tx: &mut Tx, partnership: PartnershipId, donation: DonationId) -> Result<Option<DonationRow>> {
    fetch_optional!(tx, DonationRow, donations_where!("d.id = $2"), partnership.0, donation.0)
}

/// The gift a form made before.
pub async fn donation_by_key(tx: &mut Tx, partnership: PartnershipId, key: &str) -> Result<Option<DonationRow>> {
    fetch_optional!(tx, DonationRow, donations_where!("d.form_key = $2"), partnership.0, key)
}

/// What a donor offered of a bucket and waits for its board.
pub async fn waiting_gifts(tx: &mut Tx, partnership: PartnershipId, donor: Donor, supplier: SupplierId, month: Month) -> Result<Minutes> {
    let holder = donor.holder();
    let (minutes,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select cast(coalesce(sum(minutes), 0) as bigint)
         from donations
         where partnership_id = $1 and donor_kind = $2 and donor_id = $3 and supplier_id = $4 and month = $5 and state = 'waiting'",
        partnership.0,
        holder.kind.code(),
        holder.id,
        supplier.0,
        month.to_string()
    )?;
    Ok(Minutes(minutes))
}

/// A gift that is not stored yet.
#[derive(Clone, Copy, Debug)]
pub struct NewDonation<'a> {
    pub id: DonationId,
    pub pot: WijkpotId,
    pub donor: Donor,
    pub board: Option<BoardId>,
    pub supplier: SupplierId,
    pub month: Month,
    pub minutes: Minutes,
    pub state: DonationState,
    pub by: Option<PersonId>,
    pub key: &'a str,
}

/// Stores a gift.
pub async fn insert_donation(tx: &mut Tx, partnership: PartnershipId, new: &NewDonation<'_>, now: DateTime<Utc>) -> Result<()> {
    let holder = new.donor.holder();
    execute!(
        tx,
        "insert into donations (id, partnership_id, pot_id, donor_kind, donor_id, board_id, supplier_id, month, minutes, state, donated_by,
             donated_at, given_at, form_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        new.id.0,
        partnership.0,
        new.pot.0,
        holder.kind.code(),
        holder.id,
        new.board.map(|board| board.0),
        new.supplier.0,
        new.month.to_string(),
        new.minutes.0,
        new.state.code(),
        new.by.map(|person| person.0),
        now,
        (new.state == DonationState::Given).then_some(now),
        new.key
    )
    .map(drop)
}

/// Stores where a gift stands now: given or refused by its board, withdrawn, or taken back for so much.
pub async fn close_donation(
    tx: &mut Tx,
    partnership: PartnershipId,
    donation: DonationId,
    state: DonationState,
    (by, reason): (PersonId, &str),
    back: Minutes,
    now: DateTime<Utc>,
) -> Result<()> {
    let taken = state == DonationState::TakenBack;
    execute!(
        tx,
        "update donations
         set state = $3,
             given_at = case when $3 = 'given' then $4 else given_at end,
             decided_by = case when $3 in ('given', 'refused') then $5 else decided_by end,
             decided_at = case when $3 in ('given', 'refused') then $4 else decided_at end,
             reason = $6,
             taken_back_minutes = $7,
             taken_back_at = $8
         where partnership_id = $1 and id = $2",
        partnership.0,
        donation.0,
        state.code(),
        now,
        by.0,
        reason,
        taken.then_some(back.0),
        taken.then_some(now)
    )
    .map(drop)
}

/// Refuses what still waits for a board, of a month that is over.
pub async fn end_donations(tx: &mut Tx, partnership: PartnershipId, month: Month, reason: &str, now: DateTime<Utc>) -> Result<u64> {
    execute!(
        tx,
        "update donations set state = 'refused', reason = $3, decided_at = $4 where partnership_id = $1 and month = $2 and state = 'waiting'",
        partnership.0,
        month.to_string(),
        reason,
        now
    )
}
