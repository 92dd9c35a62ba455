//! What may happen to a booking, and when. Each rule refuses or answers; none changes anything by itself.

use super::{Booking, BookingState, Change, MinutesMove, Moving, Side};
use crate::{
    availability::{Calendar, Place, Slot, must_be_free},
    hours::Month,
    ids::BookingId,
    minutes::Minutes,
    refusal::Refusal,
    text::{clean, pupils::without_bsn},
};
use chrono::{DateTime, TimeDelta, Utc};

/// Three characters: shorter is no reason.
pub const REASON_MIN: usize = 3;
/// 300 characters: a reason is a sentence or two.
pub const REASON_MAX: usize = 300;
/// From 24 hours before the start a cancellation is late: the time can hardly be filled again *(choice; what follows is policy)*.
pub const LATE_HOURS: i64 = 24;
/// Eight hours: a working day, as for booking.
pub const WORKED_MINUTES_MAX: Minutes = Minutes::hours(8);

impl Booking {
    /// The side that was asked says yes, before the booking starts (000: no work without an agreement).
    pub fn accept(&self, by: Side, now: DateTime<Utc>) -> Result<Change, Refusal> {
        self.must_be_asked_of(by)?;
        if self.starts_at <= now {
            let advice = "Vraag om een nieuw moment. De minuten blijven opzij staan tot je annuleert of afwijst.";
            return Err(Refusal::new("booking_started", "Dit moment is al begonnen", advice));
        }
        Ok(Change { booking: self.now_in(BookingState::Accepted, now), minutes: MinutesMove::None })
    }

    /// The side that was asked says no, with a reason; all minutes return.
    pub fn decline(&self, by: Side, reason: &str, now: DateTime<Utc>) -> Result<Change, Refusal> {
        self.must_be_asked_of(by)?;
        let reason = Some(check_reason(reason)?);
        Ok(Change { booking: Self { reason, ..self.now_in(BookingState::Declined, now) }, minutes: MinutesMove::ReturnAll })
    }

    /// Either side calls it off, with a reason; all minutes return. Late when less than 24 hours before the start, or after it. Once an
    /// agreed visit has begun only the specialist's side can say that it did not happen: the school would take back hours that were worked.
    pub fn cancel(&self, by: Side, reason: &str, now: DateTime<Utc>) -> Result<Change, Refusal> {
        self.must_hold_slot("annuleren")?;
        if by == Side::School && self.is_under_way(now) {
            let advice = "De expert legt vast hoe lang het duurde, of zegt af als het niet doorging. Vraag dat aan de expert.";
            return Err(Refusal::new("visit_begun", "Deze afspraak is al begonnen", advice));
        }
        let reason = Some(check_reason(reason)?);
        let is_late = self.is_late_at(now);
        let booking = Self { reason, is_late, cancelled_by: Some(by), ..self.now_in(BookingState::Cancelled, now) };
        Ok(Change { booking, minutes: MinutesMove::ReturnAll })
    }

    /// Whether this is the reason it ended for.
    #[must_use]
    pub fn is_because(&self, reason: &str) -> bool {
        check_reason(reason).is_ok_and(|reason| self.reason.as_deref() == Some(reason.as_str()))
    }

    /// Whether both agreed and its moment has begun; then it waits for the specialist's side.
    #[must_use]
    pub fn is_under_way(&self, now: DateTime<Utc>) -> bool {
        self.state == BookingState::Accepted && self.starts_at <= now
    }

    /// Whether cancelling now would be late; to say so before it happens.
    #[must_use]
    pub fn is_late_at(&self, now: DateTime<Utc>) -> bool {
        self.starts_at - now < TimeDelta::hours(LATE_HOURS)
    }

    /// The specialist records what was really worked, at the field `minuten`. Less: the rest returns. More: refused as `more_hours_needed`,
    /// because minutes that were never set aside can not be used; [`Booking::extra_needed`] says how many.
    pub fn record_done(&self, worked: Minutes, now: DateTime<Utc>) -> Result<Change, Refusal> {
        self.check_worked(worked, now)?;
        if let Some(extra) = self.extra_needed(worked) {
            let heading = format!("Er is {extra} meer nodig");
            let advice = format!(
                "Er staat {} opzij. Vraag de school om {extra} extra, of leg {} vast. Er is nog niets veranderd.",
                self.minutes, self.minutes
            );
            return Err(Refusal::new("more_hours_needed", heading, advice).at("minuten"));
        }
        let booking = Self { minutes_used: Some(worked), extra: None, ..self.now_in(BookingState::Done, now) };
        Ok(Change { booking, minutes: MinutesMove::Use { used: worked, returned: self.minutes - worked } })
    }

    /// Whether this much may be recorded as worked, apart from whether it was set aside.
    pub(super) fn check_worked(&self, worked: Minutes, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.state == BookingState::Asked {
            let advice = format!("Eerst zegt {} ja. Daarna leg je vast wat je deed.", self.asked_by.other().dutch());
            return Err(Refusal::new("booking_not_accepted", "Deze afspraak is nog niet akkoord", advice));
        }
        self.must_hold_slot("vastleggen")?;
        if now < self.starts_at {
            let advice = "Leg de minuten vast zodra de afspraak begonnen is.";
            return Err(Refusal::new("booking_not_started", "Deze afspraak moet nog beginnen", advice));
        }
        if !worked.is_on_grid() {
            let advice = "Vul hele kwartieren in, zoals 45 of 60 minuten.";
            return Err(Refusal::new("worked_off_grid", "Minuten gaan per kwartier", advice).at("minuten"));
        }
        if worked <= Minutes::ZERO {
            let advice = "Vul in hoe lang je er was. Ging het niet door? Annuleer de afspraak.";
            return Err(Refusal::new("worked_nothing", "Er zijn geen minuten ingevuld", advice).at("minuten"));
        }
        if worked > WORKED_MINUTES_MAX {
            let advice = format!("Een afspraak duurt hoogstens {WORKED_MINUTES_MAX}. Splits het werk over meer afspraken.");
            return Err(Refusal::new("worked_too_long", "Dit is langer dan een werkdag", advice).at("minuten"));
        }
        Ok(())
    }

    /// The minutes that are missing when this much was worked; none when what was set aside is enough.
    #[must_use]
    pub fn extra_needed(&self, worked: Minutes) -> Option<Minutes> {
        (worked > self.minutes).then(|| worked - self.minutes)
    }

    /// Either side moves it to another free moment, as long as the old one has not begun; the new booking waits on the other side. The old
    /// slot does not stand in the way of the new one. The specialist's side spends no hours of the school: not more minutes, and not those of
    /// another month. Refusals of the moment stand at the fields `moment` and `duur`, with the nearest ways out.
    pub fn move_to(
        &self,
        new: BookingId,
        slot: Slot,
        by: Side,
        calendar: &Calendar,
        place: &Place,
        now: DateTime<Utc>,
    ) -> Result<Moving, Refusal> {
        self.must_hold_slot("verzetten")?;
        if self.starts_at <= now {
            let advice = "Wat begonnen is, blijft waar het is. Maak een nieuwe afspraak voor een ander moment.";
            return Err(Refusal::new("moved_too_late", "Dit moment is al begonnen", advice));
        }
        if slot == self.slot() {
            let advice = "De afspraak staat al op dit moment. Kies een ander moment.";
            return Err(Refusal::new("moved_nowhere", "Er verandert niets", advice).at("moment"));
        }
        if by == Side::Specialist {
            self.must_cost_no_more(slot)?;
        }
        must_be_free(&calendar.without(self.id), slot.starts_at, slot.minutes, place, now)?;
        let old = Change { booking: self.now_in(BookingState::Moved, now), minutes: MinutesMove::ReturnAll };
        let asked = Self { id: new, starts_at: slot.starts_at, minutes: slot.minutes, asked_by: by, asked_at: now, ..self.clone() };
        let new = Self { replaces: Some(self.id), ..asked.now_in(BookingState::Asked, now) };
        Ok(Moving { old, new })
    }

    /// The specialist's side moves within what the school already gave: as many minutes, of the same month.
    fn must_cost_no_more(&self, slot: Slot) -> Result<(), Refusal> {
        if slot.minutes > self.minutes {
            let advice = format!("De school gaf {}. Kies hooguit zo lang, of vraag de school om een langere afspraak.", self.minutes);
            return Err(Refusal::new("moved_longer", "Dit kost de school meer uren", advice).at("duur"));
        }
        let month = Month::at(self.starts_at);
        if Month::at(slot.starts_at) != month {
            let advice =
                format!("De uren zijn van {}. Kies een moment in die maand, of vraag de school om een nieuwe afspraak.", month.name());
            return Err(Refusal::new("moved_to_other_month", "Dit kost de school uren van een andere maand", advice).at("moment"));
        }
        Ok(())
    }

    fn must_be_asked_of(&self, side: Side) -> Result<(), Refusal> {
        if self.state != BookingState::Asked {
            return Err(self.settled("beantwoorden"));
        }
        if self.asked_by == side {
            let advice = format!("Eerst antwoordt {}. Je kunt wel annuleren of verzetten.", side.other().dutch());
            return Err(Refusal::new("booking_not_your_turn", "Je bent niet aan zet", advice));
        }
        Ok(())
    }

    fn must_hold_slot(&self, what: &str) -> Result<(), Refusal> {
        if self.state.holds_slot() { Ok(()) } else { Err(self.settled(what)) }
    }

    fn settled(&self, what: &str) -> Refusal {
        let advice = format!("Je kunt hem niet meer {what}. Er is niets veranderd.");
        Refusal::new("booking_settled", format!("Deze afspraak is al {}", self.state.dutch().to_lowercase()), advice)
    }
}

/// A clean reason of 3 to 300 characters, or a refusal at the field `reden`.
pub fn check_reason(reason: &str) -> Result<String, Refusal> {
    let reason = clean(reason);
    match reason.chars().count() {
        0..REASON_MIN => {
            let advice = "Schrijf in één zin waarom. De ander leest dit.";
            Err(Refusal::new("reason_missing", "Er staat nog geen reden", advice).at("reden"))
        }
        length if length > REASON_MAX => {
            let advice = format!("Je reden heeft {length} tekens. Dat mogen er {REASON_MAX} zijn.");
            Err(Refusal::new("reason_too_long", "De reden is te lang", advice).at("reden"))
        }
        _ => without_bsn(&reason, "reden").map(|()| reason),
    }
}
