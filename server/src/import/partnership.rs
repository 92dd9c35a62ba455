//! The partnership that files belong to: found, or made with a taxonomy and holidays to start with.
//!
//! Always true here: what an administrator changed in taxonomy or holidays is left alone.

use super::report::Report;
use anyhow::{Context, bail};
use app::{
    db::{Db, Tx},
    experts,
    organisations::sql,
};
use chrono::{DateTime, Utc};
use domain::{
    PartnershipId,
    availability::{HolidayRegion, free_days},
    hours::{Month, SchoolYear},
};

/// Opens the one writer of a partnership, making the partnership when it is new and may be made.
pub async fn open(
    db: &Db,
    code: &str,
    name: Option<&str>,
    may_make: bool,
    now: DateTime<Utc>,
    report: &mut Report,
) -> anyhow::Result<(Tx, PartnershipId)> {
    let mut tx = db.read().await.context("De database antwoordt niet.")?;
    let known = sql::partnership(&mut tx, code).await?;
    drop(tx);
    let (mut tx, is_known) = match known {
        Some(known) => db.write_much(PartnershipId(known.id)).await.map(|tx| (tx, true)),
        None if name.is_some() || may_make => writer_of_new(db, code).await,
        None => bail!("Er is geen samenwerkingsverband met de code {code}. Geef met --name een naam om het te maken."),
    }
    .context("De database is bezet. Probeer het zo nog eens.")?;
    tx.plan_anew().await?;
    let put =
        if is_known { sql::put_partnership(&mut tx, code, name, now).await } else { sql::make_partnership(&mut tx, code, name, now).await };
    let partnership = put.with_context(|| format!("{code} is niet te maken. Leest iemand anders het net in? Probeer het zo nog eens."))?;
    if is_known {
        report.partnerships_known += 1;
    } else {
        report.partnerships_new += 1;
    }
    plant(&mut tx, partnership, code, now).await?;
    Ok((tx, partnership))
}

/// The writer of a partnership that nobody knew; in its turn, when another import made it while this one waited. Nobody else sees a
/// partnership that is still being made, so there is no other turn to wait for.
async fn writer_of_new(db: &Db, code: &str) -> app::db::Result<(Tx, bool)> {
    let mut tx = db.write_much_unscoped().await?;
    let Some(known) = sql::partnership(&mut tx, code).await? else { return Ok((tx, false)) };
    drop(tx);
    Ok((db.write_much(PartnershipId(known.id)).await?, true))
}

/// The taxonomy when there is none, and the free days of this school year and the next when there are none from today on.
async fn plant(tx: &mut Tx, partnership: PartnershipId, code: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    experts::sql::plant_taxonomy(tx, partnership).await?;
    let today = domain::time::local_date(now);
    let known = experts::sql::holidays(tx, partnership, today).await?;
    let this_year = Month::of(today).school_year();
    let of_year = |year: SchoolYear| known.iter().any(|day| Month::of(day.starts_on).school_year() == year);
    for year in [this_year, SchoolYear(this_year.0 + 1)] {
        // At the end of July nothing of this year lies ahead; then it does no harm to write its days again.
        if !of_year(year) {
            for day in free_days(year, region(code)) {
                sql::put_holiday(tx, partnership, &day.name, day.starts_on, day.ends_on).await?;
            }
        }
    }
    Ok(())
}

/// The holiday region of most schools of a partnership, by the number of the province in its code: `PO30…` is Noord-Brabant *(choice)*.
/// Regions follow municipalities and some provinces are split, so an administrator checks it; an unknown code starts as Midden.
fn region(code: &str) -> HolidayRegion {
    let province = code.get(2..4).filter(|_| code.len() == 6 && code.starts_with("PO"));
    match province.and_then(|number| number.parse::<u8>().ok()) {
        Some(20..=24 | 27) => HolidayRegion::Noord,
        Some(29..=31) => HolidayRegion::Zuid,
        _ => HolidayRegion::Midden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_follows_the_province_in_the_code() {
        let regions = ["PO2001", "PO2708", "PO2602", "PO3002", "WIJK", "PO30"].map(region);
        use HolidayRegion::{Midden, Noord, Zuid};
        assert_eq!(regions, [Noord, Noord, Midden, Zuid, Midden, Midden]);
    }
}
