//! `/rapportage/alv`: the overview for the general meeting of members, fit to be printed.

use super::{
    api::{OverviewPage, PotRow},
    chart::Bars,
};
use crate::{
    hours::{OVERVIEW, Pick, Street, SumsTable, amount_cell},
    ui::{Button, Cell, Column, Downloads, Empty, LinkButton, Months, PageHead, Row, RowHead, Select, SelectOption, Table},
};
use leptos::prelude::*;

/// What the fills of a house mean here.
const LEGEND: [(&str, &str); 5] =
    [("used", "gebruikt"), ("pot", "naar de wijkpot"), ("planned", "gepland"), ("free", "vrij"), ("expired", "vervallen")];

/// `/rapportage/alv`
#[component]
pub fn OverviewView(
    /// What is on it.
    data: OverviewPage,
) -> impl IntoView {
    let OverviewPage { title, lede, picks, bars, tables, pots, street, csv, xlsx, empty } = data;
    let mut tables = tables.into_iter().map(|table| {
        view! {
            <div class="card year">
                <SumsTable table />
            </div>
        }
    });
    let by_board = tables.next();
    view! {
        <div class="wrap overview">
            <PageHead title lede tab="Overzicht voor de ALV">
                <Picks picks />
            </PageHead>
            {match empty {
                Some(why) => {
                    view! {
                        <Empty heading="Nog geen uren" why>
                            <LinkButton href="/spelregels">"Lees hoe uren verdeeld worden"</LinkButton>
                        </Empty>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <div class="card year">
                            <Bars caption="De uren van de besturen naast elkaar" bars />
                        </div>
                        {by_board}
                        {street.map(|street| view! { <Year street /> })}
                        {tables.collect_view()}
                        {(!pots.is_empty()).then(|| view! { <Pots rows=pots /> })}
                        <Downloads csv xlsx />
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

#[component]
fn Picks(picks: Vec<Pick>) -> impl IntoView {
    let select = |Pick { name, label, options, chosen }: Pick| {
        let options = options.into_iter().map(|(value, label)| SelectOption::new(value, label)).collect();
        view! { <Select name label options value=chosen hidden_label=true /> }
    };
    view! {
        <form class="pick" method="get" action=OVERVIEW>
            {picks.into_iter().map(select).collect_view()}
            <Button>"Toon"</Button>
        </form>
    }
}

#[component]
fn Year(street: Street) -> impl IntoView {
    let Street { caption, columns, rows, .. } = street;
    view! {
        <section class="card year" aria-labelledby="per-maand">
            <div class="part-head">
                <h2 id="per-maand">"Per maand"</h2>
            </div>
            <Months caption columns rows legend=LEGEND.to_vec() />
        </section>
    }
}

/// Who gave and who got.
#[component]
fn Pots(rows: Vec<PotRow>) -> impl IntoView {
    let columns = vec![Column::text("Bestuur"), Column::num("Gegeven"), Column::num("Gekregen"), Column::num("Verschil")];
    let mut rows = rows;
    let sum = rows.pop();
    let line = |PotRow { name, given, got, net }: PotRow| {
        view! {
            <Row>
                <RowHead>{name}</RowHead>
                <Cell num=true label="gegeven">
                    {amount_cell(given)}
                </Cell>
                <Cell num=true label="gekregen">
                    {amount_cell(got)}
                </Cell>
                <Cell num=true label="verschil">
                    {amount_cell(net)}
                </Cell>
            </Row>
        }
    };
    let foot = move || sum.map(line);
    view! {
        <div class="card year">
            <Table
                caption="Over de grenzen van besturen"
                note="Wat de scholen van een bestuur aan wijkpotten gaven en eruit kregen. Een plus kreeg meer dan het gaf."
                columns
                foot
            >
                {rows.into_iter().map(line).collect_view()}
            </Table>
        </div>
    }
}
