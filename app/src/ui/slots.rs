//! The slot picker: one radio group laid out in weeks. Every radio says its whole date to readers; a day without moments says why.

use super::{choices::is_chosen, field::Around};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A free moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotTime {
    /// What the form sends.
    pub value: String,
    /// `9.00–12.00`.
    pub label: String,
}

/// A school day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotDay {
    /// `do`.
    pub weekday: String,
    /// `19`.
    pub day: String,
    /// `donderdag 19 november`.
    pub spoken: String,
    /// Its free moments.
    pub times: Vec<SlotTime>,
    /// Why there are none: `werkt niet`, `vol`, `voorbij`.
    pub none: Option<String>,
}

/// A week, Monday to Friday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotWeek {
    /// `Week 47, 16 tot en met 20 november`.
    pub name: String,
    /// Its days.
    pub days: Vec<SlotDay>,
}

/// Free moments to choose one of.
#[component]
pub fn Slots(
    /// The name they send.
    #[prop(into)]
    name: String,
    /// The question: `Wanneer?`
    #[prop(into)]
    legend: String,
    /// What may be chosen here, in a sentence.
    #[prop(into)]
    help: String,
    /// The weeks in view.
    weeks: Vec<SlotWeek>,
    /// The moment that is chosen until someone chooses.
    #[prop(optional, into)]
    chosen: Option<String>,
    /// A link to later weeks.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let around = Around::new(&name, None, true, false);
    let help_id = format!("{name}-hulp");
    let weeks = weeks.into_iter().map(|week| view_week(week, &name, chosen.as_deref())).collect_view();
    view! {
        <fieldset class="card slots" id=around.id.clone() aria-describedby=around.described() data-state=around.state()>
            <legend class="card-title">{legend}</legend>
            <p class="soft" id=help_id>{help}</p>
            {weeks}
            {around.message(None)}
            {children.map(|children| children())}
        </fieldset>
    }
}

fn view_week(week: SlotWeek, name: &str, chosen: Option<&str>) -> impl IntoView + use<> {
    // Where days stand below each other, those without moments are not shown.
    let none = week.days.iter().all(|day| day.times.is_empty()).then(|| view! { <p class="none week-none">"Geen vrij moment."</p> });
    let days = week.days.into_iter().map(|day| view_day(day, name, chosen)).collect_view();
    view! {
        <div class="week">
            <h3 class="week-name">{week.name}</h3>
            {none}
            <ol class="days">{days}</ol>
        </div>
    }
}

fn view_day(day: SlotDay, name: &str, chosen: Option<&str>) -> impl IntoView + use<> {
    let spoken = format!("{}, ", day.spoken);
    let inside = if day.times.is_empty() {
        view! { <p class="none">{day.none.unwrap_or_else(|| "vol".to_owned())}</p> }.into_any()
    } else {
        let times = day
            .times
            .into_iter()
            .map(|time| {
                let checked = is_chosen(name, &time.value, chosen == Some(time.value.as_str()));
                // `off`: going back, a browser restores what was chosen by its place, and the moment in that place may be another by now.
                view! {
                    <label class="tile slot">
                        <input type="radio" name=name.to_owned() value=time.value checked=checked required autocomplete="off" />
                        <span>
                            <span class="visually-hidden">{spoken.clone()}</span>
                            {time.label}
                            <span class="visually-hidden">" uur"</span>
                        </span>
                    </label>
                }
            })
            .collect_view();
        view! { <div class="times">{times}</div> }.into_any()
    };
    view! {
        <li>
            <h4>
                {day.weekday}
                " "
                <b>{day.day}</b>
            </h4>
            {inside}
        </li>
    }
}
