//! Signing in.

use super::api::{CastMember, DemoSignIn, ReadSignIn, SignIn};
use crate::{
    ui::{Button, Field, Form, FormAction, Kind, Loaded, PageHead, page_key},
    wire::load,
};
use domain::people::PASSWORD_CHARS_MAX;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

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
