//! What people do with bookings. Always true: each asks who this is and whether they may, and what was typed is checked by the rule
//! itself, inside the transaction that stores it.

use crate::AppError;
use leptos::prelude::*;

/// A school asks a specialist for a moment.
#[server(name = AskBooking, prefix = "/api", endpoint = "afspraak/vraag")]
pub async fn ask_booking(
    expert: String,
    school: String,
    #[server(default)] duur: String,
    #[server(default)] moment: String,
    #[server(default)] niveau: String,
    #[server(default)] vraag: String,
    #[server(default)] doel: String,
    #[server(default)] ouders: String,
    #[server(default)] nagekeken: String,
    #[server(default)] vak: String,
    key: String,
) -> Result<(), AppError> {
    use super::{booking, sql, verbs};
    use crate::{
        experts::sql::expertises_of,
        organisations::sql as organisations,
        session::{Note, allow, db, form_key, go, note, now, signed_in},
    };
    use domain::{
        SchoolId, SpecialistId,
        bookings::{BookingState, WishFields},
        people::{Action, Object, first_name},
        text::pupils::looked_at,
        time,
    };
    let me = signed_in().await?;
    let (school, specialist): (SchoolId, SpecialistId) =
        (school.parse().map_err(|_| AppError::Malformed)?, expert.parse().map_err(|_| AppError::Malformed)?);
    let partnership = me.partnership();
    let mut tx = db().write(partnership).await?;
    let row = organisations::school(&mut tx, partnership, school).await?.ok_or(AppError::NotFound)?;
    let object = Object::of(partnership).at_school(school, row.board_id.map(Into::into), Some(row.district_id.into()));
    allow(&me, Action::BookAtSchool, &object)?;
    let expertise = if vak.is_empty() {
        None
    } else {
        let skills = expertises_of(&mut tx, partnership, Some(specialist)).await?;
        Some(skills.into_iter().find(|skill| skill.slug == vak).ok_or(AppError::NotFound)?.expertise_id.into())
    };
    let fields = WishFields { moment: &moment, duur: &duur, niveau: &niveau, vraag: &vraag, doel: &doel, ouders: &ouders };
    let id = verbs::ask(&mut tx, partnership, me.person(), school, specialist, &fields, expertise, &form_key(&key)?, now()).await?;
    let row = sql::booking(&mut tx, partnership, id).await?.ok_or(AppError::Internal)?;
    looked_at(&[&row.question, &row.goal], &[&row.school, &row.supplier, &row.wijk, &row.specialist], &nagekeken)?;
    tx.commit().await?;
    let asked = row.booking()?;
    let when = time::moment_short(asked.starts_at, asked.ends_at());
    let who = first_name(&row.specialist);
    note(match asked.state {
        BookingState::Accepted => {
            Note::done(format!("{when} staat vast"), format!("{who} komt. {} is opzij gezet voor deze afspraak.", asked.minutes))
        }
        _ => Note::done(format!("{when} is aangevraagd"), format!("Het moment en {} staan vast. {who} is nu aan zet.", asked.minutes)),
    })
    .await?;
    go(&booking(&id.to_string()));
    Ok(())
}

/// The side that was asked says yes (`ja`) or no (`nee`, with a reason).
#[server(name = AnswerBooking, prefix = "/api", endpoint = "afspraak/antwoord")]
pub async fn answer_booking(afspraak: String, antwoord: String, #[server(default)] reden: String, key: String) -> Result<(), AppError> {
    use super::{booking, verbs};
    use crate::session::{Note, go, note, now};
    let _ = key;
    let (me, mut tx, row) = found(&afspraak).await?;
    let at = now();
    let view = super::show::View::new(&row, &me, at)?;
    crate::session::allow(&me, view.answering(), &row.object())?;
    let side = view.side().ok_or(AppError::NotAllowed)?;
    let (partnership, by, id) = (me.partnership(), me.person(), view.booking.id);
    let said = match antwoord.as_str() {
        "ja" => {
            verbs::accept(&mut tx, partnership, by, id, side, at).await?;
            Note::done("De afspraak staat vast", "De ander ziet het meteen. Het moment en de uren blijven zoals ze waren.")
        }
        "nee" => {
            let minutes = verbs::decline(&mut tx, partnership, by, id, side, &reden, at).await?.minutes;
            Note::done("Je hebt de afspraak afgewezen", format!("Het moment is weer vrij en {minutes} is terug. De ander leest je reden."))
        }
        _ => return Err(AppError::Malformed),
    };
    tx.commit().await?;
    note(said).await?;
    go(&booking(&afspraak));
    Ok(())
}

/// The specialist records what was really worked. Longer than was set aside: the school is asked for the rest first.
#[server(name = RecordDone, prefix = "/api", endpoint = "afspraak/gedaan")]
pub async fn record_done(afspraak: String, minuten: i64, key: String) -> Result<(), AppError> {
    use super::{booking, verbs};
    use crate::session::{Note, allow, go, note, now};
    use domain::{Minutes, people::Action};
    let _ = key;
    let (me, mut tx, row) = found(&afspraak).await?;
    allow(&me, Action::RecordDone, &row.object())?;
    let (partnership, by, id, worked) = (me.partnership(), me.person(), row.id.into(), Minutes(minuten));
    let said = if let Some(extra) = row.booking()?.extra_needed(worked) {
        verbs::ask_extra(&mut tx, partnership, by, id, worked, now()).await?;
        let text = format!("Er stond {} opzij. Geeft de school de rest, dan is {worked} vastgelegd.", Minutes(row.minutes));
        Note::done(format!("{extra} extra is aan de school gevraagd"), text)
    } else {
        let done = verbs::record_done(&mut tx, partnership, by, id, worked, now()).await?;
        let rest = done.minutes - worked;
        let text =
            if rest > Minutes::ZERO { format!("{rest} is terug bij wie het betaalde.") } else { "Alle uren zijn gebruikt.".to_owned() };
        Note::done(format!("{worked} is vastgelegd"), text)
    };
    tx.commit().await?;
    note(said).await?;
    go(&booking(&afspraak));
    Ok(())
}

/// The school gives (`ja`) the minutes a visit took longer, or does not (`nee`, with a reason).
#[server(name = AnswerExtra, prefix = "/api", endpoint = "afspraak/extra")]
pub async fn answer_extra(afspraak: String, antwoord: String, #[server(default)] reden: String, key: String) -> Result<(), AppError> {
    use super::{booking, verbs};
    use crate::session::{Note, allow, go, note, now};
    use domain::people::Action;
    let _ = key;
    let (me, mut tx, row) = found(&afspraak).await?;
    allow(&me, Action::BookAtSchool, &row.object())?;
    let (partnership, by, id) = (me.partnership(), me.person(), row.id.into());
    let said = match antwoord.as_str() {
        "ja" => {
            let done = verbs::give_extra(&mut tx, partnership, by, id, now()).await?;
            let used = done.minutes_used.unwrap_or(done.minutes);
            Note::done(format!("Je gaf {} extra", used - done.minutes), format!("{used} is vastgelegd. De afspraak is klaar."))
        }
        "nee" => {
            verbs::refuse_extra(&mut tx, partnership, by, id, &reden, now()).await?;
            Note::done("Je gaf geen extra uren", "De expert leest je reden en legt vast wat opzij stond.")
        }
        _ => return Err(AppError::Malformed),
    };
    tx.commit().await?;
    note(said).await?;
    go(&booking(&afspraak));
    Ok(())
}

/// Either side calls it off, with a reason.
#[server(name = CancelBooking, prefix = "/api", endpoint = "afspraak/zegaf")]
pub async fn cancel_booking(afspraak: String, #[server(default)] reden: String, key: String) -> Result<(), AppError> {
    use super::{booking, show::View, verbs};
    use crate::session::{Note, allow, go, note, now};
    use domain::people::Action;
    let _ = key;
    let (me, mut tx, row) = found(&afspraak).await?;
    allow(&me, Action::CancelBooking, &row.object())?;
    let at = now();
    let side = View::new(&row, &me, at)?.side().ok_or(AppError::NotAllowed)?;
    let cancelled = verbs::cancel(&mut tx, me.partnership(), me.person(), row.id.into(), side, &reden, at).await?;
    tx.commit().await?;
    let text = if row.paid_in()?.has_ended(domain::time::local_date(at)) {
        format!("De maand is voorbij: {} is vervallen.", cancelled.minutes)
    } else {
        format!("Het moment is weer vrij en {} is terug bij wie het betaalde.", cancelled.minutes)
    };
    note(Note::done("De afspraak is afgezegd", text)).await?;
    go(&booking(&afspraak));
    Ok(())
}

/// Either side moves it to another free moment.
#[server(name = MoveBooking, prefix = "/api", endpoint = "afspraak/verplaats")]
pub async fn move_booking(
    afspraak: String,
    #[server(default)] duur: String,
    #[server(default)] moment: String,
    key: String,
) -> Result<(), AppError> {
    use super::{booking, show::View, sql, verbs};
    use crate::session::{Note, allow, form_key, go, note, now};
    use domain::{Minutes, availability, bookings::BookingState, people::Action};
    let (me, mut tx, row) = found(&afspraak).await?;
    allow(&me, Action::MoveBooking, &row.object())?;
    let at = now();
    let side = View::new(&row, &me, at)?.side().ok_or(AppError::NotAllowed)?;
    let starts_at = availability::moment(&moment)?;
    let minutes = duur.trim().parse().map(Minutes).map_err(|_| AppError::Malformed)?;
    let (partnership, by) = (me.partnership(), me.person());
    let id = verbs::move_to(&mut tx, partnership, by, row.id.into(), side, starts_at, minutes, &form_key(&key)?, at).await?;
    let moved = sql::booking(&mut tx, partnership, id).await?.ok_or(AppError::Internal)?.booking()?;
    tx.commit().await?;
    note(match moved.state {
        BookingState::Accepted => Note::done("De afspraak is verzet", "Het oude moment is weer vrij. Het nieuwe staat vast, met de uren."),
        _ => Note::done(
            "Het nieuwe moment is gevraagd",
            "Het oude moment is weer vrij. Het nieuwe en de uren houden we vast tot er antwoord is.",
        ),
    })
    .await?;
    go(&booking(&id.to_string()));
    Ok(())
}

/// The booking a form is about, for the writer of its partnership.
#[cfg(feature = "ssr")]
async fn found(id: &str) -> Result<(std::sync::Arc<crate::session::Me>, crate::db::Tx, super::sql::BookingRow), AppError> {
    let me = crate::session::signed_in().await?;
    let id: domain::BookingId = id.parse().map_err(|_| AppError::Malformed)?;
    let mut tx = crate::session::db().write(me.partnership()).await?;
    let row = super::sql::booking(&mut tx, me.partnership(), id).await?.ok_or(AppError::NotFound)?;
    Ok((me, tx, row))
}
