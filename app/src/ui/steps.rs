//! The route: who is on turn and since when. An ordered list; a street on wide windows, ticks on a phone.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Behind us.
    Done,
    /// Now.
    Now,
    /// Still to come.
    Todo,
}

/// A step of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// `Geregistreerd`.
    pub name: String,
    /// `di 29 sep`, or who and since when.
    pub when: String,
    /// Where it stands.
    pub state: StepState,
}

/// The steps, in order.
#[component]
pub fn Steps(
    /// What goes this way: `Route van de afspraak`. Readers hear it.
    #[prop(into)]
    label: String,
    /// The steps.
    steps: Vec<Step>,
) -> impl IntoView {
    view! {
        <ol class="route" aria-label=label>
            {steps
                .into_iter()
                .map(|step| {
                    let (class, current) = match step.state {
                        StepState::Done => ("done", None),
                        StepState::Now => ("now", Some("step")),
                        StepState::Todo => ("todo", None),
                    };
                    view! {
                        <li class=class aria-current=current>
                            <b>{step.name}</b>
                            <small>{step.when}</small>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

/// The one sentence that matters: who is on turn, what they can do, and the way there.
#[component]
pub fn TurnCard(
    /// Its id; the card is named by its heading.
    #[prop(into)]
    id: String,
    /// `Vul de evaluatie in`.
    #[prop(into)]
    heading: String,
    /// Why, in a sentence.
    #[prop(into)]
    words: String,
    /// The chip above it.
    chip: AnyView,
    /// The way there: a `LinkButton` or a form.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="turn-card" aria-labelledby=id>
            <div>
                <p>{chip}</p>
                <h2 id=id.clone()>{heading}</h2>
                <p>{words}</p>
            </div>
            {children.map(|children| children())}
        </section>
    }
}
