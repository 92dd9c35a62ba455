//! `/afspraken/:id`: who is on turn, the four facts, the text for those who may read it, and what one can do. Always true: it shows what the
//! server sent and decides nothing about who may see it.

use super::{
    BOOKINGS,
    act::{Actions, TurnActions},
    read::ReadBooking,
    shown::{BookingShown, PayLine, TextShown, TurnShown},
};
use crate::{
    ui::{Blocks, Chip, Facts, Icon, IconName, Loaded, PageHead, Part, Said, Size, Tags, linking, steps::TurnCard},
    wire::load,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/afspraken/:id`
#[component]
pub fn BookingPage() -> impl IntoView {
    let params = use_params_map();
    let page = load(move || ReadBooking { id: params.with(|params| params.get("id").unwrap_or_default()) });
    view! { <Loaded resource=page children=move |shown: BookingShown| view! { <BookingView shown /> } /> }
}

/// A booking.
#[component]
pub(super) fn BookingView(
    /// What is on it.
    shown: BookingShown,
) -> impl IntoView {
    let shown_actions = shown.clone();
    let turn_actions = shown.clone();
    let BookingShown {
        title,
        tags,
        chip: (state, words),
        turn,
        facts,
        text,
        readers,
        ended,
        others,
        paid,
        blocks,
        paid_note,
        postings,
        ..
    } = shown;
    let has_turn = turn.is_some();
    let chip = (state, words.clone());
    view! {
        <div class="wrap">
            <PageHead title back=(BOOKINGS.to_owned(), "Afspraken".to_owned())>
                <Tags tags />
                {(!has_turn)
                    .then(move || {
                        let (state, text) = chip;
                        view! { <p><Chip state text /></p> }
                    })}
            </PageHead>
            <Said />
            {turn
                .map(|TurnShown { heading, words: why }| {
                    view! {
                        <TurnCard id="aan-zet" heading words=why chip=view! { <Chip state text=words /> }.into_any()>
                            <TurnActions shown=turn_actions />
                        </TurnCard>
                    }
                })}
            {ended.map(|ended| view! { <p class="booking-ended">{ended}</p> })}
            <ul class="list booking-others">
                {others.into_iter().map(|(words, href)| view! { <li><a href=href>{words}</a></li> }).collect_view()}
            </ul>
            <div class="split booking-body">
                <div class="stack">
                    <section class="card" aria-labelledby="feiten">
                        <h2 id="feiten">"De afspraak"</h2>
                        <Facts facts class="booking-facts" />
                    </section>
                    <Text text readers />
                    <Actions shown=shown_actions />
                </div>
                <aside class="side-plain" aria-label="Betaling">
                    <Paid paid blocks note=paid_note postings />
                </aside>
            </div>
        </div>
    }
}

#[component]
fn Text(text: Option<TextShown>, readers: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="vraag-kop">
            <h2 id="vraag-kop">"De vraag"</h2>
            {match text {
                Some(TextShown { question, goal, parents }) => {
                    view! {
                        <p class="question">{question}</p>
                        <dl class="facts">
                            <div>
                                <dt>"Doel"</dt>
                                <dd class="goal">{goal}</dd>
                            </div>
                            {parents
                                .map(|told| {
                                    view! {
                                        <div>
                                            <dt>"Ouders"</dt>
                                            <dd>{if told { "De ouders weten hiervan." } else { "Nog niet verteld." }}</dd>
                                        </div>
                                    }
                                })}
                        </dl>
                    }
                        .into_any()
                }
                None => view! { <p>"De vraag en het doel zijn afgeschermd."</p> }.into_any(),
            }}
            <p class="with-sign soft readers">
                <Icon name=IconName::Lock />
                <span>{readers}</span>
            </p>
        </section>
    }
}

#[component]
fn Paid(paid: Vec<PayLine>, blocks: Vec<Part>, note: String, postings: Option<String>) -> impl IntoView {
    view! {
        <section class="card pay" aria-labelledby="betaald">
            <h2 id="betaald">"Betaald uit"</h2>
            <Blocks parts=blocks size=Size::Normal />
            <dl class="pay-lines">
                {paid
                    .into_iter()
                    .map(|line| {
                        view! {
                            <div>
                                <dt>{line.name}</dt>
                                <dd>{linking(line.amount, postings.clone())}</dd>
                                {(!line.note.is_empty()).then(|| view! { <dd class="note">{line.note}</dd> })}
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            <p class="soft">{note}</p>
            {postings.map(|href| view! { <p><a href=href>"Bekijk de boekingen in het urenboek"</a></p> })}
        </section>
    }
}
