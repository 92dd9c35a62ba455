//! Tables read across. The roles are written out, because on a phone rows become short lists and `display: block` would drop them.

use leptos::prelude::*;

/// A column's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub title: String,
    /// Numbers: to the right and in equal widths.
    pub num: bool,
    /// Only readers hear the title.
    pub hidden: bool,
}

impl Column {
    /// A column of words.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), num: false, hidden: false }
    }

    /// A column of numbers.
    pub fn num(title: impl Into<String>) -> Self {
        Self { num: true, ..Self::text(title) }
    }

    /// A column whose title is clear from what is in it.
    pub fn hidden(title: impl Into<String>) -> Self {
        Self { hidden: true, ..Self::text(title) }
    }
}

/// A table that stacks on a phone: caption, head, `Row`s, and a foot with the sums.
#[component]
pub fn Table(
    /// The title; shown, unless `hidden_caption`.
    #[prop(into)]
    caption: String,
    /// A sentence under the title.
    #[prop(optional, into)]
    note: Option<String>,
    /// Only readers hear the caption; a heading above it says it already.
    #[prop(optional)]
    hidden_caption: bool,
    /// The columns.
    columns: Vec<Column>,
    /// Another class on the table.
    #[prop(optional)]
    class: &'static str,
    /// `Row`s under a double line: the sums.
    #[prop(optional, into)]
    foot: Option<ViewFnOnce>,
    /// `Row`s.
    children: Children,
) -> impl IntoView {
    view! {
        <table class=super::classes(["table stacks", class]) role="table">
            <caption class=hidden_caption.then_some("visually-hidden")>
                <b>{caption}</b>
                " "
                {note}
            </caption>
            <thead role="rowgroup">
                <tr role="row">
                    {columns
                        .into_iter()
                        .map(|column| {
                            view! {
                                <th role="columnheader" scope="col" class=column.num.then_some("num")>
                                    <span class=column.hidden.then_some("visually-hidden")>{column.title}</span>
                                </th>
                            }
                        })
                        .collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{children()}</tbody>
            {foot.map(|foot| view! { <tfoot role="rowgroup">{foot.run()}</tfoot> })}
        </table>
    }
}

/// A row: one `RowHead`, then `Cell`s.
#[component]
pub fn Row(
    /// The row this page is about.
    #[prop(optional)]
    current: bool,
    /// An id to link to.
    #[prop(optional, into)]
    id: Option<String>,
    /// Its cells.
    children: Children,
) -> impl IntoView {
    view! { <tr role="row" id=id aria-current=current.then_some("true")>{children()}</tr> }
}

/// The cell that names its row.
#[component]
pub fn RowHead(
    /// A day or time: stays on one line.
    #[prop(optional)]
    when: bool,
    /// The name.
    children: Children,
) -> impl IntoView {
    view! { <th role="rowheader" scope="row" class=when.then_some("when")>{children()}</th> }
}

/// Any other cell.
#[component]
pub fn Cell(
    /// What it says of itself on a phone; give every number one.
    #[prop(optional, into)]
    label: Option<String>,
    /// A number.
    #[prop(optional)]
    num: bool,
    /// A day or time: stays on one line.
    #[prop(optional)]
    when: bool,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let class = if num { Some("num") } else { when.then_some("when") };
    view! { <td role="cell" class=class data-label=label>{children()}</td> }
}

/// A wide table that stays a table: scrolls sideways under its own name, and can be reached by keyboard.
#[component]
pub fn Scroll(
    /// What scrolls, unlike anything else on the page: `Uren bij De Wissel per maand`.
    #[prop(into)]
    label: String,
    /// What is to the right: `Schuif de tabel opzij voor alle maanden.`
    #[prop(into)]
    hint: String,
    /// The table.
    children: Children,
) -> impl IntoView {
    view! {
        <p class="scroll-hint">{hint}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            {children()}
        </div>
    }
}
