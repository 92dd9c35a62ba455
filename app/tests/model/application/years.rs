//! Dividing years, and hours that move to another month, by the verbs. Always true here: as in the folder.

use super::{Application, done};
use crate::model::{
    cast::{YEARS, month},
    op::{Answer, Name, Op, key, reason},
    rules::Thing,
};
use app::{
    AppError,
    db::Tx,
    hours::verbs::{self, Wanted},
};
use chrono::{DateTime, Utc};
use domain::Minutes;

impl Application {
    pub(super) async fn year(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        match op {
            Op::Allot { year, count, key: number, by } => {
                let (inputs, by) = (count.inputs(&self.cast), Some(self.person(*by)));
                let id = verbs::allot(tx, partnership, by, YEARS[*year], &inputs, &key(*number), now).await?;
                Ok(self.named(Thing::Allotment, id.0, name))
            }
            Op::UndoAllotment { allotment, reason: given, by } => {
                let Some(id) = self.find(Thing::Allotment, *allotment) else { return Ok(None) };
                verbs::undo_allotment(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            Op::Divide { year, board, parts, key: number, by } => {
                let (way, by, board) = (parts.way(&self.cast), Some(self.person(*by)), self.cast.boards[*board]);
                let id = verbs::divide(tx, partnership, by, board, YEARS[*year], &way, &key(*number), now).await?;
                Ok(self.named(Thing::Division, id.0, name))
            }
            Op::UndoDivision { division, reason: given, by } => {
                let Some(id) = self.find(Thing::Division, *division) else { return Ok(None) };
                verbs::undo_division(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            _ => unreachable!("not about a year"),
        }
    }

    pub(super) async fn deviation(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        match op {
            Op::AskMove { party, supplier, board, school, from, to, minutes, key: number, by } => {
                let wanted = Wanted {
                    supplier: self.cast.suppliers[*supplier],
                    board: self.cast.boards[*board],
                    school: school.map(|school| self.cast.schools[school]),
                    from: month(*from),
                    to: month(*to),
                    minutes: Minutes(*minutes),
                    reason: reason(true).to_owned(),
                };
                let id = verbs::ask(tx, partnership, self.person(*by), *party, wanted, &key(*number), now).await?;
                Ok(self.named(Thing::Deviation, id.0, name))
            }
            Op::AgreeMove { deviation, party, by } => {
                let Some(id) = self.find(Thing::Deviation, *deviation) else { return Ok(None) };
                verbs::agree(tx, partnership, self.person(*by), *party, id, now).await.map(done)
            }
            Op::RefuseMove { deviation, party, reason: given, by } => {
                let Some(id) = self.find(Thing::Deviation, *deviation) else { return Ok(None) };
                verbs::refuse(tx, partnership, self.person(*by), *party, id, reason(*given), now).await.map(done)
            }
            Op::WithdrawMove { deviation, party, by } => {
                let Some(id) = self.find(Thing::Deviation, *deviation) else { return Ok(None) };
                verbs::withdraw(tx, partnership, self.person(*by), *party, id, now).await.map(done)
            }
            _ => unreachable!("not about another month"),
        }
    }
}
