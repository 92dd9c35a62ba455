//! Putting one posting right by hand. Always true here: the posting itself stays, and its mirror names it.

use super::check_key;
use crate::{
    AppError,
    db::Tx,
    hours::{
        entry::number,
        sql::{self, PostingRow},
    },
    wijkpot::verbs as wijkpot,
};
use chrono::{DateTime, Utc};
use domain::{
    DonationId, Minutes, PartnershipId, PersonId, Refusal,
    hours::{
        AboutKind, AccountKey, HolderKind, PostingKind, Transfer, already_reversed, check_by_hand, hours_went_on, lines::check_month_runs,
        read_reason,
    },
    time,
};
use std::collections::BTreeSet;

/// Posts the mirror of the posting with this number, for a written reason; answers the number of the mirror. The same form sent twice
/// posts it once.
///
/// # Errors
/// `NotFound` for a number that is not in this partnership; `Refused` without a reason, for a kind that is put right elsewhere, when it was
/// put right before, or when the hours went on since; then nothing changed.
pub async fn reverse(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    posting: i64,
    reason: &str,
    key: &str,
    now: DateTime<Utc>,
) -> Result<i64, AppError> {
    check_key(key)?;
    let row = sql::posting(tx, partnership, posting).await?.ok_or(AppError::NotFound)?;
    let transfer = transfer(tx, partnership, &row).await?;
    check_by_hand(transfer.kind)?;
    let gift = transfer.about.filter(|_| transfer.kind == PostingKind::Donation).map(|(_, gift)| DonationId(gift));
    let mirror = transfer.reversed(row.id.into(), read_reason(reason)?)?;
    mirror.check()?;
    let key = format!("reversal/{key}");
    match sql::reversal_of(tx, partnership, row.id).await? {
        // The same form again: the ledger compares what it says.
        Some(before) if before.idempotency_key == format!("{key}#0") => {}
        Some(before) => return Err(already_reversed(&number(before.seq)).into()),
        None => {
            // What would land in a month that is over could never be used, and would perish a second time.
            if let Some(month) = mirror.to.bucket.month {
                check_month_runs(month, time::local_date(now))?;
            }
            still_there(tx, partnership, &mirror, gift).await?;
            has_not_gone_back(tx, partnership, &row, &mirror).await?;
            if let Some(gift) = gift {
                wijkpot::put_right(tx, partnership, by, gift, &mirror.reason, now).await?;
            }
        }
    }
    let buckets = BTreeSet::from([mirror.from.bucket, mirror.to.bucket]);
    sql::post(tx, partnership, &[mirror], Some(by), now, &key).await?;
    // Hours that came back to a pot, or a school that has none of its own any more, may be what somebody waits for.
    for bucket in buckets {
        wijkpot::grant_waiting(tx, partnership, bucket, now).await?;
    }
    sql::reversal_of(tx, partnership, row.id).await?.map(|mirror| mirror.seq).ok_or(AppError::Internal)
}

/// Whether the account the minutes arrived at still has them; of a gift, whether they are still its own.
async fn still_there(tx: &mut Tx, partnership: PartnershipId, mirror: &Transfer, gift: Option<DonationId>) -> Result<(), AppError> {
    let there = match gift {
        // What others gave since is not this gift's.
        Some(gift) => wijkpot::left(tx, partnership, gift).await?,
        None => sql::balance(tx, partnership, &mirror.from).await?,
    };
    if there < mirror.minutes && mirror.from.holder.kind != HolderKind::Contract {
        return Err(hours_went_on(&mirror.from, there, mirror.minutes).into());
    }
    Ok(())
}

/// Whether all of a draw is still the school's: what went back to the pot already does not go back twice.
async fn has_not_gone_back(tx: &mut Tx, partnership: PartnershipId, row: &PostingRow, mirror: &Transfer) -> Result<(), AppError> {
    let Some((AboutKind::Draw, draw)) = mirror.about else { return Ok(()) };
    let about = sql::postings_about(tx, partnership, AboutKind::Draw.code(), draw).await?;
    let gone = about.iter().filter(|one| one.kind == PostingKind::TakeBack.code() && one.to_account == row.from_account);
    let gone: Minutes = gone.map(|one| Minutes(one.minutes)).sum();
    if gone > Minutes::ZERO { Err(hours_went_on(&mirror.from, mirror.minutes - gone, mirror.minutes).into()) } else { Ok(()) }
}

/// A posting as the transfer it was.
async fn transfer(tx: &mut Tx, partnership: PartnershipId, row: &PostingRow) -> Result<Transfer, AppError> {
    let mut keys: Vec<AccountKey> = Vec::with_capacity(2);
    for account in [row.from_account, row.to_account] {
        let account = sql::account(tx, partnership, account.into()).await?;
        keys.push(account.and_then(|account| account.key()).ok_or(AppError::Internal)?);
    }
    let kind = PostingKind::from_code(&row.kind).ok_or_else(unknown_kind)?;
    let transfer = Transfer::new(kind, keys[0], keys[1], Minutes(row.minutes));
    Ok(match (AboutKind::from_code(&row.about_kind), row.about_id) {
        (Some(about), Some(id)) => transfer.about(about, id),
        _ => transfer,
    })
}

fn unknown_kind() -> Refusal {
    Refusal::new("kind_unknown", "Dit soort boeking kennen we niet", "Er is niets veranderd. Vraag de beheerder ernaar te kijken.")
}
