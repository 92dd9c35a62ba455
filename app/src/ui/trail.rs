//! Trails: where a page stands among others. All of it is links; nothing is hidden, so that find-in-page and print work.

use super::{Icon, IconName};
use leptos::prelude::*;

/// Back to the list one came from.
#[component]
pub fn Back(
    /// Where to.
    #[prop(into)]
    href: String,
    /// `Terug naar 6 experts`.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <p class="back">
            <a href=href>
                <Icon name=IconName::Left />
                {text}
            </a>
        </p>
    }
}

/// A page above this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
}

/// The pages above this one, and this one.
#[component]
pub fn Crumbs(
    /// From the top.
    above: Vec<Crumb>,
    /// This page.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    view! {
        <nav class="crumbs" aria-label="Kruimelpad">
            <ol class="list">
                {above.into_iter().map(|crumb| view! { <li><a href=crumb.href>{crumb.label}</a></li> }).collect_view()}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}

/// A part of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// `#plan`.
    pub href: String,
    /// `Plan`.
    pub title: String,
    /// `de vraag`.
    pub note: String,
    /// The part that asks for attention now.
    pub current: bool,
}

/// Links to the parts of one page.
#[component]
pub fn Tabs(
    /// What has these parts: `Delen van deze aanvraag`.
    #[prop(into)]
    label: String,
    /// The parts.
    tabs: Vec<Tab>,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="list">
                {tabs
                    .into_iter()
                    .map(|tab| {
                        view! {
                            <li>
                                <a href=tab.href aria-current=tab.current.then_some("true")>
                                    <b>{tab.title}</b>
                                    " "
                                    <span>{tab.note}</span>
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

/// Where we are in a long list. Nothing when it fits on one page.
#[component]
pub fn Pagination(
    /// This page, from 1.
    page: u32,
    /// How many there are.
    pages: u32,
    /// The address of the page before, when there is one.
    #[prop(optional, into)]
    before: Option<String>,
    /// The address of the page after, when there is one.
    #[prop(optional, into)]
    after: Option<String>,
    /// Which list, where a page has more than one: `Komend`.
    #[prop(optional)]
    of: &'static str,
) -> impl IntoView {
    let label = if of.is_empty() { "Bladzijden".to_owned() } else { format!("Bladzijden, {of}") };
    (pages > 1).then(|| {
        view! {
            <nav class="pagination" aria-label=label>
                {before
                    .map(|href| {
                        view! {
                            <a class="button small" href=href rel="prev">
                                <Icon name=IconName::Left />
                                "Vorige"
                            </a>
                        }
                    })}
                <p>{format!("Bladzijde {page} van {pages}")}</p>
                {after
                    .map(|href| {
                        view! {
                            <a class="button small" href=href rel="next">
                                "Volgende"
                                <Icon name=IconName::Right />
                            </a>
                        }
                    })}
            </nav>
        }
    })
}
