//! Loading a page, in one place. Always true: what went wrong becomes a page of its own with the right status, and somebody who is
//! signed out is asked to sign in and comes back where they were.

use super::{
    PageHead, Problem,
    browser::focus_on_arrival,
    form::{provide_draft, provide_flash},
};
use crate::{
    AppError,
    app::NotFoundPage,
    session::Page,
    wire::{Answer, Answered, AsJson, Load, Wire},
};
use leptos::{either::Either, prelude::*};
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

/// Gives the forms below this point their idempotency key.
#[cfg(feature = "ssr")]
pub fn provide_page_key(key: String) {
    provide_context(PageKey(key));
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
    let hash = location.hash;
    provide_draft();
    let sides = StoredValue::new((None::<String>, false));
    let page = drawn(move || {
        let show = show.clone();
        let here = format!("{}{}", location.pathname.get_untracked(), query(&location.search.get_untracked()));
        Suspend::new(async move {
            let answer = resource.await;
            let side = turn(sides, &here, hash);
            let page = answer.and_then(|answered| show(answered)).unwrap_or_else(|error| match error {
                AppError::SignedOut => view! { <SignInFirst here /> }.into_any(),
                AppError::NotFound => view! { <NotFoundPage /> }.into_any(),
                error => view! { <Problem error /> }.into_any(),
            });
            if side { Either::Left(page) } else { Either::Right(page) }
        })
    });
    view! { <Transition>{page}</Transition> }.into_any()
}

/// What a page waits for. In the browser it is drawn again whenever its data is; the server draws it once, where a closure would be called
/// again by whoever looks whether all data is there.
#[cfg(feature = "ssr")]
pub(super) fn drawn<V>(view: impl FnOnce() -> V) -> V {
    view()
}

/// The same in the browser.
#[cfg(not(feature = "ssr"))]
pub(super) fn drawn<F: FnMut() -> V + Send + 'static, V>(view: F) -> F {
    view
}

/// Which of two sides an address is shown on. Another address takes the other side, and so gets elements of its own: an element that is
/// used again keeps what somebody ticked or typed in it, and would then send a moment that nobody chose. The same address, loaded again,
/// changes in place, and keeps it on purpose.
fn turn(sides: StoredValue<(Option<String>, bool)>, here: &str, hash: Memo<String>) -> bool {
    let turned = sides.try_update_value(|(shown, side)| {
        let moved = shown.as_deref().is_some_and(|shown| shown != here);
        *side ^= moved;
        *shown = Some(here.to_owned());
        (*side, moved)
    });
    let (side, moved) = turned.unwrap_or_default();
    if moved {
        // What had the focus is gone with the address before: it goes on where the new one points, or at the top of the page.
        focus_on_arrival(&hash.get_untracked(), 10);
    }
    side
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
    use std::fmt::Write;
    let mut value = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            value.push(char::from(byte));
        } else {
            // Writing to a string never fails.
            let _ = write!(value, "%{byte:02X}");
        }
    }
    value
}
