//! The warning before an idle session ends: two minutes to say one is still here. What was typed stays in the page, whatever happens.

use super::{
    Button, Dialog, Kind,
    outcome::{KEPT_TEXT, SignInElsewhere},
};
use crate::{session::api::WhoIsHere, wire::ask};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use std::time::Duration;

/// How long before the end it warns (WCAG 2.2.1 asks for at least 20 seconds).
const WARN_MINUTES: i64 = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Quiet,
    Warned,
    Over,
}

/// Warns, extends, and says when it is over. Counts from the last page or submit in this tab.
#[component]
pub fn SessionWarning(
    /// Minutes without a click until signed out.
    idle_minutes: i64,
) -> impl IntoView {
    let phase = RwSignal::new(Phase::Quiet);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        timer.update_value(|timer| {
            if let Some(handle) = timer.take() {
                handle.clear();
            }
        });
    };
    let after = move |minutes: i64, then: Box<dyn FnOnce()>| {
        stop();
        let wait = Duration::from_secs(minutes.max(1).unsigned_abs() * 60);
        timer.set_value(set_timeout_with_handle(then, wait).ok());
    };
    let start = move || {
        phase.set(Phase::Quiet);
        let warn = move || {
            phase.set(Phase::Warned);
            after(WARN_MINUTES, Box::new(move || phase.set(Phase::Over)));
        };
        after(idle_minutes - WARN_MINUTES, Box::new(warn));
    };
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        start();
    });
    Effect::new(move |_| {
        let submits = window_event_listener(ev::submit, move |_| {
            if phase.get_untracked() == Phase::Quiet {
                start();
            }
        });
        on_cleanup(move || submits.remove());
    });
    on_cleanup(stop);

    let stay = move |_| {
        spawn_local(async move {
            match ask(WhoIsHere {}).await {
                Ok(Some(_)) => start(),
                _ => phase.set(Phase::Over),
            }
        });
    };
    let warned = Signal::derive(move || phase.get() == Phase::Warned);
    let over = Signal::derive(move || phase.get() == Phase::Over);
    view! {
        <Dialog id="sessie-waarschuwing" heading="Ben je er nog?" open=warned on_close=move |()| if warned.get_untracked() { stay(()) }>
            <p>{format!("Over {WARN_MINUTES} minuten log je uit. Je tekst blijft staan.")}</p>
            <p class="actions">
                <Button kind=Kind::Primary local=true on:click=move |_| stay(())>
                    "Blijf ingelogd"
                </Button>
            </p>
        </Dialog>
        <Dialog id="sessie-voorbij" heading="Je bent uitgelogd" open=over>
            <p>{KEPT_TEXT}</p>
            <p class="actions">
                <SignInElsewhere />
                <Button local=true on:click=move |_| stay(())>
                    "Ik ben weer ingelogd"
                </Button>
            </p>
        </Dialog>
    }
}
