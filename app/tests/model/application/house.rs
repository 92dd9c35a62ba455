//! What the office and the house do: choices, corrections, months that end. Always true here: as in the folder.

use super::{Application, done, told};
use crate::model::{
    cast::month,
    op::{Answer, Name, Op, Outcome, automatic_key, key, reason},
};
use app::{
    AppError,
    db::Tx,
    hours::verbs::reverse,
    months::{giving, verbs as months},
    organisations::{sql::automatic_donors, verbs as organisations},
    wijkpot::{sql::queue, verbs::grant_all},
};
use chrono::{DateTime, Utc};
use domain::{PartnershipId, hours::Month};

impl Application {
    pub(super) async fn house(&mut self, tx: &mut Tx, op: &Op, now: DateTime<Utc>) -> Result<Option<Answer>, AppError> {
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
                let mirror = reverse(tx, partnership, by, posting, reason(*given), &key(*number), now).await?;
                Ok(Some(Answer::Numbers(vec![mirror])))
            }
            _ => unreachable!("not done by the house"),
        }
    }

    /// What the jobs of the server do, in their order and in as many transactions.
    pub(super) async fn jobs(&mut self, name: Name, now: DateTime<Utc>) -> Outcome {
        match self.due(name, now).await {
            Ok(numbers) => Ok(Answer::Numbers(numbers)),
            Err(error) => told(Err(error)),
        }
    }

    pub(super) async fn due(&mut self, name: Name, now: DateTime<Utc>) -> Result<Vec<i64>, AppError> {
        let partnership = self.partnership;
        let mut tx = self.db.read().await?;
        let due = months::months_due(&mut tx, partnership, now).await?;
        let has_news = months::notices_due(&mut tx, partnership, now).await?;
        let gives = giving::giving_due(&mut tx, partnership, now).await?;
        let somebody_waits = !queue(&mut tx, partnership, now).await?.is_empty();
        drop(tx);
        if somebody_waits {
            let mut tx = self.db.write(partnership).await?;
            grant_all(&mut tx, partnership, now).await?;
            tx.commit().await?;
        }
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
        if gives {
            self.gifts(name, now, &mut numbers).await?;
        }
        Ok(numbers)
    }

    /// What schools give by themselves.
    async fn gifts(&mut self, name: Name, now: DateTime<Utc>, numbers: &mut Vec<i64>) -> Result<(), AppError> {
        let partnership = self.partnership;
        let donors = automatic_donors(&mut self.db.read().await?, partnership).await?;
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
        Ok(tx.commit().await?)
    }
}

/// What closing a month did, in numbers.
async fn close(tx: &mut Tx, partnership: PartnershipId, month: Month, now: DateTime<Utc>) -> Result<Vec<i64>, AppError> {
    let closed = months::close_month(tx, partnership, month, now).await?;
    let count = |things: usize| i64::try_from(things).unwrap_or(i64::MAX);
    Ok(vec![closed.minutes().0, count(closed.accounts), count(closed.lapsed), count(closed.without_extra), count(closed.waiting)])
}
