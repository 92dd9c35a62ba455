//! Two weeks of an agenda, to look at. Always true: colour only supports the words.

use super::shown::{DayShown, Entry, EntryKind, WeekShown};
use crate::{
    experts::results::Way,
    ui::{Icon, IconName, linking},
};
use leptos::prelude::*;

/// Bookings outside working time, each with its page: they stay until somebody moves them or calls them off.
#[component]
pub(super) fn Outside(
    /// Soonest first.
    outside: Vec<Way>,
) -> impl IntoView {
    (!outside.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="buiten">
                <h2 id="buiten">"Buiten de werktijd"</h2>
                <p>"Deze afspraken blijven staan. Zeg af of verplaats wat niet kan."</p>
                <ul class="list">
                    {outside.into_iter().map(|Way { label, href }| view! { <li><a href=href>{label}</a></li> }).collect_view()}
                </ul>
            </section>
        }
    })
}

/// The weeks.
#[component]
pub(super) fn TwoWeeks(
    /// In order.
    weeks: Vec<WeekShown>,
    /// Earlier and later weeks.
    ways: Vec<Way>,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="weken">
            <h2 id="weken" tabindex="-1">
                "Twee weken"
            </h2>
            {weeks.into_iter().map(|week| view! { <Week week /> }).collect_view()}
            <p class="slot-ways">
                {ways.into_iter().map(|Way { label, href }| view! { <a href=href>{label}</a> " " }).collect_view()}
            </p>
        </section>
    }
}

#[component]
fn Week(week: WeekShown) -> impl IntoView {
    view! {
        <div class="agenda-week">
            <h3 class="week-name">{week.name}</h3>
            <ol class="agenda-days">{week.days.into_iter().map(|day| view! { <Day day /> }).collect_view()}</ol>
        </div>
    }
}

#[component]
fn Day(day: DayShown) -> impl IntoView {
    let DayShown { weekday, day, spoken, today, entries, none } = day;
    view! {
        <li aria-current=today.then_some("date")>
            <h4>
                <span aria-hidden="true">{weekday} " " <b>{day}</b></span>
                <span class="visually-hidden">{spoken}</span>
            </h4>
            {(!entries.is_empty())
                .then(|| {
                    view! {
                        <ul class="list agenda-entries">
                            {entries
                                .into_iter()
                                .map(|Entry { kind, time, words, href }| {
                                    let class = match kind {
                                        EntryKind::Free => "free",
                                        EntryKind::Asked => "asked",
                                        EntryKind::Booked => "booked",
                                    };
                                    view! {
                                        <li class=class>
                                            <b>
                                                {(kind == EntryKind::Asked).then(|| view! { <Icon name=IconName::Wait /> })}
                                                {time}
                                            </b>
                                            " "
                                            <span>{linking(words, href)}</span>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            {none.map(|none| view! { <p class="none">{none}</p> })}
        </li>
    }
}
