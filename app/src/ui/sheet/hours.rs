//! Hours, months and tables.

use super::Show;
use crate::ui::{
    Cell, Column, HouseParts, KeyItem, Meter, MonthCell, MonthColumn, MonthRow, Months, Part, PartKind, Row, RowHead, RowKind, Supplier,
    Table,
};
use leptos::prelude::*;

fn wissel() -> Supplier {
    Supplier { name: "De Wissel".to_owned(), letter: "W".to_owned(), tone: 1 }
}

/// Blocks of every kind, and a year of houses.
#[component]
pub(super) fn HoursParts() -> impl IntoView {
    let parts = vec![
        Part::new(PartKind::Used, 225),
        Part::new(PartKind::Planned, 75),
        Part::new(PartKind::Free, 135),
        Part::new(PartKind::Pot, 120),
        Part::new(PartKind::Missing, 60),
    ];
    let key_items = vec![
        KeyItem::new(PartKind::Used, "3 u 45", "gebruikt"),
        KeyItem::new(PartKind::Planned, "1 u 15", "gepland"),
        KeyItem::new(PartKind::Free, "2 u 15", "vrij"),
        KeyItem::new(PartKind::Pot, "2 u", "wijkpot"),
        KeyItem::new(PartKind::Missing, "1 u", "te weinig"),
    ];
    let many = vec![Part::new(PartKind::Used, 4200), Part::new(PartKind::Free, 6600)];
    let many_keys = vec![KeyItem::new(PartKind::Used, "70 u", "gebruikt"), KeyItem::new(PartKind::Free, "110 u", "vrij")];
    view! {
        <Show id="s-uur" title="Uren">
            <div class="halves">
                <div class="card">
                    <Meter supplier=wissel() left="2 u 15" parts key_items />
                </div>
                <div class="card">
                    <Meter supplier=wissel() left="110 u" parts=many key_items=many_keys />
                </div>
            </div>
            <div class="card">
                <Year />
            </div>
        </Show>
    }
}

#[component]
fn Year() -> impl IntoView {
    let column = |label: &str, now, coming, house| MonthColumn { label: label.to_owned(), now, coming, house };
    let columns = vec![
        column("sep", false, false, HouseParts { used: 240, expired: 30, ..HouseParts::default() }),
        column("okt", false, false, HouseParts { used: 210, pot: 75, ..HouseParts::default() }),
        column("nov", true, false, HouseParts { used: 90, planned: 60, free: 120, ..HouseParts::default() }),
        column("dec", false, true, HouseParts { planned: 90, free: 195, ..HouseParts::default() }),
    ];
    let row = |label: &str, cells: [&str; 4], sum: &str, kind| MonthRow {
        label: label.to_owned(),
        supplier: None,
        cells: cells.into_iter().map(MonthCell::new).collect(),
        sum: MonthCell::new(sum),
        kind,
    };
    let rows = vec![
        row("Toegedeeld", ["4 u 30", "4 u 45", "4 u 30", "4 u 45"], "18 u 30", RowKind::Rule),
        row("Gebruikt", ["4 u", "3 u 30", "1 u 30", "–"], "9 u", RowKind::Plain),
        row("Vrij", ["–", "–", "2 u", "3 u 15"], "5 u 15", RowKind::Total),
    ];
    let legend = vec![("used", "gebruikt"), ("planned", "gepland"), ("free", "vrij"), ("pot", "naar de wijkpot"), ("expired", "vervallen")];
    view! { <Months caption="Uren van Samen Wijs bij De Wissel per maand" columns rows legend /> }
}

/// A table that stacks on a phone.
#[component]
pub(super) fn Tables() -> impl IntoView {
    view! {
        <Show id="s-tabel" title="Tabel">
            <div class="card">
                <Table
                    caption="Afspraken"
                    note="Vier keer geweest, twee keer te gaan."
                    columns=vec![Column::text("Dag"), Column::text("Wie"), Column::num("Uren")]
                    foot=|| {
                        view! {
                            <Row>
                                <RowHead>"Samen"</RowHead>
                                <Cell>""</Cell>
                                <Cell num=true label="uren">
                                    "4 u"
                                </Cell>
                            </Row>
                        }
                    }
                >
                    <Row>
                        <RowHead when=true>"do 8 okt"</RowHead>
                        <Cell>"Thijs Oldenkamp"</Cell>
                        <Cell num=true label="uren">
                            "2 u"
                        </Cell>
                    </Row>
                    <Row current=true>
                        <RowHead when=true>"do 29 okt"</RowHead>
                        <Cell>"Ilse van Grootheest"</Cell>
                        <Cell num=true label="uren">
                            "2 u"
                        </Cell>
                    </Row>
                </Table>
            </div>
        </Show>
    }
}
