//! A posting as a line of a list. Always true here: about a booking that the reader may not know it says no number, no reason and no
//! name.

use super::{
    api::Entry,
    of_posting,
    owner::{named, of_booking},
    sql::EntryRow,
};
use crate::{AppError, db::Tx, organisations, session::Me};
use domain::{
    Minutes,
    hours::{HolderKind, PostingKind},
    minutes::thousands,
    people::{Object, may},
    time,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A posting's number: `9.871`.
pub(super) fn number(seq: i64) -> String {
    thousands(seq.unsigned_abs())
}

/// A posting in the words this reader may know.
pub(super) struct Shown {
    /// `Vastgezet`.
    pub(super) kind: String,
    /// `De Meerpaal`.
    pub(super) from: String,
    /// `Afspraak 4471`, or `een afspraak`.
    pub(super) to: String,
    /// Why; may be empty.
    pub(super) reason: String,
    /// `Fenna Hoekema`, `een school of expert`, `Wijkpot zelf`.
    pub(super) by: String,
}

/// A posting in words. About a booking that the reader may not know it says no number, no reason and no name.
pub(super) fn shown(row: &EntryRow, known: &Known) -> Shown {
    let shielded = matches!(known, Known::Shielded);
    let side = |kind: &str, name: &Option<String>| match HolderKind::from_code(kind) {
        Some(HolderKind::Booking) if shielded => "een afspraak".to_owned(),
        kind => kind.map_or_else(String::new, |kind| named(kind, name.as_deref())),
    };
    Shown {
        kind: PostingKind::from_code(&row.kind).map_or_else(|| row.kind.clone(), |kind| kind.dutch().to_owned()),
        from: side(&row.from_kind, &row.from_name),
        to: side(&row.to_kind, &row.to_name),
        reason: if shielded { String::new() } else { row.reason.clone() },
        by: match &row.posted_by {
            Some(_) if shielded => "een school of expert".to_owned(),
            Some(name) => name.clone(),
            None => "Wijkpot zelf".to_owned(),
        },
    }
}

/// A posting as a line of a list.
pub(super) fn entry(row: &EntryRow, change: Minutes, balance: Option<Minutes>, known: &Known) -> Entry {
    let Shown { kind, from, to, reason, by } = shown(row, known);
    let day = time::local_date(row.posted_at);
    let link = |words: &str, seq: i64| (format!("{words} {}", number(seq)), Some(of_posting(seq)));
    let back = row.reverses_seq.map(|seq| link("draait terug: nummer", seq));
    let forth = row.reversed_by_seq.map(|seq| link("teruggedraaid met nummer", seq));
    Entry {
        id: format!("post-{}", row.seq),
        number: number(row.seq),
        href: of_posting(row.seq),
        day: time::date_short_year(day),
        date: day.to_string(),
        kind,
        way: format!("van {from} naar {to}"),
        reason,
        by: format!("door {by}"),
        puts_right: back.into_iter().chain(forth).collect(),
        booking: if let Known::Open(name, href) = known { Some((name.clone(), href.clone())) } else { None },
        amount: if change < Minutes::ZERO { change.to_string() } else { format!("+\u{a0}{change}") },
        balance: balance.map(|balance| balance.to_string()).unwrap_or_default(),
    }
}

/// Every school of the partnership as an object.
pub(super) type Schools = HashMap<Uuid, Object>;

/// Every school as an object, to decide about many bookings with one query.
pub(super) async fn readable(tx: &mut Tx, me: &Me) -> Result<Schools, AppError> {
    let rows = organisations::sql::schools(tx, me.partnership()).await?;
    let object = |row: &organisations::sql::SchoolRow| {
        Object::of(me.partnership()).at_school(row.id.into(), row.board_id.map(Into::into), Some(row.district_id.into()))
    };
    Ok(rows.iter().map(|row| (row.id, object(row))).collect())
}

/// How somebody stands to the booking a posting is about.
pub(super) enum Known {
    /// It is about none.
    None,
    /// They may know which: its name and its address.
    Open(String, String),
    /// They may know that it is one.
    Shielded,
}

/// How this person stands to the booking a posting is about.
pub(super) fn booking(row: &EntryRow, me: &Me, schools: &Schools) -> Known {
    let Some(id) = row.booking_id else { return Known::None };
    let open = || {
        let school = *schools.get(&row.booking_school?)?;
        let (object, action) = of_booking(school, row.booking_specialist?, row.booking_supplier?, row.booking_level.as_deref()?);
        may(&me.actor, action, &object).then_some(())?;
        Some(Known::Open(format!("Afspraak {}", row.booking_number?), format!("/afspraken/{id}")))
    };
    open().unwrap_or(Known::Shielded)
}
