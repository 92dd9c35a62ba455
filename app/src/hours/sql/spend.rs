//! What a school can spend at a supplier in a month, and from whom.

use super::accounts::balance;
use crate::{
    db::{Result, Tx},
    fetch_all, fetch_optional,
};
use domain::{
    Minutes, PartnershipId, SchoolId, SupplierId,
    experts::Spendable,
    hours::{
        AccountKey, Bucket, Holder, Month,
        sources::{PayRules, SourceKind, Sources, Stock},
    },
};
use std::collections::HashMap;
use uuid::Uuid;

/// Who pays for a school: itself, and its board when that lets its schools book from its hours.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Payer {
    pub school_id: Uuid,
    pub school: String,
    pub board_id: Option<Uuid>,
    pub board: Option<String>,
    /// `yes` when boards of this partnership let their schools book from board hours (000 spelregel 2).
    pub mandate: Option<String>,
}

/// The payer of a school of this partnership.
pub async fn payer(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Option<Payer>> {
    fetch_optional!(
        tx,
        Payer,
        "select s.id as school_id, s.name as school, s.board_id, b.name as board, p.value as mandate
         from schools s
         left join boards b on b.id = s.board_id
         left join policies p on p.partnership_id = s.partnership_id and p.name = 'board_mandate'
         where s.partnership_id = $1 and s.id = $2",
        partnership.0,
        school.0
    )
}

impl Payer {
    fn rules(&self) -> PayRules {
        PayRules { board_mandates: self.mandate.as_deref() == Some("yes"), ..PayRules::default() }
    }
}

/// The sources of a booking for this school at this supplier in this month, in their order, with what they hold.
pub async fn sources(tx: &mut Tx, partnership: PartnershipId, payer: &Payer, supplier: SupplierId, month: Month) -> Result<Sources> {
    let bucket = Bucket::of_month(supplier, month);
    let school = Holder::school(payer.school_id.into());
    let idle = balance(tx, partnership, &AccountKey::new(bucket, school)).await?;
    let mut stocks = vec![Stock { kind: SourceKind::School, holder: school, name: payer.school.clone(), idle }];
    if let (Some(board), Some(name)) = (payer.board_id, &payer.board) {
        let holder = Holder::board(board.into());
        let idle = balance(tx, partnership, &AccountKey::new(bucket, holder)).await?;
        stocks.push(Stock { kind: SourceKind::Board, holder, name: name.clone(), idle });
    }
    Ok(Sources::of(stocks, &payer.rules()))
}

/// What a school can spend in a month, per supplier: its own, and its board's when mandated.
pub async fn spendable(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, month: Month) -> Result<HashMap<SupplierId, Spendable>> {
    let Some(payer) = payer(tx, partnership, school).await? else { return Ok(HashMap::new()) };
    let rows: Vec<(Uuid, String, i64)> = fetch_all!(
        tx,
        (Uuid, String, i64),
        "select supplier_id, holder_kind, balance
         from accounts
         where partnership_id = $1 and month = $2 and ((holder_kind = 'school' and holder_id = $3) or (holder_kind = 'board' and holder_id = $4))
         order by supplier_id, holder_kind",
        partnership.0,
        month.to_string(),
        school.0,
        payer.board_id
    )?;
    let mandated = payer.rules().board_mandates;
    let mut all: HashMap<SupplierId, Spendable> = HashMap::new();
    for (supplier, kind, minutes) in rows {
        let one = all.entry(supplier.into()).or_insert_with(|| Spendable {
            own: Minutes::ZERO,
            own_until: Some(month.last_day()),
            board: Minutes::ZERO,
            pot: Minutes::ZERO,
        });
        match kind.as_str() {
            "school" => one.own = Minutes(minutes),
            "board" if mandated => one.board = Minutes(minutes),
            _ => {}
        }
    }
    Ok(all)
}
