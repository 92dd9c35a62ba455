//! Drawing: a view with its page's flash and key, as HTML. Always true: nothing in it waits for data; that was loaded before.

use super::Drawn;
use crate::{
    AppError,
    session::Page,
    ui::{provide_flash, provide_page_key},
};
use leptos::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

/// What the tab is called, as the page's head says it.
#[derive(Clone, Default)]
pub struct DrawnTitle(Arc<Mutex<String>>);

impl DrawnTitle {
    /// Called by the page's head.
    pub(crate) fn set(&self, title: &str) {
        title.clone_into(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// The inside of a page: its data in its view. The last line of a page in `pages.rs`.
///
/// # Errors
/// None; a `Result` because that is what a page answers.
pub fn drawn<T, V: IntoView>(page: Page<T>, view: impl FnOnce(T) -> V) -> Result<Page<Drawn>, AppError> {
    let Page { data, flash, key } = page;
    let owner = Owner::current().map_or_else(Owner::new, |outer| outer.child());
    let title = DrawnTitle::default();
    let html = owner.with(|| {
        leptos_meta::provide_meta_context();
        provide_context(title.clone());
        provide_flash(flash);
        provide_page_key(key);
        view(data).into_view().to_html()
    });
    owner.cleanup();
    let title = std::mem::take(&mut *title.0.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Page { data: Drawn { title, html }, flash: None, key: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        session::{Flash, Note},
        ui::{PageHead, Said, page_key},
    };

    #[test]
    fn a_drawn_page_has_its_title_its_note_and_its_key_and_escapes_what_was_typed() {
        let flash = Flash { note: Some(Note::done("Klaar", "Dat was het.")), ..Flash::default() };
        let page = Page { data: "<script>alert(1)</script>".to_owned(), flash: Some(flash), key: "sleutel-1".to_owned() };
        let drawn = drawn(page, |typed| {
            view! {
                <PageHead title="Uren & meer" lede=typed />
                <Said />
                <p>{page_key()}</p>
            }
        })
        .expect("it is drawn")
        .data;
        assert_eq!(drawn.title, "Uren & meer");
        assert!(drawn.html.contains("Dat was het.") && drawn.html.contains("sleutel-1"), "{}", drawn.html);
        assert!(!drawn.html.contains("<script>"), "{}", drawn.html);
    }
}
