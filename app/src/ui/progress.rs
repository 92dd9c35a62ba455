//! What a browser does by itself on a page load and a client-side router leaves out: show that something is coming, move the focus
//! to the new page's heading or to what its address points at, and say its title aloud.

use super::browser::{focus_on_arrival, title};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A line along the top while a page is on its way, and a voice for readers when it is there.
#[component]
pub fn Progress(
    /// Whether a page is on its way.
    #[prop(into)]
    routing: Signal<bool>,
) -> impl IntoView {
    let location = use_location();
    let (path, query, hash) = (location.pathname, location.search, location.hash);
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<(String, String)>| {
        let busy = routing.get();
        let here = (path.get(), query.get());
        match before {
            // Still on its way: keep where we came from, so that the arrival is noticed.
            Some(from) if busy => from,
            Some(from) if from != here => {
                if from.0 != here.0 {
                    focus_on_arrival(&hash.get_untracked(), 120);
                }
                // The title is set by the new page as it is drawn; a moment later it is the right one.
                set_timeout(move || said.set(title()), std::time::Duration::from_millis(150));
                here
            }
            _ => here,
        }
    });
    view! {
        <div class=move || if routing.get() { "navigating on" } else { "navigating" } aria-hidden="true"></div>
        <p class="visually-hidden" aria-live="polite">
            {move || said.get()}
        </p>
    }
}
