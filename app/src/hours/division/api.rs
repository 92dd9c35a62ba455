//! Dividing a board's hours, as the page asks it. Always true: only the contact of that board gets in.

use crate::{AppError, hours::allotment::RunShown, session::Page, ui::MonthCell};
use domain::Refusal;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What a school is to have of a supplier, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartTyped {
    /// The school's id.
    pub school: String,
    /// The supplier's id.
    pub leverancier: String,
    /// Hours of the months that still run: `12` or `12,25`.
    pub uren: String,
}

/// A mandate, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MandateTyped {
    /// The school's id.
    pub school: String,
    /// `ja` when it may book from the board's hours.
    pub mag: String,
    /// Hours a month at most; empty is no most.
    pub uren: String,
}

/// A supplier on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What the board itself has left in the months that still run.
    pub board_has: MonthCell,
    /// What board and schools have together in those months.
    pub all: String,
}

/// A school on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its pupils; a dash when nobody told.
    pub pupils: String,
    /// What it has of each supplier, as a field holds it.
    pub hours: Vec<String>,
    /// What of that is still there, in words.
    pub left: Vec<String>,
    /// Whether it may book from the board's hours now, and how much a month at most.
    pub mandate: Option<String>,
}

/// What a way to divide leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionPreview {
    /// `naar leerlingen`.
    pub way: String,
    /// Which way and which changes it is of; empty when it can not be posted.
    pub digest: String,
    /// Why it can not be posted.
    pub refusal: Option<Refusal>,
    /// A line per school, and the board itself.
    pub lines: Vec<ChangeLine>,
    /// What would be posted: `1.582 u 15 terug naar het bestuur, in 607 boekingen.`
    pub posts: String,
}

/// What changes for a school, in the months it is about and at all suppliers together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine {
    /// `De Meerpaal`.
    pub name: String,
    /// What it has.
    pub now: String,
    /// What it would have.
    pub after: String,
    /// `− 2 u 15`; empty when it is the same.
    pub difference: String,
}

/// What is on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionPage {
    /// The board's id.
    pub board: String,
    /// Its name.
    pub board_name: String,
    /// The school year.
    pub year: i32,
    /// `2026–2027`.
    pub year_name: String,
    /// Which months this is about: `november tot en met juli`.
    pub months: String,
    /// Boards to choose from, when there is more than one.
    pub boards: Vec<(String, String)>,
    /// The suppliers, in the order of the columns.
    pub suppliers: Vec<SupplierLine>,
    /// The schools, by BRIN.
    pub schools: Vec<SchoolLine>,
    /// Whose choice counts for who may book from the board's hours: the board's own or the partnership's, in a sentence.
    pub mandate_rule: String,
    /// What was looked at and not posted yet.
    pub preview: Option<DivisionPreview>,
    /// What was divided before, the last one first.
    pub runs: Vec<RunShown>,
}

/// The page of a board: one's own without a board in the address.
#[server(name = ReadDivision, prefix = "/api", endpoint = "verdeling/lees")]
pub async fn read_division(#[server(default)] bestuur: String, #[server(default)] jaar: String) -> Result<Page<DivisionPage>, AppError> {
    use super::read;
    use crate::session::{db, now, page, signed_in};
    let me = signed_in().await?;
    let mut tx = db().read().await?;
    let (board, year) = read::may_divide(&mut tx, &me, &bestuur, &jaar, now()).await?;
    let data = read::division(&mut tx, &me, &board, year, now()).await?;
    drop(tx);
    page(data).await
}

/// Keeps a way to divide as what the board looks at: `manier` is `pupils`, `hand` or `kept`.
#[server(name = PreviewDivision, prefix = "/api", endpoint = "verdeling/bekijk")]
pub async fn preview_division(
    bestuur: String,
    #[server(default)] jaar: String,
    manier: String,
    #[server(default)] delen: Vec<PartTyped>,
    #[server(default)] mandaten: Vec<MandateTyped>,
    key: String,
) -> Result<(), AppError> {
    use super::{of_board_year, preview, read};
    use crate::session::{db, go, now, signed_in};
    let _ = key;
    let me = signed_in().await?;
    let mut tx = db().write(me.partnership()).await?;
    let (board, year) = read::may_divide(&mut tx, &me, &bestuur, &jaar, now()).await?;
    let way = read::way(&manier, &delen, &mandaten)?;
    preview::keep(&mut tx, &me, (board.id.into(), year), &way, now()).await?;
    tx.commit().await?;
    go(&format!("{}#voorbeeld", of_board_year(&board.id.to_string(), year.0)));
    Ok(())
}

/// Posts the division that was looked at.
#[server(name = DivideBoard, prefix = "/api", endpoint = "verdeling/verdeel")]
pub async fn divide_board(bestuur: String, #[server(default)] jaar: String, voorbeeld: String, key: String) -> Result<(), AppError> {
    use super::{of_board_year, preview, read};
    use crate::session::{Note, db, form_key, go, note, now, signed_in};
    let me = signed_in().await?;
    let mut tx = db().write_much(me.partnership()).await?;
    let (board, year) = read::may_divide(&mut tx, &me, &bestuur, &jaar, now()).await?;
    let posted = preview::post(&mut tx, &me, (board.id.into(), year), &voorbeeld, &form_key(&key)?, now()).await?;
    tx.commit().await?;
    note(Note::done(format!("De uren van {} zijn verdeeld", board.name), posted)).await?;
    go(&of_board_year(&board.id.to_string(), year.0));
    Ok(())
}

/// Undoes the last division of a board, with a reason.
#[server(name = UndoDivision, prefix = "/api", endpoint = "verdeling/terug")]
pub async fn undo_division(verdeling: String, #[server(default)] reden: String, key: String) -> Result<(), AppError> {
    use super::of_board_year;
    use crate::{
        hours::{sql, verbs},
        session::{Note, allow, db, go, note, now, signed_in},
    };
    use domain::{
        DivisionId,
        people::{Action, Object},
    };
    let _ = key;
    let me = signed_in().await?;
    let id: DivisionId = verdeling.parse().map_err(|_| AppError::Malformed)?;
    let mut tx = db().write_much(me.partnership()).await?;
    let (board, year) = sql::place_of_division(&mut tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?;
    allow(&me, Action::DivideBoardHours, &Object::of(me.partnership()).of_board(board))?;
    verbs::undo_division(&mut tx, me.partnership(), me.person(), id, &reden, now()).await?;
    tx.commit().await?;
    note(Note::done("De verdeling is teruggedraaid", "De uren zijn terug waar ze waren. Beide staan in het urenboek.")).await?;
    go(&of_board_year(&board.to_string(), i32::try_from(year).unwrap_or_default()));
    Ok(())
}
