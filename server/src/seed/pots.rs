//! The pots of the demo: one for each wijk or a few, the city-wide one behind them, what schools gave in every month and who waits.
//!
//! Always true here: De Meerpaal keeps its own hours, and what is not idle is not given.

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
use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::{
    Minutes, SupplierId,
    hours::{AccountKey, Bucket, Holder, Month, SchoolYear},
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
/// Schools that gave all they had of Driesprong early this month, and now ask for more than goes by itself: name, quarters, hurry, level,
/// category.
const WAITING: [(&str, i64, &str, &str, &str); 3] = [
    ("Kindcentrum Oeverpark", 20, "high", "leerling", "behaviour"),
    ("De Vuurtoren", 18, "normal", "groep", "language"),
    ("De Kade", 22, "normal", "leerkracht", "team"),
];
/// Schools that need more of Driesprong in a month than they have, each with a neighbour that gives some.
pub(super) const SHORT: [(&str, &str); 4] =
    [("De Meelzak", "De Wiekslag"), ("De Lindelaan", "De Kastanje"), ("De Terp", "De Rietzanger"), ("De Linde", "De Grutto")];
/// What one of them asks of its pot for after its visit.
const AFTERWARDS: Minutes = Minutes::quarters(2);
/// So many schools give in a month.
const GIFTS: usize = 12;
/// At most so much of what a school has idle at a supplier goes to the pot.
const GIFT_MAX: Minutes = Minutes::hours(2);

/// Something that happens with a pot.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scene {
    /// One of those who will wait gives all it has of Driesprong.
    GiveAll(usize),
    /// A school gives some of what it has left: its place in the list, and that of the supplier.
    Give(usize, usize),
    /// One of them asks.
    Ask(usize),
    /// The neighbour of a school that is short gives some of Driesprong.
    GiveNeighbour(usize),
    /// A school that has used its own hours has some more of its pot, when it holds them.
    Draw(usize),
    /// A school asks the reserve.
    AskReserve,
}

/// Makes the pots.
///
/// # Errors
/// When a rule or the database refuses.
pub(super) async fn arrange(tx: &mut Tx, world: &World) -> anyhow::Result<()> {
    for (name, wijken) in POTS {
        let ids: Vec<_> = world.wijken.iter().zip(WIJKEN).filter(|(_, (wijk, _))| wijken.contains(wijk)).map(|(id, _)| *id).collect();
        verbs::arrange(tx, world.partnership, name, &ids).await?;
    }
    verbs::arrange(tx, world.partnership, CITY, &[]).await?;
    Ok(())
}

/// When what happens, up to now.
pub(super) fn plan(years: &[SchoolYear], now: DateTime<Utc>) -> Vec<(DateTime<Utc>, Scene)> {
    let mut all = Vec::new();
    for (place, month) in years.iter().flat_map(|year| year.months()).enumerate() {
        for gift in 0..GIFTS {
            let day = month.first_day() + Days::new(3 + 2 * u64::try_from(gift).unwrap_or_default());
            let at = time::start_of_day(day) + TimeDelta::minutes(13 * 60 + 17 * i64::try_from(gift).unwrap_or_default());
            all.push((at, Scene::Give(place * 5 + gift * 7, gift % 3)));
        }
        let morning = |day: u64| time::start_of_day(month.first_day() + Days::new(day)) + TimeDelta::hours(9);
        for short in 0..SHORT.len() {
            all.extend([(morning(1), Scene::GiveNeighbour(short)), (morning(20), Scene::Draw(short))]);
        }
    }
    let month = Month::at(now);
    let early = (time::start_of_day(month.first_day()) + TimeDelta::hours(9)).min(now);
    for (place, days) in [2, 6, 4].into_iter().enumerate() {
        all.push((early, Scene::GiveAll(place)));
        all.push(((now - TimeDelta::days(days)).max(early), Scene::Ask(place)));
    }
    all.push(((now - TimeDelta::hours(20)).max(early), Scene::AskReserve));
    all
}

/// Tells one of them.
///
/// # Errors
/// When a rule or the database refuses.
pub(super) async fn happen(tx: &mut Tx, world: &World, scene: Scene, key: &str, at: DateTime<Utc>) -> anyhow::Result<()> {
    let month = Month::at(at);
    let driesprong = *world.suppliers.get(DRIESPRONG).context("Driesprong is a supplier")?;
    match scene {
        Scene::GiveAll(place) => {
            let school = waiting(world, place)?;
            let all = idle(tx, world, school, driesprong, month).await?;
            give(tx, world, school, (driesprong, all), key, at).await
        }
        Scene::Give(school, supplier) => {
            let school = &world.schools[school % world.schools.len()];
            let keeps = WAITING.iter().map(|(name, ..)| *name).chain(SHORT.map(|(name, _)| name)).chain([MEERPAAL]);
            if keeps.into_iter().any(|name| school.name == name) {
                return Ok(());
            }
            let supplier = world.suppliers[supplier];
            let part = Minutes::quarters(idle(tx, world, school, supplier, month).await?.0 / 3 / 15).min(GIFT_MAX);
            give(tx, world, school, (supplier, part), key, at).await
        }
        Scene::Ask(place) => {
            let school = waiting(world, place)?;
            if idle(tx, world, school, driesprong, month).await? > Minutes::ZERO {
                return Ok(());
            }
            let (_, quarters, urgentie, niveau, soort) = WAITING[place];
            let wish = DrawWish { urgentie, niveau, soort };
            let ask = Ask { school: school.id, supplier: driesprong, month, minutes: Minutes::quarters(quarters), wish, booking: None };
            verbs::ask(tx, world.partnership, school.coordinator, ask, key, at).await?;
            Ok(())
        }
        Scene::GiveNeighbour(place) => {
            let (_, name) = SHORT[place];
            let school = world.school(name).with_context(|| format!("{name} is a school"))?;
            let part = idle(tx, world, school, driesprong, month).await?.min(GIFT_MAX);
            give(tx, world, school, (driesprong, part), key, at).await
        }
        Scene::Draw(place) => {
            let (name, _) = SHORT[place];
            let school = world.school(name).with_context(|| format!("{name} is a school"))?;
            let stock = verbs::stock(tx, world.partnership, school.id, driesprong, month).await?;
            if stock.own_idle > Minutes::ZERO || stock.in_pots() < AFTERWARDS {
                return Ok(());
            }
            let wish = DrawWish { urgentie: "normal", niveau: "groep", soort: "learning" };
            let ask = Ask { school: school.id, supplier: driesprong, month, minutes: AFTERWARDS, wish, booking: None };
            verbs::ask(tx, world.partnership, school.coordinator, ask, key, at).await?;
            Ok(())
        }
        Scene::AskReserve => {
            let school = world.school("De Scheepsbel").context("De Scheepsbel is a school")?;
            let reason = "Drie leerlingen zitten sinds vorige week thuis. We willen snel met het hele team aan de slag.";
            let supplier = *world.suppliers.first().context("a supplier")?;
            let ask = AskReserve { school: school.id, supplier, month, minutes: Minutes::hours(20), reason };
            verbs::ask_reserve(tx, world.partnership, school.coordinator, ask, key, at).await?;
            Ok(())
        }
    }
}

fn waiting(world: &World, place: usize) -> anyhow::Result<&School> {
    let (name, ..) = WAITING[place];
    world.school(name).with_context(|| format!("{name} is a school"))
}

async fn idle(tx: &mut Tx, world: &World, school: &School, supplier: SupplierId, month: Month) -> anyhow::Result<Minutes> {
    let key = AccountKey::new(Bucket::of_month(supplier, month), Holder::school(school.id));
    Ok(hours::balance(tx, world.partnership, &key).await?)
}

async fn give(
    tx: &mut Tx,
    world: &World,
    school: &School,
    (supplier, minutes): (SupplierId, Minutes),
    key: &str,
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    if minutes <= Minutes::ZERO {
        return Ok(());
    }
    let give = Give { donor: Donor::School(school.id), pot: None, supplier, month: Month::at(at), minutes };
    verbs::donate(tx, world.partnership, Some(school.coordinator), give, key, at).await?;
    Ok(())
}
