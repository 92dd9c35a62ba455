//! Tests of single transfers: which kind moves between which accounts, and which numbers move at all.
//!
//! Always true here: what is not in the table is refused.

use super::*;
use HolderKind::{Board, Booking, Contract, Expired, Reserve, School, Used, Wijkpot};

const SUPPLIER: SupplierId = SupplierId(Uuid::from_u128(1));

/// An account of this kind in November 2026, or in the year where that is where it lives.
fn account(kind: HolderKind, in_year: bool) -> AccountKey {
    let november = Bucket::of_month(SUPPLIER, Month::new(2026, 11).expect("November exists"));
    let id = if matches!(kind, Contract | Reserve) { SUPPLIER.0 } else { Uuid::from_u128(9) };
    AccountKey::new(if in_year { november.year() } else { november }, Holder { kind, id })
}

fn legal_pairs(kind: PostingKind) -> Vec<(HolderKind, HolderKind)> {
    let pairs = HolderKind::ALL.iter().flat_map(|from| HolderKind::ALL.iter().map(move |to| (*from, *to)));
    let places = [(false, false), (true, true), (true, false), (false, true)];
    pairs.filter(|(from, to)| places.iter().any(|(a, b)| allows(kind, &account(*from, *a), &account(*to, *b)))).collect()
}

#[test]
fn each_kind_moves_minutes_between_its_own_accounts_and_no_others() {
    let sources = [Reserve, Board, School, Wijkpot];
    assert_eq!(legal_pairs(PostingKind::ContractReserve), [(Contract, Reserve)]);
    assert_eq!(legal_pairs(PostingKind::Allotment), [(Contract, Board)]);
    assert_eq!(legal_pairs(PostingKind::Division), [(Board, School)]);
    assert_eq!(legal_pairs(PostingKind::Reduction), [(Reserve, Contract), (Board, Contract), (School, Board)]);
    assert_eq!(legal_pairs(PostingKind::Hold), sources.map(|from| (from, Booking)));
    assert_eq!(legal_pairs(PostingKind::Return), [Reserve, Board, School, Wijkpot, Expired].map(|to| (Booking, to)));
    assert_eq!(legal_pairs(PostingKind::Use), [(Booking, Used)]);
    assert_eq!(legal_pairs(PostingKind::Expiry), [Board, School, Wijkpot].map(|from| (from, Expired)));
    assert_eq!(legal_pairs(PostingKind::Donation), [(Board, Wijkpot), (School, Wijkpot)]);
    assert_eq!(legal_pairs(PostingKind::TakeBack), [(School, Wijkpot), (Wijkpot, Board), (Wijkpot, School)]);
    assert_eq!(legal_pairs(PostingKind::Draw), [(Wijkpot, School)]);
    assert_eq!(legal_pairs(PostingKind::ReserveRelease), [(Reserve, School)]);
}

#[test]
fn a_reversal_may_go_wherever_a_posting_came_from() {
    for kind in PostingKind::ALL.iter().filter(|kind| **kind != PostingKind::Reversal) {
        for (from, to) in legal_pairs(*kind) {
            assert!(legal_pairs(PostingKind::Reversal).contains(&(to, from)), "{kind:?} from {from:?} to {to:?}");
        }
    }
    assert!(!legal_pairs(PostingKind::Reversal).contains(&(Used, School)));
}

#[test]
fn hours_stay_in_their_month_unless_supplier_and_board_agree_otherwise() {
    let (school, november) = (account(School, false), account(School, false).bucket);
    let december = AccountKey { bucket: Bucket::of_month(SUPPLIER, Month::new(2026, 12).expect("exists")), ..school };
    let september_after = AccountKey { bucket: Bucket::of_month(SUPPLIER, Month::new(2027, 9).expect("exists")), ..school };
    let other_school = AccountKey { holder: Holder::school(SchoolId(Uuid::from_u128(8))), ..december };
    let other_supplier = AccountKey { bucket: Bucket { supplier: SupplierId(Uuid::from_u128(2)), ..december.bucket }, ..december };
    assert!(allows(PostingKind::DeviatingMove, &school, &december));
    assert!(!allows(PostingKind::DeviatingMove, &school, &school));
    assert!(!allows(PostingKind::DeviatingMove, &school, &september_after));
    assert!(!allows(PostingKind::DeviatingMove, &school, &other_school));
    assert!(!allows(PostingKind::DeviatingMove, &school, &other_supplier));
    let booking_in_december = AccountKey::new(december.bucket, Holder::booking(BookingId(Uuid::from_u128(7))));
    assert!(!allows(PostingKind::Hold, &school, &booking_in_december));
    let perished_of_another = AccountKey::new(november, other_school.holder.expired());
    assert!(!allows(PostingKind::Expiry, &school, &perished_of_another));
    assert!(allows(PostingKind::Expiry, &school, &AccountKey::new(november, school.holder.expired())));
}

#[test]
fn a_bucket_comes_back_from_its_columns_unless_they_contradict_each_other() {
    let november = account(School, false).bucket;
    for bucket in [november, november.year()] {
        assert_eq!(Bucket::from_columns(SUPPLIER, i64::from(bucket.school_year.0), &bucket.month_column()), Some(bucket));
    }
    assert_eq!(Bucket::from_columns(SUPPLIER, 2025, "2026-11"), None);
    assert_eq!(Bucket::from_columns(SUPPLIER, 2026, "november"), None);
}

#[test]
fn a_transfer_is_refused_for_what_is_wrong_with_it() {
    let sound = Transfer::new(PostingKind::Donation, account(School, false), account(Wijkpot, false), Minutes::hours(2));
    let refused = |transfer: &Transfer| transfer.check().err().map(|refusal| refusal.code.into_owned());
    let with = |minutes| Transfer { minutes: Minutes(minutes), ..sound.clone() };
    assert_eq!(refused(&sound), None);
    assert_eq!(refused(&with(0)).as_deref(), Some("minutes_not_positive"));
    assert_eq!(refused(&with(-15)).as_deref(), Some("minutes_not_positive"));
    assert_eq!(refused(&with(20)).as_deref(), Some("minutes_off_grid"));
    assert_eq!(refused(&with(POSTING_MINUTES_MAX.0)), None);
    assert_eq!(refused(&with(POSTING_MINUTES_MAX.0 + 15)).as_deref(), Some("minutes_too_many"));
    assert_eq!(refused(&sound.clone().because("é".repeat(500))), None);
    assert_eq!(refused(&sound.clone().because("é".repeat(501))).as_deref(), Some("reason_too_long"));
    assert_eq!(refused(&Transfer { kind: PostingKind::Draw, ..sound.clone() }).as_deref(), Some("posting_not_allowed"));
    let posting = PostingId(Uuid::from_u128(5));
    assert_eq!(refused(&Transfer { reversal_of: Some(posting), ..sound }).as_deref(), Some("reversal_unclear"));
    let release = Transfer::new(PostingKind::ReserveRelease, account(Reserve, true), account(School, false), Minutes::hours(1));
    assert_eq!(refused(&release).as_deref(), Some("reason_missing"));
    assert_eq!(refused(&release.because("Een leerling verhuist")), None);
    let hold = Transfer::new(PostingKind::Hold, account(Reserve, true), account(Booking, true), Minutes::hours(1));
    assert_eq!(refused(&hold).as_deref(), Some("reason_missing"));
}

#[test]
fn a_posting_is_put_right_by_its_mirror_and_a_mirror_is_not_mirrored() {
    let posting = PostingId(Uuid::from_u128(5));
    let donation = Transfer::new(PostingKind::Donation, account(School, false), account(Wijkpot, false), Minutes::hours(2));
    let reversal = donation.reversed(posting, "Verkeerde school").expect("a donation is reversed");
    assert_eq!(reversal.check(), Ok(()));
    assert_eq!((reversal.from, reversal.to, reversal.minutes), (donation.to, donation.from, donation.minutes));
    assert_eq!(reversal.reversal_of, Some(posting));
    assert!(reversal.reversed(posting, "Toch goed").is_err_and(|refusal| refusal.code == "already_a_reversal"));
    assert!(donation.reversed(posting, " ").is_ok_and(|silent| silent.check().is_err()));
}
