//! The partnership of 2016 with its three contracts and six boards, for stories of dividing (000).
#![allow(dead_code, reason = "not every story uses every help")]

use crate::{sound::sound, support};
use app::{
    AppError,
    db::{Db, Tx},
    fetch_all,
    hours::{sql, verbs},
    organisations, people,
};
use chrono::{DateTime, Utc};
use domain::{
    AllotmentId, BoardId, PartnershipId, PersonId, SchoolId, SupplierId,
    hours::{
        AccountKey, Amounts, Basis, BoardFacts, BoardInput, Bucket, Contract, Decided, Holder, Inputs, Month, PostingKind, SchoolYear,
        Transfer,
    },
};
use uuid::Uuid;

pub const YEAR: SchoolYear = SchoolYear(2026);
pub const BECAUSE: &str = "zoals gedrukt in de tabel van 2016";

/// Before the school year begins.
pub fn june() -> DateTime<Utc> {
    "2026-06-20T12:00:00Z".parse().expect("a moment")
}

/// In the middle of it: September to December are over.
pub fn january() -> DateTime<Utc> {
    "2027-01-12T12:00:00Z".parse().expect("a moment")
}

pub struct Year {
    pub db: Db,
    pub name: &'static str,
    pub partnership: PartnershipId,
    pub administrator: PersonId,
    /// Kameleon, Mytyl, Driespan.
    pub suppliers: Vec<SupplierId>,
    /// KPO, OBO, Borgesius, De Waarden, SPCO, Zilverlinde.
    pub boards: Vec<BoardId>,
    /// Three schools of KPO, with 200, 100 and 100 pupils.
    pub schools: Vec<SchoolId>,
}

pub const CONTRACTS: [(&str, i64, i64); 3] = [("Kameleon", 806, 70), ("Mytyl", 1277, 100), ("Driespan", 2393, 200)];
pub const BOARDS: [(&str, i64, Option<i64>, Option<i64>); 6] = [
    ("KPO", 2940, None, Some(26)),
    ("OBO", 2240, None, Some(21)),
    ("Borgesius", 2480, None, None),
    ("De Waarden", 2070, None, None),
    ("SPCO", 230, Some(7), None),
    ("Zilverlinde", 40, Some(5), None),
];

pub async fn years() -> Vec<(Year, support::TestDb)> {
    let mut all = Vec::new();
    for test in support::databases().await {
        all.push((year(&test.db, test.name).await, test));
    }
    all
}

async fn year(db: &Db, name: &'static str) -> Year {
    let mut own = db.write_unscoped().await.expect("a writer");
    let tx = &mut own;
    let code = format!("P{}", &Uuid::now_v7().simple().to_string()[20..]);
    let partnership = organisations::sql::put_partnership(tx, &code, Some("PO 30-02"), june()).await.expect("a partnership");
    let district = organisations::sql::put_district(tx, partnership, "Roosendaal").await.expect("a district");
    let wijk = organisations::sql::put_wijk(tx, partnership, "Kalsdonk", district).await.expect("a wijk");
    let (mut suppliers, mut boards, mut schools) = (Vec::new(), Vec::new(), Vec::new());
    for (name, ..) in CONTRACTS {
        suppliers.push(organisations::sql::put_supplier(tx, partnership, name).await.expect("a supplier"));
    }
    for (name, ..) in BOARDS {
        boards.push(organisations::sql::put_board(tx, partnership, name).await.expect("a board"));
    }
    for (n, pupils) in [200, 100, 100].into_iter().enumerate() {
        let name = ["De Linde", "De Beuk", "De Eik"][n].to_owned();
        let facts = organisations::sql::SchoolFacts { brin: format!("00AA0{n}"), name, pupils: Some(pupils), ..Default::default() };
        let school = organisations::sql::put_school(tx, partnership, &facts, wijk).await.expect("a school");
        organisations::sql::set_board(tx, partnership, school, boards[0]).await.expect("under a board");
        schools.push(school);
    }
    let administrator = PersonId(Uuid::now_v7());
    let email = format!("{}@swv.example", administrator.0.simple());
    people::sql::insert(tx, partnership, administrator, &email, "Wietske Poelstra", june()).await.expect("a person");
    own.commit().await.expect("committed");
    Year { db: db.clone(), name, partnership, administrator, suppliers, boards, schools }
}

impl Year {
    /// What was decided in 2016.
    pub fn inputs(&self) -> Inputs {
        let contract = |(supplier, (name, hours, reserve)): (&SupplierId, (&str, i64, i64))| Contract {
            supplier: *supplier,
            name: name.to_owned(),
            hours,
            reserve,
            months: (9..=12).chain(1..=7).collect(),
        };
        let board = |(board, (name, pupils, fixed_percent, decided)): (&BoardId, (&str, i64, Option<i64>, Option<i64>))| BoardInput {
            board: *board,
            name: name.to_owned(),
            facts: BoardFacts { pupils, ..BoardFacts::default() },
            fixed_percent,
            decided: decided.map(|percent| Decided { percent, because: BECAUSE.to_owned() }),
        };
        Inputs {
            contracts: self.suppliers.iter().zip(CONTRACTS).map(contract).collect(),
            basis: Basis::Pupils,
            amounts: Amounts::default(),
            boards: self.boards.iter().zip(BOARDS).map(board).collect(),
        }
    }

    pub async fn allot(&self, inputs: &Inputs, key: &str, now: DateTime<Utc>) -> Result<AllotmentId, AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        let id = verbs::allot(&mut tx, self.partnership, Some(self.administrator), YEAR, inputs, key, now).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn undo(&self, id: AllotmentId, because: &str, now: DateTime<Utc>) -> Result<(), AppError> {
        let mut tx = self.db.write(self.partnership).await?;
        verbs::undo_allotment(&mut tx, self.partnership, self.administrator, id, because, now).await?;
        Ok(tx.commit().await?)
    }

    /// What boards and schools hold of each supplier, in hours, in the order of the suppliers.
    pub async fn handed_out(&self) -> Vec<i64> {
        let mut tx = self.db.read().await.expect("a reader");
        let tx = &mut tx;
        let rows: Vec<(Uuid, i64)> = fetch_all!(
            tx,
            (Uuid, i64),
            "select supplier_id, cast(sum(balance) as bigint) from accounts
             where partnership_id = $1 and holder_kind in ('board', 'school')
             group by supplier_id order by supplier_id",
            self.partnership.0
        )
        .expect("sums");
        let of = |supplier: &SupplierId| rows.iter().find(|(id, _)| *id == supplier.0).map_or(0, |(_, minutes)| minutes / 60);
        self.suppliers.iter().map(of).collect()
    }

    /// What a holder has of a supplier in the whole year, in minutes.
    pub async fn of_year(&self, supplier: SupplierId, holder: Holder) -> i64 {
        let mut all = 0;
        for month in YEAR.calendar() {
            all += self.in_month(supplier, holder, month).await;
        }
        all
    }

    pub async fn in_month(&self, supplier: SupplierId, holder: Holder, month: Month) -> i64 {
        let mut tx = self.db.read().await.expect("a reader");
        let account = AccountKey::new(Bucket::of_month(supplier, month), holder);
        sql::balance(&mut tx, self.partnership, &account).await.expect("a balance").0
    }

    /// Donates hours away: gone for whoever divides, without a booking.
    pub async fn spend(&self, supplier: SupplierId, holder: Holder, month: Month, minutes: i64) {
        let bucket = Bucket::of_month(supplier, month);
        let pot = AccountKey::new(bucket, Holder::wijkpot(self.partnership.0));
        let gift = Transfer::new(PostingKind::Donation, AccountKey::new(bucket, holder), pot, domain::Minutes(minutes));
        let mut tx = self.db.write(self.partnership).await.expect("a writer");
        sql::post(&mut tx, self.partnership, &[gift], None, june(), &Uuid::now_v7().to_string()).await.expect("spent");
        tx.commit().await.expect("committed");
    }

    /// How many postings there are.
    pub async fn postings(&self) -> i64 {
        let mut tx = self.db.read().await.expect("a reader");
        let tx = &mut tx;
        let rows: Vec<(i64,)> =
            fetch_all!(tx, (i64,), "select count(*) from postings where partnership_id = $1", self.partnership.0).expect("a count");
        rows[0].0
    }

    pub async fn change(&self, what: impl AsyncFnOnce(&mut Tx)) {
        let mut tx = self.db.write(self.partnership).await.expect("a writer");
        what(&mut tx).await;
        tx.commit().await.expect("committed");
    }

    pub async fn is_sound(&self) {
        let mut tx = self.db.read().await.expect("a reader");
        assert_eq!(sound(&mut tx, self.partnership).await, Vec::<String>::new(), "{}", self.name);
    }
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

/// The sentences of a refusal.
pub fn said<T>(result: Result<T, AppError>) -> String {
    match result {
        Err(AppError::Refused(refusal)) => refusal.to_string(),
        Err(error) => error.to_string(),
        Ok(_) => "it was not refused".to_owned(),
    }
}
