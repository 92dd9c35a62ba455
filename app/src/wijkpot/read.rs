//! Loading a pot's page. Always true: one snapshot, and the same rules that the forms ask.

use super::{
    give_view,
    links::Links,
    mine_view, queue_view,
    seat::Seat,
    shown::{Moved, PotShown},
    sql::{self, MoveRow, PotRow},
    year,
};
use crate::{
    AppError,
    db::Tx,
    hours::{What, of_account, sql as hours},
    organisations::sql::{self as organisations, Named},
    session::{Me, Page, allow, db, now, page, signed_in},
    ui::Supplier,
};
use chrono::{DateTime, Utc};
use domain::{
    Minutes, PartnershipId, WijkpotId,
    hours::{AboutKind, Holder, Month, PostingKind},
    people::{Action, Object},
    policy::Policy,
    time,
    wijkpot::Decider,
};
use std::sync::Arc;

/// What every part of the page is made from.
pub(super) struct Scene<'a> {
    pub(super) partnership: PartnershipId,
    pub(super) pot: &'a PotRow,
    pub(super) city: Option<PotRow>,
    pub(super) month: Month,
    pub(super) now: DateTime<Utc>,
    pub(super) policy: Policy,
    pub(super) suppliers: Vec<Named>,
    pub(super) seat: Seat<'a>,
}

impl Scene<'_> {
    /// The sign of a supplier.
    pub(super) fn sign(&self, supplier: uuid::Uuid) -> Supplier {
        let at = self.suppliers.iter().position(|row| row.id == supplier).unwrap_or_default();
        Supplier::at(self.suppliers.get(at).map_or("", |row| &row.name), at)
    }
}

/// A pot in a month: `maand` as in the address, this month when it says nothing that is one; `school` for whoever works at several.
pub async fn read_pot(id: String, maand: String, school: String) -> Result<Page<PotShown>, AppError> {
    let me = signed_in().await?;
    allow(&me, Action::ReadWijkpotHours, &Object::of(me.partnership()))?;
    let id: WijkpotId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = db().read().await?;
    let pot = sql::pot(&mut tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?;
    let shown = pot_shown(&mut tx, &me, &pot, &maand, &school, now()).await?;
    drop(tx);
    page(shown).await
}

/// A pot as this person sees it.
///
/// # Errors
/// When the database does not answer.
pub async fn pot_shown(
    tx: &mut Tx,
    me: &Arc<Me>,
    pot: &PotRow,
    maand: &str,
    school: &str,
    now: DateTime<Utc>,
) -> Result<PotShown, AppError> {
    let partnership = me.partnership();
    let this = Month::at(now);
    let month: Month = maand.parse().unwrap_or(this);
    let policy = organisations::policy(tx, partnership).await?;
    let suppliers = organisations::suppliers(tx, partnership).await?;
    let city = sql::city_pot(tx, partnership).await?.filter(|city| city.id != pot.id);
    let seat = Seat::take(tx, me, pot).await?;
    let scene = Scene { partnership, pot, city, month, now, policy, suppliers, seat };
    let year = month.school_year();
    let months = scene.policy.months_of(year);
    let accounts: Vec<hours::AccountRow> = hours::accounts_of(tx, partnership, Holder::wijkpot(pot.id))
        .await?
        .into_iter()
        .filter(|account| account.school_year == i64::from(year.0))
        .collect();
    let held = |month: Month| accounts.iter().filter(move |account| account.month == month.to_string() && account.balance > 0);
    let links = Links { me, pot: pot.id, year };
    let mut shown = PotShown {
        id: pot.id.to_string(),
        name: pot.name.clone(),
        month: month.to_string(),
        month_name: month.name().to_owned(),
        expiry: expiry(month, now),
        stock: held(month)
            .map(|account| {
                let behind = links.to(Some(account.supplier_id), Some(month), What::Free);
                ((scene.sign(account.supplier_id), Minutes(account.balance)), behind)
            })
            .collect(),
        sum_behind: links.to(None, Some(month), What::Free),
        behind: behind(tx, &scene).await?,
        months: ways(&scene, &months, this, &held),
        rule: rule(&scene.policy),
        year: year.to_string(),
        covers: covers(tx, &scene).await?,
        ..PotShown::default()
    };
    let flows = sql::flows(tx, partnership, pot.id.into(), year).await?;
    year::year(&mut shown, &months, this, (&flows, &accounts), &scene.suppliers, &links);
    shown.queues = queue_view::load(tx, &scene, &held(month).cloned().collect::<Vec<_>>()).await?;
    let own = scene.seat.school(school);
    give_view::load(tx, &scene, own, &mut shown).await?;
    shown.mine = mine_view::load(tx, &scene, own).await?;
    shown.moves = sql::moves(tx, partnership, pot.id.into(), year).await?.into_iter().filter_map(|row| moved(row, now)).collect();
    Ok(shown)
}

/// `Wat blijft liggen, vervalt na 30 november, over 13 dagen.`
fn expiry(month: Month, now: DateTime<Utc>) -> String {
    let (today, last) = (time::local_date(now), month.last_day());
    if last < today {
        return format!("Wat in {} bleef liggen, is vervallen.", month.name());
    }
    format!("Wat blijft liggen, vervalt na {}, {}.", day_and_month(last), time::in_days(last, today))
}

/// `30 november`.
fn day_and_month(day: chrono::NaiveDate) -> String {
    time::date_long(day).split_once(' ').map(|(_, date)| date.to_owned()).unwrap_or_default()
}

async fn behind(tx: &mut Tx, scene: &Scene<'_>) -> Result<Option<(String, String, Minutes)>, AppError> {
    let Some(city) = &scene.city else { return Ok(None) };
    let accounts = hours::accounts_of(tx, scene.partnership, Holder::wijkpot(city.id)).await?;
    let there = accounts.iter().filter(|account| account.month == scene.month.to_string()).map(|account| Minutes(account.balance)).sum();
    Ok(Some((city.name.clone(), super::pot_in(&city.id.to_string(), scene.month), there)))
}

/// Months one can look at: this one and those to come, and any that still holds something.
fn ways<'a, I: Iterator<Item = &'a hours::AccountRow>>(
    scene: &Scene<'_>,
    months: &[Month],
    this: Month,
    held: &impl Fn(Month) -> I,
) -> Vec<(String, String, bool)> {
    let shown = months.iter().filter(|month| **month >= this || **month == scene.month || held(**month).next().is_some());
    shown.map(|month| (month.name().to_owned(), super::pot_in(&scene.pot.id.to_string(), *month), *month == scene.month)).collect()
}

/// Who decides, in words.
fn rule(policy: &Policy) -> String {
    use domain::policy::DrawDecision;
    match policy.draw_decision {
        DrawDecision::Automatic => {
            format!("Tot {} per school per maand hoeft niemand te beslissen. Daarboven beslist het stadsdeelteam.", policy.draw_cap)
        }
        DrawDecision::DistrictTeam => "Over elke opname beslist het stadsdeelteam.".to_owned(),
        DrawDecision::Network => {
            "Over elke opname beslissen twee andere scholen van de pot. Komen die er niet uit, dan beslist het stadsdeelteam.".to_owned()
        }
    }
}

async fn covers(tx: &mut Tx, scene: &Scene<'_>) -> Result<String, AppError> {
    if scene.pot.city {
        return Ok("Deze pot staat achter alle wijkpotten.".to_owned());
    }
    let wijken = sql::wijken_of(tx, scene.partnership, scene.pot.id.into()).await?;
    let schools = match scene.seat.members.len() {
        1 => "1 school".to_owned(),
        count => format!("{count} scholen"),
    };
    Ok(format!("{schools} in {}.", join(&wijken)))
}

/// `Havenkwartier, Molenbuurt en De Poort`.
fn join(words: &[String]) -> String {
    match words {
        [] => "geen wijk".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} en {last}", first.join(", ")),
    }
}

/// `vandaag 11.20`, `gisteren 15.05`, `vr 13 nov`.
pub(super) fn when(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let clock = time::clock(time::local(at).time());
    match time::days_between(time::local_date(at), time::local_date(now)) {
        0 => format!("vandaag {clock}"),
        1 => format!("gisteren {clock}"),
        _ => time::date_short(time::local_date(at)),
    }
}

fn moved(row: MoveRow, now: DateTime<Utc>) -> Option<Moved> {
    let kind = PostingKind::from_code(&row.kind)?;
    let (verb, after) = match kind {
        PostingKind::Donation => ("doneerde", String::new()),
        PostingKind::TakeBack if row.about_kind == AboutKind::Draw.code() => ("gaf", "terug: er zijn weer eigen uren".to_owned()),
        PostingKind::TakeBack => ("nam", "terug".to_owned()),
        PostingKind::Draw => (
            "nam",
            match row.decider.as_deref().and_then(Decider::from_code) {
                Some(Decider::Automatic) | None => "op".to_owned(),
                Some(decider) => format!("op, na besluit van {}", decider.dutch()),
            },
        ),
        PostingKind::Hold => ("boekte", "uit de pot".to_owned()),
        PostingKind::Return => ("gaf", "van een afspraak terug".to_owned()),
        PostingKind::Expiry => ("verloor", "aan het eind van de maand".to_owned()),
        PostingKind::Reversal => ("", String::new()),
        _ => return None,
    };
    let month = row.month.parse::<Month>().ok()?;
    // Whose pupil a visit is for is not the pot's to tell (domain.md §2).
    let who = row.other.unwrap_or_else(|| if row.level.is_some() { "Een school" } else { "De pot" }.to_owned());
    let amount = format!("{} {}", Minutes(row.minutes), row.supplier);
    let (who, amount, after) = if kind == PostingKind::Reversal {
        (String::new(), amount, format!("van {who} voor {} is rechtgezet", month.name()))
    } else {
        (who, format!("{amount} van {}", month.name()), after)
    };
    Some(Moved {
        at: time::local_value(row.posted_at),
        when: when(row.posted_at, now),
        who,
        verb,
        amount,
        after,
        href: of_account(&row.account_id.to_string(), What::Free),
    })
}
