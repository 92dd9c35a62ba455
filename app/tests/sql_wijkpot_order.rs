//! Stories of who goes first at a pot, on both engines: nobody is overtaken, nobody takes back what others gave, and a pot that changed
//! holds up nobody.

#[path = "support/pots.rs"]
mod pots;
#[path = "support/sound.rs"]
mod sound;
mod support;
#[path = "support/world.rs"]
mod world;

use app::{
    AppError,
    bookings::verbs as bookings,
    db::Tx,
    hours::{sql as hours, verbs as book},
    organisations, people,
    wijkpot::{
        sql,
        verbs::{self, Ask, AskReserve},
    },
};
use domain::{
    DonationId, Minutes,
    hours::{AboutKind, Holder, sources::Sources},
    people::{Role, Scope},
    policy::Setting,
    wijkpot::DrawWish,
};
use pots::{Neighbour, Pots, WISH, all_pots, november};
use world::{THURSDAY, code, now, wish};

impl Pots {
    fn meerpaal(&self) -> Neighbour {
        Neighbour { school: self.world.school, coordinator: self.world.coordinator }
    }

    async fn take_back(&self, by: Neighbour, gift: DonationId) -> Result<Minutes, AppError> {
        let partnership = self.world.partnership;
        self.run(async |tx| verbs::take_back(tx, partnership, by.coordinator, gift, now()).await).await
    }

    /// Puts the posting of a gift right by hand.
    async fn put_right(&self, gift: DonationId, key: &str) -> Result<i64, AppError> {
        let (partnership, by) = (self.world.partnership, self.world.coordinator);
        self.run(async |tx| {
            let posting = hours::postings_about(tx, partnership, AboutKind::Donation.code(), gift.0).await?.remove(0);
            book::reverse(tx, partnership, by, posting.seq, "Verkeerde school", key, now()).await
        })
        .await
    }

    async fn sources(&self, of: Neighbour) -> Sources {
        let (partnership, supplier) = (self.world.partnership, self.world.supplier);
        let mut tx = self.world.db.read().await.expect("a reader");
        let payer = hours::payer(&mut tx, partnership, of.school).await.expect("read").expect("a payer");
        hours::sources(&mut tx, partnership, &payer, supplier, november()).await.expect("sources")
    }

    async fn wait(&self, to: Neighbour, minutes: i64, urgentie: &'static str, key: &str) -> domain::DrawId {
        let ask = Ask { wish: DrawWish { urgentie, ..WISH }, ..self.wants(to.school, minutes) };
        let partnership = self.world.partnership;
        let asked = self.run(async |tx: &mut Tx| verbs::ask(tx, partnership, to.coordinator, ask, key, now()).await).await;
        let draw = asked.expect("asked");
        assert_eq!(self.state(draw).await, "asked", "{}", self.name());
        draw
    }
}

#[tokio::test]
async fn who_draws_uses_its_own_gift_and_takes_back_no_more_than_what_is_left_of_it() {
    for pots in all_pots().await {
        pots.donate(pots.vuurtoren, 120, "others").await.expect("given");
        let gift = pots.donate(pots.meerpaal(), 300, "own").await.expect("given");
        pots.ask(pots.meerpaal(), 120, "draw").await.expect("drawn");
        assert_eq!(pots.take_back(pots.meerpaal(), gift).await.ok(), Some(Minutes(180)), "{}", pots.name());
        assert_eq!((pots.has(pots.meerpaal()).await, pots.in_pot().await), (300, 120), "{}: what others gave is there", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_gift_comes_back_once_taken_back_or_put_right() {
    for pots in all_pots().await {
        pots.donate(pots.meerpaal(), 120, "others").await.expect("given");
        let gift = pots.donate(pots.vuurtoren, 120, "one").await.expect("given");
        pots.put_right(gift, "right").await.expect("put right");
        assert_eq!(code(&pots.take_back(pots.vuurtoren, gift).await), "donation_settled", "{}", pots.name());
        assert_eq!((pots.has(pots.vuurtoren).await, pots.in_pot().await), (240, 120), "{}", pots.name());

        let gift = pots.donate(pots.vuurtoren, 120, "two").await.expect("given");
        pots.take_back(pots.vuurtoren, gift).await.expect("taken back");
        assert_eq!(code(&pots.put_right(gift, "again").await), "hours_went_on", "{}", pots.name());
        assert_eq!((pots.has(pots.vuurtoren).await, pots.in_pot().await), (240, 120), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_booking_does_not_take_from_a_pot_what_another_school_waits_for() {
    for pots in all_pots().await {
        let draw = pots.wait(pots.oeverpark, 120, "normal", "a").await;
        pots.donate(pots.vuurtoren, 60, "b").await.expect("given");
        assert_eq!((pots.state(draw).await.as_str(), pots.in_pot().await), ("asked", 60), "{}: too little for it", pots.name());
        let sources = pots.sources(pots.springplank).await;
        assert_eq!((sources.total(), sources.lines.iter().map(|line| line.idle.0).sum::<i64>()), (Minutes::ZERO, 60), "{}", pots.name());
        let refusal = sources.pay(Minutes(60)).expect_err("another school waits");
        assert!(refusal.advice.contains("wacht een andere school"), "{}: {}", pots.name(), refusal.advice);
        assert_eq!(pots.sources(pots.oeverpark).await.total(), Minutes(60), "{}: its own question stops nobody else's", pots.name());
        let (partnership, by) = (pots.world.partnership, pots.oeverpark.coordinator);
        pots.run(async |tx| verbs::withdraw(tx, partnership, by, draw, now()).await).await.expect("withdrawn");
        assert_eq!(pots.sources(pots.springplank).await.total(), Minutes(60), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn the_team_gives_nobody_what_somebody_before_it_waits_for() {
    for pots in all_pots().await {
        let first = pots.wait(pots.oeverpark, 120, "high", "a").await;
        let second = pots.wait(pots.springplank, 300, "low", "b").await;
        pots.donate(pots.vuurtoren, 60, "c").await.expect("given");
        let (partnership, team) = (pots.world.partnership, pots.world.coordinator);
        let decide =
            async |draw, minutes| pots.run(async |tx| verbs::decide(tx, partnership, team, draw, Minutes(minutes), now()).await).await;
        assert_eq!(code(&decide(second, 60).await), "others_first", "{}", pots.name());
        assert_eq!(pots.in_pot().await, 60, "{}", pots.name());
        pots.donate(pots.vuurtoren, 120, "d").await.expect("given");
        assert_eq!((pots.state(first).await.as_str(), pots.in_pot().await), ("granted", 60), "{}", pots.name());
        decide(second, 60).await.expect("nobody stands before it");
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_wijk_that_moves_takes_its_questions_along_and_a_school_that_moves_holds_up_nobody() {
    for pots in all_pots().await {
        let moved = pots.wait(pots.oeverpark, 60, "normal", "a").await;
        let (partnership, wijk, other) = (pots.world.partnership, pots.world.wijk, pots.world.other_wijk);
        let north = pots.run(async |tx| verbs::arrange(tx, partnership, "Wijkpot Noord", &[wijk]).await).await.expect("a pot");
        assert_eq!(pots.draw(moved).await.pot_id, north.0, "{}", pots.name());
        pots.donate(pots.vuurtoren, 60, "b").await.expect("given");
        assert_eq!(pots.state(moved).await, "granted", "{}", pots.name());

        let left = pots.wait(pots.springplank, 60, "normal", "c").await;
        let school = pots.springplank.school;
        pots.run(async |tx| Ok(organisations::sql::move_school(tx, partnership, school, other).await?)).await.expect("moved");
        pots.donate(pots.vuurtoren, 60, "d").await.expect("a gift is a gift");
        assert_eq!(pots.state(left).await, "granted", "{}: from the pot it asked", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn who_works_for_the_asking_school_has_no_voice_about_it() {
    for pots in all_pots().await {
        pots.choose(Setting::DrawDecision, "network").await;
        let (partnership, asker, other) = (pots.world.partnership, pots.oeverpark, pots.springplank.school);
        let also =
            async |tx: &mut Tx| Ok(people::sql::grant(tx, partnership, asker.coordinator, Role::Coordinator, Scope::School(other)).await?);
        pots.run(also).await.expect("a second role");
        let draw = pots.wait(asker, 60, "normal", "a").await;
        let vote =
            async |person, school| pots.run(async |tx| verbs::vote(tx, partnership, person, (draw, school, true), now()).await).await;
        assert_eq!(code(&vote(asker.coordinator, other).await), "vote_outside", "{}", pots.name());
        vote(pots.springplank.coordinator, other).await.expect("another person of that school");
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn the_reserve_comes_after_a_pot_that_others_decide_about() {
    for pots in all_pots().await {
        pots.choose(Setting::DrawDecision, "district_team").await;
        let (partnership, supplier, school) = (pots.world.partnership, pots.world.supplier, pots.oeverpark);
        let ask = AskReserve { school: school.school, supplier, month: november(), minutes: Minutes(60), reason: "Een nieuwe leerling." };
        let asked = async |key: &'static str| {
            pots.run(async |tx| verbs::ask_reserve(tx, partnership, school.coordinator, ask, key, now()).await).await
        };
        let before = asked("a").await.expect("nothing else has hours");
        pots.donate(pots.vuurtoren, 60, "b").await.expect("given");
        assert_eq!(code(&asked("c").await), "other_sources_first", "{}", pots.name());
        let released = pots.run(async |tx| verbs::release(tx, partnership, school.coordinator, before, now()).await).await;
        assert_eq!(code(&released), "other_sources_first", "{}: hours came meanwhile", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn what_a_choice_or_a_booking_frees_is_given_to_who_waits() {
    for pots in all_pots().await {
        pots.choose(Setting::DrawDecision, "district_team").await;
        pots.donate(pots.vuurtoren, 60, "a").await.expect("given");
        let draw = pots.wait(pots.oeverpark, 60, "normal", "b").await;
        pots.choose(Setting::DrawDecision, "automatic").await;
        assert_eq!(pots.state(draw).await, "granted", "{}", pots.name());

        // Oeverpark books what it has, and then waits for nothing but hours.
        let world = &pots.world;
        let book = async |tx: &mut Tx| {
            let (by, school) = (pots.oeverpark.coordinator, pots.oeverpark.school);
            let fields = wish(THURSDAY, "60");
            bookings::ask(tx, world.partnership, by, school, world.specialist, &fields, Some(world.expertise), "book", now()).await
        };
        pots.donate(pots.vuurtoren, 60, "c").await.expect("given");
        pots.run(book).await.expect("booked");
        assert_eq!(pots.has(pots.oeverpark).await, 0, "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_pot_does_not_tell_which_school_a_pupil_is_at() {
    for pots in all_pots().await {
        pots.donate(pots.vuurtoren, 60, "a").await.expect("given");
        let (world, asker) = (&pots.world, pots.springplank);
        let booked = pots
            .run(async |tx| {
                let fields = wish(THURSDAY, "60");
                let (by, school) = (asker.coordinator, asker.school);
                bookings::ask(tx, world.partnership, by, school, world.specialist, &fields, Some(world.expertise), "b", now()).await
            })
            .await
            .expect("paid by the pot");
        let mut tx = world.db.read().await.expect("a reader");
        let moves = sql::moves(&mut tx, world.partnership, pots.pot, november().school_year()).await.expect("moves");
        let hold = moves.iter().find(|row| row.kind == "hold").expect("the booking");
        assert_eq!((hold.other.as_deref(), hold.level.as_deref()), (None, Some("leerling")), "{}", pots.name());
        drop(tx);
        assert_eq!(world.holds(Holder::booking(booked)).await, 60, "{}", pots.name());
        pots.world.is_sound().await;
    }
}
