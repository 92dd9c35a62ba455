//! A deviating agreement: hours of one supplier that are used in another month than the rule says (000, "afwijkende afspraken").
//!
//! Always true here: nothing moves before supplier and board both said yes, neither answers for the other, and two people said it.

use super::{
    AboutKind, AccountKey, Bucket, Holder, Month, PostingKind, Transfer, kinds::words, ledger::check_minutes, lines::check_month_runs,
    read_reason,
};
use crate::{BoardId, DeviationId, Minutes, PersonId, Refusal, SchoolId, SupplierId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Agreements of one board and supplier that wait for an answer: two a month of the school year, more than anybody answers one by one. Who
/// moves more hours than that divides again.
pub const DEVIATIONS_WAITING_MAX: usize = 24;

words! {
    /// Who has to agree.
    Party:
    /// The supplier, by its planner.
    Supplier = "supplier", "de leverancier";
    /// The board, by its contact.
    Board = "board", "het bestuur";
}

words! {
    /// How far an agreement is.
    DeviationState:
    /// One party asked, the other did not answer yet.
    Asked = "asked", "Wacht op antwoord";
    /// Both parties said yes; the hours are in their new month.
    Agreed = "agreed", "Afgesproken";
    /// The other party said no.
    Refused = "refused", "Afgewezen";
    /// The party that asked took it back.
    Withdrawn = "withdrawn", "Ingetrokken";
}

/// Hours that are to move to another month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// Its row.
    pub id: DeviationId,
    /// Whose hours.
    pub supplier: SupplierId,
    /// The board that agrees.
    pub board: BoardId,
    /// The school whose hours they are; none for hours the board holds itself.
    pub school: Option<SchoolId>,
    /// The month they leave.
    pub from: Month,
    /// The month they are used in.
    pub to: Month,
    /// How many.
    pub minutes: Minutes,
    /// Why.
    pub reason: String,
    /// Which party asked.
    pub party: Party,
    /// Who asked for it.
    pub asked_by: PersonId,
    /// How far it is.
    pub state: DeviationState,
}

impl Party {
    /// The party that answers what this party asked.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Supplier => Self::Board,
            Self::Board => Self::Supplier,
        }
    }
}

impl Deviation {
    /// The agreement as it is asked, when it can be: two different months of one school year that both still run, quarters, and a reason,
    /// while not too many of this board and supplier wait.
    ///
    /// # Errors
    /// `deviation_same_month`, `deviation_other_year`, `month_ended`, `reason_missing`, `reason_too_long`, `too_many_wait`, or what is wrong
    /// with the minutes.
    pub fn ask(self, waiting: usize, today: NaiveDate) -> Result<Self, Refusal> {
        if self.from == self.to {
            let advice = "Kies een andere maand om de uren naartoe te verplaatsen.";
            return Err(Refusal::new("deviation_same_month", "Dit is dezelfde maand", advice).at("naar"));
        }
        if self.from.school_year() != self.to.school_year() {
            let advice = "Uren blijven in hun schooljaar. Kies een maand van hetzelfde schooljaar, augustus tot en met juli.";
            return Err(Refusal::new("deviation_other_year", "Deze maanden liggen in twee schooljaren", advice).at("naar"));
        }
        check_month_runs(self.from, today).map_err(|refusal| refusal.at("van"))?;
        check_month_runs(self.to, today).map_err(|refusal| refusal.at("naar"))?;
        check_minutes(self.minutes).map_err(|refusal| refusal.at("uren"))?;
        let reason = read_reason(&self.reason)?;
        if waiting >= DEVIATIONS_WAITING_MAX {
            let advice = format!("Er wachten er al {waiting}. Trek er een in of wacht op antwoord. Er is niets gevraagd.");
            return Err(Refusal::new("too_many_wait", "Er wachten al genoeg afspraken met deze leverancier", advice));
        }
        Ok(Self { reason, state: DeviationState::Asked, ..self })
    }

    /// The other party says yes: the hours move.
    ///
    /// # Errors
    /// `deviation_closed`, `deviation_not_yours` for the party that asked, `deviation_same_person` for whoever asked, also when they belong to
    /// both, and `month_ended` when it took too long.
    pub fn agree(&self, party: Party, by: PersonId, today: NaiveDate) -> Result<(Self, Transfer), Refusal> {
        self.is_answered(party, by)?;
        check_month_runs(self.from, today)?;
        check_month_runs(self.to, today)?;
        let holder = self.holder();
        let key = |month| AccountKey::new(Bucket::of_month(self.supplier, month), holder);
        let transfer = Transfer::new(PostingKind::DeviatingMove, key(self.from), key(self.to), self.minutes)
            .about(AboutKind::Deviation, self.id.0)
            .because(self.reason.clone());
        Ok((Self { state: DeviationState::Agreed, ..self.clone() }, transfer))
    }

    /// The other party says no, with a reason.
    ///
    /// # Errors
    /// `deviation_closed`, `deviation_not_yours`, `deviation_same_person`, `reason_missing` or `reason_too_long`.
    pub fn refuse(&self, party: Party, by: PersonId, because: &str) -> Result<(Self, String), Refusal> {
        self.is_answered(party, by)?;
        Ok((Self { state: DeviationState::Refused, ..self.clone() }, read_reason(because)?))
    }

    /// The party that asked takes it back.
    ///
    /// # Errors
    /// `deviation_closed` or `deviation_not_yours`.
    pub fn withdraw(&self, party: Party) -> Result<Self, Refusal> {
        self.is_for(party.other())?;
        Ok(Self { state: DeviationState::Withdrawn, ..self.clone() })
    }

    /// Whose account the hours are in.
    #[must_use]
    pub fn holder(&self) -> Holder {
        self.school.map_or_else(|| Holder::board(self.board), Holder::school)
    }

    /// Whether it waits on this person of this party.
    fn is_answered(&self, party: Party, by: PersonId) -> Result<(), Refusal> {
        self.is_for(party)?;
        if by == self.asked_by {
            let advice = format!("Er is niets veranderd. Laat iemand anders antwoorden voor {}, of trek je vraag in.", party.dutch());
            return Err(Refusal::new("deviation_same_person", "Je vroeg dit zelf", advice));
        }
        Ok(())
    }

    fn is_for(&self, party: Party) -> Result<(), Refusal> {
        if self.state != DeviationState::Asked {
            let heading = format!("Deze afspraak is al beantwoord: {}", self.state.dutch().to_lowercase());
            return Err(Refusal::new("deviation_closed", heading, "Er is niets veranderd. Vraag een nieuwe afspraak als het anders moet."));
        }
        if party == self.party {
            let heading = format!("Nu is {} aan zet", party.other().dutch());
            return Err(Refusal::new("deviation_not_yours", heading, "Er is niets veranderd. Wie vraagt, antwoordt niet zelf."));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ASKER: PersonId = PersonId(Uuid::from_u128(4));
    const OTHER: PersonId = PersonId(Uuid::from_u128(5));

    fn month(year: i32, month: u32) -> Month {
        Month::new(year, month).expect("the month exists")
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 17).expect("the day exists")
    }

    fn deviation() -> Deviation {
        Deviation {
            id: DeviationId(Uuid::from_u128(1)),
            supplier: SupplierId(Uuid::from_u128(2)),
            board: BoardId(Uuid::from_u128(3)),
            school: None,
            from: month(2026, 12),
            to: month(2027, 3),
            minutes: Minutes::hours(6),
            reason: "  De cursus   is in maart ".to_owned(),
            party: Party::Board,
            asked_by: ASKER,
            state: DeviationState::Asked,
        }
    }

    fn code<T>(result: Result<T, Refusal>) -> String {
        result.err().map(|refusal| refusal.code.into_owned()).unwrap_or_default()
    }

    #[test]
    fn what_can_not_be_asked_is_refused_at_its_field() {
        let field =
            |deviation: Deviation| deviation.ask(0, today()).err().and_then(|refusal| refusal.field).map(std::borrow::Cow::into_owned);
        assert_eq!(deviation().ask(0, today()).map(|asked| asked.reason), Ok("De cursus is in maart".to_owned()));
        assert_eq!(field(Deviation { to: month(2026, 12), ..deviation() }).as_deref(), Some("naar"));
        assert_eq!(field(Deviation { to: month(2027, 8), ..deviation() }).as_deref(), Some("naar"));
        assert_eq!(field(Deviation { from: month(2026, 10), ..deviation() }).as_deref(), Some("van"));
        assert_eq!(field(Deviation { minutes: Minutes(20), ..deviation() }).as_deref(), Some("uren"));
        assert_eq!(field(Deviation { minutes: Minutes(-15), ..deviation() }).as_deref(), Some("uren"));
        assert_eq!(field(Deviation { reason: " \n".to_owned(), ..deviation() }).as_deref(), Some("reden"));
        assert_eq!(field(Deviation { reason: "a".repeat(501), ..deviation() }).as_deref(), Some("reden"));
        assert!(deviation().ask(DEVIATIONS_WAITING_MAX - 1, today()).is_ok());
        assert_eq!(code(deviation().ask(DEVIATIONS_WAITING_MAX, today())), "too_many_wait");
    }

    #[test]
    fn it_takes_effect_when_the_other_party_says_yes_and_not_before() {
        let asked = deviation().ask(0, today()).expect("it can be asked");
        assert_eq!(code(asked.agree(Party::Board, OTHER, today())), "deviation_not_yours");
        assert_eq!(code(asked.agree(Party::Supplier, ASKER, today())), "deviation_same_person");
        let (agreed, transfer) = asked.agree(Party::Supplier, OTHER, today()).expect("the supplier agrees");
        assert_eq!(transfer.check(), Ok(()));
        assert_eq!((transfer.from.bucket.month, transfer.to.bucket.month), (Some(asked.from), Some(asked.to)));
        assert_eq!((transfer.from.holder, agreed.state), (Holder::board(asked.board), DeviationState::Agreed));
        let late = NaiveDate::from_ymd_opt(2027, 1, 1).expect("the day exists");
        assert_eq!(code(asked.agree(Party::Supplier, OTHER, late)), "month_ended");
    }

    #[test]
    fn the_other_party_refuses_with_a_reason_and_the_asking_party_withdraws() {
        let asked = deviation();
        assert_eq!(code(asked.refuse(Party::Supplier, OTHER, " ")), "reason_missing");
        assert_eq!(code(asked.refuse(Party::Board, OTHER, "Toch niet")), "deviation_not_yours");
        assert_eq!(code(asked.refuse(Party::Supplier, ASKER, "Toch niet")), "deviation_same_person");
        let (refused, because) = asked.refuse(Party::Supplier, OTHER, "In maart zijn we vol").expect("the supplier may refuse");
        assert_eq!((refused.state, because.as_str()), (DeviationState::Refused, "In maart zijn we vol"));
        assert_eq!(code(asked.withdraw(Party::Supplier)), "deviation_not_yours");
        assert_eq!(asked.withdraw(Party::Board).map(|withdrawn| withdrawn.state), Ok(DeviationState::Withdrawn));
        assert_eq!(code(refused.agree(Party::Supplier, OTHER, today())), "deviation_closed");
        assert_eq!(code(refused.withdraw(Party::Board)), "deviation_closed");
    }

    #[test]
    fn a_schools_hours_move_in_its_own_account() {
        let school = SchoolId(Uuid::from_u128(9));
        let (_, transfer) =
            Deviation { school: Some(school), ..deviation() }.agree(Party::Supplier, OTHER, today()).expect("the supplier agrees");
        assert_eq!((transfer.from.holder, transfer.check()), (Holder::school(school), Ok(())));
    }
}
