//! The page: what there is, three ways to divide it, and what was divided before. Always true: each way is a form of its own that
//! only looks; what was looked at is posted.

use super::{DIVISION, DivisionPage, PreviewDivision, SchoolLine, SupplierLine, UndoDivision, preview_view::Looked};
use crate::{
    hours::{
        allotment::{History, RunWords},
        amount_cell, of_board,
    },
    ui::{
        Button, Cell, Choice, Column, Empty, Field, Form, FormAction, Kind, LinkButton, PageHead, Row, RowHead, Said, Scroll, Select,
        SelectOption, Table, page_key,
    },
};
use leptos::prelude::*;

/// `/uren/verdeling`
#[component]
pub fn DivisionView(
    /// What is on it.
    data: DivisionPage,
) -> impl IntoView {
    let DivisionPage { board, board_name, year, year_name, months, boards, suppliers, schools, mandate_rule, preview, runs } = data;
    let title = format!("Uren van {board_name} verdelen");
    let lede = format!("Schooljaar {year_name}, {months}. Wat een school al gebruikte of vastzette, blijft bij die school.");
    let back = (of_board(&board, year), "Terug naar de uren".to_owned());
    let hidden = |way: &str| vec![("bestuur", board.clone()), ("jaar", year.to_string()), ("manier", way.to_owned())];
    let (by_pupils, by_hand, kept) = (hidden("pupils"), hidden("hand"), hidden("kept"));
    let place = vec![("bestuur", board.clone()), ("jaar", year.to_string())];
    let undo = FormAction::to::<UndoDivision>();
    let words = RunWords { heading: "Wat er verdeeld is", field: "verdeling" };
    let options: Vec<SelectOption> = boards.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect();
    let to_hours = back.0.clone();
    let ways = if suppliers.is_empty() || schools.is_empty() {
        let why =
            if schools.is_empty() { "Dit bestuur heeft nog geen scholen." } else { "Er zijn nog geen uren toegedeeld aan dit bestuur." };
        view! {
            <Empty heading="Er valt nog niets te verdelen" why>
                <LinkButton href=to_hours>"Naar de uren van het bestuur"</LinkButton>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <ByPupils suppliers=suppliers.clone() hidden=by_pupils />
            <ByHand suppliers schools=schools.clone() hidden=by_hand />
            <Kept schools rule=mandate_rule hidden=kept />
        }
        .into_any()
    };
    view! {
        <div class="wrap">
            <PageHead title lede back>
                {(!options.is_empty())
                    .then(|| {
                        view! {
                            <form class="pick" method="get" action=DIVISION>
                                <Select name="bestuur" id="kies-bestuur" label="Bestuur" options value=board hidden_label=true />
                                <Button>"Toon"</Button>
                            </form>
                        }
                    })}
            </PageHead>
            <Said />
            {preview.map(|preview| view! { <Looked preview hidden=place /> })}
            {ways}
            <History runs undo words />
        </div>
    }
}

type Hidden = Vec<(&'static str, String)>;

#[component]
fn ByPupils(suppliers: Vec<SupplierLine>, hidden: Hidden) -> impl IntoView {
    let columns = vec![Column::text("Leverancier"), Column::num("Nog bij het bestuur"), Column::num("Samen met de scholen")];
    let rows = suppliers
        .into_iter()
        .map(|supplier| {
            view! {
                <Row>
                    <RowHead>{supplier.name}</RowHead>
                    <Cell num=true label="bij het bestuur">
                        {amount_cell(supplier.board_has)}
                    </Cell>
                    <Cell num=true label="samen">
                        {supplier.all}
                    </Cell>
                </Row>
            }
        })
        .collect_view();
    let action = FormAction::to::<PreviewDivision>();
    view! {
        <section class="card year" aria-labelledby="naar-leerlingen">
            <h2 id="naar-leerlingen">"Naar leerlingen"</h2>
            <p class="soft">
                "Elke school krijgt haar deel naar leerlingen, per maand in kwartieren. Verdeel je later opnieuw, dan verplaatst alleen het verschil."
            </p>
            <Table caption="Wat er te verdelen is" columns>
                {rows}
            </Table>
            <Form action key=page_key() id="verdeel-leerlingen" hidden>
                <div class="actions">
                    <Button kind=Kind::Primary>"Bekijk de verdeling naar leerlingen"</Button>
                </div>
            </Form>
        </section>
    }
}

#[component]
fn ByHand(suppliers: Vec<SupplierLine>, schools: Vec<SchoolLine>, hidden: Hidden) -> impl IntoView {
    let action = FormAction::to::<PreviewDivision>();
    let heads = suppliers.iter().map(|supplier| view! { <th scope="col" role="columnheader">{supplier.name.clone()}</th> }).collect_view();
    let count = suppliers.len();
    // Made inside the form, where a field finds what was typed in it.
    let rows = move || {
        schools
            .into_iter()
            .enumerate()
            .map(|(row, school)| {
                let cells = suppliers
                    .iter()
                    .zip(school.hours)
                    .zip(school.left)
                    .enumerate()
                    .map(|(column, ((supplier, hours), left))| {
                        let field = |name: &str| format!("delen[{}][{name}]", row * count + column);
                        view! {
                            <td role="cell" data-label=supplier.name.clone()>
                                <input type="hidden" name=field("school") value=school.id.clone() />
                                <input type="hidden" name=field("leverancier") value=supplier.id.clone() />
                                <Field
                                    name=field("uren")
                                    label=format!("Uren {} voor {}", supplier.name, school.name)
                                    value=hours
                                    hidden_label=true
                                    short=true
                                    inputmode="decimal"
                                    maxlength=20_u32
                                />
                                <span class="sub">{format!("nog vrij: {left}")}</span>
                            </td>
                        }
                    })
                    .collect_view();
                view! {
                    <tr role="row">
                        <th scope="row" role="rowheader">{school.name.clone()}</th>
                        <td class="num" role="cell" data-label="leerlingen">{school.pupils}</td>
                        {cells}
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <section class="card year" aria-labelledby="met-de-hand">
            <h2 id="met-de-hand">"Met de hand"</h2>
            <p class="soft">
                "Schrijf per school hoeveel uren ze samen heeft in de maanden die nog lopen. De uren gaan gelijk over die maanden. Wat over is, blijft bij het bestuur."
            </p>
            <Form action key=page_key() id="verdeel-hand" hidden>
                <Scroll label="Tabel met scholen" hint="Schuif de tabel opzij voor alle leveranciers.">
                    <table class="table entry stacks" role="table">
                        <caption class="visually-hidden">"Uren per school en leverancier"</caption>
                        <thead role="rowgroup">
                            <tr role="row">
                                <th scope="col" role="columnheader">"School"</th>
                                <th scope="col" role="columnheader" class="num">
                                    "Leerlingen"
                                </th>
                                {heads}
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{rows()}</tbody>
                    </table>
                </Scroll>
                <div class="actions">
                    <Button kind=Kind::Primary>"Bekijk deze verdeling"</Button>
                </div>
            </Form>
        </section>
    }
}

#[component]
fn Kept(schools: Vec<SchoolLine>, rule: String, hidden: Hidden) -> impl IntoView {
    let action = FormAction::to::<PreviewDivision>();
    // Made inside the form, where a field finds what was typed in it.
    let rows = move || {
        schools
            .into_iter()
            .enumerate()
            .map(|(row, school)| {
                let field = |name: &str| format!("mandaten[{row}][{name}]");
                let whose = format!(", {}", school.name);
                view! {
                    <tr role="row">
                        <th scope="row" role="rowheader">
                            {school.name.clone()} <input type="hidden" name=field("school") value=school.id />
                        </th>
                        <td role="cell">
                            <Choice name=field("mag") value="ja" many=true checked=school.mandate.is_some()>
                                "mag boeken" <span class="visually-hidden">{whose}</span>
                            </Choice>
                        </td>
                        <td role="cell" data-label="uren per maand">
                            <Field
                                name=field("uren")
                                label=format!("Hoogstens per maand voor {}, in uren", school.name)
                                value=school.mandate.unwrap_or_default()
                                hidden_label=true
                                short=true
                                inputmode="decimal"
                                maxlength=20_u32
                            />
                        </td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <section class="card year" aria-labelledby="bij-het-bestuur">
            <h2 id="bij-het-bestuur">"Houd de uren bij het bestuur"</h2>
            <p class="soft">
                "Wat bij de scholen nog vrij is, gaat terug naar het bestuur. Scholen met een mandaat boeken daaruit, tot hun grens per maand. Leeg is zonder grens."
            </p>
            <p>{rule}</p>
            <Form action key=page_key() id="verdeel-bestuur" hidden>
                <Scroll label="Tabel met mandaten" hint="Schuif de tabel opzij voor alle kolommen.">
                    <table class="table entry stacks" role="table">
                        <caption class="visually-hidden">"Mandaat per school"</caption>
                        <thead role="rowgroup">
                            <tr role="row">
                                <th scope="col" role="columnheader">"School"</th>
                                <th scope="col" role="columnheader">"Mandaat"</th>
                                <th scope="col" role="columnheader">"Uren per maand"</th>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{rows()}</tbody>
                    </table>
                </Scroll>
                <div class="actions">
                    <Button>"Bekijk wat terugkomt"</Button>
                </div>
            </Form>
        </section>
    }
}
