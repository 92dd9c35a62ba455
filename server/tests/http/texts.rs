//! What of a pupil comes into a text, over HTTP: with scripts and without.
//!
//! Always true here: a text that was not looked at is not stored, and what was typed comes back.

use super::support::{Client, Seat, Who, World, on_every_engine, print};

const ASK: &str = "/api/afspraak/vraag";
const NAMED: &str = "Daan, geboren 12-05-2015, bel 0612345678.";

fn wish<'a>(world: &'a World, moment: &'a str, question: &'a str, looked: &'a str) -> Vec<(&'a str, String)> {
    let typed = [("duur", "60"), ("moment", moment), ("niveau", "groep"), ("vraag", question), ("doel", "Rust in de groep.")];
    let mut fields: Vec<(&str, String)> = typed.map(|(name, value)| (name, value.to_owned())).to_vec();
    fields.extend([("expert", world.here.specialists[0].to_string()), ("school", world.here.schools[0].to_string())]);
    fields.push(("key", uuid::Uuid::now_v7().to_string()));
    if !looked.is_empty() {
        fields.push(("nagekeken", looked.to_owned()));
    }
    fields
}

async fn code(browser: &Client, fields: &[(&str, String)]) -> (u16, String) {
    let typed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = browser.call(ASK, &typed).await;
    (answer.status, answer.code())
}

#[test]
fn a_text_that_points_at_a_person_is_looked_at_before_it_is_kept_and_a_bsn_never_is() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let moment = world.moment();
        let before = print(&server.db, world.here.partnership).await;
        assert_eq!(code(&browser, &wish(&world, &moment, NAMED, "")).await, (422, "text_to_look_at".to_owned()), "{}", server.name);
        for looked in ["", "ja"] {
            let refused = code(&browser, &wish(&world, &moment, "Bel over 111222333.", looked)).await;
            assert_eq!(refused, (422, "text_has_bsn".to_owned()), "{}", server.name);
        }
        assert_eq!(print(&server.db, world.here.partnership).await, before, "{}: nothing is kept", server.name);
        assert_eq!(code(&browser, &wish(&world, &moment, NAMED, "ja")).await.0, 200, "{}: somebody looked", server.name);
        // Names that everybody may read are no reason to look.
        let known = code(&browser, &wish(&world, &world.moment(), "Hoe helpt De Wissel op De Meerpaal?", "")).await;
        assert_eq!(known.0, 200, "{}: {known:?}", server.name);
    });
}

#[test]
fn without_scripts_it_comes_back_with_what_was_seen_and_what_was_typed_and_a_way_on() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let browser = world.browser(server, Who::Here(Seat::Coordinator)).await;
        let (moment, page) = (world.moment(), format!("/experts/{}", world.here.specialists[0]));
        let fields = wish(&world, &moment, NAMED, "");
        let typed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = browser.form(ASK, &typed, &page).await;
        assert_eq!((answer.status, answer.header("location")), (303, page.as_str()), "{}", server.name);
        let shown = browser.page(&page).await.body;
        for words in ["Kijk je tekst nog een keer na", "We zien ‘Daan’", "12-05-2015", "0612345678", "Rust in de groep.</textarea>"] {
            assert!(shown.contains(words), "{} {words}: {shown}", server.name);
        }
        assert!(shown.contains(r#"name="nagekeken" value="ja" form="api-afspraak-vraag" checked"#), "{}: {shown}", server.name);
        let fields = wish(&world, &moment, NAMED, "ja");
        let typed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = browser.form(ASK, &typed, &page).await;
        assert!(answer.header("location").starts_with("/afspraken/"), "{}: {answer:?}", server.name);
    });
}

#[test]
fn who_agreed_can_reach_the_other_side_and_nobody_else_can() {
    on_every_engine(async |server| {
        let world = World::tell(server).await;
        let (asked, agreed) = (world.asked().await, world.accepted().await);
        let (expert, coordinator) = (world.here.email(Seat::Specialist), world.here.email(Seat::Coordinator));
        for (seat, sees, hides) in
            [(Seat::Coordinator, expert.as_str(), coordinator.as_str()), (Seat::Specialist, coordinator.as_str(), expert.as_str())]
        {
            let browser = world.browser(server, Who::Here(seat)).await;
            let page = browser.page(&format!("/afspraken/{agreed}")).await.body;
            assert!(page.contains(&format!("mailto:{sees}")) && !page.contains(&format!("mailto:{hides}")), "{} {seat:?}", server.name);
            let page = browser.page(&format!("/afspraken/{asked}")).await.body;
            assert!(!page.contains("mailto:"), "{} {seat:?}: nothing is agreed yet", server.name);
        }
        for seat in [Seat::Planner, Seat::Counsellor, Seat::Registrar, Seat::BoardContact] {
            let page = world.browser(server, Who::Here(seat)).await.page(&format!("/afspraken/{agreed}")).await;
            assert!(page.status == 200 && !page.body.contains("mailto:"), "{} {seat:?}", server.name);
        }
    });
}
