//! Giving, the board's word about it, and taking back. Always true here: minutes move in the transaction that stores the gift.

use super::{check_key, form_used, grant::grant_waiting, no_pot};
use crate::{
    AppError,
    db::Tx,
    hours::sql as hours,
    organisations::sql as organisations,
    wijkpot::sql::{self, DonationRow, NewDonation},
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, DonationId, Minutes, PartnershipId, PersonId, SupplierId, WijkpotId,
    again::is_again,
    hours::{AboutKind, AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
    policy::BoardConsent,
    wijkpot::{DonationState, Donor, Gift, left_of},
};
use uuid::Uuid;

/// What is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Give {
    /// Whose hours.
    pub donor: Donor,
    /// To which pot; none is the donor's own: of a school that of its wijk, of a board the city-wide one.
    pub pot: Option<WijkpotId>,
    /// Whose specialists they buy.
    pub supplier: SupplierId,
    /// Of which month.
    pub month: Month,
    /// How much.
    pub minutes: Minutes,
}

/// Gives idle hours to a pot. It takes effect at once, unless the board must consent first. `by` is none for what a school switched on to
/// happen by itself.
///
/// # Errors
/// `Refused` when it is not idle, the month is over or there is no pot; `NotFound` for what lies in another partnership, and for a pot the
/// donor has no school in.
pub async fn donate(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: Option<PersonId>,
    give: Give,
    key: &str,
    now: DateTime<Utc>,
) -> Result<DonationId, AppError> {
    check_key(key)?;
    if let Some(before) = sql::donation_by_key(tx, partnership, key).await? {
        let same = (before.donor()?, before.supplier_id, before.minutes) == (give.donor, give.supplier.0, give.minutes.0)
            && before.month == give.month.to_string()
            && give.pot.is_none_or(|pot| pot.0 == before.pot_id);
        return if same { Ok(before.id.into()) } else { Err(form_used().into()) };
    }
    let (pot, board) = pot_and_board(tx, partnership, &give).await?;
    let suppliers = organisations::suppliers(tx, partnership).await?;
    let supplier = suppliers.into_iter().find(|supplier| supplier.id == give.supplier.0).ok_or(AppError::NotFound)?;
    let from = AccountKey::new(Bucket::of_month(give.supplier, give.month), give.donor.holder());
    let idle = hours::balance(tx, partnership, &from).await?;
    let is_school = matches!(give.donor, Donor::School(_));
    let waiting = sql::waiting_gifts(tx, partnership, give.donor, give.supplier, give.month).await?;
    let has_board = is_school && board.is_some();
    let gift = Gift { supplier: &supplier.name, month: give.month, minutes: give.minutes, idle, waiting, has_board };
    let consent = organisations::policy(tx, partnership).await?.board_consent;
    let state = gift.give(consent, now)?;
    let id = DonationId(Uuid::now_v7());
    // A board that has no say finds the gift in the ledger only.
    let board = board.filter(|_| consent != BoardConsent::None);
    let Give { donor, supplier, month, minutes, .. } = give;
    let new = NewDonation { id, pot, donor, board, supplier, month, minutes, state, by, key };
    sql::insert_donation(tx, partnership, &new, now).await?;
    if state == DonationState::Given {
        let donation = sql::donation(tx, partnership, id).await?.ok_or(AppError::Internal)?;
        put_in(tx, partnership, &donation, by, now).await?;
    }
    Ok(id)
}

/// The pot it goes to, and the board above a school.
async fn pot_and_board(tx: &mut Tx, partnership: PartnershipId, give: &Give) -> Result<(WijkpotId, Option<BoardId>), AppError> {
    let city = sql::city_pot(tx, partnership).await?;
    let (own, board) = match give.donor {
        Donor::School(school) => {
            let row = organisations::school(tx, partnership, school).await?.ok_or(AppError::NotFound)?;
            (sql::pot_of_school(tx, partnership, school).await?, row.board_id.map(BoardId))
        }
        Donor::Board(board) => {
            organisations::boards(tx, partnership).await?.iter().find(|row| row.id == board.0).ok_or(AppError::NotFound)?;
            (city.clone(), Some(board))
        }
    };
    let Some(asked) = give.pot else { return Ok((own.ok_or_else(no_pot)?.id.into(), board)) };
    let pot = sql::pot(tx, partnership, asked).await?.ok_or(AppError::NotFound)?;
    let is_near = match give.donor {
        Donor::School(_) => own.is_some_and(|own| own.id == pot.id),
        Donor::Board(board) => sql::members(tx, partnership, &pot).await?.iter().any(|member| member.board_id == Some(board.0)),
    };
    if pot.city || is_near { Ok((asked, board)) } else { Err(AppError::NotFound) }
}

/// Puts a stored gift in its pot, and gives from the pot to whoever waited for it.
async fn put_in(
    tx: &mut Tx,
    partnership: PartnershipId,
    row: &DonationRow,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let bucket = row.bucket()?;
    let from = AccountKey::new(bucket, row.donor()?.holder());
    let to = AccountKey::new(bucket, Holder::wijkpot(row.pot_id));
    let transfer = Transfer::new(PostingKind::Donation, from, to, Minutes(row.minutes)).about(AboutKind::Donation, row.id);
    hours::post(tx, partnership, &[transfer], by, now, &format!("donation/{}/give", row.id)).await?;
    grant_waiting(tx, partnership, bucket, now).await
}

/// The board says yes to a gift that waited for it.
///
/// # Errors
/// `Refused` when it no longer waits or is no longer idle.
pub async fn consent(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    donation: DonationId,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let row = load(tx, partnership, donation).await?;
    let gift = row.donation()?;
    let idle = hours::balance(tx, partnership, &AccountKey::new(row.bucket()?, row.donor()?.holder())).await?;
    let waiting = Minutes::ZERO;
    Gift { supplier: &row.supplier, month: gift.month, minutes: gift.minutes, idle, waiting, has_board: true }.consent(gift.state, now)?;
    sql::close_donation(tx, partnership, donation, DonationState::Given, (by, ""), Minutes::ZERO, now).await?;
    put_in(tx, partnership, &row, Some(by), now).await
}

/// The board says no; nothing moves.
///
/// # Errors
/// `Refused` when it no longer waits, or without a reason.
pub async fn refuse_donation(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    donation: DonationId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let reason = load(tx, partnership, donation).await?.donation()?.state.refuse(reason)?;
    sql::close_donation(tx, partnership, donation, DonationState::Refused, (by, &reason), Minutes::ZERO, now).await?;
    Ok(())
}

/// The donor takes back what is still in the pot, less what it took from pots itself since; answers how much. What still waits for the board
/// is withdrawn. The same form sent twice answers the same.
///
/// # Errors
/// `Refused` after a day, when the month is over, when nothing of it is left, or when the gift was put right and is back already.
pub async fn take_back(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    donation: DonationId,
    now: DateTime<Utc>,
) -> Result<Minutes, AppError> {
    let row = load(tx, partnership, donation).await?;
    let bucket = row.bucket()?;
    let gift = row.donation()?;
    if let Some(before) = taken_back(tx, partnership, by, &row, now).await? {
        return Ok(before);
    }
    let from = AccountKey::new(bucket, Holder::wijkpot(row.pot_id));
    let back = gift.take_back(left_of(donation, &sql::pot_moves(tx, partnership, bucket).await?), now)?;
    let state = if gift.state == DonationState::Waiting { DonationState::Withdrawn } else { DonationState::TakenBack };
    sql::close_donation(tx, partnership, donation, state, (by, ""), back, now).await?;
    if back > Minutes::ZERO {
        let to = AccountKey::new(bucket, row.donor()?.holder());
        let transfer = Transfer::new(PostingKind::TakeBack, from, to, back).about(AboutKind::Donation, row.id);
        hours::post(tx, partnership, &[transfer], Some(by), now, &format!("donation/{}/back", row.id)).await?;
    }
    Ok(back)
}

/// How much this form took back when it was sent before; nothing of a gift that was withdrawn.
async fn taken_back(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    row: &DonationRow,
    now: DateTime<Utc>,
) -> Result<Option<Minutes>, AppError> {
    match row.donation()?.state {
        DonationState::Withdrawn => Ok(Some(Minutes::ZERO)),
        DonationState::TakenBack => {
            let about = hours::postings_about(tx, partnership, AboutKind::Donation.code(), row.id).await?;
            let posting = about.into_iter().find(|posting| posting.kind == PostingKind::TakeBack.code());
            let same = posting.filter(|posting| is_again((posting.posted_by.map(PersonId), Some(posting.posted_at)), by, now));
            Ok(same.map(|posting| Minutes(posting.minutes)))
        }
        _ => Ok(None),
    }
}

/// What is still in the pot of a gift: as much can be put right.
///
/// # Errors
/// `NotFound` for a gift of another partnership.
pub async fn left(tx: &mut Tx, partnership: PartnershipId, donation: DonationId) -> Result<Minutes, AppError> {
    let row = load(tx, partnership, donation).await?;
    Ok(left_of(donation, &sql::pot_moves(tx, partnership, row.bucket()?).await?).minutes)
}

/// Closes a gift whose posting was put right by hand: its hours are back with who gave them.
///
/// # Errors
/// `NotFound` for a gift of another partnership.
pub async fn put_right(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    donation: DonationId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let back = Minutes(load(tx, partnership, donation).await?.minutes);
    sql::close_donation(tx, partnership, donation, DonationState::TakenBack, (by, reason), back, now).await?;
    Ok(())
}

async fn load(tx: &mut Tx, partnership: PartnershipId, donation: DonationId) -> Result<DonationRow, AppError> {
    sql::donation(tx, partnership, donation).await?.ok_or(AppError::NotFound)
}
