//! `/afspraken/:id/verplaats`: another moment for a booking. Always true: the old moment stays until the new one is taken.

use super::{
    answers::{ChosenMoment, HowLong, When},
    api::MoveBooking,
    read::ReadMove,
    shown::MoveShown,
};
use crate::{
    ui::{Button, Form, FormAction, Kind, Loaded, PageHead, page_key},
    wire::load,
};
use leptos::{
    prelude::*,
    web_sys::{HtmlInputElement, wasm_bindgen::JsCast},
};
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/afspraken/:id/verplaats?duur=60&vanaf=2026-11-16`
#[component]
pub fn MovePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = load(move || {
        let of = |name| query.with(|query| query.get(name).unwrap_or_default());
        ReadMove {
            id: params.with(|params| params.get("id").unwrap_or_default()),
            duur: of("duur"),
            moment: of("moment"),
            vanaf: of("vanaf"),
        }
    });
    view! { <Loaded resource=page children=move |shown: MoveShown| view! { <MoveView shown /> } /> }
}

/// The picker.
#[component]
pub(super) fn MoveView(
    /// What is on it.
    shown: MoveShown,
) -> impl IntoView {
    let action = FormAction::to::<MoveBooking>();
    let MoveShown { id, now, first_name, picker, then, button } = shown;
    let back = (super::booking(&id), "Terug naar de afspraak".to_owned());
    let (minutes, durations) = (picker.minutes, picker.durations.clone());
    let (length, spoken) = (picker.length.clone(), picker.spoken.clone());
    let chosen = RwSignal::new(None::<String>);
    let follow = move |event: leptos::ev::Event| {
        let radio = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(radio) = radio.filter(|radio| radio.name() == "moment") {
            chosen.set(Some(radio.value()));
        }
    };
    view! {
        <div class="wrap">
            <PageHead title="Kies een ander moment" lede=format!("Nu: {now}.") back />
            <Form action key=page_key() hidden=vec![("afspraak", id)] class="split ask" choose="Kies dit en verzet">
                <div class="stack" on:change=follow>
                    <HowLong minutes durations />
                    <When picker />
                </div>
                <aside class="card side pay" aria-labelledby="nieuw">
                    <h2 id="nieuw">{format!("{length} met {first_name}")}</h2>
                    <ChosenMoment chosen=chosen.into() spoken />
                    <p>{then}</p>
                    <Button kind=Kind::Primary wide=true>
                        {button}
                    </Button>
                    <p class="soft pay-then">"De uren van het oude moment betalen eerst. Is er meer nodig, dan komt dat uit de uren van de school."</p>
                </aside>
            </Form>
        </div>
    }
}
