//! A booking as somebody may see it. Always true: at pupil level whoever is outside the circle sees hours, category, level and wijk
//! (domain.md §2), and every text that is shown was asked of `may` first.

use super::{
    contact::contacts,
    pay_shown::{block, pay, source_name},
    paying,
    shown::{BookingShown, May, PayLine, PayShown, TextShown, TurnShown},
    sql::{self, BookingRow},
};
use crate::{
    AppError,
    db::Tx,
    hours::{Behind, sql as hours},
    session::Me,
    ui::{Fact, State},
};
use chrono::{DateTime, Datelike, Utc};
use domain::{
    Minutes,
    bookings::{Booking, BookingState, Chip, Level, Side, Turn, is_shielded, place_shown, turn},
    experts::{in_sentence, taxonomy::Category},
    hours::{AboutKind, HolderKind, Month},
    people::{Action, Role, Scope, first_name, may},
    time,
};

/// How somebody stands to a booking.
pub(super) struct View<'a> {
    pub(super) row: &'a BookingRow,
    pub(super) booking: Booking,
    me: &'a Me,
    pub(super) now: DateTime<Utc>,
}

impl<'a> View<'a> {
    pub(super) fn new(row: &'a BookingRow, me: &'a Me, now: DateTime<Utc>) -> Result<Self, AppError> {
        Ok(Self { row, booking: row.booking()?, me, now })
    }

    fn may(&self, action: Action) -> bool {
        may(&self.me.actor, action, &self.row.object())
    }

    /// Whether this person may read the text.
    pub(super) fn reads_text(&self) -> bool {
        self.may(Action::ReadBookingText)
    }

    /// Whether this person belongs to the school itself: then reading is not written down.
    pub(super) fn is_of_school(&self) -> bool {
        self.me.actor.schools().contains(&self.booking.school)
    }

    /// Whether this person is the specialist it was asked of.
    pub(super) fn is_of_specialist(&self) -> bool {
        self.me.actor.specialist() == Some(self.booking.specialist)
    }

    /// Whether reading this text is written to the log the school can read.
    pub(super) fn is_logged(&self) -> bool {
        self.booking.level == Level::Pupil && self.reads_text() && !self.is_of_school()
    }

    /// The side this person acts for.
    pub(super) fn side(&self) -> Option<Side> {
        if self.me.actor.holds(Role::Coordinator, Scope::School(self.booking.school)) {
            return Some(Side::School);
        }
        let specialist = self.me.actor.holds(Role::Specialist, Scope::Specialist(self.booking.specialist));
        let planner = self.me.actor.holds(Role::SupplierPlanner, Scope::Supplier(self.row.supplier_id.into()));
        (specialist || planner).then_some(Side::Specialist)
    }

    /// The action one needs to answer: what was asked of the school is its coordinator's.
    pub(super) fn answering(&self) -> Action {
        if self.booking.asked_by == Side::Specialist { Action::BookAtSchool } else { Action::AnswerBooking }
    }

    /// What this person may do now.
    pub(super) fn allowed(&self) -> May {
        let booking = &self.booking;
        let ahead = booking.state.holds_slot();
        let asked = booking.state == BookingState::Asked;
        May {
            answer: asked && self.side() == Some(booking.asked_by.other()) && self.may(self.answering()) && self.now < booking.starts_at,
            done: booking.state == BookingState::Accepted && booking.starts_at <= self.now && self.may(Action::RecordDone),
            cancel: ahead && self.may(Action::CancelBooking) && !(self.side() == Some(Side::School) && booking.is_under_way(self.now)),
            moving: ahead && self.now < booking.starts_at && self.may(Action::MoveBooking),
        }
    }

    /// Whether it waits on this person.
    pub(super) fn is_mine(&self) -> bool {
        self.side().is_some_and(|side| turn(&self.booking, self.now).is(side))
    }

    /// `Hoogbegaafdheid`; outside the circle of a pupil only the category.
    pub(super) fn subject(&self, text: bool) -> Option<String> {
        let row = self.row;
        if self.booking.level != Level::Pupil || text {
            row.expertise.clone()
        } else {
            row.category.as_deref().and_then(Category::from_code).map(|category| category.dutch().to_owned())
        }
    }

    /// `Leerling, hoogbegaafdheid`.
    pub(super) fn what(&self, text: bool) -> String {
        let level = self.booking.level.dutch();
        self.subject(text).map_or_else(|| level.to_owned(), |subject| format!("{level}, {}", in_sentence(&subject)))
    }

    /// `De Meerpaal`; outside the circle of a pupil the wijk.
    pub(super) fn place(&self) -> String {
        place_shown(&self.me.actor, &self.row.object(), &self.row.school, &self.row.wijk)
    }

    /// Whether this person sees no more than hours, category, level and wijk.
    pub(super) fn is_shielded(&self) -> bool {
        is_shielded(&self.me.actor, &self.row.object())
    }

    /// `ma 9 november 2026, 10.30–12.00 uur`; from outside the circle of a pupil `in november 2026`, for a moment leads to the school.
    fn when(&self) -> String {
        let booking = &self.booking;
        let day = time::local_date(booking.starts_at);
        if self.is_shielded() {
            return format!("in {} {}", time::month_name(day.month()), day.year());
        }
        let when = time::moment_long(booking.starts_at, booking.ends_at());
        if day.year() == time::local_date(self.now).year() { when } else { format!("{when} ({})", day.year()) }
    }

    /// Where it stands, in words for this person.
    pub(super) fn chip(&self) -> (State, String) {
        let booking = &self.booking;
        if self.is_shielded() {
            let state = match booking.state.chip(false) {
                Chip::Turn | Chip::Wait => State::Wait,
                Chip::Valid if booking.state != BookingState::Done => State::Valid,
                Chip::Stop => State::Stop,
                Chip::Valid | Chip::Plain => State::Done,
            };
            return (state, booking.state.dutch().to_owned());
        }
        let waits_for_record = booking.state == BookingState::Accepted && booking.ends_at() <= self.now && booking.extra.is_none();
        let from = if waits_for_record { booking.ends_at() } else { booking.state_since };
        let since = time::date_short(time::local_date(from));
        let mine = self.is_mine();
        let word = booking.state.dutch();
        match booking.state.chip(mine) {
            Chip::Turn => (State::Turn, format!("Jij bent aan zet sinds {since}")),
            Chip::Wait => (State::Wait, format!("Wacht op {} sinds {since}", self.whose())),
            Chip::Valid if booking.state == BookingState::Done => (State::Done, word.to_owned()),
            Chip::Valid if mine => (State::Turn, format!("Jij bent aan zet sinds {since}")),
            Chip::Valid if turn(booking, self.now) != Turn::Nobody => (State::Wait, format!("Wacht op {}", self.whose())),
            Chip::Valid => (State::Valid, word.to_owned()),
            Chip::Stop => (State::Stop, word.to_owned()),
            Chip::Plain => (State::Done, word.to_owned()),
        }
    }

    /// `Thijs`, or the school.
    fn whose(&self) -> String {
        match turn(&self.booking, self.now) {
            Turn::Specialist => first_name(&self.row.specialist).to_owned(),
            other => other.dutch().to_owned(),
        }
    }

    /// What the specialist asks on top.
    fn extra(&self) -> Minutes {
        self.booking.extra.unwrap_or_default()
    }

    /// What the school is asked to give on top, and who would pay: for whoever may give it.
    async fn extra_shown(&self, tx: &mut Tx, month: Month) -> Result<Option<(String, PayShown)>, AppError> {
        if !self.booking.waits_for_extra(self.now) || !self.may(Action::BookAtSchool) {
            return Ok(None);
        }
        let partnership = self.row.partnership_id.into();
        let payer = hours::payer(tx, partnership, self.booking.school).await?.ok_or(AppError::NotFound)?;
        let sources = hours::sources(tx, partnership, &payer, self.row.supplier_id.into(), month).await?;
        Ok(Some((self.extra().to_string(), pay(&sources, self.extra(), &self.row.supplier, month, false))))
    }

    /// Who acts, and on what. `refused` is what the school last said no to, and why.
    fn turn_card(&self, refused: Option<(Minutes, String)>) -> Option<TurnShown> {
        if self.is_shielded() {
            return None;
        }
        let on_turn = turn(&self.booking, self.now);
        let (mine, who) = (self.is_mine(), self.whose());
        let first = first_name(&self.row.specialist);
        let when = time::moment_long(self.booking.starts_at, self.booking.ends_at());
        let (heading, words) = match (on_turn, self.booking.state, mine) {
            (Turn::Nobody | Turn::Partnership, ..) => return None,
            (_, BookingState::Asked, true) if self.now >= self.booking.starts_at => {
                ("Dit moment is voorbij".to_owned(), "Er kwam geen antwoord op tijd. Zeg af; dan gaan de uren terug.".to_owned())
            }
            (Turn::Specialist, BookingState::Asked, true) => {
                ("Zeg ja of nee".to_owned(), format!("{} vraagt om {when}. De uren staan al vast.", self.place()))
            }
            (_, BookingState::Asked, true) => ("Zeg ja of nee".to_owned(), format!("{first} stelt {when} voor. De uren staan al vast.")),
            (_, BookingState::Asked, false) => {
                (format!("Aan zet: {who}"), "Het moment en de uren staan vast. Het antwoord komt hier te staan.".to_owned())
            }
            (Turn::School, _, true) => (
                format!("{first} vraagt {} extra", self.extra()),
                "Het bezoek duurde langer. Zonder jouw ja gaat er niets van je uren af.".to_owned(),
            ),
            (Turn::School, _, false) => {
                (format!("Aan zet: {who}"), format!("{first} vraagt {} extra, omdat het bezoek langer duurde.", self.extra()))
            }
            (_, _, true) => {
                let words = match refused {
                    Some((extra, reason)) => {
                        let reason = reason.trim_end_matches('.');
                        format!("De school gaf geen {extra} extra: ‘{reason}’. Leg hooguit {} vast.", self.booking.minutes)
                    }
                    None => "Wat je niet gebruikte, gaat terug naar de school.".to_owned(),
                };
                ("Leg vast hoe lang het duurde".to_owned(), words)
            }
            (_, _, false) => (format!("Aan zet: {who}"), format!("{first} legt vast hoe lang het echt duurde.")),
        };
        Some(TurnShown { heading, words })
    }

    fn facts(&self, text: bool) -> Vec<Fact> {
        let booking = &self.booking;
        let minutes = match booking.minutes_used {
            Some(used) if used < booking.minutes => format!("{used} van {}", booking.minutes),
            Some(used) if used > booking.minutes => format!("{used}, waarvan {} extra,", used - booking.minutes),
            _ => booking.minutes.to_string(),
        };
        vec![
            Fact::new("Wat", self.what(text)),
            Fact::new("Waar", self.place()),
            Fact::new("Wanneer", self.when()),
            Fact::new("Hoeveel", format!("{minutes} van {}", self.who())),
        ]
    }

    /// `Driesprong, Samira El Idrissi`; from outside the circle of a pupil the supplier alone.
    fn who(&self) -> String {
        let row = self.row;
        if self.is_shielded() { row.supplier.clone() } else { format!("{}, {}", row.supplier, row.specialist) }
    }

    fn readers(&self) -> String {
        let who = if self.is_shielded() { "de expert" } else { self.row.specialist.as_str() };
        let own = if self.is_of_school() { "Jouw school" } else { "De school" };
        if self.booking.level == Level::Pupil {
            return format!(
                "{own}, {who}, de trajectbegeleider van het bestuur en het secretariaat lezen de vraag. De planner van {} ziet ook waar \
                 en wanneer. Anderen zien uren, niveau, soort vraag en wijk.",
                self.row.supplier
            );
        }
        format!(
            "{own}, {who}, de trajectbegeleider van het bestuur, het stadsdeelteam en het secretariaat lezen de vraag. Anderen zien uren, \
             niveau, soort vraag en school."
        )
    }

    fn ended(&self, text: bool) -> Option<String> {
        if self.is_shielded() {
            return None;
        }
        let booking = &self.booking;
        let when = time::date_long(time::local_date(booking.state_since));
        let by = match booking.state {
            BookingState::Cancelled => booking.cancelled_by,
            _ => Some(booking.asked_by.other()),
        };
        let by = by.map_or("iemand", Side::dutch);
        let late = if booking.is_late { " Dat was minder dan een dag van tevoren." } else { "" };
        let said = match booking.state {
            BookingState::Declined => format!("Afgewezen door {by} op {when}."),
            BookingState::Cancelled => format!("Afgezegd door {by} op {when}.{late}"),
            _ => return None,
        };
        let reason = booking.reason.as_ref().filter(|_| text).map(|reason| format!(" Reden: {reason}")).unwrap_or_default();
        Some(said + &reason)
    }

    /// The whole page.
    pub(super) async fn page(&self, tx: &mut Tx) -> Result<BookingShown, AppError> {
        let (booking, row) = (&self.booking, self.row);
        let partnership = row.partnership_id.into();
        let text = self.reads_text();
        let paid = paying::paid(tx, partnership, booking.id).await?;
        let mut others = Vec::new();
        if let Some(before) = row.moved_from.filter(|_| !self.is_shielded()) {
            others.push(("Dit kwam in plaats van een eerder moment".to_owned(), super::booking(&before.to_string())));
        }
        if let Some(after) = sql::moved_to(tx, partnership, booking.id).await?.filter(|_| !self.is_shielded()) {
            others.push(("Bekijk het nieuwe moment".to_owned(), super::booking(&after.to_string())));
        }
        if matches!(booking.state, BookingState::Declined | BookingState::Cancelled) && self.is_of_school() {
            let words = format!("Kies een ander moment bij {}", first_name(&row.specialist));
            others.push((words, crate::experts::again(&row.specialist_id.to_string(), row.expertise_slug.as_deref(), row.minutes)));
        }
        let refused = if text { sql::refused_extra(tx, partnership, booking.id).await? } else { None };
        let month = row.paid_in()?;
        let number = (!self.is_shielded()).then(|| format!("afspraak {}", row.number));
        let mut tags: Vec<String> = [booking.level.dutch().to_lowercase(), self.place()].into_iter().chain(number).collect();
        tags.dedup();
        Ok(BookingShown {
            id: row.id.to_string(),
            title: self
                .subject(text)
                .unwrap_or_else(|| if self.is_shielded() { "Afspraak".to_owned() } else { format!("Afspraak {}", row.number) }),
            tags,
            chip: self.chip(),
            turn: self.turn_card(refused),
            facts: self.facts(text).into_iter().chain(contacts(tx, self).await?).collect(),
            text: text.then(|| TextShown {
                question: booking.question.clone(),
                goal: booking.goal.clone(),
                parents: (booking.level == Level::Pupil).then_some(booking.parents_informed),
            }),
            readers: self.readers(),
            ended: self.ended(text),
            others,
            blocks: paid
                .iter()
                .map(|(part, returned)| block(part.kind, part.minutes - *returned, !booking.state.holds_slot()))
                .filter(|part| part.minutes > 0)
                .collect(),
            paid: paid
                .iter()
                .map(|(part, returned)| PayLine {
                    name: source_name(part.kind).to_owned(),
                    amount: part.minutes.to_string(),
                    note: if *returned > Minutes::ZERO { format!("{returned} is terug.") } else { String::new() },
                    pot: part.holder.kind == HolderKind::Wijkpot,
                })
                .collect(),
            paid_note: format!("Uren van {} in {} {}.", row.supplier, month.name(), month.year()),
            // The list names the school and the number: for who may read it, as the list itself asks.
            postings: (!paid.is_empty() && (text || booking.level != Level::Pupil))
                .then(|| Behind::of_what_is_about(AboutKind::Booking, row.id, None)),
            extra: self.extra_shown(tx, month).await?,
            may: self.allowed(),
            minutes: booking.minutes.0,
            cancel_note: cancel_note(booking, month, self.now),
        })
    }
}

fn cancel_note(booking: &Booking, month: Month, now: DateTime<Utc>) -> String {
    let minutes = booking.minutes;
    let back = if month.has_ended(time::local_date(now)) {
        format!("De maand is voorbij: {minutes} vervalt.")
    } else {
        format!("{minutes} gaat terug naar waar het vandaan kwam.")
    };
    if booking.is_late_at(now) { format!("{back} Dit is minder dan een dag van tevoren; dat staat er dan bij.") } else { back }
}
