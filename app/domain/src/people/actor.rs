//! Who acts: a signed-in person with their roles.
//!
//! Always true here: a role counts only at a scope of its own kind; a coordinator "of a board" is nobody.

use super::role::{Role, Scope};
use crate::ids::{BoardId, DistrictId, PartnershipId, PersonId, SchoolId, SpecialistId, SupplierId};
use serde::{Deserialize, Serialize};

/// A signed-in person, in one partnership, with every role they hold there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// The partnership they signed in to; they may nothing in any other.
    pub partnership: PartnershipId,
    /// Each role with the place where it counts.
    pub roles: Vec<(Role, Scope)>,
}

impl Actor {
    /// Whether this role counts at this scope.
    #[must_use]
    pub fn holds(&self, role: Role, scope: Scope) -> bool {
        role.counts_at(scope) && self.roles.contains(&(role, scope))
    }

    /// Whether this role counts anywhere.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.scopes(role).next().is_some()
    }

    /// Whether any role counts anywhere: somebody whose last role was taken away may nothing.
    #[must_use]
    pub fn is_somebody(&self) -> bool {
        self.roles.iter().any(|(role, scope)| role.counts_at(*scope))
    }

    /// The places where this role counts.
    pub fn scopes(&self, role: Role) -> impl Iterator<Item = Scope> + '_ {
        self.roles.iter().filter(move |(held, scope)| *held == role && role.counts_at(*scope)).map(|(_, scope)| *scope)
    }

    /// The schools of a coordinator or head, each once, in the order the roles were given.
    #[must_use]
    pub fn schools(&self) -> Vec<SchoolId> {
        self.collect(|scope| if let Scope::School(school) = scope { Some(school) } else { None })
    }

    /// The boards of a board contact or counsellor, each once.
    #[must_use]
    pub fn boards(&self) -> Vec<BoardId> {
        self.collect(|scope| if let Scope::Board(board) = scope { Some(board) } else { None })
    }

    /// The suppliers somebody plans for, each once.
    #[must_use]
    pub fn suppliers(&self) -> Vec<SupplierId> {
        self.collect(|scope| if let Scope::Supplier(supplier) = scope { Some(supplier) } else { None })
    }

    /// The districts of a district team member, each once.
    #[must_use]
    pub fn districts(&self) -> Vec<DistrictId> {
        self.collect(|scope| if let Scope::District(district) = scope { Some(district) } else { None })
    }

    /// The own profile of somebody who can be booked.
    #[must_use]
    pub fn specialist(&self) -> Option<SpecialistId> {
        self.scopes(Role::Specialist).find_map(|scope| if let Scope::Specialist(specialist) = scope { Some(specialist) } else { None })
    }

    fn collect<Id: PartialEq>(&self, pick: impl Fn(Scope) -> Option<Id>) -> Vec<Id> {
        let mut ids = Vec::new();
        for (role, scope) in &self.roles {
            if let Some(id) = pick(*scope).filter(|_| role.counts_at(*scope))
                && !ids.contains(&id)
            {
                ids.push(id);
            }
        }
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn somebody(roles: Vec<(Role, Scope)>) -> Actor {
        Actor { person: PersonId(Uuid::from_u128(1)), partnership: PartnershipId(Uuid::from_u128(2)), roles }
    }

    #[test]
    fn a_coordinator_and_head_of_one_school_has_that_school_once() {
        let school = SchoolId(Uuid::from_u128(3));
        let actor = somebody(vec![(Role::Coordinator, Scope::School(school)), (Role::Head, Scope::School(school))]);
        assert_eq!(actor.schools(), [school]);
        assert!(actor.is(Role::Coordinator) && actor.is(Role::Head) && !actor.is(Role::Auditor));
        assert!(actor.boards().is_empty());
        assert_eq!(actor.specialist(), None);
    }

    #[test]
    fn a_role_at_a_scope_of_another_kind_does_not_count() {
        let actor = somebody(vec![(Role::Registrar, Scope::School(SchoolId(Uuid::from_u128(3)))), (Role::Coordinator, Scope::Partnership)]);
        assert!(!actor.is(Role::Registrar) && !actor.is(Role::Coordinator) && !actor.is_somebody());
        assert!(actor.schools().is_empty());
    }

    #[test]
    fn a_specialist_has_one_profile() {
        let own = SpecialistId(Uuid::from_u128(4));
        let actor = somebody(vec![(Role::Specialist, Scope::Specialist(own))]);
        assert_eq!(actor.specialist(), Some(own));
    }
}
