//! Advice while somebody writes. Always true: it asks and never blocks, and it sends nothing anywhere.

use crate::ui::{Icon, IconName, typed};
use domain::text::{TextWarning, warnings_except};
use leptos::prelude::*;

/// A text area with advice under it when a name or a number seems to stand in it.
#[component]
pub(super) fn Advised(
    /// The name of the field.
    name: &'static str,
    /// Names everybody may read: the school, the supplier.
    known: Vec<String>,
    /// The field.
    children: Children,
) -> impl IntoView {
    let text = RwSignal::new(typed(name).unwrap_or_default());
    let advice =
        Memo::new(move |_| text.with(|text| warnings_except(text, known.iter().map(String::as_str)).first().map(TextWarning::sentence)));
    view! {
        <div class="advised" on:input=move |event| text.set(event_target_value(&event))>
            {children()}
            <div aria-live="polite">
                {move || {
                    advice
                        .get()
                        .map(|sentence| {
                            view! {
                                <p class="message warn">
                                    <Icon name=IconName::Warn />
                                    <span>{sentence}</span>
                                </p>
                            }
                        })
                }}
            </div>
        </div>
    }
}
