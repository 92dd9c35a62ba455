//! What a school can spend at a supplier in a month, and from whom. Always true here: the picker, the search and the write path ask the
//! same sources.

use super::{
    mandates::decisions_sql,
    taken::{Taken, taken_by},
};
use crate::{
    AppError,
    db::{Result, Tx},
    fetch_all,
    organisations::sql::SchoolRow,
    wijkpot::sql::waited_for,
};
use domain::{
    Minutes, PartnershipId, SchoolId, SupplierId, WijkpotId,
    experts::Spendable,
    hours::{
        Holder, HolderKind, Mandate, Month,
        sources::{Part, PayRules, SourceKind, Sources, Stock},
    },
    policy::{DrawDecision, Policy},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Who pays for a school: itself, its board when that lets its schools book from its hours, the pot of its wijk, and the city-wide one.
#[derive(Clone, Debug)]
pub struct Payer {
    /// The school.
    pub school: SchoolRow,
    /// Every source by account, in the order they are used, with what a person reads.
    holders: Vec<(SourceKind, Holder, String)>,
    policy: Policy,
    /// What the school may book from its board's hours; none when it may not, or has no board.
    pub mandate: Option<Mandate>,
}

#[derive(sqlx::FromRow)]
struct PayerRow {
    #[sqlx(flatten)]
    school: SchoolRow,
    pot_id: Option<Uuid>,
    pot: Option<String>,
    city_id: Option<Uuid>,
    city: Option<String>,
    /// The school itself, when its board gave it a mandate.
    mandated: Option<Uuid>,
    cap_minutes: Option<i64>,
    /// How often its board decided about mandates.
    decisions: i64,
    /// One of the partnership's settings, each in a row of its own; none when it chose nothing.
    setting: Option<String>,
    chosen: Option<String>,
}

/// The payer of a school of this partnership, with the policy: one question, for every page with hours asks it.
pub async fn payer(tx: &mut Tx, partnership: PartnershipId, school: SchoolId) -> Result<Option<Payer>> {
    let rows: Vec<PayerRow> = fetch_all!(
        tx,
        PayerRow,
        concat!(
            "select s.id, s.brin, s.name, s.board_id, b.name as board, s.wijk_id, k.name as wijk, k.district_id, s.pupils,
                 p.id as pot_id, p.name as pot, c.id as city_id, c.name as city, m.school_id as mandated, m.cap_minutes, ",
            decisions_sql!("s.partnership_id", "s.board_id"),
            " as decisions, o.name as setting, o.value as chosen
             from schools s
             join wijken k on k.id = s.wijk_id
             left join boards b on b.id = s.board_id
             left join wijkpot_wijken w on w.wijk_id = s.wijk_id
             left join wijkpots p on p.id = w.pot_id
             left join wijkpots c on c.partnership_id = s.partnership_id and c.city
             left join board_mandates m on m.partnership_id = s.partnership_id and m.board_id = s.board_id and m.school_id = s.id
             left join policies o on o.partnership_id = s.partnership_id
             where s.partnership_id = $1 and s.id = $2"
        ),
        partnership.0,
        school.0
    )?;
    let policy = Policy::read(rows.iter().filter_map(|row| row.setting.as_deref().zip(row.chosen.as_deref())));
    let Some(row) = rows.into_iter().next() else { return Ok(None) };
    let mut holders = vec![(SourceKind::School, Holder::school(school), row.school.name.clone())];
    let mut add = |kind, holder_kind, source: Option<(Uuid, String)>| {
        if let Some((id, name)) = source {
            holders.push((kind, Holder { kind: holder_kind, id }, name));
        }
    };
    add(SourceKind::Board, HolderKind::Board, row.school.board_id.zip(row.school.board.clone()));
    add(SourceKind::Wijkpot, HolderKind::Wijkpot, row.pot_id.zip(row.pot));
    add(SourceKind::CityPot, HolderKind::Wijkpot, row.city_id.zip(row.city));
    let given = row.mandated.map(|_| Mandate { cap: row.cap_minutes.map(Minutes) });
    let mandate = row.school.board_id.and_then(|_| Mandate::that_holds(given, row.decisions > 0, policy.board_mandate));
    Ok(Some(Payer { school: row.school, holders, policy, mandate }))
}

impl Payer {
    /// What this school may take by itself in a month in which it took this much. Where people decide about draws, a pot pays nothing by
    /// itself.
    fn rules(&self, taken: Taken) -> PayRules {
        let is_automatic = self.policy.draw_decision == DrawDecision::Automatic;
        PayRules {
            board_mandates: self.mandate.is_some(),
            board_cap: self.mandate.and_then(|mandate| mandate.cap),
            board_taken: taken.board,
            pot_cap: if is_automatic { self.policy.draw_cap } else { Minutes::ZERO },
            pot_taken: taken.pots,
        }
    }

    /// The rules its partnership chose.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The school's id.
    #[must_use]
    pub fn school_id(&self) -> SchoolId {
        self.school.id.into()
    }

    fn id(&self, kind: SourceKind) -> Option<Uuid> {
        self.holders.iter().find(|(source, ..)| *source == kind).map(|(_, holder, _)| holder.id)
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
    let [sources, _] = sources_in(tx, partnership, payer, supplier, [month; 2]).await?;
    Ok(sources)
}

/// The sources of two months, which may be one.
pub async fn sources_in(
    tx: &mut Tx,
    partnership: PartnershipId,
    payer: &Payer,
    supplier: SupplierId,
    months: [Month; 2],
) -> Result<[Sources; 2], AppError> {
    let spending = Spending::read(tx, partnership, payer, months, Some(supplier)).await?;
    Ok(months.map(|month| spending.sources(month, supplier)))
}

/// The sources of two months once what a booking holds in its own month is back with who paid it: what would pay for another moment.
pub async fn sources_when_back(
    tx: &mut Tx,
    partnership: PartnershipId,
    payer: &Payer,
    supplier: SupplierId,
    months: [Month; 2],
    (month, back): (Month, &[Part]),
) -> Result<[Sources; 2], AppError> {
    let mut spending = Spending::read(tx, partnership, payer, months, Some(supplier)).await?;
    for part in back {
        *spending.idle.entry((month, supplier, part.holder)).or_default() += part.minutes;
        if let Some(taken) = spending.taken.get_mut(&month) {
            taken.give_back(part.kind, part.minutes);
        }
    }
    Ok(months.map(|one| {
        let mut sources = spending.sources(one, supplier);
        for part in back.iter().filter(|_| one == month) {
            sources.keep(part.holder, part.minutes);
        }
        sources
    }))
}

/// What a school can spend in a month, per supplier: its own, its board's when mandated, and what it may take from pots.
pub async fn spendable(
    tx: &mut Tx,
    partnership: PartnershipId,
    payer: &Payer,
    month: Month,
) -> Result<HashMap<SupplierId, Spendable>, AppError> {
    let idle = idle(tx, partnership, payer, [month, month.next()], None).await?;
    let spending = Spending::of(tx, partnership, payer, [month; 2], idle).await?;
    let left = |month, supplier| spending.idle.get(&(month, supplier, Holder::school(payer.school_id()))).copied().unwrap_or_default();
    let suppliers: BTreeSet<SupplierId> = spending.idle.keys().filter(|(of, ..)| *of == month).map(|(_, supplier, _)| *supplier).collect();
    let spends = |supplier| Spendable {
        own_next: left(month.next(), supplier) > Minutes::ZERO,
        ..spends(&spending.sources(month, supplier), month)
    };
    Ok(suppliers.into_iter().map(|supplier| (supplier, spends(supplier))).collect())
}

/// What a school may still book from its board's hours in a month, at all suppliers together; none without a mandate.
///
/// # Errors
/// When the database does not answer.
pub async fn board_opens(tx: &mut Tx, partnership: PartnershipId, payer: &Payer, month: Month) -> Result<Option<Minutes>, AppError> {
    let Some(mandate) = payer.mandate else { return Ok(None) };
    let spending = Spending::read(tx, partnership, payer, [month; 2], None).await?;
    let there: Minutes =
        spending.idle.iter().filter(|((_, _, holder), _)| holder.kind == HolderKind::Board).map(|(_, minutes)| *minutes).sum();
    let taken = spending.taken.get(&month).map(|taken| taken.board).unwrap_or_default();
    Ok(Some(mandate.cap.map_or(there, |cap| there.min((cap - taken).max(Minutes::ZERO)))))
}

/// Everything that decides what a school can spend in two months, which may be one.
struct Spending<'a> {
    payer: &'a Payer,
    idle: HashMap<(Month, SupplierId, Holder), Minutes>,
    taken: BTreeMap<Month, Taken>,
    others: BTreeSet<(Month, SupplierId, WijkpotId)>,
}

impl<'a> Spending<'a> {
    async fn read(
        tx: &mut Tx,
        partnership: PartnershipId,
        payer: &'a Payer,
        months: [Month; 2],
        supplier: Option<SupplierId>,
    ) -> Result<Self, AppError> {
        let idle = idle(tx, partnership, payer, months, supplier).await?;
        Self::of(tx, partnership, payer, months, idle).await
    }

    async fn of(
        tx: &mut Tx,
        partnership: PartnershipId,
        payer: &'a Payer,
        months: [Month; 2],
        (idle, head): Idle,
    ) -> Result<Self, AppError> {
        let all = taken_by(tx, partnership, months, head).await?;
        let taken = all.iter().filter_map(|(month, schools)| Some((*month, *schools.get(&payer.school_id())?))).collect();
        let others = waited_for(tx, partnership, &payer.policy, months, payer.school_id(), &all).await?;
        Ok(Self { payer, idle, taken, others })
    }

    fn sources(&self, month: Month, supplier: SupplierId) -> Sources {
        let stock = |(kind, holder, name): &(SourceKind, Holder, String)| Stock {
            kind: *kind,
            holder: *holder,
            name: name.clone(),
            idle: self.idle.get(&(month, supplier, *holder)).copied().unwrap_or_default(),
            waited_for: holder.kind == HolderKind::Wijkpot && self.others.contains(&(month, supplier, holder.id.into())),
        };
        let rules = self.payer.rules(self.taken.get(&month).copied().unwrap_or_default());
        Sources::of(self.payer.holders.iter().map(stock).collect(), &rules)
    }
}

/// What is idle, with the hash of the posting after which it is; none when there is nothing.
type Idle = (HashMap<(Month, SupplierId, Holder), Minutes>, Option<String>);

/// What everybody who could pay has of two months, at one supplier or at every one.
async fn idle(tx: &mut Tx, partnership: PartnershipId, payer: &Payer, months: [Month; 2], supplier: Option<SupplierId>) -> Result<Idle> {
    let rows: Vec<(String, Uuid, String, Uuid, i64, String)> = fetch_all!(
        tx,
        (String, Uuid, String, Uuid, i64, String),
        "select a.month, a.supplier_id, a.holder_kind, a.holder_id, a.balance, h.hash
         from accounts a
         join ledger_heads h on h.partnership_id = a.partnership_id
         where a.partnership_id = $1 and a.month in ($2, $3) and a.holder_kind in ('school', 'board', 'wijkpot')
             and a.holder_id in ($4, $5, $6, $7) and ($8 is null or a.supplier_id = $8)",
        partnership.0,
        months[0].to_string(),
        months[1].to_string(),
        payer.school.id,
        payer.id(SourceKind::Board),
        payer.id(SourceKind::Wijkpot),
        payer.id(SourceKind::CityPot),
        supplier.map(|supplier| supplier.0)
    )?;
    let head = rows.first().map(|row| row.5.clone());
    let known = rows.into_iter().filter_map(|(month, supplier, kind, id, minutes, _)| {
        let holder = Holder { kind: HolderKind::from_code(&kind)?, id };
        Some(((month.parse().ok()?, supplier.into(), holder), Minutes(minutes)))
    });
    Ok((known.collect(), head))
}

fn spends(sources: &Sources, month: Month) -> Spendable {
    let of = |kind| sources.lines.iter().filter(|line| line.kind == kind).map(|line| line.available).sum::<Minutes>();
    Spendable {
        own: of(SourceKind::School),
        own_until: Some(month.last_day()),
        board: of(SourceKind::Board),
        pot: of(SourceKind::Wijkpot) + of(SourceKind::CityPot),
        own_next: false,
    }
}
