//! Signing in, and choosing a password behind an invitation.

use super::api::{CastMember, ChoosePassword, DemoSignIn, Invited, ReadInvitation, ReadSignIn, SignIn};
use crate::{
    ui::{Button, Field, Form, FormAction, Kind, Loaded, PageHead, page_key},
    wire::load,
};
use domain::people::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/inloggen`
#[component]
pub fn SignInPage() -> impl IntoView {
    let naar = use_query_map().with_untracked(|query| query.get("naar").unwrap_or_default());
    let page = load(|| ReadSignIn {});
    view! {
        <Loaded resource=page children=move |cast| {
            let naar = naar.clone();
            let class = if cast.is_empty() { "wrap sign-in" } else { "wrap sign-in with-cast" };
            view! {
                <div class=class>
                    <PageHead title="Inloggen" lede="Deel uren expertise met de scholen in je wijk." />
                    <PasswordForm naar=naar.clone() />
                    {(!cast.is_empty()).then(|| view! { <Cast cast naar /> })}
                </div>
            }
        } />
    }
}

#[component]
fn PasswordForm(naar: String) -> impl IntoView {
    let action = FormAction::to::<SignIn>();
    view! {
        <section class="card" aria-labelledby="met-wachtwoord">
            <h2 id="met-wachtwoord">"Met je wachtwoord"</h2>
            <Form action key=page_key() hidden=vec![("naar", naar)]>
                <Field name="email" label="E-mailadres" kind="email" required=true autocomplete="username" maxlength=254_u32 />
                <Field
                    name="wachtwoord"
                    label="Wachtwoord"
                    kind="password"
                    required=true
                    autocomplete="current-password"
                    maxlength=u32::try_from(PASSWORD_CHARS_MAX).unwrap_or(u32::MAX)
                />
                <Button kind=Kind::Primary wide=true>
                    "Log in"
                </Button>
                <p class="help">"Wachtwoord kwijt? Vraag je samenwerkingsverband om een nieuwe uitnodiging."</p>
            </Form>
        </section>
    }
}

#[component]
fn Cast(cast: Vec<CastMember>, naar: String) -> impl IntoView {
    let action = FormAction::to::<DemoSignIn>();
    view! {
        <section class="card clay" aria-labelledby="met-een-klik">
            <h2 id="met-een-klik">"Kijk rond als"</h2>
            <p class="soft">"Dit is een voorbeeld met verzonnen scholen en mensen. Kies wie je bent."</p>
            <Form action key=page_key() hidden=vec![("naar", naar)]>
                <ul class="cast">
                    {cast
                        .into_iter()
                        .map(|member| {
                            let role = format!("{}, {}", member.role.dutch(), member.place);
                            view! {
                                <li>
                                    <Button name="persoon" value=member.id wide=true>
                                        {member.name}
                                        " "
                                        <small>{role}</small>
                                    </Button>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </Form>
        </section>
    }
}

/// `/uitnodiging/:token`
#[component]
pub fn InvitationPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = token.clone();
    let page = load(move || ReadInvitation { token: asked.clone() });
    view! {
        <Loaded resource=page children=move |invited: Invited| {
            view! { <Choose invited token=token.clone() /> }
        } />
    }
}

#[component]
fn Choose(invited: Invited, token: String) -> impl IntoView {
    let action = FormAction::to::<ChoosePassword>();
    view! {
        <div class="wrap sign-in">
            <PageHead title=format!("Welkom, {}", domain::people::first_name(&invited.name)) lede="Kies een wachtwoord. Daarna kun je meteen verder." />
            <section class="card" aria-labelledby="kies">
                <h2 id="kies">"Kies je wachtwoord"</h2>
                <p>"Je logt in met " <strong>{invited.email}</strong> "."</p>
                <Form action key=page_key() hidden=vec![("token", token)]>
                    <Field
                        name="wachtwoord"
                        label="Nieuw wachtwoord"
                        kind="password"
                        required=true
                        autocomplete="new-password"
                        help=format!("Minstens {PASSWORD_CHARS_MIN} tekens. Een zin van vier woorden is goed.")
                        maxlength=u32::try_from(PASSWORD_CHARS_MAX).unwrap_or(u32::MAX)
                    />
                    <Button kind=Kind::Primary wide=true>
                        "Bewaar en ga verder"
                    </Button>
                </Form>
            </section>
        </div>
    }
}
