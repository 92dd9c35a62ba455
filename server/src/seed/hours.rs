//! A year of hours: contracts, the boards' shares, and their division over boards, months and schools.
//!
//! Always true here: the decision moves one percent from the largest board to one that opens a school, and says so.

use super::{
    places::{BOARDS, SUPPLIERS},
    world::{World, divided_on},
};
use anyhow::Context;
use app::{
    db::Tx,
    hours::{
        sql as hours,
        verbs::{self, Wanted},
    },
    organisations::sql as organisations,
    people::sql as people,
};
use chrono::{DateTime, NaiveTime, Utc};
use domain::{
    Minutes, Refusal, SchoolId, SupplierId,
    hours::{AboutKind, AccountKey, Bucket, Claim, Contract, Decided, Holder, Inputs, Mandate, Month, Party, SchoolYear, Way, shares},
    time,
};

/// The board that keeps its hours, and how much of them each of its schools books in a month at most.
const KEEPS: &str = "Rietvoorde";
const KEPT_CAP: Minutes = Minutes::hours(12);
/// Who asks for another month, and for how much.
const PLANNER: &str = "a.terwiel@wijkpot.example";
const ASKED: Minutes = Minutes::hours(1);

const BECAUSE: &str = "Openbaar Vlietland opent in augustus een nieuwe school. Besloten in de ledenvergadering van juni.";

/// When a year is divided: in the afternoon of its day, but never after now.
#[must_use]
pub fn divided_at(year: SchoolYear, now: DateTime<Utc>) -> DateTime<Utc> {
    let afternoon = NaiveTime::from_hms_opt(14, 10, 0).unwrap_or_default();
    time::instant(divided_on(year).and_time(afternoon)).unwrap_or(now).min(now)
}

/// Signs the contracts of a year and divides them: over the boards, and by every board over its schools, by
/// pupils. Answers the number of postings.
///
/// # Errors
/// When a rule or the database refuses.
pub async fn divide(tx: &mut Tx, world: &World, year: SchoolYear, at: DateTime<Utc>) -> anyhow::Result<usize> {
    let policy = organisations::policy(tx, world.partnership).await?;
    let contract = |(supplier, (name, hours, reserve)): (&SupplierId, (&str, i64, i64))| Contract {
        supplier: *supplier,
        name: name.to_owned(),
        hours,
        reserve,
        months: policy.months.clone(),
    };
    let inputs = Inputs::of_claims(world.suppliers.iter().zip(SUPPLIERS).map(contract).collect(), claims(world)?);
    let key = format!("voorbeeld-{}", year.0);
    let by = Some(world.administrator);
    let id = verbs::allot(tx, world.partnership, by, year, &inputs, &key, at).await?;
    let mut postings = hours::postings_of(tx, world.partnership, AboutKind::Allotment, id.0).await?;
    for (place, board) in world.boards.iter().enumerate() {
        let id = verbs::divide(tx, world.partnership, by, *board, year, &Way::Pupils, &format!("{key}-{place}"), at).await?;
        postings += hours::postings_of(tx, world.partnership, AboutKind::Division, id.0).await?;
    }
    Ok(postings)
}

/// One board takes back what its schools have left, and lets them book from its own hours.
///
/// # Errors
/// When a rule or the database refuses.
pub async fn keep_hours(tx: &mut Tx, world: &World, at: DateTime<Utc>) -> anyhow::Result<()> {
    let place = BOARDS.iter().position(|(name, ..)| *name == KEEPS).context("the board is in the story")?;
    let (by, year) = (Some(world.administrator), Month::at(at).school_year());
    verbs::divide(tx, world.partnership, by, world.boards[place], year, &kept(world, place)?, "voorbeeld-houdt", at).await?;
    Ok(())
}

/// The mandates of the board that keeps its hours: every school may book, up to so much a month.
fn kept(world: &World, board: usize) -> Result<Way, Refusal> {
    let mut mandates: Vec<(SchoolId, Mandate)> = Vec::new();
    for school in world.schools.iter().filter(|school| school.board == board) {
        mandates.push((school.id, Mandate::up_to(KEPT_CAP)?));
    }
    mandates.sort_by_key(|(school, _)| *school);
    Ok(Way::Kept(mandates))
}

/// The planner of a supplier asks a board for another month; its contact is on turn. In the last months of a school year there is no month
/// left to ask for, and nothing is told.
///
/// # Errors
/// When a rule or the database refuses.
pub async fn ask_for_another_month(tx: &mut Tx, world: &World, at: DateTime<Utc>) -> anyhow::Result<()> {
    let (from, to) = (Month::at(at).next(), Month::at(at).next().next());
    let supplier = world.suppliers[0];
    let school = world.schools.iter().find(|school| school.board == 0).context("the first board has a school")?;
    let account = AccountKey::new(Bucket::of_month(supplier, from), Holder::school(school.id));
    let there = hours::balance(tx, world.partnership, &account).await?;
    if from.school_year() != to.school_year() || there < ASKED {
        return Ok(());
    }
    let planner = people::account(tx, PLANNER).await?.context("the planner is in the cast")?;
    let wanted = Wanted {
        supplier,
        board: world.boards[0],
        school: Some(school.id),
        from,
        to,
        minutes: ASKED,
        reason: format!("Onze specialist heeft verlof in {}. In {} halen we de uren in.", from.name(), to.name()),
    };
    verbs::ask(tx, world.partnership, planner.id.into(), Party::Supplier, wanted, "voorbeeld-andere-maand", at).await?;
    Ok(())
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
