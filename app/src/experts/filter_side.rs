//! The filters beside the results; on a phone they open over them. Always true: it is one form that only reads, and it keeps the question.

use super::{
    Ask, SEARCH,
    results::{Filters, Pick},
};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// The filters.
#[component]
pub(super) fn FilterSide(
    /// The question.
    ask: Ask,
    /// What one can choose.
    filters: Filters,
    /// How many are on.
    on: usize,
) -> impl IntoView {
    let Filters { day_parts, levels, suppliers, wijken, today } = filters;
    let open = if on == 0 { "Filters".to_owned() } else { format!("Filters ({on} aan)") };
    let kept = [("q", ask.q), ("precies", ask.precies), ("expertise", ask.expertise)];
    view! {
        <div class="filter-side">
            <button class="button small filter-open" type="button" popovertarget="filters">
                <Icon name=IconName::Filter />
                {open}
            </button>
            <form class="filters" id="filters" popover="auto" action=SEARCH method="get" aria-labelledby="filters-kop">
                {kept
                    .into_iter()
                    .filter(|(_, value)| !value.is_empty())
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()}
                <div class="filters-head">
                    <h2 id="filters-kop">"Filters"</h2>
                    <button class="button quiet filter-close" type="button" popovertarget="filters" popovertargetaction="hide">
                        "Sluit"
                    </button>
                </div>
                <div class="field">
                    <label for="voor">"Vrij voor"</label>
                    <input class="input" id="voor" name="voor" type="date" min=today value=ask.voor />
                </div>
                <Boxes legend="Dagdeel" name="dagdeel" picks=day_parts />
                <Boxes legend="Niveau" name="niveau" picks=levels />
                <Boxes legend="Leverancier" name="leverancier" picks=suppliers />
                <div class="field">
                    <label for="wijk">"Wijk"</label>
                    <select class="input" id="wijk" name="wijk">
                        {wijken
                            .into_iter()
                            .map(|pick| {
                                view! {
                                    <option value=pick.value selected=pick.on>
                                        {pick.label}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </div>
                <button class="button wide" type="submit">
                    "Toon resultaten"
                </button>
            </form>
        </div>
    }
}

#[component]
fn Boxes(legend: &'static str, name: &'static str, picks: Vec<Pick>) -> impl IntoView {
    (!picks.is_empty()).then(|| {
        view! {
            <fieldset class="choices">
                <legend>{legend}</legend>
                {picks
                    .into_iter()
                    .map(|pick| {
                        let Pick { value, label, note, spoken, on } = pick;
                        view! {
                            <label class="choice">
                                <input type="checkbox" name=name value=value checked=on />
                                <span>{label}</span>
                                {(!note.is_empty())
                                    .then(|| {
                                        view! {
                                            <span class="note">
                                                {note} {(!spoken.is_empty()).then(|| view! { <span class="visually-hidden">{spoken}</span> })}
                                            </span>
                                        }
                                    })}
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
        }
    })
}
