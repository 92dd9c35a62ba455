//! Two weeks of an agenda, to look at. Always true: colour only supports the words.

use super::shown::{DayShown, EntryKind, WeekShown};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// The weeks.
#[component]
pub(super) fn TwoWeeks(
    /// In order.
    weeks: Vec<WeekShown>,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="weken">
            <h2 id="weken">"De komende twee weken"</h2>
            {weeks.into_iter().map(|week| view! { <Week week /> }).collect_view()}
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
                                .map(|entry| {
                                    let class = match entry.kind {
                                        EntryKind::Free => "free",
                                        EntryKind::Asked => "asked",
                                        EntryKind::Booked => "booked",
                                    };
                                    view! {
                                        <li class=class>
                                            <b>
                                                {(entry.kind == EntryKind::Asked).then(|| view! { <Icon name=IconName::Wait /> })}
                                                {entry.time}
                                            </b>
                                            " "
                                            <span>{entry.words}</span>
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
