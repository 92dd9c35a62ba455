//! Rows of accounts. Always true here: the balance is read, never written; the database keeps it from postings.

use crate::{
    db::{Result, Tx},
    fetch_all, fetch_one, fetch_optional, insert_rows,
};
use domain::{
    AccountId, Minutes, PartnershipId,
    hours::{AccountKey, Bucket, Holder, HolderKind, Month},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Up to so many accounts of one bucket are asked for by their holders, as for a booking; more come quicker with the whole bucket.
const FEW: usize = 4;
/// A holder has eleven months of a handful of suppliers for a few years.
const ACCOUNTS_MAX: i64 = 2_000;

/// An account as it stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AccountRow {
    pub id: Uuid,
    pub supplier_id: Uuid,
    pub school_year: i64,
    pub month: String,
    pub holder_kind: String,
    pub holder_id: Uuid,
    pub balance: i64,
}

impl AccountRow {
    /// The account's key; none when a column holds what domain does not know.
    #[must_use]
    pub fn key(&self) -> Option<AccountKey> {
        let bucket = Bucket::from_columns(self.supplier_id.into(), self.school_year, &self.month)?;
        Some(AccountKey::new(bucket, Holder { kind: HolderKind::from_code(&self.holder_kind)?, id: self.holder_id }))
    }

    fn stands(&self) -> Option<Stands> {
        Some((self.key()?, (self.id.into(), Minutes(self.balance))))
    }
}

/// An account by its key, with what it holds.
type Stands = (AccountKey, (AccountId, Minutes));

/// The accounts of a set of transfers, with what each holds.
pub type Accounts = HashMap<AccountKey, (AccountId, Minutes)>;

/// Where the chain of a partnership ends, and whether something was posted under a key.
#[derive(Clone, Debug, Default)]
pub struct End {
    /// The place of the last posting; 0 before the first.
    pub seq: i64,
    /// Its hash.
    pub hash: Option<String>,
    /// Whether the first posting of the key is there.
    pub is_known: bool,
}

/// The accounts with these keys, made when they are not there yet, with their balances; and the end of the chain. `tx` must come from
/// `db.write(partnership)`.
pub async fn ensure(
    tx: &mut Tx,
    partnership: PartnershipId,
    keys: impl IntoIterator<Item = AccountKey>,
    posting: &str,
) -> Result<(Accounts, End)> {
    let mut buckets: BTreeMap<Bucket, BTreeSet<AccountKey>> = BTreeMap::new();
    for key in keys {
        buckets.entry(key.bucket).or_default().insert(key);
    }
    let mut found = HashMap::new();
    let mut end = None;
    let mut missing = Vec::new();
    for (bucket, keys) in buckets {
        let known = if keys.len() <= FEW {
            let holders: Vec<Holder> = keys.iter().map(|key| key.holder).collect();
            let (known, end_now) = few_and_end(tx, partnership, bucket, &holders, posting).await?;
            end = Some(end_now);
            known
        } else {
            in_bucket(tx, partnership, bucket).await?.iter().filter_map(AccountRow::stands).collect()
        };
        found.extend(known.into_iter().filter(|(key, _)| keys.contains(key)));
        missing.extend(keys.into_iter().filter(|key| !found.contains_key(key)).map(|key| (key, AccountId(Uuid::now_v7()))));
    }
    insert_rows!(
        tx,
        "insert into accounts (id, partnership_id, supplier_id, school_year, month, holder_kind, holder_id, balance) ",
        missing,
        |row| row.1.0,
        partnership.0,
        row.0.bucket.supplier.0,
        i64::from(row.0.bucket.school_year.0),
        row.0.bucket.month_column(),
        row.0.holder.kind.code(),
        row.0.holder.id,
        0_i64
    )?;
    found.extend(missing.into_iter().map(|(key, id)| (key, (id, Minutes::ZERO))));
    let end = match end {
        Some(end) => end,
        None => end_of_chain(tx, partnership, posting).await?,
    };
    Ok((found, end))
}

/// A row of [`few_and_end`]: an account or none, and the end.
#[derive(sqlx::FromRow)]
struct FewAndEnd {
    id: Option<Uuid>,
    holder_kind: Option<String>,
    holder_id: Option<Uuid>,
    balance: Option<i64>,
    seq: i64,
    hash: Option<String>,
    is_known: bool,
}

/// The accounts of a few holders in a bucket, and any whose kind is of one and whose id of another; with what a posting of them needs to know
/// besides, in one question: most are of two.
async fn few_and_end(
    tx: &mut Tx,
    partnership: PartnershipId,
    bucket: Bucket,
    holders: &[Holder],
    posting: &str,
) -> Result<(Vec<Stands>, End)> {
    let mut holders = holders.iter().copied().cycle();
    let holders: [Option<Holder>; FEW] = std::array::from_fn(|_| holders.next());
    let kinds = holders.map(|holder| holder.map(|holder| holder.kind.code()));
    let ids = holders.map(|holder| holder.map(|holder| holder.id));
    let rows: Vec<FewAndEnd> = fetch_all!(
        tx,
        FewAndEnd,
        "select a.id, a.holder_kind, a.holder_id, a.balance, coalesce(h.seq, 0) as seq, h.hash,
             exists (select 1 from postings p where p.partnership_id = $1 and p.idempotency_key = $13) as is_known
         from (select 1 as one) o
         left join ledger_heads h on h.partnership_id = $1
         left join accounts a on a.partnership_id = $1 and a.supplier_id = $2 and a.school_year = $3 and a.month = $4
             and a.holder_kind in ($5, $6, $7, $8) and a.holder_id in ($9, $10, $11, $12)",
        partnership.0,
        bucket.supplier.0,
        i64::from(bucket.school_year.0),
        bucket.month_column(),
        kinds[0],
        kinds[1],
        kinds[2],
        kinds[3],
        ids[0],
        ids[1],
        ids[2],
        ids[3],
        posting
    )?;
    let end = rows.first().map(|row| End { seq: row.seq, hash: row.hash.clone(), is_known: row.is_known }).unwrap_or_default();
    let stands = |row: FewAndEnd| {
        let holder = Holder { kind: HolderKind::from_code(&row.holder_kind?)?, id: row.holder_id? };
        Some((AccountKey::new(bucket, holder), (row.id?.into(), Minutes(row.balance?))))
    };
    Ok((rows.into_iter().filter_map(stands).collect(), end))
}

async fn end_of_chain(tx: &mut Tx, partnership: PartnershipId, posting: &str) -> Result<End> {
    let (seq, hash, is_known) = fetch_one!(
        tx,
        (i64, Option<String>, bool),
        "select coalesce(h.seq, 0), h.hash,
             exists (select 1 from postings p where p.partnership_id = $1 and p.idempotency_key = $2)
         from (select 1 as one) o
         left join ledger_heads h on h.partnership_id = $1",
        partnership.0,
        posting
    )?;
    Ok(End { seq, hash, is_known })
}

async fn in_bucket(tx: &mut Tx, partnership: PartnershipId, bucket: Bucket) -> Result<Vec<AccountRow>> {
    fetch_all!(
        tx,
        AccountRow,
        "select id, supplier_id, school_year, month, holder_kind, holder_id, balance
         from accounts
         where partnership_id = $1 and supplier_id = $2 and school_year = $3 and month = $4
         order by id",
        partnership.0,
        bucket.supplier.0,
        i64::from(bucket.school_year.0),
        bucket.month_column()
    )
}

/// What boards, schools and pots still have in a month. Not limited: a closing leaves nobody out.
pub async fn left_in(tx: &mut Tx, partnership: PartnershipId, month: Month) -> Result<Vec<AccountRow>> {
    fetch_all!(
        tx,
        AccountRow,
        "select id, supplier_id, school_year, month, holder_kind, holder_id, balance
         from accounts
         where partnership_id = $1 and month = $2 and holder_kind in ('board', 'school', 'wijkpot') and balance > 0
         order by supplier_id, holder_kind, holder_id, id",
        partnership.0,
        month.to_string()
    )
}

async fn find(tx: &mut Tx, partnership: PartnershipId, key: &AccountKey) -> Result<Option<(AccountId, Minutes)>> {
    let row: Option<(Uuid, i64)> = fetch_optional!(
        tx,
        (Uuid, i64),
        "select id, balance from accounts
         where partnership_id = $1 and supplier_id = $2 and school_year = $3 and month = $4 and holder_kind = $5 and holder_id = $6",
        partnership.0,
        key.bucket.supplier.0,
        i64::from(key.bucket.school_year.0),
        key.bucket.month_column(),
        key.holder.kind.code(),
        key.holder.id
    )?;
    Ok(row.map(|(id, balance)| (id.into(), Minutes(balance))))
}

/// What an account holds; nothing when it is not there.
pub async fn balance(tx: &mut Tx, partnership: PartnershipId, key: &AccountKey) -> Result<Minutes> {
    Ok(find(tx, partnership, key).await?.map_or(Minutes::ZERO, |(_, balance)| balance))
}

/// What these holders have in a bucket, a few in one question; who has no account there has nothing and is not in it.
pub async fn balances(
    tx: &mut Tx,
    partnership: PartnershipId,
    bucket: Bucket,
    holders: &BTreeSet<Holder>,
) -> Result<HashMap<Holder, Minutes>> {
    let mut held = HashMap::new();
    let all: Vec<Holder> = holders.iter().copied().collect();
    for few in all.chunks(FEW) {
        let (stands, _) = few_and_end(tx, partnership, bucket, few, "").await?;
        held.extend(stands.into_iter().map(|(key, (_, balance))| (key.holder, balance)).filter(|(holder, _)| few.contains(holder)));
    }
    Ok(held)
}

/// An account of this partnership by id.
pub async fn account(tx: &mut Tx, partnership: PartnershipId, account: AccountId) -> Result<Option<AccountRow>> {
    fetch_optional!(
        tx,
        AccountRow,
        "select id, supplier_id, school_year, month, holder_kind, holder_id, balance from accounts where partnership_id = $1 and id = $2",
        partnership.0,
        account.0
    )
}

/// Every account of a holder, by month.
pub async fn accounts_of(tx: &mut Tx, partnership: PartnershipId, holder: Holder) -> Result<Vec<AccountRow>> {
    fetch_all!(
        tx,
        AccountRow,
        "select id, supplier_id, school_year, month, holder_kind, holder_id, balance
         from accounts
         where partnership_id = $1 and holder_kind = $2 and holder_id = $3
         order by month, supplier_id, id
         limit $4",
        partnership.0,
        holder.kind.code(),
        holder.id,
        ACCOUNTS_MAX
    )
}

/// What each holder of a kind has in a month, all suppliers together.
pub async fn held_in(tx: &mut Tx, partnership: PartnershipId, kind: HolderKind, month: Month) -> Result<Vec<(Uuid, Minutes)>> {
    let rows: Vec<(Uuid, i64)> = fetch_all!(
        tx,
        (Uuid, i64),
        "select holder_id, cast(sum(balance) as bigint)
         from accounts
         where partnership_id = $1 and month = $2 and holder_kind = $3
         group by holder_id
         order by holder_id
         limit $4",
        partnership.0,
        month.to_string(),
        kind.code(),
        ACCOUNTS_MAX
    )?;
    Ok(rows.into_iter().map(|(holder, minutes)| (holder, Minutes(minutes))).collect())
}
