//! What one can do with a booking, as forms. Always true: every button says its result, and what takes back asks for a reason first.

use super::{
    answers::Payment,
    api::{AnswerBooking, AnswerExtra, CancelBooking, RecordDone},
    moving,
    shown::{BookingShown, May, PayShown},
};
use crate::ui::{Button, Form, FormAction, Kind, LinkButton, Select, SelectOption, TextArea, page_key, typed};
use domain::{
    Minutes,
    bookings::{REASON_MAX, WORKED_MINUTES_MAX},
};
use leptos::prelude::*;

fn reason_max() -> u32 {
    u32::try_from(REASON_MAX).unwrap_or(u32::MAX)
}

/// What there is to do for whoever is on turn: yes or no, or what was done.
#[component]
pub(super) fn TurnActions(
    /// The booking.
    shown: BookingShown,
) -> impl IntoView {
    let BookingShown { id, may, minutes, extra, .. } = shown;
    if let Some((amount, pay)) = extra {
        view! { <Extra id amount pay /> }.into_any()
    } else if may.answer {
        let action = FormAction::to::<AnswerBooking>();
        view! {
            <Form action key=page_key() id="zeg-ja" hidden=vec![("afspraak", id.clone()), ("antwoord", "ja".to_owned())]>
                <Button kind=Kind::Primary>"Zeg ja en zet vast"</Button>
            </Form>
            <Decline id />
        }
        .into_any()
    } else if may.done {
        view! { <Done id minutes /> }.into_any()
    } else {
        ().into_any()
    }
}

/// More minutes, asked by the specialist: who would pay, and two answers.
#[component]
fn Extra(id: String, amount: String, pay: PayShown) -> impl IntoView {
    let (give, keep) = (FormAction::to::<AnswerExtra>(), FormAction::to::<AnswerExtra>());
    let can = pay.missing.is_none();
    view! {
        <Payment months=vec![pay] chosen=Signal::stored(None) />
        {can
            .then(|| {
                view! {
                    <Form action=give key=page_key() id="geef-extra" hidden=vec![("afspraak", id.clone()), ("antwoord", "ja".to_owned())]>
                        <Button kind=Kind::Primary>{format!("Geef {amount} extra")}</Button>
                    </Form>
                }
            })}
        <Form action=keep key=page_key() id="geen-extra" hidden=vec![("afspraak", id), ("antwoord", "nee".to_owned())]>
            <Reason summary="Geef niets extra" label="Waarom niet?" id="reden-extra">
                <Button>"Geef niets extra"</Button>
            </Reason>
        </Form>
    }
}

#[component]
fn Done(id: String, minutes: i64) -> impl IntoView {
    let action = FormAction::to::<RecordDone>();
    let quarters = (1..).map(Minutes::quarters).take_while(|worked| *worked <= WORKED_MINUTES_MAX);
    let options = quarters.map(|worked| SelectOption { value: worked.0.to_string(), label: worked.to_string() }).collect();
    view! {
        <Form action key=page_key() id="gedaan" hidden=vec![("afspraak", id)] choose="Leg dit vast">
            <Select name="minuten" label="Hoe lang was je er?" options value=minutes.to_string() />
            <Button kind=Kind::Primary>"Leg vast"</Button>
        </Form>
    }
}

/// Everything else one may do.
#[component]
pub(super) fn Actions(
    /// The booking.
    shown: BookingShown,
) -> impl IntoView {
    let BookingShown { id, may, turn, minutes, cancel_note, .. } = shown;
    let May { answer, done, cancel, moving: can_move } = may;
    // During the visit nobody is on turn yet, and it may already be recorded.
    let early = done && turn.is_none();
    // Whoever is asked says no; calling it off beside that would be the same twice.
    let cancel = cancel && !answer;
    (early || cancel || can_move).then(|| {
        view! {
            <section class="card" aria-labelledby="doen">
                <h2 id="doen">"Wat kun je doen?"</h2>
                {early.then(|| view! { <Done id=id.clone() minutes /> })}
                {can_move
                    .then(|| view! { <p class="actions"><LinkButton href=moving(&id)>"Kies een ander moment"</LinkButton></p> })}
                {cancel.then(|| view! { <Cancel id=id.clone() note=cancel_note /> })}
            </section>
        }
    })
}

#[component]
fn Decline(id: String) -> impl IntoView {
    let action = FormAction::to::<AnswerBooking>();
    view! {
        <Form action key=page_key() id="zeg-nee" hidden=vec![("afspraak", id), ("antwoord", "nee".to_owned())]>
            <Reason summary="Zeg nee" label="Waarom kan het niet?" id="reden-nee">
                <p class="soft">"Het moment komt vrij en de uren gaan terug."</p>
                <Button>"Zeg nee en geef de uren terug"</Button>
            </Reason>
        </Form>
    }
}

#[component]
fn Cancel(id: String, note: String) -> impl IntoView {
    let action = FormAction::to::<CancelBooking>();
    view! {
        <Form action key=page_key() id="zeg-af" hidden=vec![("afspraak", id)]>
            <Reason summary="Zeg de afspraak af" label="Waarom gaat het niet door?" id="reden-af">
                <p class="soft">{note}</p>
                <Button>"Zeg af"</Button>
            </Reason>
        </Form>
    }
}

/// A reason behind a click. After a refusal it stands open, with what was typed.
#[component]
fn Reason(summary: &'static str, label: &'static str, id: &'static str, children: Children) -> impl IntoView {
    let open = typed("reden").is_some();
    view! {
        <details class="fold" open=open>
            <summary>{summary}</summary>
            <div class="fold-body">
                <TextArea name="reden" id label help="De ander leest dit. Schrijf geen namen op." two_lines=true required=true maxlength=reason_max() />
                {children()}
            </div>
        </details>
    }
}
