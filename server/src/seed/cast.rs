//! Who one can be in the demo: one person or more for each of the ten roles, in places where something happens.
//!
//! Always true here: only the cast has addresses at `wijkpot.example`, which is how the sign-in list knows it.

use domain::people::Role;

/// Where a role of the cast counts, by the name of the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A school.
    School(&'static str),
    /// A board.
    Board(&'static str),
    /// A supplier.
    Supplier(&'static str),
    /// A district.
    District(&'static str),
    /// The partnership.
    Partnership,
    /// Their own profile in the roster.
    Profile,
}

/// Somebody one can be.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Full name.
    pub name: &'static str,
    /// Address.
    pub email: &'static str,
    /// What they are.
    pub role: Role,
    /// Where.
    pub place: Place,
}

const fn member(name: &'static str, email: &'static str, role: Role, place: Place) -> Member {
    Member { name, email, role, place }
}

/// The main user: IB'er of De Meerpaal.
pub const FENNA: &str = "Fenna Hoekema";
/// The administrator, who divides the hours.
pub const WIETSKE: &str = "Wietske Poelstra";
/// The specialist Fenna works with most.
pub const THIJS: &str = "Thijs Oldenkamp";
/// Her specialist for behaviour.
pub const SAMIRA: &str = "Samira El Idrissi";
/// Her school.
pub const MEERPAAL: &str = "De Meerpaal";

/// The cast.
pub const CAST: [Member; 14] = [
    member(FENNA, "f.hoekema@wijkpot.example", Role::Coordinator, Place::School(MEERPAAL)),
    member("Noor Achterberg", "n.achterberg@wijkpot.example", Role::Coordinator, Place::School("Kindcentrum Oeverpark")),
    member("Ruben Fokkinga", "r.fokkinga@wijkpot.example", Role::Coordinator, Place::School("Sluiswijkschool")),
    member("Harmke Wiersinga", "h.wiersinga@wijkpot.example", Role::Head, Place::School(MEERPAAL)),
    member("Gerben Ruitenberg", "g.ruitenberg@wijkpot.example", Role::BoardContact, Place::Board("Klaverblad")),
    member(THIJS, "t.oldenkamp@wijkpot.example", Role::Specialist, Place::Profile),
    member(SAMIRA, "s.elidrissi@wijkpot.example", Role::Specialist, Place::Profile),
    member("Anouk Terwiel", "a.terwiel@wijkpot.example", Role::SupplierPlanner, Place::Supplier("De Wissel")),
    member("Marit Slagter", "m.slagter@wijkpot.example", Role::Counsellor, Place::Board("Klaverblad")),
    member("Joris van Zwol", "j.vanzwol@wijkpot.example", Role::DistrictTeam, Place::District("Vliet-Noord")),
    member("Corrie Blankestijn", "c.blankestijn@wijkpot.example", Role::Registrar, Place::Partnership),
    member(WIETSKE, "w.poelstra@wijkpot.example", Role::Administrator, Place::Partnership),
    member("Diederik Landsman", "d.landsman@wijkpot.example", Role::Auditor, Place::Partnership),
    member("Tineke Overdijk", "t.overdijk@wijkpot.example", Role::BoardContact, Place::Board("Samen Wijs")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::roster::ROSTER;
    use std::collections::HashSet;

    #[test]
    fn every_role_is_in_the_cast_and_every_address_is_the_demos_own() {
        let roles: HashSet<Role> = CAST.iter().map(|member| member.role).collect();
        assert!(Role::ALL.iter().all(|role| roles.contains(role)));
        assert!(CAST.iter().all(|member| member.email.ends_with("@wijkpot.example")));
        assert_eq!(CAST.iter().map(|member| member.email).collect::<HashSet<_>>().len(), CAST.len());
    }

    #[test]
    fn specialists_of_the_cast_are_in_the_roster_and_nobody_else_is() {
        for member in CAST {
            assert_eq!(ROSTER.iter().any(|expert| expert.name == member.name), member.role == Role::Specialist, "{}", member.name);
        }
    }
}
