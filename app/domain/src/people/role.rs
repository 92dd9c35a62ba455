//! The ten roles and their scopes (domain.md §2). A person may hold several.

use crate::ids::{BoardId, DistrictId, SchoolId, SpecialistId, SupplierId};
use serde::{Deserialize, Serialize};

/// What somebody is in the partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// IB'er: a school's care coordinator, the main user.
    Coordinator,
    /// Directeur: approves and reads at a school.
    Head,
    /// A board's contact person.
    BoardContact,
    /// Somebody who can be booked.
    Specialist,
    /// Plans a supplier's specialists.
    SupplierPlanner,
    /// Trajectbegeleider, linked to a board.
    Counsellor,
    /// Stadsdeelteam.
    DistrictTeam,
    /// Secretariaat of the partnership.
    Registrar,
    /// Runs the partnership's settings.
    Administrator,
    /// Reads reports, no case content.
    Auditor,
}

impl Role {
    /// Every role, in the order of domain.md §2.
    pub const ALL: [Self; 10] = [
        Self::Coordinator,
        Self::Head,
        Self::BoardContact,
        Self::Specialist,
        Self::SupplierPlanner,
        Self::Counsellor,
        Self::DistrictTeam,
        Self::Registrar,
        Self::Administrator,
        Self::Auditor,
    ];

    /// The word in the database and in import files: `board_contact`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Head => "head",
            Self::BoardContact => "board_contact",
            Self::Specialist => "specialist",
            Self::SupplierPlanner => "supplier_planner",
            Self::Counsellor => "counsellor",
            Self::DistrictTeam => "district_team",
            Self::Registrar => "registrar",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    /// The role with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// What people read: `IB’er`.
    #[must_use]
    pub const fn dutch(self) -> &'static str {
        match self {
            Self::Coordinator => "IB’er",
            Self::Head => "Directeur",
            Self::BoardContact => "Contactpersoon bestuur",
            Self::Specialist => "Expert",
            Self::SupplierPlanner => "Planner",
            Self::Counsellor => "Trajectbegeleider",
            Self::DistrictTeam => "Stadsdeelteam",
            Self::Registrar => "Secretariaat",
            Self::Administrator => "Beheer",
            Self::Auditor => "Toezicht",
        }
    }
}

impl Role {
    /// Whether a scope is of the kind this role needs: a coordinator's is a school, a registrar's the partnership.
    #[must_use]
    pub const fn counts_at(self, scope: Scope) -> bool {
        matches!(
            (self, scope),
            (Self::Coordinator | Self::Head, Scope::School(_))
                | (Self::BoardContact | Self::Counsellor, Scope::Board(_))
                | (Self::Specialist, Scope::Specialist(_))
                | (Self::SupplierPlanner, Scope::Supplier(_))
                | (Self::DistrictTeam, Scope::District(_))
                | (Self::Registrar | Self::Administrator | Self::Auditor, Scope::Partnership)
        )
    }
}

/// Where a role counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One school: coordinator, head.
    School(SchoolId),
    /// One board: board contact, counsellor.
    Board(BoardId),
    /// One specialist: the person's own profile.
    Specialist(SpecialistId),
    /// One supplier: planner.
    Supplier(SupplierId),
    /// One district: district team.
    District(DistrictId),
    /// The whole partnership: registrar, administrator, auditor.
    Partnership,
}
