//! Who plays in a history: every party by its place in a list, so that the model and each database speak of the same one.
//!
//! Always true here: within a list, ids are in the order of the list; the order of ids decides ties, on both sides alike.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::{
    BoardId, DistrictId, ExpertiseId, PersonId, SchoolId, SpecialistId, SupplierId, WijkId, WijkpotId,
    availability::Place,
    hours::{Month, SchoolYear},
    time,
};
use std::collections::HashMap;
use uuid::Uuid;

pub const SUPPLIERS: usize = 2;
pub const BOARDS: usize = 3;
pub const WIJKEN: usize = 3;
pub const SCHOOLS: usize = 9;
/// Two wijken have a pot of their own; the third belongs to the city-wide one, which is the last.
pub const POTS: usize = 3;
pub const CITY: usize = 2;
/// A coordinator for each school, a contact for each board, a specialist for each supplier, and the office.
pub const PEOPLE: usize = SCHOOLS + BOARDS + SUPPLIERS + 1;
pub const SPECIALIST: usize = SCHOOLS + BOARDS;
pub const OFFICE: usize = PEOPLE - 1;
pub const YEARS: [SchoolYear; 2] = [SchoolYear(2026), SchoolYear(2027)];

/// One school has no pupils and of one nobody told: both stand behind the others.
pub const PUPILS: [Option<i64>; SCHOOLS] = [Some(210), Some(95), Some(320), Some(150), None, Some(60), Some(0), Some(410), Some(120)];

/// The wijk a school lies in: three schools each.
pub const fn wijk_of(school: usize) -> usize {
    school / 3
}

/// The board above a school; the last school has none.
pub fn board_of(school: usize) -> Option<usize> {
    (school + 1 < SCHOOLS).then_some(school % BOARDS)
}

/// The pot a school gives to and draws from.
pub const fn pot_of(school: usize) -> usize {
    wijk_of(school)
}

/// Who can speak for a school: its coordinator; the second school has that of the first as well.
pub fn coordinators_of(school: usize) -> Vec<usize> {
    if school == 1 { vec![0, 1] } else { vec![school] }
}

/// A month by its place, from August 2026 on.
pub fn month(place: u32) -> Month {
    Month::new(2026, 8).expect("August exists").plus(place)
}

/// A moment on somebody's clock: so many days after the first of August 2026, at this minute of the day.
pub fn moment(day: u32, minute: u32) -> String {
    let date = NaiveDate::from_ymd_opt(2026, 8, 1).expect("the day exists") + Days::new(day.into());
    let at = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default();
    date.and_time(at).format("%Y-%m-%dT%H:%M").to_string()
}

/// The same as an instant.
pub fn instant(day: u32, minute: u32) -> Option<DateTime<Utc>> {
    time::parse_local(&moment(day, minute)).and_then(time::instant)
}

/// The ids of everybody.
#[derive(Clone, Debug)]
pub struct Cast {
    pub suppliers: Vec<SupplierId>,
    pub boards: Vec<BoardId>,
    pub wijken: Vec<WijkId>,
    pub districts: Vec<DistrictId>,
    pub schools: Vec<SchoolId>,
    pub pots: Vec<WijkpotId>,
    pub specialists: Vec<SpecialistId>,
    pub people: Vec<PersonId>,
    pub expertise: ExpertiseId,
}

impl Cast {
    /// The model's own: numbers.
    pub fn plain() -> Self {
        let id = |kind: u128, place: usize| Uuid::from_u128(kind << 64 | (place as u128 + 1));
        Self {
            suppliers: (0..SUPPLIERS).map(|n| id(1, n).into()).collect(),
            boards: (0..BOARDS).map(|n| id(2, n).into()).collect(),
            wijken: (0..WIJKEN).map(|n| id(3, n).into()).collect(),
            districts: (0..WIJKEN).map(|n| id(4, n / 2).into()).collect(),
            schools: (0..SCHOOLS).map(|n| id(5, n).into()).collect(),
            pots: (0..POTS).map(|n| id(6, n).into()).collect(),
            specialists: (0..SUPPLIERS).map(|n| id(7, n).into()).collect(),
            people: (0..PEOPLE).map(|n| id(8, n).into()).collect(),
            expertise: id(9, 0).into(),
        }
    }

    /// Where a school is.
    pub fn place(&self, school: usize) -> Place {
        let wijk = wijk_of(school);
        Place { school: self.schools[school], wijk: Some(self.wijken[wijk]), district: Some(self.districts[wijk]) }
    }

    /// What each holder's id here is in the other cast.
    pub fn translation(&self, other: &Self) -> HashMap<Uuid, Uuid> {
        let suppliers = self.suppliers.iter().zip(&other.suppliers).map(|(one, two)| (one.0, two.0));
        let boards = self.boards.iter().zip(&other.boards).map(|(one, two)| (one.0, two.0));
        let schools = self.schools.iter().zip(&other.schools).map(|(one, two)| (one.0, two.0));
        let pots = self.pots.iter().zip(&other.pots).map(|(one, two)| (one.0, two.0));
        suppliers.chain(boards).chain(schools).chain(pots).collect()
    }
}
