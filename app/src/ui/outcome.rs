//! Outcomes: what just happened and what can be done now. A refusal offers the nearest way out and says what did not happen.

use super::{Icon, IconName, button::LinkButton};
use crate::{AppError, session::NoteKind};
use domain::{Refusal, refusal::Choice};
use leptos::prelude::*;

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Done.
    Done,
    /// Moved into or out of the wijkpot.
    Given,
    /// Look here.
    Warn,
    /// Refused.
    Refused,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "outcome",
            Self::Given => "outcome given",
            Self::Warn => "outcome warn",
            Self::Refused => "outcome refused",
        }
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Done | Self::Given => IconName::Check,
            Self::Warn => IconName::Clock,
            Self::Refused => IconName::Warn,
        }
    }

    const fn role(self) -> &'static str {
        if matches!(self, Self::Refused) { "alert" } else { "status" }
    }
}

impl From<NoteKind> for Tone {
    fn from(kind: NoteKind) -> Self {
        match kind {
            NoteKind::Done => Self::Done,
            NoteKind::Given => Self::Given,
            NoteKind::Warn => Self::Warn,
        }
    }
}

/// Icon, heading, sentence, and at most two actions.
#[component]
pub fn Outcome(
    /// How it went.
    tone: Tone,
    /// What happened, without a full stop.
    #[prop(into)]
    heading: String,
    /// What now.
    #[prop(into)]
    text: String,
    /// Its id, for focus.
    #[prop(optional, into)]
    id: Option<String>,
    /// The page was loaded to show this: the focus starts here.
    #[prop(optional)]
    first: bool,
    /// Ways on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=tone.class() id=id tabindex="-1" autofocus=first>
            <Icon name=tone.icon() />
            <div role=tone.role()>
                <h2>{heading}</h2>
                <p>{text}</p>
            </div>
            {children.map(|children| children())}
        </div>
    }
}

/// Nothing that was typed is lost.
pub(super) const KEPT_TEXT: &str = "Je tekst staat er nog. Log in een nieuw venster in en kom dan hier terug.";

/// A way to sign in that leaves this page, and what is typed on it, where it is.
#[component]
pub(super) fn SignInElsewhere() -> impl IntoView {
    view! {
        <a class="button primary" href="/inloggen" target="_blank" rel="external">
            "Log in"
            <span class="visually-hidden">", opent een nieuw venster"</span>
        </a>
    }
}

/// A refusal above its form. Its ways out are radios of that form, under the refused field's own name: choosing one of them
/// takes the place of what was chosen.
#[component]
pub fn Refused(
    /// What stopped.
    refusal: Refusal,
    /// The id of the form.
    #[prop(into)]
    form: String,
    /// The words on the button under the ways out.
    choose: &'static str,
    /// The page was loaded to show this.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let Refusal { code, heading, advice, field, choices, .. } = refusal;
    // Nothing failed where nothing had to happen.
    let tone = if code == "nothing_changes" { Tone::Warn } else { Tone::Refused };
    let id = format!("{form}-uitkomst");
    if code == AppError::SignedOut.as_refusal().code {
        return view! {
            <Outcome tone heading=heading.into_owned() text=KEPT_TEXT id first>
                <p class="actions">
                    <SignInElsewhere />
                </p>
            </Outcome>
        }
        .into_any();
    }
    match field.filter(|_| !choices.is_empty()) {
        None => view! { <Outcome tone heading=heading.into_owned() text=advice.into_owned() id first /> }.into_any(),
        Some(name) => view! {
            <Outcome tone heading=heading.into_owned() text=advice.into_owned() id first>
                <div>
                    <fieldset class="choices row">
                        <legend class="visually-hidden">"Kies iets anders"</legend>
                        {choices
                            .into_iter()
                            .enumerate()
                            .map(|(place, Choice { value, label })| {
                                view! {
                                    <label class="tile slot">
                                        <input type="radio" name=name.to_string() value=value form=form.clone() checked={place == 0} />
                                        <span>{label}</span>
                                    </label>
                                }
                            })
                            .collect_view()}
                    </fieldset>
                    <p class="actions">
                        <button class="button primary" type="submit" form=form>
                            {choose}
                        </button>
                    </p>
                </div>
            </Outcome>
        }
        .into_any(),
    }
}

/// A page that could not be loaded: the error, with the status it deserves and a way on.
#[component]
pub fn Problem(
    /// Why.
    error: AppError,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::from_u16(error.status()).unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR));
    }
    let signed_out = error == AppError::SignedOut;
    let refusal = error.as_refusal();
    view! {
        <div class="wrap">
            <super::PageHead title=refusal.heading.into_owned() lede=refusal.advice.into_owned() />
            <p class="actions">
                {if signed_out {
                    view! { <LinkButton href="/inloggen" kind=super::Kind::Primary>"Log in"</LinkButton> }.into_any()
                } else {
                    view! { <LinkButton href="/">"Naar de startpagina"</LinkButton> }.into_any()
                }}
            </p>
        </div>
    }
}
