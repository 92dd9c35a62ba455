//! Bars drawn by the server: a row per holder, as long as its hours. Always true here: the words of a bar say all that is drawn, and the
//! same numbers stand in a table beside it.

use super::api::Bar;
use crate::{hours::amount, ui::HouseKey};
use domain::Minutes;
use leptos::prelude::*;

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
                    .map(|((class, word), _)| view! { <HouseKey class word /> })
                    .collect_view()}
            </p>
        </figure>
    }
}

#[component]
fn BarRow(bar: Bar, longest: i64) -> impl IntoView {
    let Bar { name, words, parts } = bar;
    let total = amount(Minutes(parts.iter().sum()));
    let mut from = 0;
    let rects = FILLS
        .into_iter()
        .zip(parts)
        .filter(|(_, minutes)| *minutes > 0)
        .map(|((class, _), minutes)| {
            let x = percent(from, longest);
            from += minutes;
            view! { <rect class=class x=x y="0" width=percent(minutes, longest) height="100%"></rect> }
        })
        .collect_view();
    view! {
        <li>
            <span aria-hidden="true">{name}</span>
            <svg class="house bar" role="img" aria-label=words>
                {rects}
            </svg>
            <b aria-hidden="true">{total}</b>
        </li>
    }
}

/// How far along the longest bar, so that a bar stretches and its patterns do not.
fn percent(minutes: i64, longest: i64) -> String {
    let thousandths = minutes * 100_000 / longest;
    format!("{}.{:03}%", thousandths / 1_000, thousandths % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::{faults, html};

    #[test]
    fn a_bar_is_as_long_as_its_hours_and_says_how_many() {
        assert_eq!([percent(0, 480), percent(160, 480), percent(480, 480)], ["0.000%", "33.333%", "100.000%"]);
        let bar = |name: &str, parts| Bar { name: name.to_owned(), words: name.to_owned(), parts };
        let page = html(|| view! { <Bars caption="Besturen" bars=vec![bar("A", [120, 0, 0, 360, 0]), bar("B", [0, 0, 0, 60, 0])] /> });
        assert_eq!(faults(&page), Vec::<String>::new(), "{page}");
        assert!(page.contains(r#"x="25.000%""#) && page.contains(r#"width="12.500%""#), "{page}");
        assert!(page.contains("8\u{a0}u") && page.contains("1\u{a0}u"), "{page}");
    }
}
