//! Bars drawn by the server: a row per holder, as long as its hours. Always true here: the words of a bar say all that is drawn, and the
//! same numbers stand in a table beside it.

use super::api::Bar;
use leptos::prelude::*;

/// The width of the longest bar, in units of its drawing.
const WIDTH: i64 = 1_000;
/// What the fills mean, in the order of a bar's parts.
const FILLS: [(&str, &str); 5] =
    [("used", "gebruikt"), ("pot", "naar de wijkpot"), ("planned", "gepland"), ("free", "vrij"), ("expired", "vervallen")];

/// A row per holder.
#[component]
pub(super) fn Bars(
    /// `Besturen naast elkaar`
    #[prop(into)]
    caption: String,
    /// The rows.
    bars: Vec<Bar>,
) -> impl IntoView {
    let longest = bars.iter().map(|bar| bar.parts.iter().sum::<i64>()).max().unwrap_or_default().max(1);
    let present: Vec<bool> = (0..FILLS.len()).map(|part| bars.iter().any(|bar| bar.parts[part] > 0)).collect();
    view! {
        <figure class="bars">
            <figcaption>{caption}</figcaption>
            <ul class="list">
                {bars.into_iter().map(|bar| view! { <BarRow bar longest /> }).collect_view()}
            </ul>
            <p class="key-list legend" aria-hidden="true">
                {FILLS
                    .into_iter()
                    .zip(present)
                    .filter(|(_, there)| *there)
                    .map(|((class, word), _)| {
                        view! {
                            <span>
                                <svg class="house-key" viewBox="0 0 12 12">
                                    <rect class=class width="12" height="12"></rect>
                                </svg>
                                {word}
                            </span>
                        }
                    })
                    .collect_view()}
            </p>
        </figure>
    }
}

#[component]
fn BarRow(bar: Bar, longest: i64) -> impl IntoView {
    let Bar { name, words, parts } = bar;
    let mut from = 0;
    let rects = FILLS
        .into_iter()
        .zip(parts)
        .filter(|(_, minutes)| *minutes > 0)
        .map(|((class, _), minutes)| {
            let x = WIDTH * from / longest;
            from += minutes;
            let width = WIDTH * from / longest - x;
            view! { <rect class=class x=x.to_string() y="0" width=width.to_string() height="24"></rect> }
        })
        .collect_view();
    view! {
        <li>
            <span aria-hidden="true">{name}</span>
            <svg class="house bar" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label=words>
                <rect class="walls" x="0" y="0" width="1000" height="24"></rect>
                {rects}
            </svg>
        </li>
    }
}
