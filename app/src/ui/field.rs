//! Fields: label, help, control, message, in that order. What was typed survives a refusal; nothing is said by a placeholder.

use super::{Icon, IconName, form::FormState};
use leptos::prelude::*;

/// What a field of any kind knows of itself: its ids, what was typed, what was refused.
#[derive(Clone)]
pub(crate) struct Around {
    pub id: String,
    pub refused: Signal<Option<String>>,
    described: Signal<Option<String>>,
}

impl Around {
    /// For the control with this name; `id` is the name unless a page has two.
    pub(crate) fn new(name: &str, id: Option<String>, has_help: bool, has_advice: bool) -> Self {
        let id = id.unwrap_or_else(|| name.to_owned());
        let state = use_context::<FormState>();
        let name = name.to_owned();
        let refused = Signal::derive(move || state.as_ref().and_then(|state| state.refusal_at(&name)));
        let base = id.clone();
        let described = Signal::derive(move || {
            let mut ids = Vec::with_capacity(2);
            if has_help {
                ids.push(format!("{base}-hulp"));
            }
            if has_advice || refused.get().is_some() {
                ids.push(format!("{base}-melding"));
            }
            (!ids.is_empty()).then(|| ids.join(" "))
        });
        Self { id, refused, described }
    }

    pub(crate) fn described(&self) -> impl Fn() -> Option<String> + Send + Sync + 'static + use<> {
        let described = self.described;
        move || described.get()
    }

    pub(crate) fn invalid(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static + use<> {
        let refused = self.refused;
        move || refused.get().is_some().then_some("true")
    }

    pub(crate) fn state(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static + use<> {
        let refused = self.refused;
        move || refused.get().is_some().then_some("refused")
    }

    /// The message under the control: a refusal, else the advice, else nothing.
    pub(crate) fn message(&self, advice: Option<String>) -> impl IntoView + use<> {
        let (id, refused) = (format!("{}-melding", self.id), self.refused);
        move || {
            let (class, text) = match (refused.get(), advice.clone()) {
                (Some(text), _) => ("message", text),
                (None, Some(text)) => ("message warn", text),
                (None, None) => return None,
            };
            Some(view! {
                <p class=class id=id.clone()>
                    <Icon name=IconName::Warn />
                    <span>{text}</span>
                </p>
            })
        }
    }
}

/// Label and help above a control.
pub(crate) fn label_and_help(around: &Around, label: String, help: Option<String>, hidden_label: bool) -> impl IntoView + use<> {
    let help_id = format!("{}-hulp", around.id);
    view! {
        <label for=around.id.clone() class=hidden_label.then_some("visually-hidden")>{label}</label>
        {help.map(|help| view! { <p class="help" id=help_id>{help}</p> })}
    }
}

/// One line of input.
#[component]
pub fn Field(
    /// The name it sends; also its id, unless `id` says otherwise.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    help: Option<String>,
    /// What stands in it until someone types; what was typed before a refusal goes first.
    #[prop(optional, into)]
    value: Option<String>,
    /// The kind of input: `text`, `email`, `password`, `date`, `time`, `number`, `tel`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// As wide as a date.
    #[prop(optional)]
    short: bool,
    /// Only readers hear the label; its place makes it clear to the rest.
    #[prop(optional)]
    hidden_label: bool,
    /// Advice that does not block: a name in the text, say.
    #[prop(optional, into)]
    advice: Option<String>,
    /// Most characters.
    #[prop(optional, into)]
    maxlength: Option<u32>,
    /// What a browser may fill in: `username`, `current-password`, `one-time-code`.
    #[prop(optional, into)]
    autocomplete: Option<&'static str>,
    /// The keyboard a phone shows: `numeric`.
    #[prop(optional, into)]
    inputmode: Option<&'static str>,
    /// Least value, for dates, times and numbers.
    #[prop(optional, into)]
    min: Option<String>,
    /// Greatest value.
    #[prop(optional, into)]
    max: Option<String>,
    /// Distance between values: `900` for a quarter of an hour.
    #[prop(optional, into)]
    step: Option<String>,
    /// Another id than the name.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let around = Around::new(&name, id, help.is_some(), advice.is_some());
    // A password is never kept, so it can never be given back.
    let value = if kind == "password" { None } else { super::typed(&name).or(value) };
    view! {
        <div class="field" data-state=around.state()>
            {label_and_help(&around, label, help, hidden_label)}
            <input
                class=if short { "input short" } else { "input" }
                type=kind
                id=around.id.clone()
                name=name
                value=value
                required=required
                maxlength=maxlength.map(|most| most.to_string())
                autocomplete=autocomplete
                inputmode=inputmode
                min=min
                max=max
                step=step
                aria-describedby=around.described()
                aria-invalid=around.invalid()
            />
            {around.message(advice)}
        </div>
    }
}

/// One line of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What the form sends.
    pub value: String,
    /// What a person reads.
    pub label: String,
}

impl SelectOption {
    /// A value and how it reads.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One of a longer list; for two to eight, use tiles.
#[component]
pub fn Select(
    /// The name it sends; also its id, unless `id` says otherwise.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// The list.
    options: Vec<SelectOption>,
    /// What is chosen until someone chooses.
    #[prop(optional, into)]
    value: Option<String>,
    /// What helps to answer it.
    #[prop(optional, into)]
    help: Option<String>,
    /// Only readers hear the label.
    #[prop(optional)]
    hidden_label: bool,
    /// Another id than the name.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let around = Around::new(&name, id, help.is_some(), false);
    let chosen = super::typed(&name).or(value).unwrap_or_default();
    view! {
        <div class="field" data-state=around.state()>
            {label_and_help(&around, label, help, hidden_label)}
            <select
                class="input"
                id=around.id.clone()
                name=name
                aria-describedby=around.described()
                aria-invalid=around.invalid()
            >
                {options
                    .into_iter()
                    .map(|option| {
                        let selected = option.value == chosen;
                        view! { <option value=option.value selected=selected>{option.label}</option> }
                    })
                    .collect_view()}
            </select>
            {around.message(None)}
        </div>
    }
}
