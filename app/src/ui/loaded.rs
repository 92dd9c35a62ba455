//! Loading a page, in one place. Always true: what went wrong becomes a page of its own with the right status, and somebody who is
//! signed out is asked to sign in and comes back where they were.

use super::{
    PageHead, Problem,
    form::{provide_draft, provide_flash},
};
use crate::{AppError, app::NotFoundPage, session::Page};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Serialize, de::DeserializeOwned};

/// The key of the page's forms, as context.
#[derive(Clone)]
struct PageKey(String);

/// The idempotency key that came with the page's data; the `key` of its forms.
#[must_use]
pub fn page_key() -> String {
    use_context::<PageKey>().map(|PageKey(key)| key).unwrap_or_default()
}

/// Shows a page once its data is there, or why it is not.
#[component]
pub fn Loaded<T, F, V>(
    /// The page's data; make it at the top of the route with `Resource::new_blocking`.
    resource: Resource<Result<Page<T>, AppError>>,
    /// The page.
    children: F,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let location = use_location();
    provide_draft();
    view! {
        <Transition>
            {move || {
                let children = children.clone();
                let here = format!("{}{}", location.pathname.get_untracked(), query(&location.search.get_untracked()));
                Suspend::new(async move {
                    match resource.await {
                        Ok(Page { data, flash, key }) => {
                            provide_flash(flash);
                            provide_context(PageKey(key));
                            children(data).into_any()
                        }
                        Err(AppError::SignedOut) => view! { <SignInFirst here /> }.into_any(),
                        Err(AppError::NotFound) => view! { <NotFoundPage /> }.into_any(),
                        Err(error) => view! { <Problem error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

fn query(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{}", search.trim_start_matches('?')) }
}

/// The page for whoever is signed out: on the server a redirect, in the browser a link.
#[component]
fn SignInFirst(here: String) -> impl IntoView {
    let target = format!("/inloggen?naar={}", percent(&here));
    #[cfg(feature = "ssr")]
    crate::session::go(&target);
    view! {
        <div class="wrap">
            <PageHead title="Log eerst in" lede="Je bent niet ingelogd, of niet meer. Daarna kom je hier terug." />
            <p class="actions">
                <a class="button primary" href=target rel="external">
                    "Log in"
                </a>
            </p>
        </div>
    }
}

/// A path as the value of a parameter.
#[must_use]
pub fn percent(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}
