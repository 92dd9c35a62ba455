//! Parts that the forms about a moment share: how long, when, and what it costs. Always true: the card beside it says no moment before
//! one was chosen.

use super::shown::{PayShown, Picker, Way};
use crate::ui::{Blocks, Icon, IconName, Size, Slots, choices::is_chosen, form::FormState, typed};
use domain::time;
use leptos::{
    prelude::*,
    web_sys::{HtmlInputElement, wasm_bindgen::JsCast},
};

/// Other durations, as links; and the duration itself, as the form sends it. It is a radio, so that a shorter one offered by a refusal
/// takes its place.
#[component]
pub(super) fn HowLong(
    /// The duration in minutes.
    minutes: i64,
    /// The others.
    durations: Vec<Way>,
    /// The moment that was chosen: where it is still free for another duration, it stays.
    #[prop(into)]
    moment: Signal<Option<String>>,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let offers = move || state.as_ref().is_some_and(|state| state.offers_at("duur"));
    let first = !untrack(offers.clone());
    view! {
        <section class="card" aria-labelledby="duur">
            <div class="part-head">
                <h2 id="duur" tabindex="-1">
                    "Hoe lang?"
                </h2>
                <p>"Andere duur, andere vrije momenten."</p>
            </div>
            <input type="radio" name="duur" value=minutes.to_string() checked=first prop:checked=move || !offers() hidden />
            <ul class="durations list" aria-labelledby="duur">
                {durations
                    .into_iter()
                    .map(|Way { label, href, current }| {
                        view! {
                            <li>
                                <a
                                    class="tile"
                                    href=move || moment.with(|moment| at_moment(&href, moment.as_deref()))
                                    aria-current=current.then_some("true")
                                >
                                    {label}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}

/// The same address with a moment that is to be chosen there.
fn at_moment(href: &str, moment: Option<&str>) -> String {
    let (page, place) = href.split_once('#').unwrap_or((href, "duur"));
    moment.map_or_else(|| href.to_owned(), |moment| format!("{page}&moment={moment}#{place}"))
}

/// The moment in a form: what is chosen beforehand until somebody chooses, and what follows a choice.
pub(super) fn chosen_moment(picker: &Picker) -> (RwSignal<Option<String>>, Signal<Option<String>>) {
    let before = typed("moment").or_else(|| picker.chosen.clone());
    let chosen = RwSignal::new(None::<String>);
    let first = before.clone();
    Effect::new(move |_| chosen.set(before.clone()));
    (chosen, Signal::derive(move || chosen.get().or_else(|| first.clone())))
}

/// Keeps what was chosen, when what changed is the moment.
pub(super) fn follow(event: &leptos::ev::Event, chosen: RwSignal<Option<String>>) {
    let radio = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(radio) = radio.filter(|radio| radio.name() == "moment") {
        chosen.set(Some(radio.value()));
    }
}

/// Two weeks of moments, with the ways to others.
#[component]
pub(super) fn When(
    /// The moments.
    picker: Picker,
) -> impl IntoView {
    let Picker { help, weeks, chosen, ways, spoken, .. } = picker;
    let state = use_context::<FormState>();
    let refused = state.is_some_and(|state| untrack(|| state.offers_at("moment")));
    // A moment that was chosen from a refusal's ways out and is not among these.
    let other = typed("moment").filter(|value| !refused && !spoken.iter().any(|(offered, ..)| offered == value));
    let other = other.and_then(|value| {
        let at = time::parse_local(&value)?;
        Some((value, format!("{}, {}", time::date_short(at.date()), time::clock(at.time()))))
    });
    view! {
        <Slots name="moment" legend="Wanneer?" help weeks chosen=chosen.unwrap_or_default()>
            {other
                .map(|(value, label)| {
                    let checked = is_chosen("moment", &value, true);
                    view! {
                        <label class="tile slot">
                            <input type="radio" name="moment" value=value checked=checked />
                            <span>"Je koos: " {label}</span>
                        </label>
                    }
                })}
            <p class="slot-ways">
                {ways.into_iter().map(|(words, href)| view! { <a href=href>{words}</a> " " }).collect_view()}
            </p>
        </Slots>
    }
}

/// The moment in the side card. With scripts it follows the choice; without them it says where to look.
#[component]
pub(super) fn ChosenMoment(
    /// What was chosen; none until the page is awake.
    chosen: Signal<Option<String>>,
    /// What each moment reads.
    spoken: Vec<(String, String, String)>,
) -> impl IntoView {
    view! {
        <p class="pay-when">
            <Icon name=IconName::Calendar />
            <span>
                {move || {
                    chosen
                        .get()
                        .and_then(|value| spoken.iter().find(|(offered, ..)| *offered == value).cloned())
                        .map_or_else(|| "Kies eerst een moment.".to_owned(), |(_, day, hours)| format!("{day}, {hours}"))
                }}
            </span>
        </p>
    }
}

/// Who pays, in each month in view; once a moment was chosen, in its month alone.
#[component]
pub(super) fn Payment(
    /// The months.
    months: Vec<PayShown>,
    /// What was chosen; none until the page is awake.
    chosen: Signal<Option<String>>,
) -> impl IntoView {
    months
        .into_iter()
        .map(|month| {
            let code = month.code.clone();
            let is_other = move || chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| !chosen.starts_with(&code)));
            view! {
                <div class="pay-part" hidden=is_other>
                    <MonthPayment month />
                </div>
            }
        })
        .collect_view()
}

#[component]
fn MonthPayment(month: PayShown) -> impl IntoView {
    let PayShown { month, blocks, lines, total, missing, .. } = month;
    view! {
        {(!month.is_empty()).then(|| view! { <h4 class="pay-month">{month}</h4> })}
        <Blocks parts=blocks size=Size::Large />
        <dl class="pay-lines">
            {lines
                .into_iter()
                .map(|line| {
                    view! {
                        <div>
                            <dt>
                                <i class=if line.pot { "block key pot" } else { "block key" } aria-hidden="true"></i>
                                {line.name}
                            </dt>
                            <dd>{line.amount}</dd>
                            {(!line.note.is_empty()).then(|| view! { <dd class="note">{line.note}</dd> })}
                        </div>
                    }
                })
                .collect_view()}
            <div class="total">
                <dt>{if missing.is_some() { "Beschikbaar" } else { "Samen" }}</dt>
                <dd>{total}</dd>
            </div>
        </dl>
        {missing.map(|missing| view! { <p class="pay-missing">{missing}</p> })}
    }
}
