//! The page: fields, then what they lead to, then what was posted before. Always true: it is complete without scripts.

use super::{
    ALLOTMENT, AllotmentPage, PostAllotment, Preview, PreviewAllotment, UndoAllotment,
    fields::{Boards, Contracts, Ground},
    history::{History, RunWords},
    table::BothTables,
};
use crate::{
    hours::HOURS,
    ui::{Button, Empty, Form, FormAction, Kind, LinkButton, Outcome, PageHead, Said, Select, SelectOption, Tone, page_key},
};
use domain::hours::Basis;
use leptos::prelude::*;

/// `/uren/toedeling`
#[component]
pub fn AllotmentView(
    /// What is on it.
    data: AllotmentPage,
) -> impl IntoView {
    let AllotmentPage { year, year_name, years, suppliers, boards, typed, preview, runs } = data;
    let options = years.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect();
    let lede = format!("Schooljaar {year_name}. Eerst kijken, dan boeken. Wat geboekt is, draai je als geheel terug.");
    let nothing = suppliers.is_empty() || boards.is_empty();
    let form = (!nothing).then(|| {
        let basis = Basis::from_code(&typed.grondslag).unwrap_or(Basis::Pupils);
        let action = FormAction::to::<PreviewAllotment>();
        view! {
            <Form
                action
                key=page_key()
                id="toedeling"
                class="form allotment-form"
                hidden=vec![("jaar", year.to_string())]
            >
                <section class="card year" aria-labelledby="contracten">
                    <h2 id="contracten">"Contracten"</h2>
                    <p class="soft">"Hele uren per jaar. De reserve blijft apart en gaat alleen open met een reden."</p>
                    <Contracts names=suppliers rows=typed.contracten year />
                </section>
                <section class="card year" aria-labelledby="besturen">
                    <h2 id="besturen">"Besturen"</h2>
                    <Ground basis base=typed.basis supplement=typed.toeslag />
                    <p class="soft">
                        "Een vast deel gaat voor. De andere besturen delen de rest in hele procenten. Een besloten deel heeft een reden nodig."
                    </p>
                    <Boards names=boards rows=typed.besturen basis />
                    <div class="actions">
                        <Button kind=Kind::Primary>"Bekijk de verdeling"</Button>
                    </div>
                </section>
            </Form>
        }
    });
    let undo = FormAction::to::<UndoAllotment>();
    let words = RunWords { heading: "Wat er geboekt is", field: "toedeling" };
    let back = (HOURS.to_owned(), "Terug naar de uren".to_owned());
    view! {
        <div class="wrap">
            <PageHead title="Uren verdelen over besturen" lede back>
                <form class="pick" method="get" action=ALLOTMENT>
                    <Select name="jaar" id="kies-jaar" label="Schooljaar" options value=year.to_string() hidden_label=true />
                    <Button>"Toon"</Button>
                </form>
            </PageHead>
            <Said />
            {nothing
                .then(|| {
                    view! {
                        <Empty heading="Er valt nog niets te verdelen" why="Er zijn nog geen leveranciers of besturen.">
                            <LinkButton href="/loket">"Kijk bij het loket"</LinkButton>
                        </Empty>
                    }
                })}
            {form}
            {preview.map(|preview| view! { <Looked preview year /> })}
            <History runs undo words />
        </div>
    }
}

/// What the draft leads to.
#[component]
fn Looked(preview: Preview, year: i32) -> impl IntoView {
    let Preview { digest, refusal, table, shares, posts, button, warning } = preview;
    let action = FormAction::to::<PostAllotment>();
    let can_post = refusal.is_none() && table.is_some();
    view! {
        <section class="card year" aria-labelledby="voorbeeld">
            <h2 id="voorbeeld" tabindex="-1">
                "Voorbeeld"
            </h2>
            {table.map(|table| view! { <BothTables table shares /> })}
            {refusal
                .map(|refusal| {
                    let words = format!("{}. {}", refusal.heading, refusal.advice);
                    view! { <p class="soft">"Dit is nog niet te boeken. " {words}</p> }
                })}
            {(!warning.is_empty())
                .then(|| view! { <Outcome tone=Tone::Warn heading="Een deel ligt in het verleden" text=warning id="let-op" /> })}
            {can_post
                .then(|| {
                    view! {
                        <Form action key=page_key() hidden=vec![("jaar", year.to_string()), ("voorbeeld", digest)]>
                            <p>{posts}</p>
                            <div class="actions">
                                <Button kind=Kind::Primary>{button}</Button>
                            </div>
                        </Form>
                    }
                })}
        </section>
    }
}
