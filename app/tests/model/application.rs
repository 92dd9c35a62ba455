//! The application's side of a history: each step as the verbs that its pages, forms and jobs call, each in a transaction of its own.
//!
//! Always true here: what is refused is dropped, and what worked is committed.

use super::{
    cast::{Cast, instant, moment, month},
    op::{Answer, GOAL, Name, No, Op, Outcome, QUESTION, Step, automatic_key, key, no, part_key, reason},
    rules::Thing,
    rules_draws::counted,
};
use app::{
    AppError,
    bookings::verbs as bookings,
    db::{Db, Tx},
    hours::verbs::{self as hours, Wanted},
    months::{giving, verbs as months},
    organisations::{sql::automatic_donors, verbs as organisations},
    wijkpot::{
        sql::donation_by_key,
        verbs::{self as wijkpot, Ask, AskReserve, Give},
    },
};
use chrono::{DateTime, Utc};
use domain::{
    BookingId, DonationId, DrawId, Minutes, PartnershipId, PersonId, ReserveRequestId,
    bookings::WishFields,
    hours::{Month, SchoolYear},
    wijkpot::DrawWish,
};
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
}

impl Application {
    /// A partnership in which nothing happened yet.
    pub async fn new(db: &Db, now: DateTime<Utc>) -> Result<Self, AppError> {
        let (partnership, cast) = super::world::partnership(db, now).await?;
        let translation = cast.translation(&Cast::plain());
        let (made, names, posted) = (HashMap::new(), HashMap::new(), HashMap::new());
        Ok(Self { db: db.clone(), partnership, cast, made, names, translation, posted })
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

    async fn year(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        match op {
            Op::Allot { year, count, key: number, by } => {
                let (inputs, by) = (count.inputs(&self.cast), Some(self.person(*by)));
                let id = hours::allot(tx, partnership, by, year_of(*year), &inputs, &key(*number), now).await?;
                Ok(self.named(Thing::Allotment, id.0, name))
            }
            Op::UndoAllotment { allotment, reason: given, by } => {
                let Some(id) = self.find(Thing::Allotment, *allotment) else { return Ok(None) };
                hours::undo_allotment(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            Op::Divide { year, board, parts, key: number, by } => {
                let (way, by, board) = (parts.way(&self.cast), Some(self.person(*by)), self.cast.boards[*board]);
                let id = hours::divide(tx, partnership, by, board, year_of(*year), &way, &key(*number), now).await?;
                Ok(self.named(Thing::Division, id.0, name))
            }
            Op::UndoDivision { division, reason: given, by } => {
                let Some(id) = self.find(Thing::Division, *division) else { return Ok(None) };
                hours::undo_division(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            _ => unreachable!("not about a year"),
        }
    }

    async fn deviation(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
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
                let id = hours::ask(tx, partnership, self.person(*by), *party, wanted, &key(*number), now).await?;
                Ok(self.named(Thing::Deviation, id.0, name))
            }
            Op::AgreeMove { deviation, party, by } => {
                let Some(id) = self.find(Thing::Deviation, *deviation) else { return Ok(None) };
                hours::agree(tx, partnership, self.person(*by), *party, id, now).await.map(done)
            }
            Op::RefuseMove { deviation, party, reason: given, by } => {
                let Some(id) = self.find(Thing::Deviation, *deviation) else { return Ok(None) };
                hours::refuse(tx, partnership, self.person(*by), *party, id, reason(*given), now).await.map(done)
            }
            Op::WithdrawMove { deviation, party, by } => {
                let Some(id) = self.find(Thing::Deviation, *deviation) else { return Ok(None) };
                hours::withdraw(tx, partnership, self.person(*by), *party, id, now).await.map(done)
            }
            _ => unreachable!("not about another month"),
        }
    }

    async fn gift(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
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
                let id = wijkpot::donate(tx, partnership, Some(self.person(*by)), give, &key(*number), now).await?;
                Ok(self.named(Thing::Donation, id.0, name))
            }
            Op::GiveShown { school, month: of, shown, key: number, by } => {
                let (school, by, key) = (self.cast.schools[*school], self.person(*by), key(*number));
                let given = giving::give_shown(tx, partnership, by, school, month(*of), Minutes(*shown), &key, now).await?;
                self.name_gifts(tx, &key, name).await?;
                Ok(Some(Answer::Numbers(vec![given.0])))
            }
            Op::Consent { donation, by } => {
                let Some(id) = self.find(Thing::Donation, *donation) else { return Ok(None) };
                wijkpot::consent(tx, partnership, self.person(*by), id, now).await.map(done)
            }
            Op::RefuseDonation { donation, reason: given, by } => {
                let Some(id) = self.find(Thing::Donation, *donation) else { return Ok(None) };
                wijkpot::refuse_donation(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            Op::TakeBack { donation, by } => {
                let Some(id) = self.find::<DonationId>(Thing::Donation, *donation) else { return Ok(None) };
                let back = wijkpot::take_back(tx, partnership, self.person(*by), id, now).await?;
                Ok(Some(Answer::Numbers(vec![back.0])))
            }
            _ => unreachable!("not about a gift"),
        }
    }

    /// A gift of all that is idle is one for each supplier.
    async fn name_gifts(&mut self, tx: &mut Tx, key: &str, name: Name) -> Result<(), AppError> {
        for supplier in 0..self.cast.suppliers.len() {
            if let Some(row) = donation_by_key(tx, self.partnership, &part_key(key, &self.cast, supplier)).await? {
                self.named(Thing::Donation, row.id, name + Name::try_from(supplier).unwrap_or_default());
            }
        }
        Ok(())
    }

    async fn draw(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
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
                let id = wijkpot::ask(tx, partnership, self.person(*by), ask, &key(*number), now).await?;
                Ok(self.named(Thing::Draw, id.0, name))
            }
            Op::Decide { draw, minutes, by } => {
                let Some(id) = self.find(Thing::Draw, *draw) else { return Ok(None) };
                wijkpot::decide(tx, partnership, self.person(*by), id, Minutes(*minutes), now).await.map(done)
            }
            Op::RefuseDraw { draw, reason: given, by } => {
                let Some(id) = self.find(Thing::Draw, *draw) else { return Ok(None) };
                wijkpot::refuse_draw(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            Op::Vote { draw, school, agrees, by } => {
                let Some(id) = self.find::<DrawId>(Thing::Draw, *draw) else { return Ok(None) };
                let tally = wijkpot::vote(tx, partnership, self.person(*by), (id, self.cast.schools[*school], *agrees), now).await?;
                Ok(Some(counted(tally)))
            }
            Op::WithdrawDraw { draw, by } => {
                let Some(id) = self.find(Thing::Draw, *draw) else { return Ok(None) };
                wijkpot::withdraw(tx, partnership, self.person(*by), id, now).await.map(done)
            }
            _ => unreachable!("not about a draw"),
        }
    }

    async fn reserve(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
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
                let id = wijkpot::ask_reserve(tx, partnership, self.person(*by), ask, &key(*number), now).await?;
                Ok(self.named(Thing::Request, id.0, name))
            }
            Op::Release { request, by } => {
                let Some(id) = find(request) else { return Ok(None) };
                wijkpot::release(tx, partnership, self.person(*by), id, now).await.map(done)
            }
            Op::RefuseReserve { request, reason: given, by } => {
                let Some(id) = find(request) else { return Ok(None) };
                wijkpot::refuse_reserve(tx, partnership, self.person(*by), id, reason(*given), now).await.map(done)
            }
            Op::WithdrawReserve { request, by } => {
                let Some(id) = find(request) else { return Ok(None) };
                wijkpot::withdraw_reserve(tx, partnership, self.person(*by), id, now).await.map(done)
            }
            _ => unreachable!("not about a reserve"),
        }
    }

    async fn booked(&mut self, tx: &mut Tx, op: &Op, name: Name, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        let id = match op {
            Op::Book { school, specialist, day, minute, minutes, level, key: number, by } => {
                let (at, long) = (moment(*day, *minute), minutes.to_string());
                let fields = WishFields { moment: &at, duur: &long, niveau: level.code(), vraag: QUESTION, doel: GOAL, ouders: "ja" };
                let (school, specialist) = (self.cast.schools[*school], self.cast.specialists[*specialist]);
                let (by, expertise) = (self.person(*by), Some(self.cast.expertise));
                bookings::ask(tx, partnership, by, school, specialist, &fields, expertise, &key(*number), now).await?
            }
            Op::Move { booking, side, day, minute, minutes, key: number, by } => {
                let (Some(id), Some(at)) = (self.find(Thing::Booking, *booking), instant(*day, *minute)) else { return Ok(None) };
                let by = self.person(*by);
                bookings::move_to(tx, partnership, by, id, *side, at, Minutes(*minutes), &key(*number), now).await?
            }
            _ => unreachable!("makes no booking"),
        };
        Ok(self.named(Thing::Booking, id.0, name))
    }

    async fn visit(&mut self, tx: &mut Tx, op: &Op, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
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
            Op::Accept { side, .. } => bookings::accept(tx, partnership, by, id, *side, now).await.map(done),
            Op::Decline { side, reason: given, .. } => {
                bookings::decline(tx, partnership, by, id, *side, reason(*given), now).await.map(done)
            }
            Op::Cancel { side, reason: given, .. } => bookings::cancel(tx, partnership, by, id, *side, reason(*given), now).await.map(done),
            Op::Record { minutes, .. } => bookings::record_done(tx, partnership, by, id, Minutes(*minutes), now).await.map(done),
            Op::AskExtra { minutes, .. } => bookings::ask_extra(tx, partnership, by, id, Minutes(*minutes), now).await.map(done),
            Op::GiveExtra { .. } => bookings::give_extra(tx, partnership, by, id, now).await.map(done),
            _ => {
                let Op::RefuseExtra { reason: given, .. } = op else { unreachable!("the last of its kind") };
                bookings::refuse_extra(tx, partnership, by, id, reason(*given), now).await.map(done)
            }
        }
    }

    async fn house(&mut self, tx: &mut Tx, op: &Op, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
        let partnership = self.partnership;
        match op {
            Op::Choose { setting, value, by } => {
                organisations::set_policy(tx, partnership, self.person(*by), *setting, value, now).await.map(done)
            }
            Op::Switch { school, on, by } => {
                let school = self.cast.schools[*school];
                organisations::switch_donation(tx, partnership, self.person(*by), school, *on, now).await.map(done)
            }
            Op::CloseMonth { month: of } => Ok(Some(Answer::Numbers(close(tx, partnership, month(*of), now).await?))),
            Op::Reverse { step, place, reason: given, key: number, by } => {
                let place = i64::try_from(*place).unwrap_or(i64::MAX);
                let posting = self.posted.get(step).map(|(first, _)| first.saturating_add(place));
                let Some(posting) = posting.filter(|posting| *posting < self.posted[step].1) else { return Ok(None) };
                let by = self.person(*by);
                let mirror = hours::reverse(tx, partnership, by, posting, reason(*given), &key(*number), now).await?;
                Ok(Some(Answer::Numbers(vec![mirror])))
            }
            _ => unreachable!("not done by the house"),
        }
    }

    /// What the jobs of the server do, in their order and in as many transactions.
    async fn jobs(&mut self, name: Name, now: DateTime<Utc>) -> Outcome {
        match self.due(name, now).await {
            Ok(numbers) => Ok(Answer::Numbers(numbers)),
            Err(error) => told(Err(error)),
        }
    }

    async fn due(&mut self, name: Name, now: DateTime<Utc>) -> Result<Vec<i64>, AppError> {
        let partnership = self.partnership;
        let mut tx = self.db.read().await?;
        let due = months::months_due(&mut tx, partnership, now).await?;
        let has_news = months::notices_due(&mut tx, partnership, now).await?;
        let gives = giving::giving_due(&mut tx, partnership, now).await?;
        let donors = automatic_donors(&mut tx, partnership).await?;
        drop(tx);
        let mut numbers = Vec::new();
        for month in due {
            let mut tx = self.db.write(partnership).await?;
            numbers.extend(close(&mut tx, partnership, month, now).await?);
            tx.commit().await?;
        }
        if has_news {
            let mut tx = self.db.write(partnership).await?;
            let told = months::send_notices(&mut tx, partnership, now).await?;
            numbers.push(i64::try_from(told).unwrap_or(i64::MAX));
            tx.commit().await?;
        }
        if !gives {
            return Ok(numbers);
        }
        for (place, donor) in donors.into_iter().enumerate() {
            let mut tx = self.db.write(partnership).await?;
            match giving::give_for(&mut tx, partnership, donor, now).await {
                Ok(given) => {
                    let school = self.cast.schools.iter().position(|school| *school == donor).ok_or(AppError::Internal)?;
                    let gift = name + Name::try_from(place * self.cast.suppliers.len()).unwrap_or_default();
                    self.name_gifts(&mut tx, &automatic_key(&self.cast, Month::at(now), school), gift).await?;
                    numbers.push(given.0);
                    tx.commit().await?;
                }
                Err(AppError::Refused(_)) => numbers.push(-1),
                Err(error) => return Err(error),
            }
        }
        let mut tx = self.db.write(partnership).await?;
        giving::giving_done(&mut tx, partnership, now).await?;
        tx.commit().await?;
        Ok(numbers)
    }
}

/// What closing a month did, in numbers.
async fn close(tx: &mut Tx, partnership: PartnershipId, month: Month, now: DateTime<Utc>) -> Result<Vec<i64>, AppError> {
    let closed = months::close_month(tx, partnership, month, now).await?;
    let count = |things: usize| i64::try_from(things).unwrap_or(i64::MAX);
    Ok(vec![closed.minutes().0, count(closed.accounts), count(closed.lapsed), count(closed.waiting)])
}

fn year_of(year: usize) -> SchoolYear {
    super::cast::YEARS[year]
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
