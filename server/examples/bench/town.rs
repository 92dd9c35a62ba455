//! A partnership of a given size, made for a measurement: boards, schools, pots, suppliers, and an administrator of the demo's kind.
//! Always true: every minute in it came by a posting, as all hours come.

use anyhow::{Context, Result, anyhow};
use app::{
    db::Db, hours::sql as hours, organisations::sql as organisations, people::sql as people, session::now, wijkpot::verbs as wijkpot,
};
use domain::{
    BoardId, Minutes, PartnershipId, PersonId, SchoolId, SupplierId, WijkpotId,
    hours::{AccountKey, Bucket, Holder, Month, PostingKind, Transfer},
    people::{Role, Scope},
};
use uuid::Uuid;

/// Postings that are kept together: one transaction, one chain.
const TOGETHER: usize = 5_000;
/// A gift and a draw, the smallest there are: they move hours about without using them up.
const QUARTER: Minutes = Minutes(15);

/// How large.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub boards: usize,
    pub schools: usize,
    pub suppliers: usize,
}

/// The median partnership and the largest one (domain.md §10).
pub const MEDIAN: Size = Size { boards: 8, schools: 74, suppliers: 4 };
pub const LARGEST: Size = Size { boards: 40, schools: 389, suppliers: 6 };

/// A partnership without hours yet.
#[derive(Clone, Debug)]
pub struct Town {
    pub partnership: PartnershipId,
    /// Who signs in.
    pub administrator: PersonId,
    pub boards: Vec<BoardId>,
    pub schools: Vec<SchoolId>,
    pub suppliers: Vec<SupplierId>,
    pub pot: WijkpotId,
    /// How many postings it has.
    pub postings: usize,
}

impl Town {
    /// Makes it: a district with one wijk and its pot.
    pub async fn build(db: &Db, size: Size) -> Result<Self> {
        let code = format!("T{}", &Uuid::now_v7().simple().to_string()[20..]);
        let mut own = db.write_unscoped().await?;
        let tx = &mut own;
        let partnership = organisations::put_partnership(tx, &code, Some("Meting"), now()).await?;
        let district = organisations::put_district(tx, partnership, "Stadsdeel").await?;
        let wijk = organisations::put_wijk(tx, partnership, "Wijk", district).await?;
        let (mut boards, mut schools, mut suppliers) = (Vec::new(), Vec::new(), Vec::new());
        for place in 0..size.boards {
            boards.push(organisations::put_board(tx, partnership, &format!("Bestuur {place}")).await?);
        }
        for place in 0..size.suppliers {
            suppliers.push(organisations::put_supplier(tx, partnership, &format!("Leverancier {place}")).await?);
        }
        for place in 0..size.schools {
            let (brin, name) = (format!("{place:04}00"), format!("School {place}"));
            let facts = organisations::SchoolFacts { brin, name, pupils: Some(200), ..Default::default() };
            let school = organisations::put_school(tx, partnership, &facts, wijk).await?;
            organisations::set_board(tx, partnership, school, boards[place % boards.len()]).await?;
            schools.push(school);
        }
        let refused = |error| anyhow!("no pot: {error:?}");
        let pot = wijkpot::arrange(tx, partnership, "Wijkpot", &[wijk]).await.map_err(refused)?;
        let administrator = PersonId(Uuid::now_v7());
        let email = format!("{}@wijkpot.example", code.to_lowercase());
        people::insert(tx, partnership, administrator, &email, "Beheerder van de meting", now()).await?;
        people::grant(tx, partnership, administrator, Role::Administrator, Scope::Partnership).await?;
        own.commit().await?;
        Ok(Self { partnership, administrator, boards, schools, suppliers, pot, postings: 0 })
    }

    /// Every school gets this much of each supplier in each month of the year, over its board.
    pub async fn allot(&mut self, db: &Db, monthly: Minutes) -> Result<()> {
        let months = Month::at(now()).school_year().calendar();
        let each = self.schools.len().div_ceil(self.boards.len());
        let mut transfers = Vec::new();
        for (supplier, month) in self.suppliers.iter().flat_map(|supplier| months.iter().map(move |month| (supplier, month))) {
            let bucket = Bucket::of_month(*supplier, *month);
            let of = |holder| AccountKey::new(bucket, holder);
            for board in &self.boards {
                let minutes = Minutes(monthly.0 * i64::try_from(each)?);
                let contract = of(Holder::contract(*supplier));
                transfers.push(Transfer::new(PostingKind::Allotment, contract, of(Holder::board(*board)), minutes));
            }
            for (place, school) in self.schools.iter().enumerate() {
                let board = of(Holder::board(self.boards[place % self.boards.len()]));
                transfers.push(Transfer::new(PostingKind::Division, board, of(Holder::school(*school)), monthly));
            }
        }
        self.post(db, &transfers).await
    }

    /// Gifts and draws between schools and the pot, until there are this many postings.
    pub async fn give_and_draw(&mut self, db: &Db, until: usize) -> Result<()> {
        let month = Month::at(now());
        while self.postings < until {
            let mut transfers = Vec::with_capacity(TOGETHER);
            for place in 0..(until - self.postings).min(TOGETHER).div_ceil(2) {
                let turn = self.postings / 2 + place;
                let supplier = self.suppliers[turn % self.suppliers.len()];
                let of = |holder| AccountKey::new(Bucket::of_month(supplier, month), holder);
                let school = |turn: usize| of(Holder::school(self.schools[turn % self.schools.len()]));
                let pot = of(Holder::wijkpot(self.pot.0));
                transfers.push(Transfer::new(PostingKind::Donation, school(turn), pot, QUARTER));
                transfers.push(Transfer::new(PostingKind::Draw, pot, school(turn), QUARTER));
            }
            self.post(db, &transfers).await?;
        }
        Ok(())
    }

    async fn post(&mut self, db: &Db, transfers: &[Transfer]) -> Result<()> {
        for some in transfers.chunks(TOGETHER) {
            let mut tx = db.write_much(self.partnership).await?;
            tx.plan_anew().await?;
            let key = format!("town/{}", self.postings);
            let posted = hours::post(&mut tx, self.partnership, some, None, now(), &key).await;
            posted.map_err(|error| anyhow!("refused: {error:?}")).context("hours of a partnership")?;
            tx.commit().await?;
            self.postings += some.len();
        }
        Ok(())
    }
}
