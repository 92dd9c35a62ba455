//! A wish: what a school asks before it is a booking. A checked wish can be stored; nothing else can become a booking.

use super::Level;
use crate::{
    availability::{Calendar, Place, check_duration, moment, must_be_free},
    ids::{ExpertiseId, SchoolId, SpecialistId},
    minutes::Minutes,
    refusal::Refusal,
    text::{clean, pupils::without_bsn},
};
use chrono::{DateTime, Utc};

/// 600 characters: a question one reads in a minute (domain.md §5).
pub const QUESTION_MAX: usize = 600;
/// 300 characters: a goal is one or two sentences.
pub const GOAL_MAX: usize = 300;

/// What a form sends, as it sends it; the names are the form's.
#[derive(Clone, Copy, Debug, Default)]
pub struct WishFields<'a> {
    /// `2026-11-19T09:00`.
    pub moment: &'a str,
    /// Minutes.
    pub duur: &'a str,
    /// A level's code.
    pub niveau: &'a str,
    /// The question.
    pub vraag: &'a str,
    /// The goal.
    pub doel: &'a str,
    /// Anything but empty when the box is ticked.
    pub ouders: &'a str,
}

/// What a school asks of a specialist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Who is asked.
    pub specialist: SpecialistId,
    /// Where.
    pub school: SchoolId,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// For how long.
    pub minutes: Minutes,
    /// For whom.
    pub level: Level,
    /// Which expertise it is about, when chosen.
    pub expertise: Option<ExpertiseId>,
    /// The question; no names.
    pub question: String,
    /// The goal; no names.
    pub goal: String,
    /// Whether the parents know, on pupil level.
    pub parents_informed: bool,
}

/// What a specialist offers and when, as far as a wish depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// When the specialist is free.
    pub calendar: &'a Calendar,
    /// The levels the specialist supports.
    pub levels: &'a [Level],
    /// Where the school is.
    pub place: &'a Place,
}

/// A wish that passed every rule at the moment it was checked. Store it in the same transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedWish(Wish);

impl CheckedWish {
    /// What was checked.
    #[must_use]
    pub fn wish(&self) -> &Wish {
        &self.0
    }

    pub(super) fn into_wish(self) -> Wish {
        self.0
    }
}

impl Wish {
    /// Reads a form. Refuses at `moment`, `duur` and `niveau` what is not even a moment, a number or a level.
    pub fn read(
        specialist: SpecialistId,
        school: SchoolId,
        expertise: Option<ExpertiseId>,
        fields: &WishFields<'_>,
    ) -> Result<Self, Refusal> {
        let starts_at = moment(fields.moment)?;
        let minutes = fields.duur.trim().parse().map(Minutes).map_err(|_| {
            let advice = "Kies hoe lang de afspraak duurt.";
            Refusal::new("duration_missing", "Er is nog geen duur gekozen", advice).at("duur")
        })?;
        let level = Level::from_code(fields.niveau.trim()).ok_or_else(|| {
            let advice = "Kies voor wie de ondersteuning is: leerling, groep, leerkracht of school.";
            Refusal::new("level_missing", "Er is nog geen niveau gekozen", advice).at("niveau")
        })?;
        let (question, goal) = (clean(fields.vraag), clean(fields.doel));
        Ok(Self { specialist, school, starts_at, minutes, level, expertise, question, goal, parents_informed: !fields.ouders.is_empty() })
    }

    /// The wish with clean text, or the first thing that stops it in the order of the form: duration and moment, level, question, goal, parents.
    pub fn check(self, offer: &Offer<'_>, now: DateTime<Utc>) -> Result<CheckedWish, Refusal> {
        let wish = Self { question: clean(&self.question), goal: clean(&self.goal), ..self };
        match wish.problems(offer, now).into_iter().next() {
            Some(refusal) => Err(refusal),
            None => Ok(CheckedWish(wish)),
        }
    }

    /// Everything that stops this wish, in the order of the form.
    #[must_use]
    pub fn problems(&self, offer: &Offer<'_>, now: DateTime<Utc>) -> Vec<Refusal> {
        let moment = check_duration(self.minutes)
            .map_err(|refusal| refusal.at("duur"))
            .and_then(|()| must_be_free(offer.calendar, self.starts_at, self.minutes, offer.place, now));
        let checks = [moment, self.check_level(offer.levels), self.check_question(), self.check_goal(), self.check_parents()];
        checks.into_iter().filter_map(Result::err).collect()
    }

    fn check_level(&self, levels: &[Level]) -> Result<(), Refusal> {
        if levels.contains(&self.level) {
            return Ok(());
        }
        let offered: Vec<String> = levels.iter().map(|level| level.dutch().to_lowercase()).collect();
        let advice = if offered.is_empty() {
            "Deze expert heeft nog geen niveau gekozen. Kies een andere expert.".to_owned()
        } else {
            format!("Deze expert helpt op niveau {}. Kies een ander niveau of een andere expert.", offered.join(", "))
        };
        Err(Refusal::new("level_not_offered", "Deze expert helpt niet op dit niveau", advice).at("niveau"))
    }

    fn check_question(&self) -> Result<(), Refusal> {
        match clean(&self.question).chars().count() {
            0 => {
                let advice = "Schrijf in een paar zinnen wat je wilt weten of bereiken.";
                Err(Refusal::new("question_missing", "Er staat nog geen vraag", advice).at("vraag"))
            }
            length if length > QUESTION_MAX => {
                let advice = format!("Je vraag heeft {length} tekens. Dat mogen er {QUESTION_MAX} zijn.");
                Err(Refusal::new("question_too_long", "De vraag is te lang", advice).at("vraag"))
            }
            _ => without_bsn(&self.question, "vraag"),
        }
    }

    fn check_goal(&self) -> Result<(), Refusal> {
        match clean(&self.goal).chars().count() {
            0 => {
                let advice = "Schrijf in één zin wat er straks anders is.";
                Err(Refusal::new("goal_missing", "Er staat nog geen doel", advice).at("doel"))
            }
            length if length > GOAL_MAX => {
                let advice = format!("Je doel heeft {length} tekens. Dat mogen er {GOAL_MAX} zijn.");
                Err(Refusal::new("goal_too_long", "Het doel is te lang", advice).at("doel"))
            }
            _ => without_bsn(&self.goal, "doel"),
        }
    }

    /// On pupil level the parents must know (004).
    fn check_parents(&self) -> Result<(), Refusal> {
        if self.level != Level::Pupil || self.parents_informed {
            return Ok(());
        }
        let advice = "Vertel het de ouders eerst en vink dit daarna aan. Er is niets van je uren af.";
        Err(Refusal::new("parents_not_informed", "De ouders weten het nog niet", advice).at("ouders"))
    }
}
