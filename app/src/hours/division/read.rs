//! The data of the page, and what was typed as a way to divide. Always true: hours are read and written in quarters.

use super::{DivisionPage, MandateTyped, PartTyped, SchoolLine, SupplierLine, preview};
use crate::{
    AppError,
    db::Tx,
    hours::{
        Behind, What,
        allotment::run_shown,
        behind::{optional, school_year},
        linked, sql,
        typed::{hours_typed, quarters},
        verbs::{self, Table},
    },
    organisations::{self, sql::Named},
    session::{Me, allow},
    ui::MonthCell,
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, Minutes, Refusal,
    hours::{Holder, HolderKind, Mandate, Month, SCHOOLS_MAX, SchoolPart, SchoolYear, Way},
    people::{Action, Object},
};
use std::collections::BTreeSet;

/// The board and year, when this person may divide its hours.
pub(super) async fn may_divide(
    tx: &mut Tx,
    me: &Me,
    bestuur: &str,
    jaar: &str,
    now: DateTime<Utc>,
) -> Result<(Named, SchoolYear), AppError> {
    let year = if jaar.is_empty() { Month::at(now).school_year() } else { school_year(jaar)? };
    let board: BoardId = match optional(bestuur)? {
        Some(board) => board,
        None => me.actor.boards().first().copied().ok_or(AppError::NotAllowed)?,
    };
    let boards = organisations::sql::boards(tx, me.partnership()).await?;
    let named = boards.into_iter().find(|row| row.id == board.0).ok_or(AppError::NotFound)?;
    allow(me, Action::DivideBoardHours, &Object::of(me.partnership()).of_board(board))?;
    Ok((named, year))
}

/// The page of a board's year.
pub(super) async fn division(tx: &mut Tx, me: &Me, board: &Named, year: SchoolYear, now: DateTime<Utc>) -> Result<DivisionPage, AppError> {
    let partnership = me.partnership();
    let schools = sql::schools_of(tx, partnership, board.id.into()).await?;
    let standing = sql::standing_of_board(tx, partnership, year, board.id.into()).await?;
    let given = sql::mandates(tx, partnership, board.id.into()).await?;
    let policy = organisations::sql::policy(tx, partnership).await?.board_mandate;
    let runs = sql::divisions(tx, partnership, year, board.id.into()).await?;
    let with_hours: BTreeSet<_> = standing.keys().map(|account| account.bucket.supplier.0).collect();
    let suppliers = organisations::sql::suppliers(tx, partnership).await?;
    let suppliers: Vec<&Named> = suppliers.iter().filter(|row| with_hours.contains(&row.id)).collect();
    let months = verbs::open_months(&standing, year, now);
    let looked = preview::preview(tx, me, (board.id.into(), year), &standing, now).await?;
    let (looking_at, preview) = looked.unzip();
    let table = |supplier: &Named| Table {
        standing: &standing,
        supplier: supplier.id.into(),
        board: Holder::board(board.id.into()),
        months: &months,
    };
    let lines = schools.iter().map(|school| {
        let of = suppliers.iter().map(|supplier| table(supplier).school(school.id));
        let (mut hours, left): (Vec<_>, Vec<_>) = of.map(|(given, left)| (hours_typed(given), left.to_string())).unzip();
        let own = given.iter().flatten().find(|(id, _)| id.0 == school.id).map(|(_, mandate)| *mandate);
        let mut mandate = Mandate::that_holds(own, given.is_some(), policy);
        // The fields hold what is looked at, so that it can be changed further.
        match &looking_at {
            Some(Way::Hand(parts)) => {
                for part in parts.iter().filter(|part| part.school.0 == school.id) {
                    let column = suppliers.iter().position(|supplier| supplier.id == part.supplier.0);
                    if let Some(field) = column.and_then(|column| hours.get_mut(column)) {
                        *field = hours_typed(part.minutes);
                    }
                }
            }
            Some(Way::Kept(mandates)) => mandate = mandates.iter().find(|(id, _)| id.0 == school.id).map(|(_, mandate)| *mandate),
            Some(Way::Pupils) | None => {}
        }
        SchoolLine {
            id: school.id.to_string(),
            name: school.name.clone(),
            pupils: school.pupils.map_or_else(|| "–".to_owned(), |pupils| pupils.to_string()),
            hours,
            left,
            mandate: mandate.map(|mandate| mandate.cap.map(hours_typed).unwrap_or_default()),
        }
    });
    let schools_have = |supplier: &Named| schools.iter().map(|school| table(supplier).school(school.id).0).sum::<Minutes>();
    let board_has = |supplier: &Named| {
        let (idle, first) = (table(supplier).idle(), months.first().copied());
        let behind = Behind::in_year(HolderKind::Board.code(), Some(board.id), year).at(Some(supplier.id));
        let cell = linked(idle, first.map(|first| behind.since(first).number(What::Free.code())));
        MonthCell { text: idle.to_string(), ..cell }
    };
    let last = runs.iter().find(|run| run.undone_at.is_none()).map(|run| run.id);
    let name = |way: &str| match way {
        "pupils" => "naar leerlingen",
        "hand" => "met de hand",
        _ => "uren blijven bij het bestuur",
    };
    let mut boards = Vec::new();
    if me.actor.boards().len() > 1 {
        let all = organisations::sql::boards(tx, partnership).await?;
        boards.extend(all.into_iter().filter(|row| me.actor.boards().contains(&row.id.into())).map(|row| (row.id.to_string(), row.name)));
    }
    Ok(DivisionPage {
        board: board.id.to_string(),
        board_name: board.name.clone(),
        year: year.0,
        year_name: year.to_string(),
        months: match (months.first(), months.last()) {
            (Some(first), Some(last)) if first != last => format!("{} tot en met {}", first.name(), last.name()),
            (Some(only), _) => only.name().to_owned(),
            _ => String::new(),
        },
        boards,
        suppliers: suppliers
            .iter()
            .map(|supplier| SupplierLine {
                id: supplier.id.to_string(),
                name: supplier.name.clone(),
                board_has: board_has(supplier),
                all: (table(supplier).idle() + schools_have(supplier)).to_string(),
            })
            .collect(),
        schools: lines.collect(),
        mandate_rule: mandate_rule(given.is_some(), policy),
        preview,
        runs: runs
            .iter()
            .map(|run| {
                let shown = run_shown(run, Some(board.id), last);
                super::super::allotment::RunShown { name: format!("{}, {}", shown.name, name(&run.way)), ..shown }
            })
            .collect(),
    })
}

/// Whose choice counts: a board's own, once it made one; the partnership's until then.
fn mandate_rule(has_decided: bool, policy: bool) -> String {
    let partnership = if policy { "scholen boeken namens hun bestuur" } else { "scholen boeken niet uit uren van het bestuur" };
    if has_decided {
        format!(
            "Jullie kozen dit zelf, en dat geldt. Het beleid van het samenwerkingsverband ({partnership}) geldt voor besturen die niets kozen."
        )
    } else {
        format!(
            "Jullie kozen nog niets. Zolang geldt het beleid van het samenwerkingsverband: {partnership}. Wat je hier boekt, gaat voor."
        )
    }
}

/// The way to divide that was typed.
pub(super) fn way(manier: &str, parts: &[PartTyped], mandates: &[MandateTyped]) -> Result<Way, AppError> {
    if mandates.len() > SCHOOLS_MAX || parts.len() > SCHOOLS_MAX * 10 {
        return Err(AppError::Malformed);
    }
    let malformed = |_| AppError::Malformed;
    Ok(match manier {
        "pupils" => Way::Pupils,
        "hand" => {
            let part = |row: &PartTyped| -> Result<SchoolPart, AppError> {
                let minutes = quarters(&row.uren).ok_or_else(|| unreadable(&row.uren))?;
                Ok(SchoolPart {
                    supplier: row.leverancier.parse().map_err(malformed)?,
                    school: row.school.parse().map_err(malformed)?,
                    minutes,
                })
            };
            Way::Hand(parts.iter().map(part).collect::<Result<_, _>>()?)
        }
        "kept" => {
            let mandate = |row: &MandateTyped| -> Result<_, AppError> {
                let mandate = if row.uren.trim().is_empty() {
                    Mandate::OPEN
                } else {
                    Mandate::up_to(quarters(&row.uren).ok_or_else(|| unreadable(&row.uren))?)?
                };
                Ok((row.school.parse().map_err(malformed)?, mandate))
            };
            let mut given = mandates.iter().filter(|row| row.mag == "ja").map(mandate).collect::<Result<Vec<_>, AppError>>()?;
            given.sort_by_key(|(school, _)| *school);
            Way::Kept(given)
        }
        _ => return Err(AppError::Malformed),
    })
}

fn unreadable(text: &str) -> Refusal {
    let advice = "Er is niets verdeeld. Schrijf uren in kwartieren, van 0 of hoger: 12 of 12,25 of 12,5 of 12,75.";
    Refusal::new("hours_unreadable", format!("‘{}’ zijn geen uren in kwartieren", text.trim().chars().take(20).collect::<String>()), advice)
}
