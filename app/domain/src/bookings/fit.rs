//! Whether a specialist can come to this school for this expertise at all, apart from the moment. What a form can not choose around.
//!
//! Always true here: a refusal says that nothing was set aside and where to look next.

use crate::{
    availability::Place,
    experts::{Proof, ProofState, check_proof},
    ids::{ExpertiseId, WijkId},
    people::first_name,
    refusal::Refusal,
};
use chrono::NaiveDate;

/// Where a specialist works, in words too.
#[derive(Clone, Copy, Debug)]
pub struct Reach<'a> {
    /// Full name.
    pub specialist: &'a str,
    /// Whether the specialist still takes bookings.
    pub is_active: bool,
    /// The wijken; none means everywhere in the partnership.
    pub wijken: &'a [WijkId],
}

impl Reach<'_> {
    /// Whether the specialist comes to a school in this wijk.
    ///
    /// # Errors
    /// `specialist_stopped`, or `not_this_school` when the wijk is not among the specialist's.
    pub fn check(&self, place: &Place, wijk: &str) -> Result<(), Refusal> {
        let who = first_name(self.specialist);
        if !self.is_active {
            let advice = "Er is niets vastgezet. Zoek een andere expert.";
            return Err(Refusal::new("specialist_stopped", format!("{who} neemt geen afspraken meer aan"), advice));
        }
        if self.wijken.is_empty() || place.wijk.is_some_and(|wijk| self.wijken.contains(&wijk)) {
            return Ok(());
        }
        let advice = "Er is niets vastgezet. Zoek een expert die wel in jouw wijk werkt, of vraag het je samenwerkingsverband.";
        Err(Refusal::new("not_this_school", format!("{who} werkt niet in {wijk}"), advice))
    }
}

/// One expertise of a specialist with its proof.
#[derive(Clone, Debug)]
pub struct Proven {
    /// Which.
    pub expertise: ExpertiseId,
    /// `Hoogbegaafdheid`.
    pub name: String,
    /// What shows it, and until when.
    pub proof: Proof,
}

/// Whether the proof still counts on the day of the visit: that of the expertise that was chosen, or any when none was.
///
/// # Errors
/// `proof_lapsed` when it does not; `expertise_not_offered` when the specialist has not got the chosen one, or none at all.
pub fn check_proven(specialist: &str, proven: &[Proven], chosen: Option<ExpertiseId>, on: NaiveDate) -> Result<(), Refusal> {
    let mut refusal = None;
    for one in proven.iter().filter(|one| chosen.is_none_or(|chosen| chosen == one.expertise)) {
        match check_proof(&one.proof, specialist, &one.name, on) {
            Ok(()) => return Ok(()),
            Err(lapsed) => refusal = refusal.or(Some(lapsed)),
        }
    }
    Err(refusal.unwrap_or_else(|| {
        let heading = format!("{} helpt niet met deze vraag", first_name(specialist));
        Refusal::new("expertise_not_offered", heading, "Er is niets vastgezet. Zoek een expert met deze expertise.").at("expertise")
    }))
}

/// The expertises whose proof counts on a day: what one can choose from.
pub fn subjects(proven: &[Proven], on: NaiveDate) -> impl Iterator<Item = &Proven> {
    proven.iter().filter(move |one| one.proof.state(on) != ProofState::Lapsed)
}

/// Whether it is clear what the visit is about: who has several expertises that count on the day is asked for one of them.
///
/// # Errors
/// `subject_missing`.
pub fn check_subject(specialist: &str, proven: &[Proven], chosen: Option<ExpertiseId>, on: NaiveDate) -> Result<(), Refusal> {
    if chosen.is_some() || subjects(proven, on).nth(1).is_none() {
        return Ok(());
    }
    let heading = format!("Er staat nog niet waarmee {} kan helpen", first_name(specialist));
    Err(Refusal::new("subject_missing", heading, "Kies een expertise. Er is niets vastgezet.").at("vak"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SchoolId;
    use uuid::Uuid;

    fn place(wijk: u128) -> Place {
        Place { school: SchoolId(Uuid::from_u128(1)), wijk: Some(WijkId(Uuid::from_u128(wijk))), district: None }
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 19).expect("a day")
    }

    fn proven(expertise: u128, days: i64) -> Proven {
        let until = day() + chrono::TimeDelta::days(days);
        let proof = Proof { name: "Post-hbo".to_owned(), until: Some(until) };
        Proven { expertise: ExpertiseId(Uuid::from_u128(expertise)), name: "Gedrag".to_owned(), proof }
    }

    #[test]
    fn a_specialist_without_wijken_comes_everywhere_and_one_with_wijken_only_there() {
        let wijken = [WijkId(Uuid::from_u128(7))];
        let reach = |wijken| Reach { specialist: "Ruben Terpstra", is_active: true, wijken };
        assert_eq!(reach(&[]).check(&place(8), "Molenbuurt"), Ok(()));
        assert_eq!(reach(&wijken).check(&place(7), "Molenbuurt"), Ok(()));
        let refusal = reach(&wijken).check(&place(8), "Molenbuurt").expect_err("another wijk");
        assert_eq!((refusal.code.as_ref(), refusal.heading.as_ref()), ("not_this_school", "Ruben werkt niet in Molenbuurt"));
        let stopped = Reach { is_active: false, ..reach(&[]) }.check(&place(8), "Molenbuurt").expect_err("stopped");
        assert_eq!(stopped.code, "specialist_stopped");
    }

    #[test]
    fn one_proof_that_counts_is_enough_unless_another_expertise_was_chosen() {
        let (lapsed, valid) = (proven(1, -1), proven(2, 0));
        let check = |proven: &[Proven], chosen: Option<u128>| {
            check_proven("Ruben Terpstra", proven, chosen.map(|id| ExpertiseId(Uuid::from_u128(id))), day()).map_err(|refusal| refusal.code)
        };
        let both = [lapsed.clone(), valid];
        assert_eq!(check(&both, None), Ok(()));
        assert_eq!(check(&both, Some(2)), Ok(()));
        assert_eq!(check(&both, Some(1)), Err("proof_lapsed".into()));
        assert_eq!(check(&both, Some(3)), Err("expertise_not_offered".into()));
        assert_eq!(check(&[lapsed], None), Err("proof_lapsed".into()));
        assert_eq!(check(&[], None), Err("expertise_not_offered".into()));
    }

    #[test]
    fn of_several_expertises_that_count_one_is_chosen() {
        let (lapsed, valid, other) = (proven(1, -1), proven(2, 0), proven(3, 30));
        let check = |proven: &[Proven], chosen: Option<u128>| {
            check_subject("Ruben Terpstra", proven, chosen.map(|id| ExpertiseId(Uuid::from_u128(id))), day())
                .map_err(|refusal| refusal.code)
        };
        assert_eq!(check(&[lapsed.clone(), valid.clone()], None), Ok(()), "there is one");
        let all = [lapsed, valid, other];
        assert_eq!(check(&all, None), Err("subject_missing".into()));
        assert_eq!(check(&all, Some(3)), Ok(()));
        assert_eq!(subjects(&all, day()).map(|one| one.expertise.0.as_u128()).collect::<Vec<_>>(), [2, 3], "what the page offers");
    }
}
