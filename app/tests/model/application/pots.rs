//! Gifts, draws and reserves by the verbs. Always true here: as in the folder.

use super::{Application, done};
use crate::model::{
    cast::month,
    op::{Answer, Name, Op, key, part_key, reason},
    rules::{Thing, counted},
};
use app::{
    AppError,
    db::Tx,
    months::giving::give_shown,
    wijkpot::{
        sql::donation_by_key,
        verbs::{self, Ask, AskReserve, Give},
    },
};
use chrono::{DateTime, Utc};
use domain::{BookingId, DonationId, DrawId, Minutes, ReserveRequestId, wijkpot::DrawWish};

impl Application {
    pub(super) async fn gift(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        match op {
            Op::Donate { donor, pot, supplier, month: of, minutes, key: number, by } => {
                let give = Give {
                    donor: donor.donor(&self.cast),
                    pot: pot.map(|pot| self.cast.pots[pot]),
                    supplier: self.cast.suppliers[*supplier],
                    month: month(*of),
                    minutes: Minutes(*minutes),
                };
                let id = verbs::donate(tx, partnership, Some(self.person(*by)), give, &key(*number), now).await?;
                Ok(self.named(Thing::Donation, id.0, name))
            }
            Op::GiveShown { school, month: of, shown, key: number, by } => {
                let (school, by, key) = (self.cast.schools[*school], self.person(*by), key(*number));
                let given = give_shown(tx, partnership, by, school, month(*of), Minutes(*shown), &key, now).await?;
                self.name_gifts(tx, &key, name).await?;
                Ok(Some(Answer::Numbers(vec![given.0])))
            }
            Op::Consent { donation, by } => {
                let Some(id) = self.find(Thing::Donation, *donation) else { return Ok(None) };
                verbs::consent(tx, partnership, self.person(*by), id, now).await.map(done)
            }
            Op::RefuseDonation { donation, reason: given, by } => {
                let Some(id) = self.find(Thing::Donation, *donation) else { return Ok(None) };
                verbs::refuse_donation(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            Op::TakeBack { donation, by } => {
                let Some(id) = self.find::<DonationId>(Thing::Donation, *donation) else { return Ok(None) };
                let back = verbs::take_back(tx, partnership, self.person(*by), id, now).await?;
                Ok(Some(Answer::Numbers(vec![back.0])))
            }
            _ => unreachable!("not about a gift"),
        }
    }

    /// A gift of all that is idle is one for each supplier.
    pub(super) async fn name_gifts(&mut self, tx: &mut Tx, key: &str, name: Name) -> Result<(), AppError> {
        for supplier in 0..self.cast.suppliers.len() {
            if let Some(row) = donation_by_key(tx, self.partnership, &part_key(key, &self.cast, supplier)).await? {
                self.named(Thing::Donation, row.id, name + Name::try_from(supplier).unwrap_or_default());
            }
        }
        Ok(())
    }

    pub(super) async fn draw(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        match op {
            Op::AskDraw { school, supplier, month: of, minutes, urgency, booking, key: number, by } => {
                let booking = match booking {
                    Some(name) => match self.find::<BookingId>(Thing::Booking, *name) {
                        None => return Ok(None),
                        found => found,
                    },
                    None => None,
                };
                let ask = Ask {
                    school: self.cast.schools[*school],
                    supplier: self.cast.suppliers[*supplier],
                    month: month(*of),
                    minutes: Minutes(*minutes),
                    wish: DrawWish { urgentie: urgency.code(), niveau: "groep", soort: "behaviour" },
                    booking,
                };
                let id = verbs::ask(tx, partnership, self.person(*by), ask, &key(*number), now).await?;
                Ok(self.named(Thing::Draw, id.0, name))
            }
            Op::Decide { draw, minutes, by } => {
                let Some(id) = self.find(Thing::Draw, *draw) else { return Ok(None) };
                verbs::decide(tx, partnership, self.person(*by), id, Minutes(*minutes), now).await.map(done)
            }
            Op::RefuseDraw { draw, reason: given, by } => {
                let Some(id) = self.find(Thing::Draw, *draw) else { return Ok(None) };
                verbs::refuse_draw(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            Op::Vote { draw, school, agrees, by } => {
                let Some(id) = self.find::<DrawId>(Thing::Draw, *draw) else { return Ok(None) };
                let tally = verbs::vote(tx, partnership, self.person(*by), (id, self.cast.schools[*school], *agrees), now).await?;
                Ok(Some(counted(tally)))
            }
            Op::WithdrawDraw { draw, by } => {
                let Some(id) = self.find(Thing::Draw, *draw) else { return Ok(None) };
                verbs::withdraw(tx, partnership, self.person(*by), id, now).await.map(done)
            }
            _ => unreachable!("not about a draw"),
        }
    }

    pub(super) async fn reserve(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        let find = |name: &Name| self.find::<ReserveRequestId>(Thing::Request, *name);
        match op {
            Op::AskReserve { school, supplier, month: of, minutes, reason: given, key: number, by } => {
                let ask = AskReserve {
                    school: self.cast.schools[*school],
                    supplier: self.cast.suppliers[*supplier],
                    month: month(*of),
                    minutes: Minutes(*minutes),
                    reason: reason(*given),
                };
                let id = verbs::ask_reserve(tx, partnership, self.person(*by), ask, &key(*number), now).await?;
                Ok(self.named(Thing::Request, id.0, name))
            }
            Op::Release { request, by } => {
                let Some(id) = find(request) else { return Ok(None) };
                verbs::release(tx, partnership, self.person(*by), id, now).await.map(done)
            }
            Op::RefuseReserve { request, reason: given, by } => {
                let Some(id) = find(request) else { return Ok(None) };
                verbs::refuse_reserve(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            Op::WithdrawReserve { request, by } => {
                let Some(id) = find(request) else { return Ok(None) };
                verbs::withdraw_reserve(tx, partnership, self.person(*by), id, now).await.map(done)
            }
            _ => unreachable!("not about a reserve"),
        }
    }
}
