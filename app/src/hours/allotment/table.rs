//! Both tables side by side: as they used to be printed, and exact. Always true: a cell that differs says by how much, and the difference
//! is explained under the table.

use crate::ui::Scroll;
use domain::{
    hours::{Comparison, Origin, Share, SupplierRow},
    minutes::thousands,
};
use leptos::prelude::*;

fn hours(number: i64) -> String {
    thousands(number.unsigned_abs())
}

/// `− 1`, `+ 2`.
fn difference(number: i64) -> String {
    let sign = if number < 0 { '−' } else { '+' };
    format!("{sign}\u{a0}{}", hours(number))
}

/// A division by both rules, a row per board.
#[component]
pub(super) fn BothTables(
    /// By both rules.
    table: Comparison,
    /// In the order of the boards.
    shares: Vec<Share>,
) -> impl IntoView {
    let why = explanations(&table, &shares);
    let groups = table
        .rows
        .iter()
        .map(|row| {
            view! {
                <th scope="colgroup" colspan="3" class="group">
                    {row.name.clone()}
                </th>
            }
        })
        .collect_view();
    let heads = table
        .rows
        .iter()
        .map(|_| {
            view! {
                <th scope="col" class="num print-col">
                    "gedrukt"
                </th>
                <th scope="col" class="num exact-col">
                    "exact"
                </th>
                <th scope="col" class="num">
                    "per maand"
                </th>
            }
        })
        .collect_view();
    let rows = shares.iter().enumerate().map(|(place, share)| board_row(place, share, &table)).collect_view();
    let all: i64 = table.rows.iter().map(SupplierRow::exact_sum).sum();
    let feet = table.rows.iter().map(foot).collect_view();
    view! {
        <Scroll label="Verdeling per bestuur en leverancier" hint="Schuif de tabel opzij voor alle leveranciers.">
            <table class="table allotment">
                <caption class="visually-hidden">"Uren per bestuur en leverancier, zoals gedrukt en exact"</caption>
                <thead>
                    <tr>
                        <th scope="col" rowspan="2">
                            "Bestuur"
                        </th>
                        <th scope="col" rowspan="2" class="num">
                            "Deel"
                        </th>
                        {groups}
                        <th scope="col" rowspan="2" class="num total-col">
                            "Exact samen"
                        </th>
                    </tr>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"Samen"</th>
                        <td class="num">"100\u{a0}%"</td>
                        {feet}
                        <td class="num total-col">{hours(all)}</td>
                    </tr>
                </tfoot>
            </table>
        </Scroll>
        <p class="soft">
            "Gedrukt rondt elke cel apart af, ook de maand: een elfde van het jaar. Exact geeft niet meer uit dan er is. Geboekt wordt exact."
        </p>
        <ul class="ticks">{why.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
    }
}

fn board_row(place: usize, share: &Share, table: &Comparison) -> impl IntoView + use<> {
    let origin = match share.origin {
        Origin::Computed => "",
        Origin::Fixed => "vast",
        Origin::Decided { .. } => "besloten",
    };
    let all: i64 = table.rows.iter().filter_map(|row| row.cells.get(place)).map(|cell| cell.exact).sum();
    let cells = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(place).copied())
        .map(|cell| {
            let class = if cell.differs() { "num exact-col differs" } else { "num exact-col" };
            view! {
                <td class="num print-col">{hours(cell.printed.year)}</td>
                <td class=class>
                    {hours(cell.exact)}
                    {cell.differs().then(|| view! { <span class="diff">{difference(cell.exact - cell.printed.year)}</span> })}
                </td>
                <td class="num">{hours(cell.printed.month)}</td>
            }
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row">{share.name.clone()}</th>
            <td class="num share">{format!("{}\u{a0}% ", share.percent)} <span class="sub">{origin}</span></td>
            {cells}
            <td class="num total-col">{hours(all)}</td>
        </tr>
    }
}

fn foot(row: &SupplierRow) -> impl IntoView + use<> {
    let over = row.printed_sum() - row.exact_sum();
    let words = if over > 0 { "te veel" } else { "te weinig" };
    let months: i64 = row.cells.iter().map(|cell| cell.printed.month).sum();
    view! {
        <td class="num print-col">
            {hours(row.printed_sum())}
            {(over != 0).then(|| view! { <span class="diff">{format!("{} {words}", difference(over))}</span> })}
        </td>
        <td class="num exact-col">{hours(row.exact_sum())}</td>
        <td class="num">{hours(months)}</td>
    }
}

/// Why cells differ, and why shares are not as computed.
fn explanations(table: &Comparison, shares: &[Share]) -> Vec<String> {
    let name = |board| shares.iter().find(|share| share.board == board).map_or("", |share| share.name.as_str());
    let cells = table.differing().map(|(row, cell)| {
        let (over, words) = (row.printed_sum() - row.exact_sum(), if cell.exact < cell.printed.year { "minder" } else { "meer" });
        let printed = if over == 0 {
            "verdeelt de resten anders".to_owned()
        } else {
            format!("geeft {} uur uit van {}", hours(row.printed_sum()), hours(row.exact_sum()))
        };
        let size = hours(cell.exact - cell.printed.year);
        format!(
            "{} krijgt bij {} {size} uur {words} dan gedrukt: gedrukt {printed}, en deze rest is het kleinst.",
            name(cell.board),
            row.name
        )
    });
    let decisions = shares.iter().filter_map(|share| match &share.origin {
        Origin::Decided { computed, because } => {
            Some(format!("{} krijgt {}\u{a0}%. De telling geeft {computed}\u{a0}%. Besloten: {because}", share.name, share.percent))
        }
        _ => None,
    });
    cells.chain(decisions).collect()
}
