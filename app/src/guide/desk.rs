//! The loket: which of four partners a question belongs to (004, kernpartners). Always true: it routes and never stores a question.

use crate::ui::{LinkButton, PageHead};
use leptos::prelude::*;

/// A partner of every school, and the questions that are theirs.
struct Partner {
    id: &'static str,
    question: &'static str,
    name: &'static str,
    what: &'static str,
    examples: [&'static str; 3],
}

const PARTNERS: [Partner; 4] = [
    Partner {
        id: "verzuim",
        question: "Gaat het over verzuim?",
        name: "Leerplicht",
        what: "De leerplichtambtenaar helpt als een leerling te weinig naar school komt.",
        examples: ["Een leerling komt vaak te laat.", "Een leerling is weg zonder reden.", "Een leerling dreigt thuis te komen zitten."],
    },
    Partner {
        id: "gezondheid",
        question: "Gaat het over gezondheid, of is het één vraag over opvoeden?",
        name: "Jeugdgezondheidszorg",
        what: "De jeugdarts en de jeugdverpleegkundige kijken mee bij medische vragen en bij een enkele vraag over opvoeden.",
        examples: ["Een leerling is vaak ziek.", "Een leerling slaapt of eet slecht.", "Ouders hebben een vraag over opvoeden."],
    },
    Partner {
        id: "gezin",
        question: "Gaat het over het gezin, opvoeden of opgroeien?",
        name: "Buurtteam",
        what: "Het buurtteam helpt gezinnen waar meer tegelijk speelt.",
        examples: ["Er zijn zorgen thuis.", "Ouders komen er samen niet uit.", "Er zijn zorgen over geld of wonen."],
    },
    Partner {
        id: "school",
        question: "Gaat het over de schoolloopbaan, leren of gedrag?",
        name: "Samenwerkingsverband",
        what: "Hier hoort je vraag in Wijkpot. Je zoekt een expert en spreekt een moment af.",
        examples: [
            "Een leerling leert veel sneller of langzamer.",
            "Een groep komt niet tot rust.",
            "Een leerkracht wil een nieuwe aanpak leren.",
        ],
    },
];

/// Four questions, four partners.
#[component]
pub fn DeskPage() -> impl IntoView {
    view! {
        <div class="wrap">
            <PageHead
                title="Loket"
                lede="Waar kun je met je vraag terecht? Kies de vraag die past. Praat eerst met de ouders over je zorgen."
            />
            <ul class="partners">
                {PARTNERS
                    .iter()
                    .map(|partner| {
                        view! {
                            <li class="card" id=partner.id>
                                <h2>{partner.question}</h2>
                                <p>
                                    "Ga naar: "
                                    <strong>{partner.name}</strong>
                                    ". "
                                    {partner.what}
                                </p>
                                <ul class="ticks">
                                    {partner.examples.iter().map(|example| view! { <li>{*example}</li> }).collect_view()}
                                </ul>
                                {(partner.id == "school")
                                    .then(|| {
                                        view! {
                                            <p class="actions">
                                                <LinkButton href="/zoeken" kind=crate::ui::Kind::Primary>
                                                    "Zoek een expert"
                                                </LinkButton>
                                            </p>
                                        }
                                    })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <div class="reading">
                <section>
                    <h2>"Zo gaat het verder"</h2>
                    <p>
                        "Iedere school heeft bij elke partner een vaste contactpersoon. Neem zelf contact op. Wijkpot stuurt geen gegevens van leerlingen door."
                    </p>
                    <p>"Woont een leerling in een andere gemeente? Dan helpt de partner in die gemeente."</p>
                </section>
            </div>
        </div>
    }
}
