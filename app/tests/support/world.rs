//! A small partnership with one school and one specialist, for stories of bookings.
#![allow(dead_code, reason = "not every story uses every help")]

use crate::{sound::sound, support};
use app::{
    AppError,
    bookings::{sql, verbs},
    db::Db,
    execute, experts, fetch_one,
    hours::sql as hours,
    organisations, people,
    session::Me,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    BoardId, BookingId, DistrictId, ExpertiseId, Minutes, PartnershipId, PersonId, SchoolId, SpecialistId, SupplierId, WijkId,
    availability::parse_weekly,
    bookings::{Side, WishFields},
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
    people::{Actor, Role, Scope},
    time,
};
use uuid::Uuid;

/// A local moment.
pub fn at(text: &str) -> DateTime<Utc> {
    time::parse_local(text).and_then(time::instant).expect("a moment that exists")
}

pub fn now() -> DateTime<Utc> {
    at("2026-11-17T12:00")
}

pub const THURSDAY: &str = "2026-11-19T09:00";

pub fn wish<'a>(moment: &'a str, duur: &'a str) -> WishFields<'a> {
    WishFields {
        moment,
        duur,
        niveau: "leerling",
        vraag: "Hoe houden we een leerling langer bij de les?",
        doel: "De leerling werkt een kwartier zelf.",
        ouders: "ja",
    }
}

/// A school with five hours of its own and a board with two, and one specialist who works on Thursdays and Fridays.
pub struct World {
    pub db: Db,
    pub name: &'static str,
    pub partnership: PartnershipId,
    pub coordinator: PersonId,
    pub specialist_person: PersonId,
    pub school: SchoolId,
    pub district: DistrictId,
    pub board: BoardId,
    pub wijk: WijkId,
    pub other_wijk: WijkId,
    pub supplier: SupplierId,
    pub specialist: SpecialistId,
    pub expertise: ExpertiseId,
}

pub async fn world(db: &Db, name: &'static str) -> World {
    let mut own = db.write_unscoped().await.expect("a writer");
    let tx = &mut own;
    let code = format!("P{}", &Uuid::now_v7().simple().to_string()[20..]);
    let partnership = organisations::sql::put_partnership(tx, &code, Some("Vlietland"), now()).await.expect("a partnership");
    let district = organisations::sql::put_district(tx, partnership, "Noord").await.expect("a district");
    let wijk = organisations::sql::put_wijk(tx, partnership, "Havenkwartier", district).await.expect("a wijk");
    let other_wijk = organisations::sql::put_wijk(tx, partnership, "Molenbuurt", district).await.expect("a wijk");
    let board = organisations::sql::put_board(tx, partnership, "Klaverblad").await.expect("a board");
    let facts = organisations::sql::SchoolFacts { brin: "00AP00".into(), name: "De Meerpaal".into(), ..Default::default() };
    let school = organisations::sql::put_school(tx, partnership, &facts, wijk).await.expect("a school");
    organisations::sql::set_board(tx, partnership, school, board).await.expect("under its board");
    let supplier = organisations::sql::put_supplier(tx, partnership, "De Wissel").await.expect("a supplier");
    let coordinator = PersonId(Uuid::now_v7());
    let specialist_person = PersonId(Uuid::now_v7());
    for (id, name) in [(coordinator, "Fenna Hoekema"), (specialist_person, "Thijs Oldenkamp")] {
        let email = format!("{}@school.example", id.0.simple());
        people::sql::insert(tx, partnership, id, &email, name, now()).await.expect("a person");
    }
    experts::sql::plant_taxonomy(tx, partnership).await.expect("a taxonomy");
    let expertise = ExpertiseId(experts::sql::taxonomy(tx, partnership).await.expect("expertises")[0].id);
    let new = experts::sql::NewSpecialist {
        person: specialist_person,
        supplier,
        headline: "",
        about: "",
        postcode: "",
        wijk: Some(wijk),
        languages: "Nederlands",
        levels: "leerling,groep",
        direct: false,
    };
    let specialist = experts::sql::put_specialist(tx, partnership, &new).await.expect("a specialist");
    let until = NaiveDate::from_ymd_opt(2026, 12, 31);
    experts::sql::set_expertises(tx, specialist, &[(expertise, "ervaren", "Post-hbo", until)]).await.expect("expertise");
    let weekly = parse_weekly("do 8:30-12:00 12:45-16:00; vr 8:30-12:00").expect("a pattern");
    experts::sql::set_weekly(tx, specialist, &weekly).await.expect("a week");

    let month = Bucket::of_month(supplier, Month::new(2026, 11).expect("a month"));
    let (contract, board_key) = (AccountKey::new(month, Holder::contract(supplier)), AccountKey::new(month, Holder::board(board)));
    let transfers = [
        Transfer::new(PostingKind::Allotment, contract, board_key, Minutes::hours(7)),
        Transfer::new(PostingKind::Division, board_key, AccountKey::new(month, Holder::school(school)), Minutes::hours(5)),
    ];
    execute!(
        tx,
        "insert into contracts (id, partnership_id, supplier_id, school_year, contract_minutes, reserve_minutes) values ($1, $2, $3, 2026, 420, 0)",
        Uuid::now_v7(),
        partnership.0,
        supplier.0
    )
    .expect("a contract");
    hours::post(tx, partnership, &transfers, None, now(), "year").await.expect("hours");
    execute!(tx, "insert into policies (partnership_id, name, value) values ($1, 'board_mandate', 'yes')", partnership.0)
        .expect("a policy");
    let world = World {
        db: db.clone(),
        name,
        partnership,
        coordinator,
        specialist_person,
        school,
        district,
        board,
        wijk,
        other_wijk,
        supplier,
        specialist,
        expertise,
    };
    own.commit().await.expect("committed");
    world
}

impl World {
    /// Somebody with this role.
    pub fn me(&self, role: Role, scope: Scope) -> Me {
        Me {
            actor: Actor { person: self.coordinator, partnership: self.partnership, roles: vec![(role, scope)] },
            name: "Fenna Hoekema".to_owned(),
            email: String::new(),
            partnership_name: "Vlietland".to_owned(),
            revision: None,
            role,
            scope,
            place: "Vlietland".to_owned(),
        }
    }

    pub async fn ask(&self, fields: &WishFields<'_>, key: &str) -> Result<BookingId, AppError> {
        self.ask_about(fields, Some(self.expertise), key).await
    }

    pub async fn ask_about(&self, fields: &WishFields<'_>, expertise: Option<ExpertiseId>, key: &str) -> Result<BookingId, AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        let (school, specialist) = (self.school, self.specialist);
        let id = verbs::ask(&mut tx, self.partnership, self.coordinator, school, specialist, fields, expertise, key, now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn accept(&self, booking: BookingId) {
        let mut tx = self.db.write(self.partnership).await.expect("a writer");
        let by = self.specialist_person;
        verbs::accept(&mut tx, self.partnership, by, booking, Side::Specialist, now()).await.expect("accepted");
        tx.commit().await.expect("committed");
    }

    pub async fn done(&self, booking: BookingId, minutes: i64, now: DateTime<Utc>) -> Result<(), AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        verbs::record_done(&mut tx, self.partnership, self.specialist_person, booking, Minutes(minutes), now).await?;
        Ok(tx.commit().await?)
    }

    pub async fn cancel(&self, booking: BookingId, now: DateTime<Utc>) -> Result<(), AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        verbs::cancel(&mut tx, self.partnership, self.coordinator, booking, Side::School, "De groep is op kamp.", now).await?;
        Ok(tx.commit().await?)
    }

    pub async fn move_to(&self, booking: BookingId, moment: &str, minutes: i64, key: &str) -> Result<BookingId, AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        let (by, moment) = (self.coordinator, at(moment));
        let id = verbs::move_to(&mut tx, self.partnership, by, booking, Side::School, moment, Minutes(minutes), key, now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn holds(&self, holder: Holder) -> i64 {
        let mut tx = self.db.read().await.expect("a reader");
        let bucket = Bucket::of_month(self.supplier, Month::new(2026, 11).expect("a month"));
        hours::balance(&mut tx, self.partnership, &AccountKey::new(bucket, holder)).await.expect("a balance").0
    }

    /// School, board, booking.
    pub async fn three(&self, booking: BookingId) -> (i64, i64, i64) {
        let (school, board) = (self.holds(Holder::school(self.school)).await, self.holds(Holder::board(self.board)).await);
        (school, board, self.holds(Holder::booking(booking)).await)
    }

    pub async fn row(&self, booking: BookingId) -> sql::BookingRow {
        let mut tx = self.db.read().await.expect("a reader");
        sql::booking(&mut tx, self.partnership, booking).await.expect("a row").expect("the booking")
    }

    pub async fn count(&self) -> i64 {
        let mut tx = self.db.read().await.expect("a reader");
        let tx = &mut tx;
        let (count,): (i64,) =
            fetch_one!(tx, (i64,), "select count(*) from bookings where partnership_id = $1", self.partnership.0).expect("a count");
        count
    }

    pub async fn change(&self, what: impl AsyncFnOnce(&mut app::db::Tx)) {
        let mut tx = self.db.write(self.partnership).await.expect("a writer");
        what(&mut tx).await;
        tx.commit().await.expect("committed");
    }

    /// A second school under the same board, without hours.
    pub async fn other_school(&self, brin: &str) -> SchoolId {
        let facts = organisations::sql::SchoolFacts { brin: brin.into(), name: format!("De Wending {brin}"), ..Default::default() };
        let mut tx = self.db.write(self.partnership).await.expect("a writer");
        let school = organisations::sql::put_school(&mut tx, self.partnership, &facts, self.wijk).await.expect("a school");
        organisations::sql::set_board(&mut tx, self.partnership, school, self.board).await.expect("under its board");
        tx.commit().await.expect("committed");
        school
    }

    pub async fn is_sound(&self) {
        let mut tx = self.db.read().await.expect("a reader");
        assert_eq!(sound(&mut tx, self.partnership).await, Vec::<String>::new(), "{}", self.name);
    }
}

pub async fn worlds() -> Vec<(World, support::TestDb)> {
    let mut all = Vec::new();
    for test in support::databases().await {
        all.push((world(&test.db, test.name).await, test));
    }
    all
}

pub fn code<T>(result: &Result<T, AppError>) -> &str {
    match result {
        Ok(_) => "ok",
        Err(AppError::Refused(refusal)) => &refusal.code,
        Err(AppError::NotFound) => "not_found",
        Err(AppError::Malformed) => "malformed",
        Err(_) => "other",
    }
}
