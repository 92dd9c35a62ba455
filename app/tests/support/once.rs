//! A partnership with one supplier, a board, two of its schools, and a year in which everything happened once.
#![allow(dead_code, reason = "not every story uses every help")]

use app::{
    db::{Db, Tx},
    execute,
    hours::sql,
    organisations,
    organisations::sql::SchoolFacts,
    people,
    session::Me,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    BoardId, BookingId, Minutes, PartnershipId, PersonId, SchoolId, SpecialistId, SupplierId,
    hours::{
        AboutKind, AccountKey, Bucket, Holder, Month, PostingKind, SchoolYear, Transfer,
        lines::{Line, Movement},
    },
    people::{Actor, Role, Scope},
};
use uuid::Uuid;

pub fn noon() -> DateTime<Utc> {
    "2026-11-17T12:00:00Z".parse().expect("an instant")
}

/// A partnership with one supplier, a board, two of its schools, and a year in which everything happened once.
pub struct World {
    pub partnership: PartnershipId,
    pub code: String,
    pub supplier: SupplierId,
    pub board: BoardId,
    pub schools: [SchoolId; 2],
    pub district: domain::DistrictId,
    pub person: PersonId,
    pub specialist: SpecialistId,
    pub bookings: [BookingId; 2],
    pub movements: Vec<Movement>,
}

impl World {
    pub fn november(&self, holder: Holder) -> AccountKey {
        AccountKey::new(Bucket::of_month(self.supplier, Month::new(2026, 11).expect("a month")), holder)
    }

    pub fn year(&self, holder: Holder) -> AccountKey {
        AccountKey::new(Bucket::of_year(self.supplier, SchoolYear(2026)), holder)
    }

    pub fn me(&self, role: Role, scope: Scope) -> Me {
        Me {
            actor: Actor { person: self.person, partnership: self.partnership, roles: vec![(role, scope)] },
            name: "Fenna Hoekema".to_owned(),
            email: String::new(),
            partnership_name: "Vlietland".to_owned(),
            revision: None,
            role,
            scope,
            place: "De Meerpaal".to_owned(),
        }
    }

    async fn post(&mut self, tx: &mut Tx, transfers: Vec<Transfer>, key: &str) -> Vec<domain::PostingId> {
        self.post_reversing(tx, transfers, key, None).await
    }

    async fn post_reversing(
        &mut self,
        tx: &mut Tx,
        transfers: Vec<Transfer>,
        key: &str,
        reverses: Option<PostingKind>,
    ) -> Vec<domain::PostingId> {
        let ids = sql::post(tx, self.partnership, &transfers, Some(self.person), noon(), key).await.expect("posted");
        self.movements.extend(transfers.iter().map(|transfer| Movement { reverses, ..Movement::from(transfer) }));
        ids
    }

    pub fn line(&self, holder: Holder) -> Line {
        Line::fold(&self.november(holder), &self.movements)
    }
}

async fn booking(tx: &mut Tx, world: &World, place: usize, status: &str, minutes: i64) {
    let starts_at = noon() + TimeDelta::days(i64::try_from(place).expect("small"));
    execute!(
        tx,
        "insert into bookings (id, partnership_id, number, school_id, specialist_id, supplier_id, starts_at, minutes, month, status, level,
             question, goal, parents_informed, asked_by, asked_at, form_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, '2026-11', $9, 'leerling', 'Een geheime vraag', '', true, $10, $11, $12)",
        world.bookings[place].0,
        world.partnership.0,
        4471 + i64::try_from(place).expect("small"),
        world.schools[0].0,
        world.specialist.0,
        world.supplier.0,
        starts_at,
        minutes,
        status,
        world.person.0,
        noon(),
        format!("form{place}")
    )
    .expect("a booking");
    for quarter in 0..minutes / 15 {
        execute!(
            tx,
            "insert into booking_quarters (specialist_id, quarter, booking_id) values ($1, $2, $3)",
            world.specialist.0,
            starts_at.timestamp() / 900 + quarter,
            world.bookings[place].0
        )
        .expect("a quarter");
    }
}

pub async fn world(db: &Db) -> World {
    let mut tx = db.write_unscoped().await.expect("a writer");
    let world = fill(&mut tx).await;
    tx.commit().await.expect("committed");
    world
}

async fn fill(tx: &mut Tx) -> World {
    let code = format!("P{}", &Uuid::now_v7().simple().to_string()[20..]);
    let partnership = organisations::sql::put_partnership(tx, &code, Some("Vlietland"), noon()).await.expect("a partnership");
    let supplier = organisations::sql::put_supplier(tx, partnership, "De Wissel").await.expect("a supplier");
    let board = organisations::sql::put_board(tx, partnership, "Klaverblad").await.expect("a board");
    let district = organisations::sql::put_district(tx, partnership, "De Poort").await.expect("a district");
    let wijk = organisations::sql::put_wijk(tx, partnership, "Havenkwartier", district).await.expect("a wijk");
    let mut schools = Vec::new();
    for (brin, name) in [("00AP00", "De Meerpaal"), ("00AP01", "De Boomgaard")] {
        let facts = SchoolFacts { brin: brin.to_owned(), name: name.to_owned(), ..SchoolFacts::default() };
        let school = organisations::sql::put_school(tx, partnership, &facts, wijk).await.expect("a school");
        organisations::sql::set_board(tx, partnership, school, board).await.expect("under its board");
        schools.push(school);
    }
    let person = PersonId(Uuid::now_v7());
    let email = format!("{}@voorbeeld.nl", person.0.simple());
    people::sql::insert(tx, partnership, person, &email, "Fenna Hoekema", noon()).await.expect("a person");
    let specialist = SpecialistId(Uuid::now_v7());
    execute!(
        tx,
        "insert into specialists (id, partnership_id, person_id, supplier_id) values ($1, $2, $3, $4)",
        specialist.0,
        partnership.0,
        person.0,
        supplier.0
    )
    .expect("a specialist");
    execute!(
        tx,
        "insert into contracts (id, partnership_id, supplier_id, school_year, contract_minutes, reserve_minutes)
         values ($1, $2, $3, 2026, 4200, 600)",
        Uuid::now_v7(),
        partnership.0,
        supplier.0
    )
    .expect("a contract");
    let mut world = World {
        partnership,
        code,
        supplier,
        board,
        schools: schools.try_into().expect("two schools"),
        district,
        person,
        specialist,
        bookings: [BookingId(Uuid::now_v7()), BookingId(Uuid::now_v7())],
        movements: Vec::new(),
    };
    booking(tx, &world, 0, "done", 480).await;
    booking(tx, &world, 1, "accepted", 120).await;
    happen(tx, &mut world).await;
    world
}

async fn happen(tx: &mut Tx, world: &mut World) {
    let [first, second] = world.schools.map(|school| world.november(Holder::school(school)));
    let board = world.november(Holder::board(world.board));
    let contract = world.november(Holder::contract(world.supplier));
    let pot = world.november(Holder::wijkpot(Uuid::now_v7()));
    let [done, open] = world.bookings.map(|booking| world.november(Holder::booking(booking)));
    let (year, reserve) = (world.year(Holder::contract(world.supplier)), world.year(Holder::reserve(world.supplier)));
    let move_ = |kind, from, to, minutes: i64| Transfer::new(kind, from, to, Minutes(minutes));
    let start = vec![
        move_(PostingKind::ContractReserve, year, reserve, 600),
        move_(PostingKind::Allotment, contract, board, 3600),
        move_(PostingKind::Division, board, first, 900),
        move_(PostingKind::Division, board, second, 600),
    ];
    let ids = world.post(tx, start.clone(), "start").await;
    let wrong = start[3].reversed(ids[3], "Verkeerde school").expect("it is not a reversal");
    world.post_reversing(tx, vec![wrong], "right", Some(PostingKind::Division)).await;
    let after = vec![
        move_(PostingKind::Division, board, second, 480),
        move_(PostingKind::Donation, first, pot, 240),
        move_(PostingKind::TakeBack, pot, first, 60),
        move_(PostingKind::Draw, pot, second, 120),
        move_(PostingKind::ReserveRelease, reserve, second, 60).because("Een school groeide."),
        // Paid by two; the last two hours were not worked, and what the board paid of them perished.
        move_(PostingKind::Hold, first, done, 300).about(AboutKind::Booking, world.bookings[0].0),
        move_(PostingKind::Hold, board, done, 180).about(AboutKind::Booking, world.bookings[0].0),
        move_(PostingKind::Use, done, world.november(Holder::used(world.schools[0])), 360).about(AboutKind::Booking, world.bookings[0].0),
        move_(PostingKind::Return, done, board, 60).about(AboutKind::Booking, world.bookings[0].0),
        move_(PostingKind::Return, done, world.november(board.holder.expired()), 60).about(AboutKind::Booking, world.bookings[0].0),
        move_(PostingKind::Hold, first, open, 120).about(AboutKind::Booking, world.bookings[1].0),
        move_(PostingKind::Expiry, second, world.november(second.holder.expired()), 90),
    ];
    world.post(tx, after, "after").await;
}
