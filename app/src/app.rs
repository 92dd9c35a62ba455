//! The site map: shell, router and the page for what is not there. A page that lives in the browser is one line here; every other one is
//! drawn by the server and is one line in `served/pages.rs`.

use crate::{
    bookings::{BookingPage, ExpertPage, MovePage},
    experts::{AgendaPage, SearchPage},
    people::SignInPage,
    served::ServedPage,
    start::StartView,
    ui::{LinkButton, PageHead, frame::Frame, progress::Progress},
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

/// A title as the page's source needs it. The framework writes it as it is, while in it stands what somebody searched for; in the
/// browser it is text already.
fn title_text(page: String) -> String {
    #[cfg(feature = "ssr")]
    let page = html_escape::encode_text(&page).into_owned();
    page
}

/// A page as the router takes it: a plain function, so that there is one kind of route however many pages there are.
macro_rules! page {
    ($page:ident) => {
        (|| $page().into_any()) as fn() -> AnyView
    };
}

/// The app: what the server renders and the browser takes over.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let (routing, set_routing) = signal(false);
    view! {
        <Title formatter=|page: String| format!("{} – Wijkpot", title_text(page)) />
        <Router set_is_routing=set_routing>
            <Progress routing />
            <Routes fallback=|| view! { <Frame><NotFoundPage /></Frame> }>
                <ParentRoute path=path!("") view=Layout ssr=SsrMode::Async>
                    <Route path=path!("/") view=page!(StartView) ssr=SsrMode::Async />
                    <Route path=path!("/inloggen") view=page!(SignInPage) ssr=SsrMode::Async />
                    <Route path=path!("/zoeken") view=page!(SearchPage) ssr=SsrMode::Async />
                    <Route path=path!("/agenda") view=page!(AgendaPage) ssr=SsrMode::Async />
                    <Route path=path!("/experts/:id") view=page!(ExpertPage) ssr=SsrMode::Async />
                    <Route path=path!("/afspraken/:id") view=page!(BookingPage) ssr=SsrMode::Async />
                    <Route path=path!("/afspraken/:id/verplaats") view=page!(MovePage) ssr=SsrMode::Async />
                    <Route path=path!("/*pad") view=page!(ServedPage) ssr=SsrMode::Async />
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::ui::testing::faults;

    /// Made once: making it switches off data loading for the whole process, and a page rendered meanwhile would wait for ever.
    static ROUTES: std::sync::LazyLock<Vec<leptos_axum::AxumRouteListing>> =
        std::sync::LazyLock::new(|| leptos_axum::generate_route_list(App));

    async fn get(path: &str) -> (u16, String) {
        assert!(ROUTES.iter().all(|route| matches!(route.mode(), SsrMode::Async)), "{:?}", *ROUTES);
        let bundle = Bundle { js: "/pkg/a.js".to_owned(), wasm: "/pkg/a.wasm".to_owned(), css: "/pkg/a.css".to_owned() };
        let request = axum::http::Request::get(path).body(axum::body::Body::empty()).expect("a path is a request");
        let response = leptos_axum::render_app_async(move || shell(&bundle))(request).await;
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("the page ends");
        (status, String::from_utf8(body.to_vec()).expect("the page is text"))
    }

    #[tokio::test]
    async fn every_public_page_is_whole_and_needs_no_repair() {
        for (path, title) in [("/loket", "Loket"), ("/spelregels", "Spelregels"), ("/toegankelijkheid", "Toegankelijkheid")] {
            let (status, page) = get(path).await;
            assert_eq!(status, 200, "{path}");
            assert!(page.contains(&format!("<title>{title} – Wijkpot</title>")), "{page}");
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
            assert!(page.contains("</html>"), "{path}");
            let body = &page[page.find("<body").expect("a page has a body")..page.find("<script>__").unwrap_or(page.len())];
            let found: Vec<_> = faults(body).into_iter().filter(|fault| !fault.contains("</html>") && !fault.contains("<body>")).collect();
            assert_eq!(found, Vec::<String>::new(), "{path}");
        }
    }

    #[tokio::test]
    async fn what_is_not_there_answers_404_in_the_same_frame() {
        for path in ["/nergens", "/experts"] {
            let (status, page) = get(path).await;
            assert_eq!(status, 404, "{path}");
            assert!(page.contains("Deze pagina is er niet") && page.contains("Naar de inhoud"), "{page}");
        }
    }

    #[tokio::test]
    async fn the_page_starts_its_scripts_with_a_nonce_and_preloads_no_wasm() {
        let (_, page) = get("/spelregels").await;
        assert!(page.contains(r#"import("/pkg/a.js")"#) && page.contains("nonce="), "{page}");
        assert!(!page.contains(r#"rel="preload""#), "{page}");
    }
}
