//! Tests of the invariants: each finds what breaks it, and nothing in sound books.
//!
//! Always true here: one thing is wrong at a time.

use super::*;
use crate::PostingId;
use crate::hours::{Bucket, Holder, Month};
use uuid::Uuid;

const SUPPLIER: SupplierId = SupplierId(Uuid::from_u128(1));
const BOOKING: BookingId = BookingId(Uuid::from_u128(50));
const SPECIALIST: SpecialistId = SpecialistId(Uuid::from_u128(60));
const PARTNERSHIP: PartnershipId = PartnershipId(Uuid::from_u128(70));

/// Ten hours contracted, one of them kept back, one set aside for a booking.
fn accounts() -> Vec<AccountRow> {
    let month = Bucket::of_month(SUPPLIER, Month::new(2026, 11).expect("November exists"));
    let rows = [
        (month.year(), Holder::contract(SUPPLIER), -60),
        (month.year(), Holder::reserve(SUPPLIER), 60),
        (month, Holder::contract(SUPPLIER), -540),
        (month, Holder::board(crate::BoardId(Uuid::from_u128(2))), 480),
        (month, Holder::booking(BOOKING), 60),
    ];
    let row = |(place, (bucket, holder, minutes)): (usize, (Bucket, Holder, i64))| AccountRow {
        id: account(place),
        key: AccountKey::new(bucket, holder),
        balance: Minutes(minutes),
    };
    rows.into_iter().enumerate().map(row).collect()
}

fn account(place: usize) -> AccountId {
    AccountId(Uuid::from_u128(1000 + place as u128))
}

fn postings() -> Vec<PostingRow> {
    let moved = |from, to, minutes| PostingRow { from: account(from), to: account(to), minutes: Minutes(minutes) };
    vec![moved(0, 1, 60), moved(2, 3, 540), moved(3, 4, 60)]
}

fn contract(minutes: i64) -> ContractRow {
    ContractRow { supplier: SUPPLIER, school_year: SchoolYear(2026), minutes: Minutes(minutes) }
}

fn booking() -> BookingRow {
    BookingRow { id: BOOKING, specialist: SPECIALIST, first_quarter: 1000, minutes: Minutes(60), holds_minutes: true, holds_time: true }
}

fn quarters(taken: &[i64]) -> Vec<QuarterRow> {
    taken.iter().map(|quarter| QuarterRow { specialist: SPECIALIST, quarter: *quarter, booking: BOOKING }).collect()
}

#[test]
fn a_sound_ledger_gives_no_violations() {
    assert_eq!(balances_match_postings(&accounts(), postings()), []);
    assert_eq!(supplier_years_sum_to_zero(&accounts()), []);
    assert_eq!(never_negative(&accounts()), []);
    assert_eq!(contracts_match(&[contract(600)], &accounts()), []);
    assert_eq!(booking_accounts_hold(&[booking()], &accounts()), []);
    assert_eq!(quarters_match(&[booking()], &quarters(&[1000, 1001, 1002, 1003])), []);
}

#[test]
fn a_balance_that_was_changed_by_hand_shows_everywhere() {
    let mut accounts = accounts();
    accounts[3].balance = Minutes(-15);
    assert_eq!(balances_match_postings(&accounts, postings()).len(), 1);
    assert_eq!(supplier_years_sum_to_zero(&accounts).len(), 1);
    assert_eq!(never_negative(&accounts).len(), 1);
    let what = &balances_match_postings(&accounts, postings())[0].what;
    assert!(what.contains("holds -15 but its postings sum to 480") && what.contains("2026-11"), "{what}");
}

#[test]
fn a_posting_that_is_missing_or_goes_nowhere_shows() {
    assert_eq!(balances_match_postings(&accounts(), postings().into_iter().skip(1)).len(), 2);
    let stray = PostingRow { from: account(99), to: account(0), minutes: Minutes(15) };
    assert_eq!(balances_match_postings(&accounts(), postings().into_iter().chain([stray])).len(), 2);
}

#[test]
fn a_contract_hands_out_what_was_contracted_or_nothing_yet() {
    assert_eq!(contracts_match(&[contract(615)], &accounts()).len(), 1);
    assert_eq!(contracts_match(&[], &accounts()).len(), 1);
    assert_eq!(contracts_match(&[contract(600)], &[]), []);
}

#[test]
fn a_closed_booking_holds_neither_minutes_nor_time() {
    let closed = BookingRow { holds_minutes: false, holds_time: false, ..booking() };
    assert_eq!(booking_accounts_hold(&[closed], &accounts()).len(), 1);
    assert_eq!(booking_accounts_hold(&[booking()], &[]).len(), 1);
    assert_eq!(booking_accounts_hold(&[], &accounts()).len(), 1, "a booking nobody knows");
    assert_eq!(quarters_match(&[closed], &quarters(&[1000])).len(), 1);
    assert_eq!(quarters_match(&[closed], &[]), []);
}

#[test]
fn a_quarter_that_is_missing_surplus_or_taken_twice_shows() {
    assert_eq!(quarters_match(&[booking()], &quarters(&[1000, 1001, 1002])).len(), 1);
    assert_eq!(quarters_match(&[booking()], &quarters(&[1000, 1001, 1002, 1003, 1004])).len(), 1);
    let other = BookingRow { id: BookingId(Uuid::from_u128(51)), ..booking() };
    let mut both = quarters(&[1000, 1001, 1002, 1003]);
    both.extend(quarters(&[1000, 1001, 1002, 1003]).into_iter().map(|row| QuarterRow { booking: other.id, ..row }));
    assert_eq!(quarters_match(&[booking(), other], &both).len(), 4, "every quarter is there twice");
    assert_eq!(quarters_match(&[], &quarters(&[1000])).len(), 1);
}

/// A chain of this many postings, each with its two hashes.
fn links(count: i64) -> Vec<(PostingContent, String, String)> {
    let mut previous = GENESIS;
    let link = |seq: i64| {
        let posting = PostingContent {
            seq,
            id: PostingId(Uuid::from_u128(seq.unsigned_abs().into())),
            partnership: PARTNERSHIP,
            from: account(0),
            to: account(1),
            minutes: Minutes::quarters(seq),
            kind: "allotment".to_owned(),
            reason: String::new(),
            posted_by: None,
            posted_at: seq,
            about_kind: String::new(),
            about_id: None,
            reversal_of: None,
            idempotency_key: format!("key:{seq}"),
        };
        let hash = posting.hash_after(&previous);
        let before = std::mem::replace(&mut previous, hash);
        (posting, to_hex(&before), to_hex(&hash))
    };
    (1..=count).map(link).collect()
}

fn walked(links: &[(PostingContent, String, String)], head: Option<(i64, &str)>) -> Vec<String> {
    let mut checker = ChainChecker::new(PARTNERSHIP);
    let mut found: Vec<_> = links.iter().flat_map(|(posting, previous, hash)| checker.walk(posting, previous, hash)).collect();
    found.extend(checker.finish(head));
    found.into_iter().map(|violation| violation.what).collect()
}

#[test]
fn a_chain_holds_until_somebody_touches_it() {
    let sound = links(5);
    let head = Some((5, sound[4].2.as_str()));
    assert_eq!(walked(&sound, head), [""; 0]);
    assert_eq!(walked(&[], None), [""; 0]);

    let mut changed = sound.clone();
    changed[2].0.minutes = Minutes(6000);
    assert_eq!(walked(&changed, head).len(), 1, "told once, not for every posting behind it");
    assert!(walked(&changed, head)[0].starts_with("posting 3"));

    let mut rehashed = changed.clone();
    rehashed[2].2 = to_hex(&rehashed[2].0.hash_after(&from_hex(&rehashed[2].1).expect("it was written by us")));
    assert!(walked(&rehashed, head)[0].starts_with("posting 4"), "the next one still names the old hash");

    let mut without = sound.clone();
    without.remove(1);
    assert_eq!(walked(&without, head).len(), 2, "a gap in the numbers and in the hashes");
    assert_eq!(walked(&sound[..4], head).len(), 1, "the end was cut off");
    assert_eq!(walked(&sound, None).len(), 1);
    assert_eq!(walked(&sound, Some((5, "0000"))).len(), 1);
}
