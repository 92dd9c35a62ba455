//! How a school and its expert reach each other, once they agreed. Always true: the expert reads it of the school, the school of the
//! expert, and nobody else of either (domain.md §2).

use super::show::View;
use crate::{AppError, db::Tx, organisations::sql as organisations, people::sql as people, ui::Fact};
use domain::{
    bookings::BookingState,
    people::{Role, Scope},
};

/// Names and addresses of the other side.
pub(super) async fn contacts(tx: &mut Tx, view: &View<'_>) -> Result<Vec<Fact>, AppError> {
    let (row, booking) = (view.row, &view.booking);
    let partnership = row.partnership_id.into();
    if !matches!(booking.state, BookingState::Accepted | BookingState::Done) {
        return Ok(Vec::new());
    }
    let reach = |(name, email): (String, String)| Fact::new("Contact", format!("{name}, {email}")).to(format!("mailto:{email}"));
    if view.is_of_school() {
        let found = people::reach(tx, partnership, Role::Specialist, Scope::Specialist(booking.specialist)).await?;
        return Ok(found.into_iter().map(reach).collect());
    }
    if !view.is_of_specialist() {
        return Ok(Vec::new());
    }
    let found = people::reach(tx, partnership, Role::Coordinator, Scope::School(booking.school)).await?;
    let mut facts: Vec<Fact> = found.into_iter().map(reach).collect();
    let address = organisations::address_of(tx, partnership, booking.school).await?;
    facts.extend(address.map(|address| Fact::new("Adres", address)));
    Ok(facts)
}
