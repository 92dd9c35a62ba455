//! The sprite: every drawing that a page points into, once. The shell puts it after the app, so that the browser's bundle never carries it;
//! it is the same for every page, so that nobody draws it anew.

use leptos::prelude::*;

/// What stands in the sprite: `<defs>` as they are, without the `<svg>` around them.
const DRAWINGS: &str = include_str!("sprite.svg");

/// Symbols of icons and mark, the street, and the textures of houses.
#[component]
pub fn Sprite() -> impl IntoView {
    view! { <svg width="0" height="0" aria-hidden="true" focusable="false" class="visually-hidden" inner_html=DRAWINGS></svg> }
}
