//! Chips, tags and signs: what states where something stands, a fact, and a supplier's letter. A state is icon, words and colour;
//! any two may be lost.

use super::{Icon, IconName};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// You are on turn.
    Turn,
    /// Somebody else is.
    Wait,
    /// It counts.
    Valid,
    /// It is behind us.
    Done,
    /// Refused, cancelled, missing.
    Stop,
    /// From or to the wijkpot.
    Pot,
    /// Look here: expires, differs.
    Warn,
    /// Proven.
    Proof,
}

impl State {
    const fn class(self) -> &'static str {
        match self {
            Self::Turn => "chip turn",
            Self::Wait | Self::Warn => "chip wait",
            Self::Valid | Self::Proof => "chip valid",
            Self::Done => "chip",
            Self::Stop => "chip stop",
            Self::Pot => "chip pot",
        }
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Turn => IconName::Turn,
            Self::Wait => IconName::Wait,
            Self::Valid | Self::Done => IconName::Check,
            Self::Stop => IconName::Cross,
            Self::Pot => IconName::Pot,
            Self::Warn => IconName::Warn,
            Self::Proof => IconName::Seal,
        }
    }
}

/// Where something stands, with a date when time matters: `Geldig vanaf 16 nov`.
#[component]
pub fn Chip(
    /// Where it stands.
    state: State,
    /// The words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <span class=state.class()>
            <Icon name=state.icon() />
            {text}
        </span>
    }
}

/// A plain fact: a level, an expertise.
#[component]
pub fn Tag(
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="tag">{text}</span> }
}

/// Facts beside each other.
#[component]
pub fn Tags(
    /// The words.
    tags: Vec<String>,
) -> impl IntoView {
    view! { <p class="chips">{tags.into_iter().map(|text| view! { <Tag text /> }).collect_view()}</p> }
}

/// A supplier as its sign shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplier {
    /// `De Wissel`.
    pub name: String,
    /// `W`.
    pub letter: String,
    /// 1 to 4: its colour.
    pub tone: u8,
}

impl Supplier {
    /// The sign of a supplier: the letter that tells its name from others, in the colour of its place in the list.
    #[must_use]
    pub fn at(name: &str, position: usize) -> Self {
        const ARTICLES: [&str; 4] = ["de", "het", "t", "een"];
        let folded = domain::experts::fold(name);
        let word = folded.split(' ').find(|word| !ARTICLES.contains(word)).unwrap_or(&folded);
        let letter = word.chars().next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
        Self { name: name.to_owned(), letter, tone: u8::try_from(position % 4 + 1).unwrap_or(1) }
    }

    /// The class that carries its colour.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self.tone {
            1 => "by-1",
            2 => "by-2",
            3 => "by-3",
            _ => "by-4",
        }
    }
}

/// A supplier's sign beside its name.
#[component]
pub fn SupplierName(
    /// Whose.
    supplier: Supplier,
    /// A smaller sign, in soft ink.
    #[prop(optional)]
    small: bool,
    /// Words after the name: `, op 1,8 km`.
    #[prop(optional, into)]
    after: String,
) -> impl IntoView {
    let sign = format!("sign {}", supplier.class());
    let text = supplier.name + &after;
    view! {
        <span class=if small { "with-sign small-sign" } else { "with-sign" }>
            <span class=sign aria-hidden="true">{supplier.letter}</span>
            <span>{text}</span>
        </span>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_letter_of_a_sign_is_of_the_word_that_tells_it_apart() {
        for (name, letter) in [("De Brink", "B"), ("’t Kompas", "K"), ("Driesprong", "D"), ("De", "D"), ("", "")] {
            assert_eq!(Supplier::at(name, 0).letter, letter, "{name}");
        }
        assert_eq!([0, 2, 3, 5].map(|position| Supplier::at("De Brink", position).tone), [1, 3, 4, 2]);
    }
}
