//! The browser's own world: focus, the tab's title, what stands in a form. Always true: called from effects, timers and events only,
//! so never while rendering.

use leptos::{ev, form::form_data_from_event, prelude::*, wasm_bindgen::JsCast, web_sys};

/// Moves the focus to the first element that matches, if there is one. What an address points at (`#wachten`) comes into view as well, and
/// takes the focus whatever it is: a heading, a group of fields, a list.
fn focus(selector: &str) -> bool {
    let named = selector.strip_prefix('#');
    let found = match named {
        Some(id) => document().get_element_by_id(id),
        None => document().query_selector(selector).ok().flatten(),
    };
    let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) else { return false };
    if named.is_some() {
        if element.tab_index() < 0 {
            element.set_tab_index(-1);
        }
        element.scroll_into_view();
    }
    element.focus().is_ok()
}

/// Moves the focus there once it is drawn. After so many frames it is not there: then the page's heading takes the focus.
pub(crate) fn focus_when_drawn(selector: String, tries: u32) {
    request_animation_frame(move || {
        if !focus(&selector) {
            if tries > 0 {
                focus_when_drawn(selector, tries - 1);
            } else {
                focus("main h1");
            }
        }
    });
}

/// Moves the focus to what the address points at, and otherwise to the page's heading.
pub(crate) fn focus_on_arrival(hash: &str, tries: u32) {
    focus_when_drawn(if hash.len() > 1 { hash.to_owned() } else { "main h1".to_owned() }, tries);
}

/// What the tab is called now.
pub(crate) fn title() -> String {
    document().title()
}

/// Whether a click in a form is on a link, which leads to another view.
pub(crate) fn follows_link(event: &ev::MouseEvent) -> bool {
    let clicked = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    clicked.is_some_and(|element| element.closest("a[href]").ok().flatten().is_some())
}

/// Names and values of the form in which something happened, as it would send them.
pub(crate) fn entries(event: &ev::MouseEvent) -> Vec<(String, String)> {
    let form = event.current_target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
    let Some(data) = form.and_then(|form| web_sys::FormData::new_with_form(&form).ok()) else { return Vec::new() };
    let pairs = web_sys::js_sys::try_iter(&data).ok().flatten().into_iter().flatten().flatten();
    pairs
        .filter_map(|pair| {
            let pair = web_sys::js_sys::Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

/// What a form sends when it is submitted, with the button that did it, as the body of a request.
pub(crate) fn fields(event: &ev::SubmitEvent) -> Option<String> {
    let data = form_data_from_event(event).ok()?;
    web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?.to_string().as_string()
}
