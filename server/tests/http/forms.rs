//! Forms without scripts, and where an answer sends somebody: back to the page of ours they came from, whatever the headers say.

use super::support::{Seat, Who, World, encode, in_the_house, on_every_engine, world::PASSWORD};
use axum::body::Body;
use http::{Method, header};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[test]
fn a_refused_form_comes_back_once_with_its_sentence_and_what_was_typed_but_no_secret() {
    on_every_engine(async |server| {
        let browser = server.visitor();
        let typed = [("email", "fenna\"><script>alert(1)</script>@school.nl"), ("wachtwoord", "mijn geheime zin 42"), ("naar", "/zoeken")];
        let answer = browser.form("/api/inloggen", &typed, "/inloggen?naar=/zoeken").await;
        assert_eq!((answer.status, answer.header("location")), (303, "/inloggen?naar=/zoeken"), "{answer:?}");
        let page = browser.page("/inloggen?naar=/zoeken").await;
        assert!(page.body.contains("Dit is geen e-mailadres"), "{} {}", server.name, page.body);
        assert!(page.body.contains("value=\"fenna&quot;") && !page.body.contains("<script>alert(1)"), "{}", page.body);
        assert!(!page.body.contains("mijn geheime zin"), "a password came back");
        let again = browser.page("/inloggen?naar=/zoeken").await;
        assert!(!again.body.contains("Dit is geen e-mailadres") && !again.body.contains("fenna"), "{} {}", server.name, again.body);
    });
}

#[test]
fn no_secret_of_a_refused_form_is_kept_in_the_session() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Head)).await;
        let token = "feed".repeat(12);
        browser.form("/api/uitnodiging/kies", &[("token", &token), ("wachtwoord", "kort maar krachtig")], "/uitnodiging/x").await;
        let mut tx = server.db.read().await.expect("a reader");
        let tx = &mut tx;
        let person = world.here.person(Seat::Head).0;
        let rows: Vec<(String,)> =
            app::fetch_all!(tx, (String,), "select data from sessions where person_id = $1", person).expect("sessions");
        assert!(rows.iter().any(|(data,)| data.contains("uitnodiging")), "the flash is there: {rows:?}");
        assert!(rows.iter().all(|(data,)| !data.contains(&token) && !data.contains("krachtig")), "{} {rows:?}", server.name);
    });
}

#[test]
fn a_refused_form_leads_back_to_a_page_of_ours_whatever_its_referer_says() {
    on_every_engine(async |server| {
        let browser = server.visitor();
        let host = &browser.host;
        let cases = [
            (Some(format!("http://{host}/zoeken?q=a%20b#top")), "/zoeken?q=a%20b"),
            (Some("https://elders.example/inloggen".to_owned()), "/"),
            (Some(format!("http://{host}.elders.example/inloggen")), "/"),
            (Some(format!("http://{host}@elders.example/inloggen")), "/"),
            (Some(format!("http://{host}//elders.example/inloggen")), "/"),
            (Some(format!("http://{host}/\\elders.example/inloggen")), "/"),
            (Some(format!("http://{host}/\t/elders.example/inloggen")), "/"),
            (Some("//elders.example".to_owned()), "/"),
            (Some("javascript:alert(1)".to_owned()), "/"),
            (Some("data:text/html,x".to_owned()), "/"),
            (Some(format!("http://{host}")), "/"),
            (Some("onzin".to_owned()), "/"),
            (None, "/"),
        ];
        for (referrer, expected) in cases {
            let typed = [("email", "x"), ("wachtwoord", "y")];
            let answer = browser.form_from("/api/inloggen", &typed, referrer.as_deref()).await;
            assert_eq!((answer.status, answer.header("location")), (303, expected), "{} {referrer:?}", server.name);
        }
    });
}

#[test]
fn after_signing_in_one_lands_on_a_page_of_ours_whatever_naar_says() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let email = world.here.email(Seat::Coordinator);
        let cases = [
            ("", "/"),
            ("/zoeken?q=café & co", "/zoeken?q=caf%C3%A9%20&%20co"),
            ("https://elders.example/", "/"),
            ("//elders.example/", "/"),
            ("/\\elders.example", "/"),
            ("\\\\elders.example", "/"),
            (" //elders.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/\r\nSet-Cookie: elders=1", "/%0D%0ASet-Cookie:%20elders=1"),
            ("/\t/elders.example", "/%09/elders.example"),
            ("zoeken", "/"),
        ];
        for (naar, expected) in cases {
            let browser = server.visitor();
            let typed = [("email", email.as_str()), ("wachtwoord", PASSWORD), ("naar", naar)];
            let answer = browser.form("/api/inloggen", &typed, "/inloggen").await;
            assert_eq!((answer.status, answer.header("location")), (303, expected), "{} {naar:?}", server.name);
            assert!(!answer.set_cookie().contains("elders"), "{answer:?}");
        }
    });
}

#[test]
fn who_is_signed_out_is_asked_to_sign_in_and_comes_back() {
    on_every_engine(async |server| {
        let browser = server.visitor();
        let page = browser.page("/zoeken?q=druk&niveau=groep").await;
        assert_eq!((page.status, page.header("location")), (302, "/inloggen?naar=/zoeken%3Fq%3Ddruk%26niveau%3Dgroep"));
        let form = browser.form("/api/agenda/patroon", &[("maandag", "9-12")], "/agenda?expert=1").await;
        assert_eq!((form.status, form.header("location")), (303, "/inloggen?naar=/agenda%3Fexpert%3D1"));
    });
}

#[test]
fn a_post_from_another_site_changes_nothing_and_says_so() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Specialist)).await;
        let before = super::support::print(&server.db, world.here.partnership).await;
        let body = encode(&[("maandag", "9.00-10.00")]);
        let own = format!("http://{}", browser.host);
        for (name, value) in [
            ("origin", "https://elders.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1"),
            ("origin", &format!("{own}.elders.example")),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            for accept in ["text/html", "application/json"] {
                let request = browser
                    .request(Method::POST, "/api/agenda/patroon")
                    .header(header::ACCEPT, accept)
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .header(name, value)
                    .body(Body::from(body.clone()))
                    .expect("a request");
                let answer = browser.send(request).await;
                assert_eq!(answer.status, 403, "{} {name}: {value}", server.name);
                assert!(answer.body.contains("kwam van een andere site"), "{}", answer.body);
            }
        }
        assert!(before == super::support::print(&server.db, world.here.partnership).await, "{}: something changed", server.name);
        let answer = browser.form("/api/agenda/patroon", &[("maandag", "9.00-10.00")], "/agenda").await;
        assert_eq!((answer.status, answer.header("location")), (303, "/agenda"));
        let page = browser.page("/agenda").await;
        assert!(page.body.contains("De werkweek is aangepast"), "{}", page.body);
        assert!(!browser.page("/agenda").await.body.contains("De werkweek is aangepast"), "good news is told once");
    });
}

#[test]
fn a_form_too_large_to_keep_is_refused_without_what_was_typed() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        for size in [66_000, 70_000, 200_000] {
            let long = "a".repeat(size);
            let answer = browser.form("/api/inloggen", &[("email", &long), ("wachtwoord", "x")], "/inloggen").await;
            assert_eq!((answer.status, answer.header("location")), (303, "/inloggen"), "{} {size}", server.name);
            // The rest is not read, so nothing more can be asked there.
            assert_eq!(answer.header("connection"), "close", "{} {size}", server.name);
            let page = browser.page("/inloggen").await;
            assert!(page.status == 200 && !page.body.contains(&long[..1_000]), "{} {size}", server.name);
        }
    });
}

async fn kept(server: &super::support::Server, cookie: &str) -> String {
    use sha2::{Digest, Sha256};
    let bits: tower_sessions::session::Id = cookie.split_once('=').expect("a cookie").1.parse().expect("an id");
    let mut tx = server.db.read().await.expect("a reader");
    let tx = &mut tx;
    let hash = hex::encode(Sha256::digest(bits.0.to_be_bytes()));
    let (data,): (String,) = app::fetch_one!(tx, (String,), "select data from sessions where id_hash = $1", hash).expect("a session");
    data
}

#[test]
fn who_is_not_signed_in_leaves_an_address_behind_and_nothing_else() {
    on_every_engine(async |server| {
        let browser = server.visitor();
        let long = "z".repeat(7_000);
        let typed = [("email", "fenna@school"), ("naar", "/zoeken"), ("wachtwoord", "x"), ("vraag", &*long), ("email", "nog een")];
        assert_eq!(browser.form("/api/inloggen", &typed, "/inloggen").await.status, 303);
        let data = kept(server, &browser.cookie().expect("a session for the sentence")).await;
        assert!(data.contains("fenna@school") && data.len() < 1_000, "{}: {} {data:.200}", server.name, data.len());
        let stranger = server.visitor();
        assert_eq!(
            stranger.form("/api/afspraak/zegaf", &[("afspraak", "x"), ("reden", &*long), ("key", "k")], "/").await.header("location"),
            "/inloggen?naar=/"
        );
        let email = format!("{}@school.nl", "e".repeat(5_000));
        assert_eq!(stranger.form("/api/inloggen", &[("email", &*email), ("wachtwoord", "x")], "/inloggen").await.status, 303);
        assert!(kept(server, &stranger.cookie().expect("a session")).await.len() < 1_000, "{}", server.name);
    });
}

#[test]
fn what_grows_when_it_is_kept_is_not_kept() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let booking = world.accepted().await.to_string();
        let page = format!("/afspraken/{booking}");
        for sign in ["\u{1}", "\\", "\"", "é"] {
            let long = sign.repeat(8_000 / sign.len());
            let typed = [("afspraak", &*booking), ("reden", &*long), ("key", "k")];
            let answer = browser.form("/api/afspraak/zegaf", &typed, &page).await;
            assert_eq!((answer.status, answer.header("location")), (303, &*page), "{} {sign:?}", server.name);
            let answer = browser.page(&page).await;
            let says = if sign == "\u{1}" { "Er staat nog geen reden" } else { "De reden is te lang" };
            assert!(answer.status == 200 && answer.body.contains(says), "{} {sign:?}: {}", server.name, answer.body);
        }
    });
}

/// What a client that is no browser can send: bytes no library lets through.
#[test]
fn raw_nonsense_on_the_wire_breaks_nothing() {
    in_the_house(async |house| {
        for server in &house.engines {
            for raw in [
                &b"POST /api/inloggen HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n\xff\xfe\x00=1"[..],
                b"POST /api/inloggen HTTP/1.1\r\nHost: \r\nReferer: http://\r\nAccept: text/html\r\nContent-Length: 0\r\n\r\n",
                b"POST /api/inloggen HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 0\r\n\r\n",
                b"POST /api/%2e%2e/%00 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                b"GET //elders.example/%2e%2e HTTP/1.1\r\nHost: a\r\n\r\n",
                b"GET /zoeken?q=%ff%00%zz HTTP/1.1\r\nHost: a\r\nCookie: wijkpot=\xff\xfe\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: ,;q=,br\r\n\r\n",
                b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                b"CONNECT evil:80 HTTP/1.1\r\nHost: a\r\n\r\n",
                b"GET evil HTTP/1.1\r\nHost: a\r\n\r\n",
            ] {
                let mut socket = tokio::net::TcpStream::connect(server.address).await.expect("a connection");
                socket.write_all(raw).await.expect("sent");
                let mut answer = vec![0; 65_536];
                let length = socket.read(&mut answer).await.expect("an answer");
                let text = String::from_utf8_lossy(&answer[..length]);
                let status = text.split(' ').nth(1).and_then(|word| word.parse::<u16>().ok()).unwrap_or_default();
                assert!((200..500).contains(&status), "{} {}: {text}", server.name, String::from_utf8_lossy(raw));
                assert!(!text.contains("<script>\r\n"), "{text}");
            }
        }
    });
}
