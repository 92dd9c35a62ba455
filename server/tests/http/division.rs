//! A board looks before it divides, over HTTP and without scripts.
//!
//! Always true here: looking posts nothing, and what is posted is what was looked at.

use super::support::{Client, Seat, Server, Who, World, on_every_engine, print};
use domain::hours::Month;

const PREVIEW: &str = "/api/verdeling/bekijk";
const POST: &str = "/api/verdeling/verdeel";

async fn submit(browser: &Client, path: &str, fields: &[(&str, &str)], page: &str) -> String {
    let answer = browser.form(path, fields, page).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    browser.page(answer.header("location").split('#').next().unwrap_or(page)).await.body
}

fn hidden(page: &str, name: &str) -> String {
    let field = page.split_once(&format!("name=\"{name}\" value=\"")).map(|(_, rest)| rest);
    field.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("{name} is in {page}")).to_owned()
}

#[test]
fn a_board_that_keeps_its_hours_sees_what_comes_back_before_it_does_and_its_school_reads_why() {
    on_every_engine(async |server: &Server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::BoardContact)).await;
        let (board, year) = (world.here.boards[0].to_string(), Month::at(app::session::now()).school_year().0.to_string());
        let page = format!("/uren/verdeling?bestuur={board}&jaar={year}");
        let before = print(&server.db, world.here.partnership).await;
        let keep = [("bestuur", board.as_str()), ("jaar", year.as_str()), ("manier", "kept"), ("key", "k1")];
        let looked = submit(&browser, PREVIEW, &keep, &page).await;
        assert!(looked.contains("Voorbeeld: uren blijven bij het bestuur"), "{}: {looked}", server.name);
        assert!(looked.contains("terug naar het bestuur, in ") && looked.contains("Boek deze verdeling"), "{}: {looked}", server.name);
        let own = world.browser(server, Who::Here(Seat::Coordinator)).await;
        assert!(!own.page("/").await.body.contains("Je bestuur houdt de uren"), "{}: nothing is posted yet", server.name);
        assert_eq!(print(&server.db, world.here.partnership).await, before, "{}: looking posts nothing", server.name);

        let seen = hidden(&looked, "voorbeeld");
        let wrong = "0".repeat(128);
        let post = |seen: &str, key: &'static str| {
            [("bestuur", board.clone()), ("jaar", year.clone()), ("voorbeeld", seen.to_owned()), ("key", key.to_owned())]
        };
        let code = async |fields: [(&'static str, String); 4]| {
            let typed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.call(POST, &typed).await.code()
        };
        assert_eq!(code(post(&wrong, "k2")).await, "draft_changed", "{}", server.name);
        let fields = post(&seen, "k3");
        let typed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let posted = submit(&browser, POST, &typed, &page).await;
        assert!(posted.contains("zijn verdeeld") && posted.contains("terug naar het bestuur, in "), "{}: {posted}", server.name);
        assert!(!posted.contains("Boek deze verdeling") && posted.contains("Draai deze verdeling terug"), "{}: {posted}", server.name);
        assert_eq!(code(fields.clone()).await, "", "{}: the same form again says the same", server.name);
        assert_eq!(code(post(&wrong, "k3")).await, "idempotency_conflict", "{}", server.name);
        for page in ["/", "/uren"] {
            assert!(own.page(page).await.body.contains("Je bestuur houdt de uren."), "{} {page}", server.name);
        }
        assert!(posted.contains("Jullie kozen dit zelf"), "{}: {posted}", server.name);
    });
}
