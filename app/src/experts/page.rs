//! `/zoeken`: ask, and see who answers. Always true: everything is links and one form that reads, so it works as plain HTML and every
//! answer has an address.

use super::{
    Ask, Results, SEARCH, api::SearchExperts, expert_card::ExpertCard, filter_side::FilterSide, results::Meant, results::Nothing,
    results::Shelf,
};
use crate::{
    ui::{Empty, Icon, IconName, Kind, LinkButton, Loaded, Pagination, choices::LinkTile},
    wire::load,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/zoeken`
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let page = load(move || SearchExperts { ask: query.with(Ask::from_query) });
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::{
        experts::{
            About, ExpertHead, Profile,
            profile::Proven,
            results::{Filters, Found, HoursHere, OnFilter, Pick, ProofLine, Way},
        },
        ui::{
            Fact, KeyItem, Part, PartKind, State, Supplier,
            testing::{faults, html},
        },
    };

    fn way(label: &str) -> Way {
        Way { label: label.to_owned(), href: "/zoeken?expertise=x".to_owned() }
    }

    fn supplier() -> Supplier {
        Supplier { name: "De Wissel".into(), letter: "W".into(), tone: 1 }
    }

    fn filters() -> Filters {
        let pick = |value: &str| Pick {
            value: value.into(),
            label: value.into(),
            note: "3".into(),
            spoken: " experts".into(),
            on: value == "leerling",
        };
        Filters {
            day_parts: vec![pick("ochtend"), pick("middag")],
            levels: vec![pick("leerling"), pick("groep")],
            suppliers: vec![pick("de-wissel")],
            wijken: vec![pick(""), pick("havenkwartier")],
            today: "2026-11-17".into(),
        }
    }

    fn found(moments: Vec<Way>) -> Found {
        Found {
            href: "/experts/1".into(),
            name: "Thijs Oldenkamp".into(),
            supplier: supplier(),
            travel: ", zelfde wijk".into(),
            proofs: vec![ProofLine { text: "ECHA-diploma".into(), chip: Some((State::Warn, "Verloopt over 56 dagen".into())) }],
            levels: "leerling, groep".into(),
            hours: Some(HoursHere {
                term: "Jouw uren bij De Wissel in november".into(),
                parts: vec![Part::new(PartKind::Pot, 195)],
                keys: vec![KeyItem::new(PartKind::Pot, "3 u 15", "uit de wijkpot")],
                note: Some("Je eigen uren zijn op tot 1 december".into()),
            }),
            why: vec!["Thijs is gespecialiseerd in hoogbegaafdheid.".into()],
            no_moments: if moments.is_empty() { "Geen vrij uur.".into() } else { String::new() },
            moments,
        }
    }

    fn shown(results: Results) -> String {
        let page = html(|| {
            leptos_meta::provide_meta_context();
            view! { <ResultsView results /> }
        });
        assert_eq!(faults(&page), Vec::<String>::new());
        page
    }

    #[test]
    fn a_page_of_results_needs_no_repair_and_escapes_what_was_typed() {
        let typed = "\"><script>alert(1)</script>".to_owned();
        let page = shown(Results {
            title: format!("2 experts voor {typed}"),
            meant: Some(Meant { corrected: "hoogbegaafdheid".into(), typed: typed.clone(), href: "/zoeken?precies=ja".into() }),
            ask: Ask { q: typed.clone(), ..Ask::default() },
            typed,
            chips: vec![OnFilter { label: "Vrij voor 4 december".into(), href: "/zoeken?q=x".into() }],
            filters: filters(),
            order: "Volgorde: past het best.".into(),
            found: vec![found(vec![way("do 19 nov, 9.00"), way("vr 20 nov, 13.00")]), found(Vec::new())],
            page: 2,
            pages: 3,
            before: Some("/zoeken?pagina=1".into()),
            after: Some("/zoeken?pagina=3".into()),
            ..Results::default()
        });
        assert!(!page.contains("<script>"), "{page}");
        for words in
            ["Filters (1 aan)", "Bladzijde 2 van 3", "Zoek toch op", "Eerste vrije momenten", "do 19 nov, 9.00 uur", "Geen vrij uur."]
        {
            assert!(page.contains(words), "{words}");
        }
    }

    #[test]
    fn nobody_and_no_question_lead_somewhere_and_need_no_repair() {
        let browse = vec![Shelf { name: "Gedrag".into(), expertises: vec![way("Angst"), way("Boos")] }];
        let nothing = Nothing {
            heading: "Nog niemand voor ‘muziektherapie’".into(),
            why: "We kennen dit woord nog niet.".into(),
            ways: vec![way("Stel je vraag aan het loket"), way("Zoek op angst")],
        };
        let empty = shown(Results {
            title: "0 experts voor muziektherapie".into(),
            nothing: Some(nothing),
            filters: filters(),
            browse: browse.clone(),
            page: 1,
            pages: 1,
            ..Results::default()
        });
        assert!(empty.contains("Nog niemand") && empty.contains("Kies een expertise"));
        let browsing = shown(Results { title: "Wie zoek je?".into(), browse, page: 1, pages: 1, ..Results::default() });
        assert!(browsing.contains("Boos") && !browsing.contains("Gevonden experts"));
    }

    #[test]
    fn an_experts_page_needs_no_repair() {
        let proven = |name: &str, chip| Proven {
            slug: "x".into(),
            name: name.into(),
            level: "ervaren".into(),
            proof: "Diploma".into(),
            until: "aug 2028".into(),
            chip,
            counts: true,
        };
        let profile = Profile {
            name: "Thijs Oldenkamp".into(),
            first_name: "Thijs".into(),
            supplier: Some(supplier()),
            proof: Some((State::Proof, "Bewijs geldig tot augustus 2028".into())),
            expertises: vec![proven("Hoogbegaafdheid", None), proven("Angst", Some((State::Stop, "Verlopen".into())))],
            expect: vec!["Thijs kijkt eerst een les mee.".into()],
            facts: vec![Fact::new("Contact", "t@example.org").to("mailto:t@example.org")],
            ..Profile::default()
        };
        for profile in [profile, Profile { first_name: "Noor".into(), ..Profile::default() }] {
            let page = html(|| {
                leptos_meta::provide_meta_context();
                view! {
                    <ExpertHead profile=profile.clone() search="q=hoogbegaafdheid" />
                    <About profile />
                }
            });
            assert_eq!(faults(&page), Vec::<String>::new());
            assert!(page.contains("/zoeken?q=hoogbegaafdheid"));
        }
    }
}
