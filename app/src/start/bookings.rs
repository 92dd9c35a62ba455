//! Open bookings as tasks, as what waits for others, and as what is coming. Always true here: one booking waits for one side.

use super::{
    api::{Meeting, Task, Waiting},
    sql::OpenBooking,
};
use crate::{experts::again, ui::State};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use domain::{
    Minutes,
    bookings::Side,
    experts::{SupportLevel, in_sentence, taxonomy::Category},
    hours::Month,
    people::Role,
    time::{clock, date_short, days_between, local, local_date, local_value, moment_long, month_short, weekday_short},
};

/// Meetings on the start page: the next three, or all of today.
const MEETINGS: usize = 3;

/// Who looks at bookings.
pub(super) struct Looking {
    /// In which role.
    pub role: Role,
    /// When.
    pub now: DateTime<Utc>,
}

fn booking(id: uuid::Uuid) -> String {
    crate::bookings::booking(&id.to_string())
}

impl Looking {
    fn today(&self) -> NaiveDate {
        local_date(self.now)
    }

    /// The side this role is on.
    fn side(&self) -> Side {
        if matches!(self.role, Role::Specialist | Role::SupplierPlanner) { Side::Specialist } else { Side::School }
    }

    /// Whom a booking waits for: whoever was asked; then the specialist, who writes down what was done; the school when it must choose
    /// again, or give extra minutes of a month that still runs.
    fn turn(&self, row: &OpenBooking) -> Option<Side> {
        match row.status.as_str() {
            "asked" => Some(if row.asked_side == Side::Specialist.code() { Side::School } else { Side::Specialist }),
            "declined" | "cancelled" => Some(Side::School),
            _ if row.extra_minutes.is_some() && !Month::at(row.starts_at).has_ended(self.today()) => Some(Side::School),
            _ if ends_at(row) <= self.now => Some(Side::Specialist),
            _ => None,
        }
    }

    /// What waits for this person. A head only watches; a planner answers, but only who was there writes down what was done.
    pub fn tasks(&self, rows: &[OpenBooking]) -> Vec<Task> {
        let theirs = rows.iter().filter(|row| self.turn(row) == Some(self.side()));
        theirs.filter(|row| self.role != Role::SupplierPlanner || row.status == "asked").map(|row| self.task(row)).collect()
    }

    fn task(&self, row: &OpenBooking) -> Task {
        let (when, there) = (moment_long(row.starts_at, ends_at(row)), booking(row.id));
        let (from, text, button) = match (row.status.as_str(), self.side()) {
            ("declined" | "cancelled", _) => {
                let there = again(&row.specialist_id.to_string(), row.expertise_slug.as_deref(), row.minutes);
                let again = ("Kies een ander moment".to_owned(), there);
                let what = if row.status == "declined" { "kan niet op" } else { "komt niet op" };
                let text = format!("{} {what} {when}. De uren zijn terug.", row.specialist);
                (row.closed_at.or(row.answered_at).unwrap_or(row.asked_at), text, again)
            }
            ("asked", _) if row.starts_at <= self.now => {
                (row.starts_at, format!("Op {when} kwam er geen antwoord op tijd."), ("Zeg af".to_owned(), there.clone()))
            }
            ("asked", Side::School) => {
                (row.asked_at, format!("{} stelt voor: {when}.", row.specialist), ("Bekijk de nieuwe tijd".to_owned(), there.clone()))
            }
            ("asked", Side::Specialist) => {
                let whom = if self.role == Role::Specialist { "jou".to_owned() } else { row.specialist.clone() };
                (row.asked_at, format!("{} vraagt {whom} op {when}.", row.school), ("Geef antwoord".to_owned(), there.clone()))
            }
            (_, Side::School) => {
                let extra = Minutes(row.extra_minutes.unwrap_or_default());
                let text = format!("{} was er langer op {when} en vraagt {extra} extra.", row.specialist);
                (row.extra_at.unwrap_or(row.asked_at), text, ("Geef antwoord".to_owned(), there.clone()))
            }
            _ => {
                let text = format!("Je was bij {} op {when}. Hoe lang duurde het?", row.school);
                (ends_at(row), text, ("Leg de uren vast".to_owned(), there.clone()))
            }
        };
        Task { since: self.turn_since(from), title: self.title(row), href: there, text, button }
    }

    /// What waits for somebody else.
    pub fn waiting(&self, rows: &[OpenBooking]) -> Vec<Waiting> {
        // A school that was told no is not followed by whoever said it.
        let theirs = rows.iter().filter(|row| self.turn(row) == Some(self.side().other()) && !is_off(row));
        let waiting = theirs.map(|row| {
            let from = if row.status == "asked" { row.asked_at } else { row.extra_at.unwrap_or_else(|| ends_at(row)) };
            let who = match (self.side(), row.status.as_str()) {
                (Side::School, "asked") => format!("{} antwoordt", row.specialist),
                (Side::School, _) => format!("{} legt de uren vast", row.specialist),
                (Side::Specialist, _) => format!("{} antwoordt", row.school),
            };
            Waiting { title: self.title(row), href: booking(row.id), who, since: self.since(local_date(from)) }
        });
        waiting.collect()
    }

    /// What is coming: the next three, and everything that is today.
    pub fn meetings(&self, rows: &[OpenBooking]) -> Vec<Meeting> {
        let coming = rows.iter().filter(|row| !is_off(row) && ends_at(row) > self.now).enumerate();
        let near = coming.filter(|(place, row)| *place < MEETINGS || local_date(row.starts_at) == self.today());
        near.map(|(_, row)| self.meeting(row)).collect()
    }

    fn meeting(&self, row: &OpenBooking) -> Meeting {
        let day = local_date(row.starts_at);
        let time = |at| clock(local(at).time());
        let (state, status) = match self.turn(row) {
            Some(side) if side == self.side() && self.role != Role::Head => (State::Turn, "Wacht op jouw antwoord"),
            Some(_) => (State::Wait, "Wacht op antwoord"),
            None => (State::Valid, "Afgesproken"),
        };
        Meeting {
            day: [weekday_short(day.weekday()).to_owned(), day.day().to_string(), month_short(day.month()).to_owned()],
            title: self.title(row),
            href: booking(row.id),
            moment: local_value(row.starts_at),
            time: format!("{} tot {} uur", time(row.starts_at), time(ends_at(row))),
            who: match self.role {
                Role::Specialist => row.school.clone(),
                Role::SupplierPlanner => format!("{}, {}", row.specialist, row.school),
                _ => format!("{}, {}", row.specialist, row.supplier),
            },
            state,
            status: status.to_owned(),
        }
    }

    /// What a booking is called. A list is not a reading of the text: at pupil level it names the category outside the school (domain.md §2).
    fn title(&self, row: &OpenBooking) -> String {
        let level = capital(&row.level);
        let inside = matches!(self.role, Role::Coordinator | Role::Head);
        let open = SupportLevel::from_dutch(&row.level).is_some_and(|level| level != SupportLevel::Pupil);
        let category = || row.category.as_deref().and_then(Category::from_code).map(Category::dutch);
        let subject = if inside || open { row.expertise.as_deref() } else { category() };
        subject.map_or_else(|| level.clone(), |subject| format!("{level}, {}", in_sentence(subject)))
    }

    /// `vandaag`, `gisteren`, `vr 13 nov`.
    pub fn day(&self, day: NaiveDate) -> String {
        match days_between(day, self.today()) {
            0 => "vandaag".to_owned(),
            1 => "gisteren".to_owned(),
            _ => date_short(day),
        }
    }

    /// `vandaag`, `ma 9 nov, 8 dagen`.
    pub fn since(&self, day: NaiveDate) -> String {
        match days_between(day, self.today()) {
            days if days > 1 => format!("{}, {days} dagen", date_short(day)),
            _ => self.day(day),
        }
    }
}

/// Whether the specialist will not come.
fn is_off(row: &OpenBooking) -> bool {
    matches!(row.status.as_str(), "declined" | "cancelled")
}

fn ends_at(row: &OpenBooking) -> DateTime<Utc> {
    row.starts_at + TimeDelta::minutes(row.minutes)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn row(status: &str, asked_side: &str, starts_at: &str) -> OpenBooking {
        OpenBooking {
            id: Uuid::from_u128(1),
            school: "De Meerpaal".to_owned(),
            school_id: Uuid::from_u128(3),
            wijk: "Havenkwartier".to_owned(),
            supplier_id: Uuid::from_u128(4),
            specialist_id: Uuid::from_u128(2),
            specialist: "Samira El Idrissi".to_owned(),
            supplier: "Driesprong".to_owned(),
            category: Some("behaviour".to_owned()),
            expertise: Some("angst".to_owned()),
            expertise_slug: Some("angst".to_owned()),
            level: "leerling".to_owned(),
            starts_at: at(starts_at),
            minutes: 90,
            status: status.to_owned(),
            asked_side: asked_side.to_owned(),
            asked_at: at("2026-11-13T09:00:00Z"),
            answered_at: None,
            closed_at: None,
            extra_minutes: None,
            extra_at: None,
        }
    }

    fn looking(role: Role) -> Looking {
        Looking { role, now: at("2026-11-17T12:00:00Z") }
    }

    #[test]
    fn what_was_asked_waits_for_the_specialist_and_what_was_proposed_for_the_school() {
        let rows = [row("asked", "school", "2026-11-19T09:30:00Z"), row("asked", "specialist", "2026-11-20T09:30:00Z")];
        let school = looking(Role::Coordinator);
        assert_eq!(school.tasks(&rows)[0].text, "Samira El Idrissi stelt voor: vrijdag 20 november, 10.30–12.00.");
        assert_eq!(school.waiting(&rows)[0].who, "Samira El Idrissi antwoordt");
        assert_eq!(school.waiting(&rows)[0].since, "vr 13 nov, 4 dagen");
        assert_eq!(school.meetings(&rows)[1].status, "Wacht op jouw antwoord");
        assert_eq!(looking(Role::Head).meetings(&rows)[1].status, "Wacht op antwoord", "a head only watches");
        let specialist = looking(Role::Specialist);
        assert_eq!(specialist.tasks(&rows)[0].since, "Jij bent aan zet sinds vr 13 nov");
        assert_eq!((specialist.tasks(&rows).len(), specialist.waiting(&rows).len()), (1, 1));
    }

    #[test]
    fn a_visit_that_is_over_waits_for_who_was_there() {
        let rows = [row("accepted", "school", "2026-11-16T09:00:00Z")];
        assert_eq!(looking(Role::Specialist).tasks(&rows)[0].button.0, "Leg de uren vast");
        assert_eq!(looking(Role::SupplierPlanner).tasks(&rows), []);
        assert_eq!(looking(Role::Coordinator).waiting(&rows)[0].who, "Samira El Idrissi legt de uren vast");
        assert_eq!(looking(Role::Coordinator).meetings(&rows), []);
    }

    #[test]
    fn a_visit_that_took_longer_waits_for_the_school() {
        let asked = OpenBooking {
            extra_minutes: Some(30),
            extra_at: Some(at("2026-11-17T08:00:00Z")),
            ..row("accepted", "school", "2026-11-16T09:00:00Z")
        };
        let task = &looking(Role::Coordinator).tasks(std::slice::from_ref(&asked))[0];
        assert!(task.text.replace('\u{a0}', " ").ends_with("vraagt 30 min extra."), "{}", task.text);
        assert!(looking(Role::Specialist).tasks(std::slice::from_ref(&asked)).is_empty());
        assert_eq!(looking(Role::Specialist).waiting(std::slice::from_ref(&asked))[0].since, "vandaag");
        // Its month is over: the school has nothing to give any more.
        let over = |role| Looking { role, now: at("2026-12-01T08:00:00Z") };
        assert_eq!(over(Role::Specialist).tasks(std::slice::from_ref(&asked))[0].button.0, "Leg de uren vast");
        assert!(over(Role::Coordinator).tasks(&[asked]).is_empty());
    }

    #[test]
    fn a_refusal_leads_the_school_back_to_the_expert() {
        let rows = [row("declined", "school", "2026-11-19T09:30:00Z")];
        let task = &looking(Role::Coordinator).tasks(&rows)[0];
        assert_eq!(task.button.1, format!("/experts/{}?vak=angst&duur=90", Uuid::from_u128(2)));
        assert!(looking(Role::Specialist).tasks(&rows).is_empty() && looking(Role::Specialist).waiting(&rows).is_empty());
        assert_eq!(looking(Role::Coordinator).meetings(&rows), []);
    }

    #[test]
    fn a_planner_does_not_read_what_a_pupil_needs() {
        let rows = [row("asked", "school", "2026-11-19T09:30:00Z")];
        assert_eq!(looking(Role::SupplierPlanner).tasks(&rows)[0].title, "Leerling, gedrag");
        assert_eq!(looking(Role::Specialist).tasks(&rows)[0].title, "Leerling, gedrag");
        let group = OpenBooking { level: "groep".to_owned(), ..rows[0].clone() };
        assert_eq!(looking(Role::SupplierPlanner).tasks(&[group])[0].title, "Groep, angst");
    }

    #[test]
    fn all_of_today_is_shown_and_otherwise_the_next_three() {
        let on = |day: u32, hour: u32| row("accepted", "school", &format!("2026-11-{day}T{hour:02}:00:00Z"));
        let rows = [on(17, 13), on(17, 14), on(17, 15), on(17, 16), on(18, 9)];
        let meetings = looking(Role::Specialist).meetings(&rows);
        assert_eq!(meetings.len(), 4);
        assert_eq!((meetings[0].time.as_str(), meetings[0].day.join(" ").as_str()), ("14.00 tot 15.30 uur", "di 17 nov"));
    }
}
