//! A small world: two partnerships that know nothing of each other, with everybody who can be in one.
//!
//! Always true here: everything is told with the app's own functions, and no two worlds share a name or a moment that matters.

use super::{Client, Seat, Server, Who};
use app::{
    bookings::verbs,
    db::{Db, Tx},
    execute, experts,
    hours::sql as hours,
    organisations::sql::{self as organisations, SchoolFacts},
    people::{passwords, sql as people},
    session::{DbSessions, now, remember},
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use domain::{
    BoardId, BookingId, DistrictId, ExpertiseId, Minutes, PartnershipId, PersonId, SchoolId, SpecialistId, SupplierId, WijkId,
    availability::parse_weekly,
    bookings::{Side, WishFields},
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, SchoolYear, Transfer},
    people::{Role, Scope},
    time,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::sync::OnceCell;
use tower_sessions::{Expiry, Session};
use uuid::Uuid;

/// Everybody's password.
pub const PASSWORD: &str = "paarse fiets langs het kanaal";
/// What stands in a pupil-level booking and nowhere else.
pub const SECRET: &str = "zebrapad-7Q over een kind dat niet naar binnen durft";
/// What stands in a group-level booking and nowhere else.
pub const OPEN_SECRET: &str = "waterlelie-3K over onrust in de middagpauze";
/// What a school may spend in each month at the first supplier and at the second: more than anybody needs, and soon gone.
pub const HOURS: [i64; 2] = [400, 30];

static HASH: OnceCell<String> = OnceCell::const_new();

/// Two partnerships.
pub struct World {
    pub here: Region,
    pub there: Region,
    db: Db,
    moments: AtomicU32,
    half_hours: AtomicU32,
    pasts: AtomicU32,
}

/// A partnership with two boards of two schools, two wijken in two districts, two suppliers with a specialist each.
pub struct Region {
    pub partnership: PartnershipId,
    pub boards: [BoardId; 2],
    /// First board: first and second wijk; second board: first and second wijk.
    pub schools: [SchoolId; 4],
    pub suppliers: [SupplierId; 2],
    pub specialists: [SpecialistId; 2],
    pub expertise: ExpertiseId,
    people: HashMap<Seat, PersonId>,
    /// In every address, so that each world's people are its own.
    code: String,
}

impl World {
    /// Tells a new world to this server's database.
    pub async fn tell(server: &Server) -> Self {
        Self::tell_to(&server.db).await
    }

    /// Tells a new world.
    pub async fn tell_to(db: &Db) -> Self {
        let (here, there) = (Region::tell(db).await, Region::tell(db).await);
        Self { here, there, db: db.clone(), moments: AtomicU32::new(0), half_hours: AtomicU32::new(0), pasts: AtomicU32::new(0) }
    }

    /// The database it was told to.
    pub const fn db(&self) -> &Db {
        &self.db
    }

    /// The browser of somebody who is signed in, or of nobody.
    pub async fn browser(&self, server: &Server, who: Who) -> Client {
        let person = match who {
            Who::Nobody => return server.visitor(),
            Who::Here(seat) => self.here.person(seat),
            Who::There(seat) => self.there.person(seat),
        };
        server.visitor().with_cookie(&session(&self.db, person).await)
    }

    /// A free moment of every specialist, another one every time: mornings, noons and afternoons from next week on.
    pub fn moment(&self) -> String {
        let number = self.moments.fetch_add(1, Ordering::Relaxed);
        format!("{}T{:02}:00", weekday(4, number / 3, Days::new(1), |day, step| day + step), 8 + 3 * (number % 3))
    }

    /// A free half hour, another one every time: twenty a day from next week on.
    pub fn half_hour(&self) -> String {
        let number = self.half_hours.fetch_add(1, Ordering::Relaxed);
        let day = weekday(4, number / 20, Days::new(1), |day, step| day + step);
        format!("{day}T{:02}:{:02}", 8 + number % 20 / 2, 30 * (number % 2))
    }

    /// A booking of the first school with the first specialist, at pupil level, that waits for an answer.
    pub async fn asked(&self) -> BookingId {
        self.here.ask(&self.db, &self.moment(), "leerling", SECRET, now()).await
    }

    /// The same at group level.
    pub async fn asked_for_a_group(&self) -> BookingId {
        self.here.ask(&self.db, &self.moment(), "groep", OPEN_SECRET, now()).await
    }

    /// The same, accepted.
    pub async fn accepted(&self) -> BookingId {
        self.accepted_at(&self.moment()).await
    }

    /// The same, at this moment.
    pub async fn accepted_at(&self, moment: &str) -> BookingId {
        let id = self.here.ask(&self.db, moment, "leerling", SECRET, now()).await;
        self.here.accept(&self.db, id, now()).await;
        id
    }

    /// A booking at group level with this text.
    pub async fn asked_with(&self, text: &str) -> BookingId {
        self.here.ask(&self.db, &self.moment(), "groep", text, now()).await
    }

    /// A booking that was accepted and is over, at another time each.
    pub async fn past(&self) -> BookingId {
        let number = self.pasts.fetch_add(1, Ordering::Relaxed);
        let day = weekday(-2, number / 3, Days::new(1), |day, step| day - step);
        let hour = NaiveTime::from_hms_opt(8 + 3 * (number % 3), 0, 0).expect("an hour");
        let starts_at = time::instant(day.and_time(hour)).expect("a moment by day");
        let before = starts_at - TimeDelta::days(5);
        let id = self.here.ask(&self.db, &time::local_value(starts_at), "leerling", SECRET, before).await;
        self.here.accept(&self.db, id, before).await;
        id
    }
}

impl World {
    /// The same, and the specialist was there half an hour longer and asked the school for it.
    pub async fn longer(&self) -> BookingId {
        let id = self.past().await;
        let mut tx = self.db.write(self.here.partnership).await.expect("a writer");
        let (worked, extra) = (Minutes(90), Minutes(30));
        let by = self.here.person(Seat::Specialist);
        app::bookings::sql::insert_extra(&mut tx, self.here.partnership, id, (worked, extra), by, now()).await.expect("asked");
        tx.commit().await.expect("committed");
        id
    }
}

/// The so-manieth weekday from so many days from today, one way or the other.
fn weekday(from: i64, mut left: u32, step: Days, next: fn(NaiveDate, Days) -> NaiveDate) -> NaiveDate {
    let mut day = time::local_date(now()) + TimeDelta::days(from);
    loop {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        if !weekend && left == 0 {
            return day;
        }
        left -= u32::from(!weekend);
        day = next(day, step);
    }
}

impl Region {
    async fn tell(db: &Db) -> Self {
        let hash = HASH.get_or_init(async || passwords::hash(PASSWORD.to_owned()).await.expect("a hash")).await;
        let mut own = db.write_unscoped().await.expect("a writer");
        let tx = &mut own;
        let at = now();
        let code = Uuid::now_v7().simple().to_string()[12..].to_owned();
        // By its end: two of the same millisecond begin alike.
        let partnership =
            organisations::put_partnership(tx, &format!("P{}", &code[10..]), Some("Proefland"), at).await.expect("a partnership");
        let (districts, wijken) = places(tx, partnership).await;
        let (boards, schools) = schools(tx, partnership, wijken).await;
        let mut suppliers = [SupplierId(Uuid::nil()); 2];
        for (place, name) in suppliers.iter_mut().zip(["De Wissel", "De Brink"]) {
            *place = organisations::put_supplier(tx, partnership, name).await.expect("a supplier");
        }
        experts::sql::plant_taxonomy(tx, partnership).await.expect("a taxonomy");
        let expertise = ExpertiseId(experts::sql::taxonomy(tx, partnership).await.expect("expertises")[0].id);
        let mut region = Self {
            partnership,
            boards,
            schools,
            suppliers,
            specialists: [SpecialistId(Uuid::nil()); 2],
            expertise,
            people: HashMap::new(),
            code,
        };
        for seat in Seat::ALL {
            let id = PersonId(Uuid::now_v7());
            people::insert(tx, partnership, id, &region.email(seat), &format!("Persoon {seat:?}"), at).await.expect("a person");
            people::set_password(tx, id, hash, at).await.expect("a password");
            region.people.insert(seat, id);
        }
        for (place, seat) in [Seat::Specialist, Seat::OtherSpecialist].into_iter().enumerate() {
            region.specialists[place] = specialist(tx, &region, seat, suppliers[place]).await;
        }
        for (seat, role, scope) in region.roles(districts) {
            people::grant(tx, partnership, region.person(seat), role, scope).await.expect("a role");
        }
        region.fill(tx).await;
        own.commit().await.expect("committed");
        region
    }

    fn roles(&self, districts: [DistrictId; 2]) -> Vec<(Seat, Role, Scope)> {
        let (schools, boards) = (self.schools.map(Scope::School), self.boards.map(Scope::Board));
        let (suppliers, specialists) = (self.suppliers.map(Scope::Supplier), self.specialists.map(Scope::Specialist));
        vec![
            (Seat::Coordinator, Role::Coordinator, schools[0]),
            (Seat::Head, Role::Head, schools[0]),
            (Seat::SameBoard, Role::Coordinator, schools[1]),
            (Seat::OtherBoard, Role::Coordinator, schools[2]),
            (Seat::OtherHead, Role::Head, schools[2]),
            (Seat::BoardContact, Role::BoardContact, boards[0]),
            (Seat::OtherBoardContact, Role::BoardContact, boards[1]),
            (Seat::Specialist, Role::Specialist, specialists[0]),
            (Seat::OtherSpecialist, Role::Specialist, specialists[1]),
            (Seat::Planner, Role::SupplierPlanner, suppliers[0]),
            (Seat::OtherPlanner, Role::SupplierPlanner, suppliers[1]),
            (Seat::Counsellor, Role::Counsellor, boards[0]),
            (Seat::OtherCounsellor, Role::Counsellor, boards[1]),
            (Seat::DistrictTeam, Role::DistrictTeam, Scope::District(districts[0])),
            (Seat::OtherDistrictTeam, Role::DistrictTeam, Scope::District(districts[1])),
            (Seat::Registrar, Role::Registrar, Scope::Partnership),
            (Seat::Administrator, Role::Administrator, Scope::Partnership),
            (Seat::Auditor, Role::Auditor, Scope::Partnership),
        ]
    }

    /// Contracts, and from them hours for every school: last month, this one and the next four.
    async fn fill(&self, tx: &mut Tx) {
        let first = Month::of(Month::at(now()).first_day() - Days::new(1));
        let mut bought: BTreeMap<(SupplierId, SchoolYear), i64> = BTreeMap::new();
        let mut transfers = Vec::new();
        let suppliers = self.suppliers.into_iter().zip(HOURS);
        for (supplier, hours, month) in suppliers.flat_map(|(supplier, hours)| (0..6).map(move |n| (supplier, hours, first.plus(n)))) {
            let bucket = Bucket::of_month(supplier, month);
            for (place, board) in self.boards.into_iter().enumerate() {
                let key = AccountKey::new(bucket, Holder::board(board));
                let contract = AccountKey::new(bucket, Holder::contract(supplier));
                transfers.push(Transfer::new(PostingKind::Allotment, contract, key, Minutes::hours(3 * hours)));
                *bought.entry((supplier, month.school_year())).or_default() += 3 * hours * 60;
                for school in &self.schools[2 * place..2 * place + 2] {
                    transfers.push(Transfer::new(
                        PostingKind::Division,
                        key,
                        AccountKey::new(bucket, Holder::school(*school)),
                        Minutes::hours(hours),
                    ));
                }
            }
        }
        for ((supplier, year), minutes) in bought {
            execute!(
                tx,
                "insert into contracts (id, partnership_id, supplier_id, school_year, contract_minutes, reserve_minutes) values ($1, $2, $3, $4, $5, 0)",
                Uuid::now_v7(),
                self.partnership.0,
                supplier.0,
                i64::from(year.0),
                minutes
            )
            .expect("a contract");
        }
        hours::post(tx, self.partnership, &transfers, None, now(), "year").await.expect("hours");
    }

    /// Who sits there.
    pub fn person(&self, seat: Seat) -> PersonId {
        self.people[&seat]
    }

    /// Their address.
    pub fn email(&self, seat: Seat) -> String {
        format!("{}@{}.example", format!("{seat:?}").to_lowercase(), self.code)
    }

    /// So many more coordinators of the first school.
    pub async fn coordinators(&self, db: &Db, count: usize) -> Vec<PersonId> {
        let mut tx = db.write(self.partnership).await.expect("a writer");
        let mut all = Vec::new();
        for number in 0..count {
            let id = PersonId(Uuid::now_v7());
            people::insert(&mut tx, self.partnership, id, &format!("ib{number}@{}.example", self.code), "Iemand Anders", now())
                .await
                .expect("a person");
            people::grant(&mut tx, self.partnership, id, Role::Coordinator, Scope::School(self.schools[0])).await.expect("a role");
            all.push(id);
        }
        tx.commit().await.expect("committed");
        all
    }

    async fn ask(&self, db: &Db, moment: &str, level: &str, text: &str, at: DateTime<Utc>) -> BookingId {
        let fields = WishFields { moment, duur: "60", niveau: level, vraag: text, doel: text, ouders: "ja" };
        let (by, key) = (self.person(Seat::Coordinator), Uuid::now_v7().simple().to_string());
        let (school, specialist) = (self.schools[0], self.specialists[0]);
        let mut tx = db.write(self.partnership).await.expect("a writer");
        let id = verbs::ask(&mut tx, self.partnership, by, school, specialist, &fields, Some(self.expertise), &key, at).await;
        let id = id.unwrap_or_else(|error| panic!("{moment} is free: {error:?}"));
        tx.commit().await.expect("committed");
        id
    }

    async fn accept(&self, db: &Db, booking: BookingId, at: DateTime<Utc>) {
        let mut tx = db.write(self.partnership).await.expect("a writer");
        let by = self.person(Seat::Specialist);
        verbs::accept(&mut tx, self.partnership, by, booking, Side::Specialist, at).await.expect("accepted");
        tx.commit().await.expect("committed");
    }
}

async fn places(tx: &mut Tx, partnership: PartnershipId) -> ([DistrictId; 2], [WijkId; 2]) {
    let (mut districts, mut wijken) = ([DistrictId(Uuid::nil()); 2], [WijkId(Uuid::nil()); 2]);
    for (place, (district, wijk)) in [("Noord", "Havenkwartier"), ("Zuid", "Molenbuurt")].into_iter().enumerate() {
        districts[place] = organisations::put_district(tx, partnership, district).await.expect("a district");
        wijken[place] = organisations::put_wijk(tx, partnership, wijk, districts[place]).await.expect("a wijk");
    }
    (districts, wijken)
}

async fn schools(tx: &mut Tx, partnership: PartnershipId, wijken: [WijkId; 2]) -> ([BoardId; 2], [SchoolId; 4]) {
    let (mut boards, mut schools) = ([BoardId(Uuid::nil()); 2], [SchoolId(Uuid::nil()); 4]);
    for (place, name) in ["De Meerpaal", "De Hoeve", "Het Anker", "De Wilg"].into_iter().enumerate() {
        let board = ["Klaverblad", "Horizon"][place / 2];
        boards[place / 2] = organisations::put_board(tx, partnership, board).await.expect("a board");
        let facts = SchoolFacts { brin: format!("00AP0{place}"), name: name.into(), ..SchoolFacts::default() };
        schools[place] = organisations::put_school(tx, partnership, &facts, wijken[place % 2]).await.expect("a school");
        organisations::set_board(tx, partnership, schools[place], boards[place / 2]).await.expect("under its board");
    }
    (boards, schools)
}

async fn specialist(tx: &mut Tx, region: &Region, seat: Seat, supplier: SupplierId) -> SpecialistId {
    let new = experts::sql::NewSpecialist {
        person: region.person(seat),
        supplier,
        headline: "",
        about: "Kijkt eerst mee.",
        postcode: "",
        wijk: None,
        languages: "Nederlands",
        levels: "leerling,groep,leerkracht,school",
        direct: false,
    };
    let id = experts::sql::put_specialist(tx, region.partnership, &new).await.expect("a specialist");
    let until = Some(time::local_date(now()) + Days::new(400));
    experts::sql::set_expertises(tx, id, &[(region.expertise, "ervaren", "Post-hbo", until)]).await.expect("an expertise");
    let week = "ma 8:00-18:00; di 8:00-18:00; wo 8:00-18:00; do 8:00-18:00; vr 8:00-18:00";
    experts::sql::set_weekly(tx, id, &parse_weekly(week).expect("a week")).await.expect("a pattern");
    id
}

/// Signs somebody in, and answers their cookie.
pub async fn session(db: &Db, person: PersonId) -> String {
    let idle = Expiry::OnInactivity(::time::Duration::minutes(30));
    let session = Session::new(None, Arc::new(DbSessions::new(db.clone())), Some(idle));
    remember(&session, person, now()).await.expect("a session");
    session.save().await.expect("kept");
    format!("wijkpot={}", session.id().expect("an id"))
}
