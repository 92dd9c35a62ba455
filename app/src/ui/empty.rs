//! Empty: what would be here, why it is not, and one way on.

use leptos::prelude::*;

/// A dashed frame where a list would be.
#[component]
pub fn Empty(
    /// What is not there: `Nog niemand voor ‘muziektherapie’`.
    #[prop(into)]
    heading: String,
    /// Why.
    #[prop(into)]
    why: String,
    /// One way on, as `LinkButton`s.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <svg
                class="picture"
                viewBox="0 0 96 96"
                fill="none"
                stroke="currentColor"
                stroke-width="3"
                stroke-linejoin="round"
                stroke-linecap="round"
                aria-hidden="true"
            >
                <path d="M14 50h68M20 50v12a20 20 0 0 0 20 20h16a20 20 0 0 0 20-20V50"></path>
                <path stroke-dasharray="4 5" d="M24 40V28l10-10 10 10v12zM52 40V24h5v-6h5v-6h6v6h5v6h5v16z"></path>
            </svg>
            <h2>{heading}</h2>
            <p>{why}</p>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}
