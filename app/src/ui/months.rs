//! A school year is a street of houses: a house is a month, its fill what became of the hours. Walls are the largest month of the
//! row's subject, so that houses compare.

use super::{Supplier, SupplierName, linking};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is in a house, in minutes, from the floor up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseParts {
    /// Spent.
    pub used: i64,
    /// To the pot.
    pub pot: i64,
    /// Set aside.
    pub planned: i64,
    /// Free.
    pub free: i64,
    /// Expired.
    pub expired: i64,
}

impl HouseParts {
    /// All of it: the walls are drawn for the largest sum.
    #[must_use]
    pub const fn sum(&self) -> i64 {
        self.used + self.pot + self.planned + self.free + self.expired
    }
}

/// Floor and ceiling of a house, in tenths of a unit: whole numbers, so that server and browser write the same.
const FLOOR: i64 = 560;
const HEIGHT: i64 = 320;

fn tenths(number: i64) -> String {
    if number % 10 == 0 { (number / 10).to_string() } else { format!("{}.{}", number / 10, number % 10) }
}

/// One house.
#[component]
pub fn House(
    /// What is in it.
    parts: HouseParts,
    /// The minutes of the fullest house beside it.
    walls: i64,
    /// Still to come: dotted walls.
    #[prop(optional)]
    coming: bool,
) -> impl IntoView {
    let walls = walls.max(parts.sum()).max(1);
    let mut below = 0;
    let mut level = |minutes: i64| {
        let from = FLOOR - HEIGHT * below / walls;
        below += minutes;
        let to = FLOOR - HEIGHT * below / walls;
        (tenths(to), tenths(from - to))
    };
    let rects = [("used", parts.used), ("pot", parts.pot), ("planned", parts.planned), ("free", parts.free), ("expired", parts.expired)]
        .into_iter()
        .filter(|(_, minutes)| *minutes > 0)
        .map(|(class, minutes)| {
            let (y, height) = level(minutes);
            let edge = (class == "used").then(|| format!("M6 {y}h32"));
            view! {
                <rect class=class x="6" y=y width="32" height=height></rect>
                {edge.map(|d| view! { <path class="edge" d=d></path> })}
            }
        })
        .collect_view();
    view! {
        <svg class=if coming { "house coming" } else { "house" } viewBox="0 0 44 60" aria-hidden="true">
            <path class="walls" d="M3 58V21L22 3l19 18v37z"></path>
            {rects}
        </svg>
    }
}

/// A month: its house and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthColumn {
    /// `nov`.
    pub label: String,
    /// The month we are in.
    pub now: bool,
    /// Still to come.
    pub coming: bool,
    /// What became of its hours.
    pub house: HouseParts,
}

/// An amount in a month, that may lead to what is behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthCell {
    /// `4 u 30`, or `–` for none.
    pub text: String,
    /// The postings behind it.
    pub href: Option<String>,
}

impl MonthCell {
    /// An amount.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None }
    }

    /// The same, leading to what is behind it.
    #[must_use]
    pub fn to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// The line under a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// Thin.
    #[default]
    Plain,
    /// Thick: a new part starts below.
    Rule,
    /// Bold with a thick line.
    Total,
}

/// A row of amounts, one per month, and their sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthRow {
    /// `Toegedeeld`.
    pub label: String,
    /// Or a supplier, with its sign.
    pub supplier: Option<Supplier>,
    /// One per month.
    pub cells: Vec<MonthCell>,
    /// `51 u`.
    pub sum: MonthCell,
    /// The line under it.
    pub kind: RowKind,
}

/// The street of a school year, with the table under it.
#[component]
pub fn Months(
    /// What the table is about; readers hear it.
    #[prop(into)]
    caption: String,
    /// One per month.
    columns: Vec<MonthColumn>,
    /// The amounts.
    rows: Vec<MonthRow>,
    /// What the fills mean here: class and word, such as `("used", "gebruikt")`.
    legend: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let walls = columns.iter().map(|column| column.house.sum()).max().unwrap_or_default();
    let now: Vec<bool> = columns.iter().map(|column| column.now).collect();
    let heads = columns
        .into_iter()
        .map(|column| {
            view! {
                <th scope="col" aria-current=column.now.then_some("date")>
                    // Where nothing fills a house there is no street to look at.
                    {(walls > 0).then(|| view! { <House parts=column.house walls coming=column.coming /> })}
                    {column.label}
                </th>
            }
        })
        .collect_view();
    let lines = rows
        .into_iter()
        .map(|row| {
            let class = match row.kind {
                RowKind::Plain => None,
                RowKind::Rule => Some("rule"),
                RowKind::Total => Some("total"),
            };
            let head = match row.supplier {
                Some(supplier) => view! { <SupplierName supplier /> }.into_any(),
                None => row.label.into_any(),
            };
            let cells = row
                .cells
                .into_iter()
                .zip(now.iter().copied().chain(std::iter::repeat(false)))
                .map(|(amount, now)| view! { <td class=now.then_some("now")>{linking(amount.text, amount.href)}</td> })
                .collect_view();
            view! {
                <tr class=class>
                    <th scope="row">{head}</th>
                    {cells}
                    <td class="sum">{linking(row.sum.text, row.sum.href)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <super::table::Scroll label=caption.clone() hint="Schuif de tabel opzij voor alle maanden.">
            <table class="months">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <td></td>
                        {heads}
                        <th scope="col" class="sum">"samen"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </super::table::Scroll>
        {(walls > 0)
            .then(|| {
                view! {
                    <p class="key-list legend">
                        {legend
                            .into_iter()
                            .map(|(class, word)| view! { <HouseKey class word /> })
                            .collect_view()}
                    </p>
                }
            })}
    }
}

/// What a fill means: the fill, and its word.
#[component]
pub fn HouseKey(
    /// The fill: `used`.
    class: &'static str,
    /// `gebruikt`
    word: &'static str,
) -> impl IntoView {
    view! {
        <span>
            <svg class="house-key" viewBox="0 0 12 12" aria-hidden="true">
                <rect class=class width="12" height="12"></rect>
            </svg>
            {word}
        </span>
    }
}
