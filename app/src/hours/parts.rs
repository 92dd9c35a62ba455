//! A table of sums, on the pages of hours and on the start page.

use super::{
    api::{SumRow, SumTable},
    what::amount,
};
use crate::ui::{Cell, Column, MonthCell, Row, RowHead, SupplierName, Table, linking};
use domain::Minutes;
use leptos::prelude::*;

/// An amount with its postings behind it, when it is one.
#[must_use]
pub fn linked(minutes: Minutes, href: Option<String>) -> MonthCell {
    let cell = MonthCell::new(amount(minutes));
    match href.filter(|_| minutes != Minutes::ZERO) {
        Some(href) => cell.to(href),
        None => cell,
    }
}

/// A number, with the way to its postings.
#[must_use]
pub fn amount_cell(cell: MonthCell) -> AnyView {
    linking(cell.text, cell.href)
}

/// A table of sums, with the sum under every column.
#[component]
pub fn SumsTable(
    /// What it shows.
    table: SumTable,
) -> impl IntoView {
    let SumTable { caption, note, first, columns, rows, foot } = table;
    let labels: Vec<String> = columns.iter().map(|column| column.to_lowercase()).collect();
    let heads = std::iter::once(Column::text(first)).chain(columns.into_iter().map(Column::num)).collect();
    let foot_labels = labels.clone();
    let foot_row = move || {
        view! {
            <Row>
                <RowHead>"Samen"</RowHead>
                {foot
                    .into_iter()
                    .zip(foot_labels)
                    .map(|(cell, label)| view! { <Cell num=true label=label>{amount_cell(cell)}</Cell> })
                    .collect_view()}
            </Row>
        }
    };
    let lines = rows
        .into_iter()
        .map(|SumRow { name, supplier, href, cells }| {
            let head = match (supplier, href) {
                (Some(supplier), _) => view! { <SupplierName supplier /> }.into_any(),
                (None, Some(href)) => view! { <a href=href>{name}</a> }.into_any(),
                (None, None) => name.into_any(),
            };
            let cells = cells
                .into_iter()
                .zip(labels.iter().cloned())
                .map(|(cell, label)| view! { <Cell num=true label=label>{amount_cell(cell)}</Cell> })
                .collect_view();
            view! {
                <Row>
                    <RowHead>{head}</RowHead>
                    {cells}
                </Row>
            }
        })
        .collect_view();
    view! {
        <Table caption note columns=heads foot=foot_row>
            {lines}
        </Table>
    }
}
