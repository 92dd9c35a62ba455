//! `/afspraken/:id/verplaats`: another moment for a booking. Always true: the old moment stays until the new one is taken.

use super::{
    answers::{ChosenMoment, HowLong, Payment, When, chosen_moment, follow},
    api::MoveBooking,
    read::ReadMove,
    shown::MoveShown,
};
use crate::{
    ui::{Button, Form, FormAction, Kind, Loaded, PageHead, page_key},
    wire::load,
};
use leptos::prelude::*;
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
    let (id, now) = (shown.id.clone(), shown.now.clone());
    let back = (super::booking(&id), "Terug naar de afspraak".to_owned());
    view! {
        <div class="wrap">
            <PageHead title="Kies een ander moment" lede=format!("Nu: {now}.") back />
            <Form
                action
                key=page_key()
                hidden=vec![("afspraak", id)]
                class="split ask"
                passing=&["moment"]
                choose="Kies dit en verzet"
            >
                <Fields shown />
            </Form>
        </div>
    }
}

#[component]
fn Fields(shown: MoveShown) -> impl IntoView {
    let MoveShown { first_name, picker, then, button, pay, .. } = shown;
    let (minutes, durations) = (picker.minutes, picker.durations.clone());
    let (length, spoken) = (picker.length.clone(), picker.spoken.clone());
    let (chosen, moment) = chosen_moment(&picker);
    let pays = !pay.is_empty();
    view! {
        <div class="stack" on:change=move |event| follow(&event, chosen)>
            <HowLong minutes durations moment />
            <When picker />
        </div>
        <aside class="card side pay" aria-labelledby="nieuw">
            <h2 id="nieuw">{format!("{length} met {first_name}")}</h2>
            <ChosenMoment chosen=chosen.into() spoken />
            <p>{then}</p>
            {pays
                .then(|| {
                    view! {
                        <h3>"Zo wordt het betaald"</h3>
                        <Payment months=pay chosen=chosen.into() />
                    }
                })}
            <Button kind=Kind::Primary wide=true>
                {button}
            </Button>
            <p class="soft pay-then">"De uren van het oude moment gaan eerst terug naar waar ze vandaan kwamen. Daarna betalen ze het nieuwe moment."</p>
        </aside>
    }
}
