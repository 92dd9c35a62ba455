//! What every answer carries, of whatever kind; and the answers that are no page: alive, ready, too large, not there, not so.

use super::support::{Answer, Seat, Server, Who, World, in_the_house, on_every_engine};
use axum::body::Body;
use http::{Method, header};

const FIXED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn is_guarded(what: &str, answer: &Answer) {
    for (name, value) in FIXED {
        assert_eq!(answer.header(name), value, "{what}: {answer:?}");
    }
    assert!(answer.header("permissions-policy").contains("camera=()"), "{what}");
    let policy = answer.header("content-security-policy");
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("unsafe-eval'") || policy.contains("'wasm-unsafe-eval'"),
        "{what}: {policy}"
    );
    for part in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"), "{what}: {policy}");
    assert!(!answer.header("cache-control").is_empty(), "{what}");
    assert!(answer.header("x-request-id").len() >= 32, "{what}: {answer:?}");
    assert!(answer.header("server").is_empty() && answer.header("x-powered-by").is_empty(), "{what}");
}

/// One answer of every kind.
async fn kinds(server: &Server) -> Vec<(&'static str, u16, Answer)> {
    let world = World::tell(server).await;
    let signed_in = world.browser(server, Who::Here(Seat::Coordinator)).await;
    let browser = server.visitor();
    let foreign = browser.request(Method::POST, "/api/inloggen").header(header::ORIGIN, "https://elders.example").body(Body::from("x"));
    let get = browser.request(Method::GET, "/api/inloggen").body(Body::empty());
    // The server hangs up on a body it does not read; a connection of its own leaves the others' alone.
    let mut large = browser.scripted("/api/inloggen", "x".repeat(300_000));
    large.headers_mut().insert(header::CONNECTION, http::HeaderValue::from_static("close"));
    vec![
        ("page", 200, browser.page("/loket").await),
        ("page of somebody", 200, signed_in.page("/zoeken").await),
        ("page for nobody", 302, browser.page("/zoeken").await),
        ("not there", 404, browser.page("/nergens").await),
        ("not there either", 404, browser.page("/pkg/nergens.js").await),
        ("asset", 200, browser.page("/icon.svg").await),
        ("function", 200, browser.call("/api/inloggen/lees", &[]).await),
        ("refusal", 422, browser.call("/api/inloggen", &[("email", "x"), ("wachtwoord", "y")]).await),
        ("signed out", 401, browser.call("/api/experts/zoek", &[]).await),
        ("form", 303, browser.form("/api/inloggen", &[("email", "x"), ("wachtwoord", "y")], "/inloggen").await),
        ("cross-site", 403, browser.send(foreign.expect("a request")).await),
        ("get", 405, browser.send(get.expect("a request")).await),
        ("no such function", 404, browser.call("/api/nergens", &[]).await),
        ("too large", 413, browser.send(large).await),
        ("alive", 200, browser.page("/healthz").await),
        ("ready", 200, browser.page("/readyz").await),
    ]
}

#[test]
fn every_kind_of_answer_has_its_status_and_is_guarded() {
    on_every_engine(async |server| {
        for (what, status, answer) in kinds(server).await {
            // Without a built site there are no files; then the page for what is not there answers.
            if what == "asset" && answer.status == 404 {
                continue;
            }
            assert_eq!(answer.status, status, "{} {what}: {answer:?}", server.name);
            is_guarded(what, &answer);
            assert!(answer.header("strict-transport-security").is_empty(), "{what}: not without https");
        }
    });
}

#[test]
fn under_https_browsers_are_told_to_keep_to_it() {
    in_the_house(async |house| {
        for (what, _, answer) in kinds(&house.https).await {
            assert!(answer.header("strict-transport-security").contains("max-age=31536000"), "{what}: {answer:?}");
        }
    });
}

#[test]
fn a_page_runs_scripts_with_its_own_nonce_alone() {
    in_the_house(async |house| {
        let browser = house.engines[0].visitor();
        let (one, other) = (browser.page("/loket").await, browser.page("/loket").await);
        let nonce = |answer: &Answer| {
            let policy = answer.header("content-security-policy").to_owned();
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default().to_owned()
        };
        assert!(nonce(&one).len() >= 16 && nonce(&one) != nonce(&other), "{one:?}");
        let rest = one.body.replace(&format!("nonce=\"{}\"", nonce(&one)), "");
        for script in rest.split("<script").skip(1) {
            assert!(!script.starts_with('>'), "a script without a nonce: {script:.80}");
        }
        assert!(!one.body.contains(" style=\"") && !one.body.contains(" onclick="), "inline style or script");
    });
}

#[test]
fn what_is_not_there_is_said_in_dutch_with_a_way_on() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let nobody = uuid::Uuid::now_v7();
        let paths = ["/nergens".to_owned(), "/x/y/z?q=1".to_owned(), format!("/experts/{nobody}"), format!("/afspraken/{nobody}")];
        for path in paths.iter().chain([&format!("/experts/{}", world.there.specialists[0]), &"/afspraken/geen-nummer".to_owned()]) {
            let answer = browser.page(path).await;
            assert_eq!(answer.status, 404, "{} {path}", server.name);
            assert!(answer.body.contains("Deze pagina is er niet") && answer.body.contains("href=\"/\""), "{path}: {}", answer.body);
        }
    });
}

#[test]
fn what_a_person_sees_of_our_limits_is_dutch_and_tells_nothing_of_the_machine() {
    on_every_engine(async |server| {
        for (what, status, answer) in kinds(server).await {
            if status < 400 || answer.status < 400 {
                continue;
            }
            for word in ["axum", "leptos", "panicked", "server function", "sqlx", "limit exceeded", "#[server]", "/root", ".rs"] {
                assert!(!answer.body.contains(word), "{what} says {word}: {}", answer.body);
            }
        }
    });
}

#[test]
fn a_request_keeps_the_id_a_proxy_of_ours_gave_it_and_no_other() {
    in_the_house(async |house| {
        let long = "a".repeat(65);
        for (server, sent, keeps) in [
            (&house.engines[0], "proxy-7Q", true),
            (&house.engines[0], &*long, false),
            (&house.engines[0], "a b", false),
            (&house.engines[0], "<script>", false),
            (&house.direct, "proxy-7Q", false),
        ] {
            let browser = server.visitor();
            let request = browser.request(Method::GET, "/healthz").header("x-request-id", sent).body(Body::empty()).expect("a request");
            let answer = browser.send(request).await;
            assert_eq!(answer.header("x-request-id") == sent, keeps, "{} {sent}", server.name);
            assert!(keeps || answer.header("x-request-id").len() == 36, "{answer:?}");
        }
    });
}

#[test]
fn a_page_and_a_file_are_read_and_nothing_else() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        for path in ["/", "/zoeken", "/loket", "/uren", "/nergens", "/icon.svg", "/uren/boekingen.csv"] {
            for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
                let what = format!("{} {method} {path}", server.name);
                let request = browser.request(method, path).header("sec-fetch-site", "same-origin").body(Body::empty());
                let answer = browser.send(request.expect("a request")).await;
                assert_eq!(answer.status, 405, "{what}");
                assert!(answer.header("allow").contains("GET") && answer.header("allow").contains("HEAD"), "{what}: {answer:?}");
                is_guarded(&what, &answer);
            }
            let head = browser.send(browser.request(Method::HEAD, path).body(Body::empty()).expect("a request")).await;
            assert!(matches!(head.status, 200 | 404) && head.body.is_empty(), "{} HEAD {path}: {head:?}", server.name);
        }
    });
}

#[test]
fn a_demo_answers_to_its_own_name_and_this_machines_alone() {
    in_the_house(async |house| {
        for (server, host, status) in [
            (&house.demo, "elders.example", 421),
            (&house.demo, "127.0.0.1.elders.example:3000", 421),
            (&house.demo, "localhost:3000", 200),
            (&house.demo, &*house.demo.address.to_string(), 200),
            (&house.direct, "wijkpot.example.nl", 200),
        ] {
            let browser = server.visitor();
            let mut request = browser.request(Method::GET, "/loket").body(Body::empty()).expect("a request");
            request.headers_mut().insert(header::HOST, host.parse().expect("a header"));
            let answer = browser.send(request).await;
            assert_eq!(answer.status, status, "{} {host}: {answer:?}", server.name);
            is_guarded(host, &answer);
        }
    });
}
