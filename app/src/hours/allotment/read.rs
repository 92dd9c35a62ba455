//! The data of the page, and what its forms do. Always true: a preview is worked out by the functions that post.

use super::{
    AllotmentPage, Preview, RunShown, Typed,
    history::{decided, posted, run_shown},
    typed,
};
use crate::{
    AppError,
    db::Tx,
    hours::{behind::school_year, sql, verbs},
    organisations,
    session::{Me, allow, signed_in},
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, Refusal,
    hours::{Basis, Inputs, Month, Plan, SchoolYear, chain::idempotency_conflict},
    people::{Action, Object},
    time,
};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// Who asks and for which year, when they may allot.
pub(super) async fn may_allot(jaar: &str, now: DateTime<Utc>) -> Result<(Arc<Me>, SchoolYear), AppError> {
    let me = signed_in().await?;
    allow(&me, Action::Allot, &Object::of(me.partnership()))?;
    let year = if jaar.is_empty() { Month::at(now).school_year() } else { school_year(jaar)? };
    Ok((me, year))
}

/// Everything a year is divided by.
struct Ground {
    suppliers: Vec<organisations::sql::Named>,
    boards: Vec<organisations::sql::Named>,
    inputs: Inputs,
}

impl Ground {
    async fn load(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Self, AppError> {
        Ok(Self {
            suppliers: organisations::sql::suppliers(tx, partnership).await?,
            boards: organisations::sql::boards(tx, partnership).await?,
            inputs: sql::inputs(tx, partnership, year).await?,
        })
    }

    fn read(&self, typed: &Typed) -> Result<Inputs, Refusal> {
        let names = |rows: &[organisations::sql::Named]| rows.iter().map(|row| (row.id, row.name.clone())).collect();
        let has_contract = |id: Uuid| self.inputs.contracts.iter().any(|contract| contract.supplier.0 == id);
        typed::read(typed, &names(&self.suppliers), &names(&self.boards), has_contract)
    }
}

/// The page of a year.
pub(super) async fn allotment(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    now: DateTime<Utc>,
) -> Result<AllotmentPage, AppError> {
    let ground = Ground::load(tx, partnership, year).await?;
    let runs = sql::allotments(tx, partnership, year).await?;
    let draft: Option<Typed> = sql::draft(tx, partnership, year).await?.and_then(|text| serde_json::from_str(&text).ok());
    let known = match &draft {
        Some(typed) => typed.clone(),
        None => {
            let last = runs.iter().find(|run| run.undone_at.is_none()).and_then(|run| serde_json::from_str::<Inputs>(&run.inputs).ok());
            typed::write(last.as_ref().unwrap_or(&ground.inputs))
        }
    };
    let preview = match &draft {
        Some(typed) => Some(preview(tx, partnership, year, typed, now).await?),
        None => None,
    };
    let mut years: Vec<SchoolYear> = sql::school_years(tx, partnership).await?;
    let this = Month::at(now).school_year();
    years.extend([year, this, SchoolYear(this.0 + 1)]);
    years.sort_by_key(|year| std::cmp::Reverse(year.0));
    years.dedup();
    let typed = complete(tx, partnership, known, &ground).await?;
    let order = |id: &str, rows: &[organisations::sql::Named]| {
        rows.iter().find(|row| row.id.to_string() == id).map(|row| row.name.clone()).unwrap_or_default()
    };
    let last = runs.iter().find(|run| run.undone_at.is_none()).map(|run| run.id);
    let shown: Vec<RunShown> = runs
        .iter()
        .map(|run| RunShown {
            decided: serde_json::from_str(&run.inputs).map(|inputs| decided(&inputs)).unwrap_or_default(),
            ..run_shown(run, None, last)
        })
        .collect();
    Ok(AllotmentPage {
        year: year.0,
        year_name: year.to_string(),
        years: years.iter().map(|year| (year.0.to_string(), year.to_string())).collect(),
        suppliers: typed.contracten.iter().map(|row| order(&row.leverancier, &ground.suppliers)).collect(),
        boards: typed.besturen.iter().map(|row| order(&row.bestuur, &ground.boards)).collect(),
        typed,
        preview,
        runs: shown,
    })
}

/// A row for every supplier and board; what is not known yet begins with the policy's months and the schools' pupils.
async fn complete(tx: &mut Tx, partnership: PartnershipId, known: Typed, ground: &Ground) -> Result<Typed, AppError> {
    let policy = organisations::sql::policy(tx, partnership).await?;
    let months: Vec<String> = policy.months.iter().map(u32::to_string).collect();
    let mut typed = known;
    for supplier in &ground.suppliers {
        if !typed.contracten.iter().any(|row| row.leverancier == supplier.id.to_string()) {
            typed.contracten.push(super::ContractTyped {
                leverancier: supplier.id.to_string(),
                maanden: months.clone(),
                ..Default::default()
            });
        }
    }
    let mut counted: HashMap<Uuid, (i64, i64)> = HashMap::new();
    for school in organisations::sql::schools(tx, partnership).await? {
        if let Some(board) = school.board_id {
            let sums = counted.entry(board).or_default();
            sums.0 += school.pupils.unwrap_or(0);
            sums.1 += 1;
        }
    }
    let none_known = typed.besturen.is_empty();
    for board in &ground.boards {
        if !typed.besturen.iter().any(|row| row.bestuur == board.id.to_string()) {
            let (pupils, schools) = counted.get(&board.id).copied().unwrap_or_default();
            let facts = if none_known { (typed::shown(pupils * 100), schools.to_string()) } else { Default::default() };
            typed.besturen.push(super::BoardTyped {
                bestuur: board.id.to_string(),
                leerlingen: facts.0,
                scholen: facts.1,
                ..Default::default()
            });
        }
    }
    if Basis::from_code(&typed.grondslag).is_none() {
        typed.grondslag = Basis::Pupils.code().to_owned();
    }
    Ok(typed)
}

/// Keeps a draft; answers whether its basis is another one than before.
pub(super) async fn keep(tx: &mut Tx, me: &Me, year: SchoolYear, typed: &Typed, now: DateTime<Utc>) -> Result<bool, AppError> {
    let text = typed::written(typed)?;
    let before: Option<Typed> = sql::draft(tx, me.partnership(), year).await?.and_then(|text| serde_json::from_str(&text).ok());
    sql::put_draft(tx, me.partnership(), year, &text, me.person(), now).await?;
    Ok(before.map_or(Basis::Pupils.code(), |before| Basis::from_code(&before.grondslag).unwrap_or(Basis::Pupils).code()) != typed.grondslag)
}

/// Which inputs were looked at, by what is kept of them when they are posted.
fn digest(inputs: &str) -> String {
    hex::encode(Sha256::digest(inputs.as_bytes()))
}

fn kept(inputs: &Inputs) -> Result<String, AppError> {
    serde_json::to_string(inputs).map_err(|_| AppError::Internal)
}

/// What a draft leads to: its inputs, plan and changes.
pub(super) async fn look(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    typed: &Typed,
    now: DateTime<Utc>,
) -> Result<(Inputs, Plan, verbs::Changes), AppError> {
    let inputs = Ground::load(tx, partnership, year).await?.read(typed)?;
    let plan = inputs.plan()?;
    let changes = verbs::preview(tx, partnership, year, &inputs, now).await?;
    Ok((inputs, plan, changes))
}

async fn preview(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    typed: &Typed,
    now: DateTime<Utc>,
) -> Result<Preview, AppError> {
    match look(tx, partnership, year, typed, now).await {
        Ok((inputs, plan, changes)) => {
            let count = if changes.postings == 1 { "1 boeking".to_owned() } else { format!("{} boekingen", changes.postings) };
            let posts = match (changes.more, changes.less) {
                (more, Minutes::ZERO) => format!("{more} erbij, in {count}."),
                (Minutes::ZERO, less) => format!("{less} eraf, in {count}."),
                (more, less) => format!("{more} erbij en {less} eraf, in {count}."),
            };
            let button = if changes.again { "Boek de hertelling" } else { "Boek de exacte verdeling" };
            Ok(Preview {
                digest: digest(&kept(&inputs)?),
                refusal: None,
                table: Some(plan.table),
                shares: plan.shares,
                posts,
                button: button.to_owned(),
                warning: if changes.again { String::new() } else { late(&inputs, year, now) },
            })
        }
        Err(AppError::Refused(refusal)) => {
            // It may add up and still not fit what is used: then both tables can be read.
            let plan = Ground::load(tx, partnership, year).await?.read(typed).and_then(|inputs| inputs.plan()).ok();
            let (table, shares) = plan.map(|plan| (Some(plan.table), plan.shares)).unwrap_or_default();
            Ok(Preview { refusal: Some(refusal), table, shares, ..Preview::default() })
        }
        Err(error) => Err(error),
    }
}

/// Months in use that are over already: their hours would expire at once.
fn late(inputs: &Inputs, year: SchoolYear, now: DateTime<Utc>) -> String {
    let today = time::local_date(now);
    let mut over: Vec<Month> = inputs
        .contracts
        .iter()
        .flat_map(|contract| year.months_numbered(&contract.months))
        .filter(|month| month.last_day() < today)
        .collect();
    over.sort();
    over.dedup();
    if over.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = over.iter().map(|month| month.name()).collect();
    format!(
        "Deze maanden zijn voorbij: {}. Hun deel kan niemand meer gebruiken. Haal hun vinkje weg als de uren later in het jaar horen.",
        names.join(", ")
    )
}

/// Posts the draft that was looked at; answers what was done.
pub(super) async fn post_draft(
    tx: &mut Tx,
    me: &Me,
    year: SchoolYear,
    looked_at: &str,
    key: &str,
    now: DateTime<Utc>,
) -> Result<String, AppError> {
    let partnership = me.partnership();
    if let Some(run) = sql::allotment_by_key(tx, partnership, key).await? {
        // The same form again: it was posted, and its draft is gone.
        let same = run.school_year == i64::from(year.0) && digest(&run.inputs) == looked_at;
        return if same { Ok(posted(&run)) } else { Err(idempotency_conflict().into()) };
    }
    let gone = || {
        Refusal::new("draft_changed", "Het voorbeeld is intussen anders", "Er is niets geboekt. Bekijk de verdeling opnieuw en boek dan.")
    };
    let text = sql::draft(tx, partnership, year).await?.ok_or_else(gone)?;
    let typed: Typed = serde_json::from_str(&text).map_err(|_| AppError::Internal)?;
    let inputs = Ground::load(tx, partnership, year).await?.read(&typed)?;
    if digest(&kept(&inputs)?) != looked_at {
        return Err(gone().into());
    }
    verbs::allot(tx, partnership, Some(me.person()), year, &inputs, key, now).await?;
    sql::drop_draft(tx, partnership, year).await?;
    let run = sql::allotment_by_key(tx, partnership, key).await?.ok_or(AppError::Internal)?;
    Ok(posted(&run))
}
