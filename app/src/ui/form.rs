//! The one mechanism for forms, with scripts and without. Always true: a refusal is shown above its form, nothing typed is lost,
//! and nothing from the address bar is ever shown as a message.

use super::{
    browser::{entries, fields, focus_when_drawn, follows_link},
    outcome::{Outcome, Refused},
};
use crate::{
    AppError,
    session::{Flash, Note, is_secret},
    wire::send,
};
use domain::Refusal;
use leptos::{context::Provider, ev, prelude::*, task::spawn_local};
use server_fn::{
    Http, ServerFn,
    codec::{Json, PostUrl},
};
use std::sync::Arc;

/// What the page received of the last submit, without scripts.
#[derive(Clone)]
struct PageFlash(Option<Flash>);

/// Says what the last submit said; a page calls it with the flash that came with its data, before it shows its forms.
pub fn provide_flash(flash: Option<Flash>) {
    provide_context(PageFlash(flash));
}

/// What was typed in a form before its page loaded other data: another duration, two weeks further. Lives as long as the page.
#[derive(Clone, Copy)]
struct Draft(StoredValue<Option<Flash>>);

/// Lets the forms of a page keep what was typed while the page loads other data.
pub(super) fn provide_draft() {
    provide_context(Draft(StoredValue::new(None)));
}

/// What the parts of a form know of it.
#[derive(Clone)]
pub struct FormState {
    refusal: Signal<Option<Refusal>>,
    /// Whether an answer is on its way.
    pub pending: Signal<bool>,
    typed: Option<Arc<Vec<(String, String)>>>,
    /// Names of which nothing was kept.
    passing: &'static [&'static str],
}

impl FormState {
    /// What to do about the field with this name, when it was refused.
    pub(crate) fn refusal_at(&self, name: &str) -> Option<String> {
        self.refusal.with(|refusal| {
            let refusal = refusal.as_ref().filter(|refusal| refusal.field.as_deref() == Some(name))?;
            // With ways out, the advice leads up to them and stands above the form; here it is enough to say what happened.
            Some(if refusal.choices.is_empty() { refusal.advice.to_string() } else { format!("{}.", refusal.heading) })
        })
    }

    /// Whether the refusal offers other answers for the field with this name; one of them is then chosen instead.
    pub(crate) fn offers_at(&self, name: &str) -> bool {
        let about = |refusal: &Refusal| refusal.field.as_deref() == Some(name) && !refusal.choices.is_empty();
        self.refusal.with(|refusal| refusal.as_ref().is_some_and(about))
    }

    /// Whether this answer was chosen in the submit that was refused; none when there was none.
    pub(crate) fn chosen(&self, name: &str, value: &str) -> Option<bool> {
        self.typed.as_ref().filter(|_| !self.passing.contains(&name)).map(|typed| typed.iter().any(|(n, v)| n == name && v == value))
    }
}

/// What was typed in the field with this name before the form was refused; none when it was not.
#[must_use]
pub fn typed(name: &str) -> Option<String> {
    let state = use_context::<FormState>()?;
    state.typed?.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
}

/// The server function a form posts to.
#[derive(Clone, Copy)]
pub struct FormAction(&'static str);

impl FormAction {
    /// `FormAction::to::<AskBooking>()`
    #[must_use]
    pub fn to<S: ServerFn<Protocol = Http<PostUrl, Json>, Output = (), Error = AppError>>() -> Self {
        Self(S::PATH)
    }
}

/// A form that posts to a server function.
///
/// Without scripts the browser posts it and the server answers with a redirect; a refusal comes back as a [`Flash`]. With scripts
/// the same refusal appears in place and the inputs keep what was typed. A double submit is harmless: the second is not sent while
/// the first is on its way, and both carry the same `key`.
#[component]
pub fn Form(
    /// What it posts to.
    action: FormAction,
    /// The idempotency key, new with every load of the page's data; sent as `key`.
    #[prop(into)]
    key: Signal<String>,
    /// Its id; the path of the server function when left out, which serves once per page.
    #[prop(optional, into)]
    id: Option<String>,
    /// Classes of the form; `form` when left out.
    #[prop(default = "form")]
    class: &'static str,
    /// Names and values it always sends. They also tell two forms to the same server function apart.
    #[prop(optional)]
    hidden: Vec<(&'static str, String)>,
    /// What to say in place after it was accepted, for forms that stay on their page.
    #[prop(optional)]
    note: Option<fn() -> Note>,
    /// Names of which the answer means nothing once the page has loaded other data.
    #[prop(optional)]
    passing: &'static [&'static str],
    /// The words on the button under the ways out of a refusal.
    #[prop(default = "Kies dit")]
    choose: &'static str,
    /// Fields and a submit button.
    children: Children,
) -> impl IntoView {
    let FormAction(path) = action;
    let id = id.unwrap_or_else(|| path.trim_start_matches('/').replace('/', "-"));
    let is_mine = |flash: &Flash| {
        let fixed = hidden.iter().filter(|(name, _)| !is_secret(name));
        flash.form == path && fixed.clone().all(|(name, value)| flash.typed.iter().any(|(n, v)| n == name && v == value))
    };
    let flash = use_context::<PageFlash>().and_then(|PageFlash(flash)| flash).filter(is_mine);
    let draft = use_context::<Draft>();
    let kept = draft.and_then(|Draft(draft)| draft.try_update_value(Option::take).flatten()).filter(is_mine);
    let keep = move |event: ev::MouseEvent| {
        if let (Some(Draft(draft)), true) = (draft, follows_link(&event)) {
            let typed = entries(&event).into_iter().filter(|(name, _)| !is_secret(name) && !passing.contains(&name.as_str())).collect();
            draft.set_value(Some(Flash { form: path.to_owned(), refusal: None, note: None, typed }));
        }
    };
    let (answer, pending) = (RwSignal::new(None::<Result<(), AppError>>), RwSignal::new(false));
    let from_flash = flash.as_ref().and_then(|flash| flash.refusal.clone());
    let first = from_flash.is_some();
    let refusal = Signal::derive(move || {
        answer.with(|answer| match answer {
            None => from_flash.clone(),
            Some(answer) => answer.as_ref().err().map(AppError::as_refusal),
        })
    });
    let accepted = Signal::derive(move || note.filter(|_| answer.with(|answer| matches!(answer, Some(Ok(()))))).map(|note| note()));

    let target = format!("#{id}-uitkomst");
    Effect::new(move |_| {
        if answer.with(Option::is_some) && (refusal.get().is_some() || accepted.get().is_some()) {
            focus_when_drawn(target.clone(), 10);
        }
    });

    let refused = flash.filter(|flash| flash.refusal.is_some());
    let passing = if refused.is_none() { passing } else { &[] };
    let typed = refused.or(kept).map(|flash| Arc::new(flash.typed));
    let state = FormState { refusal, pending: pending.into(), typed, passing };
    let form_id = id.clone();
    let outcome = move || match (refusal.get(), accepted.get()) {
        (Some(refusal), _) => {
            view! { <Refused refusal form=form_id.clone() choose first={first && answer.with_untracked(Option::is_none)} /> }.into_any()
        }
        (None, Some(note)) => {
            view! { <Outcome tone=note.kind.into() heading=note.heading text=note.text id=format!("{form_id}-uitkomst") /> }.into_any()
        }
        (None, None) => ().into_any(),
    };
    let submit = move |event: ev::SubmitEvent| {
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        let Some(fields) = fields(&event).filter(|_| !pending.get_untracked()) else { return };
        pending.set(true);
        spawn_local(async move {
            let answered = send(path.into(), fields).await.map(drop);
            // By then the page may show something else.
            _ = pending.try_set(false);
            _ = answer.try_set(Some(answered));
        });
    };

    view! {
        <div class="form-with-outcome">
            {outcome}
            <Provider value=state>
                <form action=path method="post" id=id class=class on:submit=submit on:click=keep>
                    <input type="hidden" name="key" value=move || key.get() />
                    {hidden
                        .into_iter()
                        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                        .collect_view()}
                    {children()}
                </form>
            </Provider>
        </div>
    }
}

/// What was done on the page before this one: the flash's note, when there is one. Stands under the page's head.
#[component]
pub fn Said() -> impl IntoView {
    let note = use_context::<PageFlash>().and_then(|PageFlash(flash)| flash).and_then(|flash| flash.note);
    note.map(|note| view! { <Outcome tone=note.kind.into() heading=note.heading text=note.text id="gezegd" first=true /> })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::ui::{Button, Choices, Field, TextArea, Tile, testing::html};
    use leptos::server::ServerActionError;
    use server_fn::error::ServerFnUrlError;

    #[server(prefix = "/api", endpoint = "proef/vraag")]
    async fn ask(key: String, vraag: String) -> Result<(), AppError> {
        let _ = (key, vraag);
        Ok(())
    }

    fn page(hidden: Vec<(&'static str, String)>) -> impl IntoView {
        let action = FormAction::to::<Ask>();
        view! {
            <Form action key="sleutel-1" hidden>
                <Field name="titel" label="Titel" value="nieuw" />
                <TextArea name="vraag" label="Vraag" />
                <Choices legend="Voor wie?" name="niveau">
                    <Tile name="niveau" value="leerling" checked=true>
                        "Leerling"
                    </Tile>
                    <Tile name="niveau" value="groep">
                        "Groep"
                    </Tile>
                </Choices>
                <Button>"Vraag aan"</Button>
            </Form>
        }
    }

    fn refused() -> Flash {
        let pairs = [("titel", "Rekenen"), ("vraag", "Hoe < zo?"), ("niveau", "groep"), ("emmer", "a")];
        Flash {
            form: Ask::PATH.to_owned(),
            refusal: Some(Refusal::new("too_short", "Je vraag is nog kort", "Schrijf één zin meer.").at("vraag")),
            note: None,
            typed: pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        }
    }

    #[test]
    fn a_fresh_form_carries_its_key_and_says_nothing() {
        let page = html(|| page(Vec::new()));
        assert!(page.contains(r#"action="/api/proef/vraag""#), "{page}");
        assert!(page.contains(r#"name="key" value="sleutel-1""#), "{page}");
        assert!(!page.contains("outcome refused") && !page.contains("aria-invalid"), "{page}");
    }

    #[test]
    fn a_refused_form_says_why_and_keeps_what_was_typed() {
        let page = html(|| {
            provide_flash(Some(refused()));
            page(vec![("emmer", "a".to_owned())])
        });
        assert!(page.contains("Je vraag is nog kort"), "{page}");
        assert!(page.contains(r#"aria-invalid="true""#) && page.contains(r#"id="vraag-melding""#), "{page}");
        assert!(page.contains(r#"value="Rekenen""#) && page.contains("Hoe &lt; zo?</textarea>"), "{page}");
        assert!(page.contains(r#"value="groep" checked"#) && !page.contains(r#"value="leerling" checked"#), "{page}");
    }

    #[test]
    fn a_refusal_stays_with_the_form_it_is_about() {
        let page = html(|| {
            provide_flash(Some(refused()));
            page(vec![("emmer", "b".to_owned())])
        });
        assert!(!page.contains("Je vraag is nog kort") && page.contains(r#"value="nieuw""#), "{page}");
    }

    #[test]
    fn an_error_in_the_address_bar_is_never_shown() {
        let forged = ServerFnUrlError::new(Ask::PATH, AppError::Refused(Refusal::new("x", "Bel 0900-1234", "Geef je wachtwoord.")));
        let url = forged.to_url("http://localhost/").expect("the error fits in a url");
        let err = url.query_pairs().find(|(name, _)| name == "__err").expect("the url has the error").1.into_owned();
        let page = html(|| {
            provide_context(ServerActionError::new(Ask::PATH, &err));
            page(Vec::new())
        });
        assert!(!page.contains("Bel 0900"), "{page}");
    }
}
