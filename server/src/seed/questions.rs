//! What schools ask in the demo, per expertise. Always true here: no names, no dates, nothing that points at a pupil.

use domain::bookings::Level::{self, Group, Pupil, School, Teacher};

/// A question as a coordinator would write it.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The expertise it is about, by slug.
    pub slug: &'static str,
    /// For whom.
    pub level: Level,
    /// The question.
    pub question: &'static str,
    /// What should be different afterwards.
    pub goal: &'static str,
}

const fn ask(slug: &'static str, level: Level, question: &'static str, goal: &'static str) -> Question {
    Question { slug, level, question, goal }
}

/// Everything that is asked.
#[rustfmt::skip]
pub const QUESTIONS: [Question; 80] = [
    ask("hoogbegaafdheid", Group, "Zes leerlingen uit groep 7 en 8 zijn ver vooruit. Hoe zetten we een plusgroep op die we zelf kunnen draaien?", "De plusgroep werkt elke week een uur aan een taak die echt moeilijk is."),
    ask("hoogbegaafdheid", Teacher, "In groep 5 compacten we de rekenstof, maar wat komt ervoor in de plaats?", "De leerkracht kiest zelf verrijking die past."),
    ask("onderpresteren", Pupil, "Een leerling uit groep 6 haalt veel minder dan we verwachten en levert weinig in. Waar beginnen we?", "De leerling maakt zijn weektaak weer af en kan zeggen wat helpt."),
    ask("onderpresteren", Teacher, "Hoe herken je vroeg dat een leerling onder zijn kunnen werkt?", "De leerkrachten van groep 3 tot en met 5 kennen de signalen."),
    ask("syndroom-van-down", Pupil, "In groep 2 zit een leerling met Down. Hoe maken we de stap naar groep 3?", "Er ligt een plan voor de overgang met doelen per maand."),
    ask("syndroom-van-down", Teacher, "Welke leesaanpak past bij een leerling met Down, en hoe voer je die uit naast de groep?", "De leerkracht geeft drie keer per week zelf de leesles."),
    ask("zml", Pupil, "Een leerling uit groep 5 leert veel langzamer dan de groep. Welke doelen zijn haalbaar?", "Er is een leerlijn met doelen voor een half jaar."),
    ask("zml", Teacher, "Hoe geef je les op drie niveaus als een leerling een eigen leerlijn heeft?", "De leerling werkt twintig minuten zelfstandig aan de eigen taak."),
    ask("leerlijnen", Group, "Vier leerlingen lopen bij rekenen een jaar achter. Welke doelen laten we los?", "Er is één plan voor het groepje, met de doelen die tellen."),
    ask("leerlijnen", Teacher, "Hoe werk je met passende perspectieven zonder dat het een papieren plan wordt?", "De leerkracht plant de doelen zelf voor de volgende periode."),
    ask("dyscalculie", Pupil, "Een leerling uit groep 7 telt nog op de vingers. Is dit ernstig en wat doen we?", "We weten welke aanpak past en wie hem uitvoert."),
    ask("dyscalculie", Teacher, "Welke materialen helpen bij ernstige rekenproblemen in de bovenbouw?", "De materialen liggen klaar en worden elke dag gebruikt."),
    ask("executieve-functies", Group, "In groep 4 kost opstarten en afmaken veel tijd. Wat helpt de hele groep?", "De groep start binnen drie minuten met werken."),
    ask("executieve-functies", Teacher, "Hoe oefen je plannen en volhouden in gewone lessen?", "De leerkracht gebruikt elke dag één oefening."),
    ask("jonge-kind", Group, "In groep 1 is het druk tijdens het spelen. Hoe richten we de hoeken beter in?", "De kinderen spelen een half uur in een hoek zonder hulp."),
    ask("jonge-kind", Teacher, "Hoe kijk je naar spel en weet je wat een kleuter nodig heeft?", "Beide leerkrachten gebruiken dezelfde kijkwijzer."),
    ask("remedial-teaching", Pupil, "Een leerling uit groep 5 leest traag en raadt. Wat oefenen we en hoe lang?", "Er is een oefenplan van tien weken dat de assistent kan geven."),
    ask("remedial-teaching", Teacher, "Hoe organiseer je extra instructie in een combinatiegroep?", "De leerkracht geeft drie keer per week verlengde instructie."),
    ask("jobcoaching", School, "Een oud-leerling wil stage lopen bij onze conciërge. Hoe begeleiden we dat goed?", "De conciërge heeft een plan met taken en vaste gesprekken."),
    ask("jobcoaching", Teacher, "Hoe leer je een leerling van groep 8 praktische taken aan?", "De leerling doet drie vaste taken zelfstandig."),
    ask("tos", Group, "Drie kinderen in groep 3 begrijpen de uitleg niet. Hoe maken we instructie duidelijker?", "De kinderen kunnen de opdracht navertellen."),
    ask("tos", Teacher, "Wat kan een leerkracht doen bij een vermoeden van TOS?", "De leerkracht gebruikt plaatjes en vaste zinnen bij elke uitleg."),
    ask("nt2", Group, "Er zijn vijf nieuwkomers in groep 5. Hoe doen zij mee met de zaakvakken?", "De nieuwkomers kennen per thema twintig woorden."),
    ask("nt2", School, "We krijgen steeds meer nieuwkomers. Hoe verdelen we het taalaanbod over de school?", "Er is een rooster en iedereen weet wie wat doet."),
    ask("dyslexie", Group, "Zeven leerlingen van groep 4 lezen op een te laag niveau. Welke aanpak werkt in een groepje?", "Het groepje leest vier keer per week volgens het plan."),
    ask("dyslexie", Teacher, "Welke hulpmiddelen zet je in bij dyslexie in groep 7 en 8?", "De leerlingen werken zelf met voorleessoftware."),
    ask("spraak", Pupil, "Een kleuter is slecht te verstaan en wordt er boos van. Hoe helpen we?", "De kleuter gebruikt vijf gebaren en maakt duidelijk wat hij wil."),
    ask("spraak", Teacher, "Mijn stem is aan het eind van de dag weg. Wat kan ik anders doen?", "De leerkracht gebruikt de oefeningen elke dag."),
    ask("ondersteunde-communicatie", Pupil, "Een leerling praat niet en krijgt een spraakcomputer. Hoe gebruiken we die in de kring?", "De leerling vertelt elke dag één ding in de kring."),
    ask("ondersteunde-communicatie", Teacher, "Hoe maak je goede pictokaarten en wanneer zet je ze in?", "Op elke plek in de klas hangen de kaarten die nodig zijn."),
    ask("schrijven", Pupil, "Een leerling uit groep 4 schrijft onleesbaar en krampt. Wat doen we eerst?", "De leerling schrijft tien minuten zonder pijn."),
    ask("schrijven", Teacher, "Moeten we bij schrijven doorgaan met verbonden schrift?", "Er is een keuze die voor groep 3 tot en met 6 geldt."),
    ask("gedrag", Group, "In groep 6 is veel ruzie na de pauze. Hoe krijgen we rust?", "De les begint na de pauze binnen vijf minuten."),
    ask("gedrag", Teacher, "Een leerling loopt weg bij een opdracht. Wat zegt en doet de leerkracht?", "De leerkracht heeft vier zinnen die werken en blijft rustig."),
    ask("adhd", Pupil, "Een leerling uit groep 3 is erg beweeglijk. Hoe richten we de dag anders in?", "De leerling werkt drie keer per dag tien minuten door."),
    ask("adhd", Teacher, "Welke kleine aanpassingen helpen bij drukte en snel afgeleid zijn?", "De leerkracht kiest drie aanpassingen en houdt ze vol."),
    ask("autisme", Pupil, "Een leerling uit groep 7 raakt van slag bij elke verandering. Hoe bereiden we overgangen voor?", "De leerling ziet zelf op de dagkaart wat er anders is."),
    ask("autisme", Teacher, "Hoe maak je de klas voorspelbaar voor twee leerlingen met autisme?", "Er hangt een vaste dagplanning die iedereen gebruikt."),
    ask("pbs", School, "We willen op het plein en in de gang dezelfde regels. Hoe beginnen we met PBS?", "Het team heeft vijf afspraken en oefent ze met alle groepen."),
    ask("pbs", Teacher, "Hoe geef je vier keer zo vaak een compliment als een correctie?", "De leerkracht telt een week lang en ziet verschil."),
    ask("thuiszitters", Pupil, "Een leerling uit groep 8 komt al drie weken niet. Hoe maken we een start terug?", "De leerling is twee ochtenden per week op school."),
    ask("thuiszitters", School, "Hoe zien we eerder dat een leerling dreigt uit te vallen?", "Er is een stappenplan met wie wat doet bij verzuim."),
    ask("angst", Pupil, "Een leerling uit groep 5 durft niet meer te spreken in de klas. Wat doen we wel en niet?", "De leerling beantwoordt elke dag één vraag in een klein groepje."),
    ask("angst", Teacher, "Hoe reageer je op een leerling die veel piekert?", "De leerkracht plant elke week een kort gesprek."),
    ask("faalangst", Group, "In groep 8 klappen leerlingen dicht bij toetsen. Wat kunnen we als groep oefenen?", "De leerlingen gebruiken zelf twee manieren om rustig te worden."),
    ask("faalangst", Teacher, "Welke feedback helpt een leerling die geen fouten durft te maken?", "De leerkracht geeft feedback op de aanpak."),
    ask("eetstoornis", Pupil, "Een leerling uit groep 8 eet niet meer tussen de middag. Hoe maken we dit bespreekbaar?", "We weten met wie we overleggen en wat we op school doen."),
    ask("eetstoornis", Teacher, "Wat zeg je wel en niet over eten in de klas?", "De leerkrachten van de bovenbouw doen het op dezelfde manier."),
    ask("hechting", Pupil, "Een leerling zoekt de hele dag nabijheid en duwt daarna weg. Hoe bieden we veiligheid?", "Er is één vaste begeleider en een plek om tot rust te komen."),
    ask("hechting", Teacher, "Hoe blijf je nabij en duidelijk bij onveilig gehecht gedrag?", "De leerkracht herkent de signalen en grijpt eerder in."),
    ask("trauma", Pupil, "Een leerling schrikt hevig van geluid en bevriest. Wat heeft deze leerling in de klas nodig?", "De leerling kan zelf aangeven wanneer het te veel is."),
    ask("trauma", Teacher, "Hoe geef je les als een leerling veel heeft meegemaakt?", "De leerkracht weet wat er gebeurt en wat helpt."),
    ask("rouw", Group, "In groep 4 is een ouder overleden. Hoe praten we erover met de groep?", "De groep heeft een vaste plek en vaste momenten voor verdriet."),
    ask("rouw", Teacher, "Hoe steun je een leerling bij een scheiding zonder partij te kiezen?", "De leerkracht weet wat ze zegt en waar het stopt."),
    ask("zelfredzaamheid", Pupil, "Een kleuter kan zich niet zelf aankleden en naar de wc gaan. Hoe oefenen we dat?", "De kleuter doet drie stappen zelf."),
    ask("zelfredzaamheid", Teacher, "Hoe leer je handelingen aan in kleine stappen?", "De assistent gebruikt een stappenkaart."),
    ask("sociale-vaardigheden", Group, "In groep 5 spelen drie leerlingen altijd alleen. Wat kan de groep leren?", "Iedereen speelt elke week een keer met iemand anders."),
    ask("sociale-vaardigheden", Teacher, "Hoe oefen je ruzie oplossen met jonge kinderen?", "De leerkracht gebruikt een vast gesprek in drie stappen."),
    ask("lichamelijke-beperking", Pupil, "Een leerling in een rolstoel komt in groep 3. Wat moet er anders in het lokaal?", "De leerling kan overal bij en doet mee met gym."),
    ask("lichamelijke-beperking", Group, "Hoe geven we gym waarin iedereen mee kan doen?", "Er zijn tien lessen die voor de hele groep werken."),
    ask("meervoudige-beperking", Pupil, "Een leerling met veel zorg blijft dit jaar bij ons. Wat is een haalbare dag?", "Er is een dagritme met rust en drie leermomenten."),
    ask("meervoudige-beperking", Teacher, "Hoe verdelen leerkracht en assistent het werk bij veel zorg?", "De taken staan op papier en wisselen per dagdeel."),
    ask("langdurig-zieken", Pupil, "Een leerling ligt vaak in het ziekenhuis. Hoe houden we contact en wat laten we los?", "Er is een plan per week dat thuis en op school past."),
    ask("langdurig-zieken", Teacher, "Hoe vertel je de groep dat een klasgenoot lang ziek is?", "De groep weet het en stuurt elke week een bericht."),
    ask("epilepsie", Pupil, "Een leerling heeft korte absences. Hoe zien we ze en wat doen we dan?", "De leerkracht houdt een eenvoudige lijst bij."),
    ask("epilepsie", Teacher, "Wat doe je bij een aanval in de klas?", "Het team kent het protocol en heeft geoefend."),
    ask("motoriek", Group, "In groep 3 hebben acht leerlingen moeite met knippen en schrijven. Welke oefeningen helpen?", "De oefeningen staan vier keer per week in het rooster."),
    ask("motoriek", Pupil, "Een leerling uit groep 4 beweegt houterig en valt vaak. Hoe helpen we bij gym?", "De leerling doet aan elk onderdeel mee op een eigen manier."),
    ask("slechtziend", Pupil, "Een leerling ziet het bord niet. Welke plek en welke hulpmiddelen zijn goed?", "De leerling leest alles mee op een eigen scherm."),
    ask("slechtziend", Teacher, "Hoe maak je werkbladen die goed te zien zijn?", "Alle werkbladen hebben grote letters en weinig drukte."),
    ask("slechthorend", Pupil, "Een leerling met een gehoorapparaat mist veel in de kring. Wat kan anders?", "De soloapparatuur wordt elke les gebruikt."),
    ask("slechthorend", Teacher, "Hoe praat je zodat een slechthorende leerling het volgt?", "De leerkracht herhaalt antwoorden en kijkt de groep aan."),
    ask("hgw", Teacher, "Hoe maak je van groepsplannen weer iets waar je iets aan hebt?", "De leerkracht werkt met één blad per periode."),
    ask("hgw", School, "Onze groepsbesprekingen duren lang en leveren weinig op. Hoe kan het anders?", "Elke bespreking eindigt met drie afspraken."),
    ask("groepsdynamica", Group, "In groep 7 wordt een kind buitengesloten. Hoe draaien we de groep?", "De groep maakt zelf afspraken en houdt elkaar eraan."),
    ask("groepsdynamica", School, "Hoe gebruiken we de eerste weken van het schooljaar voor een goede groep?", "Elke groep heeft een plan voor zes weken."),
    ask("meldcode", Teacher, "Wanneer is een zorg over thuis genoeg voor de meldcode?", "De leerkracht kent de vijf stappen en wie meedenkt."),
    ask("meldcode", School, "We willen de meldcode met het hele team oefenen. Hoe doen we dat?", "Het team heeft twee situaties doorlopen."),
    ask("coaching-leerkracht", Teacher, "Een startende leerkracht krijgt de groep niet stil. Wil je meekijken en helpen?", "De leerkracht begint elke les op dezelfde rustige manier."),
    ask("coaching-leerkracht", School, "Hoe leren collega's van elkaars lessen?", "Elke leerkracht kijkt een keer per periode bij een ander."),
];

/// Why a specialist says no.
pub const DECLINED: [&str; 4] = [
    "Ik heb dan al overleg op een andere school. Een week later kan wel.",
    "Deze vraag past beter bij een collega. Ik denk graag mee wie.",
    "Ik ben die dag op cursus.",
    "De tijd is te kort voor deze vraag. Vraag liever twee uur aan.",
];

/// Why a school cancels.
pub const CANCELLED: [&str; 4] = [
    "De leerkracht is ziek.",
    "De groep is die dag op excursie.",
    "We lossen het voor nu zelf op.",
    "Er is die ochtend een studiemoment met het team.",
];

/// Why a specialist cancels.
pub const CALLED_OFF: [&str; 2] = ["Ik ben ziek. Ik stel zo een nieuw moment voor.", "Er is thuis iets tussengekomen."];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::roster::ROSTER;
    use domain::{
        bookings::{GOAL_MAX, QUESTION_MAX},
        text::warnings,
    };

    #[test]
    fn no_question_or_reason_points_at_a_person() {
        let reasons = [&DECLINED[..], &CANCELLED[..], &CALLED_OFF[..]].concat();
        let texts = QUESTIONS.iter().flat_map(|question| [question.question, question.goal]).chain(reasons);
        for text in texts {
            let own_words = ["PBS", "TOS", "Down", "NT2", "IB"];
            let found: Vec<_> = warnings(text).into_iter().filter(|warning| !own_words.contains(&warning.found.as_str())).collect();
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    #[test]
    fn every_question_fits_its_form() {
        for question in QUESTIONS {
            assert!(question.question.chars().count() <= QUESTION_MAX && question.goal.chars().count() <= GOAL_MAX, "{}", question.slug);
        }
    }

    #[test]
    fn every_specialist_is_asked_something_they_do() {
        for expert in ROSTER {
            let fits = |question: &&Question| {
                expert.skills.iter().any(|skill| skill.0 == question.slug)
                    && expert.levels.split(',').any(|code| code == question.level.code())
            };
            assert!(QUESTIONS.iter().filter(fits).count() >= 1, "{}", expert.name);
        }
    }
}
