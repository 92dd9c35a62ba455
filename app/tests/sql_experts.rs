//! Stories of experts on both engines: who is found, when they are free, and what they say of it themselves.

#![expect(clippy::unwrap_used, reason = "a story may stop at a broken database")]

mod support;

use app::{
    db::{Db, Tx},
    execute,
    experts::{self, Ask, Asker, Asking, Results, sql},
    organisations::{self, sql::SchoolFacts},
    people,
    session::Me,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ExpertiseId, Minutes, PartnershipId, PersonId, SchoolId, SpecialistId, SupplierId, WijkId,
    availability::{Calendar, Exception, ExceptionKind, Place, Weekly, parse_weekly, print_weekly, slots},
    experts::Spendable,
    people::{Actor, Role, Scope},
    time,
};
use std::collections::HashMap;
use support::databases;
use uuid::Uuid;

/// A Tuesday.
fn now() -> DateTime<Utc> {
    "2026-11-17T11:00:00Z".parse().expect("an instant")
}

/// A page as this person sees it; none when nobody is there.
async fn profile(db: &Db, me: &Me, specialist: SpecialistId) -> Option<experts::Profile> {
    let mut snapshot = db.clone().snapshot();
    let roster = experts::roster(&mut snapshot, me.partnership(), now()).await.expect("a roster");
    let here = experts::payer_of(&mut snapshot, me, now()).await.expect("a school or none");
    roster.person(specialist).map(|known| experts::profile(&roster, known, Option::as_ref(&here).map(|payer| &payer.school), "", now()))
}

struct World {
    partnership: PartnershipId,
    wissel: SupplierId,
    brink: SupplierId,
    haven: WijkId,
    school: SchoolId,
    coordinator: PersonId,
    expertises: HashMap<String, ExpertiseId>,
}

/// A partnership with a taxonomy, two suppliers, a school in Havenkwartier, and nobody to find yet.
async fn world(db: &Db) -> World {
    let mut tx = db.write_unscoped().await.expect("a writer");
    let tx_ = &mut tx;
    let code = format!("P{}", &Uuid::now_v7().simple().to_string()[20..]);
    let partnership = organisations::sql::put_partnership(tx_, &code, Some("Vlietland"), now()).await.expect("a partnership");
    let wissel = organisations::sql::put_supplier(tx_, partnership, "De Wissel").await.expect("a supplier");
    let brink = organisations::sql::put_supplier(tx_, partnership, "De Brink").await.expect("a supplier");
    let district = organisations::sql::put_district(tx_, partnership, "Noord").await.expect("a district");
    let haven = organisations::sql::put_wijk(tx_, partnership, "Havenkwartier", district).await.expect("a wijk");
    let facts = SchoolFacts { brin: "00AP00".into(), name: "De Meerpaal".into(), ..SchoolFacts::default() };
    let school = organisations::sql::put_school(tx_, partnership, &facts, haven).await.expect("a school");
    sql::plant_taxonomy(tx_, partnership).await.expect("a taxonomy");
    let expertises = sql::taxonomy(tx_, partnership).await.expect("a taxonomy");
    let expertises = expertises.into_iter().map(|row| (row.slug, row.id.into())).collect();
    let coordinator = PersonId(Uuid::now_v7());
    let email = format!("fenna@{code}.example");
    people::sql::insert(tx_, partnership, coordinator, &email, "Fenna Hoekema", now()).await.expect("a person");
    tx.commit().await.expect("committed");
    World { partnership, wissel, brink, haven, school, coordinator, expertises }
}

impl World {
    /// A specialist with one expertise, proven until the end of 2028 unless said otherwise, and a week.
    async fn specialist(&self, db: &Db, name: &str, supplier: SupplierId, slug: &str, week: &str) -> SpecialistId {
        self.proven_until(db, name, supplier, slug, week, "2028-12-31").await
    }

    async fn proven_until(&self, db: &Db, name: &str, supplier: SupplierId, slug: &str, week: &str, until: &str) -> SpecialistId {
        let mut tx = db.write(self.partnership).await.expect("a writer");
        let person = PersonId(Uuid::now_v7());
        let email = format!("{}@example.org", person.0.simple());
        people::sql::insert(&mut tx, self.partnership, person, &email, name, now()).await.expect("a person");
        let new = sql::NewSpecialist {
            person,
            supplier,
            headline: "",
            about: "Kijkt eerst mee.\nMaakt dan een plan.",
            postcode: "4707 AB",
            wijk: Some(self.haven),
            languages: "Nederlands",
            levels: "leerling,groep",
            direct: false,
        };
        let id = sql::put_specialist(&mut tx, self.partnership, &new).await.expect("a specialist");
        let until = until.parse().expect("a date");
        let expertise = self.expertises.get(slug).copied().expect("an expertise of the taxonomy");
        sql::set_expertises(&mut tx, id, &[(expertise, "gespecialiseerd", "Diploma", Some(until))]).await.expect("expertises");
        sql::set_weekly(&mut tx, id, &parse_weekly(week).expect("a week")).await.expect("a pattern");
        tx.commit().await.expect("committed");
        experts::forget(self.partnership);
        id
    }

    async fn book(&self, tx: &mut Tx, specialist: SpecialistId, starts_at: &str, status: &str) {
        let id = Uuid::now_v7();
        let starts_at: DateTime<Utc> = starts_at.parse().expect("an instant");
        execute!(
            tx,
            "insert into bookings (id, partnership_id, number, school_id, specialist_id, supplier_id, starts_at, minutes, month, status, level,
                 question, goal, parents_informed, asked_by, asked_at, form_key)
             values ($1, $2, (select count(*) + 1 from bookings where partnership_id = $2), $3, $4, $5, $6, $7, '2026-11', $8, 'groep',
                 'Een geheime vraag', '', false, $9, $10, $11)",
            id,
            self.partnership.0,
            self.school.0,
            specialist.0,
            self.wissel.0,
            starts_at,
            60_i64,
            status,
            self.coordinator.0,
            now(),
            id.to_string()
        )
        .expect("a booking");
    }

    fn me(&self, roles: Vec<(Role, Scope)>) -> Me {
        let (role, scope) = roles[0];
        Me {
            actor: Actor { person: self.coordinator, partnership: self.partnership, roles },
            name: "Fenna Hoekema".into(),
            email: "fenna@example.org".into(),
            partnership_name: "Vlietland".into(),
            revision: None,
            role,
            scope,
            place: "De Meerpaal".into(),
        }
    }

    async fn asker(&self, db: &Db) -> Asker {
        let me = self.me(vec![(Role::Coordinator, Scope::School(self.school))]);
        let asker = experts::asker(&mut db.clone().snapshot(), &me, now()).await.expect("an answer");
        Option::clone(&asker).expect("a school")
    }

    async fn find(&self, db: &Db, ask: Ask, asker: Option<&Asker>) -> Results {
        let mut snapshot = db.clone().snapshot();
        let roster = experts::roster(&mut snapshot, self.partnership, now()).await.expect("a roster");
        let me = self.me(vec![(Role::Administrator, Scope::Partnership)]);
        let busy = experts::ahead(&mut snapshot, &me, now()).await.expect("what they have to do");
        let heard = experts::hear(&ask, &roster);
        let calendars = experts::calendars(&roster.patterns, &busy, &heard.who(&roster));
        experts::find(&ask, &heard, &Asking { roster: &roster, calendars: &calendars, asker, partnership: "Vlietland", now: now() })
    }
}

fn words(q: &str) -> Ask {
    Ask { q: q.into(), ..Ask::default() }
}

fn names(results: &Results) -> Vec<&str> {
    results.found.iter().map(|found| found.name.as_str()).collect()
}

#[tokio::test]
async fn people_are_found_by_typing_errors_everyday_words_english_and_name() {
    for test in databases().await {
        let world = world(&test.db).await;
        world.specialist(&test.db, "Thijs Oldenkamp", world.wissel, "hoogbegaafdheid", "do 9:00-12:00").await;
        world.specialist(&test.db, "Mees Tammer", world.brink, "dyslexie", "vr 9:00-12:00").await;
        for typed in ["hoogbegaafdheid", "hoogbegaaftheid", "plusklas", "giftedness", "Thijs", "oldenkamp"] {
            let results = world.find(&test.db, words(typed), None).await;
            assert_eq!(names(&results), ["Thijs Oldenkamp"], "{}: {typed}", test.name);
        }
        assert_eq!(names(&world.find(&test.db, words("dyslexsie"), None).await), ["Mees Tammer"]);
        let corrected = world.find(&test.db, words("hoogbegaaftheid"), None).await;
        let meant = corrected.meant.expect("a correction");
        assert_eq!((corrected.title.as_str(), meant.corrected.as_str()), ("1 expert voor hoogbegaafdheid", "hoogbegaafdheid"));
        assert_eq!(meant.href, "/zoeken?q=hoogbegaaftheid&precies=ja");
        let as_typed = world.find(&test.db, Ask { precies: "ja".into(), ..words("dyslexsie") }, None).await;
        assert!(as_typed.found.is_empty() && as_typed.meant.is_none());
        assert!(as_typed.nothing.expect("ways on").ways.iter().any(|way| way.href == "/zoeken?expertise=dyslexie"));
    }
}

#[tokio::test]
async fn nobody_found_leads_somewhere_and_no_question_shows_every_expertise() {
    for test in databases().await {
        let world = world(&test.db).await;
        world.specialist(&test.db, "Thijs Oldenkamp", world.wissel, "hoogbegaafdheid", "do 9:00-12:00").await;
        let browsing = world.find(&test.db, Ask::default(), None).await;
        let count: usize = browsing.browse.iter().map(|shelf| shelf.expertises.len()).sum();
        assert_eq!(count, world.expertises.len());
        assert!(browsing.nothing.is_none());
        for typed in ["muziektherapie", "!!!", "hulp", "x", &"z".repeat(500)] {
            let results = world.find(&test.db, words(typed), None).await;
            assert!(results.nothing.is_some() || !results.browse.is_empty(), "{typed}");
        }
        let filtered = Ask { leverancier: "de-brink".into(), wijk: "havenkwartier".into(), ..words("hoogbegaafdheid") };
        let nothing = world.find(&test.db, filtered, None).await.nothing.expect("ways on");
        assert_eq!(nothing.why, "Zonder filters is er wel 1 expert.");
        assert_eq!(nothing.ways[0].href, "/zoeken?q=hoogbegaafdheid");
    }
}

#[tokio::test]
async fn filters_narrow_and_moments_obey_the_filters_on_time() {
    for test in databases().await {
        let world = world(&test.db).await;
        world.specialist(&test.db, "Thijs Oldenkamp", world.wissel, "hoogbegaafdheid", "do 9:00-12:00 13:00-16:00").await;
        world.specialist(&test.db, "Ilse van Grootheest", world.brink, "hoogbegaafdheid", "ma 9:00-12:00").await;
        let by = |ask: Ask| Ask { q: "hoogbegaafdheid".into(), ..ask };
        let brink = world.find(&test.db, by(Ask { leverancier: "de-brink".into(), ..Ask::default() }), None).await;
        assert_eq!(names(&brink), ["Ilse van Grootheest"]);
        assert_eq!(brink.chips[0].href, "/zoeken?q=hoogbegaafdheid");
        let afternoon = world.find(&test.db, by(Ask { dagdeel: "middag".into(), voor: "2026-11-20".into(), ..Ask::default() }), None).await;
        assert_eq!(names(&afternoon), ["Thijs Oldenkamp"]);
        let moments: Vec<_> = afternoon.found[0].moments.iter().map(|way| way.label.as_str()).collect();
        assert_eq!(moments, ["do 19 nov, 13.00", "do 19 nov, 14.00", "do 19 nov, 15.00"]);
        assert!(afternoon.found[0].moments[0].href.contains("&duur=60&moment=2026-11-19T13:00"), "{}", afternoon.found[0].moments[0].href);
        assert_eq!(afternoon.chips.iter().map(|chip| chip.label.as_str()).collect::<Vec<_>>(), ["Vrij voor 20 november", "Middag"]);
        let nonsense =
            Ask { niveau: "baas".into(), wijk: "nergens".into(), voor: "ooit".into(), pagina: "-3".into(), ..words("hoogbegaafdheid") };
        assert_eq!(world.find(&test.db, nonsense, None).await.found.len(), 2, "what is no filter filters nothing");
        let school = world.find(&test.db, by(Ask { niveau: "school".into(), ..Ask::default() }), None).await;
        assert!(school.found.is_empty());
    }
}

#[tokio::test]
async fn a_long_list_has_pages_of_ten() {
    for test in databases().await {
        let world = world(&test.db).await;
        for number in 10..22 {
            let name = format!("Expert {number}");
            world.specialist(&test.db, &name, world.wissel, "angst", "do 9:00-12:00").await;
        }
        let first = world.find(&test.db, words("angst"), None).await;
        assert_eq!((first.found.len(), first.pages, first.after.as_deref()), (10, 2, Some("/zoeken?q=angst&pagina=2")));
        let last = world.find(&test.db, Ask { pagina: "99".into(), ..words("angst") }, None).await;
        assert_eq!((last.found.len(), last.page, last.before.as_deref()), (2, 2, Some("/zoeken?q=angst")));
        assert_eq!(last.title, "12 experts voor angst");
    }
}

#[tokio::test]
async fn a_school_sees_its_hours_distance_and_who_was_there_before() {
    for test in databases().await {
        let world = world(&test.db).await;
        let thijs = world.specialist(&test.db, "Thijs Oldenkamp", world.wissel, "hoogbegaafdheid", "do 9:00-12:00").await;
        let mut tx = test.db.write(world.partnership).await.unwrap();
        world.book(&mut tx, thijs, "2026-10-08T07:00:00Z", "done").await;
        tx.commit().await.unwrap();
        let mut asker = world.asker(&test.db).await;
        asker.hours.insert(world.wissel, Spendable { own: Minutes(120), ..Spendable::default() });
        let results = world.find(&test.db, words("hoogbegaafdheid"), Some(&asker)).await;
        let found = &results.found[0];
        assert_eq!(found.travel, ", zelfde wijk");
        let hours = found.hours.as_ref().expect("hours");
        assert_eq!(hours.keys[0].amount, "2\u{a0}u");
        for reason in ["Werkt al in jouw wijk, Havenkwartier.", "Was eerder op De Meerpaal."] {
            assert!(found.why.iter().any(|why| why == reason), "{:?}", found.why);
        }
        let without = world.find(&test.db, words("hoogbegaafdheid"), None).await;
        assert!(without.found[0].hours.is_none() && without.found[0].travel.is_empty());
        assert!(!without.found[0].why.iter().any(|why| why.contains("uren")), "{:?}", without.found[0].why);
    }
}

#[tokio::test]
async fn somebody_whose_proof_lapsed_comes_last_and_offers_no_moment() {
    for test in databases().await {
        let world = world(&test.db).await;
        world.proven_until(&test.db, "Anna Verlopen", world.wissel, "angst", "do 9:00-12:00", "2026-11-16").await;
        world.proven_until(&test.db, "Bea Bijna", world.wissel, "angst", "do 9:00-12:00", "2026-12-01").await;
        let results = world.find(&test.db, words("angst"), None).await;
        assert_eq!(names(&results), ["Bea Bijna", "Anna Verlopen"]);
        assert!(results.found[0].proofs[0].chip.is_some() && !results.found[0].moments.is_empty());
        assert!(results.found[1].moments.is_empty() && results.found[1].no_moments.contains("verlopen"));
    }
}

#[tokio::test]
async fn another_partnerships_people_never_show() {
    for test in databases().await {
        let (here, there) = (world(&test.db).await, world(&test.db).await);
        let elsewhere = there.specialist(&test.db, "Vera Elders", there.wissel, "angst", "do 9:00-12:00").await;
        here.specialist(&test.db, "Hans Hier", here.wissel, "dyslexie", "do 9:00-12:00").await;
        for ask in [
            words("angst"),
            words("Vera"),
            Ask { expertise: "angst".into(), ..Ask::default() },
            Ask { wijk: "havenkwartier".into(), ..Ask::default() },
        ] {
            let results = here.find(&test.db, ask, None).await;
            assert!(!names(&results).contains(&"Vera Elders"), "{}", test.name);
        }
        let mut tx = test.db.read().await.unwrap();
        assert!(sql::specialist(&mut tx, here.partnership, elsewhere).await.unwrap().is_none());
        let me = here.me(vec![(Role::Administrator, Scope::Partnership)]);
        assert!(profile(&test.db, &me, elsewhere).await.is_none());
        let patterns = sql::patterns(&mut tx, here.partnership, time::local_date(now())).await.unwrap();
        let until = now() + TimeDelta::days(14);
        let busy = sql::busy(&mut tx, here.partnership, now(), until).await.unwrap();
        let seen = experts::calendars(&patterns, &busy, &[elsewhere]);
        assert_eq!(seen.get(&elsewhere), Some(&Calendar::default()), "{}", test.name);
        assert!(sql::busy_of(&mut tx, here.partnership, elsewhere, now(), until).await.unwrap().is_empty(), "{}", test.name);
        assert!(sql::visits(&mut tx, here.partnership, elsewhere, now(), now()).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_calendar_from_the_database_gives_the_slots_of_the_domain() {
    for test in databases().await {
        let world = world(&test.db).await;
        let thijs = world.specialist(&test.db, "Thijs Oldenkamp", world.wissel, "angst", "do 9:00-12:00; vr 9:00-10:00").await;
        let mut tx = test.db.write(world.partnership).await.unwrap();
        world.book(&mut tx, thijs, "2026-11-19T08:00:00Z", "accepted").await;
        world.book(&mut tx, thijs, "2026-11-19T10:00:00Z", "declined").await;
        let away = Exception {
            starts_on: "2026-11-20".parse().unwrap(),
            ends_on: "2026-11-20".parse().unwrap(),
            from: None,
            until: None,
            kind: ExceptionKind::Away,
            note: "cursus".into(),
        };
        let exception = sql::insert_exception(&mut tx, thijs, &away).await.unwrap();
        organisations::sql::put_holiday(
            &mut tx,
            world.partnership,
            "Vrije dag",
            "2026-11-26".parse().unwrap(),
            "2026-11-26".parse().unwrap(),
        )
        .await
        .unwrap();
        let until = now() + TimeDelta::days(14);
        let one = sql::calendar(&mut tx, world.partnership, thijs, now(), until).await.unwrap();
        let patterns = sql::patterns(&mut tx, world.partnership, time::local_date(now())).await.unwrap();
        let busy = sql::busy(&mut tx, world.partnership, now(), until).await.unwrap();
        let all = experts::calendars(&patterns, &busy, &[thijs]);
        assert_eq!(all.get(&thijs), Some(&one), "{}: alone and among all the calendar is the same", test.name);
        let place = Place { school: world.school, wijk: Some(world.haven), district: None };
        let free = slots(&one, Minutes(60), &place, "2026-11-17".parse().unwrap(), 14, now());
        let shown: Vec<String> = free.iter().map(domain::availability::Slot::value).collect();
        assert_eq!(
            shown,
            ["2026-11-19T10:00", "2026-11-19T10:15", "2026-11-19T10:30", "2026-11-19T10:45", "2026-11-19T11:00", "2026-11-27T09:00"],
            "{}",
            test.name
        );
        assert!(sql::delete_exception(&mut tx, thijs, exception).await.unwrap());
        assert!(!sql::delete_exception(&mut tx, thijs, exception).await.unwrap(), "it is gone");
        assert_eq!(sql::visits(&mut tx, world.partnership, thijs, now(), until).await.unwrap().len(), 1, "what was declined is no visit");
    }
}

#[tokio::test]
async fn a_weekly_pattern_comes_back_as_it_was_written() {
    for test in databases().await {
        let world = world(&test.db).await;
        let thijs = world.specialist(&test.db, "Thijs Oldenkamp", world.wissel, "angst", "").await;
        for week in ["ma 6:00-22:00", "do 8:30-12:00 12:45-16:00; vr 8:30-12:00; zo 10:15-10:45", ""] {
            let weekly: Weekly = parse_weekly(week).unwrap();
            let mut tx = test.db.write(world.partnership).await.unwrap();
            sql::set_weekly(&mut tx, thijs, &weekly).await.unwrap();
            tx.commit().await.unwrap();
            let mut tx = test.db.read().await.unwrap();
            let calendar = sql::calendar(&mut tx, world.partnership, thijs, now(), now()).await.unwrap();
            assert_eq!(print_weekly(&calendar.weekly), week, "{}", test.name);
        }
    }
}

#[tokio::test]
async fn a_profile_tells_what_a_school_may_expect_and_until_when_proof_counts() {
    for test in databases().await {
        let world = world(&test.db).await;
        let thijs = world.specialist(&test.db, "Thijs Oldenkamp", world.wissel, "hoogbegaafdheid", "do 9:00-12:00; vr 9:00-10:00").await;
        let me = world.me(vec![(Role::Coordinator, Scope::School(world.school))]);
        let profile = profile(&test.db, &me, thijs).await.unwrap();
        assert_eq!(profile.lede, "Expert in hoogbegaafdheid, werkt in jouw wijk");
        assert_eq!(profile.expect, ["Kijkt eerst mee.", "Maakt dan een plan."]);
        assert_eq!((profile.expertises[0].until.as_str(), profile.bookable), ("dec 2028", true));
        assert!(profile.facts.iter().any(|fact| fact.answer == "donderdag, vrijdag"));
        assert_eq!(profile.proof.unwrap().1, "Bewijs geldig tot december 2028");
    }
}
