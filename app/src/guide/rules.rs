//! The spelregels: the five rules of the agreement between boards, suppliers and partnership (000), in plain words.
//! Always true: the page carries the date of its version, because agreements that keep changing are no agreements.

use crate::ui::PageHead;
use leptos::prelude::*;

/// The date these words were agreed on.
const VERSION: &str = "Versie van 1 augustus 2026";

/// The rule as agreed, and what it means for you.
const RULES: [(&str, &str); 5] = [
    (
        "De school vraagt uren aan bij het eigen schoolbestuur.",
        "In Wijkpot zie je hoeveel uren je school heeft. Binnen je eigen uren hoeft niemand akkoord te geven.",
    ),
    (
        "Het schoolbestuur spreekt de hulp af met de leverancier. De school mag dat namens het bestuur doen.",
        "Je kiest een expert en een moment. Wijkpot zet de uren vast en vraagt de leverancier om akkoord.",
    ),
    (
        "De afspraak wordt gemeld aan het samenwerkingsverband.",
        "Dat doet Wijkpot voor je. Het samenwerkingsverband registreert de afspraak.",
    ),
    (
        "Het samenwerkingsverband bevestigt de afspraak aan school en leverancier. Daarna kan de hulp beginnen.",
        "Een afspraak is geldig vanaf het moment dat ze is geregistreerd en aan jullie allebei is bevestigd. Eerder niet.",
    ),
    (
        "De besturen krijgen in de ledenvergadering een overzicht van het gebruik.",
        "In het overzicht staan uren. Er staat niets in over een leerling.",
    ),
];

/// The five rules, and what follows from them for hours.
#[component]
pub fn RulesPage() -> impl IntoView {
    view! {
        <div class="wrap">
            <PageHead title="Spelregels" lede="Vijf afspraken tussen besturen, leveranciers en het samenwerkingsverband." />
            <div class="reading">
                <p class="version">{VERSION}</p>
                <section aria-labelledby="vijf">
                    <h2 id="vijf">"De vijf spelregels"</h2>
                    <ol class="sources rules">
                        {RULES
                            .iter()
                            .map(|(rule, meaning)| {
                                view! {
                                    <li>
                                        <b>{*rule}</b>
                                        <span>{*meaning}</span>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ol>
                </section>
                <section aria-labelledby="uren">
                    <h2 id="uren">"Wat dit betekent voor uren"</h2>
                    <ul>
                        <li>"Uren horen bij één leverancier en één maand. Wat je niet gebruikt, vervalt na die maand."</li>
                        <li>"Eigen uren gaan altijd voor."</li>
                        <li>"Zeg je een afspraak af? Dan gaan de uren terug naar waar ze vandaan kwamen, zolang de maand loopt."</li>
                        <li>"Elke beweging van uren staat in het urenboek. Een boeking verandert nooit; een fout wordt teruggedraaid."</li>
                    </ul>
                </section>
                <section aria-labelledby="pot">
                    <h2 id="pot">"De wijkpot"</h2>
                    <p>
                        "Over potten denkt niet iedereen hetzelfde. Daarom is elke regel zichtbaar en staat overal waarom iets gebeurt."
                    </p>
                    <ul>
                        <li>"Een school of bestuur geeft uren die niemand gepland heeft. Dat telt meteen."</li>
                        <li>
                            "Bedenk je je? Dan neem je binnen 24 uur terug wat nog in de pot zit. Wat je zelf uit een pot nam, gaat daar eerst af."
                        </li>
                        <li>"Uit de pot vraagt een school alleen uren die ze zelf niet meer heeft, bij dezelfde leverancier en in dezelfde maand."</li>
                        <li>"Komen eigen uren terug, bijvoorbeeld na een afzegging? Dan gaat wat je intussen opnam terug naar de pot."</li>
                        <li>
                            "Wachten er meer scholen, dan telt eerst de urgentie, dan wie de minste uren per leerling heeft, dan wie het langst wacht. Alle scholen van de pot zien de volgorde en de reden. Niemand ziet om welk kind het gaat."
                        </li>
                        <li>"Is de wijkpot leeg, dan springt de stedelijke pot bij. Daarna komt de reserve, met een reden en een ja van het secretariaat."</li>
                        <li>"Wat aan het eind van de maand nog in een pot zit, vervalt ook."</li>
                    </ul>
                    <p>
                        "Wie over een aanvraag beslist en hoeveel een school zelf mag opnemen, kiest je samenwerkingsverband. Het staat op de pagina van de wijkpot."
                    </p>
                </section>
                <section aria-labelledby="lezen">
                    <h2 id="lezen">"Wie leest wat?"</h2>
                    <p>
                        "De tekst over een leerling zien alleen de eigen school, de expert, de trajectbegeleider van het bestuur en het secretariaat. Anderen zien uren en soort expertise, geen leerling."
                    </p>
                </section>
            </div>
        </div>
    }
}
