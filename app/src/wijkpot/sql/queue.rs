//! The draws that wait, with everything their place and their decision depend on. Always true here: a handful of statements however many
//! wait, and months that are over wait no longer.

use super::{
    draws::{DrawRow, draws_where, votes},
    pots::{city_pot, voters},
};
use crate::{
    AppError,
    db::Tx,
    fetch_all, fetch_one,
    hours::sql::{TakenIn, ledger_head, taken_by},
    organisations::sql::policy,
};
use chrono::{DateTime, Utc};
use domain::{
    DrawId, Minutes, PartnershipId, PersonId, SchoolId, SupplierId, WijkpotId,
    hours::{Bucket, Month},
    policy::{DrawDecision, Policy},
    wijkpot::{Decider, Need, Tally, Urgency, Vote, Voter, decider, tally},
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// More than a district team can decide on in a month.
pub const QUEUE_MAX: i64 = 500;

/// A draw that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub row: DrawRow,
    pub need: Need,
    pub standing: Standing,
}

/// What the decision about a draw that waits depends on, as things stand now.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Who decides.
    pub decider: Decider,
    /// What other schools said, where schools decide.
    pub votes: Vec<Vote>,
    /// Who could say something, where schools decide: other schools of the same pot and their coordinators, apart from who works for the asking school too.
    pub voters: Vec<Voter>,
    /// What the school has idle in the bucket it asks from.
    pub own_idle: Minutes,
}

impl Standing {
    /// Whether nobody has to decide any more.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        match self.decider {
            Decider::Automatic => true,
            Decider::Network => tally(&self.votes) == Tally::Agreed,
            Decider::DistrictTeam => false,
        }
    }

    /// Whether it waits for nothing but hours in its pot.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.is_approved() && self.own_idle <= Minutes::ZERO
    }
}

/// Every draw that waits for hours of this month or a later one, who waits longest first.
pub async fn queue(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<Vec<Waiting>, AppError> {
    let rows: Vec<DrawRow> = fetch_all!(
        tx,
        DrawRow,
        draws_where!("d.state = 'asked' and d.month >= $2 order by d.asked_at, d.id limit $3"),
        partnership.0,
        Month::at(now).to_string(),
        QUEUE_MAX
    )?;
    gather(tx, partnership, rows).await
}

/// Every draw that waits for hours of this bucket, who waits longest first.
pub async fn queue_of(tx: &mut Tx, partnership: PartnershipId, bucket: Bucket) -> Result<Vec<Waiting>, AppError> {
    let rows: Vec<DrawRow> = fetch_all!(
        tx,
        DrawRow,
        draws_where!("d.state = 'asked' and d.month = $2 and d.supplier_id = $3 order by d.asked_at, d.id limit $4"),
        partnership.0,
        bucket.month.map(|month| month.to_string()).unwrap_or_default(),
        bucket.supplier.0,
        QUEUE_MAX
    )?;
    gather(tx, partnership, rows).await
}

/// Pots that other schools wait for in two months (which may be one), per supplier, given what schools took in them: what comes into these
/// pots is theirs first, and so is the city-wide pot behind.
pub async fn waited_for(
    tx: &mut Tx,
    partnership: PartnershipId,
    policy: &Policy,
    months: [Month; 2],
    school: SchoolId,
    taken: &TakenIn,
) -> Result<BTreeSet<(Month, SupplierId, WijkpotId)>, AppError> {
    // What the team decides about is granted at once or not at all.
    if policy.draw_decision == DrawDecision::DistrictTeam {
        return Ok(BTreeSet::new());
    }
    let rows: Vec<DrawRow> = fetch_all!(
        tx,
        DrawRow,
        draws_where!("d.state = 'asked' and d.month in ($2, $3) and d.school_id <> $4 order by d.asked_at, d.id limit $5"),
        partnership.0,
        months[0].to_string(),
        months[1].to_string(),
        school.0,
        QUEUE_MAX
    )?;
    if rows.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut around = Around::read(tx, partnership, policy, taken).await?;
    let mut pots = BTreeSet::new();
    for row in &rows {
        if around.standing(row)?.is_ready() {
            pots.insert((row.month()?, row.supplier_id.into(), row.pot_id.into()));
        }
    }
    if !pots.is_empty()
        && let Some(city) = city_pot(tx, partnership).await?
    {
        let behind: Vec<_> = pots.iter().map(|(month, supplier, _)| (*month, *supplier, WijkpotId(city.id))).collect();
        pots.extend(behind);
    }
    Ok(pots)
}

/// How many draws of a school wait.
pub async fn waiting_of(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, now: DateTime<Utc>) -> Result<usize, AppError> {
    let (count,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select count(*) from draws where partnership_id = $1 and school_id = $2 and state = 'asked' and month >= $3",
        partnership.0,
        school.0,
        Month::at(now).to_string()
    )?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Everything the place and the decision of these draws depend on.
async fn gather(tx: &mut Tx, partnership: PartnershipId, rows: Vec<DrawRow>) -> Result<Vec<Waiting>, AppError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let policy = policy(tx, partnership).await?;
    let head = ledger_head(tx, partnership).await?.map(|(_, hash)| hash);
    let mut months = TakenIn::new();
    for row in &rows {
        let month = row.month()?;
        if !months.contains_key(&month) {
            let taken = taken_by(tx, partnership, [month; 2], head.clone()).await?;
            months.extend(taken.iter().map(|(month, schools)| (*month, schools.clone())));
        }
    }
    let mut around = Around::read(tx, partnership, &policy, &months).await?;
    let had = had(tx, partnership).await?;
    rows.into_iter()
        .map(|row| {
            let school = SchoolId(row.school_id);
            let need = Need {
                draw: row.id.into(),
                school,
                name: row.school.clone(),
                urgency: Urgency::from_code(&row.urgency).ok_or(AppError::Internal)?,
                minutes: Minutes(row.minutes),
                had: had.get(&(school, row.month()?.school_year().0)).copied().unwrap_or_default(),
                pupils: row.pupils,
                since: row.asked_at,
            };
            let standing = around.standing(&row)?;
            Ok(Waiting { row, need, standing })
        })
        .collect()
}

/// What decisions about draws that wait are made from.
struct Around<'a> {
    policy: &'a Policy,
    /// What schools took, in each month that is asked about.
    months: &'a TakenIn,
    votes_of: HashMap<DrawId, Vec<Vote>>,
    voters_of: HashMap<WijkpotId, Vec<Voter>>,
}

impl<'a> Around<'a> {
    async fn read(tx: &mut Tx, partnership: PartnershipId, policy: &'a Policy, months: &'a TakenIn) -> Result<Self, AppError> {
        // Where schools do not decide, nobody asks what they said.
        let (votes_of, voters_of) =
            if policy.draw_decision == DrawDecision::Network { voices(tx, partnership).await? } else { Default::default() };
        Ok(Self { policy, months, votes_of, voters_of })
    }

    fn standing(&mut self, row: &DrawRow) -> Result<Standing, AppError> {
        let (draw, school) = (DrawId(row.id), SchoolId(row.school_id));
        let of_pot = self.voters_of.get(&row.pot_id.into()).map(Vec::as_slice).unwrap_or_default();
        let asks = |person: PersonId| person.0 == row.asked_by || of_pot.contains(&(school, person));
        let voters: Vec<Voter> = of_pot.iter().filter(|(voter, person)| *voter != school && !asks(*person)).copied().collect();
        let votes = self.votes_of.remove(&draw).unwrap_or_default();
        let taken = self.months.get(&row.month()?).and_then(|month| month.get(&school)).copied().unwrap_or_default();
        let decider = decider(self.policy.draw_decision, self.policy.draw_cap, taken.pots, Minutes(row.minutes), &voters, &votes);
        Ok(Standing { decider, votes, voters, own_idle: Minutes(row.own_idle) })
    }
}

/// What was said of every draw that waits, and who can say something at each pot.
async fn voices(tx: &mut Tx, partnership: PartnershipId) -> Result<(HashMap<DrawId, Vec<Vote>>, HashMap<WijkpotId, Vec<Voter>>), AppError> {
    let mut votes_of: HashMap<DrawId, Vec<Vote>> = HashMap::new();
    for (draw, vote) in votes(tx, partnership).await? {
        votes_of.entry(draw).or_default().push(vote);
    }
    let city = city_pot(tx, partnership).await?.map(|pot| pot.id.into());
    let mut voters_of: HashMap<WijkpotId, Vec<Voter>> = HashMap::new();
    for (pot, school, person) in voters(tx, partnership).await? {
        if let Some(pot) = pot.or(city) {
            voters_of.entry(pot).or_default().push((school, person));
        }
    }
    Ok((votes_of, voters_of))
}

/// What each school that waits used and set aside, by school year. A booking that ended holds nothing, and there are years of those.
async fn had(tx: &mut Tx, partnership: PartnershipId) -> Result<HashMap<(SchoolId, i32), Minutes>, AppError> {
    let rows: Vec<(Uuid, i64, i64)> = fetch_all!(
        tx,
        (Uuid, i64, i64),
        "select w.school_id, a.school_year, a.balance
         from (select distinct school_id from draws where partnership_id = $1 and state = 'asked') w
         join accounts a on a.partnership_id = $1 and a.holder_kind = 'used' and a.holder_id = w.school_id
         union all
         select w.school_id, a.school_year, a.balance
         from (select distinct school_id from draws where partnership_id = $1 and state = 'asked') w
         join bookings b on b.school_id = w.school_id and b.status in ('asked', 'accepted', 'registered', 'confirmed')
         join accounts a on a.partnership_id = $1 and a.holder_kind = 'booking' and a.holder_id = b.id
         where a.balance > 0",
        partnership.0
    )?;
    let mut had: HashMap<(SchoolId, i32), Minutes> = HashMap::new();
    for (school, year, minutes) in rows {
        *had.entry((school.into(), i32::try_from(year).unwrap_or_default())).or_default() += Minutes(minutes);
    }
    Ok(had)
}
