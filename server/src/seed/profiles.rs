//! What stands on a specialist's page in the demo: weeks, proofs, what one may expect. Written so that any two pages differ.

use domain::experts::taxonomy::Category;

/// Weekly patterns, as an import file writes them.
pub const WEEKS: [&str; 7] = [
    "ma 9:00-12:00 13:00-16:00; di 8:30-12:00 12:30-15:30; do 9:00-12:00 12:30-15:30; vr 9:00-12:00 13:00-16:00",
    "ma 8:30-12:00 12:45-16:00; di 8:30-12:00 12:45-16:00; do 8:30-12:00 12:45-16:00",
    "di 8:30-12:00 12:45-16:00; wo 8:30-12:30; do 8:30-12:00 12:45-16:00; vr 8:30-12:00",
    "ma 8:30-12:00 12:45-15:30; wo 8:30-12:30; vr 8:30-12:00 12:45-15:30",
    "ma 8:30-12:00 12:45-16:30; di 8:30-12:00 12:45-16:30; wo 8:30-12:30; do 8:30-12:00 12:45-16:30; vr 8:30-12:00",
    "wo 8:30-12:30; do 8:30-12:00 13:00-16:30; vr 8:30-12:00 13:00-15:30",
    "ma 13:00-16:30 19:00-21:00; di 8:30-12:00 12:45-16:00; do 13:00-16:30; vr 8:30-12:00",
];

/// The proof that goes with an expertise.
#[must_use]
pub fn proof(slug: &str) -> &'static str {
    match slug {
        "hoogbegaafdheid" => "ECHA-diploma",
        "onderpresteren" => "Post-hbo talentbegeleiding",
        "syndroom-van-down" => "Opleiding Down-specialist",
        "zml" => "Master EN, verstandelijke beperking",
        "leerlijnen" => "Post-hbo rekencoördinator",
        "dyscalculie" => "Post-master rekenproblemen",
        "executieve-functies" => "Post-hbo executieve functies",
        "jonge-kind" => "Post-hbo jonge kind",
        "remedial-teaching" => "Registratie remedial teacher",
        "jobcoaching" => "Diploma jobcoach",
        "tos" => "Bevoegd logopedist, registratie kwaliteitsregister",
        "nt2" => "Post-hbo NT2-specialist",
        "dyslexie" => "Post-master dyslexie",
        "spraak" => "Bevoegd logopedist",
        "ondersteunde-communicatie" => "Certificaat ondersteunde communicatie",
        "schrijven" => "Diploma schrijfpedagogiek",
        "gedrag" => "Master EN, gedrag",
        "adhd" => "Certificaat ADHD op school",
        "autisme" => "Post-hbo autismespecialist",
        "pbs" => "Certificaat PBS-coach",
        "thuiszitters" => "Certificaat verzuimcoach",
        "angst" => "Registratie kindertherapeut",
        "faalangst" => "Certificaat faalangsttrainer",
        "eetstoornis" => "Scholing eetstoornissen, jeugd-ggz",
        "hechting" => "Certificaat basistrainer hechting",
        "trauma" => "Scholing traumasensitief onderwijs",
        "rouw" => "Opleiding rouwbegeleiding kinderen",
        "zelfredzaamheid" => "Bevoegd ergotherapeut",
        "sociale-vaardigheden" => "Certificaat trainer sociale vaardigheden",
        "lichamelijke-beperking" => "Master EN, lichamelijke beperking",
        "meervoudige-beperking" => "Post-hbo ernstig meervoudige beperking",
        "langdurig-zieken" => "Scholing onderwijs aan zieke leerlingen",
        "epilepsie" => "Registratie onderwijskundig begeleider epilepsie",
        "motoriek" => "Bevoegd kinderfysiotherapeut",
        "slechtziend" => "Scholing visuele beperking",
        "slechthorend" => "Scholing auditieve beperking",
        "hgw" => "Post-master schoolpsychologie",
        "groepsdynamica" => "Certificaat groepsdynamica",
        "meldcode" => "Certificaat aandachtsfunctionaris",
        "coaching-leerkracht" => "Diploma beeldbegeleider",
        _ => "Verklaring van de leverancier",
    }
}

/// What a school may expect, one sentence a line.
#[must_use]
pub fn about(first_name: &str, pronoun: &str, category: Category) -> String {
    let lines = match category {
        Category::Learning => [
            "{naam} kijkt eerst een les mee, samen met de leerkracht.",
            "Je krijgt binnen een week een plan van één bladzijde.",
            "{Die} oefent het plan met de leerkracht in de klas.",
            "Na zes weken kijken jullie samen of het werkt.",
        ],
        Category::Language => [
            "{naam} luistert een les mee en bekijkt wat er al is gemeten.",
            "Je krijgt drie taaldoelen en de oefeningen die daarbij passen.",
            "{Die} doet de oefeningen één keer voor in de groep.",
            "De leerkracht gaat zelf verder. Na acht weken meten jullie opnieuw.",
        ],
        Category::Behaviour => [
            "{naam} observeert op drie momenten, ook op het plein.",
            "Samen kiezen jullie één gedrag om mee te beginnen.",
            "{Die} oefent met de leerkracht wat je zegt en doet.",
            "Elke twee weken belt {die} om te horen hoe het gaat.",
        ],
        Category::Wellbeing => [
            "{naam} begint met een gesprek met de leerkracht en de IB’er.",
            "{Die} werkt in rust en legt uit wat je ziet.",
            "Je krijgt afspraken voor in de klas op een kaart.",
            "{naam} stopt pas als de leerkracht het alleen kan.",
        ],
        Category::Health => [
            "{naam} bekijkt de klas, de materialen en de dag van begin tot eind.",
            "Je hoort meteen wat morgen al anders kan.",
            "{Die} leert de leerkracht en de assistent hoe het moet.",
            "Vragen tussendoor beantwoordt {die} binnen twee werkdagen.",
        ],
        Category::Team => [
            "{naam} spreekt eerst met de directie en de IB’er af wat het moet opleveren.",
            "{Die} werkt met het hele team, in korte bijeenkomsten.",
            "Tussendoor kijkt {die} mee in de klas.",
            "Aan het eind staat op papier wat jullie vasthouden.",
        ],
    };
    let lower = pronoun.to_lowercase();
    lines.map(|line| line.replace("{naam}", first_name).replace("{Die}", pronoun).replace("{die}", &lower)).join("\n")
}

/// Notes at leave, and for how many days.
pub const LEAVE: [(&str, u64); 5] = [("Studiedag", 1), ("Verlof", 5), ("Cursus", 2), ("Vrij", 1), ("Congres", 2)];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{availability::parse_weekly, experts::taxonomy::STARTING};

    #[test]
    fn every_week_can_be_worked() {
        for week in WEEKS {
            assert!(parse_weekly(week).is_ok(), "{week}");
        }
    }

    #[test]
    fn every_expertise_has_a_proof_of_its_own() {
        for expertise in STARTING {
            assert_ne!(proof(expertise.slug), proof("?"), "{}", expertise.slug);
        }
    }

    #[test]
    fn what_to_expect_fits_and_leaves_nothing_open() {
        for category in Category::ALL {
            let text = about("Thijs", "Hij", category);
            assert!(text.chars().count() <= 2_000 && text.lines().count() == 4 && !text.contains('{'), "{text}");
        }
    }
}
