//! The fields of a year: what suppliers deliver, by what boards are weighed, and what each board brings. Always true: a field that the
//! chosen basis does not read stays in the form, hidden, so that choosing another basis loses nothing.

use super::{BoardTyped, ContractTyped};
use crate::ui::{Choice, Field, Scroll, Select, SelectOption, TextArea};
use domain::{
    hours::{BECAUSE_MAX, Basis, SchoolYear},
    time::month_short,
};
use leptos::prelude::*;

/// A number in a cell, with its column and row as its label.
fn number(name: String, label: String, value: String) -> AnyView {
    view! { <Field name label value hidden_label=true short=true inputmode="decimal" maxlength=20_u32 /> }.into_any()
}

fn hidden(name: String, value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value /> }.into_any()
}

/// What each supplier delivers.
#[component]
pub(super) fn Contracts(
    /// Their names, in the order of the rows.
    names: Vec<String>,
    /// What the fields hold.
    rows: Vec<ContractTyped>,
    /// For the order of the months.
    year: i32,
) -> impl IntoView {
    let rows = names
        .into_iter()
        .zip(rows)
        .enumerate()
        .map(|(place, (name, row))| {
            let field = |field: &str| format!("contracten[{place}][{field}]");
            let months = field("maanden") + "[]";
            let ticked = row.maanden.len();
            let boxes = SchoolYear(year)
                .calendar()
                .into_iter()
                .map(|month| {
                    let number = month.number().to_string();
                    let checked = row.maanden.contains(&number);
                    view! {
                        <Choice name=months.clone() value=number many=true checked>
                            {month_short(month.number())}
                        </Choice>
                    }
                })
                .collect_view();
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader">{name.clone()} {hidden(field("leverancier"), row.leverancier)}</th>
                    <td role="cell" data-label="contract">{number(field("uren"), format!("Contract met {name}, in uren"), row.uren)}</td>
                    <td role="cell" data-label="reserve">{number(field("reserve"), format!("Reserve bij {name}, in uren"), row.reserve)}</td>
                    <td role="cell">
                        <details class="fold months-in-use">
                            <summary>{format!("{ticked} maanden")} <span class="visually-hidden">" van " {name}</span></summary>
                            <div class="month-boxes">{boxes}</div>
                        </details>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Scroll label="Tabel met contracten" hint="Schuif de tabel opzij voor alle kolommen.">
            <table class="table entry stacks" role="table">
                <caption class="visually-hidden">"Contracten"</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">"Leverancier"</th>
                        <th scope="col" role="columnheader">"Contract"</th>
                        <th scope="col" role="columnheader">"Reserve"</th>
                        <th scope="col" role="columnheader">"Maanden"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </Scroll>
    }
}

/// By what the boards are weighed.
#[component]
pub(super) fn Ground(
    /// The basis.
    basis: Basis,
    /// What a school counts for.
    base: String,
    /// What a pupil with a supplement counts for.
    supplement: String,
) -> impl IntoView {
    let options = Basis::ALL.iter().map(|basis| SelectOption::new(basis.code(), format!("Naar {}", basis.dutch()))).collect();
    let amounts = if basis == Basis::BaseAndSupplement {
        view! {
            <Field name="basis" label="Basis per school" value=base short=true inputmode="decimal" maxlength=20_u32 />
            <Field name="toeslag" label="Toeslag per leerling" value=supplement short=true inputmode="decimal" maxlength=20_u32 />
        }
        .into_any()
    } else {
        view! {
            {hidden("basis".to_owned(), base)}
            {hidden("toeslag".to_owned(), supplement)}
        }
        .into_any()
    };
    view! {
        <Select
            name="grondslag"
            label="Grondslag"
            help="Kies je een andere, druk dan op Bekijk. Dan staan de kolommen klaar."
            options
            value=basis.code().to_owned()
        />
        {amounts}
    }
}

/// The columns a basis reads: the name of the field, and of the column.
fn columns(basis: Basis) -> &'static [(&'static str, &'static str)] {
    match basis {
        Basis::Pupils => &[("leerlingen", "Leerlingen, aantal of %")],
        Basis::SchoolWeights => &[("leerlingen", "Leerlingen, aantal of %"), ("weging", "Schoolweging")],
        Basis::BaseAndSupplement => &[("scholen", "Scholen"), ("toeslag", "Leerlingen met toeslag")],
        Basis::Free => &[("vrij", "Gewicht")],
    }
}

/// What each board brings.
#[component]
pub(super) fn Boards(
    /// Their names, in the order of the rows.
    names: Vec<String>,
    /// What the fields hold.
    rows: Vec<BoardTyped>,
    /// Which columns there are.
    basis: Basis,
) -> impl IntoView {
    let shown = columns(basis);
    let rows = names
        .into_iter()
        .zip(rows)
        .enumerate()
        .map(|(place, (name, row))| {
            let field = |field: &str| format!("besturen[{place}][{field}]");
            let BoardTyped { bestuur, leerlingen, weging, scholen, toeslag, vrij, vast, besloten, reden } = row;
            let facts = [("leerlingen", leerlingen), ("weging", weging), ("scholen", scholen), ("toeslag", toeslag), ("vrij", vrij)];
            let (seen, kept): (Vec<_>, Vec<_>) = facts.into_iter().partition(|(code, _)| shown.iter().any(|(column, _)| column == code));
            let cells = seen
                .into_iter()
                .map(|(code, value)| {
                    let title = shown.iter().find(|(column, _)| *column == code).map_or("", |(_, title)| title);
                    view! { <td role="cell" data-label=title.to_lowercase()>{number(field(code), format!("{title}, {name}"), value)}</td> }
                })
                .collect_view();
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader">
                        {name.clone()} {hidden(field("bestuur"), bestuur)}
                        {kept.into_iter().map(|(code, value)| hidden(field(code), value)).collect_view()}
                    </th>
                    {cells}
                    <td role="cell" data-label="vast %">{number(field("vast"), format!("Vast deel van {name}, in procenten"), vast)}</td>
                    <td role="cell" data-label="besloten %">{number(field("besloten"), format!("Besloten deel van {name}, in procenten"), besloten)}</td>
                    <td class="because" role="cell" data-label="reden">
                        <TextArea
                            name=field("reden")
                            label=format!("Reden van het besloten deel van {name}")
                            value=reden
                            hidden_label=true
                            two_lines=true
                            maxlength=u32::try_from(BECAUSE_MAX).unwrap_or(u32::MAX)
                        />
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Scroll label="Tabel met besturen" hint="Schuif de tabel opzij voor alle kolommen.">
            <table class="table entry stacks" role="table">
                <caption class="visually-hidden">"Besturen"</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">"Bestuur"</th>
                        {shown.iter().map(|(_, title)| view! { <th scope="col" role="columnheader">{*title}</th> }).collect_view()}
                        <th scope="col" role="columnheader">"Vast %"</th>
                        <th scope="col" role="columnheader">"Besloten %"</th>
                        <th scope="col" role="columnheader">"Reden van het besluit"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </Scroll>
    }
}
