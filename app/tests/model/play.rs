//! Plays a history in a fresh partnership, beside the model, and tells the first thing in which the two differ.
//!
//! Always true here: the same history plays the same way every time, whichever engine it is on.

use super::{
    application::Application,
    compare::{Difference, balances, checked, ledgers, report_in_turn, reports, states},
    op::Step,
    rules::{Model, number_of},
};
use app::{AppError, db::Db};

/// After so many steps everything is compared, and not only what a step moved.
const ALL_EVERY: usize = 100;
/// And after so many the application checks itself.
const CHECK_EVERY: usize = 1_000;
/// By then a database's own upkeep, or ours at night, would have looked at it: plans made for empty tables read all of what they became.
const UPKEEP_AT: [usize; 4] = [50, 200, 800, 2_500];

/// Where application and model parted.
#[derive(Clone, Debug)]
pub struct Parted {
    /// The place of the step in the history.
    pub at: usize,
    /// In what.
    pub what: String,
}

/// Plays these steps; none when the two agree to the end.
pub async fn play(db: &Db, steps: &[Step]) -> Result<Option<Parted>, AppError> {
    let mut model = Model::new();
    let mut application = Application::new(db, model.now).await?;
    for (at, step) in steps.iter().enumerate() {
        let last = at + 1 == steps.len();
        if UPKEEP_AT.contains(&at) {
            db.analyze().await?;
        }
        let what = match one(&mut application, &mut model, step).await? {
            None if last || (at + 1).is_multiple_of(ALL_EVERY) => {
                all(&application, &model, last || (at + 1).is_multiple_of(CHECK_EVERY)).await?
            }
            difference => difference,
        };
        if let Some(what) = what {
            return Ok(Some(Parted { at, what }));
        }
    }
    Ok(None)
}

async fn one(application: &mut Application, model: &mut Model, step: &Step) -> Result<Difference, AppError> {
    let before = model.ledger.journal.len();
    let expected = model.run(step);
    let outcome = application.run(step, model.now).await;
    if outcome != expected {
        return Ok(Some(format!("outcome:\n  application {outcome:?}\n  model       {expected:?}")));
    }
    let after = model.ledger.journal.len();
    if after > before {
        application.posted.insert(step.number, (number_of(before), number_of(after)));
    }
    // Where nothing was posted no balance moved: PostgreSQL itself refuses one that does, and SQLite counts it.
    let stands = application.stands().await?;
    let is_still = application.stood.replace(stands) == Some(stands);
    if is_still && after == before {
        return Ok(None);
    }
    let mut tx = application.db.read().await?;
    let difference = ledgers(&mut tx, application, model, before).await?;
    if difference.is_some() || after == before {
        return Ok(difference);
    }
    // What moves shows in the reports at once; each step looks at the one whose turn it is.
    report_in_turn(&mut tx, application, model, after).await
}

async fn all(application: &Application, model: &Model, is_checked: bool) -> Result<Difference, AppError> {
    let mut tx = application.db.read().await?;
    let mut difference = balances(&mut tx, application, model).await?;
    if difference.is_none() {
        difference = states(&mut tx, application, model).await?;
    }
    if difference.is_none() {
        difference = reports(&mut tx, application, model).await?;
    }
    if difference.is_none() && is_checked {
        difference = checked(&mut tx, application).await;
    }
    Ok(difference)
}
