//! Dividing a school year: contracts over boards by the exact rule, each board over its schools by pupils, everything over eleven
//! months. Always true here: a year is divided once; what would divide it otherwise is refused and changes nothing.

use super::ledger::post;
use crate::{
    AppError,
    db::{Result, Tx},
    execute, fetch_all, fetch_optional,
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, PersonId, Refusal, SupplierId,
    hours::{
        AboutKind, AccountKey, Bucket, Claim, Contract, Decided, Holder, PostingKind, SchoolPupils, SchoolYear, Share, Transfer, compare,
        divide, shares, spread,
    },
};
use uuid::Uuid;

/// What dividing a year did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllotOutcome {
    /// How many postings this year's allotment and divisions have.
    pub postings: usize,
    /// Boards whose hours were divided over their schools now.
    pub divided: Vec<String>,
    /// Boards that hold their hours themselves: no school belongs to them yet.
    pub undivided: Vec<String>,
}

#[derive(sqlx::FromRow)]
struct ContractRow {
    id: Uuid,
    supplier_id: Uuid,
    supplier: String,
    contract_minutes: i64,
    reserve_minutes: i64,
}

#[derive(sqlx::FromRow)]
struct ShareRow {
    board_id: Uuid,
    board: String,
    pupil_hundredths: i64,
    fixed_percent: Option<i64>,
    decided_percent: Option<i64>,
    decided_because: String,
}

#[derive(sqlx::FromRow)]
struct SchoolRow {
    id: Uuid,
    board_id: Uuid,
    pupils: Option<i64>,
}

/// A contract as a form or file gives it, in whole hours. Replaces the one of this supplier and year.
pub async fn put_contract(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    supplier: SupplierId,
    hours: i64,
    reserve: i64,
) -> Result<()> {
    execute!(
        tx,
        "insert into contracts (id, partnership_id, supplier_id, school_year, contract_minutes, reserve_minutes)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (partnership_id, supplier_id, school_year)
             do update set contract_minutes = excluded.contract_minutes, reserve_minutes = excluded.reserve_minutes",
        Uuid::now_v7(),
        partnership.0,
        supplier.0,
        i64::from(year.0),
        hours * 60,
        reserve * 60
    )
    .map(drop)
}

/// Replaces the claims of the boards for a year, in the order given; ties in the allotment go to the first.
pub async fn put_claims(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear, claims: &[Claim]) -> Result<()> {
    execute!(tx, "delete from board_shares where partnership_id = $1 and school_year = $2", partnership.0, i64::from(year.0))?;
    for (position, claim) in (0_i64..).zip(claims) {
        execute!(
            tx,
            "insert into board_shares (partnership_id, school_year, board_id, position, pupil_hundredths, fixed_percent, decided_percent, decided_because)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            partnership.0,
            i64::from(year.0),
            claim.board.0,
            position,
            claim.weight,
            claim.fixed_percent,
            claim.decided.as_ref().map(|decided| decided.percent),
            claim.decided.as_ref().map(|decided| decided.because.as_str()).unwrap_or_default()
        )?;
    }
    Ok(())
}

/// The claims of the boards for a year, in their order.
pub async fn claims(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Vec<Claim>> {
    let rows: Vec<ShareRow> = fetch_all!(
        tx,
        ShareRow,
        "select h.board_id, b.name as board, h.pupil_hundredths, h.fixed_percent, h.decided_percent, h.decided_because
         from board_shares h
         join boards b on b.id = h.board_id
         where h.partnership_id = $1 and h.school_year = $2
         order by h.position, h.board_id",
        partnership.0,
        i64::from(year.0)
    )?;
    let decided = |percent: Option<i64>, because: String| percent.map(|percent| Decided { percent, because });
    Ok(rows
        .into_iter()
        .map(|row| Claim {
            board: row.board_id.into(),
            name: row.board,
            weight: row.pupil_hundredths,
            fixed_percent: row.fixed_percent,
            decided: decided(row.decided_percent, row.decided_because),
        })
        .collect())
}

/// Posts a year: reserves, allotments to boards, and for each board that has schools and has not divided yet, its division. Posting
/// the same year again changes nothing. `tx` must come from `db.write(partnership)`.
///
/// # Errors
/// `Refused` when the shares do not sum to 100, a contract is not sound, or the year was divided before with other numbers.
pub async fn allot_year(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    by: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<AllotOutcome, AppError> {
    let contracts: Vec<ContractRow> = fetch_all!(
        tx,
        ContractRow,
        "select c.id, c.supplier_id, s.name as supplier, c.contract_minutes, c.reserve_minutes
         from contracts c
         join suppliers s on s.id = c.supplier_id
         where c.partnership_id = $1 and c.school_year = $2
         order by s.position, s.name, c.id",
        partnership.0,
        i64::from(year.0)
    )?;
    let claims = claims(tx, partnership, year).await?;
    let shares = shares(&claims)?;
    let sound: Vec<Contract> = contracts
        .iter()
        .map(|row| Contract {
            supplier: row.supplier_id.into(),
            name: row.supplier.clone(),
            hours: row.contract_minutes / 60,
            reserve: row.reserve_minutes / 60,
        })
        .collect();
    let table = compare(&sound, &shares)?;
    let months = year.months();
    let reason = format!("Verdeling {year}, exact");

    let mut transfers = Vec::new();
    for (contract, row) in contracts.iter().zip(&table.rows) {
        let supplier = row.supplier;
        if contract.reserve_minutes > 0 {
            let bucket = Bucket::of_year(supplier, year);
            let (from, to) = (AccountKey::new(bucket, Holder::contract(supplier)), AccountKey::new(bucket, Holder::reserve(supplier)));
            let reserve = Transfer::new(PostingKind::ContractReserve, from, to, Minutes(contract.reserve_minutes));
            transfers.push(reserve.about(AboutKind::Contract, contract.id).because(reason.clone()));
        }
        for cell in &row.cells {
            for (month, minutes) in months.iter().zip(spread(Minutes::hours(cell.exact), months.len())) {
                let bucket = Bucket::of_month(supplier, *month);
                let (from, to) = (AccountKey::new(bucket, Holder::contract(supplier)), AccountKey::new(bucket, Holder::board(cell.board)));
                if minutes > Minutes::ZERO {
                    let allotment = Transfer::new(PostingKind::Allotment, from, to, minutes);
                    transfers.push(allotment.about(AboutKind::Contract, contract.id).because(reason.clone()));
                }
            }
        }
    }
    let posted = post(tx, partnership, &transfers, by, at, &format!("allot/{}", year.0)).await.map_err(|error| already(error, year))?;
    let mut outcome = AllotOutcome { postings: posted.len(), ..AllotOutcome::default() };
    divide_boards(tx, partnership, year, &shares, &table, by, at, &mut outcome).await?;
    Ok(outcome)
}

fn already(error: AppError, year: SchoolYear) -> AppError {
    match error {
        AppError::Refused(refusal) if refusal.code == "idempotency_conflict" => Refusal::new(
            "allotment_differs",
            format!("De uren van {year} zijn al verdeeld, met andere getallen"),
            "Er is niets veranderd. Wat al verdeeld is, verander je met een hertelling.",
        )
        .into(),
        error => error,
    }
}

async fn divide_boards(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    shares: &[Share],
    table: &domain::hours::Comparison,
    by: Option<PersonId>,
    at: DateTime<Utc>,
    outcome: &mut AllotOutcome,
) -> Result<(), AppError> {
    let schools: Vec<SchoolRow> = fetch_all!(
        tx,
        SchoolRow,
        "select id, board_id, pupils from schools where partnership_id = $1 and board_id is not null order by brin, id",
        partnership.0
    )?;
    let months = year.months();
    for share in shares {
        let pupils: Vec<SchoolPupils> = schools
            .iter()
            .filter(|row| row.board_id == share.board.0)
            .map(|row| SchoolPupils { school: row.id.into(), pupils: row.pupils })
            .collect();
        if pupils.is_empty() {
            outcome.undivided.push(share.name.clone());
            continue;
        }
        let key = format!("divide/{}/{}", year.0, share.board);
        // A board divides its year here once; later it divides by hand.
        if is_divided(tx, partnership, &key).await? {
            continue;
        }
        let mut transfers = Vec::new();
        for row in &table.rows {
            let Some(cell) = row.cells.iter().find(|cell| cell.board == share.board) else { continue };
            for school in divide(Minutes::hours(cell.exact), months.len(), &pupils)? {
                transfers.extend(months.iter().zip(&school.months).filter(|(_, minutes)| **minutes > Minutes::ZERO).map(
                    |(month, minutes)| {
                        let bucket = Bucket::of_month(row.supplier, *month);
                        let from = AccountKey::new(bucket, Holder::board(share.board));
                        let to = AccountKey::new(bucket, Holder::school(school.school));
                        let division = Transfer::new(PostingKind::Division, from, to, *minutes);
                        division.about(AboutKind::Division, share.board.0).because(format!("Verdeling {year} naar leerlingen"))
                    },
                ));
            }
        }
        outcome.postings += post(tx, partnership, &transfers, by, at, &key).await?.len();
        outcome.divided.push(share.name.clone());
    }
    Ok(())
}

async fn is_divided(tx: &mut Tx, partnership: PartnershipId, key: &str) -> Result<bool> {
    let row: Option<(i64,)> = fetch_optional!(
        tx,
        (i64,),
        "select seq from postings where partnership_id = $1 and idempotency_key = $2",
        partnership.0,
        format!("{key}#0")
    )?;
    Ok(row.is_some())
}
