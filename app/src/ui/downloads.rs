//! The same numbers as a file. Always true: plain links, so that a browser downloads them with or without scripts.

use leptos::prelude::*;

/// Links to the numbers of a page as files.
#[component]
pub fn Downloads(
    /// The address of the file with separators.
    #[prop(into)]
    csv: String,
    /// The address of the workbook.
    #[prop(into)]
    xlsx: String,
) -> impl IntoView {
    view! {
        <p class="downloads">
            "Bewaar deze cijfers als "
            <a href=xlsx download rel="external">
                "Excel-bestand"
            </a> " of als "
            <a href=csv download rel="external">
                "CSV-bestand"
            </a> "."
        </p>
    }
}
