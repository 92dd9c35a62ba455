//! The card on which a school lets its idle hours go to the pot by themselves. Always true: it tells what happens on which day, on or off.

use super::api::Automatic;
use crate::{
    organisations::SwitchDonation,
    ui::{Button, Card, Form, FormAction, page_key},
};
use leptos::prelude::*;

/// The switch.
#[component]
pub(super) fn AutomaticCard(
    /// How it stands.
    automatic: Automatic,
) -> impl IntoView {
    let Automatic { school, is_on, words, by } = automatic;
    let action = FormAction::to::<SwitchDonation>();
    let aan = if is_on { "nee" } else { "ja" };
    view! {
        <Card title="Automatisch doneren" id="automatisch" class="automatic">
            <p>{words}</p>
            {by.map(|by| view! { <p class="soft">{by}</p> })}
            <Form action key=page_key() hidden=vec![("school", school), ("aan", aan.to_owned())]>
                <p class="actions">
                    <Button>{if is_on { "Zet uit" } else { "Zet aan" }}</Button>
                </p>
            </Form>
        </Card>
    }
}
