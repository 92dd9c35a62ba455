//! Whether a partnership's ledger and calendar are sound: every invariant of the domain over all rows.

use app::{db::Tx, fetch_all, fetch_optional, hours::sql};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId,
    availability::quarters,
    hours::{
        SchoolYear,
        checks::{
            AccountRow, BookingRow, ChainChecker, ContractRow, PostingRow, QuarterRow, balances_match_postings, booking_accounts_hold,
            contracts_match, never_negative, quarters_match, supplier_years_sum_to_zero,
        },
    },
};
use uuid::Uuid;

/// Everything that is wrong; empty when sound.
pub async fn sound(tx: &mut Tx, partnership: PartnershipId) -> Vec<String> {
    let id = partnership.0;
    let accounts: Vec<sql::AccountRow> = fetch_all!(
        tx,
        sql::AccountRow,
        "select id, supplier_id, school_year, month, holder_kind, holder_id, balance from accounts where partnership_id = $1",
        id
    )
    .expect("accounts");
    let accounts: Vec<AccountRow> = accounts
        .iter()
        .map(|row| AccountRow { id: row.id.into(), key: row.key().expect("a known account"), balance: Minutes(row.balance) })
        .collect();
    let postings: Vec<sql::PostingRow> = fetch_all!(
        tx,
        sql::PostingRow,
        "select id, seq, from_account, to_account, minutes, kind, reason, posted_by, posted_at, about_kind, about_id, reversal_of,
             idempotency_key, previous_hash, hash
         from postings
         where partnership_id = $1
         order by seq",
        id
    )
    .expect("postings");
    let contracts: Vec<(Uuid, i64, i64)> =
        fetch_all!(tx, (Uuid, i64, i64), "select supplier_id, school_year, contract_minutes from contracts where partnership_id = $1", id)
            .expect("contracts");
    let contracts: Vec<ContractRow> = contracts
        .into_iter()
        .map(|(supplier, year, minutes)| ContractRow {
            supplier: supplier.into(),
            school_year: SchoolYear(i32::try_from(year).expect("a year")),
            minutes: Minutes(minutes),
        })
        .collect();
    let bookings: Vec<(Uuid, Uuid, DateTime<Utc>, i64, String)> = fetch_all!(
        tx,
        (Uuid, Uuid, DateTime<Utc>, i64, String),
        "select id, specialist_id, starts_at, minutes, status from bookings where partnership_id = $1",
        id
    )
    .expect("bookings");
    let bookings: Vec<BookingRow> = bookings
        .into_iter()
        .map(|(id, specialist, starts_at, minutes, status)| BookingRow {
            id: id.into(),
            specialist: specialist.into(),
            first_quarter: quarters(starts_at, Minutes(minutes)).start,
            minutes: Minutes(minutes),
            holds_minutes: matches!(status.as_str(), "asked" | "accepted"),
            holds_time: matches!(status.as_str(), "asked" | "accepted" | "done"),
        })
        .collect();
    let taken: Vec<(Uuid, i64, Uuid)> = fetch_all!(
        tx,
        (Uuid, i64, Uuid),
        "select q.specialist_id, q.quarter, q.booking_id from booking_quarters q join bookings b on b.id = q.booking_id where b.partnership_id = $1",
        id
    )
    .expect("quarters");
    let taken: Vec<QuarterRow> = taken
        .into_iter()
        .map(|(specialist, quarter, booking)| QuarterRow { specialist: specialist.into(), quarter, booking: booking.into() })
        .collect();
    let head: Option<(i64, String)> =
        fetch_optional!(tx, (i64, String), "select seq, hash from ledger_heads where partnership_id = $1", id).expect("a head");

    let moved =
        postings.iter().map(|row| PostingRow { from: row.from_account.into(), to: row.to_account.into(), minutes: Minutes(row.minutes) });
    let mut wrong = balances_match_postings(&accounts, moved);
    wrong.extend(supplier_years_sum_to_zero(&accounts));
    wrong.extend(never_negative(&accounts));
    wrong.extend(contracts_match(&contracts, &accounts));
    wrong.extend(booking_accounts_hold(&bookings, &accounts));
    wrong.extend(quarters_match(&bookings, &taken));
    let mut chain = ChainChecker::new(partnership);
    for row in &postings {
        wrong.extend(chain.walk(&row.content(partnership), &row.previous_hash, &row.hash));
    }
    wrong.extend(chain.finish(head.as_ref().map(|(seq, hash)| (*seq, hash.as_str()))));
    // The sums beside the balances are the house's own proof.
    let report = sql::check(tx, partnership).await.expect("checked");
    wrong.extend(
        report.violations.into_iter().filter(|violation| ["lines_match_postings", "parts_match_bookings"].contains(&violation.rule)),
    );
    wrong.into_iter().map(|violation| format!("{}: {}", violation.rule, violation.what)).collect()
}
