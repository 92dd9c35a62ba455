//! The browser's own world: focus and the tab's title. Always true: called from effects and timers only, so never while rendering.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

/// Moves the focus to the first element that matches, if there is one.
pub(crate) fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    found.is_some_and(|element| element.focus().is_ok())
}

/// Moves the focus there once it is drawn; gives up after a second or so.
pub(crate) fn focus_when_drawn(selector: String, tries: u32) {
    request_animation_frame(move || {
        if !focus(&selector) && tries > 0 {
            focus_when_drawn(selector, tries - 1);
        }
    });
}

/// What the tab is called now.
pub(crate) fn title() -> String {
    document().title()
}
