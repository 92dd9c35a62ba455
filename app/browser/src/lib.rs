//! The WebAssembly entry: hydrates the app in the browser.

// A page is one deeply nested type, and hydrating wraps each layer once more; the default limit is for shallower trees.
#![recursion_limit = "1024"]

use app::app::App;
use leptos::{
    mount::hydrate_body,
    prelude::{document, request_animation_frame, window},
};
use server_fn::redirect::set_redirect_hook;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's own script once the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // After a form that worked the browser loads the next page whole: session, frame and note are then all fresh.
    _ = set_redirect_hook(|target| {
        let location = window().location();
        let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        let gone = location.assign(target);
        // To another place on the same page a browser only scrolls.
        let gone =
            if target.contains('#') && target.split('#').next() == Some(&here) { gone.and_then(|()| location.reload()) } else { gone };
        if gone.is_err() {
            leptos::logging::error!("no way to {target}");
        }
    });
    hydrate_body(App);
    // Pages load their data in the same turn; after it every form and link is live. Tests wait for this mark.
    request_animation_frame(|| {
        if let Some(root) = document().document_element() {
            _ = root.set_attribute("data-hydrated", "");
        }
    });
}
