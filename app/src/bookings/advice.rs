//! Advice while somebody writes. Always true: it asks and never blocks, and it sends nothing anywhere.

use crate::ui::{Icon, IconName, typed};
use domain::text::{TextWarning, warnings_except};
use leptos::prelude::*;

/// From here on it says how many characters are left.
const NEAR_THE_END: usize = 100;

/// A text area with advice under it when a name or a number seems to stand in it.
#[component]
pub(super) fn Advised(
    /// The name of the field.
    name: &'static str,
    /// Names everybody may read: the school, the supplier.
    known: Vec<String>,
    /// The most it holds, in characters.
    limit: usize,
    /// The field.
    children: Children,
) -> impl IntoView {
    let text = RwSignal::new(typed(name).unwrap_or_default());
    let advice = Memo::new(move |_| {
        text.with(|text| warnings_except(text, known.iter().map(String::as_str)).iter().map(TextWarning::sentence).collect::<Vec<_>>())
    });
    // Said once the end is near: before that a counter is only noise.
    let left = Memo::new(move |_| {
        let long = text.with(|text| text.trim().chars().count());
        match (long.saturating_sub(limit), limit.saturating_sub(long)) {
            (0, left) if left > NEAR_THE_END => None,
            (0, 1) => Some("Nog 1 teken.".to_owned()),
            (0, left) => Some(format!("Nog {left} tekens.")),
            (1, _) => Some("1 teken te veel.".to_owned()),
            (over, _) => Some(format!("{over} tekens te veel. Maak je tekst korter.")),
        }
    });
    view! {
        <div class="advised" on:input=move |event| text.set(event_target_value(&event))>
            {children()}
            <div aria-live="polite">
                {move || {
                    advice
                        .get()
                        .into_iter()
                        .map(|sentence| {
                            view! {
                                <p class="message warn">
                                    <Icon name=IconName::Warn />
                                    <span>{sentence}</span>
                                </p>
                            }
                        })
                        .collect_view()
                }}
                {move || left.get().map(|words| view! { <p class="soft">{words}</p> })}
            </div>
        </div>
    }
}
