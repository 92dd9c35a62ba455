//! Hours are blocks: one block is one hour, a narrower block a part of it, true to scale. The picture is hidden from readers; the
//! key beside it says the amounts.

use super::{Supplier, chip::SupplierName, linking};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What became of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Spent: hollow.
    Used,
    /// Set aside: hatched.
    Planned,
    /// Free: solid.
    Free,
    /// In or from the wijkpot: round below.
    Pot,
    /// Not there: dashed.
    Missing,
}

impl PartKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Planned => "planned",
            Self::Free => "",
            Self::Pot => "pot",
            Self::Missing => "missing",
        }
    }
}

/// Some minutes of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What became of them.
    pub kind: PartKind,
    /// How many.
    pub minutes: i64,
}

impl Part {
    /// Minutes of one kind.
    #[must_use]
    pub const fn new(kind: PartKind, minutes: i64) -> Self {
        Self { kind, minutes }
    }
}

/// The size of the blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// In a card.
    #[default]
    Normal,
    /// In a list.
    Mini,
    /// Where hours are spent.
    Large,
}

/// More blocks than this no longer count by eye; then one block is more than one hour.
const MOST_BLOCKS: i64 = 40;

/// How many hours one block stands for: 1, 2, 5, 10, 20, 50, ….
#[must_use]
pub fn hours_per_block(parts: &[Part]) -> i64 {
    let hours: i64 = parts.iter().map(|part| part.minutes.max(0)).map(|minutes| (minutes + 59) / 60).sum();
    let mut scale = 1;
    loop {
        for step in [1, 2, 5] {
            if hours <= MOST_BLOCKS * step * scale {
                return step * scale;
            }
        }
        scale *= 10;
    }
}

/// Whole blocks and quarters of a last one. A part of a quarter counts as a quarter, so that nothing held is shown as nothing.
fn count(minutes: i64, per_block: i64) -> (i64, i64) {
    let quarters = (minutes.max(0) * 4 + per_block * 60 - 1) / (per_block * 60);
    (quarters / 4, quarters % 4)
}

/// The blocks alone. Order: used, planned, free, pot.
#[component]
pub fn Blocks(
    /// What to show, in order.
    parts: Vec<Part>,
    /// How large.
    #[prop(optional)]
    size: Size,
) -> impl IntoView {
    let per_block = hours_per_block(&parts);
    let size = match size {
        Size::Normal => "blocks",
        Size::Mini => "blocks mini",
        Size::Large => "blocks large",
    };
    let blocks = parts
        .into_iter()
        .flat_map(|part| {
            let (whole, rest) = count(part.minutes, per_block);
            let kind = part.kind.class();
            let last = match rest {
                0 => None,
                1 => Some("q1"),
                2 => Some("q2"),
                _ => Some("q3"),
            };
            (0..whole).map(|_| "").chain(last).map(move |quarter| super::classes(["block", kind, quarter]))
        })
        .map(|class| view! { <i class=class></i> })
        .collect_view();
    view! { <div class=size aria-hidden="true">{blocks}</div> }
}

/// What one kind of block means, with its amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyItem {
    /// Which blocks.
    pub kind: PartKind,
    /// `2 u`.
    pub amount: String,
    /// `gebruikt`.
    pub words: String,
    /// Where the postings behind it are; empty for an amount that is of no account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

impl KeyItem {
    /// Blocks, amount and words.
    pub fn new(kind: PartKind, amount: impl Into<String>, words: impl Into<String>) -> Self {
        Self { kind, amount: amount.into(), words: words.into(), href: None }
    }

    /// The same with the postings behind the amount.
    #[must_use]
    pub fn to(self, href: String) -> Self {
        Self { href: Some(href), ..self }
    }
}

/// What the blocks mean; also their text alternative.
#[component]
pub fn KeyList(
    /// The meanings.
    items: Vec<KeyItem>,
    /// A sentence instead of an amount: `Je eigen uren zijn op tot 1 december`.
    #[prop(optional, into)]
    note: Option<String>,
) -> impl IntoView {
    view! {
        <p class="key-list">
            {items
                .into_iter()
                .map(|item| {
                    view! {
                        <span>
                            <i class=super::classes(["block key", item.kind.class()]) aria-hidden="true"></i>
                            <b>{linking(item.amount, item.href)}</b>
                            " "
                            {item.words}
                        </span>
                    }
                })
                .collect_view()}
            {note.map(|note| view! { <span>{note}</span> })}
        </p>
    }
}

/// One supplier's hours: name, what is left, blocks, key, and what one can do about it.
#[component]
pub fn Meter(
    /// Whose hours.
    supplier: Supplier,
    /// What is free: `2 u 15`.
    #[prop(into)]
    left: String,
    /// The postings behind what is free.
    #[prop(optional_no_strip)]
    left_href: Option<String>,
    /// The blocks, in order.
    parts: Vec<Part>,
    /// What they mean.
    key_items: Vec<KeyItem>,
    /// A nudge or a form under it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let per_block = hours_per_block(&parts);
    view! {
        <div class="meter">
            <div class="meter-head">
                <h3>
                    <SupplierName supplier />
                </h3>
                <p class="meter-left">
                    <span class="nowrap">{linking(left, left_href)}</span>
                    " "
                    <small>"vrij"</small>
                </p>
            </div>
            <Blocks parts />
            {(per_block > 1).then(|| view! { <p class="help">{format!("Eén blok is {per_block}\u{a0}u.")}</p> })}
            <KeyList items=key_items />
            {children.map(|children| children())}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_true_to_a_quarter_of_an_hour() {
        assert_eq!(count(135, 1), (2, 1));
        assert_eq!(count(225, 1), (3, 3));
        assert_eq!(count(0, 1), (0, 0));
        assert_eq!(count(1, 1), (0, 1));
    }

    #[test]
    fn many_hours_make_a_block_stand_for_more() {
        let parts = |hours: i64| [Part::new(PartKind::Free, hours * 60)];
        assert_eq!(hours_per_block(&parts(40)), 1);
        assert_eq!(hours_per_block(&parts(41)), 2);
        assert_eq!(hours_per_block(&parts(570)), 20);
    }
}
