//! Deviating agreements, as the page asks them. Always true: on which side somebody stands follows from their roles, never from a form.

use crate::{AppError, session::Page, ui::State};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An agreement on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviationShown {
    /// Its id.
    pub id: String,
    /// `6 u Kameleon van februari naar maart`.
    pub what: String,
    /// What was posted for it, for who reads a book of hours.
    pub behind: Option<String>,
    /// Whose hours: `KPO`, or `De Linde (KPO)`.
    pub whose: String,
    /// Why.
    pub reason: String,
    /// Who asked, and when.
    pub asked: String,
    /// `Wacht op antwoord`.
    pub state: String,
    /// The same as a chip.
    pub chip: State,
    /// Who answered, when, and why not.
    pub closed: String,
    /// Whether this person answers it.
    pub can_answer: bool,
    /// Whether this person takes it back.
    pub can_withdraw: bool,
}

/// What is on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviationPage {
    /// The agreements, the last one first.
    pub deviations: Vec<DeviationShown>,
    /// Whether this person asks.
    pub can_ask: bool,
    /// Whether this person may read `/uren`.
    pub sees_hours: bool,
    /// Suppliers to choose from: value and words.
    pub suppliers: Vec<(String, String)>,
    /// Whose hours: a board or a school, value and words.
    pub holders: Vec<(String, String)>,
    /// Months that still run.
    pub months: Vec<(String, String)>,
    /// The supplier and the holder it is about: what was chosen, or else the first that have hours.
    pub chosen: (String, String),
    /// The first month with hours, and the one after it.
    pub from_to: (String, String),
}

/// The agreements this person may see.
#[server(name = ReadDeviations, prefix = "/api", endpoint = "afwijking/lees")]
pub async fn read_deviations(
    #[server(default)] leverancier: String,
    #[server(default)] houder: String,
) -> Result<Page<DeviationPage>, AppError> {
    use super::read;
    use crate::session::{db, now, page, signed_in};
    let me = signed_in().await?;
    let mut tx = db().read().await?;
    let data = read::deviations(&mut tx, &me, (&leverancier, &houder), now()).await?;
    drop(tx);
    page(data).await
}

/// One side asks. `houder` is `bestuur:id` or `school:id`.
#[server(name = AskDeviation, prefix = "/api", endpoint = "afwijking/vraag")]
pub async fn ask_deviation(
    leverancier: String,
    houder: String,
    #[server(default)] van: String,
    #[server(default)] naar: String,
    #[server(default)] uren: String,
    #[server(default)] reden: String,
    key: String,
) -> Result<(), AppError> {
    use super::{DEVIATION, read};
    use crate::{
        hours::verbs,
        session::{Note, db, form_key, go, note, now, signed_in},
    };
    let me = signed_in().await?;
    let mut tx = db().write(me.partnership()).await?;
    let (party, wanted) = read::wanted(&mut tx, &me, &leverancier, &houder, [&van, &naar], &uren, reden).await?;
    verbs::ask(&mut tx, me.partnership(), me.person(), party, wanted, &form_key(&key)?, now()).await?;
    tx.commit().await?;
    let other = party.other().dutch();
    note(Note::done("Je vraag is verstuurd", format!("De uren blijven waar ze zijn tot {other} antwoordt."))).await?;
    go(DEVIATION);
    Ok(())
}

/// The other side says yes (`ja`) or no (`nee`, with a reason), or the asking side takes it back (`terug`).
#[server(name = AnswerDeviation, prefix = "/api", endpoint = "afwijking/antwoord")]
pub async fn answer_deviation(afwijking: String, antwoord: String, #[server(default)] reden: String, key: String) -> Result<(), AppError> {
    use super::{DEVIATION, read};
    use crate::{
        hours::verbs,
        session::{Note, db, go, note, now, signed_in},
    };
    let _ = key;
    let me = signed_in().await?;
    let id = afwijking.parse().map_err(|_| AppError::Malformed)?;
    let mut tx = db().write(me.partnership()).await?;
    let party = read::party_in(&mut tx, &me, id, antwoord == "terug").await?;
    let (partnership, by, at) = (me.partnership(), me.person(), now());
    let said = match antwoord.as_str() {
        "ja" => {
            let agreed = verbs::agree(&mut tx, partnership, by, party, id, at).await?;
            Note::done("Afgesproken", format!("{} staat nu in {}.", agreed.minutes, agreed.to.name()))
        }
        "nee" => {
            verbs::refuse(&mut tx, partnership, by, party, id, &reden, at).await?;
            Note::done("Je hebt nee gezegd", "De uren blijven in hun maand. De ander leest je reden.")
        }
        "terug" => {
            verbs::withdraw(&mut tx, partnership, by, party, id, at).await?;
            Note::done("Je vraag is ingetrokken", "De uren blijven in hun maand.")
        }
        _ => return Err(AppError::Malformed),
    };
    tx.commit().await?;
    note(said).await?;
    go(DEVIATION);
    Ok(())
}
