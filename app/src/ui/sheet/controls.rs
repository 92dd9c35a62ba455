//! What one presses, fills in and chooses.

use super::Show;
use crate::{
    session::Flash,
    ui::{
        Button, Choice, Choices, Field, Form, FormAction, IconName, Kind, LinkButton, Select, SelectOption, SlotDay, SlotTime, SlotWeek,
        Slots, Supplier, SupplierName, TextArea, Tile, choices::LinkTile, provide_flash,
    },
};
use domain::{Choice as WayOut, Refusal};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Answers with a refusal, so that the sheet shows one, with and without scripts.
#[server(prefix = "/api", endpoint = "stijl/weiger")]
pub async fn refuse(key: String, moment: String, vraag: String) -> Result<(), crate::AppError> {
    let _ = (key, moment);
    Err(Refusal::new("sheet", "Dit formulier weigert altijd", format!("Je schreef {} tekens. Ze staan er nog.", vraag.chars().count()))
        .into())
}

/// Buttons of every kind.
#[component]
pub(super) fn Buttons() -> impl IntoView {
    view! {
        <Show id="s-knop" title="Knop">
            <p class="actions">
                <Button kind=Kind::Primary local=true>
                    "Vraag aan en zet vast"
                </Button>
                <Button kind=Kind::Pot local=true>
                    "Doneer 2 u 15"
                </Button>
                <Button local=true>"Reken opnieuw"</Button>
                <Button small=true local=true icon=IconName::Pin>
                    "Zet vast"
                </Button>
                <LinkButton href="#s-knop">"Een link"</LinkButton>
                <Button kind=Kind::Quiet local=true>
                    "Bewaar voor later"
                </Button>
            </p>
        </Show>
    }
}

/// Fields and choices, plain, with advice, and refused.
#[component]
pub(super) fn Fields() -> impl IntoView {
    let action = FormAction::to::<Refuse>();
    provide_flash(Some(Flash {
        form: Refuse::PATH.to_owned(),
        refusal: Some(
            Refusal::new(
                "slot_taken",
                "Dit moment is net bezet",
                "Er is niets van je uren af en je tekst staat er nog. Dit ligt er het dichtst bij:",
            )
            .at("moment")
            .or(vec![
                WayOut { value: "2026-11-19T12:30".to_owned(), label: "do 19 nov, 12.30–15.30".to_owned() },
                WayOut { value: "2026-11-20T13:00".to_owned(), label: "vr 20 nov, 13.00–16.00".to_owned() },
            ]),
        ),
        note: None,
        typed: vec![("vraag".to_owned(), "Hoe krijgen we weer zin in de rekenles?".to_owned())],
    }));
    let suppliers = [("W", "De Wissel", 1), ("B", "De Brink", 2)].map(|(letter, name, tone)| Supplier {
        name: name.to_owned(),
        letter: letter.to_owned(),
        tone,
    });
    let [wissel, brink] = suppliers;
    view! {
        <Show id="s-veld" title="Veld en keuze">
            <div class="halves">
                <div class="card">
                    <Field name="s1" label="Wat is je vraag?" help="Hooguit 600 tekens." value="Rekenen met sprongen" />
                    <Field name="s3" label="Doel" value="Daan rekent weer mee" advice="Staat hier een naam? Schrijf liever ‘de leerling’." />
                    <Field name="s6" label="Wanneer is de hulp klaar?" kind="date" short=true value="2026-12-18" />
                    <Select
                        name="s7"
                        label="Wijk"
                        value="haven"
                        options=vec![SelectOption::new("", "Alle wijken"), SelectOption::new("haven", "Havenkwartier")]
                    />
                    <TextArea name="s8" label="Wat wil je bereiken?" two_lines=true maxlength=300_u32 value="Regels met < en & blijven heel." />
                </div>
                <div class="card">
                    <Choices legend="Voor wie?" name="s4" row=true>
                        <Tile name="s4" value="leerling" checked=true>
                            "Leerling"
                        </Tile>
                        <Tile name="s4" value="groep">
                            "Groep"
                        </Tile>
                        <Tile name="s4b" value="ochtend" many=true checked=true>
                            "Ochtend"
                        </Tile>
                    </Choices>
                    <Choices legend="Van welke leverancier?" name="s5">
                        <Choice name="s5" value="wissel" checked=true note="2 u vrij">
                            <SupplierName supplier=wissel />
                        </Choice>
                        <Choice name="s5" value="brink" off=true note="eerst je eigen 2 u 15">
                            <SupplierName supplier=brink />
                        </Choice>
                    </Choices>
                    <ul class="durations" aria-label="Duur">
                        <li>
                            <LinkTile href="#s-veld">"1 u"</LinkTile>
                        </li>
                        <li>
                            <LinkTile href="#s-veld" current=true>
                                "3 u"
                            </LinkTile>
                        </li>
                        <li>
                            <LinkTile href="#s-veld" filter=true>
                                "Havenkwartier"
                            </LinkTile>
                        </li>
                    </ul>
                </div>
            </div>
            <Form action key="stijl" class="card" choose="Neem dit moment">
                <Choices legend="Moment" name="moment" row=true>
                    <Tile name="moment" value="2026-11-19T09:00" checked=true required=true>
                        "do 19 nov, 9.00–12.00"
                    </Tile>
                </Choices>
                <TextArea name="vraag" label="Wat is je vraag?" help="Hooguit 600 tekens." maxlength=600_u32 required=true />
                <p class="actions">
                    <Button kind=Kind::Primary>"Verstuur"</Button>
                </p>
            </Form>
        </Show>
    }
}

/// The slot picker.
#[component]
pub(super) fn Moments() -> impl IntoView {
    let day = |weekday: &str, number: u8, spoken: &str, times: &[&str], none: &str| SlotDay {
        weekday: weekday.to_owned(),
        day: number.to_string(),
        spoken: format!("{spoken} {number} november"),
        times: times.iter().map(|time| SlotTime { value: format!("{number} {time}"), label: (*time).to_owned() }).collect(),
        none: (!none.is_empty()).then(|| none.to_owned()),
    };
    let weeks = vec![SlotWeek {
        name: "Week 47, 16 tot en met 20 november".to_owned(),
        days: vec![
            day("ma", 16, "maandag", &[], "voorbij"),
            day("di", 17, "dinsdag", &[], "vandaag, vol"),
            day("wo", 18, "woensdag", &[], "werkt niet"),
            day("do", 19, "donderdag", &["9.00–12.00", "12.30–15.30"], ""),
            day("vr", 20, "vrijdag", &["13.00–16.00"], ""),
        ],
    }];
    view! {
        <Show id="s-moment" title="Moment">
            <Slots name="starts_at" legend="Wanneer?" help="Alleen momenten van 3 uur waarop Thijs er echt kan zijn." weeks chosen="19 9.00–12.00">
                <p>
                    <a href="#s-moment">"Twee weken verder"</a>
                </p>
            </Slots>
        </Show>
    }
}
