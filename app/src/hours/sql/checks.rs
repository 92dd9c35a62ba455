//! Proves the invariants of a partnership's ledger and calendar (domain.md §3). Always true here: it only reads, postings pass by in
//! pages, and what it proves with lives in `domain::hours::checks`.

use super::{LineRow, PostingRow, ledger::ledger_head};
use crate::{
    db::{Result, Tx},
    fetch_all,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Minutes, PartnershipId,
    hours::{
        AccountKey, Books, Bucket, Holder, HolderKind, PostingKind, SchoolYear,
        checks::{self, ChainChecker, Violation},
        lines::{Line, Movement},
    },
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Postings read at once: some megabytes.
const PAGE: i64 = 5_000;

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub accounts: usize,
    pub postings: i64,
    pub contracts: usize,
    pub bookings: usize,
    pub quarters: usize,
    pub violations: Vec<Violation>,
}

/// Proves every invariant of one partnership. `tx` is a snapshot: what is written meanwhile does not show.
pub async fn check(tx: &mut Tx, partnership: PartnershipId) -> Result<Report> {
    let (kept, mut violations) = accounts(tx, partnership).await?;
    let accounts: Vec<checks::AccountRow> = kept.iter().map(|(account, _)| *account).collect();
    let Walked { moved, books, postings } = chain(tx, partnership, &accounts, &mut violations).await?;
    let contracts = contracts(tx, partnership).await?;
    let bookings = bookings(tx, partnership).await?;
    let quarters = quarters(tx, partnership).await?;
    violations.extend(checks::balances_match_postings(&accounts, moved));
    violations.extend(books.lines_match_postings(&kept));
    violations.extend(parts_match_bookings(tx, partnership).await?);
    violations.extend(checks::supplier_years_sum_to_zero(&accounts));
    violations.extend(checks::never_negative(&accounts));
    violations.extend(checks::contracts_match(&contracts, &accounts));
    violations.extend(checks::booking_accounts_hold(&bookings, &accounts));
    violations.extend(checks::quarters_match(&bookings, &quarters));
    Ok(Report {
        accounts: accounts.len(),
        postings,
        contracts: contracts.len(),
        bookings: bookings.len(),
        quarters: quarters.len(),
        violations,
    })
}

/// An account with the sums the database keeps of it.
#[derive(sqlx::FromRow)]
struct KeptRow {
    #[sqlx(flatten)]
    account: super::AccountRow,
    #[sqlx(flatten)]
    sums: LineRow,
}

/// The accounts domain knows with their lines, and a violation for each it does not.
async fn accounts(tx: &mut Tx, partnership: PartnershipId) -> Result<(Vec<(checks::AccountRow, Line)>, Vec<Violation>)> {
    let rows: Vec<KeptRow> = fetch_all!(
        tx,
        KeptRow,
        "select id, supplier_id, school_year, month, holder_kind, holder_id, balance, allotted, received + released as received, used,
             set_aside, donated, expired, moved, balance as idle
         from accounts
         where partnership_id = $1
         order by id",
        partnership.0
    )?;
    let mut wrong = Vec::new();
    let known = rows
        .into_iter()
        .map(|KeptRow { account: row, sums }| {
            let key = row.key().filter(AccountKey::is_possible).unwrap_or_else(|| {
                let what = format!("account {} ({} in {} '{}') cannot exist", row.id, row.holder_kind, row.school_year, row.month);
                wrong.push(Violation { rule: "accounts_are_possible", what });
                // It still counts where it stands, so that its minutes are not missed a second time.
                let year = SchoolYear(i32::try_from(row.school_year).unwrap_or_default());
                let kind = HolderKind::from_code(&row.holder_kind).unwrap_or(HolderKind::Used);
                AccountKey::new(Bucket::of_year(row.supplier_id.into(), year), Holder { kind, id: row.holder_id })
            });
            (checks::AccountRow { id: row.id.into(), key, balance: Minutes(row.balance) }, sums.into())
        })
        .collect();
    Ok((known, wrong))
}

/// A posting, and for a reversal the kind of the one it puts right.
#[derive(sqlx::FromRow)]
struct LinkRow {
    #[sqlx(flatten)]
    posting: PostingRow,
    reverses_kind: Option<String>,
}

/// What the postings say.
struct Walked {
    /// What went from account to account, summed.
    moved: Vec<checks::PostingRow>,
    books: Books,
    postings: i64,
}

/// Walks the chain in pages.
async fn chain(
    tx: &mut Tx,
    partnership: PartnershipId,
    accounts: &[checks::AccountRow],
    violations: &mut Vec<Violation>,
) -> Result<Walked> {
    let keys: HashMap<Uuid, AccountKey> = accounts.iter().map(|account| (account.id.0, account.key)).collect();
    let mut sums: BTreeMap<(AccountId, AccountId), Minutes> = BTreeMap::new();
    let mut checker = ChainChecker::new(partnership);
    let mut books = Books::default();
    let mut count = 0;
    let mut after = i64::MIN;
    loop {
        let page: Vec<LinkRow> = fetch_all!(
            tx,
            LinkRow,
            "select p.id, p.seq, p.from_account, p.to_account, p.minutes, p.kind, p.reason, p.posted_by, p.posted_at, p.about_kind,
                 p.about_id, p.reversal_of, p.idempotency_key, p.previous_hash, p.hash, r.kind as reverses_kind
             from postings p
             left join postings r on r.id = p.reversal_of
             where p.partnership_id = $1 and p.seq > $2
             order by p.seq
             limit $3",
            partnership.0,
            after,
            PAGE
        )?;
        let Some(last) = page.last() else { break };
        after = last.posting.seq;
        for LinkRow { posting, reverses_kind } in &page {
            count += 1;
            violations.extend(checker.walk(&posting.content(partnership), &posting.previous_hash, &posting.hash));
            *sums.entry((posting.from_account.into(), posting.to_account.into())).or_default() += Minutes(posting.minutes);
            let kind = PostingKind::from_code(&posting.kind);
            if let (Some(kind), Some(from), Some(to)) = (kind, keys.get(&posting.from_account), keys.get(&posting.to_account)) {
                let reverses = reverses_kind.as_deref().and_then(PostingKind::from_code);
                books.walk(&Movement { kind, reverses, from: *from, to: *to, minutes: Minutes(posting.minutes) });
            }
        }
    }
    let head = ledger_head(tx, partnership).await?;
    violations.extend(checker.finish(head.as_ref().map(|(seq, hash)| (*seq, hash.as_str()))));
    let moved = sums.into_iter().map(|((from, to), minutes)| checks::PostingRow { from, to, minutes }).collect();
    Ok(Walked { moved, books, postings: count })
}

/// What the parts of a booking still hold is what its account holds.
async fn parts_match_bookings(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<Violation>> {
    let rows: Vec<(Uuid, i64, i64)> = fetch_all!(
        tx,
        (Uuid, i64, i64),
        "select a.id, a.balance, cast(coalesce(sum(b.open_minutes), 0) as bigint) as open
         from accounts a
         left join booking_parts b on b.booking_account = a.id
         where a.partnership_id = $1 and a.holder_kind = 'booking'
         group by a.id, a.balance
         having a.balance <> coalesce(sum(b.open_minutes), 0)
         order by a.id",
        partnership.0
    )?;
    let told = |(account, balance, open): (Uuid, i64, i64)| Violation {
        rule: "parts_match_bookings",
        what: format!("account {account} holds {balance} but its parts hold {open}"),
    };
    Ok(rows.into_iter().map(told).collect())
}

async fn contracts(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<checks::ContractRow>> {
    let rows: Vec<(Uuid, i64, i64)> = fetch_all!(
        tx,
        (Uuid, i64, i64),
        "select supplier_id, school_year, contract_minutes from contracts where partnership_id = $1 order by school_year, supplier_id",
        partnership.0
    )?;
    let contract = |(supplier, year, minutes): (Uuid, i64, i64)| checks::ContractRow {
        supplier: supplier.into(),
        school_year: SchoolYear(i32::try_from(year).unwrap_or_default()),
        minutes: Minutes(minutes),
    };
    Ok(rows.into_iter().map(contract).collect())
}

async fn bookings(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<checks::BookingRow>> {
    let rows: Vec<(Uuid, Uuid, DateTime<Utc>, i64, String)> = fetch_all!(
        tx,
        (Uuid, Uuid, DateTime<Utc>, i64, String),
        "select id, specialist_id, starts_at, minutes, status from bookings where partnership_id = $1 order by id",
        partnership.0
    )?;
    let booking = |(id, specialist, starts_at, minutes, status): (Uuid, Uuid, DateTime<Utc>, i64, String)| {
        let open = matches!(status.as_str(), "asked" | "accepted" | "registered" | "confirmed");
        checks::BookingRow {
            id: id.into(),
            specialist: specialist.into(),
            first_quarter: starts_at.timestamp().div_euclid(900),
            minutes: Minutes(minutes),
            holds_minutes: open,
            holds_time: open || status == "done",
        }
    };
    Ok(rows.into_iter().map(booking).collect())
}

async fn quarters(tx: &mut Tx, partnership: PartnershipId) -> Result<Vec<checks::QuarterRow>> {
    let rows: Vec<(Uuid, i64, Uuid)> = fetch_all!(
        tx,
        (Uuid, i64, Uuid),
        "select q.specialist_id, q.quarter, q.booking_id
         from booking_quarters q
         join specialists x on x.id = q.specialist_id
         where x.partnership_id = $1
         order by q.specialist_id, q.quarter",
        partnership.0
    )?;
    let quarter = |(specialist, quarter, booking): (Uuid, i64, Uuid)| checks::QuarterRow {
        specialist: specialist.into(),
        quarter,
        booking: booking.into(),
    };
    Ok(rows.into_iter().map(quarter).collect())
}
