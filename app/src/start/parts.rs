//! Parts of the start page: what waits, what runs at others, the hours of this month, what is coming.

use super::api::{HoursCard, Meeting, Meetings, MeterData, News, Task, Waiting};
use crate::bookings::BOOKINGS;
use crate::ui::{Cell, Chip, Column, DayLeaf, Empty, Kind, LinkButton, Meter, Row, RowHead, State, Table, linking};
use leptos::prelude::*;

/// What waits for this person.
#[component]
pub(super) fn Tasks(
    /// Each with one thing to do.
    tasks: Vec<Task>,
) -> impl IntoView {
    let none = tasks.is_empty();
    view! {
        <section class="part" aria-labelledby="nu">
            <h2 id="nu">"Nu aan jou"</h2>
            {if none {
                view! { <p class="soft">"Niets wacht op jou."</p> }.into_any()
            } else {
                view! { <ul class="tasks">{tasks.into_iter().map(|task| view! { <TaskCard task /> }).collect_view()}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn TaskCard(task: Task) -> impl IntoView {
    let Task { since, title, href, text, button: (words, there) } = task;
    view! {
        <li class="card task">
            <p>
                <Chip state=State::Turn text=since />
            </p>
            <h3>
                <a href=href>{title}</a>
            </h3>
            <p>{text}</p>
            <p class="actions">
                <LinkButton href=there kind=Kind::Primary>
                    {words}
                </LinkButton>
            </p>
        </li>
    }
}

/// What happened that nobody has to answer.
#[component]
pub(super) fn NewsList(
    /// The last first.
    news: Vec<News>,
) -> impl IntoView {
    let line = |News { text, when, href }: News| {
        view! {
            <li>
                <a href=href>{text}</a>
                " "
                <span class="soft">{when}</span>
            </li>
        }
    };
    view! {
        <section class="part" aria-labelledby="nieuws">
            <h2 id="nieuws">"Deze week"</h2>
            <ul class="news">{news.into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

/// What waits for somebody else.
#[component]
pub(super) fn WaitingTable(
    /// Each with who is on turn.
    waiting: Vec<Waiting>,
) -> impl IntoView {
    let rows = waiting
        .into_iter()
        .map(|Waiting { title, href, who, since }| {
            view! {
                <Row>
                    <RowHead>
                        <a href=href>{title}</a>
                    </RowHead>
                    <Cell>
                        <Chip state=State::Wait text=who />
                    </Cell>
                    <Cell when=true label="Sinds">
                        {since}
                    </Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <section class="part" aria-labelledby="anderen">
            <h2 id="anderen">"Loopt bij anderen"</h2>
            <Table
                caption="Afspraken en vragen waarbij iemand anders aan zet is"
                hidden_caption=true
                columns=vec![Column::text("Wat"), Column::text("Aan zet"), Column::text("Sinds")]
            >
                {rows}
            </Table>
        </section>
    }
}

/// The hours of this month, beside what waits.
#[component]
pub(super) fn HoursSide(
    /// The hours.
    card: HoursCard,
) -> impl IntoView {
    let HoursCard { title, amount, behind, words, meters, href } = card;
    view! {
        <section class="card hours-card side" aria-labelledby="uren">
            <div class="figure">
                <h2 id="uren">{title}</h2>
                <b>
                    <span class="nowrap">{linking(amount, behind)}</span>
                </b>
                <span>{words.show()}</span>
            </div>
            {(!meters.is_empty())
                .then(|| {
                    view! {
                        <ul class="rows">
                            {meters
                                .into_iter()
                                .map(|MeterData { supplier, left, behind, parts, keys }| {
                                    view! {
                                        <li>
                                            <Meter supplier left left_href=behind parts key_items=keys />
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            <p>
                <a href=href>"Bekijk het hele schooljaar"</a>
            </p>
        </section>
    }
}

/// What is coming.
#[component]
pub(super) fn MeetingsPart(
    /// The first ones.
    meetings: Meetings,
) -> impl IntoView {
    let Meetings { title, list } = meetings;
    let none = list.is_empty();
    view! {
        <section class="part meetings-part" aria-labelledby="afspraken">
            <div class="part-head">
                <h2 id="afspraken">{title}</h2>
                <p>
                    <a href=BOOKINGS>"Alle afspraken"</a>
                </p>
            </div>
            {if none {
                view! { <Empty heading="Nog geen afspraken" why="Zodra er een afspraak komt, staat die hier." /> }.into_any()
            } else {
                view! { <ul class="meetings">{list.into_iter().map(|meeting| view! { <MeetingCard meeting /> }).collect_view()}</ul> }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn MeetingCard(meeting: Meeting) -> impl IntoView {
    let Meeting { day: [weekday, day, month], title, href, moment, time, who, state, status } = meeting;
    view! {
        <li class="card">
            <div class="meeting">
                <DayLeaf weekday day month />
                <div>
                    <h3>
                        <a href=href>{title}</a>
                    </h3>
                    <p>
                        <time datetime=moment>{time}</time>
                    </p>
                    <p class="soft">{who}</p>
                </div>
            </div>
            <p>
                <Chip state text=status />
            </p>
        </li>
    }
}
