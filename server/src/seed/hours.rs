//! A year of hours: contracts, the boards' shares, and their division over boards, months and schools.
//!
//! Always true here: the decision moves one percent from the largest board to one that opens a school, and says so.

use super::{
    places::{BOARDS, SUPPLIERS},
    world::{World, divided_on},
};
use app::{
    db::Tx,
    hours::{sql as hours, verbs},
};
use chrono::{DateTime, NaiveTime, Utc};
use domain::{
    Refusal,
    hours::{Claim, Decided, SchoolYear, shares},
    time,
};

const BECAUSE: &str = "Openbaar Vlietland opent in augustus een nieuwe school. Besloten in de ledenvergadering van juni.";

/// When a year is divided: in the afternoon of its day, but never after now.
#[must_use]
pub fn divided_at(year: SchoolYear, now: DateTime<Utc>) -> DateTime<Utc> {
    let afternoon = NaiveTime::from_hms_opt(14, 10, 0).unwrap_or_default();
    time::instant(divided_on(year).and_time(afternoon)).unwrap_or(now).min(now)
}

/// Signs the contracts of a year and divides them. Answers the number of postings.
///
/// # Errors
/// When a rule or the database refuses.
pub async fn divide(tx: &mut Tx, world: &World, year: SchoolYear, at: DateTime<Utc>) -> anyhow::Result<usize> {
    for (supplier, (_, contract, reserve)) in world.suppliers.iter().zip(SUPPLIERS) {
        hours::put_contract(tx, world.partnership, year, *supplier, contract, reserve).await?;
    }
    hours::put_claims(tx, world.partnership, year, &claims(world)?).await?;
    let outcome = verbs::allot_year(tx, world.partnership, year, Some(world.administrator), at).await?;
    Ok(outcome.postings)
}

/// What every board brings: its part of all pupils, in hundredths of a percent; two small boards have a fixed share.
fn claims(world: &World) -> Result<Vec<Claim>, Refusal> {
    let all: i64 = world.schools.iter().map(|school| school.pupils).sum();
    let pupils = |board: usize| world.schools.iter().filter(|school| school.board == board).map(|school| school.pupils).sum::<i64>();
    let mut claims: Vec<Claim> = BOARDS
        .iter()
        .zip(&world.boards)
        .enumerate()
        .map(|(place, ((name, _, fixed), board))| Claim {
            board: *board,
            name: (*name).to_owned(),
            weight: pupils(place) * 10_000 / all.max(1),
            fixed_percent: *fixed,
            decided: None,
        })
        .collect();
    let computed = shares(&claims)?;
    for (place, change) in [(0, -1), (1, 1)] {
        claims[place].decided = Some(Decided { percent: computed[place].percent + change, because: BECAUSE.to_owned() });
    }
    Ok(claims)
}
