//! Pages the server draws: their inside arrives as HTML, with the first load and after a click alike. Always true: the browser holds no
//! code of such a page, so what it downloads does not grow with the number of pages. A page that must answer while somebody types or
//! chooses (search, the slot picker) is hydrated instead and has a route of its own in `app.rs`.
//!
//! To add one: a server function that loads its data (`page(data).await`, with its own `signed_in()` and `allow(…)`), a view for the
//! server, and a line in `pages.rs`. Its forms are [`Form`](crate::ui::Form), its filters plain GET forms; scripts then send both
//! without loading the page whole.

#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "ssr")]
mod pages;
mod sent;
#[cfg(feature = "ssr")]
mod stand;

use crate::{AppError, session::Page, ui::Loaded, wire::load};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    hooks::{use_location, use_params_map},
    location::Url,
};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use draw::{DrawnTitle, drawn};

/// The longest path of ours is an address with two ids; a longer one is nobody's.
pub const PATH_CHARS_MAX: usize = 300;
/// Every filter of a page filled in, with room; a longer address was not made by us.
pub const QUERY_CHARS_MAX: usize = 2_000;

/// The inside of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// What the tab is called.
    pub title: String,
    /// As the server's own views wrote it, so everything that was ever typed is escaped in it.
    pub html: String,
}

impl Drawn {
    /// What goes along for hydration: the HTML itself stands in the page already.
    #[cfg(feature = "ssr")]
    pub(crate) fn already_there(answer: &dyn std::any::Any) -> Option<Page<Self>> {
        let page = answer.downcast_ref::<Page<Self>>()?;
        Some(Page { data: Self { title: page.data.title.clone(), html: String::new() }, flash: None, key: String::new() })
    }
}

/// The page at this address. Asks of every page what the page itself asks: each begins with `signed_in()` and `allow(…)`. `vanzelf` says
/// that nobody clicked: an open page looks what changed.
#[server(name = ReadServed, prefix = "/api", endpoint = "pagina")]
pub async fn read_served(pad: String, #[server(default)] vraag: String, #[server(default)] vanzelf: bool) -> Result<Page<Drawn>, AppError> {
    if pad.chars().count() > PATH_CHARS_MAX || vraag.chars().count() > QUERY_CHARS_MAX {
        return Err(AppError::Malformed);
    }
    if vanzelf {
        crate::session::by_itself().await?;
    }
    let mut page = pages::draw(&pad, &vraag).await?;
    page.data.html.insert_str(0, &stand::stand().await);
    Ok(page)
}

/// The address of the page that is shown. After a click the browser is at the next address before this page makes room for that one; a
/// page with a route of its own is not asked of the server's site map.
fn address() -> impl Fn() -> ReadServed + Send + Sync + 'static {
    let (location, params) = (use_location(), use_params_map());
    let address = Memo::new(move |shown: Option<&(String, String)>| {
        let at = (location.pathname.get(), location.search.get());
        let is_shown =
            params.with(|params| params.get_str("pad").is_some_and(|pad| pad.trim_matches('/') == Url::unescape(at.0.trim_matches('/'))));
        match shown {
            Some(shown) if !is_shown => shown.clone(),
            _ => at,
        }
    });
    move || {
        let (pad, vraag) = address.get();
        ReadServed { pad, vraag, vanzelf: false }
    }
}

/// Every address that has no route of its own.
#[component]
pub fn ServedPage() -> impl IntoView {
    let page = load(address());
    view! { <Loaded resource=page children=|drawn| view! { <Served drawn /> } /> }
}

#[component]
fn Served(drawn: Drawn) -> impl IntoView {
    let Drawn { title, html } = drawn;
    let page = NodeRef::<leptos::html::Div>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if let Some(page) = page.get() {
            live::follow(&page);
        }
    });
    view! {
        <Title text=title />
        <div class="served" node_ref=page on:submit=sent::submit inner_html=html></div>
    }
}
