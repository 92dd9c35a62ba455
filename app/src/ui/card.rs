//! Cards and what they hold: facts, a figure, a leaf from the calendar. A card holds one thing one can act on.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The ground of a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// White.
    #[default]
    Surface,
    /// Pressed in.
    Sunk,
    /// About the wijkpot.
    Clay,
}

/// A section with a heading of its own.
#[component]
pub fn Card(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Its id; the card is named by it.
    #[prop(into)]
    id: String,
    /// The ground.
    #[prop(optional)]
    ground: Ground,
    /// A sentence beside the heading.
    #[prop(optional, into)]
    aside: Option<String>,
    /// Another class on the card.
    #[prop(optional)]
    class: &'static str,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let ground = match ground {
        Ground::Surface => "",
        Ground::Sunk => "sunk",
        Ground::Clay => "clay",
    };
    view! {
        <section class=super::classes(["card", ground, class]) aria-labelledby=id>
            <div class="part-head">
                <h2 id=id.clone() tabindex="-1">{title}</h2>
                {aside.map(|aside| view! { <p>{aside}</p> })}
            </div>
            {children()}
        </section>
    }
}

/// A term and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// `Werkt in`.
    pub term: String,
    /// `Havenkwartier, De Poort`.
    pub answer: String,
    /// Where the answer leads, when it leads somewhere: a path or `mailto:`.
    pub href: Option<String>,
}

impl Fact {
    /// A term and its answer.
    pub fn new(term: impl Into<String>, answer: impl Into<String>) -> Self {
        Self { term: term.into(), answer: answer.into(), href: None }
    }

    /// The same, leading somewhere.
    #[must_use]
    pub fn to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// Terms and answers, in the order wat, waar, wanneer, hoeveel.
#[component]
pub fn Facts(
    /// The facts.
    facts: Vec<Fact>,
    /// Another class on the list.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <dl class=super::classes(["facts", class])>
            {facts
                .into_iter()
                .map(|Fact { term, answer, href }| {
                    let answer = super::linking(answer, href);
                    view! {
                        <div>
                            <dt>{term}</dt>
                            <dd>{answer}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

/// One amount, with the words that make it true.
#[component]
pub fn Figure(
    /// `4 u 15`.
    #[prop(into)]
    amount: String,
    /// `vrij van 14 u 15. Wat je niet gebruikt, vervalt na 30 november.`
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! {
        <div class="figure">
            <b>
                <span class="nowrap">{amount}</span>
            </b>
            <span>{words}</span>
        </div>
    }
}

/// A leaf from the calendar: weekday first, because schools live by weekdays.
#[component]
pub fn DayLeaf(
    /// `do`.
    #[prop(into)]
    weekday: String,
    /// `19`.
    #[prop(into)]
    day: String,
    /// `nov`.
    #[prop(into)]
    month: String,
) -> impl IntoView {
    view! {
        <p class="day">
            <span>{weekday}</span>
            " "
            <b>{day}</b>
            " "
            <span>{month}</span>
        </p>
    }
}
