//! The head of every page: what it is called in the tab, its one first-level heading, and where one came from.

use super::{Sentence, trail::Back};
use leptos::prelude::*;
use leptos_meta::Title;

/// Title, heading and lede. After navigation the focus goes to the heading.
#[component]
pub fn PageHead(
    /// The heading.
    #[prop(into)]
    title: String,
    /// The title in the tab, when the heading is not enough there.
    #[prop(optional, into)]
    tab: Option<String>,
    /// One or two sentences under it.
    #[prop(optional, into)]
    lede: Option<Sentence>,
    /// Where one came from: address and words.
    #[prop(optional)]
    back: Option<(String, String)>,
    /// Tags, filters, what else belongs in the head.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <PageTitle title=tab.unwrap_or_else(|| title.clone()) />
        <header class="page-head">
            {back.map(|(href, text)| view! { <Back href text /> })}
            <h1 tabindex="-1">{title}</h1>
            {lede.map(|lede| view! { <p class="lede">{lede.show()}</p> })}
            {children.map(|children| children())}
        </header>
    }
}

/// What the tab is called, for a page whose heading stands in a picture of its own.
#[component]
pub fn PageTitle(
    /// The title.
    #[prop(into)]
    title: String,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(drawn) = use_context::<crate::served::DrawnTitle>() {
        drawn.set(&title);
    }
    view! { <Title text=title /> }
}
