//! A page that follows what happens elsewhere. Always true: only parts marked `data-live-part` change, none that somebody is in, and only
//! while the page is in sight; without scripts the page shows what was true when it was loaded.

use super::ReadServed;
use crate::wire::ask;
use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys,
};
use std::{cell::RefCell, rc::Rc};

/// Follows the stream that a drawn page names, until the page is left.
pub(super) fn follow(page: &web_sys::Element) {
    let Some(place) = page.query_selector("[data-live]").ok().flatten() else { return };
    let Some(stream) = place.get_attribute("data-live") else { return };
    let open: Rc<RefCell<Option<web_sys::EventSource>>> = Rc::default();
    let page = page.clone();
    let changed = Closure::<dyn FnMut()>::new(move || refresh(page.clone()));
    let changed: web_sys::js_sys::Function = changed.into_js_value().unchecked_into();
    let listen = {
        let (open, changed) = (open.clone(), changed.clone());
        move || {
            if let Some(source) = open.borrow_mut().take() {
                source.close();
            }
            if document().visibility_state() == web_sys::VisibilityState::Visible
                && let Ok(source) = web_sys::EventSource::new(&stream)
            {
                _ = source.add_event_listener_with_callback("pot", &changed);
                *open.borrow_mut() = Some(source);
            }
        }
    };
    listen();
    let seen = window_event_listener_untyped("visibilitychange", move |_| {
        listen();
        // While it was out of sight nothing was heard.
        _ = changed.call0(&wasm_bindgen::JsValue::NULL);
    });
    let last = StoredValue::new_local(open);
    on_cleanup(move || {
        seen.remove();
        if let Some(source) = last.try_with_value(|open| open.borrow_mut().take()).flatten() {
            source.close();
        }
    });
}

/// Draws the page anew and puts its live parts in the place of the old ones.
fn refresh(page: web_sys::Element) {
    let location = window().location();
    let question = ReadServed { pad: location.pathname().unwrap_or_default(), vraag: location.search().unwrap_or_default(), vanzelf: true };
    spawn_local(async move {
        let Ok(answer) = ask(question).await else { return };
        let Ok(fresh) = document().create_element("div") else { return };
        fresh.set_inner_html(&answer.data.html);
        let Ok(parts) = page.query_selector_all("[data-live-part]") else { return };
        for part in (0..parts.length()).filter_map(|place| parts.get(place)?.dyn_into::<web_sys::Element>().ok()) {
            let name = part.get_attribute("data-live-part").unwrap_or_default();
            let same = fresh.query_selector(&format!("[data-live-part=\"{name}\"]")).ok().flatten();
            let busy = document().active_element().is_some_and(|active| part.contains(Some(&active)));
            if let Some(same) = same.filter(|same| !busy && same.inner_html() != part.inner_html()) {
                _ = part.replace_with_with_node_1(&same);
            }
        }
    });
}
