//! The chain of hashes over a partnership's postings, and what makes two postings the same.
//!
//! Always true here: two postings that differ in any column have different canonical bytes. Once postings exist, the layout of
//! `canonical_bytes` under one version never changes; a new column means a new version.

use crate::{AccountId, Minutes, PartnershipId, PersonId, PostingId, Refusal};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Opens the bytes of every posting, so that they can be mistaken for nothing else.
const VERSION: &[u8] = b"wijkpot posting 1";

/// The hash before the first posting.
pub const GENESIS: [u8; 32] = [0; 32];

/// A posting as its columns hold it. Words stay text, so that a chain can be proven over any content, legal or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostingContent {
    /// Its place in the partnership's chain, from 1.
    pub seq: i64,
    /// Its row.
    pub id: PostingId,
    /// Whose ledger.
    pub partnership: PartnershipId,
    /// Where the minutes left.
    pub from: AccountId,
    /// Where they arrived.
    pub to: AccountId,
    /// How many.
    pub minutes: Minutes,
    /// `PostingKind::code`.
    pub kind: String,
    /// Why, in somebody's own words.
    pub reason: String,
    /// Who; nobody when the house itself did it.
    pub posted_by: Option<PersonId>,
    /// When, in microseconds since 1970 (UTC): the precision both databases keep.
    pub posted_at: i64,
    /// `AboutKind::code`, or empty.
    pub about_kind: String,
    /// What it is about.
    pub about_id: Option<Uuid>,
    /// The posting this puts right.
    pub reversal_of: Option<PostingId>,
    /// The key under which it is posted at most once.
    pub idempotency_key: String,
}

impl PostingContent {
    /// The bytes that are hashed: every column in the order of this struct, each preceded by its length, and what may be absent
    /// by a 0 or 1.
    #[must_use]
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(320 + self.reason.len() + self.idempotency_key.len());
        put(&mut bytes, VERSION);
        put(&mut bytes, &self.seq.to_be_bytes());
        put(&mut bytes, self.id.0.as_bytes());
        put(&mut bytes, self.partnership.0.as_bytes());
        put(&mut bytes, self.from.0.as_bytes());
        put(&mut bytes, self.to.0.as_bytes());
        put(&mut bytes, &self.minutes.0.to_be_bytes());
        put(&mut bytes, self.kind.as_bytes());
        put(&mut bytes, self.reason.as_bytes());
        put_optional(&mut bytes, self.posted_by.map(|id| id.0));
        put(&mut bytes, &self.posted_at.to_be_bytes());
        put(&mut bytes, self.about_kind.as_bytes());
        put_optional(&mut bytes, self.about_id);
        put_optional(&mut bytes, self.reversal_of.map(|id| id.0));
        put(&mut bytes, self.idempotency_key.as_bytes());
        bytes
    }

    /// The hash of this posting after the one with this hash.
    #[must_use]
    pub fn hash_after(&self, previous: &[u8; 32]) -> [u8; 32] {
        chain(previous, &self.canonical_bytes())
    }
}

fn put(bytes: &mut Vec<u8>, field: &[u8]) {
    bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
    bytes.extend_from_slice(field);
}

fn put_optional(bytes: &mut Vec<u8>, field: Option<Uuid>) {
    bytes.push(u8::from(field.is_some()));
    if let Some(id) = field {
        put(bytes, id.as_bytes());
    }
}

/// SHA-256 over the previous hash and these bytes.
#[must_use]
pub fn chain(previous: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(previous).chain_update(bytes).finalize().into()
}

/// A hash as its column holds it: 64 lower-case hexadecimal digits.
#[must_use]
pub fn to_hex(hash: &[u8; 32]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    hash.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(DIGITS[usize::from(half)])).collect()
}

/// The hash of a column; none unless written exactly as `to_hex` writes it.
#[must_use]
pub fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    if text.len() != 64 {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(hash)
}

/// Whether posting `b` is `a` sent again. Its place, row and time are given when it is written, so they do not count. Neither
/// does who sent it: closing a month is done by the clock or by whoever presses first, and must post once. A key therefore
/// names what is done (`expiry:<account>`, or the form's own random key), never merely who does it.
#[must_use]
pub fn same_content(a: &PostingContent, b: &PostingContent) -> bool {
    a.partnership == b.partnership
        && a.from == b.from
        && a.to == b.to
        && a.minutes == b.minutes
        && a.kind == b.kind
        && a.reason == b.reason
        && a.about_kind == b.about_kind
        && a.about_id == b.about_id
        && a.reversal_of == b.reversal_of
        && a.idempotency_key == b.idempotency_key
}

/// For a key that was used before: nothing to do when the content is the same.
///
/// # Errors
/// `idempotency_conflict` when it is not.
pub fn check_repeat(posted: &PostingContent, again: &PostingContent) -> Result<(), Refusal> {
    if same_content(posted, again) { Ok(()) } else { Err(idempotency_conflict()) }
}

/// The same key came with other content.
#[must_use]
pub fn idempotency_conflict() -> Refusal {
    Refusal::new(
        "idempotency_conflict",
        "Dit formulier is al verstuurd, met andere gegevens",
        "De eerste keer geldt. Er is nu niets geboekt. Open de pagina opnieuw en kijk wat er staat.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn posting() -> PostingContent {
        PostingContent {
            seq: 1,
            id: PostingId(Uuid::from_u128(1)),
            partnership: PartnershipId(Uuid::from_u128(2)),
            from: AccountId(Uuid::from_u128(3)),
            to: AccountId(Uuid::from_u128(4)),
            minutes: Minutes(135),
            kind: "donation".to_owned(),
            reason: "Voor de buren".to_owned(),
            posted_by: Some(PersonId(Uuid::from_u128(5))),
            posted_at: 1_795_600_000_000_000,
            about_kind: "donation".to_owned(),
            about_id: Some(Uuid::from_u128(6)),
            reversal_of: None,
            idempotency_key: "form:1".to_owned(),
        }
    }

    #[test]
    fn the_hash_of_a_posting_never_changes_with_the_program() {
        assert_eq!(to_hex(&posting().hash_after(&GENESIS)), "72174d06b32fba10fd1435ed6e3e9c512e84a229fe54ce000625367d9906f49f");
    }

    #[test]
    fn a_change_in_any_column_changes_the_bytes() {
        let other = Uuid::from_u128(99);
        let changes: [fn(&mut PostingContent, Uuid); 14] = [
            |posting, _| posting.seq = 2,
            |posting, other| posting.id = PostingId(other),
            |posting, other| posting.partnership = PartnershipId(other),
            |posting, other| posting.from = AccountId(other),
            |posting, other| posting.to = AccountId(other),
            |posting, _| posting.minutes = Minutes(150),
            |posting, _| posting.kind.push('s'),
            |posting, _| posting.reason.clear(),
            |posting, _| posting.posted_by = None,
            |posting, _| posting.posted_at += 1,
            |posting, _| posting.about_kind.clear(),
            |posting, _| posting.about_id = None,
            |posting, other| posting.reversal_of = Some(PostingId(other)),
            |posting, _| posting.idempotency_key.push('0'),
        ];
        for (place, change) in changes.iter().enumerate() {
            let mut changed = posting();
            change(&mut changed, other);
            assert_ne!(changed.canonical_bytes(), posting().canonical_bytes(), "column {place}");
        }
    }

    #[test]
    fn an_id_does_not_slip_from_one_column_into_the_next() {
        let about = PostingContent { reversal_of: None, ..posting() };
        let reversal = PostingContent { about_id: None, reversal_of: about.about_id.map(PostingId), ..posting() };
        assert_ne!(about.canonical_bytes(), reversal.canonical_bytes());
    }

    #[test]
    fn the_same_key_with_the_same_content_is_the_same_posting_whoever_and_whenever() {
        let again = PostingContent { seq: 9, id: PostingId(Uuid::from_u128(77)), posted_by: None, posted_at: 0, ..posting() };
        assert_eq!(check_repeat(&posting(), &again), Ok(()));
        for other in [
            PostingContent { minutes: Minutes(15), ..again.clone() },
            PostingContent { to: AccountId(Uuid::from_u128(8)), ..again.clone() },
            PostingContent { reason: "Anders".to_owned(), ..again.clone() },
            PostingContent { about_id: None, ..again.clone() },
        ] {
            assert!(check_repeat(&posting(), &other).is_err_and(|refusal| refusal.code == "idempotency_conflict"));
        }
    }

    #[test]
    fn a_hash_is_read_back_only_as_it_was_written() {
        let written = to_hex(&posting().hash_after(&GENESIS));
        assert!(from_hex(&written).is_some_and(|hash| to_hex(&hash) == written));
        assert_eq!(from_hex(&written.to_uppercase()), None);
        assert_eq!(from_hex(&written[1..]), None);
        assert_eq!(from_hex(&"é".repeat(32)), None);
    }

    proptest! {
        #[test]
        fn text_does_not_slip_from_one_column_into_the_next(kind in ".{0,6}", reason in ".{0,6}", cut in 0_usize..12) {
            let joined: Vec<char> = kind.chars().chain(reason.chars()).collect();
            let cut = cut.min(joined.len());
            let a = PostingContent { kind: kind.clone(), reason, ..posting() };
            let b = PostingContent { kind: joined[..cut].iter().collect(), reason: joined[cut..].iter().collect(), ..posting() };
            prop_assert_eq!(a == b, a.canonical_bytes() == b.canonical_bytes());
        }
    }
}
