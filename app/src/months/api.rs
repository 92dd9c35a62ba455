//! What a notice says, and the click that gives. Always true: a coordinator gives the hours of their own school.

use crate::{AppError, ui::Supplier};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Hours that are about to perish.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeCard {
    /// `4 u 15`.
    pub amount: String,
    /// The postings behind it.
    pub behind: String,
    /// `vervalt na 30 november`.
    pub heading: String,
    /// What one can do.
    pub text: String,
    /// Whose hours, and how much.
    pub lines: Vec<NoticeLine>,
    /// The click, for who may.
    pub give: Option<GiveIdle>,
}

/// A supplier's part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// Whose specialists.
    pub supplier: Supplier,
    /// `2 u`.
    pub left: String,
    /// The postings behind it.
    pub behind: String,
}

/// What the click sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiveIdle {
    /// The school.
    pub school: String,
    /// `2026-11`.
    pub month: String,
    /// How much is shown.
    pub minutes: String,
    /// `Doneer 4 u 15 aan de wijkpot`.
    pub button: String,
}

/// What was given with one click, and can be taken back with another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenCard {
    /// The school.
    pub school: String,
    /// Which click.
    pub click: String,
    /// What can still be taken back, and until when.
    pub text: String,
    /// `Neem alles terug, 4 u 15`.
    pub button: String,
}

/// Takes back all gifts of one click, as far as they are still in the pot.
#[server(name = TakeAllBack, prefix = "/api", endpoint = "maand/neemterug")]
pub async fn take_all_back(key: String, school: String, klik: String) -> Result<(), AppError> {
    use crate::{
        organisations::sql as organisations,
        session::{Note, allow, db, go, note, now, signed_in},
    };
    use domain::{
        SchoolId,
        people::{Action, Object},
    };
    let _ = key;
    let me = signed_in().await?;
    let school: SchoolId = school.parse().map_err(|_| AppError::Malformed)?;
    let mut tx = db().write(me.partnership()).await?;
    let row = organisations::school(&mut tx, me.partnership(), school).await?.ok_or(AppError::NotFound)?;
    let object = Object::of(me.partnership()).at_school(school, row.board_id.map(Into::into), Some(row.district_id.into()));
    allow(&me, Action::DonateSchoolHours, &object)?;
    let back = super::giving::take_all_back(&mut tx, me.partnership(), me.person(), school, &klik, now()).await?;
    tx.commit().await?;
    note(Note::done(format!("{back} is weer van je school"), "Je kunt er zelf mee boeken, of later weer doneren.")).await?;
    go("/");
    Ok(())
}

/// Gives all that the school has idle this month.
#[server(name = DonateIdle, prefix = "/api", endpoint = "maand/doneer")]
pub async fn donate_idle(key: String, school: String, maand: String, minuten: String) -> Result<(), AppError> {
    use super::giving::give_shown;
    use crate::{
        organisations::sql as organisations,
        session::{Note, NoteKind, allow, db, form_key, go, note, now, signed_in},
    };
    use domain::{
        Minutes, SchoolId,
        hours::Month,
        people::{Action, Object},
        policy::BoardConsent,
    };
    let me = signed_in().await?;
    let school: SchoolId = school.parse().map_err(|_| AppError::Malformed)?;
    let month: Month = maand.parse().map_err(|_| AppError::Malformed)?;
    let shown = minuten.parse().map(Minutes).map_err(|_| AppError::Malformed)?;
    let key = form_key(&key)?;
    let mut tx = db().write(me.partnership()).await?;
    let row = organisations::school(&mut tx, me.partnership(), school).await?.ok_or(AppError::NotFound)?;
    let object = Object::of(me.partnership()).at_school(school, row.board_id.map(Into::into), Some(row.district_id.into()));
    allow(&me, Action::DonateSchoolHours, &object)?;
    let given = give_shown(&mut tx, me.partnership(), me.person(), school, month, shown, &key, now()).await?;
    let consent = organisations::policy(&mut tx, me.partnership()).await?.board_consent;
    tx.commit().await?;
    let said = if consent == BoardConsent::Required && row.board_id.is_some() {
        Note::done(format!("Je bestuur is gevraagd om {given} te doneren"), "Na het akkoord zitten de uren in de wijkpot.")
    } else {
        let text = "Andere scholen in je wijk kunnen ze nu gebruiken. Bedacht? Hieronder neem je alles terug, binnen 24 uur en zolang het er nog in zit.";
        Note { kind: NoteKind::Given, heading: format!("{given} zit in de wijkpot"), text: text.to_owned() }
    };
    note(said).await?;
    go("/");
    Ok(())
}
