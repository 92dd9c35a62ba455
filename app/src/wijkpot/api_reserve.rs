//! Asking for a reserve and releasing it, and making pots. Always true: as in `api`.

use crate::AppError;
use leptos::prelude::*;

/// A school asks for hours from the reserve, with a reason.
#[server(name = AskReserve, prefix = "/api", endpoint = "wijkpot/reserve")]
pub async fn ask_reserve(
    school: String,
    #[server(default)] leverancier: String,
    maand: String,
    #[server(default)] minuten: String,
    #[server(default)] reden: String,
    key: String,
) -> Result<(), AppError> {
    use super::{WIJKPOT, acting, verbs};
    use crate::session::{Note, allow, form_key, go, note, now};
    use domain::people::Action;
    let (me, mut tx) = acting::writer().await?;
    let (school, object) = acting::school(&mut tx, &me, &school).await?;
    allow(&me, Action::AskReserve, &object)?;
    let (month, supplier) = (acting::month(&maand)?, acting::supplier(&leverancier)?);
    let ask = verbs::AskReserve { school, supplier, month, minutes: acting::minutes(&minuten)?, reason: &reden };
    verbs::ask_reserve(&mut tx, me.partnership(), me.person(), ask, &form_key(&key)?, now()).await?;
    tx.commit().await?;
    note(Note::done("Je vraag om reserve is verstuurd", "Het secretariaat beslist. Het antwoord komt hier te staan.")).await?;
    go(&format!("{WIJKPOT}?maand={month}"));
    Ok(())
}

/// The registrar releases what was asked (`ja`) or does not (`nee`, with a reason); the school itself withdraws it (`intrekken`).
#[server(name = DecideReserve, prefix = "/api", endpoint = "wijkpot/reserve/beslis")]
pub async fn decide_reserve(vraag: String, antwoord: String, #[server(default)] reden: String, key: String) -> Result<(), AppError> {
    use super::{WIJKPOT, acting, sql, verbs};
    use crate::session::{Note, allow, go, note, now};
    use domain::{Minutes, ReserveRequestId, people::Action};
    let _ = key;
    let (me, mut tx) = acting::writer().await?;
    let id: ReserveRequestId = acting::id(&vraag)?;
    let (partnership, by) = (me.partnership(), me.person());
    let row = sql::reserve_request(&mut tx, partnership, id).await?.ok_or(AppError::NotFound)?;
    let action = if antwoord == "intrekken" { Action::AskReserve } else { Action::ReleaseReserve };
    allow(&me, action, &row.object(partnership))?;
    let said = match antwoord.as_str() {
        "ja" => {
            verbs::release(&mut tx, partnership, by, id, now()).await?;
            let text = format!("{} kan er meteen mee boeken.", row.school);
            Note::done(format!("{} {} is vrijgegeven", Minutes(row.minutes), row.supplier), text)
        }
        "nee" => {
            verbs::refuse_reserve(&mut tx, partnership, by, id, &reden, now()).await?;
            Note::done("Je hebt de vraag afgewezen", format!("{} leest je reden.", row.school))
        }
        "intrekken" => {
            verbs::withdraw_reserve(&mut tx, partnership, by, id, now()).await?;
            Note::done("Je vraag om reserve is ingetrokken", "Er was nog niets verplaatst.")
        }
        _ => return Err(AppError::Malformed),
    };
    tx.commit().await?;
    note(said).await?;
    go(WIJKPOT);
    Ok(())
}

/// An administrator makes a pot of one wijk more (`wijk`), or the city-wide one (no `wijk`).
#[server(name = ArrangePot, prefix = "/api", endpoint = "wijkpot/pot")]
pub async fn arrange_pot(#[server(default)] naam: String, #[server(default)] wijk: String, key: String) -> Result<(), AppError> {
    use super::{WIJKPOT, acting, verbs};
    use crate::{
        organisations::sql::wijken,
        session::{Note, allow, go, note},
    };
    use domain::{
        WijkId,
        people::{Action, Object},
    };
    let _ = key;
    let (me, mut tx) = acting::writer().await?;
    let chosen: Vec<WijkId> = if wijk.is_empty() { Vec::new() } else { vec![acting::id(&wijk)?] };
    let known = wijken(&mut tx, me.partnership()).await?;
    if chosen.iter().any(|wijk| !known.iter().any(|row| row.id == wijk.0)) {
        return Err(AppError::NotFound);
    }
    allow(&me, Action::ArrangeWijkpots, &Object::of(me.partnership()))?;
    verbs::arrange(&mut tx, me.partnership(), &naam, &chosen).await?;
    tx.commit().await?;
    let text = if chosen.is_empty() { "Hij staat achter alle wijkpotten." } else { "De scholen van deze wijk horen er nu bij." };
    note(Note::done(format!("{} staat klaar", naam.trim()), text)).await?;
    go(WIJKPOT);
    Ok(())
}
