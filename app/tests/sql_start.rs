//! Stories of the start page, on both engines: a question about hours waits for whoever may answer it, and for nobody else.

#[path = "support/pots.rs"]
mod pots;
#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    hours::{
        sql as book,
        verbs::{self as hours, Wanted},
    },
    session::Me,
    start::{Home, home},
    wijkpot::verbs::{self, AskReserve},
};
use domain::{
    BoardId, Minutes, PersonId,
    hours::{AboutKind, Month, Party},
    people::{Actor, Role, Scope},
    policy::Setting,
};
use pots::{Neighbour, Pots, all_pots, november};
use uuid::Uuid;
use world::now;

impl Pots {
    async fn start(&self, person: PersonId, role: Role, scope: Scope) -> Home {
        let me = Me {
            actor: Actor { person, partnership: self.world.partnership, roles: vec![(role, scope)] },
            name: "Fenna Hoekema".to_owned(),
            email: String::new(),
            partnership_name: "Vlietland".to_owned(),
            revision: None,
            role,
            scope,
            place: String::new(),
        };
        let mut tx = self.world.db.read().await.expect("a reader");
        home(&mut tx, &me, now()).await.expect("a start page")
    }

    /// What waits for somebody who never did anything here.
    async fn tasks(&self, role: Role, scope: Scope) -> Vec<String> {
        titles(&self.start(PersonId(Uuid::now_v7()), role, scope).await)
    }

    async fn school(&self, school: Neighbour) -> Vec<String> {
        titles(&self.start(school.coordinator, Role::Coordinator, Scope::School(school.school)).await)
    }
}

fn titles(home: &Home) -> Vec<String> {
    home.tasks.iter().flatten().map(|task| task.title.replace('\u{a0}', " ")).collect()
}

const NOBODY: [&str; 0] = [];

#[tokio::test]
async fn a_gift_waits_for_its_board_or_is_news_to_it() {
    for pots in all_pots().await {
        pots.choose(Setting::BoardConsent, "required").await;
        pots.donate(pots.vuurtoren, 60, "a").await.expect("asked");
        let wants = ["De Vuurtoren wil 1 u doneren"];
        assert_eq!(pots.tasks(Role::BoardContact, Scope::Board(pots.board)).await, wants, "{}", pots.name());
        assert_eq!(pots.tasks(Role::Counsellor, Scope::Board(pots.board)).await, NOBODY, "{}", pots.name());
        assert_eq!(pots.tasks(Role::BoardContact, Scope::Board(pots.world.board)).await, NOBODY, "{}", pots.name());

        pots.choose(Setting::BoardConsent, "notified").await;
        pots.donate(pots.vuurtoren, 30, "b").await.expect("given");
        let told = async |board: BoardId| {
            let home = pots.start(PersonId(Uuid::now_v7()), Role::BoardContact, Scope::Board(board)).await;
            home.news.into_iter().map(|news| (news.text.replace('\u{a0}', " "), news.when)).collect::<Vec<_>>()
        };
        let news = ("De Vuurtoren gaf 30 min De Wissel aan Wijkpot Havenkwartier.".to_owned(), "vandaag".to_owned());
        assert_eq!(told(pots.board).await, [news], "{}", pots.name());
        assert_eq!(told(pots.world.board).await, [], "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_draw_that_was_put_right_is_news_to_its_school_for_a_week() {
    for pots in all_pots().await {
        let (partnership, by, school) = (pots.world.partnership, pots.world.coordinator, pots.oeverpark);
        pots.donate(pots.vuurtoren, 60, "a").await.expect("given");
        let draw = pots.ask(school, 60, "b").await.expect("drawn");
        pots.run(async |tx| {
            let posting = book::postings_about(tx, partnership, AboutKind::Draw.code(), draw.0).await?.remove(0);
            hours::reverse(tx, partnership, by, posting.seq, "Verkeerde school.", "right", now()).await
        })
        .await
        .expect("put right");
        let told = async |to: Neighbour| {
            let home = pots.start(to.coordinator, Role::Coordinator, Scope::School(to.school)).await;
            home.news.into_iter().map(|news| news.text.replace('\u{a0}', " ")).collect::<Vec<_>>()
        };
        let news = "1 u De Wissel die je opnam, is teruggedraaid. Reden: Verkeerde school.";
        assert_eq!(told(school).await, [news], "{}", pots.name());
        assert_eq!(told(pots.springplank).await, NOBODY, "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_draw_waits_for_the_team_of_its_district_or_for_other_schools() {
    for pots in all_pots().await {
        let (team, elsewhere) = (Scope::District(pots.world.district), Scope::District(Uuid::now_v7().into()));
        let draw = pots.ask(pots.oeverpark, 300, "a").await.expect("asked");
        let wants = ["Oeverpark vraagt 5 u uit Wijkpot Havenkwartier"];
        assert_eq!(pots.tasks(Role::DistrictTeam, team).await, wants, "{}", pots.name());
        assert_eq!(pots.tasks(Role::DistrictTeam, elsewhere).await, NOBODY, "{}", pots.name());
        assert_eq!(pots.school(pots.springplank).await, NOBODY, "{}: the team decides", pots.name());

        pots.choose(Setting::DrawDecision, "network").await;
        assert_eq!(pots.tasks(Role::DistrictTeam, team).await, NOBODY, "{}: schools decide", pots.name());
        assert_eq!(pots.school(pots.springplank).await, wants, "{}", pots.name());
        assert_eq!(pots.school(pots.oeverpark).await, NOBODY, "{}: its own", pots.name());
        let (partnership, other) = (pots.world.partnership, pots.springplank);
        pots.run(async |tx| verbs::vote(tx, partnership, other.coordinator, (draw, other.school, true), now()).await).await.expect("said");
        assert_eq!(pots.school(other).await, NOBODY, "{}: it has spoken", pots.name());
        assert_eq!(pots.school(pots.vuurtoren).await, wants, "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_reserve_waits_for_the_office_and_another_month_for_the_other_party() {
    for pots in all_pots().await {
        let (partnership, supplier, school) = (pots.world.partnership, pots.world.supplier, pots.oeverpark);
        let ask = AskReserve { school: school.school, supplier, month: november(), minutes: Minutes(60), reason: "Een nieuwe leerling." };
        pots.run(async |tx| verbs::ask_reserve(tx, partnership, school.coordinator, ask, "r", now()).await).await.expect("asked");
        assert_eq!(pots.tasks(Role::Registrar, Scope::Partnership).await, ["Oeverpark vraagt 1 u uit de reserve"], "{}", pots.name());
        assert_eq!(pots.tasks(Role::Auditor, Scope::Partnership).await, NOBODY, "{}", pots.name());

        let wanted = Wanted {
            supplier,
            board: pots.world.board,
            school: None,
            from: november(),
            to: Month::new(2026, 12).expect("a month"),
            minutes: Minutes(60),
            reason: "De cursus is in december.".to_owned(),
        };
        let by = pots.world.specialist_person;
        pots.run(async |tx| hours::ask(tx, partnership, by, Party::Supplier, wanted, "d", now()).await).await.expect("asked");
        let wants = ["De Wissel vraagt 1 u van november in december"];
        assert_eq!(pots.tasks(Role::BoardContact, Scope::Board(pots.world.board)).await, wants, "{}", pots.name());
        assert_eq!(pots.tasks(Role::BoardContact, Scope::Board(pots.board)).await, NOBODY, "{}", pots.name());
        assert_eq!(pots.tasks(Role::SupplierPlanner, Scope::Supplier(supplier)).await, NOBODY, "{}: its own question", pots.name());
        pots.world.is_sound().await;
    }
}
