//! Every server function with everything a form never sends: missing, malformed, of the wrong kind, far too much, and hostile.
//!
//! Always true here: the answer is a sentence of ours with a status below 500, and what is refused changed nothing.

use super::{
    support::{Answer, Case, Client, Seat, Server, Who, World, encode, on_every_engine, print},
    table,
};
use axum::body::Body;
use http::{Method, header};

/// Fields that hold free text: in them anything short enough may stand.
const FREE: [&str; 9] = ["vraag", "doel", "reden", "notitie", "key", "naam", "naar", "ouders", "ask[q]"];

/// What no form sends in a field.
fn hostile() -> Vec<String> {
    let mut all: Vec<String> = [
        "</textarea><script>alert(1)</script>",
        "' or '1'='1'; drop table bookings; --",
        "\"'`$(id){{7*7}}%n%s",
        "\0",
        "a\0b",
        "\u{202e}\u{feff}\u{200b}",
        "👩🏽‍🏫🧮",
        "e\u{301}\u{301}\u{301}",
        "-1",
        "0",
        "NaN",
        "1e308",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999999999",
        "2026-02-30T25:61",
        "9999-12-31T23:45",
        "-262143-01-01T00:00",
        "0001-01-01",
        "2026-03-29T02:30",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "00000000-0000-0000-0000-00000000000g",
        "../../etc/passwd",
        "true",
        "[]",
        "\r\nSet-Cookie: a=b",
    ]
    .map(str::to_owned)
    .into();
    all.push("é".repeat(1_001));
    all.push("x".repeat(100_000));
    all
}

/// Bodies that are no form.
fn bodies() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = [
        &b""[..],
        b"&&&===&",
        b"%",
        b"%zz=%",
        b"\xff\xfe=\x80",
        b"{\"email\":[1,2]}",
        b"null",
        b"[[[[[[[[[[",
        b"a[b][c][d][e][f][g][h]=1",
        b"a[99999999999999999999]=1",
        b"a[]=1&a[b]=2&a=3",
    ]
    .map(<[u8]>::to_vec)
    .into();
    all.push("a=1&".repeat(20_000).into_bytes());
    all.push("[".repeat(50_000).into_bytes());
    all
}

/// The first who may, so that what is refused is the input.
fn who_may(case: &Case) -> Who {
    Who::Here(case.may.first().copied().unwrap_or(Seat::Coordinator))
}

/// A sentence of ours, whatever was sent.
fn is_civil(server: &Server, what: &str, answer: &Answer) {
    assert!(answer.status < 500, "{} {what}: {answer:?}", server.name);
    if answer.status >= 400 {
        assert!(answer.error().is_some() || answer.status == 413, "{} {what}: {} {}", server.name, answer.status, answer.body);
        assert!(!answer.body.contains("<script>") || answer.header("content-type") == "application/json", "{} {what}", server.name);
    }
}

async fn post(browser: &Client, path: &str, body: Vec<u8>) -> Answer {
    browser.send(browser.scripted(path, body)).await
}

fn every_function(test: impl AsyncFn(&Server, &World, &Case, &Client)) {
    on_every_engine(async |server| {
        let mut world = World::tell(server).await;
        for case in table() {
            let browser = world.browser(server, who_may(case)).await;
            test(server, &world, case, &browser).await;
            // An agenda that was tried is empty, and nobody can be booked in it any more.
            if case.path.starts_with("/api/agenda/") {
                world = World::tell(server).await;
            }
        }
    });
}

#[test]
fn no_body_that_is_no_form_gets_more_than_a_refusal() {
    every_function(async |server, world, case, browser| {
        let before = print(&server.db, world.here.partnership).await;
        for body in bodies() {
            let what = format!("{} {:.40}", case.path, String::from_utf8_lossy(&body));
            let answer = post(browser, case.path, body).await;
            is_civil(server, &what, &answer);
            assert!(!case.writes || answer.status >= 400 || case.path == "/api/agenda/patroon", "{} {what}: {answer:?}", server.name);
        }
        assert!(
            case.path == "/api/agenda/patroon" || before == print(&server.db, world.here.partnership).await,
            "{} {}",
            server.name,
            case.path
        );
    });
}

#[test]
fn a_field_that_is_missing_doubled_or_of_another_kind_is_refused_in_a_sentence() {
    every_function(async |server, world, case, browser| {
        let fields = (case.fields)(world).await;
        for (place, (name, value)) in fields.iter().enumerate() {
            let rest: Vec<(&str, &str)> =
                fields.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, (name, value))| (*name, value.as_str())).collect();
            let rest = encode(&rest);
            let value = encode(&[("", value.as_str())]);
            let bodies = [
                rest.clone(),
                format!("{rest}&{name}{value}&{name}{value}"),
                format!("{rest}&{name}[]{value}&{name}[]{value}"),
                format!("{rest}&{name}[x]{value}"),
                format!("{rest}&{name}"),
                format!("{rest}&{name}="),
            ];
            for body in bodies {
                let before = print(&server.db, world.here.partnership).await;
                let what = format!("{} {body:.200}", case.path);
                let answer = post(browser, case.path, body.into_bytes()).await;
                is_civil(server, &what, &answer);
                assert!(
                    answer.status < 400 || before == print(&server.db, world.here.partnership).await,
                    "{} {what}: changed",
                    server.name
                );
            }
        }
    });
}

#[test]
fn hostile_values_are_refused_or_kept_as_the_text_they_are() {
    every_function(async |server, world, case, browser| {
        let fields = (case.fields)(world).await;
        for (place, (name, _)) in fields.iter().enumerate() {
            for value in hostile() {
                let mut typed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                typed[place].1 = &value;
                let before = print(&server.db, world.here.partnership).await;
                let what = format!("{} {name}={:.60}", case.path, value.escape_debug().to_string());
                let answer = browser.call(case.path, &typed).await;
                is_civil(server, &what, &answer);
                if case.writes && !FREE.contains(name) {
                    assert!(answer.status >= 400, "{} {what}: {answer:?}", server.name);
                }
                assert!(
                    answer.status < 400 || before == print(&server.db, world.here.partnership).await,
                    "{} {what}: changed",
                    server.name
                );
            }
        }
    });
}

#[test]
fn a_body_of_another_kind_is_refused() {
    every_function(async |server, world, case, browser| {
        let before = print(&server.db, world.here.partnership).await;
        let json = r#"{"email":"a@b.nl","wachtwoord":"x","afspraak":{},"ask":{"q":[1]},"minuten":"veel"}"#;
        let multipart = "--x\r\nContent-Disposition: form-data; name=\"email\"; filename=\"a\"\r\n\r\n1\r\n--x--";
        for (kind, body) in [
            ("application/json", json),
            ("multipart/form-data; boundary=x", multipart),
            ("text/plain", "afspraak=1"),
            ("application/cbor", "\u{1}"),
            ("", "a=b"),
            ("kapot/;;;", "a=b"),
        ] {
            for accept in ["application/json", "*/*", "application/cbor"] {
                let request = browser
                    .request(Method::POST, case.path)
                    .header(header::ACCEPT, accept)
                    .header(header::CONTENT_TYPE, kind)
                    .body(Body::from(body))
                    .expect("a request");
                is_civil(server, &format!("{} as {kind}", case.path), &browser.send(request).await);
            }
        }
        assert!(
            case.path == "/api/agenda/patroon" || before == print(&server.db, world.here.partnership).await,
            "{} {}",
            server.name,
            case.path
        );
    });
}

#[test]
fn other_methods_and_paths_that_are_no_function_are_refused_in_a_sentence() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        for case in table() {
            for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
                let request = browser.request(method.clone(), case.path).body(Body::empty()).expect("a request");
                let answer = browser.send(request).await;
                assert_eq!(answer.status, 405, "{} {method} {}", server.name, case.path);
            }
        }
        for path in ["/api/nergens", "/api/inloggen/", "/api/inloggen/lees/x", "/api/%3Cscript%3E", "/api//inloggen", "/api/../inloggen"] {
            let answer = browser.call(path, &[("a", "<script>")]).await;
            assert_eq!(answer.status, 404, "{} {path}: {answer:?}", server.name);
            assert!(!answer.body.contains("<script>"), "{path}: {}", answer.body);
        }
        let form = browser.form("/api/nergens", &[("a", "b")], "/zoeken").await;
        assert_eq!(form.status, 404, "{form:?}");
        assert!(form.body.contains("Dit formulier is er niet meer") && form.set_cookie().is_empty(), "{form:?}");
        let long = format!("/api/{}", "x".repeat(20_000));
        assert_eq!(browser.form(&long, &[("a", "b")], "/zoeken").await.status, 404, "{}", server.name);
    });
}

#[test]
fn nonsense_in_an_address_gets_a_page() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let specialist = world.here.specialists[0];
        let booking = world.asked().await;
        for value in hostile().into_iter().filter(|value| value.len() < 5_000) {
            let value = encode(&[("", &value)]).split_off(1);
            for path in [
                format!("/zoeken?q={value}&wijk={value}&niveau={value}&voor={value}&pagina={value}"),
                format!("/experts/{value}"),
                format!("/experts/{specialist}?duur={value}&moment={value}&vanaf={value}&vak={value}&school={value}&zoek={value}"),
                format!("/afspraken?komend={value}&geweest={value}"),
                format!("/afspraken/{value}"),
                format!("/afspraken/{booking}/verplaats?duur={value}&moment={value}&vanaf={value}"),
                format!("/agenda?expert={value}"),
                format!("/uren?jaar={value}&leverancier={value}&school={value}&bestuur={value}"),
                format!("/uren/boekingen?rekening={value}&houder={value}&id={value}&jaar={value}&blad={value}"),
                format!("/uitnodiging/{value}"),
                format!("/inloggen?naar={value}&__path=/api/inloggen&__err={value}"),
                format!("/{value}"),
            ] {
                let answer = browser.page(&path).await;
                assert!(answer.status < 500, "{} {path}: {}", server.name, answer.status);
                assert!(!answer.body.contains("<script>alert(1)"), "{} {path} runs what it was sent", server.name);
                assert!(
                    answer.body.is_empty() || answer.body.contains("</html>") || answer.status == 414,
                    "{} {path}: {answer:?}",
                    server.name
                );
            }
        }
    });
}

#[test]
fn an_answer_does_not_grow_with_what_was_asked() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let long = "x".repeat(240_000);
        let expert = world.here.specialists[0].to_string();
        let calls: [(&str, &[(&str, &str)]); 5] = [
            ("/api/experts/zoek", &[("ask[precies]", &long)]),
            ("/api/experts/zoek", &[("ask[q]", &long)]),
            ("/api/experts/zoek", &[("ask[wijk]", &long), ("ask[q]", "druk")]),
            ("/api/experts/lees", &[("expert", &expert), ("zoek", &long)]),
            ("/api/experts/lees", &[("expert", &expert), ("vak", &long)]),
        ];
        for (path, fields) in calls {
            let answer = browser.call(path, fields).await;
            assert!(answer.body.len() < 200_000, "{} {path} {}: {} bytes", server.name, fields[0].0, answer.body.len());
            assert!(!answer.body.contains(&long[..1_000]), "{} {path}", server.name);
        }
    });
}
