//! What a school can spend at a supplier in a month, and from whom. Always true here: the picker, the search and the write path ask the
//! same sources.

use super::{accounts::balance, mandates::board_mandate, taken::taken};
use crate::{
    AppError,
    db::{Result, Tx},
    fetch_all, fetch_optional,
    organisations::sql::policy,
    wijkpot::sql::waited_for,
};
use domain::{
    Minutes, PartnershipId, SchoolId, SupplierId, WijkpotId,
    experts::Spendable,
    hours::{
        AccountKey, Bucket, Holder, HolderKind, Month,
        sources::{PayRules, SourceKind, Sources, Stock},
    },
    policy::{DrawDecision, Policy},
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Who pays for a school: itself, its board when that lets its schools book from its hours, the pot of its wijk, and the city-wide one.
#[derive(Clone, Debug)]
pub struct Payer {
    /// The school's name.
    pub school: String,
    school_id: SchoolId,
    /// Every source by account, in the order they are used, with what a person reads.
    holders: Vec<(SourceKind, Holder, String)>,
    policy: Policy,
}

#[derive(sqlx::FromRow)]
struct PayerRow {
    school: String,
    board_id: Option<Uuid>,
    board: Option<String>,
    pot_id: Option<Uuid>,
    pot: Option<String>,
    city_id: Option<Uuid>,
    city: Option<String>,
}

/// The payer of a school of this partnership.
pub async fn payer(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Option<Payer>> {
    let row: Option<PayerRow> = fetch_optional!(
        tx,
        PayerRow,
        "select s.name as school, s.board_id, b.name as board, p.id as pot_id, p.name as pot, c.id as city_id, c.name as city
         from schools s
         left join boards b on b.id = s.board_id
         left join wijkpot_wijken w on w.wijk_id = s.wijk_id
         left join wijkpots p on p.id = w.pot_id
         left join wijkpots c on c.partnership_id = s.partnership_id and c.city
         where s.partnership_id = $1 and s.id = $2",
        partnership.0,
        school.0
    )?;
    let Some(row) = row else { return Ok(None) };
    let mut holders = vec![(SourceKind::School, Holder::school(school), row.school.clone())];
    let mut add = |kind, holder_kind, source: Option<(Uuid, String)>| {
        if let Some((id, name)) = source {
            holders.push((kind, Holder { kind: holder_kind, id }, name));
        }
    };
    add(SourceKind::Board, HolderKind::Board, row.board_id.zip(row.board));
    add(SourceKind::Wijkpot, HolderKind::Wijkpot, row.pot_id.zip(row.pot));
    add(SourceKind::CityPot, HolderKind::Wijkpot, row.city_id.zip(row.city));
    Ok(Some(Payer { school: row.school, school_id: school, holders, policy: policy(tx, partnership).await? }))
}

impl Payer {
    /// What this school may take by itself this month. Where people decide about draws, a pot pays nothing by itself.
    async fn rules(&self, tx: &mut Tx, partnership: PartnershipId, month: Month) -> Result<PayRules> {
        let taken = taken(tx, partnership, month, Some(self.school_id)).await?.get(&self.school_id).copied().unwrap_or_default();
        let mandate = board_mandate(tx, partnership, self.school_id).await?;
        let is_automatic = self.policy.draw_decision == DrawDecision::Automatic;
        Ok(PayRules {
            board_mandates: mandate.is_some(),
            board_cap: mandate.and_then(|mandate| mandate.cap),
            board_taken: taken.board,
            pot_cap: if is_automatic { self.policy.draw_cap } else { Minutes::ZERO },
            pot_taken: taken.pots,
        })
    }
}

/// The sources of a booking for this school at this supplier in this month, in their order, with what they hold.
pub async fn sources(
    tx: &mut Tx,
    partnership: PartnershipId,
    payer: &Payer,
    supplier: SupplierId,
    month: Month,
) -> Result<Sources, AppError> {
    let bucket = Bucket::of_month(supplier, month);
    let others = waited_for(tx, partnership, month, payer.school_id).await?;
    let mut stocks = Vec::with_capacity(payer.holders.len());
    for (kind, holder, name) in &payer.holders {
        let idle = balance(tx, partnership, &AccountKey::new(bucket, *holder)).await?;
        let waited_for = is_waited_for(&others, supplier, *holder);
        stocks.push(Stock { kind: *kind, holder: *holder, name: name.clone(), idle, waited_for });
    }
    Ok(Sources::of(stocks, &payer.rules(tx, partnership, month).await?))
}

/// What a school can spend in a month, per supplier: its own, its board's when mandated, and what it may take from pots.
pub async fn spendable(
    tx: &mut Tx,
    partnership: PartnershipId,
    school: SchoolId,
    month: Month,
) -> Result<HashMap<SupplierId, Spendable>, AppError> {
    let Some(payer) = payer(tx, partnership, school).await? else { return Ok(HashMap::new()) };
    let id = |kind| payer.holders.iter().find(|(source, ..)| *source == kind).map(|(_, holder, _)| holder.id);
    let rows: Vec<(Uuid, String, Uuid, i64)> = fetch_all!(
        tx,
        (Uuid, String, Uuid, i64),
        "select supplier_id, holder_kind, holder_id, balance
         from accounts
         where partnership_id = $1 and month = $2
             and ((holder_kind = 'school' and holder_id = $3) or (holder_kind = 'board' and holder_id = $4)
                 or (holder_kind = 'wijkpot' and holder_id in ($5, $6)))
         order by supplier_id, holder_kind, holder_id",
        partnership.0,
        month.to_string(),
        school.0,
        id(SourceKind::Board),
        id(SourceKind::Wijkpot),
        id(SourceKind::CityPot)
    )?;
    let rules = payer.rules(tx, partnership, month).await?;
    let others = waited_for(tx, partnership, month, school).await?;
    let mut stocks: HashMap<SupplierId, Vec<Stock>> = HashMap::new();
    for (supplier, holder_kind, holder, minutes) in rows {
        let source = payer.holders.iter().find(|(_, of, _)| of.kind.code() == holder_kind && of.id == holder);
        let Some((kind, holder, name)) = source else { continue };
        let waited_for = is_waited_for(&others, supplier.into(), *holder);
        let stock = Stock { kind: *kind, holder: *holder, name: name.clone(), idle: Minutes(minutes), waited_for };
        stocks.entry(supplier.into()).or_default().push(stock);
    }
    Ok(stocks.into_iter().map(|(supplier, stocks)| (supplier, spends(&Sources::of(stocks, &rules), month))).collect())
}

fn is_waited_for(others: &BTreeSet<(SupplierId, WijkpotId)>, supplier: SupplierId, holder: Holder) -> bool {
    holder.kind == HolderKind::Wijkpot && others.contains(&(supplier, holder.id.into()))
}

fn spends(sources: &Sources, month: Month) -> Spendable {
    let of = |kind| sources.lines.iter().filter(|line| line.kind == kind).map(|line| line.available).sum::<Minutes>();
    Spendable {
        own: of(SourceKind::School),
        own_until: Some(month.last_day()),
        board: of(SourceKind::Board),
        pot: of(SourceKind::Wijkpot) + of(SourceKind::CityPot),
    }
}
