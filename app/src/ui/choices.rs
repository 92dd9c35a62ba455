//! Choices: native boxes with room for a thumb. Tiles for two to eight short answers, rows for longer ones. What was chosen
//! survives a refusal.

use super::{Icon, IconName, field::Around, form::FormState};
use leptos::prelude::*;

/// A question with its answers; the legend is real.
#[component]
pub fn Choices(
    /// The question.
    #[prop(into)]
    legend: String,
    /// The name its answers send; a refusal about it is shown here.
    #[prop(into)]
    name: String,
    /// Tiles beside each other instead of rows.
    #[prop(optional)]
    row: bool,
    /// Only readers hear the legend.
    #[prop(optional)]
    hidden_legend: bool,
    /// `Choice`s or `Tile`s.
    children: Children,
) -> impl IntoView {
    let around = Around::new(&name, None, false, false);
    view! {
        <fieldset class=if row { "choices row" } else { "choices" } aria-describedby=around.described() data-state=around.state()>
            <legend class=hidden_legend.then_some("visually-hidden")>{legend}</legend>
            {children()}
            {around.message(None)}
        </fieldset>
    }
}

/// Whether this answer is chosen: by what was typed before a refusal, else by the page.
pub(crate) fn is_chosen(name: &str, value: &str, checked: bool) -> bool {
    use_context::<FormState>().and_then(|state| state.chosen(name, value)).unwrap_or(checked)
}

/// An answer in a row of its own.
#[component]
pub fn Choice(
    /// The name it sends.
    #[prop(into)]
    name: String,
    /// The value it sends.
    #[prop(into)]
    value: String,
    /// One may tick several; one of them otherwise.
    #[prop(optional)]
    many: bool,
    /// Chosen until someone chooses.
    #[prop(optional)]
    checked: bool,
    /// Must be ticked, or one of the group chosen.
    #[prop(optional)]
    required: bool,
    /// A fact at the right: `2 u vrij`.
    #[prop(optional, into)]
    note: Option<String>,
    /// Cannot be chosen; the note says why.
    #[prop(optional)]
    off: bool,
    /// Another class on the row.
    #[prop(optional)]
    class: &'static str,
    /// The answer.
    children: Children,
) -> impl IntoView {
    let chosen = is_chosen(&name, &value, checked) && !off;
    view! {
        <label class=super::classes(["choice", if off { "off" } else { "" }, class])>
            <input type=if many { "checkbox" } else { "radio" } name=name value=value checked=chosen required=required disabled=off />
            <span>{children()}</span>
            {note.map(|note| view! { <span class="note">{note}</span> })}
        </label>
    }
}

/// An answer one can see from across the room.
#[component]
pub fn Tile(
    /// The name it sends.
    #[prop(into)]
    name: String,
    /// The value it sends.
    #[prop(into)]
    value: String,
    /// One may tick several; one of them otherwise.
    #[prop(optional)]
    many: bool,
    /// Chosen until someone chooses.
    #[prop(optional)]
    checked: bool,
    /// One of the group must be chosen.
    #[prop(optional)]
    required: bool,
    /// The answer.
    children: Children,
) -> impl IntoView {
    let chosen = is_chosen(&name, &value, checked);
    view! {
        <label class="tile">
            <input type=if many { "checkbox" } else { "radio" } name=name value=value checked=chosen required=required />
            <span>{children()}</span>
        </label>
    }
}

/// A tile that is a link: another answer is another page (durations, filters). The current one is filled.
#[component]
pub fn LinkTile(
    /// Where to.
    #[prop(into)]
    href: String,
    /// Whether this is where we are.
    #[prop(optional)]
    current: bool,
    /// A filter that is on, taken away by following the link.
    #[prop(optional)]
    filter: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=if filter { "tile filter-on" } else { "tile" } href=href aria-current=current.then_some("true")>
            {children()}
            {filter
                .then(|| {
                    view! {
                        <Icon name=IconName::Cross />
                        <span class="visually-hidden">", filter weghalen"</span>
                    }
                })}
        </a>
    }
}
