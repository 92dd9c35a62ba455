//! The world with pots: three more schools in the same wijk, of other boards, and the city-wide pot behind the wijk's own.
#![allow(dead_code, reason = "not every story uses every help")]

use crate::world::{World, now, worlds};
use app::{
    AppError,
    db::Tx,
    execute,
    hours::sql as hours,
    organisations, people,
    wijkpot::{
        sql::{self, DonationRow, DrawRow},
        verbs::{self, Ask, Give},
    },
};
use domain::{
    BoardId, DonationId, DrawId, Minutes, PersonId, SchoolId, WijkpotId,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
    people::{Role, Scope},
    policy::Setting,
    wijkpot::{Donor, DrawWish},
};
use uuid::Uuid;

pub const WISH: DrawWish<'static> = DrawWish { urgentie: "normal", niveau: "groep", soort: "behaviour" };

pub fn november() -> Month {
    Month::new(2026, 11).expect("a month")
}

/// A school with its coordinator.
#[derive(Clone, Copy, Debug)]
pub struct Neighbour {
    pub school: SchoolId,
    pub coordinator: PersonId,
}

/// De Meerpaal has five hours (see `World`); De Vuurtoren has four, Oeverpark and De Springplank have none.
pub struct Pots {
    pub world: World,
    pub pot: WijkpotId,
    pub city: WijkpotId,
    pub board: BoardId,
    pub vuurtoren: Neighbour,
    pub oeverpark: Neighbour,
    pub springplank: Neighbour,
    _test: crate::support::TestDb,
}

pub async fn all_pots() -> Vec<Pots> {
    let mut all = Vec::new();
    for (world, test) in worlds().await {
        let mut own = world.db.write(world.partnership).await.expect("a writer");
        let tx = &mut own;
        let pot = verbs::arrange(tx, world.partnership, "Wijkpot Havenkwartier", &[world.wijk]).await.expect("a pot");
        let city = verbs::arrange(tx, world.partnership, "Stedelijke pot", &[]).await.expect("a city pot");
        let board = organisations::sql::put_board(tx, world.partnership, "Boezemkring").await.expect("a board");
        let vuurtoren = neighbour(tx, &world, "00BB00", "De Vuurtoren", board).await;
        let oeverpark = neighbour(tx, &world, "00CC00", "Oeverpark", board).await;
        let springplank = neighbour(tx, &world, "00DD00", "De Springplank", board).await;
        hours_of(tx, &world, board, vuurtoren.school, 240, "vuurtoren").await;
        own.commit().await.expect("committed");
        all.push(Pots { world, pot, city, board, vuurtoren, oeverpark, springplank, _test: test });
    }
    all
}

/// A school in the wijk of De Meerpaal.
pub async fn neighbour(tx: &mut Tx, world: &World, brin: &str, name: &str, board: BoardId) -> Neighbour {
    let facts = organisations::sql::SchoolFacts { brin: brin.into(), name: name.into(), pupils: Some(200), ..Default::default() };
    let school = organisations::sql::put_school(tx, world.partnership, &facts, world.wijk).await.expect("a school");
    organisations::sql::set_board(tx, world.partnership, school, board).await.expect("under its board");
    let coordinator = PersonId(Uuid::now_v7());
    let email = format!("{}@school.example", coordinator.0.simple());
    people::sql::insert(tx, world.partnership, coordinator, &email, name, now()).await.expect("a person");
    people::sql::grant(tx, world.partnership, coordinator, Role::Coordinator, Scope::School(school)).await.expect("a role");
    Neighbour { school, coordinator }
}

/// November hours for a school, out of a larger contract.
pub async fn hours_of(tx: &mut Tx, world: &World, board: BoardId, school: SchoolId, minutes: i64, key: &str) {
    let bucket = Bucket::of_month(world.supplier, november());
    let at_board = AccountKey::new(bucket, Holder::board(board));
    let transfers = [
        Transfer::new(PostingKind::Allotment, AccountKey::new(bucket, Holder::contract(world.supplier)), at_board, Minutes(minutes)),
        Transfer::new(PostingKind::Division, at_board, AccountKey::new(bucket, Holder::school(school)), Minutes(minutes)),
    ];
    execute!(tx, "update contracts set contract_minutes = contract_minutes + $2 where partnership_id = $1", world.partnership.0, minutes)
        .expect("a larger contract");
    hours::post(tx, world.partnership, &transfers, None, now(), key).await.expect("hours");
}

impl Pots {
    pub fn name(&self) -> &'static str {
        self.world.name
    }

    pub fn give(&self, school: SchoolId, minutes: i64) -> Give {
        let donor = Donor::School(school);
        Give { donor, pot: None, supplier: self.world.supplier, month: november(), minutes: Minutes(minutes) }
    }

    pub fn wants(&self, school: SchoolId, minutes: i64) -> Ask<'static> {
        let minutes = Minutes(minutes);
        Ask { school, supplier: self.world.supplier, month: november(), minutes, wish: WISH, booking: None }
    }

    /// Runs a verb and commits what it did.
    pub async fn run<T>(&self, verb: impl AsyncFnOnce(&mut Tx) -> Result<T, AppError>) -> Result<T, AppError> {
        let mut tx = self.world.db.write(self.world.partnership).await?;
        let done = verb(&mut tx).await?;
        tx.commit().await?;
        Ok(done)
    }

    pub async fn donate(&self, from: Neighbour, minutes: i64, key: &str) -> Result<DonationId, AppError> {
        let (partnership, give) = (self.world.partnership, self.give(from.school, minutes));
        self.run(async |tx| verbs::donate(tx, partnership, Some(from.coordinator), give, key, now()).await).await
    }

    pub async fn ask(&self, to: Neighbour, minutes: i64, key: &str) -> Result<DrawId, AppError> {
        let (partnership, ask) = (self.world.partnership, self.wants(to.school, minutes));
        self.run(async |tx| verbs::ask(tx, partnership, to.coordinator, ask, key, now()).await).await
    }

    pub async fn donation(&self, donation: DonationId) -> DonationRow {
        let mut tx = self.world.db.read().await.expect("a reader");
        sql::donation(&mut tx, self.world.partnership, donation).await.expect("a row").expect("the donation")
    }

    pub async fn draw(&self, draw: DrawId) -> DrawRow {
        let mut tx = self.world.db.read().await.expect("a reader");
        sql::draw(&mut tx, self.world.partnership, draw).await.expect("a row").expect("the draw")
    }

    pub async fn state(&self, draw: DrawId) -> String {
        self.draw(draw).await.state
    }

    /// The one draw of a school.
    pub async fn draw_of(&self, of: Neighbour) -> Uuid {
        let mut tx = self.world.db.read().await.expect("a reader");
        sql::draws_of(&mut tx, self.world.partnership, of.school, november()).await.expect("rows")[0].id
    }

    pub async fn in_pot(&self) -> i64 {
        self.world.holds(Holder::wijkpot(self.pot.0)).await
    }

    pub async fn has(&self, neighbour: Neighbour) -> i64 {
        self.world.holds(Holder::school(neighbour.school)).await
    }

    pub async fn choose(&self, setting: Setting, value: &str) {
        let (partnership, by) = (self.world.partnership, self.world.coordinator);
        self.run(async |tx| organisations::verbs::set_policy(tx, partnership, by, setting, value, now()).await).await.expect("a choice");
    }
}
