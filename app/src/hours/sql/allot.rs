//! What a school year is divided by: contracts, and what each board brings. Always true here: these tables say what was decided last; the
//! hours themselves are in the ledger.

use crate::{
    db::{Result, Tx},
    execute, fetch_all, organisations,
};
use domain::{
    PartnershipId, SupplierId,
    hours::{Claim, Contract, Decided, Inputs, SchoolYear},
};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct ContractRow {
    supplier_id: Uuid,
    supplier: String,
    contract_minutes: i64,
    reserve_minutes: i64,
    months: String,
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

/// A contract as a form or file gives it, in whole hours. Replaces the one of this supplier and year, and keeps its months.
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

/// Keeps the calendar months a contract is spread over.
pub async fn put_contract_months(
    tx: &mut Tx,
    partnership: PartnershipId,
    year: SchoolYear,
    supplier: SupplierId,
    months: &[u32],
) -> Result<()> {
    execute!(
        tx,
        "update contracts set months = $4 where partnership_id = $1 and supplier_id = $2 and school_year = $3",
        partnership.0,
        supplier.0,
        i64::from(year.0),
        months.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
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

/// What a year was decided by, as its tables say it. A contract without months of its own has those of the partnership's policy.
pub async fn inputs(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear) -> Result<Inputs> {
    let rows: Vec<ContractRow> = fetch_all!(
        tx,
        ContractRow,
        "select c.supplier_id, s.name as supplier, c.contract_minutes, c.reserve_minutes, c.months
         from contracts c
         join suppliers s on s.id = c.supplier_id
         where c.partnership_id = $1 and c.school_year = $2
         order by s.position, s.name, c.id",
        partnership.0,
        i64::from(year.0)
    )?;
    let policy = organisations::sql::policy(tx, partnership).await?;
    let months = |text: &str| -> Vec<u32> {
        if text.is_empty() { policy.months.clone() } else { text.split(',').filter_map(|month| month.parse().ok()).collect() }
    };
    let contracts = rows.into_iter().map(|row| Contract {
        supplier: row.supplier_id.into(),
        name: row.supplier,
        hours: row.contract_minutes / 60,
        reserve: row.reserve_minutes / 60,
        months: months(&row.months),
    });
    let contracts = contracts.collect();
    Ok(Inputs::of_claims(contracts, claims(tx, partnership, year).await?))
}

/// Keeps what a year is decided by, contract by contract, and the claims it came to.
pub async fn put_inputs(tx: &mut Tx, partnership: PartnershipId, year: SchoolYear, inputs: &Inputs, claims: &[Claim]) -> Result<()> {
    for contract in &inputs.contracts {
        put_contract(tx, partnership, year, contract.supplier, contract.hours, contract.reserve).await?;
        put_contract_months(tx, partnership, year, contract.supplier, &contract.months).await?;
    }
    put_claims(tx, partnership, year, claims).await
}
