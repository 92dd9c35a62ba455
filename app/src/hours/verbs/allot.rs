//! Dividing a school year over the boards, the first time and every time it is counted anew. Always true here: what is posted is the
//! difference with what the ledger holds, so that saying the same again posts nothing.

use super::{check_key, divide, first_open, is_over};
use crate::{
    AppError,
    db::Tx,
    hours::sql::{self, NewAllotment},
    organisations,
};
use chrono::{DateTime, Utc};
use domain::{
    AllotmentId, Minutes, PartnershipId, PersonId, Refusal,
    hours::{
        AboutKind, AccountKey, Goal, Holder, HolderKind, Inputs, Plan, PostingKind, SchoolYear, Standing, Transfer, Way,
        chain::idempotency_conflict, recount,
    },
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What dividing a year as its tables say did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllotOutcome {
    /// How many postings were made.
    pub postings: usize,
    /// Boards whose hours were divided over their schools now.
    pub divided: Vec<String>,
    /// Boards that hold their hours themselves: no school belongs to them yet.
    pub undivided: Vec<String>,
}

/// What posting a year's inputs now would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// How many postings it makes.
    pub postings: usize,
    /// What reserves and boards get.
    pub more: Minutes,
    /// What they give back.
    pub less: Minutes,
    /// Whether the year was divided before.
    pub again: bool,
}

/// What [`allot`] would do with these inputs, without doing it.
///
/// # Errors
/// As [`allot`], apart from the key.
pub async fn preview(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    inputs: &Inputs,
    now: DateTime<Utc>,
) -> Result<Changes, AppError> {
    let standing = sql::standing_of_boards(tx, partnership, year).await?;
    let changes = changes(tx, partnership, year, inputs, &inputs.plan()?, &standing, now).await?;
    let sum = |sign: i64| changes.iter().map(|(_, minutes)| Minutes((minutes.0 * sign).max(0))).sum();
    Ok(Changes { postings: changes.len(), more: sum(1), less: sum(-1), again: was_divided(&standing) })
}

/// Divides a year over the boards and keeps what it was decided by. The first time its hours go to all months in use; later only the
/// difference is posted, in the months that still run. The same key again answers the same allotment.
///
/// # Errors
/// `Refused` when the inputs do not add up, when it would take back what is gone (`hours_gone`), when nothing changes
/// (`nothing_changes`), when the year is over (`year_over`), or when the key was used for something else.
pub async fn allot(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: Option<PersonId>,
    year: SchoolYear,
    inputs: &Inputs,
    key: &str,
    now: DateTime<Utc>,
) -> Result<AllotmentId, AppError> {
    check_key(key)?;
    let text = serde_json::to_string(inputs).map_err(|_| AppError::Internal)?;
    if let Some(before) = sql::allotment_by_key(tx, partnership, key).await? {
        let same = before.school_year == i64::from(year.0) && before.inputs == text;
        return if same { Ok(before.id.into()) } else { Err(idempotency_conflict().into()) };
    }
    let plan = inputs.plan()?;
    let standing = sql::standing_of_boards(tx, partnership, year).await?;
    let changes = changes(tx, partnership, year, inputs, &plan, &standing, now).await?;
    let before = sql::inputs(tx, partnership, year).await?;
    let before = serde_json::to_string(&before).map_err(|_| AppError::Internal)?;
    let id = AllotmentId(Uuid::now_v7());
    sql::insert_allotment(tx, partnership, &NewAllotment { id, year, inputs: &text, before: &before, key }, by, now).await?;
    sql::put_inputs(tx, partnership, year, inputs, &plan.claims).await?;
    sql::post(tx, partnership, &transfers(&changes, year, id, was_divided(&standing)), by, now, &format!("allotment/{key}")).await?;
    Ok(id)
}

/// Divides a year as its tables say, over the boards and by pupils over the schools of each board that has not divided yet: what an import
/// asks for. A year that was divided as the tables say stays as it is.
///
/// # Errors
/// `Refused` when the shares do not sum to 100, a contract is not sound, or the year was divided before with other numbers.
pub async fn allot_year(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<AllotOutcome, AppError> {
    let inputs = sql::inputs(tx, partnership, year).await?;
    let standing = sql::standing_of_boards(tx, partnership, year).await?;
    let mut outcome = AllotOutcome::default();
    if was_divided(&standing) {
        let plan = inputs.plan()?;
        if !is_as_planned(year, &inputs, &plan, &standing) {
            return Err(differs(year).into());
        }
    } else {
        let id = allot(tx, partnership, by, year, &inputs, &format!("import/{}", Uuid::now_v7()), now).await?;
        outcome.postings += sql::postings_of(tx, partnership, AboutKind::Allotment, id.0).await?;
    }
    for board in &inputs.boards {
        let schools = sql::schools_of(tx, partnership, board.board).await?;
        if schools.is_empty() {
            outcome.undivided.push(board.name.clone());
            continue;
        }
        // A board divides its year here once; later it divides by itself.
        let standing = sql::standing_of_board(tx, partnership, year, board.board).await?;
        let has_divided =
            standing.iter().any(|(account, given)| account.holder.kind == HolderKind::School && given.minutes > Minutes::ZERO);
        let has_hours = standing.values().any(|given| given.idle > Minutes::ZERO);
        if has_divided || !has_hours {
            continue;
        }
        let id = divide(tx, partnership, by, board.board, year, &Way::Pupils, &format!("import/{}", Uuid::now_v7()), now).await?;
        outcome.postings += sql::postings_of(tx, partnership, AboutKind::Division, id.0).await?;
        outcome.divided.push(board.name.clone());
    }
    Ok(outcome)
}

/// Whether anything of a year was given before and not taken back.
fn was_divided(standing: &Standing) -> bool {
    standing.values().any(|given| given.minutes != Minutes::ZERO)
}

/// What would change in each account, were these inputs posted now.
///
/// # Errors
/// As [`allot`], apart from the key.
async fn changes(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    inputs: &Inputs,
    plan: &Plan,
    standing: &Standing,
    now: DateTime<Utc>,
) -> Result<Vec<(AccountKey, Minutes)>, AppError> {
    let again = was_divided(standing);
    if again && is_over(year, now) {
        let advice = "Er is niets veranderd. Wat in dit jaar gebeurde, staat vast in het urenboek.";
        return Err(Refusal::new("year_over", format!("Het schooljaar {year} is voorbij"), advice).into());
    }
    let mut goals = plan.goals(year, &inputs.contracts);
    goals.extend(left_out(tx, partnership, inputs, standing).await?);
    let changes = recount(year, &goals, standing, first_open(again, now))?;
    if changes.is_empty() { Err(nothing_changes(year).into()) } else { Ok(changes) }
}

/// Boards that hold hours of these contracts and are no longer among the boards: they give back what they have.
async fn left_out(tx: &mut Tx, partnership: PartnershipId, inputs: &Inputs, standing: &Standing) -> Result<Vec<Goal>, AppError> {
    let named: BTreeSet<Holder> = inputs.boards.iter().map(|board| Holder::board(board.board)).collect();
    let others: BTreeMap<Holder, BTreeSet<_>> = standing
        .iter()
        .filter(|(account, given)| {
            account.holder.kind == HolderKind::Board && given.minutes > Minutes::ZERO && !named.contains(&account.holder)
        })
        .fold(BTreeMap::new(), |mut others, (account, _)| {
            others.entry(account.holder).or_insert_with(BTreeSet::new).insert(account.bucket.supplier);
            others
        });
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let boards = organisations::sql::boards(tx, partnership).await?;
    let mut goals = Vec::new();
    for contract in &inputs.contracts {
        for (holder, suppliers) in &others {
            if suppliers.contains(&contract.supplier) {
                let name = boards.iter().find(|board| board.id == holder.id).map(|board| board.name.clone()).unwrap_or_default();
                let (supplier, supplier_name) = (contract.supplier, contract.name.clone());
                goals.push(Goal { supplier, supplier_name, holder: *holder, name, minutes: Minutes::ZERO, months: Vec::new() });
            }
        }
    }
    Ok(goals)
}

fn transfers(changes: &[(AccountKey, Minutes)], year: SchoolYear, id: AllotmentId, again: bool) -> Vec<Transfer> {
    let reason = if again { format!("Hertelling {year}, exact") } else { format!("Verdeling {year}, exact") };
    let transfer = |(account, minutes): &(AccountKey, Minutes)| {
        let contract = AccountKey::new(account.bucket, Holder::contract(account.bucket.supplier));
        let kind = if account.holder.kind == HolderKind::Reserve { PostingKind::ContractReserve } else { PostingKind::Allotment };
        let moved = if *minutes > Minutes::ZERO {
            Transfer::new(kind, contract, *account, *minutes)
        } else {
            Transfer::new(PostingKind::Reduction, *account, contract, -*minutes)
        };
        moved.about(AboutKind::Allotment, id.0).because(reason.clone())
    };
    changes.iter().map(transfer).collect()
}

/// Whether the ledger holds for every reserve and board what the plan gives it in the year.
fn is_as_planned(year: SchoolYear, inputs: &Inputs, plan: &Plan, standing: &Standing) -> bool {
    let mut given: BTreeMap<_, Minutes> = BTreeMap::new();
    for (account, there) in standing {
        *given.entry((account.bucket.supplier, account.holder)).or_default() += there.minutes;
    }
    for goal in plan.goals(year, &inputs.contracts) {
        *given.entry((goal.supplier, goal.holder)).or_default() -= goal.minutes;
    }
    given.values().all(|difference| *difference == Minutes::ZERO)
}

fn differs(year: SchoolYear) -> Refusal {
    Refusal::new(
        "allotment_differs",
        format!("De uren van {year} zijn al verdeeld, met andere getallen"),
        "Er is niets veranderd. Wat al verdeeld is, verander je met een hertelling.",
    )
}

fn nothing_changes(year: SchoolYear) -> Refusal {
    let heading = format!("Hiermee verandert er niets aan {year}");
    Refusal::new("nothing_changes", heading, "De uren zijn al zo verdeeld. Er is niets geboekt.")
}
