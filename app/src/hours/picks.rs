//! The choices above a page of hours: school, board, supplier, year.

use super::api::Pick;
use crate::ui::{Button, Select, SelectOption};
use leptos::prelude::*;

/// Choices that lead to another view of the same page. One with a single option is only kept.
#[component]
pub(super) fn Picks(
    /// The choices.
    picks: Vec<Pick>,
) -> impl IntoView {
    let nothing_to_choose = picks.iter().all(|pick| pick.options.len() == 1);
    let fields = picks
        .into_iter()
        .map(|pick| {
            if pick.options.len() == 1 {
                return view! { <input type="hidden" name=pick.name value=pick.chosen /> }.into_any();
            }
            let options = pick.options.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect();
            view! { <Select name=pick.name label=pick.label options value=pick.chosen hidden_label=true /> }.into_any()
        })
        .collect_view();
    if nothing_to_choose {
        return ().into_any();
    }
    view! {
        <form class="pick" method="get" action=super::HOURS>
            {fields}
            <Button>"Toon"</Button>
        </form>
    }
    .into_any()
}
