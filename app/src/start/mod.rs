//! The start page.
use leptos::prelude::*;

/// `/`
#[component]
pub fn StartView() -> impl IntoView {
    ()
}
