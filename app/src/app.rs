//! The site map: shell, router and the page for what is not there. A page is one line here; its component lives in its slice.

use crate::{
    guide::{AccessibilityPage, DeskPage, RulesPage},
    hours::{HoursView, PostingsView},
    people::{InvitationPage, SignInPage},
    start::StartView,
    ui::{LinkButton, PageHead, frame::Frame, progress::Progress, sheet::SheetPage},
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};

/// The files a page asks for, as the server serves them: absolute paths, with their hash when they carry one.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub struct Bundle {
    /// `/pkg/wijkpot.0a1b.js`; empty when there is no browser bundle, and pages then work as plain HTML.
    pub js: String,
    /// `/pkg/wijkpot.0a1b.wasm`.
    pub wasm: String,
    /// `/pkg/wijkpot.0a1b.css`.
    pub css: String,
}

/// The document around the app.
#[cfg(feature = "ssr")]
pub fn shell(bundle: &Bundle) -> impl IntoView + use<> {
    use crate::ui::sprite::Sprite;
    use leptos::nonce::use_nonce;

    let Bundle { js, wasm, css } = bundle.clone();
    let nonce = use_nonce();
    // No preload of the wasm: with a nonce some browsers abort it and the page never wakes up. One import fetches both.
    let scripts = (!js.is_empty()).then(|| {
        let start = format!("import({js:?}).then(app => app.default({{ module_or_path: {wasm:?} }}).then(() => app.hydrate()));");
        view! {
            <link rel="modulepreload" href=js nonce=nonce.clone() />
            <script type="module" nonce=nonce>
                {start}
            </script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="nl">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=css />
                {scripts}
                <leptos_meta::MetaTags />
            </head>
            <body>
                <App />
                <Sprite />
            </body>
        </html>
    }
}

/// The app: what the server renders and the browser takes over.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let (routing, set_routing) = signal(false);
    view! {
        <Title formatter=|page: String| format!("{page} – Wijkpot") />
        <Router set_is_routing=set_routing>
            <Progress routing />
            <Routes fallback=|| view! { <Frame><NotFoundPage /></Frame> }>
                <ParentRoute path=path!("") view=Layout ssr=SsrMode::Async>
                    <Route path=path!("/") view=StartView ssr=SsrMode::Async />
                    <Route path=path!("/uren") view=HoursView ssr=SsrMode::Async />
                    <Route path=path!("/uren/boekingen") view=PostingsView ssr=SsrMode::Async />
                    <Route path=path!("/inloggen") view=SignInPage ssr=SsrMode::Async />
                    <Route path=path!("/uitnodiging/:token") view=InvitationPage ssr=SsrMode::Async />
                    <Route path=path!("/loket") view=DeskPage ssr=SsrMode::Async />
                    <Route path=path!("/spelregels") view=RulesPage ssr=SsrMode::Async />
                    <Route path=path!("/toegankelijkheid") view=AccessibilityPage ssr=SsrMode::Async />
                    <Route path=path!("/stijl") view=SheetPage ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

#[component]
fn Layout() -> impl IntoView {
    view! {
        <Frame>
            <Outlet />
        </Frame>
    }
}

/// The page for what is not there. Answers 404 on the server.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    view! {
        <div class="wrap">
            <PageHead
                title="Deze pagina is er niet"
                lede="Misschien is het adres verkeerd, of is de pagina verplaatst. Ga naar de start of kijk bij het loket."
            />
            <p class="actions">
                <LinkButton href="/" kind=crate::ui::Kind::Primary>
                    "Naar de startpagina"
                </LinkButton>
                <LinkButton href="/loket">"Naar het loket"</LinkButton>
            </p>
        </div>
    }
}
