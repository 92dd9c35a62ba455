//! Reading and changing an agenda. Always true: a change is one transaction under the partnership's writer, and bookings are never touched.

use super::Agenda;
use crate::{AppError, session::Page};
use leptos::prelude::*;

/// The agenda page: one's own, of somebody one plans for, or whose there are to choose from. `vanaf` is a day of the first week in view.
#[server(name = ReadAgenda, prefix = "/api", endpoint = "agenda/lees")]
pub async fn read_agenda(#[server(default)] expert: String, #[server(default)] vanaf: String) -> Result<Page<Agenda>, AppError> {
    use super::whose::{agenda, people, whose};
    use crate::session::{db, now, page, signed_in};
    let me = signed_in().await?;
    let mut tx = db().read().await?;
    if expert.trim().is_empty() && me.actor.specialist().is_none() {
        let people = people(&mut tx, &me).await?;
        if !people.is_empty() {
            drop(tx);
            return page(Agenda { people, ..Agenda::default() }).await;
        }
    }
    let row = whose(&mut tx, &me, &expert).await?;
    let agenda = agenda(&mut tx, &me, &row, &vanaf, now()).await?;
    drop(tx);
    page(agenda).await
}

/// Replaces the weekly pattern.
#[server(name = SetPattern, prefix = "/api", endpoint = "agenda/patroon")]
pub async fn set_pattern(
    #[server(default)] expert: String,
    #[server(default)] maandag: String,
    #[server(default)] dinsdag: String,
    #[server(default)] woensdag: String,
    #[server(default)] donderdag: String,
    #[server(default)] vrijdag: String,
    #[server(default)] zaterdag: String,
    #[server(default)] zondag: String,
) -> Result<(), AppError> {
    use super::{
        pattern,
        whose::{address, done, whose},
    };
    use crate::{
        experts::{forget, sql},
        session::{db, go, note, now, signed_in},
    };
    let me = signed_in().await?;
    let mut tx = db().write(me.partnership()).await?;
    let row = whose(&mut tx, &me, &expert).await?;
    let weekly = pattern::read(&[&maandag, &dinsdag, &woensdag, &donderdag, &vrijdag, &zaterdag, &zondag])?;
    sql::set_weekly(&mut tx, row.id.into(), &weekly).await?;
    let said = done(&mut tx, &me, &row, now(), "De werkweek is aangepast").await?;
    tx.commit().await?;
    forget(me.partnership());
    note(said).await?;
    go(&address(&me, &row));
    Ok(())
}

/// Adds days, or parts of days, that differ from the pattern.
#[server(name = AddException, prefix = "/api", endpoint = "agenda/afwijking/voeg")]
pub async fn add_exception(
    #[server(default)] expert: String,
    #[server(default)] soort: String,
    #[server(default)] van: String,
    #[server(default)] tot: String,
    #[server(default)] tijd: String,
    #[server(default)] tijd_tot: String,
    #[server(default)] notitie: String,
) -> Result<(), AppError> {
    use super::{
        typed::{ExceptionTyped, room},
        whose::{address, done, whose},
    };
    use crate::{
        experts::{forget, sql},
        session::{db, go, note, now, signed_in},
    };
    let me = signed_in().await?;
    let mut tx = db().write(me.partnership()).await?;
    let row = whose(&mut tx, &me, &expert).await?;
    let today = domain::time::local_date(now());
    let known = sql::exceptions(&mut tx, row.id.into(), today).await?;
    room(known.len())?;
    let exception = ExceptionTyped { soort, van, tot, tijd, tijd_tot, notitie }.read(today)?;
    sql::insert_exception(&mut tx, row.id.into(), &exception).await?;
    let said = done(&mut tx, &me, &row, now(), "De afwijking staat in de agenda").await?;
    tx.commit().await?;
    forget(me.partnership());
    note(said).await?;
    go(&address(&me, &row));
    Ok(())
}

/// Takes an exception away.
#[server(name = RemoveException, prefix = "/api", endpoint = "agenda/afwijking/weg")]
pub async fn remove_exception(#[server(default)] expert: String, afwijking: String) -> Result<(), AppError> {
    use super::whose::{address, done, whose};
    use crate::{
        experts::{forget, sql},
        session::{db, go, note, now, signed_in},
    };
    let me = signed_in().await?;
    let mut tx = db().write(me.partnership()).await?;
    let row = whose(&mut tx, &me, &expert).await?;
    let id = afwijking.parse().map_err(|_| AppError::Malformed)?;
    if !sql::delete_exception(&mut tx, row.id.into(), id).await? {
        return Err(AppError::NotFound);
    }
    let said = done(&mut tx, &me, &row, now(), "De afwijking is weg").await?;
    tx.commit().await?;
    forget(me.partnership());
    note(said).await?;
    go(&address(&me, &row));
    Ok(())
}
