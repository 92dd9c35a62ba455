//! `/experts/:id`: who it is, when they are free, what it costs, and the form. Always true: the address holds what one looks at, so that
//! every view of it is a link.

use super::{
    ask_form::AskForm,
    read::ReadExpert,
    shown::{ExpertShown, WhyNot},
};
use crate::{
    experts::{About, ExpertHead},
    ui::Loaded,
    wire::load,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/experts/:id?duur=60&moment=2026-11-19T09:00&vanaf=2026-11-16&vak=hoogbegaafdheid`
#[component]
pub fn ExpertPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = load(move || {
        let of = |name| query.with(|query| query.get(name).unwrap_or_default());
        ReadExpert {
            expert: params.with(|params| params.get("id").unwrap_or_default()),
            duur: of("duur"),
            moment: of("moment"),
            vanaf: of("vanaf"),
            vak: of("vak"),
            school: of("school"),
            zoek: of("zoek"),
        }
    });
    view! { <Loaded resource=page children=move |shown: ExpertShown| view! { <ExpertView shown /> } /> }
}

/// A specialist's page.
#[component]
pub(super) fn ExpertView(
    /// What is on it.
    shown: ExpertShown,
) -> impl IntoView {
    let ExpertShown { profile, search, form } = shown;
    view! {
        <div class="wrap">
            <ExpertHead profile=profile.clone() search />
            {match form {
                Ok(asking) => view! { <AskForm asking /> }.into_any(),
                Err(WhyNot { heading, text }) => {
                    view! {
                        <section class="card sunk why-not" aria-labelledby="waarom-niet">
                            <h2 id="waarom-niet">{heading}</h2>
                            <p>{text}</p>
                        </section>
                    }
                        .into_any()
                }
            }}
            <About profile />
        </div>
    }
}
