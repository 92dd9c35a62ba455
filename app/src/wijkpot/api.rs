//! What people do with pots. Always true: each asks who this is and whether they may for the row itself, and what was typed is checked by
//! the rule, inside the transaction that stores it.

use crate::AppError;
use leptos::prelude::*;

/// A school (`school`) or a board (`bestuur`) gives idle hours: so many `minuten`, or `alles` that is idle at this supplier.
#[server(name = DonateHours, prefix = "/api", endpoint = "wijkpot/doneer")]
pub async fn donate_hours(
    pot: String,
    #[server(default)] school: String,
    #[server(default)] bestuur: String,
    #[server(default)] leverancier: String,
    maand: String,
    #[server(default)] minuten: String,
    key: String,
) -> Result<(), AppError> {
    use super::{acting, verbs, verbs::Give};
    use crate::session::{form_key, now};
    let (me, mut tx) = acting::writer().await?;
    let donor = acting::donor(&mut tx, &me, &school, &bestuur).await?;
    let (month, supplier) = (acting::month(&maand)?, acting::supplier(&leverancier)?);
    let pot = acting::id(&pot)?;
    let key = form_key(&key)?;
    let minutes = if minuten == "alles" {
        acting::all_of(&mut tx, me.partnership(), donor, supplier, month, &key).await?
    } else {
        acting::minutes(&minuten)?
    };
    let give = Give { donor, pot: Some(pot), supplier, month, minutes };
    let donation = verbs::donate(&mut tx, me.partnership(), Some(me.person()), give, &key, now()).await?;
    let said = acting::said_of_gift(&mut tx, &me, donation).await?;
    tx.commit().await?;
    acting::tell(said, pot, month).await
}

/// The donor takes back what is still there, or withdraws what waits for the board.
#[server(name = TakeBackHours, prefix = "/api", endpoint = "wijkpot/terug")]
pub async fn take_back_hours(donatie: String, key: String) -> Result<(), AppError> {
    use super::{acting, verbs};
    use crate::session::{Note, NoteKind, allow, now};
    use domain::{Minutes, people::Action, wijkpot::Donor};
    let _ = key;
    let (me, mut tx, row) = acting::donation(&donatie).await?;
    let action = if matches!(row.donor()?, Donor::School(_)) { Action::DonateSchoolHours } else { Action::DonateBoardHours };
    allow(&me, action, &row.object(me.partnership()))?;
    let back = verbs::take_back(&mut tx, me.partnership(), me.person(), row.id.into(), now()).await?;
    tx.commit().await?;
    let said = if back == Minutes::ZERO {
        Note::done("Je donatie is ingetrokken", "Er was nog niets verplaatst.")
    } else {
        let text = if back.0 < row.minutes { "De rest is al opgenomen." } else { "Alles is terug." };
        Note { kind: NoteKind::Given, heading: format!("{back} {} is terug bij {}", row.supplier, row.donor), text: text.to_owned() }
    };
    acting::tell(said, row.pot_id.into(), acting::month(&row.month)?).await
}

/// The board says `ja` to a gift of its school, or `nee` with a reason.
#[server(name = ConsentDonation, prefix = "/api", endpoint = "wijkpot/akkoord")]
pub async fn consent_donation(donatie: String, antwoord: String, #[server(default)] reden: String, key: String) -> Result<(), AppError> {
    use super::{acting, verbs};
    use crate::session::{Note, NoteKind, allow, now};
    use domain::{Minutes, people::Action};
    let _ = key;
    let (me, mut tx, row) = acting::donation(&donatie).await?;
    allow(&me, Action::ConsentDonation, &row.object(me.partnership()))?;
    let (partnership, by, id) = (me.partnership(), me.person(), row.id.into());
    let amount = Minutes(row.minutes);
    let said = match antwoord.as_str() {
        "ja" => {
            verbs::consent(&mut tx, partnership, by, id, now()).await?;
            let heading = format!("{amount} {} zit in de wijkpot", row.supplier);
            Note { kind: NoteKind::Given, heading, text: format!("Dank je. {} ziet je akkoord.", row.donor) }
        }
        "nee" => {
            verbs::refuse_donation(&mut tx, partnership, by, id, &reden, now()).await?;
            Note::done("Je hebt de donatie afgewezen", format!("{amount} blijft bij {}. De school leest je reden.", row.donor))
        }
        _ => return Err(AppError::Malformed),
    };
    tx.commit().await?;
    acting::tell(said, row.pot_id.into(), acting::month(&row.month)?).await
}

/// A school asks for hours.
#[server(name = AskDraw, prefix = "/api", endpoint = "wijkpot/vraag")]
pub async fn ask_draw(
    school: String,
    #[server(default)] leverancier: String,
    maand: String,
    #[server(default)] minuten: String,
    #[server(default)] urgentie: String,
    #[server(default)] niveau: String,
    #[server(default)] soort: String,
    #[server(default)] afspraak: String,
    key: String,
) -> Result<(), AppError> {
    use super::{acting, sql, verbs, verbs::Ask};
    use crate::session::{Note, NoteKind, allow, form_key, now};
    use domain::{
        Minutes,
        people::Action,
        wijkpot::{DrawState, DrawWish},
    };
    let (me, mut tx) = acting::writer().await?;
    let (school, object) = acting::school(&mut tx, &me, &school).await?;
    allow(&me, Action::Draw, &object)?;
    let (month, supplier) = (acting::month(&maand)?, acting::supplier(&leverancier)?);
    let booking = if afspraak.is_empty() { None } else { Some(acting::id(&afspraak)?) };
    let wish = DrawWish { urgentie: &urgentie, niveau: &niveau, soort: &soort };
    let ask = Ask { school, supplier, month, minutes: acting::minutes(&minuten)?, wish, booking };
    let id = verbs::ask(&mut tx, me.partnership(), me.person(), ask, &form_key(&key)?, now()).await?;
    let row = sql::draw(&mut tx, me.partnership(), id).await?.ok_or(AppError::Internal)?;
    tx.commit().await?;
    let amount = Minutes(row.minutes);
    let said = if row.draw()?.state == DrawState::Granted {
        let text = format!("Je kunt ermee boeken tot en met {}.", domain::time::date_long(month.last_day()));
        Note { kind: NoteKind::Given, heading: format!("{amount} {} is van {}", row.supplier, row.school), text }
    } else {
        let text = "Hieronder zie je je plaats en waarom. Zodra je aan de beurt bent, staan de uren bij je school.";
        Note::done(format!("Je vraag om {amount} {} wacht", row.supplier), text)
    };
    acting::tell(said, row.pot_id.into(), month).await
}

/// The school thought again.
#[server(name = WithdrawDraw, prefix = "/api", endpoint = "wijkpot/intrekken")]
pub async fn withdraw_draw(opname: String, key: String) -> Result<(), AppError> {
    use super::{acting, verbs};
    use crate::session::{Note, allow, now};
    use domain::people::Action;
    let _ = key;
    let (me, mut tx, row) = acting::draw(&opname).await?;
    allow(&me, Action::Draw, &row.object(me.partnership()))?;
    verbs::withdraw(&mut tx, me.partnership(), me.person(), row.id.into(), now()).await?;
    tx.commit().await?;
    let said = Note::done("Je vraag is ingetrokken", "Wie na je wachtte, schuift op.");
    acting::tell(said, row.pot_id.into(), row.month()?).await
}

/// The district team grants (`ja`, so many `minuten`) or refuses (`nee`, with a reason).
#[server(name = DecideDraw, prefix = "/api", endpoint = "wijkpot/beslis")]
pub async fn decide_draw(
    opname: String,
    antwoord: String,
    #[server(default)] minuten: String,
    #[server(default)] reden: String,
    key: String,
) -> Result<(), AppError> {
    use super::{acting, verbs};
    use crate::session::{Note, NoteKind, allow, now};
    use domain::people::Action;
    let _ = key;
    let (me, mut tx, row) = acting::draw(&opname).await?;
    allow(&me, Action::DecideDraw, &row.object(me.partnership()))?;
    let (partnership, by, id) = (me.partnership(), me.person(), row.id.into());
    let said = match antwoord.as_str() {
        "ja" => {
            let minutes = acting::minutes(&minuten)?;
            verbs::decide(&mut tx, partnership, by, id, minutes, now()).await?;
            let heading = format!("{minutes} {} is van {}", row.supplier, row.school);
            Note { kind: NoteKind::Given, heading, text: "De school kan er meteen mee boeken.".to_owned() }
        }
        "nee" => {
            verbs::refuse_draw(&mut tx, partnership, by, id, &reden, now()).await?;
            Note::done("Je hebt de opname afgewezen", format!("{} leest je reden.", row.school))
        }
        _ => return Err(AppError::Malformed),
    };
    tx.commit().await?;
    acting::tell(said, row.pot_id.into(), row.month()?).await
}

/// A coordinator says for another school of the pot what they think: `ja` or `nee`.
#[server(name = VoteDraw, prefix = "/api", endpoint = "wijkpot/stem")]
pub async fn vote_draw(opname: String, school: String, antwoord: String, key: String) -> Result<(), AppError> {
    use super::{acting, verbs};
    use crate::session::{Note, allow, now};
    use domain::{people::Action, wijkpot::Tally};
    let _ = key;
    let (me, mut tx, row) = acting::draw(&opname).await?;
    let (school, object) = acting::school(&mut tx, &me, &school).await?;
    allow(&me, Action::VoteDraw, &object)?;
    let agrees = match antwoord.as_str() {
        "ja" => true,
        "nee" => false,
        _ => return Err(AppError::Malformed),
    };
    let tally = verbs::vote(&mut tx, me.partnership(), me.person(), (row.id.into(), school, agrees), now()).await?;
    tx.commit().await?;
    let said = match tally {
        Tally::Agreed => {
            Note::done(format!("Twee scholen zeggen ja tegen {}", row.school), "Zodra de uren er zijn, staan ze bij de school.")
        }
        Tally::Rejected => Note::done(format!("Twee scholen zeggen nee tegen {}", row.school), "De opname is afgewezen."),
        Tally::Open { .. } => Note::done("Je stem telt", "Er is nog een school nodig voor een besluit."),
    };
    acting::tell(said, row.pot_id.into(), row.month()?).await
}
