//! What Fenna of De Meerpaal asked, around today: some done, some ahead, one waiting. The rest of the partnership is told by dice.

use super::bookings::Fate;
use domain::bookings::Level;

/// One thing that was asked, in days around today.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    /// How many days ago it was asked.
    pub asked_days_ago: i64,
    /// From which day on it takes place: negative is before today.
    pub from_day: i64,
    /// Who is asked.
    pub specialist: &'static str,
    /// About which expertise, by slug.
    pub slug: &'static str,
    /// For whom.
    pub level: Level,
    /// How long.
    pub minutes: i64,
    /// The question.
    pub question: &'static str,
    /// The goal.
    pub goal: &'static str,
    /// What became of it.
    pub fate: Fate,
}

const PLUS: Scene = Scene {
    asked_days_ago: 44,
    from_day: -41,
    specialist: super::cast::THIJS,
    slug: "hoogbegaafdheid",
    level: Level::Group,
    minutes: 120,
    question: "Acht leerlingen uit groep 7 en 8 zijn met rekenen ver vooruit. Ze krijgen extra werk, maar leren niet doorzetten. \
        Hoe zetten we een plusgroep op die de leerkrachten zelf kunnen voortzetten?",
    goal: "De groep werkt elke week een uur aan een taak die echt moeilijk is.",
    fate: Fate::Done,
};

const REST: Scene = Scene {
    asked_days_ago: 16,
    from_day: -12,
    specialist: super::cast::SAMIRA,
    slug: "gedrag",
    level: Level::Group,
    minutes: 90,
    question: "In groep 6 loopt de middag steeds uit op ruzie. Twee leerkrachten delen de groep. Hoe krijgen we weer rust?",
    goal: "De les na de pauze begint binnen vijf minuten, bij beide leerkrachten.",
    fate: Fate::Done,
};

/// Everything she asked.
pub const SCENES: [Scene; 12] = [
    PLUS,
    Scene { asked_days_ago: 37, from_day: -34, minutes: 90, ..PLUS },
    Scene { asked_days_ago: 30, from_day: -27, fate: Fate::CancelledBySchool, ..PLUS },
    Scene { asked_days_ago: 22, from_day: -18, minutes: 90, ..PLUS },
    Scene { asked_days_ago: 9, from_day: 8, minutes: 30, ..PLUS },
    Scene { asked_days_ago: 2, from_day: 12, minutes: 30, fate: Fate::Unanswered, ..PLUS },
    REST,
    Scene { asked_days_ago: 7, from_day: 2, ..REST },
    Scene { asked_days_ago: 9, from_day: 6, minutes: 75, fate: Fate::MovedBySpecialist, ..REST },
    Scene {
        asked_days_ago: 8,
        from_day: 10,
        specialist: "Lotte Biesheuvel",
        slug: "tos",
        level: Level::School,
        minutes: 120,
        question: "We zien in alle bouwen kinderen die de uitleg niet begrijpen. We willen een teamavond over TOS.",
        goal: "Iedere leerkracht kan drie dingen doen die morgen helpen.",
        fate: Fate::Unanswered,
    },
    Scene {
        asked_days_ago: 10,
        from_day: 5,
        specialist: "Ilse van Grootheest",
        slug: "dyslexie",
        level: Level::Group,
        minutes: 60,
        question: "Zeven leerlingen in groep 4 lezen nog traag. We willen ze vier keer per week laten oefenen. Wat past?",
        goal: "Er is een leesplan dat de onderwijsassistent kan uitvoeren.",
        fate: Fate::Done,
    },
    Scene {
        asked_days_ago: 6,
        from_day: 9,
        specialist: "Mees Tammer",
        slug: "motoriek",
        level: Level::Group,
        minutes: 60,
        question: "Drie kinderen in groep 3 doen niet mee met gym. Hoe maken we de les zo dat ze wel meedoen?",
        goal: "Alle kinderen van groep 3 doen elke gymles aan drie onderdelen mee.",
        fate: Fate::Done,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{experts::works_in, roster::ROSTER};
    use domain::text::warnings;

    #[test]
    fn every_scene_asks_somebody_for_what_they_do() {
        for scene in SCENES {
            let number = ROSTER.iter().position(|expert| expert.name == scene.specialist).expect("in the roster");
            let (expert, wijken) = (&ROSTER[number], works_in(&ROSTER[number], number));
            assert!(wijken.is_empty() || wijken.contains(&0), "{} works in Havenkwartier", scene.specialist);
            assert!(expert.skills.iter().any(|skill| skill.0 == scene.slug), "{}", scene.specialist);
            assert!(expert.levels.split(',').any(|code| code == scene.level.code()), "{}", scene.specialist);
            assert!(scene.asked_days_ago > -scene.from_day, "{} is asked before it takes place", scene.specialist);
            for text in [scene.question, scene.goal] {
                assert!(warnings(text).iter().all(|warning| warning.found == "TOS"), "{text}");
            }
        }
    }
}
