//! What somebody can ask of a specialist, as the forms show it. Always true: the moments and the payment come from the same rules that
//! booking asks.

use super::{
    pay_shown::pay,
    paying,
    picker::{Free, Wanted, picker},
    show::View,
    shown::{Asking, MoveShown, PayShown, Way, WhyNot},
    visit::Visit,
};
use crate::{
    AppError,
    db::{Snapshot, Tx},
    experts::{Known, Roster, expert, payer_of_school},
    hours::sql as hours,
    kept::Kept,
    organisations::sql::school,
    session::{Ground, Me},
    ui::percent,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    Minutes, PartnershipId, Refusal, SchoolId, SpecialistId, SupplierId,
    bookings::Side,
    hours::{Month, sources::Sources},
    people::{Role, Scope, first_name},
};

/// The schools that look at somebody at the same time, with each supplier; one takes less than a kilobyte.
const KEPT_MAX: usize = 500;

/// Who would pay for a school at a supplier in two months, for as long as nobody writes in the partnership: for showing it.
static SOURCES: Kept<(PartnershipId, SchoolId, SupplierId, [Month; 2]), Ground, [Sources; 2]> = Kept::new(KEPT_MAX);

/// The address of a specialist's page.
pub(super) struct Address<'a> {
    pub(super) duur: &'a str,
    pub(super) moment: &'a str,
    pub(super) vanaf: &'a str,
    pub(super) vak: &'a str,
    pub(super) school: &'a str,
    pub(super) zoek: &'a str,
}

impl Address<'_> {
    /// The same page with another duration, start or school.
    fn href(&self, expert: &str, minutes: i64, from: Option<NaiveDate>, school: &str) -> String {
        let page = self::expert(expert, self.vak, self.zoek);
        let more = if page.contains('?') { '&' } else { '?' };
        let from = from.map(|from| format!("&vanaf={from}")).unwrap_or_default();
        let school = if school.is_empty() { String::new() } else { format!("&school={}", percent(school)) };
        format!("{page}{more}duur={minutes}{from}{school}")
    }
}

fn why(refusal: Refusal) -> WhyNot {
    WhyNot { heading: refusal.heading.into_owned(), text: refusal.advice.into_owned() }
}

/// The form, or why there is none.
pub(super) async fn form(
    snapshot: &mut Snapshot,
    me: &Me,
    (roster, known): (&Roster, &Known),
    address: &Address<'_>,
    now: DateTime<Utc>,
) -> Result<Result<Asking, WhyNot>, AppError> {
    let (partnership, specialist) = (me.partnership(), known.id());
    let mine: Vec<SchoolId> = me
        .actor
        .scopes(Role::Coordinator)
        .filter_map(|scope| if let Scope::School(school) = scope { Some(school) } else { None })
        .collect();
    let asked = address.school.parse().ok().filter(|school| mine.contains(school));
    let Some(school_id) = asked.or(mine.first().copied()) else {
        return Ok(Err(not_a_coordinator(me, specialist)));
    };
    let wanted = Wanted::read(address.duur, address.moment, address.vanaf, None, now);
    let payer = payer_of_school(snapshot, me, school_id, now).await?;
    let payer = Option::as_ref(&payer).ok_or(AppError::NotFound)?;
    let visit = Visit::shown(snapshot, me, (roster, known), &payer.school, wanted.span(now), now).await?;
    if let Err(refusal) = visit.reach() {
        return Ok(Err(why(refusal)));
    }
    let today = domain::time::start_of_day(wanted.monday).max(now);
    let subjects = visit.subjects(today);
    // Who has one expertise is asked about that one.
    let chosen = visit.skills.iter().find(|skill| skill.slug == address.vak).or(match subjects.as_slice() {
        [one] => Some(*one),
        _ => None,
    });
    let subjects = if chosen.is_some() { Vec::new() } else { subjects };
    let subjects = subjects.into_iter().map(|skill| (skill.slug.clone(), skill.name.clone())).collect();
    let expertise = chosen.map(|skill| skill.id);
    if let Err(refusal) = visit.proven(expertise, today) {
        return Ok(Err(why(refusal)));
    }
    let first = first_name(&visit.name);
    if visit.levels.is_empty() {
        let heading = format!("{first} heeft nog geen niveau gekozen");
        return Ok(Err(WhyNot { heading, text: "Zoek een andere expert, of vraag het je samenwerkingsverband.".to_owned() }));
    }
    let proven = visit.proof(expertise);
    let free = Free { calendar: &visit.calendar, place: &visit.place, proven: &proven, first_name: first, within: None, but: None };
    let id = specialist.to_string();
    let picker = picker(&free, &wanted, now, |minutes, from| address.href(&id, minutes, from, address.school));

    let months = months_in_view(&wanted, now);
    let read = async |tx: &mut Tx| hours::sources_in(tx, partnership, payer, visit.supplier, months).await;
    let sources = SOURCES.or_read((partnership, school_id, visit.supplier, months), me.ground(now), snapshot, read).await?;
    let shown = paid_in(&sources, months, wanted.minutes, &visit.supplier_name);
    let mut schools = Vec::new();
    if mine.len() > 1 {
        for one in &mine {
            let Some(row) = school(snapshot.tx().await?, partnership, *one).await? else { continue };
            let href = address.href(&id, wanted.minutes.0, None, &row.id.to_string());
            schools.push(Way { label: row.name, href, current: *one == school_id });
        }
    }
    Ok(Ok(Asking {
        expert: id,
        first_name: first.to_owned(),
        school: school_id.to_string(),
        schools,
        levels: visit.levels.iter().map(|level| (level.code().to_owned(), level.dutch().to_owned())).collect(),
        expertise: chosen.map(|skill| (skill.slug.clone(), skill.name.clone())),
        subjects,
        known: vec![payer.school.name.clone(), visit.supplier_name, visit.wijk.clone(), visit.name.clone()],
        pay: shown,
        then: if visit.direct {
            format!("{first} neemt vrije momenten meteen aan: de afspraak staat dan vast.")
        } else {
            format!("Daarna antwoordt {first}. Zolang staan het moment en je uren vast.")
        },
        picker,
    }))
}

/// Both weeks may lie in one month; what is over pays for nothing any more.
fn months_in_view(wanted: &Wanted, now: DateTime<Utc>) -> [Month; 2] {
    [wanted.monday, wanted.monday + Days::new(11)].map(|day| Month::of(day.max(domain::time::local_date(now))))
}

/// Who would pay, in each month in view.
fn paid_in(sources: &[Sources; 2], months: [Month; 2], minutes: Minutes, supplier: &str) -> Vec<PayShown> {
    let count = if months[0] == months[1] { 1 } else { 2 };
    sources.iter().zip(months).take(count).map(|(sources, month)| pay(sources, minutes, supplier, month, count > 1)).collect()
}

/// Who would pay for the moment one moves to: what the old one holds is there as well.
async fn moved_pay(tx: &mut Tx, view: &View<'_>, visit: &Visit, wanted: &Wanted) -> Result<Vec<PayShown>, AppError> {
    let partnership = view.row.partnership_id.into();
    let payer = hours::payer(tx, partnership, view.booking.school).await?.ok_or(AppError::NotFound)?;
    let months = months_in_view(wanted, view.now);
    let held = paying::held(tx, partnership, view.booking.id).await?;
    let back = (view.row.paid_in()?, held.as_slice());
    let sources = hours::sources_when_back(tx, partnership, &payer, visit.supplier, months, back).await?;
    Ok(paid_in(&sources, months, wanted.minutes, &visit.supplier_name))
}

fn not_a_coordinator(me: &Me, specialist: SpecialistId) -> WhyNot {
    if me.actor.specialist() == Some(specialist) {
        let text = "Zo zien scholen jou. In je agenda kies je wanneer je er bent.".to_owned();
        return WhyNot { heading: "Dit ben jij".to_owned(), text };
    }
    WhyNot {
        heading: "IB’ers vragen een expert aan".to_owned(),
        text: "Met jouw rol kijk je mee. Vraag de IB’er van een school om een afspraak te maken.".to_owned(),
    }
}

/// Other moments for a booking: its own time does not stand in the way.
pub(super) async fn moving(tx: &mut Tx, view: &View<'_>, [duur, moment, vanaf]: [&str; 3]) -> Result<MoveShown, AppError> {
    let (row, booking, now) = (view.row, &view.booking, view.now);
    let partnership = row.partnership_id.into();
    // One looks around the moment that was agreed.
    let near = domain::time::local_date(booking.starts_at).to_string();
    let vanaf = if vanaf.is_empty() && moment.is_empty() { near.as_str() } else { vanaf };
    let mut wanted = Wanted::read(duur, moment, vanaf, Some(booking.minutes), now);
    if view.side() == Some(Side::Specialist) {
        wanted.minutes = wanted.minutes.min(booking.minutes);
    }
    let visit = Visit::load(tx, partnership, booking.specialist, booking.school, wanted.span(now)).await?;
    let calendar = visit.calendar.without(booking.id);
    let proven = visit.proof(booking.expertise);
    let first = first_name(&row.specialist);
    let within = (view.side() == Some(Side::Specialist)).then_some((booking.minutes, Month::at(booking.starts_at)));
    let free = Free { calendar: &calendar, place: &visit.place, proven: &proven, first_name: first, within, but: Some(booking.slot()) };
    let page = super::moving(&row.id.to_string());
    let picker = picker(&free, &wanted, now, |minutes, from| {
        let from = from.map(|from| format!("&vanaf={from}")).unwrap_or_default();
        format!("{page}?duur={minutes}{from}")
    });
    let at_once = visit.direct && view.side() == Some(Side::School);
    let other = if view.side() == Some(Side::School) { first } else { row.school.as_str() };
    let limit = within.map_or_else(String::new, |(longest, month)| {
        format!(" Kies hooguit {longest} en een moment in {}. Voor meer uren vraag je de school om een nieuwe afspraak.", month.name())
    });
    Ok(MoveShown {
        pay: if view.side() == Some(Side::School) { moved_pay(tx, view, &visit, &wanted).await? } else { Vec::new() },
        id: row.id.to_string(),
        now: domain::time::moment_long(booking.starts_at, booking.ends_at()),
        first_name: first.to_owned(),
        then: if at_once {
            "Het oude moment komt vrij. Het nieuwe staat meteen vast.".to_owned()
        } else {
            format!("Het oude moment komt vrij en het nieuwe houden we vast. Daarna zegt {other} ja of nee.{limit}")
        },
        button: match (at_once, view.side()) {
            (true, _) => "Verzet en zet vast",
            (false, Some(Side::School)) => "Vraag dit moment aan",
            (false, _) => "Stel dit moment voor",
        }
        .to_owned(),
        picker,
    })
}
