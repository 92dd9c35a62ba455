//! Loading the pages of bookings. Always true: what is not this person's to read is not sent, and reading a pupil's text from outside
//! the school is written down before it is shown.

use super::shown::{BookingShown, ExpertShown, ListShown, MoveShown};
use crate::{AppError, session::Page};
use leptos::prelude::*;

/// A specialist's page, with the form for whoever may book. Everything but the id is as in the address; what makes no sense there means
/// the usual.
#[server(name = ReadExpert, prefix = "/api", endpoint = "experts/lees")]
pub async fn expert_page(
    expert: String,
    #[server(default)] duur: String,
    #[server(default)] moment: String,
    #[server(default)] vanaf: String,
    #[server(default)] vak: String,
    #[server(default)] school: String,
    #[server(default)] zoek: String,
) -> Result<Page<ExpertShown>, AppError> {
    use super::asking::{Address, form};
    use crate::{
        experts::{payer_of, profile, roster},
        session::{allow, db, now, page, signed_in},
    };
    use domain::{
        SpecialistId,
        people::{Action, Object},
        text::{ARGUMENT_CHARS_MAX, cut},
    };
    let me = signed_in().await?;
    allow(&me, Action::ReadExpert, &Object::of(me.partnership()))?;
    let specialist: SpecialistId = expert.parse().map_err(|_| AppError::NotFound)?;
    let at = now();
    let mut snapshot = db().snapshot();
    let [vak, school, zoek] = [vak, school, zoek].map(|text| cut(&text, ARGUMENT_CHARS_MAX));
    let roster = roster(&mut snapshot, me.partnership(), at).await?;
    let known = roster.person(specialist).ok_or(AppError::NotFound)?;
    let here = payer_of(&mut snapshot, &me, at).await?;
    let profile = profile(&roster, known, Option::as_ref(&here).map(|payer| &payer.school), &vak, at);
    let address = Address { duur: &duur, moment: &moment, vanaf: &vanaf, vak: &vak, school: &school, zoek: &zoek };
    let form = form(&mut snapshot, &me, (&roster, known), &address, at).await?;
    drop(snapshot);
    page(ExpertShown { profile, search: zoek, form }).await
}

/// The list of bookings of the role one works in.
#[server(name = ReadBookings, prefix = "/api", endpoint = "afspraken/lees")]
pub async fn bookings(#[server(default)] komend: u32, #[server(default)] geweest: u32) -> Result<Page<ListShown>, AppError> {
    use super::show_list::list;
    use crate::session::{db, now, page, signed_in};
    // Each line is asked of `may` by itself: a list of nothing is for everybody.
    let me = signed_in().await?;
    let mut tx = db().read().await?;
    let list = list(&mut tx, &me, komend, geweest, now()).await?;
    drop(tx);
    page(list).await
}

/// A booking.
#[server(name = ReadBooking, prefix = "/api", endpoint = "afspraak/lees")]
pub async fn booking_page(id: String) -> Result<Page<BookingShown>, AppError> {
    use super::{show::View, sql};
    use crate::{
        people::sql::audit,
        session::{allow, db, now, page, signed_in},
    };
    use domain::{BookingId, people::Action};
    let me = signed_in().await?;
    let id: BookingId = id.parse().map_err(|_| AppError::NotFound)?;
    let at = now();
    let mut tx = db().read().await?;
    let row = sql::booking(&mut tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?;
    allow(&me, Action::ReadBooking, &row.object())?;
    let view = View::new(&row, &me, at)?;
    let shown = view.page(&mut tx).await?;
    drop(tx);
    if view.is_logged() {
        let mut tx = db().write(me.partnership()).await?;
        audit(&mut tx, me.partnership(), Some(me.person()), at, "booking_text_read", Some(("booking", id.0)), Some(row.school_id)).await?;
        tx.commit().await?;
    }
    page(shown).await
}

/// Other moments for a booking.
#[server(name = ReadMove, prefix = "/api", endpoint = "afspraak/verplaats/lees")]
pub async fn move_page(
    id: String,
    #[server(default)] duur: String,
    #[server(default)] moment: String,
    #[server(default)] vanaf: String,
) -> Result<Page<MoveShown>, AppError> {
    use super::{asking::moving, show::View, sql};
    use crate::session::{allow, db, now, page, signed_in};
    use domain::{BookingId, Refusal, people::Action};
    let me = signed_in().await?;
    let id: BookingId = id.parse().map_err(|_| AppError::NotFound)?;
    let at = now();
    let mut tx = db().read().await?;
    let row = sql::booking(&mut tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?;
    allow(&me, Action::MoveBooking, &row.object())?;
    let view = View::new(&row, &me, at)?;
    if !view.allowed().moving {
        let advice = "Dit moment is voorbij of de afspraak gaat niet door. Maak een nieuwe afspraak.";
        return Err(Refusal::new("booking_settled", "Deze afspraak kan niet meer naar een ander moment", advice).into());
    }
    let shown = moving(&mut tx, &view, [&duur, &moment, &vanaf]).await?;
    drop(tx);
    page(shown).await
}
