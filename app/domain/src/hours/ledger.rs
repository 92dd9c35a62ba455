//! Accounts and the movements between them: which are legal, and what a transfer must carry (domain.md §3).
//!
//! Always true here: a transfer that passes `check` keeps hours in their bucket, unless its kind exists to move them out of it.

use super::{AboutKind, HolderKind, Month, PostingKind, SchoolYear, reversal::moves_with_its_booking};
use crate::{BoardId, BookingId, Minutes, PostingId, Refusal, SchoolId, SupplierId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most one posting moves: 100,000 hours, twice the year of the largest partnership, so that a slip in a file shows.
pub const POSTING_MINUTES_MAX: Minutes = Minutes::hours(100_000);

/// The longest reason: a paragraph, and what the `reason` column holds.
pub const REASON_CHARACTERS_MAX: usize = 500;

/// Hours that can be used for each other: one supplier in one month, or its contract and reserve over the school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Bucket {
    /// Whose specialists the hours buy.
    pub supplier: SupplierId,
    /// The school year of the contract.
    pub school_year: SchoolYear,
    /// The month the hours perish with; none for the accounts of the year.
    pub month: Option<Month>,
}

impl Bucket {
    /// A supplier's hours of one month.
    #[must_use]
    pub const fn of_month(supplier: SupplierId, month: Month) -> Self {
        Self { supplier, school_year: month.school_year(), month: Some(month) }
    }

    /// A supplier's contract and reserve of one school year.
    #[must_use]
    pub const fn of_year(supplier: SupplierId, school_year: SchoolYear) -> Self {
        Self { supplier, school_year, month: None }
    }

    /// The bucket as its columns hold it; none when they contradict each other.
    #[must_use]
    pub fn from_columns(supplier: SupplierId, school_year: i64, month: &str) -> Option<Self> {
        let month = if month.is_empty() { None } else { Some(month.parse().ok()?) };
        let bucket = Self { supplier, school_year: SchoolYear(i32::try_from(school_year).ok()?), month };
        bucket.is_consistent().then_some(bucket)
    }

    /// The `month` column: `2026-11`, or empty for the accounts of the year.
    #[must_use]
    pub fn month_column(&self) -> String {
        self.month.map(|month| month.to_string()).unwrap_or_default()
    }

    /// The bucket of the same supplier and school year that holds contract and reserve.
    #[must_use]
    pub const fn year(&self) -> Self {
        Self { month: None, ..*self }
    }

    fn is_consistent(&self) -> bool {
        self.month.is_none_or(|month| month.school_year() == self.school_year)
    }
}

/// Who holds an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Holder {
    /// What kind of holder.
    pub kind: HolderKind,
    /// Its row: a school, board, wijkpot or booking; the supplier for contract and reserve; whose hours they were otherwise.
    pub id: Uuid,
}

impl Holder {
    /// A supplier's contract.
    #[must_use]
    pub const fn contract(supplier: SupplierId) -> Self {
        Self { kind: HolderKind::Contract, id: supplier.0 }
    }

    /// The reserve of a supplier's contract.
    #[must_use]
    pub const fn reserve(supplier: SupplierId) -> Self {
        Self { kind: HolderKind::Reserve, id: supplier.0 }
    }

    /// A board.
    #[must_use]
    pub const fn board(board: BoardId) -> Self {
        Self { kind: HolderKind::Board, id: board.0 }
    }

    /// A school.
    #[must_use]
    pub const fn school(school: SchoolId) -> Self {
        Self { kind: HolderKind::School, id: school.0 }
    }

    /// A wijkpot, the city-wide one as well.
    #[must_use]
    pub const fn wijkpot(wijkpot: Uuid) -> Self {
        Self { kind: HolderKind::Wijkpot, id: wijkpot }
    }

    /// What is set aside for a booking.
    #[must_use]
    pub const fn booking(booking: BookingId) -> Self {
        Self { kind: HolderKind::Booking, id: booking.0 }
    }

    /// What was worked at a school.
    #[must_use]
    pub const fn used(school: SchoolId) -> Self {
        Self { kind: HolderKind::Used, id: school.0 }
    }

    /// What perished of this holder's hours.
    #[must_use]
    pub const fn expired(&self) -> Self {
        Self { kind: HolderKind::Expired, id: self.id }
    }
}

/// What tells one account from another within a partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountKey {
    /// Which hours.
    pub bucket: Bucket,
    /// Whose.
    pub holder: Holder,
}

impl AccountKey {
    /// A holder's account in a bucket.
    #[must_use]
    pub const fn new(bucket: Bucket, holder: Holder) -> Self {
        Self { bucket, holder }
    }

    /// Whether such an account can exist: reserves live in the year, boards, schools, pots and what perished in a month, and
    /// contract and reserve are named after their supplier. A booking paid from the reserve holds that part in the year.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        let has_month = self.bucket.month.is_some();
        self.bucket.is_consistent()
            && match self.holder.kind {
                HolderKind::Contract => self.holder.id == self.bucket.supplier.0,
                HolderKind::Reserve => !has_month && self.holder.id == self.bucket.supplier.0,
                HolderKind::Board | HolderKind::School | HolderKind::Wijkpot | HolderKind::Expired => has_month,
                HolderKind::Booking | HolderKind::Used => true,
            }
    }
}

/// Whether a posting of this kind may move minutes between these accounts. The one table of what is legal.
#[must_use]
pub fn allows(kind: PostingKind, from: &AccountKey, to: &AccountKey) -> bool {
    use HolderKind::{Board, Booking, Contract, Expired, Reserve, School, Used, Wijkpot};
    use PostingKind as Kind;
    if kind == Kind::Reversal {
        return PostingKind::ALL.iter().any(|kind| *kind != Kind::Reversal && allows(*kind, to, from));
    }
    if !from.is_possible() || !to.is_possible() {
        return false;
    }
    let same_bucket = from.bucket == to.bucket;
    let same_year = from.bucket.year() == to.bucket.year();
    match (kind, from.holder.kind, to.holder.kind) {
        (Kind::ContractReserve, Contract, Reserve)
        | (Kind::Allotment, Contract, Board)
        | (Kind::Division, Board, School)
        | (Kind::Reduction, Board | Reserve, Contract)
        | (Kind::Reduction, School, Board)
        | (Kind::Hold, School | Board | Wijkpot | Reserve, Booking)
        | (Kind::Return, Booking, School | Board | Wijkpot | Reserve | Expired)
        | (Kind::Use, Booking, Used)
        | (Kind::Donation, School | Board, Wijkpot)
        | (Kind::TakeBack, Wijkpot, School | Board)
        | (Kind::TakeBack, School, Wijkpot)
        | (Kind::Draw, Wijkpot, School) => same_bucket,
        (Kind::Expiry, School | Board | Wijkpot, Expired) => same_bucket && from.holder.id == to.holder.id,
        (Kind::ReserveRelease, Reserve, School) => same_year,
        (Kind::DeviatingMove, Board, Board) | (Kind::DeviatingMove, School, School) => {
            same_year && !same_bucket && from.holder == to.holder
        }
        _ => false,
    }
}

/// A movement of minutes that somebody wants posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Where the minutes leave.
    pub from: AccountKey,
    /// Where they arrive.
    pub to: AccountKey,
    /// How many; more than zero and on the grid.
    pub minutes: Minutes,
    /// Why they move.
    pub kind: PostingKind,
    /// Why, in somebody's own words; may be empty unless the kind asks for it.
    pub reason: String,
    /// What it is about.
    pub about: Option<(AboutKind, Uuid)>,
    /// The posting this puts right; for a reversal only.
    pub reversal_of: Option<PostingId>,
}

impl Transfer {
    /// A transfer without a reason, about nothing.
    #[must_use]
    pub const fn new(kind: PostingKind, from: AccountKey, to: AccountKey, minutes: Minutes) -> Self {
        Self { from, to, minutes, kind, reason: String::new(), about: None, reversal_of: None }
    }

    /// The same, about this.
    #[must_use]
    pub const fn about(mut self, kind: AboutKind, id: Uuid) -> Self {
        self.about = Some((kind, id));
        self
    }

    /// The same, for this reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }

    /// The mirror of this transfer, which was posted under this id.
    ///
    /// # Errors
    /// `already_a_reversal`: a reversal is not reversed; what was right after all is posted anew. `moves_with_its_booking`: what a
    /// booking holds is given back by the booking.
    pub fn reversed(&self, posting: PostingId, reason: impl Into<String>) -> Result<Self, Refusal> {
        if self.kind == PostingKind::Reversal {
            return Err(Refusal::new(
                "already_a_reversal",
                "Dit is al rechtgezet",
                "Er is niets veranderd. Boek de uren opnieuw als ze toch kloppen.",
            ));
        }
        if self.kind.is_of_booking() {
            return Err(moves_with_its_booking());
        }
        Ok(Self {
            from: self.to,
            to: self.from,
            minutes: self.minutes,
            kind: PostingKind::Reversal,
            reason: reason.into(),
            about: self.about,
            reversal_of: Some(posting),
        })
    }

    /// Whether this may be posted, apart from whether the hours are there (`Balances::apply`).
    ///
    /// # Errors
    /// `minutes_not_positive`, `minutes_off_grid`, `minutes_too_many`, `reason_missing`, `reason_too_long`, `reversal_unclear`
    /// or `posting_not_allowed`.
    pub fn check(&self) -> Result<(), Refusal> {
        check_minutes(self.minutes)?;
        let from_reserve = self.kind == PostingKind::Hold && self.from.holder.kind == HolderKind::Reserve;
        if (self.kind.needs_reason() || from_reserve) && self.reason.trim().is_empty() {
            return Err(
                Refusal::new("reason_missing", "De reden ontbreekt", "Schrijf in een zin waarom deze uren verplaatsen.").at("reden")
            );
        }
        let characters = self.reason.chars().count();
        if characters > REASON_CHARACTERS_MAX {
            let advice = format!("De reden telt {characters} tekens. Er is plaats voor {REASON_CHARACTERS_MAX}.");
            return Err(Refusal::new("reason_too_long", "De reden is te lang", advice).at("reden"));
        }
        if (self.kind == PostingKind::Reversal) != self.reversal_of.is_some() {
            return Err(Refusal::new(
                "reversal_unclear",
                "Het is niet duidelijk wat je rechtzet",
                "Er is niets geboekt. Kies de regel in het urenboek die niet klopt.",
            ));
        }
        if !allows(self.kind, &self.from, &self.to) {
            let advice = format!(
                "Er is niets geboekt. ‘{}’ van {} naar {} kan niet, of niet tussen deze maanden.",
                self.kind.dutch(),
                self.from.holder.kind.dutch(),
                self.to.holder.kind.dutch()
            );
            return Err(Refusal::new("posting_not_allowed", "Deze uren kunnen niet zo verplaatsen", advice));
        }
        Ok(())
    }
}

/// Whether so many minutes can be posted or paid at all.
pub(super) fn check_minutes(minutes: Minutes) -> Result<(), Refusal> {
    if minutes <= Minutes::ZERO {
        return Err(Refusal::new("minutes_not_positive", "Het aantal uren is nul of minder", "Kies minstens 15\u{a0}min."));
    }
    if !minutes.is_on_grid() {
        return Err(Refusal::new("minutes_off_grid", "Uren gaan per kwartier", "Kies een tijd in stappen van 15\u{a0}min."));
    }
    if minutes > POSTING_MINUTES_MAX {
        let advice = format!("Je vraagt {minutes}. In één keer kan {POSTING_MINUTES_MAX}. Kijk of het getal klopt.");
        return Err(Refusal::new("minutes_too_many", "Dit zijn te veel uren in één keer", advice));
    }
    Ok(())
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
