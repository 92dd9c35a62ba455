//! Undoing a division as a whole. Always true here: every posting that still stands gets its mirror, or none does; and only the last one
//! can be undone, because the next one was counted on top of it.

use crate::{
    AppError,
    db::Tx,
    hours::sql::{self, Mirrored, RunRow},
};
use chrono::{DateTime, Utc};
use domain::{
    AllotmentId, DivisionId, Minutes, PartnershipId, PersonId, Refusal,
    hours::{AboutKind, AccountKey, HolderKind, Inputs, SchoolYear, Shortage, check_undo, hours_gone, read_reason},
    time,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Undoes the last allotment of a year: its hours go back, and contracts and shares are what they were before it. Undoing what is undone
/// changes nothing.
///
/// # Errors
/// `Refused` without a reason, when it is not the last (`not_the_last`), when hours would come back in a month that is over
/// (`undo_too_late`), or when its hours were passed on, set aside or used (`hours_gone`); `NotFound` for an allotment of another partnership.
pub async fn undo_allotment(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    id: AllotmentId,
    because: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let because = read_reason(because)?;
    let year = sql::year_of_allotment(tx, partnership, id).await?.and_then(school_year).ok_or(AppError::NotFound)?;
    let runs = sql::allotments(tx, partnership, year).await?;
    let Some(run) = standing(&runs, id.0)? else { return Ok(()) };
    mirror(tx, partnership, by, AboutKind::Allotment, id.0, &because, now).await?;
    let before: Inputs = serde_json::from_str(&run.inputs_before).map_err(|_| AppError::Internal)?;
    // Before the first there may have been nothing: then the contracts stay, and wait for their hours.
    if !before.boards.is_empty() {
        let claims = before.plan().map(|plan| plan.claims)?;
        sql::put_inputs(tx, partnership, year, &before, &claims).await?;
    }
    Ok(sql::close_allotment(tx, partnership, id, by, now, &because).await?)
}

/// Undoes the last division of a board: what went to schools comes back, what came back goes out again. Mandates stay as they are.
///
/// # Errors
/// As [`undo_allotment`].
pub async fn undo_division(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    id: DivisionId,
    because: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let because = read_reason(because)?;
    let (board, year) = sql::place_of_division(tx, partnership, id).await?.ok_or(AppError::NotFound)?;
    let runs = sql::divisions(tx, partnership, school_year(year).ok_or(AppError::Internal)?, board).await?;
    if standing(&runs, id.0)?.is_none() {
        return Ok(());
    }
    mirror(tx, partnership, by, AboutKind::Division, id.0, &because, now).await?;
    Ok(sql::close_division(tx, partnership, id, by, now, &because).await?)
}

fn school_year(year: i64) -> Option<SchoolYear> {
    i32::try_from(year).ok().map(SchoolYear)
}

/// The run with this id, when it is the last that stands; none when it was undone before. `runs` has the last one first.
fn standing(runs: &[RunRow], id: Uuid) -> Result<Option<&RunRow>, AppError> {
    let run = runs.iter().find(|run| run.id == id).ok_or(AppError::NotFound)?;
    if run.undone_at.is_some() {
        return Ok(None);
    }
    match runs.iter().find(|run| run.undone_at.is_none()) {
        Some(last) if last.id != id => {
            let heading = format!("Verdeling {} rust op deze", last.number);
            let advice = format!("Er is niets veranderd. Draai eerst verdeling {} terug, dan deze.", last.number);
            Err(Refusal::new("not_the_last", heading, advice).into())
        }
        _ => Ok(Some(run)),
    }
}

async fn mirror(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    about: AboutKind,
    id: Uuid,
    because: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let all = sql::to_mirror(tx, partnership, about, id).await?;
    let mirrored = all.iter().map(|one| one.transfer.reversed(one.posting, because)).collect::<Result<Vec<_>, _>>()?;
    check_undo(about, &mirrored, time::local_date(now))?;
    let gone = shortages(&all);
    if !gone.is_empty() {
        return Err(hours_gone(&gone).into());
    }
    sql::post(tx, partnership, &mirrored, Some(by), now, &format!("undo/{id}")).await?;
    Ok(())
}

/// Every account that would give back more than it has, months together by name. What the same run took from an account comes back to it.
fn shortages(all: &[Mirrored]) -> Vec<Shortage> {
    let mut back: BTreeMap<AccountKey, Minutes> = BTreeMap::new();
    for one in all {
        *back.entry(one.transfer.to).or_default() += one.transfer.minutes;
        *back.entry(one.transfer.from).or_default() -= one.transfer.minutes;
    }
    let there: BTreeMap<AccountKey, &Mirrored> = all.iter().map(|one| (one.transfer.to, one)).collect();
    let mut names: BTreeMap<&str, Shortage> = BTreeMap::new();
    for (account, one) in there {
        let wanted = back.get(&account).copied().unwrap_or_default();
        if account.holder.kind != HolderKind::Contract && wanted > one.there {
            let none = || Shortage { name: one.name.clone(), wanted: Minutes::ZERO, there: Minutes::ZERO };
            let sum = names.entry(&one.name).or_insert_with(none);
            sum.wanted += wanted;
            sum.there += one.there;
        }
    }
    names.into_values().collect()
}
