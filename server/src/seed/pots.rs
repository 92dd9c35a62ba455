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

/// Tells what schools gave and asked this month.
///
/// # Errors
/// When a rule or the database refuses.
pub async fn tell(tx: &mut Tx, world: &World, now: DateTime<Utc>) -> anyhow::Result<()> {
    let month = Month::at(now);
    let driesprong = *world.suppliers.get(DRIESPRONG).context("Driesprong is a supplier")?;
    let early = time::start_of_day(month.first_day()) + TimeDelta::hours(9);
    for (place, (name, ..)) in WAITING.into_iter().enumerate() {
        let school = world.school(name).with_context(|| format!("{name} is a school"))?;
        let idle = idle(tx, world, school, driesprong, month).await?;
        give(tx, world, school, (driesprong, month, idle), early.min(now), &format!("demo-vroeg-{place}")).await?;
    }
    // The others give some of what they have left, the latest an hour ago.
    let givers = world.schools.iter().filter(|school| school.name != MEERPAAL && WAITING.iter().all(|(name, ..)| school.name != *name));
    for (place, school) in (0_u32..).zip(givers.step_by(2)) {
        let supplier = world.suppliers[usize::try_from(place)? % 3];
        let of = if place % 5 == 4 { month.next() } else { month };
        let idle = idle(tx, world, school, supplier, of).await?;
        let part = Minutes::quarters(idle.0 / 3 / 15).min(GIFT_MAX);
        let at = (now - TimeDelta::hours(1 + 11 * i64::from(place))).max(early).min(now);
        give(tx, world, school, (supplier, of, part), at, &format!("demo-gift-{place}")).await?;
    }
    for (place, (name, quarters, urgentie, niveau, soort)) in WAITING.into_iter().enumerate() {
        let school = world.school(name).with_context(|| format!("{name} is a school"))?;
        if idle(tx, world, school, driesprong, month).await? > Minutes::ZERO {
            continue;
        }
        let wish = DrawWish { urgentie, niveau, soort };
        let ask = Ask { school: school.id, supplier: driesprong, month, minutes: Minutes::quarters(quarters), wish, booking: None };
        let at = (now - TimeDelta::days(2 + i64::try_from(place)? * 2)).max(early).min(now);
        verbs::ask(tx, world.partnership, school.coordinator, ask, &format!("demo-vraag-{place}"), at).await?;
    }
    ask_reserve(tx, world, month, now).await
}

/// A school whose other sources fall short asks the reserve.
async fn ask_reserve(tx: &mut Tx, world: &World, month: Month, now: DateTime<Utc>) -> anyhow::Result<()> {
    let school = world.school("De Scheepsbel").context("De Scheepsbel is a school")?;
    let supplier = *world.suppliers.first().context("a supplier")?;
    let ask = AskReserve {
        school: school.id,
        supplier,
        month,
        minutes: Minutes::hours(20),
        reason: "Drie leerlingen zitten sinds vorige week thuis. We willen snel met het hele team aan de slag.",
    };
    let at = now - TimeDelta::hours(20);
    verbs::ask_reserve(tx, world.partnership, school.coordinator, ask, "demo-reserve", at.max(time::start_of_day(month.first_day())))
        .await?;
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
