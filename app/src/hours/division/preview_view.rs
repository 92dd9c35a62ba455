//! What a way to divide leads to, per school, with the button that posts it. Always true: nothing is posted before it was seen.

use super::{ChangeLine, DivideBoard, DivisionPreview};
use crate::ui::{Button, Cell, Column, Form, FormAction, Kind, Row, RowHead, Table, page_key};
use leptos::prelude::*;

/// Now, after and the difference; then the button.
#[component]
pub(super) fn Looked(
    /// What it leads to.
    preview: DivisionPreview,
    /// Board and year, as the form sends them.
    hidden: Vec<(&'static str, String)>,
) -> impl IntoView {
    let DivisionPreview { way, digest, refusal, lines, posts } = preview;
    let mut hidden = hidden;
    hidden.push(("voorbeeld", digest));
    let columns = vec![Column::text("School"), Column::num("Nu"), Column::num("Straks"), Column::num("Verschil")];
    let rows = lines
        .into_iter()
        .map(|ChangeLine { name, now, after, difference }| {
            view! {
                <Row>
                    <RowHead>{name}</RowHead>
                    <Cell num=true label="nu">
                        {now}
                    </Cell>
                    <Cell num=true label="straks">
                        {after}
                    </Cell>
                    <Cell num=true label="verschil">
                        {if difference.is_empty() { "gelijk".to_owned() } else { difference }}
                    </Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <section class="card year" aria-labelledby="voorbeeld">
            <h2 id="voorbeeld" tabindex="-1">
                {format!("Voorbeeld: {way}")}
            </h2>
            {match refusal {
                Some(refusal) => {
                    let words = format!("{}. {}", refusal.heading, refusal.advice);
                    view! { <p class="soft">"Dit is nog niet te boeken. " {words}</p> }.into_any()
                }
                None => {
                    view! {
                        <p class="soft">"Er is nog niets geboekt. Zo veranderen de maanden die nog lopen, alle leveranciers samen."</p>
                        <Table caption="Uren per school, nu en straks" hidden_caption=true columns>
                            {rows}
                        </Table>
                        <Form action={FormAction::to::<DivideBoard>()} key=page_key() id="boek-verdeling" hidden>
                            <p>{posts}</p>
                            <div class="actions">
                                <Button kind=Kind::Primary>"Boek deze verdeling"</Button>
                            </div>
                        </Form>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}
