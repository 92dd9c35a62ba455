//! Where the hours of a pot went: per month, per board, and the newest movements. Always true: every row adds up, and every movement leads
//! to its postings.

use super::shown::{BoardNet, Moved};
use crate::{
    hours::{amount, amount_cell, linked},
    ui::{Cell, Column, MonthCell, MonthColumn, MonthRow, Months, Row, RowHead, Table},
};
use domain::Minutes;
use leptos::prelude::*;

/// Half the bar of the board that differs most.
const BAR: i64 = 60;

/// The school year.
#[component]
pub(super) fn Street(
    /// `2026–2027`.
    year: String,
    /// One per month.
    columns: Vec<MonthColumn>,
    /// The amounts.
    rows: Vec<MonthRow>,
) -> impl IntoView {
    let legend = vec![("used", "opgenomen"), ("pot", "in de pot"), ("expired", "vervallen")];
    view! {
        <section class="card year" aria-labelledby="schooljaar">
            <div class="part-head">
                <h2 id="schooljaar">"De pot door het schooljaar"</h2>
                <p>"Uren horen bij één leverancier en één maand. Wat in de ene maand in de pot zit, kan niet naar de volgende."</p>
            </div>
            <Months caption=format!("De pot per maand, {year}") columns rows legend />
        </section>
    }
}

/// `+ 28 u 30`.
fn net(minutes: Minutes) -> String {
    if minutes > Minutes::ZERO { format!("+\u{a0}{minutes}") } else { amount(minutes) }
}

/// Given and taken by board.
#[component]
pub(super) fn Boards(
    /// The boards.
    boards: Vec<BoardNet>,
    /// The sums under them.
    total: BoardNet,
) -> impl IntoView {
    if boards.is_empty() {
        return view! {
            <section class="part" aria-labelledby="besturen">
                <h2 class="h3" id="besturen">"Wie doneerde, wie nam op"</h2>
                <p class="soft">"Dit schooljaar nog niemand."</p>
            </section>
        }
        .into_any();
    }
    let most = boards.iter().map(|board| (board.given - board.taken).0.abs()).max().unwrap_or_default().max(1);
    let columns = vec![
        Column::text("Bestuur"),
        Column::num("Gedoneerd"),
        Column::num("Opgenomen"),
        Column::num("Verschil"),
        Column::text("Nam op | doneerde"),
    ];
    let [.., behind] = total.behind.clone();
    let left = total.given - total.taken;
    let left = amount_cell(MonthCell { text: left.to_string(), ..linked(left, behind) });
    view! {
        <section class="part">
            <Table
                caption="Wie doneerde, wie nam op"
                note="Dit schooljaar, per bestuur."
                columns
                foot=move || view! { <BoardRow board=total most=0 /> }
            >
                {boards.into_iter().map(|board| view! { <BoardRow board most /> }).collect_view()}
            </Table>
            <p class="soft">
                <small>"Het verschil, " {left} ", zit nog in de pot of verviel."</small>
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn BoardRow(
    board: BoardNet,
    /// The largest difference; none for a row without a bar.
    most: i64,
) -> impl IntoView {
    let BoardNet { name, given, taken, behind: [given_behind, taken_behind, net_behind] } = board;
    let difference = given - taken;
    let bar = (most > 0).then(|| {
        let width = difference.0.abs() * BAR / most.max(1);
        let (class, x) = if difference < Minutes::ZERO { ("took", 62 - width) } else { ("gave", 62) };
        view! {
            <svg class="net" viewBox="0 0 124 16" width="124" height="16" aria-hidden="true">
                <rect class=class x=x y="2" width=width height="12" rx="2"></rect>
                <path d="M62 0v16"></path>
            </svg>
        }
    });
    view! {
        <Row>
            <RowHead>{name}</RowHead>
            <Cell num=true label="gedoneerd">{amount_cell(linked(given, given_behind))}</Cell>
            <Cell num=true label="opgenomen">{amount_cell(linked(taken, taken_behind))}</Cell>
            <Cell num=true label="verschil">{amount_cell(MonthCell { text: net(difference), ..linked(difference, net_behind) })}</Cell>
            <Cell>{bar}</Cell>
        </Row>
    }
}

/// The newest movements.
#[component]
pub(super) fn Moves(
    /// The newest first.
    moves: Vec<Moved>,
) -> impl IntoView {
    view! {
        <section class="part" aria-labelledby="laatste">
            <h2 class="h3" id="laatste">"Laatste bewegingen"</h2>
            {moves.is_empty().then(|| view! { <p class="soft">"Nog geen."</p> })}
            <ol class="moves list">
                {moves
                    .into_iter()
                    .map(|Moved { at, when, who, verb, amount, after, href }| {
                        view! {
                            <li>
                                <time datetime=at>{when}</time>
                                " "
                                <span>
                                    {(!who.is_empty()).then(|| view! { <b>{who}</b> {format!(" {verb} ")} })}
                                    <a href=href>{amount}</a>
                                    {format!(" {after}")}
                                </span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </section>
    }
}
