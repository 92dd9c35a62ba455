//! The demo: an invented partnership with a school year of life in it, told in the verbs of the domain.
//!
//! Always true here: the same now tells the same story, nothing is told of after now, and it is told once.

mod asking;
pub mod bookings;
pub mod cast;
pub mod dice;
pub mod experts;
pub mod fenna;
pub mod hours;
pub mod house;
pub mod names;
pub mod places;
mod pots;
pub mod profiles;
pub mod questions;
pub mod roster;
pub mod world;

use anyhow::Context;
use app::{db::Db, organisations::sql as organisations, people::sql as people};
use bookings::{Story, Told};
use chrono::{DateTime, TimeDelta, Utc};
use dice::Dice;
use domain::{PartnershipId, hours::SchoolYear, time};
use uuid::Uuid;
use world::World;

/// The lock of the storyteller: the partnership has no id before it is told, and two servers may start at once.
const TELLING: PartnershipId = PartnershipId(Uuid::from_u128(0x5769_6a6b_706f_7400_5649_4554));
/// Where the dice begin.
const SEED: u64 = 74;

/// What the demo holds after seeding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeedReport {
    /// False when the demo was there already; then the counts are zero.
    pub is_new: bool,
    /// School sites.
    pub schools: usize,
    /// Boards.
    pub boards: usize,
    /// Specialists.
    pub specialists: usize,
    /// People who could sign in, specialists included.
    pub people: i64,
    /// Bookings, past and ahead.
    pub bookings: usize,
    /// Postings of the divided hours.
    pub postings: usize,
}

impl SeedReport {
    /// `74 scholen, 8 besturen, 45 experts, 250 afspraken`.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("{} scholen, {} besturen, {} experts, {} afspraken", self.schools, self.boards, self.specialists, self.bookings)
    }
}

/// Tells the demo, unless it was told before. `say` hears one line before each long part.
///
/// # Errors
/// When the database does not answer, or the story breaks a rule; then nothing was kept.
pub async fn seed(db: &Db, now: DateTime<Utc>, say: &(dyn Fn(&str) + Send + Sync)) -> anyhow::Result<SeedReport> {
    let mut tx = db.read().await?;
    let known = organisations::partnership(&mut tx, places::CODE).await?;
    drop(tx);
    if known.is_some() {
        return Ok(SeedReport::default());
    }
    let mut tx = db.write_much(TELLING).await?;
    tx.plan_anew().await?;
    if organisations::partnership(&mut tx, places::CODE).await?.is_some() {
        return Ok(SeedReport::default());
    }
    let today = time::local_date(now);
    let years = world::years(today);
    let first = *years.first().context("the story touches a year")?;
    let mut dice = Dice::new(SEED);

    say("Voorbeeld: scholen, mensen en experts");
    let world = World::found(&mut tx, &mut dice, hours::divided_at(first, now) - TimeDelta::days(30)).await?;
    world.mark_holidays(&mut tx, years.iter().copied().chain(years.last().map(|year| SchoolYear(year.0 + 1)))).await?;
    pots::arrange(&mut tx, &world).await?;
    house::switch_on(&mut tx, &world, hours::divided_at(first, now)).await?;
    let team = experts::bring_in(&mut tx, &world, &mut dice, today).await?;

    say("Voorbeeld: uren verdelen, afspraken maken en wijkpotten vullen");
    let Told { divided, bookings } = Story::new(&world, &team, dice, now).tell(&mut tx).await?;
    hours::keep_hours(&mut tx, &world, now).await?;
    hours::ask_for_another_month(&mut tx, &world, now).await?;
    let people = people::count(&mut tx, world.partnership).await?;
    tx.commit().await?;
    db.analyze().await?;
    Ok(SeedReport {
        is_new: true,
        schools: world.schools.len(),
        boards: world.boards.len(),
        specialists: team.len(),
        people,
        bookings,
        postings: divided,
    })
}
