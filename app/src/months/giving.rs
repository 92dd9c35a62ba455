//! Giving what is idle: with one click on a notice, and by itself for a school that asked for it.
//!
//! Always true here: what is given is what is idle at that moment in the month it is about, a gift per supplier, once per key.

use super::sql::{self, Task};
use crate::{
    AppError,
    db::Tx,
    organisations::sql as organisations,
    wijkpot::{
        self,
        verbs::{Give, donate, form_used},
    },
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    Minutes, PartnershipId, PersonId, Refusal, SchoolId, SupplierId,
    hours::{
        Month,
        closing::{donate_on, next_donation},
    },
    time,
    wijkpot::{DonationState, Donor, Left},
};

/// As long as a gift can be taken back.
const TAKE_BACK: TimeDelta = TimeDelta::hours(24);

/// Gives all that a school has idle of its own in a month to its pot, as much as it was shown. The same key gives once and answers the same.
///
/// # Errors
/// `idle_changed` when something else is idle by now, `nothing_idle`, `form_used` when the key gave something else, and what giving itself
/// refuses; then nothing was given.
pub async fn give_shown(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    school: SchoolId,
    month: Month,
    shown: Minutes,
    key: &str,
    now: DateTime<Utc>,
) -> Result<Minutes, AppError> {
    let (before, is_same) = given(tx, partnership, school, month, key).await?;
    if before > Minutes::ZERO {
        // The same form again says how much it gave; another one under its key gives nothing.
        return if is_same && before == shown { Ok(before) } else { Err(form_used().into()) };
    }
    let rows = sql::idle_of(tx, partnership, school, month).await?;
    let idle: Vec<(SupplierId, Minutes)> =
        rows.iter().map(|row| (row.supplier(), row.own())).filter(|(_, minutes)| *minutes > Minutes::ZERO).collect();
    let sum: Minutes = idle.iter().map(|(_, minutes)| *minutes).sum();
    if sum == Minutes::ZERO {
        let advice = "Er is niets gedoneerd. Laad de pagina opnieuw om te zien waar je uren zijn.";
        return Err(Refusal::new("nothing_idle", format!("In {} is niets meer vrij", month.name()), advice).into());
    }
    if sum != shown {
        let advice = format!("In {} is nu {sum} vrij. Er is niets gedoneerd. Laad de pagina opnieuw en kies dan.", month.name());
        return Err(Refusal::new("idle_changed", "Er is intussen iets veranderd", advice).into());
    }
    give(tx, partnership, Some(by), school, month, idle, key, now).await
}

/// What a school gave with one click and can still take back: the click's key, and how much.
///
/// # Errors
/// When the database does not answer.
pub async fn last_click(
    tx: &mut Tx,
    partnership: PartnershipId,
    school: SchoolId,
    now: DateTime<Utc>,
) -> Result<Option<(String, Minutes)>, AppError> {
    let gifts = sql::gifts_since(tx, partnership, school, now - TAKE_BACK).await?;
    let Some(click) = gifts.iter().find_map(|(key, supplier, _)| click_of(key, *supplier)) else { return Ok(None) };
    let mut sum = Minutes::ZERO;
    for (.., gift) in gifts.iter().filter(|(key, supplier, _)| click_of(key, *supplier) == Some(click)) {
        let left = wijkpot::verbs::left(tx, partnership, *gift).await?;
        let row = wijkpot::sql::donation(tx, partnership, *gift).await?.ok_or(AppError::Internal)?.donation()?;
        // A gift that waits for a board is not in the pot yet, and is withdrawn as a whole.
        sum += if row.state == DonationState::Waiting {
            row.minutes
        } else {
            row.take_back(Left { minutes: left, used: Minutes::ZERO }, now).unwrap_or_default()
        };
    }
    Ok((sum > Minutes::ZERO).then(|| (click.to_owned(), sum)))
}

/// Takes back everything of one click that is still in the pot; answers how much came back or was withdrawn.
///
/// # Errors
/// `nothing_to_take_back` when it is too late or nothing of it is left.
pub async fn take_all_back(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: PersonId,
    school: SchoolId,
    click: &str,
    now: DateTime<Utc>,
) -> Result<Minutes, AppError> {
    let gifts = sql::gifts_since(tx, partnership, school, now - TAKE_BACK).await?;
    let mut sum = Minutes::ZERO;
    for (.., gift) in gifts.iter().filter(|(key, supplier, _)| click_of(key, *supplier) == Some(click)) {
        let row = wijkpot::sql::donation(tx, partnership, *gift).await?.ok_or(AppError::Internal)?.donation()?;
        let left = wijkpot::verbs::left(tx, partnership, *gift).await?;
        if row.take_back(Left { minutes: left, used: Minutes::ZERO }, now).is_ok() {
            let back = wijkpot::verbs::take_back(tx, partnership, by, *gift, now).await?;
            sum += if row.state == DonationState::Waiting { row.minutes } else { back };
        }
    }
    if sum == Minutes::ZERO {
        let advice = "Andere scholen namen het op, of er is meer dan een dag voorbij. Er is niets veranderd.";
        return Err(Refusal::new("nothing_to_take_back", "Er is niets meer om terug te nemen", advice).into());
    }
    Ok(sum)
}

/// The click a gift belongs to; none for a gift that was made by itself.
fn click_of(form_key: &str, supplier: SupplierId) -> Option<&str> {
    form_key.strip_suffix(&format!("/{supplier}")).filter(|key| !key.is_empty())
}

/// Whether it is time to give for schools that asked for it, and it was not done yet this month.
///
/// # Errors
/// When the database does not answer.
pub async fn giving_due(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<bool, AppError> {
    let month = Month::at(now);
    let days = organisations::policy(tx, partnership).await?.auto_donate_days;
    Ok(donate_on(month, days) <= time::local_date(now) && !sql::is_done(tx, partnership, month, Task::Donations).await?)
}

/// The next day on which the house gives for schools that asked for it.
///
/// # Errors
/// When the database does not answer.
pub async fn next_giving(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<NaiveDate, AppError> {
    let days = organisations::policy(tx, partnership).await?.auto_donate_days;
    let is_done = sql::is_done(tx, partnership, Month::at(now), Task::Donations).await?;
    Ok(next_donation(time::local_date(now), days, is_done))
}

/// Gives for one school what it has idle this month. Nothing idle gives nothing; once a month.
///
/// # Errors
/// `Refused` when there is no pot; then nothing was given.
pub async fn give_for(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, now: DateTime<Utc>) -> Result<Minutes, AppError> {
    let month = Month::at(now);
    let key = format!("auto/{month}/{school}");
    if given(tx, partnership, school, month, &key).await?.0 > Minutes::ZERO {
        return Ok(Minutes::ZERO);
    }
    let idle = sql::idle_of(tx, partnership, school, month).await?.iter().map(|row| (row.supplier(), row.minutes())).collect();
    give(tx, partnership, None, school, month, idle, &key, now).await
}

/// Remembers that this month was given for every school that asked for it.
///
/// # Errors
/// When the database refuses.
pub async fn giving_done(tx: &mut Tx, partnership: PartnershipId, now: DateTime<Utc>) -> Result<(), AppError> {
    sql::take(tx, partnership, Month::at(now), Task::Donations, now).await?;
    Ok(())
}

async fn give(
    tx: &mut Tx,
    partnership: PartnershipId,
    by: Option<PersonId>,
    school: SchoolId,
    month: Month,
    idle: Vec<(SupplierId, Minutes)>,
    key: &str,
    now: DateTime<Utc>,
) -> Result<Minutes, AppError> {
    let mut sum = Minutes::ZERO;
    for (supplier, minutes) in idle {
        let gift = Give { donor: Donor::School(school), pot: None, supplier, month, minutes };
        donate(tx, partnership, by, gift, &of(key, supplier), now).await?;
        sum += minutes;
    }
    Ok(sum)
}

/// What was given under a key before, of all suppliers together, and whether it was all of this school in this month.
async fn given(tx: &mut Tx, partnership: PartnershipId, school: SchoolId, month: Month, key: &str) -> Result<(Minutes, bool), AppError> {
    let (mut sum, mut is_same) = (Minutes::ZERO, true);
    for supplier in organisations::suppliers(tx, partnership).await? {
        if let Some(before) = wijkpot::sql::donation_by_key(tx, partnership, &of(key, supplier.id.into())).await? {
            sum += Minutes(before.minutes);
            is_same &= before.donor()? == Donor::School(school) && before.month == month.to_string();
        }
    }
    Ok((sum, is_same))
}

fn of(key: &str, supplier: SupplierId) -> String {
    format!("{key}/{supplier}")
}
