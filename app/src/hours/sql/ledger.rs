//! Posting. Always true here: a set of transfers is posted whole or not at all, once per key, and each posting carries the hash of
//! the one before it in its partnership.

use super::accounts::{Accounts, End, ensure};
use crate::{
    AppError,
    db::{Change, Result, Tx},
    fetch_all, fetch_optional, insert_rows,
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, PersonId, PostingId, Refusal,
    hours::{
        Balances, HolderKind, Transfer,
        chain::{GENESIS, PostingContent, check_repeat, from_hex, idempotency_conflict, to_hex},
    },
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What one thing (a booking, an allotment) can cause of postings in a list.
const POSTINGS_MAX: i64 = 500;

/// A posting as it was written.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PostingRow {
    pub id: Uuid,
    pub seq: i64,
    pub from_account: Uuid,
    pub to_account: Uuid,
    pub minutes: i64,
    pub kind: String,
    pub reason: String,
    pub posted_by: Option<Uuid>,
    pub posted_at: DateTime<Utc>,
    pub about_kind: String,
    pub about_id: Option<Uuid>,
    pub reversal_of: Option<Uuid>,
    pub idempotency_key: String,
    pub previous_hash: String,
    pub hash: String,
}

impl PostingRow {
    /// What the hash covers.
    #[must_use]
    pub fn content(&self, partnership: PartnershipId) -> PostingContent {
        PostingContent {
            seq: self.seq,
            id: self.id.into(),
            partnership,
            from: self.from_account.into(),
            to: self.to_account.into(),
            minutes: Minutes(self.minutes),
            kind: self.kind.clone(),
            reason: self.reason.clone(),
            posted_by: self.posted_by.map(PersonId),
            posted_at: self.posted_at.timestamp_micros(),
            about_kind: self.about_kind.clone(),
            about_id: self.about_id,
            reversal_of: self.reversal_of.map(PostingId),
            idempotency_key: self.idempotency_key.clone(),
        }
    }
}

/// Posts transfers under one key, all or none. `tx` must come from `db.write(partnership)`. The same key with the same transfers
/// posts once and answers the same ids; with others it is refused.
///
/// # Errors
/// `Refused` when a transfer is not legal, an account would fall below zero, or the key was used for something else.
pub async fn post(
    tx: &mut Tx,
    partnership: PartnershipId,
    transfers: &[Transfer],
    by: Option<PersonId>,
    at: DateTime<Utc>,
    key: &str,
) -> Result<Vec<PostingId>, AppError> {
    for transfer in transfers {
        transfer.check()?;
    }
    let keys: Vec<String> = (0..transfers.len()).map(|place| format!("{key}#{place}")).collect();
    let Some(first) = keys.first() else { return Ok(Vec::new()) };
    let sides = transfers.iter().flat_map(|transfer| [transfer.from, transfer.to]);
    let (accounts, End { mut seq, hash, is_known }) = ensure(tx, partnership, sides, first).await?;
    if is_known {
        return repeated(tx, partnership, transfers, &keys, &accounts).await;
    }
    accounts.iter().map(|(key, (_, balance))| (*key, *balance)).collect::<Balances>().apply(transfers)?;

    let mut previous = hash.map_or(Some(GENESIS), |hash| from_hex(&hash)).ok_or(AppError::Internal)?;
    let mut chained = Vec::with_capacity(transfers.len());
    for (transfer, key) in transfers.iter().zip(keys) {
        seq += 1;
        let content = content(partnership, transfer, &accounts, seq, by, at, key);
        let hash = content.hash_after(&previous);
        chained.push(Chained { content, previous: to_hex(&previous), hash: to_hex(&hash) });
        previous = hash;
    }
    insert(tx, &chained, at).await?;
    let holders = transfers.iter().flat_map(|transfer| [transfer.from.holder, transfer.to.holder]);
    for pot in holders.filter(|holder| holder.kind == HolderKind::Wijkpot).map(|holder| holder.id).collect::<BTreeSet<_>>() {
        tx.tell(Change::Pot(partnership, pot.into())).await?;
    }
    Ok(chained.into_iter().map(|posting| posting.content.id).collect())
}

/// The last posting of a partnership: its place and its hash, which speaks for every posting before it. None before the first.
pub async fn ledger_head(tx: &mut Tx, partnership: PartnershipId) -> Result<Option<(i64, String)>> {
    fetch_optional!(tx, (i64, String), "select seq, hash from ledger_heads where partnership_id = $1", partnership.0)
}

/// A posting with its place in the chain.
struct Chained {
    content: PostingContent,
    previous: String,
    hash: String,
}

fn content(
    partnership: PartnershipId,
    transfer: &Transfer,
    accounts: &Accounts,
    seq: i64,
    by: Option<PersonId>,
    at: DateTime<Utc>,
    idempotency_key: String,
) -> PostingContent {
    PostingContent {
        seq,
        id: PostingId(Uuid::now_v7()),
        partnership,
        from: accounts[&transfer.from].0,
        to: accounts[&transfer.to].0,
        minutes: transfer.minutes,
        kind: transfer.kind.code().to_owned(),
        reason: transfer.reason.clone(),
        posted_by: by,
        posted_at: at.timestamp_micros(),
        about_kind: transfer.about.map(|(kind, _)| kind.code().to_owned()).unwrap_or_default(),
        about_id: transfer.about.map(|(_, id)| id),
        reversal_of: transfer.reversal_of,
        idempotency_key,
    }
}

/// The ids of what was posted under these keys before; refused when it was something else.
async fn repeated(
    tx: &mut Tx,
    partnership: PartnershipId,
    transfers: &[Transfer],
    keys: &[String],
    accounts: &Accounts,
) -> Result<Vec<PostingId>, AppError> {
    let mut ids = Vec::with_capacity(keys.len());
    for (transfer, key) in transfers.iter().zip(keys) {
        let posted = by_key(tx, partnership, key).await?.ok_or_else(|| AppError::Refused(idempotency_conflict()))?;
        let again = content(partnership, transfer, accounts, posted.seq, None, posted.posted_at, key.clone());
        check_repeat(&posted.content(partnership), &again)?;
        ids.push(posted.id.into());
    }
    // The same beginning and more after it is something else too.
    let next = keys.first().map(|first| first.trim_end_matches('0').to_owned() + &keys.len().to_string()).unwrap_or_default();
    if by_key(tx, partnership, &next).await?.is_some() {
        return Err(idempotency_conflict().into());
    }
    Ok(ids)
}

async fn by_key(tx: &mut Tx, partnership: PartnershipId, key: &str) -> Result<Option<PostingRow>> {
    fetch_optional!(
        tx,
        PostingRow,
        "select id, seq, from_account, to_account, minutes, kind, reason, posted_by, posted_at, about_kind, about_id, reversal_of,
             idempotency_key, previous_hash, hash
         from postings
         where partnership_id = $1 and idempotency_key = $2",
        partnership.0,
        key
    )
}

async fn insert(tx: &mut Tx, chained: &[Chained], at: DateTime<Utc>) -> Result<(), AppError> {
    let done = insert_rows!(
        tx,
        "insert into postings (id, partnership_id, seq, from_account, to_account, minutes, kind, reason, posted_by, posted_at, about_kind,
             about_id, reversal_of, idempotency_key, previous_hash, hash) ",
        chained,
        |row| row.content.id.0,
        row.content.partnership.0,
        row.content.seq,
        row.content.from.0,
        row.content.to.0,
        row.content.minutes.0,
        &row.content.kind,
        &row.content.reason,
        row.content.posted_by.map(|person| person.0),
        at,
        &row.content.about_kind,
        row.content.about_id,
        row.content.reversal_of.map(|posting| posting.0),
        &row.content.idempotency_key,
        &row.previous,
        &row.hash
    );
    match done {
        Ok(()) => Ok(()),
        // The rule spoke first; should the database have to, its refusal reads the same.
        Err(error) if error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_check_violation) => Err(Refusal::new(
            "too_few_hours",
            "Er zijn te weinig uren",
            "Er is niets geboekt. Laad de pagina opnieuw en kijk wat er nog is.",
        )
        .into()),
        Err(error) => Err(error.into()),
    }
}

/// Every posting about one thing, in order.
pub async fn postings_about(tx: &mut Tx, partnership: PartnershipId, kind: &str, id: Uuid) -> Result<Vec<PostingRow>> {
    fetch_all!(
        tx,
        PostingRow,
        "select id, seq, from_account, to_account, minutes, kind, reason, posted_by, posted_at, about_kind, about_id, reversal_of,
             idempotency_key, previous_hash, hash
         from postings
         where partnership_id = $1 and about_kind = $2 and about_id = $3
         order by seq
         limit $4",
        partnership.0,
        kind,
        id,
        POSTINGS_MAX
    )
}
