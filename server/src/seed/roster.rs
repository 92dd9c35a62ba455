//! The 45 specialists of the demo: who they are, where they come from and what they can. Together they cover the whole taxonomy.

use super::places::{BRINK, DRIESPRONG, SWV, WISSEL};
use domain::experts::ExpertiseLevel::{self, Basic, Experienced, Specialised};

/// A specialist of the story.
#[derive(Clone, Copy, Debug)]
pub struct Expert {
    /// Full name.
    pub name: &'static str,
    /// `Hij`, `Ze`.
    pub pronoun: &'static str,
    /// Place in `places::SUPPLIERS`.
    pub supplier: usize,
    /// Place in `places::WIJKEN` of where they travel from.
    pub wijk: usize,
    /// Expertises by slug, the main one first.
    pub skills: &'static [(&'static str, ExpertiseLevel)],
    /// Levels of support, as codes with commas.
    pub levels: &'static str,
    /// Place in `profiles::WEEKS`.
    pub week: usize,
    /// Languages beside Dutch.
    pub languages: &'static str,
}

const ALL: &str = "leerling,groep,leerkracht,school";
const CLASS: &str = "leerling,groep,leerkracht";
const TEAM: &str = "groep,leerkracht,school";
const PUPIL: &str = "leerling,leerkracht";

type Skills = &'static [(&'static str, ExpertiseLevel)];

const fn she(name: &'static str, supplier: usize, wijk: usize, skills: Skills, levels: &'static str, week: usize) -> Expert {
    Expert { name, pronoun: "Ze", supplier, wijk, skills, levels, week, languages: "" }
}

const fn he(name: &'static str, supplier: usize, wijk: usize, skills: Skills, levels: &'static str, week: usize) -> Expert {
    Expert { name, pronoun: "Hij", supplier, wijk, skills, levels, week, languages: "" }
}

const fn speaks(languages: &'static str, expert: Expert) -> Expert {
    Expert { languages, ..expert }
}

/// Everyone who can be booked.
pub const ROSTER: [Expert; 45] = [
    // De Wissel: learning, giftedness, reading and arithmetic, young children.
    speaks(
        "Engels",
        he(
            "Thijs Oldenkamp",
            WISSEL,
            1,
            &[("hoogbegaafdheid", Specialised), ("leerlijnen", Experienced), ("onderpresteren", Experienced)],
            CLASS,
            0,
        ),
    ),
    she("Ilse van Grootheest", WISSEL, 4, &[("hoogbegaafdheid", Experienced), ("dyslexie", Experienced)], TEAM, 1),
    she("Janneke Overbeek", WISSEL, 3, &[("dyslexie", Specialised), ("remedial-teaching", Experienced)], CLASS, 4),
    he("Ruud Wessels", WISSEL, 5, &[("dyscalculie", Specialised), ("leerlijnen", Experienced)], CLASS, 2),
    she("Hanneke Vlaming", WISSEL, 0, &[("jonge-kind", Specialised), ("zelfredzaamheid", Experienced)], ALL, 3),
    she("Mirjam Dekkers", WISSEL, 6, &[("executieve-functies", Specialised), ("adhd", Basic)], CLASS, 1),
    he("Arjen Wielinga", WISSEL, 8, &[("remedial-teaching", Specialised), ("schrijven", Experienced), ("dyslexie", Basic)], PUPIL, 4),
    she("Tamar Koppelaar", WISSEL, 2, &[("onderpresteren", Specialised), ("hoogbegaafdheid", Experienced), ("faalangst", Basic)], ALL, 2),
    she("Bianca Roosjen", WISSEL, 7, &[("leerlijnen", Specialised), ("hgw", Basic)], TEAM, 3),
    he("Gert-Jan Pastoor", WISSEL, 9, &[("dyscalculie", Experienced), ("executieve-functies", Basic)], CLASS, 5),
    she("Lonneke Smeding", WISSEL, 1, &[("jonge-kind", Experienced), ("spraak", Basic)], CLASS, 4),
    he("Maurits Brandsen", WISSEL, 6, &[("jobcoaching", Specialised), ("zml", Experienced)], ALL, 2),
    she("Dorien Kalma", WISSEL, 3, &[("schrijven", Specialised), ("motoriek", Basic)], CLASS, 1),
    she("Esra Aksoy", WISSEL, 4, &[("hoogbegaafdheid", Basic), ("faalangst", Experienced)], CLASS, 3),
    // De Brink: body, senses and health; pupils who learn in another way.
    he(
        "Mees Tammer",
        BRINK,
        2,
        &[("motoriek", Specialised), ("lichamelijke-beperking", Experienced), ("hoogbegaafdheid", Basic)],
        "leerling,groep",
        5,
    ),
    she("Corrie Hofstede", BRINK, 5, &[("lichamelijke-beperking", Specialised), ("zelfredzaamheid", Specialised)], CLASS, 4),
    she("Judith Wolthuis", BRINK, 7, &[("meervoudige-beperking", Specialised), ("ondersteunde-communicatie", Experienced)], PUPIL, 2),
    he("Stijn Verhagen", BRINK, 0, &[("langdurig-zieken", Specialised), ("epilepsie", Experienced)], ALL, 1),
    she("Noortje Bleeker", BRINK, 8, &[("epilepsie", Specialised), ("langdurig-zieken", Experienced)], CLASS, 3),
    she("Annelies Kroeze", BRINK, 3, &[("slechtziend", Specialised)], CLASS, 2),
    he("Wim Tolsma", BRINK, 4, &[("slechthorend", Specialised), ("spraak", Experienced)], CLASS, 4),
    she("Petra Nieboer", BRINK, 6, &[("syndroom-van-down", Specialised), ("zml", Experienced)], ALL, 1),
    he("Hugo Schalkwijk", BRINK, 1, &[("zml", Specialised), ("jobcoaching", Basic)], CLASS, 5),
    she("Leonie Baas", BRINK, 9, &[("ondersteunde-communicatie", Specialised), ("syndroom-van-down", Experienced)], PUPIL, 3),
    she("Ankie Douma", BRINK, 7, &[("motoriek", Experienced), ("schrijven", Experienced)], CLASS, 2),
    he("Koen Riemersma", BRINK, 5, &[("eetstoornis", Basic), ("langdurig-zieken", Basic)], PUPIL, 1),
    // Driesprong: behaviour, language, feeling.
    speaks("Arabisch", she("Samira El Idrissi", DRIESPRONG, 0, &[("gedrag", Specialised), ("pbs", Experienced)], ALL, 4)),
    speaks("Turks", she("Aylin Demirkan", DRIESPRONG, 2, &[("hoogbegaafdheid", Experienced), ("gedrag", Experienced)], PUPIL, 5)),
    she("Lotte Biesheuvel", DRIESPRONG, 1, &[("nt2", Specialised), ("tos", Experienced)], TEAM, 6),
    he("Jeroen Kalkman", DRIESPRONG, 4, &[("autisme", Specialised), ("sociale-vaardigheden", Experienced)], ALL, 2),
    she("Marieke Tuinman", DRIESPRONG, 3, &[("tos", Specialised), ("spraak", Specialised)], CLASS, 1),
    he("Ibrahim Chaoui", DRIESPRONG, 6, &[("gedrag", Experienced), ("adhd", Specialised)], CLASS, 4),
    she("Elske Hamersma", DRIESPRONG, 5, &[("angst", Specialised), ("faalangst", Specialised)], CLASS, 3),
    she("Renske Bolhuis", DRIESPRONG, 7, &[("hechting", Specialised), ("trauma", Specialised)], PUPIL, 2),
    speaks("Oekraïens", she("Oksana Melnyk", DRIESPRONG, 8, &[("nt2", Experienced), ("trauma", Experienced)], ALL, 4)),
    he("Frank Spaans", DRIESPRONG, 9, &[("autisme", Experienced), ("executieve-functies", Experienced)], CLASS, 1),
    she("Wendy van Elst", DRIESPRONG, 2, &[("pbs", Specialised), ("groepsdynamica", Experienced)], TEAM, 3),
    she("Sietske Algra", DRIESPRONG, 4, &[("rouw", Specialised), ("angst", Basic)], CLASS, 5),
    he("Mohamed Bouzian", DRIESPRONG, 0, &[("sociale-vaardigheden", Specialised), ("gedrag", Experienced)], CLASS, 2),
    she("Yvonne Pijper", DRIESPRONG, 8, &[("eetstoornis", Specialised), ("angst", Experienced)], PUPIL, 1),
    // The partnership's own team: teams, safety, pupils at home.
    she("Marjan Lourens", SWV, 0, &[("hgw", Specialised), ("coaching-leerkracht", Experienced)], TEAM, 4),
    he("Peter Dijkgraaf", SWV, 3, &[("thuiszitters", Specialised), ("angst", Basic)], "leerling,leerkracht,school", 1),
    she("Naima Tahiri", SWV, 6, &[("meldcode", Specialised), ("hechting", Basic)], "leerkracht,school", 2),
    she("Ellen Spronk", SWV, 8, &[("coaching-leerkracht", Specialised), ("groepsdynamica", Experienced)], TEAM, 6),
    he("Tom Wiersma", SWV, 4, &[("groepsdynamica", Specialised), ("pbs", Basic), ("thuiszitters", Basic)], TEAM, 3),
];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::experts::taxonomy::STARTING;
    use std::collections::HashSet;

    #[test]
    fn every_expertise_of_the_taxonomy_has_somebody_and_nobody_has_another() {
        let known: HashSet<&str> = STARTING.iter().map(|expertise| expertise.slug).collect();
        let covered: HashSet<&str> = ROSTER.iter().flat_map(|expert| expert.skills.iter().map(|skill| skill.0)).collect();
        assert_eq!(known, covered);
    }

    #[test]
    fn names_are_unique_and_every_supplier_has_a_team() {
        assert_eq!(ROSTER.iter().map(|expert| expert.name).collect::<HashSet<_>>().len(), ROSTER.len());
        let team = |supplier| ROSTER.iter().filter(|expert| expert.supplier == supplier).count();
        assert_eq!([WISSEL, BRINK, DRIESPRONG, SWV].map(team), [14, 12, 14, 5]);
    }
}
