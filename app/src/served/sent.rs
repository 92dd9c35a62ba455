//! Forms in a page the server drew, sent without loading the page whole. Always true: what happens here happens in the browser, from an
//! event; without it the same forms work as plain HTML.

use crate::{
    AppError,
    ui::{
        Refused,
        browser::{fields, focus_when_drawn},
    },
    wire::send,
};
use domain::Refusal;
use leptos::{ev, mount::mount_to, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};
use leptos_router::hooks::use_navigate;

/// What a submit anywhere in the page does.
pub(super) fn submit(event: ev::SubmitEvent) {
    let Some(form) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok()) else { return };
    let action = form.get_attribute("action").unwrap_or_default();
    let Some(fields) = fields_of(&event, &form).filter(|_| !event.default_prevented()) else { return };
    if form.method() == "get" {
        event.prevent_default();
        use_navigate()(&format!("{action}?{fields}"), Default::default());
    } else if action.starts_with("/api/") {
        event.prevent_default();
        if form.get_attribute("aria-busy").is_some() {
            return;
        }
        _ = form.set_attribute("aria-busy", "true");
        spawn_local(async move {
            let answered = send(action.into(), fields).await;
            _ = form.remove_attribute("aria-busy");
            match answered {
                // It led elsewhere, and the browser is on its way; or it says so on this page.
                Ok(true) => {}
                Ok(false) => _ = window().location().reload(),
                Err(error) => refuse(&form, &error),
            }
        });
    }
}

fn fields_of(event: &ev::SubmitEvent, form: &web_sys::HtmlFormElement) -> Option<String> {
    // A form with files goes the plain way.
    (form.enctype() != "multipart/form-data").then(|| fields(event)).flatten()
}

/// Shows why it was refused above the form, and at the field it is about.
fn refuse(form: &web_sys::HtmlFormElement, error: &AppError) {
    let refusal = error.as_refusal();
    let id = form.id();
    while let Some(old) = form.parent_element().and_then(|around| first(&around, ".outcome, .sent-message")) {
        old.remove();
    }
    while let Some(field) = first(form, "[aria-invalid]") {
        _ = field.remove_attribute("aria-invalid");
        mark(&field, None);
    }
    let named = refusal.field.as_deref().filter(|_| refusal.choices.is_empty());
    if let Some(field) = named.and_then(|name| first(form, &format!("[name=\"{name}\"]"))) {
        _ = field.set_attribute("aria-invalid", "true");
        mark(&field, Some(&refusal));
    }
    let Ok(place) = document().create_element("div") else { return };
    if form.before_with_node_1(&place).is_ok() {
        let form = id.clone();
        mount_to(place.unchecked_into(), move || view! { <Refused refusal form choose="Kies dit" /> }).forget();
        focus_when_drawn(format!("#{id}-uitkomst"), 10);
    }
}

/// The frame around a field says that it was refused, and under it stands what to do.
fn mark(field: &web_sys::Element, refusal: Option<&Refusal>) {
    let Some(around) = field.closest(".field, .choices").ok().flatten() else { return };
    let Some(refusal) = refusal else {
        _ = around.remove_attribute("data-state");
        return;
    };
    _ = around.set_attribute("data-state", "refused");
    if let Ok(message) = document().create_element("p") {
        let id = format!("{}-melding", field.id());
        message.set_class_name("message sent-message");
        message.set_id(&id);
        message.set_text_content(Some(&refusal.advice));
        let described = field.get_attribute("aria-describedby").filter(|ids| !ids.contains(&id));
        _ = field.set_attribute("aria-describedby", &described.map_or_else(|| id.clone(), |ids| format!("{ids} {id}")));
        _ = around.append_with_node_1(&message);
    }
}

fn first(within: &web_sys::Element, selector: &str) -> Option<web_sys::Element> {
    within.query_selector(selector).ok().flatten()
}
