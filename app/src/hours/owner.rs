//! Whose an account is, in words, and who may read it. Always true here: a booking of a pupil is told to the circle of its text alone
//! (domain.md §2).

use super::{HOURS, of_board, of_school, sql};
use crate::{AppError, db::Tx, organisations, session::Me, wijkpot};
use domain::{
    DistrictId,
    experts::SupportLevel,
    hours::{Holder, HolderKind, SchoolYear},
    people::{Action, Object},
};
use uuid::Uuid;

/// Whose account it is: a name, and who may read it.
pub(super) struct Owner {
    pub(super) name: String,
    pub(super) action: Action,
    pub(super) object: Object,
}

impl Owner {
    /// What the office alone reads: contracts, reserves, everybody's accounts together.
    pub(super) fn office(me: &Me, name: String) -> Self {
        Self { name, action: Action::ReadPartnershipHours, object: Object::of(me.partnership()) }
    }

    pub(super) fn back(&self, holder: Holder, year: SchoolYear) -> (String, String) {
        let (id, year) = (holder.id.to_string(), year.0);
        if holder.kind == HolderKind::Wijkpot {
            return (wijkpot::pot(&id), "Terug naar de wijkpot".to_owned());
        }
        let href = match (self.object.school, self.object.board) {
            (Some(school), _) => of_school(&school.to_string(), year),
            (None, Some(board)) if board.0 == holder.id => of_board(&id, year),
            _ => format!("{HOURS}?jaar={year}"),
        };
        (href, "Terug naar het jaar".to_owned())
    }
}

pub(super) async fn owner(tx: &mut Tx, me: &Me, holder: Holder) -> Result<Owner, AppError> {
    let whole = Object::of(me.partnership());
    let office = |name: String| Owner::office(me, name);
    match holder.kind {
        HolderKind::Contract | HolderKind::Reserve => {
            let suppliers = organisations::sql::suppliers(tx, me.partnership()).await?;
            let supplier = suppliers.into_iter().find(|one| one.id == holder.id).ok_or(AppError::NotFound)?;
            Ok(office(named(holder.kind, Some(&supplier.name))))
        }
        HolderKind::Wijkpot => Ok(Owner { name: pot_name(tx, me, holder.id).await?, action: Action::ReadWijkpotHours, object: whole }),
        HolderKind::Booking => {
            let booking = sql::place_of_booking(tx, me.partnership(), holder.id.into()).await?.ok_or(AppError::NotFound)?;
            let owner = school_owner(tx, me, booking.school_id).await?.ok_or(AppError::NotFound)?;
            let (object, action) = of_booking(owner.object, booking.specialist_id, booking.supplier_id, &booking.level);
            Ok(Owner { name: format!("Afspraak {}, {}", booking.number, owner.name), action, object })
        }
        HolderKind::School | HolderKind::Used | HolderKind::Board | HolderKind::Expired => {
            if let Some(owner) = school_owner(tx, me, holder.id).await? {
                return Ok(owner);
            }
            if let Some(name) = sql::board_name(tx, me.partnership(), holder.id).await? {
                return Ok(Owner { name, action: Action::ReadBoardHours, object: whole.of_board(holder.id.into()) });
            }
            // What perished of a wijkpot.
            if holder.kind == HolderKind::Expired { Ok(office(pot_name(tx, me, holder.id).await?)) } else { Err(AppError::NotFound) }
        }
    }
}

/// The schools of a district together.
pub(super) async fn district_owner(tx: &mut Tx, me: &Me, district: DistrictId) -> Result<Owner, AppError> {
    let districts = organisations::sql::districts(tx, me.partnership()).await?;
    let name = districts.into_iter().find(|one| one.id == district.0).ok_or(AppError::NotFound)?.name;
    let object = Object::of(me.partnership()).in_district(district);
    Ok(Owner { name: format!("Scholen in {name}"), action: Action::ReadSchoolHours, object })
}

/// Whose hours somebody may choose by an id alone: a school's, a board's with its schools', a supplier's contract and reserve, a pot's.
pub(super) async fn owner_of(tx: &mut Tx, me: &Me, id: Uuid) -> Result<Option<Owner>, AppError> {
    if let Some(school) = school_owner(tx, me, id).await? {
        return Ok(Some(school));
    }
    if let Some(name) = sql::board_name(tx, me.partnership(), id).await? {
        let object = Object::of(me.partnership()).of_board(id.into());
        return Ok(Some(Owner { name: format!("{name} en zijn scholen"), action: Action::ReadBoardHours, object }));
    }
    let suppliers = organisations::sql::suppliers(tx, me.partnership()).await?;
    if let Some(supplier) = suppliers.into_iter().find(|one| one.id == id) {
        return Ok(Some(Owner::office(me, format!("contract en reserve {}", supplier.name))));
    }
    let is_pot = !sql::accounts_of(tx, me.partnership(), Holder::wijkpot(id)).await?.is_empty();
    let name = if is_pot { pot_name(tx, me, id).await? } else { return Ok(None) };
    Ok(Some(Owner { action: Action::ReadWijkpotHours, ..Owner::office(me, name) }))
}

/// What a pot of this partnership is called; one that left no row behind is known by its hours.
async fn pot_name(tx: &mut Tx, me: &Me, pot: Uuid) -> Result<String, AppError> {
    if let Some(row) = wijkpot::sql::pot(tx, me.partnership(), pot.into()).await? {
        return Ok(row.name);
    }
    let has_hours = !sql::accounts_of(tx, me.partnership(), Holder::wijkpot(pot)).await?.is_empty();
    if has_hours { Ok(named(HolderKind::Wijkpot, None)) } else { Err(AppError::NotFound) }
}

/// A school as owner, when this is one of the partnership.
async fn school_owner(tx: &mut Tx, me: &Me, school: Uuid) -> Result<Option<Owner>, AppError> {
    let row = organisations::sql::school(tx, me.partnership(), school.into()).await?;
    Ok(row.map(|row| {
        let object = Object::of(me.partnership()).at_school(row.id.into(), row.board_id.map(Into::into), Some(row.district_id.into()));
        Owner { name: row.name, action: Action::ReadSchoolHours, object }
    }))
}

/// A holder in a sentence: `Contract De Wissel`, `Afspraak 4471`.
pub(super) fn named(kind: HolderKind, name: Option<&str>) -> String {
    match (kind, name) {
        (HolderKind::Contract, Some(name)) => format!("Contract {name}"),
        (HolderKind::Reserve, Some(name)) => format!("Reserve {name}"),
        (HolderKind::Booking, Some(number)) => format!("Afspraak {number}"),
        (HolderKind::Board | HolderKind::School | HolderKind::Wijkpot, Some(name)) => name.to_owned(),
        (HolderKind::Used, _) => "Gebruikt".to_owned(),
        (HolderKind::Expired, _) => "Vervallen".to_owned(),
        (HolderKind::Wijkpot, None) => "Wijkpot".to_owned(),
        (kind, None) => kind.dutch().to_owned(),
    }
}

/// A booking of this school, and what one must be allowed to know of its number and its school together: at pupil level that is for who
/// may read its text (domain.md §2).
pub(super) fn of_booking(school: Object, specialist: Uuid, supplier: Uuid, level: &str) -> (Object, Action) {
    let object = school.with_specialist(specialist.into(), supplier.into());
    match SupportLevel::from_dutch(level) {
        Some(level) if level != SupportLevel::Pupil => (object.at_level(level), Action::ReadBooking),
        _ => (object.at_level(SupportLevel::Pupil), Action::ReadBookingText),
    }
}
