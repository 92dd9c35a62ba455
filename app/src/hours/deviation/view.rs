//! The page: what waits and what was agreed, and asking for more. Always true: an answer is a form with its own reason.

use super::{AnswerDeviation, AskDeviation, DEVIATION, DeviationPage, DeviationShown};
use crate::{
    hours::HOURS,
    ui::{
        Button, Chip, Empty, Field, Form, FormAction, Kind, LinkButton, PageHead, Said, Select, SelectOption, TextArea, linking, page_key,
    },
};
use leptos::prelude::*;

/// `/uren/afwijking`
#[component]
pub fn DeviationView(
    /// What is on it.
    data: DeviationPage,
) -> impl IntoView {
    let DeviationPage { deviations, can_ask, sees_hours, suppliers, holders, months, chosen, from_to } = data;
    let none = deviations.is_empty();
    let (there, words) = if sees_hours { (HOURS, "Terug naar de uren") } else { ("/", "Naar de startpagina") };
    let back = (there.to_owned(), words.to_owned());
    let ask = can_ask.then(|| view! { <Ask suppliers holders months chosen from_to /> });
    view! {
        <div class="wrap">
            <PageHead
                title="Uren in een andere maand"
                lede="Uren horen bij hun maand. Leverancier en bestuur kunnen samen anders afspreken. De uren verplaatsen pas als beide akkoord zijn."
                back
            />
            <Said />
            {none
                .then(|| {
                    view! {
                        <Empty heading="Er zijn geen afwijkende afspraken" why="Alle uren staan in hun eigen maand.">
                            {sees_hours.then(|| view! { <LinkButton href=HOURS>"Naar de uren"</LinkButton> })}
                        </Empty>
                    }
                })}
            {(!none)
                .then(|| {
                    view! {
                        <section class="card year" aria-labelledby="afspraken">
                            <h2 id="afspraken">"Afspraken"</h2>
                            <ul class="runs">{deviations.into_iter().map(|deviation| view! { <Line deviation /> }).collect_view()}</ul>
                        </section>
                    }
                })}
            {ask}
        </div>
    }
}

#[component]
fn Line(deviation: DeviationShown) -> impl IntoView {
    let DeviationShown { id, what, behind, whose, reason, asked, state, closed, can_answer, can_withdraw, chip } = deviation;
    let answer = FormAction::to::<AnswerDeviation>();
    let hidden = |answer: &str| vec![("afwijking", id.clone()), ("antwoord", answer.to_owned())];
    let (yes, no, back) = (hidden("ja"), hidden("nee"), hidden("terug"));
    let (yes_id, no_id, back_id) = (format!("ja-{id}"), format!("nee-{id}"), format!("terug-{id}"));
    view! {
        <li class="run">
            <h3>{linking(what, behind)}</h3>
            <p>{whose} ". " {reason}</p>
            <p class="soft">"Gevraagd op " {asked} ". " {closed}</p>
            <p>
                <Chip state=chip text=state />
            </p>
            {can_answer
                .then(|| {
                    view! {
                        <Form action=answer key=page_key() id=yes_id hidden=yes>
                            <Button kind=Kind::Primary>"Akkoord, verplaats de uren"</Button>
                        </Form>
                        <details class="fold">
                            <summary>"Zeg nee"</summary>
                            <Form action=answer key=page_key() id=no_id.clone() hidden=no>
                                <Field name="reden" id=format!("{no_id}-reden") label="Waarom niet?" maxlength=500_u32 />
                                <Button>"Zeg nee"</Button>
                            </Form>
                        </details>
                    }
                })}
            {can_withdraw
                .then(|| {
                    view! {
                        <Form action=answer key=page_key() id=back_id hidden=back>
                            <Button>"Trek in"</Button>
                        </Form>
                    }
                })}
        </li>
    }
}

type Options = Vec<(String, String)>;

#[component]
fn Ask(suppliers: Options, holders: Options, months: Options, chosen: (String, String), from_to: (String, String)) -> impl IntoView {
    let options = |pairs: Options| pairs.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect::<Vec<_>>();
    let (from, to) = (options(months.clone()), options(months.clone()));
    let (supplier, holder) = chosen;
    let (first, second) = from_to;
    let hidden = vec![("leverancier", supplier.clone()), ("houder", holder.clone())];
    let (suppliers, holders) = (options(suppliers), options(holders));
    let action = FormAction::to::<AskDeviation>();
    view! {
        <section class="card year" aria-labelledby="vragen">
            <h2 id="vragen">"Vraag een andere maand"</h2>
            <form class="pick" method="get" action=DEVIATION>
                <Select name="leverancier" id="kies-leverancier" label="Leverancier" options=suppliers value=supplier />
                <Select name="houder" id="kies-houder" label="Wiens uren?" options=holders value=holder />
                <Button>"Toon de maanden"</Button>
            </form>
            <Form action key=page_key() id="afwijking" hidden>
                <Select name="van" label="Van maand" options=from value=first />
                <Select name="naar" label="Naar maand" options=to value=second />
                <Field
                    name="uren"
                    label="Hoeveel uren?"
                    help="In kwartieren, zoals 6 of 6,25."
                    short=true
                    inputmode="decimal"
                    maxlength=20_u32
                />
                <TextArea name="reden" label="Waarom?" help="De ander leest dit, en het staat straks in het urenboek." />
                <div class="actions">
                    <Button kind=Kind::Primary>"Vraag de andere maand"</Button>
                </div>
            </Form>
        </section>
    }
}
