//! Setting the stage: places, schools and the people in them.
//!
//! Always true here: everything is put in a fixed order, so that two databases hold the same names.

use super::{
    cast::{self, CAST},
    dice::Dice,
    names::{Names, address},
    places::{self, BOARDS, DISTRICTS, SCHOOLS, STREETS, SUPPLIERS, WIJKEN},
};
use anyhow::Context;
use app::{
    db::Tx,
    organisations::sql::{self as organisations, SchoolFacts},
    people::sql as people,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    BoardId, DistrictId, PartnershipId, PersonId, SchoolId, SupplierId, WijkId,
    availability::{HolidayRegion, Place, free_days},
    hours::SchoolYear,
    people::{Role, Scope},
};
use uuid::Uuid;

/// A school of the demo.
#[derive(Clone, Copy, Debug)]
pub struct School {
    /// Its row.
    pub id: SchoolId,
    /// Its name.
    pub name: &'static str,
    /// Where it is.
    pub place: Place,
    /// Place in `places::BOARDS`.
    pub board: usize,
    /// Pupils.
    pub pupils: i64,
    /// Who asks for it.
    pub coordinator: PersonId,
}

/// Where the story plays.
#[derive(Debug)]
pub struct World {
    /// The partnership.
    pub partnership: PartnershipId,
    /// In the order of `places::DISTRICTS`.
    pub districts: Vec<DistrictId>,
    /// In the order of `places::WIJKEN`.
    pub wijken: Vec<WijkId>,
    /// In the order of `places::BOARDS`.
    pub boards: Vec<BoardId>,
    /// In the order of `places::SUPPLIERS`.
    pub suppliers: Vec<SupplierId>,
    /// In the order of their BRINs.
    pub schools: Vec<School>,
    /// Who divides the hours.
    pub administrator: PersonId,
    names: Names,
    since: DateTime<Utc>,
}

impl World {
    /// Founds the partnership with its places, schools and people.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn found(tx: &mut Tx, dice: &mut Dice, since: DateTime<Utc>) -> anyhow::Result<Self> {
        let partnership = organisations::put_partnership(tx, places::CODE, Some(places::NAME), since).await?;
        let names = Names::new(Dice::new(17), CAST.iter().map(|member| member.name));
        let mut world = Self {
            partnership,
            districts: Vec::new(),
            wijken: Vec::new(),
            boards: Vec::new(),
            suppliers: Vec::new(),
            schools: Vec::new(),
            administrator: PersonId(Uuid::nil()),
            names,
            since,
        };
        world.draw_the_map(tx).await?;
        world.open_schools(tx, dice).await?;
        world.fill_offices(tx).await?;
        Ok(world)
    }

    /// Writes the free days of these school years into the calendar.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mark_holidays(&self, tx: &mut Tx, years: impl IntoIterator<Item = SchoolYear>) -> anyhow::Result<()> {
        for day in years.into_iter().flat_map(|year| free_days(year, HolidayRegion::Midden)) {
            organisations::put_holiday(tx, self.partnership, &day.name, day.starts_on, day.ends_on).await?;
        }
        Ok(())
    }

    /// The school with this name.
    #[must_use]
    pub fn school(&self, name: &str) -> Option<&School> {
        self.schools.iter().find(|school| school.name == name)
    }

    async fn draw_the_map(&mut self, tx: &mut Tx) -> anyhow::Result<()> {
        for name in DISTRICTS {
            self.districts.push(organisations::put_district(tx, self.partnership, name).await?);
        }
        for (name, district) in WIJKEN {
            self.wijken.push(organisations::put_wijk(tx, self.partnership, name, self.districts[district]).await?);
        }
        for (name, ..) in BOARDS {
            self.boards.push(organisations::put_board(tx, self.partnership, name).await?);
        }
        for (name, ..) in SUPPLIERS {
            self.suppliers.push(organisations::put_supplier(tx, self.partnership, name).await?);
        }
        Ok(())
    }

    async fn open_schools(&mut self, tx: &mut Tx, dice: &mut Dice) -> anyhow::Result<()> {
        for (wijk, schools) in SCHOOLS.iter().enumerate() {
            for &(name, board, pupils) in *schools {
                let number = self.schools.len();
                let street = STREETS[dice.below(STREETS.len())];
                let facts = SchoolFacts {
                    brin: places::brin(number),
                    name: name.to_owned(),
                    street: format!("{street} {}", dice.between(1, 120)),
                    postcode: places::postcode(wijk, number),
                    town: "Vlietland".to_owned(),
                    municipality: "Vlietland".to_owned(),
                    denomination: BOARDS[board].1.to_owned(),
                    pupils: Some(pupils),
                };
                let id = organisations::put_school(tx, self.partnership, &facts, self.wijken[wijk]).await?;
                organisations::set_board(tx, self.partnership, id, self.boards[board]).await?;
                let coordinator = self.hire(tx, Role::Coordinator, cast::Place::School(name), Scope::School(id)).await?;
                let place = Place { school: id, wijk: Some(self.wijken[wijk]), district: Some(self.districts[WIJKEN[wijk].1]) };
                self.schools.push(School { id, name, place, board, pupils, coordinator });
            }
        }
        Ok(())
    }

    /// Everybody who is not at a school and not a specialist; and the rest of the cast.
    async fn fill_offices(&mut self, tx: &mut Tx) -> anyhow::Result<()> {
        for (place, (name, ..)) in BOARDS.iter().enumerate() {
            self.hire(tx, Role::BoardContact, cast::Place::Board(name), Scope::Board(self.boards[place])).await?;
        }
        for (place, (name, ..)) in SUPPLIERS.iter().enumerate() {
            self.hire(tx, Role::SupplierPlanner, cast::Place::Supplier(name), Scope::Supplier(self.suppliers[place])).await?;
        }
        for (place, name) in DISTRICTS.iter().enumerate() {
            self.hire(tx, Role::DistrictTeam, cast::Place::District(name), Scope::District(self.districts[place])).await?;
        }
        for role in [Role::Registrar, Role::Auditor] {
            self.hire(tx, role, cast::Place::Partnership, Scope::Partnership).await?;
        }
        self.administrator = self.hire(tx, Role::Administrator, cast::Place::Partnership, Scope::Partnership).await?;
        let meerpaal = self.school(cast::MEERPAAL).map(|school| school.id).context("De Meerpaal is among the schools")?;
        self.hire(tx, Role::Head, cast::Place::School(cast::MEERPAAL), Scope::School(meerpaal)).await?;
        self.hire(tx, Role::Counsellor, cast::Place::Board(BOARDS[0].0), Scope::Board(self.boards[0])).await?;
        Ok(())
    }

    /// Gives a role at a place to whoever the cast has for it, or else to somebody new.
    async fn hire(&mut self, tx: &mut Tx, role: Role, place: cast::Place, scope: Scope) -> anyhow::Result<PersonId> {
        let known = CAST.iter().find(|member| member.role == role && member.place == place).map(|member| member.name);
        let name = known.map_or_else(|| self.names.fresh(), str::to_owned);
        let person = self.welcome(tx, &name).await?;
        people::grant(tx, self.partnership, person, role, scope).await?;
        Ok(person)
    }

    /// Adds somebody without a password: the demo needs none.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn welcome(&self, tx: &mut Tx, name: &str) -> anyhow::Result<PersonId> {
        let email = CAST.iter().find(|member| member.name == name).map_or_else(|| address(name), |member| member.email.to_owned());
        let id = PersonId(Uuid::now_v7());
        people::insert(tx, self.partnership, id, &email, name, self.since).await?;
        Ok(id)
    }
}

/// The day on which a year's hours are divided: after the members' meeting of June, before the summer.
#[must_use]
pub fn divided_on(year: SchoolYear) -> NaiveDate {
    NaiveDate::from_ymd_opt(year.0, 6, 24).unwrap_or_default()
}

/// The school years the story touches: this one, the one before while the new year has hardly begun, the next once it is divided.
#[must_use]
pub fn years(today: NaiveDate) -> Vec<SchoolYear> {
    let this = domain::hours::Month::of(today).school_year();
    let (before, next) = (SchoolYear(this.0 - 1), SchoolYear(this.0 + 1));
    let hardly_begun = NaiveDate::from_ymd_opt(this.0, 10, 1).is_some_and(|october| today < october);
    let next_is_divided = divided_on(next) <= today;
    let all = [(before, hardly_begun), (this, true), (next, next_is_divided)];
    all.into_iter().filter_map(|(year, told)| told.then_some(year)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(today: &str) -> Vec<i32> {
        years(today.parse().expect("a date")).into_iter().map(|year| year.0).collect()
    }

    #[test]
    fn around_the_summer_two_years_are_told_and_otherwise_one() {
        assert_eq!(told("2026-11-17"), [2026]);
        assert_eq!(told("2026-09-30"), [2025, 2026]);
        assert_eq!(told("2026-10-01"), [2026]);
        assert_eq!(told("2027-06-23"), [2026]);
        assert_eq!(told("2027-06-24"), [2026, 2027]);
        assert_eq!(told("2027-07-31"), [2026, 2027]);
        assert_eq!(told("2027-08-01"), [2026, 2027]);
    }

    #[test]
    fn the_administrator_of_the_cast_divides() {
        use cast::WIETSKE;
        assert!(CAST.iter().any(|member| member.name == WIETSKE && member.role == Role::Administrator));
    }
}
