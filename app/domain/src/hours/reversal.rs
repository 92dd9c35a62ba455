//! Putting a posting right by hand, and undoing a division: which kinds, and what stands in the way (domain.md §3).
//!
//! Always true here: what another page keeps books of is put right there; a month that perished stays perished (000 §spelregels).

use super::{AboutKind, AccountKey, HolderKind, PostingKind, Transfer};
use crate::{Minutes, Refusal};
use chrono::NaiveDate;

/// Whether somebody may put a posting of this kind right by hand.
///
/// # Errors
/// `moves_with_its_booking`, `moves_with_the_allotment`, `given_again`, `month_perished` or `already_a_reversal`, each with the way that is
/// right.
pub fn check_by_hand(kind: PostingKind) -> Result<(), Refusal> {
    match kind {
        PostingKind::Hold | PostingKind::Return | PostingKind::Use => Err(moves_with_its_booking()),
        PostingKind::ContractReserve | PostingKind::Allotment | PostingKind::Reduction => Err(Refusal::new(
            "moves_with_the_allotment",
            "Dit hoort bij de toedeling",
            "Er is niets veranderd. Verander de toedeling van het jaar. Wijkpot boekt dan het verschil.",
        )),
        PostingKind::TakeBack => Err(Refusal::new(
            "given_again",
            "Deze uren geef je opnieuw",
            "Er is niets veranderd. Een donatie kan opnieuw, en een opname kun je opnieuw vragen.",
        )),
        PostingKind::Expiry => Err(Refusal::new(
            "month_perished",
            "Vervallen uren komen niet terug",
            "Er is niets veranderd. Een andere maand spreek je af voordat de maand voorbij is.",
        )),
        PostingKind::Reversal => Err(Refusal::new(
            "already_a_reversal",
            "Dit is al een correctie",
            "Er is niets veranderd. Boek de uren opnieuw als ze toch kloppen.",
        )),
        PostingKind::Division | PostingKind::Donation | PostingKind::Draw | PostingKind::ReserveRelease | PostingKind::DeviatingMove => {
            Ok(())
        }
    }
}

/// Whether these mirrors of a division may be posted: none gives hours to a board or school in a month that is over, where nobody could use
/// them and they would perish a second time.
///
/// # Errors
/// `undo_too_late`, with the first such month and the way that is right.
pub fn check_undo<'a>(what: AboutKind, mirrors: impl IntoIterator<Item = &'a Transfer>, today: NaiveDate) -> Result<(), Refusal> {
    let receives = |mirror: &&Transfer| mirror.to.holder.kind != HolderKind::Contract;
    let months = mirrors.into_iter().filter(receives).filter_map(|mirror| mirror.to.bucket.month);
    let Some(month) = months.filter(|month| month.has_ended(today)).min() else { return Ok(()) };
    let instead = if what == AboutKind::Division { "Verdeel opnieuw" } else { "Boek een nieuwe hertelling" };
    let heading = format!("Terugdraaien zou uren in {} zetten, en die maand is voorbij", month.name());
    let advice = format!("Er is niets veranderd. {instead}: dan verandert er alleen iets in maanden die nog lopen.");
    Err(Refusal::new("undo_too_late", heading, advice))
}

/// The refusal for what a booking holds.
pub(super) fn moves_with_its_booking() -> Refusal {
    let advice = "Er is niets veranderd. Zeg de afspraak af of leg vast wat echt gewerkt is. Dan gaan de uren terug.";
    Refusal::new("moves_with_its_booking", "Dit hoort bij een afspraak", advice)
}

/// The refusal for a posting that was put right before.
#[must_use]
pub fn already_reversed(number: &str) -> Refusal {
    let advice = format!("Boeking {number} draaide haar terug. Er is niets veranderd.");
    Refusal::new("already_reversed", "Deze boeking is al rechtgezet", advice)
}

/// The refusal for hours that went on from the account they would have to come back from.
#[must_use]
pub fn hours_went_on(account: &AccountKey, there: Minutes, wanted: Minutes) -> Refusal {
    let when = account.bucket.month.map_or_else(|| account.bucket.school_year.to_string(), |month| month.name().to_owned());
    let subject = account.holder.kind.subject();
    let advice =
        format!("{subject} heeft in {when} nog {there}. Terug moet {wanted}. Er is niets veranderd. Zet eerst recht wat daarna kwam.");
    Refusal::new("hours_went_on", "Deze uren zijn al verder", advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::{Bucket, Holder, Month};
    use crate::{BoardId, SchoolId, SupplierId};
    use uuid::Uuid;

    #[test]
    fn each_kind_is_put_right_where_its_books_are_kept() {
        let refused = |kind| check_by_hand(kind).err().map(|refusal| refusal.code.into_owned());
        for kind in PostingKind::ALL {
            let wanted = match kind {
                PostingKind::Hold | PostingKind::Return | PostingKind::Use => Some("moves_with_its_booking"),
                PostingKind::ContractReserve | PostingKind::Allotment | PostingKind::Reduction => Some("moves_with_the_allotment"),
                PostingKind::Expiry => Some("month_perished"),
                PostingKind::TakeBack => Some("given_again"),
                PostingKind::Reversal => Some("already_a_reversal"),
                _ => None,
            };
            assert_eq!(refused(*kind).as_deref(), wanted, "{kind:?}");
            assert_eq!(kind.is_of_booking(), wanted == Some("moves_with_its_booking"));
        }
    }

    #[test]
    fn a_division_is_undone_while_what_comes_back_can_still_be_used() {
        let bucket = |month| Bucket::of_month(SupplierId(Uuid::from_u128(2)), Month::new(2026, month).expect("a month"));
        let (board, contract) = (Holder::board(BoardId(Uuid::from_u128(1))), Holder::contract(SupplierId(Uuid::from_u128(2))));
        let mirror = |month, from, to| {
            Transfer::new(PostingKind::Reversal, AccountKey::new(bucket(month), from), AccountKey::new(bucket(month), to), Minutes(60))
        };
        let today = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day");
        assert_eq!(check_undo(AboutKind::Allotment, &[mirror(11, board, contract), mirror(12, contract, board)], today), Ok(()));
        let late = [mirror(12, contract, board), mirror(11, contract, board)];
        assert_eq!(check_undo(AboutKind::Allotment, &late, today - chrono::Days::new(1)), Ok(()));
        let refusal = check_undo(AboutKind::Allotment, &late, today).expect_err("November is over");
        assert_eq!((refusal.code.as_ref(), refusal.heading.contains("in november")), ("undo_too_late", true));
        assert!(refusal.advice.contains("nieuwe hertelling"), "{}", refusal.advice);
        assert!(check_undo(AboutKind::Division, &late, today).is_err_and(|refusal| refusal.advice.contains("Verdeel opnieuw")));
    }

    #[test]
    fn hours_that_went_on_are_told_with_what_is_left() {
        let month = Month::new(2026, 11).expect("November exists");
        let school = Holder::school(SchoolId(Uuid::from_u128(1)));
        let account = AccountKey::new(Bucket::of_month(SupplierId(Uuid::from_u128(2)), month), school);
        let advice = hours_went_on(&account, Minutes(30), Minutes(120)).advice.replace('\u{a0}', " ");
        assert!(advice.starts_with("De school heeft in november nog 30 min. Terug moet 2 u."), "{advice}");
    }
}
