//! What the server functions of pots share: who this is, what they mean, and what they read afterwards. Always true: an id that is none
//! is malformed, one of another partnership is not there.

use super::sql::{self, DonationRow, DrawRow};
use crate::{
    AppError,
    db::Tx,
    hours::sql as hours,
    organisations::sql as organisations,
    session::{Me, Note, NoteKind, allow, db, go, note, signed_in},
};
use domain::{
    BoardId, DonationId, DrawId, Minutes, PartnershipId, SchoolId, SupplierId, WijkpotId,
    hours::{AccountKey, Bucket, Month},
    people::{Action, Object},
    policy::BoardConsent,
    time,
    wijkpot::{DonationState, Donor},
};
use std::{str::FromStr, sync::Arc};

/// Whoever is signed in, with the partnership's turn to write.
pub(super) async fn writer() -> Result<(Arc<Me>, Tx), AppError> {
    let me = signed_in().await?;
    let tx = db().write(me.partnership()).await?;
    Ok((me, tx))
}

/// An id as a form sends it.
pub(super) fn id<Id: FromStr>(text: &str) -> Result<Id, AppError> {
    text.parse().map_err(|_| AppError::Malformed)
}

/// A month as a form sends it.
pub(super) fn month(text: &str) -> Result<Month, AppError> {
    text.parse().map_err(|_| AppError::Malformed)
}

/// A supplier that must be chosen.
pub(super) fn supplier(text: &str) -> Result<SupplierId, AppError> {
    if text.is_empty() {
        let advice = "Kies bij wie de uren horen. Er is niets veranderd.";
        return Err(domain::Refusal::new("choice_missing", "Er is nog geen leverancier gekozen", advice).at("leverancier").into());
    }
    id(text)
}

/// An amount that must be chosen; what is no number is nothing.
pub(super) fn minutes(text: &str) -> Result<Minutes, AppError> {
    if text.is_empty() { Ok(Minutes::ZERO) } else { text.trim().parse().map(Minutes).map_err(|_| AppError::Malformed) }
}

/// A school of this partnership, and where it belongs.
pub(super) async fn school(tx: &mut Tx, me: &Me, text: &str) -> Result<(SchoolId, Object), AppError> {
    let school: SchoolId = id(text)?;
    let row = organisations::school(tx, me.partnership(), school).await?.ok_or(AppError::NotFound)?;
    Ok((school, Object::of(me.partnership()).at_school(school, row.board_id.map(Into::into), Some(row.district_id.into()))))
}

/// Who gives, when this person may give for it.
pub(super) async fn donor(tx: &mut Tx, me: &Me, school_id: &str, board_id: &str) -> Result<Donor, AppError> {
    if board_id.is_empty() {
        let (school, object) = school(tx, me, school_id).await?;
        allow(me, Action::DonateSchoolHours, &object)?;
        return Ok(Donor::School(school));
    }
    let board: BoardId = id(board_id)?;
    organisations::boards(tx, me.partnership()).await?.iter().find(|row| row.id == board.0).ok_or(AppError::NotFound)?;
    allow(me, Action::DonateBoardHours, &Object::of(me.partnership()).of_board(board))?;
    Ok(Donor::Board(board))
}

/// All a donor has idle at a supplier in a month; what it was when this form was sent before.
pub(super) async fn all_of(
    tx: &mut Tx,
    partnership: PartnershipId,
    donor: Donor,
    supplier: SupplierId,
    month: Month,
    key: &str,
) -> Result<Minutes, AppError> {
    if let Some(before) = sql::donation_by_key(tx, partnership, key).await? {
        return Ok(Minutes(before.minutes));
    }
    let key = AccountKey::new(Bucket::of_month(supplier, month), donor.holder());
    let idle = hours::balance(tx, partnership, &key).await?;
    // All of it, again: what waits for the board was offered before. Without anything else the rule says so.
    let free = idle - sql::waiting_gifts(tx, partnership, donor, supplier, month).await?;
    Ok(if free > Minutes::ZERO { free } else { idle })
}

/// A gift of this partnership, for the writer.
pub(super) async fn donation(text: &str) -> Result<(Arc<Me>, Tx, DonationRow), AppError> {
    let (me, mut tx) = writer().await?;
    let id: DonationId = id(text)?;
    let row = sql::donation(&mut tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?;
    Ok((me, tx, row))
}

/// A draw of this partnership, for the writer.
pub(super) async fn draw(text: &str) -> Result<(Arc<Me>, Tx, DrawRow), AppError> {
    let (me, mut tx) = writer().await?;
    let id: DrawId = id(text)?;
    let row = sql::draw(&mut tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?;
    Ok((me, tx, row))
}

/// What whoever gave reads.
pub(super) async fn said_of_gift(tx: &mut Tx, me: &Me, donation: DonationId) -> Result<Note, AppError> {
    let row = sql::donation(tx, me.partnership(), donation).await?.ok_or(AppError::Internal)?;
    let gift = row.donation()?;
    let amount = format!("{} {}", gift.minutes, row.supplier);
    if gift.state == DonationState::Waiting {
        let text = format!("Je bestuur geeft eerst akkoord. Zolang blijft {amount} bij {}.", row.donor);
        return Ok(Note::done(format!("Je wilt {amount} doneren"), text));
    }
    let until = gift.until().unwrap_or(row.donated_at);
    let (day, clock) = (time::date_long(time::local_date(until)), time::clock(time::local(until).time()));
    let consent = organisations::policy(tx, me.partnership()).await?.board_consent;
    let board = if consent == BoardConsent::Notified && row.board_id.is_some() { " Je bestuur ziet deze donatie." } else { "" };
    let text = format!("Dank je. Je kunt terugnemen wat er nog in zit, tot {day} om {clock} uur.{board}");
    Ok(Note { kind: NoteKind::Given, heading: format!("{amount} zit in de wijkpot"), text })
}

/// Says it on the page of the pot.
pub(super) async fn tell(said: Note, pot: WijkpotId, month: Month) -> Result<(), AppError> {
    note(said).await?;
    go(&super::pot_in(&pot.to_string(), month));
    Ok(())
}
