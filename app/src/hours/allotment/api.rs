//! Dividing a year, as the page asks it. Always true: only who may allot gets in, and every number typed is checked by the rule that posts it.

use crate::{AppError, session::Page};
use domain::{
    Refusal,
    hours::{Comparison, Share},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What somebody typed for a year; every value as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The basis, by its code.
    pub grondslag: String,
    /// What a school counts for.
    pub basis: String,
    /// What a pupil with a supplement counts for.
    pub toeslag: String,
    /// A row per supplier.
    pub contracten: Vec<ContractTyped>,
    /// A row per board.
    pub besturen: Vec<BoardTyped>,
}

/// A contract as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContractTyped {
    /// The supplier's id.
    pub leverancier: String,
    /// Hours of the year.
    pub uren: String,
    /// Kept back.
    pub reserve: String,
    /// The calendar months that were ticked.
    pub maanden: Vec<String>,
}

/// A board as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BoardTyped {
    /// The board's id.
    pub bestuur: String,
    /// Pupils, or their percentage.
    pub leerlingen: String,
    /// Average school weight.
    pub weging: String,
    /// How many schools.
    pub scholen: String,
    /// Pupils with a supplement.
    pub toeslag: String,
    /// A free weight.
    pub vrij: String,
    /// Fixed share in percents.
    pub vast: String,
    /// Decided share in percents.
    pub besloten: String,
    /// Why.
    pub reden: String,
}

/// What is on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllotmentPage {
    /// The school year.
    pub year: i32,
    /// `2026–2027`.
    pub year_name: String,
    /// Other years: value and words.
    pub years: Vec<(String, String)>,
    /// Suppliers, in the order of the rows.
    pub suppliers: Vec<String>,
    /// Boards, in the order of the rows.
    pub boards: Vec<String>,
    /// What the fields hold: the draft, or else what was decided last.
    pub typed: Typed,
    /// What the draft leads to; none without a draft.
    pub preview: Option<Preview>,
    /// What was posted before, the last one first.
    pub runs: Vec<RunShown>,
}

/// What a draft leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Which inputs it is of; empty when they can not be posted.
    pub digest: String,
    /// Why it can not be posted.
    pub refusal: Option<Refusal>,
    /// Both tables, when the draft adds up.
    pub table: Option<Comparison>,
    /// The shares, in the order of the boards.
    pub shares: Vec<Share>,
    /// What would be posted: `4.476 u erbij, in 201 boekingen`.
    pub posts: String,
    /// What the button says.
    pub button: String,
    /// Something to look at before posting.
    pub warning: String,
}

/// A division that was made before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunShown {
    /// Its id.
    pub id: String,
    /// `Verdeling 2`.
    pub name: String,
    /// When and by whom.
    pub made: String,
    /// What it posted.
    pub posted: String,
    /// Those postings, when there are any.
    pub behind: Option<String>,
    /// What was decided, a line each.
    pub decided: Vec<String>,
    /// When, by whom and why it was undone.
    pub undone: Option<String>,
    /// Whether it can be undone now: it is the last one.
    pub can_undo: bool,
}

/// The page of a school year; this one without a year.
#[server(name = ReadAllotment, prefix = "/api", endpoint = "toedeling/lees")]
pub async fn read_allotment(#[server(default)] jaar: String) -> Result<Page<AllotmentPage>, AppError> {
    use super::read;
    use crate::session::{db, now, page};
    let (me, year) = read::may_allot(&jaar, now()).await?;
    let mut tx = db().read().await?;
    let data = read::allotment(&mut tx, me.partnership(), year, now()).await?;
    drop(tx);
    page(data).await
}

/// Keeps what was typed as the draft of the year, and says what it leads to.
#[server(name = PreviewAllotment, prefix = "/api", endpoint = "toedeling/bekijk")]
pub async fn preview_allotment(
    jaar: String,
    #[server(default)] grondslag: String,
    #[server(default)] basis: String,
    #[server(default)] toeslag: String,
    #[server(default)] contracten: Vec<ContractTyped>,
    #[server(default)] besturen: Vec<BoardTyped>,
    key: String,
) -> Result<(), AppError> {
    use super::{of_year, read, typed};
    use crate::session::{db, go, now};
    let _ = key;
    let (me, year) = read::may_allot(&jaar, now()).await?;
    let typed = typed::cleaned(Typed { grondslag, basis, toeslag, contracten, besturen });
    let mut tx = db().write(me.partnership()).await?;
    let other_basis = read::keep(&mut tx, &me, year, &typed, now()).await?;
    let looked_at = read::look(&mut tx, me.partnership(), year, &typed, now()).await;
    // The draft stays, whatever it leads to: nothing typed is lost.
    tx.commit().await?;
    match looked_at {
        Ok(_) => go(&format!("{}#voorbeeld", of_year(year.0))),
        // Other columns have to be filled in first.
        Err(AppError::Refused(refusal)) if other_basis && refusal.code == "no_weights" => go(&format!("{}#besturen", of_year(year.0))),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Posts the draft that was looked at.
#[server(name = PostAllotment, prefix = "/api", endpoint = "toedeling/boek")]
pub async fn post_allotment(jaar: String, voorbeeld: String, key: String) -> Result<(), AppError> {
    use super::{of_year, read};
    use crate::session::{Note, db, go, note, now};
    let (me, year) = read::may_allot(&jaar, now()).await?;
    let mut tx = db().write_much(me.partnership()).await?;
    let posted = read::post_draft(&mut tx, &me, year, &voorbeeld, &key, now()).await?;
    tx.commit().await?;
    note(Note::done(format!("De uren van {year} zijn verdeeld"), posted)).await?;
    go(&of_year(year.0));
    Ok(())
}

/// Undoes the last division of a year, with a reason.
#[server(name = UndoAllotment, prefix = "/api", endpoint = "toedeling/terug")]
pub async fn undo_allotment(toedeling: String, #[server(default)] reden: String, key: String) -> Result<(), AppError> {
    use super::of_year;
    use crate::{
        hours::{sql, verbs},
        session::{Note, allow, db, go, note, now, signed_in},
    };
    use domain::{
        AllotmentId,
        people::{Action, Object},
    };
    let _ = key;
    let me = signed_in().await?;
    let id: AllotmentId = toedeling.parse().map_err(|_| AppError::Malformed)?;
    let mut tx = db().write_much(me.partnership()).await?;
    let year = sql::year_of_allotment(&mut tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?;
    allow(&me, Action::Allot, &Object::of(me.partnership()))?;
    verbs::undo_allotment(&mut tx, me.partnership(), me.person(), id, &reden, now()).await?;
    tx.commit().await?;
    note(Note::done("De verdeling is teruggedraaid", "De uren zijn terug waar ze waren. Beide staan in het urenboek.")).await?;
    go(&of_year(i32::try_from(year).unwrap_or_default()));
    Ok(())
}
