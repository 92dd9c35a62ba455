//! What one looks at: colours, letters, chips, outcomes, trails and icons.

use super::Show;
use crate::ui::{
    Chip, Crumb, Crumbs, DayLeaf, Dialog, Empty, Face, FaceSize, Fact, Facts, Figure, Icon, IconName, LinkButton, Outcome, Pagination,
    Person, State, Step, StepState, Steps, Supplier, SupplierName, Tab, Tabs, Tag, Tone, steps::TurnCard,
};
use leptos::prelude::*;

const COLOURS: [(&str, &str); 15] = [
    ("ground", "de pagina"),
    ("surface", "een kaart"),
    ("sunk", "erin gedrukt"),
    ("ink", "lezen"),
    ("ink-soft", "tweede stem"),
    ("line-strong", "rand van een veld"),
    ("door-fill", "drukken, gekozen, van jou"),
    ("door-tint", "geldig, gedaan"),
    ("clay-fill", "de wijkpot"),
    ("clay-tint", "rond de wijkpot"),
    ("lamp", "aan zet, focus"),
    ("lamp-tint", "wacht, verloopt, verschilt"),
    ("stop", "geweigerd, ontbreekt"),
    ("stop-tint", "vlak bij stop"),
    ("deep", "balk, zoeken, straat"),
];

#[component]
pub(super) fn Colours() -> impl IntoView {
    view! {
        <Show id="s-kleur" title="Kleur">
            <ul class="swatches">
                {COLOURS
                    .iter()
                    .map(|(name, words)| {
                        view! {
                            <li>
                                <span class=format!("swatch {name}")></span>
                                <b>{*name}</b>
                                " "
                                <span class="soft">{*words}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </Show>
    }
}

#[component]
pub(super) fn Letters() -> impl IntoView {
    view! {
        <Show id="s-letter" title="Letter">
            <div class="card type-sheet">
                <p class="t4">"18 u 45"</p>
                <p class="t3">"Wijkpot Havenkwartier"</p>
                <p class="t2">"Je uren in november"</p>
                <p class="tl">"Plusgroep bovenbouw"</p>
                <p class="lede">"Aanloop: twee dingen wachten op jou."</p>
                <p>"Lopende tekst: Thijs Oldenkamp is vier keer bij jullie geweest. Vertel wat het opleverde."</p>
                <p class="help">"Bijschrift en hulp: hooguit 600 tekens."</p>
            </div>
        </Show>
    }
}

#[component]
pub(super) fn Chips() -> impl IntoView {
    let states = [
        (State::Turn, "Jij bent aan zet sinds vr 13 nov"),
        (State::Wait, "Wacht op bevestiging"),
        (State::Valid, "Geldig vanaf 16 nov"),
        (State::Done, "Gedaan"),
        (State::Stop, "Afgezegd"),
        (State::Pot, "Uit de wijkpot"),
        (State::Warn, "Verloopt over 56 dagen"),
        (State::Proof, "Bewijs geldig tot augustus 2028"),
    ];
    let suppliers = [("W", "De Wissel", 1), ("B", "De Brink", 2), ("D", "Driesprong", 3), ("S", "SWV Vlietland", 4)];
    view! {
        <Show id="s-chip" title="Chip, label, bord, gezicht">
            <p class="chips">
                {states.into_iter().map(|(state, text)| view! { <Chip state text /> }).collect_view()}
                <Tag text="groep" />
            </p>
            <p class="chips">
                {suppliers
                    .into_iter()
                    .map(|(letter, name, tone)| {
                        let supplier = Supplier { name: name.to_owned(), letter: letter.to_owned(), tone };
                        view! { <SupplierName supplier /> }
                    })
                    .collect_view()}
                <Face name="Thijs Oldenkamp" size=FaceSize::Large />
                <Face name="Ilse van Grootheest" />
                <Face name="Aylin Demirkan" size=FaceSize::Small />
            </p>
            <div class="halves">
                <div class="card">
                    <Person name="Thijs Oldenkamp" words="op vrijdag 13 november" />
                    <Facts facts=vec![Fact::new("Werkt in", "Havenkwartier"), Fact::new("Contact", "Schrijf Thijs").to("mailto:t@example.org")] />
                </div>
                <div class="card">
                    <DayLeaf weekday="do" day="19" month="nov" />
                    <Figure amount="4 u 15" words="vrij van 14 u 15. Wat je niet gebruikt, vervalt na 30 november, over 13 dagen." />
                </div>
            </div>
        </Show>
    }
}

#[component]
pub(super) fn Outcomes() -> impl IntoView {
    view! {
        <Show id="s-melding" title="Melding">
            <div class="halves">
                <Outcome tone=Tone::Done heading="De afspraak is aangevraagd" text="De Wissel krijgt bericht. Jij ook, zodra ze bevestigd is." />
                <Outcome tone=Tone::Given heading="2 u 15 zit in de wijkpot" text="Terugnemen kan tot woensdag 14.10 uur." />
                <Outcome tone=Tone::Warn heading="Je bewijs verloopt over 56 dagen" text="Daarna kan niemand je boeken voor deze expertise.">
                    <p class="actions">
                        <LinkButton href="#s-melding" small=true>
                            "Verleng het bewijs"
                        </LinkButton>
                    </p>
                </Outcome>
                <Outcome
                    tone=Tone::Refused
                    heading="Je hebt zelf nog 2 u De Wissel"
                    text="Gebruik die eerst. Daarna kun je uit de wijkpot vragen."
                />
            </div>
            <Empty heading="Nog geen afspraken" why="Zodra je een moment kiest, staat het hier.">
                <LinkButton href="#s-melding">"Zoek een expert"</LinkButton>
            </Empty>
            <Dialog id="terug" heading="2 u 15 De Brink terugnemen?" standing=true>
                <p>"De uren komen terug bij De Meerpaal. Ze vervallen daar na 30 november als je ze niet gebruikt."</p>
                <p class="actions">
                    <LinkButton href="#terug">"Neem terug"</LinkButton>
                    <LinkButton href="#terug">"Laat zitten"</LinkButton>
                </p>
            </Dialog>
        </Show>
    }
}

#[component]
pub(super) fn Trails() -> impl IntoView {
    let step = |name: &str, when: &str, state| Step { name: name.to_owned(), when: when.to_owned(), state };
    let tab =
        |title: &str, note: &str, current| Tab { href: "#s-route".to_owned(), title: title.to_owned(), note: note.to_owned(), current };
    let chip = view! { <Chip state=State::Turn text="Jij bent aan zet sinds vr 13 nov" /> }.into_any();
    view! {
        <Show id="s-route" title="Route en plek">
            <Crumbs above=vec![Crumb { label: "Afspraken".to_owned(), href: "#s-route".to_owned() }] here="Plusgroep bovenbouw" />
            <TurnCard id="s-beurt" heading="Vul de evaluatie in" words="Thijs heeft zijn deel klaar." chip>
                <LinkButton href="#s-route" kind=crate::ui::Kind::Primary>
                    "Vul de evaluatie in"
                </LinkButton>
            </TurnCard>
            <Steps
                label="Route van de afspraak"
                steps=vec![
                    step("Aangevraagd", "do 24 sep", StepState::Done),
                    step("Geregistreerd", "bij het secretariaat, sinds di 29 sep", StepState::Now),
                    step("Bevestigd", "", StepState::Todo),
                ]
            />
            <Tabs label="Delen van deze afspraak" tabs=vec![tab("Plan", "de vraag", false), tab("Check", "nu aan jou", true)] />
            <Pagination page=2 pages=5 before="#s-route" after="#s-route" />
        </Show>
    }
}

#[component]
pub(super) fn Icons() -> impl IntoView {
    view! {
        <Show id="s-icoon" title="Iconen">
            <ul class="icons">
                {IconName::ALL
                    .into_iter()
                    .map(|name| {
                        view! {
                            <li>
                                <Icon name />
                                <span class="soft">{name.name()}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </Show>
    }
}
