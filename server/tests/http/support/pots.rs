//! A region's pot: a gift, a draw and a question for the reserve that wait for whoever is asked.
//!
//! Always true here: everything is told with the verbs of the app.

use super::{Seat, world::Region};
use app::{db::Db, organisations::sql as organisations, session::now, wijkpot};
use domain::{
    DonationId, DrawId, Minutes, ReserveRequestId, SupplierId, WijkId, WijkpotId,
    hours::Month,
    policy::Setting,
    wijkpot::{Donor, DrawWish},
};
use uuid::Uuid;

impl Region {
    /// The pot of both wijken, made when it is first needed.
    pub async fn pot(&self, db: &Db) -> WijkpotId {
        let mut tx = db.write(self.partnership).await.expect("a writer");
        let wijken: Vec<WijkId> =
            organisations::wijken(&mut tx, self.partnership).await.expect("wijken").into_iter().map(|row| row.id.into()).collect();
        let pot = wijkpot::verbs::arrange(&mut tx, self.partnership, "Wijkpot Noord", &wijken).await.expect("a pot");
        tx.commit().await.expect("committed");
        pot
    }

    /// A supplier at which nobody has hours, so that one may draw.
    pub async fn dry_supplier(&self, db: &Db) -> SupplierId {
        self.pot(db).await;
        let mut tx = db.write(self.partnership).await.expect("a writer");
        let supplier = organisations::put_supplier(&mut tx, self.partnership, "Driesprong").await.expect("a supplier");
        tx.commit().await.expect("committed");
        supplier
    }

    /// A quarter of an hour the first school gives, where the board has this say in it.
    pub async fn gift(&self, db: &Db, board_consent: &str) -> DonationId {
        self.pot(db).await;
        let mut tx = db.write(self.partnership).await.expect("a writer");
        let by = self.person(Seat::Coordinator);
        let consent = Setting::BoardConsent;
        app::organisations::verbs::set_policy(&mut tx, self.partnership, by, consent, board_consent, now()).await.expect("a policy");
        let donor = Donor::School(self.schools[0]);
        let (supplier, month, minutes) = (self.suppliers[0], Month::at(now()), Minutes(15));
        let give = wijkpot::verbs::Give { donor, pot: None, supplier, month, minutes };
        let key = Uuid::now_v7().to_string();
        let id = wijkpot::verbs::donate(&mut tx, self.partnership, Some(by), give, &key, now()).await.expect("a gift");
        tx.commit().await.expect("committed");
        id
    }

    /// Hours the first school asks for and nobody has, where this decides.
    pub async fn draw(&self, db: &Db, decision: &str) -> DrawId {
        let supplier = self.dry_supplier(db).await;
        let mut tx = db.write(self.partnership).await.expect("a writer");
        let by = self.person(Seat::Coordinator);
        let draws = Setting::DrawDecision;
        app::organisations::verbs::set_policy(&mut tx, self.partnership, by, draws, decision, now()).await.expect("a policy");
        // A school asks so much at once and no more: what it asked before it does not need any more.
        for before in wijkpot::sql::queue(&mut tx, self.partnership, now()).await.expect("a queue") {
            wijkpot::verbs::withdraw(&mut tx, self.partnership, by, before.need.draw, now()).await.expect("withdrawn");
        }
        let wish = DrawWish { urgentie: "normal", niveau: "groep", soort: "behaviour" };
        let (school, month, minutes) = (self.schools[0], Month::at(now()), Minutes(60));
        let ask = wijkpot::verbs::Ask { school, supplier, month, minutes, wish, booking: None };
        let id = wijkpot::verbs::ask(&mut tx, self.partnership, by, ask, &Uuid::now_v7().to_string(), now()).await.expect("asked");
        tx.commit().await.expect("committed");
        id
    }

    /// Hours the first school asks from a reserve.
    pub async fn reserve_request(&self, db: &Db) -> ReserveRequestId {
        let supplier = self.dry_supplier(db).await;
        let mut tx = db.write(self.partnership).await.expect("a writer");
        let by = self.person(Seat::Coordinator);
        for before in wijkpot::sql::reserves_waiting(&mut tx, self.partnership).await.expect("what waits") {
            wijkpot::verbs::withdraw_reserve(&mut tx, self.partnership, by, before.id.into(), now()).await.expect("withdrawn");
        }
        let (school, month, reason) = (self.schools[0], Month::at(now()), "Er is haast bij.");
        let ask = wijkpot::verbs::AskReserve { school, supplier, month, minutes: Minutes(60), reason };
        let key = Uuid::now_v7().to_string();
        let id = wijkpot::verbs::ask_reserve(&mut tx, self.partnership, by, ask, &key, now()).await.expect("asked");
        tx.commit().await.expect("committed");
        id
    }
}
