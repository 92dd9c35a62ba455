//! The application's side of a history: each step as the verbs that its pages, forms and jobs call, each in a transaction of its own.
//!
//! Always true here: what is refused is dropped, and what worked is committed.

mod house;
mod pots;
mod visits;
mod world;
mod years;

use super::{
    cast::Cast,
    compare::Stands,
    op::{Answer, Name, No, Op, Outcome, Step, no},
    rules::Thing,
};
use app::{
    AppError,
    db::{Db, Tx},
};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, PersonId};
use std::collections::HashMap;
use uuid::Uuid;

/// A partnership in a database, with what the steps made in it.
pub struct Application {
    pub db: Db,
    pub partnership: PartnershipId,
    pub cast: Cast,
    pub made: HashMap<(Thing, Name), Uuid>,
    pub names: HashMap<Uuid, Name>,
    /// The model's id of each party.
    pub translation: HashMap<Uuid, Uuid>,
    /// The numbers of the postings of each step: the first, and the first that is not.
    pub posted: HashMap<u32, (i64, i64)>,
    /// Where the ledger stood after the step before.
    pub stood: Option<Stands>,
}

impl Application {
    /// A partnership in which nothing happened yet.
    pub async fn new(db: &Db, now: DateTime<Utc>) -> Result<Self, AppError> {
        let (partnership, cast) = world::partnership(db, now).await?;
        let translation = cast.translation(&Cast::plain());
        let (made, names, posted) = (HashMap::new(), HashMap::new(), HashMap::new());
        Ok(Self { db: db.clone(), partnership, cast, made, names, translation, posted, stood: None })
    }

    /// Does a step.
    pub async fn run(&mut self, step: &Step, now: DateTime<Utc>) -> Outcome {
        match &step.op {
            Op::Wait { .. } => Ok(Answer::Done),
            Op::Jobs => self.jobs(step.name(), now).await,
            op => self.in_one(op, step.name(), now).await,
        }
    }

    async fn in_one(&mut self, op: &Op, name: Name, now: DateTime<Utc>) -> Outcome {
        let mut tx = match self.db.write(self.partnership).await {
            Ok(tx) => tx,
            Err(error) => return told(Err(error.into())),
        };
        let done = self.verb(&mut tx, op, name, now).await;
        // What is refused is dropped with its transaction.
        if matches!(done, Ok(Some(_)))
            && let Err(error) = tx.commit().await
        {
            return told(Err(error.into()));
        }
        told(done)
    }

    async fn verb(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        match op {
            Op::Allot { .. } | Op::UndoAllotment { .. } | Op::Divide { .. } | Op::UndoDivision { .. } => self.year(tx, op, name, now).await,
            Op::AskMove { .. } | Op::AgreeMove { .. } | Op::RefuseMove { .. } | Op::WithdrawMove { .. } => {
                self.deviation(tx, op, name, now).await
            }
            Op::Donate { .. } | Op::GiveShown { .. } | Op::Consent { .. } | Op::RefuseDonation { .. } | Op::TakeBack { .. } => {
                self.gift(tx, op, name, now).await
            }
            Op::AskDraw { .. } | Op::Decide { .. } | Op::RefuseDraw { .. } | Op::Vote { .. } | Op::WithdrawDraw { .. } => {
                self.draw(tx, op, name, now).await
            }
            Op::AskReserve { .. } | Op::Release { .. } | Op::RefuseReserve { .. } | Op::WithdrawReserve { .. } => {
                self.reserve(tx, op, name, now).await
            }
            Op::Book { .. } | Op::Move { .. } => self.booked(tx, op, name, now).await,
            Op::Choose { .. } | Op::Switch { .. } | Op::CloseMonth { .. } | Op::Reverse { .. } => self.house(tx, op, now).await,
            _ => self.visit(tx, op, now).await,
        }
    }

    fn person(&self, by: usize) -> PersonId {
        self.cast.people[by]
    }

    fn find<T: From<Uuid>>(&self, thing: Thing, name: Name) -> Option<T> {
        self.made.get(&(thing, name)).copied().map(T::from)
    }

    /// The name of what was made: that of this step, unless it was there before.
    fn named(&mut self, thing: Thing, id: Uuid, name: Name) -> Option<Answer> {
        let name = *self.names.entry(id).or_insert(name);
        self.made.insert((thing, name), id);
        Some(Answer::Made(name))
    }
}

fn done<T>(_: T) -> Option<Answer> {
    Some(Answer::Done)
}

/// As the model tells it.
fn told(done: Result<Option<Answer>, AppError>) -> Outcome {
    match done {
        Ok(answer) => Ok(answer.unwrap_or(Answer::NotThere)),
        Err(AppError::Refused(refusal)) => Err(No::from(refusal)),
        Err(AppError::NotFound) => no("not_found"),
        Err(AppError::Malformed) => no("malformed"),
        Err(error) => Err(No(format!("{error:?}"))),
    }
}
