//! `/uitnodiging/…`: choosing a password behind an invitation. Always true: the token goes no further than its own form.

use super::api::{ChoosePassword, Invited};
use crate::ui::{Button, Field, Form, FormAction, Kind, PageHead, page_key};
use domain::people::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN};
use leptos::prelude::*;

/// `/uitnodiging/:token`
#[component]
pub fn InvitationView(
    /// Who was invited.
    invited: Invited,
    /// The one-time token of the link.
    token: String,
) -> impl IntoView {
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
