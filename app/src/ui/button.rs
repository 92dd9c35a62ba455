//! Buttons: blocks that sink when pressed. One primary per task, named after its result; never disabled: press, and be told.

use super::{Icon, IconName, classes, form::FormState};
use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// One of several.
    #[default]
    Plain,
    /// The one that finishes the task.
    Primary,
    /// Giving to the wijkpot, nothing else.
    Pot,
    /// Undo and detours.
    Quiet,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Primary => "primary",
            Self::Pot => "pot",
            Self::Quiet => "quiet",
        }
    }
}

/// A button; in a form it submits. While its form is on its way it says so with `aria-busy`.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: Kind,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// 44 instead of 48 pixels.
    #[prop(optional)]
    small: bool,
    /// As wide as what it is in.
    #[prop(optional)]
    wide: bool,
    /// Does something in the page instead of submitting.
    #[prop(optional)]
    local: bool,
    /// The name it sends, when the form has more than one answer.
    #[prop(optional, into)]
    name: Option<String>,
    /// The value it sends.
    #[prop(optional, into)]
    value: Option<String>,
    /// The id of the form it belongs to, when it stands outside.
    #[prop(optional, into)]
    form: Option<String>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let class = classes(["button", kind.class(), if small { "small" } else { "" }, if wide { "wide" } else { "" }]);
    let state = use_context::<FormState>().filter(|_| !local);
    let busy = move || state.as_ref().is_some_and(|state| state.pending.get()).then_some("true");
    view! {
        <button class=class type=if local { "button" } else { "submit" } name=name value=value form=form aria-busy=busy>
            {icon.map(|name| view! { <Icon name /> })}
            {children()}
        </button>
    }
}

/// A link that looks like a button: goes somewhere, changes nothing.
#[component]
pub fn LinkButton(
    /// Where to.
    #[prop(into)]
    href: String,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: Kind,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// 44 instead of 48 pixels.
    #[prop(optional)]
    small: bool,
    /// As wide as what it is in.
    #[prop(optional)]
    wide: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    let class = classes(["button", kind.class(), if small { "small" } else { "" }, if wide { "wide" } else { "" }]);
    view! {
        <a class=class href=href>
            {icon.map(|name| view! { <Icon name /> })}
            {children()}
        </a>
    }
}
