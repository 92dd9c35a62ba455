//! Dividing a board's hours over its schools. Always true here: what is posted is the difference with what each school has, so that dividing
//! again moves only that.

use super::{check_key, first_open};
use crate::{
    AppError,
    db::Tx,
    hours::sql::{self, NewDivision, SchoolRow},
};
use chrono::{DateTime, Utc};
use domain::{
    BoardId, DivisionId, Minutes, PartnershipId, PersonId, Refusal, SupplierId,
    hours::{
        AboutKind, AccountKey, Bucket, Given, Holder, HolderKind, Month, PostingKind, SchoolYear, Standing, Transfer, Way, by_pupils,
        chain::idempotency_conflict, keep, redivide,
    },
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Divides what a board has over its schools, in the months that still run (the first time: in all months). The same key again answers the
/// same division.
///
/// # Errors
/// `Refused` when a school would give back what it no longer has (`hours_gone`), when more is divided than there is
/// (`division_does_not_fit`), when the board has no schools or nothing changes, or when the key was used for something else; `NotFound`
/// for a school of another board.
pub async fn divide(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: Option<PersonId>,
    board: BoardId,
    year: SchoolYear,
    way: &Way,
    key: &str,
    now: DateTime<Utc>,
) -> Result<DivisionId, AppError> {
    check_key(key)?;
    let text = serde_json::to_string(way).map_err(|_| AppError::Internal)?;
    if let Some(before) = sql::division_by_key(tx, partnership, key).await? {
        let place = sql::place_of_division(tx, partnership, before.id.into()).await?;
        let same = place == Some((board, i64::from(year.0))) && before.inputs == text;
        return if same { Ok(before.id.into()) } else { Err(idempotency_conflict().into()) };
    }
    let id = DivisionId(Uuid::now_v7());
    let transfers = division(tx, partnership, (board, year), way, id, now).await?;
    sql::insert_division(tx, partnership, &NewDivision { id, year, board, way: way.code(), inputs: &text, key }, by, now).await?;
    if let Way::Kept(mandates) = way {
        sql::put_mandates(tx, partnership, board, mandates, by, now).await?;
    }
    sql::post(tx, partnership, &transfers, by, now, &format!("division/{key}")).await?;
    Ok(id)
}

/// What a division would move, before anything does.
///
/// # Errors
/// What [`divide`] refuses.
pub async fn division(
    tx: &mut Tx,
    partnership: PartnershipId,
    (board, year): (BoardId, SchoolYear),
    way: &Way,
    id: DivisionId,
    now: DateTime<Utc>,
) -> Result<Vec<Transfer>, AppError> {
    let schools = sql::schools_of(tx, partnership, board).await?;
    if schools.is_empty() {
        let advice = "De uren blijven bij het bestuur. Voeg eerst een school toe.";
        return Err(Refusal::new("no_schools", "Dit bestuur heeft nog geen scholen", advice).into());
    }
    is_of_board(way, &schools)?;
    let standing = sql::standing_of_board(tx, partnership, year, board).await?;
    let transfers = transfers(&standing, year, board, &schools, way, id, now)?;
    let before = sql::mandates(tx, partnership, board).await?;
    // A board that gives nobody a mandate for the first time changes something: until now the policy counted.
    let mandates_change = if let Way::Kept(mandates) = way { before.as_ref() != Some(mandates) } else { false };
    if transfers.is_empty() && !mandates_change {
        let advice = "Er is niets geboekt. De scholen hebben dit al, of er is niets meer over om te verdelen.";
        return Err(Refusal::new("nothing_changes", "Hiermee verandert er niets", advice).into());
    }
    Ok(transfers)
}

fn is_of_board(way: &Way, schools: &[SchoolRow]) -> Result<(), AppError> {
    let known = |school: &domain::SchoolId| schools.iter().any(|row| row.id == school.0);
    let all_known = match way {
        Way::Pupils => true,
        Way::Hand(parts) => parts.iter().all(|part| known(&part.school)),
        Way::Kept(mandates) => mandates.iter().all(|(school, _)| known(school)),
    };
    if all_known { Ok(()) } else { Err(AppError::NotFound) }
}

/// Every movement of a division: first what comes back, then what goes out.
fn transfers(
    standing: &Standing,
    year: SchoolYear,
    board: BoardId,
    schools: &[SchoolRow],
    way: &Way,
    id: DivisionId,
    now: DateTime<Utc>,
) -> Result<Vec<Transfer>, Refusal> {
    let reason = format!("Verdeling {year}, {}", way.dutch());
    let suppliers: BTreeSet<SupplierId> = standing.keys().map(|account| account.bucket.supplier).collect();
    let (mut back, mut out) = (Vec::new(), Vec::new());
    for supplier in suppliers {
        let months = open_months(standing, year, now);
        let table = Table { standing, supplier, board: Holder::board(board), months: &months };
        let changes = table.changes(schools, way)?;
        for (row, changes) in schools.iter().zip(changes) {
            for (month, minutes) in months.iter().zip(changes) {
                let bucket = Bucket::of_month(supplier, *month);
                let (from, to) = (AccountKey::new(bucket, table.board), AccountKey::new(bucket, Holder::school(row.id.into())));
                let moved = |kind, from, to| {
                    Transfer::new(kind, from, to, Minutes(minutes.0.abs())).about(AboutKind::Division, id.0).because(reason.clone())
                };
                match minutes.0 {
                    0 => {}
                    1.. => out.push(moved(PostingKind::Division, from, to)),
                    _ => back.push(moved(PostingKind::Reduction, to, from)),
                }
            }
        }
    }
    back.extend(out);
    Ok(back)
}

/// The months a division is about: all of the year the first time, then those that still run.
pub(in crate::hours) fn open_months(standing: &Standing, year: SchoolYear, now: DateTime<Utc>) -> Vec<Month> {
    let divided = standing.iter().any(|(account, given)| account.holder.kind == HolderKind::School && given.minutes > Minutes::ZERO);
    let from = first_open(divided, now);
    year.calendar().into_iter().filter(|month| from.is_none_or(|from| *month >= from)).collect()
}

/// One supplier's hours at a board and its schools, in the months a division is about.
pub(in crate::hours) struct Table<'a> {
    pub standing: &'a Standing,
    pub supplier: SupplierId,
    pub board: Holder,
    pub months: &'a [Month],
}

impl Table<'_> {
    fn of(&self, holder: Holder) -> Vec<Given> {
        let account = |month: &Month| AccountKey::new(Bucket::of_month(self.supplier, *month), holder);
        self.months.iter().map(|month| self.standing.get(&account(month)).copied().unwrap_or_default()).collect()
    }

    /// What the board itself has left in these months.
    pub fn idle(&self) -> Minutes {
        self.of(self.board).iter().map(|given| given.idle).sum()
    }

    /// What a school was given in these months, and what it can still give back of that.
    pub fn school(&self, school: Uuid) -> (Minutes, Minutes) {
        let months = self.of(Holder::school(school.into()));
        (months.iter().map(|given| given.minutes).sum(), months.iter().map(Given::takeable).sum())
    }

    fn changes(&self, schools: &[SchoolRow], way: &Way) -> Result<Vec<Vec<Minutes>>, Refusal> {
        let given: Vec<Vec<Given>> = schools.iter().map(|row| self.of(Holder::school(row.id.into()))).collect();
        let now_has: Vec<Minutes> = given.iter().map(|months| months.iter().map(|given| given.minutes).sum()).collect();
        let idle: Vec<Minutes> = self.of(self.board).iter().map(|given| given.idle).collect();
        let wanted = match way {
            Way::Kept(_) => return Ok(keep(&given)),
            Way::Pupils => {
                let all = idle.iter().chain(&now_has).copied().sum();
                by_pupils(all, &schools.iter().map(SchoolRow::as_pupils).collect::<Vec<_>>())?
            }
            Way::Hand(parts) => schools
                .iter()
                .zip(&now_has)
                .map(|(row, now_has)| {
                    let part = parts.iter().find(|part| part.school.0 == row.id && part.supplier == self.supplier);
                    part.map_or(*now_has, |part| part.minutes)
                })
                .collect(),
        };
        let names: Vec<&str> = schools.iter().map(|row| row.name.as_str()).collect();
        redivide(&names, &wanted, &given, &idle)
    }
}
