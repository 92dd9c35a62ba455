//! The notice of a school as its start page shows it. Always true here: it was sent, and tells what is idle now rather than what was then.

use super::{
    api::{GiveIdle, GivenCard, NoticeCard, NoticeLine},
    giving, sql,
};
use crate::{
    AppError,
    db::Tx,
    hours::{Behind, What},
    organisations::sql as organisations,
    session::Me,
    ui::Supplier,
};
use chrono::{DateTime, Datelike, Utc};
use domain::{
    Minutes, SchoolId,
    hours::{Month, closing::donate_on},
    people::{Action, Object, may},
    policy::Policy,
    time,
};

/// The notice of this month, while there is something left to perish.
///
/// # Errors
/// When the database does not answer.
pub async fn notice_card(
    tx: &mut Tx,
    me: &Me,
    school: SchoolId,
    (policy, suppliers): (&Policy, &[organisations::Named]),
    now: DateTime<Utc>,
) -> Result<Option<NoticeCard>, AppError> {
    let (month, partnership) = (Month::at(now), me.partnership());
    if sql::notice(tx, partnership, school, month).await?.is_none() {
        return Ok(None);
    }
    let idle = sql::idle_of(tx, partnership, school, month).await?;
    let sum: Minutes = idle.iter().map(sql::IdleRow::minutes).sum();
    if sum == Minutes::ZERO {
        return Ok(None);
    }
    let behind = Behind::of_school_in(school, month);
    let line = |(position, supplier): (usize, &organisations::Named)| {
        let row = idle.iter().find(|row| row.supplier().0 == supplier.id)?;
        let behind = behind.clone().at(Some(supplier.id)).number(What::Free.code());
        Some(NoticeLine { supplier: Supplier::at(&supplier.name, position), left: row.minutes().to_string(), behind })
    };
    let day = donate_on(month, policy.auto_donate_days);
    let gives_itself = time::local_date(now) < day && organisations::automatic_donation(tx, partnership, school).await?.is_some();
    let text = if gives_itself {
        format!("Boek nog een expert. Wat op {} over is, doneert je school vanzelf.", time::date_long(day))
    } else {
        "Boek nog een expert, of doneer de uren aan de wijkpot. Dan kan een andere school ze gebruiken.".to_owned()
    };
    let object = Object::of(partnership).at_school(school, None, None);
    let own: Minutes = idle.iter().map(sql::IdleRow::own).sum();
    let give = (own > Minutes::ZERO && may(&me.actor, Action::DonateSchoolHours, &object)).then(|| GiveIdle {
        school: school.to_string(),
        month: month.to_string(),
        minutes: own.0.to_string(),
        button: format!("Doneer {own} aan de wijkpot"),
    });
    let drawn = sum - own;
    let text = if drawn > Minutes::ZERO { format!("{text} {drawn} nam je zelf op: die doneer je niet met één klik.") } else { text };
    Ok(Some(NoticeCard {
        amount: sum.to_string(),
        behind: behind.number(What::Free.code()),
        heading: format!("vervalt na {} {}", month.last_day().day(), month.name()),
        text,
        lines: suppliers.iter().enumerate().filter_map(line).collect(),
        give,
    }))
}

/// What was given with one click and can still be taken back, for who may.
///
/// # Errors
/// When the database does not answer.
pub async fn given_card(tx: &mut Tx, me: &Me, school: SchoolId, now: DateTime<Utc>) -> Result<Option<GivenCard>, AppError> {
    let object = Object::of(me.partnership()).at_school(school, None, None);
    if !may(&me.actor, Action::DonateSchoolHours, &object) {
        return Ok(None);
    }
    let click = giving::last_click(tx, me.partnership(), school, now).await?;
    Ok(click.map(|(click, minutes)| GivenCard {
        school: school.to_string(),
        click,
        text: format!("Van wat je met één klik gaf, is {minutes} nog niet gebruikt. Bedacht? Terugnemen kan 24 uur lang."),
        button: format!("Neem alles terug, {minutes}"),
    }))
}
