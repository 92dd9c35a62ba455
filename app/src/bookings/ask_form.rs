//! The form that asks a specialist: six fields at most. Always true: it works as plain HTML; scripts only say the moment beside it.

use super::{
    advice::Advised,
    answers::{ChosenMoment, HowLong, Payment, When, chosen_moment, follow},
    api::AskBooking,
    shown::Asking,
};
use crate::ui::{Button, Choice, Choices, Form, FormAction, Kind, TextArea, Tile, choices::LinkTile, form::FormState, page_key, typed};
use domain::bookings::{GOAL_MAX, Level, QUESTION_MAX};
use leptos::prelude::*;

/// Duration, moment, for whom, question, goal, parents.
#[component]
pub(super) fn AskForm(
    /// What can be asked.
    asking: Asking,
) -> impl IntoView {
    let action = FormAction::to::<AskBooking>();
    let hidden = vec![("expert", asking.expert.clone()), ("school", asking.school.clone())];
    view! {
        <Form action key=page_key() hidden class="split ask" passing=&["moment"] choose="Kies dit en vraag aan">
            <Fields asking />
        </Form>
    }
}

#[component]
fn Fields(asking: Asking) -> impl IntoView {
    let Asking { first_name, schools, picker, levels, expertise, subjects, known, pay, then, .. } = asking;
    let (minutes, durations) = (picker.minutes, picker.durations.clone());
    let (length, spoken) = (picker.length.clone(), picker.spoken.clone());
    let (chosen, moment) = chosen_moment(&picker);
    view! {
        <div class="stack" on:change=move |event| follow(&event, chosen)>
            {(!schools.is_empty())
                .then(|| {
                    view! {
                        <section class="card" aria-labelledby="welke-school">
                            <h2 id="welke-school">"Voor welke school?"</h2>
                            <ul class="durations list" aria-labelledby="welke-school">
                                {schools
                                    .into_iter()
                                    .map(|way| {
                                        view! {
                                            <li>
                                                <LinkTile href=way.href current=way.current>
                                                    {way.label}
                                                </LinkTile>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        </section>
                    }
                })}
            <HowLong minutes durations moment />
            <When picker />
            <section class="card" aria-labelledby="waarvoor">
                <h2 id="waarvoor">"Waarvoor?"</h2>
                <Subject expertise subjects />
                <Purpose levels known />
            </section>
        </div>
        <aside class="card side pay" aria-labelledby="betaald">
            <h2 id="betaald">{format!("{length} met {first_name}")}</h2>
            <ChosenMoment chosen=chosen.into() spoken />
            <h3>"Zo wordt het betaald"</h3>
            <Payment months=pay chosen=chosen.into() />
            <Button kind=Kind::Primary wide=true>
                "Vraag aan en zet vast"
            </Button>
            <p class="soft pay-then">{then}</p>
        </aside>
    }
}

/// What it is about: as the address says, or one of what the specialist knows. No part of what tells forms apart: what was typed stays
/// when it becomes another.
#[component]
fn Subject(expertise: Option<(String, String)>, subjects: Vec<(String, String)>) -> impl IntoView {
    if let Some((slug, name)) = expertise {
        return view! {
            <input type="hidden" name="vak" value=slug />
            <p class="soft">"Hulp bij " <b>{name}</b> "."</p>
        }
        .into_any();
    }
    let tile = |(slug, name)| {
        view! {
            <Tile name="vak" value=slug required=true>
                {name}
            </Tile>
        }
    };
    view! {
        <Choices legend="Waarmee kan de expert helpen?" name="vak" row=true>
            {subjects.into_iter().map(tile).collect_view()}
        </Choices>
    }
    .into_any()
}

#[component]
fn Purpose(levels: Vec<(String, String)>, known: Vec<String>) -> impl IntoView {
    let only = levels.len() == 1;
    let pupil = levels.iter().any(|(code, _)| code == Level::Pupil.code());
    view! {
        <Choices legend="Voor wie is de hulp?" name="niveau" row=true>
            {levels
                .into_iter()
                .map(|(code, word)| {
                    view! {
                        <Tile name="niveau" value=code checked=only required=true>
                            {word}
                        </Tile>
                    }
                })
                .collect_view()}
        </Choices>
        <Looked />
        <Advised name="vraag" known=known.clone() limit=QUESTION_MAX>
            <TextArea
                name="vraag"
                label="Wat is je vraag?"
                help=format!("Hooguit {QUESTION_MAX} tekens. Schrijf geen namen, geboortedata of nummers op.")
                required=true
            />
        </Advised>
        <Advised name="doel" known limit=GOAL_MAX>
            <TextArea
                name="doel"
                label="Wat wil je bereiken, en hoe zie je dat?"
                two_lines=true
                required=true
            />
        </Advised>
        {pupil
            .then(|| {
                view! {
                    <div class="parents">
                        <Choices legend="Ouders" name="ouders" hidden_legend=true>
                            <Choice name="ouders" value="ja" many=true>
                                <strong>"De ouders weten hiervan."</strong>
                                " "
                                <span class="soft">"Nodig bij hulp voor een leerling."</span>
                            </Choice>
                        </Choices>
                    </div>
                }
            })}
    }
}

/// Says once more what was the last answer: that nothing of a pupil is in the texts.
#[component]
fn Looked() -> impl IntoView {
    let said = typed("nagekeken").is_some();
    let state = use_context::<FormState>();
    let asked = move || state.as_ref().is_some_and(|state| state.offers_at("nagekeken"));
    view! { <input type="hidden" name="nagekeken" value="ja" disabled=move || !said || asked() /> }
}
