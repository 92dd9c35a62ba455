//! The start page of one person, by role. Always true here: one snapshot, at most some fifteen queries.

use super::{
    api::{Home, Meetings, Search},
    bookings::Looking,
    sql,
    sums::{hours_card, school_table},
};
use crate::{
    AppError,
    checks::{self, CHECKS},
    db::{Snapshot, Tx},
    experts::SEARCH,
    hours::{
        HOURS,
        sql::{Among, payer},
    },
    kept::Kept,
    months::{given_card, notice_card},
    organisations::sql as organisations,
    policy::POLICY,
    session::{Ground, Me},
    ui::{Fact, percent},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    PersonId, SchoolId,
    bookings::place_shown,
    minutes::thousands,
    people::{Action, Object, Role, Scope, first_name, may},
    time,
};
use std::sync::Arc;

/// How far back ‘often’ looks: a school year.
const OFTEN: TimeDelta = TimeDelta::days(365);

/// People who come back to their start page within a minute; what it shows takes some ten kilobytes.
const KEPT_MAX: usize = 300;

/// By person and the role they work in; what it says of time is true to the minute.
static KEPT: Kept<(PersonId, Role, Scope), Ground, Home> = Kept::new(KEPT_MAX);

/// What waits, runs and comes for this person.
///
/// # Errors
/// When the database does not answer.
pub async fn home(tx: &mut Tx, me: &Me, now: DateTime<Utc>) -> Result<Home, AppError> {
    let looking = Looking { role: me.role, now };
    let mut rows = sql::open_bookings(tx, me.partnership(), me.scope, now).await?;
    for row in &mut rows {
        row.school = place_shown(&me.actor, &row.object(me.partnership()), &row.school, &row.wijk);
    }
    let mut home = Home { greeting: format!("{}, {}", time::greeting(now), first_name(&me.name)), ..Home::default() };
    match (me.role, me.scope) {
        (role @ (Role::Coordinator | Role::Head), Scope::School(school)) => {
            let payer = payer(tx, me.partnership(), school).await?.ok_or(AppError::NotFound)?;
            let suppliers = organisations::suppliers(tx, me.partnership()).await?;
            home.search = Some(search(tx, me, school, now).await?);
            // A head reads; the coordinator books and answers.
            home.tasks = (role == Role::Coordinator).then(|| looking.tasks(&rows));
            if let Some(tasks) = &mut home.tasks {
                tasks.extend(looking.votes(tx, me, school, payer.policy()).await?);
            }
            home.waiting = looking.waiting(&rows);
            home.waiting.extend(looking.own_questions(tx, me, school).await?);
            home.news = looking.of_draws(tx, me, school).await?;
            home.notice = notice_card(tx, me, school, (payer.policy(), &suppliers), now).await?;
            home.given = given_card(tx, me, school, now).await?;
            home.hours = Some(hours_card(tx, me, &payer, &suppliers, now).await?);
        }
        (Role::Specialist | Role::SupplierPlanner, _) => {
            home.tasks = Some(looking.tasks(&rows));
            home.waiting = looking.waiting(&rows);
            if let (Scope::Supplier(supplier), Some(tasks)) = (me.scope, &mut home.tasks) {
                tasks.extend(looking.of_supplier(tx, me, supplier).await?);
            }
        }
        (role @ (Role::BoardContact | Role::Counsellor), Scope::Board(board)) => {
            let (tasks, news) = looking.of_board(tx, me, board).await?;
            home.tasks = (role == Role::BoardContact).then_some(tasks);
            home.news = news;
            home.table = Some((school_table(tx, me, Among::Board(board), now).await?, HOURS.to_owned()));
        }
        (Role::DistrictTeam, Scope::District(district)) => {
            home.tasks = Some(looking.draws(tx, me).await?);
            home.table = Some((school_table(tx, me, Among::District(district), now).await?, HOURS.to_owned()));
        }
        (Role::Registrar | Role::Administrator | Role::Auditor, _) => {
            home.facts = facts(&sql::counts(tx, me.partnership()).await?);
            if may(&me.actor, Action::ReleaseReserve, &Object::of(me.partnership())) {
                home.tasks = Some(looking.reserves(tx, me.partnership()).await?);
            }
            home.house = vec![proof(checks::sql::last_result(tx, me.partnership()).await?.as_ref())];
            if me.role == Role::Administrator {
                home.house.push(("Beleid".to_owned(), POLICY.to_owned()));
            }
        }
        _ => {}
    }
    if matches!(me.scope, Scope::School(_) | Scope::Specialist(_) | Scope::Supplier(_)) {
        let list = looking.meetings(&rows);
        let title = if me.role == Role::Specialist { "Vandaag en daarna" } else { "Afspraken" };
        home.meetings = Some(Meetings { title: title.to_owned(), list });
    }
    let day = capital(&time::date_long(time::local_date(now)));
    home.lede = match &home.tasks {
        Some(tasks) => format!("{day}. {}", waits(tasks.len())),
        None => format!("{day}."),
    };
    Ok(home)
}

/// The same, from memory for who comes back within the minute while nobody wrote in the partnership.
///
/// # Errors
/// When the database does not answer.
pub async fn kept_home(snapshot: &mut Snapshot, me: &Me, now: DateTime<Utc>) -> Result<Arc<Home>, AppError> {
    KEPT.or_read((me.person(), me.role, me.scope), me.ground(now), snapshot, async |tx: &mut Tx| home(tx, me, now).await).await
}

async fn search(tx: &mut Tx, me: &Me, school: SchoolId, now: DateTime<Utc>) -> Result<Search, AppError> {
    let asked = sql::often_asked(tx, me.partnership(), school, now - OFTEN).await?;
    let (words, often) = if asked.is_empty() {
        ("Hier zijn de meeste experts voor:", sql::often_offered(tx, me.partnership()).await?)
    } else {
        ("Vaak gevraagd bij jou in de wijk:", asked)
    };
    let link = |word: String| (word.clone(), format!("{SEARCH}?q={}", percent(&word)));
    Ok(Search { words: words.to_owned(), often: often.into_iter().map(link).collect() })
}

/// `Er wachten twee dingen op jou.`
fn waits(count: usize) -> String {
    const WORDS: [&str; 13] = ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"];
    match count {
        0 => "Er wacht niets op jou.".to_owned(),
        1 => "Er wacht één ding op jou.".to_owned(),
        count => format!("Er wachten {} dingen op jou.", WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())),
    }
}

fn facts(counts: &sql::Counts) -> Vec<Fact> {
    let number = |count: i64| thousands(count.unsigned_abs());
    vec![
        Fact::new("Scholen", number(counts.schools)).to(HOURS),
        Fact::new("Besturen", number(counts.boards)).to(HOURS),
        Fact::new("Experts", number(counts.specialists)).to(SEARCH),
        Fact::new("Mensen met een account", number(counts.people)),
        Fact::new("Nog zonder wachtwoord", number(counts.not_yet_in)),
        Fact::new("Wacht op antwoord", number(counts.asked)),
        Fact::new("Afgesproken", number(counts.planned)),
    ]
}

/// What the last night's check found, for who reads all hours.
fn proof(last: Option<&checks::sql::ResultRow>) -> (String, String) {
    let found = match last {
        None => "nog niet gekeken".to_owned(),
        Some(last) if last.wrong == 0 => format!("alles klopt, {}", time::date_short(time::local_date(last.checked_at))),
        Some(last) => format!("{} keer iets mis, {}", last.wrong, time::date_short(time::local_date(last.checked_at))),
    };
    (format!("Nachtelijke controle: {found}"), CHECKS.to_owned())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_counted_in_words() {
        assert_eq!(waits(0), "Er wacht niets op jou.");
        assert_eq!(waits(1), "Er wacht één ding op jou.");
        assert_eq!(waits(12), "Er wachten twaalf dingen op jou.");
        assert_eq!(waits(13), "Er wachten 13 dingen op jou.");
    }
}
