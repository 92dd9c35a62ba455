//! `/wijkpot` for whoever looks at more than one pot: every pot, and what waits for a board, the registrar or the administrator. Always
//! true: what waits for this person comes first.

use super::{api_reserve::ArrangePot, mine_view::MineList, shown::Mine};
use crate::hours::{amount_cell, linked};
use crate::ui::{
    Button, Card, Cell, Column, Empty, Field, Form, FormAction, PageHead, Row, RowHead, Said, Select, SelectOption, Table, page_key,
};
use domain::Minutes;
use leptos::prelude::*;

/// Every pot.
#[derive(Clone, Debug, Default)]
pub struct PotsShown {
    /// `november`.
    pub month: String,
    /// The pots.
    pub lines: Vec<PotLine>,
    /// What schools of one's board gave, and what waits for its consent.
    pub gifts: Vec<Mine>,
    /// What waits for the registrar.
    pub reserves: Vec<Mine>,
    /// The wijken an administrator can put in a pot.
    pub arrange: Option<Vec<SelectOption>>,
}

/// A pot in the list.
#[derive(Clone, Debug)]
pub struct PotLine {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Whether it stands behind the others.
    pub city: bool,
    /// What is in it this month.
    pub minutes: Minutes,
    /// The postings behind that.
    pub behind: String,
    /// How many draws wait.
    pub waits: usize,
}

/// The pots.
#[component]
pub fn PotsView(
    /// What is on it.
    shown: PotsShown,
) -> impl IntoView {
    let PotsShown { month, lines, gifts, reserves, arrange } = shown;
    let lede = "Scholen geven uren die ze niet nodig hebben. Andere scholen in de wijk nemen ze op.";
    view! {
        <div class="wrap">
            <PageHead title="Wijkpotten" lede />
            <Said />
            <div class="stack pots">
            {(!reserves.is_empty())
                .then(|| {
                    view! {
                        <Card title="Gevraagd uit de reserve" id="reserve">
                            <MineList mine=reserves />
                        </Card>
                    }
                })}
            {(!gifts.is_empty())
                .then(|| {
                    view! {
                        <Card title="Donaties van jullie scholen" id="donaties">
                            <MineList mine=gifts />
                        </Card>
                    }
                })}
            {if lines.is_empty() {
                view! { <Empty heading="Nog geen wijkpot" why="Het samenwerkingsverband maakt een pot en kiest de wijken." /> }.into_any()
            } else {
                view! { <Lines lines month /> }.into_any()
            }}
            {arrange.map(|wijken| view! { <Arrange wijken /> })}
            </div>
        </div>
    }
}

#[component]
fn Lines(lines: Vec<PotLine>, month: String) -> impl IntoView {
    let columns = vec![Column::text("Pot"), Column::num(format!("In {month}")), Column::num("Wachten")];
    view! {
        <div class="card">
            <Table caption="Alle potten" columns>
                {lines
                    .into_iter()
                    .map(|line| {
                        view! {
                            <Row>
                                <RowHead>
                                    <a href=line.href>{line.name}</a>
                                    {line.city.then(|| view! { <span class="sub">"staat achter alle wijkpotten"</span> })}
                                </RowHead>
                                <Cell num=true label="in de pot">{amount_cell(linked(line.minutes, Some(line.behind)))}</Cell>
                                <Cell num=true label="wachten">{line.waits.to_string()}</Cell>
                            </Row>
                        }
                    })
                    .collect_view()}
            </Table>
        </div>
    }
}

/// Making a pot, or adding a wijk to one.
#[component]
fn Arrange(wijken: Vec<SelectOption>) -> impl IntoView {
    view! {
        <Card title="Maak een pot" id="maak">
            <p class="soft">"Gebruik de naam van een bestaande pot om er een wijk bij te doen. Een wijk zit in één pot."</p>
            <Form action={FormAction::to::<ArrangePot>()} key=page_key() id="maak-pot">
                <Field name="naam" label="Hoe heet de pot?" required=true maxlength=100u32 />
                <Select name="wijk" label="Welke wijk?" options=wijken />
                <p class="actions">
                    <Button>"Maak de pot"</Button>
                </p>
            </Form>
        </Card>
    }
}
