//! Asking for hours, and what is decided about it. Always true here: whoever decides, the same rule gives the hours.

use super::{
    check_key, form_used,
    grant::{grant, grant_waiting, payable_now},
    no_pot,
};
use crate::{
    AppError,
    db::{Change, Tx},
    hours::sql as hours,
    organisations::sql as organisations,
    wijkpot::sql::{self, DrawRow, NewDraw, Waiting},
};
use chrono::{DateTime, Utc};
use domain::{
    BookingId, DrawId, Minutes, PartnershipId, PersonId, SchoolId, SupplierId, WijkpotId,
    hours::{
        Bucket, Holder, Month,
        sources::{SourceKind, Stock},
    },
    wijkpot::{Decider, Draw, DrawState, DrawStock, DrawWish, Tally, Vote, check_vote, must_be_teams, must_run, others_first, tally},
};
use uuid::Uuid;

/// What a school asks for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// For which school.
    pub school: SchoolId,
    /// Whose specialists it needs.
    pub supplier: SupplierId,
    /// In which month.
    pub month: Month,
    /// How much.
    pub minutes: Minutes,
    /// What for: hurry, level, category.
    pub wish: DrawWish<'a>,
    /// The booking it is for, when there is one.
    pub booking: Option<BookingId>,
}

/// A school asks for hours from its pot. Within the cap, with enough in the pot and nobody before it, it has them at once; otherwise it
/// waits in the order of need.
///
/// # Errors
/// `Refused` while own hours are idle, when the month is over or a choice is missing; `NotFound` for what lies in another partnership.
pub async fn ask(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    ask: Ask<'_>,
    key: &str,
    now: DateTime<Utc>,
) -> Result<DrawId, AppError> {
    check_key(key)?;
    let Ask { school, supplier, month, minutes, wish, booking } = ask;
    let wanted = wish.read()?;
    if let Some(before) = sql::draw_by_key(tx, partnership, key).await? {
        let same = (before.school_id, before.supplier_id, before.minutes) == (school.0, supplier.0, minutes.0)
            && before.month == month.to_string()
            && (before.urgency.as_str(), before.level.as_str()) == (wanted.urgency.code(), wanted.level.code())
            && (before.category.as_str(), before.booking_id) == (wanted.category.code(), booking.map(|booking| booking.0));
        return if same { Ok(before.id.into()) } else { Err(form_used().into()) };
    }
    organisations::school(tx, partnership, school).await?.ok_or(AppError::NotFound)?;
    let pot = sql::pot_of_school(tx, partnership, school).await?.ok_or_else(no_pot)?;
    let waiting = sql::waiting_of(tx, partnership, school, now).await?;
    Draw::ask(minutes, &stock(tx, partnership, school, supplier, month).await?, waiting, now)?;
    if let Some(booking) = booking
        && sql::school_of_booking(tx, partnership, booking).await? != Some(school)
    {
        return Err(AppError::NotFound);
    }
    let id = DrawId(Uuid::now_v7());
    let new = NewDraw { id, pot: pot.id.into(), school, supplier, month, minutes, wanted, booking, by, key };
    sql::insert_draw(tx, partnership, &new, now).await?;
    tx.tell(Change::Pot(partnership, new.pot)).await?;
    grant_waiting(tx, partnership, Bucket::of_month(supplier, month), now).await?;
    Ok(id)
}

/// What there is for a school in a bucket: its own hours, and what its pots hold.
///
/// # Errors
/// `NotFound` for a supplier of another partnership.
pub async fn stock(
    tx: &mut Tx,
    partnership: PartnershipId,
    school: SchoolId,
    supplier: SupplierId,
    month: Month,
) -> Result<DrawStock, AppError> {
    let own = sql::pot_of_school(tx, partnership, school).await?.map(|pot| pot.id.into());
    stock_of(tx, partnership, school, own, supplier, month).await
}

/// The same with the pot that was asked: a wijk may lie in another by now.
pub(super) async fn stock_of(
    tx: &mut Tx,
    partnership: PartnershipId,
    school: SchoolId,
    pot: Option<WijkpotId>,
    supplier: SupplierId,
    month: Month,
) -> Result<DrawStock, AppError> {
    let suppliers = organisations::suppliers(tx, partnership).await?;
    let name = suppliers.into_iter().find(|row| row.id == supplier.0).ok_or(AppError::NotFound)?.name;
    let bucket = Bucket::of_month(supplier, month);
    let own = match pot {
        Some(pot) => sql::pot(tx, partnership, pot).await?.filter(|pot| !pot.city),
        None => None,
    };
    let city = sql::city_pot(tx, partnership).await?;
    let pots: Vec<_> = [(SourceKind::Wijkpot, own), (SourceKind::CityPot, city)]
        .into_iter()
        .filter_map(|(kind, pot)| pot.map(|pot| (kind, Holder::wijkpot(pot.id), pot.name)))
        .collect();
    let asks = Holder::school(school);
    let holders = pots.iter().map(|(_, holder, _)| *holder).chain([asks]).collect();
    let held = hours::balances(tx, partnership, bucket, &holders).await?;
    let idle = |holder: Holder| held.get(&holder).copied().unwrap_or_default();
    // In which order draws are paid is decided before.
    let stock = |(kind, holder, name)| Stock { kind, holder, name, idle: idle(holder), waited_for: false };
    Ok(DrawStock { supplier: name, month, own_idle: idle(asks), pots: pots.into_iter().map(stock).collect() })
}

/// The district team grants a draw, all of it or less.
///
/// # Errors
/// `Refused` when it does not wait for the team, the school has own hours again, the pots do not hold it, or whoever stands before it waits
/// for these hours.
pub async fn decide(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    draw: DrawId,
    minutes: Minutes,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let Waiting { row, standing: sql::Standing { decider, .. }, .. } = waiting(tx, partnership, draw, now).await?;
    must_be_teams(decider)?;
    let bucket = row.bucket()?;
    let stock = stock_of(tx, partnership, row.school_id.into(), Some(row.pot_id.into()), row.supplier_id.into(), row.month()?).await?;
    row.draw()?.grant(&row.school, minutes, &stock, now)?;
    let waiting = sql::queue_of(tx, partnership, bucket).await?;
    if !payable_now(tx, partnership, bucket, &waiting, Some((draw, minutes))).await?.contains(&draw) {
        return Err(others_first().into());
    }
    grant(tx, partnership, &row, minutes, Decider::DistrictTeam, (Some(by), ""), now).await?;
    // Whoever stood behind it may be next, with what it did not get.
    grant_waiting(tx, partnership, bucket, now).await
}

/// The district team says no, with a reason.
///
/// # Errors
/// `Refused` when it no longer waits, or without a reason.
pub async fn refuse_draw(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    draw: DrawId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let Waiting { row, standing: sql::Standing { decider, .. }, .. } = waiting(tx, partnership, draw, now).await?;
    must_be_teams(decider)?;
    let reason = row.draw()?.state.refuse(reason)?;
    let ended = (DrawState::Refused, None);
    sql::close_draw(tx, partnership, draw, ended, Some(Decider::DistrictTeam), (Some(by), &reason), now).await?;
    tx.tell(Change::Pot(partnership, row.pot_id.into())).await?;
    // Whoever stood behind it may be next.
    grant_waiting(tx, partnership, row.bucket()?, now).await
}

/// Another school of the pot says what it thinks. The second yes gives the hours, as soon as they are there; the second no refuses.
///
/// # Errors
/// `Refused` when it does not wait for schools, or this school or person has spoken.
pub async fn vote(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    (draw, school, agrees): (DrawId, SchoolId, bool),
    now: DateTime<Utc>,
) -> Result<Tally, AppError> {
    let Waiting { row, standing: sql::Standing { decider, mut votes, voters, .. }, .. } = waiting(tx, partnership, draw, now).await?;
    let vote = Vote { school, person: by, agrees };
    check_vote(&vote, (DrawState::Asked, row.school_id.into()), decider, &voters, &votes)?;
    sql::add_vote(tx, draw, &vote, now).await?;
    tx.tell(Change::Pot(partnership, row.pot_id.into())).await?;
    votes.push(vote);
    let tally = tally(&votes);
    if tally == Tally::Rejected {
        let (ended, reason) = ((DrawState::Refused, None), "Twee andere scholen zeggen nee.");
        sql::close_draw(tx, partnership, draw, ended, Some(Decider::Network), (Some(by), reason), now).await?;
    }
    grant_waiting(tx, partnership, row.bucket()?, now).await?;
    Ok(tally)
}

/// The school thought again.
///
/// # Errors
/// `Refused` when it no longer waits.
pub async fn withdraw(tx: &mut Tx, partnership: PartnershipId, by: PersonId, draw: DrawId, now: DateTime<Utc>) -> Result<(), AppError> {
    let row = load(tx, partnership, draw).await?;
    row.draw()?.state.must_wait()?;
    sql::close_draw(tx, partnership, draw, (DrawState::Withdrawn, None), None, (Some(by), ""), now).await?;
    tx.tell(Change::Pot(partnership, row.pot_id.into())).await?;
    grant_waiting(tx, partnership, row.bucket()?, now).await
}

/// A draw that waits, with everything its decision depends on.
async fn waiting(tx: &mut Tx, partnership: PartnershipId, draw: DrawId, now: DateTime<Utc>) -> Result<Waiting, AppError> {
    let row = load(tx, partnership, draw).await?;
    row.draw()?.state.must_wait()?;
    must_run(row.month()?, now)?;
    sql::queue(tx, partnership, now).await?.into_iter().find(|one| one.need.draw == draw).ok_or(AppError::NotFound)
}

async fn load(tx: &mut Tx, partnership: PartnershipId, draw: DrawId) -> Result<DrawRow, AppError> {
    sql::draw(tx, partnership, draw).await?.ok_or(AppError::NotFound)
}
