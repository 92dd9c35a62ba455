//! `/zoeken`: ask, and see who answers. Always true: everything is links and one form that reads, so it works as plain HTML and every
//! answer has an address.

use super::{
    Ask, Results, SEARCH, api::search, expert_card::ExpertCard, filter_side::FilterSide, results::Meant, results::Nothing, results::Shelf,
};
use crate::ui::{Empty, Icon, IconName, Kind, LinkButton, Loaded, Pagination, choices::LinkTile};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/zoeken`
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new_blocking(move || query.with(Ask::from_query), search);
    view! { <Loaded resource=page children=move |results: Results| view! { <ResultsView results /> } /> }
}

/// An answer, with the question above it.
#[component]
pub(super) fn ResultsView(
    /// The answer.
    results: Results,
) -> impl IntoView {
    let Results { title, ask, typed, meant, chips, filters, order, found, page, pages, before, after, nothing, browse } = results;
    let is_browsing = found.is_empty() && nothing.is_none();
    let filters_on = chips.len();
    view! {
        <Title text=title.clone() />
        <div class="wrap">
            <div class="page-head search-head">
                <h1 tabindex="-1">{title}</h1>
                <SearchBox typed />
                {meant.map(|meant| view! { <DidYouMean meant /> })}
            </div>
            {if is_browsing {
                view! { <Browse browse /> }.into_any()
            } else {
                view! {
                    <div class="results">
                        <FilterSide ask filters on=filters_on />
                        <section class="part" aria-labelledby="gevonden">
                            <div class="result-head">
                                <h2 class="visually-hidden" id="gevonden">
                                    "Gevonden experts"
                                </h2>
                                {(!chips.is_empty())
                                    .then(|| {
                                        view! {
                                            <ul class="chips" aria-label="Filters die aan staan">
                                                {chips
                                                    .into_iter()
                                                    .map(|chip| {
                                                        view! {
                                                            <li>
                                                                <LinkTile href=chip.href filter=true>
                                                                    {chip.label}
                                                                    " "
                                                                </LinkTile>
                                                            </li>
                                                        }
                                                    })
                                                    .collect_view()}
                                            </ul>
                                        }
                                    })}
                                {(!order.is_empty()).then(|| view! { <p class="soft">{order}</p> })}
                            </div>
                            {nothing.map(|nothing| view! { <NothingFound nothing /> })}
                            {(!found.is_empty())
                                .then(|| {
                                    view! {
                                        <ul class="result-list">
                                            {found.into_iter().map(|found| view! { <ExpertCard found /> }).collect_view()}
                                        </ul>
                                    }
                                })}
                            <Pages page pages before after />
                            {(!browse.is_empty()).then(|| view! { <Browse browse /> })}
                        </section>
                    </div>
                }
                    .into_any()
            }}
        </div>
    }
}

/// Where one types.
#[component]
pub(super) fn SearchBox(
    /// What stands in it.
    #[prop(into)]
    typed: String,
) -> impl IntoView {
    view! {
        <form class="search-box" action=SEARCH method="get" role="search">
            <label class="visually-hidden" for="q">
                "Welke expertise zoek je?"
            </label>
            <div class="line">
                <Icon name=IconName::Search />
                <input id="q" name="q" type="search" value=typed autocomplete="off" maxlength="100" />
                <button class="button primary" type="submit">
                    "Zoek"
                </button>
            </div>
        </form>
    }
}

/// Where we are; the first page has none before it and the last none after.
#[component]
fn Pages(page: u32, pages: u32, before: Option<String>, after: Option<String>) -> impl IntoView {
    match (before, after) {
        (Some(before), Some(after)) => view! { <Pagination page pages before after /> }.into_any(),
        (Some(before), None) => view! { <Pagination page pages before /> }.into_any(),
        (None, Some(after)) => view! { <Pagination page pages after /> }.into_any(),
        (None, None) => ().into_any(),
    }
}

#[component]
fn DidYouMean(meant: Meant) -> impl IntoView {
    view! {
        <p class="did-you-mean">
            "Bedoelde je "
            <strong>{meant.corrected}</strong>
            "? Daar hebben we op gezocht. "
            <a href=meant.href>{format!("Zoek toch op ‘{}’", meant.typed)}</a>
        </p>
    }
}

#[component]
fn NothingFound(nothing: Nothing) -> impl IntoView {
    view! {
        <Empty heading=nothing.heading why=nothing.why>
            {nothing
                .ways
                .into_iter()
                .enumerate()
                .map(|(place, way)| {
                    let kind = if place == 0 { Kind::Primary } else { Kind::Plain };
                    view! {
                        <LinkButton href=way.href kind>
                            {way.label}
                        </LinkButton>
                    }
                })
                .collect_view()}
        </Empty>
    }
}

/// Every expertise, to walk along.
#[component]
fn Browse(browse: Vec<Shelf>) -> impl IntoView {
    view! {
        <section class="part browse" aria-labelledby="bladeren">
            <h2 id="bladeren">"Kies een expertise"</h2>
            <div class="shelves">
                {browse
                    .into_iter()
                    .map(|shelf| {
                        view! {
                            <div class="card">
                                <h3>{shelf.name}</h3>
                                <ul class="chips">
                                    {shelf
                                        .expertises
                                        .into_iter()
                                        .map(|way| {
                                            view! {
                                                <li>
                                                    <LinkTile href=way.href>{way.label}</LinkTile>
                                                </li>
                                            }
                                        })
                                        .collect_view()}
                                </ul>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </section>
    }
}
