//! Dialogs: one question, its consequence in numbers, two answers that are verbs. Its address is also a page, for browsers without
//! scripts: there it stands open in the text.

use leptos::{html, prelude::*};

/// A question.
#[component]
pub fn Dialog(
    /// Its id.
    #[prop(into)]
    id: String,
    /// The question: `2 u 15 De Brink terugnemen?`
    #[prop(into)]
    heading: String,
    /// Whether it floats above the page now.
    #[prop(optional, into)]
    open: Option<Signal<bool>>,
    /// Called when it is closed with the Escape key.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// Stands in the page, open: the page of its own.
    #[prop(optional)]
    standing: bool,
    /// The consequence, and the answers.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    if let Some(open) = open {
        Effect::new(move |_| {
            if let Some(element) = dialog.get() {
                match (open.get(), element.open()) {
                    // Only fails when it is already open or not in the page, which is as good as done.
                    (true, false) => drop(element.show_modal()),
                    (false, true) => element.close(),
                    _ => {}
                }
            }
        });
    }
    let closed = move |_| {
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    let heading_id = format!("{id}-kop");
    view! {
        <dialog class="dialog" id=id aria-labelledby=heading_id node_ref=dialog open=standing on:close=closed>
            <h2 id=heading_id.clone()>{heading}</h2>
            {children()}
        </dialog>
    }
}
