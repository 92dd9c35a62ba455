//! Whether the application and the model say the same: of every step what moved and what everybody has, and from time to time everything else.
//!
//! Always true here: a difference is told in words, with what either says.

mod reports;
mod states;

pub use reports::{checked, report_in_turn, reports};
pub use states::states;

use super::{
    application::Application,
    rules::{Model, Posting, Thing},
};
use app::{
    AppError,
    db::{Db, Engine, Tx},
    execute, fetch_all, fetch_all_at_once, fetch_one,
};
use domain::{
    Minutes,
    hours::{AccountKey, Bucket, Holder, HolderKind, PostingKind},
};
use std::{collections::BTreeMap, fmt::Debug};
use uuid::Uuid;

/// What differs; none when nothing does.
pub type Difference = Option<String>;

/// How many of the differing lines are told.
const TOLD_MAX: usize = 8;

/// An account as its columns hold it.
type Columns = (Uuid, i64, String, String, Uuid);

#[derive(sqlx::FromRow)]
struct PostingRow {
    kind: String,
    minutes: i64,
    from_supplier: Uuid,
    from_year: i64,
    from_month: String,
    from_kind: String,
    from_holder: Uuid,
    to_supplier: Uuid,
    to_year: i64,
    to_month: String,
    to_kind: String,
    to_holder: Uuid,
}

/// Where a ledger stands, in four numbers: the last one in the book, how many accounts hold something, the sum of their balances, and the
/// sum of the squares. One wrong balance shows; two that hide each other show when all are compared one by one.
type Standing = (i64, i64, i64, i64);

/// The last posting in the book, and how often a balance moved in this database.
pub type Stands = (i64, i64);

/// Has SQLite count how often a balance moves, so that after a step that posted nothing not all of them need to be looked at.
pub async fn watch_balances(db: &Db) -> Result<(), AppError> {
    let mut own = db.write_unscoped().await?;
    let tx = &mut own;
    execute!(tx, "create table balances_moved (times bigint not null)")?;
    execute!(tx, "insert into balances_moved (times) values (0)")?;
    execute!(
        tx,
        "create trigger accounts_watched after update of balance on accounts when new.balance <> old.balance
         begin update balances_moved set times = times + 1; end"
    )?;
    Ok(own.commit().await?)
}

impl Application {
    async fn standing(&self, tx: &mut Tx) -> Result<Standing, AppError> {
        Ok(fetch_one!(
            tx,
            Standing,
            "select coalesce((select seq from ledger_heads where partnership_id = $1), 0), count(*), cast(coalesce(sum(balance), 0) as bigint),
                 cast(coalesce(sum(balance * balance), 0) as bigint)
             from accounts where partnership_id = $1 and balance <> 0",
            self.partnership.0
        )?)
    }

    /// Where the ledger stands now.
    pub async fn stands(&self) -> Result<Stands, AppError> {
        let (db, partnership) = (&self.db, self.partnership.0);
        let rows: Vec<Stands> = match db.engine() {
            // A balance that moves without a posting is refused.
            Engine::Postgres => fetch_all_at_once!(
                db,
                Stands,
                "select coalesce((select seq from ledger_heads where partnership_id = $1), 0), cast(0 as bigint)",
                partnership
            )?,
            Engine::Sqlite => fetch_all_at_once!(
                db,
                Stands,
                "select coalesce((select seq from ledger_heads where partnership_id = $1), 0), times from balances_moved",
                partnership
            )?,
        };
        rows.first().copied().ok_or(AppError::Internal)
    }

    /// The model's id of a holder.
    fn translated(&self, id: Uuid) -> Uuid {
        match self.names.get(&id) {
            Some(name) if self.made.get(&(Thing::Booking, *name)) == Some(&id) => Uuid::from_u128(14 << 64 | u128::from(*name)),
            _ => self.translation.get(&id).copied().unwrap_or(id),
        }
    }

    fn account(&self, (supplier, year, month, kind, holder): Columns) -> Option<AccountKey> {
        let bucket = Bucket::from_columns(self.translated(supplier).into(), year, &month)?;
        Some(AccountKey::new(bucket, Holder { kind: HolderKind::from_code(&kind)?, id: self.translated(holder) }))
    }

    /// What was posted after one number, up to another.
    async fn posted(&self, tx: &mut Tx, (after, last): (i64, i64)) -> Result<Vec<Option<Moved>>, AppError> {
        let rows: Vec<PostingRow> = fetch_all!(
            tx,
            PostingRow,
            "select p.kind, p.minutes, f.supplier_id as from_supplier, f.school_year as from_year, f.month as from_month,
                 f.holder_kind as from_kind, f.holder_id as from_holder, t.supplier_id as to_supplier, t.school_year as to_year,
                 t.month as to_month, t.holder_kind as to_kind, t.holder_id as to_holder
             from postings p
             join accounts f on f.id = p.from_account
             join accounts t on t.id = p.to_account
             where p.partnership_id = $1 and p.seq between $2 + 1 and $3
             order by p.seq",
            self.partnership.0,
            after,
            last
        )?;
        let moved = |row: PostingRow| {
            let from = self.account((row.from_supplier, row.from_year, row.from_month, row.from_kind, row.from_holder))?;
            let to = self.account((row.to_supplier, row.to_year, row.to_month, row.to_kind, row.to_holder))?;
            Some((PostingKind::from_code(&row.kind)?, from, to, Minutes(row.minutes)))
        };
        Ok(rows.into_iter().map(moved).collect())
    }

    /// What everybody has.
    pub async fn balances(&self, tx: &mut Tx) -> Result<BTreeMap<AccountKey, Minutes>, AppError> {
        let rows: Vec<(Uuid, i64, String, String, Uuid, i64)> = fetch_all!(
            tx,
            (Uuid, i64, String, String, Uuid, i64),
            "select supplier_id, school_year, month, holder_kind, holder_id, balance from accounts where partnership_id = $1 and balance <> 0",
            self.partnership.0
        )?;
        let account =
            |(supplier, year, month, kind, holder, balance)| Some((self.account((supplier, year, month, kind, holder))?, Minutes(balance)));
        Ok(rows.into_iter().filter_map(account).collect())
    }
}

/// A posting without what the engines may number differently.
type Moved = (PostingKind, AccountKey, AccountKey, Minutes);

fn moved(posting: &Posting) -> Option<Moved> {
    Some((posting.kind, posting.from, posting.to, posting.minutes))
}

fn standing(model: &Model) -> Standing {
    let balances = model.ledger.balances.values().map(|minutes| minutes.0).filter(|minutes| *minutes != 0);
    let (count, sum, squares) = balances.fold((0, 0, 0), |(count, sum, squares), one| (count + 1, sum + one, squares + one * one));
    (number(model.ledger.journal.len()), count, sum, squares)
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Compares what a step posted and where the ledger stands now; when that differs, account by account. `before` is how many postings
/// there were.
pub async fn ledgers(tx: &mut Tx, application: &Application, model: &Model, before: usize) -> Result<Difference, AppError> {
    let (there, expected) = (application.standing(tx).await?, standing(model));
    if there.0 != number(before) || expected.0 != number(before) {
        let posted = application.posted(tx, (number(before), there.0)).await?;
        let moves: Vec<Option<Moved>> = model.ledger.journal[before..].iter().map(moved).collect();
        if let Some(difference) = lists("posting", &posted, &moves) {
            return Ok(Some(difference));
        }
    }
    if there == expected {
        return Ok(None);
    }
    let told = balances(tx, application, model).await?;
    Ok(told.or_else(|| Some(format!("standing:\n  application {there:?}\n  model       {expected:?}"))))
}

/// Compares what everybody has.
pub async fn balances(tx: &mut Tx, application: &Application, model: &Model) -> Result<Difference, AppError> {
    let there = application.balances(tx).await?;
    let expected = model.ledger.balances.iter().filter(|(_, minutes)| **minutes != Minutes::ZERO);
    Ok(maps("balance", &there, &expected.map(|(account, minutes)| (*account, *minutes)).collect()))
}

/// Tells where two lists differ.
pub fn lists<T: Debug + PartialEq>(what: &str, there: &[T], expected: &[T]) -> Difference {
    let place = there.iter().zip(expected).position(|(one, two)| one != two);
    let place = place.or((there.len() != expected.len()).then(|| there.len().min(expected.len())))?;
    let (one, two) = (there.get(place), expected.get(place));
    Some(format!("{what} {place} of {}/{}:\n  application {one:?}\n  model       {two:?}", there.len(), expected.len()))
}

/// Tells where two tables differ.
pub fn maps<K: Debug + Ord + Clone, V: Debug + PartialEq>(what: &str, there: &BTreeMap<K, V>, expected: &BTreeMap<K, V>) -> Difference {
    let keys: std::collections::BTreeSet<&K> = there.keys().chain(expected.keys()).collect();
    let wrong: Vec<String> = keys
        .into_iter()
        .filter(|key| there.get(key) != expected.get(key))
        .map(|key| format!("{what} {key:?}:\n  application {:?}\n  model       {:?}", there.get(key), expected.get(key)))
        .collect();
    (!wrong.is_empty()).then(|| wrong.iter().take(TOLD_MAX).cloned().collect::<Vec<_>>().join("\n"))
}
