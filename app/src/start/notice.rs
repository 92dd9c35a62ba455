//! Hours that are about to perish, with the click that gives them. Always true: nothing is given without seeing how much.

use crate::{
    months::{DonateIdle, GiveIdle, GivenCard, NoticeCard, NoticeLine, TakeAllBack},
    ui::{Button, Form, FormAction, Kind, SupplierName, page_key},
};
use leptos::prelude::*;

/// The notice.
#[component]
pub(super) fn NoticePart(
    /// What it says.
    notice: NoticeCard,
) -> impl IntoView {
    let NoticeCard { amount, behind, heading, text, lines, give } = notice;
    let action = FormAction::to::<DonateIdle>();
    view! {
        <section class="card clay notice" aria-labelledby="vervalt">
            <h2 id="vervalt">
                <a class="nowrap" href=behind>
                    {amount}
                </a>
                " "
                {heading}
            </h2>
            <ul class="notice-lines">
                {lines
                    .into_iter()
                    .map(|NoticeLine { supplier, left, behind }| {
                        view! {
                            <li>
                                <SupplierName supplier />
                                <b>
                                    <a class="nowrap" href=behind>
                                        {left}
                                    </a>
                                </b>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <p>{text}</p>
            {give
                .map(|GiveIdle { school, month, minutes, button }| {
                    let hidden = vec![("school", school), ("maand", month), ("minuten", minutes)];
                    view! {
                        <Form action key=page_key() hidden>
                            <p class="actions">
                                <Button kind=Kind::Pot>{button}</Button>
                            </p>
                        </Form>
                    }
                })}
        </section>
    }
}

/// What was given a short while ago, with the click that takes it back.
#[component]
pub(super) fn GivenPart(
    /// What it says.
    given: GivenCard,
) -> impl IntoView {
    let GivenCard { school, click, text, button } = given;
    let action = FormAction::to::<TakeAllBack>();
    view! {
        <section class="card clay notice" aria-labelledby="gegeven">
            <h2 id="gegeven">"Net gedoneerd"</h2>
            <p>{text}</p>
            <Form action key=page_key() hidden=vec![("school", school), ("klik", click)]>
                <p class="actions">
                    <Button>{button}</Button>
                </p>
            </Form>
        </section>
    }
}
