//! Stories of own hours and pots, on both engines: nobody draws what others gave and keeps its own, by a gift that is taken back or a visit
//! that is called off; and what was drawn is told to the school when it goes back.

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
    hours::{
        sql::{self as hours, taken_of},
        verbs::reverse,
    },
    wijkpot::{
        sql::{self, WentBackRow},
        verbs::{self, AskReserve, Give},
    },
};
use domain::{
    DonationId, Minutes,
    bookings::Side,
    hours::{AboutKind, Holder, Month},
    policy::Setting,
    wijkpot::Donor,
};
use pots::{Neighbour, Pots, all_pots, november};
use world::{code, now, wish};

const MORNING: &str = "2026-11-19T08:30";
const AFTERNOON: &str = "2026-11-19T12:45";

impl Pots {
    fn meerpaal(&self) -> Neighbour {
        Neighbour { school: self.world.school, coordinator: self.world.coordinator }
    }

    async fn give_as(&self, by: Neighbour, give: Give, key: &str) -> Result<DonationId, AppError> {
        let partnership = self.world.partnership;
        self.run(async |tx| verbs::donate(tx, partnership, Some(by.coordinator), give, key, now()).await).await
    }

    /// A gift to the city-wide pot.
    async fn give_city(&self, from: Neighbour, minutes: i64) -> DonationId {
        let give = Give { pot: Some(self.city), ..self.give(from.school, minutes) };
        self.give_as(from, give, "city").await.expect("given")
    }

    async fn take_back(&self, by: Neighbour, gift: DonationId) -> Result<Minutes, AppError> {
        let partnership = self.world.partnership;
        self.run(async |tx| verbs::take_back(tx, partnership, by.coordinator, gift, now()).await).await
    }

    /// De Meerpaal sets all its five hours aside in two visits, and draws half an hour of the hour that De Vuurtoren gave; De Springplank
    /// waits for an hour. Answers the visits of the morning and the afternoon.
    async fn away(&self) -> [domain::BookingId; 2] {
        self.donate(self.vuurtoren, 60, "gift").await.expect("given");
        let morning = self.world.ask(&wish(MORNING, "210"), "morning").await.expect("booked");
        let afternoon = self.world.ask(&wish(AFTERNOON, "90"), "afternoon").await.expect("booked");
        self.ask(self.meerpaal(), 30, "mine").await.expect("drawn");
        assert_eq!((self.has(self.meerpaal()).await, self.in_pot().await), (30, 30), "{}", self.name());
        [morning, afternoon]
    }

    /// What went back of what De Meerpaal drew.
    async fn went_back(&self) -> Vec<WentBackRow> {
        let mut tx = self.world.db.read().await.expect("a reader");
        sql::went_back(&mut tx, self.world.partnership, self.world.school, november()).await.expect("rows")
    }

    /// What De Meerpaal took from pots in November.
    async fn took(&self) -> i64 {
        let mut tx = self.world.db.read().await.expect("a reader");
        taken_of(&mut tx, self.world.partnership, november(), self.world.school).await.expect("sums").pots.0
    }
}

#[tokio::test]
async fn nobody_gives_to_one_pot_draws_from_another_and_takes_its_gift_back() {
    for pots in all_pots().await {
        pots.donate(pots.vuurtoren, 120, "others").await.expect("given");
        let gift = pots.give_city(pots.meerpaal(), 300).await;
        pots.ask(pots.meerpaal(), 120, "draw").await.expect("drawn");
        assert_eq!((pots.in_pot().await, pots.has(pots.meerpaal()).await), (0, 120), "{}: what De Vuurtoren gave", pots.name());
        assert_eq!(pots.take_back(pots.meerpaal(), gift).await.ok(), Some(Minutes(180)), "{}: what it drew is its own", pots.name());
        assert_eq!(pots.has(pots.meerpaal()).await, 300, "{}: as before it gave", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn what_a_pot_paid_for_a_visit_counts_as_the_schools_own_gift_as_well() {
    for pots in all_pots().await {
        pots.choose(Setting::BoardMandate, "no").await;
        pots.donate(pots.vuurtoren, 240, "others").await.expect("given");
        let gift = pots.give_city(pots.meerpaal(), 300).await;
        pots.world.ask(&wish(MORNING, "210"), "visit").await.expect("the pot pays");
        assert_eq!(pots.in_pot().await, 30, "{}", pots.name());
        assert_eq!(pots.take_back(pots.meerpaal(), gift).await.ok(), Some(Minutes(90)), "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_gift_that_was_used_whole_is_refused_in_words() {
    for pots in all_pots().await {
        pots.donate(pots.meerpaal(), 300, "others").await.expect("given");
        let gift = pots.give_city(pots.vuurtoren, 240).await;
        pots.ask(pots.vuurtoren, 240, "draw").await.expect("drawn");
        let back = pots.take_back(pots.vuurtoren, gift).await;
        assert_eq!(code(&back), "gift_used", "{}", pots.name());
        assert_eq!(pots.has(pots.vuurtoren).await, 240, "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_board_takes_back_less_when_a_school_that_may_book_its_hours_drew() {
    for (mandate, left) in [("yes", 30), ("no", 60)] {
        for pots in all_pots().await {
            pots.choose(Setting::BoardMandate, mandate).await;
            pots.donate(pots.vuurtoren, 120, "others").await.expect("given");
            pots.world.ask(&wish(MORNING, "210"), "morning").await.expect("booked");
            pots.world.ask(&wish(AFTERNOON, "90"), "afternoon").await.expect("booked");
            let give = Give { donor: Donor::Board(pots.world.board), ..pots.give(pots.world.school, 60) };
            let gift = pots.give_as(pots.meerpaal(), give, "board").await.expect("given");
            pots.ask(pots.meerpaal(), 30, "draw").await.expect("drawn");
            assert_eq!(pots.take_back(pots.meerpaal(), gift).await.ok(), Some(Minutes(left)), "{}: {mandate}", pots.name());
            pots.world.is_sound().await;
        }
    }
}

#[tokio::test]
async fn who_calls_a_visit_off_gives_back_what_it_drew_and_who_waits_has_it() {
    for pots in all_pots().await {
        let [_, afternoon] = pots.away().await;
        let waits = pots.ask(pots.springplank, 60, "theirs").await.expect("asked");
        assert_eq!(pots.state(waits).await, "asked", "{}", pots.name());
        pots.world.cancel(afternoon, now()).await.expect("called off");
        assert_eq!(pots.has(pots.meerpaal()).await, 90, "{}: its own hours, and no more", pots.name());
        assert_eq!((pots.state(waits).await.as_str(), pots.has(pots.springplank).await), ("granted", 60), "{}", pots.name());
        let back = pots.went_back().await;
        assert_eq!((back.len(), back[0].minutes, back[0].is_put_right()), (1, 30, false), "{}", pots.name());
        assert_eq!((back[0].reason.as_str(), pots.took().await), (domain::wijkpot::OWN_AGAIN, 0), "{}", pots.name());
        let flows = {
            let mut tx = pots.world.db.read().await.expect("a reader");
            sql::flows(&mut tx, pots.world.partnership, pots.pot, november().school_year()).await.expect("flows")
        };
        assert!(flows.iter().any(|flow| (flow.kind.as_str(), flow.minutes) == ("returned", 30)), "{}: {flows:?}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_visit_that_took_less_or_moves_gives_back_as_much_as_really_came() {
    for pots in all_pots().await {
        let [morning, afternoon] = pots.away().await;
        let moved = pots.world.move_to(afternoon, "2026-11-20T08:30", 90, "move").await.expect("moved");
        assert_eq!((pots.has(pots.meerpaal()).await, pots.in_pot().await), (30, 30), "{}: nothing came", pots.name());
        let shorter = pots.world.move_to(moved, "2026-11-20T09:00", 75, "shorter").await.expect("moved");
        assert_eq!((pots.has(pots.meerpaal()).await, pots.in_pot().await), (30, 45), "{}: a quarter for a quarter", pots.name());
        pots.world.accept(morning).await;
        pots.world.done(morning, 120, world::at("2026-11-19T12:30")).await.expect("recorded");
        assert_eq!((pots.has(pots.meerpaal()).await, pots.in_pot().await), (105, 60), "{}: the rest of the draw", pots.name());
        pots.world.cancel(shorter, now()).await.expect("called off");
        assert_eq!((pots.has(pots.meerpaal()).await, pots.in_pot().await), (180, 60), "{}: nothing is left to give back", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_draw_of_which_a_part_went_back_is_not_put_right_as_if_it_were_whole() {
    for pots in all_pots().await {
        let [_, afternoon] = pots.away().await;
        let draw = pots.draw_of(pots.meerpaal()).await;
        let put_right = async |key: &'static str| {
            let (partnership, by) = (pots.world.partnership, pots.world.coordinator);
            pots.run(async |tx| {
                let posting = hours::postings_about(tx, partnership, AboutKind::Draw.code(), draw).await?.remove(0);
                reverse(tx, partnership, by, posting.seq, "Verkeerde school", key, now()).await
            })
            .await
        };
        pots.world.cancel(afternoon, now()).await.expect("called off");
        assert_eq!(code(&put_right("a").await), "hours_went_on", "{}", pots.name());
        assert_eq!(pots.in_pot().await, 60, "{}", pots.name());
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_school_hears_of_a_draw_that_was_put_right() {
    for pots in all_pots().await {
        pots.away().await;
        let (partnership, by, draw) = (pots.world.partnership, pots.world.coordinator, pots.draw_of(pots.meerpaal()).await);
        let (first, mirror) = pots
            .run(async |tx| {
                let posting = hours::postings_about(tx, partnership, AboutKind::Draw.code(), draw).await?.remove(0);
                Ok((posting.seq, reverse(tx, partnership, by, posting.seq, "Verkeerde school", "right", now()).await?))
            })
            .await
            .expect("put right");
        let back = pots.went_back().await;
        assert_eq!((back.len(), back[0].minutes, back[0].reason.as_str()), (1, 30, "Verkeerde school"), "{}", pots.name());
        assert!(back[0].is_put_right() && back[0].draw_id == draw, "{}", pots.name());
        let mut tx = pots.world.db.read().await.expect("a reader");
        let entry = hours::entry(&mut tx, partnership, first).await.expect("read").expect("it is there");
        assert_eq!((entry.reversed_by_seq, entry.reversed_because.as_deref()), (Some(mirror), Some("Verkeerde school")), "{}", pots.name());
        drop(tx);
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn what_waits_for_the_board_is_not_offered_twice() {
    for pots in all_pots().await {
        pots.choose(Setting::BoardConsent, "required").await;
        let first = pots.donate(pots.vuurtoren, 180, "a").await.expect("offered");
        assert_eq!(code(&pots.donate(pots.vuurtoren, 90, "b").await), "gift_waits", "{}", pots.name());
        pots.donate(pots.vuurtoren, 60, "c").await.expect("the rest");
        assert_eq!(code(&pots.donate(pots.vuurtoren, 15, "d").await), "gift_waits", "{}", pots.name());
        assert_eq!(pots.take_back(pots.vuurtoren, first).await.ok(), Some(Minutes::ZERO), "{}", pots.name());
        assert_eq!(pots.take_back(pots.vuurtoren, first).await.ok(), Some(Minutes::ZERO), "{}: tapped twice", pots.name());
        pots.donate(pots.vuurtoren, 180, "e").await.expect("free again");
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_reserve_is_asked_soon_not_too_often_and_for_one_reason() {
    for pots in all_pots().await {
        let (partnership, school, supplier) = (pots.world.partnership, pots.oeverpark, pots.world.supplier);
        let ask = AskReserve { school: school.school, supplier, month: november(), minutes: Minutes(60), reason: "Een nieuwe leerling." };
        let asked = async |ask: AskReserve<'static>, key: &str| {
            pots.run(async |tx| verbs::ask_reserve(tx, partnership, school.coordinator, ask, key, now()).await).await
        };
        let first = asked(ask, "a").await.expect("asked");
        let spaced = AskReserve { reason: " Een nieuwe leerling. ", ..ask };
        assert_eq!(asked(spaced, "a").await.ok(), Some(first), "{}: the same words", pots.name());
        assert_eq!(code(&asked(AskReserve { reason: "Een heel andere reden.", ..ask }, "a").await), "form_used", "{}", pots.name());
        for year in [2028, 2030, 2199] {
            let far = AskReserve { month: Month::new(year, 11).expect("a month"), ..ask };
            assert_eq!(code(&asked(far, "far").await), "month_far", "{}: {year}", pots.name());
        }
        for number in 1..domain::wijkpot::WAITING_MAX {
            asked(ask, &format!("more{number}")).await.expect("asked");
        }
        assert_eq!(code(&asked(ask, "most").await), "too_many_wait", "{}", pots.name());
        pots.run(async |tx| verbs::withdraw_reserve(tx, partnership, school.coordinator, first, now()).await).await.expect("withdrawn");
        asked(ask, "again").await.expect("there is room");
        pots.world.is_sound().await;
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_says_the_same_to_who_sent_it() {
    for pots in all_pots().await {
        let world = &pots.world;
        let (partnership, school, specialist) = (world.partnership, world.coordinator, world.specialist_person);
        let [morning, afternoon] = [(MORNING, "90", "one"), (AFTERNOON, "90", "two")];
        let morning = world.ask(&wish(morning.0, morning.1), morning.2).await.expect("booked");
        let afternoon = world.ask(&wish(afternoon.0, afternoon.1), afternoon.2).await.expect("booked");
        let accept = async |by| pots.run(async |tx| bookings::accept(tx, partnership, by, morning, Side::Specialist, now()).await).await;
        let first = accept(specialist).await.expect("accepted");
        assert_eq!(accept(specialist).await.ok(), Some(first), "{}", pots.name());
        assert_eq!(code(&accept(school).await), "booking_settled", "{}: somebody else", pots.name());
        let decline = async |reason: &'static str| {
            pots.run(async |tx| bookings::decline(tx, partnership, specialist, afternoon, Side::Specialist, reason, now()).await).await
        };
        let first = decline("Dan ben ik op cursus.").await.expect("declined");
        assert_eq!(decline(" Dan ben ik op cursus. ").await.ok(), Some(first), "{}", pots.name());
        assert_eq!(code(&decline("Toch een andere reden.").await), "booking_settled", "{}", pots.name());
        world.cancel(morning, now()).await.expect("called off");
        world.cancel(morning, now() + domain::again::AGAIN_WITHIN).await.expect("sent twice");
        let late = now() + domain::again::AGAIN_WITHIN + chrono::TimeDelta::seconds(1);
        assert_eq!(code(&world.cancel(morning, late).await), "booking_settled", "{}", pots.name());

        let gift = pots.donate(pots.vuurtoren, 120, "gift").await.expect("given");
        assert_eq!(pots.take_back(pots.vuurtoren, gift).await.ok(), Some(Minutes(120)), "{}", pots.name());
        assert_eq!(pots.take_back(pots.vuurtoren, gift).await.ok(), Some(Minutes(120)), "{}: once", pots.name());
        assert_eq!(code(&pots.take_back(pots.meerpaal(), gift).await), "donation_settled", "{}", pots.name());
        assert_eq!((pots.has(pots.vuurtoren).await, pots.has(pots.meerpaal()).await), (240, 300), "{}", pots.name());
        assert_eq!(world.holds(Holder::booking(afternoon)).await, 0, "{}", pots.name());
        world.is_sound().await;
    }
}
