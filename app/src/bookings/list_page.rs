//! `/afspraken`: what waits on you, what is ahead, what is behind. Always true: who is on turn comes first.

use super::shown::{LineShown, ListPart, ListShown};
use crate::ui::{Cell, Chip, Column, Empty, Kind, LinkButton, PageHead, Pagination, Row, RowHead, Said, Table};
use leptos::prelude::*;

/// `/afspraken?komend=1&geweest=1`
#[component]
pub fn ListView(
    /// What is on it.
    shown: ListShown,
) -> impl IntoView {
    let ListShown { lede, can_ask, mine, ahead, behind } = shown;
    let nothing = mine.is_empty() && ahead.lines.is_empty() && behind.lines.is_empty();
    view! {
        <div class="wrap">
            <PageHead title="Afspraken" lede />
            <Said />
            {nothing
                .then(|| {
                    let why = if can_ask {
                        "Zoek een expert en kies een vrij moment. De afspraak staat daarna hier."
                    } else {
                        "Zodra een school een expert vraagt, staat de afspraak hier."
                    };
                    view! {
                        <Empty heading="Nog geen afspraken" why>
                            {can_ask
                                .then(|| {
                                    view! {
                                        <LinkButton href="/zoeken" kind=Kind::Primary>
                                            "Zoek een expert"
                                        </LinkButton>
                                    }
                                })}
                        </Empty>
                    }
                })}
            <div class="booking-list">
                {(!mine.is_empty())
                    .then(|| {
                        view! {
                            <section class="card lamp-edge" aria-labelledby="aan-jou">
                                <h2 id="aan-jou">"Nu aan jou"</h2>
                                <Lines lines=mine caption="Afspraken die op jou wachten" />
                            </section>
                        }
                    })}
                {(!ahead.lines.is_empty()).then(|| view! { <Part id="komend" title="Komend" part=ahead /> })}
                {(!behind.lines.is_empty()).then(|| view! { <Part id="geweest" title="Afgerond" part=behind /> })}
            </div>
        </div>
    }
}

#[component]
fn Part(id: &'static str, title: &'static str, part: ListPart) -> impl IntoView {
    let ListPart { lines, page, pages, before, after } = part;
    let link = move |href: Option<String>| href.map(|href| format!("{href}#{id}")).unwrap_or_default();
    let (before, after) = (link(before), link(after));
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id tabindex="-1">
                {title}
            </h2>
            <Lines lines caption=title />
            {match (before.is_empty(), after.is_empty()) {
                (true, true) => ().into_any(),
                (true, false) => view! { <Pagination page pages after of=title /> }.into_any(),
                (false, true) => view! { <Pagination page pages before of=title /> }.into_any(),
                (false, false) => view! { <Pagination page pages before after of=title /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Lines(lines: Vec<LineShown>, caption: &'static str) -> impl IntoView {
    let columns = vec![Column::text("Dag"), Column::text("Tijd"), Column::text("Wat"), Column::num("Uren"), Column::text("Status")];
    view! {
        <Table caption hidden_caption=true columns class="bookings">
            {lines
                .into_iter()
                .map(|line| {
                    let LineShown { href, what, place, who, day, time, amount, chip: (state, text) } = line;
                    view! {
                        <Row>
                            <RowHead when=true>{day}</RowHead>
                            <Cell when=true>{time}</Cell>
                            <Cell>
                                <a href=href>{what}</a>
                                <span class="sub">{format!("{place}, {who}")}</span>
                            </Cell>
                            <Cell num=true label="uren">
                                {amount}
                            </Cell>
                            <Cell>
                                <Chip state text />
                            </Cell>
                        </Row>
                    }
                })
                .collect_view()}
        </Table>
    }
}
