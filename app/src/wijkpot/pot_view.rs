//! `/wijkpot/:id`: what is in it, how to give and ask, who waits, and where it went. Always true: a part that follows the pot by itself is
//! marked `data-live-part`; nothing somebody may be typing in is one.

use super::{
    ALL_POTS,
    give_view::{Ask, Give, Reserve},
    mine_view::MineList,
    picture::{Picture, block},
    queue_view::Queues,
    shown::PotShown,
    year_view::{Boards, Moves, Street},
};
use crate::hours::{amount_cell, linked};
use crate::ui::{Icon, IconName, Kind, LinkButton, MonthCell, PageTitle, Said, Supplier, SupplierName, choices::LinkTile};
use domain::Minutes;
use leptos::prelude::*;

/// A pot.
#[component]
pub fn PotView(
    /// What is on it.
    shown: PotShown,
) -> impl IntoView {
    let PotShown { id, name, month, month_name, expiry, stock, sum_behind, behind, .. } = shown;
    let PotShown { months, give, ask, reserve, rule, queues, mine, columns, rows, year, boards, total, moves, covers, .. } = shown;
    let live = format!("/live/wijkpot/{id}");
    let (gives, asks) = (give.is_some(), ask.is_some());
    view! {
        <PageTitle title=name.clone() />
        <div data-live=live>
            <div data-live-part="pot">
                <Hero name month_name=month_name.clone() expiry stock sum_behind behind covers gives asks />
            </div>
            <div class="wrap pot-page">
                <Said />
                <nav class="pot-months" aria-label="Andere maand">
                    <ul class="list durations">
                        {months
                            .into_iter()
                            .map(|(label, href, current)| {
                                view! {
                                    <li>
                                        <LinkTile href current>
                                            {label}
                                        </LinkTile>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                    <p>
                        <a href=ALL_POTS>"Alle potten"</a>
                    </p>
                </nav>
                {(gives || asks)
                    .then(|| {
                        view! {
                            <div class="halves">
                                {give.map(|form| view! { <Give form pot=id month=month.clone() month_name=month_name.clone() /> })}
                                {ask.map(|form| view! { <Ask form month=month.clone() /> })}
                            </div>
                        }
                    })}
                {(!mine.is_empty())
                    .then(|| {
                        view! {
                            <section class="card" aria-labelledby="van-jou">
                                <h2 id="van-jou">"Wat jij gaf en vroeg"</h2>
                                <MineList mine />
                            </section>
                        }
                    })}
                <Order rule />
                <div data-live-part="wachten">
                    <Queues queues month=month_name />
                </div>
                {reserve.map(|form| view! { <Reserve form month /> })}
                <div data-live-part="jaar">
                    <Street year columns rows />
                </div>
                <div class="halves" data-live-part="beweging">
                    <Boards boards total />
                    <Moves moves />
                </div>
            </div>
        </div>
    }
}

#[component]
fn Hero(
    name: String,
    month_name: String,
    expiry: String,
    stock: Vec<((Supplier, Minutes), String)>,
    sum_behind: String,
    behind: Option<(String, String, Minutes)>,
    covers: String,
    gives: bool,
    asks: bool,
) -> impl IntoView {
    let (stock, stock_behind): (Vec<(Supplier, Minutes)>, Vec<String>) = stock.into_iter().unzip();
    let sum: Minutes = stock.iter().map(|(_, minutes)| *minutes).sum();
    let block = block(&stock);
    let scale =
        if block == Minutes::hours(1) { "één blok is één uur.".to_owned() } else { format!("één blok is {} uur.", block.0 / 60) };
    view! {
        <div class="pot-hero">
            <div class="wrap">
                <div class="pot-says">
                    <h1 tabindex="-1">{name}</h1>
                    <p class="soft">{covers}</p>
                    <p class="pot-sum">
                        <b>
                            <span class="nowrap">{amount_cell(MonthCell { text: sum.to_string(), ..linked(sum, Some(sum_behind)) })}</span>
                        </b>
                        " "
                        <span>{format!("in {month_name}, {scale} {expiry}")}</span>
                    </p>
                    {if stock.is_empty() {
                        view! { <p>"Er ligt nu niets in. Zodra een school uren doneert, zie je ze hier."</p> }.into_any()
                    } else {
                        view! {
                            <ul class="pot-list list">
                                {stock
                                    .iter()
                                    .cloned()
                                    .zip(stock_behind)
                                    .map(|((supplier, minutes), behind)| {
                                        view! {
                                            <li>
                                                <SupplierName supplier />
                                                " "
                                                <b>
                                                    <span class="nowrap">{amount_cell(linked(minutes, Some(behind)))}</span>
                                                </b>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        }
                            .into_any()
                    }}
                    {behind
                        .map(|(city, href, minutes)| {
                            view! {
                                <p class="with-sign">
                                    <Icon name=IconName::Pot />
                                    <span>
                                        "Daarachter staat " <a href=href>{city}</a> {format!(" met {minutes} in {}.", month_name.clone())}
                                    </span>
                                </p>
                            }
                        })}
                    {(gives || asks)
                        .then(|| {
                            view! {
                                <p class="actions">
                                    {gives.then(|| view! { <LinkButton href="#doneren" kind=Kind::Pot>"Doneer uren"</LinkButton> })}
                                    {asks.then(|| view! { <LinkButton href="#opnemen">"Neem uren op"</LinkButton> })}
                                </p>
                            }
                        })}
                </div>
                <Picture stock />
            </div>
        </div>
    }
}

/// The order in which hours are used, and who decides.
#[component]
fn Order(rule: String) -> impl IntoView {
    let steps = [
        ("Je eigen school", "Altijd eerst.", false),
        ("Je bestuur", "Als het uren apart houdt voor scholen.", false),
        ("De wijkpot", "Als je eigen uren op zijn.", true),
        ("De stedelijke pot", "Als de wijkpot leeg is.", false),
        ("De reserve", "Met een reden, via het secretariaat.", false),
    ];
    view! {
        <section class="part" aria-labelledby="volgorde">
            <h2 id="volgorde">"Eerst je eigen uren"</h2>
            <ol class="sources list">
                {steps
                    .map(|(name, when, pot)| {
                        view! {
                            <li class=pot.then_some("from-pot")>
                                <b>{name}</b>
                                " "
                                <span>{when}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
            <p class="measure">{rule}</p>
            <p class="measure soft">
                "Waarom zo? Een uur dat blijft liggen, vervalt aan het eind van de maand. Zo gaat het naar de school die het nodig heeft. "
                <a href="/spelregels">"Lees de spelregels"</a>
            </p>
        </section>
    }
}
