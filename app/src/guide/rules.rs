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
