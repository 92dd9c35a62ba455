//! `/stijl`: every part in every state, for makers. Always true: its content is invented, and only administrators and the demo see it.

mod controls;
mod hours;
mod signs;

use super::PageHead;
use crate::{
    AppError,
    session::{Page, api::visitor, page},
};
use domain::people::Role;
use leptos::prelude::*;

/// Whether one may see it; for everybody else it is not there.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn read_sheet() -> Result<Page<()>, AppError> {
    let visitor = visitor().await?.filter(|visitor| visitor.demo || visitor.role == Role::Administrator);
    visitor.ok_or(AppError::NotFound)?;
    page(()).await
}

/// The parts.
#[component]
pub fn Sheet() -> impl IntoView {
    view! {
        <div class="wrap sheet">
            <PageHead title="Onderdelen" lede="Elk onderdeel met zijn toestanden. Alleen voor makers; geen scherm van de app." />
            <signs::Colours />
            <signs::Letters />
            <controls::Buttons />
            <controls::Fields />
            <controls::Moments />
            <signs::Chips />
            <hours::HoursParts />
            <hours::Tables />
            <signs::Outcomes />
            <signs::Trails />
            <signs::Icons />
        </div>
    }
}

/// One part of the sheet.
#[component]
fn Show(
    /// Its id.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// The states.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="part" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {children()}
        </section>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::ui::testing::{faults, html};

    #[test]
    fn a_browser_has_nothing_to_repair_in_any_part() {
        let page = html(|| {
            leptos_meta::provide_meta_context();
            view! { <Sheet /> }
        });
        assert!(page.contains("Vraag aan en zet vast"), "the sheet is rendered");
        assert_eq!(faults(&page), Vec::<String>::new());
    }
}
