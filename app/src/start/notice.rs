//! Hours that are about to perish, with the click that gives them. Always true: nothing is given without seeing how much.

use crate::{
    months::{DonateIdle, GiveIdle, NoticeCard, NoticeLine},
    ui::{Button, Form, FormAction, Kind, SupplierName, page_key},
};
use leptos::prelude::*;

/// The notice.
#[component]
pub(super) fn NoticePart(
    /// What it says.
    notice: NoticeCard,
) -> impl IntoView {
    let NoticeCard { heading, text, lines, give } = notice;
    let action = FormAction::to::<DonateIdle>();
    view! {
        <section class="card clay notice" aria-labelledby="vervalt">
            <h2 id="vervalt">{heading}</h2>
            <ul class="notice-lines">
                {lines
                    .into_iter()
                    .map(|NoticeLine { supplier, left }| {
                        view! {
                            <li>
                                <SupplierName supplier />
                                <b>{left}</b>
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
