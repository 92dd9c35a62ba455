//! Bookings by the verbs. Always true here: as in the folder.

use super::{Application, done};
use crate::model::{
    cast::{instant, moment},
    op::{Answer, GOAL, Name, Op, QUESTION, key, reason},
    rules::Thing,
};
use app::{AppError, bookings::verbs, db::Tx};
use chrono::{DateTime, Utc};
use domain::{BookingId, Minutes, bookings::WishFields};

impl Application {
    pub(super) async fn booked(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        let id = match op {
            Op::Book { school, specialist, day, minute, minutes, level, key: number, by } => {
                let (at, long) = (moment(*day, *minute), minutes.to_string());
                let fields = WishFields { moment: &at, duur: &long, niveau: level.code(), vraag: QUESTION, doel: GOAL, ouders: "ja" };
                let (school, specialist) = (self.cast.schools[*school], self.cast.specialists[*specialist]);
                let (by, expertise) = (self.person(*by), Some(self.cast.expertise));
                verbs::ask(tx, partnership, by, school, specialist, &fields, expertise, &key(*number), now).await?
            }
            Op::Move { booking, side, day, minute, minutes, key: number, by } => {
                let (Some(id), Some(at)) = (self.find(Thing::Booking, *booking), instant(*day, *minute)) else { return Ok(None) };
                let by = self.person(*by);
                verbs::move_to(tx, partnership, by, id, *side, at, Minutes(*minutes), &key(*number), now).await?
            }
            _ => unreachable!("makes no booking"),
        };
        Ok(self.named(Thing::Booking, id.0, name))
    }

    pub(super) async fn visit(&mut self, tx: &mut Tx, op: &Op, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        let (Op::Accept { booking, by, .. }
        | Op::Decline { booking, by, .. }
        | Op::Cancel { booking, by, .. }
        | Op::Record { booking, by, .. }
        | Op::AskExtra { booking, by, .. }
        | Op::GiveExtra { booking, by }
        | Op::RefuseExtra { booking, by, .. }) = op
        else {
            unreachable!("not about a booking")
        };
        let Some(id) = self.find::<BookingId>(Thing::Booking, *booking) else { return Ok(None) };
        let by = self.person(*by);
        match op {
            Op::Accept { side, .. } => verbs::accept(tx, partnership, by, id, *side, now).await.map(done),
            Op::Decline { side, reason: given, .. } => verbs::decline(tx, partnership, by, id, *side, reason(*given), now).await.map(done),
            Op::Cancel { side, reason: given, .. } => verbs::cancel(tx, partnership, by, id, *side, reason(*given), now).await.map(done),
            Op::Record { minutes, .. } => verbs::record_done(tx, partnership, by, id, Minutes(*minutes), now).await.map(done),
            Op::AskExtra { minutes, .. } => verbs::ask_extra(tx, partnership, by, id, Minutes(*minutes), now).await.map(done),
            Op::GiveExtra { .. } => verbs::give_extra(tx, partnership, by, id, now).await.map(done),
            _ => {
                let Op::RefuseExtra { reason: given, .. } = op else { unreachable!("the last of its kind") };
                verbs::refuse_extra(tx, partnership, by, id, reason(*given), now).await.map(done)
            }
        }
    }
}
