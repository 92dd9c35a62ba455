//! `/agenda`: two weeks to look at, the weekly pattern, and the days that differ. Always true: each is a form that works as plain HTML.

use super::{
    Agenda,
    api::{AddException, ReadAgenda, RemoveException, SetPattern},
    shown::{DayLine, ExceptionLine},
    two_weeks::{Outside, TwoWeeks},
};
use crate::{
    experts::results::Way,
    ui::{Button, Card, Choices, Field, Form, FormAction, Kind, Loaded, PageHead, Said, Tag, Tile, choices::LinkTile, page_key},
    wire::load,
};
use domain::availability::EXCEPTION_NOTE_MAX;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/agenda`
#[component]
pub fn AgendaPage() -> impl IntoView {
    let query = use_query_map();
    let page = load(move || {
        let of = |name| query.with(|query| query.get(name).unwrap_or_default());
        ReadAgenda { expert: of("expert"), vanaf: of("vanaf") }
    });
    view! { <Loaded resource=page children=move |agenda: Agenda| view! { <AgendaView agenda /> } /> }
}

/// An agenda.
#[component]
pub(super) fn AgendaView(
    /// What it holds.
    agenda: Agenda,
) -> impl IntoView {
    let Agenda { expert, name, people, days, exceptions, holidays, weeks, ways, outside, today } = agenda;
    let is_own = name.is_empty();
    let title = if expert.is_empty() || is_own { "Agenda".to_owned() } else { format!("Agenda van {name}") };
    if expert.is_empty() {
        return view! {
            <div class="wrap">
                <PageHead title lede="Van wie wil je de agenda bekijken of aanpassen?" />
                <People people chosen=String::new() />
            </div>
        }
        .into_any();
    }
    let lede = if is_own {
        "Zeg hier wanneer je er bent. Scholen zien alleen de tijd die vrij is."
    } else {
        "Pas de werktijd aan. Scholen zien alleen de tijd die vrij is."
    };
    view! {
        <div class="wrap agenda">
            <PageHead title lede />
            <Said />
            {(!people.is_empty()).then(|| view! { <People people chosen=name /> })}
            <Outside outside />
            <TwoWeeks weeks ways />
            <div class="agenda-forms">
                <div class="stack">
                    <Pattern expert=expert.clone() days />
                    {(!holidays.is_empty())
                        .then(|| {
                            view! {
                                <Card title="Vakanties en vrije dagen" id="vakanties" aside="Dan kan niemand je boeken, behalve op extra tijd.">
                                    <ul class="list agenda-holidays">
                                        {holidays.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                                    </ul>
                                </Card>
                            }
                        })}
                </div>
                <Exceptions expert exceptions today />
            </div>
        </div>
    }
    .into_any()
}

/// Whose agenda one can open.
#[component]
fn People(people: Vec<Way>, chosen: String) -> impl IntoView {
    view! {
        <nav aria-label="Agenda’s van experts">
            <ul class="chips">
                {people
                    .into_iter()
                    .map(|way| {
                        let current = way.label == chosen;
                        view! {
                            <li>
                                <LinkTile href=way.href current>
                                    {way.label}
                                </LinkTile>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

#[component]
fn Pattern(expert: String, days: Vec<DayLine>) -> impl IntoView {
    let action = FormAction::to::<SetPattern>();
    view! {
        <Card title="Werkweek" id="werkweek">
            <p class="soft">"Zet per dag van hoe laat tot hoe laat. Pauze ertussen? Schrijf 8.30–12.00, 12.45–16.00. Leeg is een vrije dag."</p>
            <Form action key=page_key() hidden=vec![("expert", expert)]>
                <div class="agenda-pattern">
                    {days
                        .into_iter()
                        .map(|day| view! { <Field name=day.name label=day.label value=day.value maxlength=120_u32 autocomplete="off" /> })
                        .collect_view()}
                </div>
                <Button kind=Kind::Primary>"Pas de werkweek aan"</Button>
            </Form>
        </Card>
    }
}

#[component]
fn Exceptions(expert: String, exceptions: Vec<ExceptionLine>, today: String) -> impl IntoView {
    let action = FormAction::to::<AddException>();
    let whose = expert.clone();
    let lines =
        exceptions.into_iter().enumerate().map(|(place, line)| view! { <Exception expert=whose.clone() line place /> }).collect_view();
    view! {
        <Card title="Afwijkende dagen" id="afwijkingen">
            {if lines.is_empty() {
                view! { <p>"Er staat niets. Vul hieronder vrije dagen, een cursus of juist extra tijd in."</p> }.into_any()
            } else {
                view! { <ul class="list rows">{lines}</ul> }.into_any()
            }}
            <h3>"Voeg een dag toe"</h3>
            <Form action key=page_key() hidden=vec![("expert", expert)]>
                <Choices legend="Ben je er niet, of juist wel?" name="soort" row=true>
                    <Tile name="soort" value="away" checked=true>
                        "Afwezig"
                    </Tile>
                    <Tile name="soort" value="extra">
                        "Extra beschikbaar"
                    </Tile>
                </Choices>
                <div class="field-row">
                    <Field name="van" label="Eerste dag" kind="date" required=true min=today.clone() />
                    <Field name="tot" label="Laatste dag" kind="date" help="Leeg is één dag." min=today />
                </div>
                <div class="field-row">
                    <Field name="tijd" label="Van" kind="time" step="900" />
                    <Field name="tijd_tot" label="Tot" kind="time" step="900" help="Leeg is de hele dag." />
                </div>
                <Field
                    name="notitie"
                    label="Notitie"
                    help="Alleen voor jou en je planner. Schrijf geen namen van leerlingen op."
                    maxlength=u32::try_from(EXCEPTION_NOTE_MAX).unwrap_or(u32::MAX)
                />
                <Button>"Zet in de agenda"</Button>
            </Form>
        </Card>
    }
}

#[component]
fn Exception(expert: String, line: ExceptionLine, place: usize) -> impl IntoView {
    let action = FormAction::to::<RemoveException>();
    let spoken = format!(": {}", line.when);
    view! {
        <li class="agenda-exception">
            <div>
                <p>
                    <b>{line.when}</b>
                    " "
                    <Tag text=line.kind />
                </p>
                {(!line.note.is_empty()).then(|| view! { <p class="soft">{line.note}</p> })}
            </div>
            <Form action key=page_key() id=format!("afwijking-weg-{place}") hidden=vec![("expert", expert), ("afwijking", line.id)]>
                <Button kind=Kind::Quiet small=true>
                    "Haal weg"
                    <span class="visually-hidden">{spoken}</span>
                </Button>
            </Form>
        </li>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::{
        experts::agenda::{
            DAYS,
            shown::{DayShown, Entry, EntryKind, WeekShown},
        },
        ui::testing::{faults, html},
    };

    fn sample() -> Agenda {
        let entry = |kind, words: &str| Entry {
            kind,
            time: "9.00–12.00".into(),
            words: words.into(),
            href: (kind != EntryKind::Free).then(|| "/afspraken/1".into()),
        };
        let day = |entries: Vec<Entry>| DayShown {
            weekday: "do".into(),
            day: "19".into(),
            spoken: "donderdag 19 november".into(),
            today: true,
            none: entries.is_empty().then(|| "werkt niet".into()),
            entries,
        };
        let days = vec![
            day(vec![entry(EntryKind::Asked, "De Meerpaal"), entry(EntryKind::Booked, "De Poort"), entry(EntryKind::Free, "vrij")]),
            day(Vec::new()),
        ];
        let line = |id: &str| ExceptionLine { id: id.into(), kind: "Afwezig".into(), when: "do 19 nov".into(), note: "cursus".into() };
        Agenda {
            expert: "1".into(),
            name: "Thijs Oldenkamp".into(),
            people: vec![Way { label: "Thijs Oldenkamp".into(), href: "/agenda?expert=1".into() }],
            days: DAYS.iter().map(|day| DayLine { name: (*day).into(), label: (*day).into(), value: "8.30–12.00".into() }).collect(),
            exceptions: vec![line("a"), line("b")],
            holidays: vec!["Kerstvakantie, 19 december 2026 tot en met 3 januari 2027".into()],
            weeks: vec![WeekShown { name: "Week 47".into(), days }],
            ways: vec![Way { label: "Twee weken verder".into(), href: "/agenda?vanaf=2026-11-30".into() }],
            outside: vec![Way { label: "do 26 nov, 17.00–18.00 bij De Meerpaal".into(), href: "/afspraken/2".into() }],
            today: "2026-11-17".into(),
        }
    }

    #[test]
    fn an_agenda_needs_no_repair_in_any_state() {
        let one_own_and_bare = Agenda { name: String::new(), people: Vec::new(), exceptions: Vec::new(), holidays: Vec::new(), ..sample() };
        let to_choose = Agenda { people: sample().people, ..Agenda::default() };
        for (agenda, words) in [(sample(), "Agenda van Thijs"), (one_own_and_bare, "Er staat niets."), (to_choose, "Van wie")] {
            let page = html(|| {
                leptos_meta::provide_meta_context();
                view! { <AgendaView agenda /> }
            });
            assert_eq!(faults(&page), Vec::<String>::new());
            assert!(page.contains(words), "{words}");
        }
    }
}
