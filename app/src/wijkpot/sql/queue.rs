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
    hours::sql::{Taken, taken},
    organisations::sql::policy,
};
use chrono::{DateTime, Utc};
use domain::{
    DrawId, Minutes, PartnershipId, PersonId, SchoolId, SupplierId, WijkpotId,
    hours::{Bucket, Month},
    policy::DrawDecision,
    wijkpot::{Decider, Need, Tally, Urgency, Vote, Voter, decider, tally},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// More than a district team can decide on in a month.
const QUEUE_MAX: i64 = 500;

/// A draw that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub row: DrawRow,
    pub need: Need,
    /// Who decides, as things stand now.
    pub decider: Decider,
    /// What other schools said, where schools decide.
    pub votes: Vec<Vote>,
    /// Who could say something, where schools decide: other schools of the same pot and their coordinators, apart from who works for the asking school too.
    pub voters: Vec<Voter>,
    /// What the school has idle in the bucket it asks from.
    pub own_idle: Minutes,
}

impl Waiting {
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

/// Pots that other schools wait for, per supplier: what comes into them in this month is theirs first, and so is the city-wide pot behind.
pub async fn waited_for(
    tx: &mut Tx,
    partnership: PartnershipId,
    month: Month,
    school: SchoolId,
) -> Result<BTreeSet<(SupplierId, WijkpotId)>, AppError> {
    let rows: Vec<DrawRow> = fetch_all!(
        tx,
        DrawRow,
        draws_where!("d.state = 'asked' and d.month = $2 and d.school_id <> $3 order by d.asked_at, d.id limit $4"),
        partnership.0,
        month.to_string(),
        school.0,
        QUEUE_MAX
    )?;
    let waiting = gather(tx, partnership, rows).await?;
    let mut pots: BTreeSet<(SupplierId, WijkpotId)> =
        waiting.iter().filter(|one| one.is_ready()).map(|one| (one.row.supplier_id.into(), one.row.pot_id.into())).collect();
    if !pots.is_empty()
        && let Some(city) = city_pot(tx, partnership).await?
    {
        let behind: Vec<_> = pots.iter().map(|(supplier, _)| (*supplier, WijkpotId(city.id))).collect();
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
    let mut months: BTreeMap<Month, HashMap<SchoolId, Taken>> = BTreeMap::new();
    for row in &rows {
        let month = row.month()?;
        if let std::collections::btree_map::Entry::Vacant(place) = months.entry(month) {
            place.insert(taken(tx, partnership, month, None).await?);
        }
    }
    let idle = own_idle(tx, partnership).await?;
    let had = had(tx, partnership).await?;
    // Where schools do not decide, nobody asks what they said.
    let (mut votes_of, voters_of) =
        if policy.draw_decision == DrawDecision::Network { voices(tx, partnership).await? } else { Default::default() };
    rows.into_iter()
        .map(|row| {
            let (draw, school, month) = (DrawId(row.id), SchoolId(row.school_id), row.month()?);
            let of_pot = voters_of.get(&row.pot_id.into()).map(Vec::as_slice).unwrap_or_default();
            let asks = |person: PersonId| person.0 == row.asked_by || of_pot.contains(&(school, person));
            let voters: Vec<Voter> = of_pot.iter().filter(|(voter, person)| *voter != school && !asks(*person)).copied().collect();
            let votes = votes_of.remove(&draw).unwrap_or_default();
            let drawn = months.get(&month).and_then(|month| month.get(&school)).copied().unwrap_or_default();
            let decider = decider(policy.draw_decision, policy.draw_cap, drawn.pots, Minutes(row.minutes), &voters, &votes);
            let need = Need {
                draw,
                school,
                name: row.school.clone(),
                urgency: Urgency::from_code(&row.urgency).ok_or(AppError::Internal)?,
                minutes: Minutes(row.minutes),
                had: had.get(&(school, month.school_year().0)).copied().unwrap_or_default(),
                pupils: row.pupils,
                since: row.asked_at,
            };
            let own_idle = idle.get(&draw).copied().unwrap_or_default();
            Ok(Waiting { row, need, decider, votes, voters, own_idle })
        })
        .collect()
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

/// What each school that waits has idle in the bucket it asks from.
async fn own_idle(tx: &mut Tx, partnership: PartnershipId) -> Result<HashMap<DrawId, Minutes>, AppError> {
    let rows: Vec<(Uuid, i64)> = fetch_all!(
        tx,
        (Uuid, i64),
        "select d.id, a.balance
         from draws d
         join accounts a on a.partnership_id = d.partnership_id and a.holder_kind = 'school' and a.holder_id = d.school_id
             and a.month = d.month and a.supplier_id = d.supplier_id
         where d.partnership_id = $1 and d.state = 'asked'",
        partnership.0
    )?;
    Ok(rows.into_iter().map(|(draw, minutes)| (draw.into(), Minutes(minutes))).collect())
}

/// What each school that waits used and set aside, by school year.
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
         join bookings b on b.school_id = w.school_id
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
