//! The list of bookings of one working role. Always true: a line shows no more than its page would, and no text.

use super::{
    BOOKINGS,
    show::View,
    shown::{LineShown, ListPart, ListShown},
    sql::{self, BookingRow},
};
use crate::{AppError, db::Tx, session::Me};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    Minutes,
    hours::Month,
    people::{Action, Role, Scope, may},
    time,
};

/// A screen and a half.
const PAGE: usize = 20;

/// The list, with a page of what is ahead and a page of what is behind; pages count from 1.
pub(super) async fn list(tx: &mut Tx, me: &Me, ahead: u32, behind: u32, now: DateTime<Utc>) -> Result<ListShown, AppError> {
    let (partnership, scope) = (me.partnership(), me.scope);
    let open = sql::open(tx, partnership, scope).await?;
    let (mut mine, mut coming) = (Vec::new(), Vec::new());
    for row in open.iter().filter(|row| may(&me.actor, Action::ReadBooking, &row.object())) {
        let view = View::new(row, me, now)?;
        if view.is_mine() { mine.push(line(&view)) } else { coming.push(line(&view)) }
    }
    let pages = pages(coming.len());
    let ahead = ahead.clamp(1, pages);
    let coming: Vec<LineShown> = coming.into_iter().skip((ahead as usize - 1) * PAGE).take(PAGE).collect();

    let count = usize::try_from(sql::count_closed(tx, partnership, scope).await?).unwrap_or(0);
    let pages_behind = self::pages(count);
    let behind = behind.clamp(1, pages_behind);
    let offset = i64::from(behind - 1) * PAGE as i64;
    let closed: Vec<BookingRow> = sql::closed(tx, partnership, scope, PAGE as i64, offset).await?;
    let mut past = Vec::with_capacity(closed.len());
    for row in closed.iter().filter(|row| may(&me.actor, Action::ReadBooking, &row.object())) {
        past.push(line(&View::new(row, me, now)?));
    }
    let link = |ahead: u32, behind: u32| format!("{BOOKINGS}?komend={ahead}&geweest={behind}");
    Ok(ListShown {
        lede: lede(me),
        can_ask: me.actor.is(Role::Coordinator),
        mine,
        ahead: ListPart {
            lines: coming,
            page: ahead,
            pages,
            before: (ahead > 1).then(|| link(ahead - 1, behind)),
            after: (ahead < pages).then(|| link(ahead + 1, behind)),
        },
        behind: ListPart {
            lines: past,
            page: behind,
            pages: pages_behind,
            before: (behind > 1).then(|| link(ahead, behind - 1)),
            after: (behind < pages_behind).then(|| link(ahead, behind + 1)),
        },
    })
}

fn pages(count: usize) -> u32 {
    u32::try_from(count.div_ceil(PAGE)).unwrap_or(u32::MAX).max(1)
}

fn lede(me: &Me) -> String {
    match me.scope {
        Scope::Specialist(_) => "Wat scholen jou vragen, en wanneer je er bent.".to_owned(),
        Scope::School(_) => format!("Wie er op {} komt, en wanneer.", me.place),
        Scope::Supplier(_) => format!("Van de experts van {}.", me.place),
        Scope::Board(_) => format!("Van de scholen van {}.", me.place),
        Scope::District(_) => format!("In {}, zonder afspraken voor één leerling.", me.place),
        Scope::Partnership => format!("Van alle scholen in {}.", me.partnership_name),
    }
}

/// `ma 9 nov`; with the year when that is another school year.
fn day(date: NaiveDate, now: DateTime<Utc>) -> String {
    let short = time::date_short(date);
    if Month::of(date).school_year() == Month::at(now).school_year() { short } else { format!("{short} {}", date.year()) }
}

/// `november 2026`
fn month(at: DateTime<Utc>) -> String {
    let month = Month::at(at);
    format!("{} {}", month.name(), month.year())
}

fn line(view: &View<'_>) -> LineShown {
    let (row, booking) = (view.row, &view.booking);
    LineShown {
        href: super::booking(&row.id.to_string()),
        // A list is not a reading of the text: outside the school it names the category.
        what: view.what(view.is_of_school()),
        place: view.place(),
        who: if view.is_shielded() { row.supplier.clone() } else { row.specialist.clone() },
        day: if view.is_shielded() { month(booking.starts_at) } else { day(time::local_date(booking.starts_at), view.now) },
        time: if view.is_shielded() { String::new() } else { time::clock_range(booking.starts_at, booking.ends_at()) },
        amount: booking.minutes_used.unwrap_or(booking.minutes).max(Minutes::ZERO).to_string(),
        chip: view.chip(),
    }
}
