//! The pots of the demo: one for each wijk or a few, the city-wide one behind them, what schools gave this month and who waits.
//!
//! Always true here: De Meerpaal keeps its own hours, and in a month without hours nothing is told.

use super::{
    cast::MEERPAAL,
    places::{DRIESPRONG, WIJKEN},
    world::{School, World},
};
use anyhow::Context;
use app::{
    db::Tx,
    hours::sql as hours,
    wijkpot::verbs::{self, Ask, AskReserve, Give},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Minutes, SupplierId,
    hours::{AccountKey, Bucket, Holder, Month},
    time,
    wijkpot::{Donor, DrawWish},
};

/// The pots, each with its wijken by name.
const POTS: [(&str, &[&str]); 5] = [
    ("Wijkpot Havenkwartier", &["Havenkwartier"]),
    ("Wijkpot Vliet-Noord", &["Molenbuurt", "De Poort"]),
    ("Wijkpot Vliet-Zuid", &["Boomgaard", "Stationswijk", "Kastanjehof"]),
    ("Wijkpot Vliet-Oost", &["Rietlanden", "Dijkzicht"]),
    ("Wijkpot Vliet-West", &["Weidevaart", "Oude Dorp"]),
];
/// Behind them all.
const CITY: &str = "Stedelijke pot Vlietland";
/// Schools that gave all they had of Driesprong early in the month, and now ask for more than goes by itself: name, quarters, hurry, level,
/// category.
const WAITING: [(&str, i64, &str, &str, &str); 3] = [
    ("Kindcentrum Oeverpark", 20, "high", "leerling", "behaviour"),
    ("De Vuurtoren", 18, "normal", "groep", "language"),
    ("De Kade", 22, "normal", "leerkracht", "team"),
];
/// At most so much of what a school has idle at a supplier goes to the pot.
const GIFT_MAX: Minutes = Minutes::hours(2);

/// Makes the pots.
///
/// # Errors
/// When a rule or the database refuses.
pub async fn arrange(tx: &mut Tx, world: &World) -> anyhow::Result<()> {
    for (name, wijken) in POTS {
        let ids: Vec<_> = world.wijken.iter().zip(WIJKEN).filter(|(_, (wijk, _))| wijken.contains(wijk)).map(|(id, _)| *id).collect();
        verbs::arrange(tx, world.partnership, name, &ids).await?;
    }
    verbs::arrange(tx, world.partnership, CITY, &[]).await?;
    Ok(())
}

/// Something that happens to the pots this month.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// One of `WAITING` gives all it has.
    Early(usize),
    /// A school gives some of what it has left.
    Gift(u32),
    /// One of `WAITING` asks.
    Ask(usize),
    /// Somebody asks the reserve.
    Reserve,
}

/// What schools give and ask this month, and when: some early, the latest an hour ago.
#[must_use]
pub fn plan(world: &World, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, Step)> {
    let early = time::start_of_day(Month::at(now).first_day()) + TimeDelta::hours(9);
    let ago = |hours: i64| (now - TimeDelta::hours(hours)).max(early).min(now);
    let mut steps: Vec<_> = (0..WAITING.len()).map(|place| (early.min(now), Step::Early(place))).collect();
    let gifts = (0_u32..).zip(givers(world)).map(|(place, _)| (ago(1 + 11 * i64::from(place)), Step::Gift(place)));
    steps.extend(gifts);
    steps.extend((0_i64..).zip(0..WAITING.len()).map(|(days, place)| (ago(48 + 48 * days), Step::Ask(place))));
    steps.push((ago(20), Step::Reserve));
    steps
}

fn givers(world: &World) -> impl Iterator<Item = &School> {
    let gives = |school: &&School| school.name != MEERPAAL && WAITING.iter().all(|(name, ..)| school.name != *name);
    world.schools.iter().filter(gives).step_by(2)
}

/// Tells one of them.
///
/// # Errors
/// When a rule or the database refuses.
pub async fn happen(tx: &mut Tx, world: &World, step: Step, at: DateTime<Utc>) -> anyhow::Result<()> {
    let month = Month::at(at);
    let driesprong = *world.suppliers.get(DRIESPRONG).context("Driesprong is a supplier")?;
    let waiting = |place: usize| world.school(WAITING[place].0).with_context(|| format!("{} is a school", WAITING[place].0));
    match step {
        Step::Early(place) => {
            let school = waiting(place)?;
            let idle = idle(tx, world, school, driesprong, month).await?;
            give(tx, world, school, (driesprong, month, idle), at, &format!("demo-vroeg-{place}")).await
        }
        Step::Gift(place) => {
            let Some(school) = givers(world).nth(usize::try_from(place)?) else { return Ok(()) };
            let supplier = world.suppliers[usize::try_from(place)? % 3];
            let of = if place % 5 == 4 { month.next() } else { month };
            let idle = idle(tx, world, school, supplier, of).await?;
            let part = Minutes::quarters(idle.0 / 3 / 15).min(GIFT_MAX);
            give(tx, world, school, (supplier, of, part), at, &format!("demo-gift-{place}")).await
        }
        Step::Ask(place) => {
            let (school, (_, quarters, urgentie, niveau, soort)) = (waiting(place)?, WAITING[place]);
            if idle(tx, world, school, driesprong, month).await? > Minutes::ZERO {
                return Ok(());
            }
            let wish = DrawWish { urgentie, niveau, soort };
            let ask = Ask { school: school.id, supplier: driesprong, month, minutes: Minutes::quarters(quarters), wish, booking: None };
            verbs::ask(tx, world.partnership, school.coordinator, ask, &format!("demo-vraag-{place}"), at).await?;
            Ok(())
        }
        Step::Reserve => ask_reserve(tx, world, month, at).await,
    }
}

/// A school whose other sources fall short asks the reserve.
async fn ask_reserve(tx: &mut Tx, world: &World, month: Month, at: DateTime<Utc>) -> anyhow::Result<()> {
    let school = world.school("De Scheepsbel").context("De Scheepsbel is a school")?;
    let supplier = *world.suppliers.first().context("a supplier")?;
    let ask = AskReserve {
        school: school.id,
        supplier,
        month,
        minutes: Minutes::hours(20),
        reason: "Drie leerlingen zitten sinds vorige week thuis. We willen snel met het hele team aan de slag.",
    };
    verbs::ask_reserve(tx, world.partnership, school.coordinator, ask, "demo-reserve", at).await?;
    Ok(())
}

async fn idle(tx: &mut Tx, world: &World, school: &School, supplier: SupplierId, month: Month) -> anyhow::Result<Minutes> {
    let key = AccountKey::new(Bucket::of_month(supplier, month), Holder::school(school.id));
    Ok(hours::balance(tx, world.partnership, &key).await?)
}

async fn give(
    tx: &mut Tx,
    world: &World,
    school: &School,
    (supplier, month, minutes): (SupplierId, Month, Minutes),
    at: DateTime<Utc>,
    key: &str,
) -> anyhow::Result<()> {
    if minutes <= Minutes::ZERO {
        return Ok(());
    }
    let give = Give { donor: Donor::School(school.id), pot: None, supplier, month, minutes };
    verbs::donate(tx, world.partnership, Some(school.coordinator), give, key, at).await?;
    Ok(())
}
