//! Where a booking is, for whoever looks. Always true here: at pupil level the school is named to who may read the question, and to the
//! planner of the specialist's own supplier, who plans the journey; to everybody else only the wijk (domain.md §2).

use crate::people::{Action, Actor, Object, Role, Scope, may};

/// Whether somebody looks at a pupil's booking from outside: no part of its circle, nor the planner of the specialist. They see hours,
/// category, level and wijk, and nothing by which the school could be worked out from the ledger: no number, no moment, no expert.
/// `object`: the booking, with its level; without one it counts as pupil level.
#[must_use]
pub fn is_shielded(actor: &Actor, object: &Object) -> bool {
    let is_of_pupil = object.level.is_none_or(|level| level == crate::experts::SupportLevel::Pupil);
    let plans = actor.partnership == object.partnership
        && object.supplier.is_some_and(|supplier| actor.holds(Role::SupplierPlanner, Scope::Supplier(supplier)));
    is_of_pupil && !plans && !may(actor, Action::ReadBookingText, object)
}

/// `De Meerpaal`, or `Havenkwartier, school afgeschermd` (see [`is_shielded`]).
#[must_use]
pub fn place_shown(actor: &Actor, object: &Object, school: &str, wijk: &str) -> String {
    if is_shielded(actor, object) { format!("{wijk}, school afgeschermd") } else { school.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{experts::SupportLevel, ids::*};
    use uuid::Uuid;

    #[test]
    fn a_pupils_school_is_named_to_its_circle_and_to_the_planner_of_the_specialist() {
        let id = Uuid::from_u128;
        let pupil = Object::of(PartnershipId(id(1)))
            .at_school(SchoolId(id(2)), Some(BoardId(id(3))), Some(DistrictId(id(4))))
            .with_specialist(SpecialistId(id(5)), SupplierId(id(6)))
            .at_level(SupportLevel::Pupil);
        let shown = |partnership, role, scope, object: &Object| {
            let actor = Actor { person: PersonId(id(9)), partnership: PartnershipId(id(partnership)), roles: vec![(role, scope)] };
            place_shown(&actor, object, "De Meerpaal", "Havenkwartier")
        };
        for (role, scope) in [
            (Role::Coordinator, Scope::School(SchoolId(id(2)))),
            (Role::Specialist, Scope::Specialist(SpecialistId(id(5)))),
            (Role::SupplierPlanner, Scope::Supplier(SupplierId(id(6)))),
            (Role::Registrar, Scope::Partnership),
        ] {
            assert_eq!(shown(1, role, scope, &pupil), "De Meerpaal", "{role:?}");
        }
        for (role, scope) in [
            (Role::BoardContact, Scope::Board(BoardId(id(3)))),
            (Role::DistrictTeam, Scope::District(DistrictId(id(4)))),
            (Role::SupplierPlanner, Scope::Supplier(SupplierId(id(7)))),
            (Role::Administrator, Scope::Partnership),
        ] {
            assert_eq!(shown(1, role, scope, &pupil), "Havenkwartier, school afgeschermd", "{role:?}");
        }
        assert_eq!(shown(8, Role::SupplierPlanner, Scope::Supplier(SupplierId(id(6))), &pupil), "Havenkwartier, school afgeschermd");
        let group = pupil.at_level(SupportLevel::Group);
        assert_eq!(shown(1, Role::BoardContact, Scope::Board(BoardId(id(3))), &group), "De Meerpaal");
    }
}
