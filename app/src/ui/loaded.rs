//! Loading a page, in one place. Always true: what went wrong becomes a page of its own with the right status, and somebody who is
//! signed out is asked to sign in and comes back where they were.

use super::{
    PageHead, Problem,
    form::{provide_draft, provide_flash},
};
use crate::{
    AppError,
    app::NotFoundPage,
    session::Page,
    wire::{Answer, Answered, AsJson, Load, Wire},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::sync::Arc;

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
    /// The page's data; make it at the top of the route with [`load`](crate::wire::load).
    resource: Load<Page<T>>,
    /// The page.
    children: F,
) -> impl IntoView
where
    T: Wire,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let show = move |answered: Answered| {
        let Page { data, flash, key } = answered.read::<Page<T>>()?;
        provide_flash(flash);
        provide_context(PageKey(key));
        Ok(children(data).into_any())
    };
    loaded(resource.resource(), Arc::new(show))
}

/// What is the same for every page, whatever its data.
fn loaded(resource: Resource<Answer, AsJson>, show: Arc<dyn Fn(Answered) -> Result<AnyView, AppError> + Send + Sync>) -> AnyView {
    let location = use_location();
    provide_draft();
    view! {
        <Transition>
            {move || {
                let show = show.clone();
                let here = format!("{}{}", location.pathname.get_untracked(), query(&location.search.get_untracked()));
                Suspend::new(async move {
                    resource
                        .await
                        .and_then(|answered| show(answered))
                        .unwrap_or_else(|error| match error {
                            AppError::SignedOut => view! { <SignInFirst here /> }.into_any(),
                            AppError::NotFound => view! { <NotFoundPage /> }.into_any(),
                            error => view! { <Problem error /> }.into_any(),
                        })
                })
            }}
        </Transition>
    }
    .into_any()
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
